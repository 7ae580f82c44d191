// The names that a libvirt network knows: addresses that its DHCP keeps for a card, and those that its name server
// answers with.
#pragma once

#include "machines/handles.h"
#include "machines/manager.h"

#include <pugixml.hpp>

namespace diptych::machines {

Result<NetworkRef> findNetwork(virConnectPtr connection, const std::string& name);
/// org.diptych.Networks.Host, of a network's XML.
Json networkHosts(pugi::xml_node network);
/// Letters, digits, hyphens and dots, as name servers take them.
Status checkHostName(const std::string& name, const char* field);

} // namespace diptych::machines
