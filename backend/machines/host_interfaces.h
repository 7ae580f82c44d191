// Interfaces and bridges of the host that a network card of a machine can stand on.
#pragma once

#include "base/result.h"
#include "machines/handles.h"

#include <string>
#include <vector>

namespace diptych::machines {

struct HostInterfaces
{
    std::vector<std::string> bridges;
    std::vector<std::string> devices; ///< for macvtap: Ethernet, in no bridge and no bond
};

/// elsewhere: of the host that the connection leads to, as far as its libvirt knows them; else as the kernel has them.
HostInterfaces hostInterfaces(virConnectPtr connection, bool elsewhere);
Status checkInterfaceName(const std::string& name);

} // namespace diptych::machines
