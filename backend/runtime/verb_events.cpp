#include "base/files.h"
#include "cgroups/cgroup.h"
#include "runtime/process.h"
#include "runtime/verbs.h"

#include <algorithm>
#include <charconv>
#include <unistd.h>

namespace diptych::runtime {

// "name value" lines as an object.
static Json flat(const cgroups::Cgroup& group, const char* controller, const char* file)
{
    Json out = Json::object();
    cgroups::Cgroup::Place place = group.place(controller);
    std::string text = place.fd < 0 ? std::string() : readFileAt(place.fd, file).value_or("");
    for (std::string_view line : split(text, '\n')) {
        size_t blank = line.find(' ');
        uint64_t value = 0;
        if (blank != std::string_view::npos &&
            std::from_chars(line.data() + blank + 1, line.data() + line.size(), value).ec == std::errc())
            out[std::string(line.substr(0, blank))] = value;
    }
    return out;
}

static Json cpuOf(const cgroups::Cgroup& group, const cgroups::Statistics& s)
{
    bool v2 = group.place("cpuacct").v2;
    Json times = flat(group, "cpuacct", v2 ? "cpu.stat" : "cpuacct.stat");
    // v1 counts ticks, v2 microseconds.
    uint64_t unit = v2 ? 1000 : uint64_t{1000000000} / static_cast<uint64_t>(::sysconf(_SC_CLK_TCK));
    Json usage = {{"total", s.cpuNanoseconds},
                  {"kernel", times.value(v2 ? "system_usec" : "system", uint64_t{0}) * unit},
                  {"user", times.value(v2 ? "user_usec" : "user", uint64_t{0}) * unit}};
    if (!v2) {
        std::string each = readFileAt(group.place("cpuacct").fd, "cpuacct.usage_percpu").value_or("");
        for (std::string_view word : split(trim(each), ' '))
            usage["percpu"].push_back(std::strtoull(std::string(word).c_str(), nullptr, 10));
    }
    return {{"usage", std::move(usage)},
            {"throttling",
             {{"periods", s.periods},
              {"throttledPeriods", s.throttledPeriods},
              {"throttledTime", s.throttledNanoseconds}}}};
}

// The members runc gives, as far as both kinds of control groups have them; limits of 0 are none.
static Json statisticsOf(const cgroups::Cgroup& group, const cgroups::Statistics& s)
{
    Json memory = {{"usage", {{"usage", s.memory}, {"max", s.memoryPeak}, {"limit", s.memoryMax}}},
                   {"cache", s.memoryFile},
                   {"raw", flat(group, "memory", "memory.stat")}};
    return {{"cpu", cpuOf(group, s)},
            {"memory", std::move(memory)},
            {"pids", {{"current", s.pids}, {"limit", s.pidsMax}}},
            {"blkio",
             {{"ioServiceBytesRecursive", Json::array({{{"op", "Read"}, {"value", s.readBytes}},
                                                       {{"op", "Write"}, {"value", s.writtenBytes}}})}}}};
}

// "5", "5s", "100ms", "1m".
static Result<int64_t> millisecondsFrom(const std::string& text)
{
    size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    std::string unit = text.substr(digits);
    int64_t factor = unit == "ms" ? 1 : unit.empty() || unit == "s" ? 1000 : unit == "m" ? 60000 : 0;
    int64_t number = factor && digits > 0 && digits < 9 ? TRY(integerFrom("interval", text.substr(0, digits))) : 0;
    if (number * factor < 1 || number * factor > 86400000)
        return failField("interval", "--interval must be like 100ms, 5s or 1m, up to 86400s");
    return number * factor;
}

// Type and id first, as runc prints it: there are scripts that look for the beginning of the line.
static std::string lineOf(const char* type, const std::string& id, const Json* data = nullptr)
{
    std::string rest = data ? ",\"data\":" + dumpJson(*data) : std::string();
    return fmt::format("{{\"type\":\"{}\",\"id\":{}{}}}\n", type, dumpJson(Json(id)), rest);
}

// Out-of-memory kills are told soon, not with the next figures. False: the container has ended.
static Result<bool> waitForNext(const cgroups::Cgroup& group, const std::string& id, int process, int64_t milliseconds,
                                uint64_t& killed)
{
    const int64_t slice = std::min<int64_t>(250, milliseconds);
    for (int64_t left = milliseconds; left > 0; left -= slice) {
        bool ended = waitForEnd(process, static_cast<int>(std::min(left, slice)));
        auto now = group.statistics(cgroups::Cgroup::Detail::Counters);
        if (now && now->oomKills > killed) {
            TRY(print(lineOf("oom", id)));
            killed = now->oomKills;
        }
        if (ended || !now)
            return false;
    }
    return true;
}

// A line of figures, once or each interval; a line when the kernel killed for want of memory.
Result<int> events(const Global& global, const Arguments& arguments)
{
    Store store(global.root);
    Record record = TRY(store.read(TRY(containerId(arguments))));
    int64_t interval = TRY(millisecondsFrom(arguments.value("interval", "5s")));
    auto process = openProcess(record.pid, record.startTime);
    auto group = cgroupOf(record);
    if (!process || !group)
        return fail(Code::WrongState, fmt::format("container {} is not running", record.id));
    uint64_t killed = TRY(group->statistics()).oomKills;
    for (;;) {
        auto now = group->statistics();
        if (!now)
            return 0; // gone with its container
        Json figures = statisticsOf(*group, *now);
        TRY(print(lineOf("stats", record.id, &figures)));
        if (arguments.has("stats") || !TRY(waitForNext(*group, record.id, process->get(), interval, killed)))
            return 0;
    }
}

} // namespace diptych::runtime
