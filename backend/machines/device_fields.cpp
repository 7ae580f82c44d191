#include "machines/device_fields.h"

#include "machines/xml.h"

#include <algorithm>

namespace diptych::machines {

namespace {

using Place = Field::Place;
constexpr Place A = Place::Attribute, T = Place::Text, P = Place::Presence;

const std::vector<Field> diskFields = {
    {"device", "", "device", A, {"disk", "cdrom", "floppy"}, true},
    {"bus", "target", "bus", A, {"virtio", "scsi", "sata", "ide", "usb", "fdc"}},
    {"target", "target", "dev", A, {}, true},
    {"cache", "driver", "cache", A, {"default", "none", "writethrough", "writeback", "directsync", "unsafe"}},
    {"discard", "driver", "discard", A, {"ignore", "unmap"}},
    {"io", "driver", "io", A, {"threads", "native", "io_uring"}},
    {"readonly", "readonly", "", P, {"yes"}},
    {"shareable", "shareable", "", P, {"yes"}},
    {"serial", "serial", "", T, {}},
    {"boot", "boot", "order", A, {}, true},
};
const std::vector<Field> interfaceFields = {
    {"kind", "", "type", A, {"network", "user"}, true},
    {"mac", "mac", "address", A, {}, true},
    {"network", "source", "network", A, {}},
    {"model", "model", "type", A, {"virtio", "e1000e", "e1000", "rtl8139", "igb", "vmxnet3", "ne2k_pci", "usb-net"}},
    {"link", "link", "state", A, {"up", "down"}},
    {"bridge", "source", "bridge", A, {}, true},
    {"tap", "target", "dev", A, {}, true},
    {"boot", "boot", "order", A, {}, true},
};
const std::vector<Field> graphicsFields = {
    {"kind", "", "type", A, {"vnc", "spice"}, true},
    {"listen", "listen", "type", A, {"none", "address", "socket"}},
    {"port", "", "port", A, {}, true},
};
const std::vector<Field> videoFields = {
    {"model", "model", "type", A, {"virtio", "vga", "qxl", "bochs", "cirrus", "ramfb", "none"}},
    {"vram", "model", "vram", A, {}, true},
    {"heads", "model", "heads", A, {}, true},
};
const std::vector<Field> rngFields = {
    {"model", "", "model", A, {"virtio", "virtio-transitional", "virtio-non-transitional"}},
    {"backend", "backend", "model", A, {"random"}, true},
    {"source", "backend", "", T, {"/dev/urandom", "/dev/random"}},
};
const std::vector<Field> tpmFields = {
    {"model", "", "model", A, {"tpm-crb", "tpm-tis"}},
    {"backend", "backend", "type", A, {"emulator"}, true},
    {"version", "backend", "version", A, {"1.2", "2.0"}},
};
const std::vector<Field> watchdogFields = {
    {"model", "", "model", A, {"itco", "i6300esb", "ib700", "diag288"}},
    {"action", "", "action", A, {"reset", "shutdown", "poweroff", "pause", "none", "dump", "inject-nmi"}},
};
const std::vector<Field> soundFields = {
    {"model", "", "model", A, {"ich9", "ich6", "ac97", "es1370", "sb16", "usb"}},
};
const std::vector<Field> inputFields = {
    {"kind", "", "type", A, {"tablet", "mouse", "keyboard"}, true},
    {"bus", "", "bus", A, {"usb", "virtio", "ps2"}, true},
};
const std::vector<Field> channelFields = {
    {"kind", "", "type", A, {"unix"}, true},
    {"target", "target", "type", A, {"virtio"}, true},
    {"name", "target", "name", A, {"org.qemu.guest_agent.0"}, true},
    {"state", "target", "state", A, {}, true},
};
const std::vector<Field> balloonFields = {
    {"model", "", "model", A, {"virtio", "none"}},
};
const std::vector<Field> controllerFields = {
    {"kind", "", "type", A, {}, true}, {"index", "", "index", A, {}, true}, {"model", "", "model", A, {}, true}};
const std::vector<Field> otherFields = {
    {"kind", "", "type", A, {}, true}, {"model", "", "model", A, {}, true}, {"mode", "", "mode", A, {}, true}};

bool isMac(const std::string& text)
{
    if (text.size() != 17)
        return false;
    for (size_t i = 0; i < text.size(); ++i)
        if (i % 3 == 2 ? text[i] != ':' : !isxdigit(static_cast<unsigned char>(text[i])))
            return false;
    return true;
}

/// Names of networks, serial numbers: no path, no list, no control characters.
Status checkName(const std::string& field, const std::string& value)
{
    bool good = value.size() <= 64 && std::all_of(value.begin(), value.end(), [](unsigned char c) {
                    return isalnum(c) || c == '_' || c == '-' || c == '.' || c == ':' || c == '+';
                });
    if (!good)
        return failField(field, "letters, digits and _-.:+ only, at most 64");
    return {};
}

Status checkValue(const Field& field, const std::string& value)
{
    std::string path = fmt::format("properties.{}", field.name);
    if (value.empty())
        return {};
    if (std::string_view(field.name) == "mac")
        return isMac(value) ? Status() : failField(path, "a MAC address is 52:54:00:12:34:56");
    if (field.words.empty())
        return checkName(path, value);
    for (const char* word : field.words)
        if (value == word)
            return {};
    return failField(path, fmt::format("{} is one of {}", field.name, fmt::join(field.words, ", ")));
}

void write(pugi::xml_node device, const Field& field, const std::string& value)
{
    bool own = *field.child == 0;
    pugi::xml_node node = own ? device : device.child(field.child);
    if (value.empty()) {
        if (field.place == A)
            node.remove_attribute(field.attribute);
        if (!own && (field.place != A || (!node.first_attribute() && !node.first_child())))
            device.remove_child(field.child);
        return;
    }
    if (!node)
        node = device.append_child(field.child);
    if (field.place == A) {
        pugi::xml_attribute attribute = node.attribute(field.attribute);
        (attribute ? attribute : node.append_attribute(field.attribute)).set_value(value.c_str());
    } else if (field.place == T) {
        node.text().set(value.c_str());
    }
}

} // namespace

const std::vector<Field>& fieldsOf(const std::string& type)
{
    static const std::map<std::string, const std::vector<Field>*> all = {{"disk", &diskFields},
                                                                         {"interface", &interfaceFields},
                                                                         {"graphics", &graphicsFields},
                                                                         {"video", &videoFields},
                                                                         {"rng", &rngFields},
                                                                         {"tpm", &tpmFields},
                                                                         {"watchdog", &watchdogFields},
                                                                         {"sound", &soundFields},
                                                                         {"input", &inputFields},
                                                                         {"channel", &channelFields},
                                                                         {"memballoon", &balloonFields},
                                                                         {"controller", &controllerFields}};
    auto found = all.find(type);
    return found == all.end() ? otherFields : *found->second;
}

std::string readField(pugi::xml_node device, const Field& field)
{
    pugi::xml_node node = *field.child == 0 ? device : device.child(field.child);
    switch (field.place) {
    case Place::Attribute:
        return node.attribute(field.attribute).value();
    case Place::Text:
        return node.text().get();
    case Place::Presence:
        break;
    }
    return node ? "yes" : "";
}

Status writeField(pugi::xml_node device, const std::string& type, const std::string& name, const std::string& value,
                  bool adding)
{
    std::string path = "properties." + name;
    const std::vector<Field>& fields = fieldsOf(type);
    auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& one) { return name == one.name; });
    if (found == fields.end())
        return failField(path, fmt::format("a {} has no {}", type, name));
    if (found->fixed && !adding)
        return failField(path, fmt::format("{} can't be changed: remove the device and add it anew", name));
    TRY(checkValue(*found, value));
    write(device, *found, value);
    return {};
}

const std::vector<std::string>& addable()
{
    static const std::vector<std::string> types = {"disk", "interface", "graphics", "video", "rng",
                                                   "tpm",  "watchdog",  "sound",    "input", "channel"};
    return types;
}

bool canAdd(const std::string& type)
{
    return std::find(addable().begin(), addable().end(), type) != addable().end();
}

std::vector<std::pair<std::string, std::string>> withDefaults(const std::string& type, Properties properties)
{
    static const std::map<std::string, Properties> all = {
        {"disk", {{"device", "disk"}, {"bus", "virtio"}}},
        {"interface", {{"kind", "network"}, {"model", "virtio"}}},
        {"graphics", {{"kind", "vnc"}, {"listen", "none"}}},
        {"video", {{"model", "virtio"}}},
        {"rng", {{"model", "virtio"}, {"backend", "random"}, {"source", "/dev/urandom"}}},
        {"tpm", {{"model", "tpm-crb"}, {"backend", "emulator"}, {"version", "2.0"}}},
        {"watchdog", {{"model", "i6300esb"}, {"action", "reset"}}},
        {"sound", {{"model", "ich9"}}},
        {"input", {{"kind", "tablet"}, {"bus", "usb"}}},
        {"channel", {{"kind", "unix"}, {"target", "virtio"}, {"name", "org.qemu.guest_agent.0"}}}};
    if (auto found = all.find(type); found != all.end())
        properties.insert(found->second.begin(), found->second.end()); // what was said stays
    std::vector<std::pair<std::string, std::string>> ordered;
    for (const Field& field : fieldsOf(type)) {
        auto found = properties.find(field.name);
        if (found == properties.end())
            continue;
        if (!found->second.empty())
            ordered.emplace_back(*found);
        properties.erase(found);
    }
    ordered.insert(ordered.end(), properties.begin(), properties.end()); // unknown: refused by writeField
    return ordered;
}

Status checkWhole(pugi::xml_node device)
{
    std::string_view type = device.name(), kind = device.attribute("type").value();
    if (type == "interface" && kind == "network" && !*device.child("source").attribute("network").value())
        return failField("properties.network", "which network?");
    return {};
}

} // namespace diptych::machines
