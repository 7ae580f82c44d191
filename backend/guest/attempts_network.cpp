// Attempts on the network. Nothing is sent, nothing listened to.
#include "base/fd.h"
#include "base/files.h"
#include "guest/attempts.h"

#include <net/if.h>
#include <net/route.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace diptych::guest {

namespace {

Outcome seeInterfaces(bool hosts)
{
    Outcome outcome;
    outcome.call = "if_nameindex()";
    std::vector<std::string> names;
    if (struct if_nameindex* all = ::if_nameindex()) {
        for (const auto* one = all; one->if_index != 0; ++one)
            names.emplace_back(one->if_name);
        ::if_freenameindex(all);
    }
    outcome.seen = shortList(names);
    outcome.possible = hosts;
    outcome.reach = hosts ? Reach::Host : Reach::Own;
    return outcome;
}

/// Who waits for connections in this network namespace; a copy has nobody who does.
Outcome seeListeners(Reach reach)
{
    Outcome outcome;
    outcome.call = "/proc/net/tcp";
    outcome.reach = reach;
    size_t count = 0;
    for (const char* file : {"/proc/net/tcp", "/proc/net/tcp6"}) {
        const std::string text = readFile(file).value_or("");
        for (std::string_view line : split(text, '\n')) {
            auto words = split(trim(line), ' ');
            std::erase(words, std::string_view());
            count += words.size() > 3 && words[3] == "0A"; // LISTEN
        }
    }
    outcome.seen = std::to_string(count);
    outcome.possible = count > 0;
    return outcome;
}

/// A route of no family: capability first, then EAFNOSUPPORT.
Outcome changeRoutes(Reach reach)
{
    UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    rtentry route{};
    return outcomeOf("ioctl(SIOCADDRT)", ::ioctl(socket.get(), SIOCADDRT, &route), reach, {EAFNOSUPPORT, EINVAL});
}

/// Of protocol 0: it gets no packet.
Outcome readPackets(Reach reach)
{
    UniqueFd socket(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0));
    return outcomeOf("socket(AF_PACKET, SOCK_RAW)", socket ? 0 : -1, reach);
}

} // namespace

void Attempts::network()
{
    const Reach reach = reachOf("net");
    add("seeInterfaces", [&] { return seeInterfaces(shares("net")); });
    add("seeListeners", [&] { return seeListeners(reach); });
    add("changeRoutes", [&] { return changeRoutes(reach); });
    add("readPackets", [&] { return readPackets(reach); });
}

} // namespace diptych::guest
