// What passes through an instance's wall: system calls by isolation/, exits of a virtual machine by machines/.
#pragma once

#include "daemon/services.h"

namespace diptych {

std::function<Result<Json>(const Instance&, std::chrono::milliseconds)> trafficOf(const std::string& libvirtUri);

} // namespace diptych
