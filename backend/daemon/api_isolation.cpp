// org.diptych.Isolation
#include "base/clock.h"
#include "daemon/outside.h"

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;

using Gather = std::function<Result<Json>(const Instance&, const Json*, const Json&)>;

/// Inside and outside at the same moment, as far as each can be asked.
static Result<Json> gather(const Gather& make, Driver& driver, const Instance& instance)
{
    if (!make)
        return fail(Code::NotSupported, "this helper was built without evidence");
    auto facts = driver.hostFacts(instance.id);
    auto probe = driver.probe(instance.id);
    Json made = TRY(make(instance, probe ? &*probe : nullptr, facts ? *facts : Json::object()));
    made["probe"] = probe ? "" : probe.error().message;
    made["measuredAt"] = unixMilliseconds();
    return made;
}

static void answerGathered(Daemon& daemon, const CallPointer& call, Gather make)
{
    auto id = call->parameters()["id"].get<std::string>();
    if (isOutside(id)) {
        answerOutside(daemon, call, id, [make](const WorkloadSource::Found& found) -> Result<Json> {
            Json made = TRY(make(found.instance, found.probe ? &*found.probe : nullptr, found.facts));
            made["probe"] = found.probe ? "" : "nobody of ours runs inside a virtual machine of others";
            made["measuredAt"] = unixMilliseconds();
            return made;
        });
        return;
    }
    const Registry::Entry* entry = findOrAnswer(daemon, call, id);
    if (!entry)
        return;
    daemon.workers.run([make = std::move(make), driver = entry->driver,
                        instance = entry->instance] { return gather(make, *driver, instance); },
                       [call](Result<Json> result) {
                           if (result)
                               call->reply(std::move(*result));
                           else
                               call->error(result.error());
                       });
}

/// Only of a process that the instance has: any other is none of this caller's business.
static void getProcess(Daemon& daemon, const CallPointer& call)
{
    auto pid = call->parameters()["pid"].get<int64_t>(), inside = call->parameters()["insidePid"].get<int64_t>();
    if (pid < 0 || pid > INT_MAX || inside < 0 || inside > INT_MAX || (pid == 0 && inside == 0)) {
        call->error(Error{Code::InvalidArgument, "not the number of a process", pid == 0 ? "insidePid" : "pid", 0});
        return;
    }
    auto id = call->parameters()["id"].get<std::string>();
    if (isOutside(id)) {
        answerOutside(
            daemon, call, id,
            [view = daemon.services.process,
             pid = static_cast<int>(pid)](const WorkloadSource::Found& found) -> Result<Json> {
                for (const Process& one : found.processes)
                    if (view && pid > 0 && one.pid == pid)
                        return view(found.instance, found.probe ? &*found.probe : nullptr, found.facts, pid, 0);
                return fail(Code::NotFound, fmt::format("{} has no such process (any more)", found.instance.spec.name));
            });
        return;
    }
    const Registry::Entry* entry = daemon.registry.find(id);
    answerGathered(daemon, call,
                   [view = daemon.services.process, driver = entry ? entry->driver : nullptr,
                    pid = static_cast<int>(pid), insidePid = static_cast<int>(inside)](
                       const Instance& instance, const Json* probe, const Json& facts) -> Result<Json> {
                       if (!view)
                           return fail(Code::NotSupported, "this helper was built without evidence");
                       for (const Process& one : TRY(driver->processes(instance.id)))
                           if (pid > 0 ? one.pid == pid : one.insidePid == insidePid)
                               return view(instance, probe, facts, one.pid, one.insidePid);
                       return fail(Code::NotFound,
                                   fmt::format("{} has no such process (any more)", instance.spec.name));
                   });
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

static void measureTraffic(Daemon& daemon, const CallPointer& call)
{
    auto milliseconds = call->parameters()["milliseconds"].get<int64_t>();
    if (milliseconds < 100 || milliseconds > 5000) {
        call->error(Error{Code::InvalidArgument, "100 to 5000 milliseconds", "milliseconds", 0});
        return;
    }
    if (!daemon.services.traffic) {
        call->error(Error{Code::NotSupported, "this helper was built without evidence", {}, 0});
        return;
    }
    auto id = call->parameters()["id"].get<std::string>();
    auto count = [traffic = daemon.services.traffic,
                  time = std::chrono::milliseconds(milliseconds)](const Instance& one) { return traffic(one, time); };
    if (isOutside(id)) {
        answerOutside(daemon, call, id, [count](const WorkloadSource::Found& found) { return count(found.instance); });
        return;
    }
    const Registry::Entry* entry = findOrAnswer(daemon, call, id);
    if (!entry)
        return;
    if (entry->instance.pid == 0) {
        call->error(Error{Code::WrongState, "it does not run: nothing passes", {}, 0});
        return;
    }
    daemon.workers.run([count, instance = entry->instance] { return count(instance); },
                       [call](Result<Json> result) {
                           if (result)
                               call->reply(std::move(*result));
                           else
                               call->error(result.error());
                       });
}

Status addIsolationApi(Daemon& daemon)
{
    TRY(daemon.server.handle("org.diptych.Isolation.MeasureTraffic", Mode::Plain,
                             [&daemon](const CallPointer& call) { measureTraffic(daemon, call); }));
    TRY(daemon.server.handle("org.diptych.Isolation.GetEvidence", Mode::Plain, [&daemon](const CallPointer& call) {
        if (!daemon.services.evidence) {
            call->error(Error{Code::NotSupported, "this helper was built without evidence", {}, 0});
            return;
        }
        answerGathered(
            daemon, call,
            [rows = daemon.services.evidence](const Instance& instance, const Json* probe, const Json& facts) {
                return Json{{"rows", rows(instance, probe, facts)}};
            });
    }));
    TRY(daemon.server.handle("org.diptych.Isolation.GetResources", Mode::Plain, [&daemon](const CallPointer& call) {
        const Registry::Entry* entry = daemon.registry.find(call->parameters()["id"].get<std::string>());
        if (entry && entry->instance.pid == 0) {
            call->error(Error{Code::WrongState, "it does not run: it has no memory and no limits that bind", {}, 0});
            return;
        }
        answerGathered(daemon, call, daemon.services.resources);
    }));
    TRY(daemon.server.handle("org.diptych.Isolation.GetCosts", Mode::Plain,
                             [&daemon](const CallPointer& call) { getCosts(daemon, call); }));
    TRY(daemon.server.handle("org.diptych.Isolation.GetProcess", Mode::Plain,
                             [&daemon](const CallPointer& call) { getProcess(daemon, call); }));
    return daemon.server.handle("org.diptych.Isolation.Probe", Mode::Plain, [&daemon](const CallPointer& call) {
        ask(
            daemon, call, [](Driver& driver, const std::string& id) { return driver.probe(id); },
            [](const Json& answer) {
                return Json{{"answer", answer}};
            });
    });
}

} // namespace diptych
