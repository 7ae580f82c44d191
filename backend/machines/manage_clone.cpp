// A second domain like the first. Full: every disk is copied. Linked: what the disks hold now becomes a base that
// nobody writes any more, and both get an overlay of their own upon it. Of a snapshot the clone has what that kept, and
// the original stays as it is. If any step fails, all that was made goes
// again.
#include "machines/domain_edit.h"
#include "machines/external_parts.h"
#include "machines/undo.h"
#include "machines/volumes.h"
#include "machines/xml.h"

#include "base/names.h"
#include "images/qemu_img.h"

namespace diptych::machines {

namespace {

struct Copy
{
    std::string from;  ///< path
    DiskSource origin; ///< of the original afterwards; empty path: as before
    DiskSource clone;
};

/// What is copied: the machine as it is, or as a snapshot kept it.
struct Moment
{
    std::string xml;                ///< of the domain then
    std::string inside;             ///< its disks hold that moment under this name; empty: they are it
    bool kept = false;              ///< nobody writes those files any more
    std::vector<Frozen> disks = {}; ///< kept: the files
};

/// What stands in a full clone, from the file or from the snapshot inside it.
Result<DiskSource> copyWhole(virConnectPtr connection, virStoragePoolPtr pool, virStorageVolPtr from,
                             const std::string& path, const std::string& xml, const Moment& moment, Undo& undo,
                             Progress& progress)
{
    if (moment.inside.empty())
        return makeVolume(pool, xml, from, undo);
    DiskSource made = TRY(makeVolume(pool, xml, nullptr, undo));
    std::string snapshot = moment.inside; // a comma would end it in qemu-img's own syntax
    for (size_t at = 0; (at = snapshot.find(',', at)) != std::string::npos; at += 2)
        snapshot.insert(at, 1, ',');
    TRY(images::qemuImg({"convert", "-p", "-n", "-f", "qcow2", "-O", made.format, "-l", "snapshot.name=" + snapshot,
                         "--", path, made.path},
                        directoryOf(made.path), progress));
    if (VolumeRef volume{virStorageVolLookupByPath(connection, made.path.c_str())}; volume)
        virStoragePoolRefresh(pool, 0);
    return made;
}

Result<Copy> copyDisk(virConnectPtr connection, const DiskInfo& disk, const std::string& origin,
                      const std::string& name, bool linked, const Moment& moment, Undo& undo, Progress& progress)
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
        copy.clone = TRY(copyWhole(connection, pool.get(), volume.get(), disk.path,
                                   volumeXml(to, info.capacity, base.format, nullptr), moment, undo, progress));
        return copy;
    }
    if (!moment.kept) {
        std::string mine = freeName(pool.get(), fmt::format("{}-{}", origin, disk.target), "qcow2");
        copy.origin = TRY(makeVolume(pool.get(), volumeXml(mine, info.capacity, "qcow2", &base), nullptr, undo));
    }
    std::string its = freeName(pool.get(), fmt::format("{}-{}", name, disk.target), "qcow2");
    copy.clone = TRY(makeVolume(pool.get(), volumeXml(its, info.capacity, "qcow2", &base), nullptr, undo));
    return copy;
}

/// The domain as it was to start next at that moment.
Result<Moment> momentOf(Host& host, virDomainPtr domain, const std::string& name, bool linked)
{
    if (host.elsewhere)
        return fail(Code::NotSupported, "snapshots are cloned on their own machine only");
    SnapshotRef snapshot(virDomainSnapshotLookupByName(domain, name.c_str(), 0));
    CString text(snapshot ? virDomainSnapshotGetXMLDesc(snapshot.get(), VIR_DOMAIN_SNAPSHOT_XML_SECURE) : nullptr);
    if (!text)
        return failLibvirt(fmt::format("snapshot {} of {}", name, nameOf(domain)));
    pugi::xml_document document;
    TRY(parseXml(text.get(), document));
    pugi::xml_node root = document.child("domainsnapshot"), then = root.child("inactiveDomain");
    if (then)
        then.set_name("domain");
    else
        then = root.child("domain");
    ExternalSnapshot external = readExternal(root);
    Moment moment{writeXml(then), external.external ? "" : name, external.external, std::move(external.disks)};
    if (moment.kept)
        return moment;
    if (linked)
        return failField("linked", fmt::format("{} is inside the disk, where nothing can be built upon it: make a full "
                                               "clone",
                                               name));
    if (TRY(isActive(domain)))
        return fail(Code::WrongState,
                    fmt::format("{} runs and writes to the disk that {} is in: stop it first", nameOf(domain), name));
    return moment;
}

bool holds(const Moment& moment, const DiskInfo& disk)
{
    return !moment.kept || std::any_of(moment.disks.begin(), moment.disks.end(),
                                       [&](const Frozen& frozen) { return frozen.path == disk.path; });
}

Status checkCloneable(virDomainPtr domain, const DomainInfo& info, bool linked)
{
    if (TRY(isActive(domain)))
        return fail(Code::WrongState, fmt::format("{} runs: stop it first, its disks change meanwhile", info.name));
    if (!linked)
        return {};
    std::vector<ExternalSnapshot> all = TRY(allSnapshots(domain));
    if (std::any_of(all.begin(), all.end(), [](const ExternalSnapshot& one) { return !one.external; }))
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
    auto asked = parameters.find("snapshot");
    Moment moment;
    if (asked != parameters.end() && asked->is_string())
        moment = TRY(momentOf(host, domain.get(), asked->get<std::string>(), linked));
    else
        moment.xml = TRY(xmlOf(domain.get(), VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE));
    DomainInfo info = TRY(readDomain(moment.xml));
    if (info.spec)
        return fail(Code::NotSupported,
                    fmt::format("{} is a twin of a container: make another one from its image", info.name));
    if (!moment.kept && moment.inside.empty())
        TRY(checkCloneable(domain.get(), info, linked));
    if (DomainRef(virDomainLookupByName(connection.get(), name.c_str())))
        return fail(Code::Exists, fmt::format("name: there is a machine \"{}\" already", name));
    Undo undo;
    std::map<std::string, DiskSource> origins, clones;
    for (const DiskInfo& disk : info.disks) {
        if (disk.device != "disk" || disk.readOnly || disk.path.empty())
            continue; // what nobody writes is shared
        if (!holds(moment, disk))
            return fail(Code::NotSupported, fmt::format("the snapshot does not hold the disk {}", disk.target));
        if (progress.cancelled())
            return fail(Code::Cancelled, fmt::format("cloning {} was cancelled", info.name));
        progress.report("copyDisk", double(clones.size()) / double(info.disks.size()), disk.target);
        Copy copy = TRY(copyDisk(connection.get(), disk, info.name, name, linked, moment, undo, progress));
        clones[disk.path] = copy.clone;
        if (linked && !moment.kept)
            origins[disk.path] = copy.origin;
    }
    std::string id = newId();
    std::string cloneText = TRY(cloneXml(moment.xml, name, id, clones));
    progress.report("defineDomain", -1, name);
    auto* defined = virDomainDefineXML(connection.get(), cloneText.c_str());
    if (!defined)
        return failLibvirt(fmt::format("define {}", name));
    std::shared_ptr<virDomain> clone(defined, Release());
    undo.add([clone] { virDomainUndefineFlags(clone.get(), VIR_DOMAIN_UNDEFINE_NVRAM); });
    // Last: until here the original is as it was.
    if (!origins.empty()) {
        DomainRef changed(virDomainDefineXML(connection.get(), TRY(withSources(moment.xml, origins)).c_str()));
        if (!changed)
            return failLibvirt(fmt::format("give {} its overlay", info.name));
    }
    undo.keep();
    return Json{{"ids", {id}}};
}

} // namespace diptych::machines
