// What is left to a process that reads what strangers wrote: one directory as its root, the privileges that files of
// other owners need, and the calls that read, write and allocate. No network, no program, no other process, no device.
#pragma once

#include "base/result.h"

#include <cstdint>

namespace diptych::images {

struct Confinement
{
    int root = -1;          ///< directory
    bool owners = false;    ///< files get owners and capabilities (layers); else nothing but one's own files
    uint64_t fileBytes = 0; ///< of the largest file
};

/// From here on; what was opened before stays open. An error leaves the process half confined: it must end.
Status confine(const Confinement& wanted);

} // namespace diptych::images
