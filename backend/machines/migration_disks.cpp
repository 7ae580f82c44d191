// Disks of a machine that moves: whether the target sees them, or has room for a copy.
#include "machines/migration_checks.h"
#include "machines/same_file.h"
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

PoolRef poolOf(virConnectPtr connection, const std::string& path)
{
    PoolRef pool(virStoragePoolLookupByTargetPath(connection, path.substr(0, path.rfind('/')).c_str()));
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

VolumeRef volumeAt(virConnectPtr connection, const std::string& path)
{
    PoolRef pool = poolOf(connection, path);
    VolumeRef found(pool ? virStorageVolLookupByName(pool.get(), fileName(path).c_str()) : nullptr);
    // Disks of iSCSI lie in one directory for all pools, and are not called as their files are.
    return found ? std::move(found) : VolumeRef(virStorageVolLookupByPath(connection, path.c_str()));
}

VolumeRef volumeHere(const Move& move, const std::string& path)
{
    return volumeAt(move.source.get(), path);
}

VolumeRef volumeThere(const Move& move, const std::string& path)
{
    return volumeAt(move.target.get(), path);
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

/// libvirt's own check of a running machine's disks looks at the kind of file system alone: of two servers of the same
/// kind it would let it go on with the other's file.
bool proveShared(Move& move, const DiskInfo& disk, const std::string& key, virStorageVolPtr here,
                 virStorageVolPtr there)
{
    if (here && isSameFile(here, there, move.live))
        return true;
    if (!here)
        move.add(key, fmt::format("{} is in no storage pool here: make a pool of its directory first", disk.path));
    else if (isDevice(here))
        move.add(key, fmt::format("{} can't be told to be the same device there", disk.path));
    else if (move.live)
        move.add(key,
                 fmt::format("{} is another file there: one that is made beside it here is not seen there", disk.path));
    else
        move.add(key, fmt::format("{} is another file there: it was not changed when the one here was", disk.path));
    return false;
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
    bool same = false;
    if (size.capacity > 0 && virStorageVolGetInfo(there.get(), &info) == 0 && info.capacity != size.capacity)
        move.add(key, fmt::format("{} is another file there: it holds {} bytes, here {}", disk.path, info.capacity,
                                  size.capacity));
    else
        same = proveShared(move, disk, key, volumeHere(move, disk.path).get(), there.get());
    addShared(move, disk, size.capacity, same);
}

/// It is named by its pool, so the pool of this name there is meant, wherever that lies.
void checkVolume(Move& move, pugi::xml_node node, const std::string& key)
{
    pugi::xml_node source = node.child("source");
    std::string pool = source.attribute("pool").value(), volume = source.attribute("volume").value();
    PoolRef in(virStoragePoolLookupByName(move.target.get(), pool.c_str()));
    if (!in || virStoragePoolIsActive(in.get()) != 1) {
        move.add(key, fmt::format("there is no storage pool \"{}\" that is started", pool));
        return;
    }
    virStoragePoolRefresh(in.get(), 0);
    VolumeRef there(virStorageVolLookupByName(in.get(), volume.c_str()));
    if (!there) {
        move.add(key, fmt::format("the pool \"{}\" there has no volume {}", pool, volume));
        return;
    }
    auto here = findVolume(move.source.get(), pool, volume);
    CString path(here ? virStorageVolGetPath(here->get()) : nullptr);
    DiskInfo disk{node.child("target").attribute("dev").value(), path ? path.get() : pool + "/" + volume, "", "",
                  node.attribute("device").as_string("disk"),    !node.child("readonly").empty()};
    if (travels(disk))
        addShared(move, disk, sizeHere(move, disk.path).capacity,
                  proveShared(move, disk, key, here ? here->get() : nullptr, there.get()));
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
    VolumeRef shared = volumeHere(move, disk.path), seen = volumeThere(move, disk.path);
    if (shared && seen && isSameFile(shared.get(), seen.get(), move.live)) {
        addShared(move, disk, size.capacity, true);
        return;
    }
    DiskMove plan{disk.target, disk.path, DiskMove::How::Copied, size.capacity, size.allocation, false};
    std::string_view type = node.attribute("type").value();
    if (type != "file") {
        move.add(key, fmt::format("disks of type {} are not copied: only files are", type));
        return;
    }
    VolumeRef here = volumeHere(move, disk.path);
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
        if (*node.child("source").attribute("pool").value() != '\0') {
            checkVolume(move, node, key);
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
