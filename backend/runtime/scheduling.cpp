#include "runtime/scheduling.h"

#include <sched.h>
#include <sys/personality.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::runtime {

namespace {
constexpr int ioprioWhoProcess = 1; // ioprio_set(2); <linux/ioprio.h> is no C++ in Linux 6.1.192
// linux/sched/types.h can't be included beside sched.h.
struct SchedulerAttributes
{
    uint32_t size, policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime, deadline, period;
};
} // namespace

static Status setScheduler(const oci::Scheduler& wanted)
{
    SchedulerAttributes attributes = {sizeof(SchedulerAttributes),
                                      static_cast<uint32_t>(wanted.policy),
                                      wanted.flags,
                                      wanted.nice,
                                      wanted.priority,
                                      wanted.runtime,
                                      wanted.deadline,
                                      wanted.period};
    if (::syscall(SYS_sched_setattr, 0, &attributes, 0) < 0)
        return failErrno("process.scheduler");
    return {};
}

Status applyScheduling(const oci::Process& process, const std::optional<unsigned long>& personality)
{
    if (personality && ::personality(*personality) < 0)
        return failErrno("linux.personality");
    if (process.ioPriority && ::syscall(SYS_ioprio_set, ioprioWhoProcess, 0, *process.ioPriority) < 0)
        return failErrno("process.ioPriority");
    return process.scheduler ? setScheduler(*process.scheduler) : Status();
}

Status setAffinity(const std::string& list, const char* field)
{
    if (list.empty())
        return {};
    std::vector<unsigned> cpus = TRYX(oci::cpuListFrom(list), field);
    // As large as the list may name: larger than cpu_set_t.
    std::vector<unsigned long> mask(8192 / (8 * sizeof(unsigned long)));
    for (unsigned cpu : cpus)
        mask[cpu / (8 * sizeof(unsigned long))] |= 1ul << cpu % (8 * sizeof(unsigned long));
    if (::syscall(SYS_sched_setaffinity, 0, mask.size() * sizeof(unsigned long), mask.data()) < 0)
        return failErrno(fmt::format("{} {}", field, list));
    return {};
}

} // namespace diptych::runtime
