// org.diptych.ControlGroups
#include "daemon/daemon.h"
#include "instances/json.h"

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;

namespace {

using GroupWork = std::function<Status(GroupSource&)>;

GroupSource* groupsOrAnswer(Daemon& daemon, const CallPointer& call)
{
    if (!daemon.services.groups)
        call->error(Error{Code::NotSupported, "this machine has no control groups mounted", {}, 0});
    return daemon.services.groups.get();
}

/// path -> instance, of those that run.
std::map<std::string, std::string> instanceGroups(const Daemon& daemon)
{
    std::map<std::string, std::string> groups;
    for (const auto& [id, entry] : daemon.registry.all())
        if (!entry.instance.cgroup.empty())
            groups[entry.instance.cgroup] = id;
    return groups;
}

Json groupJson(const GroupSource::Group& group, const std::string& instance)
{
    const cgroups::Node& node = group.node;
    const cgroups::Statistics& s = node.statistics;
    Json json = {{"path", node.path},
                 {"maker", group.maker},
                 {"name", group.name},
                 {"instance", instance},
                 {"processes", node.processes},
                 {"controllers", node.controllers},
                 {"limits", {{"cpus", node.cpus}, {"memory", s.memoryMax}, {"pids", s.pidsMax}}},
                 {"cpuWeight", node.cpuWeight},
                 {"cpuNanoseconds", s.cpuNanoseconds},
                 {"throttledNanoseconds", s.throttledNanoseconds},
                 {"memory", s.memory},
                 {"memoryPeak", s.memoryPeak},
                 {"memoryFile", s.memoryFile},
                 {"pids", s.pids},
                 {"readBytes", s.readBytes},
                 {"writtenBytes", s.writtenBytes},
                 {"oomKills", s.oomKills},
                 {"frozen", node.frozen},
                 {"protected", group.protectedBy.empty() && !instance.empty() ? "instance" : group.protectedBy}};
    if (node.pressure)
        json["pressure"] = {{"cpuSome", node.pressure->cpuSome},
                            {"memorySome", node.pressure->memorySome},
                            {"memoryFull", node.pressure->memoryFull},
                            {"ioSome", node.pressure->ioSome}};
    return json;
}

void listGroups(Daemon& daemon, const CallPointer& call)
{
    GroupSource* source = groupsOrAnswer(daemon, call);
    if (!source)
        return;
    daemon.workers.run([source] { return source->list(); },
                       [&daemon, call](const Result<GroupSource::Listing>& listing) {
                           if (!listing) {
                               call->error(listing.error());
                               return;
                           }
                           auto instances = instanceGroups(daemon);
                           Json groups = Json::array();
                           for (const GroupSource::Group& group : listing->groups) {
                               auto it = instances.find(group.node.path);
                               groups.push_back(groupJson(group, it == instances.end() ? "" : it->second));
                           }
                           call->reply({{"mode", listing->mode},
                                        {"time", listing->time},
                                        {"groups", std::move(groups)},
                                        {"more", listing->more}});
                       });
}

void listGroupProcesses(Daemon& daemon, const CallPointer& call)
{
    GroupSource* source = groupsOrAnswer(daemon, call);
    if (!source)
        return;
    daemon.workers.run(
        [source, path = call->parameters()["path"].get<std::string>()] { return source->processes(path); },
        [call](const Result<std::vector<GroupSource::Task>>& tasks) {
            if (!tasks) {
                call->error(tasks.error());
                return;
            }
            Json processes = Json::array();
            for (const GroupSource::Task& task : *tasks)
                processes.push_back({{"pid", task.process.pid},
                                     {"startTime", task.startTime},
                                     {"command", task.process.command},
                                     {"user", task.process.user},
                                     {"memory", task.process.memory},
                                     {"cpuSeconds", task.process.cpuSeconds}});
            call->reply({{"processes", std::move(processes)}});
        });
}

/// Recorded in the activity. An instance's own group is left to the instance's methods, whose state would be wrong
/// else.
void changeGroup(Daemon& daemon, const CallPointer& call, const char* verb, GroupWork work)
{
    GroupSource* source = groupsOrAnswer(daemon, call);
    if (!source)
        return;
    auto path = call->parameters()["path"].get<std::string>();
    auto instances = instanceGroups(daemon);
    if (auto it = instances.find(path); it != instances.end()) {
        const Registry::Entry* entry = daemon.registry.find(it->second);
        call->error(Error{Code::WrongState,
                          fmt::format("{} is the group of {}: change that instance", path,
                                      entry ? entry->instance.spec.name : it->second),
                          {},
                          0});
        return;
    }
    ActivityEntry entry = daemon.entryFor(*call, verb);
    entry.subject = path;
    daemon.workers.run([source, work = std::move(work)] { return work(*source); },
                       [&daemon, call, entry](const Status& changed) {
                           daemon.recordOutcome(entry, changed);
                           if (changed)
                               call->reply();
                           else
                               call->error(changed.error());
                       });
}

void limitGroup(Daemon& daemon, const CallPointer& call)
{
    auto limits = limitsFrom(JsonReader(call->parameters()["limits"], "limits"));
    Status good = limits ? checkLimits(*limits, Kind::Container) : Status(tl::unexpected<Error>(limits.error()));
    if (!good) {
        call->error(good.error());
        return;
    }
    changeGroup(daemon, call, "limitGroup",
                [path = call->parameters()["path"].get<std::string>(), l = *limits](GroupSource& s) {
                    return s.setLimits(path, l);
                });
}

void freezeGroup(Daemon& daemon, const CallPointer& call, bool frozen)
{
    changeGroup(daemon, call, frozen ? "freezeGroup" : "thawGroup",
                [path = call->parameters()["path"].get<std::string>(), frozen](GroupSource& s) {
                    return s.freeze(path, frozen);
                });
}

void moveProcess(Daemon& daemon, const CallPointer& call)
{
    auto pid = call->parameters()["pid"].get<int64_t>();
    auto startTime = call->parameters()["startTime"].get<int64_t>();
    if (pid <= 1 || pid > (1 << 22)) {
        call->error(Error{Code::InvalidArgument, fmt::format("{} is no process that can be moved", pid), "pid", 0});
        return;
    }
    changeGroup(daemon, call, "moveProcess",
                [path = call->parameters()["path"].get<std::string>(), pid, startTime](GroupSource& s) {
                    return s.move(static_cast<int>(pid), static_cast<uint64_t>(startTime), path);
                });
}

} // namespace

Status addControlGroupsApi(Daemon& daemon)
{
    auto handle = [&daemon](const char* method, std::function<void(Daemon&, const CallPointer&)> work) {
        return daemon.server.handle(method, Mode::Plain, [&daemon, work](const CallPointer& call) {
            daemon.registry.whenReady([&daemon, work, call] { work(daemon, call); });
        });
    };
    TRY(handle("org.diptych.ControlGroups.List", listGroups));
    TRY(handle("org.diptych.ControlGroups.ListProcesses", listGroupProcesses));
    TRY(handle("org.diptych.ControlGroups.SetLimits", limitGroup));
    TRY(handle("org.diptych.ControlGroups.Freeze",
               [](Daemon& d, const CallPointer& call) { freezeGroup(d, call, true); }));
    TRY(handle("org.diptych.ControlGroups.Thaw",
               [](Daemon& d, const CallPointer& call) { freezeGroup(d, call, false); }));
    TRY(handle("org.diptych.ControlGroups.Kill", [](Daemon& d, const CallPointer& call) {
        changeGroup(d, call, "killGroup",
                    [path = call->parameters()["path"].get<std::string>()](GroupSource& s) { return s.kill(path); });
    }));
    return handle("org.diptych.ControlGroups.MoveProcess", moveProcess);
}

} // namespace diptych
