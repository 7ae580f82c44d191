// Values of org.diptych.Machines, .Storage and .Networks.
#pragma once

#include "client/file_pack.h"
#include "client/types.h"

namespace diptych::client {

/// What libvirt has of a domain, a network or a pool, as text.
struct ObjectXml
{
    QString live; ///< empty while it is off
    QString next; ///< empty for one that is gone once it is off
};

struct Device
{
    QString key;
    QString type;
    QMap<QString, QString> properties;
    bool operator==(const Device&) const = default;
};
/// A virtual processor that runs on these of the host only: "0-3,^2".
struct Pin
{
    int vcpu = 0;
    QString cpus;
    bool operator==(const Pin&) const = default;
};
struct HardwareConfig
{
    int vcpus = 0;
    int maximumVcpus = 0;
    qint64 memory = 0;
    qint64 maximumMemory = 0;
    QString machine;
    QString architecture;
    QString firmware;
    QStringList boot;
    QList<Device> devices;
    int sockets = 0; ///< 0, as cores and threads: libvirt chooses
    int cores = 0;
    int threads = 0;
    QList<Pin> pins;
    QString emulatorPin; ///< of QEMU's own threads
    QString cpuModel;    ///< or a mode; empty: the hypervisor's own
    QString title = {};  ///< what people call it, one line
    QString description = {};
    bool bootMenu = false; ///< the firmware's own
};
struct DeviceOffer
{
    QString type;
    QString property;
    QStringList values;
    bool fixed = false; ///< said when the device is added, and stays
    QString unit;       ///< not empty: a number of these instead of one of the values
};
/// A device of the host that a machine could have.
struct HostDevice
{
    QString name;
    QString kind; ///< usb, pci
    QString title;
    QString detail;
    QString user;     ///< the machine that has it now
    QString obstacle; ///< why none can have it
};
/// A network card on the host's own network.
struct HostCard
{
    QString kind; ///< bridge, direct (macvtap)
    QString device;
    QString mode; ///< of macvtap
    QString model;
};
/// A directory of the host, seen inside.
struct Share
{
    QString path;
    QString tag;
    QString driver; ///< virtiofs, path (9p)
    bool readOnly = false;
};
struct Hardware
{
    std::optional<HardwareConfig> live;
    std::optional<HardwareConfig> next;
    QList<DeviceOffer> offers;
    QMap<QString, QString> unavailable; ///< type -> why
    QStringList networks;
    QStringList bridges = {};    ///< of the host
    QStringList interfaces = {}; ///< of the host, for macvtap
    bool autostart = false;
    bool saved = false;
    int hostCpus = 0;           ///< 0: not told
    bool clipboardPins = false; ///< a clipboard channel keeps it from being moved and saved while it runs
};
/// Where a change was made, and why not at once.
struct Applied
{
    bool live = false;
    bool next = false;
    QString reason;
};
struct VolumeName
{
    QString pool;
    QString volume; ///< empty: nothing in it
};

struct Snapshot
{
    QString name;
    QString description;
    QString parent;
    qint64 createdAt = 0;
    QString state;
    bool memory = false;
    bool external = false;
    bool current = false;
    bool picture = false; ///< its screen of that moment was kept
};
struct Snapshots
{
    QList<Snapshot> all;
    QString obstacle; ///< why none can be made inside its disks
    bool withMemory = false;
    QString externalObstacle = {}; ///< why none can be made in files of their own
};

/// What keeps a machine from moving: "to", "cpu" ... or a device's key, and why.
struct Hindrance
{
    QString field;
    QString message;
};
/// What becomes of a disk: "copied" "flattened" "shared".
struct DiskMove
{
    QString disk;
    QString how;
    qint64 bytes = 0; ///< the most that it can take there
};
struct MigrationCheck
{
    bool live = false; ///< it would be moved while it runs
    QList<Hindrance> problems;
    QList<DiskMove> disks = {};
};
struct Migration
{
    QString to; ///< of LibvirtConnection::id, empty: the helper's own
    bool copyStorage = false;
    bool undefineSource = true;
    QString address; ///< empty: as the target calls itself
    bool encrypted = false;
};

struct CloudInit
{
    QString user;
    QString password;
    QStringList keys;
    QStringList packages;
};
/// A way to install without questions. name: "jeos", "desktop", "server".
struct UnattendedProfile
{
    QString name;
    bool needsInternet = false;
    bool secondMedium = false; ///< the answers stay, on a CD-ROM of the machine's
    QString productKey;        ///< how one looks, $ for each letter or digit; empty: none is asked for
    QStringList firmwares;
};
struct UnattendedOffer
{
    QList<UnattendedProfile> profiles;
    QString reason; ///< why there are none
};
/// What the installer would ask. The password is the user's, and root's where root has one.
struct Unattended
{
    QString profile;
    QString user;
    QString password;
    QString language; ///< de_DE
    QString timezone; ///< Europe/Berlin
    QString productKey;
};
struct MachineSpec
{
    QString name;
    int vcpus = 2;
    qint64 memory = 0;
    QString firmware = QStringLiteral("bios"); ///< bios, uefi, secureUefi
    bool tpm = false;
    bool virtio = true;
    QString diskKind = QStringLiteral("new"); ///< new, existing, copy, overlay
    VolumeName disk;
    qint64 capacity = 0;
    VolumeName medium; ///< pool empty: none
    std::optional<CloudInit> cloudInit;
    QString network;
    bool start = true;
    bool networkBoot = false;      ///< by PXE, when disk and medium have nothing
    QString system;                ///< OperatingSystem::id, or empty
    QStringList moreNetworks = {}; ///< a card each, beside network
    QStringList macs = {};         ///< of the cards, network's first; empty: libvirt chooses
    std::optional<Unattended> unattended = {};
};
/// What libosinfo knows of a system.
struct OperatingSystem
{
    QString id;
    QString name;
    QString family;
    bool virtio = true;
    qint64 memory = 0;  ///< recommended; 0 unknown
    qint64 storage = 0; ///< the same
    int vcpus = 0;      ///< the same
    bool supported = true;
};
/// What a machine's archive says of it (Machines.varlink tells the words).
struct FileEntry
{
    QString name;
    qint64 size = 0;
};
struct ApplianceDisk
{
    QString name;
    QString file;         ///< empty: it begins empty
    qint64 capacity = -1; ///< -1: it does not say
    QString bus;
    QString controller;
};
struct ApplianceCard
{
    QString network;
    QString model;
    QString mac;     ///< empty: it does not say
    QString macUser; ///< who has this address here already; empty: nobody
};
struct ApplianceRest
{
    QString kind;
    QString name;
};
struct Appliance
{
    QString name;
    QString product;
    QString vendor;
    QString version;
    QString annotation;
    QStringList licences;
    QString system; ///< OperatingSystem::id, or empty
    QString systemText;
    QString firmware;
    bool tpm = false;
    int vcpus = 1;
    qint64 memory = 0;
    QList<ApplianceDisk> disks;
    QList<ApplianceCard> cards;
    QStringList drives;        ///< for CDs, each with the name of its file or empty
    QList<ApplianceRest> left; ///< can't be carried over
};
/// What is on a medium.
struct Recognised
{
    QString label; ///< the volume's own name; empty: it is no ISO
    std::optional<OperatingSystem> system;
    bool exact = true; ///< false: the release is not known, system is the newest before it
};

/// What the guest agent says.
struct GuestAddress
{
    QString interface;
    QString mac;
    QString address;
    int prefix = 0;
};
struct GuestFileSystem
{
    QString mountPoint;
    QString device;
    QString type;
    qint64 total = 0; ///< 0: the agent does not say
    qint64 used = 0;
};
struct GuestUser
{
    QString name;
    QString domain;
    qint64 since = 0; ///< Unix ms
};
struct Guest
{
    QString obstacle; ///< "off" "channel" "agent", or empty: it can be asked
    QString problem;  ///< it is there and did not answer
    QString hostname;
    QString system;
    QString kernel;
    QString timezone;
    std::optional<qint64> clockAhead; ///< ms before the host's clock
    QList<GuestAddress> addresses;
    QList<GuestFileSystem> fileSystems;
    QList<GuestUser> users;
};

struct StoragePool
{
    QString name;
    QString type;
    QString path;
    bool active = false;
    bool autostart = false;
    qint64 capacity = 0;
    qint64 allocation = 0;
    qint64 available = 0;
    int volumes = 0;
    QString source;                    ///< a device, "host:/directory", a volume group, an IQN; empty: a directory
    QStringList formats = {};          ///< of a new volume; without qcow2 its volumes are no files
    bool givesNames = false;           ///< to new volumes, itself
    QMap<QString, QString> lacks = {}; ///< create upload copy resize delete: why this type can't
};
/// What there is to make a pool of.
struct FoundSource
{
    QString source;  ///< a device, an exported directory, a volume group or an IQN
    QString detail;  ///< of a device its model, of a group its devices
    qint64 size = 0; ///< 0: unknown
    QString holds;   ///< what a device has on it; empty: nothing
    QString user;    ///< who has the device now; empty: nobody
};
/// A type of storage pool, and why there can be none of it here; empty: there can.
struct PoolType
{
    QString type;
    QString reason;
};
/// A pool of something that is there already, or with build is made. What its type does not have stays empty.
struct NewPool
{
    QString name;
    QString type; ///< dir fs netfs logical iscsi disk
    QString path;
    QString device;         ///< fs, disk: "/dev/sdb1"; logical: what the new group is made of
    QString host;           ///< netfs, iscsi
    QString source;         ///< netfs: directory there; logical: the volume group; iscsi: the target's IQN
    QString format = {};    ///< fs: ext4 xfs; disk: gpt dos
    QString initiator = {}; ///< iscsi: the IQN to log in as
    QString user = {};      ///< iscsi: for CHAP, with the password
    QString password = {};
    int port = 0;         ///< iscsi; 0: 3260
    QString version = {}; ///< netfs: of NFS, 3 4 4.0 4.1 4.2; empty: the newest that both speak
    QString build = {};   ///< make (of what is empty) or erase; empty: nothing is made
};
struct StorageVolume
{
    QString name;
    QString path;
    QString format;
    qint64 capacity = 0;
    qint64 allocation = 0;
    QString backing;
    QStringList users;
};

/// What a network knows by name: "lease" an address for a card, "dns" a name for an address.
struct NetworkHost
{
    QString kind;
    QString mac;
    QString address;
    QString name;
};
struct VirtualNetwork
{
    QString name;
    QString mode;
    QString bridge;
    bool active = false;
    bool autostart = false;
    QString address;
    QString dhcpStart;
    QString dhcpEnd;
    QStringList users;
    QString domain;
    QList<NetworkHost> hosts;
    QString address6 = {};   ///< the same of IPv6
    QString dhcp6Start = {}; ///< empty: guests choose an address by themselves
    QString dhcp6End = {};
};
struct Lease
{
    QString mac;
    QString address;
    QString hostname;
    qint64 expiresAt = 0;
};
struct NewNetwork
{
    QString name;
    QString mode; ///< nat, route, isolated, bridge
    QString address;
    bool dhcp = true;
    QString bridge;
    QString dhcpStart; ///< with dhcpEnd; both empty: all that the host's own address leaves
    QString dhcpEnd;
    QString domain;
    QString address6 = {}; ///< the host's own of IPv6; empty: none
    bool dhcp6 = false;    ///< else guests choose an address by themselves
};

} // namespace diptych::client
