#include "images/ovf_items.h"

#include "images/ovf_xml.h"

#include <algorithm>
#include <cctype>
#include <tuple>
#include <utility>

namespace diptych::images::ovf {

namespace {

constexpr uint64_t kMostMemory = uint64_t{1} << 46, kMostVcpus = 1024;
constexpr size_t kMostLeft = 64;

struct HardwareItem
{
    uint64_t type = 0;
    std::string where, instance, parent, hostResource, subtype, connection, name;
    uint64_t address = 0;
    pugi::xml_node node;
};

struct Attached
{
    size_t disk = 0, controller = 0;
    uint64_t address = 0;
};

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

Result<HardwareItem> readItem(const pugi::xml_node& node, size_t index)
{
    HardwareItem item;
    item.node = node;
    item.where = fmt::format("VirtualHardwareSection/Item {}", index);
    item.type = TRY(number(child(node, "ResourceType").text().get(), item.where + "/ResourceType"));
    item.instance = text(node, "InstanceID");
    if (item.instance.empty())
        item.instance = text(node, "InstanceId");
    item.parent = text(node, "Parent");
    item.hostResource = text(node, "HostResource", kLongestText);
    item.subtype = text(node, "ResourceSubType");
    item.connection = text(node, "Connection");
    item.name = text(node, "ElementName");
    if (item.name.empty())
        item.name = text(node, "Caption");
    // A place among others; whatever else stands there means nothing to us.
    if (auto address = number(child(node, "AddressOnParent").text().get(), {}))
        item.address = *address;
    return item;
}

/// "ovf:configuration" is a list; without it an item is of all of them.
bool belongsTo(const pugi::xml_node& node, const std::string& configuration)
{
    const std::string list = attribute(node, "configuration");
    if (list.empty() || configuration.empty())
        return true;
    const std::string padded = " " + list + " ";
    return padded.find(" " + configuration + " ") != std::string::npos;
}

Result<std::vector<HardwareItem>> itemsOf(const pugi::xml_node& section, const std::string& configuration)
{
    std::vector<HardwareItem> items;
    size_t seen = 0;
    for (const pugi::xml_node& node : section.children()) {
        if (!isNamed(node, "Item") && !isNamed(node, "StorageItem") && !isNamed(node, "EthernetPortItem"))
            continue;
        if (++seen > kMostOvfItems)
            return wrong("VirtualHardwareSection", fmt::format("more than {} items are refused", kMostOvfItems));
        // Ends of a range, beside the item that says what is wanted.
        if (attribute(node, "bound").empty() && belongsTo(node, configuration))
            items.push_back(TRY(readItem(node, seen)));
    }
    return items;
}

Result<uint64_t> processorsOf(const HardwareItem& item)
{
    if (child(item.node, "VirtualQuantity"))
        return number(child(item.node, "VirtualQuantity").text().get(), item.where + "/VirtualQuantity");
    // oVirt before 4.2, and virt-v2v.
    uint64_t count = 1;
    for (const char* part : {"num_of_sockets", "cpu_per_socket", "threads_per_cpu"})
        if (child(item.node, part)) {
            const uint64_t factor = TRY(number(child(item.node, part).text().get(), item.where + "/" + part));
            count = product(count, factor).value_or(kMostVcpus + 1);
        }
    return count;
}

Status readProcessors(const HardwareItem& item, OvfMachine& machine)
{
    const uint64_t count = TRY(processorsOf(item));
    if (count < 1 || count > kMostVcpus)
        return wrong(item.where + "/VirtualQuantity",
                     fmt::format("{} processors are refused: 1 to {}", count, kMostVcpus));
    machine.cpus = static_cast<unsigned>(count);
    return {};
}

Status readMemory(const HardwareItem& item, OvfMachine& machine)
{
    const uint64_t quantity =
        TRY(number(child(item.node, "VirtualQuantity").text().get(), item.where + "/VirtualQuantity"));
    const std::string said = text(item.node, "AllocationUnits");
    const std::optional<uint64_t> unit = ovfUnit(said.empty() ? "MegaBytes" : said);
    if (!unit)
        return wrong(item.where + "/AllocationUnits", fmt::format("\"{}\" is no unit of bytes", said));
    const std::optional<uint64_t> bytes = product(quantity, *unit);
    if (!bytes || *bytes < uint64_t{1} << 20 || *bytes > kMostMemory)
        return wrong(item.where + "/VirtualQuantity",
                     fmt::format("a memory of {} times {} bytes is refused: 1 MiB to 64 TiB", quantity, *unit));
    machine.memory = *bytes;
    return {};
}

/// "ovf:/disk/vmdisk1", "/disk/vmdisk1"; oVirt: the disk's fileRef, or nothing but the disk's id as the item's.
size_t diskOf(const HardwareItem& item, const std::vector<DiskEntry>& disks)
{
    const std::string& resource = item.hostResource;
    const size_t at = resource.find("disk/");
    const std::string id = at == std::string::npos ? item.instance : resource.substr(at + 5);
    for (size_t i = 0; i < disks.size(); ++i)
        if (disks[i].drive.id == id || (!resource.empty() && disks[i].fileRef == resource))
            return i;
    return disks.size();
}

void nameController(const HardwareItem& controller, OvfDrive& drive)
{
    const std::string kind = lowered(controller.subtype);
    const auto has = [&](std::string_view word) { return kind.find(word) != std::string::npos; };
    drive.controller = controller.subtype;
    drive.bus = controller.type == 5                  ? "ide"
                : has("virtio")                       ? "virtio"
                : controller.type == 6 || has("scsi") ? "scsi"
                : has("nvme")                         ? "nvme"
                : has("ahci") || has("sata")          ? "sata"
                                                      : "";
}

Status readDisk(const HardwareItem& item, const std::vector<HardwareItem>& items, std::vector<DiskEntry>& disks,
                std::vector<Attached>& attached)
{
    const size_t index = diskOf(item, disks);
    if (index == disks.size())
        return wrong(item.where + "/HostResource",
                     fmt::format("\"{}\" is no disk of the DiskSection", trimmed(item.hostResource, kLongestName)));
    if (std::exchange(disks[index].attached, true))
        return wrong(item.where + "/HostResource",
                     fmt::format("the disk {} is given to it twice", disks[index].drive.id));
    size_t controller = items.size();
    for (size_t i = 0; i < items.size() && !item.parent.empty(); ++i)
        if (items[i].instance == item.parent && items[i].type != 17) {
            nameController(items[i], disks[index].drive);
            controller = i;
            break;
        }
    attached.push_back({index, controller, item.address});
    return {};
}

/// "ovf:/file/file2" (VMware), "/disk/vmdisk2" (VirtualBox); whatever else stands there is a drive of the host.
void readMedium(const HardwareItem& item, const std::vector<NamedFile>& files, std::vector<DiskEntry>& disks,
                OvfMachine& machine)
{
    if (machine.media.size() >= kMostOvfMedia) {
        leave(machine, "optical", item.name);
        return;
    }
    OvfMedium medium;
    const size_t file = item.hostResource.find("file/");
    for (const NamedFile& one : files)
        if (file != std::string::npos && one.id == item.hostResource.substr(file + 5))
            medium = {one.file.name, one.file.gzip};
    const bool named = item.hostResource.find("disk/") != std::string::npos;
    if (const size_t disk = named ? diskOf(item, disks) : disks.size(); disk < disks.size())
        if (!std::exchange(disks[disk].attached, true))
            medium = {disks[disk].drive.file, disks[disk].drive.gzip};
    machine.media.push_back(std::move(medium));
}

/// Empty: it needs no word, for the machine gets such a thing of its own, or the thing is none.
std::string leftKind(const HardwareItem& item)
{
    switch (item.type) {
    case 14:
        return "floppy";
    case 18:
        return "other";
    case 21:
        return "serial";
    case 22:
        return "parallel";
    case 35:
        return "sound";
    case 1:
        return lowered(item.subtype).find("vmci") != std::string::npos    ? ""
               : lowered(item.subtype).find("sound") != std::string::npos ? "sound"
                                                                          : "other";
    case 7:
    case 8:
    case 13:
        return "controller";
    default: // controllers of disks, USB and pictures, oVirt's balloon and framebuffer
        return {};
    }
}

std::string cardAddress(const pugi::xml_node& item)
{
    const std::string mac = macOf(text(item, "Address"));
    return mac.empty() ? macOf(text(item, "MACAddress")) : mac; // oVirt
}

Status takeItem(const HardwareItem& item, const std::vector<HardwareItem>& items, const std::vector<NamedFile>& files,
                std::vector<DiskEntry>& disks, std::vector<Attached>& attached, OvfMachine& machine)
{
    switch (item.type) {
    case 3:
        return readProcessors(item, machine);
    case 4:
        return readMemory(item, machine);
    case 10:
        if (machine.cards.size() >= kMostOvfCards)
            return wrong(item.where, fmt::format("more than {} network cards are refused", kMostOvfCards));
        machine.cards.push_back({item.connection, item.subtype, cardAddress(item.node)});
        return {};
    case 15:
    case 16:
        readMedium(item, files, disks, machine);
        return {};
    case 17:
        return readDisk(item, items, disks, attached);
    default:
        break;
    }
    if (lowered(item.subtype).find("tpm") != std::string::npos)
        machine.tpm = true;
    else if (const std::string kind = leftKind(item); !kind.empty())
        leave(machine, kind, item.name);
    return {};
}

} // namespace

void leave(OvfMachine& machine, const std::string& kind, const std::string& name)
{
    if (machine.left.size() < kMostLeft)
        machine.left.push_back({kind, name});
}

std::string macOf(std::string_view text)
{
    std::string digits, mac;
    for (char c : text)
        if (c != ':' && c != '-')
            digits += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (digits.size() != 12 || digits.find_first_not_of("0123456789abcdef") != std::string::npos ||
        digits == "000000000000" || std::string_view("13579bdf").find(digits[1]) != std::string_view::npos)
        return {}; // a group's address is of no card
    for (size_t i = 0; i < digits.size(); i += 2)
        mac += (i > 0 ? ":" : "") + digits.substr(i, 2);
    return mac;
}

Status readHardware(const pugi::xml_node& section, const std::string& configuration,
                    const std::vector<NamedFile>& files, std::vector<DiskEntry>& disks, OvfMachine& machine)
{
    const std::vector<HardwareItem> items = TRY(itemsOf(section, configuration));
    std::vector<Attached> attached;
    for (const HardwareItem& item : items)
        TRY(takeItem(item, items, files, disks, attached, machine));
    // As the firmware there would look for them: the first one is booted from.
    std::stable_sort(attached.begin(), attached.end(), [&](const Attached& a, const Attached& b) {
        return std::tuple(!disks[a.disk].boot, a.controller, a.address) <
               std::tuple(!disks[b.disk].boot, b.controller, b.address);
    });
    for (const Attached& one : attached)
        machine.disks.push_back(disks[one.disk].drive);
    return {};
}

} // namespace diptych::images::ovf
