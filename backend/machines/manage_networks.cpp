// libvirt's networks: NAT, routed, isolated, or a bridge of the host.
#include "machines/domain_read.h"
#include "machines/manager.h"
#include "machines/network_hosts.h"
#include "machines/network_ipv6.h"
#include "machines/xml.h"

#include "base/names.h"

#include <arpa/inet.h>
#include <map>
#include <set>

namespace diptych::machines {

namespace {

/// network -> names of the domains on it
std::map<std::string, std::set<std::string>> domainsByNetwork(virConnectPtr connection)
{
    std::map<std::string, std::set<std::string>> found;
    virDomainPtr* all = nullptr;
    int count = virConnectListAllDomains(connection, &all, 0);
    for (int i = 0; i < count; ++i) {
        DomainRef domain(all[i]);
        auto xml = xmlOf(domain.get(), 0);
        auto info = xml ? readDomain(*xml) : Result<DomainInfo>(fail(Code::Failed, ""));
        if (!info)
            continue;
        for (const InterfaceInfo& interface : info->interfaces)
            if (!interface.network.empty())
                found[interface.network].insert(info->name);
    }
    free(all);
    return found;
}

std::string modeOf(pugi::xml_node root)
{
    pugi::xml_node forward = root.child("forward");
    return forward ? forward.attribute("mode").as_string("nat") : "isolated";
}

int prefixOf(pugi::xml_node ip)
{
    if (ip.attribute("prefix"))
        return ip.attribute("prefix").as_int();
    in_addr mask{};
    if (inet_pton(AF_INET, ip.attribute("netmask").value(), &mask) != 1)
        return 0;
    return __builtin_popcount(mask.s_addr);
}

Json networkJson(virNetworkPtr network, const std::set<std::string>& users)
{
    CString text(virNetworkGetXMLDesc(network, 0));
    pugi::xml_document document;
    if (!text || !parseXml(text.get(), document))
        return {};
    pugi::xml_node root = document.child("network"), ip = addressOf(root, false),
                   range = ip.child("dhcp").child("range");
    pugi::xml_node six = addressOf(root, true), range6 = six.child("dhcp").child("range");
    int autostart = 0;
    virNetworkGetAutostart(network, &autostart);
    std::string address = ip.attribute("address").value();
    return {{"name", virNetworkGetName(network)},
            {"mode", modeOf(root)},
            {"bridge", root.child("bridge").attribute("name").value()},
            {"active", virNetworkIsActive(network) == 1},
            {"autostart", autostart == 1},
            {"address", address.empty() ? "" : fmt::format("{}/{}", address, prefixOf(ip))},
            {"dhcpStart", range.attribute("start").value()},
            {"dhcpEnd", range.attribute("end").value()},
            {"address6",
             six ? fmt::format("{}/{}", six.attribute("address").value(), six.attribute("prefix").as_int(64)) : ""},
            {"dhcp6Start", range6.attribute("start").value()},
            {"dhcp6End", range6.attribute("end").value()},
            {"users", users},
            {"domain", root.child("domain").attribute("name").value()},
            {"hosts", networkHosts(root)}};
}

std::string dotted(uint32_t host)
{
    in_addr address{htonl(host)};
    char text[INET_ADDRSTRLEN] = {};
    inet_ntop(AF_INET, &address, text, sizeof text);
    return text;
}

/// Left out or null: empty.
std::string optionalText(const Json& parameters, const char* name)
{
    auto found = parameters.find(name);
    return found != parameters.end() && found->is_string() ? found->get<std::string>() : std::string();
}

struct Range
{
    uint32_t first = 0, last = 0;
};

Result<uint32_t> addressIn(const Range& network, const std::string& text, const char* field)
{
    in_addr parsed{};
    if (inet_pton(AF_INET, text.c_str(), &parsed) != 1)
        return failField(field, "an address of the network, as 192.168.100.50");
    const uint32_t host = ntohl(parsed.s_addr);
    if (host < network.first || host > network.last)
        return failField(field,
                         fmt::format("an address between {} and {}", dotted(network.first), dotted(network.last)));
    return host;
}

/// Those asked for; else the longer side of the host's own address, at most what dnsmasq takes.
Result<Range> givenRange(const Range& network, uint32_t own, const Json& parameters)
{
    const std::string from = optionalText(parameters, "dhcpStart"), to = optionalText(parameters, "dhcpEnd");
    Range given;
    if (!from.empty() || !to.empty()) {
        given.first = TRY(addressIn(network, from, "dhcpStart"));
        given.last = TRY(addressIn(network, to, "dhcpEnd"));
        if (given.first > given.last)
            return failField("dhcpEnd", "it is below the first address");
        if (own >= given.first && own <= given.last)
            return failField("dhcpStart", "the host's own address is among them");
        return given;
    }
    const bool after = network.last - own >= own - network.first;
    given = {after ? own + 1 : network.first, after ? network.last : own - 1};
    if (given.first > given.last)
        return failField("address", "there is no room for guests beside the host");
    given.last = std::min(given.last, given.first + 65000);
    return given;
}

/// "192.168.100.1/24": the host's own address; the guests' follow it.
Status addAddress(pugi::xml_node root, const Json& parameters)
{
    const auto address = parameters["address"].get<std::string>();
    const bool dhcp = parameters["dhcp"].get<bool>();
    size_t slash = address.find('/');
    in_addr parsed{};
    char* end = nullptr;
    long prefix = slash == std::string::npos ? 0 : strtol(address.c_str() + slash + 1, &end, 10);
    bool good = slash != std::string::npos && end && *end == 0 && prefix >= 8 && prefix <= 30 &&
                inet_pton(AF_INET, address.substr(0, slash).c_str(), &parsed) == 1;
    uint32_t own = ntohl(parsed.s_addr), mask = ~uint32_t{0} << (32 - prefix);
    uint32_t first = (own & mask) + 1, last = (own | ~mask) - 1;
    if (!good || own < first || own > last)
        return failField("address", "an address of the network with its prefix, as 192.168.100.1/24 (prefix 8 to 30)");
    pugi::xml_node ip = element(root, "ip", {{"address", dotted(own)}, {"prefix", std::to_string(prefix)}});
    if (!dhcp)
        return {};
    const Range given = TRY(givenRange({first, last}, own, parameters));
    element(element(ip, "dhcp"), "range", {{"start", dotted(given.first)}, {"end", dotted(given.last)}});
    return {};
}

} // namespace

Result<NetworkRef> findNetwork(virConnectPtr connection, const std::string& name)
{
    NetworkRef found(virNetworkLookupByName(connection, name.c_str()));
    if (!found)
        return failLibvirt(fmt::format("network {}", name));
    return found;
}

Result<Json> listNetworks(Host& host, const Json& /*parameters*/, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    auto users = domainsByNetwork(connection.get());
    virNetworkPtr* all = nullptr;
    int count = virConnectListAllNetworks(connection.get(), &all, 0);
    if (count < 0)
        return failLibvirt("list networks");
    Json networks = Json::array();
    for (int i = 0; i < count; ++i) {
        NetworkRef network(all[i]);
        if (Json json = networkJson(network.get(), users[virNetworkGetName(network.get())]); !json.is_null())
            networks.push_back(std::move(json));
    }
    free(all);
    return Json{{"networks", std::move(networks)}};
}

Result<Json> listLeases(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    NetworkRef network = TRY(findNetwork(connection.get(), parameters["name"].get<std::string>()));
    virNetworkDHCPLeasePtr* all = nullptr;
    int count = virNetworkGetDHCPLeases(network.get(), nullptr, &all, 0);
    Json leases = Json::array();
    auto text = [](const char* value) { return value ? value : ""; };
    for (int i = 0; i < count; ++i) {
        leases.push_back({{"mac", text(all[i]->mac)},
                          {"address", text(all[i]->ipaddr)},
                          {"hostname", text(all[i]->hostname)},
                          {"expiresAt", int64_t{all[i]->expirytime} * 1000}});
        virNetworkDHCPLeaseFree(all[i]);
    }
    free(all);
    return Json{{"leases", std::move(leases)}};
}

Result<Json> createNetwork(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    auto name = parameters["name"].get<std::string>(), mode = parameters["mode"].get<std::string>();
    TRY(checkInstanceName(name));
    if (NetworkRef(virNetworkLookupByName(connection.get(), name.c_str())))
        return fail(Code::Exists, fmt::format("name: there is a network \"{}\" already", name));
    pugi::xml_document document;
    pugi::xml_node root = element(document, "network");
    textElement(root, "name", name);
    if (mode != "isolated")
        element(root, "forward", {{"mode", mode}});
    if (mode == "bridge") {
        auto bridge = parameters["bridge"].get<std::string>();
        if (bridge.empty() || bridge.size() > 15 || !checkInstanceName(bridge, "bridge"))
            return failField("bridge", "the name of a bridge of the host");
        element(root, "bridge", {{"name", bridge}});
    } else {
        if (const std::string domain = optionalText(parameters, "domain"); !domain.empty()) {
            TRY(checkHostName(domain, "domain"));
            element(root, "domain", {{"name", domain}, {"localOnly", "yes"}});
        }
        TRY(addAddress(root, parameters));
        if (const std::string six = optionalText(parameters, "address6"); !six.empty()) {
            TRY(addIpv6(root, six, parameters.value("dhcp6", false)));
            if (mode == "nat") // else only IPv4 would be translated, and addresses of one's own lead nowhere
                element(root.child("forward"), "nat", {{"ipv6", "yes"}});
        }
    }
    NetworkRef network(virNetworkDefineXML(connection.get(), writeXml(root).c_str()));
    if (!network)
        return failLibvirt(fmt::format("define network {}", name));
    if (virNetworkCreate(network.get()) < 0) {
        Error error = libvirtError(fmt::format("start network {}", name));
        virNetworkUndefine(network.get());
        return tl::unexpected<Error>(std::move(error));
    }
    virNetworkSetAutostart(network.get(), 1);
    return Json::object();
}

Result<Json> changeNetwork(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    auto name = parameters["name"].get<std::string>(), change = parameters["change"].get<std::string>();
    NetworkRef network = TRY(findNetwork(connection.get(), name));
    int outcome = change == "start"       ? virNetworkCreate(network.get())
                  : change == "stop"      ? virNetworkDestroy(network.get())
                  : change == "autostart" ? virNetworkSetAutostart(network.get(), 1)
                                          : virNetworkSetAutostart(network.get(), 0);
    if (outcome < 0)
        return failLibvirt(fmt::format("network {}", name));
    return Json::object();
}

Result<Json> deleteNetwork(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    auto name = parameters["name"].get<std::string>();
    NetworkRef network = TRY(findNetwork(connection.get(), name));
    auto users = domainsByNetwork(connection.get())[name];
    if (!users.empty())
        return fail(Code::Busy, fmt::format("{} is used by {}", name, fmt::join(users, ", ")));
    if (virNetworkIsActive(network.get()) == 1 && virNetworkDestroy(network.get()) < 0)
        return failLibvirt(fmt::format("stop network {}", name));
    if (virNetworkIsPersistent(network.get()) == 1 && virNetworkUndefine(network.get()) < 0)
        return failLibvirt(fmt::format("remove network {}", name));
    return Json::object();
}

} // namespace diptych::machines
