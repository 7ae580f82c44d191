#include "isolation/resources.h"

#include "base/files.h"
#include "base/process.h"
#include "cgroups/ceilings.h"
#include "isolation/resource_facts.h"

namespace diptych::isolation {

namespace {
constexpr size_t mostProcesses = 4096;
}

ResourceFacts::ResourceFacts(const Facts& all, const ResourceSources& from)
    : facts(all),
      sources(from),
      pid(static_cast<int>(leadingNumber(all.pid()))),
      guest(!all.domainType().empty()),
      m_group(all.outsideText({"cgroup", "path"}))
{
    if (m_group == "/")
        m_group.clear();
}

bool ResourceFacts::version1(const char* controller) const
{
    return cgroups::isVersion1(sources.hierarchies, controller);
}

std::string ResourceFacts::directory(const std::string& controller) const
{
    if (m_group.empty())
        return {};
    std::string found = cgroups::directoryOf(sources.hierarchies, controller, m_group);
    return !found.empty() && exists(found) ? found : std::string();
}

std::string ResourceFacts::groupIn(const std::string& controller) const
{
    if (!directory(controller).empty())
        return m_group;
    auto groups = controlGroups(std::to_string(pid), sources.proc);
    return groups[cgroups::isVersion1(sources.hierarchies, controller) ? controller : ""];
}

std::vector<int> ResourceFacts::processes() const
{
    std::vector<int> found;
    if (!m_group.empty())
        if (auto group = cgroups::Cgroup::open(sources.hierarchies, m_group))
            if (auto inside = group->processes())
                found.assign(inside->begin(), inside->end());
    // Of a workload without a group of its own.
    if (const Json* listed = facts.outside({"processes"}); found.empty() && listed && listed->is_array())
        for (const Json& one : *listed)
            if (auto number = Facts::numberOf(&one))
                found.push_back(static_cast<int>(*number));
    if (found.empty() && pid > 0)
        found.push_back(pid);
    if (found.size() > mostProcesses)
        found.resize(mostProcesses);
    return found;
}

Figure figure(const char* name, const char* part, std::optional<int64_t> bytes, const char* statement,
              std::map<std::string, std::string> values, std::vector<Evidence> evidence)
{
    return {name, part, bytes, makeRow(name, Wall::NotMeasured, statement, std::move(values), std::move(evidence))};
}

Resources resources(const Instance& instance, const Json* probe, const Json& hostFacts, const HostIdentity& host,
                    const ResourceSources& sources)
{
    const Json nothing;
    Facts facts(instance, probe ? *probe : nothing, hostFacts, host);
    ResourceFacts all(facts, sources);
    Resources result;
    addHostMemory(all, result.figures);
    addGuestMemory(all, result.figures);
    result.bounds = boundRows(all);
    return result;
}

Json toJson(const Resources& resources)
{
    Json figures = Json::array(), bounds = Json::array();
    for (const Figure& one : resources.figures) {
        Json json = toJson(one.row);
        json.erase("resource");
        json.erase("level");
        json["name"] = one.name;
        json["part"] = one.part;
        json["bytes"] = one.bytes ? Json(*one.bytes) : Json();
        figures.push_back(std::move(json));
    }
    for (const Row& row : resources.bounds)
        bounds.push_back(toJson(row));
    return {{"figures", std::move(figures)}, {"bounds", std::move(bounds)}};
}

} // namespace diptych::isolation
