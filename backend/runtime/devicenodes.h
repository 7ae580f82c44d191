// Device nodes for a container whose user namespace may not make any: made with the host's rights, and bound into
// place.
#pragma once

#include "base/fd.h"
#include "oci/config.h"

namespace diptych::runtime {

/// In the parent: a detached tmpfs with a node for each of linux.devices that is a device, named by its index; owner
/// and mode as the container is to see them. Nothing when there are none, the owner can't be expressed (a joined
/// namespace), or this machine does not let its root make nodes: then only what the host itself has can be shared.
UniqueFd makeDeviceNodes(const oci::Config& config);

} // namespace diptych::runtime
