// Parts of an OVF descriptor: files, disks, and the hardware, which is CIM_ResourceAllocationSettingData by its
// ResourceType.
#pragma once

#include "images/ovf_read.h"

#include <pugixml.hpp>

namespace diptych::images::ovf {

struct NamedFile
{
    std::string id;
    OvfFile file;
};
Result<std::vector<NamedFile>> readFiles(const pugi::xml_node& envelope);

/// One of the DiskSection.
struct DiskEntry
{
    OvfDrive drive;
    std::string fileRef;
    bool boot = false;  ///< oVirt says which one
    bool ovirt = false; ///< or virt-v2v wrote it
    bool attached = false;
};

Result<std::vector<DiskEntry>> readDiskEntries(const pugi::xml_node& envelope, const std::vector<NamedFile>& files);

/// configuration: whose items count besides those of all; empty: there are none. Fills in cpus, memory, disks, cards,
/// media, and what is left.
Status readHardware(const pugi::xml_node& section, const std::string& configuration,
                    const std::vector<NamedFile>& files, std::vector<DiskEntry>& disks, OvfMachine& machine);
/// "080027A1B2C3", "08:00:27:a1:b2:c3": as libvirt writes it; empty: that is none of a card.
std::string macOf(std::string_view text);
void leave(OvfMachine& machine, const std::string& kind, const std::string& name);

} // namespace diptych::images::ovf
