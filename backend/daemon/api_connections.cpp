// org.diptych.Connections
#include "daemon/daemon.h"

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;

namespace {

Json connectionJson(const ConnectionInfo& info)
{
    Json lacks = Json::array();
    for (const Lack& lack : info.lacks)
        lacks.push_back({{"feature", lack.feature}, {"reason", lack.reason}});
    return {{"id", info.id},
            {"name", info.name},
            {"uri", info.uri},
            {"owner", info.owner},
            {"active", info.active},
            {"state", info.state},
            {"problem", info.problem},
            {"driver", info.driver},
            {"host", info.host},
            {"version", info.version},
            {"domains", info.domains},
            {"answeredAt", info.answeredAt},
            {"lacks", std::move(lacks)}};
}

Json allConnections(const Daemon& daemon)
{
    Json all = Json::array();
    if (daemon.services.connections)
        for (const ConnectionInfo& info : daemon.services.connections->list())
            all.push_back(connectionJson(info));
    return {{"connections", std::move(all)}};
}

/// work on a worker: it writes a file, and may wait for a process to end.
template <typename Work, typename Reply>
void changeConnections(Daemon& daemon, const CallPointer& call, const char* verb, const std::string& subject, Work work,
                       Reply reply)
{
    ActivityEntry entry = daemon.entryFor(*call, verb);
    entry.subject = subject;
    if (!daemon.services.connections) {
        call->error(Error{Code::NotSupported, "this helper has no libvirt", {}, 0});
        return;
    }
    daemon.workers.run([work, connections = daemon.services.connections.get()] { return work(*connections); },
                       [&daemon, call, entry, reply](const auto& done) {
                           daemon.recordOutcome(entry, done ? Status() : Status(tl::unexpected<Error>(done.error())));
                           if (done)
                               call->reply(reply(done));
                           else
                               call->error(done.error());
                       });
}

std::string nameOfConnection(const Daemon& daemon, const std::string& id)
{
    auto found = daemon.services.connections ? daemon.services.connections->find(id) : std::nullopt;
    return found ? found->name : id;
}

void addConnection(Daemon& daemon, const CallPointer& call)
{
    auto name = call->parameters()["name"].get<std::string>(), uri = call->parameters()["uri"].get<std::string>();
    changeConnections(
        daemon, call, "addConnection", name,
        [name, uri, owner = call->peer().uid](Connections& all) { return all.add(name, uri, owner); },
        [](const Result<std::string>& id) {
            return Json{{"id", *id}};
        });
}

void removeConnection(Daemon& daemon, const CallPointer& call)
{
    auto id = call->parameters()["connection"].get<std::string>();
    changeConnections(
        daemon, call, "removeConnection", nameOfConnection(daemon, id),
        [id](Connections& all) { return all.remove(id); }, [](const Status&) { return Json::object(); });
}

void setConnectionActive(Daemon& daemon, const CallPointer& call)
{
    auto id = call->parameters()["connection"].get<std::string>();
    bool active = call->parameters()["active"].get<bool>();
    changeConnections(
        daemon, call, active ? "openConnection" : "closeConnection", nameOfConnection(daemon, id),
        [id, active](Connections& all) { return all.setActive(id, active); },
        [](const Status&) { return Json::object(); });
}

/// Whose pools or networks have changed.
Status addPlaces(Daemon& daemon)
{
    auto fan = std::make_shared<Fan>(daemon.loop, std::chrono::milliseconds(100));
    const auto tell = [fan = std::weak_ptr<Fan>(fan), &loop = daemon.loop](const std::string& id) {
        loop.post([fan, id] {
            if (auto there = fan.lock())
                there->changed(id);
        });
    };
    if (daemon.services.connections)
        daemon.services.connections->setPlaceListener(tell);
    if (daemon.services.virtualization)
        daemon.services.virtualization->setListener([tell] { tell(""); });
    return daemon.server.handle("org.diptych.Connections.SubscribePlaces", Mode::Stream,
                                [fan](const CallPointer& call) {
                                    call->stream(Json{{"connections", Json::array()}});
                                    fan->add(call, [](const CallPointer& to, const std::set<std::string>& ids) {
                                        to->stream(Json{{"connections", ids}});
                                    });
                                });
}

} // namespace

Status addConnectionsApi(Daemon& daemon)
{
    TRY(addPlaces(daemon));
    auto fan = std::make_shared<Fan>(daemon.loop, std::chrono::milliseconds(100));
    if (daemon.services.connections)
        daemon.services.connections->setListener([fan = std::weak_ptr<Fan>(fan), &loop = daemon.loop] {
            loop.post([fan] {
                if (auto there = fan.lock())
                    there->changed("");
            });
        });
    TRY(daemon.server.handle("org.diptych.Connections.List", Mode::Plain,
                             [&daemon](const CallPointer& call) { call->reply(allConnections(daemon)); }));
    TRY(daemon.server.handle("org.diptych.Connections.Subscribe", Mode::Stream,
                             [&daemon, fan](const CallPointer& call) {
                                 call->stream(allConnections(daemon));
                                 fan->add(call, [&daemon](const CallPointer& to, const std::set<std::string>&) {
                                     to->stream(allConnections(daemon));
                                 });
                             }));
    auto handle = [&daemon](const char* method, void (*work)(Daemon&, const CallPointer&)) {
        return daemon.server.handle(method, Mode::Plain,
                                    [&daemon, work](const CallPointer& call) { work(daemon, call); });
    };
    TRY(handle("org.diptych.Connections.Add", addConnection));
    TRY(handle("org.diptych.Connections.Remove", removeConnection));
    return handle("org.diptych.Connections.SetActive", setConnectionActive);
}

} // namespace diptych
