// Devices of a domain: added, changed and removed.
#include "machines/device_fields.h"
#include "machines/machine_xml.h"
#include "machines/manage_target.h"
#include "machines/volumes.h"
#include "machines/xml.h"

#include "base/files.h"

#include <algorithm>
#include <cstring>

namespace diptych::machines {

namespace {

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

/// Where libvirt itself keeps what machines write: a client names no path.
std::optional<DiskSource> placeOfSerial(const Target& target, Properties& properties)
{
    std::string kind = properties["kind"];
    CString uri(virConnectGetURI(target.connection.get()));
    if ((kind != "unix" && kind != "file") || !uri || std::string_view(uri.get()).ends_with("/session"))
        return {};
    auto taken = [&](const std::string& path) {
        for (pugi::xml_node domain : {target.liveRoot(), target.nextRoot()})
            for (pugi::xml_node one : domain.child("devices").children("serial"))
                if (path == one.child("source").attribute("path").value())
                    return true;
        return false;
    };
    for (int number = 0;; ++number) {
        std::string name = fmt::format("{}-serial{}", idOf(target.domain.get()), number);
        std::string path = kind == "unix" ? fmt::format("/var/lib/libvirt/qemu/{}.sock", name)
                                          : fmt::format("{}/{}.log", logDirectory, name);
        if (!taken(path))
            return DiskSource{path, {}, false};
    }
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
    return attachLive(target, TRY(addDevice(target.liveRoot(), type, properties, source)));
}

/// A disk's limits have a call of their own: the one that changes devices leaves them as they are.
Status throttle(const Target& target, pugi::xml_node disk)
{
    static constexpr const char* names[] = {"total_bytes_sec", "read_bytes_sec", "write_bytes_sec",
                                            "total_iops_sec",  "read_iops_sec",  "write_iops_sec"};
    virTypedParameterPtr parameters = nullptr;
    int count = 0, room = 0;
    for (const char* name : names)
        if (virTypedParamsAddULLong(&parameters, &count, &room, name,
                                    disk.child("iotune").child(name).text().as_ullong()) < 0)
            break;
    int set = count < 6 ? -1
                        : virDomainSetBlockIoTune(target.domain.get(), disk.child("target").attribute("dev").value(),
                                                  parameters, count, VIR_DOMAIN_AFFECT_LIVE);
    Status status = onLive(target, set);
    virTypedParamsFree(parameters, count);
    return status;
}

Status changeLive(Target& target, const std::string& key, const Properties& properties, const DiskSource* medium)
{
    TRY(changeDevice(target.liveRoot(), key, properties, medium));
    pugi::xml_node device = findDevice(target.liveRoot(), key);
    // Under another name (its bus changed) it would be another device.
    if (!device)
        return fail(Code::WrongState, "it stays where it is until the next start");
    bool disk = strcmp(device.name(), "disk") == 0;
    auto limits =
        std::count_if(properties.begin(), properties.end(), [](const auto& one) { return isThrottle(one.first); });
    if (disk && limits > 0)
        TRY(throttle(target, device));
    if (disk && !medium && static_cast<size_t>(limits) == properties.size())
        return {};
    return onLive(target,
                  virDomainUpdateDeviceFlags(target.domain.get(), writeXml(device).c_str(), VIR_DOMAIN_AFFECT_LIVE));
}

} // namespace

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
    if (type == "controller")
        properties["index"] = freeController({target.liveRoot(), target.nextRoot()},
                                             properties["kind"].empty() ? "scsi" : properties["kind"]);
    if (type == "serial")
        source = placeOfSerial(target, properties);
    if (type == "serial" && source && properties["kind"] == "file" && !host.elsewhere)
        TRY(makeDirectories(logDirectory, 0755));
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
    std::string before = target.persistent ? writeXml(target.nextRoot()) : std::string();
    if (target.persistent && (!target.active || findDevice(target.nextRoot(), key)))
        TRY(changeDevice(target.nextRoot(), key, properties, medium));
    TRY(defineNext(target));
    Status live = target.active ? changeLive(target, key, properties, medium) : Status();
    // "Not while it runs" waits for the next start. What was tried and broke (a kernel without traffic control) would
    // break the next start too: it is taken back.
    if (!live && live.error().code == Code::Failed && target.persistent) {
        DomainRef restored(virDomainDefineXML(target.connection.get(), before.c_str()));
        return tl::unexpected<Error>(live.error());
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
    return outcome(target, target.active ? detachLive(target, key) : Status());
}

} // namespace diptych::machines
