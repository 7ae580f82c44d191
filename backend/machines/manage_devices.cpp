// Changes of a domain's hardware. The next start comes first: it is complete and libvirt checks it whole; then what
// runs, as far as libvirt can. What only the next start gets is said, with libvirt's reason.
#include "machines/manager.h"
#include "machines/volumes.h"
#include "machines/xml.h"

#include <cstring>
#include <random>
#include <thread>

namespace diptych::machines {

namespace {

constexpr auto guestPatience = std::chrono::seconds(5); ///< for a guest to let a device go

struct Target
{
    ConnectRef connection;
    DomainRef domain;
    bool active = false, persistent = false;
    pugi::xml_document live, next;

    [[nodiscard]] pugi::xml_node liveRoot() const { return live.child("domain"); }
    [[nodiscard]] pugi::xml_node nextRoot() const { return next.child("domain"); }
};

Status open(Host& host, const Json& parameters, Target& target)
{
    target.domain = TRY(host.domain(parameters));
    target.connection = TRY(host.connection());
    unsigned flags = TRY(affected(target.domain.get()));
    target.active = flags & VIR_DOMAIN_AFFECT_LIVE;
    target.persistent = flags & VIR_DOMAIN_AFFECT_CONFIG;
    // With passwords: what is written back must not lose them.
    if (target.active)
        TRY(parseXml(TRY(xmlOf(target.domain.get(), VIR_DOMAIN_XML_SECURE)), target.live, Comments::Keep));
    if (target.persistent)
        TRY(parseXml(TRY(xmlOf(target.domain.get(), VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE)), target.next,
                     Comments::Keep));
    return {};
}

Status defineNext(const Target& target)
{
    if (!target.persistent)
        return {};
    DomainRef defined(virDomainDefineXML(target.connection.get(), writeXml(target.nextRoot()).c_str()));
    if (!defined)
        return failLibvirt(fmt::format("change {}", nameOf(target.domain.get())));
    return {};
}

/// live: the error of the live change, or none. A domain that has no next start must have taken it.
Result<Json> outcome(const Target& target, const Status& live)
{
    if (!target.persistent && !live)
        return tl::unexpected<Error>(live.error());
    return Json{{"live", target.active && live.has_value()},
                {"next", target.persistent},
                {"reason", target.active && !live ? live.error().message : ""}};
}

Status onLive(const Target& target, int outcomeOfLibvirt)
{
    if (outcomeOfLibvirt < 0)
        return failLibvirt(nameOf(target.domain.get()));
    return {};
}

std::string newMac()
{
    std::random_device random;
    return fmt::format("52:54:00:{:02x}:{:02x}:{:02x}", random() & 0xff, random() & 0xff, random() & 0xff);
}

std::string textOf(const Json& parameters, const char* key)
{
    auto found = parameters.find(key);
    return found != parameters.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Null: nothing was said of a volume.
Result<std::optional<DiskSource>> sourceFrom(const Target& target, const Json& parameters)
{
    bool said = parameters.contains("volume") && parameters["volume"].is_string();
    std::string pool = textOf(parameters, "pool"), volume = textOf(parameters, "volume");
    if (!said)
        return std::optional<DiskSource>();
    if (volume.empty())
        return std::optional<DiskSource>(DiskSource{});
    VolumeRef found = TRY(findVolume(target.connection.get(), pool, volume));
    return std::optional<DiskSource>(TRY(sourceOf(found.get())));
}

Properties propertiesFrom(const Json& parameters)
{
    Properties properties;
    for (const auto& [name, value] : parameters["properties"].items())
        properties[name] = value.get<std::string>();
    return properties;
}

Status attach(Target& target, const std::string& type, const Properties& properties, const DiskSource* source)
{
    pugi::xml_node device = TRY(addDevice(target.liveRoot(), type, properties, source));
    return onLive(target,
                  virDomainAttachDeviceFlags(target.domain.get(), writeXml(device).c_str(), VIR_DOMAIN_AFFECT_LIVE));
}

/// Gone from what runs, or the reason why not yet.
Status detach(Target& target, const std::string& key)
{
    pugi::xml_node device = findDevice(target.liveRoot(), key);
    if (!device)
        return {};
    TRY(onLive(target,
               virDomainDetachDeviceFlags(target.domain.get(), writeXml(device).c_str(), VIR_DOMAIN_AFFECT_LIVE)));
    for (auto end = std::chrono::steady_clock::now() + guestPatience; std::chrono::steady_clock::now() < end;) {
        pugi::xml_document now;
        TRY(parseXml(TRY(xmlOf(target.domain.get(), 0)), now));
        if (!findDevice(now.child("domain"), key))
            return {};
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return fail(Code::TimedOut, "the guest was asked to let it go and has not yet");
}

} // namespace

Result<Json> setVcpus(Host& host, const Json& parameters, Progress& /*progress*/)
{
    Target target;
    TRY(open(host, parameters, target));
    auto current = parameters["current"].get<int64_t>(), maximum = parameters["maximum"].get<int64_t>();
    auto clamped = [](int64_t value) { return static_cast<unsigned>(std::clamp<int64_t>(value, 0, 100000)); };
    if (target.persistent)
        TRY(setVcpus(target.nextRoot(), clamped(current), clamped(maximum)));
    TRY(defineNext(target));
    Status live =
        target.active
            ? onLive(target, virDomainSetVcpusFlags(target.domain.get(), clamped(current), VIR_DOMAIN_VCPU_LIVE))
            : Status();
    auto most = target.liveRoot().child("vcpu").text().as_llong();
    if (target.active && live && maximum != most)
        live = fail(Code::WrongState, fmt::format("the maximum stays {} until the next start", most));
    return outcome(target, live);
}

Result<Json> setMemory(Host& host, const Json& parameters, Progress& /*progress*/)
{
    Target target;
    TRY(open(host, parameters, target));
    auto current = parameters["current"].get<int64_t>(), maximum = parameters["maximum"].get<int64_t>();
    auto bytes = [](int64_t value) { return static_cast<uint64_t>(std::max<int64_t>(value, 0)); };
    if (target.persistent)
        TRY(setMemory(target.nextRoot(), bytes(current), bytes(maximum)));
    TRY(defineNext(target));
    Status live =
        target.active
            ? onLive(target, virDomainSetMemoryFlags(target.domain.get(), bytes(current) >> 10, VIR_DOMAIN_MEM_LIVE))
            : Status();
    unsigned long most = target.active ? virDomainGetMaxMemory(target.domain.get()) : 0;
    if (target.active && live && bytes(maximum) >> 10 != most)
        live = fail(Code::WrongState, fmt::format("the maximum stays {} MiB until the next start", most >> 10));
    return outcome(target, live);
}

Result<Json> setBoot(Host& host, const Json& parameters, Progress& /*progress*/)
{
    Target target;
    TRY(open(host, parameters, target));
    if (!target.persistent)
        return fail(Code::WrongState, "it is gone once it is off: there is no next start");
    TRY(setBoot(target.nextRoot(), parameters["order"].get<std::vector<std::string>>()));
    TRY(defineNext(target));
    return outcome(target, fail(Code::WrongState, "the order is asked for when it starts"));
}

Result<Json> addDevice(Host& host, const Json& parameters, Progress& /*progress*/)
{
    Target target;
    TRY(open(host, parameters, target));
    auto type = parameters["type"].get<std::string>();
    Properties properties = propertiesFrom(parameters);
    std::optional<DiskSource> source = TRY(sourceFrom(target, parameters));
    if (source && source->path.empty())
        source.reset();
    // What names it is decided once, so that it is the same device in both documents.
    if (type == "interface" && properties["mac"].empty())
        properties["mac"] = newMac();
    if (type == "disk") {
        std::string bus = properties.contains("bus") ? properties["bus"] : "virtio";
        properties["target"] = freeTarget({target.liveRoot(), target.nextRoot()}, bus);
    }
    std::string key;
    if (target.persistent)
        key = keyOf(TRY(addDevice(target.nextRoot(), type, properties, source ? &*source : nullptr)));
    TRY(defineNext(target));
    Status live = target.active ? attach(target, type, properties, source ? &*source : nullptr) : Status();
    Json answer = TRY(outcome(target, live));
    answer["key"] = key;
    return answer;
}

Result<Json> changeDevice(Host& host, const Json& parameters, Progress& /*progress*/)
{
    Target target;
    TRY(open(host, parameters, target));
    auto key = parameters["key"].get<std::string>();
    Properties properties = propertiesFrom(parameters);
    std::optional<DiskSource> source = TRY(sourceFrom(target, parameters));
    const DiskSource* medium = source ? &*source : nullptr;
    if (target.persistent && (!target.active || findDevice(target.nextRoot(), key)))
        TRY(changeDevice(target.nextRoot(), key, properties, medium));
    TRY(defineNext(target));
    Status live;
    if (target.active) {
        live = changeDevice(target.liveRoot(), key, properties, medium);
        // Under another name (its bus changed) it would be another device.
        pugi::xml_node device = live ? findDevice(target.liveRoot(), key) : pugi::xml_node();
        if (live && !device)
            live = fail(Code::WrongState, "it stays where it is until the next start");
        if (live)
            live = onLive(target, virDomainUpdateDeviceFlags(target.domain.get(), writeXml(device).c_str(),
                                                             VIR_DOMAIN_AFFECT_LIVE));
    }
    return outcome(target, live);
}

Result<Json> removeDevice(Host& host, const Json& parameters, Progress& /*progress*/)
{
    Target target;
    TRY(open(host, parameters, target));
    auto key = parameters["key"].get<std::string>();
    bool there = target.persistent && findDevice(target.nextRoot(), key);
    if (!there && !(target.active && findDevice(target.liveRoot(), key)))
        return fail(Code::NotFound, fmt::format("there is no device {}", key));
    if (there)
        TRY(removeDevice(target.nextRoot(), key));
    TRY(defineNext(target));
    return outcome(target, target.active ? detach(target, key) : Status());
}

Result<Json> resizeDisk(Host& host, const Json& parameters, Progress& /*progress*/)
{
    Target target;
    TRY(open(host, parameters, target));
    auto key = parameters["key"].get<std::string>();
    auto capacity = static_cast<uint64_t>(std::max<int64_t>(parameters["capacity"].get<int64_t>(), 0));
    pugi::xml_node disk = findDevice(target.active ? target.liveRoot() : target.nextRoot(), key);
    if (!disk || strcmp(disk.name(), "disk") != 0)
        return fail(Code::NotFound, fmt::format("there is no disk {}", key));
    std::string name = disk.child("target").attribute("dev").value();
    virDomainBlockInfo sizes{};
    if (virDomainGetBlockInfo(target.domain.get(), name.c_str(), &sizes, 0) < 0)
        return failLibvirt(fmt::format("disk {}", name));
    // Less would cut off what the guest wrote there.
    if (capacity <= sizes.capacity)
        return failField("capacity",
                         fmt::format("{} has {} bytes already, and a disk only grows", name, sizes.capacity));
    if (target.active) {
        TRY(onLive(target,
                   virDomainBlockResize(target.domain.get(), name.c_str(), capacity, VIR_DOMAIN_BLOCK_RESIZE_BYTES)));
        return Json::object();
    }
    const char* file = disk.child("source").attribute("file").value();
    VolumeRef volume(virStorageVolLookupByPath(target.connection.get(), file));
    if (!volume)
        return fail(Code::NotSupported,
                    fmt::format("{} is in no storage pool: it grows while the machine runs only", file));
    if (virStorageVolResize(volume.get(), capacity, 0) < 0)
        return failLibvirt(fmt::format("resize {}", file));
    return Json::object();
}

} // namespace diptych::machines
