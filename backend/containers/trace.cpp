#include "containers/trace.h"

#include "base/files.h"
#include "base/json.h"

#include <algorithm>

namespace diptych::containers {

namespace {

/// The runtime's words as the timeline has them.
std::string wordFor(const std::string& step)
{
    if (step == "userns map")
        return "userns";
    if (step == "caps")
        return "capabilities";
    return step;
}

bool stepFrom(std::string_view line, int64_t click, TimelineStep& step)
{
    auto json = parseJson(line);
    if (!json)
        return false;
    JsonReader reader(*json);
    auto name = reader.string("step");
    auto end = reader.integer("time");
    auto begin = reader.integer("begin");
    if (!name || !end || !begin)
        return false;
    step.name = wordFor(*name);
    step.begin = *begin - click;
    step.end = *end - click;
    step.detail = reader.optionalString("call").value_or(std::nullopt).value_or("");
    return true;
}

} // namespace

Status readTrace(const std::string& file, int64_t click, Timeline& timeline)
{
    std::string text = TRY(readFile(file));
    for (std::string_view line : split(text, '\n')) {
        TimelineStep step;
        if (!stepFrom(line, click, step) || step.end < 0) // the file may begin with what an earlier start wrote
            continue;
        auto& steps = timeline.steps;
        if (!steps.empty() && steps.back().name == step.name)
            steps.back().end = step.end;
        else
            steps.push_back(step);
        if (step.name == "exec") {
            timeline.complete = true;
            timeline.total = step.end;
        }
    }
    std::stable_sort(timeline.steps.begin(), timeline.steps.end(),
                     [](const auto& a, const auto& b) { return a.begin < b.begin; });
    return {};
}

} // namespace diptych::containers
