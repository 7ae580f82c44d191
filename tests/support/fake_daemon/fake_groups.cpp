// Control groups that only pretend: a small machine with services, a session, a Podman container and a foreign domain.
#include "support/fake_daemon/fake_services.h"

#include "base/clock.h"

#include <mutex>

namespace diptych::fake {

namespace {

constexpr uint64_t mebibyte = 1 << 20;

struct Sample
{
    const char* path;
    unsigned processes;
    double cores; ///< use per second
    uint64_t memory;
    Limits limits;
};

const Sample samples[] = {
    {"/init.scope", 1, 0, 12 * mebibyte, {}},
    {"/libpod_parent", 0, 0.3, 240 * mebibyte, {}},
    {"/libpod_parent/libpod-5f2c1b7a90de4c1188aa5f2c1b7a90de4c1188aa5f2c1b7a90de4c1188aa0011",
     4,
     0.3,
     240 * mebibyte,
     {0.5, 256 * mebibyte, 100}},
    {"/machine", 0, 0.8, 600 * mebibyte, {}},
    {"/machine/qemu-1-debian.libvirt-qemu", 6, 0.8, 600 * mebibyte, {1, 1024 * mebibyte, 0}},
    {"/system.slice", 0, 0.06, 140 * mebibyte, {}},
    {"/system.slice/cron.service", 1, 0, 3 * mebibyte, {}},
    {"/system.slice/libvirtd.service", 2, 0.02, 60 * mebibyte, {}},
    {"/system.slice/ssh.service", 1, 0, 7 * mebibyte, {}},
    {"/user.slice", 0, 0.4, 900 * mebibyte, {}},
    {"/user.slice/user-1000.slice", 0, 0.4, 900 * mebibyte, {0, 0, 4096}},
    {"/user.slice/user-1000.slice/session-2.scope", 40, 0.4, 900 * mebibyte, {}},
};

class FakeGroups final : public GroupSource
{
public:
    FakeGroups()
    {
        for (const Sample& sample : samples)
            m_limits[sample.path] = sample.limits;
    }

    Result<Listing> list() override
    {
        std::lock_guard lock(m_mutex);
        Listing listing;
        listing.mode = "unified";
        listing.time = monotonicNanoseconds();
        listing.groups.push_back({"root", "/", {}, "root"});
        listing.groups.back().node.path = "/";
        listing.groups.back().node.controllers = {"cpu", "io", "memory", "pids"};
        for (const Sample& sample : samples)
            if (!m_killed.count(sample.path) || sample.processes == 0)
                listing.groups.push_back(groupOf(sample));
        return listing;
    }

    Result<std::vector<Task>> processes(const std::string& path) override
    {
        TRY(check(path));
        std::lock_guard lock(m_mutex);
        std::vector<Task> tasks;
        for (const Sample& sample : samples)
            if (sample.path == path && !m_killed.count(path))
                for (unsigned i = 0; i < sample.processes; ++i)
                    tasks.push_back({{static_cast<int>(2000 + i), 0, fmt::format("/usr/bin/work --number {}", i),
                                      "1000", mebibyte * (i + 1), 1.5 * i},
                                     77 + i});
        return tasks;
    }

    Status setLimits(const std::string& path, const Limits& limits) override
    {
        TRY(check(path));
        std::lock_guard lock(m_mutex);
        m_limits[path] = limits;
        return {};
    }
    Status freeze(const std::string& path, bool frozen) override
    {
        TRY(check(path));
        std::lock_guard lock(m_mutex);
        m_frozen[path] = frozen;
        return {};
    }
    Status kill(const std::string& path) override
    {
        TRY(check(path));
        std::lock_guard lock(m_mutex);
        m_killed[path] = true;
        return {};
    }
    Status move(int pid, uint64_t startTime, const std::string& path) override
    {
        TRY(check(path));
        if (startTime < 77 || pid < 2000)
            return fail(Code::NotFound, fmt::format("process {} has ended", pid));
        return {};
    }

private:
    Status check(const std::string& path) const
    {
        if (path == "/" || path == "/init.scope")
            return fail(Code::WrongState, "the root of the control groups can't be changed");
        if (path.empty() || path[0] != '/')
            return failField("path", fmt::format("\"{}\" is no absolute control group path", path));
        if (!m_limits.count(path))
            return fail(Code::NotFound, fmt::format("there is no control group {}", path));
        return {};
    }

    Group groupOf(const Sample& sample)
    {
        auto owner = cgroups::ownerOf(sample.path);
        Group group{owner.maker, owner.name, {}, std::string(sample.path) == "/init.scope" ? "helper" : ""};
        cgroups::Node& node = group.node;
        node.path = sample.path;
        node.processes = sample.processes;
        node.controllers = {"cpu", "io", "memory", "pids"};
        node.frozen = m_frozen[sample.path];
        const Limits& limits = m_limits[sample.path];
        node.cpus = limits.cpus;
        node.cpuWeight = 100;
        auto ns = static_cast<double>(monotonicNanoseconds() - m_begun);
        node.statistics.cpuNanoseconds = static_cast<uint64_t>(node.frozen ? 0 : ns * sample.cores) + 5'000'000'000;
        node.statistics.memory = sample.memory;
        node.statistics.memoryPeak = sample.memory * 5 / 4;
        node.statistics.memoryFile = sample.memory / 3;
        node.statistics.memoryMax = limits.memory;
        node.statistics.pids = sample.processes * 2;
        node.statistics.pidsMax = limits.pids;
        node.pressure = cgroups::Pressure{sample.cores * 10, 0, 0, 0.5};
        return group;
    }

    std::mutex m_mutex;
    std::map<std::string, Limits> m_limits;
    std::map<std::string, bool> m_frozen, m_killed;
    const int64_t m_begun = monotonicNanoseconds();
};

} // namespace

std::unique_ptr<GroupSource> makeGroups()
{
    return std::make_unique<FakeGroups>();
}

} // namespace diptych::fake
