#include "models/attempt_words.h"

#include "models/reasons.h"

#include <QCoreApplication>

#include <span>

namespace diptych::models {

namespace {

struct WallWord
{
    const char *word, *name, *meaning;
};

constexpr WallWord Walls[] = {
    {"processes", QT_TRANSLATE_NOOP("Wall", "Process numbers"),
     QT_TRANSLATE_NOOP("Wall", "In this machine's pid namespace: every process has a number inside")},
    {"network", QT_TRANSLATE_NOOP("Wall", "Network"),
     QT_TRANSLATE_NOOP("Wall", "In this machine's network namespace: its interfaces, its loopback")},
    {"hostname", QT_TRANSLATE_NOOP("Wall", "Host name"), QT_TRANSLATE_NOOP("Wall", "In this machine's uts namespace")},
    {"ipc", QT_TRANSLATE_NOOP("Wall", "Shared memory"),
     QT_TRANSLATE_NOOP("Wall", "In this machine's ipc namespace: its shared memory, semaphores, queues")},
    {"cgroup", QT_TRANSLATE_NOOP("Wall", "Control group"),
     QT_TRANSLATE_NOOP("Wall", "In this machine's cgroup namespace: it sees where it is")},
    {"users", QT_TRANSLATE_NOOP("Wall", "User mapping"),
     QT_TRANSLATE_NOOP("Wall", "No user namespace: root inside is root outside")},
    {"seccomp", QT_TRANSLATE_NOOP("Wall", "System call filter"),
     QT_TRANSLATE_NOOP("Wall", "No seccomp: every system call reaches the kernel")},
    {"masks", QT_TRANSLATE_NOOP("Wall", "Hidden files"),
     QT_TRANSLATE_NOOP("Wall", "Nothing of /proc and /sys is hidden or read-only")},
    {"capabilities", QT_TRANSLATE_NOOP("Wall", "Capabilities"), QT_TRANSLATE_NOOP("Wall", "All of them, not twelve")},
    {"devices", QT_TRANSLATE_NOOP("Wall", "Device rules"), QT_TRANSLATE_NOOP("Wall", "Every device may be opened")},
    {"files", QT_TRANSLATE_NOOP("Wall", "Files"),
     QT_TRANSLATE_NOOP("Wall", "This machine's root is at /host, read-only")},
    {"networkCard", QT_TRANSLATE_NOOP("Wall", "No network card"),
     QT_TRANSLATE_NOOP("Wall", "It has a card on its network: this machine is at the other end")},
    {"hostFile", QT_TRANSLATE_NOOP("Wall", "No file of this machine"),
     QT_TRANSLATE_NOOP("Wall", "A public file of this machine is its second disk, read-only")},
};

/// Walls of a virtual machine that stay, and why.
constexpr WallWord Standing[] = {
    {"ownKernel", QT_TRANSLATE_NOOP("Wall", "A kernel of its own"),
     QT_TRANSLATE_NOOP("Wall", "Without it, it would be a container: compare it with its twin")},
    {"qemuUser", QT_TRANSLATE_NOOP("Wall", "QEMU's user"),
     QT_TRANSLATE_NOOP("Wall", "It counts once somebody has broken out into QEMU: no harmless attempt does that")},
    {"qemuFilter", QT_TRANSLATE_NOOP("Wall", "QEMU's call filter"),
     QT_TRANSLATE_NOOP("Wall", "libvirt filters all machines alike (seccomp_sandbox in qemu.conf)")},
    {"virtio", QT_TRANSLATE_NOOP("Wall", "Simple devices"),
     QT_TRANSLATE_NOOP("Wall", "Emulated ones are more code to attack: no harmless attempt shows it")},
    {"ownMemory", QT_TRANSLATE_NOOP("Wall", "Memory of its own"),
     QT_TRANSLATE_NOOP("Wall", "Shared, it opens to programs of this machine, not to the guest")},
};

const char* const lists = QT_TRANSLATE_NOOP("Attempt", "It lists names or counts.");
const char* const opensToRead = QT_TRANSLATE_NOOP("Attempt", "It is opened for reading and closed; nothing is read.");
const char* const opensToWrite =
    QT_TRANSLATE_NOOP("Attempt", "It is opened for writing and closed; nothing is written.");
const char* const neverTaken = QT_TRANSLATE_NOOP(
    "Attempt",
    "With a value that the kernel takes from nobody: it first looks whether one may, then refuses the value.");
const char* const madeAndClosed = QT_TRANSLATE_NOOP("Attempt", "It is made for the copy alone and closed at once.");

struct AttemptWord
{
    const char *word, *name, *reason;
};

const AttemptWord Attempts[] = {
    {"seeProcesses", QT_TRANSLATE_NOOP("Attempt", "See processes of this machine"), lists},
    {"signalProcess", QT_TRANSLATE_NOOP("Attempt", "Signal one of them"),
     QT_TRANSLATE_NOOP("Attempt", "Signal 0 is delivered to nobody.")},
    {"readMemory", QT_TRANSLATE_NOOP("Attempt", "Read one's memory"), opensToRead},
    {"beRoot", QT_TRANSLATE_NOOP("Attempt", "Be root of this machine"), lists},
    {"traceOwn", QT_TRANSLATE_NOOP("Attempt", "Trace a process (ptrace)"),
     QT_TRANSLATE_NOOP("Attempt", "A child of its own, which ends.")},
    {"seeHostName", QT_TRANSLATE_NOOP("Attempt", "See this machine's name"), lists},
    {"setHostName", QT_TRANSLATE_NOOP("Attempt", "Change the host name"), neverTaken},
    {"seeIpc", QT_TRANSLATE_NOOP("Attempt", "See this machine's shared memory"), lists},
    {"seeGroup", QT_TRANSLATE_NOOP("Attempt", "See its place among the control groups"), lists},
    {"setClock", QT_TRANSLATE_NOOP("Attempt", "Set the clock"), neverTaken},
    {"readKernelLog", QT_TRANSLATE_NOOP("Attempt", "Read the kernel's log"),
     QT_TRANSLATE_NOOP("Attempt", "The messages stay where they are, and only their length is told.")},
    {"loadModule", QT_TRANSLATE_NOOP("Attempt", "Load a kernel module"), neverTaken},
    {"restart", QT_TRANSLATE_NOOP("Attempt", "Restart (reboot)"), neverTaken},
    {"readHidden", QT_TRANSLATE_NOOP("Attempt", "Read hidden files of /proc and /sys"),
     QT_TRANSLATE_NOOP("Attempt", "They only tell; their paths are shown and not what is in them.")},
    {"readKernelMemory", QT_TRANSLATE_NOOP("Attempt", "Read the kernel's memory (/proc/kcore)"), opensToRead},
    {"changeKernelSetting", QT_TRANSLATE_NOOP("Attempt", "Change a setting of the kernel"), opensToWrite},
    {"changeNetworkSetting", QT_TRANSLATE_NOOP("Attempt", "Change a setting of the network"), opensToWrite},
    {"pressSysRq", QT_TRANSLATE_NOOP("Attempt", "Press the magic SysRq key"), opensToWrite},
    {"makeDevice", QT_TRANSLATE_NOOP("Attempt", "Make a device node"),
     QT_TRANSLATE_NOOP("Attempt", "That of /dev/null, in a /dev of its own; it is removed at once.")},
    {"openDevice", QT_TRANSLATE_NOOP("Attempt", "Open a device of this machine (kernel log)"), opensToRead},
    {"openDisk", QT_TRANSLATE_NOOP("Attempt", "Open this machine's disk"), opensToRead},
    {"seeHostFiles", QT_TRANSLATE_NOOP("Attempt", "See files of this machine"), lists},
    {"openHostSecrets", QT_TRANSLATE_NOOP("Attempt", "Open this machine's passwords (/etc/shadow)"), opensToRead},
    {"seeInterfaces", QT_TRANSLATE_NOOP("Attempt", "See this machine's network interfaces"), lists},
    {"seeListeners", QT_TRANSLATE_NOOP("Attempt", "Find programs that listen (TCP)"), lists},
    {"changeRoutes", QT_TRANSLATE_NOOP("Attempt", "Change routes"), neverTaken},
    {"readPackets", QT_TRANSLATE_NOOP("Attempt", "Read all packets"),
     QT_TRANSLATE_NOOP("Attempt", "A socket of protocol 0 gets none.")},
    {"mount", QT_TRANSLATE_NOOP("Attempt", "Mount a file system"),
     QT_TRANSLATE_NOOP("Attempt", "A few KiB of memory in the copy's own mount namespace, unmounted at once.")},
    {"makeUserNamespace", QT_TRANSLATE_NOOP("Attempt", "Make a user namespace"),
     QT_TRANSLATE_NOOP("Attempt", "A child of its own, which ends.")},
    {"useKeyrings", QT_TRANSLATE_NOOP("Attempt", "Ask for kernel keyrings"), lists},
    {"loadBpf", QT_TRANSLATE_NOOP("Attempt", "Put something into the kernel (BPF)"), madeAndClosed},
    {"countEvents", QT_TRANSLATE_NOOP("Attempt", "Count events of the processor (perf)"), madeAndClosed},
    {"useIoUring", QT_TRANSLATE_NOOP("Attempt", "Use io_uring"), madeAndClosed},
    {"handleFaults", QT_TRANSLATE_NOOP("Attempt", "Handle page faults (userfaultfd)"), madeAndClosed},
    {"reachHost", QT_TRANSLATE_NOOP("Attempt", "Reach this machine (TCP)"),
     QT_TRANSLATE_NOOP("Attempt", "The connection is closed without a byte.")},
    {"seeNeighbours", QT_TRANSLATE_NOOP("Attempt", "See who else is on the network"), lists},
    {"findWayOut", QT_TRANSLATE_NOOP("Attempt", "Find a way out through this machine"),
     QT_TRANSLATE_NOOP("Attempt", "A route is looked up; nothing is sent.")},
    {"readHostFile", QT_TRANSLATE_NOOP("Attempt", "Read a file of this machine"),
     QT_TRANSLATE_NOOP("Attempt", "A public one, which names the operating system.")},
    {"openByHandle", QT_TRANSLATE_NOOP("Attempt", "Open files by number, past every path"), neverTaken},
};

const WallWord* findWall(const QString& wall)
{
    for (const WallWord& one : Walls)
        if (wall == QLatin1StringView(one.word))
            return &one;
    for (const WallWord& one : Standing)
        if (wall == QLatin1StringView(one.word))
            return &one;
    return nullptr;
}

const AttemptWord* findAttempt(const QString& attempt)
{
    for (const AttemptWord& one : Attempts)
        if (attempt == QLatin1StringView(one.word))
            return &one;
    return nullptr;
}

struct Outcomes // a context for translation
{
    Q_DECLARE_TR_FUNCTIONS(Outcomes)
};

} // namespace

QString wallName(const QString& wall)
{
    const WallWord* word = findWall(wall);
    return word ? QCoreApplication::translate("Wall", word->name) : wall;
}

QString wallMeaning(const QString& wall)
{
    const WallWord* word = findWall(wall);
    return word ? QCoreApplication::translate("Wall", word->meaning) : QString();
}

QString wallMissing(const QString& wall, const QString& reason)
{
    const bool stands = std::any_of(std::begin(Standing), std::end(Standing),
                                    [&](const WallWord& one) { return wall == QLatin1StringView(one.word); });
    return stands && !reason.isEmpty() ? wallMeaning(wall) : reasonText(reason);
}

QString attemptName(const QString& attempt)
{
    const AttemptWord* word = findAttempt(attempt);
    return word ? QCoreApplication::translate("Attempt", word->name) : attempt;
}

QString attemptReason(const QString& attempt)
{
    const AttemptWord* word = findAttempt(attempt);
    return word ? QCoreApplication::translate("Attempt", word->reason) : QString();
}

QString outcomeText(const client::AttemptOutcome& outcome)
{
    if (!outcome.possible)
        return outcome.error.isEmpty() ? Outcomes::tr("nothing to be had")
                                       : Outcomes::tr("refused (%1)").arg(outcome.error);
    if (outcome.reach == QLatin1StringView("host"))
        return Outcomes::tr("possible: reaches this machine");
    if (outcome.reach == QLatin1StringView("kernel"))
        return Outcomes::tr("possible: more of the kernel");
    return Outcomes::tr("possible: only its own");
}

} // namespace diptych::models
