// A second domain like the first. Full: every disk is copied. Linked: what the disks hold now becomes a base that
// nobody writes any more, and both get an overlay of their own upon it. If any step fails, all that was made goes
// again.
#include "machines/domain_edit.h"
#include "machines/domain_read.h"
#include "machines/manager.h"
#include "machines/undo.h"
#include "machines/volumes.h"
#include "machines/xml.h"

#include "base/names.h"

namespace diptych::machines {

namespace {

struct Copy
{
    std::string from;  ///< path
    DiskSource origin; ///< of the original afterwards; empty path: as before
    DiskSource clone;
};

Result<Copy> copyDisk(virConnectPtr connection, const DiskInfo& disk, const std::string& origin,
                      const std::string& name, bool linked, Undo& undo)
{
    VolumeRef volume(virStorageVolLookupByPath(connection, disk.path.c_str()));
    if (!volume)
        return fail(Code::NotSupported,
                    fmt::format("{} is in no storage pool: make a pool of its directory first", disk.path));
    PoolRef pool(virStoragePoolLookupByVolume(volume.get()));
    virStorageVolInfo info{};
    if (!pool || virStorageVolGetInfo(volume.get(), &info) < 0)
        return failLibvirt(disk.path);
    Copy copy;
    copy.from = disk.path;
    DiskSource base{disk.path, disk.format.empty() ? "raw" : disk.format, false};
    if (!linked) {
        std::string to = freeName(pool.get(), fmt::format("{}-{}", name, disk.target), base.format);
        copy.clone =
            TRY(makeVolume(pool.get(), volumeXml(to, info.capacity, base.format, nullptr), volume.get(), undo));
        return copy;
    }
    std::string mine = freeName(pool.get(), fmt::format("{}-{}", origin, disk.target), "qcow2");
    copy.origin = TRY(makeVolume(pool.get(), volumeXml(mine, info.capacity, "qcow2", &base), nullptr, undo));
    std::string its = freeName(pool.get(), fmt::format("{}-{}", name, disk.target), "qcow2");
    copy.clone = TRY(makeVolume(pool.get(), volumeXml(its, info.capacity, "qcow2", &base), nullptr, undo));
    return copy;
}

Status checkCloneable(virDomainPtr domain, const DomainInfo& info, bool linked)
{
    if (TRY(isActive(domain)))
        return fail(Code::WrongState, fmt::format("{} runs: stop it first, its disks change meanwhile", info.name));
    if (info.spec)
        return fail(Code::NotSupported,
                    fmt::format("{} is a twin of a container: make another one from its image", info.name));
    if (linked && virDomainSnapshotNum(domain, 0) > 0)
        return fail(Code::WrongState,
                    fmt::format("{} has snapshots inside its disk, which would be out of its reach in a base: delete "
                                "them, or make a full clone",
                                info.name));
    return {};
}

} // namespace

Result<Json> cloneMachine(Host& host, const Json& parameters, Progress& progress)
{
    DomainRef domain = TRY(host.domain(parameters));
    ConnectRef connection = TRY(host.connection());
    auto name = parameters["name"].get<std::string>();
    bool linked = parameters["linked"].get<bool>();
    TRY(checkInstanceName(name));
    std::string xml = TRY(xmlOf(domain.get(), VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE));
    DomainInfo info = TRY(readDomain(xml));
    TRY(checkCloneable(domain.get(), info, linked));
    if (DomainRef(virDomainLookupByName(connection.get(), name.c_str())))
        return fail(Code::Exists, fmt::format("name: there is a machine \"{}\" already", name));
    Undo undo;
    std::map<std::string, DiskSource> origins, clones;
    for (const DiskInfo& disk : info.disks) {
        if (disk.device != "disk" || disk.readOnly || disk.path.empty())
            continue; // what nobody writes is shared
        if (progress.cancelled())
            return fail(Code::Cancelled, fmt::format("cloning {} was cancelled", info.name));
        progress.report("copyDisk", double(clones.size()) / double(info.disks.size()), disk.target);
        Copy copy = TRY(copyDisk(connection.get(), disk, info.name, name, linked, undo));
        clones[disk.path] = copy.clone;
        if (linked)
            origins[disk.path] = copy.origin;
    }
    std::string id = newId();
    std::string cloneText = TRY(cloneXml(xml, name, id, clones));
    progress.report("defineDomain", -1, name);
    auto* defined = virDomainDefineXML(connection.get(), cloneText.c_str());
    if (!defined)
        return failLibvirt(fmt::format("define {}", name));
    std::shared_ptr<virDomain> clone(defined, Release());
    undo.add([clone] { virDomainUndefineFlags(clone.get(), VIR_DOMAIN_UNDEFINE_NVRAM); });
    // Last: until here the original is as it was.
    if (linked) {
        DomainRef changed(virDomainDefineXML(connection.get(), TRY(withSources(xml, origins)).c_str()));
        if (!changed)
            return failLibvirt(fmt::format("give {} its overlay", info.name));
    }
    undo.keep();
    return Json{{"ids", {id}}};
}

} // namespace diptych::machines
