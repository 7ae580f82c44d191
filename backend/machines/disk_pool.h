// The storage pool of imported disks, so that machines of any kind can be given them.
#pragma once

#include "base/result.h"

#include <string>

namespace diptych::machines {

/// Defines and starts the pool "diptych" on this directory, or makes libvirt look at it again. Blocks.
Status publishDisks(const std::string& uri, const std::string& directory);

} // namespace diptych::machines
