// Storage pools other than directories: what is offered, and made of what is there already.
#include "machines/host_devices.h"
#include "machines/manager.h"
#include "machines/pool_xml.h"
#include "machines/volumes.h"

#include "base/names.h"

namespace diptych::machines {

Result<Json> listPoolTypes(Host& host, const Json& /*parameters*/, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    CString text(virConnectGetStoragePoolCapabilities(connection.get(), 0));
    if (!text)
        return failLibvirt("ask which storage pools there can be");
    Json types = Json::array();
    for (const PoolTypeOffer& one : TRY(poolTypes(text.get())))
        types.push_back({{"type", one.type}, {"reason", one.reason}});
    return Json{{"types", std::move(types)}};
}

Result<Json> connectPool(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    auto name = parameters["name"].get<std::string>(), path = parameters["path"].get<std::string>();
    const Json& given = parameters["source"];
    auto text = [&given](const char* key) {
        auto found = given.find(key);
        return found != given.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    PoolSource source{text("type"), text("device"), text("host"), text("source")};
    TRY(checkInstanceName(name));
    if (source.type == "fs" || source.type == "netfs")
        TRY(checkHostDirectory(path, "path"));
    else if (source.type == "iscsi" && path != "/dev/disk/by-path" && path != "/dev/disk/by-id")
        return failField("path", "its disks are found in /dev/disk/by-path or /dev/disk/by-id");
    if (PoolRef(virStoragePoolLookupByName(connection.get(), name.c_str())))
        return fail(Code::Exists, fmt::format("name: there is a storage pool \"{}\" already", name));
    PoolRef pool(virStoragePoolDefineXML(connection.get(), TRY(poolXml(name, source, path)).c_str(), 0));
    if (!pool)
        return failLibvirt(fmt::format("define storage pool {}", name));
    // The directory to mount at is made; a file system or a volume group never is.
    bool mounted = source.type == "fs" || source.type == "netfs";
    if ((mounted && virStoragePoolBuild(pool.get(), VIR_STORAGE_POOL_BUILD_NEW) < 0) ||
        virStoragePoolCreate(pool.get(), 0) < 0) {
        Error error = libvirtError(fmt::format("start storage pool {}", name));
        virStoragePoolUndefine(pool.get());
        return tl::unexpected<Error>(std::move(error));
    }
    virStoragePoolSetAutostart(pool.get(), 1);
    return Json::object();
}

} // namespace diptych::machines
