// org.diptych.Operations
#include "daemon/daemon.h"

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;

static void cancel(Daemon& daemon, const CallPointer& call, const std::string& id)
{
    if (auto cancelled = daemon.operations.cancel(id); !cancelled)
        call->error(cancelled.error());
    else
        call->reply();
}

static void subscribe(Daemon& daemon, const CallPointer& call, Fan& fan)
{
    Json all = Json::array();
    for (const Operation* operation : daemon.operations.all())
        all.push_back(toJson(*operation));
    call->stream({{"operations", std::move(all)}});
    fan.add(call, [&daemon](const CallPointer& to, const std::set<std::string>& ids) {
        Json changed = Json::array();
        for (const std::string& id : ids) {
            if (const Operation* operation = daemon.operations.find(id))
                changed.push_back(toJson(*operation));
        }
        if (!changed.empty())
            to->stream({{"operations", std::move(changed)}});
    });
}

Status addOperationsApi(Daemon& daemon)
{
    auto fan = std::make_shared<Fan>(daemon.loop, std::chrono::milliseconds(50));
    daemon.operations.watch([fan](const Operation& operation) { fan->changed(operation.id); });
    TRY(daemon.server.handle("org.diptych.Operations.Subscribe", Mode::Stream,
                             [&daemon, fan](const CallPointer& call) { subscribe(daemon, call, *fan); }));
    TRY(daemon.server.handle("org.diptych.Operations.Wait", Mode::Waiting, [&daemon](const CallPointer& call) {
        auto id = call->parameters()["id"].get<std::string>();
        if (!daemon.operations.find(id)) {
            call->error(Error{Code::NotFound, fmt::format("there is no operation {}", id), {}, 0});
            return;
        }
        daemon.operations.wait(id, [call](const Operation& operation) {
            call->reply({{"operation", toJson(operation)}});
        });
    }));
    return daemon.server.handle("org.diptych.Operations.Cancel", Mode::Plain, [&daemon](const CallPointer& call) {
        auto id = call->parameters()["id"].get<std::string>();
        const Operation* operation = daemon.operations.find(id);
        if (operation && operation->user != call->peer().uid && call->peer().uid != 0)
            daemon.authorizer.require(call, "org.diptych.lifecycle.other",
                                      [&daemon, call, id] { cancel(daemon, call, id); });
        else
            cancel(daemon, call, id);
    });
}

} // namespace diptych
