#include "machines/network_ipv6.h"

#include "machines/xml.h"

#include <arpa/inet.h>
#include <array>
#include <cstring>

namespace diptych::machines {

namespace {

using Bytes = std::array<unsigned char, 16>;

std::string textOf(const Bytes& address)
{
    char text[INET6_ADDRSTRLEN] = {};
    inet_ntop(AF_INET6, address.data(), text, sizeof text);
    return text;
}

} // namespace

pugi::xml_node addressOf(pugi::xml_node network, bool six)
{
    for (pugi::xml_node ip : network.children("ip"))
        if ((strcmp(ip.attribute("family").as_string("ipv4"), "ipv6") == 0) == six)
            return ip;
    return {};
}

// 64 is what hosts that choose an address by themselves (SLAAC) need, and what dnsmasq takes for DHCPv6.
Status addIpv6(pugi::xml_node network, const std::string& address, bool dhcp)
{
    Bytes own{};
    size_t slash = address.find('/');
    bool good = slash != std::string::npos && address.substr(slash) == "/64" &&
                inet_pton(AF_INET6, address.substr(0, slash).c_str(), own.data()) == 1;
    bool usable = good && (own[0] & 0xe0) == 0x20;        // global
    usable = usable || (good && (own[0] & 0xfe) == 0xfc); // of one's own
    Bytes host = own;
    std::fill(host.begin(), host.begin() + 8, 0);
    if (!usable || host == Bytes{})
        return failField("address6", "an IPv6 address of the network with its prefix, as fd00:100::1/64");
    pugi::xml_node ip = element(network, "ip", {{"family", "ipv6"}, {"address", textOf(own)}, {"prefix", "64"}});
    if (!dhcp)
        return {};
    // ::1:0 to ::1:ffff of the same prefix; where the host itself is among them, the next ones.
    bool taken = true;
    for (size_t i = 8; i < 14; ++i)
        taken = taken && own[i] == (i == 13 ? 1 : 0);
    Bytes first = own, last = own;
    std::fill(first.begin() + 8, first.end(), 0);
    std::fill(last.begin() + 8, last.end(), 0);
    first[13] = last[13] = taken ? 2 : 1;
    last[14] = last[15] = 0xff;
    element(element(ip, "dhcp"), "range", {{"start", textOf(first)}, {"end", textOf(last)}});
    return {};
}

} // namespace diptych::machines
