// What there is to make a storage pool of, and such a pool made.
#include "machines/disk_users.h"
#include "machines/host_devices.h"
#include "machines/host_disks.h"
#include "machines/pool_secret.h"
#include "machines/pool_source.h"
#include "machines/undo.h"
#include "machines/xml.h"

#include "base/names.h"

namespace diptych::machines {

namespace {

struct FreeStorageDevice
{
    void operator()(virNodeDevicePtr p) const { virNodeDeviceFree(p); }
};
using StorageDeviceRef = std::unique_ptr<virNodeDevice, FreeStorageDevice>;

Json found(const std::string& source, const std::string& detail, uint64_t size = 0, const std::string& holds = {},
           const std::string& user = {})
{
    return {{"source", source}, {"detail", detail}, {"size", size}, {"holds", holds}, {"user", user}};
}

Result<Json> disksHere(virConnectPtr connection)
{
    const Users users = TRY(usersOfFiles(connection, "", false));
    Json sources = Json::array();
    for (const HostDisk& disk : TRY(hostDisks())) {
        auto needed = usersOf(users, disk.path);
        std::string user = !disk.user.empty() ? disk.user : needed.empty() ? std::string() : *needed.begin();
        sources.push_back(found(disk.path, disk.model, disk.size, disk.holds, user));
    }
    return sources;
}

/// Whole disks: libvirt knows no parts of them.
Result<Json> disksThere(virConnectPtr connection)
{
    virNodeDevicePtr* all = nullptr;
    int count = virConnectListAllNodeDevices(connection, &all, VIR_CONNECT_LIST_NODE_DEVICES_CAP_STORAGE);
    if (count < 0)
        return failLibvirt("list the host's disks");
    Json sources = Json::array();
    for (int i = 0; i < count; ++i) {
        StorageDeviceRef one(all[i]);
        CString text(virNodeDeviceGetXMLDesc(one.get(), 0));
        pugi::xml_document document;
        if (!text || !parseXml(text.get(), document))
            continue; // it went meanwhile
        pugi::xml_node storage = document.child("device").child("capability");
        if (std::string path = storage.child_value("block"); !path.empty())
            sources.push_back(found(path, storage.child_value("model"), storage.child("size").text().as_ullong()));
    }
    free(all);
    return sources;
}

/// port: 0 is the usual one.
Result<Json> offersOf(virConnectPtr connection, const std::string& type, const std::string& host, int64_t port)
{
    pugi::xml_document asked, answered;
    pugi::xml_node source = element(asked, "source");
    if (!host.empty())
        element(source, "host", {{"name", host}});
    if (port != 0)
        source.child("host").append_attribute("port").set_value(std::to_string(port).c_str());
    CString text(virConnectFindStoragePoolSources(connection, type.c_str(), writeXml(asked).c_str(), 0));
    if (!text)
        return failLibvirt("look for storage");
    TRY(parseXml(text.get(), answered));
    Json sources = Json::array();
    for (pugi::xml_node one : answered.child("sources").children("source")) {
        std::string devices;
        for (pugi::xml_node device : one.children("device"))
            devices += (devices.empty() ? "" : ", ") + std::string(device.attribute("path").value());
        if (type == "logical")
            sources.push_back(found(one.child_value("name"), devices));
        else
            sources.push_back(found(type == "netfs" ? one.child("dir").attribute("path").value() : devices, ""));
    }
    return sources;
}

std::string wordOf(const Json& parameters, const char* key)
{
    auto it = parameters.find(key);
    return it != parameters.end() && it->is_string() ? it->get<std::string>() : std::string();
}

/// libvirt's last error, at the parameter that it is about.
Error refusal(const PoolSource& source, bool building, const std::string& name)
{
    Error error = libvirtError(fmt::format("{} storage pool {}", building ? "build" : "start", name));
    // That libvirt went away, or lets nobody do it, is nobody's field.
    bool itsWords = error.code == Code::Failed || error.code == Code::Exists || error.code == Code::WrongState ||
                    error.message.find("volume group") != std::string::npos;
    virErrorPtr last = virGetLastError();
    return itsWords ? poolFault(source, building, last ? last->message : error.message) : error;
}

/// The directory to mount at is made in any case; the rest only when that was asked for.
Status bringUp(virStoragePoolPtr pool, const PoolSource& source, Build build, const std::string& name)
{
    unsigned flags = build == Build::Erase  ? VIR_STORAGE_POOL_BUILD_OVERWRITE
                     : build == Build::Make ? VIR_STORAGE_POOL_BUILD_NO_OVERWRITE
                                            : VIR_STORAGE_POOL_BUILD_NEW;
    bool mounted = source.type == "fs" || source.type == "netfs";
    if ((mounted || build != Build::No) && virStoragePoolBuild(pool, flags) < 0)
        return tl::unexpected<Error>(refusal(source, true, name));
    if (virStoragePoolCreate(pool, 0) < 0)
        return tl::unexpected<Error>(refusal(source, false, name));
    return {};
}

/// libvirt's test driver mounts nothing and calls nobody.
bool reallyHere(const Host& host, virConnectPtr connection)
{
    const char* type = virConnectGetType(connection);
    return !host.elsewhere && type != nullptr && std::string_view(type) != "TEST" && std::string_view(type) != "Test";
}

Status checkPath(const PoolSource& source, const std::string& path)
{
    if (source.type == "fs" || source.type == "netfs")
        return checkHostDirectory(path, "path");
    if (source.type == "iscsi" && path != "/dev/disk/by-path" && path != "/dev/disk/by-id")
        return failField("path", "its disks are found in /dev/disk/by-path or /dev/disk/by-id");
    return {};
}

} // namespace

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

Result<Json> findPoolSources(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    std::string type = wordOf(parameters, "type"), other = wordOf(parameters, "host");
    if (type == "fs" || type == "disk")
        return Json{{"sources", TRY(host.elsewhere ? disksThere(connection.get()) : disksHere(connection.get()))}};
    if (type == "logical")
        other.clear();
    int64_t port = 0;
    if (type != "logical") {
        TRY(checkServerName(other, "host"));
        port = TRY(portFrom(parameters, "port"));
        if (port != 0 && type != "iscsi")
            return failField("port", "only an iSCSI target has a port of its own");
        // Of NFS the list is asked for at another port than the files.
        if (!host.elsewhere)
            TRY(checkAnswers(other, portOf(type, port), "host"));
    }
    return Json{{"sources", TRY(offersOf(connection.get(), type, other, port))}};
}

Result<Json> connectPool(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    std::string name = wordOf(parameters, "name"), path = wordOf(parameters, "path");
    std::string wanted = wordOf(parameters, "build");
    Build build = wanted == "make" ? Build::Make : wanted == "erase" ? Build::Erase : Build::No;
    TRY(checkInstanceName(name));
    PoolSource source = TRY(sourceFrom(parameters["source"], name, build));
    TRY(poolXml(name, source, path)); // refused before anything is touched
    TRY(checkPath(source, path));
    if (PoolRef(virStoragePoolLookupByName(connection.get(), name.c_str())))
        return fail(Code::Exists, fmt::format("name: there is a storage pool \"{}\" already", name));
    if (reallyHere(host, connection.get()))
        TRY(lookAtSource(connection.get(), source, build));
    Undo undo;
    if (!source.secret.empty()) {
        TRY(keepSecret(connection.get(), source.secret, wordOf(parameters["source"], "password")));
        undo.add([&connection, &source] { dropSecret(connection.get(), source.secret); });
    }
    std::shared_ptr<virStoragePool> pool( // undo outlives what stands below it
        virStoragePoolDefineXML(connection.get(), TRY(poolXml(name, source, path)).c_str(), 0), Release());
    if (!pool)
        return failLibvirt(fmt::format("define storage pool {}", name));
    undo.add([pool] { virStoragePoolUndefine(pool.get()); });
    TRY(bringUp(pool.get(), source, build, name));
    virStoragePoolSetAutostart(pool.get(), 1);
    undo.keep();
    return Json::object();
}

} // namespace diptych::machines
