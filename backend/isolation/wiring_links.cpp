#include "isolation/wiring_links.h"

#include <linux/net_namespace.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <netlink/msg.h>
#include <netlink/route/addr.h>
#include <netlink/route/link.h>
#include <netlink/socket.h>
#include <sys/socket.h>

namespace diptych::isolation {

namespace {

struct FreeCache
{
    void operator()(nl_cache* cache) const { nl_cache_free(cache); }
};
using Cache = std::unique_ptr<nl_cache, FreeCache>;

Status checkNetlink(int result, const char* what)
{
    if (result >= 0)
        return {};
    return fail(Code::Failed, fmt::format("{}: {}", what, nl_geterror(result)));
}

std::string kindOf(rtnl_link* link)
{
    if (const char* type = rtnl_link_get_type(link))
        return type;
    return rtnl_link_get_arptype(link) == ARPHRD_LOOPBACK ? "loopback" : "device";
}

Interface interfaceOf(rtnl_link* link)
{
    Interface one;
    one.index = rtnl_link_get_ifindex(link);
    if (const char* name = rtnl_link_get_name(link))
        one.name = name;
    one.kind = kindOf(link);
    one.mac = rtnl_link_get_arptype(link) == ARPHRD_ETHER ? addressText(rtnl_link_get_addr(link)) : "";
    one.mtu = rtnl_link_get_mtu(link);
    unsigned flags = rtnl_link_get_flags(link);
    one.up = (flags & IFF_UP) != 0;
    one.carrier = (flags & (1U << 16)) != 0; // IFF_LOWER_UP, which <net/if.h> does not have
    one.master = rtnl_link_get_master(link);
    one.link = rtnl_link_get_link(link);
    int32_t number = 0;
    if (rtnl_link_get_link_netnsid(link, &number) == 0)
        one.linkNamespace = number;
    else if (one.link == one.index)
        one.link = 0; // it stands on itself: on nothing
    one.receivedBytes = rtnl_link_get_stat(link, RTNL_LINK_RX_BYTES);
    one.sentBytes = rtnl_link_get_stat(link, RTNL_LINK_TX_BYTES);
    return one;
}

int takeNumber(nl_msg* message, void* argument)
{
    nlmsghdr* header = nlmsg_hdr(message);
    nlattr* attribute = nlmsg_find_attr(header, sizeof(rtgenmsg), NETNSA_NSID);
    if (header->nlmsg_type == RTM_NEWNSID && attribute)
        *static_cast<int*>(argument) = static_cast<int>(nla_get_u32(attribute));
    return NL_OK;
}

} // namespace

std::string addressText(nl_addr* address)
{
    char buffer[128];
    return address ? nl_addr2str(address, buffer, sizeof buffer) : "";
}

void FreeNetlink::operator()(nl_sock* socket) const
{
    nl_socket_free(socket);
}

Result<NetlinkSocket> openNetlink()
{
    NetlinkSocket socket(nl_socket_alloc());
    UniqueFd fd(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
    if (!socket || !fd)
        return failErrno("netlink");
    // The kernel numbers it: libnl's own numbers are as many as one process has in all namespaces together.
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    if (::bind(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) < 0)
        return failErrno("netlink");
    TRY(checkNetlink(nl_socket_set_fd(socket.get(), NETLINK_ROUTE, fd.get()), "netlink"));
    (void)fd.release();
    return socket;
}

Result<std::vector<Interface>> readInterfaces(nl_sock* socket)
{
    nl_cache* raw = nullptr;
    TRY(checkNetlink(rtnl_link_alloc_cache(socket, AF_UNSPEC, &raw), "RTM_GETLINK"));
    Cache links(raw);
    raw = nullptr;
    TRY(checkNetlink(rtnl_addr_alloc_cache(socket, &raw), "RTM_GETADDR"));
    Cache addresses(raw);
    std::vector<Interface> found;
    for (nl_object* at = nl_cache_get_first(links.get()); at; at = nl_cache_get_next(at))
        found.push_back(interfaceOf(reinterpret_cast<rtnl_link*>(at)));
    for (nl_object* at = nl_cache_get_first(addresses.get()); at; at = nl_cache_get_next(at)) {
        auto* address = reinterpret_cast<rtnl_addr*>(at);
        for (Interface& one : found)
            if (one.index == rtnl_addr_get_ifindex(address))
                one.addresses.push_back(addressText(rtnl_addr_get_local(address)));
    }
    return found;
}

std::optional<int> numberIn(nl_sock* socket, int namespaceFd)
{
    struct FreeMessage
    {
        void operator()(nl_msg* message) const { nlmsg_free(message); }
    };
    std::unique_ptr<nl_msg, FreeMessage> message(nlmsg_alloc_simple(RTM_GETNSID, 0));
    rtgenmsg family{AF_UNSPEC};
    if (!message || nlmsg_append(message.get(), &family, sizeof family, NLMSG_ALIGNTO) < 0 ||
        nla_put_u32(message.get(), NETNSA_FD, static_cast<uint32_t>(namespaceFd)) < 0)
        return std::nullopt;
    int number = -1;
    nl_socket_modify_cb(socket, NL_CB_VALID, NL_CB_CUSTOM, takeNumber, &number);
    bool good = nl_send_auto(socket, message.get()) >= 0 && nl_recvmsgs_default(socket) >= 0;
    nl_socket_modify_cb(socket, NL_CB_VALID, NL_CB_DEFAULT, nullptr, nullptr);
    return good && number >= 0 ? std::optional<int>(number) : std::nullopt;
}

} // namespace diptych::isolation
