// The part of WallCalls that is org.diptych.Namespaces.
#include "client/decode.h"
#include "client/encode.h"
#include "client/varlink_walls.h"

namespace diptych::client {

namespace {

IdRange decodeIdRange(const Json& json)
{
    return {integer(json, "inside"), integer(json, "outside"), integer(json, "count")};
}

NamespaceHolder decodeHolder(const Json& json)
{
    return {text(json, "how"), number(json, "pid"), text(json, "path")};
}

Namespace decodeNamespace(const Json& json)
{
    Namespace one{.id = text(json, "id"),
                  .kind = text(json, "kind"),
                  .host = boolean(json, "host"),
                  .owner = text(json, "owner"),
                  .parent = text(json, "parent"),
                  .creator = {},
                  .uidMap = list(json, "uidMap", decodeIdRange),
                  .gidMap = list(json, "gidMap", decodeIdRange),
                  .processes = number(json, "processes"),
                  .holders = list(json, "holders", decodeHolder)};
    if (const Json& creator = member(json, "creator"); creator.is_number())
        one.creator = toInteger(creator);
    return one;
}

NamespaceMember decodeMember(const Json& json)
{
    return {number(json, "pid"), text(json, "user"), text(json, "command"), number(json, "owner"),
            texts(json, "namespaces")};
}

NamespaceOwner decodeOwner(const Json& json)
{
    return {text(json, "id"), text(json, "name"), text(json, "form"), text(json, "maker")};
}

QList<int> decodeIndexes(const Json& json, const char* key)
{
    return list(json, key, [](const Json& one) { return int(toInteger(one)); });
}

NetworkInterface decodeInterface(const Json& json)
{
    return {.netns = text(json, "netns"),
            .index = number(json, "index"),
            .name = text(json, "name"),
            .kind = text(json, "kind"),
            .mac = text(json, "mac"),
            .mtu = number(json, "mtu"),
            .up = boolean(json, "up"),
            .carrier = boolean(json, "carrier"),
            .master = number(json, "master"),
            .link = number(json, "link"),
            .peerNamespace = text(json, "peerNamespace"),
            .addresses = texts(json, "addresses"),
            .receivedBytes = integer(json, "receivedBytes"),
            .sentBytes = integer(json, "sentBytes"),
            .openers = list(json, "openers", [](const Json& one) {
                return NetworkInterface::Opener{number(one, "pid"), number(one, "owner")};
            })};
}

NetworkNamespace decodeNetwork(const Json& json)
{
    return {.id = text(json, "id"),
            .host = boolean(json, "host"),
            .path = text(json, "path"),
            .problem = text(json, "problem"),
            .owners = decodeIndexes(json, "owners"),
            .processes = number(json, "processes"),
            .kept = text(json, "kept"),
            .moreRoutes = boolean(json, "moreRoutes")};
}

Route decodeRoute(const Json& json)
{
    return {.netns = text(json, "netns"),
            .destination = text(json, "destination"),
            .kind = text(json, "kind"),
            .gateway = text(json, "gateway"),
            .index = number(json, "index"),
            .source = text(json, "source"),
            .metric = number(json, "metric")};
}

/// Indexes that lead nowhere are left out.
Wiring decodeWiring(const Json& json)
{
    Wiring wiring{.namespaces = list(json, "namespaces", decodeNetwork),
                  .interfaces = list(json, "interfaces", decodeInterface),
                  .routes = list(json, "routes", decodeRoute),
                  .owners = list(json, "owners", decodeOwner),
                  .time = integer(json, "time")};
    const auto unknown = [&wiring](int owner) { return owner < 0 || owner >= wiring.owners.size(); };
    for (NetworkNamespace& one : wiring.namespaces)
        one.owners.removeIf(unknown);
    for (NetworkInterface& one : wiring.interfaces)
        one.openers.removeIf([&unknown](const NetworkInterface::Opener& opener) { return unknown(opener.owner); });
    return wiring;
}

NamespaceListing decodeListing(const Json& json)
{
    NamespaceListing listing{.namespaces = list(json, "namespaces", decodeNamespace),
                             .members = list(json, "members", decodeMember),
                             .owners = list(json, "owners", decodeOwner),
                             .unreadable = number(json, "unreadable")};
    const auto unknown = [&listing](const NamespaceMember& one) {
        return one.owner < 0 || one.owner >= listing.owners.size();
    };
    listing.members.removeIf(unknown);
    return listing;
}

} // namespace

void VarlinkWalls::namespaces(QObject* guard, Callback<NamespaceListing> done)
{
    m_client.call<NamespaceListing>(VarlinkClient::Gathering, "org.diptych.Namespaces.List", {}, guard, std::move(done),
                                    decodeListing);
}

void VarlinkWalls::namespaceRows(const QString& id, QObject* guard, Callback<IsolationReport> done)
{
    m_client.call<IsolationReport>(VarlinkClient::Gathering, "org.diptych.Namespaces.Describe", {{"id", encode(id)}},
                                   guard, std::move(done), [](const Json& json) {
                                       IsolationReport report = decodeReport(json);
                                       for (IsolationRow& row : report.rows)
                                           row.level = plainLevel;
                                       return report;
                                   });
}

void VarlinkWalls::wiring(QObject* guard, Callback<Wiring> done)
{
    m_client.call<Wiring>(VarlinkClient::Gathering, "org.diptych.Namespaces.ListInterfaces", {}, guard, std::move(done),
                          decodeWiring);
}

} // namespace diptych::client
