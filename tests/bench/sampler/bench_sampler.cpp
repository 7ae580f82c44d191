// What one sweep over many control groups costs, and how much of a core that is at one sweep a second. Makes real,
// empty groups below /diptych/bench-<pid> (each with one sleeping process when asked), and the sampler over a driver
// that reads them.
//   bench-sampler [groups = 1000] [sweeps = 20]
#include "base/clock.h"
#include "cgroups/cgroup.h"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace diptych;
using namespace diptych::cgroups;

namespace {

int64_t processorTime()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    auto ns = [](const timeval& t) { return int64_t{t.tv_sec} * 1'000'000'000 + int64_t{t.tv_usec} * 1000; };
    return ns(usage.ru_utime) + ns(usage.ru_stime);
}

double perGroup(std::vector<Cgroup>& groups, int sweeps, Cgroup::Detail detail)
{
    std::vector<int64_t> times;
    for (int i = 0; i < sweeps + 1; ++i) {
        int64_t begin = processorTime();
        for (const Cgroup& group : groups)
            if (auto read = group.statistics(detail); !read)
                fmt::print(stderr, "{}\n", read.error().message);
        if (i > 0) // the first one opens the files
            times.push_back(processorTime() - begin);
    }
    std::sort(times.begin(), times.end());
    return static_cast<double>(times[times.size() / 2]) / 1000.0 / static_cast<double>(groups.size());
}

} // namespace

int main(int argc, char** argv)
{
    int count = argc > 1 ? std::atoi(argv[1]) : 1000, sweeps = argc > 2 ? std::atoi(argv[2]) : 20;
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    auto hierarchies = findHierarchies();
    if (!hierarchies || ::geteuid() != 0 || hierarchies->mode == Mode::None) {
        fmt::print("skipped: needs root and control groups\n");
        return 0;
    }
    std::vector<Cgroup> groups;
    std::string parent = fmt::format("/diptych/bench-{}", ::getpid());
    auto top = Cgroup::create(*hierarchies, parent);
    for (int i = 0; top && i < count; ++i) {
        auto group = Cgroup::create(*hierarchies, fmt::format("{}/{}", parent, i));
        if (!group) {
            fmt::print(stderr, "{}\n", group.error().message);
            break;
        }
        groups.push_back(std::move(*group));
    }
    if (!groups.empty()) {
        double counters = perGroup(groups, sweeps, Cgroup::Detail::Counters);
        double all = perGroup(groups, sweeps, Cgroup::Detail::All);
        fmt::print("{} groups, {}: counters {:.1f} us each, {:.2f} % of a core at 1 Hz; with limits and memory.stat "
                   "{:.1f} us each\n",
                   groups.size(), hierarchies->mode == Mode::Unified ? "v2" : "v1 or hybrid", counters,
                   counters * static_cast<double>(groups.size()) / 10000.0, all);
    }
    for (Cgroup& group : groups)
        (void)group.remove();
    if (top)
        (void)top->remove();
    return groups.size() == static_cast<size_t>(count) ? 0 : 1;
}
