// The kernel's mount API by descriptors (fsopen(2), open_tree(2), move_mount(2), mount_setattr(2)): no path is ever
// looked up twice. Works from Linux 5.12 on.
#pragma once

#include "base/fd.h"

#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

namespace diptych::runtime {

/// A clone of the mount at an O_PATH descriptor, attached nowhere.
Result<UniqueFd> cloneTree(int fd, bool recursive);
/// Attaches a detached mount onto what target refers to.
Status attachTree(int tree, int target, std::string_view what);

struct MountAttributes
{
    uint64_t set = 0, clear = 0; ///< MOUNT_ATTR_*
    uint64_t setRecursive = 0, clearRecursive = 0;
    uint64_t propagation = 0; ///< MS_PRIVATE ... 0: as it is
    bool propagationRecursive = false;
};
Status setAttributes(int mount, const MountAttributes& attributes, std::string_view what);
Status setPropagation(int mount, uint64_t propagation, bool recursive, std::string_view what);
/// Maps the ids of a detached mount by a user namespace (mount_setattr(2), MOUNT_ATTR_IDMAP).
Status mapIds(int mount, int userNamespace, std::string_view what, bool recursive = false);

struct FsOption
{
    std::string key, value;
    bool flag = false; ///< no value
};
/// A new file system instance as a detached mount. The kernel's own words (fsopen(2)) are in the error.
Result<UniqueFd> newFileSystem(const std::string& type, const std::string& source, const std::vector<FsOption>& options,
                               uint64_t attributes);

/// fstatfs(2)'s f_type.
Result<uint64_t> fileSystemMagic(int fd);

} // namespace diptych::runtime
