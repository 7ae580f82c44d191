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

static void list(Daemon& daemon, const CallPointer& call, int64_t before, int64_t limit, bool stream)
{
    daemon.activity.list(before, limit, [call, stream](Result<std::vector<ActivityEntry>> entries) {
        if (!entries)
            call->error(entries.error());
        else if (stream)
            call->stream(entriesJson(*entries));
        else
            call->reply(entriesJson(*entries));
    });
}

Status addActivityApi(Daemon& daemon)
{
    TRY(daemon.server.handle("org.diptych.Activity.List", Mode::Plain, [&daemon](const CallPointer& call) {
        JsonReader reader(call->parameters());
        int64_t limit = reader.optionalInteger("limit").value_or(std::nullopt).value_or(100);
        int64_t before = reader.optionalInteger("before").value_or(std::nullopt).value_or(INT64_MAX);
        list(daemon, call, before, std::clamp<int64_t>(limit, 1, 1000), false);
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
                                    list(daemon, call, INT64_MAX, 50, true);
                                    subscribers->push_back(call);
                                });
}

} // namespace diptych
