// A container on a libvirt network: its address, its veth pair, its published ports. README.md tells why so.
#pragma once

#include "base/result.h"
#include "containers/record.h"
#include "instances/instance.h"

#include <map>
#include <string>
#include <vector>

namespace diptych::containers {

/// Makes sure the network runs and reserves an address on it (virNetworkUpdate). NotSupported with the mend when
/// libvirt does not answer.
Result<Link> reserveLink(const std::string& uri, const std::string& network, const std::string& id,
                         const std::string& name);
/// What is known before: with it releaseLink() finds what a reserveLink() that was cut off reserved.
Link unreserved(const std::string& network, const std::string& id);
/// Gives the address back; no error when it was not reserved.
Status releaseLink(const std::string& uri, const Link& link);

/// Name of the end on the host: "dv" and the id's first 10 hexadecimal digits.
std::string vethName(const std::string& id);
/// A veth pair: one end in the bridge, the other as eth0 in the network namespace of pid, with address, route and lo
/// up. libnl-route-3, rtnetlink(7).
Status plug(const std::string& id, const Link& link, int pid);
/// The pair goes with the namespace; this makes sure. No error when it is gone.
Status unplug(const std::string& id);

/// InvalidArgument (field "ports[n]") when another program listens on a host port already.
Status checkPortsFree(const std::vector<Port>& ports);
/// Table "ip diptych" (libnftables): destination maps by protocol and host port, made when missing.
Status publish(const Link& link, const std::vector<Port>& ports);
/// No error for what is not there.
void unpublish(const std::vector<Port>& ports);
/// libvirt turns away what comes from outside to a NAT network; puts a rule that lets published traffic pass in front
/// of its own, again after libvirt has renewed them.
Status passLibvirtFilter(const std::string& bridge);

struct Traffic
{
    uint64_t received = 0, sent = 0; ///< bytes, as the interface of the host counts them
};
/// All interfaces from one read of /proc/net/dev.
std::map<std::string, Traffic, std::less<>> interfaceTraffic(const std::string& file = "/proc/net/dev");

} // namespace diptych::containers
