// Everything below a directory, in the order of its names, without following links and without crossing mounts.
#pragma once

#include "base/result.h"

#include <functional>
#include <string>
#include <sys/stat.h>
#include <vector>

namespace diptych::images {

struct WalkEntry
{
    int parent = -1;  ///< directory fd, open while the callback runs
    std::string name; ///< in parent
    std::string path; ///< from the top, without a slash in front
    struct stat status;

    /// Overlay's sign that the name was deleted.
    [[nodiscard]] bool isWhiteout() const { return S_ISCHR(status.st_mode) && status.st_rdev == 0; }
    /// A directory that hides what lower layers have in it.
    [[nodiscard]] bool isOpaque() const;
    [[nodiscard]] std::string linkTarget() const; ///< of a symbolic link
};

/// What was only made for something to be mounted on it.
bool isMountPoint(const WalkEntry& entry, const std::vector<std::string>& mountPoints);

/// A directory comes before what is in it. The callback's error ends the walk and is its result.
Status walk(int directory, const std::function<Status(const WalkEntry&)>& visit);

} // namespace diptych::images
