#include "guest/probe.h"

#include "base/files.h"
#include "base/process.h"

#include <sched.h>

namespace diptych::guest {

namespace {
/// Path of the process in the hierarchy that has controller ("" for version 2), as /proc/PID/cgroup gives it.
std::optional<std::string> pathIn(std::string_view groups, std::string_view controller)
{
    for (std::string_view line : split(groups, '\n')) {
        size_t first = line.find(':'), second = line.find(':', first + 1);
        if (second == std::string_view::npos)
            continue;
        std::string_view names = line.substr(first + 1, second - first - 1);
        auto list = split(names, ',');
        if (controller.empty() ? names.empty() : std::find(list.begin(), list.end(), controller) != list.end())
            return std::string(line.substr(second + 1));
    }
    return std::nullopt;
}

/// Directory of the group below the mount, which may show only a part of the hierarchy.
std::optional<std::string> directoryOf(const std::vector<Mount>& mounts, std::string_view groups,
                                       std::string_view controller)
{
    auto path = pathIn(groups, controller);
    if (!path)
        return std::nullopt;
    for (const Mount& m : mounts) {
        auto options = split(m.superOptions, ',');
        bool match = controller.empty()
                         ? m.type == "cgroup2"
                         : m.type == "cgroup" && std::find(options.begin(), options.end(), controller) != options.end();
        if (!match)
            continue;
        std::string below = *path == "/" ? "" : *path;
        if (m.root != "/" && below.compare(0, m.root.size(), m.root) == 0)
            below.erase(0, m.root.size());
        return m.target + below;
    }
    return std::nullopt;
}

std::string valueOf(const std::optional<std::string>& directory, const char* file)
{
    if (!directory)
        return {};
    return std::string(trim(readFile(*directory + "/" + file).value_or("")));
}

void put(Json& out, const char* key, std::string value)
{
    if (!value.empty())
        out[key] = std::move(value);
}

// In the words of version 2, so that both compare: no limit is "max".
void limitsV1(const std::vector<Mount>& mounts, std::string_view groups, Json& out)
{
    std::string memory = valueOf(directoryOf(mounts, groups, "memory"), "memory.limit_in_bytes");
    // "No limit" is the largest multiple of the page size: 19 digits.
    put(out, "memoryMax", memory.size() >= 19 ? "max" : memory);
    put(out, "pidsMax", valueOf(directoryOf(mounts, groups, "pids"), "pids.max"));
    auto cpu = directoryOf(mounts, groups, "cpu");
    std::string quota = valueOf(cpu, "cpu.cfs_quota_us"), period = valueOf(cpu, "cpu.cfs_period_us");
    if (!quota.empty() && !period.empty())
        out["cpuMax"] = fmt::format("{} {}", quota == "-1" ? "max" : quota, period);
}

/// What the kernel tells those inside about memory: in a container the host's figures, whatever its limit is.
Json memoryOf(std::string_view meminfo)
{
    static constexpr std::pair<const char*, const char*> wanted[] = {
        {"total", "MemTotal"}, {"free", "MemFree"},        {"available", "MemAvailable"}, {"buffers", "Buffers"},
        {"cached", "Cached"},  {"swapTotal", "SwapTotal"}, {"swapFree", "SwapFree"}};
    Json memory = Json::object();
    for (auto [key, field] : wanted)
        if (auto value = statusField(meminfo, field); !value.empty())
            memory[key] = leadingNumber(value) * 1024;
    return memory;
}
} // namespace

void probeLimits(Reader& reader, Json& out)
{
    const std::string& proc = reader.sources().proc;
    auto mounts = parseMountinfo(reader.read(proc + "/self/mountinfo").value_or(""));
    std::string groups = reader.read(proc + "/" + reader.sources().process + "/cgroup").value_or("");
    Json limits = Json::object();
    auto unified = directoryOf(mounts, groups, "");
    put(limits, "cpuMax", valueOf(unified, "cpu.max"));
    put(limits, "memoryMax", valueOf(unified, "memory.max"));
    put(limits, "pidsMax", valueOf(unified, "pids.max"));
    std::string source = limits.empty() ? "none" : "cgroup2";
    if (limits.empty()) {
        limitsV1(mounts, groups, limits);
        source = limits.empty() ? "none" : "cgroup1";
    }
    limits["source"] = source;
    cpu_set_t set;
    if (::sched_getaffinity(0, sizeof set, &set) == 0)
        limits["cpus"] = CPU_COUNT(&set);
    if (auto meminfo = reader.read(proc + "/meminfo")) {
        limits["memoryTotal"] = leadingNumber(statusField(*meminfo, "MemTotal")) * 1024;
        out["memory"] = memoryOf(*meminfo);
    }
    out["limits"] = std::move(limits);
}

} // namespace diptych::guest
