// What became of a virtual machine without this helper: libvirt has other users (virsh, virt-manager, itself at boot).
// Read from how it was and how it is; libvirt does not tell who.
#pragma once

#include "instances/instance.h"

#include <string>

namespace diptych {

/// "startedElsewhere" "stoppedElsewhere" "pausedElsewhere" "resumedElsewhere" "definedElsewhere" "undefinedElsewhere",
/// or "" when nothing of that happened. Ends of machines that are ours are told as ends (Daemon::checkEnded). before
/// null: it appeared; after null: it went; neither is told of the machines of added connections.
std::string foreignChange(const Instance* before, const Instance* after);

} // namespace diptych
