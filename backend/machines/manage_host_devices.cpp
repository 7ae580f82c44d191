// Shares of directories, and devices of the host given to a machine: who may is decided as for the XML, which can say
// the same.
#include "machines/host_devices.h"
#include "machines/host_interfaces.h"
#include "machines/manage_target.h"
#include "machines/xml.h"

#include <filesystem>

namespace diptych::machines {

namespace {

struct FreeNodeDevice
{
    void operator()(virNodeDevicePtr p) const { virNodeDeviceFree(p); }
};
using NodeDeviceRef = std::unique_ptr<virNodeDevice, FreeNodeDevice>;

Result<std::vector<HostDevice>> hostDevices(virConnectPtr connection)
{
    virNodeDevicePtr* all = nullptr;
    int count = virConnectListAllNodeDevices(
        connection, &all, VIR_CONNECT_LIST_NODE_DEVICES_CAP_PCI_DEV | VIR_CONNECT_LIST_NODE_DEVICES_CAP_USB_DEV);
    if (count < 0)
        return failLibvirt("list the host's devices");
    std::vector<HostDevice> found;
    for (int i = 0; i < count; ++i) {
        NodeDeviceRef one(all[i]);
        CString xml(virNodeDeviceGetXMLDesc(one.get(), 0)); // gone meanwhile: not listed
        auto device = xml ? readHostDevice(xml.get()) : Result<std::optional<HostDevice>>(std::nullopt);
        if (device && *device)
            found.push_back(std::move(**device));
    }
    free(all);
    return found;
}

bool looksTheSame(const HostDevice& a, const HostDevice& b)
{
    return a.kind == "usb" && b.kind == "usb" && a.vendor == b.vendor && a.product == b.product;
}

std::string keyFor(const HostDevice& device, bool byPlace)
{
    pugi::xml_document document;
    pugi::xml_node domain = document.append_child("domain");
    domain.append_child("devices");
    return keyOf(addHostDevice(domain, device, byPlace));
}

/// Which running domain has which host device, by its key.
std::map<std::string, std::string> holders(virConnectPtr connection)
{
    std::map<std::string, std::string> held;
    virDomainPtr* all = nullptr;
    int count = virConnectListAllDomains(connection, &all, VIR_CONNECT_LIST_DOMAINS_ACTIVE);
    for (int i = 0; i < count; ++i) {
        DomainRef domain(all[i]);
        pugi::xml_document document;
        auto xml = xmlOf(domain.get(), 0);
        if (!xml || !parseXml(*xml, document))
            continue;
        for (pugi::xml_node one : document.child("domain").child("devices").children("hostdev"))
            held[keyOf(one)] = nameOf(domain.get());
    }
    free(all);
    return held;
}

/// Both documents get it; then it is plugged in where the machine runs.
template <typename Add>
Result<Json> give(Target& target, Add add)
{
    std::string key;
    if (target.persistent) {
        pugi::xml_node made = TRY(add(target.nextRoot()));
        key = keyOf(made);
    }
    TRY(defineNext(target));
    auto now = [&]() -> Status {
        pugi::xml_node made = TRY(add(target.liveRoot()));
        key = keyOf(made);
        return attachLive(target, made);
    };
    Json answer = TRY(outcome(target, target.active ? now() : Status()));
    answer["key"] = key;
    return answer;
}

} // namespace

Result<Json> listHostDevices(Host& host, const Json& /*parameters*/, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    std::vector<HostDevice> all = TRY(hostDevices(connection.get()));
    std::map<std::string, std::string> held = holders(connection.get());
    Json devices = Json::array();
    for (const HostDevice& one : all) {
        std::string user = held[keyFor(one, false)];
        devices.push_back({{"name", one.name},
                           {"kind", one.kind},
                           {"title", one.title},
                           {"detail", one.detail},
                           {"user", user.empty() ? held[keyFor(one, true)] : user},
                           {"obstacle", one.obstacle}});
    }
    return Json{{"devices", std::move(devices)}};
}

Result<Json> addHostDevice(Host& host, const Json& parameters, Progress& /*progress*/)
{
    Target target;
    TRY(open(host, parameters, target));
    auto name = parameters["device"].get<std::string>();
    std::vector<HostDevice> all = TRY(hostDevices(target.connection.get()));
    auto found = std::find_if(all.begin(), all.end(), [&](const HostDevice& one) { return one.name == name; });
    if (found == all.end())
        return failField("device", fmt::format("this host has no device {}", name));
    if (!found->obstacle.empty())
        return fail(Code::NotSupported, found->obstacle);
    bool byPlace =
        std::count_if(all.begin(), all.end(), [&](const HostDevice& one) { return looksTheSame(one, *found); }) > 1;
    if (findDevice(target.nextRoot(), keyFor(*found, byPlace)))
        return fail(Code::Exists, fmt::format("it has {} already", found->title));
    return give(target, [&](pugi::xml_node domain) -> Result<pugi::xml_node> {
        return addHostDevice(domain, *found, byPlace);
    });
}

Result<Json> addHostCard(Host& host, const Json& parameters, Progress& /*progress*/)
{
    Target target;
    TRY(open(host, parameters, target));
    auto text = [&](const char* key) { return parameters[key].get<std::string>(); };
    std::string kind = text("kind"), device = text("device"), mode = text("mode"), model = text("model");
    HostInterfaces known = hostInterfaces(target.connection.get(), host.elsewhere);
    const std::vector<std::string>& all = kind == "bridge" ? known.bridges : known.devices;
    bool unknown = !host.elsewhere || !all.empty();
    if (unknown && std::find(all.begin(), all.end(), device) == all.end())
        return failField("device", fmt::format("this host has no interface {} for it", device));
    TRY(checkInterfaceName(device));
    pugi::xml_document probe; // its model is one of the table's
    TRY(addDevice(probe.append_child("domain"), "interface", {{"network", "default"}, {"model", model}}));
    std::string mac = newMac();
    return give(target, [&](pugi::xml_node domain) -> Result<pugi::xml_node> {
        return addHostCard(domain, kind, device, mode, model, mac);
    });
}

/// As it is without links: what it leads to is checked too, and stays what was agreed to. On another host only libvirt
/// can look, and its owner's rights there are all there is.
static Status resolveHere(Share& share)
{
    std::error_code error;
    share.path = std::filesystem::canonical(share.path, error);
    if (error || !std::filesystem::is_directory(share.path, error))
        return failField("path", "there is no such directory on the host");
    return checkHostDirectory(share.path, "path");
}

Result<Json> addShare(Host& host, const Json& parameters, Progress& /*progress*/)
{
    Target target;
    TRY(open(host, parameters, target));
    Share share;
    share.path = parameters["path"].get<std::string>();
    share.tag = parameters["tag"].get<std::string>();
    share.virtiofs = parameters["driver"] == "virtiofs";
    share.readOnly = parameters["readOnly"].get<bool>();
    TRY(checkHostDirectory(share.path, "path"));
    if (!host.elsewhere)
        TRY(resolveHere(share));
    if (share.virtiofs && target.persistent)
        shareMemory(target.nextRoot());
    return give(target, [&](pugi::xml_node domain) { return addShare(domain, share); });
}

} // namespace diptych::machines
