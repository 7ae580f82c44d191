// That the kernel counts what v1 groups read and write. Needs root; one thread at a time.
#pragma once

#include "cgroups/cgroup.h"

#include <set>

namespace diptych::cgroups {

/// Since Linux 6.10 the block layer sets up a disk's throttling, and with it v1's blkio.throttle.io_service_bytes, only
/// when a group gets a rule for that disk; before, every group reads 0. A rule that limits nothing, taken away at once,
/// does it, for all groups and until the disk goes. v2 counts always.
class DiskCounting final
{
public:
    /// For the disks that have come since the call before; the rules are the group's. What can't be is logged once.
    void begin(const Cgroup& group);

private:
    std::set<std::string> m_known; ///< names in /sys/block
};

} // namespace diptych::cgroups
