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
/// and what is left.
Status readHardware(const pugi::xml_node& section, const std::string& configuration, std::vector<DiskEntry>& disks,
                    OvfMachine& machine);
void leave(OvfMachine& machine, const std::string& kind, const std::string& name);

} // namespace diptych::images::ovf
