#include "daemon/workload_source.h"

#include "base/files.h"
#include "base/process.h"
#include "containers/processes.h"
#include "isolation/workloads.h"

namespace diptych {

namespace {

using isolation::HostIdentity;
using isolation::ResourceSources;
using isolation::Workload;

ResourceSources freshSources()
{
    ResourceSources sources;
    if (auto hierarchies = cgroups::findHierarchies())
        sources.hierarchies = std::move(*hierarchies);
    return sources;
}

Json workloadJson(const Workload& w)
{
    return {{"id", idOf(w)},
            {"maker", w.maker},
            {"name", w.name},
            {"form", w.form},
            {"pid", w.pid},
            {"processes", w.processes.size()},
            {"command", w.command.substr(0, 256)},
            {"user", std::to_string(w.uid)},
            {"cgroup", w.group},
            {"namespaces", w.namespaces},
            {"limits", {{"cpus", w.cpus}, {"memory", w.memoryLimit}, {"pids", w.pidsLimit}}},
            {"memory", w.memory},
            {"startedAt", w.startedAt}};
}

class MachineWorkloads final : public WorkloadSource
{
public:
    Result<Json> list(const std::set<std::string>& groups, const std::set<int>& pids) override
    {
        Json list = Json::array();
        for (const Workload& w : isolation::findWorkloads(isolation::identifyHost(), freshSources(), groups, pids))
            list.push_back(workloadJson(w));
        return list;
    }

    Result<Found> find(const std::string& id) override
    {
        HostIdentity host = isolation::identifyHost();
        ResourceSources sources = freshSources();
        if (id == "host")
            return found(wholeHost(host), host, sources, id);
        for (const Workload& w : isolation::findWorkloads(host, sources))
            if (idOf(w) == id)
                return found(w, host, sources, id);
        return fail(Code::NotFound, fmt::format("what was {} has ended", id));
    }

private:
    static Workload wholeHost(const HostIdentity& host)
    {
        Workload w;
        w.pid = 1;
        w.name = host.hostname;
        w.form = w.maker = "host";
        w.command = commandLine("/proc/1", readFile("/proc/1/status").value_or(""));
        auto names = listDirectory("/proc");
        for (const std::string& name : names ? *names : std::vector<std::string>{})
            if (name.find_first_not_of("0123456789") == std::string::npos)
                w.processes.push_back(static_cast<int>(leadingNumber(name)));
        return w;
    }

    static Found found(const Workload& w, const HostIdentity& host, const ResourceSources& sources,
                       const std::string& id)
    {
        Found found;
        Instance& i = found.instance;
        i.id = id;
        i.spec.name = w.name;
        i.spec.kind = w.form == "machine" ? Kind::Machine : Kind::Container;
        i.state = State::Running;
        i.managed = false;
        i.pid = w.pid;
        i.cgroup = w.group;
        found.facts = isolation::outsideFacts(w, sources);
        // What runs inside a hypervisor only its own kernel knows.
        if (w.form != "machine")
            found.probe = isolation::outsideProbe(w, host, sources);
        found.processes = containers::readProcesses({w.processes.begin(), w.processes.end()}, 0);
        return found;
    }
};

} // namespace

std::unique_ptr<WorkloadSource> makeWorkloadSource()
{
    return std::make_unique<MachineWorkloads>();
}

} // namespace diptych
