// One network namespace by rtnetlink. Private to this folder.
#pragma once

#include "base/fd.h"
#include "isolation/wiring.h"

#include <memory>

struct nl_sock;

namespace diptych::isolation {

struct FreeNetlink
{
    void operator()(nl_sock* socket) const;
};
using NetlinkSocket = std::unique_ptr<nl_sock, FreeNetlink>;

/// In the network namespace that the calling thread is in; it stays there.
Result<NetlinkSocket> openNetlink();
/// RTM_GETLINK and RTM_GETADDR; netns is not filled.
Result<std::vector<Interface>> readInterfaces(nl_sock* socket);
/// RTM_GETNSID: the number that the socket's namespace gives to another; nothing where it has none.
std::optional<int> numberIn(nl_sock* socket, int namespaceFd);

} // namespace diptych::isolation
