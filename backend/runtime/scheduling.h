// How the program gets at processors and disks, and which kernel it believes to run on.
#pragma once

#include "oci/config.h"

namespace diptych::runtime {

/// For the calling process, which still has its capabilities: I/O priority, scheduler, personality.
Status applyScheduling(const oci::Process& process, const std::optional<unsigned long>& personality);
/// sched_setaffinity(2) by a list like "0-3"; an empty one does nothing. field: for the error.
Status setAffinity(const std::string& list, const char* field);

} // namespace diptych::runtime
