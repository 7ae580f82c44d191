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
    ReadAt read = readerOf(connection.get(), volume.get());
    std::optional<IsoLabel> label = readIsoLabel(TRY(read(isoDescriptorAt, isoDescriptorSize)));
    if (!label)
        return Json{{"label", ""}, {"system", nullptr}, {"exact", true}};
    std::optional<Recognised> found = TRY(systemOn(*label));
    return Json{{"label", label->volume},
                {"system", found ? systemJson(found->system) : Json()},
                {"exact", !found || found->exact}};
}

} // namespace diptych::machines
