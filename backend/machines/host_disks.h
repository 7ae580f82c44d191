// Block devices of this host: what there is and who has it, by lsblk from what the kernel lists; what is on each, by
// wipefs, which looks at the device itself: udev's memory, which lsblk tells, is late after a change and empty where no
// udevd runs.
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <string>
#include <vector>

namespace diptych::machines {

struct HostDisk
{
    std::string path;  ///< "/dev/sdb1"
    std::string model; ///< empty: it has none
    uint64_t size = 0; ///< bytes
    std::string holds; ///< "ext4", "gpt", "LVM2_member"; empty: nothing that is known
    std::string user;  ///< "mounted at /", "swap", "LVM"; empty: nobody that lsblk knows of
    std::string table; ///< its partition table: "gpt", "dos"; empty: none
    bool readOnly = false;
};

/// Pure: from `lsblk -J -b -p`, which does not tell what they hold. Neither memory disks nor optical ones; a device
/// whose parts are in use is in use.
Result<std::vector<HostDisk>> readHostDisks(const std::string& text);
/// Pure: from `wipefs -J -n`, what the device holds.
Status readSignatures(const std::string& text, HostDisk& disk);
/// Blocks while all of them are looked at.
Result<std::vector<HostDisk>> hostDisks();
/// The one that this path is or leads to; errors name source.device. Nothing is opened by a name that the kernel does
/// not list.
Result<HostDisk> findHostDisk(const std::string& path);
/// Something that nobody uses: not mounted, no part of a group, not held by anybody. Busy says by whom.
Status checkUnused(const HostDisk& disk);

} // namespace diptych::machines
