// Where supervisors live while systemd runs the helper.
#pragma once

#include "cgroups/cgroup.h"

namespace diptych::containers {

/// Moves the supervisor whose pid file lies in `directory` out of the helper's unit, into <parent>/supervisors:
/// `systemctl kill` and an out of memory kill hit all that is in a unit's group. Nothing to do where systemd does not
/// run.
void leaveUnit(const cgroups::Hierarchies& hierarchies, const std::string& parent, const std::string& directory);

} // namespace diptych::containers
