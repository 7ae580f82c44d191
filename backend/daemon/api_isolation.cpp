// org.diptych.Isolation
#include "base/clock.h"
#include "daemon/daemon.h"

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;

/// Inside and outside at the same moment, as far as each can be asked.
static Result<Json> gather(const Services& services, Driver& driver, const Instance& instance)
{
    if (!services.evidence)
        return fail(Code::NotSupported, "this helper was built without evidence");
    auto facts = driver.hostFacts(instance.id);
    auto probe = driver.probe(instance.id);
    Json rows = services.evidence(instance, probe ? &*probe : nullptr, facts ? *facts : Json::object());
    std::string reason = probe ? "" : probe.error().message;
    return Json{{"rows", std::move(rows)}, {"probe", reason}, {"measuredAt", unixMilliseconds()}};
}

static void getCosts(Daemon& daemon, const CallPointer& call)
{
    auto id = call->parameters()["id"].get<std::string>();
    const Registry::Entry* entry = findOrAnswer(daemon, call, id);
    if (!entry)
        return;
    const Instance& instance = entry->instance;
    CostRecord before = daemon.activity.cost(id).value_or(CostRecord{});
    if (before.startedAt != instance.startedAt)
        before = {};
    int64_t memory = 0;
    for (const auto* one : daemon.meter.instances()) {
        if (one->first == id)
            memory = static_cast<int64_t>(one->second.memory);
    }
    Json reply = {{"startNanoseconds", instance.startNanoseconds},
                  {"memoryBefore", before.memory},
                  {"diskBefore", before.disk},
                  {"memory", memory}};
    daemon.workers.run([driver = entry->driver, id] { return driver->diskBytes(id); },
                       [call, reply](Result<uint64_t> disk) mutable {
                           reply["disk"] = disk.value_or(0);
                           call->reply(std::move(reply));
                       });
}

Status addIsolationApi(Daemon& daemon)
{
    TRY(daemon.server.handle("org.diptych.Isolation.GetEvidence", Mode::Plain, [&daemon](const CallPointer& call) {
        auto id = call->parameters()["id"].get<std::string>();
        const Registry::Entry* entry = findOrAnswer(daemon, call, id);
        if (!entry)
            return;
        daemon.workers.run([&services = daemon.services, driver = entry->driver,
                            instance = entry->instance] { return gather(services, *driver, instance); },
                           [call](Result<Json> result) {
                               if (result)
                                   call->reply(std::move(*result));
                               else
                                   call->error(result.error());
                           });
    }));
    TRY(daemon.server.handle("org.diptych.Isolation.GetCosts", Mode::Plain,
                             [&daemon](const CallPointer& call) { getCosts(daemon, call); }));
    return daemon.server.handle("org.diptych.Isolation.Probe", Mode::Plain, [&daemon](const CallPointer& call) {
        ask(
            daemon, call, [](Driver& driver, const std::string& id) { return driver.probe(id); },
            [](const Json& answer) {
                return Json{{"answer", answer}};
            });
    });
}

} // namespace diptych
