// Operating systems, and which one a medium holds: 2 KiB of it are read through libvirt, nothing is opened by path.
#include "machines/manager.h"
#include "machines/systems.h"
#include "machines/volumes.h"

namespace diptych::machines {

namespace {

Json systemJson(const System& system)
{
    return {{"id", system.id},         {"name", system.name},          {"family", system.family},
            {"virtio", system.virtio}, {"memory", system.memory},      {"storage", system.storage},
            {"vcpus", system.cpus},    {"supported", system.supported}};
}

Result<std::string> descriptorOf(virConnectPtr connection, virStorageVolPtr volume)
{
    virStorageVolInfo info{};
    if (virStorageVolGetInfoFlags(volume, &info, VIR_STORAGE_VOL_GET_PHYSICAL) < 0)
        return failLibvirt("read the volume");
    if (info.allocation < isoDescriptorAt + isoDescriptorSize)
        return std::string();
    StreamRef stream(virStreamNew(connection, 0));
    if (!stream || virStorageVolDownload(volume, stream.get(), isoDescriptorAt, isoDescriptorSize, 0) < 0)
        return failLibvirt("read the volume");
    std::string bytes(isoDescriptorSize, '\0');
    size_t done = 0;
    while (done < bytes.size()) {
        int n = virStreamRecv(stream.get(), bytes.data() + done, bytes.size() - done);
        if (n < 0)
            return failLibvirt("read the volume");
        if (n == 0)
            break;
        done += static_cast<size_t>(n);
    }
    virStreamFinish(stream.get());
    bytes.resize(done);
    return bytes;
}

} // namespace

Result<Json> listSystems(Host& /*host*/, const Json& /*parameters*/, Progress& /*progress*/)
{
    Json all = Json::array();
    for (const System& one : TRY(systems()))
        all.push_back(systemJson(one));
    return Json{{"systems", std::move(all)}};
}

Result<Json> recognise(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    VolumeRef volume = TRY(
        findVolume(connection.get(), parameters["pool"].get<std::string>(), parameters["volume"].get<std::string>()));
    std::optional<IsoLabel> label = readIsoLabel(TRY(descriptorOf(connection.get(), volume.get())));
    if (!label)
        return Json{{"label", ""}, {"system", nullptr}};
    std::optional<System> system = TRY(systemOn(*label));
    return Json{{"label", label->volume}, {"system", system ? systemJson(*system) : Json()}};
}

} // namespace diptych::machines
