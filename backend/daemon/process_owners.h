// Whose a process is: an instance's, a workload's that nobody registered, or the machine's own. Made anew for each
// question; blocks while it looks for workloads.
#pragma once

#include "daemon/services.h"

#include <map>

namespace diptych {

class ProcessOwners final
{
public:
    explicit ProcessOwners(const std::vector<NamespaceSource::Known>& instances);

    /// Index into json(). group: the longest of its control groups.
    [[nodiscard]] size_t of(int pid, const std::string& group) const;
    /// [{"id", "name", "form", "maker"}]; the first is the host.
    [[nodiscard]] const Json& json() const { return m_json; }

private:
    size_t add(const std::string& id, const std::string& name, const std::string& form, const std::string& maker);

    Json m_json = Json::array();
    std::map<std::string, size_t> m_groups;
    std::map<int, size_t> m_pids;
};

} // namespace diptych
