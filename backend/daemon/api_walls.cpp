// org.diptych.Walls
#include "base/log.h"
#include "base/names.h"
#include "daemon/daemon.h"

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;

namespace {

void listWalls(Daemon& daemon, const CallPointer& call)
{
    ask(
        daemon, call, [](Driver& driver, const std::string& id) { return driver.walls(id); },
        [&daemon, id = call->parameters()["id"].get<std::string>()](const std::vector<WallChoice>& choices) {
            Json walls = Json::array(), copies = Json::array();
            for (const WallChoice& one : choices)
                walls.push_back({{"name", one.name}, {"missing", one.missing}});
            for (const WallCopy* copy : daemon.wallCopies.all())
                if (copy->instance == id)
                    copies.push_back(toJson(*copy));
            return Json{{"walls", std::move(walls)}, {"copies", std::move(copies)}};
        });
}

/// The copy as it will be kept, but for what only making it tells.
WallCopy wanted(const CallPointer& call, const Registry::Entry& entry)
{
    WallCopy copy;
    copy.id = newId();
    copy.instance = entry.instance.id;
    copy.name = entry.instance.spec.name;
    copy.walls = call->parameters()["walls"].get<std::vector<std::string>>();
    copy.driver = entry.driver;
    copy.user = call->peer().uid;
    return copy;
}

void keep(Daemon& daemon, WallCopy copy, const Json& made)
{
    copy.pid = made["pid"].get<int>();
    copy.cgroup = made["cgroup"].get<std::string>();
    copy.attempts = pairAttempts(made["with"], made["without"]);
    const std::string instance = copy.instance, id = copy.id;
    daemon.wallCopies.add(std::move(copy));
    if (!daemon.registry.find(instance))
        daemon.wallCopies.putBack(id, "its instance is gone");
}

void takeDown(Daemon& daemon, const CallPointer& call)
{
    const Registry::Entry* entry = findOrAnswer(daemon, call, call->parameters()["id"].get<std::string>());
    if (!entry)
        return;
    if (!daemon.wallCopies.reserve()) {
        call->error(Error{Code::Busy,
                          fmt::format("{} throw-away copies are there already: put one back first", WallCopies::kMost),
                          {},
                          0});
        return;
    }
    const WallCopy copy = wanted(call, *entry);
    Operations::Job job;
    job.verb = "takeDown";
    job.subject = copy.name;
    job.user = copy.user;
    job.cancellable = true;
    job.work = [&daemon, copy](Progress& progress) -> Result<Json> {
        Json made = TRY(copy.driver->takeDown(copy.instance, copy.id, copy.walls, progress));
        // Before the operation is told to have ended: both come over the loop, in order.
        daemon.loop.post([&daemon, copy, made] { keep(daemon, copy, made); });
        return Json{{"copy", copy.id}};
    };
    ActivityEntry done = daemon.entryFor(*call, "takeDown");
    done.instance = copy.instance;
    done.subject = copy.name;
    done.kind = toString(entry->instance.spec.kind);
    job.finished = [&daemon, done, copy](const Operation& operation, int64_t ns) mutable {
        if (operation.error)
            daemon.wallCopies.release();
        done.message = fmt::format("{}", fmt::join(copy.walls, ", "));
        daemon.recordOutcome(done, operation.error ? Status(tl::unexpected<Error>(*operation.error)) : Status(), ns);
    };
    call->reply({{"operation", daemon.operations.begin(std::move(job))}});
}

void putBack(Daemon& daemon, const CallPointer& call)
{
    const auto id = call->parameters()["copy"].get<std::string>();
    if (!daemon.wallCopies.find(id)) { // again: a dialog may have been open
        call->error(Error{Code::NotFound, "there is no such copy any more", {}, 0});
        return;
    }
    daemon.wallCopies.putBack(id, fmt::format("by {}[{}]", call->peer().command, call->peer().pid),
                              [call](const Status& gone) {
                                  if (gone)
                                      call->reply();
                                  else
                                      call->error(gone.error());
                              });
}

/// Putting a wall back takes nothing away from its owner; from others it does.
void mayPutBack(Daemon& daemon, const CallPointer& call)
{
    const WallCopy* copy = daemon.wallCopies.find(call->parameters()["copy"].get<std::string>());
    if (copy && copy->user != call->peer().uid && call->peer().uid != 0)
        daemon.authorizer.require(call, "org.diptych.lifecycle.other", [&daemon, call] { putBack(daemon, call); });
    else
        putBack(daemon, call);
}

} // namespace

Status addWallsApi(Daemon& daemon)
{
    daemon.wallCopies.watch([&daemon](const WallCopy& copy, const Status& gone, const std::string& why) {
        ActivityEntry entry;
        entry.process = "diptychd";
        entry.action = "event";
        entry.verb = "putBack";
        entry.user = copy.user;
        entry.instance = copy.instance;
        entry.subject = copy.name;
        entry.kind = toString(copy.driver->kind());
        entry.message = why;
        daemon.recordOutcome(entry, gone);
    });
    auto handle = [&daemon](const char* method, void (*work)(Daemon&, const CallPointer&)) {
        return daemon.server.handle(method, Mode::Plain, [&daemon, work](const CallPointer& call) {
            daemon.registry.whenReady([&daemon, work, call] { work(daemon, call); });
        });
    };
    TRY(handle("org.diptych.Walls.List", listWalls));
    TRY(handle("org.diptych.Walls.TakeDown", takeDown));
    return handle("org.diptych.Walls.PutBack", mayPutBack);
}

} // namespace diptych
