#include "machines/domain_devices.h"

#include "machines/device_fields.h"
#include "machines/xml.h"

#include <algorithm>
#include <cstring>
#include <set>

namespace diptych::machines {

namespace {

int indexAmongAlike(pugi::xml_node device)
{
    int index = 0;
    for (pugi::xml_node other : device.parent().children(device.name())) {
        if (other == device)
            return index;
        ++index;
    }
    return index;
}

const char* prefixOf(std::string_view bus)
{
    return bus == "virtio" ? "vd" : bus == "ide" ? "hd" : bus == "fdc" ? "fd" : "sd";
}

void setSource(pugi::xml_node disk, const DiskSource& source)
{
    disk.remove_child("source");
    disk.remove_child("backingStore"); // of the medium that was there before
    if (source.path.empty())
        return;
    disk.remove_attribute("type");
    disk.prepend_attribute("type").set_value(source.block ? "block" : "file");
    if (!disk.child("driver"))
        disk.prepend_child("driver").append_attribute("name").set_value("qemu");
    pugi::xml_attribute format = disk.child("driver").attribute("type");
    (format ? format : disk.child("driver").append_attribute("type")).set_value(source.format.c_str());
    pugi::xml_node node = disk.insert_child_after("source", disk.child("driver"));
    node.append_attribute(source.block ? "dev" : "file").set_value(source.path.c_str());
}

bool isRemovable(pugi::xml_node disk)
{
    std::string_view device = disk.attribute("device").as_string("disk");
    return device == "cdrom" || device == "floppy";
}

Status completeDisk(pugi::xml_node disk, const DiskSource* source)
{
    if (!source && !isRemovable(disk))
        return failField("properties.volume", "a disk needs a volume");
    if (source)
        setSource(disk, *source);
    if (!disk.attribute("type"))
        disk.prepend_attribute("type").set_value("file");
    pugi::xml_node target = disk.child("target");
    if (!target.attribute("dev")) {
        std::string free = freeTarget({disk.parent().parent()}, target.attribute("bus").value());
        if (free.empty())
            return failField("properties.bus", "this bus has no free place");
        target.prepend_attribute("dev").set_value(free.c_str());
    }
    if (std::string_view(disk.attribute("device").value()) == "cdrom" && !disk.child("readonly"))
        disk.append_child("readonly");
    return {};
}

/// What a port needs beside its kind. Nothing but this host reaches one that listens.
Status completeSerial(pugi::xml_node serial, const DiskSource* place)
{
    std::string_view kind = serial.attribute("type").value();
    if (kind == "pty") {
        serial.remove_child("source");
        return {};
    }
    if (kind != "tcp" && !place)
        return failField("properties.kind", "there is no place for it on this host: choose pty or tcp");
    pugi::xml_node source = childOf(serial, "source");
    if (kind != "file")
        setAttribute(source, "mode", "bind");
    if (kind != "tcp") {
        setAttribute(source, "path", place->path);
        return {};
    }
    if (!source.attribute("host"))
        setAttribute(source, "host", "127.0.0.1");
    serial.append_child("protocol").append_attribute("type").set_value("raw");
    return {};
}

/// What would be without a place when it went.
Status checkFree(pugi::xml_node controller)
{
    std::string kind = controller.attribute("type").value(), index = controller.attribute("index").value();
    if (!(kind == "scsi" || kind == "virtio-serial" || (kind == "usb" && index != "0")))
        return failField("key", "the machine can't be without this controller");
    for (pugi::xml_node device : controller.parent().children()) {
        pugi::xml_node address = device.child("address");
        std::string_view type = address.attribute("type").value();
        bool drive = kind == "scsi" && type == "drive" &&
                     (device.child("target").attribute("bus").empty() ||
                      std::string_view(device.child("target").attribute("bus").value()) == "scsi");
        bool on = drive || (kind == "virtio-serial" && type == "virtio-serial")
                      ? address.attribute("controller").value() == index
                      : kind == "usb" && type == "usb" && address.attribute("bus").value() == index;
        if (on)
            return failField("key", fmt::format("{} is plugged into it", keyOf(device)));
    }
    return {};
}

/// By what it is on the host: its place in the list may differ between what runs and what will.
std::string hostDeviceKey(pugi::xml_node device)
{
    pugi::xml_node source = device.child("source"), address = source.child("address");
    auto id = [&](const char* name) { return std::string(source.child(name).attribute("id").value()); };
    if (source.child("vendor"))
        return fmt::format("hostdev:{}:{}", id("vendor"), id("product"));
    if (address.attribute("slot"))
        return fmt::format("hostdev:{:04x}:{:02x}:{:02x}.{:x}", address.attribute("domain").as_uint(),
                           address.attribute("bus").as_uint(), address.attribute("slot").as_uint(),
                           address.attribute("function").as_uint());
    if (address.attribute("device"))
        return fmt::format("hostdev:{}.{}", address.attribute("bus").as_uint(), address.attribute("device").as_uint());
    return fmt::format("hostdev:{}", indexAmongAlike(device));
}

/// What depends on what was changed and would contradict it.
void forgetPlace(pugi::xml_node device)
{
    device.remove_child("address");
    device.remove_child("alias");
}

Status renameTarget(pugi::xml_node disk)
{
    pugi::xml_attribute name = disk.child("target").attribute("dev");
    std::string_view bus = disk.child("target").attribute("bus").value();
    if (std::string_view(name.value()).starts_with(prefixOf(bus)))
        return {};
    std::string free = freeTarget({disk.parent().parent()}, bus);
    if (free.empty())
        return failField("properties.bus", "this bus has no free place");
    name.set_value(free.c_str());
    return {};
}

} // namespace

std::string freeTarget(const std::vector<pugi::xml_node>& domains, std::string_view bus)
{
    std::set<std::string> taken;
    for (pugi::xml_node domain : domains)
        for (pugi::xml_node disk : domain.child("devices").children("disk"))
            taken.insert(disk.child("target").attribute("dev").value());
    std::string prefix = prefixOf(bus);
    for (char letter = 'a'; letter <= 'z'; ++letter)
        if (!taken.contains(prefix + letter))
            return prefix + letter;
    return {};
}

std::string freeController(const std::vector<pugi::xml_node>& domains, const std::string& kind)
{
    unsigned free = 0;
    for (pugi::xml_node domain : domains)
        for (pugi::xml_node one : domain.child("devices").children("controller"))
            if (kind == one.attribute("type").value())
                free = std::max(free, one.attribute("index").as_uint() + 1);
    return std::to_string(free);
}

pugi::xml_node addHostCard(pugi::xml_node domain, const std::string& kind, const std::string& device,
                           const std::string& mode, const std::string& model, const std::string& mac)
{
    pugi::xml_node card = element(domain.child("devices"), "interface", {{"type", kind}});
    element(card, "mac", {{"address", mac}});
    if (kind == "bridge")
        element(card, "source", {{"bridge", device}});
    else
        element(card, "source", {{"dev", device}, {"mode", mode}});
    element(card, "model", {{"type", model}});
    return card;
}

std::string keyOf(pugi::xml_node device)
{
    std::string type = device.name();
    if (type == "disk")
        return type + ":" + device.child("target").attribute("dev").value();
    if (type == "interface" && device.child("mac"))
        return type + ":" + device.child("mac").attribute("address").value();
    if (type == "filesystem")
        return type + ":" + device.child("target").attribute("dir").value();
    if (type == "hostdev" && device.child("source"))
        return hostDeviceKey(device);
    if (type == "controller" && device.attribute("index"))
        return fmt::format("{}:{}:{}", type, device.attribute("type").value(), device.attribute("index").value());
    return fmt::format("{}:{}", type, indexAmongAlike(device));
}

std::vector<Device> devicesOf(pugi::xml_node domain)
{
    std::vector<Device> all;
    for (pugi::xml_node node : domain.child("devices").children()) {
        if (node.type() != pugi::node_element || strcmp(node.name(), "emulator") == 0)
            continue;
        Device device{keyOf(node), node.name(), {}};
        for (const Field& field : fieldsOf(device.type))
            if (std::string value = readField(node, field); !value.empty())
                device.properties[field.name] = std::move(value);
        if (device.type == "disk") {
            pugi::xml_node source = node.child("source");
            const char* attribute = source.attribute("file") ? "file" : source.attribute("dev") ? "dev" : "volume";
            if (std::string path = source.attribute(attribute).value(); !path.empty())
                device.properties["source"] = path;
            device.properties["format"] = node.child("driver").attribute("type").value();
        }
        all.push_back(std::move(device));
    }
    return all;
}

pugi::xml_node findDevice(pugi::xml_node domain, const std::string& key)
{
    for (pugi::xml_node node : domain.child("devices").children())
        if (node.type() == pugi::node_element && keyOf(node) == key)
            return node;
    return {};
}

Result<pugi::xml_node> addDevice(pugi::xml_node domain, const std::string& type, const Properties& properties,
                                 const DiskSource* source)
{
    if (!canAdd(type))
        return failField("type", fmt::format("{} can't be added here", type));
    pugi::xml_node devices = domain.child("devices");
    pugi::xml_node device = devices.append_child(type.c_str());
    auto made = [&]() -> Status {
        for (const auto& [name, value] : withDefaults(type, properties))
            TRY(writeField(device, type, name, value, true));
        if (type == "disk")
            TRY(completeDisk(device, source));
        if (type == "serial")
            TRY(completeSerial(device, source));
        return checkWhole(device);
    }();
    if (!made) {
        devices.remove_child(device);
        return tl::unexpected<Error>(std::move(made).error());
    }
    return device;
}

Status changeDevice(pugi::xml_node domain, const std::string& key, const Properties& properties,
                    const DiskSource* source)
{
    pugi::xml_node device = findDevice(domain, key);
    if (!device)
        return fail(Code::NotFound, fmt::format("there is no device {}", key));
    std::string type = device.name();
    for (const auto& [name, value] : properties) {
        TRY(writeField(device, type, name, value, false));
        if (name == "bus" || name == "model")
            forgetPlace(device);
    }
    TRY(checkWhole(device));
    if (type != "disk")
        return {};
    if (source && source->path.empty() && !isRemovable(device))
        return failField("properties.volume", "only a CD-ROM or a floppy can be ejected");
    if (source)
        setSource(device, *source);
    return renameTarget(device);
}

Status removeDevice(pugi::xml_node domain, const std::string& key)
{
    pugi::xml_node device = findDevice(domain, key);
    if (!device)
        return fail(Code::NotFound, fmt::format("there is no device {}", key));
    pugi::xml_node devices = domain.child("devices");
    if (strcmp(device.name(), "controller") == 0)
        TRY(checkFree(device));
    // The console is the first serial port once more: libvirt would make the port again of it.
    if (strcmp(device.name(), "serial") == 0)
        while (pugi::xml_node console = devices.find_child([](pugi::xml_node one) {
            return strcmp(one.name(), "console") == 0 &&
                   strcmp(one.child("target").attribute("type").value(), "serial") == 0;
        }))
            devices.remove_child(console);
    devices.remove_child(device);
    return {};
}

} // namespace diptych::machines
