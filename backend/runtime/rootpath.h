// Places inside the container's root file system. The root is a descriptor; every look-up is openat2(RESOLVE_IN_ROOT),
// so links of the image lead somewhere in the image, and what comes back is operated on as a descriptor, never by name
// again.
#pragma once

#include "base/fd.h"

#include <string>
#include <sys/types.h>

namespace diptych::runtime {

/// O_PATH; links are followed inside the root.
Result<UniqueFd> lookUp(int root, const std::string& path);
/// The directory at path, made with its parents when missing. Links, dangling ones too, are followed inside the root.
Result<UniqueFd> ensureDirectory(int root, const std::string& path, mode_t mode = 0755);
/// A file at path to mount on; made empty when missing.
Result<UniqueFd> ensureFile(int root, const std::string& path);
/// Like ensureDirectory, but no component may be a link: for /proc and /sys, where later writes must hit the real ones.
Result<UniqueFd> ensurePlainDirectory(int root, const std::string& path);

struct SplitPath
{
    std::string parent, name;
};
SplitPath splitPath(const std::string& path);

} // namespace diptych::runtime
