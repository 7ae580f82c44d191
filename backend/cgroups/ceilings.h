// Which limits stand above a group: each ancestor can bind, and the smallest does.
#pragma once

#include "cgroups/cgroup.h"

namespace diptych::cgroups {

struct Ceiling
{
    std::string group; ///< "/diptych/id"; "/" is the root that we see
    std::string file;  ///< absolute
    std::string value; ///< as it stands there
    double amount = 0; ///< bytes, cores or tasks; 0: no limit
};

/// Every limit from the group at path up to the root: memory.max and memory.high or memory.limit_in_bytes; cpu.max or
/// cpu.cfs_quota_us; pids.max. controller: "memory", "cpu", "pids". Ancestors without such a file are left out. Blocks.
std::vector<Ceiling> ceilings(const Hierarchies& hierarchies, const std::string& controller, const std::string& path);
/// Directory of a group in the hierarchy that has the controller; empty where none has it.
std::string directoryOf(const Hierarchies& hierarchies, const std::string& controller, const std::string& path);
/// Whether v1's hierarchy has the controller (else v2's).
bool isVersion1(const Hierarchies& hierarchies, const std::string& controller);

} // namespace diptych::cgroups
