// Freezing and killing. A frozen v1 process does not even die of SIGKILL before it is thawed, so every road out of
// here that has frozen something thaws it.
#include "base/clock.h"
#include "base/files.h"
#include "cgroups/cgroup.h"

#include <algorithm>
#include <csignal>
#include <unistd.h>

namespace diptych::cgroups {

namespace {

constexpr int64_t freezeTime = 2'000'000'000; // ns
constexpr int64_t killTime = 10'000'000'000;  // ns: a process in an uninterruptible wait is the kernel's, not ours

bool hasLine(std::string_view text, std::string_view line)
{
    auto lines = split(text, '\n');
    return std::find(lines.begin(), lines.end(), line) != lines.end();
}

Result<bool> isFrozen(const Cgroup::Place& place)
{
    if (place.v2)
        return hasLine(TRY(readFileAt(place.fd, "cgroup.events")), "frozen 1");
    return trim(TRY(readFileAt(place.fd, "freezer.state"))) == "FROZEN";
}

Status setFrozen(const Cgroup::Place& place, bool frozen)
{
    if (place.v2)
        return writeFileAt(place.fd, "cgroup.freeze", frozen ? "1" : "0");
    return writeFileAt(place.fd, "freezer.state", frozen ? "FROZEN" : "THAWED");
}

/// Where a process sits in v1's freezer hierarchy, "/frozen"; empty when unknown.
std::string freezerPathOf(pid_t pid)
{
    std::string text = readFile(fmt::format("/proc/{}/cgroup", pid)).value_or("");
    for (std::string_view line : split(text, '\n')) {
        auto parts = split(line, ':');
        if (parts.size() < 3)
            continue;
        for (std::string_view controller : split(parts[1], ','))
            if (controller == "freezer")
                return std::string(line.substr(parts[0].size() + parts[1].size() + 2));
    }
    return {};
}

/// Somebody may have moved the process into a freezer group of their own and left it frozen there.
void thawElsewhere(const std::string& mount, pid_t pid)
{
    std::string path = freezerPathOf(pid);
    if (mount.empty() || path.empty() || path == "/" || path.find("..") != std::string::npos)
        return;
    std::string file = mount + path + "/freezer.state";
    if (trim(readFile(file).value_or("THAWED")) != "THAWED")
        (void)writeFile(file, "THAWED");
}

} // namespace

Status Cgroup::freeze() const
{
    Place freezer = place("freezer");
    if (freezer.fd < 0)
        return fail(Code::NotSupported, "this machine has no freezer: neither cgroup v2 nor v1's freezer is mounted");
    int64_t deadline = monotonicNanoseconds() + freezeTime;
    TRYX(setFrozen(freezer, true), fmt::format("freeze {}", m_path));
    for (useconds_t pause = 200;; pause = std::min<useconds_t>(pause * 2, 10000)) {
        auto frozen = isFrozen(freezer);
        if (frozen && *frozen)
            return {};
        if (!frozen || monotonicNanoseconds() > deadline) {
            (void)setFrozen(freezer, false);
            return frozen ? fail(Code::TimedOut, fmt::format("{} did not freeze within 2 seconds", m_path))
                          : Status(tl::unexpected(frozen.error()));
        }
        ::usleep(pause);
        // v1 can stay at FREEZING when a process forked meanwhile; writing again makes it look once more.
        if (!freezer.v2)
            (void)setFrozen(freezer, true);
    }
}

Status Cgroup::thaw() const
{
    Place freezer = place("freezer");
    if (freezer.fd < 0)
        return fail(Code::NotSupported, "this machine has no freezer: neither cgroup v2 nor v1's freezer is mounted");
    return setFrozen(freezer, false);
}

Result<bool> Cgroup::frozen() const
{
    Place freezer = place("freezer");
    if (freezer.fd < 0)
        return false;
    return isFrozen(freezer);
}

Status Cgroup::killAll() const
{
    Place freezer = place("freezer");
    int64_t begin = monotonicNanoseconds();
    bool cgroupKill = unifiedFd() >= 0 && writeFileAt(unifiedFd(), "cgroup.kill", "1").has_value();
    for (useconds_t pause = 500;; pause = std::min<useconds_t>(pause * 2, 50000)) {
        auto pids = TRY(processes());
        std::erase(pids, ::getpid());
        if (pids.empty()) {
            // cgroup.kill may have been that quick: a group that was frozen before is thawed all the same.
            if (freezer.fd >= 0)
                (void)setFrozen(freezer, false);
            return {};
        }
        int64_t waited = monotonicNanoseconds() - begin;
        if (waited > killTime)
            return fail(Code::TimedOut, fmt::format("{} processes of {} can not be killed: the kernel waits in them",
                                                    pids.size(), m_path));
        if (!cgroupKill) {
            // Frozen first, nothing can fork away between the reading of the list and the signals.
            if (freezer.fd >= 0)
                (void)setFrozen(freezer, true);
            for (pid_t pid : TRY([&]() -> Result<std::vector<pid_t>> {
                     auto again = processes();
                     if (!again && freezer.fd >= 0)
                         (void)setFrozen(freezer, false);
                     return again;
                 }()))
                if (pid != ::getpid())
                    (void)::kill(pid, SIGKILL);
        }
        if (freezer.fd >= 0)
            (void)setFrozen(freezer, false);
        if (waited > 100'000'000)
            for (pid_t pid : pids)
                thawElsewhere(m_freezerMount, pid);
        ::usleep(pause);
    }
}

} // namespace diptych::cgroups
