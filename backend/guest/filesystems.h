// What a disk holds, from its first bytes, and which of its parts is a system's root.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace diptych::guest {

/// Bytes of a device's beginning that filesystemIn() wants.
constexpr size_t kDeviceHead = 0x10000 + 0x48;
/// "ext4" (also for ext2 and ext3, which the same driver reads), else the name of what it is: "XFS", "LVM", ... Empty:
/// nothing that is known.
std::string filesystemIn(std::string_view head);
/// Directories of a system that its /etc/fstab takes from other file systems, so that this one is not all of it:
/// "/usr". What a container has no use for (swap, /boot, media) does not count.
std::vector<std::string> elsewhere(std::string_view fstab);

} // namespace diptych::guest
