// What machines run on here, asked from libvirt and the processor.
#pragma once

#include "daemon/services.h"

#include <string>

namespace diptych {

/// A function for Services::hypervisor. It remembers its answer for some seconds, and while one caller waits for
/// libvirt the others get the last answer.
std::function<Hypervisor()> hypervisorOf(const std::string& libvirtUri);

} // namespace diptych
