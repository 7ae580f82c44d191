// netdevice(7): what every ioctl about a network interface starts from.
#pragma once

#include <net/if.h>
#include <string>

namespace diptych::guest {

/// Zeroed but for the name, which is cut to what the kernel takes.
inline ifreq interfaceRequest(const std::string& name)
{
    ifreq request{};
    name.copy(request.ifr_name, sizeof request.ifr_name - 1);
    return request;
}

} // namespace diptych::guest
