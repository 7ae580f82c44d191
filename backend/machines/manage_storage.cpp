// Storage pools and their volumes.
#include "machines/disk_users.h"
#include "machines/host_devices.h"
#include "machines/manager.h"
#include "machines/volumes.h"
#include "machines/xml.h"

#include "base/names.h"

#include <poll.h>
#include <unistd.h>

namespace diptych::machines {

namespace {

std::string textOf(pugi::xml_node node, const char* first, const char* second)
{
    return node.child(first).child_value(second);
}

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
    return Json{{"name", virStoragePoolGetName(pool)},
                {"type", root.attribute("type").value()},
                {"path", textOf(root, "target", "path")},
                {"active", virStoragePoolIsActive(pool) == 1},
                {"autostart", autostart == 1},
                {"capacity", info.capacity},
                {"allocation", info.allocation},
                {"available", info.available},
                {"volumes", std::max(0, virStoragePoolNumOfVolumes(pool))}};
}

Json volumeJson(virStorageVolPtr volume, const Users& users)
{
    CString text(virStorageVolGetXMLDesc(volume, 0));
    pugi::xml_document document;
    if (!text || !parseXml(text.get(), document))
        return {};
    pugi::xml_node root = document.child("volume");
    std::string path = textOf(root, "target", "path");
    auto found = users.find(path);
    return {{"name", root.child_value("name")},
            {"path", path},
            {"format", root.child("target").child("format").attribute("type").as_string("raw")},
            {"capacity", root.child("capacity").text().as_ullong()},
            {"allocation", root.child("allocation").text().as_ullong()},
            {"backing", textOf(root, "backingStore", "path")},
            {"users", found == users.end() ? std::set<std::string>() : found->second}};
}

/// A name that is only a name (libvirt CVE-2015-5313 was a path in it).
Status checkVolumeName(const std::string& name, const char* field)
{
    bool good = !name.empty() && name.size() <= 128 && name[0] != '.' && name[0] != '-' &&
                std::all_of(name.begin(), name.end(),
                            [](unsigned char c) { return isalnum(c) || c == '.' || c == '_' || c == '-' || c == '+'; });
    if (!good)
        return failField(field, "letters, digits and ._-+, not beginning with . or -");
    return {};
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

Result<Json> createPool(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    auto name = parameters["name"].get<std::string>(), path = parameters["path"].get<std::string>();
    TRY(checkInstanceName(name));
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
    int outcome = change == "start"       ? virStoragePoolCreate(pool.get(), 0)
                  : change == "stop"      ? virStoragePoolDestroy(pool.get())
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
    auto name = parameters["pool"].get<std::string>();
    PoolRef pool = TRY(findPool(connection.get(), name));
    if (virStoragePoolIsActive(pool.get()) == 1 && virStoragePoolDestroy(pool.get()) < 0)
        return failLibvirt(fmt::format("stop storage pool {}", name));
    if (virStoragePoolIsPersistent(pool.get()) == 1 && virStoragePoolUndefine(pool.get()) < 0)
        return failLibvirt(fmt::format("remove storage pool {}", name));
    return Json::object();
}

Result<Json> listVolumes(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    PoolRef pool = TRY(findPool(connection.get(), parameters["pool"].get<std::string>()));
    Json volumes = Json::array();
    if (virStoragePoolIsActive(pool.get()) != 1)
        return Json{{"volumes", std::move(volumes)}};
    Headers headers{host.elsewhere};
    Users users = TRY(usersOfFiles(connection.get(), "", true, headers));
    virStorageVolPtr* all = nullptr;
    int count = virStoragePoolListAllVolumes(pool.get(), &all, 0);
    for (int i = 0; i < count; ++i) {
        VolumeRef volume(all[i]);
        if (Json json = volumeJson(volume.get(), users); !json.is_null())
            volumes.push_back(std::move(json));
    }
    free(all);
    return Json{{"volumes", std::move(volumes)}};
}

Result<Json> createVolume(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    auto name = parameters["name"].get<std::string>(), format = parameters["format"].get<std::string>();
    auto capacity = parameters["capacity"].get<int64_t>();
    TRY(checkVolumeName(name, "name"));
    if (capacity < 1 << 20 || capacity > int64_t{1} << 50)
        return failField("capacity", "capacity is 1 MiB to 1 PiB");
    PoolRef pool = TRY(findPool(connection.get(), parameters["pool"].get<std::string>()));
    Undo undo;
    TRY(makeVolume(pool.get(), volumeXml(name, static_cast<uint64_t>(capacity), format, nullptr), nullptr, undo));
    undo.keep();
    return Json::object();
}

Result<Json> copyVolume(Host& host, const Json& parameters, Progress& progress)
{
    ConnectRef connection = TRY(host.connection());
    auto poolName = parameters["pool"].get<std::string>(), name = parameters["name"].get<std::string>();
    TRY(checkVolumeName(name, "name"));
    PoolRef pool = TRY(findPool(connection.get(), poolName));
    VolumeRef from = TRY(findVolume(connection.get(), poolName, parameters["volume"].get<std::string>()));
    virStorageVolInfo info{};
    if (virStorageVolGetInfo(from.get(), &info) < 0)
        return failLibvirt("read the volume");
    DiskSource source = TRY(sourceOf(from.get()));
    progress.report("copyDisk", -1, name);
    Undo undo;
    TRY(makeVolume(pool.get(), volumeXml(name, info.capacity, source.format, nullptr), from.get(), undo));
    undo.keep();
    return Json();
}

Result<Json> resizeVolume(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    auto name = parameters["volume"].get<std::string>();
    VolumeRef volume = TRY(findVolume(connection.get(), parameters["pool"].get<std::string>(), name));
    auto capacity = static_cast<uint64_t>(std::max<int64_t>(parameters["capacity"].get<int64_t>(), 0));
    virStorageVolInfo info{};
    if (virStorageVolGetInfo(volume.get(), &info) < 0)
        return failLibvirt(name);
    if (capacity <= info.capacity)
        return failField("capacity",
                         fmt::format("{} has {} bytes already, and a volume only grows", name, info.capacity));
    if (virStorageVolResize(volume.get(), capacity, 0) < 0)
        return failLibvirt(fmt::format("resize {}", name));
    return Json::object();
}

static void refreshAll(virConnectPtr connection)
{
    virStoragePoolPtr* all = nullptr;
    int count = virConnectListAllStoragePools(connection, &all, VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE);
    for (int i = 0; i < count; ++i)
        virStoragePoolRefresh(PoolRef(all[i]).get(), 0);
    free(all);
}

Result<Json> deleteVolume(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    auto name = parameters["volume"].get<std::string>();
    VolumeRef volume = TRY(findVolume(connection.get(), parameters["pool"].get<std::string>(), name));
    CString path(virStorageVolGetPath(volume.get()));
    if (host.elsewhere)
        refreshAll(connection.get()); // nobody else can say what came since
    Headers headers{host.elsewhere};
    Users users = TRY(usersOfFiles(connection.get(), "", true, headers));
    if (auto found = users.find(path ? path.get() : ""); found != users.end())
        return fail(Code::Busy, fmt::format("{} is needed by {}", name, fmt::join(found->second, ", ")));
    if (!headers.unknown.empty()) // it may be needed there
        return fail(Code::Busy, headers.unknown.front());
    if (virStorageVolDelete(volume.get(), 0) < 0)
        return failLibvirt(fmt::format("delete {}", name));
    return Json::object();
}

Result<std::vector<std::string>> Manager::usersOfFile(const std::string& path)
{
    ConnectRef connection = TRY(m_host.connection());
    const Users users = TRY(usersOfFiles(connection.get(), ""));
    auto found = users.find(path);
    if (found == users.end())
        return std::vector<std::string>{};
    return std::vector<std::string>(found->second.begin(), found->second.end());
}

Result<Json> Manager::upload(const std::string& poolName, const std::string& name, uint64_t size, int from,
                             Progress& progress)
{
    TRY(checkVolumeName(name, "name"));
    ConnectRef connection = TRY(m_host.connection());
    PoolRef pool = TRY(findPool(connection.get(), poolName));
    Undo undo;
    TRY(makeVolume(pool.get(), volumeXml(name, size, "raw", nullptr), nullptr, undo));
    VolumeRef volume = TRY(findVolume(connection.get(), poolName, name));
    uint64_t done = 0;
    std::string buffer(size_t{256} << 10, '\0');
    auto next = [&]() -> Result<std::string> {
        for (int idle = 0; idle < 600; ++idle) {
            if (progress.cancelled())
                return fail(Code::Cancelled, "cancelled");
            pollfd waits{from, POLLIN, 0};
            if (::poll(&waits, 1, 100) <= 0)
                continue;
            ssize_t n = ::read(from, buffer.data(), std::min<uint64_t>(buffer.size(), size - done));
            if (n < 0 && (errno == EINTR || errno == EAGAIN))
                continue;
            done += static_cast<uint64_t>(std::max<ssize_t>(n, 0));
            progress.amounts({{name, done, size}});
            progress.report("receive", double(done) / double(size), "");
            return buffer.substr(0, static_cast<size_t>(std::max<ssize_t>(n, 0)));
        }
        return fail(Code::TimedOut, "nothing came for a minute");
    };
    TRY(uploadVolume(connection.get(), volume.get(), size, next));
    undo.keep();
    virStoragePoolRefresh(pool.get(), 0); // what it is stands in its first bytes
    return Json();
}

} // namespace diptych::machines
