// The process that becomes the container's program: every step between clone and execve, in the order of README.md.
#pragma once

#include "runtime/plan.h"

namespace diptych::runtime {

/// Never returns. channel: our end, taken over. cloneFlags: what the second clone creates when a user namespace is
/// joined.
[[noreturn]] void runChild(Plan& plan, UniqueFd channel, uint64_t laterFlags);

} // namespace diptych::runtime
