// org.diptych.Isolation: workloads of others
#include "daemon/outside.h"

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;

bool isOutside(const std::string& id)
{
    return id == "host" || id.starts_with("pid:");
}

static WorkloadSource* workloadsOrAnswer(Daemon& daemon, const CallPointer& call)
{
    if (!daemon.services.workloads)
        call->error(Error{Code::NotSupported, "this helper was built without evidence", {}, 0});
    return daemon.services.workloads.get();
}

void answerOutside(Daemon& daemon, const CallPointer& call, const std::string& id,
                   std::function<Result<Json>(const WorkloadSource::Found&)> make)
{
    WorkloadSource* source = workloadsOrAnswer(daemon, call);
    if (!source)
        return;
    daemon.workers.run([source, id, make = std::move(make)]() -> Result<Json> { return make(TRY(source->find(id))); },
                       [call](Result<Json> result) {
                           if (result)
                               call->reply(std::move(*result));
                           else
                               call->error(result.error());
                       });
}

static void listWorkloads(Daemon& daemon, const CallPointer& call)
{
    WorkloadSource* source = workloadsOrAnswer(daemon, call);
    if (!source)
        return;
    std::set<std::string> groups;
    std::set<int> pids;
    for (const auto& [id, entry] : daemon.registry.all()) {
        if (!entry.instance.cgroup.empty() && entry.instance.cgroup != "/")
            groups.insert(entry.instance.cgroup);
        if (entry.instance.pid > 0)
            pids.insert(entry.instance.pid);
    }
    for (const WallCopy* copy : daemon.wallCopies.all()) { // ours too
        groups.insert(copy->cgroup);
        pids.insert(copy->pid);
    }
    daemon.workers.run([source, groups, pids] { return source->list(groups, pids); },
                       [call](Result<Json> list) {
                           if (list)
                               call->reply({{"workloads", std::move(*list)}});
                           else
                               call->error(list.error());
                       });
}

Status addWorkloadsApi(Daemon& daemon)
{
    return daemon.server.handle("org.diptych.Isolation.ListWorkloads", Mode::Plain, [&daemon](const CallPointer& call) {
        daemon.registry.whenReady([&daemon, call] { listWorkloads(daemon, call); });
    });
}

} // namespace diptych
