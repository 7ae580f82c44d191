// org.diptych.Instances: what changes instances that exist.
#include "base/names.h"
#include "daemon/daemon.h"
#include "instances/json.h"

#include <thread>

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;

namespace {

using Work = std::function<Status(Driver&, const std::string& id, Progress&)>;

struct Verb
{
    std::string name;
    bool cancellable = false, overrides = false;
};

Operations::Job jobFor(Daemon& daemon, const CallPointer& call, const std::string& id, const Verb& verb,
                       const Work& work)
{
    Operations::Job job;
    job.verb = verb.name;
    job.user = call->peer().uid;
    job.instances = {id};
    job.cancellable = verb.cancellable;
    job.overrides = verb.overrides;
    ActivityEntry entry = daemon.entryFor(*call, verb.name);
    entry.instance = id;
    const Registry::Entry* found = daemon.registry.find(id);
    job.subject = found ? found->instance.spec.name : id;
    entry.subject = job.subject;
    entry.kind = found ? toString(found->instance.spec.kind) : "";
    if (found)
        job.work = [driver = found->driver, id, work](Progress& progress) -> Result<Json> {
            TRY(work(*driver, id, progress));
            return Json();
        };
    else
        job.work = [id](Progress&) -> Result<Json> {
            return fail(Code::NotFound, fmt::format("there is no instance {}", id));
        };
    job.finished = [&daemon, entry, id](const Operation& operation, int64_t ns) {
        daemon.recordOutcome(entry, operation.error ? Status(tl::unexpected<Error>(*operation.error)) : Status(), ns);
        daemon.registry.refresh(id);
    };
    return job;
}

/// An operation for each id; the same id twice is one.
void beginEach(Daemon& daemon, const CallPointer& call, const Verb& verb, const Work& work)
{
    Json operations = Json::array();
    std::set<std::string> done;
    for (const Json& id : call->parameters()["ids"]) {
        if (done.insert(id.get<std::string>()).second)
            operations.push_back(daemon.operations.begin(jobFor(daemon, call, id.get<std::string>(), verb, work)));
    }
    call->reply({{"operations", std::move(operations)}});
}

Result<std::chrono::milliseconds> timeoutOf(const Json& parameters)
{
    auto it = parameters.find("timeout");
    if (it == parameters.end() || it->is_null())
        return std::chrono::milliseconds(10000);
    auto timeout = it->get<int64_t>();
    if (timeout < 0 || timeout > 3600000)
        return failField("timeout", "timeout is 0 to 3600000 ms");
    return std::chrono::milliseconds(timeout);
}

void stop(Daemon& daemon, const CallPointer& call, bool startAgain)
{
    auto timeout = timeoutOf(call->parameters());
    if (!timeout) {
        call->error(timeout.error());
        return;
    }
    Work work = [t = *timeout, startAgain](Driver& driver, const std::string& id, Progress& progress) -> Status {
        // Restarting what does not run is starting it.
        Instance now = TRY(driver.describe(id));
        bool running = now.state != State::Stopped && now.state != State::Broken;
        if (running || !startAgain)
            TRY(driver.stop(id, t, progress));
        return startAgain ? driver.start(id, progress) : Status();
    };
    beginEach(daemon, call, {startAgain ? "restart" : "stop", true, false}, work);
}

void kill(Daemon& daemon, const CallPointer& call)
{
    auto it = call->parameters().find("signal");
    int64_t signal = it == call->parameters().end() || it->is_null() ? 9 : it->get<int64_t>();
    if (signal < 1 || signal > 64) {
        call->error(Error{Code::InvalidArgument, "signal is 1 to 64", "signal", 0});
        return;
    }
    // Only the signal that ends it pushes others aside.
    beginEach(daemon, call, {"kill", false, signal == 9}, [signal](Driver& driver, const std::string& id, Progress&) {
        return driver.kill(id, static_cast<int>(signal));
    });
}

/// Kills and waits until nothing runs any more.
Status killFirst(Driver& driver, const std::string& id)
{
    for (int i = 0; i < 100; ++i) {
        Instance instance = TRY(driver.describe(id));
        if (instance.state == State::Stopped || instance.state == State::Broken)
            return {};
        if (i == 0)
            TRY(driver.kill(id, 9));
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return fail(Code::TimedOut, "it was killed 10 s ago and has not ended");
}

void remove(Daemon& daemon, const CallPointer& call)
{
    bool force = call->parameters()["force"].get<bool>();
    bool disks = call->parameters()["disks"].get<bool>();
    Driver* others[] = {daemon.registry.driver(Kind::Container), daemon.registry.driver(Kind::Machine)};
    Work work = [force, disks, others](Driver& driver, const std::string& id, Progress&) -> Status {
        Instance instance = TRY(driver.describe(id));
        if (force)
            TRY(killFirst(driver, id));
        TRY(driver.remove(id, instance.managed || disks));
        for (Driver* other : others) { // what is left of a twin stands alone; it may be gone itself
            if (other && !instance.spec.twin.empty() && other->kind() != instance.spec.kind)
                (void)other->setTwin(instance.spec.twin, "");
        }
        return {};
    };
    beginEach(daemon, call, {"delete", false, force}, work);
}

/// A short change that is no operation: holds the instance, or Busy.
void change(Daemon& daemon, const CallPointer& call, const std::string& verb,
            std::function<Status(Driver&, const std::string&)> work)
{
    auto id = call->parameters()["id"].get<std::string>();
    const Registry::Entry* found = findOrAnswer(daemon, call, id);
    if (!found)
        return;
    ActivityEntry entry = daemon.entryFor(*call, verb);
    entry.instance = id;
    entry.subject = found->instance.spec.name;
    entry.kind = toString(found->instance.spec.kind);
    if (!daemon.operations.hold(id)) {
        call->error(Error{Code::Busy, fmt::format("another operation holds {}", entry.subject), {}, 0});
        return;
    }
    daemon.workers.run([driver = found->driver, id, work = std::move(work)] { return work(*driver, id); },
                       [&daemon, call, id, entry](Status changed) {
                           daemon.operations.release(id);
                           daemon.registry.refresh(id);
                           daemon.recordOutcome(entry, changed);
                           if (changed)
                               call->reply();
                           else
                               call->error(changed.error());
                       });
}

void rename(Daemon& daemon, const CallPointer& call)
{
    auto name = call->parameters()["name"].get<std::string>();
    Status good = checkInstanceName(name);
    const Registry::Entry* other = daemon.registry.findName(name);
    if (good && other && other->instance.id == call->parameters()["id"].get<std::string>()) {
        call->reply();
        return;
    }
    if (good && (other || daemon.reservedNames.count(name)))
        good = fail(Code::Exists, fmt::format("name: there is an instance \"{}\" already", name));
    if (!good) {
        call->error(good.error());
        return;
    }
    change(daemon, call, "rename", [name](Driver& driver, const std::string& id) { return driver.rename(id, name); });
}

void setLimits(Daemon& daemon, const CallPointer& call)
{
    const Registry::Entry* found = findOrAnswer(daemon, call, call->parameters()["id"].get<std::string>());
    if (!found)
        return;
    auto limits = limitsFrom(JsonReader(call->parameters()["limits"], "limits"));
    Status good =
        limits ? checkLimits(*limits, found->instance.spec.kind) : Status(tl::unexpected<Error>(limits.error()));
    if (!good) {
        call->error(good.error());
        return;
    }
    change(daemon, call, "setLimits",
           [wanted = *limits](Driver& driver, const std::string& id) { return driver.setLimits(id, wanted); });
}

} // namespace

Status addLifecycleApi(Daemon& daemon)
{
    auto handle = [&daemon](const char* method, std::function<void(Daemon&, const CallPointer&)> work) {
        return daemon.server.handle(method, Mode::Plain, [&daemon, work](const CallPointer& call) {
            daemon.registry.whenReady([&daemon, work, call] { work(daemon, call); });
        });
    };
    auto each = [](Verb verb, Work work) {
        return [verb, work](Daemon& d, const CallPointer& call) { beginEach(d, call, verb, work); };
    };
    TRY(handle(
        "org.diptych.Instances.Start",
        each({"start", true, false}, [](Driver& d, const std::string& id, Progress& p) { return d.start(id, p); })));
    TRY(handle("org.diptych.Instances.Pause",
               each({"pause", false, false}, [](Driver& d, const std::string& id, Progress&) { return d.pause(id); })));
    TRY(handle("org.diptych.Instances.Resume", each({"resume", false, false}, [](Driver& d, const std::string& id,
                                                                                 Progress&) { return d.resume(id); })));
    TRY(handle("org.diptych.Instances.Stop", [](Daemon& d, const CallPointer& call) { stop(d, call, false); }));
    TRY(handle("org.diptych.Instances.Restart", [](Daemon& d, const CallPointer& call) { stop(d, call, true); }));
    TRY(handle("org.diptych.Instances.Kill", kill));
    TRY(handle("org.diptych.Instances.Delete", remove));
    TRY(handle("org.diptych.Instances.Rename", rename));
    return handle("org.diptych.Instances.SetLimits", setLimits);
}

} // namespace diptych
