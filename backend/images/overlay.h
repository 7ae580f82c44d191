// What overlayfs writes into a container's writable layer beside the container's own files.
#pragma once

#include "base/walk.h"

#include <vector>

namespace diptych::images {

/// The sign that the name was deleted.
inline bool isWhiteout(const WalkEntry& entry)
{
    return S_ISCHR(entry.status.st_mode) && entry.status.st_rdev == 0;
}
/// A directory that hides what lower layers have in it.
bool isOpaque(const WalkEntry& entry);
/// What was only made for something to be mounted on it.
bool isMountPoint(const WalkEntry& entry, const std::vector<std::string>& mountPoints);

} // namespace diptych::images
