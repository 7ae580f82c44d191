// Addresses on a libvirt network. A reservation is a <host> of the network's DHCP section: libvirt keeps it, shows it
// (virsh net-dumpxml) and gives it to nobody else, even to those that ask by DHCP.
#pragma once

#include "base/result.h"
#include "machines/handles.h"

#include <string>

namespace diptych::machines {

struct Address
{
    std::string network, mac, name;
    std::string address; ///< "192.168.122.9"
    unsigned prefix = 24;
    std::string gateway; ///< the host's own address on it, and its name server
    std::string bridge;
};

/// NotFound without such a network; starts one that is defined and not active.
Result<NetworkRef> activeNetwork(virConnectPtr connection, const std::string& network);
/// Takes a free address of the DHCP range. What mac already holds is given again.
Result<Address> reserveAddress(virConnectPtr connection, const std::string& network, const std::string& mac,
                               const std::string& name);
/// No error when there was none.
Status releaseAddress(virConnectPtr connection, const std::string& network, const std::string& mac);
/// Of a DHCP lease or a reservation for mac; empty when there is none.
std::string addressOf(virConnectPtr connection, const std::string& network, const std::string& mac);
/// 52:54:00 and 24 bits of the id, QEMU's own prefix.
std::string macFor(const std::string& id);

} // namespace diptych::machines
