// The descriptor of an OVA that we write (DMTF DSP0243, OVF 1.1, as VMware and VirtualBox read it).
#pragma once

#include <cstdint>
#include <string>

namespace diptych::images {

struct OvfDisk
{
    std::string file;
    uint64_t fileSize = 0, capacity = 0; ///< bytes
};
/// One machine with one disk on SATA and one network card.
std::string writeOvf(const std::string& name, unsigned cpus, uint64_t memory, const OvfDisk& disk);

} // namespace diptych::images
