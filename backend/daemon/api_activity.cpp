// org.diptych.Activity
#include "daemon/daemon.h"

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;

static Json entriesJson(const std::vector<ActivityEntry>& entries)
{
    Json array = Json::array();
    for (const ActivityEntry& entry : entries)
        array.push_back(toJson(entry));
    return {{"entries", std::move(array)}};
}

static void list(Daemon& daemon, const CallPointer& call, Activity::Filter filter, bool stream)
{
    daemon.activity.list(std::move(filter), [call, stream](Result<std::vector<ActivityEntry>> entries) {
        if (!entries)
            call->error(entries.error());
        else if (stream)
            call->stream(entriesJson(*entries));
        else
            call->reply(entriesJson(*entries));
    });
}

static Result<Activity::Filter> filterOf(const Json& parameters)
{
    JsonReader reader(parameters);
    Activity::Filter filter;
    filter.limit = std::clamp<int64_t>(TRY(reader.optionalInteger("limit")).value_or(100), 1, 1000);
    filter.before = TRY(reader.optionalInteger("before")).value_or(INT64_MAX);
    auto instance = TRY(reader.optionalString("instance"));
    if (instance && instance->empty())
        return failField("instance", "the id of an instance is wanted");
    filter.instance = instance.value_or("");
    filter.since = TRY(reader.optionalInteger("since")).value_or(0);
    if (filter.since < 0)
        return failField("since", "a Unix time in milliseconds is wanted");
    filter.until = TRY(reader.optionalInteger("until")).value_or(INT64_MAX);
    if (filter.until <= filter.since)
        return failField("until", "it must be later than since");
    return filter;
}

Status addActivityApi(Daemon& daemon)
{
    TRY(daemon.server.handle("org.diptych.Activity.List", Mode::Plain, [&daemon](const CallPointer& call) {
        auto filter = filterOf(call->parameters());
        if (filter)
            list(daemon, call, std::move(*filter), false);
        else
            call->error(filter.error());
    }));
    auto subscribers = std::make_shared<std::vector<CallPointer>>();
    daemon.activity.watch([subscribers](const ActivityEntry& entry) {
        std::erase_if(*subscribers, [](const CallPointer& call) { return !call->alive(); });
        auto calls = *subscribers;
        for (const CallPointer& call : calls)
            call->stream(entriesJson({entry}));
    });
    return daemon.server.handle("org.diptych.Activity.Subscribe", Mode::Stream,
                                [&daemon, subscribers](const CallPointer& call) {
                                    std::erase_if(*subscribers, [](const CallPointer& one) { return !one->alive(); });
                                    Activity::Filter newest;
                                    newest.limit = 50;
                                    list(daemon, call, newest, true);
                                    subscribers->push_back(call);
                                });
}

} // namespace diptych
