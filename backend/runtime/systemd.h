// Control groups made by systemd: a scope unit for each container, so that systemd knows whose the group is and does
// not touch it (systemd's CONTROL_GROUP_INTERFACE: one writer, Delegate=).
#pragma once

#include "oci/config.h"

#include <string>
#include <sys/types.h>

namespace diptych::runtime {

/// linux.cgroupsPath as "SLICE:PREFIX:NAME"; empty: system.slice (user.slice without root), diptych-run, the id.
struct ScopeName
{
    std::string slice, unit; ///< "machine.slice", "diptych-run-web.scope"
};
Result<ScopeName> scopeName(const std::string& cgroupsPath, const std::string& id);

/// Puts pid into a new scope and waits until systemd is done. Gives the group's path below each hierarchy. Exists:
/// there is such a unit already.
Result<std::string> startScope(const ScopeName& name, const std::string& id, pid_t pid,
                               const oci::Resources& resources);
/// A scope goes when its last process has; on v1 systemd does not always hear of that. One that is gone is no error.
Status stopScope(const std::string& unit);
/// Tells systemd of changed limits, so that it does not put its own back when it reloads.
Status updateScope(const std::string& unit, const oci::Resources& resources);

} // namespace diptych::runtime
