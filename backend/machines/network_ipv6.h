// A network's IPv6 in its XML. Pure.
#pragma once

#include "base/result.h"

#include <pugixml.hpp>
#include <string>

namespace diptych::machines {

/// The <ip> of this family; the first that says none is IPv4.
pugi::xml_node addressOf(pugi::xml_node network, bool six);
/// address: "fd00:1::1/64", the host's own. Routers are advertised in any case; dhcp: addresses are given too, a range
/// of them beside the host's. Error: "address6".
Status addIpv6(pugi::xml_node network, const std::string& address, bool dhcp);

} // namespace diptych::machines
