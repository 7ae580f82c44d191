#include "machines/network_hosts.h"
#include "machines/xml.h"

#include <arpa/inet.h>

namespace diptych::machines {

namespace {

struct NetworkHost
{
    bool dns = false;
    std::string mac, address, name;
};

bool isHardwareAddress(const std::string& text)
{
    unsigned parts[6] = {};
    int end = 0;
    return sscanf(text.c_str(), "%2x:%2x:%2x:%2x:%2x:%2x%n", &parts[0], &parts[1], &parts[2], &parts[3], &parts[4],
                  &parts[5], &end) == 6 &&
           end == int(text.size()) && end == 17;
}

Result<NetworkHost> readHost(const Json& parameters)
{
    const Json& json = parameters["host"];
    NetworkHost host{json["kind"] == "dns", json["mac"].get<std::string>(), json["address"].get<std::string>(),
                     json["name"].get<std::string>()};
    in6_addr parsed{};
    if (inet_pton(AF_INET, host.address.c_str(), &parsed) != 1 &&
        inet_pton(AF_INET6, host.address.c_str(), &parsed) != 1)
        return failField("host.address", "an address, as 192.168.100.50");
    if (!host.dns && !isHardwareAddress(host.mac))
        return failField("host.mac", "a MAC address is 52:54:00:12:34:56");
    if (host.dns || !host.name.empty())
        TRY(checkHostName(host.name, "host.name"));
    return host;
}

std::string xmlOfHost(const NetworkHost& host)
{
    pugi::xml_document document;
    pugi::xml_node root = element(document, "host");
    if (!host.dns)
        root.append_attribute("mac").set_value(host.mac.c_str());
    if (!host.dns && !host.name.empty())
        root.append_attribute("name").set_value(host.name.c_str());
    root.append_attribute("ip").set_value(host.address.c_str());
    if (host.dns)
        textElement(root, "hostname", host.name);
    return writeXml(root);
}

Result<Json> updateHosts(Host& host, const Json& parameters, virNetworkUpdateCommand command)
{
    ConnectRef connection = TRY(host.connection());
    NetworkRef network = TRY(findNetwork(connection.get(), parameters["name"].get<std::string>()));
    const NetworkHost wanted = TRY(readHost(parameters));
    unsigned flags = virNetworkIsActive(network.get()) == 1 ? VIR_NETWORK_UPDATE_AFFECT_LIVE : 0;
    if (virNetworkIsPersistent(network.get()) == 1)
        flags |= VIR_NETWORK_UPDATE_AFFECT_CONFIG;
    const auto section = wanted.dns ? VIR_NETWORK_SECTION_DNS_HOST : VIR_NETWORK_SECTION_IP_DHCP_HOST;
    if (virNetworkUpdate(network.get(), command, section, -1, xmlOfHost(wanted).c_str(), flags) < 0)
        return failLibvirt(fmt::format("network {}", virNetworkGetName(network.get())));
    return Json::object();
}

} // namespace

Json networkHosts(pugi::xml_node network)
{
    Json hosts = Json::array();
    for (pugi::xml_node ip : network.children("ip"))
        for (pugi::xml_node one : ip.child("dhcp").children("host"))
            hosts.push_back({{"kind", "lease"},
                             {"mac", one.attribute("mac").value()},
                             {"address", one.attribute("ip").value()},
                             {"name", one.attribute("name").value()}});
    for (pugi::xml_node one : network.child("dns").children("host"))
        for (pugi::xml_node name : one.children("hostname"))
            hosts.push_back(
                {{"kind", "dns"}, {"mac", ""}, {"address", one.attribute("ip").value()}, {"name", name.text().get()}});
    return hosts;
}

Status checkHostName(const std::string& name, const char* field)
{
    const bool good =
        !name.empty() && name.size() <= 253 && isalnum(static_cast<unsigned char>(name.front())) &&
        std::all_of(name.begin(), name.end(), [](unsigned char c) { return isalnum(c) || c == '-' || c == '.'; });
    return good ? Status() : failField(field, "a name of letters, digits, hyphens and dots");
}

Result<Json> addNetworkHost(Host& host, const Json& parameters, Progress& /*progress*/)
{
    return updateHosts(host, parameters, VIR_NETWORK_UPDATE_COMMAND_ADD_LAST);
}

Result<Json> removeNetworkHost(Host& host, const Json& parameters, Progress& /*progress*/)
{
    return updateHosts(host, parameters, VIR_NETWORK_UPDATE_COMMAND_DELETE);
}

} // namespace diptych::machines
