#include "guest/init.h"

#include "base/files.h"
#include "guest/interface.h"

#include <arpa/inet.h>
#include <charconv>
#include <net/route.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace diptych::guest {

namespace {
Status bringUp(int socket, const std::string& interface)
{
    ifreq r = interfaceRequest(interface);
    if (::ioctl(socket, SIOCGIFFLAGS, &r) < 0)
        return failErrno(interface);
    r.ifr_flags = static_cast<short>(r.ifr_flags | IFF_UP);
    if (::ioctl(socket, SIOCSIFFLAGS, &r) < 0)
        return failErrno(fmt::format("bring up {}", interface));
    return {};
}

Status putAddress(sockaddr& into, const std::string& text)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    if (::inet_pton(AF_INET, text.c_str(), &address.sin_addr) != 1)
        return fail(Code::InvalidArgument, fmt::format("\"{}\" is not an IPv4 address", text));
    std::memcpy(&into, &address, sizeof address);
    return {};
}

Status setAddress(int socket, const std::string& interface, const std::string& address)
{
    size_t slash = address.find('/');
    int prefix = 24;
    if (slash != std::string::npos)
        std::from_chars(address.data() + slash + 1, address.data() + address.size(), prefix);
    if (prefix < 0 || prefix > 32)
        return fail(Code::InvalidArgument, fmt::format("\"{}\" has no usable prefix", address));
    ifreq r = interfaceRequest(interface);
    TRY(putAddress(r.ifr_addr, address.substr(0, slash)));
    if (::ioctl(socket, SIOCSIFADDR, &r) < 0)
        return failErrno(fmt::format("address {} on {}", address, interface));
    in_addr mask{htonl(prefix == 0 ? 0 : ~uint32_t{0} << (32 - prefix))};
    char text[INET_ADDRSTRLEN];
    ::inet_ntop(AF_INET, &mask, text, sizeof text);
    TRY(putAddress(r.ifr_netmask, text));
    if (::ioctl(socket, SIOCSIFNETMASK, &r) < 0)
        return failErrno(fmt::format("netmask {} on {}", text, interface));
    return {};
}

Status setGateway(int socket, const std::string& gateway)
{
    rtentry route{};
    TRY(putAddress(route.rt_gateway, gateway));
    route.rt_dst.sa_family = route.rt_genmask.sa_family = AF_INET;
    route.rt_flags = RTF_UP | RTF_GATEWAY;
    if (::ioctl(socket, SIOCADDRT, &route) < 0 && errno != EEXIST)
        return failErrno(fmt::format("route through {}", gateway));
    return {};
}
} // namespace

std::string firstInterface()
{
    auto names = listDirectory("/sys/class/net");
    if (names)
        for (const std::string& name : *names)
            if (name != "lo" && exists("/sys/class/net/" + name + "/device"))
                return name;
    return {};
}

Result<Lease> configureNetwork(Config& config)
{
    UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (!socket)
        return failErrno("socket");
    TRY(bringUp(socket.get(), "lo"));
    std::string interface = firstInterface();
    if (interface.empty())
        return Lease{};
    TRY(bringUp(socket.get(), interface));
    Lease lease;
    if (config.address.empty() && config.dhcp) {
        lease = TRYX(askDhcp(interface, ""), "no address by DHCP");
        config.address = lease.address;
        if (config.gateway.empty())
            config.gateway = lease.gateway;
        if (config.nameservers.empty())
            config.nameservers = lease.nameservers;
    }
    if (!config.address.empty())
        TRY(setAddress(socket.get(), interface, config.address));
    if (!config.gateway.empty())
        TRY(setGateway(socket.get(), config.gateway));
    return lease;
}

} // namespace diptych::guest
