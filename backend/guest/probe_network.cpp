#include "guest/probe.h"

#include "base/fd.h"
#include "base/files.h"
#include "guest/interface.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace diptych::guest {

namespace {
std::string macOf(int socket, const std::string& name)
{
    ifreq r = interfaceRequest(name);
    if (::ioctl(socket, SIOCGIFHWADDR, &r) < 0)
        return {};
    const auto* b = reinterpret_cast<const unsigned char*>(r.ifr_hwaddr.sa_data);
    return fmt::format("{:02x}:{:02x}:{:02x}:{:02x}:{:02x}:{:02x}", b[0], b[1], b[2], b[3], b[4], b[5]);
}

std::string driverOf(int socket, const std::string& name)
{
    ethtool_drvinfo info{};
    info.cmd = ETHTOOL_GDRVINFO;
    ifreq r = interfaceRequest(name);
    r.ifr_data = reinterpret_cast<char*>(&info);
    return ::ioctl(socket, SIOCETHTOOL, &r) < 0 ? std::string() : std::string(info.driver);
}

int prefixOf(const sockaddr* mask)
{
    const auto* bytes = reinterpret_cast<const unsigned char*>(mask);
    size_t from = offsetof(sockaddr_in, sin_addr), length = 4;
    if (mask->sa_family == AF_INET6)
        from = offsetof(sockaddr_in6, sin6_addr), length = 16;
    int bits = 0;
    for (size_t i = 0; i < length; ++i)
        bits += __builtin_popcount(bytes[from + i]);
    return bits;
}

std::string textOf(const ifaddrs& entry)
{
    char text[INET6_ADDRSTRLEN];
    const void* address = &reinterpret_cast<const sockaddr_in*>(entry.ifa_addr)->sin_addr;
    if (entry.ifa_addr->sa_family == AF_INET6)
        address = &reinterpret_cast<const sockaddr_in6*>(entry.ifa_addr)->sin6_addr;
    if (!::inet_ntop(entry.ifa_addr->sa_family, address, text, sizeof text))
        return {};
    return entry.ifa_netmask ? fmt::format("{}/{}", text, prefixOf(entry.ifa_netmask)) : std::string(text);
}

std::map<std::string, Json> addresses(Reader& reader)
{
    std::map<std::string, Json> found;
    ifaddrs* first = nullptr;
    if (::getifaddrs(&first) < 0) {
        reader.note("getifaddrs", errno);
        return found;
    }
    for (const ifaddrs* a = first; a; a = a->ifa_next) {
        Json& list = found.try_emplace(a->ifa_name, Json::array()).first->second;
        if (a->ifa_addr && (a->ifa_addr->sa_family == AF_INET || a->ifa_addr->sa_family == AF_INET6))
            list.push_back(textOf(*a));
    }
    ::freeifaddrs(first);
    return found;
}
} // namespace

void probeNetwork(Reader& reader, Json& out)
{
    Json interfaces = Json::array();
    UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    for (auto& [name, list] : addresses(reader))
        interfaces.push_back({{"name", name},
                              {"mac", macOf(socket.get(), name)},
                              {"addresses", list},
                              {"driver", driverOf(socket.get(), name)}});
    out["interfaces"] = std::move(interfaces);
    // The first line is a heading.
    if (auto routes = reader.read(reader.sources().proc + "/net/route"))
        out["routes"] = split(*routes, '\n').size() - 1;
}

} // namespace diptych::guest
