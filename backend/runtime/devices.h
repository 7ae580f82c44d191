// /dev: default devices, the configuration's, links, ptmx, console. Everything by descriptor below the root, before
// pivot_root.
#pragma once

#include "runtime/plan.h"

namespace diptych::runtime {

/// The host's /dev/null as O_PATH, verified to be that device.
Result<UniqueFd> openNullDevice();
/// Nodes and links. In a user namespace mknod is refused: there the host's nodes are bound.
Status makeDevices(const Plan& plan, int root);
/// Binds the pty's slave onto /dev/console.
Status bindConsole(int root, int slave);
/// The configuration binds a whole /dev: nothing is made there.
bool bindsDev(const oci::Config& config);

} // namespace diptych::runtime
