// RTM_GETROUTE: read message by message, so that a router's million is not held, nor waited for.
#include "isolation/wiring_links.h"

#include <array>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <netlink/msg.h>
#include <netlink/route/nexthop.h>
#include <netlink/route/route.h>
#include <netlink/socket.h>
#include <sys/socket.h>

namespace diptych::isolation {

namespace {

constexpr size_t mostRoutes = 100; ///< of a family

struct FreeRoute
{
    void operator()(rtnl_route* route) const { rtnl_route_put(route); }
};

struct Reading
{
    int family;
    Routes& routes;
    size_t before;
};

std::string destinationOf(rtnl_route* route)
{
    nl_addr* where = rtnl_route_get_dst(route);
    return !where || nl_addr_get_prefixlen(where) == 0 ? "default" : addressText(where);
}

void addHop(Routes& routes, Route route, rtnl_nexthop* hop)
{
    route.index = rtnl_route_nh_get_ifindex(hop);
    nl_addr* gateway = rtnl_route_nh_get_gateway(hop);
    route.gateway = addressText(gateway ? gateway : rtnl_route_nh_get_via(hop));
    routes.all.push_back(std::move(route));
}

void addRoute(Routes& routes, rtnl_route* found)
{
    Route route;
    route.destination = destinationOf(found);
    std::array<char, 32> kind{};
    route.kind = nl_rtntype2str(rtnl_route_get_type(found), kind.data(), kind.size());
    route.source = addressText(rtnl_route_get_pref_src(found));
    route.metric = rtnl_route_get_priority(found);
    const int hops = rtnl_route_get_nnexthops(found);
    for (int i = 0; i < hops; ++i)
        addHop(routes, route, rtnl_route_nexthop_n(found, i));
    if (hops == 0)
        routes.all.push_back(std::move(route));
}

int takeRoute(nl_msg* message, void* argument)
{
    auto& reading = *static_cast<Reading*>(argument);
    nlmsghdr* header = nlmsg_hdr(message);
    rtnl_route* raw = nullptr;
    if (header->nlmsg_type != RTM_NEWROUTE || rtnl_route_parse(header, &raw) < 0)
        return NL_SKIP;
    const std::unique_ptr<rtnl_route, FreeRoute> route(raw);
    // A kernel without this family answers for all, an old one for all tables.
    if (rtnl_route_get_family(raw) != reading.family || rtnl_route_get_table(raw) != RT_TABLE_MAIN)
        return NL_SKIP;
    if (reading.routes.all.size() - reading.before >= mostRoutes) {
        reading.routes.more = true;
        return NL_STOP;
    }
    addRoute(reading.routes, raw);
    return NL_OK;
}

bool askForRoutes(nl_sock* socket, int family)
{
    const int on = 1; // only then the kernel looks at the table that is asked for
    (void)::setsockopt(nl_socket_get_fd(socket), SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on, sizeof on);
    rtmsg wanted{};
    wanted.rtm_family = static_cast<unsigned char>(family);
    wanted.rtm_table = RT_TABLE_MAIN;
    return nl_send_simple(socket, RTM_GETROUTE, NLM_F_DUMP, &wanted, sizeof wanted) >= 0;
}

} // namespace

Routes readRoutes()
{
    Routes routes;
    for (int family : {AF_INET, AF_INET6}) {
        auto socket = openNetlink(); // of its own: what was not read goes with it
        Reading reading{family, routes, routes.all.size()};
        if (!socket || !askForRoutes(socket->get(), family)) {
            routes.more = true;
            continue;
        }
        nl_socket_modify_cb(socket->get(), NL_CB_VALID, NL_CB_CUSTOM, takeRoute, &reading);
        const int result = nl_recvmsgs_default(socket->get());
        // A table in which there never was a route is not there.
        if (result < 0 && result != -NLE_OBJ_NOTFOUND)
            routes.more = true;
    }
    return routes;
}

} // namespace diptych::isolation
