// Which limit really binds: the smallest on the way from the instance's group up to the root, of what a virtual
// machine was given, and of the machine itself.
#include "base/files.h"
#include "base/process.h"
#include "cgroups/ceilings.h"
#include "isolation/resource_facts.h"

#include <algorithm>
#include <set>

namespace diptych::isolation {

namespace {

struct Candidate
{
    double amount = 0; ///< 0: no limit
    const char* statement;
    std::string where; ///< a group's path, or what it is
    Evidence evidence;
};

std::string amountText(const std::string& resource, double amount)
{
    if (resource == "memory")
        return humanBytes(static_cast<uint64_t>(amount));
    return fmt::format("{:.4g}", amount);
}

/// The binding one first, then the others in their order.
Row rowOf(const std::string& resource, std::vector<Candidate> candidates, std::vector<Evidence> further)
{
    const Candidate* binding = nullptr;
    for (const Candidate& one : candidates)
        if (one.amount > 0 && (!binding || one.amount < binding->amount))
            binding = &one;
    std::string name = resource + "Bound";
    std::vector<Evidence> evidence;
    for (Candidate& one : candidates) {
        one.evidence.claim = &one == binding ? "binds" : one.amount > 0 ? "limit, not reached first" : "no limit";
        evidence.push_back(one.evidence);
    }
    for (Evidence& one : further)
        evidence.push_back(std::move(one));
    if (!binding)
        return makeRow(name.c_str(), Wall::NotMeasured, "boundNothing", {}, std::move(evidence));
    auto first = evidence.begin() + (binding - candidates.data());
    std::rotate(evidence.begin(), first, first + 1);
    return makeRow(name.c_str(), Wall::NotMeasured, binding->statement,
                   {{"amount", amountText(resource, binding->amount)},
                    {"group", binding->where},
                    {"raw", fmt::format("{}", binding->amount)}},
                   std::move(evidence));
}

struct Statements
{
    const char *own, *above;
};

void addGroups(const ResourceFacts& facts, const std::string& controller, const std::string& path, double times,
               Statements statements, std::vector<Candidate>& candidates)
{
    std::string own = facts.group().empty() ? path : facts.group();
    for (const auto& ceiling : cgroups::ceilings(facts.sources.hierarchies, controller, path)) {
        bool inside = ceiling.group.size() > own.size() && ceiling.group.starts_with(own);
        bool above = ceiling.group != own && !inside;
        std::string value = fmt::format("{}: {}", ceiling.group, ceiling.value);
        candidates.push_back({ceiling.amount * (inside ? times : 1),
                              above ? statements.above : statements.own,
                              ceiling.group,
                              {"", value, ceiling.file, "cat " + ceiling.file}});
    }
}

Row memoryBound(const ResourceFacts& facts)
{
    std::vector<Candidate> candidates;
    addGroups(facts, "memory", facts.groupIn("memory"), 1, {"memoryByGroup", "memoryByAncestor"}, candidates);
    if (auto given = Facts::numberOf(facts.facts.outside({"domain", "memory"})); given && facts.guest)
        candidates.push_back({static_cast<double>(*given),
                              "memoryByGuest",
                              "",
                              {"", "guest: " + std::to_string(*given), "libvirt domain XML",
                               "virsh dominfo " + facts.facts.outsideText({"domain", "name"})}});
    uint64_t host = facts.facts.host().memory;
    candidates.push_back({static_cast<double>(host),
                          "memoryByMachine",
                          "",
                          {"", "machine: " + std::to_string(host), "/proc/meminfo", "grep MemTotal /proc/meminfo"}});
    return rowOf("memory", std::move(candidates), {});
}

/// Threads that are processors of a guest: QEMU calls them "CPU 0/KVM", "CPU 0/TCG".
std::vector<std::string> processorThreads(const ResourceFacts& facts)
{
    std::vector<std::string> found;
    std::string tasks = fmt::format("{}/{}/task", facts.sources.proc, facts.pid);
    auto names = facts.guest ? listDirectory(tasks) : Result<std::vector<std::string>>(std::vector<std::string>{});
    for (const std::string& name : names ? *names : std::vector<std::string>{}) {
        std::string comm = readFile(fmt::format("{}/{}/comm", tasks, name)).value_or("");
        if (comm.starts_with("CPU ") && comm.find('/') != std::string::npos)
            found.push_back(fmt::format("{}/task/{}", facts.pid, name));
    }
    return found;
}

/// "0-3,8": how many, into the set.
void addProcessors(std::string_view list, std::set<uint64_t>& processors)
{
    for (std::string_view range : split(trim(list), ',')) {
        size_t dash = range.find('-');
        uint64_t first = leadingNumber(range);
        uint64_t last = dash == std::string_view::npos ? first : leadingNumber(range.substr(dash + 1));
        for (uint64_t one = first; !range.empty() && one <= last && one < 8192; ++one)
            processors.insert(one);
    }
}

void addAffinity(const ResourceFacts& facts, std::vector<std::string> threads, std::vector<Candidate>& candidates)
{
    if (threads.empty())
        threads.push_back(std::to_string(facts.pid));
    std::set<uint64_t> processors;
    std::string list, file;
    for (const std::string& thread : threads) {
        file = fmt::format("{}/{}/status", facts.sources.proc, thread);
        std::string status = readFile(file).value_or("");
        list = statusField(status, "Cpus_allowed_list");
        addProcessors(list, processors);
    }
    auto count = static_cast<int>(processors.size());
    bool narrowed = count > 0 && count < facts.facts.host().cpus;
    candidates.push_back({narrowed ? count : 0.0,
                          "cpuByAffinity",
                          list,
                          {"", "may run on processors " + list, file, fmt::format("taskset -pc {}", facts.pid)}});
}

std::vector<Evidence> weightOf(const ResourceFacts& facts)
{
    std::string directory = cgroups::directoryOf(facts.sources.hierarchies, "cpu", facts.groupIn("cpu"));
    std::string file = directory + (facts.version1("cpu") ? "/cpu.shares" : "/cpu.weight");
    std::string value(trim(readFile(file).value_or("")));
    return {{"weight against others, no limit", value, file, "cat " + file}};
}

Row cpuBound(const ResourceFacts& facts)
{
    std::vector<Candidate> candidates;
    std::vector<std::string> threads = processorThreads(facts);
    std::string path = facts.groupIn("cpu");
    auto vcpus = Facts::numberOf(facts.facts.outside({"domain", "vcpus"}));
    double count = vcpus ? static_cast<double>(*vcpus) : 0;
    if (!threads.empty()) {
        // libvirt keeps each virtual processor in a group of its own, with a quota for each.
        auto groups = controlGroups(threads.front(), facts.sources.proc);
        std::string own = groups[facts.version1("cpu") ? "cpu" : ""];
        path = own.empty() ? path : own;
    }
    addGroups(facts, "cpu", path, std::max(count, 1.0), {"cpuByGroup", "cpuByAncestor"}, candidates);
    if (facts.guest && count > 0)
        candidates.push_back({count,
                              "cpuByVcpus",
                              "",
                              {"", fmt::format("virtual processors: {}", *vcpus), "libvirt domain XML",
                               "virsh vcpucount --live " + facts.facts.outsideText({"domain", "name"})}});
    addAffinity(facts, std::move(threads), candidates);
    int cpus = facts.facts.host().cpus;
    candidates.push_back({static_cast<double>(cpus),
                          "cpuByMachine",
                          "",
                          {"", fmt::format("machine: {} processors", cpus), "sysconf(3)", "nproc --all"}});
    return rowOf("cpu", std::move(candidates), weightOf(facts));
}

Row pidsBound(const ResourceFacts& facts)
{
    std::vector<Candidate> candidates;
    if (facts.facts.kernel() == Facts::Kernel::Other) {
        // Its processes are none of the host's: only what its own kernel says counts.
        if (auto inside = facts.facts.insideText({"limits", "pidsMax"}); !inside.empty())
            candidates.push_back({static_cast<double>(leadingNumber(inside)),
                                  "pidsByGuest",
                                  "",
                                  {"", "inside: " + inside, "pids.max inside", ""}});
        return rowOf("pids", std::move(candidates), {});
    }
    addGroups(facts, "pids", facts.groupIn("pids"), 1, {"pidsByGroup", "pidsByAncestor"}, candidates);
    for (const char* file : {"/sys/kernel/threads-max", "/sys/kernel/pid_max"}) {
        std::string path = facts.sources.proc + file, value(trim(readFile(path).value_or("")));
        candidates.push_back({static_cast<double>(leadingNumber(value)),
                              "pidsByMachine",
                              "",
                              {"", "machine: " + value, path, "cat " + path}});
    }
    return rowOf("pids", std::move(candidates), {});
}

} // namespace

std::vector<Row> boundRows(const ResourceFacts& facts)
{
    return {memoryBound(facts), cpuBound(facts), pidsBound(facts)};
}

} // namespace diptych::isolation
