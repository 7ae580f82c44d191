// What external snapshots are kept for: going back to them, and letting go of them.
#include "base/child.h"
#include "machines/disk_users.h"
#include "machines/domain_edit.h"
#include "machines/domain_job.h"
#include "machines/external_parts.h"
#include "machines/volumes.h"
#include "machines/xml.h"

namespace diptych::machines {

namespace {

/// libvirt then makes the next snapshot a child of this one.
void makeCurrent(virDomainPtr domain, virDomainSnapshotPtr snapshot)
{
    CString text(virDomainSnapshotGetXMLDesc(snapshot, VIR_DOMAIN_SNAPSHOT_XML_SECURE));
    if (text)
        SnapshotRef(virDomainSnapshotCreateXML(
            domain, text.get(), VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE | VIR_DOMAIN_SNAPSHOT_CREATE_CURRENT));
}

/// Fresh overlays upon what a snapshot kept.
struct Fresh
{
    std::map<std::string, DiskSource> now;  ///< by what the disks are now
    std::map<std::string, DiskSource> then; ///< by what they were then
};

Status makeFresh(virConnectPtr connection, const DomainInfo& info, const ExternalSnapshot& kept, Fresh& fresh,
                 Undo& undo)
{
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
        DiskSource made = TRY(makeVolume(pool.get(), volumeXml(file, size.capacity, "qcow2", &base), nullptr, undo));
        fresh.now[now->path] = made;
        fresh.then[frozen.path] = std::move(made);
    }
    return {};
}

/// The machine as the kept memory knows it, upon the fresh overlays: all that it writes to must be of that moment.
Result<std::string> memoryXml(virConnectPtr connection, const ExternalSnapshot& kept, const Fresh& fresh)
{
    // The name is from the snapshot's description, which is anybody's who may talk to libvirt.
    if (!VolumeRef(virStorageVolLookupByPath(connection, kept.memory.c_str())))
        return fail(Code::NotFound, fmt::format("{}, which holds the memory, is in no storage pool", kept.memory));
    CString text(virDomainSaveImageGetXMLDesc(connection, kept.memory.c_str(), VIR_DOMAIN_SAVE_IMAGE_XML_SECURE));
    if (!text)
        return failLibvirt(kept.memory);
    const DomainInfo then = TRY(readDomain(text.get()));
    for (const DiskInfo& disk : then.disks)
        if (isWritten(disk) && !fresh.then.contains(disk.path))
            return fail(Code::NotSupported,
                        fmt::format("{} holds the memory, but not the disk {} of that moment", kept.name, disk.target));
    return withSources(text.get(), fresh.then);
}

/// What was is gone when this fails after its first line: that is what reverting means.
Status switchTo(virConnectPtr connection, virDomainPtr domain, const ExternalSnapshot& kept, const std::string& before,
                const std::string& after, const std::string& memory)
{
    std::string name = nameOf(domain);
    if (TRY(isActive(domain)) && virDomainDestroy(domain) < 0 && TRY(isActive(domain)))
        return failLibvirt(fmt::format("end {}", name));
    if (!DomainRef(virDomainDefineXML(connection, after.c_str())))
        return failLibvirt(fmt::format("give {} the disks of {}", name, kept.name));
    if (memory.empty())
        return {};
    unsigned state = kept.paused ? VIR_DOMAIN_SAVE_PAUSED : VIR_DOMAIN_SAVE_RUNNING;
    if (virDomainRestoreFlags(connection, kept.memory.c_str(), memory.c_str(), state) == 0)
        return {};
    Error error = libvirtError(fmt::format("run {} on from the memory of {}", name, kept.name));
    DomainRef(virDomainDefineXML(connection, before.c_str())); // off, with the disks that it had
    return tl::unexpected<Error>(std::move(error));
}

/// Goes only where it is an overlay upon what some snapshot of it kept: never a disk of its own.
void dropLeft(virConnectPtr connection, const std::vector<ExternalSnapshot>& all, const std::string& path)
{
    auto chain = backingChain(path, "qcow2");
    for (const ExternalSnapshot& one : all)
        for (const Frozen& frozen : one.disks)
            if (chain && chain->size() > 1 && (*chain)[1] == frozen.path)
                return deleteUnneeded(connection, path);
}

} // namespace

Status revertExternal(virConnectPtr connection, virDomainPtr domain, virDomainSnapshotPtr snapshot)
{
    TRY(checkNotSaved(domain));
    if (virDomainIsPersistent(domain) != 1)
        return fail(Code::WrongState, fmt::format("{} is not defined: it would be gone once it ends", nameOf(domain)));
    std::string xml = TRY(xmlOf(domain, VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE));
    DomainInfo info = TRY(readDomain(xml));
    ExternalSnapshot kept = TRY(readExternal(snapshot));
    std::vector<ExternalSnapshot> all = TRY(allSnapshots(domain));
    Undo undo;
    Fresh fresh;
    TRY(makeFresh(connection, info, kept, fresh, undo));
    std::string memory = kept.memory.empty() ? "" : TRY(memoryXml(connection, kept, fresh));
    TRY(switchTo(connection, domain, kept, xml, TRY(withSources(xml, fresh.now)), memory));
    undo.keep();
    makeCurrent(domain, snapshot);
    for (const auto& [path, made] : fresh.now)
        dropLeft(connection, all, path);
    return {};
}

namespace {

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

/// Own files that are built directly upon one that goes: disks, and what other snapshots kept. Everybody else who needs
/// it is a refusal.
Result<std::vector<std::string>> ownOverlays(virConnectPtr connection, virDomainPtr domain,
                                             const std::vector<DiskInfo>& disks,
                                             const std::vector<ExternalSnapshot>& others, const std::string& path)
{
    std::map<std::string, std::string> own; // path -> format
    for (const DiskInfo& disk : disks)
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

/// The same by QEMU, which has them open.
Status takeOverLive(virConnectPtr connection, virDomainPtr domain, const std::string& overlay, const Frozen& base,
                    Progress& progress)
{
    std::vector<std::string> below = TRY(knownChain(connection, base.path, base.format));
    const char* onto = below.size() > 1 ? below[1].c_str() : nullptr;
    int begun = onto ? virDomainBlockRebase(domain, base.target.c_str(), onto, 0, 0)
                     : virDomainBlockPull(domain, base.target.c_str(), 0, 0);
    if (begun < 0)
        return failLibvirt(fmt::format("disk {}", base.target));
    TRY(followBlockJob(domain, base.target, progress));
    std::vector<std::string> now = TRY(backingChain(overlay, "qcow2"));
    if (std::find(now.begin(), now.end(), base.path) != now.end())
        return fail(Code::Failed, fmt::format("disk {} still needs {}", base.target, base.path));
    return {};
}

/// One overlay that takes over; live: the machine runs and writes to it.
struct Merge
{
    std::string overlay;
    Frozen base;
    bool live = false;
};

/// What runs reads from everything below its disks: QEMU itself can merge into the uppermost only.
Status checkLive(const std::vector<DiskInfo>& live, Merge& merge, const std::string& name)
{
    for (const DiskInfo& disk : live) {
        if (disk.path.empty())
            continue;
        std::vector<std::string> chain = TRY(backingChain(disk.path, disk.format));
        if (std::find(chain.begin(), chain.end(), merge.overlay) == chain.end())
            continue;
        if (chain[0] != merge.overlay)
            return fail(Code::WrongState, fmt::format("{} runs, and what takes over, {}, is not what it writes to but "
                                                      "below that: stop it first",
                                                      name, merge.overlay));
        merge.live = true;
    }
    return {};
}

} // namespace

Status deleteExternal(virConnectPtr connection, virDomainPtr domain, virDomainSnapshotPtr snapshot, Progress& progress)
{
    TRY(checkNotSaved(domain));
    DomainInfo info = TRY(readDomain(TRY(xmlOf(domain, VIR_DOMAIN_XML_INACTIVE))));
    DomainInfo live = TRY(isActive(domain)) ? TRY(readDomain(TRY(xmlOf(domain, 0)))) : DomainInfo{};
    ExternalSnapshot gone = TRY(readExternal(snapshot));
    std::vector<ExternalSnapshot> others = TRY(allSnapshots(domain));
    std::erase_if(others, [&gone](const ExternalSnapshot& one) { return one.name == gone.name; });
    std::vector<DiskInfo> disks = info.disks;
    disks.insert(disks.end(), live.disks.begin(), live.disks.end());
    std::vector<Merge> merges;
    for (const Frozen& frozen : gone.disks)
        for (const std::string& overlay : TRY(ownOverlays(connection, domain, disks, others, frozen.path)))
            merges.push_back({overlay, frozen, false});
    for (Merge& merge : merges)
        TRY(checkLive(live.disks, merge, info.name));
    for (const Merge& merge : merges) {
        progress.report("mergeDisk", -1, merge.base.target);
        TRY(merge.live ? takeOverLive(connection, domain, merge.overlay, merge.base, progress)
                       : takeOver(connection, merge.overlay, merge.base, progress));
    }
    if (virDomainSnapshotDelete(snapshot, VIR_DOMAIN_SNAPSHOT_DELETE_METADATA_ONLY) < 0)
        return failLibvirt(fmt::format("delete snapshot {} of {}", gone.name, info.name));
    refreshPools(connection, info.disks);
    for (const Frozen& frozen : gone.disks)
        deleteUnneeded(connection, frozen.path);
    if (!gone.memory.empty())
        deleteUnneeded(connection, gone.memory);
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
