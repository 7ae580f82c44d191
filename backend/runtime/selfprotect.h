// The runtime's own program file against what runs in a container (CVE-2019-5736).
#pragma once

#include "base/result.h"

namespace diptych::runtime {

/// Executes this program again from a read-only mount that is attached nowhere, unless it already runs from a read-only
/// file system: /proc/PID/exe can then be opened for writing by nobody, from no namespace. Returns when nothing is to
/// be done. Where the processor is known to selfprotect_entry.cpp, that was before main().
Status protectSelf(char** argv);

/// The descriptor of that mount, -1 when there is none. It is this process's to close: the kernel makes whoever closes
/// the last descriptor of a detached mount wait, so that is done while there is somebody else to wait for.
int selfMount();
void closeSelfMount();

} // namespace diptych::runtime
