// Disks of a machine that moves: whether the target sees them, or has room for a copy.
#include "machines/migration_checks.h"
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

void checkShared(Move& move, const DiskInfo& disk, const std::string& key)
{
    PoolRef pool = poolOf(move.target.get(), disk.path);
    VolumeRef there(pool ? virStorageVolLookupByName(pool.get(), fileName(disk.path).c_str())
                         : virStorageVolLookupByPath(move.target.get(), disk.path.c_str()));
    if (!there) {
        move.add(key, travels(disk)
                          ? fmt::format("{} is in no storage pool there: have it copied, or make a pool of the "
                                        "directory that both share",
                                        disk.path)
                          : fmt::format("{} is in no storage pool there: eject it first", disk.path));
        return;
    }
    virStorageVolInfo info{};
    Size size = sizeHere(move, disk.path);
    if (travels(disk) && size.capacity > 0 && virStorageVolGetInfo(there.get(), &info) == 0 &&
        info.capacity != size.capacity)
        move.add(key, fmt::format("{} is another file there: it holds {} bytes, here {}", disk.path, info.capacity,
                                  size.capacity));
}

void checkCopied(Move& move, const DiskInfo& disk, const std::string& key, pugi::xml_node node)
{
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
        move.add(key,
                 fmt::format("{} is an overlay of another file, which would stay behind: make a full clone, and move "
                             "that",
                             disk.path));
    PoolRef pool = poolOf(move.target.get(), disk.path);
    if (!pool) {
        move.add(key, fmt::format("no storage pool there is of the directory {}: make one for the copy",
                                  disk.path.substr(0, disk.path.rfind('/'))));
        return;
    }
    if (VolumeRef(virStorageVolLookupByName(pool.get(), fileName(disk.path).c_str())))
        move.add(key, fmt::format("{} is there already, and the copy would destroy it", disk.path));
    virStoragePoolInfo room{};
    Size size = sizeHere(move, disk.path);
    if (virStoragePoolGetInfo(pool.get(), &room) == 0 && room.available < size.allocation)
        move.add(key, fmt::format("a copy needs {} MiB, and {} MiB are free there", size.allocation >> 20,
                                  room.available >> 20));
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
