// The descriptor of an OVA (DMTF DSP0243, OVF 1.1, as VMware and VirtualBox write and read it).
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace diptych::images {

/// Names of the files that are disks, in the order of the descriptor's DiskSection.
Result<std::vector<std::string>> disksInOvf(const std::string& xml);

struct OvfDisk
{
    std::string file;
    uint64_t fileSize = 0, capacity = 0; ///< bytes
};
/// One machine with one disk on SATA and one network card.
std::string writeOvf(const std::string& name, unsigned cpus, uint64_t memory, const OvfDisk& disk);

} // namespace diptych::images
