// The root file system of a machine's disk as a tar, read by a kernel that is there for nothing else: a virtual machine
// of the twins' own kernel and diptych-guest, whose QEMU is enclosed (enclose.h). No kernel of the host's ever mounts
// what a guest wrote, and nothing but the tar and a few lines come out.
#pragma once

#include "instances/driver.h"
#include "instances/paths.h"

#include <string>
#include <string_view>

namespace diptych::images {

/// work: a directory with disk.raw, which is written to (a journal is played back); rootfs.tar appears beside it.
/// NotSupported with the reason where the disk's layout does not allow it.
Status readDisk(const Paths& paths, const std::string& work, Progress& progress);

/// What the reading machine said of its end, in lines of JSON.
struct DiskReading
{
    uint64_t bytes = 0; ///< that the file system holds, once it was found
    bool whole = false;
    std::string refused; ///< why not; printable
};
DiskReading diskReadingFrom(std::string_view record);

} // namespace diptych::images
