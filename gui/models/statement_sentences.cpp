// The sentences of the isolation table, by the helper's statement ids. {name} takes the row's value of that name.
#include "models/statements.h"

#include "client/wall_types.h"
#include "models/formatting.h"

#include <QCoreApplication>

namespace diptych::models {

using namespace Qt::StringLiterals;

namespace {

struct Sentence
{
    const char* id;
    const char* text;
};

constexpr Sentence Sentences[] = {
    {"notMeasured", QT_TRANSLATE_NOOP("Statement", "not measured: {reason}")},
    {"kernelShared", QT_TRANSLATE_NOOP("Statement", "{release}, the host's")},
    {"kernelOwn", QT_TRANSLATE_NOOP("Statement", "{release}, its own")},
    {"kernelForeign", QT_TRANSLATE_NOOP("Statement", "{release}, its own; what carries it is not known")},
    {"kernelGuest", QT_TRANSLATE_NOOP("Statement", "its own, run by {command}; nobody inside was asked which")},
    {"processesHost", QT_TRANSLATE_NOOP("Statement", "sees all processes of the host")},
    {"processesNamespace", QT_TRANSLATE_NOOP("Statement", "PID 1 here is an ordinary process of the host")},
    {"processesNamespacePid", QT_TRANSLATE_NOOP("Statement", "PID 1 here = {pid} on the host")},
    {"processesOwn", QT_TRANSLATE_NOOP("Statement", "invisible to the host")},
    {"processesOwnThreads", QT_TRANSLATE_NOOP("Statement", "invisible to the host: one process, {threads} threads")},
    {"filesHost", QT_TRANSLATE_NOOP("Statement", "the host's mounts")},
    {"filesOverlay", QT_TRANSLATE_NOOP("Statement", "overlay, image layers: {layers}")},
    {"filesMounts", QT_TRANSLATE_NOOP("Statement", "{type}, mounts of its own")},
    {"filesOwn", QT_TRANSLATE_NOOP("Statement", "{type} on {source}")},
    {"filesOwnDisk", QT_TRANSLATE_NOOP("Statement", "{type} on {source}, a {format} file of the host")},
    {"netHost", QT_TRANSLATE_NOOP("Statement", "the host's interfaces and ports")},
    {"netNone", QT_TRANSLATE_NOOP("Statement", "none but the loopback")},
    {"netVeth", QT_TRANSLATE_NOOP("Statement", "veth → {bridge}")},
    {"netNamespace", QT_TRANSLATE_NOOP("Statement", "a network stack of its own in the host's kernel")},
    {"netVirtio", QT_TRANSLATE_NOOP("Statement", "virtio-net → {tap} → {bridge}")},
    {"netVirtual", QT_TRANSLATE_NOOP("Statement", "{driver}, a virtual card")},
    {"netOwnNone", QT_TRANSLATE_NOOP("Statement", "no network card")},
    {"usersHost", QT_TRANSLATE_NOOP("Statement", "uid {uid} is uid {uid} on the host")},
    {"usersMapped", QT_TRANSLATE_NOOP("Statement", "uid {uid} = uid {outside} on the host")},
    {"usersNamespace", QT_TRANSLATE_NOOP("Statement", "uid {uid} in a user namespace")},
    {"usersOwn", QT_TRANSLATE_NOOP("Statement", "uid {uid} of its own kernel")},
    {"usersOwnProcess",
     QT_TRANSLATE_NOOP("Statement", "uid {uid} of its own kernel; its process runs as uid {outside}")},
    {"hostnameHost", QT_TRANSLATE_NOOP("Statement", "the host's name and IPC objects")},
    {"hostnamePartly", QT_TRANSLATE_NOOP("Statement", "shares {shared} with the host")},
    {"hostnameNamespaces", QT_TRANSLATE_NOOP("Statement", "uts and ipc namespaces")},
    {"hostnameOwn", QT_TRANSLATE_NOOP("Statement", "kernel objects of its own")},
    {"memoryUnlimited", QT_TRANSLATE_NOOP("Statement", "no limit: the host's {total}")},
    {"memoryLimited", QT_TRANSLATE_NOOP("Statement", "at most {limit}, page cache shared with the host")},
    {"memoryGuest", QT_TRANSLATE_NOOP("Statement", "{total} of guest RAM")},
    {"cpuUnlimited", QT_TRANSLATE_NOOP("Statement", "all {cpus} processors, the host's scheduler")},
    {"cpuSet", QT_TRANSLATE_NOOP("Statement", "{cpus} of the host's {hostCpus} processors")},
    {"cpuLimited", QT_TRANSLATE_NOOP("Statement", "at most {cores} × one core, the host's scheduler")},
    {"cpuKvm", QT_TRANSLATE_NOOP("Statement", "vCPUs on the processor itself: {vcpus}, scheduled twice")},
    {"cpuEmulated", QT_TRANSLATE_NOOP("Statement", "vCPUs emulated in software (TCG): {vcpus}")},
    {"cpuVirtual", QT_TRANSLATE_NOOP("Statement", "{vcpus} processors of its own kernel")},
    {"syscallsAll", QT_TRANSLATE_NOOP("Statement", "all reach the host's kernel")},
    {"syscallsFiltered", QT_TRANSLATE_NOOP("Statement", "filtered by seccomp, the rest reach the host's kernel")},
    {"syscallsStrict", QT_TRANSLATE_NOOP("Statement", "read, write and exit only")},
    {"syscallsOwn", QT_TRANSLATE_NOOP("Statement", "none reach the host's kernel")},
    {"syscallsOwnFiltered",
     QT_TRANSLATE_NOOP("Statement", "none reach the host's kernel; its process is filtered by seccomp")},
    {"diskShared", QT_TRANSLATE_NOOP("Statement", "the host's disk queue and page cache, no limit")},
    {"diskLimited", QT_TRANSLATE_NOOP("Statement", "the host's disk queue, its rate limited")},
    {"diskFile", QT_TRANSLATE_NOOP("Statement", "{device}, a virtual disk kept in a {format} file")},
    {"diskVirtual", QT_TRANSLATE_NOOP("Statement", "{device}, a virtual disk")},
    {"capabilitiesAll", QT_TRANSLATE_NOOP("Statement", "all {all} over the host")},
    {"capabilitiesSome", QT_TRANSLATE_NOOP("Statement", "{count} of {all}, and those over the host")},
    {"capabilitiesNamespace", QT_TRANSLATE_NOOP("Statement", "{count} of {all}, over its own namespaces only")},
    {"capabilitiesNone", QT_TRANSLATE_NOOP("Statement", "none")},
    {"capabilitiesOwn", QT_TRANSLATE_NOOP("Statement", "{count} over its own kernel, none over the host")},
    {"capabilitiesOwnRoot",
     QT_TRANSLATE_NOOP("Statement", "{count} over its own kernel; its process is root on the host")},
    {"keysHost", QT_TRANSLATE_NOOP("Statement", "the host's keyrings")},
    {"keysNamespace", QT_TRANSLATE_NOOP("Statement", "keyrings of its user namespace")},
    {"keysOwn", QT_TRANSLATE_NOOP("Statement", "keyrings of its own kernel")},
    {"labelNone", QT_TRANSLATE_NOOP("Statement", "none: no module of the host labels it")},
    {"labelUnconfined", QT_TRANSLATE_NOOP("Statement", "{label}: not confined")},
    {"labelConfined", QT_TRANSLATE_NOOP("Statement", "confined as {label}")},
    {"labelOwn", QT_TRANSLATE_NOOP("Statement", "its own kernel's; its process has none on the host")},
    {"labelOwnConfined", QT_TRANSLATE_NOOP("Statement", "its own kernel's; its process is confined as {label}")},
    {"devicesHost", QT_TRANSLATE_NOOP("Statement", "the host's /dev, {count} nodes")},
    {"devicesDisks", QT_TRANSLATE_NOOP("Statement", "{count} nodes in /dev, {disks} of them disks of the host")},
    {"devicesNodes", QT_TRANSLATE_NOOP("Statement", "{count} nodes in /dev")},
    {"devicesVirtual", QT_TRANSLATE_NOOP("Statement", "{count} virtual PCI devices")},
    {"devicesPassed", QT_TRANSLATE_NOOP("Statement", "{count} PCI devices, some of them the host's own")},
    {"clockHost", QT_TRANSLATE_NOOP("Statement", "the host's clocks")},
    {"clockNamespace", QT_TRANSLATE_NOOP("Statement", "monotonic clock shifted by {offset} s, time of day the host's")},
    {"clockOwn", QT_TRANSLATE_NOOP("Statement", "clocks of its own, up {uptime} s")},
    {"believesHost", QT_TRANSLATE_NOOP("Statement", "the host's memory: nothing in /proc inside tells of its limit")},
    {"believesLess", QT_TRANSLATE_NOOP("Statement", "less than the host has")},
    {"believesOwn", QT_TRANSLATE_NOOP("Statement", "its own kernel's memory")},
    {"believedNothing", QT_TRANSLATE_NOOP("Statement", "the inside could not be asked")},
    {"charged", QT_TRANSLATE_NOOP("Statement", "counted by its control group: what its limit is held against")},
    {"chargedShared", QT_TRANSLATE_NOOP("Statement", "not counted alone: it shares the group {group}")},
    {"chargedNothing", QT_TRANSLATE_NOOP("Statement", "no control group counts memory here")},
    {"anonymous", QT_TRANSLATE_NOOP("Statement", "heaps and stacks of its processes")},
    {"fileCache",
     QT_TRANSLATE_NOOP("Statement", "files kept in memory by the host's kernel, given back when it is needed")},
    {"sharedMemory", QT_TRANSLATE_NOOP("Statement", "tmpfs and shared memory")},
    {"kernelMemory", QT_TRANSLATE_NOOP("Statement", "the host's kernel itself, for it: page tables, sockets, inodes")},
    {"difference",
     QT_TRANSLATE_NOOP("Statement",
                       "charged ahead by the kernel for each processor, and what changed between two readings")},
    {"differenceKernel",
     QT_TRANSLATE_NOOP("Statement",
                       "the kernel's part, which this machine does not count alone, and what it charged ahead")},
    {"resident",
     QT_TRANSLATE_NOOP("Statement", "mapped by its processes ({count}); a page that several have counts in parts")},
    {"residentNothing", QT_TRANSLATE_NOOP("Statement", "no process of it could be read")},
    {"unique", QT_TRANSLATE_NOOP("Statement", "mapped by one process only: what its end would free")},
    {"sharedPart", QT_TRANSLATE_NOOP("Statement", "its share of pages that others have mapped too")},
    {"guestMemory", QT_TRANSLATE_NOOP("Statement", "of the guest's {given}, what it has touched")},
    {"hypervisor", QT_TRANSLATE_NOOP("Statement", "QEMU itself: its code, its buffers, the devices it plays")},
    {"rss", QT_TRANSLATE_NOOP("Statement", "what ps and libvirt add up: shared pages count once for each process")},
    {"swap", QT_TRANSLATE_NOOP("Statement", "written out to swap")},
    {"ksm", QT_TRANSLATE_NOOP("Statement", "merged with equal pages of others")},
    {"guest", QT_TRANSLATE_NOOP("Statement", "what the domain may have")},
    {"guestNothing",
     QT_TRANSLATE_NOOP("Statement", "the guest does not tell: no balloon statistics and no probe inside")},
    {"guestUsed", QT_TRANSLATE_NOOP("Statement", "by programs inside and their kernel")},
    {"guestCache",
     QT_TRANSLATE_NOOP("Statement", "files kept in memory by the guest's kernel: once more than the host's")},
    {"guestFree", QT_TRANSLATE_NOOP("Statement", "unused inside; the host can't have it back without the balloon")},
    {"guestKernel",
     QT_TRANSLATE_NOOP("Statement",
                       "kept by the guest's kernel from the start: its code, its page table of all memory")},
    {"balloon", QT_TRANSLATE_NOOP("Statement", "taken back by the balloon")},
    {"boundNothing", QT_TRANSLATE_NOOP("Statement", "nothing that was found limits it")},
    {"memoryByGroup", QT_TRANSLATE_NOOP("Statement", "{amount}: its own control group")},
    {"memoryByAncestor", QT_TRANSLATE_NOOP("Statement", "{amount}: the group {group} above it")},
    {"memoryByGuest", QT_TRANSLATE_NOOP("Statement", "{amount}: the memory its domain was given")},
    {"memoryByMachine", QT_TRANSLATE_NOOP("Statement", "{amount}: no group limits it, only the machine does")},
    {"cpuByGroup", QT_TRANSLATE_NOOP("Statement", "{amount} × one core: its own control group")},
    {"cpuByAncestor", QT_TRANSLATE_NOOP("Statement", "{amount} × one core: the group {group} above it")},
    {"cpuByVcpus", QT_TRANSLATE_NOOP("Statement", "{amount} × one core: its virtual processors, no quota is smaller")},
    {"cpuByAffinity", QT_TRANSLATE_NOOP("Statement", "{amount} × one core: the processors {group} it may run on")},
    {"cpuByMachine", QT_TRANSLATE_NOOP("Statement", "{amount} × one core: no group limits it, only the machine does")},
    {"pidsByGroup", QT_TRANSLATE_NOOP("Statement", "{amount} tasks: its own control group")},
    {"pidsByAncestor", QT_TRANSLATE_NOOP("Statement", "{amount} tasks: the group {group} above it")},
    {"pidsByGuest", QT_TRANSLATE_NOOP("Statement", "{amount} tasks: a group inside the guest")},
    {"pidsByMachine", QT_TRANSLATE_NOOP("Statement", "{amount} tasks: no group limits it, only the machine does")},
    {"nsHost", QT_TRANSLATE_NOOP("Statement", "the host's own; processes in it: {count}")},
    {"nsInUse", QT_TRANSLATE_NOOP("Statement", "processes in it: {count}")},
    {"nsByMount", QT_TRANSLATE_NOOP("Statement", "no process is in it: a bind mount keeps it")},
    {"nsByFile", QT_TRANSLATE_NOOP("Statement", "no process is in it: an open file keeps it")},
    {"nsByChild", QT_TRANSLATE_NOOP("Statement", "no process is in it: a namespace below keeps it")},
    {"nsByTask", QT_TRANSLATE_NOOP("Statement", "no whole process is in it: a thread, or children to come")},
    {"nsOwned", QT_TRANSLATE_NOOP("Statement", "{owner}: who is privileged there is over this one")},
    {"nsRoot", QT_TRANSLATE_NOOP("Statement", "none above it that could be seen: the root of the tree")},
    {"nsOwnerUnknown", QT_TRANSLATE_NOOP("Statement", "not known: {reason}")},
    {"nsCreator", QT_TRANSLATE_NOOP("Statement", "made by uid {uid} of the host")},
    {"nsMapAll", QT_TRANSLATE_NOOP("Statement", "every number is the same outside")},
    {"nsMapped",
     QT_TRANSLATE_NOOP("Statement", "uid {inside} here is {outside} outside, and so on for {count} numbers")},
    {"nsMapNone", QT_TRANSLATE_NOOP("Statement", "nothing is mapped: nobody inside has a number outside")},
    {"nsMapUnknown", QT_TRANSLATE_NOOP("Statement", "only a process in it could tell")},
    {"nsPidRoot", QT_TRANSLATE_NOOP("Statement", "none above it that could be seen")},
    {"nsPidChild", QT_TRANSLATE_NOOP("Statement", "{parent}: its processes have a number there too")},
    {"callsByGroup", QT_TRANSLATE_NOOP("Statement", "system calls to the host's kernel, of its control group {group}")},
    {"callsByNamespace",
     QT_TRANSLATE_NOOP("Statement", "system calls to the host's kernel, of the processes in its pid namespace")},
    {"callsByProcess", QT_TRANSLATE_NOOP("Statement", "system calls to the host's kernel, of process {pid}")},
    {"callsByMachine", QT_TRANSLATE_NOOP("Statement", "system calls of every process of this machine")},
    {"callsReadsOnly",
     QT_TRANSLATE_NOOP("Statement",
                       "reads and writes alone, of processes that live on; others can't be counted: {reason}")},
    {"exitsCounted",
     QT_TRANSLATE_NOOP("Statement", "times a second that its processors left the guest's code for the host's")},
    {"exitsNone",
     QT_TRANSLATE_NOOP(
         "Statement",
         "none: QEMU translates the guest's code (TCG), so nothing leaves it; its processors ran {share} of the time")},
    {"exitsUntold", QT_TRANSLATE_NOOP("Statement", "not told: libvirt 8.9 and QEMU 7.1 or later would")},
    {"exitsUnknown", QT_TRANSLATE_NOOP("Statement", "not known: {reason}")},
    {"viewPid", QT_TRANSLATE_NOOP("Statement", "{pid}")},
    {"viewUid", QT_TRANSLATE_NOOP("Statement", "uid {uid}")},
    {"viewUidUnmapped", QT_TRANSLATE_NOOP("Statement", "uid {uid} of the host, which has no number inside")},
    {"viewCommand", QT_TRANSLATE_NOOP("Statement", "{command}")},
    {"viewNotSeen", QT_TRANSLATE_NOOP("Statement", "not seen inside")},
    {"viewNamespaces", QT_TRANSLATE_NOOP("Statement", "in its own: {own}")},
    {"viewNamespacesHost", QT_TRANSLATE_NOOP("Statement", "in none of its own")},
    {"viewNamespacesForeign", QT_TRANSLATE_NOOP("Statement", "of another kernel: none of them is the host's")},
    {"viewShared", QT_TRANSLATE_NOOP("Statement", "the host's own: {shared}")},
    {"viewNoneShared", QT_TRANSLATE_NOOP("Statement", "none of the host's")},
    {"viewGroup", QT_TRANSLATE_NOOP("Statement", "{group}")},
    {"viewGroupHidden", QT_TRANSLATE_NOOP("Statement", "/, for a cgroup namespace hides where that is")},
    {"viewCapabilities", QT_TRANSLATE_NOOP("Statement", "{count} capabilities")},
    {"viewCapabilitiesOwn",
     QT_TRANSLATE_NOOP("Statement", "{count} capabilities over its own namespaces, none over the host")},
    {"viewCapabilitiesHost", QT_TRANSLATE_NOOP("Statement", "{count} capabilities over the host")},
    {"viewMemory", QT_TRANSLATE_NOOP("Statement", "{amount}")},
    {"viewMemoryHost", QT_TRANSLATE_NOOP("Statement", "{amount}, with shared pages by their share {pss}")},
    {"viewNowhere", QT_TRANSLATE_NOOP("Statement", "not there: the host runs one process, QEMU, {pid}")},
    {"viewVcpus", QT_TRANSLATE_NOOP("Statement", "it runs on the processor threads of QEMU: {count}")},
    {"viewQemuUid", QT_TRANSLATE_NOOP("Statement", "QEMU's: uid {uid}")},
    {"viewQemuGroup", QT_TRANSLATE_NOOP("Statement", "QEMU's: {group}")},
    {"viewQemuMemory", QT_TRANSLATE_NOOP("Statement", "somewhere in QEMU's {amount}")},
};

// What a piece of evidence looked at.
constexpr const char* Claims[] = {
    QT_TRANSLATE_NOOP("Claim", "PCI devices inside"),
    QT_TRANSLATE_NOOP("Claim", "boot id inside"),
    QT_TRANSLATE_NOOP("Claim", "bounding set of the process on the host"),
    QT_TRANSLATE_NOOP("Claim", "capabilities inside"),
    QT_TRANSLATE_NOOP("Claim", "capabilities of the host"),
    QT_TRANSLATE_NOOP("Claim", "disk inside"),
    QT_TRANSLATE_NOOP("Claim", "share on the host"),
    QT_TRANSLATE_NOOP("Claim", "security label of the process on the host"),
    QT_TRANSLATE_NOOP("Claim", "security modules of the host"),
    QT_TRANSLATE_NOOP("Claim", "boot id of the host"),
    QT_TRANSLATE_NOOP("Claim", "bridge on the host"),
    QT_TRANSLATE_NOOP("Claim", "device nodes inside"),
    QT_TRANSLATE_NOOP("Claim", "devices of the domain"),
    QT_TRANSLATE_NOOP("Claim", "disk on the host"),
    QT_TRANSLATE_NOOP("Claim", "driver inside"),
    QT_TRANSLATE_NOOP("Claim", "first process inside"),
    QT_TRANSLATE_NOOP("Claim", "host name inside"),
    QT_TRANSLATE_NOOP("Claim", "host name of the host"),
    QT_TRANSLATE_NOOP("Claim", "interface on the host"),
    QT_TRANSLATE_NOOP("Claim", "interfaces inside"),
    QT_TRANSLATE_NOOP("Claim", "memory of the host"),
    QT_TRANSLATE_NOOP("Claim", "memory seen inside"),
    QT_TRANSLATE_NOOP("Claim", "monotonic offset inside, s"),
    QT_TRANSLATE_NOOP("Claim", "no new privileges"),
    QT_TRANSLATE_NOOP("Claim", "process on the host"),
    QT_TRANSLATE_NOOP("Claim", "processes seen inside"),
    QT_TRANSLATE_NOOP("Claim", "processors inside"),
    QT_TRANSLATE_NOOP("Claim", "processors of the host"),
    QT_TRANSLATE_NOOP("Claim", "release inside"),
    QT_TRANSLATE_NOOP("Claim", "release of the host"),
    QT_TRANSLATE_NOOP("Claim", "root file system inside"),
    QT_TRANSLATE_NOOP("Claim", "seccomp mode inside"),
    QT_TRANSLATE_NOOP("Claim", "seconds since boot inside"),
    QT_TRANSLATE_NOOP("Claim", "uid inside"),
    QT_TRANSLATE_NOOP("Claim", "uid map"),
    QT_TRANSLATE_NOOP("Claim", "devices allowed on the host"),
    QT_TRANSLATE_NOOP("Claim", "limit on the host"),
    QT_TRANSLATE_NOOP("Claim", "seccomp mode of the process on the host"),
    QT_TRANSLATE_NOOP("Claim", "threads of that process"),
    QT_TRANSLATE_NOOP("Claim", "type of the domain"),
    QT_TRANSLATE_NOOP("Claim", "uid of the process on the host"),
    QT_TRANSLATE_NOOP("Claim", "writable layer on the host"),
    QT_TRANSLATE_NOOP("Claim", "counter"),
    QT_TRANSLATE_NOOP("Claim", "sum over processes"),
    QT_TRANSLATE_NOOP("Claim", "Pss of the mapping"),
    QT_TRANSLATE_NOOP("Claim", "Pss of all other mappings"),
    QT_TRANSLATE_NOOP("Claim", "merging on this machine"),
    QT_TRANSLATE_NOOP("Claim", "MemTotal inside"),
    QT_TRANSLATE_NOOP("Claim", "MemTotal of the host"),
    QT_TRANSLATE_NOOP("Claim", "limit seen in its own group inside"),
    QT_TRANSLATE_NOOP("Claim", "available inside"),
    QT_TRANSLATE_NOOP("Claim", "disk caches inside"),
    QT_TRANSLATE_NOOP("Claim", "unused inside"),
    QT_TRANSLATE_NOOP("Claim", "given and not taken back"),
    QT_TRANSLATE_NOOP("Claim", "memory of the domain"),
    QT_TRANSLATE_NOOP("Claim", "binds"),
    QT_TRANSLATE_NOOP("Claim", "limit, not reached first"),
    QT_TRANSLATE_NOOP("Claim", "no limit"),
    QT_TRANSLATE_NOOP("Claim", "weight against others, no limit"),
    QT_TRANSLATE_NOOP("Claim", "command inside"),
    QT_TRANSLATE_NOOP("Claim", "command on the host"),
    QT_TRANSLATE_NOOP("Claim", "control group"),
    QT_TRANSLATE_NOOP("Claim", "processor thread"),
    QT_TRANSLATE_NOOP("Claim", "pid inside"),
    QT_TRANSLATE_NOOP("Claim", "bind mount"),
    QT_TRANSLATE_NOOP("Claim", "above another"),
    QT_TRANSLATE_NOOP("Claim", "open file"),
    QT_TRANSLATE_NOOP("Claim", "thread in it"),
    QT_TRANSLATE_NOOP("Claim", "process whose children will be in it"),
    QT_TRANSLATE_NOOP("Claim", "process in it"),
    QT_TRANSLATE_NOOP("Claim", "owning user namespace"),
    QT_TRANSLATE_NOOP("Claim", "parent"),
    QT_TRANSLATE_NOOP("Claim", "uid of its maker"),
    QT_TRANSLATE_NOOP("Claim", "gid map"),
    QT_TRANSLATE_NOOP("Claim", "pid namespace"),
    QT_TRANSLATE_NOOP("Claim", "process"),
    QT_TRANSLATE_NOOP("Claim", "all processes"),
    QT_TRANSLATE_NOOP("Claim", "reads and writes"),
    QT_TRANSLATE_NOOP("Claim", "exits"),
    QT_TRANSLATE_NOOP("Claim", "time of processor"),
    QT_TRANSLATE_NOOP("Claim", "%1 namespace of the process"),
    QT_TRANSLATE_NOOP("Claim", "%1 namespace inside"),
    QT_TRANSLATE_NOOP("Claim", "%1 namespace of the host"),
};

QString filled(QString text, const QMap<QString, QString>& values)
{
    for (auto value = values.cbegin(); value != values.cend(); ++value)
        text.replace(u'{' + value.key() + u'}', value.value());
    return text;
}

} // namespace

static QString sentenceOf(const client::IsolationRow& row)
{
    for (const Sentence& sentence : Sentences) {
        if (row.statement != QLatin1StringView(sentence.id))
            continue;
        const QString text = filled(QCoreApplication::translate("Statement", sentence.text), row.values);
        // A value that the helper did not send would leave a hole: its own sentence has none.
        return text.contains(u'{') && !row.text.isEmpty() ? row.text : text;
    }
    return row.text.isEmpty() ? row.statement : row.text;
}

QString statement(const client::IsolationRow& row)
{
    const auto amount = row.values.constFind(client::bytesKey);
    if (amount == row.values.constEnd())
        return sentenceOf(row);
    const qint64 size = amount->toLongLong();
    return u"%1 · %2"_s.arg((size < 0 ? u"−"_s : QString()) + bytes(std::abs(size)), sentenceOf(row));
}

QString claimName(const QString& claim)
{
    for (const char* known : Claims) {
        const QString text = QLatin1StringView(known);
        if (claim == text)
            return QCoreApplication::translate("Claim", known);
        // "pid namespace inside": the kind stays the kernel's word.
        const QString rest = text.mid(2);
        if (text.startsWith(u'%') && claim.endsWith(rest))
            return QCoreApplication::translate("Claim", known).arg(claim.chopped(rest.size()));
    }
    return claim;
}

} // namespace diptych::models
