// Disks of a machine that moves: whether the target sees them, or has room for a copy.
#include "machines/migration_checks.h"
#include "machines/volumes.h"
#include "machines/xml.h"

namespace diptych::machines {

bool travels(const DiskInfo& disk)
{
    return disk.device == "disk" && !disk.readOnly && !disk.path.empty();
}

std::string fileName(const std::string& path)
{
    return path.substr(path.rfind('/') + 1);
}

PoolRef poolOf(virConnectPtr target, const std::string& path)
{
    PoolRef pool(virStoragePoolLookupByTargetPath(target, path.substr(0, path.rfind('/')).c_str()));
    if (!pool || virStoragePoolIsActive(pool.get()) != 1)
        return nullptr;
    virStoragePoolRefresh(pool.get(), 0); // somebody else may have put it there
    return pool;
}

Result<std::vector<VolumeRef>> knownVolumes(virConnectPtr connection, const std::string& path)
{
    constexpr size_t longest = 64;
    std::vector<VolumeRef> chain;
    for (std::string at = path; !at.empty();) {
        VolumeRef volume(virStorageVolLookupByPath(connection, at.c_str()));
        if (!volume || chain.size() == longest)
            return fail(Code::PermissionDenied,
                        at == path ? fmt::format("{} is in no storage pool", at)
                                   : fmt::format("{} is built upon {}, which is in no storage pool", path, at));
        std::string base;
        TRY(describeVolume(volume.get(), &base));
        chain.push_back(std::move(volume));
        at = base;
    }
    return chain;
}

namespace {

struct Size
{
    uint64_t capacity = 0, allocation = 0;
};

Size sizeHere(const Move& move, const std::string& path)
{
    virDomainBlockInfo info{};
    if (virDomainGetBlockInfo(move.domain.get(), path.c_str(), &info, 0) < 0)
        return {};
    return {info.capacity, info.allocation};
}

VolumeRef volumeThere(const Move& move, const std::string& path)
{
    PoolRef pool = poolOf(move.target.get(), path);
    return VolumeRef(pool ? virStorageVolLookupByName(pool.get(), fileName(path).c_str())
                          : virStorageVolLookupByPath(move.target.get(), path.c_str()));
}

/// When the file and its entry were changed last, to the nanosecond; read anew by libvirt. Empty: it does not say.
std::string stampOf(virStorageVolPtr volume)
{
    CString text(volume ? virStorageVolGetXMLDesc(volume, 0) : nullptr);
    pugi::xml_document document;
    if (!text || !parseXml(text.get(), document))
        return {};
    pugi::xml_node times = document.first_child().child("target").child("timestamps");
    std::string changed = times.child_value("ctime");
    return changed.empty() ? changed : fmt::format("{} {}", times.child_value("mtime"), changed);
}

/// Two files are never changed in the same nanosecond, and no copy has its original's time of change: who sees the same
/// times sees the same file. It may be written meanwhile: read before and after, and again.
bool isSameFile(const Move& move, const std::string& path)
{
    VolumeRef here(virStorageVolLookupByPath(move.source.get(), path.c_str())), there = volumeThere(move, path);
    for (int tries = 0; here && there && tries < 5; ++tries) {
        std::string before = stampOf(here.get()), seen = stampOf(there.get());
        if (!before.empty() && before == seen && stampOf(here.get()) == before)
            return true;
    }
    return false;
}

/// What this host would keep of it in its memory is not on the other.
bool isCached(const Move& move, const std::string& target)
{
    for (pugi::xml_node node : move.root().child("devices").children("disk"))
        if (target == node.child("target").attribute("dev").value()) {
            std::string_view cache = node.child("driver").attribute("cache").value();
            return cache != "none" && cache != "directsync";
        }
    return true;
}

void addShared(Move& move, const DiskInfo& disk, uint64_t capacity, bool same)
{
    bool safe = same && !isCached(move, disk.target);
    move.disks.push_back({disk.target, disk.path, DiskMove::How::Shared, capacity, 0, safe});
}

void checkShared(Move& move, const DiskInfo& disk, const std::string& key)
{
    VolumeRef there = volumeThere(move, disk.path);
    if (!there) {
        move.add(key, travels(disk)
                          ? fmt::format("{} is in no storage pool there: have it copied, or make a pool of the "
                                        "directory that both share",
                                        disk.path)
                          : fmt::format("{} is in no storage pool there: eject it first", disk.path));
        return;
    }
    if (!travels(disk))
        return;
    virStorageVolInfo info{};
    Size size = sizeHere(move, disk.path);
    bool same = isSameFile(move, disk.path);
    if (size.capacity > 0 && virStorageVolGetInfo(there.get(), &info) == 0 && info.capacity != size.capacity)
        move.add(key, fmt::format("{} is another file there: it holds {} bytes, here {}", disk.path, info.capacity,
                                  size.capacity));
    else if (!move.live && !same) // running, libvirt looks itself
        move.add(key, fmt::format("{} is another file there: it was not changed when the one here was", disk.path));
    addShared(move, disk, size.capacity, same);
}

/// Copied whole: QEMU does it while it runs, the source's libvirt while it is off, which reads whatever is below.
void checkFlattened(Move& move, const DiskInfo& disk, const std::string& key, DiskMove& plan)
{
    plan.how = DiskMove::How::Flattened;
    auto chain = knownVolumes(move.source.get(), disk.path);
    if (!chain && !move.live)
        move.add(key, chain.error().message);
    uint64_t held = 0;
    for (size_t i = 0; chain && i < chain->size(); ++i) {
        virStorageVolInfo info{};
        held += virStorageVolGetInfo((*chain)[i].get(), &info) == 0 ? info.allocation : 0;
    }
    constexpr uint64_t tables = 4U << 20; // of the format
    plan.bytes = held > 0 ? std::min(held, plan.capacity + tables) : plan.capacity + tables;
    PoolRef own(chain ? virStoragePoolLookupByVolume(chain->front().get()) : nullptr);
    virStoragePoolInfo room{};
    if (!move.live && own && virStoragePoolGetInfo(own.get(), &room) == 0 && room.available < plan.bytes)
        move.add(key, fmt::format("it is made whole here first, which needs {} MiB, and {} MiB are free",
                                  plan.bytes >> 20, room.available >> 20));
}

void checkCopied(Move& move, const DiskInfo& disk, const std::string& key, pugi::xml_node node)
{
    Size size = sizeHere(move, disk.path);
    if (isSameFile(move, disk.path)) {
        addShared(move, disk, size.capacity, true);
        return;
    }
    DiskMove plan{disk.target, disk.path, DiskMove::How::Copied, size.capacity, size.allocation, false};
    std::string_view type = node.attribute("type").value();
    if (type != "file") {
        move.add(key, fmt::format("disks of type {} are not copied: only files are", type));
        return;
    }
    VolumeRef here(virStorageVolLookupByPath(move.source.get(), disk.path.c_str()));
    if (!here && !move.live)
        move.add(key, fmt::format("{} is in no storage pool here: make a pool of its directory first", disk.path));
    CString text(here ? virStorageVolGetXMLDesc(here.get(), 0) : nullptr);
    pugi::xml_document volume;
    bool overlay = !disk.backing.empty();
    if (text && parseXml(text.get(), volume))
        overlay = overlay || *volume.first_child().child("backingStore").child_value("path") != '\0';
    if (overlay)
        checkFlattened(move, disk, key, plan);
    move.disks.push_back(plan);
    PoolRef pool = poolOf(move.target.get(), disk.path);
    if (!pool) {
        move.add(key, fmt::format("no storage pool there is of the directory {}: make one for the copy",
                                  disk.path.substr(0, disk.path.rfind('/'))));
        return;
    }
    if (VolumeRef(virStorageVolLookupByName(pool.get(), fileName(disk.path).c_str())))
        move.add(key, fmt::format("{} is there already, and the copy would destroy it", disk.path));
    virStoragePoolInfo room{};
    if (virStoragePoolGetInfo(pool.get(), &room) == 0 && room.available < plan.bytes)
        move.add(key,
                 fmt::format("a copy needs {} MiB, and {} MiB are free there", plan.bytes >> 20, room.available >> 20));
}

} // namespace

void checkDisks(Move& move)
{
    for (pugi::xml_node node : move.root().child("devices").children("disk")) {
        std::string key = fmt::format("disk:{}", node.child("target").attribute("dev").value());
        if (std::string pool = node.child("source").attribute("pool").value(); !pool.empty()) {
            std::string volume = node.child("source").attribute("volume").value();
            PoolRef there(virStoragePoolLookupByName(move.target.get(), pool.c_str()));
            if (!there || virStoragePoolIsActive(there.get()) != 1)
                move.add(key, fmt::format("there is no storage pool \"{}\" that is started", pool));
            else if (!VolumeRef(virStorageVolLookupByName(there.get(), volume.c_str())))
                move.add(key, fmt::format("the pool \"{}\" there has no volume {}", pool, volume));
            continue;
        }
        for (const DiskInfo& disk : move.info.disks) {
            if ("disk:" + disk.target != key || disk.path.empty())
                continue;
            if (move.copy && travels(disk))
                checkCopied(move, disk, key, node);
            else
                checkShared(move, disk, key);
        }
    }
}

} // namespace diptych::machines
