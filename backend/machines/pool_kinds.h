// What the types of storage pools have and lack, and what that means for a volume in one.
#pragma once

#include "machines/handles.h"

#include <vector>

namespace diptych::machines {

/// What a pool of this type can't do: verb of create, upload, copy, resize, delete.
struct PoolLack
{
    const char* verb;
    std::string reason;
};
std::vector<PoolLack> poolLacks(const std::string& type);
/// Formats of a new volume; without qcow2 its volumes are block devices.
std::vector<std::string> poolFormats(const std::string& type);
bool holdsFiles(const std::string& type);
/// Partitions: the table gives the names.
bool givesNames(const std::string& type);

/// "dir" and so on; empty where libvirt does not tell.
std::string typeOf(virStoragePoolPtr pool);
bool holdsFiles(virStoragePoolPtr pool);
/// NotSupported with the reason.
Status checkPoolCan(virStoragePoolPtr pool, std::string_view verb);
/// XML of a volume as this pool can have it: raw and with all of its room where it is no file (LVM would make a sparse
/// one, which breaks when it is written), and by the name that a partition gets. Refused: an overlay there.
Result<std::string> volumeXmlIn(virStoragePoolPtr pool, const std::string& xml);
/// Deletes a partition itself where libvirt calls it by a name that parted does not know: of /dev/nvme0n1 and
/// /dev/loop0, whose partitions are p1, p2 … False: libvirt can, or this is no partition of this host.
Result<bool> deletePartition(virStoragePoolPtr pool, const std::string& volume);
/// 2 of "loop0p2" of "/dev/loop0"; 0 where libvirt finds it itself. Pure.
unsigned oddPartition(const std::string& device, const std::string& volume);
/// The partition that parted makes next; device: "/dev/sdb". Pure.
std::string nextPartition(const std::string& device, const std::vector<std::string>& there);

} // namespace diptych::machines
