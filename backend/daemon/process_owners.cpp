#include "daemon/process_owners.h"

#include "isolation/workloads.h"

namespace diptych {

ProcessOwners::ProcessOwners(const std::vector<NamespaceSource::Known>& instances)
{
    isolation::HostIdentity host = isolation::identifyHost();
    add("host", host.hostname, "host", "host");
    std::set<std::string> groups;
    std::set<int> pids;
    for (const NamespaceSource::Known& one : instances) {
        size_t place = add(one.id, one.name, one.kind == Kind::Machine ? "machine" : "container", "diptych");
        if (!one.group.empty() && one.group != "/") {
            m_groups.emplace(one.group, place);
            groups.insert(one.group);
        }
        m_pids.emplace(one.pid, place);
        pids.insert(one.pid);
    }
    isolation::ResourceSources sources;
    if (auto hierarchies = cgroups::findHierarchies())
        sources.hierarchies = std::move(*hierarchies);
    for (const isolation::Workload& one : isolation::findWorkloads(host, sources, groups, pids)) {
        size_t place = add(idOf(one), one.name, one.form, one.maker);
        for (int pid : one.processes)
            m_pids.emplace(pid, place);
    }
}

size_t ProcessOwners::add(const std::string& id, const std::string& name, const std::string& form,
                          const std::string& maker)
{
    m_json.push_back({{"id", id}, {"name", name}, {"form", form}, {"maker", maker}});
    return m_json.size() - 1;
}

size_t ProcessOwners::of(int pid, const std::string& group) const
{
    if (auto known = m_pids.find(pid); known != m_pids.end())
        return known->second;
    for (std::string path = group; path.size() > 1; path.erase(path.rfind('/')))
        if (auto known = m_groups.find(path); known != m_groups.end())
            return known->second;
    return 0;
}

} // namespace diptych
