#include "machines/machine_xml.h"

#include "machines/xml.h"

namespace diptych::machines {

namespace {

constexpr int freePorts = 8; ///< of PCI Express, to plug devices into while it runs

void appendBasics(pugi::xml_node domain, const MachinePlan& plan)
{
    textElement(domain, "name", plan.name);
    textElement(domain, "uuid", plan.id);
    textElement(domain, "memory", std::to_string(plan.memory >> 10), {{"unit", "KiB"}});
    textElement(domain, "vcpu", std::to_string(plan.vcpus));
    if (plan.installation)
        appendInstallation(childOf(domain, "metadata"), *plan.installation);
    if (!plan.system.empty()) {
        // Where virt-manager and GNOME Boxes look for it.
        pugi::xml_node info = element(childOf(domain, "metadata"), "libosinfo:libosinfo",
                                      {{"xmlns:libosinfo", "http://libosinfo.org/xmlns/libvirt/domain/1.0"}});
        element(info, "libosinfo:os", {{"id", plan.system}});
    }
    bool uefi = plan.firmware != MachinePlan::Firmware::Bios,
         secure = plan.firmware == MachinePlan::Firmware::SecureUefi;
    pugi::xml_node os = element(domain, "os");
    if (uefi)
        os.append_attribute("firmware").set_value("efi");
    textElement(os, "type", "hvm",
                {{"arch", plan.architecture}, {"machine", plan.architecture == "x86_64" ? "q35" : "virt"}});
    if (uefi) {
        pugi::xml_node firmware = element(os, "firmware");
        element(firmware, "feature", {{"enabled", secure ? "yes" : "no"}, {"name", "secure-boot"}});
        element(firmware, "feature", {{"enabled", secure ? "yes" : "no"}, {"name", "enrolled-keys"}});
    }
    pugi::xml_node features = element(domain, "features");
    element(features, "acpi");
    if (plan.architecture == "x86_64")
        element(features, "apic");
    if (secure)
        element(features, "smm", {{"state", "on"}}); // else the guest could write the firmware's variables itself
    element(domain, "cpu", {{"mode", plan.kvm ? "host-passthrough" : "maximum"}, {"check", "none"}});
    pugi::xml_node clock = element(domain, "clock", {{"offset", "utc"}});
    element(clock, "timer", {{"name", "rtc"}, {"tickpolicy", "catchup"}});
    textElement(domain, "on_reboot", "restart");
    textElement(domain, "on_crash", "destroy");
}

void appendCd(pugi::xml_node domain, const DiskSource& source, int boot, const char* bus = "sata")
{
    auto cd = addDevice(domain, "disk", {{"device", "cdrom"}, {"bus", bus}}, &source);
    if (cd && boot > 0)
        cd->append_child("boot").append_attribute("order").set_value(boot);
}

void appendDisks(pugi::xml_node domain, const MachinePlan& plan)
{
    auto disk = addDevice(domain, "disk", {{"bus", plan.modern ? "virtio" : "sata"}, {"discard", "unmap"}}, &plan.disk);
    // The disk first: an empty one is passed over for the medium, and an installed one is not installed again.
    if (disk)
        disk->append_child("boot").append_attribute("order").set_value(1);
    // In the order too: SeaBIOS looks at no other disks, and a boot loader may have its own on two of them.
    int order = 1;
    for (const DiskSource& source : plan.moreDisks) {
        auto more =
            addDevice(domain, "disk", {{"bus", plan.modern ? "virtio" : "sata"}, {"discard", "unmap"}}, &source);
        if (more)
            more->append_child("boot").append_attribute("order").set_value(++order);
    }
    if (plan.medium)
        appendCd(domain, *plan.medium, ++order);
    for (const std::optional<DiskSource>& drive : plan.drives)
        if (drive)
            appendCd(domain, *drive, ++order);
        else
            (void)addDevice(domain, "disk", {{"device", "cdrom"}, {"bus", "sata"}});
    // Debian's cloud kernel has no driver for SATA: it would never see who may log in.
    if (plan.seed)
        appendCd(domain, *plan.seed, 0, plan.modern ? "scsi" : "sata");
}

void appendCards(pugi::xml_node domain, const MachinePlan& plan)
{
    std::vector<std::string> networks = plan.moreNetworks;
    if (!plan.network.empty())
        networks.insert(networks.begin(), plan.network);
    for (size_t i = 0; i < networks.size(); ++i) {
        Properties properties{{"network", networks[i]}, {"model", plan.modern ? "virtio" : "e1000e"}};
        if (i < plan.macs.size() && !plan.macs[i].empty())
            properties["mac"] = plan.macs[i];
        auto card = addDevice(domain, "interface", properties);
        // After all disks and media.
        if (card && plan.networkBoot && i == 0)
            card->append_child("boot").append_attribute("order").set_value(
                static_cast<int>(plan.moreDisks.size() + plan.drives.size()) + (plan.medium ? 3 : 2));
    }
}

void appendDevices(pugi::xml_node domain, const MachinePlan& plan)
{
    pugi::xml_node devices = element(domain, "devices");
    appendDisks(domain, plan);
    appendCards(domain, plan);
    element(devices, "controller", {{"type", "usb"}, {"model", "qemu-xhci"}});
    if (plan.seed && plan.modern)
        element(devices, "controller", {{"type", "scsi"}, {"index", "0"}, {"model", "virtio-scsi"}});
    element(devices, "controller", {{"type", "pci"}, {"index", "0"}, {"model", "pcie-root"}});
    for (int i = 0; i < freePorts; ++i)
        element(devices, "controller", {{"type", "pci"}, {"model", "pcie-root-port"}});
    pugi::xml_node serial = element(devices, "serial", {{"type", "pty"}});
    if (plan.keepsLog)
        element(serial, "log", {{"file", serialLog(plan.id)}, {"append", "off"}});
    element(serial, "target", {{"port", "0"}});
    element(element(devices, "console", {{"type", "pty"}}), "target", {{"type", "serial"}, {"port", "0"}});
    (void)addDevice(domain, "channel", {});
    if (plan.clipboard)
        (void)addDevice(domain, "channel", {{"kind", "qemu-vdagent"}});
    // Absolute positions: the pointer is where the window's is, without a grab.
    (void)addDevice(domain, "input", {{"kind", "tablet"}, {"bus", "usb"}});
    (void)addDevice(domain, "graphics", {{"listen", plan.displayListens ? "address" : "none"}});
    (void)addDevice(domain, "video", {{"model", plan.modern ? "virtio" : "vga"}});
    (void)addDevice(domain, "rng", {});
    if (plan.tpm)
        (void)addDevice(domain, "tpm", {});
    element(element(devices, "memballoon", {{"model", "virtio"}}), "stats", {{"period", "2"}});
}

} // namespace

std::string serialLog(const std::string& id)
{
    return fmt::format("{}/{}-console.log", logDirectory, id);
}

std::string machineXml(const MachinePlan& plan)
{
    pugi::xml_document document;
    pugi::xml_node domain = element(document, "domain", {{"type", plan.kvm ? "kvm" : "qemu"}});
    appendBasics(domain, plan);
    appendDevices(domain, plan);
    return writeXml(domain);
}

} // namespace diptych::machines
