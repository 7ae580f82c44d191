// What a machine can get from its host: a directory, a USB device, a PCI device. Pure: XML in, XML out. Whoever calls
// decided that the machine may have it.
#pragma once

#include "machines/domain_devices.h"

#include <optional>

namespace diptych::machines {

/// A device of the host as libvirt's node device driver describes it.
struct HostDevice
{
    std::string name; ///< libvirt's, "pci_0000_00_1f_2"
    std::string kind; ///< "usb" or "pci"
    std::string title;
    std::string detail;   ///< "8086:2922 at 0000:00:1f.2, driver ahci"
    std::string obstacle; ///< why no machine can have it; empty when one can
    std::string vendor, product;
    unsigned domain = 0, bus = 0, device = 0, slot = 0, function = 0;
};

/// Null: nothing that a machine could use (hubs, bridges, what is neither).
Result<std::optional<HostDevice>> readHostDevice(const std::string& xml);
/// byPlace: by where it is plugged in, for there is another one that looks the same.
pugi::xml_node addHostDevice(pugi::xml_node domain, const HostDevice& device, bool byPlace);

struct Share
{
    std::string path; ///< of the host
    std::string tag;  ///< by which the guest mounts it
    bool virtiofs = true, readOnly = false;
};
/// Errors name "tag".
Result<pugi::xml_node> addShare(pugi::xml_node domain, const Share& share);
/// Memory that another process can map, which virtiofs needs; what was chosen before stays as far as it can.
void shareMemory(pugi::xml_node domain);

/// A directory that may be given away: absolute, and not where the system itself lives.
Status checkHostDirectory(const std::string& path, const char* field);

} // namespace diptych::machines
