#include "containers/network.h"

#include "base/files.h"

#include <fcntl.h>
#include <memory>
#include <mutex>
#include <net/if.h>
#include <netlink/route/addr.h>
#include <netlink/route/link.h>
#include <netlink/route/link/veth.h>
#include <netlink/route/nexthop.h>
#include <netlink/route/route.h>
#include <netlink/socket.h>
#include <sched.h>
#include <thread>
#include <unistd.h>

namespace diptych::containers {

namespace {

struct Free
{
    void operator()(nl_sock* p) const { nl_socket_free(p); }
    void operator()(rtnl_link* p) const { rtnl_link_put(p); }
    void operator()(rtnl_addr* p) const { rtnl_addr_put(p); }
    void operator()(rtnl_route* p) const { rtnl_route_put(p); }
    void operator()(nl_addr* p) const { nl_addr_put(p); }
};
template <typename T>
using Ref = std::unique_ptr<T, Free>;

Status check(int result, std::string_view what)
{
    if (result >= 0)
        return {};
    Code code = result == -NLE_EXIST ? Code::Exists : result == -NLE_PERM ? Code::PermissionDenied : Code::Failed;
    return fail(code, fmt::format("{}: {}", what, nl_geterror(result)));
}

Result<Ref<nl_sock>> routeSocket()
{
    Ref<nl_sock> socket(nl_socket_alloc());
    if (!socket)
        return fail(Code::Failed, "netlink: out of memory");
    TRY(check(nl_connect(socket.get(), NETLINK_ROUTE), "netlink"));
    return socket;
}

Result<Ref<nl_addr>> parseAddress(const std::string& text)
{
    nl_addr* address = nullptr;
    TRY(check(nl_addr_parse(text.c_str(), AF_INET, &address), text));
    return Ref<nl_addr>(address);
}

Result<Ref<rtnl_link>> findLink(nl_sock* socket, const std::string& name)
{
    rtnl_link* link = nullptr;
    int result = rtnl_link_get_kernel(socket, 0, name.c_str(), &link);
    if (result == -NLE_NODEV || result == -NLE_OBJ_NOTFOUND)
        return fail(Code::NotFound, fmt::format("there is no interface {}", name));
    TRY(check(result, name));
    return Ref<rtnl_link>(link);
}

// Both ends in one request: there is no moment in which the inner end stands in the host's namespace.
Status makePair(const std::string& name, const Link& link, int pid)
{
    auto socket = TRY(routeSocket());
    auto bridge = TRYX(findLink(socket.get(), link.bridge), fmt::format("network \"{}\"", link.network));
    Ref<rtnl_link> outer(rtnl_link_veth_alloc());
    nl_addr* mac = nullptr;
    TRY(check(nl_addr_parse(link.mac.c_str(), AF_LLC, &mac), link.mac));
    Ref<nl_addr> owned(mac);
    rtnl_link_set_name(outer.get(), name.c_str());
    rtnl_link_set_master(outer.get(), rtnl_link_get_ifindex(bridge.get()));
    rtnl_link_set_flags(outer.get(), IFF_UP);
    rtnl_link* inner = rtnl_link_veth_get_peer(outer.get());
    rtnl_link_set_name(inner, "eth0");
    rtnl_link_set_addr(inner, mac);
    rtnl_link_set_ns_pid(inner, pid);
    int result = rtnl_link_add(socket.get(), outer.get(), NLM_F_CREATE | NLM_F_EXCL);
    rtnl_link_put(inner);
    return check(result, fmt::format("make the interface pair {} and eth0", name));
}

Status bringUp(nl_sock* socket, const std::string& name)
{
    auto link = TRY(findLink(socket, name));
    Ref<rtnl_link> change(rtnl_link_alloc());
    rtnl_link_set_flags(change.get(), IFF_UP);
    return check(rtnl_link_change(socket, link.get(), change.get(), 0), fmt::format("bring {} up", name));
}

Status configureInside(const Link& link)
{
    auto socket = TRY(routeSocket());
    TRY(bringUp(socket.get(), "lo"));
    TRY(bringUp(socket.get(), "eth0"));
    auto eth0 = TRY(findLink(socket.get(), "eth0"));
    int index = rtnl_link_get_ifindex(eth0.get());

    auto local = TRY(parseAddress(fmt::format("{}/{}", link.address, link.prefix)));
    Ref<rtnl_addr> address(rtnl_addr_alloc());
    rtnl_addr_set_ifindex(address.get(), index);
    TRY(check(rtnl_addr_set_local(address.get(), local.get()), link.address));
    TRY(check(rtnl_addr_add(socket.get(), address.get(), 0), fmt::format("give eth0 the address {}", link.address)));

    auto anywhere = TRY(parseAddress("0.0.0.0/0"));
    auto gateway = TRY(parseAddress(link.gateway));
    Ref<rtnl_route> route(rtnl_route_alloc());
    rtnl_route_set_dst(route.get(), anywhere.get());
    rtnl_nexthop* hop = rtnl_route_nh_alloc(); // the route owns it from here on
    rtnl_route_nh_set_ifindex(hop, index);
    rtnl_route_nh_set_gateway(hop, gateway.get());
    rtnl_route_add_nexthop(route.get(), hop);
    return check(rtnl_route_add(socket.get(), route.get(), 0), fmt::format("route through {}", link.gateway));
}

// With the spanning tree protocol on, as on libvirt's bridges, a port listens and learns for 4 seconds before it lets
// anything through: the program would start without its network. A port that comes up while it is off forwards at
// once, and keeps to that when it is switched on again. Failing at this costs the 4 seconds, nothing else.
class SpanningTreePause final
{
public:
    explicit SpanningTreePause(const std::string& bridge)
        : m_lock(one), m_file("/sys/class/net/" + bridge + "/bridge/stp_state")
    {
        m_paused = trim(readFile(m_file).value_or("0")) == "1" && writeFile(m_file, "0");
    }
    ~SpanningTreePause()
    {
        if (m_paused)
            (void)writeFile(m_file, "1");
    }
    SpanningTreePause(const SpanningTreePause&) = delete;
    SpanningTreePause& operator=(const SpanningTreePause&) = delete;

    /// The kernel notices the carrier a little later.
    void awaitForwarding(const std::string& port) const
    {
        for (int i = 0; m_paused && i < 200; ++i) {
            if (trim(readFile("/sys/class/net/" + port + "/brport/state").value_or("3")) == "3")
                return;
            ::usleep(1000);
        }
    }

private:
    static inline std::mutex one; // else one's end would be another's middle
    std::lock_guard<std::mutex> m_lock;
    std::string m_file;
    bool m_paused = false;
};

} // namespace

Status plug(const std::string& id, const Link& link, int pid)
{
    SpanningTreePause pause(link.bridge);
    TRY(makePair(vethName(id), link, pid));
    // setns() changes the calling thread alone, so it happens in one that ends afterwards.
    Status done;
    std::thread inside([&] {
        done = [&]() -> Status {
            UniqueFd space = TRY(openFile(fmt::format("/proc/{}/ns/net", pid), O_RDONLY));
            if (::setns(space.get(), CLONE_NEWNET) < 0)
                return failErrno("enter the container's network namespace");
            return configureInside(link);
        }();
    });
    inside.join();
    pause.awaitForwarding(vethName(id));
    if (!done)
        (void)unplug(id);
    return done;
}

Status unplug(const std::string& id)
{
    auto socket = TRY(routeSocket());
    auto link = findLink(socket.get(), vethName(id));
    if (!link)
        return link.error().code == Code::NotFound ? Status{} : Status(tl::unexpected(link.error()));
    return check(rtnl_link_delete(socket.get(), link->get()), vethName(id));
}

} // namespace diptych::containers
