// Private to this folder: device rules, which v2 keeps in a BPF program instead of files.
#pragma once

#include "cgroups/cgroup.h"

namespace diptych::cgroups {

/// Replaces the program on the cgroup2 directory. bpf(2), BPF_PROG_TYPE_CGROUP_DEVICE.
Status applyDevicesV2(int directory, const std::vector<Resources::DeviceRule>& rules);
/// devices.allow and devices.deny, rule by rule.
Status applyDevicesV1(int directory, const std::vector<Resources::DeviceRule>& rules);

} // namespace diptych::cgroups
