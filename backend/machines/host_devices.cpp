#include "machines/host_devices.h"

#include "machines/xml.h"

#include <algorithm>
#include <filesystem>

namespace diptych::machines {

namespace {

constexpr unsigned bridgeClass = 0x06, linuxFoundation = 0x1d6b;

const char* className(unsigned pciClass)
{
    switch (pciClass) {
    case 0x01:
        return "storage controller";
    case 0x02:
        return "network card";
    case 0x03:
        return "graphics card";
    case 0x04:
        return "sound or video device";
    case 0x0c:
        return "serial bus controller";
    case 0x12:
        return "accelerator";
    default:
        return "PCI device";
    }
}

std::string hexOf(unsigned value)
{
    return fmt::format("0x{:04x}", value);
}

/// "Vendor Product" where libvirt knows names.
std::string titleOf(pugi::xml_node capability, const std::string& otherwise)
{
    std::string vendor = capability.child_value("vendor"), product = capability.child_value("product");
    if (product.empty())
        return vendor.empty() ? otherwise : fmt::format("{} {}", vendor, otherwise);
    return vendor.empty() ? product : fmt::format("{} {}", vendor, product);
}

unsigned numberIn(pugi::xml_node node, const char* child)
{
    return node.child(child).text().as_uint();
}

std::optional<HostDevice> pciDevice(pugi::xml_node capability, HostDevice device, std::string_view driver)
{
    unsigned pciClass = numberIn(capability, "class") >> 16;
    if (pciClass == bridgeClass)
        return {};
    device.kind = "pci";
    device.domain = numberIn(capability, "domain");
    device.bus = numberIn(capability, "bus");
    device.slot = numberIn(capability, "slot");
    device.function = numberIn(capability, "function");
    device.title = titleOf(capability, className(pciClass));
    device.detail = fmt::format("{:04x}:{:04x} at {:04x}:{:02x}:{:02x}.{:x}{}{}",
                                capability.child("vendor").attribute("id").as_uint(),
                                capability.child("product").attribute("id").as_uint(), device.domain, device.bus,
                                device.slot, device.function, driver.empty() ? "" : ", driver ", driver);
    if (!capability.child("iommuGroup"))
        device.obstacle = "this host has no IOMMU in use, which keeps a device to the memory of its machine: switch it "
                          "on in the firmware (VT-d, AMD-Vi) and start the kernel with intel_iommu=on or amd_iommu=on";
    return device;
}

std::optional<HostDevice> usbDevice(pugi::xml_node capability, HostDevice device)
{
    unsigned vendor = capability.child("vendor").attribute("id").as_uint(),
             product = capability.child("product").attribute("id").as_uint();
    if (vendor == linuxFoundation || capability.child("class").text().as_uint() == 9)
        return {}; // hubs
    device.kind = "usb";
    device.vendor = hexOf(vendor);
    device.product = hexOf(product);
    device.bus = numberIn(capability, "bus");
    device.device = numberIn(capability, "device");
    device.title = titleOf(capability, "USB device");
    device.detail = fmt::format("{:04x}:{:04x}, bus {}, device {}", vendor, product, device.bus, device.device);
    return device;
}

} // namespace

Result<std::optional<HostDevice>> readHostDevice(const std::string& xml)
{
    pugi::xml_document document;
    TRY(parseXml(xml, document));
    pugi::xml_node root = document.child("device");
    HostDevice device;
    device.name = root.child_value("name");
    for (pugi::xml_node capability : root.children("capability")) {
        std::string_view type = capability.attribute("type").value();
        if (type == "pci")
            return pciDevice(capability, device, root.child("driver").child_value("name"));
        if (type == "usb_device")
            return usbDevice(capability, device);
    }
    return std::optional<HostDevice>();
}

pugi::xml_node addHostDevice(pugi::xml_node domain, const HostDevice& device, bool byPlace)
{
    pugi::xml_node node =
        element(domain.child("devices"), "hostdev", {{"mode", "subsystem"}, {"type", device.kind}, {"managed", "yes"}});
    pugi::xml_node source = element(node, "source");
    if (device.kind == "pci") {
        element(source, "address",
                {{"domain", hexOf(device.domain)},
                 {"bus", fmt::format("0x{:02x}", device.bus)},
                 {"slot", fmt::format("0x{:02x}", device.slot)},
                 {"function", fmt::format("0x{:x}", device.function)}});
    } else if (byPlace) {
        element(source, "address", {{"bus", std::to_string(device.bus)}, {"device", std::to_string(device.device)}});
    } else {
        element(source, "vendor", {{"id", device.vendor}});
        element(source, "product", {{"id", device.product}});
    }
    return node;
}

Result<pugi::xml_node> addShare(pugi::xml_node domain, const Share& share)
{
    bool good = !share.tag.empty() && share.tag.size() <= 31 &&
                std::all_of(share.tag.begin(), share.tag.end(),
                            [](unsigned char c) { return isalnum(c) || c == '_' || c == '-' || c == '.'; });
    if (!good)
        return failField("tag", "letters, digits and _-. only, at most 31");
    if (findDevice(domain, "filesystem:" + share.tag))
        return failField("tag", fmt::format("there is a share \"{}\" already", share.tag));
    TRY(checkXmlText(share.path, "path"));
    // QEMU's own 9p runs as an ordinary user: owners and modes are kept in attributes beside the files.
    pugi::xml_node node = element(domain.child("devices"), "filesystem",
                                  {{"type", "mount"}, {"accessmode", share.virtiofs ? "passthrough" : "mapped"}});
    element(node, "driver", {{"type", share.virtiofs ? "virtiofs" : "path"}});
    element(node, "source", {{"dir", share.path}});
    element(node, "target", {{"dir", share.tag}});
    if (share.readOnly)
        element(node, "readonly");
    return node;
}

void shareMemory(pugi::xml_node domain)
{
    pugi::xml_node backing = domain.child("memoryBacking");
    if (!backing)
        backing = domain.insert_child_before("memoryBacking",
                                             domain.child("vcpu") ? domain.child("vcpu") : domain.child("os"));
    pugi::xml_node source = backing.child("source"), access = backing.child("access");
    bool pages = backing.child("hugepages"); // these are shared as they are, with a file or memfd behind them
    if (!source && !pages)
        backing.append_child("source").append_attribute("type").set_value("memfd");
    else if (std::string_view(source.attribute("type").value()) == "anonymous")
        source.attribute("type").set_value("memfd");
    if (!access)
        access = backing.append_child("access");
    pugi::xml_attribute mode = access.attribute("mode");
    (mode ? mode : access.append_attribute("mode")).set_value("shared");
}

Status checkHostDirectory(const std::string& path, const char* field)
{
    std::string normal = std::filesystem::path(path).lexically_normal();
    while (normal.size() > 1 && normal.back() == '/')
        normal.pop_back();
    if (path.empty() || path[0] != '/' || normal.find("..") != std::string::npos)
        return failField(field, "an absolute path");
    static constexpr std::string_view system[] = {"/bin",  "/boot", "/dev", "/etc",  "/lib", "/lib64",
                                                  "/proc", "/root", "/run", "/sbin", "/sys", "/usr"};
    bool taken = normal == "/" || normal == "/var" || normal == "/home";
    for (std::string_view one : system)
        taken = taken || normal == one || normal.starts_with(std::string(one) + "/");
    if (taken)
        return failField(field, fmt::format("{} belongs to the system", normal));
    return checkXmlText(path, field);
}

} // namespace diptych::machines
