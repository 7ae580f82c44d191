// process.ioPriority, scheduler and execCPUAffinity.
#include "oci/config.h"

#include <algorithm>
#include <linux/sched.h>

namespace diptych::oci {

template <typename T, size_t N>
static Result<T> valueOf(JsonReader& reader, const char* key, const std::string& word,
                         const std::pair<std::string_view, T> (&words)[N])
{
    for (auto& [name, value] : words)
        if (name == word)
            return value;
    return wrongField(reader.field(key), fmt::format("unknown word \"{}\"", word));
}

static Result<int> readIoPriority(JsonReader reader)
{
    // ioprio_set(2). Not from <linux/ioprio.h>: that of Linux 6.1.192 has a parameter named "class", which is no C++.
    static constexpr int shift = 13;
    static constexpr std::pair<std::string_view, int> classes[] = {
        {"IOPRIO_CLASS_RT", 1}, {"IOPRIO_CLASS_BE", 2}, {"IOPRIO_CLASS_IDLE", 3}};
    int kind = TRY(valueOf(reader, "class", TRY(reader.string("class")), classes));
    int64_t level = TRY(reader.optionalInteger("priority")).value_or(0);
    if (level < 0 || level > 7)
        return wrongField(reader.field("priority"), "must be from 0 to 7");
    return kind << shift | static_cast<int>(level);
}

static Result<Scheduler> readScheduler(JsonReader reader)
{
    static constexpr std::pair<std::string_view, int> policies[] = {
        {"SCHED_OTHER", SCHED_NORMAL},     {"SCHED_FIFO", SCHED_FIFO}, {"SCHED_RR", SCHED_RR},
        {"SCHED_BATCH", SCHED_BATCH},      {"SCHED_ISO", 4},           {"SCHED_IDLE", SCHED_IDLE},
        {"SCHED_DEADLINE", SCHED_DEADLINE}};
    static constexpr std::pair<std::string_view, uint64_t> flags[] = {
        {"SCHED_FLAG_RESET_ON_FORK", SCHED_FLAG_RESET_ON_FORK},
        {"SCHED_FLAG_RECLAIM", SCHED_FLAG_RECLAIM},
        {"SCHED_FLAG_DL_OVERRUN", SCHED_FLAG_DL_OVERRUN},
        {"SCHED_FLAG_KEEP_POLICY", SCHED_FLAG_KEEP_POLICY},
        {"SCHED_FLAG_KEEP_PARAMS", SCHED_FLAG_KEEP_PARAMS},
        {"SCHED_FLAG_UTIL_CLAMP_MIN", SCHED_FLAG_UTIL_CLAMP_MIN},
        {"SCHED_FLAG_UTIL_CLAMP_MAX", SCHED_FLAG_UTIL_CLAMP_MAX}};
    Scheduler out;
    out.policy = TRY(valueOf(reader, "policy", TRY(reader.string("policy")), policies));
    int64_t nice = TRY(reader.optionalInteger("nice")).value_or(0);
    if (nice < -20 || nice > 19)
        return wrongField(reader.field("nice"), "must be from -20 to 19");
    out.nice = static_cast<int32_t>(nice);
    int64_t priority = TRY(reader.optionalInteger("priority")).value_or(0);
    if (priority < 0 || priority > 99)
        return wrongField(reader.field("priority"), "must be from 0 to 99");
    out.priority = static_cast<uint32_t>(priority);
    for (const std::string& word : TRY(reader.optionalStrings("flags")))
        out.flags |= TRY(valueOf(reader, "flags", word, flags));
    out.runtime = TRY(reader.optionalUnsigned("runtime")).value_or(0);
    out.deadline = TRY(reader.optionalUnsigned("deadline")).value_or(0);
    out.period = TRY(reader.optionalUnsigned("period")).value_or(0);
    return out;
}

Status readScheduling(JsonReader& reader, Process& process)
{
    if (auto priority = TRY(reader.optionalObject("ioPriority")))
        process.ioPriority = TRY(readIoPriority(*priority));
    if (auto scheduler = TRY(reader.optionalObject("scheduler")))
        process.scheduler = TRY(readScheduler(*scheduler));
    if (auto affinity = TRY(reader.optionalObject("execCPUAffinity"))) {
        process.cpuAffinityInitial = TRY(affinity->optionalString("initial")).value_or("");
        process.cpuAffinityFinal = TRY(affinity->optionalString("final")).value_or("");
        for (auto* list : {&process.cpuAffinityInitial, &process.cpuAffinityFinal})
            if (!list->empty())
                TRYX(cpuListFrom(*list), affinity->field(list == &process.cpuAffinityInitial ? "initial" : "final"));
    }
    return {};
}

Result<std::vector<unsigned>> cpuListFrom(std::string_view text)
{
    constexpr unsigned most = 8192;
    std::vector<unsigned> out;
    while (!text.empty()) {
        std::string_view part = text.substr(0, text.find(','));
        text.remove_prefix(std::min(part.size() + 1, text.size()));
        size_t dash = part.find('-');
        uint32_t first = TRY(idFrom(part.substr(0, dash)));
        uint32_t last = dash == std::string_view::npos ? first : TRY(idFrom(part.substr(dash + 1)));
        if (first > last || last >= most)
            return fail(Code::InvalidArgument, fmt::format("\"{}\" is no list of processors", part));
        for (uint32_t cpu = first; cpu <= last; ++cpu)
            out.push_back(cpu);
    }
    return out;
}

} // namespace diptych::oci
