#include "machines/record.h"

#include "base/files.h"
#include "base/json.h"

#include <algorithm>

namespace diptych::machines {

static std::optional<RecordEvent> parseLine(std::string_view line)
{
    auto json = parseJson(line, {4096, 4});
    if (!json || !json->is_object())
        return std::nullopt;
    JsonReader reader(*json);
    auto name = reader.string("event");
    auto uptime = reader.optionalInteger("uptime");
    auto exitCode = reader.optionalInteger("exitCode");
    if (!name || !uptime || !exitCode)
        return std::nullopt;
    RecordEvent event{*name, uptime->value_or(0), std::nullopt};
    if (*exitCode)
        event.exitCode = static_cast<int>(std::clamp<int64_t>(**exitCode, 0, 255));
    return event;
}

std::vector<RecordEvent> parseRecord(std::string_view text, size_t& consumed)
{
    std::vector<RecordEvent> events;
    consumed = 0;
    for (size_t end; (end = text.find('\n', consumed)) != std::string_view::npos; consumed = end + 1) {
        if (auto event = parseLine(text.substr(consumed, end - consumed)))
            events.push_back(std::move(*event));
    }
    return events;
}

namespace {

const Arrival* find(const std::vector<Arrival>& arrivals, std::string_view name)
{
    auto found = std::find_if(arrivals.begin(), arrivals.end(), [&](const Arrival& a) { return a.event.name == name; });
    return found == arrivals.end() ? nullptr : &*found;
}

} // namespace

Timeline timelineOf(const StartTimes& times)
{
    Timeline timeline;
    timeline.startedAt = times.startedAt;
    auto since = [&](int64_t time) { return std::max<int64_t>(time - times.click, 0); };
    auto add = [&](const char* name, int64_t begin, int64_t end, std::string detail) {
        timeline.steps.push_back({name, since(begin), since(std::max(begin, end)), std::move(detail)});
    };
    add("qemu", times.createBegin, times.createEnd, "virDomainCreateWithFlags: call to return");
    if (times.arrivals.empty())
        return timeline;
    const Arrival& first = times.arrivals.front();
    int64_t kernelStart = std::max(first.time - first.event.uptime, times.createEnd);
    add("firmware", times.createEnd, kernelStart,
        fmt::format("firmware, loading and unpacking the kernel; until its clock starts: \"{}\" arrived, minus its "
                    "uptime of {:.3f} s",
                    first.event.name, static_cast<double>(first.event.uptime) / 1e9));
    add("kernel", kernelStart, first.time, fmt::format("to the guest's event \"{}\"", first.event.name));
    const Arrival* entry = find(times.arrivals, "entrypoint");
    const Arrival* last = &first; // the last of init's own steps
    for (const Arrival& arrival : times.arrivals) {
        if (&arrival == entry || arrival.event.name == "exit")
            break;
        last = &arrival;
    }
    add("init", first.time, last->time,
        fmt::format("modules, disk, network: to the guest's event \"{}\"", last->event.name));
    if (entry) {
        add("entrypoint", last->time, entry->time,
            "to the guest's event \"entrypoint\": the image's program was executed");
        timeline.complete = true;
        timeline.total = since(entry->time);
    }
    return timeline;
}

} // namespace diptych::machines
