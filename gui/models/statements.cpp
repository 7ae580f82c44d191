// Names of the helper's stable words. Each table is a pair of the word and its text in English, marked for translation.
#include "models/statements.h"

#include "client/errors.h"
#include "models/reasons.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace diptych::models {

using namespace Qt::StringLiterals;

namespace {

struct Word
{
    const char* word;
    const char* text;
};

template <size_t N>
QString look(const Word (&words)[N], const char* context, const QString& word)
{
    for (const Word& entry : words)
        if (word == QLatin1StringView(entry.word))
            return QCoreApplication::translate(context, entry.text);
    return word;
}

constexpr Word Resources[] = {
    {"kernel", QT_TRANSLATE_NOOP("Resource", "Kernel")},
    {"processes", QT_TRANSLATE_NOOP("Resource", "Processes")},
    {"files", QT_TRANSLATE_NOOP("Resource", "Files")},
    {"network", QT_TRANSLATE_NOOP("Resource", "Network")},
    {"users", QT_TRANSLATE_NOOP("Resource", "Users")},
    {"hostname", QT_TRANSLATE_NOOP("Resource", "Host name")},
    {"memory", QT_TRANSLATE_NOOP("Resource", "Memory")},
    {"cpu", QT_TRANSLATE_NOOP("Resource", "CPU")},
    {"disk", QT_TRANSLATE_NOOP("Resource", "Disk")},
    {"syscalls", QT_TRANSLATE_NOOP("Resource", "System calls")},
    {"capabilities", QT_TRANSLATE_NOOP("Resource", "Capabilities")},
    {"keys", QT_TRANSLATE_NOOP("Resource", "Keys")},
    {"label", QT_TRANSLATE_NOOP("Resource", "Security label")},
    {"devices", QT_TRANSLATE_NOOP("Resource", "Devices")},
    {"clock", QT_TRANSLATE_NOOP("Resource", "Clock")},
};

constexpr Word Steps[] = {
    // of a container's start
    {"bundle", QT_TRANSLATE_NOOP("Step", "write the configuration")},
    {"network", QT_TRANSLATE_NOOP("Step", "connect the network")},
    {"parse", QT_TRANSLATE_NOOP("Step", "read the configuration")},
    {"prepare", QT_TRANSLATE_NOOP("Step", "prepare the mounts")},
    {"clone", QT_TRANSLATE_NOOP("Step", "process in new namespaces (clone3)")},
    {"namespaces", QT_TRANSLATE_NOOP("Step", "join namespaces")},
    {"userns map", QT_TRANSLATE_NOOP("Step", "map the user ids")},
    {"cgroup", QT_TRANSLATE_NOOP("Step", "control group and limits")},
    {"mounts", QT_TRANSLATE_NOOP("Step", "mount the file systems")},
    {"devices", QT_TRANSLATE_NOOP("Step", "make the devices")},
    {"masks", QT_TRANSLATE_NOOP("Step", "hide paths of the kernel")},
    {"pivot_root", QT_TRANSLATE_NOOP("Step", "change the root (pivot_root)")},
    {"caps", QT_TRANSLATE_NOOP("Step", "drop capabilities")},
    {"seccomp", QT_TRANSLATE_NOOP("Step", "filter system calls (seccomp)")},
    {"exec", QT_TRANSLATE_NOOP("Step", "run the program (execve)")},
    // of a machine's
    {"qemu", QT_TRANSLATE_NOOP("Step", "start QEMU")},
    {"firmware", QT_TRANSLATE_NOOP("Step", "firmware")},
    {"kernel", QT_TRANSLATE_NOOP("Step", "boot the guest's kernel")},
    {"init", QT_TRANSLATE_NOOP("Step", "the guest's init")},
    {"entrypoint", QT_TRANSLATE_NOOP("Step", "entry point")},
    // of operations
    {"unpackLayer", QT_TRANSLATE_NOOP("Step", "unpack a layer")},
    {"copyImage", QT_TRANSLATE_NOOP("Step", "copy the image")},
    {"buildDisk", QT_TRANSLATE_NOOP("Step", "build the disk")},
    {"convertDisk", QT_TRANSLATE_NOOP("Step", "convert the disk")},
    {"readDisk", QT_TRANSLATE_NOOP("Step", "read the disk in a machine of its own")},
    {"writeArchive", QT_TRANSLATE_NOOP("Step", "write the archive")},
    {"buildInitramfs", QT_TRANSLATE_NOOP("Step", "build the initramfs")},
    {"buildImage", QT_TRANSLATE_NOOP("Step", "build the image")},
    {"buildTemplate", QT_TRANSLATE_NOOP("Step", "build from the template")},
    {"installPackages", QT_TRANSLATE_NOOP("Step", "install packages")},
    {"askRegistry", QT_TRANSLATE_NOOP("Step", "ask the registry")},
    {"fetchLayers", QT_TRANSLATE_NOOP("Step", "fetch the layers")},
    {"unpackLayers", QT_TRANSLATE_NOOP("Step", "unpack the layers")},
    {"push", QT_TRANSLATE_NOOP("Step", "send to the registry")},
    {"receive", QT_TRANSLATE_NOOP("Step", "take the file in")},
    {"readArchive", QT_TRANSLATE_NOOP("Step", "read the archive")},
    {"checkDigests", QT_TRANSLATE_NOOP("Step", "check the digests")},
    {"writeArchive", QT_TRANSLATE_NOOP("Step", "write the archive")},
    {"importBlob", QT_TRANSLATE_NOOP("Step", "verify and keep a blob")},
    {"readChanges", QT_TRANSLATE_NOOP("Step", "gather the changes")},
    {"defineDomain", QT_TRANSLATE_NOOP("Step", "define the domain")},
    {"boot", QT_TRANSLATE_NOOP("Step", "boot")},
    {"create", QT_TRANSLATE_NOOP("Step", "create")},
    {"start", QT_TRANSLATE_NOOP("Step", "start")},
    {"stop", QT_TRANSLATE_NOOP("Step", "wait for it to end")},
    {"kill", QT_TRANSLATE_NOOP("Step", "end it by force")},
    {"delete", QT_TRANSLATE_NOOP("Step", "delete its files")},
    {"download", QT_TRANSLATE_NOOP("Step", "copy the disk")},
    {"snapshot", QT_TRANSLATE_NOOP("Step", "let libvirt make the snapshot")},
    {"copyDisk", QT_TRANSLATE_NOOP("Step", "copy a disk")},
    {"migrate", QT_TRANSLATE_NOOP("Step", "let libvirt move the machine")},
    {"check", QT_TRANSLATE_NOOP("Step", "ask what stands against it")},
    {"mergeDisk", QT_TRANSLATE_NOOP("Step", "let a disk take over what it needs")},
    {"seed", QT_TRANSLATE_NOOP("Step", "write the cloud-init seed")},
    {"installer", QT_TRANSLATE_NOOP("Step", "take the installer from the medium")},
    {"saveState", QT_TRANSLATE_NOOP("Step", "write the memory to disk")},
    {"frozen", QT_TRANSLATE_NOOP("Step", "nothing is written inside")},
    {"dump", QT_TRANSLATE_NOOP("Step", "send the memory")},
    {"send", QT_TRANSLATE_NOOP("Step", "send the file")},
    {"copyWhole", QT_TRANSLATE_NOOP("Step", "a copy with all walls")},
    {"copyOpen", QT_TRANSLATE_NOOP("Step", "a copy without some")},
    {"attempts", QT_TRANSLATE_NOOP("Step", "try what walls hold back")},
};

constexpr Word Verbs[] = {
    {"create", QT_TRANSLATE_NOOP("Verb", "create")},
    {"start", QT_TRANSLATE_NOOP("Verb", "start")},
    {"stop", QT_TRANSLATE_NOOP("Verb", "stop")},
    {"kill", QT_TRANSLATE_NOOP("Verb", "kill")},
    {"pause", QT_TRANSLATE_NOOP("Verb", "pause")},
    {"resume", QT_TRANSLATE_NOOP("Verb", "resume")},
    {"restart", QT_TRANSLATE_NOOP("Verb", "restart")},
    {"delete", QT_TRANSLATE_NOOP("Verb", "delete")},
    {"rename", QT_TRANSLATE_NOOP("Verb", "rename")},
    {"setLimits", QT_TRANSLATE_NOOP("Verb", "change of limits")},
    {"buildImage", QT_TRANSLATE_NOOP("Verb", "image build")},
    {"pull", QT_TRANSLATE_NOOP("Verb", "pull")},
    {"push", QT_TRANSLATE_NOOP("Verb", "push")},
    {"import", QT_TRANSLATE_NOOP("Verb", "import")},
    {"export", QT_TRANSLATE_NOOP("Verb", "export")},
    {"importMachine", QT_TRANSLATE_NOOP("Verb", "import of a machine")},
    {"importDisk", QT_TRANSLATE_NOOP("Verb", "import a disk")},
    {"exportDisk", QT_TRANSLATE_NOOP("Verb", "export a disk")},
    {"deleteDisk", QT_TRANSLATE_NOOP("Verb", "delete a disk")},
    {"commit", QT_TRANSLATE_NOOP("Verb", "commit")},
    {"tag", QT_TRANSLATE_NOOP("Verb", "further name")},
    {"prune", QT_TRANSLATE_NOOP("Verb", "clean-up")},
    {"login", QT_TRANSLATE_NOOP("Verb", "sign-in")},
    {"logout", QT_TRANSLATE_NOOP("Verb", "sign-out")},
    {"terminal", QT_TRANSLATE_NOOP("Verb", "terminal")},
    {"limitGroup", QT_TRANSLATE_NOOP("Verb", "change of a group's limits")},
    {"freezeGroup", QT_TRANSLATE_NOOP("Verb", "freezing a group")},
    {"thawGroup", QT_TRANSLATE_NOOP("Verb", "thawing a group")},
    {"killGroup", QT_TRANSLATE_NOOP("Verb", "killing a group")},
    {"moveProcess", QT_TRANSLATE_NOOP("Verb", "moving a process")},
    {"cancel", QT_TRANSLATE_NOOP("Verb", "cancel")},
    {"editXml", QT_TRANSLATE_NOOP("Verb", "edit of the XML")},
    {"changeHardware", QT_TRANSLATE_NOOP("Verb", "change of hardware")},
    {"save", QT_TRANSLATE_NOOP("Verb", "save of the state")},
    {"createSnapshot", QT_TRANSLATE_NOOP("Verb", "snapshot")},
    {"revertSnapshot", QT_TRANSLATE_NOOP("Verb", "revert")},
    {"deleteSnapshot", QT_TRANSLATE_NOOP("Verb", "deletion of a snapshot")},
    {"clone", QT_TRANSLATE_NOOP("Verb", "clone")},
    {"migrate", QT_TRANSLATE_NOOP("Verb", "move to another host")},
    {"createVolume", QT_TRANSLATE_NOOP("Verb", "new volume")},
    {"copyVolume", QT_TRANSLATE_NOOP("Verb", "copy of a volume")},
    {"upload", QT_TRANSLATE_NOOP("Verb", "upload")},
    {"backUp", QT_TRANSLATE_NOOP("Verb", "copy of the disks")},
    {"dump", QT_TRANSLATE_NOOP("Verb", "memory dump")},
    {"download", QT_TRANSLATE_NOOP("Verb", "download")},
    {"freeze", QT_TRANSLATE_NOOP("Verb", "freeze")},
    {"setClock", QT_TRANSLATE_NOOP("Verb", "clock set")},
    {"setPassword", QT_TRANSLATE_NOOP("Verb", "password set")},
    {"shutDown", QT_TRANSLATE_NOOP("Verb", "shutdown by the guest agent")},
    {"takeDown", QT_TRANSLATE_NOOP("Verb", "copy without walls")},
    {"putBack", QT_TRANSLATE_NOOP("Verb", "walls put back")},
};

constexpr Word PastVerbs[] = {
    {"create", QT_TRANSLATE_NOOP("PastVerb", "created")},
    {"start", QT_TRANSLATE_NOOP("PastVerb", "started")},
    {"stop", QT_TRANSLATE_NOOP("PastVerb", "stopped")},
    {"kill", QT_TRANSLATE_NOOP("PastVerb", "killed")},
    {"pause", QT_TRANSLATE_NOOP("PastVerb", "paused")},
    {"resume", QT_TRANSLATE_NOOP("PastVerb", "resumed")},
    {"restart", QT_TRANSLATE_NOOP("PastVerb", "restarted")},
    {"delete", QT_TRANSLATE_NOOP("PastVerb", "deleted")},
    {"rename", QT_TRANSLATE_NOOP("PastVerb", "renamed")},
    {"setLimits", QT_TRANSLATE_NOOP("PastVerb", "limits changed")},
    {"buildImage", QT_TRANSLATE_NOOP("PastVerb", "image built")},
    {"deleteImage", QT_TRANSLATE_NOOP("PastVerb", "image deleted")},
    {"limitGroup", QT_TRANSLATE_NOOP("PastVerb", "group's limits changed")},
    {"freezeGroup", QT_TRANSLATE_NOOP("PastVerb", "group frozen")},
    {"thawGroup", QT_TRANSLATE_NOOP("PastVerb", "group thawed")},
    {"killGroup", QT_TRANSLATE_NOOP("PastVerb", "all in the group killed")},
    {"moveProcess", QT_TRANSLATE_NOOP("PastVerb", "process moved here")},
    {"pull", QT_TRANSLATE_NOOP("PastVerb", "image pulled")},
    {"push", QT_TRANSLATE_NOOP("PastVerb", "image pushed")},
    {"import", QT_TRANSLATE_NOOP("PastVerb", "image imported")},
    {"export", QT_TRANSLATE_NOOP("PastVerb", "image exported")},
    {"importMachine", QT_TRANSLATE_NOOP("PastVerb", "machine imported")},
    {"importDisk", QT_TRANSLATE_NOOP("PastVerb", "disk imported")},
    {"exportDisk", QT_TRANSLATE_NOOP("PastVerb", "disk exported")},
    {"deleteDisk", QT_TRANSLATE_NOOP("PastVerb", "disk deleted")},
    {"commit", QT_TRANSLATE_NOOP("PastVerb", "committed as an image")},
    {"tag", QT_TRANSLATE_NOOP("PastVerb", "image got a further name")},
    {"prune", QT_TRANSLATE_NOOP("PastVerb", "unused images removed")},
    {"login", QT_TRANSLATE_NOOP("PastVerb", "signed in to a registry")},
    {"logout", QT_TRANSLATE_NOOP("PastVerb", "signed out of a registry")},
    {"terminal", QT_TRANSLATE_NOOP("PastVerb", "terminal opened")},
    {"openTerminal", QT_TRANSLATE_NOOP("PastVerb", "terminal opened")},
    {"exited", QT_TRANSLATE_NOOP("PastVerb", "ended by itself")},
    {"oomKilled", QT_TRANSLATE_NOOP("PastVerb", "killed for lack of memory")},
    {"throttled", QT_TRANSLATE_NOOP("PastVerb", "held back by its CPU limit")},
    {"cancel", QT_TRANSLATE_NOOP("PastVerb", "work cancelled")},
    {"editXml", QT_TRANSLATE_NOOP("PastVerb", "XML edited")},
    {"openDisplay", QT_TRANSLATE_NOOP("PastVerb", "display opened")},
    {"changeHardware", QT_TRANSLATE_NOOP("PastVerb", "hardware changed")},
    {"setAutostart", QT_TRANSLATE_NOOP("PastVerb", "autostart changed")},
    {"setNotes", QT_TRANSLATE_NOOP("PastVerb", "title or description changed")},
    {"reset", QT_TRANSLATE_NOOP("PastVerb", "reset")},
    {"save", QT_TRANSLATE_NOOP("PastVerb", "state saved")},
    {"createSnapshot", QT_TRANSLATE_NOOP("PastVerb", "snapshot made")},
    {"revertSnapshot", QT_TRANSLATE_NOOP("PastVerb", "reverted to a snapshot")},
    {"deleteSnapshot", QT_TRANSLATE_NOOP("PastVerb", "snapshot deleted")},
    {"clone", QT_TRANSLATE_NOOP("PastVerb", "cloned")},
    {"migrate", QT_TRANSLATE_NOOP("PastVerb", "moved to another host")},
    {"createPool", QT_TRANSLATE_NOOP("PastVerb", "storage pool made")},
    {"changePool", QT_TRANSLATE_NOOP("PastVerb", "storage pool changed")},
    {"deletePool", QT_TRANSLATE_NOOP("PastVerb", "storage pool removed")},
    {"destroyPool", QT_TRANSLATE_NOOP("PastVerb", "volume group destroyed")},
    {"createVolume", QT_TRANSLATE_NOOP("PastVerb", "volume made")},
    {"resizeVolume", QT_TRANSLATE_NOOP("PastVerb", "volume resized")},
    {"deleteVolume", QT_TRANSLATE_NOOP("PastVerb", "volume deleted")},
    {"copyVolume", QT_TRANSLATE_NOOP("PastVerb", "volume copied")},
    {"upload", QT_TRANSLATE_NOOP("PastVerb", "file uploaded")},
    {"backUp", QT_TRANSLATE_NOOP("PastVerb", "disks copied")},
    {"dump", QT_TRANSLATE_NOOP("PastVerb", "memory dumped")},
    {"download", QT_TRANSLATE_NOOP("PastVerb", "file downloaded")},
    {"freeze", QT_TRANSLATE_NOOP("PastVerb", "file systems frozen")},
    {"setClock", QT_TRANSLATE_NOOP("PastVerb", "clock set")},
    {"setPassword", QT_TRANSLATE_NOOP("PastVerb", "password set")},
    {"shutDown", QT_TRANSLATE_NOOP("PastVerb", "shut down by the guest agent")},
    {"createNetwork", QT_TRANSLATE_NOOP("PastVerb", "network made")},
    {"addConnection", QT_TRANSLATE_NOOP("PastVerb", "connection added")},
    {"removeConnection", QT_TRANSLATE_NOOP("PastVerb", "connection removed")},
    {"openConnection", QT_TRANSLATE_NOOP("PastVerb", "connection opened")},
    {"closeConnection", QT_TRANSLATE_NOOP("PastVerb", "connection closed")},
    {"changeNetwork", QT_TRANSLATE_NOOP("PastVerb", "network changed")},
    {"deleteNetwork", QT_TRANSLATE_NOOP("PastVerb", "network removed")},
    {"installed", QT_TRANSLATE_NOOP("PastVerb", "installed, and started from its disk")},
    {"startedElsewhere", QT_TRANSLATE_NOOP("PastVerb", "started by another program")},
    {"stoppedElsewhere", QT_TRANSLATE_NOOP("PastVerb", "stopped, not by Diptych")},
    {"pausedElsewhere", QT_TRANSLATE_NOOP("PastVerb", "paused by another program")},
    {"resumedElsewhere", QT_TRANSLATE_NOOP("PastVerb", "resumed by another program")},
    {"definedElsewhere", QT_TRANSLATE_NOOP("PastVerb", "made by another program")},
    {"undefinedElsewhere", QT_TRANSLATE_NOOP("PastVerb", "removed by another program")},
    {"takeDown", QT_TRANSLATE_NOOP("PastVerb", "walls of a copy taken down")},
    {"putBack", QT_TRANSLATE_NOOP("PastVerb", "walls put back, copy removed")},
};

constexpr Word Progress[] = {
    {"create", QT_TRANSLATE_NOOP("VerbProgress", "Creating %1")},
    {"start", QT_TRANSLATE_NOOP("VerbProgress", "Starting %1")},
    {"stop", QT_TRANSLATE_NOOP("VerbProgress", "Stopping %1")},
    {"kill", QT_TRANSLATE_NOOP("VerbProgress", "Killing %1")},
    {"pause", QT_TRANSLATE_NOOP("VerbProgress", "Pausing %1")},
    {"resume", QT_TRANSLATE_NOOP("VerbProgress", "Resuming %1")},
    {"restart", QT_TRANSLATE_NOOP("VerbProgress", "Restarting %1")},
    {"delete", QT_TRANSLATE_NOOP("VerbProgress", "Deleting %1")},
    {"buildImage", QT_TRANSLATE_NOOP("VerbProgress", "Building %1")},
    {"pull", QT_TRANSLATE_NOOP("VerbProgress", "Pulling %1")},
    {"push", QT_TRANSLATE_NOOP("VerbProgress", "Pushing %1")},
    {"import", QT_TRANSLATE_NOOP("VerbProgress", "Importing %1")},
    {"export", QT_TRANSLATE_NOOP("VerbProgress", "Exporting %1")},
    {"importMachine", QT_TRANSLATE_NOOP("VerbProgress", "Importing the machine %1")},
    {"importDisk", QT_TRANSLATE_NOOP("VerbProgress", "Importing the disk %1")},
    {"exportDisk", QT_TRANSLATE_NOOP("VerbProgress", "Exporting the disk %1")},
    {"commit", QT_TRANSLATE_NOOP("VerbProgress", "Committing %1")},
    {"save", QT_TRANSLATE_NOOP("VerbProgress", "Saving %1")},
    {"createSnapshot", QT_TRANSLATE_NOOP("VerbProgress", "Making a snapshot of %1")},
    {"revertSnapshot", QT_TRANSLATE_NOOP("VerbProgress", "Reverting %1")},
    {"deleteSnapshot", QT_TRANSLATE_NOOP("VerbProgress", "Deleting a snapshot of %1")},
    {"clone", QT_TRANSLATE_NOOP("VerbProgress", "Cloning %1")},
    {"migrate", QT_TRANSLATE_NOOP("VerbProgress", "Moving %1")},
    {"createVolume", QT_TRANSLATE_NOOP("VerbProgress", "Making %1")},
    {"copyVolume", QT_TRANSLATE_NOOP("VerbProgress", "Copying %1")},
    {"upload", QT_TRANSLATE_NOOP("VerbProgress", "Uploading %1")},
    {"backUp", QT_TRANSLATE_NOOP("VerbProgress", "Copying the disks of %1")},
    {"dump", QT_TRANSLATE_NOOP("VerbProgress", "Dumping the memory of %1")},
    {"download", QT_TRANSLATE_NOOP("VerbProgress", "Downloading %1")},
    {"takeDown", QT_TRANSLATE_NOOP("VerbProgress", "Taking walls of a copy of %1 down")},
    {"freeze", QT_TRANSLATE_NOOP("VerbProgress", "%1: file systems frozen")},
};

constexpr Word Failed[] = {
    {"create", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be created")},
    {"start", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be started")},
    {"stop", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be stopped")},
    {"kill", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be killed")},
    {"pause", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be paused")},
    {"resume", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be resumed")},
    {"restart", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be restarted")},
    {"delete", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be deleted")},
    {"buildImage", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be built")},
    {"pull", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be pulled")},
    {"push", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be pushed")},
    {"import", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be imported")},
    {"export", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be exported")},
    {"importMachine", QT_TRANSLATE_NOOP("VerbFailed", "The machine %1 could not be imported")},
    {"importDisk", QT_TRANSLATE_NOOP("VerbFailed", "The disk %1 could not be imported")},
    {"exportDisk", QT_TRANSLATE_NOOP("VerbFailed", "The disk %1 could not be exported")},
    {"deleteDisk", QT_TRANSLATE_NOOP("VerbFailed", "The disk %1 could not be deleted")},
    {"commit", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be committed")},
    {"save", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be saved")},
    {"createSnapshot", QT_TRANSLATE_NOOP("VerbFailed", "%1: no snapshot was made")},
    {"revertSnapshot", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be reverted")},
    {"deleteSnapshot", QT_TRANSLATE_NOOP("VerbFailed", "%1: the snapshot was not deleted")},
    {"clone", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be cloned")},
    {"migrate", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be moved")},
    {"createVolume", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be made")},
    {"copyVolume", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be copied")},
    {"upload", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be uploaded")},
    {"backUp", QT_TRANSLATE_NOOP("VerbFailed", "The disks of %1 could not be copied")},
    {"dump", QT_TRANSLATE_NOOP("VerbFailed", "The memory of %1 could not be dumped")},
    {"download", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be downloaded")},
    {"takeDown", QT_TRANSLATE_NOOP("VerbFailed", "%1: no copy without walls was made")},
    {"freeze", QT_TRANSLATE_NOOP("VerbFailed", "%1 could not be frozen")},
};

constexpr Word Done[] = {
    {"create", QT_TRANSLATE_NOOP("VerbDone", "%1 is created")},
    {"start", QT_TRANSLATE_NOOP("VerbDone", "%1 is started")},
    {"stop", QT_TRANSLATE_NOOP("VerbDone", "%1 is stopped")},
    {"kill", QT_TRANSLATE_NOOP("VerbDone", "%1 is killed")},
    {"pause", QT_TRANSLATE_NOOP("VerbDone", "%1 is paused")},
    {"resume", QT_TRANSLATE_NOOP("VerbDone", "%1 goes on")},
    {"restart", QT_TRANSLATE_NOOP("VerbDone", "%1 is restarted")},
    {"delete", QT_TRANSLATE_NOOP("VerbDone", "%1 is deleted")},
    {"buildImage", QT_TRANSLATE_NOOP("VerbDone", "%1 is built")},
    {"pull", QT_TRANSLATE_NOOP("VerbDone", "%1 is here")},
    {"push", QT_TRANSLATE_NOOP("VerbDone", "%1 is pushed")},
    {"import", QT_TRANSLATE_NOOP("VerbDone", "%1 is imported")},
    {"export", QT_TRANSLATE_NOOP("VerbDone", "%1 is exported")},
    {"importMachine", QT_TRANSLATE_NOOP("VerbDone", "The machine %1 is imported")},
    {"importDisk", QT_TRANSLATE_NOOP("VerbDone", "The disk %1 is imported")},
    {"exportDisk", QT_TRANSLATE_NOOP("VerbDone", "The disk %1 is exported")},
    {"commit", QT_TRANSLATE_NOOP("VerbDone", "%1 is committed as an image")},
    {"save", QT_TRANSLATE_NOOP("VerbDone", "%1 is saved")},
    {"createSnapshot", QT_TRANSLATE_NOOP("VerbDone", "%1 has a new snapshot")},
    {"revertSnapshot", QT_TRANSLATE_NOOP("VerbDone", "%1 is as it was")},
    {"deleteSnapshot", QT_TRANSLATE_NOOP("VerbDone", "%1: the snapshot is deleted")},
    {"clone", QT_TRANSLATE_NOOP("VerbDone", "%1 is cloned")},
    {"migrate", QT_TRANSLATE_NOOP("VerbDone", "%1 is moved")},
    {"createVolume", QT_TRANSLATE_NOOP("VerbDone", "%1 is made")},
    {"copyVolume", QT_TRANSLATE_NOOP("VerbDone", "%1 is copied")},
    {"upload", QT_TRANSLATE_NOOP("VerbDone", "%1 is uploaded")},
    {"backUp", QT_TRANSLATE_NOOP("VerbDone", "The disks of %1 are copied")},
    {"dump", QT_TRANSLATE_NOOP("VerbDone", "The memory of %1 is dumped")},
    {"download", QT_TRANSLATE_NOOP("VerbDone", "%1 is downloaded")},
    {"takeDown", QT_TRANSLATE_NOOP("VerbDone", "%1 has a copy without some walls")},
    {"freeze", QT_TRANSLATE_NOOP("VerbDone", "The file systems of %1 go on")},
};

constexpr Word Outcomes[] = {
    {"ok", QT_TRANSLATE_NOOP("Outcome", "done")},
    {"failed", QT_TRANSLATE_NOOP("Outcome", "failed")},
    {"denied", QT_TRANSLATE_NOOP("Outcome", "refused")},
    {"cancelled", QT_TRANSLATE_NOOP("Outcome", "cancelled")},
};

constexpr Word Permissions[] = {
    {"org.diptych.observe", QT_TRANSLATE_NOOP("Permission", "look at instances")},
    {"org.diptych.lifecycle", QT_TRANSLATE_NOOP("Permission", "start, stop and change instances")},
    {"org.diptych.lifecycle.other", QT_TRANSLATE_NOOP("Permission", "cancel the work of others")},
    {"org.diptych.create", QT_TRANSLATE_NOOP("Permission", "create instances")},
    {"org.diptych.delete", QT_TRANSLATE_NOOP("Permission", "delete instances and images")},
    {"org.diptych.image", QT_TRANSLATE_NOOP("Permission", "make images")},
    {"org.diptych.controlgroup", QT_TRANSLATE_NOOP("Permission", "change control groups")},
    {"org.diptych.connection", QT_TRANSLATE_NOOP("Permission", "add and remove libvirt connections")},
    {"org.diptych.terminal", QT_TRANSLATE_NOOP("Permission", "open terminals and read logs")},
    {"org.diptych.xml", QT_TRANSLATE_NOOP("Permission", "edit the XML of machines")},
    {"org.diptych.hardware", QT_TRANSLATE_NOOP("Permission", "change the hardware of machines")},
    {"org.diptych.storage", QT_TRANSLATE_NOOP("Permission", "change storage")},
    {"org.diptych.network", QT_TRANSLATE_NOOP("Permission", "change networks")},
    {"org.diptych.walls", QT_TRANSLATE_NOOP("Permission", "take walls of throw-away copies down")},
};

constexpr Word MissingTitles[] = {
    {"kvm", QT_TRANSLATE_NOOP("Missing", "No hardware virtualization (KVM)")},
    {"cgroup2", QT_TRANSLATE_NOOP("Missing", "No unified control groups (cgroup v2)")},
    {"libvirt", QT_TRANSLATE_NOOP("Missing", "libvirt does not answer")},
    {"polkit", QT_TRANSLATE_NOOP("Missing", "No polkit")},
    {"kernel", QT_TRANSLATE_NOOP("Missing", "No kernel for virtual machines")},
    {"bridge", QT_TRANSLATE_NOOP("Missing", "No network for instances")},
    {"userNamespaces", QT_TRANSLATE_NOOP("Missing", "No user namespaces")},
};

constexpr Word MissingMeanings[] = {
    {"kvm",
     QT_TRANSLATE_NOOP("Missing", "Virtual machines run in software (TCG): they work, and are many times slower.")},
    {"cgroup2",
     QT_TRANSLATE_NOOP("Missing", "The limits work through version 1; the pressure of single instances is not told.")},
    {"libvirt", QT_TRANSLATE_NOOP("Missing", "Virtual machines can't be seen or made. Containers work.")},
    {"polkit", QT_TRANSLATE_NOOP("Missing", "Only root and the group diptych may change anything.")},
    {"kernel", QT_TRANSLATE_NOOP("Missing", "Twin virtual machines can't be made. Containers work.")},
    {"bridge", QT_TRANSLATE_NOOP("Missing", "Instances can't reach each other or get an address.")},
    {"userNamespaces",
     QT_TRANSLATE_NOOP("Missing", "Root inside a container is root outside, held by the other walls.")},
};

/// What the helper said, as a sentence.
QString sentence(const QString& said)
{
    QString text = reasonText(said.trimmed());
    if (text.isEmpty())
        return text;
    // A name at the beginning (an image's, a host's, a file's) stays as it is written.
    static const QRegularExpression name(QStringLiteral("^\\S*[:/.@\\d]\\S"));
    if (!name.match(text).hasMatch())
        text[0] = text.at(0).toUpper();
    const QString ends = u".!?。！？"_s;
    if (!ends.contains(text.back())) //: the end of a sentence
        text += text == said.trimmed() ? u"."_s : QCoreApplication::translate("ErrorText", ".");
    return text;
}

// Not named tr: lupdate would read the call and not see what is marked inside.
QString inErrors(const char* text)
{
    return QCoreApplication::translate("ErrorText", text);
}

} // namespace

QString resourceName(const QString& resource)
{
    return look(Resources, "Resource", resource);
}

QString levelName(int level)
{
    switch (level) {
    case 1:
        return QCoreApplication::translate("Level", "shared");
    case 2:
        return QCoreApplication::translate("Level", "divided by the host's kernel");
    case 3:
        return QCoreApplication::translate("Level", "emulated");
    case 4:
        return QCoreApplication::translate("Level", "own, behind a machine's wall");
    default:
        return QCoreApplication::translate("Level", "not measured");
    }
}

QString levelDescription(int level)
{
    switch (level) {
    case 1:
        return QCoreApplication::translate("Level", "The same object that the host's own processes use.");
    case 2:
        return QCoreApplication::translate("Level",
                                           "The host kernel's, seen through a namespace, a limit or a filter.");
    case 3:
        return QCoreApplication::translate("Level",
                                           "Virtual hardware, or a kernel, that a process of the host emulates.");
    case 4:
        return QCoreApplication::translate("Level", "Of a kernel of its own, behind virtual hardware.");
    default:
        return QCoreApplication::translate("Level", "Nobody could look; the reason stands in the row.");
    }
}

QString stepName(const QString& step)
{
    return look(Steps, "Step", step);
}

QString verbName(const QString& verb)
{
    return look(Verbs, "Verb", verb);
}

QString verbPast(const QString& verb)
{
    return look(PastVerbs, "PastVerb", verb);
}

QString verbProgress(const QString& verb, const QString& subject)
{
    const QString pattern = look(Progress, "VerbProgress", verb);
    return pattern == verb ? verb + u' ' + subject : pattern.arg(subject);
}

QString verbFailed(const QString& verb, const QString& subject)
{
    const QString pattern = look(Failed, "VerbFailed", verb);
    return pattern == verb ? QCoreApplication::translate("VerbFailed", "%1 failed: %2").arg(verb, subject)
                           : pattern.arg(subject);
}

QString verbDone(const QString& verb, const QString& subject)
{
    const QString pattern = look(Done, "VerbDone", verb);
    return pattern == verb ? verb + u' ' + subject : pattern.arg(subject);
}

QString outcomeName(const QString& outcome)
{
    return look(Outcomes, "Outcome", outcome);
}

QString permissionName(const QString& action)
{
    return look(Permissions, "Permission", action);
}

QString missingTitle(const client::Missing& missing)
{
    return look(MissingTitles, "Missing", missing.feature);
}

QString missingText(const client::Missing& missing)
{
    QString text;
    if (const QString meaning = look(MissingMeanings, "Missing", missing.feature); meaning != missing.feature)
        text = meaning;
    for (const QString& more : {sentence(missing.reason), sentence(missing.mend)}) {
        const bool apart = !text.isEmpty() && !more.isEmpty() && !text.endsWith(u'。');
        text += (apart ? u" "_s : QString()) + more;
    }
    return text;
}

QString errorText(const client::Error& error)
{
    // Without an action it is not the helper that refuses, but whom it asked: a registry.
    const bool byHelper = !error.field.isEmpty() || error.message.isEmpty() || error.message == error.name;
    if (error.name == client::errors::PermissionDenied && byHelper)
        return inErrors(
                   QT_TRANSLATE_NOOP("ErrorText", "You may not %1. Ask an administrator, or join the group diptych."))
            .arg(error.field.isEmpty() ? inErrors(QT_TRANSLATE_NOOP("ErrorText", "do this"))
                                       : permissionName(error.field));
    if (error.name == client::errors::MethodNotFound || error.name == u"org.varlink.service.MethodNotImplemented"_s) {
        const char* older = QT_TRANSLATE_NOOP(
            "ErrorText", "The helper is older than this window and can't do this (%1). Update it there.");
        return inErrors(older).arg(error.field.isEmpty() ? error.name : error.field);
    }
    if (error.name == u"org.diptych.InvalidArgument"_s && !error.field.isEmpty())
        return u"%1: %2"_s.arg(error.field, sentence(error.message));
    if (error.name == u"org.diptych.Busy"_s)
        return inErrors(QT_TRANSLATE_NOOP("ErrorText", "It is in use: %1")).arg(sentence(error.message));
    if (error.name == u"org.diptych.NoSpace"_s)
        return inErrors(QT_TRANSLATE_NOOP("ErrorText", "The disk is full: %1")).arg(sentence(error.message));
    return sentence(error.message.isEmpty() ? error.name : error.message);
}

} // namespace diptych::models
