#include "models/reasons.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace diptych::models {

using namespace Qt::StringLiterals;

namespace {

/// The helper's sentences as it has them, with %1, %2 … where it puts a name or a number: in that order.
constexpr const char* Reasons[] = {
    QT_TRANSLATE_NOOP("Reason", "there is no instance %1"),
    QT_TRANSLATE_NOOP("Reason", "there is no operation %1"),
    QT_TRANSLATE_NOOP("Reason", "there is no image %1"),
    QT_TRANSLATE_NOOP("Reason", "there is no connection %1"),
    QT_TRANSLATE_NOOP("Reason", "there is no disk %1"),
    QT_TRANSLATE_NOOP("Reason", "there is no network \"%1\""),
    QT_TRANSLATE_NOOP("Reason", "there is no template %1"),
    QT_TRANSLATE_NOOP("Reason", "Debian's static busybox: a small userland with a shell"),
    QT_TRANSLATE_NOOP("Reason", "Debian's smallest system, fetched from the distribution's mirror"),
    QT_TRANSLATE_NOOP("Reason", "busybox is not installed here: apt-get install busybox-static"),
    QT_TRANSLATE_NOOP("Reason", "mmdebstrap is not installed here: apt-get install mmdebstrap"),
    QT_TRANSLATE_NOOP("Reason", "there is no device %1"),
    QT_TRANSLATE_NOOP("Reason", "there is no such copy any more"),
    QT_TRANSLATE_NOOP("Reason", "another operation holds %1"),
    QT_TRANSLATE_NOOP("Reason", "the archive holds several machines: one can be taken"),
    QT_TRANSLATE_NOOP("Reason", "the machine in the archive has no disk"),
    QT_TRANSLATE_NOOP("Reason", "there is no disk in the archive"),
    QT_TRANSLATE_NOOP("Reason", "%1 is not in the archive"),
    QT_TRANSLATE_NOOP("Reason", "%1 has %2 bytes, not the %3 that are said of it"),
    QT_TRANSLATE_NOOP("Reason", "\"%1\" leads out of the archive"),
    QT_TRANSLATE_NOOP("Reason", "\"%1\" is on another machine: fetch it first"),
    QT_TRANSLATE_NOOP("Reason", "a file in several pieces can't be taken: put them together first"),
    QT_TRANSLATE_NOOP("Reason", "a disk that is built upon another can't be taken"),
    QT_TRANSLATE_NOOP("Reason", "a document type is refused"),
    QT_TRANSLATE_NOOP("Reason", "this is no OVF descriptor"),
    QT_TRANSLATE_NOOP("Reason", "there is no VirtualSystem in it"),
    QT_TRANSLATE_NOOP("Reason", "\"%1\" is no number that can be meant"),
    QT_TRANSLATE_NOOP("Reason", "\"%1\" is no unit of bytes"),
    QT_TRANSLATE_NOOP("Reason", "more than %1 bytes are refused"),
    QT_TRANSLATE_NOOP("Reason", "more than %1 disks are refused"),
    QT_TRANSLATE_NOOP("Reason", "more than %1 items are refused"),
    QT_TRANSLATE_NOOP("Reason", "%1 is not what its %2 says: it was damaged or changed on its way"),
    QT_TRANSLATE_NOOP("Reason", "the archive has no file that ends in .ovf"),
    QT_TRANSLATE_NOOP("Reason", "the disk of the image store has %1 MiB free, and %2 MiB are needed for the archive"),
    QT_TRANSLATE_NOOP("Reason", "%1 of the OVA is no image of a CD"),
    QT_TRANSLATE_NOOP("Reason", "%1 has the address %2 already"),
    QT_TRANSLATE_NOOP("Reason", "two cards would have the address %1"),
    QT_TRANSLATE_NOOP("Reason", "a container with the name %1 exists"),
    QT_TRANSLATE_NOOP("Reason", "a machine called %1 exists"),
    QT_TRANSLATE_NOOP("Reason", "name: there is a machine \"%1\" already"),
    QT_TRANSLATE_NOOP("Reason", "name: there is an instance \"%1\" already"),
    QT_TRANSLATE_NOOP("Reason", "name: there is a network \"%1\" already"),
    QT_TRANSLATE_NOOP("Reason", "name: there is a storage pool \"%1\" already"),
    QT_TRANSLATE_NOOP("Reason", "machine %1 runs already"),
    QT_TRANSLATE_NOOP("Reason", "machine %1 does not run"),
    QT_TRANSLATE_NOOP("Reason", "machine %1 does not run: it has no memory"),
    QT_TRANSLATE_NOOP("Reason", "%1 runs: stop it first"),
    QT_TRANSLATE_NOOP("Reason", "%1 is %2: stop it first"),
    QT_TRANSLATE_NOOP("Reason", "%1 runs: libvirt renames a machine only while it is stopped"),
    QT_TRANSLATE_NOOP("Reason", "%1 runs: stop it first, its disks change meanwhile"),
    QT_TRANSLATE_NOOP("Reason", "%1 runs and writes to the disk that %2 is in: stop it first"),
    QT_TRANSLATE_NOOP("Reason", "the snapshot does not hold the disk %1"),
    QT_TRANSLATE_NOOP("Reason", "a guest learns of its processor's model when it starts"),
    QT_TRANSLATE_NOOP("Reason", "this host can't give %1 to this machine"),
    QT_TRANSLATE_NOOP("Reason", "an IPv6 address of the network with its prefix, as fd00:100::1/64"),
    QT_TRANSLATE_NOOP("Reason", "the installer of this medium takes no answers"),
    QT_TRANSLATE_NOOP("Reason", "libosinfo has no answers for this system"),
    QT_TRANSLATE_NOOP("Reason", "this system reads its answers from a floppy disk only"),
    QT_TRANSLATE_NOOP("Reason", "the medium has no installer's kernel where such media have it"),
    QT_TRANSLATE_NOOP("Reason", "lower case letters, digits, _ and -, beginning with a letter, at most 32; not root"),
    QT_TRANSLATE_NOOP(
        "Reason", "letters, digits and !%*+,-./:=?@_~: others mean something in the files that the installers read"),
    QT_TRANSLATE_NOOP("Reason", "letters, digits, spaces, dots and -"),
    QT_TRANSLATE_NOOP("Reason", "Ubuntu has a user or a group of this name already"),
    QT_TRANSLATE_NOOP("Reason", "a password is one line of at most 128 bytes"),
    QT_TRANSLATE_NOOP("Reason", "one line without colons and commas, of at most 128 bytes"),
    QT_TRANSLATE_NOOP("Reason",
                      "its kernel is started without the boot loader that Secure Boot trusts: take UEFI without it"),
    QT_TRANSLATE_NOOP("Reason", "a language as de_DE"),
    QT_TRANSLATE_NOOP("Reason", "a time zone as Europe/Berlin"),
    QT_TRANSLATE_NOOP("Reason", "a keyboard layout as de"),
    QT_TRANSLATE_NOOP("Reason", "a product key as %1, each $ a letter or digit"),
    QT_TRANSLATE_NOOP("Reason", "an installation without questions needs a pool of files, for its disk or its medium"),
    QT_TRANSLATE_NOOP("Reason", "this installation takes packages from the internet: it needs a network"),
    QT_TRANSLATE_NOOP("Reason", "this installation divides the disk for a BIOS"),
    QT_TRANSLATE_NOOP("Reason", "this system starts by UEFI only"),
    QT_TRANSLATE_NOOP("Reason", "Windows 11 wants a TPM, and its installer would end with saying so"),
    QT_TRANSLATE_NOOP("Reason", "its installer is started with answers that nobody has signed, which Secure Boot "
                                "refuses: take UEFI without it"),
    QT_TRANSLATE_NOOP("Reason", "there is no installation \"%1\" of this system"),
    QT_TRANSLATE_NOOP("Reason", "%1 is no ISO 9660 medium"),
    QT_TRANSLATE_NOOP("Reason", "an installation without questions needs a medium and the name of its system"),
    QT_TRANSLATE_NOOP("Reason", "libosinfo knows no system %1"),
    QT_TRANSLATE_NOOP("Reason", "the display of %1 listens nowhere on its host, where ssh could reach it: choose "
                                "\"address\" for it in Hardware"),
    QT_TRANSLATE_NOOP("Reason", "a title is one line"),
    QT_TRANSLATE_NOOP("Reason", "this host has no interface %1 for it"),
    QT_TRANSLATE_NOOP("Reason", "an interface is called by at most 15 letters, digits and signs"),
    QT_TRANSLATE_NOOP("Reason", "a port from 1024 to 65535"),
    QT_TRANSLATE_NOOP("Reason", "there is no place for it on this host: choose pty or tcp"),
    QT_TRANSLATE_NOOP("Reason", "the machine can't be without this controller"),
    QT_TRANSLATE_NOOP("Reason", "%1 is plugged into it"),
    QT_TRANSLATE_NOOP("Reason", "%1 is no controller of %2"),
    QT_TRANSLATE_NOOP("Reason", "a title has at most 255 bytes"),
    QT_TRANSLATE_NOOP("Reason", "a description has at most 64 KiB"),
    QT_TRANSLATE_NOOP("Reason", "%1 is not off: what it writes meanwhile would be torn"),
    QT_TRANSLATE_NOOP("Reason", "%1 was changed meanwhile: look at it again"),
    QT_TRANSLATE_NOOP("Reason", "%1 went away meanwhile"),
    QT_TRANSLATE_NOOP("Reason", "it does not run"),
    QT_TRANSLATE_NOOP("Reason", "it is not running"),
    QT_TRANSLATE_NOOP("Reason", "it is not paused"),
    QT_TRANSLATE_NOOP("Reason", "it has ended"),
    QT_TRANSLATE_NOOP("Reason", "the operation has ended"),
    QT_TRANSLATE_NOOP("Reason", "process %1 has ended"),
    QT_TRANSLATE_NOOP("Reason", "it does not run: nothing passes"),
    QT_TRANSLATE_NOOP("Reason", "it is a throw-away copy"),
    QT_TRANSLATE_NOOP("Reason", "%1 throw-away copies are there already: put one back first"),
    QT_TRANSLATE_NOOP("Reason", "it shares the host's network: there is no such wall"),
    QT_TRANSLATE_NOOP("Reason", "walls: none was chosen"),
    QT_TRANSLATE_NOOP("Reason", "%1 is used by %2"),
    QT_TRANSLATE_NOOP("Reason", "%1 is needed by %2"),
    QT_TRANSLATE_NOOP("Reason", "the disk %1 is needed by %2"),
    QT_TRANSLATE_NOOP("Reason", "%1 belongs to the system"),
    QT_TRANSLATE_NOOP("Reason", "%1 can't be called here"),
    QT_TRANSLATE_NOOP("Reason", "%1 can be made on this machine only"),
    QT_TRANSLATE_NOOP("Reason", "%1 can be made of an image on this machine only"),
    QT_TRANSLATE_NOOP("Reason", "%1 was not made here: it has no twin"),
    QT_TRANSLATE_NOOP("Reason", "%1 was not made here"),
    QT_TRANSLATE_NOOP("Reason", "%1 is in no storage pool: make a pool of its directory first"),
    QT_TRANSLATE_NOOP("Reason", "%1 is in no storage pool: it grows while the machine runs only"),
    QT_TRANSLATE_NOOP("Reason", "%1 is built upon %2, which is in no storage pool"),
    QT_TRANSLATE_NOOP("Reason", "%1 is an overlay of %2, which is in no storage pool"),
    QT_TRANSLATE_NOOP("Reason", "%1 has %2 bytes already, and a volume only grows"),
    QT_TRANSLATE_NOOP("Reason", "%1 has %2 bytes already, and a disk only grows"),
    QT_TRANSLATE_NOOP("Reason", "%1 has a snapshot %2 already"),
    QT_TRANSLATE_NOOP("Reason", "disk %1 is %2: only qcow2 can hold snapshots"),
    QT_TRANSLATE_NOOP("Reason", "it has no disk that could hold a snapshot"),
    QT_TRANSLATE_NOOP("Reason", "it starts by UEFI, whose variables libvirt can't keep in a snapshot inside the disk"),
    QT_TRANSLATE_NOOP("Reason", "snapshots in files of their own are made on their own machine only"),
    QT_TRANSLATE_NOOP("Reason", "it would change %1, which the external snapshot %2 is built upon: delete that first"),
    QT_TRANSLATE_NOOP("Reason", "%1, which the snapshot kept, is in no storage pool"),
    QT_TRANSLATE_NOOP("Reason", "the target is %1, and it runs on %2: machines move between the same hypervisors only"),
    QT_TRANSLATE_NOOP("Reason", "the target is the same host"),
    QT_TRANSLATE_NOOP("Reason", "there is a machine \"%1\" already: rename one of them"),
    QT_TRANSLATE_NOOP("Reason", "a machine there has the same UUID, %1: it is \"%2\""),
    QT_TRANSLATE_NOOP("Reason", "%1 machines of type %2 can't run there: %3"),
    QT_TRANSLATE_NOOP("Reason", "the machine type %1 is not known there: %2"),
    QT_TRANSLATE_NOOP("Reason", "the emulator %1 is not there: %2"),
    QT_TRANSLATE_NOOP("Reason", "the firmware %1 is not there"),
    QT_TRANSLATE_NOOP("Reason", "it can have %1 vCPUs, and %2 are the most there"),
    QT_TRANSLATE_NOOP("Reason", "its processor, %1, can't be had there: %2"),
    QT_TRANSLATE_NOOP("Reason", "that of its host"),
    QT_TRANSLATE_NOOP("Reason", "the host's lacks some of it"),
    QT_TRANSLATE_NOOP("Reason", "it has %1 MiB, and the whole target %2 MiB"),
    QT_TRANSLATE_NOOP("Reason", "it is a device of this host, which can't go along"),
    QT_TRANSLATE_NOOP("Reason", "the network \"%1\" is not started there"),
    QT_TRANSLATE_NOOP("Reason", "there is no bridge %1"),
    QT_TRANSLATE_NOOP("Reason", "a %1 device of its host was given to it: take it away first"),
    QT_TRANSLATE_NOOP("Reason", "it shares a directory of its host: take the share away first"),
    QT_TRANSLATE_NOOP("Reason", "it has its host's own TPM"),
    QT_TRANSLATE_NOOP("Reason", "QEMU before 10.1 can't take its clipboard channel along while it runs: remove the "
                                "channel, or move it while it is off"),
    QT_TRANSLATE_NOOP("Reason", "this host's kernel has no /dev/vhost-vsock (module vhost_vsock)"),
    QT_TRANSLATE_NOOP("Reason",
                      "what is in its TPM would stay behind while it is off: start it, and move it while it runs"),
    QT_TRANSLATE_NOOP("Reason", "it is a twin of a container: its files belong to the helper of this machine"),
    QT_TRANSLATE_NOOP("Reason", "it has %1 snapshot%2, which libvirt can't take along: delete them first"),
    QT_TRANSLATE_NOOP("Reason", "it has %1 backup checkpoints, which libvirt can't take along"),
    QT_TRANSLATE_NOOP("Reason", "its memory was saved to this host's disk: start it, or drop what was saved"),
    QT_TRANSLATE_NOOP("Reason",
                      "its UEFI variables would stay behind while it is off: start it, and move it while it runs"),
    QT_TRANSLATE_NOOP(
        "Reason", "%1 is in no storage pool there: have it copied, or make a pool of the directory that both share"),
    QT_TRANSLATE_NOOP("Reason", "%1 is in no storage pool there: eject it first"),
    QT_TRANSLATE_NOOP("Reason", "%1 is another file there: it holds %2 bytes, here %3"),
    QT_TRANSLATE_NOOP("Reason", "disks of type %1 are not copied: only files are"),
    QT_TRANSLATE_NOOP("Reason", "%1 is in no storage pool here: make a pool of its directory first"),
    QT_TRANSLATE_NOOP("Reason", "no storage pool there is of the directory %1: make one for the copy"),
    QT_TRANSLATE_NOOP("Reason", "%1 is there already, and the copy would destroy it"),
    QT_TRANSLATE_NOOP("Reason", "a copy needs %1 MiB, and %2 MiB are free there"),
    QT_TRANSLATE_NOOP("Reason", "there is no storage pool \"%1\" that is started"),
    QT_TRANSLATE_NOOP("Reason", "the pool \"%1\" there has no volume %2"),
    QT_TRANSLATE_NOOP("Reason", "libvirt's part for it, the storage driver %1, is not installed"),
    QT_TRANSLATE_NOOP("Reason", "there is no such directory on the host"),
    QT_TRANSLATE_NOOP("Reason", "the directory that the other host exports, by its whole path"),
    QT_TRANSLATE_NOOP("Reason", "a device below /dev, by its path"),
    QT_TRANSLATE_NOOP("Reason", "a host's name or address, without a port"),
    QT_TRANSLATE_NOOP("Reason", "a host's name or address"),
    QT_TRANSLATE_NOOP("Reason", "the name of a volume group"),
    QT_TRANSLATE_NOOP("Reason", "the target's name: iqn.2004-04.example:disks"),
    QT_TRANSLATE_NOOP("Reason", "an initiator's name: iqn.2004-04.example:me"),
    QT_TRANSLATE_NOOP("Reason", "ext4 or xfs"),
    QT_TRANSLATE_NOOP("Reason", "gpt or dos"),
    QT_TRANSLATE_NOOP("Reason", "nothing can be made there from here"),
    QT_TRANSLATE_NOOP("Reason", "which disks there are, and how large, is decided where they come from"),
    QT_TRANSLATE_NOOP("Reason", "libvirt can't grow a volume of a pool of type %1"),
    QT_TRANSLATE_NOOP("Reason", "a partition can't grow: what follows it is in its way"),
    QT_TRANSLATE_NOOP("Reason", "an overlay is a file, and the pool %1 holds none"),
    QT_TRANSLATE_NOOP("Reason", "volumes of this pool are %1"),
    QT_TRANSLATE_NOOP("Reason", "only a volume group can be destroyed as a whole"),
    QT_TRANSLATE_NOOP("Reason", "storage pool %1 is stopped: start it first"),
    QT_TRANSLATE_NOOP("Reason", "there is no block device %1"),
    QT_TRANSLATE_NOOP("Reason", "%1 is in use: %2"),
    QT_TRANSLATE_NOOP("Reason", "%1 is in use by this host"),
    QT_TRANSLATE_NOOP("Reason", "%1 can only be read"),
    QT_TRANSLATE_NOOP("Reason", "%1 has something on it already: %2"),
    QT_TRANSLATE_NOOP("Reason", "mounted at %1"),
    QT_TRANSLATE_NOOP("Reason", "the host %1 is not found: %2"),
    QT_TRANSLATE_NOOP("Reason", "%1 does not answer at port %2: %3"),
    QT_TRANSLATE_NOOP("Reason", "only an iSCSI target asks for one"),
    QT_TRANSLATE_NOOP("Reason", "only an iSCSI target has a port of its own: libvirt mounts NFS by the usual one"),
    QT_TRANSLATE_NOOP("Reason", "only an iSCSI target has a port of its own"),
    QT_TRANSLATE_NOOP("Reason", "a number from 1 to 65535"),
    QT_TRANSLATE_NOOP("Reason", "only NFS has versions"),
    QT_TRANSLATE_NOOP("Reason", "a version of NFS: 3, 4, 4.0, 4.1 or 4.2"),
    QT_TRANSLATE_NOOP("Reason", "name and password go together"),
    QT_TRANSLATE_NOOP("Reason", "libvirt logs in with a password under the host's own name only"),
    QT_TRANSLATE_NOOP("Reason", "its disks are found in /dev/disk/by-path or /dev/disk/by-id"),
    QT_TRANSLATE_NOOP("Reason", "the host does not give this directory: %1"),
    QT_TRANSLATE_NOOP("Reason", "the host gives nothing by NFS: %1"),
    QT_TRANSLATE_NOOP("Reason", "the target asks for a name and a password: %1"),
    QT_TRANSLATE_NOOP("Reason", "the target does not take this name and password: %1"),
    QT_TRANSLATE_NOOP("Reason", "the host does not answer as an iSCSI target does: %1"),
    QT_TRANSLATE_NOOP("Reason", "nobody is let in at a target of this name: %1"),
    QT_TRANSLATE_NOOP("Reason", "it can't be mounted there: %1"),
    QT_TRANSLATE_NOOP("Reason", "no group can be made of this name: %1"),
    QT_TRANSLATE_NOOP("Reason", "there is no such volume group: %1"),
    QT_TRANSLATE_NOOP("Reason", "it can't be made on this device: %1"),
    QT_TRANSLATE_NOOP("Reason", "there is no partition table of this kind on it: %1"),
    QT_TRANSLATE_NOOP("Reason", "there is no file system on it that can be mounted: %1"),
    QT_TRANSLATE_NOOP("Reason", "disk %1, %2, is no file: a snapshot has no place beside it"),
    QT_TRANSLATE_NOOP("Reason", "%1 only holds other partitions"),
    QT_TRANSLATE_NOOP("Reason", "libvirt does not answer on %1"),
    QT_TRANSLATE_NOOP("Reason", "libvirt has no domain %1"),
    QT_TRANSLATE_NOOP("Reason", "this helper has no libvirt"),
    QT_TRANSLATE_NOOP("Reason", "no guest agent runs in %1"),
    QT_TRANSLATE_NOOP("Reason", "machine %1 has no guest agent channel"),
    QT_TRANSLATE_NOOP("Reason", "the machine ended"),
    QT_TRANSLATE_NOOP("Reason", "saving %1 was cancelled: it runs on"),
    QT_TRANSLATE_NOOP("Reason", "moving %1 was cancelled: it is where it was"),
    QT_TRANSLATE_NOOP("Reason", "starting %1 was cancelled"),
    QT_TRANSLATE_NOOP("Reason", "creating %1 was cancelled"),
    QT_TRANSLATE_NOOP("Reason", "the disk of the image store is full"),
    QT_TRANSLATE_NOOP("Reason", "port %1/%2 of this host is published by %3: stop it, or choose another port"),
    QT_TRANSLATE_NOOP("Reason", "port %1/%2 of this host is in use by another program (see: ss -lnp 'sport = :%3')"),
    QT_TRANSLATE_NOOP("Reason", "memory.limit: %1 bytes are in use, more than %2"),
    QT_TRANSLATE_NOOP("Reason", "memory and swap together can not be less than memory"),
    QT_TRANSLATE_NOOP("Reason", "the image %1 names no program: a command is needed"),
    QT_TRANSLATE_NOOP("Reason", "the image has no shell: give a command that it has"),
    QT_TRANSLATE_NOOP("Reason", "%1 is made for %2/%3, not for this machine"),
    QT_TRANSLATE_NOOP("Reason", "control group %1 is gone"),
    QT_TRANSLATE_NOOP("Reason", "the namespace %1 is gone"),
    QT_TRANSLATE_NOOP("Reason", "the helper or the first process runs in %1"),
    QT_TRANSLATE_NOOP("Reason", "%1 is the group of %2: change that instance"),
    QT_TRANSLATE_NOOP("Reason", "the helper gave no answer"),
    QT_TRANSLATE_NOOP("Reason", "nothing came for a minute"),
    QT_TRANSLATE_NOOP("Reason", "control groups are mounted as %1: version 1 is used"),
    QT_TRANSLATE_NOOP("Reason", "boot with systemd.unified_cgroup_hierarchy=1"),
    QT_TRANSLATE_NOOP("Reason", "no control groups are mounted: limits and statistics are not available"),
    QT_TRANSLATE_NOOP("Reason", "the kernel allows no user namespaces"),
    QT_TRANSLATE_NOOP("Reason", "turn on virtualisation (VT-x, AMD-V) in the firmware setup"),
    QT_TRANSLATE_NOOP("Reason", "install libvirt-daemon-system and start libvirtd"),
    QT_TRANSLATE_NOOP("Reason", "there is no system bus: only root and the group diptych may use this helper"),
    QT_TRANSLATE_NOOP("Reason", "start dbus and polkit"),
    QT_TRANSLATE_NOOP("Reason", "there is no /dev/kvm"),
    QT_TRANSLATE_NOOP("Reason",
                      "/dev/kvm is there, but the processor's flags show neither vmx nor svm, or it can't be opened"),
    QT_TRANSLATE_NOOP("Reason", "no answer for %1 s"),
    QT_TRANSLATE_NOOP("Reason", "%1: cancelled, it is as it was"),
    QT_TRANSLATE_NOOP("Reason", "%1, which holds the memory, is in no storage pool"),
    QT_TRANSLATE_NOOP("Reason", "%1 is not defined: it would be gone once it ends"),
    QT_TRANSLATE_NOOP("Reason", "%1 is off: it has no memory"),
    QT_TRANSLATE_NOOP("Reason", "%1 is another file there: it was not changed when the one here was"),
    QT_TRANSLATE_NOOP("Reason", "%1 can't be told to be the same device there"),
    QT_TRANSLATE_NOOP("Reason", "%1 is another file there: one that is made beside it here is not seen there"),
    QT_TRANSLATE_NOOP("Reason", "%1 is in no storage pool"),
    QT_TRANSLATE_NOOP("Reason", "No such file or directory"),
    QT_TRANSLATE_NOOP("Reason", "Permission denied"),
    QT_TRANSLATE_NOOP("Reason", "Operation not permitted"),
    QT_TRANSLATE_NOOP("Reason", "Connection refused"),
    QT_TRANSLATE_NOOP("Reason", "No space left on device"),
    QT_TRANSLATE_NOOP("Reason", "Device or resource busy"),
    QT_TRANSLATE_NOOP("Reason", "Read-only file system"),
    QT_TRANSLATE_NOOP("Reason", "Cannot allocate memory"),
    QT_TRANSLATE_NOOP("Reason", "Connection timed out"),
    QT_TRANSLATE_NOOP("Reason", "No route to host"),
};

struct FieldWord
{
    const char *field, *name;
};

constexpr FieldWord Fields[] = {
    {"to", QT_TRANSLATE_NOOP("ReasonField", "Target")},
    {"name", QT_TRANSLATE_NOOP("ReasonField", "Name")},
    {"id", QT_TRANSLATE_NOOP("ReasonField", "Identity")},
    {"type", QT_TRANSLATE_NOOP("ReasonField", "Virtualization")},
    {"machine", QT_TRANSLATE_NOOP("ReasonField", "Machine type")},
    {"emulator", QT_TRANSLATE_NOOP("ReasonField", "Emulator")},
    {"firmware", QT_TRANSLATE_NOOP("ReasonField", "Firmware")},
    {"vcpus", QT_TRANSLATE_NOOP("ReasonField", "Processors")},
    {"cpu", QT_TRANSLATE_NOOP("ReasonField", "Processor")},
    {"memory", QT_TRANSLATE_NOOP("ReasonField", "Memory")},
    {"interface", QT_TRANSLATE_NOOP("ReasonField", "Network card")},
    {"hostdev", QT_TRANSLATE_NOOP("ReasonField", "Device of the host")},
    {"filesystem", QT_TRANSLATE_NOOP("ReasonField", "Shared directory")},
    {"tpm", QT_TRANSLATE_NOOP("ReasonField", "TPM")},
    {"snapshots", QT_TRANSLATE_NOOP("ReasonField", "Snapshots")},
    {"checkpoints", QT_TRANSLATE_NOOP("ReasonField", "Checkpoints")},
    {"saved", QT_TRANSLATE_NOOP("ReasonField", "Saved memory")},
    {"disk", QT_TRANSLATE_NOOP("ReasonField", "Disk")},
};

struct Known
{
    QRegularExpression shape;
    const char* text;
};

QString translated(const char* text)
{
    return QCoreApplication::translate("Reason", text);
}

/// "%1 runs" as an expression that takes what stands there.
QRegularExpression shapeOf(const char* text)
{
    static const QRegularExpression place(u"%\\d"_s);
    QStringList parts;
    for (const QString& part : QString::fromUtf8(text).split(place))
        parts.append(QRegularExpression::escape(part));
    const QString shape = parts.join(u"(.*?)"_s);
    return QRegularExpression(QRegularExpression::anchoredPattern(shape),
                              QRegularExpression::DotMatchesEverythingOption);
}

const QList<Known>& known()
{
    static const QList<Known> all = [] {
        QList<Known> made;
        for (const char* text : Reasons)
            made.append({shapeOf(text), text});
        return made;
    }();
    return all;
}

/// Nothing where the whole is not one of those known.
QString wholeReason(const QString& message)
{
    for (const Known& one : known()) {
        const QRegularExpressionMatch match = one.shape.match(message);
        if (!match.hasMatch())
            continue;
        QString text = translated(one.text);
        // From behind, so that what is put in is not looked at again; it may be such a sentence itself.
        for (int place = match.lastCapturedIndex(); place >= 1; --place)
            text.replace(u'%' + QString::number(place), reasonText(match.captured(place)));
        return text;
    }
    return {};
}

} // namespace

QList<const char*> knownReasons()
{
    return {std::begin(Reasons), std::end(Reasons)};
}

QString reasonText(const QString& message)
{
    const QString whole = wholeReason(message);
    if (!whole.isEmpty())
        return whole;
    // "open /x: Permission denied": what was done stays, why not is told.
    const qsizetype colon = message.indexOf(u": "_s);
    return colon < 0 ? message : message.first(colon + 2) + reasonText(message.sliced(colon + 2));
}

QString templateText(const client::ImageTemplate& offered)
{
    return reasonText(offered.available ? offered.description : offered.reason);
}

QString reasonField(const QString& field)
{
    const QString kind = field.section(u':', 0, 0);
    for (const FieldWord& one : Fields)
        if (kind == QLatin1StringView(one.field)) {
            const QString name = QCoreApplication::translate("ReasonField", one.name);
            return kind == field ? name : name + u' ' + field.section(u':', 1);
        }
    return field;
}

static QString diskUserText(const QString& user)
{
    static const QRegularExpression snapshot(u"^snapshot (.*) of (.*)$"_s);
    const QString name = user.section(u' ', 1);
    if (const QRegularExpressionMatch match = snapshot.match(user); match.hasMatch())
        return QCoreApplication::translate("DiskUser", "snapshot %1 of %2").arg(match.captured(1), match.captured(2));
    if (user.startsWith(u"domain "_s))
        return QCoreApplication::translate("DiskUser", "virtual machine %1").arg(name);
    if (user.startsWith(u"volume "_s))
        return QCoreApplication::translate("DiskUser", "volume %1").arg(name);
    return user;
}

QString diskUserTexts(const QStringList& users)
{
    QStringList all;
    for (const QString& user : users)
        all.append(diskUserText(user));
    return all.join(u", "_s);
}

} // namespace diptych::models
