// CVE-2019-5736: a process inside a container whose root is the host's root could write the runtime's own program
// through /proc/PID/exe.
#pragma once

#include "base/result.h"

namespace diptych::runtime {

/// Executes itself again from a read-only mount that is attached nowhere, unless it already runs from one. Then no open
/// for writing succeeds, for any process in any container; nothing is copied, as a memfd would. Returns when protected.
Status protectSelf(char** argv);

} // namespace diptych::runtime
