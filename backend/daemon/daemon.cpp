#include "daemon/daemon.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/log.h"
#include "daemon/foreign_changes.h"
#include "daemon/machine_calls.h"

namespace diptych {

Daemon::Daemon(varlink::Loop& l, Paths p, Services s, varlink::Limits limits)
    : loop(l),
      paths(std::move(p)),
      services(std::move(s)),
      startedAt(unixMilliseconds()),
      workers(l),
      registry(l, workers),
      operations(l, workers),
      activity(workers),
      authorizer(
          l, [this](const varlink::Call& call) { return describe(call); },
          [this](const varlink::Call& call, std::string_view action, const Authorizer::Details& details) {
              if (onlyObserves(action))
                  return;
              ActivityEntry entry = entryFor(call, details.at("verb"));
              entry.action = action;
              entry.instance = details.count("id") ? details.at("id") : "";
              entry.subject = details.count("object") ? details.at("object") : "";
              activity.recordDenied(std::move(entry));
          }),
      meter(l, workers),
      history(workers),
      wallCopies(l, workers),
      watches(l, workers),
      server(l, {"Diptych", "diptychd", std::string(version), ""}, limits),
      imagesChanged(l, std::chrono::milliseconds(100))
{
}

Daemon::~Daemon()
{
    *m_alive = false;
    history.close();
    workers.drain(std::chrono::seconds(5)); // before anything goes that its jobs refer to
    wallCopies.endAll();
}

Status Daemon::start()
{
    for (std::string_view text : embeddedInterfaces())
        TRY(server.addInterface(text));
    TRY(varlink::addService(server));
    for (auto* add :
         {addHelperApi,        addInstancesApi,     addCreateApi,        addLifecycleApi, addTerminalApi,
          addImagesApi,        addImageExchangeApi, addImageTransferApi, addDisksApi,     addAppliancesApi,
          addIsolationApi,     addMetricsApi,       addOperationsApi,    addActivityApi,  addMachinesApi,
          addControlGroupsApi, addWorkloadsApi,     addNamespacesApi,    addWallsApi,     addConnectionsApi})
        TRY(add(*this));
    server.setGate([this](const varlink::CallPointer& call, std::function<void()> proceed) {
        authorizer.authorize(call, [this, call, proceed = std::move(proceed)] { passOwner(call, proceed); });
    });
    TRY(makeDirectories(paths.state));
    if (auto opened = activity.open(paths.state + "/activity.sqlite"); !opened)
        logf(Level::Error, "no activity is kept: {}", opened.error().message);
    history.open(paths.state + "/metrics.sqlite");
    registry.watch([this](const Instance* before, const Instance* after) { instanceChanged(before, after); });
    for (auto& driver : services.drivers) {
        registry.add(*driver);
        meter.add(*driver);
    }
    if (services.connections) {
        registry.add(services.connections->driver());
        meter.add(services.connections->driver());
    }
    meter.watch([this] { measured(); });
    registry.start();
    meter.start();
    return {};
}

/// What a connection's process may is what its owner may: nobody else acts through it unasked. What it lists is seen by
/// whoever may look.
void Daemon::passOwner(const varlink::CallPointer& call, const std::function<void()>& proceed)
{
    if (services.connections)
        for (const std::string& id : connectionsOf(*this, call->parameters())) {
            auto found = services.connections->find(id);
            if (found && found->owner != call->peer().uid) {
                authorizer.require(call, "org.diptych.lifecycle.other", proceed);
                return;
            }
        }
    proceed();
}

/// Verb and object of a call, whatever its parameters look like: they have not been checked yet.
Authorizer::Details Daemon::describe(const varlink::Call& call) const
{
    Authorizer::Details details;
    details["verb"] = varlink::splitMethod(call.method()).second;
    const Json& parameters = call.parameters();
    auto text = [&parameters](const char* key) {
        auto it = parameters.find(key);
        return it != parameters.end() && it->is_string() ? it->get<std::string>() : std::string();
    };
    std::string id = text("id");
    auto ids = parameters.find("ids");
    if (id.empty() && ids != parameters.end() && ids->is_array() && !ids->empty() && (*ids)[0].is_string())
        id = (*ids)[0].get<std::string>();
    if (!id.empty())
        details["id"] = id;
    if (const Registry::Entry* entry = registry.find(id)) {
        details["object"] = entry->instance.spec.name;
        details["kind"] = toString(entry->instance.spec.kind);
    } else if (auto spec = parameters.find("spec"); spec != parameters.end() && spec->is_object()) {
        details["object"] =
            spec->contains("name") && (*spec)["name"].is_string() ? (*spec)["name"].get<std::string>() : "";
        details["image"] =
            spec->contains("image") && (*spec)["image"].is_string() ? (*spec)["image"].get<std::string>() : "";
    }
    for (const char* key : {"registry", "repository", "destination", "reference", "path", "name", "connection"})
        if (details["object"].empty())
            details["object"] = text(key);
    if (details["object"].empty()) // polkit's message names it
        details["object"] = id.empty() ? "an instance" : id;
    if (ids != parameters.end() && ids->is_array())
        details["count"] = std::to_string(ids->size());
    return details;
}

static std::string lowerFirst(std::string text)
{
    if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z')
        text[0] = static_cast<char>(text[0] - 'A' + 'a');
    return text;
}

ActivityEntry Daemon::entryFor(const varlink::Call& call, std::string verb) const
{
    ActivityEntry entry;
    entry.user = call.peer().uid;
    entry.process = fmt::format("{}[{}]", call.peer().command, call.peer().pid);
    const Permission* permission = permissionFor(call.method());
    entry.action = permission ? permission->action : "";
    entry.verb = lowerFirst(std::move(verb));
    return entry;
}

void Daemon::recordOutcome(ActivityEntry entry, const Status& outcome, int64_t nanoseconds)
{
    entry.outcome = outcome ? "ok" : outcome.error().code == Code::Cancelled ? "cancelled" : "failed";
    if (!outcome)
        entry.message = outcome.error().message;
    entry.nanoseconds = nanoseconds;
    activity.record(std::move(entry));
}

static bool runs(State state)
{
    return state == State::Running || state == State::Paused || state == State::Stopping;
}

void Daemon::instanceChanged(const Instance* before, const Instance* after)
{
    bool imageUse = !before || !after;
    checkForeign(before, after);
    if (after) {
        checkEnded(before, *after);
        checkStarted(*after);
    } else {
        activity.forget(before->id);
        meter.forget(before->id);
        history.forget(before->id, unixMilliseconds());
        kernelEvents.forget(before->id);
        wallCopies.putBackOf(before->id, "its container is gone");
        m_toMeasure.erase(before->id);
    }
    if (imageUse)
        imagesChanged.changed("");
}

/// Tells each end that nobody asked for exactly once, also those that happened while no helper ran.
void Daemon::checkEnded(const Instance* before, const Instance& after)
{
    if (runs(after.state) || after.finishedAt == 0 || !activity.firstSight(after.id, after.finishedAt))
        return;
    std::string held = operations.heldBy(after.id);
    if (!held.empty() && held != "start" && held != "create")
        return; // stop, kill, restart, delete: their own entry says it
    if (!after.exitCode && !after.problem.empty())
        return; // it never ran: the start that failed says why
    if (!before && (!after.managed || activity.fresh()))
        return; // somebody else's, or the log begins today: what ended before is no news
    recordEvent(after, after.oomKilled ? "oomKilled" : "exited", !after.oomKilled && after.exitCode == 0,
                after.oomKilled  ? "killed because it used more memory than its limit"
                : after.exitCode ? fmt::format("exit code {}", *after.exitCode)
                                 : "how it ended is not known");
}

/// What others did to a machine. What was there before the first list is no news.
void Daemon::checkForeign(const Instance* before, const Instance* after)
{
    const std::string verb = registry.isReady() ? foreignChange(before, after) : "";
    const Instance* one = after ? after : before;
    if (!verb.empty() && !operations.touched(one->id, one->spec.name))
        recordEvent(*one, verb, true,
                    verb == "installed" ? "the installer has ended, it starts from its disk"
                                        : "by another program that uses libvirt");
}

void Daemon::recordEvent(const Instance& instance, const std::string& verb, bool good, const std::string& message)
{
    ActivityEntry entry;
    entry.process = "diptychd";
    entry.action = "event";
    entry.verb = verb;
    entry.instance = instance.id;
    entry.subject = instance.spec.name;
    entry.kind = toString(instance.spec.kind);
    entry.outcome = good ? "ok" : "failed";
    entry.message = message;
    activity.record(std::move(entry));
}

/// After each second's sweep.
void Daemon::measured()
{
    history.feed(meter, unixMilliseconds());
    for (const KernelEvents::Event& event : kernelEvents.check(meter)) {
        // What ended is told by its end.
        const Registry::Entry* entry = registry.find(event.instance);
        if (entry && runs(entry->instance.state))
            recordEvent(entry->instance, event.verb, event.verb != "oomKilled", event.message);
    }
}

/// The entry point has just been reached: memory and disk now are what the wall costs before any work is done.
void Daemon::checkStarted(const Instance& after)
{
    if (after.state != State::Running || after.startNanoseconds == 0)
        return;
    auto known = activity.cost(after.id);
    if (known && known->startedAt == after.startedAt)
        return;
    m_toMeasure[after.id] = after.startedAt;
    measureCosts();
}

void Daemon::measureCosts()
{
    if (m_measuring || m_toMeasure.empty())
        return;
    m_measuring = true;
    auto wanted = std::exchange(m_toMeasure, {});
    std::map<std::string, Driver*> drivers;
    for (const auto& [id, since] : wanted) {
        if (const Registry::Entry* entry = registry.find(id))
            drivers[id] = entry->driver;
    }
    auto work = [wanted, drivers] {
        std::map<std::string, CostRecord> costs;
        std::set<Driver*> all;
        for (const auto& [id, driver] : drivers)
            all.insert(driver);
        for (Driver* driver : all) {
            for (const auto& [id, sample] : driver->sample()) {
                auto it = wanted.find(id);
                if (it != wanted.end())
                    costs[id] = {it->second, static_cast<int64_t>(sample.memory),
                                 static_cast<int64_t>(driver->diskBytes(id).value_or(0))};
            }
        }
        return costs;
    };
    workers.run(std::move(work), [this, alive = m_alive](std::map<std::string, CostRecord> costs) {
        if (!*alive)
            return;
        for (const auto& [id, cost] : costs)
            activity.keepCost(id, cost);
        m_measuring = false;
        measureCosts();
    });
}

const Registry::Entry* findOrAnswer(Daemon& daemon, const varlink::CallPointer& call, const std::string& id)
{
    const Registry::Entry* entry = daemon.registry.find(id);
    if (!entry)
        call->error(Error{Code::NotFound, fmt::format("there is no instance {}", id), {}, 0});
    return entry;
}

} // namespace diptych
