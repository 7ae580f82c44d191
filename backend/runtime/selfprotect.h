// The runtime's own program file against what runs in a container (CVE-2019-5736).
#pragma once

#include "oci/config.h"

namespace diptych::runtime {

/// Executes this program again from a read-only mount that is attached nowhere, unless it already runs from a read-only
/// file system: /proc/PID/exe can then be opened for writing by nobody, from no namespace. Returns when nothing is to
/// be done. Where the processor is known to selfprotect_entry.cpp, that was before main().
Status protectSelf(char** argv);

/// The same, unless nobody in this container could write to our file anyway: with a user namespace in which neither
/// the file's owner nor its group is anybody, not even root inside has rights over it (user_namespaces(7)), and a pid
/// namespace of its own keeps others from looking at its first process.
Status protectSelfFrom(const oci::Config& config, char** argv);

/// The descriptor of that mount, -1 when there is none. It is this process's to close: the kernel makes whoever closes
/// the last descriptor of a detached mount wait, so that is done while there is somebody else to wait for.
int selfMount();
void closeSelfMount();

} // namespace diptych::runtime
