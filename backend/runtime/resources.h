// linux.resources in cgroups/' terms.
#pragma once

#include "cgroups/cgroup.h"
#include "oci/config.h"

namespace diptych::runtime {

/// Without device rules.
cgroups::Resources resourcesFrom(const oci::Resources& resources);
/// Nothing, then what the configuration says, then the devices every container has (runtime-spec "Default Devices") and
/// mknod.
std::vector<cgroups::Resources::DeviceRule> deviceRules(const std::vector<oci::DeviceRule>& rules);
/// The group's path: linux.cgroupsPath, relative ones below /diptych, "/diptych/<id>" when it is empty.
Result<std::string> cgroupPath(const std::string& wanted, const std::string& id);

/// Anything but device rules.
bool asksForLimits(const oci::Resources& resources);

} // namespace diptych::runtime
