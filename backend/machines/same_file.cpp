#include "machines/same_file.h"

#include "machines/pool_kinds.h"
#include "machines/volumes.h"
#include "machines/xml.h"

#include <random>

namespace diptych::machines {

namespace {

/// When the file and its entry were changed last, to the nanosecond; read anew by libvirt. Empty: it does not say.
std::string stampOf(virStorageVolPtr volume)
{
    CString text(virStorageVolGetXMLDesc(volume, 0));
    pugi::xml_document document;
    if (!text || !parseXml(text.get(), document))
        return {};
    pugi::xml_node times = document.first_child().child("target").child("timestamps");
    std::string changed = times.child_value("ctime");
    return changed.empty() ? changed : fmt::format("{} {}", times.child_value("mtime"), changed);
}

std::string randomName()
{
    std::random_device source;
    std::string name = "diptych-same-";
    for (int i = 0; i < 4; ++i)
        name += fmt::format("{:08x}", source());
    return name;
}

/// A file of a name that nobody else has, made in one directory, is seen in the other.
bool isSameDirectory(virStoragePoolPtr here, virStoragePoolPtr there)
{
    if (!holdsFiles(here) || !holdsFiles(there))
        return false;
    const std::string name = randomName();
    VolumeRef mark(virStorageVolCreateXML(here, volumeXml(name, 4096, "raw", nullptr).c_str(), 0));
    if (!mark)
        return false;
    virStoragePoolRefresh(there, 0);
    bool seen = VolumeRef(virStorageVolLookupByName(there, name.c_str())) != nullptr;
    virStorageVolDelete(mark.get(), 0);
    virStoragePoolRefresh(there, 0);
    return seen;
}

std::string lastPart(virStorageVolPtr volume)
{
    CString path(virStorageVolGetPath(volume));
    std::string all = path ? path.get() : "";
    return all.substr(all.rfind('/') + 1);
}

} // namespace

bool isDevice(virStorageVolPtr volume)
{
    virStorageVolInfo info{};
    return virStorageVolGetInfo(volume, &info) == 0 && info.type == VIR_STORAGE_VOL_BLOCK;
}

/// libvirt's key of a device: the UUID of a logical volume, what a SCSI disk calls itself. Where it knows none it is
/// the path, which says as much for an iSCSI target and for what udev names by the disk's own id.
static bool isSameDevice(virStorageVolPtr here, virStorageVolPtr there)
{
    const char *ours = virStorageVolGetKey(here), *theirs = virStorageVolGetKey(there);
    if (!ours || !theirs || std::string_view(ours) != theirs)
        return false;
    std::string_view key = ours;
    return !key.starts_with('/') || key.starts_with("/dev/disk/by-id/") || key.find("-iscsi-") != key.npos;
}

/// Two files are never changed in the same nanosecond, and no copy has its original's time of change: who sees the same
/// times sees the same file. It may be written meanwhile: read before and after, and again. Where that is too often for
/// any two looks to agree, its directory is proved instead.
bool isSameFile(virStorageVolPtr here, virStorageVolPtr there, bool written)
{
    if (isDevice(here))
        return isDevice(there) && isSameDevice(here, there);
    for (int tries = 0; tries < 5; ++tries) {
        std::string before = stampOf(here), seen = stampOf(there);
        if (!before.empty() && before == seen && stampOf(here) == before)
            return true;
    }
    if (!written || lastPart(here) != lastPart(there))
        return false;
    PoolRef ours(virStoragePoolLookupByVolume(here)), theirs(virStoragePoolLookupByVolume(there));
    return ours && theirs && isSameDirectory(ours.get(), theirs.get());
}

} // namespace diptych::machines
