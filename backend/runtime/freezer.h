// The v1 freezer trap: a process that somebody parked in a frozen group ignores SIGKILL until that group is thawed.
#pragma once

#include <sys/types.h>

namespace diptych::runtime {

/// Thaws the v1 freezer group /proc/PID/cgroup names, wherever that is. Does nothing on v2, where SIGKILL gets through.
void thawProcess(pid_t pid);

} // namespace diptych::runtime
