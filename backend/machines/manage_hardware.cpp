// What hardware a domain has, and what it could have on this host.
#include "machines/clipboard.h"
#include "machines/device_fields.h"
#include "machines/domain_processors.h"
#include "machines/domain_read.h"
#include "machines/host_interfaces.h"
#include "machines/manage_target.h"
#include "machines/manager.h"
#include "machines/xml.h"

#include "base/files.h"

#include <filesystem>
#include <set>

namespace diptych::machines {

namespace {

/// Capacity and allocation, where libvirt knows them without asking a guest.
void addSizes(virDomainPtr domain, Device& disk)
{
    virDomainBlockInfo sizes{};
    std::string target = disk.properties["target"];
    if (disk.properties["source"].empty() || virDomainGetBlockInfo(domain, target.c_str(), &sizes, 0) < 0)
        return;
    disk.properties["capacity"] = std::to_string(sizes.capacity);
    disk.properties["allocation"] = std::to_string(sizes.allocation);
}

Result<Json> configOf(virDomainPtr domain, const std::string& xml)
{
    DomainInfo info = TRY(readDomain(xml));
    pugi::xml_document document;
    TRY(parseXml(xml, document));
    pugi::xml_node root = document.child("domain");
    Json devices = Json::array();
    for (Device& device : devicesOf(root)) {
        if (device.type == "disk")
            addSizes(domain, device);
        devices.push_back({{"key", device.key}, {"type", device.type}, {"properties", device.properties}});
    }
    Json config{{"vcpus", info.cpus},
                {"maximumVcpus", info.maximumCpus},
                {"memory", info.currentMemory},
                {"maximumMemory", info.memory},
                {"machine", info.machine},
                {"architecture", info.architecture},
                {"firmware", info.firmware},
                {"boot", bootOf(root)},
                {"bootMenu", hasBootMenu(root)},
                {"devices", std::move(devices)},
                {"title", root.child_value("title")},
                {"description", root.child_value("description")}};
    config.update(processorsOf(root));
    return config;
}

struct Asked
{
    std::string_view type, property;
    const char* element;
    std::string_view name;
};
/// Property of ours -> where domain capabilities list its words.
constexpr Asked asked[] = {
    {"disk", "bus", "disk", "bus"},
    {"disk", "device", "disk", "diskDevice"},
    {"graphics", "kind", "graphics", "type"},
    {"video", "model", "video", "modelType"},
    {"rng", "model", "rng", "model"},
    {"rng", "backend", "rng", "backendModel"},
    {"tpm", "model", "tpm", "model"},
    {"tpm", "backend", "tpm", "backendModel"},
    {"tpm", "version", "tpm", "backendVersion"},
    {"filesystem", "driver", "filesystem", "driverType"},
};

/// The words that domain capabilities have for it; empty: they do not say.
std::set<std::string> capable(pugi::xml_node devices, const std::string& type, const std::string& property)
{
    std::set<std::string> words;
    for (const Asked& one : asked) {
        if (one.type != type || one.property != property)
            continue;
        for (pugi::xml_node list : devices.child(one.element).children("enum"))
            if (std::string_view(list.attribute("name").value()) == one.name)
                for (pugi::xml_node value : list.children("value"))
                    words.insert(value.child_value());
    }
    return words;
}

/// libvirt names virtiofs where QEMU can; the program for it is found by these descriptions when a machine starts.
bool hasVirtiofsd()
{
    std::error_code error;
    for (const char* directory : {"/etc/qemu/vhost-user", "/usr/share/qemu/vhost-user"})
        for (const auto& entry : std::filesystem::directory_iterator(directory, error))
            if (entry.path().native().find("virtiofsd") != std::string::npos)
                return true;
    return false;
}

/// What this host lacks though libvirt would take it; empty: nothing.
std::string lacking(const std::string& type, bool elsewhere)
{
    if (type == "vsock" && !elsewhere && !exists("/dev/vhost-vsock"))
        return "this host's kernel has no /dev/vhost-vsock (module vhost_vsock)";
    return {};
}

bool isOffered(virConnectPtr connection, pugi::xml_node devices, std::string_view word)
{
    return word == "virtiofs" ? hasVirtiofsd() : word != "qemu-vdagent" || carriesClipboard(connection, devices);
}

void readCapabilities(const Host& host, virConnectPtr connection, pugi::xml_node devices, Json& offers,
                      Json& unavailable)
{
    std::vector<std::string> types = addable();
    types.insert(types.end(), {"filesystem", "hostdev"});
    for (const std::string& type : types) {
        if (std::string_view(devices.child(type.c_str()).attribute("supported").value()) == "no")
            unavailable.push_back({{"type", type},
                                   {"reason", fmt::format("libvirt says that this host has none for this machine{}",
                                                          type == "tpm" ? " (is swtpm installed?)" : "")}});
        else if (std::string reason = lacking(type, host.elsewhere); !reason.empty())
            unavailable.push_back({{"type", type}, {"reason", reason}});
        for (const Field& field : fieldsOf(type)) {
            std::set<std::string> words = capable(devices, type, field.name);
            Json values = Json::array();
            for (const char* word : field.words)
                if ((words.empty() || words.contains(word)) && isOffered(connection, devices, word))
                    values.push_back(word);
            if (!field.words.empty() || *field.unit != 0)
                offers.push_back({{"type", type},
                                  {"property", field.name},
                                  {"values", std::move(values)},
                                  {"fixed", field.fixed},
                                  {"unit", field.unit}});
        }
    }
}

Status readCapabilitiesOf(virConnectPtr connection, const std::string& xml, pugi::xml_document& document)
{
    DomainInfo info = TRY(readDomain(xml));
    auto orNull = [](const std::string& text) { return text.empty() ? nullptr : text.c_str(); };
    CString text(virConnectGetDomainCapabilities(connection, orNull(info.emulator), orNull(info.architecture),
                                                 orNull(info.machine), orNull(info.type), 0));
    if (!text)
        return failLibvirt("domain capabilities");
    return parseXml(text.get(), document);
}

Status addOffers(const Host& host, virConnectPtr connection, const std::string& xml, Json& offers, Json& unavailable)
{
    pugi::xml_document document;
    TRY(readCapabilitiesOf(connection, xml, document));
    pugi::xml_node root = document.child("domainCapabilities");
    readCapabilities(host, connection, root.child("devices"), offers, unavailable);
    offers.push_back(
        {{"type", "cpu"}, {"property", "model"}, {"values", cpuModels(root)}, {"fixed", false}, {"unit", ""}});
    return {};
}

Json networksOf(virConnectPtr connection)
{
    Json names = Json::array();
    virNetworkPtr* all = nullptr;
    int count = virConnectListAllNetworks(connection, &all, 0);
    for (int i = 0; i < count; ++i) {
        NetworkRef network(all[i]);
        names.push_back(virNetworkGetName(network.get()));
    }
    free(all);
    return names;
}

} // namespace

Result<Json> setCpuModel(Host& host, const Json& parameters, Progress& /*progress*/)
{
    Target target;
    TRY(open(host, parameters, target));
    if (!target.persistent)
        return fail(Code::WrongState, "it is gone once it is off: there is no next start");
    auto model = parameters["model"].get<std::string>();
    pugi::xml_document capabilities;
    TRY(readCapabilitiesOf(target.connection.get(), writeXml(target.nextRoot()), capabilities));
    const auto offered = cpuModels(capabilities.child("domainCapabilities"));
    if (!model.empty() && std::find(offered.begin(), offered.end(), model) == offered.end())
        return failField("model", fmt::format("this host can't give {} to this machine", model));
    setCpuModel(target.nextRoot(), model);
    TRY(defineNext(target));
    return outcome(target, fail(Code::WrongState, "a guest learns of its processor's model when it starts"));
}

Result<Json> getHardware(Host& host, const Json& parameters, Progress& /*progress*/)
{
    DomainRef domain = TRY(host.domain(parameters));
    ConnectRef connection = TRY(host.connection());
    unsigned flags = TRY(affected(domain.get()));
    Json live, next, offers = Json::array(), unavailable = Json::array();
    std::string xml;
    if (flags & VIR_DOMAIN_AFFECT_LIVE)
        live = TRY(configOf(domain.get(), xml = TRY(xmlOf(domain.get(), 0))));
    if (flags & VIR_DOMAIN_AFFECT_CONFIG)
        next = TRY(configOf(domain.get(), xml = TRY(xmlOf(domain.get(), VIR_DOMAIN_XML_INACTIVE))));
    // A driver without capabilities offers nothing; what is there is shown all the same.
    if (auto offered = addOffers(host, connection.get(), xml, offers, unavailable); !offered)
        unavailable.push_back({{"type", ""}, {"reason", offered.error().message}});
    HostInterfaces interfaces = hostInterfaces(connection.get(), host.elsewhere);
    int autostart = 0;
    virDomainGetAutostart(domain.get(), &autostart);
    return Json{{"live", std::move(live)},
                {"next", std::move(next)},
                {"offers", std::move(offers)},
                {"unavailable", std::move(unavailable)},
                {"networks", networksOf(connection.get())},
                {"bridges", std::move(interfaces.bridges)},
                {"interfaces", std::move(interfaces.devices)},
                {"hostCpus", hostProcessors(connection.get())},
                {"autostart", autostart == 1},
                {"clipboardPins", clipboardPins(connection.get())},
                {"saved", virDomainHasManagedSaveImage(domain.get(), 0) == 1}};
}

} // namespace diptych::machines
