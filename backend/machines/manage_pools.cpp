// Storage pools: listed, made, started, stopped, forgotten. What is in them: manage_storage.
#include "machines/disk_users.h"
#include "machines/domain_read.h"
#include "machines/host_devices.h"
#include "machines/manager.h"
#include "machines/pool_kinds.h"
#include "machines/pool_secret.h"
#include "machines/pool_xml.h"
#include "machines/volumes.h"
#include "machines/xml.h"

#include "base/names.h"

namespace diptych::machines {

namespace {

Result<Json> poolJson(virStoragePoolPtr pool)
{
    CString text(virStoragePoolGetXMLDesc(pool, 0));
    virStoragePoolInfo info{};
    if (!text || virStoragePoolGetInfo(pool, &info) < 0)
        return failLibvirt("read the storage pool");
    pugi::xml_document document;
    TRY(parseXml(text.get(), document));
    pugi::xml_node root = document.child("pool");
    int autostart = 0;
    virStoragePoolGetAutostart(pool, &autostart);
    std::string type = root.attribute("type").value();
    Json lacks = Json::array();
    for (const PoolLack& lack : poolLacks(type))
        lacks.push_back({{"verb", lack.verb}, {"reason", lack.reason}});
    return Json{{"name", virStoragePoolGetName(pool)},
                {"type", type},
                {"path", root.child("target").child_value("path")},
                {"source", sourceText(root)},
                {"formats", poolFormats(type)},
                {"givesNames", givesNames(type)},
                {"lacks", std::move(lacks)},
                {"active", virStoragePoolIsActive(pool) == 1},
                {"autostart", autostart == 1},
                {"capacity", info.capacity},
                {"allocation", info.allocation},
                {"available", info.available},
                {"volumes", std::max(0, virStoragePoolNumOfVolumes(pool))}};
}

/// Stopping takes the disks from under whoever runs with them, except where the pool is only a look at a directory.
Status checkNobodyRuns(virConnectPtr connection, virStoragePoolPtr pool)
{
    if (virStoragePoolIsActive(pool) != 1 || typeOf(pool) == "dir")
        return {};
    virStorageVolPtr* all = nullptr;
    int count = virStoragePoolListAllVolumes(pool, &all, 0);
    std::vector<std::string> paths;
    for (int i = 0; i < count; ++i)
        if (CString path{virStorageVolGetPath(VolumeRef(all[i]).get())})
            paths.emplace_back(path.get());
    free(all);
    const Users users = TRY(usersOfRunning(connection));
    for (const std::string& path : paths)
        for (const std::string& user : usersOf(users, path))
            return fail(Code::Busy, fmt::format("{} is needed by {}", path, user));
    return {};
}

Status stop(virConnectPtr connection, virStoragePoolPtr pool)
{
    TRY(checkNobodyRuns(connection, pool));
    if (virStoragePoolIsActive(pool) == 1 && virStoragePoolDestroy(pool) < 0)
        return failLibvirt(fmt::format("stop storage pool {}", virStoragePoolGetName(pool)));
    return {};
}

Status forget(virConnectPtr connection, virStoragePoolPtr pool)
{
    std::string name = virStoragePoolGetName(pool), secret = secretOfPool(pool);
    if (virStoragePoolIsPersistent(pool) == 1 && virStoragePoolUndefine(pool) < 0)
        return failLibvirt(fmt::format("remove storage pool {}", name));
    dropSecret(connection, secret);
    return {};
}

/// Who needs any of it, running or not; who can't be asked does.
Status checkNobodyNeeds(Host& host, virConnectPtr connection, virStoragePoolPtr pool)
{
    Headers headers{host.elsewhere};
    const Users users = TRY(usersOfFiles(connection, "", true, headers));
    virStorageVolPtr* all = nullptr;
    int count = virStoragePoolListAllVolumes(pool, &all, 0);
    if (count < 0)
        return failLibvirt("list the volumes");
    Status outcome;
    for (int i = 0; i < count; ++i) {
        VolumeRef volume(all[i]);
        CString path(virStorageVolGetPath(volume.get()));
        auto found = usersOf(users, path ? path.get() : "");
        if (outcome && !found.empty())
            outcome = fail(Code::Busy, fmt::format("{} is needed by {}", virStorageVolGetName(volume.get()),
                                                   fmt::join(found, ", ")));
    }
    free(all);
    if (outcome && !headers.unknown.empty())
        return fail(Code::Busy, headers.unknown.front());
    return outcome;
}

} // namespace

Result<Json> listPools(Host& host, const Json& /*parameters*/, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    virStoragePoolPtr* all = nullptr;
    int count = virConnectListAllStoragePools(connection.get(), &all, 0);
    if (count < 0)
        return failLibvirt("list storage pools");
    Json pools = Json::array();
    for (int i = 0; i < count; ++i) {
        PoolRef pool(all[i]);
        if (auto json = poolJson(pool.get()))
            pools.push_back(std::move(*json));
    }
    free(all);
    return Json{{"pools", std::move(pools)}};
}

namespace {

/// Where libvirt's own tools keep images with this connection.
Result<std::string> usualDirectory(virConnectPtr connection)
{
    const CString uri(virConnectGetURI(connection));
    const std::string text = uri ? uri.get() : "";
    const std::string path = text.substr(0, text.find('?'));
    const char* home = getenv("HOME");
    if (path.starts_with("qemu") && path.ends_with("/system"))
        return std::string("/var/lib/libvirt/images");
    if (path == "qemu:///session" && home)
        return std::string(home) + "/.local/share/libvirt/images";
    return failField("path", "libvirt has no usual directory with this connection: name one");
}

} // namespace

Result<Json> createPool(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    auto name = parameters["name"].get<std::string>(), path = parameters["path"].get<std::string>();
    TRY(checkInstanceName(name));
    if (path.empty())
        path = TRY(usualDirectory(connection.get()));
    TRY(checkHostDirectory(path, "path"));
    if (PoolRef(virStoragePoolLookupByName(connection.get(), name.c_str())))
        return fail(Code::Exists, fmt::format("name: there is a storage pool \"{}\" already", name));
    pugi::xml_document document;
    pugi::xml_node root = element(document, "pool", {{"type", "dir"}});
    textElement(root, "name", name);
    textElement(element(root, "target"), "path", path);
    PoolRef pool(virStoragePoolDefineXML(connection.get(), writeXml(root).c_str(), 0));
    if (!pool)
        return failLibvirt(fmt::format("define storage pool {}", name));
    if (virStoragePoolCreate(pool.get(), VIR_STORAGE_POOL_CREATE_WITH_BUILD) < 0) {
        Error error = libvirtError(fmt::format("start storage pool {}", name));
        virStoragePoolUndefine(pool.get());
        return tl::unexpected<Error>(std::move(error));
    }
    virStoragePoolSetAutostart(pool.get(), 1);
    return Json::object();
}

Result<Json> changePool(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    auto name = parameters["pool"].get<std::string>(), change = parameters["change"].get<std::string>();
    PoolRef pool = TRY(findPool(connection.get(), name));
    if (change == "stop") {
        TRY(stop(connection.get(), pool.get()));
        return Json::object();
    }
    int outcome = change == "start"       ? virStoragePoolCreate(pool.get(), 0)
                  : change == "refresh"   ? virStoragePoolRefresh(pool.get(), 0)
                  : change == "autostart" ? virStoragePoolSetAutostart(pool.get(), 1)
                                          : virStoragePoolSetAutostart(pool.get(), 0);
    if (outcome < 0)
        return failLibvirt(fmt::format("storage pool {}", name));
    return Json::object();
}

Result<Json> deletePool(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    PoolRef pool = TRY(findPool(connection.get(), parameters["pool"].get<std::string>()));
    TRY(stop(connection.get(), pool.get()));
    TRY(forget(connection.get(), pool.get()));
    return Json::object();
}

Result<Json> destroyPool(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    PoolRef pool = TRY(findPool(connection.get(), parameters["pool"].get<std::string>()));
    std::string name = virStoragePoolGetName(pool.get());
    if (typeOf(pool.get()) != "logical")
        return fail(Code::NotSupported, "only a volume group can be destroyed as a whole");
    // What is in it is seen only while it is started.
    if (virStoragePoolIsActive(pool.get()) != 1)
        return fail(Code::WrongState, fmt::format("storage pool {} is stopped: start it first", name));
    virStoragePoolRefresh(pool.get(), 0);
    TRY(checkNobodyNeeds(host, connection.get(), pool.get()));
    TRY(stop(connection.get(), pool.get()));
    if (virStoragePoolDelete(pool.get(), 0) < 0)
        return failLibvirt(fmt::format("destroy the volume group of {}", name));
    TRY(forget(connection.get(), pool.get()));
    return Json::object();
}

} // namespace diptych::machines
