// How the network namespaces of this machine are wired: every interface of each, by rtnetlink(7) from inside, which
// one is at the other end, and where packets go from there.
#pragma once

#include "isolation/namespaces.h"

namespace diptych::isolation {

struct Interface
{
    std::string netns; ///< id of its network namespace
    int index = 0;     ///< in it
    std::string name;
    /// "device" (hardware, or what a hypervisor plays), "loopback", or the kernel's word: "veth" "bridge" "tun" "dummy"
    /// "vlan" "macvlan" ...
    std::string kind;
    std::string mac;
    unsigned mtu = 0;
    bool up = false, carrier = false;   ///< IFF_UP; IFF_LOWER_UP: something is at the other end
    int master = 0;                     ///< index of the bridge (or bond) that it is a port of
    int link = 0;                       ///< index of the other end or of what it stands on; of another namespace when
    std::optional<int> linkNamespace;   ///< its number, as this namespace numbers others, is given
    std::string peerNamespace;          ///< of link, where it was found
    std::vector<std::string> addresses; ///< with the prefix's length
    uint64_t receivedBytes = 0, sentBytes = 0;
    std::vector<int> holders; ///< of a tun or tap: processes that have it open
};

/// Of the main table: where packets for it go.
struct Route
{
    std::string netns;       ///< id of its network namespace
    std::string destination; ///< "default", "10.77.0.0/24"
    std::string kind;        ///< "unicast", or that they go nowhere: "blackhole" "unreachable" "prohibit" "throw"
    std::string gateway;     ///< empty: who is meant is reached directly
    int index = 0;           ///< of the interface they go out by, 0 for none
    std::string source;      ///< the address they get, empty where it is not said
    unsigned metric = 0;
};

struct NetworkNamespace
{
    std::string id;
    bool host = false;
    bool moreRoutes = false; ///< than were read: those of a router can be a million
    std::string path;        ///< where it was entered: for nsenter --net=
    std::string problem;     ///< why it was not looked into
};

struct Wiring
{
    std::vector<NetworkNamespace> namespaces;
    std::vector<Interface> interfaces; ///< by namespace in the order above, then by index
    std::vector<Route> routes;         ///< by namespace; IPv4 first, then as the kernel has them
};

/// Interfaces of all network namespaces of the survey. Blocks. A thread of its own enters one after the other and ends
/// then: nothing else of this process is ever in another namespace.
Wiring surveyWiring(const NamespaceSurvey& survey);

} // namespace diptych::isolation
