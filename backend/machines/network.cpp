#include "machines/network.h"

#include "machines/xml.h"

#include <algorithm>
#include <arpa/inet.h>
#include <bit>
#include <set>

namespace diptych::machines {

namespace {

uint32_t parse(const char* text)
{
    in_addr address{};
    return inet_pton(AF_INET, text, &address) == 1 ? ntohl(address.s_addr) : 0;
}

std::string format(uint32_t address)
{
    in_addr value{htonl(address)};
    char text[INET_ADDRSTRLEN] = {};
    inet_ntop(AF_INET, &value, text, sizeof text);
    return text;
}

Result<std::string> networkXml(virNetworkPtr network)
{
    CString text(virNetworkGetXMLDesc(network, 0));
    if (!text)
        return failLibvirt("read the network's XML");
    return std::string(text.get());
}

pugi::xml_node ipv4(pugi::xml_node network)
{
    for (pugi::xml_node ip : network.children("ip")) {
        std::string_view family = ip.attribute("family").as_string("ipv4");
        if (family == "ipv4" && ip.child("dhcp"))
            return ip;
    }
    return {};
}

/// Addresses that clients hold by lease although nobody reserved them.
void addLeases(virNetworkPtr network, std::set<uint32_t>& taken)
{
    virNetworkDHCPLeasePtr* leases = nullptr;
    int count = virNetworkGetDHCPLeases(network, nullptr, &leases, 0);
    for (int i = 0; i < count; ++i) {
        taken.insert(parse(leases[i]->ipaddr));
        virNetworkDHCPLeaseFree(leases[i]);
    }
    if (count >= 0)
        free(leases);
}

Status updateHost(virNetworkPtr network, virNetworkUpdateCommand command, const Address& address)
{
    pugi::xml_document document;
    pugi::xml_node host = element(document, "host", {{"mac", address.mac}});
    if (!address.name.empty())
        host.append_attribute("name").set_value(address.name.c_str());
    host.append_attribute("ip").set_value(address.address.c_str());
    unsigned flags = 0;
    if (virNetworkIsActive(network) == 1)
        flags |= VIR_NETWORK_UPDATE_AFFECT_LIVE;
    if (virNetworkIsPersistent(network) == 1)
        flags |= VIR_NETWORK_UPDATE_AFFECT_CONFIG;
    if (virNetworkUpdate(network, command, VIR_NETWORK_SECTION_IP_DHCP_HOST, -1, writeXml(host).c_str(), flags) < 0)
        return failLibvirt(fmt::format("network {}", address.network));
    return {};
}

bool reserved(pugi::xml_node network, const char* attribute, const std::string& value)
{
    auto hosts = ipv4(network).child("dhcp").children("host");
    return std::any_of(hosts.begin(), hosts.end(),
                       [&](pugi::xml_node host) { return value == host.attribute(attribute).as_string(); });
}

/// What the network says of itself, and of mac's reservation if there is one.
Result<Address> describe(pugi::xml_node network, const std::string& mac)
{
    pugi::xml_node ip = ipv4(network);
    Address found;
    found.network = network.child_value("name");
    if (!ip)
        return fail(Code::NotSupported, fmt::format("network {} has no IPv4 addresses to give", found.network));
    found.gateway = ip.attribute("address").as_string();
    found.bridge = network.child("bridge").attribute("name").as_string();
    found.prefix = ip.attribute("prefix").as_uint(
        static_cast<unsigned>(std::popcount(parse(ip.attribute("netmask").as_string("255.255.255.0")))));
    for (pugi::xml_node host : ip.child("dhcp").children("host")) {
        if (mac != host.attribute("mac").as_string())
            continue;
        found.mac = mac;
        found.address = host.attribute("ip").as_string();
        found.name = host.attribute("name").as_string();
    }
    return found;
}

std::vector<uint32_t> freeAddresses(virNetworkPtr handle, pugi::xml_node network)
{
    pugi::xml_node ip = ipv4(network);
    std::set<uint32_t> taken{parse(ip.attribute("address").as_string())};
    for (pugi::xml_node host : ip.child("dhcp").children("host"))
        taken.insert(parse(host.attribute("ip").as_string()));
    addLeases(handle, taken);
    std::vector<uint32_t> free;
    for (pugi::xml_node range : ip.child("dhcp").children("range")) {
        uint32_t last = parse(range.attribute("end").as_string());
        for (uint32_t address = parse(range.attribute("start").as_string()); address && address <= last; ++address) {
            if (!taken.contains(address))
                free.push_back(address);
            if (free.size() >= 64) // more than enough for those who reserve at the same moment
                return free;
        }
    }
    return free;
}

} // namespace

Result<NetworkRef> activeNetwork(virConnectPtr connection, const std::string& network)
{
    NetworkRef found(virNetworkLookupByName(connection, network.c_str()));
    if (!found)
        return failLibvirt(fmt::format("network {}", network));
    if (virNetworkIsActive(found.get()) != 1 && virNetworkCreate(found.get()) < 0 &&
        virNetworkIsActive(found.get()) != 1)
        return failLibvirt(fmt::format("start network {}", network));
    return found;
}

Result<Address> reserveAddress(virConnectPtr connection, const std::string& network, const std::string& mac,
                               const std::string& name)
{
    NetworkRef handle = TRY(activeNetwork(connection, network));
    pugi::xml_document document;
    TRY(parseXml(TRY(networkXml(handle.get())), document));
    Address address = TRY(describe(document.child("network"), mac));
    if (!address.address.empty())
        return address;
    address.mac = mac;
    Error last{Code::NoSpace, fmt::format("network {} has no free address", network), {}, 0};
    for (uint32_t candidate : freeAddresses(handle.get(), document.child("network"))) {
        address.address = format(candidate);
        // Names are unique too, and somebody else's host may have this one: ours goes without, it is only for DNS.
        address.name = reserved(document.child("network"), "name", name) ? std::string() : name;
        auto added = updateHost(handle.get(), VIR_NETWORK_UPDATE_COMMAND_ADD_LAST, address);
        if (added)
            return address;
        last = std::move(added).error();
        // Another process may take the same between our look and our update: libvirt refuses the second, we go on. Only
        // then: each try costs libvirt a hundred calls of iptables.
        document.reset();
        TRY(parseXml(TRY(networkXml(handle.get())), document));
        pugi::xml_node now = document.child("network");
        if (!reserved(now, "ip", address.address) && (address.name.empty() || !reserved(now, "name", name)))
            break;
    }
    return tl::unexpected<Error>(std::move(last));
}

Status releaseAddress(virConnectPtr connection, const std::string& network, const std::string& mac)
{
    NetworkRef handle(virNetworkLookupByName(connection, network.c_str()));
    if (!handle)
        return {};
    pugi::xml_document document;
    TRY(parseXml(TRY(networkXml(handle.get())), document));
    auto address = describe(document.child("network"), mac);
    if (!address || address->address.empty())
        return {};
    return updateHost(handle.get(), VIR_NETWORK_UPDATE_COMMAND_DELETE, *address);
}

std::string addressOf(virConnectPtr connection, const std::string& network, const std::string& mac)
{
    NetworkRef handle(virNetworkLookupByName(connection, network.c_str()));
    if (!handle || mac.empty())
        return {};
    auto xml = networkXml(handle.get());
    pugi::xml_document document;
    if (xml && parseXml(*xml, document)) {
        if (auto address = describe(document.child("network"), mac); address && !address->address.empty())
            return address->address;
    }
    virNetworkDHCPLeasePtr* leases = nullptr;
    int count = virNetworkGetDHCPLeases(handle.get(), mac.c_str(), &leases, 0);
    std::string address;
    for (int i = 0; i < count; ++i) {
        address = leases[i]->ipaddr ? leases[i]->ipaddr : "";
        virNetworkDHCPLeaseFree(leases[i]);
    }
    if (count >= 0)
        free(leases);
    return address;
}

std::string macFor(const std::string& id)
{
    std::string hex;
    std::copy_if(id.begin(), id.end(), std::back_inserter(hex), [](char c) { return c != '-'; });
    hex = hex.size() >= 6 ? hex.substr(hex.size() - 6) : "000001";
    return fmt::format("52:54:00:{}:{}:{}", hex.substr(0, 2), hex.substr(2, 2), hex.substr(4, 2));
}

} // namespace diptych::machines
