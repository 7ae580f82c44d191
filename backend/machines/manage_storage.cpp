// Volumes of storage pools.
#include "machines/disk_users.h"
#include "machines/manager.h"
#include "machines/pool_kinds.h"
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

Json volumeJson(virStorageVolPtr volume, const Users& users)
{
    CString text(virStorageVolGetXMLDesc(volume, 0));
    pugi::xml_document document;
    if (!text || !parseXml(text.get(), document))
        return {};
    pugi::xml_node root = document.child("volume");
    std::string path = textOf(root, "target", "path");
    return {{"name", root.child_value("name")},
            {"path", path},
            {"format", root.child("target").child("format").attribute("type").as_string("raw")},
            {"capacity", root.child("capacity").text().as_ullong()},
            {"allocation", root.child("allocation").text().as_ullong()},
            {"backing", textOf(root, "backingStore", "path")},
            {"users", usersOf(users, path)}};
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
    const std::vector<std::string> formats = poolFormats(typeOf(pool.get()));
    if (!formats.empty() && std::find(formats.begin(), formats.end(), format) == formats.end())
        return failField("format", fmt::format("volumes of this pool are {}", fmt::join(formats, ", ")));
    Undo undo;
    DiskSource made =
        TRY(makeVolume(pool.get(), volumeXml(name, static_cast<uint64_t>(capacity), format, nullptr), nullptr, undo));
    VolumeRef volume(virStorageVolLookupByPath(connection.get(), made.path.c_str()));
    if (!volume)
        return failLibvirt(made.path);
    undo.keep();
    return Json{{"name", virStorageVolGetName(volume.get())}};
}

Result<Json> copyVolume(Host& host, const Json& parameters, Progress& progress)
{
    ConnectRef connection = TRY(host.connection());
    auto poolName = parameters["pool"].get<std::string>(), name = parameters["name"].get<std::string>();
    TRY(checkVolumeName(name, "name"));
    PoolRef pool = TRY(findPool(connection.get(), poolName));
    TRY(checkPoolCan(pool.get(), "copy"));
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
    TRY(checkPoolCan(TRY(findPool(connection.get(), parameters["pool"].get<std::string>())).get(), "resize"));
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
    PoolRef pool = TRY(findPool(connection.get(), parameters["pool"].get<std::string>()));
    VolumeRef volume = TRY(findVolume(connection.get(), parameters["pool"].get<std::string>(), name));
    TRY(checkPoolCan(pool.get(), "delete"));
    CString path(virStorageVolGetPath(volume.get()));
    if (host.elsewhere)
        refreshAll(connection.get()); // nobody else can say what came since
    Headers headers{host.elsewhere};
    Users users = TRY(usersOfFiles(connection.get(), "", true, headers));
    if (auto found = usersOf(users, path ? path.get() : ""); !found.empty())
        return fail(Code::Busy, fmt::format("{} is needed by {}", name, fmt::join(found, ", ")));
    if (!headers.unknown.empty()) // it may be needed there
        return fail(Code::Busy, headers.unknown.front());
    if (!host.elsewhere && TRY(deletePartition(pool.get(), name)))
        return Json::object();
    if (virStorageVolDelete(volume.get(), 0) < 0)
        return failLibvirt(fmt::format("delete {}", name));
    return Json::object();
}

Result<std::vector<std::string>> Manager::usersOfFile(const std::string& path)
{
    ConnectRef connection = TRY(m_host.connection());
    const std::set<std::string> found = usersOf(TRY(usersOfFiles(connection.get(), "")), path);
    return std::vector<std::string>(found.begin(), found.end());
}

Result<Json> Manager::upload(const std::string& poolName, const std::string& name, uint64_t size, int from,
                             Progress& progress)
{
    TRY(checkVolumeName(name, "name"));
    ConnectRef connection = TRY(m_host.connection());
    PoolRef pool = TRY(findPool(connection.get(), poolName));
    Undo undo;
    DiskSource made = TRY(makeVolume(pool.get(), volumeXml(name, size, "raw", nullptr), nullptr, undo));
    VolumeRef volume(virStorageVolLookupByPath(connection.get(), made.path.c_str()));
    if (!volume)
        return failLibvirt(made.path);
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
