// Which control group a further process of a container goes into.
#pragma once

#include "runtime/container.h"

namespace diptych::runtime {

/// Puts pid into the container's group, then into each subgroup "[CONTROLLER[,CONTROLLER]:]PATH" below it, which must
/// exist. Where the container has made groups of its own and sits in one of them (cgroup v2 allows no process above),
/// into that of its first process.
Status joinGroup(const Record& record, const std::vector<std::string>& subgroups, pid_t pid);

/// A group that was there before must be empty: else a container would share limits and, at its end, signals with
/// others. When it is not, the record forgets it, so that clearing up after the error leaves it alone.
Status checkUnused(const cgroups::Cgroup& group, Record& record);

} // namespace diptych::runtime
