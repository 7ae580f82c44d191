#include "daemon/namespace_source.h"

#include "base/clock.h"
#include "daemon/process_owners.h"
#include "isolation/namespaces.h"
#include "isolation/wiring.h"

#include <algorithm>
#include <map>
#include <set>

namespace diptych {

namespace {

using isolation::IdRange;
using isolation::Namespace;
using isolation::NamespaceHolder;
using isolation::NamespaceMember;
using isolation::NamespaceSurvey;

Json mapJson(const std::vector<IdRange>& map)
{
    Json list = Json::array();
    for (const IdRange& range : map)
        list.push_back({{"inside", range.inside}, {"outside", range.outside}, {"count", range.count}});
    return list;
}

Json namespaceJson(const Namespace& one)
{
    Json holders = Json::array();
    for (const NamespaceHolder& holder : one.holders)
        holders.push_back({{"how", holder.how}, {"pid", holder.pid}, {"path", holder.path}});
    Json json = {{"id", one.id},
                 {"kind", one.kind},
                 {"host", one.host},
                 {"owner", one.owner},
                 {"parent", one.parent},
                 {"uidMap", mapJson(one.uidMap)},
                 {"gidMap", mapJson(one.gidMap)},
                 {"processes", one.processes},
                 {"holders", std::move(holders)}};
    if (one.creator)
        json["creator"] = *one.creator;
    return json;
}

/// Who is in which network namespace.
std::map<std::string, std::set<size_t>> networkOwners(const NamespaceSurvey& survey, const ProcessOwners& owners,
                                                      const std::string& host)
{
    std::map<std::string, std::set<size_t>> inside;
    for (const NamespaceMember& member : survey.members) {
        auto net = std::find_if(member.namespaces.begin(), member.namespaces.end(),
                                [](const std::string& id) { return id.starts_with("net:"); });
        inside[net == member.namespaces.end() ? host : *net].insert(owners.of(member.pid, member.group));
    }
    return inside;
}

Json networkJson(const isolation::NetworkNamespace& one, const Namespace& known, const std::set<size_t>& inside)
{
    std::vector<size_t> order(inside.begin(), inside.end());
    if (!order.empty() && order.front() == 0)
        std::rotate(order.begin(), order.begin() + 1, order.end());
    std::string kept;
    if (known.processes == 0 && !known.holders.empty())
        kept = known.holders.front().path;
    return {{"id", one.id},
            {"host", one.host},
            {"path", one.path},
            {"owners", order},
            {"problem", one.problem},
            {"processes", known.processes},
            {"kept", std::move(kept)},
            {"moreRoutes", one.moreRoutes}};
}

Json routeJson(const isolation::Route& one)
{
    return {{"netns", one.netns}, {"destination", one.destination}, {"kind", one.kind},    {"gateway", one.gateway},
            {"index", one.index}, {"source", one.source},           {"metric", one.metric}};
}

Json openersJson(const std::vector<int>& holders, const NamespaceSurvey& survey, const ProcessOwners& owners)
{
    Json openers = Json::array();
    for (int pid : holders)
        for (const NamespaceMember& member : survey.members)
            if (member.pid == pid)
                openers.push_back({{"pid", pid}, {"owner", owners.of(pid, member.group)}});
    return openers;
}

Json interfaceJson(const isolation::Interface& one, Json openers)
{
    return {{"netns", one.netns},
            {"index", one.index},
            {"name", one.name},
            {"kind", one.kind},
            {"mac", one.mac},
            {"mtu", one.mtu},
            {"up", one.up},
            {"carrier", one.carrier},
            {"master", one.master},
            {"link", one.link},
            {"peerNamespace", one.peerNamespace},
            {"addresses", one.addresses},
            {"receivedBytes", one.receivedBytes},
            {"sentBytes", one.sentBytes},
            {"openers", std::move(openers)}};
}

class MachineNamespaces final : public NamespaceSource
{
public:
    Result<Json> list(const std::vector<Known>& instances) override
    {
        NamespaceSurvey survey = isolation::surveyNamespaces(isolation::identifyHost());
        ProcessOwners owners(instances);
        Json namespaces = Json::array(), members = Json::array();
        for (const Namespace& one : survey.namespaces)
            namespaces.push_back(namespaceJson(one));
        for (NamespaceMember& one : survey.members)
            members.push_back({{"pid", one.pid},
                               {"user", std::to_string(one.uid)},
                               {"command", std::move(one.command)},
                               {"owner", owners.of(one.pid, one.group)},
                               {"namespaces", std::move(one.namespaces)}});
        return Json{{"namespaces", std::move(namespaces)},
                    {"members", std::move(members)},
                    {"owners", owners.json()},
                    {"unreadable", survey.unreadable}};
    }

    Result<Json> describe(const std::string& id) override
    {
        NamespaceSurvey survey = isolation::surveyNamespaces(isolation::identifyHost());
        const Namespace* found = survey.find(id);
        if (!found)
            return fail(Code::NotFound, fmt::format("the namespace {} is gone", id));
        Json rows = Json::array();
        for (const isolation::Row& row : isolation::namespaceRows(*found))
            rows.push_back(isolation::toJson(row));
        return Json{{"rows", std::move(rows)}, {"measuredAt", unixMilliseconds()}};
    }

    Result<Json> interfaces(const std::vector<Known>& instances) override
    {
        NamespaceSurvey survey = isolation::surveyNamespaces(isolation::identifyHost());
        isolation::Wiring wiring = isolation::surveyWiring(survey);
        const int64_t time = monotonicNanoseconds();
        ProcessOwners owners(instances);
        std::map<std::string, const Namespace*> known;
        std::string host;
        for (const Namespace& one : survey.namespaces)
            known[one.id] = &one;
        for (const isolation::NetworkNamespace& one : wiring.namespaces)
            if (one.host)
                host = one.id;
        auto inside = networkOwners(survey, owners, host);
        Json namespaces = Json::array(), interfaces = Json::array(), routes = Json::array();
        for (const isolation::NetworkNamespace& one : wiring.namespaces)
            namespaces.push_back(networkJson(one, *known.at(one.id), inside[one.id]));
        for (const isolation::Interface& one : wiring.interfaces)
            interfaces.push_back(interfaceJson(one, openersJson(one.holders, survey, owners)));
        for (const isolation::Route& one : wiring.routes)
            routes.push_back(routeJson(one));
        return Json{{"namespaces", std::move(namespaces)},
                    {"interfaces", std::move(interfaces)},
                    {"routes", std::move(routes)},
                    {"owners", owners.json()},
                    {"time", time}};
    }
};

} // namespace

std::unique_ptr<NamespaceSource> makeNamespaceSource()
{
    return std::make_unique<MachineNamespaces>();
}

} // namespace diptych
