// The sentence of each statement. {name} stands for a value; the window translates by the statement's id and fills in
// the same values.
#include "isolation/facts.h"

namespace diptych::isolation {

namespace {
struct Sentence
{
    std::string_view statement, text;
};
constexpr Sentence kSentences[] = {
    {"notMeasured", "not measured: {reason}"},
    {"kernelShared", "{release}, the host's"},
    {"kernelOwn", "{release}, its own"},
    {"kernelForeign", "{release}, its own; what carries it is not known"},
    {"kernelGuest", "its own, run by {command}; nobody inside was asked which"},
    {"processesHost", "sees all processes of the host"},
    {"processesNamespace", "PID 1 here is an ordinary process of the host"},
    {"processesNamespacePid", "PID 1 here = {pid} on the host"},
    {"processesOwn", "invisible to the host"},
    {"processesOwnThreads", "invisible to the host: one process, {threads} threads"},
    {"filesHost", "the host's mounts"},
    {"filesOverlay", "overlay, image layers: {layers}"},
    {"filesMounts", "{type}, mounts of its own"},
    {"filesOwn", "{type} on {source}"},
    {"filesOwnDisk", "{type} on {source}, a {format} file of the host"},
    {"netHost", "the host's interfaces and ports"},
    {"netNone", "none but the loopback"},
    {"netVeth", "veth → {bridge}"},
    {"netNamespace", "a network stack of its own in the host's kernel"},
    {"netVirtio", "virtio-net → {tap} → {bridge}"},
    {"netVirtual", "{driver}, a virtual card"},
    {"netOwnNone", "no network card"},
    {"usersHost", "uid {uid} is uid {uid} on the host"},
    {"usersMapped", "uid {uid} = uid {outside} on the host"},
    {"usersNamespace", "uid {uid} in a user namespace"},
    {"usersOwn", "uid {uid} of its own kernel"},
    {"usersOwnProcess", "uid {uid} of its own kernel; its process runs as uid {outside}"},
    {"hostnameHost", "the host's name and IPC objects"},
    {"hostnamePartly", "shares {shared} with the host"},
    {"hostnameNamespaces", "uts and ipc namespaces"},
    {"hostnameOwn", "kernel objects of its own"},
    {"memoryUnlimited", "no limit: the host's {total}"},
    {"memoryLimited", "at most {limit}, page cache shared with the host"},
    {"memoryGuest", "{total} of guest RAM"},
    {"cpuUnlimited", "all {cpus} processors, the host's scheduler"},
    {"cpuSet", "{cpus} of the host's {hostCpus} processors"},
    {"cpuLimited", "at most {cores} × one core, the host's scheduler"},
    {"cpuKvm", "vCPUs on the processor itself: {vcpus}, scheduled twice"},
    {"cpuEmulated", "vCPUs emulated in software (TCG): {vcpus}"},
    {"cpuVirtual", "{vcpus} processors of its own kernel"},
    {"syscallsAll", "all reach the host's kernel"},
    {"syscallsFiltered", "filtered by seccomp, the rest reach the host's kernel"},
    {"syscallsStrict", "read, write and exit only"},
    {"syscallsOwn", "none reach the host's kernel"},
    {"syscallsOwnFiltered", "none reach the host's kernel; its process is filtered by seccomp"},
    {"diskShared", "the host's disk queue and page cache, no limit"},
    {"diskLimited", "the host's disk queue, its rate limited"},
    {"diskFile", "{device}, a virtual disk kept in a {format} file"},
    {"diskVirtual", "{device}, a virtual disk"},
    {"capabilitiesAll", "all {all} over the host"},
    {"capabilitiesSome", "{count} of {all}, and those over the host"},
    {"capabilitiesNamespace", "{count} of {all}, over its own namespaces only"},
    {"capabilitiesNone", "none"},
    {"capabilitiesOwn", "{count} over its own kernel, none over the host"},
    {"capabilitiesOwnRoot", "{count} over its own kernel; its process is root on the host"},
    {"keysHost", "the host's keyrings"},
    {"keysNamespace", "keyrings of its user namespace"},
    {"keysOwn", "keyrings of its own kernel"},
    {"labelNone", "none: no module of the host labels it"},
    {"labelUnconfined", "{label}: not confined"},
    {"labelConfined", "confined as {label}"},
    {"labelOwn", "its own kernel's; its process has none on the host"},
    {"labelOwnConfined", "its own kernel's; its process is confined as {label}"},
    {"devicesHost", "the host's /dev, {count} nodes"},
    {"devicesDisks", "{count} nodes in /dev, {disks} of them disks of the host"},
    {"devicesNodes", "{count} nodes in /dev"},
    {"devicesVirtual", "{count} virtual PCI devices"},
    {"devicesPassed", "{count} PCI devices, some of them the host's own"},
    {"clockHost", "the host's clocks"},
    {"clockNamespace", "monotonic clock shifted by {offset} s, time of day the host's"},
    {"clockOwn", "clocks of its own, up {uptime} s"},
    {"believesHost", "the host's memory: nothing in /proc inside tells of its limit"},
    {"believesLess", "less than the host has"},
    {"believesOwn", "its own kernel's memory"},
    {"believedNothing", "the inside could not be asked"},
    {"charged", "counted by its control group: what its limit is held against"},
    {"chargedShared", "not counted alone: it shares the group {group}"},
    {"chargedNothing", "no control group counts memory here"},
    {"anonymous", "heaps and stacks of its processes"},
    {"fileCache", "files kept in memory by the host's kernel, given back when it is needed"},
    {"sharedMemory", "tmpfs and shared memory"},
    {"kernelMemory", "the host's kernel itself, for it: page tables, sockets, inodes"},
    {"difference", "charged ahead by the kernel for each processor, and what changed between two readings"},
    {"differenceKernel", "the kernel's part, which this machine does not count alone, and what it charged ahead"},
    {"resident", "mapped by its processes ({count}); a page that several have counts in parts"},
    {"residentNothing", "no process of it could be read"},
    {"unique", "mapped by one process only: what its end would free"},
    {"sharedPart", "its share of pages that others have mapped too"},
    {"guestMemory", "of the guest's {given}, what it has touched"},
    {"hypervisor", "QEMU itself: its code, its buffers, the devices it plays"},
    {"rss", "what ps and libvirt add up: shared pages count once for each process"},
    {"swap", "written out to swap"},
    {"ksm", "merged with equal pages of others"},
    {"guest", "what the domain may have"},
    {"guestNothing", "the guest does not tell: no balloon statistics and no probe inside"},
    {"guestUsed", "by programs inside and their kernel"},
    {"guestCache", "files kept in memory by the guest's kernel: once more than the host's"},
    {"guestFree", "unused inside; the host can't have it back without the balloon"},
    {"guestKernel", "kept by the guest's kernel from the start: its code, its page table of all memory"},
    {"balloon", "taken back by the balloon"},
    {"boundNothing", "nothing that was found limits it"},
    {"memoryByGroup", "{amount}: its own control group"},
    {"memoryByAncestor", "{amount}: the group {group} above it"},
    {"memoryByGuest", "{amount}: the memory its domain was given"},
    {"memoryByMachine", "{amount}: no group limits it, only the machine does"},
    {"cpuByGroup", "{amount} × one core: its own control group"},
    {"cpuByAncestor", "{amount} × one core: the group {group} above it"},
    {"cpuByVcpus", "{amount} × one core: its virtual processors, no quota is smaller"},
    {"cpuByAffinity", "{amount} × one core: the processors {group} it may run on"},
    {"cpuByMachine", "{amount} × one core: no group limits it, only the machine does"},
    {"pidsByGroup", "{amount} tasks: its own control group"},
    {"pidsByAncestor", "{amount} tasks: the group {group} above it"},
    {"pidsByGuest", "{amount} tasks: a group inside the guest"},
    {"pidsByMachine", "{amount} tasks: no group limits it, only the machine does"},
    {"nsHost", "the host's own; processes in it: {count}"},
    {"nsInUse", "processes in it: {count}"},
    {"nsByMount", "no process is in it: a bind mount keeps it"},
    {"nsByFile", "no process is in it: an open file keeps it"},
    {"nsByChild", "no process is in it: a namespace below keeps it"},
    {"nsByTask", "no whole process is in it: a thread, or children to come"},
    {"nsOwned", "{owner}: who is privileged there is over this one"},
    {"nsRoot", "none above it that could be seen: the root of the tree"},
    {"nsOwnerUnknown", "not known: {reason}"},
    {"nsCreator", "made by uid {uid} of the host"},
    {"nsMapAll", "every number is the same outside"},
    {"nsMapped", "uid {inside} here is {outside} outside, and so on for {count} numbers"},
    {"nsMapNone", "nothing is mapped: nobody inside has a number outside"},
    {"nsMapUnknown", "only a process in it could tell"},
    {"nsPidRoot", "none above it that could be seen"},
    {"nsPidChild", "{parent}: its processes have a number there too"},
    {"callsByGroup", "system calls to the host's kernel, of its control group {group}"},
    {"callsByNamespace", "system calls to the host's kernel, of the processes in its pid namespace"},
    {"callsByProcess", "system calls to the host's kernel, of process {pid}"},
    {"callsByMachine", "system calls of every process of this machine"},
    {"callsReadsOnly", "reads and writes alone, of processes that live on; others can't be counted: {reason}"},
    {"exitsCounted", "times a second that its processors left the guest's code for the host's"},
    {"exitsNone",
     "none: QEMU translates the guest's code (TCG), so nothing leaves it; its processors ran {share} of the time"},
    {"exitsUntold", "not told: libvirt 8.9 and QEMU 7.1 or later would"},
    {"exitsUnknown", "not known: {reason}"},
    {"viewPid", "{pid}"},
    {"viewUid", "uid {uid}"},
    {"viewUidUnmapped", "uid {uid} of the host, which has no number inside"},
    {"viewCommand", "{command}"},
    {"viewNotSeen", "not seen inside"},
    {"viewNamespaces", "in its own: {own}"},
    {"viewNamespacesHost", "in none of its own"},
    {"viewNamespacesForeign", "of another kernel: none of them is the host's"},
    {"viewShared", "the host's own: {shared}"},
    {"viewNoneShared", "none of the host's"},
    {"viewGroup", "{group}"},
    {"viewGroupHidden", "/, for a cgroup namespace hides where that is"},
    {"viewCapabilities", "{count} capabilities"},
    {"viewCapabilitiesOwn", "{count} capabilities over its own namespaces, none over the host"},
    {"viewCapabilitiesHost", "{count} capabilities over the host"},
    {"viewMemory", "{amount}"},
    {"viewMemoryHost", "{amount}, with shared pages by their share {pss}"},
    {"viewNowhere", "not there: the host runs one process, QEMU, {pid}"},
    {"viewVcpus", "it runs on the processor threads of QEMU: {count}"},
    {"viewQemuUid", "QEMU's: uid {uid}"},
    {"viewQemuGroup", "QEMU's: {group}"},
    {"viewQemuMemory", "somewhere in QEMU's {amount}"},
};

std::string filled(std::string_view text, const std::map<std::string, std::string>& values)
{
    std::string result;
    while (!text.empty()) {
        size_t open = text.find('{'), close = text.find('}', open);
        if (open == std::string_view::npos || close == std::string_view::npos)
            return result.append(text);
        result.append(text.substr(0, open));
        auto value = values.find(std::string(text.substr(open + 1, close - open - 1)));
        result.append(value == values.end() ? "?" : value->second);
        text.remove_prefix(close + 1);
    }
    return result;
}
} // namespace

Row makeRow(const char* resource, Wall level, const char* statement, std::map<std::string, std::string> values,
            std::vector<Evidence> evidence)
{
    Row row{resource, level, statement, std::move(values), {}, std::move(evidence)};
    for (const Sentence& sentence : kSentences)
        if (sentence.statement == row.statement)
            row.text = filled(sentence.text, row.values);
    // What the inside did not say is no evidence.
    std::erase_if(row.evidence, [](const Evidence& e) { return e.value.empty(); });
    return row;
}

Row notMeasured(const char* resource, const std::string& reason)
{
    return makeRow(resource, Wall::NotMeasured, "notMeasured", {{"reason", reason}}, {});
}

std::string humanBytes(uint64_t bytes)
{
    constexpr const char* units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
    size_t unit = 0;
    auto value = static_cast<double>(bytes);
    while (value >= 1024 && unit + 1 < std::size(units))
        value /= 1024, ++unit;
    bool whole = value == static_cast<double>(static_cast<uint64_t>(value)) || value >= 100;
    return fmt::format("{:.{}f} {}", value, whole ? 0 : 1, units[unit]);
}

std::string commandInside(const Facts& facts, const std::string& command)
{
    // With another kernel that process is the hypervisor: nothing to enter.
    if (facts.kernel() != Facts::Kernel::Same || facts.pid().empty())
        return {};
    return fmt::format("nsenter -t {} -a {}", facts.pid(), command);
}

void addNamespace(const Facts& facts, const char* kind, std::vector<Evidence>& evidence)
{
    bool same = facts.kernel() == Facts::Kernel::Same;
    std::string process = facts.pid();
    evidence.push_back({fmt::format("{} namespace inside", kind), facts.namespaceInside(kind),
                        fmt::format("/proc/self/ns/{}", kind),
                        same && !process.empty() ? fmt::format("readlink /proc/{}/ns/{}", process, kind) : ""});
    evidence.push_back({fmt::format("{} namespace of the host", kind), facts.namespaceOfHost(kind),
                        fmt::format("/proc/{}/ns/{}", facts.host().namespacesOf, kind),
                        fmt::format("readlink /proc/{}/ns/{}", facts.host().namespacesOf, kind)});
}

} // namespace diptych::isolation
