#include "daemon/group_source.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/process.h"
#include "containers/processes.h"

#include <algorithm>
#include <cmath>
#include <unistd.h>

namespace diptych {

namespace {

/// Swap is left as it is: whoever made the group may have meant it so.
cgroups::Resources resourcesFor(const Limits& limits)
{
    constexpr uint64_t period = 100000; // µs
    cgroups::Resources r;
    r.cpuPeriod = period;
    r.cpuQuota = limits.cpus > 0 ? static_cast<int64_t>(std::llround(limits.cpus * period)) : -1;
    r.memoryMax = limits.memory > 0 ? static_cast<int64_t>(limits.memory) : -1;
    r.pidsMax = limits.pids > 0 ? static_cast<int64_t>(limits.pids) : -1;
    return r;
}

class MachineGroups final : public GroupSource
{
public:
    explicit MachineGroups(cgroups::Hierarchies hierarchies) : m_hierarchies(std::move(hierarchies)) {}

    Result<Listing> list() override
    {
        auto tree = TRY(cgroups::readTree(m_hierarchies));
        Listing listing;
        listing.mode = m_hierarchies.mode == cgroups::Mode::Unified  ? "unified"
                       : m_hierarchies.mode == cgroups::Mode::Hybrid ? "hybrid"
                                                                     : "legacy";
        listing.time = monotonicNanoseconds();
        listing.more = tree.more;
        std::vector<std::string> guarded = guardedPaths();
        for (cgroups::Node& node : tree.nodes) {
            auto owner = cgroups::ownerOf(node.path);
            std::string by = protection(node.path, guarded);
            listing.groups.push_back({owner.maker, owner.name, std::move(node), std::move(by)});
        }
        return listing;
    }

    Result<std::vector<Task>> processes(const std::string& path) override
    {
        auto group = TRY(open(path));
        std::vector<Task> tasks;
        for (Process& process : containers::readProcesses(TRY(group.processes()), 0))
            if (auto started = processStartTime(process.pid))
                tasks.push_back({std::move(process), *started});
        return tasks;
    }

    Status setLimits(const std::string& path, const Limits& limits) override
    {
        TRY(checkFree(path));
        return TRY(open(path)).apply(resourcesFor(limits));
    }

    Status freeze(const std::string& path, bool frozen) override
    {
        TRY(checkFree(path));
        auto group = TRY(open(path));
        return frozen ? group.freeze() : group.thaw();
    }

    Status kill(const std::string& path) override
    {
        TRY(checkFree(path));
        return TRY(open(path)).killAll();
    }

    Status move(int pid, uint64_t startTime, const std::string& path) override
    {
        if (pid == getpid())
            return failField("pid", "that is the helper itself");
        auto group = TRY(open(path));
        auto now = processStartTime(pid);
        if (!now || *now != startTime)
            return fail(Code::NotFound, fmt::format("process {} has ended", pid));
        if (readFile(fmt::format("/proc/{}/cmdline", pid)).value_or("").empty())
            return failField("pid", fmt::format("process {} is the kernel's own, or ends just now", pid));
        TRYX(group.attach(pid), fmt::format("move process {} to {}", pid, path));
        return {};
    }

private:
    Result<cgroups::Cgroup> open(const std::string& path) const
    {
        auto group = cgroups::Cgroup::open(m_hierarchies, path);
        if (!group && group.error().code == Code::InvalidArgument)
            return failField("path", group.error().message);
        return group;
    }

    /// Where the helper and the first process are, in every hierarchy. What is frozen or killed there never comes back.
    static std::vector<std::string> guardedPaths()
    {
        std::vector<std::string> paths;
        for (const char* file : {"/proc/self/cgroup", "/proc/1/cgroup"}) {
            std::string text = readFile(file).value_or("");
            for (std::string_view line : split(text, '\n')) {
                size_t second = line.find(':', line.find(':') + 1);
                if (second != std::string_view::npos)
                    paths.emplace_back(line.substr(second + 1));
            }
        }
        return paths;
    }

    static std::string protection(const std::string& path, const std::vector<std::string>& guarded)
    {
        if (path == "/")
            return "root";
        bool above = std::any_of(guarded.begin(), guarded.end(), [&path](const std::string& one) {
            return one == path || one.starts_with(path + "/");
        });
        return above ? "helper" : "";
    }

    Status checkFree(const std::string& path) const
    {
        std::string by = protection(path, guardedPaths());
        if (by.empty())
            return {};
        return fail(Code::WrongState, by == "root" ? "the root of the control groups can't be changed"
                                                   : fmt::format("the helper or the first process runs in {}", path));
    }

    const cgroups::Hierarchies m_hierarchies;
};

} // namespace

Result<std::unique_ptr<GroupSource>> makeGroupSource()
{
    auto hierarchies = TRY(cgroups::findHierarchies());
    if (hierarchies.mode == cgroups::Mode::None)
        return fail(Code::NotSupported, "no control groups are mounted");
    return std::make_unique<MachineGroups>(std::move(hierarchies));
}

} // namespace diptych
