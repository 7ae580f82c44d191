// One network namespace by rtnetlink. Private to this folder.
#pragma once

#include "base/fd.h"
#include "isolation/wiring.h"

#include <memory>

struct nl_addr;
struct nl_sock;

namespace diptych::isolation {

struct FreeNetlink
{
    void operator()(nl_sock* socket) const;
};
using NetlinkSocket = std::unique_ptr<nl_sock, FreeNetlink>;

/// "10.77.0.1/24"; nothing for none.
std::string addressText(nl_addr* address);
/// In the network namespace that the calling thread is in; it stays there.
Result<NetlinkSocket> openNetlink();
/// RTM_GETLINK and RTM_GETADDR; netns is not filled.
Result<std::vector<Interface>> readInterfaces(nl_sock* socket);
struct Routes
{
    std::vector<Route> all; ///< netns is not filled
    bool more = false;      ///< or that could not be read
};
/// RTM_GETROUTE of the main table, in the network namespace that the calling thread is in.
Routes readRoutes();
/// RTM_GETNSID: the number that the socket's namespace gives to another; nothing where it has none.
std::optional<int> numberIn(nl_sock* socket, int namespaceFd);

} // namespace diptych::isolation
