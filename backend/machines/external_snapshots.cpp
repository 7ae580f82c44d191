#include "machines/external_snapshots.h"

#include "base/child.h"
#include "machines/disk_users.h"
#include "machines/domain_edit.h"
#include "machines/volumes.h"
#include "machines/xml.h"

namespace diptych::machines {

namespace {

bool isWritten(const DiskInfo& disk)
{
    return disk.device == "disk" && !disk.readOnly && !disk.path.empty();
}

Result<std::vector<ExternalSnapshot>> allSnapshots(virDomainPtr domain)
{
    virDomainSnapshotPtr* all = nullptr;
    int count = virDomainListAllSnapshots(domain, &all, 0);
    if (count < 0)
        return failLibvirt(fmt::format("snapshots of {}", nameOf(domain)));
    std::vector<ExternalSnapshot> found;
    Status outcome;
    for (int i = 0; i < count; ++i) {
        SnapshotRef snapshot(all[i]);
        auto read = readExternal(snapshot.get());
        if (read)
            found.push_back(std::move(*read));
        else
            outcome = tl::unexpected<Error>(std::move(read).error());
    }
    free(all);
    TRY(std::move(outcome)); // who can't be read may need anything
    return found;
}

/// The next start, whose disks are changed; only while it is off.
Result<std::string> nextXml(virDomainPtr domain, const char* what)
{
    if (TRY(isActive(domain)))
        return fail(Code::WrongState,
                    fmt::format("{} runs: stop it first, {} changes the files below its disks", nameOf(domain), what));
    if (virDomainHasManagedSaveImage(domain, 0) == 1)
        return fail(Code::WrongState,
                    fmt::format("the memory of {} was saved, and fits to its disks as they are: start "
                                "it, or drop what was saved",
                                nameOf(domain)));
    return xmlOf(domain, VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE);
}

/// Our own tool opens what is below a disk, as root: it must be what a pool shows, for its header may name any file.
Result<std::vector<std::string>> knownChain(virConnectPtr connection, const std::string& path,
                                            const std::string& format)
{
    std::vector<std::string> chain = TRY(backingChain(path, format));
    for (const std::string& file : chain)
        if (!VolumeRef(virStorageVolLookupByPath(connection, file.c_str())))
            return fail(Code::PermissionDenied,
                        fmt::format("{} is built upon {}, which is in no storage pool", path, file));
    return chain;
}

std::string volumeWords(virConnectPtr connection, const std::string& path)
{
    VolumeRef volume(virStorageVolLookupByPath(connection, path.c_str()));
    PoolRef pool(volume ? virStoragePoolLookupByVolume(volume.get()) : nullptr);
    return pool ? fmt::format("volume {}/{}", virStoragePoolGetName(pool.get()), virStorageVolGetName(volume.get()))
                : std::string();
}

void deleteUnneeded(virConnectPtr connection, const std::string& path)
{
    auto users = usersOfFiles(connection, "");
    if (!users || users->contains(path))
        return; // who can't be asked needs it
    if (VolumeRef volume{virStorageVolLookupByPath(connection, path.c_str())})
        virStorageVolDelete(volume.get(), 0);
}

void refreshPools(virConnectPtr connection, const std::vector<DiskInfo>& disks)
{
    for (const DiskInfo& disk : disks) {
        std::string directory = disk.path.substr(0, disk.path.rfind('/'));
        if (PoolRef pool{virStoragePoolLookupByTargetPath(connection, directory.c_str())})
            virStoragePoolRefresh(pool.get(), 0);
    }
}

/// libvirt then makes the next snapshot a child of this one.
void makeCurrent(virDomainPtr domain, virDomainSnapshotPtr snapshot)
{
    CString text(virDomainSnapshotGetXMLDesc(snapshot, VIR_DOMAIN_SNAPSHOT_XML_SECURE));
    if (text)
        SnapshotRef(virDomainSnapshotCreateXML(
            domain, text.get(), VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE | VIR_DOMAIN_SNAPSHOT_CREATE_CURRENT));
}

} // namespace

ExternalSnapshot readExternal(const pugi::xml_node& snapshot)
{
    ExternalSnapshot read;
    read.name = snapshot.child_value("name");
    std::string_view memory = snapshot.child("memory").attribute("snapshot").as_string("no");
    read.memory = memory != "no";
    for (pugi::xml_node disk : snapshot.child("disks").children("disk")) {
        if (std::string_view(disk.attribute("snapshot").value()) != "external")
            continue;
        read.external = true;
        std::string target = disk.attribute("name").value();
        for (pugi::xml_node before : snapshot.child("domain").child("devices").children("disk")) {
            if (target != before.child("target").attribute("dev").value())
                continue;
            std::string path = before.child("source").attribute("file").value();
            std::string format = before.child("driver").attribute("type").as_string("raw");
            read.disks.push_back({target, path, format});
        }
    }
    return read;
}

Result<ExternalSnapshot> readExternal(virDomainSnapshotPtr snapshot)
{
    CString text(virDomainSnapshotGetXMLDesc(snapshot, 0));
    if (!text)
        return failLibvirt("read the snapshot");
    pugi::xml_document document;
    TRY(parseXml(text.get(), document));
    return readExternal(document.child("domainsnapshot"));
}

std::string externalObstacle(virConnectPtr connection, const DomainInfo& info)
{
    if (info.spec)
        return "it is a twin of a container: its disk belongs to its image";
    bool any = false;
    for (const DiskInfo& disk : info.disks) {
        if (!isWritten(disk))
            continue;
        any = true;
        if (!PoolRef(virStoragePoolLookupByTargetPath(connection, disk.path.substr(0, disk.path.rfind('/')).c_str())))
            return fmt::format("disk {}, {}, is in no storage pool: make a pool of its directory first", disk.target,
                               disk.path);
    }
    return any ? "" : "it has no disk in a file that it writes to";
}

Status createExternal(virConnectPtr connection, virDomainPtr domain, const DomainInfo& info, const std::string& name,
                      const std::string& description)
{
    if (std::string why = externalObstacle(connection, info); !why.empty())
        return fail(Code::NotSupported, why);
    if (virDomainHasManagedSaveImage(domain, 0) == 1)
        return fail(Code::WrongState,
                    fmt::format("the memory of {} was saved, and fits to its disks as they are: start "
                                "it, or drop what was saved",
                                info.name));
    pugi::xml_document document;
    pugi::xml_node root = element(document, "domainsnapshot");
    textElement(root, "name", name);
    if (!description.empty())
        textElement(root, "description", description);
    pugi::xml_node disks = element(root, "disks");
    for (const DiskInfo& disk : info.disks) {
        bool wanted = isWritten(disk);
        pugi::xml_node node = element(disks, "disk", {{"name", disk.target}, {"snapshot", wanted ? "external" : "no"}});
        if (!wanted)
            continue;
        std::string directory = disk.path.substr(0, disk.path.rfind('/'));
        PoolRef pool(virStoragePoolLookupByTargetPath(connection, directory.c_str()));
        if (!pool)
            return failLibvirt(directory);
        virStoragePoolRefresh(pool.get(), 0);
        std::string file = freeName(pool.get(), fmt::format("{}-{}-{}", info.name, disk.target, name), "qcow2");
        element(node, "driver", {{"type", "qcow2"}});
        element(node, "source", {{"file", fmt::format("{}/{}", directory, file)}});
    }
    SnapshotRef made(virDomainSnapshotCreateXML(
        domain, writeXml(root).c_str(), VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY | VIR_DOMAIN_SNAPSHOT_CREATE_ATOMIC));
    if (!made)
        return failLibvirt(fmt::format("snapshot of {}", info.name));
    refreshPools(connection, info.disks);
    return {};
}

Status revertExternal(virConnectPtr connection, virDomainPtr domain, virDomainSnapshotPtr snapshot)
{
    std::string xml = TRY(nextXml(domain, "reverting"));
    DomainInfo info = TRY(readDomain(xml));
    ExternalSnapshot kept = TRY(readExternal(snapshot));
    std::vector<ExternalSnapshot> all = TRY(allSnapshots(domain));
    if (kept.memory)
        return fail(Code::NotSupported,
                    fmt::format("{} holds the memory in a file of its own, which can't be gone back "
                                "to here",
                                kept.name));
    Undo undo;
    std::map<std::string, DiskSource> sources;
    std::vector<std::string> left;
    for (const Frozen& frozen : kept.disks) {
        auto now = std::find_if(info.disks.begin(), info.disks.end(),
                                [&](const DiskInfo& disk) { return disk.target == frozen.target; });
        if (now == info.disks.end() || now->path.empty())
            return fail(Code::WrongState,
                        fmt::format("{} has no disk {} any more, which the snapshot is of", info.name, frozen.target));
        VolumeRef volume(virStorageVolLookupByPath(connection, frozen.path.c_str()));
        PoolRef pool(volume ? virStoragePoolLookupByVolume(volume.get()) : nullptr);
        virStorageVolInfo size{};
        if (!pool || virStorageVolGetInfo(volume.get(), &size) < 0)
            return fail(Code::NotFound, fmt::format("{}, which the snapshot kept, is in no storage pool", frozen.path));
        std::string file =
            freeName(pool.get(), fmt::format("{}-{}-after-{}", info.name, frozen.target, kept.name), "qcow2");
        DiskSource base{frozen.path, frozen.format, false};
        sources[now->path] = TRY(makeVolume(pool.get(), volumeXml(file, size.capacity, "qcow2", &base), nullptr, undo));
        left.push_back(now->path);
    }
    DomainRef changed(virDomainDefineXML(connection, TRY(withSources(xml, sources)).c_str()));
    if (!changed)
        return failLibvirt(fmt::format("give {} the disks of {}", info.name, kept.name));
    undo.keep();
    makeCurrent(domain, snapshot);
    // What it was goes, but only where it is an overlay upon what some snapshot of it kept: never a disk of its own.
    for (const std::string& path : left) {
        auto chain = backingChain(path, "qcow2");
        for (const ExternalSnapshot& one : all)
            for (const Frozen& frozen : one.disks)
                if (chain && chain->size() > 1 && (*chain)[1] == frozen.path)
                    deleteUnneeded(connection, path);
    }
    return {};
}

namespace {

/// Own files that are built directly upon one that goes: disks, and what other snapshots kept. Everybody else who needs
/// it is a refusal.
Result<std::vector<std::string>> ownOverlays(virConnectPtr connection, virDomainPtr domain, const DomainInfo& info,
                                             const std::vector<ExternalSnapshot>& others, const std::string& path)
{
    std::map<std::string, std::string> own; // path -> format
    for (const DiskInfo& disk : info.disks)
        if (!disk.path.empty())
            own[disk.path] = disk.format;
    for (const ExternalSnapshot& one : others)
        for (const Frozen& frozen : one.disks)
            own[frozen.path] = frozen.format;
    std::vector<std::string> overlays;
    std::set<std::string> mine;
    for (const auto& [file, format] : own) {
        std::vector<std::string> chain = TRY(backingChain(file, format));
        if (std::find(chain.begin() + 1, chain.end(), path) != chain.end())
            mine.insert(volumeWords(connection, file));
        if (chain.size() > 1 && chain[1] == path)
            overlays.push_back(file);
    }
    Users users = TRY(usersOfFiles(connection, idOf(domain)));
    std::vector<std::string> strangers;
    for (const std::string& user : users[path])
        if (!mine.contains(user))
            strangers.push_back(user);
    if (!strangers.empty())
        return fail(Code::Busy, fmt::format("{} is needed by {}", path, fmt::join(strangers, ", ")));
    return overlays;
}

/// The overlay takes over what it saw through `base`, and is built upon what that was built upon.
Status takeOver(virConnectPtr connection, const std::string& overlay, const Frozen& base, Progress& progress)
{
    TRY(knownChain(connection, overlay, "qcow2"));
    std::vector<std::string> below = TRY(knownChain(connection, base.path, base.format));
    Command command;
    command.arguments = {"qemu-img", "rebase", "-f", "qcow2"};
    if (below.size() > 1) {
        VolumeRef volume(virStorageVolLookupByPath(connection, below[1].c_str()));
        DiskSource source = TRY(describeVolume(volume.get()));
        command.arguments.insert(command.arguments.end(), {"-F", source.format, "-b", source.path});
    } else {
        command.arguments.insert(command.arguments.end(), {"-b", ""});
    }
    command.arguments.insert(command.arguments.end(), {"--", overlay});
    command.timeout = std::chrono::hours(12);
    command.cancelled = [&progress] { return progress.cancelled(); }; // it changes the header last
    TRYX(runChecked(command), overlay);
    return {};
}

} // namespace

Status deleteExternal(virConnectPtr connection, virDomainPtr domain, virDomainSnapshotPtr snapshot, Progress& progress)
{
    DomainInfo info = TRY(readDomain(TRY(nextXml(domain, "deleting this snapshot"))));
    ExternalSnapshot gone = TRY(readExternal(snapshot));
    std::vector<ExternalSnapshot> others = TRY(allSnapshots(domain));
    std::erase_if(others, [&gone](const ExternalSnapshot& one) { return one.name == gone.name; });
    std::vector<std::pair<std::string, Frozen>> moves;
    for (const Frozen& frozen : gone.disks)
        for (const std::string& overlay : TRY(ownOverlays(connection, domain, info, others, frozen.path)))
            moves.emplace_back(overlay, frozen);
    for (const auto& [overlay, frozen] : moves) {
        progress.report("mergeDisk", -1, frozen.target);
        TRY(takeOver(connection, overlay, frozen, progress));
    }
    if (virDomainSnapshotDelete(snapshot, VIR_DOMAIN_SNAPSHOT_DELETE_METADATA_ONLY) < 0)
        return failLibvirt(fmt::format("delete snapshot {} of {}", gone.name, info.name));
    refreshPools(connection, info.disks);
    for (const Frozen& frozen : gone.disks)
        deleteUnneeded(connection, frozen.path);
    return {};
}

Status checkInternalRevert(virDomainPtr domain, virDomainSnapshotPtr snapshot)
{
    CString text(virDomainSnapshotGetXMLDesc(snapshot, 0));
    pugi::xml_document document;
    if (!text)
        return failLibvirt("read the snapshot");
    TRY(parseXml(text.get(), document));
    std::vector<ExternalSnapshot> all = TRY(allSnapshots(domain));
    for (pugi::xml_node disk : document.first_child().child("domain").child("devices").children("disk"))
        for (const ExternalSnapshot& one : all)
            for (const Frozen& frozen : one.disks)
                if (frozen.path == disk.child("source").attribute("file").value())
                    return fail(Code::Busy, fmt::format("it would change {}, which the external snapshot {} is built "
                                                        "upon: delete that first",
                                                        frozen.path, one.name));
    return {};
}

} // namespace diptych::machines
