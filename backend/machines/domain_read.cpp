#include "machines/domain_read.h"

#include "base/json.h"
#include "instances/json.h"
#include "machines/domain_xml.h"
#include "machines/xml.h"

namespace diptych::machines {

namespace {

uint64_t bytesOf(pugi::xml_node node)
{
    std::string_view unit = node.attribute("unit").as_string("KiB");
    uint64_t value = node.text().as_ullong();
    if (unit == "b" || unit == "bytes")
        return value;
    if (unit == "MiB" || unit == "M")
        return value << 20;
    if (unit == "GiB" || unit == "G")
        return value << 30;
    if (unit == "TiB" || unit == "T")
        return value << 40;
    return value << 10;
}

std::string attribute(pugi::xml_node node, const char* child, const char* name)
{
    return node.child(child).attribute(name).as_string();
}

/// Never in the middle of a character.
std::string shortened(std::string text, size_t most)
{
    if (text.size() <= most)
        return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0) == 0x80)
        --most;
    text.resize(most);
    return text;
}

void readSpec(pugi::xml_node domain, DomainInfo& info)
{
    auto json = parseJson(metadataOf(domain, metadataUri).text().as_string());
    if (!json)
        return;
    if (auto spec = specFrom(JsonReader(*json)); spec)
        info.spec = std::move(*spec);
    if (!info.spec)
        return;
    // libvirt's word is the last one on the name.
    info.spec->name = info.name;
    info.spec->kind = Kind::Machine;
}

void readDisk(pugi::xml_node node, DomainInfo& info)
{
    DiskInfo disk;
    disk.target = attribute(node, "target", "dev");
    disk.path = attribute(node, "source", "file");
    if (disk.path.empty())
        disk.path = attribute(node, "source", "dev");
    disk.format = attribute(node, "driver", "type");
    disk.device = node.attribute("device").as_string("disk");
    disk.readOnly = node.child("readonly") != nullptr;
    disk.backing = node.child("backingStore").child("source").attribute("file").as_string();
    info.devices.push_back(fmt::format("{} {} {}", disk.device, attribute(node, "target", "bus"), disk.target));
    info.disks.push_back(std::move(disk));
}

void readInterface(pugi::xml_node node, DomainInfo& info)
{
    InterfaceInfo interface;
    interface.mac = attribute(node, "mac", "address");
    interface.network = attribute(node, "source", "network");
    interface.bridge = attribute(node, "source", "bridge");
    interface.tap = attribute(node, "target", "dev");
    interface.model = attribute(node, "model", "type");
    info.devices.push_back("interface " + interface.model);
    info.interfaces.push_back(std::move(interface));
}

void readCharacterDevice(pugi::xml_node node, DomainInfo& info)
{
    std::string_view kind = node.name();
    std::string target = attribute(node, "target", "name");
    if (target == "org.diptych.guest.0")
        info.guestSocket = attribute(node, "source", "path");
    if (target == "org.diptych.record.0")
        info.recordFile = attribute(node, "source", "path");
    if (kind == "serial" && info.consoleLog.empty())
        info.consoleLog = attribute(node, "log", "file");
    if (kind == "console" && info.console.empty())
        info.console = node.attribute("tty").as_string();
    if (kind != "console")
        info.devices.push_back(
            fmt::format("{} {}", kind, target.empty() ? node.attribute("type").as_string() : target));
}

void readDevices(pugi::xml_node devices, DomainInfo& info)
{
    info.emulator = devices.child_value("emulator");
    for (pugi::xml_node node : devices.children()) {
        std::string_view kind = node.name();
        if (kind == "disk")
            readDisk(node, info);
        else if (kind == "interface")
            readInterface(node, info);
        else if (kind == "serial" || kind == "console" || kind == "channel")
            readCharacterDevice(node, info);
        else if (kind == "controller")
            info.devices.push_back(fmt::format("controller {}", node.attribute("type").as_string()));
        else if (kind != "emulator")
            info.devices.push_back(
                fmt::format("{} {}", kind, node.attribute("model").as_string(node.attribute("type").as_string())));
    }
}

void readResources(pugi::xml_node domain, DomainInfo& info)
{
    info.memory = bytesOf(domain.child("memory"));
    info.currentMemory = domain.child("currentMemory") ? bytesOf(domain.child("currentMemory")) : info.memory;
    info.maximumCpus = domain.child("vcpu").text().as_uint(1);
    info.cpus = domain.child("vcpu").attribute("current").as_uint(info.maximumCpus);
    pugi::xml_node tune = domain.child("cputune");
    info.quota = tune.child("global_quota").text().as_llong(-1);
    info.period = tune.child("global_period").text().as_ullong(cpuPeriod);
    if (!tune.child("global_quota") && tune.child("quota")) {
        int64_t each = tune.child("quota").text().as_llong(-1); // of each vCPU
        info.quota = each > 0 ? each * info.cpus : -1;
        info.period = tune.child("period").text().as_ullong(cpuPeriod);
    }
}

} // namespace

Result<DomainInfo> readDomain(const std::string& xml)
{
    pugi::xml_document document;
    TRYX(parseXml(xml, document), "domain XML");
    pugi::xml_node domain = document.child("domain");
    if (!domain)
        return fail(Code::Failed, "the domain XML has no domain element");
    DomainInfo info;
    info.name = domain.child_value("name");
    info.id = domain.child_value("uuid");
    info.title = shortened(domain.child_value("title"), 255);
    info.description = shortened(domain.child_value("description"), 4096);
    info.type = domain.attribute("type").as_string();
    pugi::xml_node os = domain.child("os");
    info.machine = os.child("type").attribute("machine").as_string();
    info.architecture = os.child("type").attribute("arch").as_string();
    info.firmware = os.child("loader") ? os.child_value("loader") : os.attribute("firmware").as_string("bios");
    info.kernel = os.child_value("kernel");
    for (pugi::xml_node label : domain.children("seclabel")) {
        if (!label.child("label"))
            continue;
        info.label += (info.label.empty() ? "" : ", ") + std::string(label.child_value("label"));
        info.securityModel +=
            (info.securityModel.empty() ? "" : ", ") + std::string(label.attribute("model").as_string());
    }
    readResources(domain, info);
    readDevices(domain.child("devices"), info);
    readSpec(domain, info);
    info.installation = installationOf(domain);
    return info;
}

InstanceSpec foreignSpec(const DomainInfo& domain)
{
    InstanceSpec spec;
    spec.name = domain.name;
    spec.kind = Kind::Machine;
    spec.limits.memory = domain.currentMemory;
    spec.limits.cpus = domain.quota > 0 && domain.period
                           ? static_cast<double>(domain.quota) / static_cast<double>(domain.period)
                           : domain.cpus;
    spec.network.mode = domain.interfaces.empty() ? NetworkMode::None : NetworkMode::Nat;
    spec.network.name = domain.interfaces.empty() ? "" : domain.interfaces.front().network;
    return spec;
}

} // namespace diptych::machines
