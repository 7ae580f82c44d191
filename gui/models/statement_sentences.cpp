// The sentences of the isolation table, by the helper's statement ids. {name} takes the row's value of that name.
#include "models/statements.h"

#include <QCoreApplication>

namespace diptych::models {

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

QString statement(const client::IsolationRow& row)
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
