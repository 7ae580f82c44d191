#include "images/ovf_read.h"

#include "images/ovf_items.h"
#include "images/ovf_xml.h"

#include <algorithm>
#include <pugixml.hpp>

namespace diptych::images {

namespace {
using namespace ovf;

constexpr size_t kMostConfigurations = 100, kMostLicences = 8;

/// The machine, or why there is not one.
Result<pugi::xml_node> systemOfEnvelope(const pugi::xml_node& envelope)
{
    pugi::xml_node inside = envelope;
    for (int depth = 0; depth < 4; ++depth) {
        pugi::xml_node found;
        for (const pugi::xml_node& node : inside.children()) {
            if (!isNamed(node, "VirtualSystem") && !isNamed(node, "VirtualSystemCollection"))
                continue;
            if (found)
                return fail(Code::NotSupported, "the archive holds several machines: one can be taken");
            found = node;
        }
        if (!found)
            break;
        if (isNamed(found, "VirtualSystem"))
            return found;
        inside = found;
    }
    return wrong("Envelope", "there is no VirtualSystem in it");
}

/// The one that is meant where nobody chose; the others are named.
Result<std::string> chooseConfiguration(const pugi::xml_node& envelope, OvfMachine& machine)
{
    std::string chosen;
    std::vector<std::string> ids;
    for (const pugi::xml_node& node : child(envelope, "DeploymentOptionSection").children()) {
        if (!isNamed(node, "Configuration"))
            continue;
        if (ids.size() >= kMostConfigurations)
            return wrong("DeploymentOptionSection",
                         fmt::format("more than {} configurations are refused", kMostConfigurations));
        ids.push_back(trimmed(attribute(node, "id"), kLongestName));
        if (attribute(node, "default") == "true" || chosen.empty())
            chosen = ids.back();
    }
    std::erase(ids, chosen);
    if (!ids.empty())
        leave(machine, "configurations", trimmed(fmt::format("{}", fmt::join(ids, ", ")), kLongestName));
    return chosen;
}

void readTexts(const pugi::xml_node& envelope, const pugi::xml_node& system, OvfMachine& machine)
{
    machine.name = text(system, "Name");
    if (machine.name.empty())
        machine.name = trimmed(attribute(system, "id"), kLongestName);
    const pugi::xml_node about = child(system, "ProductSection");
    machine.product = text(about, "Product");
    machine.vendor = text(about, "Vendor");
    machine.version = text(about, "FullVersion");
    if (machine.version.empty())
        machine.version = text(about, "Version");
    if (child(about, "Property"))
        leave(machine, "properties", {});
    machine.annotation = text(child(system, "AnnotationSection"), "Annotation", kLongestText);
    if (machine.annotation.empty() && isNamed(system, "VirtualSystem") && local(system.name()) == "Content")
        machine.annotation = text(system, "Description", kLongestText);
    for (const pugi::xml_node& place : {envelope, system})
        for (const pugi::xml_node& node : place.children())
            if (isNamed(node, "EulaSection") && machine.licences.size() < kMostLicences)
                if (std::string licence = text(node, "License", kLongestText); !licence.empty())
                    machine.licences.push_back(std::move(licence));
}

void readSystem(const pugi::xml_node& system, OvfMachine& machine)
{
    const pugi::xml_node section = child(system, "OperatingSystemSection");
    machine.systemText = text(section, "Description");
    for (const std::string& word : {attribute(section, "osType"), text(section, "OSType"), machine.systemText})
        if (machine.system.empty())
            machine.system = osinfoOfWord(word);
    if (auto type = number(attribute(section, "id"), {}); type && machine.system.empty() && *type < 1000)
        machine.system = osinfoOfCim(static_cast<unsigned>(*type), attribute(section, "version"));
}

/// VMware: keys beside the items; VirtualBox: its own section; oVirt: an element of the machine.
void readFirmware(const pugi::xml_node& system, const pugi::xml_node& hardware, OvfMachine& machine)
{
    using Firmware = OvfMachine::Firmware;
    bool uefi = false, secure = false;
    for (const pugi::xml_node& node : hardware.children()) {
        if (!isNamed(node, "Config") && !isNamed(node, "ExtraConfig"))
            continue;
        const std::string key = attribute(node, "key"), value = attribute(node, "value");
        uefi = uefi || (key == "firmware" && value == "efi");
        secure = secure || (key == "bootOptions.efiSecureBootEnabled" && value == "true");
    }
    const pugi::xml_node own = child(child(system, "Machine"), "Hardware");
    uefi = uefi || attribute(child(own, "Firmware"), "type").starts_with("EFI");
    if (const std::string type = attribute(child(own, "TrustedPlatformModule"), "type"); type.starts_with("v2"))
        machine.tpm = true;
    const std::string bios = text(system, "BiosType");
    uefi = uefi || bios == "3" || bios == "4";
    secure = secure || bios == "4";
    machine.firmware = !uefi ? Firmware::Bios : secure ? Firmware::SecureUefi : Firmware::Uefi;
}

/// VirtualBox has the addresses in its own section, of each card that is plugged in, in the order of the items.
void readAddresses(const pugi::xml_node& system, OvfMachine& machine)
{
    std::vector<std::string> addresses;
    for (const pugi::xml_node& node : child(child(child(system, "Machine"), "Hardware"), "Network").children())
        if (isNamed(node, "Adapter") && attribute(node, "enabled") == "true")
            addresses.push_back(macOf(attribute(node, "MACAddress")));
    if (addresses.size() != machine.cards.size())
        return; // nobody knows which is whose
    for (size_t i = 0; i < addresses.size(); ++i)
        if (machine.cards[i].mac.empty())
            machine.cards[i].mac = addresses[i];
}

Result<pugi::xml_node> parseEnvelope(std::string_view xml, pugi::xml_document& document)
{
    if (xml.size() > kLargestDescriptor)
        return wrong("Envelope", fmt::format("more than {} bytes are refused", kLargestDescriptor));
    // pugixml follows no DTD and no entity but the five that everybody knows; what has one means harm.
    if (xml.find("<!DOCTYPE") != std::string_view::npos || xml.find("<!ENTITY") != std::string_view::npos)
        return wrong("Envelope", "a document type is refused");
    if (auto parsed = document.load_buffer(xml.data(), xml.size()); !parsed)
        return wrong("Envelope", fmt::format("byte {}: {}", parsed.offset, parsed.description()));
    const pugi::xml_node envelope = document.document_element();
    if (!isNamed(envelope, "Envelope"))
        return wrong("Envelope", "this is no OVF descriptor");
    return envelope;
}

/// What is referred to and neither a disk nor a medium of the machine is named as left: VMware's variables of the
/// firmware.
void keepFiles(const std::vector<NamedFile>& files, const std::vector<DiskEntry>& disks, OvfMachine& machine)
{
    for (const NamedFile& one : files) {
        OvfFile file = one.file;
        const auto disk = std::find_if(disks.begin(), disks.end(),
                                       [&](const DiskEntry& entry) { return entry.drive.file == file.name; });
        const bool medium = std::any_of(machine.media.begin(), machine.media.end(),
                                        [&](const OvfMedium& drive) { return drive.file == file.name; });
        if (disk == disks.end() && !medium)
            leave(machine, "file", file.name);
        else if (disk != disks.end() && disk->ovirt)
            file.size.reset(); // theirs is of what the machine sees
        machine.files.push_back(std::move(file));
    }
}

} // namespace

Result<OvfMachine> readOvf(std::string_view xml)
{
    pugi::xml_document document;
    const pugi::xml_node envelope = TRY(parseEnvelope(xml, document));
    OvfMachine machine;
    const std::vector<NamedFile> files = TRY(readFiles(envelope));
    std::vector<DiskEntry> disks = TRY(readDiskEntries(envelope, files));
    const pugi::xml_node system = TRY(systemOfEnvelope(envelope));
    readTexts(envelope, system, machine);
    readSystem(system, machine);
    const std::string configuration = TRY(chooseConfiguration(envelope, machine));
    const pugi::xml_node hardware = child(system, "VirtualHardwareSection");
    if (!hardware)
        return wrong("VirtualSystem", "there is no VirtualHardwareSection in it");
    TRY(readHardware(hardware, configuration, files, disks, machine));
    readAddresses(system, machine);
    readFirmware(system, hardware, machine);
    for (const DiskEntry& disk : disks)
        if (!disk.attached)
            leave(machine, "unattached", disk.drive.id);
    if (machine.disks.empty())
        return fail(Code::NotSupported, "the machine in the archive has no disk");
    keepFiles(files, disks, machine);
    return machine;
}

Result<std::vector<OvfDrive>> ovfDrives(std::string_view xml)
{
    pugi::xml_document document;
    const pugi::xml_node envelope = TRY(parseEnvelope(xml, document));
    const std::vector<NamedFile> files = TRY(readFiles(envelope));
    std::vector<OvfDrive> drives;
    for (DiskEntry& entry : TRY(readDiskEntries(envelope, files)))
        if (!entry.drive.file.empty())
            drives.push_back(std::move(entry.drive));
    if (drives.empty())
        return fail(Code::NotSupported, "there is no disk in the archive");
    return drives;
}

} // namespace diptych::images
