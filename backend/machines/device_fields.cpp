// The table of fields, and what a new device gets without being told.
#include "machines/device_fields.h"

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
    {"totalBytes", "iotune/total_bytes_sec", "", T, {}, false, "bytes/s"},
    {"readBytes", "iotune/read_bytes_sec", "", T, {}, false, "bytes/s"},
    {"writeBytes", "iotune/write_bytes_sec", "", T, {}, false, "bytes/s"},
    {"totalOperations", "iotune/total_iops_sec", "", T, {}, false, "operations/s"},
    {"readOperations", "iotune/read_iops_sec", "", T, {}, false, "operations/s"},
    {"writeOperations", "iotune/write_iops_sec", "", T, {}, false, "operations/s"},
    {"boot", "boot", "order", A, {}, true},
};
const std::vector<Field> interfaceFields = {
    {"kind", "", "type", A, {"network", "user"}, true},
    {"mac", "mac", "address", A, {}, true},
    {"network", "source", "network", A, {}},
    {"dev", "source", "dev", A, {}, true},
    {"mode", "source", "mode", A, {}, true},
    {"model", "model", "type", A, {"virtio", "e1000e", "e1000", "rtl8139", "igb", "vmxnet3", "ne2k_pci", "usb-net"}},
    {"link", "link", "state", A, {"up", "down"}},
    {"bridge", "source", "bridge", A, {}, true},
    {"tap", "target", "dev", A, {}, true},
    {"inboundAverage", "bandwidth/inbound", "average", A, {}, false, "kB/s"},
    {"inboundPeak", "bandwidth/inbound", "peak", A, {}, false, "kB/s"},
    {"inboundBurst", "bandwidth/inbound", "burst", A, {}, false, "kB"},
    {"outboundAverage", "bandwidth/outbound", "average", A, {}, false, "kB/s"},
    {"outboundPeak", "bandwidth/outbound", "peak", A, {}, false, "kB/s"},
    {"outboundBurst", "bandwidth/outbound", "burst", A, {}, false, "kB"},
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
    {"kind", "", "type", A, {"unix", "qemu-vdagent"}, true},
    {"target", "target", "type", A, {"virtio"}, true},
    {"name", "target", "name", A, {"org.qemu.guest_agent.0", "com.redhat.spice.0"}, true},
    {"clipboard", "source/clipboard", "copypaste", A, {"yes"}, true},
    {"state", "target", "state", A, {}, true},
};
const std::vector<Field> filesystemFields = {
    {"driver", "driver", "type", A, {"virtiofs", "path"}, true},
    {"source", "source", "dir", A, {}, true},
    {"target", "target", "dir", A, {}, true},
    {"readonly", "readonly", "", P, {"yes"}, true},
};
const std::vector<Field> hostdevFields = {
    {"kind", "", "type", A, {}, true},
    {"vendor", "source/vendor", "id", A, {}, true},
    {"product", "source/product", "id", A, {}, true},
    {"domain", "source/address", "domain", A, {}, true},
    {"bus", "source/address", "bus", A, {}, true},
    {"device", "source/address", "device", A, {}, true},
    {"slot", "source/address", "slot", A, {}, true},
    {"function", "source/address", "function", A, {}, true},
};
const std::vector<Field> balloonFields = {
    {"model", "", "model", A, {"virtio", "none"}},
};
const std::vector<Field> controllerFields = {
    {"kind", "", "type", A, {"scsi", "usb"}, true},
    {"index", "", "index", A, {}, true},
    {"model", "", "model", A, {"virtio-scsi", "lsilogic", "qemu-xhci", "nec-xhci", "piix3-uhci"}, true}};
const std::vector<Field> serialFields = {
    {"kind", "", "type", A, {"pty", "unix", "tcp", "file"}, true},
    {"model", "target", "type", A, {"isa-serial", "usb-serial", "pci-serial"}, true},
    {"host", "source", "host", A, {"127.0.0.1", "::1"}, true},
    {"port", "source", "service", A, {}, true},
    {"path", "source", "path", A, {}, true},
};
const std::vector<Field> panicFields = {
    {"model", "", "model", A, {"isa", "hyperv"}, true},
};
const std::vector<Field> vsockFields = {
    {"model", "", "model", A, {"virtio"}, true},
    {"address", "cid", "address", A, {}, true},
    {"automatic", "cid", "auto", A, {"yes"}, true},
};
const std::vector<Field> iommuFields = {
    {"model", "", "model", A, {"intel", "virtio"}, true},
};
const std::vector<Field> otherFields = {
    {"kind", "", "type", A, {}, true}, {"model", "", "model", A, {}, true}, {"mode", "", "mode", A, {}, true}};

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
                                                                         {"filesystem", &filesystemFields},
                                                                         {"hostdev", &hostdevFields},
                                                                         {"memballoon", &balloonFields},
                                                                         {"controller", &controllerFields},
                                                                         {"serial", &serialFields},
                                                                         {"panic", &panicFields},
                                                                         {"vsock", &vsockFields},
                                                                         {"iommu", &iommuFields}};
    auto found = all.find(type);
    return found == all.end() ? otherFields : *found->second;
}

bool isThrottle(std::string_view property)
{
    return property.ends_with("Bytes") || property.ends_with("Operations");
}

const std::vector<std::string>& addable()
{
    static const std::vector<std::string> types = {"disk",   "interface",  "graphics", "video", "rng",
                                                   "tpm",    "watchdog",   "sound",    "input", "channel",
                                                   "serial", "controller", "panic",    "vsock", "iommu"};
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
        {"serial", {{"kind", "pty"}, {"model", "isa-serial"}}},
        {"controller", {{"kind", "scsi"}}},
        {"vsock", {{"model", "virtio"}, {"automatic", "yes"}}},
        {"iommu", {{"model", "intel"}}},
        {"channel", {{"kind", "unix"}, {"target", "virtio"}, {"name", "org.qemu.guest_agent.0"}}}};
    if (auto kind = properties.find("kind"); kind != properties.end() && kind->second == "qemu-vdagent")
        properties.insert({{"name", "com.redhat.spice.0"}, {"clipboard", "yes"}});
    if (auto found = all.find(type); found != all.end())
        properties.insert(found->second.begin(), found->second.end()); // what was said stays
    if (type == "controller")
        properties.insert({"model", properties["kind"] == "usb" ? "qemu-xhci" : "virtio-scsi"});
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

} // namespace diptych::machines
