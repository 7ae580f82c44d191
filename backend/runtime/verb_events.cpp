#include "cgroups/cgroup.h"
#include "runtime/process.h"
#include "runtime/verbs.h"

#include <csignal>

namespace diptych::runtime {

static Json statisticsOf(const std::string& id, const cgroups::Statistics& s)
{
    Json memory = {{"usage", {{"usage", s.memory}, {"max", s.memoryPeak}, {"limit", s.memoryMax}}},
                   {"cache", s.memoryFile}};
    return {{"type", "stats"},
            {"id", id},
            {"data",
             {{"cpu",
               {{"usage", {{"total", s.cpuNanoseconds}}},
                {"throttling",
                 {{"periods", s.periods},
                  {"throttledPeriods", s.throttledPeriods},
                  {"throttledTime", s.throttledNanoseconds}}}}},
              {"memory", std::move(memory)},
              {"pids", {{"current", s.pids}, {"limit", s.pidsMax}}},
              {"blkio",
               {{"ioServiceBytesRecursive", Json::array({{{"op", "Read"}, {"value", s.readBytes}},
                                                         {{"op", "Write"}, {"value", s.writtenBytes}}})}}}}}};
}

// A line of figures, once or each interval; a line when the kernel killed for want of memory.
Result<int> events(const Global& global, const Arguments& arguments)
{
    Store store(global.root);
    Record record = TRY(store.read(TRY(containerId(arguments))));
    std::string text = arguments.value("interval", "5s");
    if (!text.empty() && text.back() == 's')
        text.pop_back();
    int64_t seconds = TRY(integerFrom("interval", text));
    if (seconds < 1 || seconds > 86400)
        return failField("interval", "--interval must be from 1s to 86400s");
    auto process = openProcess(record.pid, record.startTime);
    auto group = cgroupOf(record);
    if (!process || !group)
        return fail(Code::WrongState, fmt::format("container {} is not running", record.id));
    uint64_t killed = TRY(group->statistics()).oomKills;
    for (;;) {
        auto now = group->statistics();
        if (!now)
            return 0; // gone with its container
        TRY(print(dumpJson(statisticsOf(record.id, *now)) + "\n"));
        if (now->oomKills > killed)
            TRY(print(dumpJson({{"type", "oom"}, {"id", record.id}}) + "\n"));
        killed = now->oomKills;
        if (arguments.has("stats") || waitForEnd(process->get(), static_cast<int>(seconds * 1000)))
            return 0;
    }
}

} // namespace diptych::runtime
