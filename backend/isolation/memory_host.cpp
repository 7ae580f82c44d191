// What the host has spent: charged to the control group, and mapped by the processes.
#include "base/files.h"
#include "base/process.h"
#include "cgroups/ceilings.h"
#include "isolation/resource_facts.h"

#include <algorithm>

namespace diptych::isolation {

namespace {

/// One file of "key value" lines, or of a number alone.
struct StatFile
{
    std::string path, text;

    explicit StatFile(std::string where) : path(std::move(where)), text(readFile(path).value_or("")) {}
    [[nodiscard]] bool there() const { return !text.empty(); }
    [[nodiscard]] int64_t whole() const { return static_cast<int64_t>(leadingNumber(text)); }
    [[nodiscard]] std::optional<int64_t> keyed(std::string_view key) const
    {
        for (std::string_view line : split(text, '\n'))
            if (line.size() > key.size() && line.starts_with(key) && line[key.size()] == ' ')
                return static_cast<int64_t>(leadingNumber(line.substr(key.size() + 1)));
        return std::nullopt;
    }
};

Evidence lineOf(const StatFile& file, const std::string& key, int64_t value)
{
    return {"counter", fmt::format("{} {}", key, value), file.path, fmt::format("grep -w ^{} {}", key, file.path)};
}

Evidence numberOf(const StatFile& file)
{
    return {"counter", std::string(trim(file.text)), file.path, "cat " + file.path};
}

/// Names of memory.stat in both versions. v1's plain names leave the groups below out.
struct StatNames
{
    const char *anonymous, *cache, *shared;
};
constexpr StatNames names1{"total_rss", "total_cache", "total_shmem"}, names2{"anon", "file", "shmem"};

/// Bytes the kernel itself holds for the group: a counter of its own in v1 and since Linux 5.18, else its parts.
std::optional<int64_t> kernelBytes(const std::string& directory, bool version1, const StatFile& stat,
                                   std::vector<Evidence>& evidence)
{
    if (version1) {
        StatFile file(directory + "/memory.kmem.usage_in_bytes");
        if (!file.there())
            return std::nullopt;
        evidence.push_back(numberOf(file));
        return file.whole();
    }
    static constexpr const char* whole[] = {"kernel"};
    static constexpr const char* parts[] = {"kernel_stack", "pagetables", "percpu", "slab", "vmalloc"};
    std::vector<const char*> keys(std::begin(parts), std::end(parts));
    if (stat.keyed("kernel"))
        keys.assign(std::begin(whole), std::end(whole));
    keys.push_back("sock");
    int64_t sum = 0;
    for (const char* key : keys) {
        if (auto value = stat.keyed(key)) {
            sum += *value;
            evidence.push_back(lineOf(stat, key, *value));
        }
    }
    return sum;
}

void addPart(std::vector<Figure>& figures, const char* name, const StatFile& stat, const char* key, int64_t bytes)
{
    figures.push_back(figure(name, "charged", bytes, name, {}, {lineOf(stat, key, stat.keyed(key).value_or(0))}));
}

void addCharged(const ResourceFacts& facts, std::vector<Figure>& figures)
{
    std::string directory = facts.directory("memory");
    if (directory.empty()) {
        std::string group = facts.groupIn("memory");
        figures.push_back(figure("charged", "", std::nullopt, group.empty() ? "chargedNothing" : "chargedShared",
                                 {{"group", group}}, {}));
        return;
    }
    bool v1 = facts.version1("memory");
    StatNames names = v1 ? names1 : names2;
    StatFile stat(directory + "/memory.stat");
    StatFile usage(directory + (v1 ? "/memory.usage_in_bytes" : "/memory.current"));
    std::vector<Evidence> evidence;
    auto kernel = kernelBytes(directory, v1, stat, evidence);
    int64_t anonymous = stat.keyed(names.anonymous).value_or(0), cache = stat.keyed(names.cache).value_or(0);
    int64_t shared = std::min(stat.keyed(names.shared).value_or(0), cache);
    figures.push_back(figure("charged", "", usage.whole(), "charged", {{"group", facts.group()}}, {numberOf(usage)}));
    addPart(figures, "anonymous", stat, names.anonymous, anonymous);
    // shmem is counted within the cache, too.
    figures.push_back(figure("fileCache", "charged", cache - shared, "fileCache", {},
                             {lineOf(stat, names.cache, cache), lineOf(stat, names.shared, shared)}));
    addPart(figures, "sharedMemory", stat, names.shared, shared);
    if (kernel)
        figures.push_back(figure("kernelMemory", "charged", *kernel, "kernelMemory", {}, std::move(evidence)));
    // The kernel charges ahead, by processor, and its counters are read one after another.
    figures.push_back(figure("difference", "charged", usage.whole() - anonymous - cache - kernel.value_or(0),
                             kernel ? "difference" : "differenceKernel", {}, {}));
}

std::string sumCommand(const ResourceFacts& facts, const char* field)
{
    std::string directory = facts.directory("memory");
    std::string files = fmt::format("/proc/{}/smaps_rollup", facts.pid);
    if (!directory.empty())
        files =
            fmt::format("$(find {} -name cgroup.procs -exec cat {{}} + | sed 's:.*:/proc/&/smaps_rollup:')", directory);
    return fmt::format("awk '/^{}:/ {{s+=$2}} END {{print s*1024}}' {}", field, files);
}

Evidence sumOf(const ResourceFacts& facts, const char* field, uint64_t bytes, size_t processes)
{
    return {"sum over processes", fmt::format("{} of {} processes: {}", field, processes, bytes),
            "/proc/PID/smaps_rollup", sumCommand(facts, field)};
}

/// A hypervisor's memory is mostly one mapping, the guest's; the rest is its own.
bool addHypervisorParts(const ResourceFacts& facts, const MappedMemory& all, std::vector<Figure>& figures)
{
    auto given = Facts::numberOf(facts.facts.outside({"domain", "maximumMemory"}));
    auto mapping = given ? largestMapping(facts.pid, *given, facts.sources.proc) : std::nullopt;
    if (!mapping)
        return false;
    auto guest = static_cast<int64_t>(mapping->pss);
    std::string file = fmt::format("/proc/{}/smaps", facts.pid);
    figures.push_back(figure(
        "guestMemory", "resident", guest, "guestMemory", {{"given", humanBytes(*given)}},
        {{"Pss of the mapping", std::to_string(guest), file,
          fmt::format("awk '/^Size:/ {{size=$2}} /^Pss:/ && size*1024>={} {{print $2*1024}}' {}", *given, file)}}));
    figures.push_back(figure("hypervisor", "resident", static_cast<int64_t>(all.pss) - guest, "hypervisor", {},
                             {{"Pss of all other mappings", std::to_string(static_cast<int64_t>(all.pss) - guest), file,
                               fmt::format("pmap -X {}", facts.pid)}}));
    return true;
}

void addResident(const ResourceFacts& facts, std::vector<Figure>& figures)
{
    MappedMemory all;
    size_t count = 0;
    for (int pid : facts.guest ? std::vector<int>{facts.pid} : facts.processes())
        if (auto one = mappedMemory(pid, facts.sources.proc))
            all += *one, ++count;
    if (count == 0) {
        figures.push_back(figure("resident", "", std::nullopt, "residentNothing", {}, {}));
        return;
    }
    auto bytes = [](uint64_t value) { return static_cast<int64_t>(value); };
    figures.push_back(figure("resident", "", bytes(all.pss), "resident", {{"count", std::to_string(count)}},
                             {sumOf(facts, "Pss", all.pss, count)}));
    if (!facts.guest || !addHypervisorParts(facts, all, figures)) {
        uint64_t unique = std::min(all.unique, all.pss);
        figures.push_back(
            figure("unique", "resident", bytes(unique), "unique", {}, {sumOf(facts, "Private_.*", all.unique, count)}));
        figures.push_back(figure("sharedPart", "resident", bytes(all.pss - unique), "sharedPart", {},
                                 {sumOf(facts, "Shared_.*", all.rss - std::min(all.unique, all.rss), count)}));
    }
    figures.push_back(figure("rss", "", bytes(all.rss), "rss", {}, {sumOf(facts, "Rss", all.rss, count)}));
    figures.push_back(
        figure("swap", "", bytes(all.swapPss), "swap", {}, {sumOf(facts, "SwapPss", all.swapPss, count)}));
    figures.push_back(
        figure("ksm", "", bytes(all.ksm), "ksm", {},
               {sumOf(facts, "KSM", all.ksm, count),
                {"merging on this machine", std::string(trim(readFile("/sys/kernel/mm/ksm/run").value_or(""))),
                 "/sys/kernel/mm/ksm/run", "cat /sys/kernel/mm/ksm/run"}}));
}

void addBelieved(const ResourceFacts& facts, std::vector<Figure>& figures)
{
    auto total = Facts::numberOf(facts.facts.inside({"limits", "memoryTotal"}));
    if (!total) {
        figures.push_back(figure("believed", "", std::nullopt, "believedNothing", {}, {}));
        return;
    }
    uint64_t host = facts.facts.host().memory;
    bool own = facts.facts.kernel() == Facts::Kernel::Other;
    const char* statement = own ? "believesOwn" : *total == host ? "believesHost" : "believesLess";
    auto limit = Facts::numberOf(facts.facts.inside({"limits", "memoryMax"}));
    figures.push_back(
        figure("believed", "", static_cast<int64_t>(*total), statement, {},
               {{"MemTotal inside", std::to_string(*total), "/proc/meminfo",
                 commandInside(facts.facts, "grep MemTotal /proc/meminfo")},
                {"MemTotal of the host", std::to_string(host), "/proc/meminfo", "grep MemTotal /proc/meminfo"},
                {"limit seen in its own group inside", limit ? std::to_string(*limit) : "", "memory.max", ""}}));
}

} // namespace

void addHostMemory(const ResourceFacts& facts, std::vector<Figure>& figures)
{
    addBelieved(facts, figures);
    addCharged(facts, figures);
    addResident(facts, figures);
}

} // namespace diptych::isolation
