#include "images/ovf.h"

#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <sstream>

namespace diptych::images {

namespace {
pugi::xml_node add(pugi::xml_node parent, const char* name,
                   std::initializer_list<std::pair<const char*, std::string>> attributes, const std::string& text = {})
{
    pugi::xml_node node = parent.append_child(name);
    for (const auto& [key, value] : attributes)
        node.append_attribute(key).set_value(value.c_str());
    if (!text.empty())
        node.text().set(text.c_str());
    return node;
}

/// CIM_ResourceAllocationSettingData, whose elements stand in the order of the alphabet.
void addItem(pugi::xml_node section, int type, const std::string& name,
             std::initializer_list<std::pair<const char*, std::string>> more)
{
    std::map<std::string, std::string> fields{{"rasd:ElementName", name},
                                              {"rasd:InstanceID", std::to_string(type)},
                                              {"rasd:ResourceType", std::to_string(type)}};
    for (const auto& [key, value] : more)
        fields[std::string("rasd:") + key] = value;
    pugi::xml_node item = section.append_child("Item");
    for (const auto& [key, value] : fields)
        add(item, key.c_str(), {}, value);
}

void addHardware(pugi::xml_node system, unsigned cpus, uint64_t memory)
{
    enum Resource { Processor = 3, Memory = 4, Ethernet = 10, Disk = 17, Sata = 20 };
    pugi::xml_node hardware = add(system, "VirtualHardwareSection", {});
    add(hardware, "Info", {}, "Virtual hardware");
    pugi::xml_node about = add(hardware, "System", {});
    add(about, "vssd:ElementName", {}, "Virtual Hardware Family");
    add(about, "vssd:InstanceID", {}, "0");
    add(about, "vssd:VirtualSystemType", {}, "vmx-10");
    addItem(hardware, Processor, "processors", {{"VirtualQuantity", std::to_string(cpus)}});
    addItem(
        hardware, Memory, "memory",
        {{"AllocationUnits", "byte * 2^20"}, {"VirtualQuantity", std::to_string(std::max<uint64_t>(memory >> 20, 1))}});
    addItem(hardware, Sata, "SATA controller", {{"Address", "0"}, {"ResourceSubType", "AHCI"}});
    addItem(hardware, Disk, "disk",
            {{"AddressOnParent", "0"}, {"HostResource", "ovf:/disk/disk1"}, {"Parent", std::to_string(Sata)}});
    addItem(hardware, Ethernet, "network card",
            {{"AutomaticAllocation", "true"}, {"Connection", "nat"}, {"ResourceSubType", "E1000"}});
}
} // namespace

std::string writeOvf(const std::string& name, unsigned cpus, uint64_t memory, const OvfDisk& disk)
{
    pugi::xml_document document;
    pugi::xml_node declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "UTF-8";
    const std::string ovf = "http://schemas.dmtf.org/ovf/envelope/1",
                      cim = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/";
    pugi::xml_node envelope = document.append_child("Envelope");
    for (const auto& [key, value] : {std::pair<const char*, std::string>{"xmlns", ovf},
                                     {"xmlns:ovf", ovf},
                                     {"xmlns:rasd", cim + "CIM_ResourceAllocationSettingData"},
                                     {"xmlns:vssd", cim + "CIM_VirtualSystemSettingData"}})
        envelope.append_attribute(key).set_value(value.c_str());
    pugi::xml_node references = add(envelope, "References", {});
    add(references, "File",
        {{"ovf:id", "file1"}, {"ovf:href", disk.file}, {"ovf:size", std::to_string(disk.fileSize)}});
    pugi::xml_node disks = add(envelope, "DiskSection", {});
    add(disks, "Info", {}, "Virtual disks");
    add(disks, "Disk",
        {{"ovf:diskId", "disk1"},
         {"ovf:fileRef", "file1"},
         {"ovf:capacity", std::to_string(disk.capacity)},
         {"ovf:format", "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"}});
    pugi::xml_node networks = add(envelope, "NetworkSection", {});
    add(networks, "Info", {}, "Networks");
    pugi::xml_node network = add(networks, "Network", {{"ovf:name", "nat"}});
    add(network, "Description", {}, "An address behind the host's");
    pugi::xml_node system = add(envelope, "VirtualSystem", {{"ovf:id", name}});
    add(system, "Info", {}, "A virtual machine");
    add(system, "Name", {}, name);
    pugi::xml_node kind = add(system, "OperatingSystemSection", {{"ovf:id", "101"}});
    add(kind, "Info", {}, "The operating system");
    add(kind, "Description", {}, "Linux");
    addHardware(system, cpus, memory);
    std::ostringstream out;
    document.save(out, "  ");
    return out.str();
}

} // namespace diptych::images
