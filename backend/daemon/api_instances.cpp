// org.diptych.Instances: what only looks.
#include "daemon/outside.h"
#include "instances/json.h"

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;

static Json allInstances(const Daemon& daemon)
{
    Json all = Json::array();
    for (const auto& [id, entry] : daemon.registry.all())
        all.push_back(entry.json());
    return all;
}

static void subscribe(Daemon& daemon, const CallPointer& call, const std::shared_ptr<Fan>& fan)
{
    daemon.registry.whenReady([&daemon, call, fan] {
        if (!call->alive())
            return;
        call->stream({{"changed", allInstances(daemon)}, {"removed", Json::array()}});
        fan->add(call, [&daemon](const CallPointer& to, const std::set<std::string>& ids) {
            Json changed = Json::array(), removed = Json::array();
            for (const std::string& id : ids) {
                if (const Registry::Entry* entry = daemon.registry.find(id))
                    changed.push_back(entry->json());
                else
                    removed.push_back(id);
            }
            to->stream({{"changed", std::move(changed)}, {"removed", std::move(removed)}});
        });
    });
}

static const char* formatOf(Kind kind)
{
    return kind == Kind::Container ? "json" : "xml";
}

static void preview(Daemon& daemon, const CallPointer& call)
{
    auto spec = specFrom(JsonReader(call->parameters()["spec"], "spec"));
    Status good = spec ? checkSpec(*spec) : Status(tl::unexpected<Error>(spec.error()));
    Driver* driver = spec ? daemon.registry.driver(spec->kind) : nullptr;
    if (good && !driver)
        good = fail(Code::NotSupported, daemon.registry.problem(spec->kind));
    if (!good) {
        call->error(good.error());
        return;
    }
    daemon.workers.run([driver, s = *spec] { return driver->preview(s); },
                       [call, format = formatOf(spec->kind)](Result<std::string> text) {
                           if (text)
                               call->reply({{"text", *text}, {"format", format}});
                           else
                               call->error(text.error());
                       });
}

static void getConfiguration(Daemon& daemon, const CallPointer& call)
{
    const Registry::Entry* entry = findOrAnswer(daemon, call, call->parameters()["id"].get<std::string>());
    if (!entry)
        return;
    ask(
        daemon, call, [](Driver& driver, const std::string& id) { return driver.configuration(id); },
        [format = formatOf(entry->instance.spec.kind)](const std::string& text) {
            return Json{{"text", text}, {"format", format}};
        });
}

static Json processesJson(const std::vector<Process>& all)
{
    Json array = Json::array();
    for (const Process& p : all)
        array.push_back({{"pid", p.pid},
                         {"insidePid", p.insidePid},
                         {"command", p.command},
                         {"user", p.user},
                         {"memory", p.memory},
                         {"cpuSeconds", p.cpuSeconds}});
    return {{"processes", std::move(array)}};
}

static Status addLooking(Daemon& daemon)
{
    auto handle = [&daemon](const char* method, auto work, auto reply) {
        return daemon.server.handle(
            method, Mode::Plain, [&daemon, work, reply](const CallPointer& call) { ask(daemon, call, work, reply); });
    };
    TRY(handle(
        "org.diptych.Instances.RemovalPlan", [](Driver& d, const std::string& id) { return d.removalPlan(id); },
        [](const auto& plan) {
            return Json{{"deleted", plan.first}, {"kept", plan.second}};
        }));
    TRY(handle(
        "org.diptych.Instances.GetTimeline", [](Driver& d, const std::string& id) { return d.timeline(id); },
        [](const Timeline& timeline) {
            return Json{{"timeline", toJson(timeline)}};
        }));
    return daemon.server.handle("org.diptych.Instances.ListProcesses", Mode::Plain, [&daemon](const CallPointer& call) {
        auto id = call->parameters()["id"].get<std::string>();
        if (isOutside(id))
            answerOutside(daemon, call, id, [](const WorkloadSource::Found& found) -> Result<Json> {
                return processesJson(found.processes);
            });
        else
            ask(
                daemon, call, [](Driver& d, const std::string& asked) { return d.processes(asked); }, processesJson);
    });
}

Status addInstancesApi(Daemon& daemon)
{
    auto fan = std::make_shared<Fan>(daemon.loop, std::chrono::milliseconds(50));
    daemon.registry.watch(
        [fan](const Instance* before, const Instance* after) { fan->changed(after ? after->id : before->id); });
    varlink::Server& server = daemon.server;
    TRY(server.handle("org.diptych.Instances.List", Mode::Plain, [&daemon](const CallPointer& call) {
        daemon.registry.whenReady([&daemon, call] { call->reply({{"instances", allInstances(daemon)}}); });
    }));
    TRY(server.handle("org.diptych.Instances.Subscribe", Mode::Stream,
                      [&daemon, fan](const CallPointer& call) { subscribe(daemon, call, fan); }));
    TRY(server.handle("org.diptych.Instances.Describe", Mode::Plain, [&daemon](const CallPointer& call) {
        daemon.registry.whenReady([&daemon, call] {
            if (const Registry::Entry* entry = findOrAnswer(daemon, call, call->parameters()["id"].get<std::string>()))
                call->reply({{"instance", entry->json()}});
        });
    }));
    TRY(server.handle("org.diptych.Instances.Preview", Mode::Plain,
                      [&daemon](const CallPointer& call) { preview(daemon, call); }));
    TRY(server.handle("org.diptych.Instances.GetConfiguration", Mode::Plain,
                      [&daemon](const CallPointer& call) { getConfiguration(daemon, call); }));
    return addLooking(daemon);
}

} // namespace diptych
