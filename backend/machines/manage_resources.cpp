// Processors, memory, boot order and the size of disks.
#include "machines/manage_target.h"
#include "machines/volumes.h"

#include <cstring>

namespace diptych::machines {

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
    if (auto menu = parameters.find("menu"); menu != parameters.end() && menu->is_boolean())
        setBootMenu(target.nextRoot(), menu->get<bool>());
    TRY(defineNext(target));
    return outcome(target, fail(Code::WrongState, "the order is asked for when it starts"));
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
