// Everything below a directory, in the order of its names, without following links and without crossing mounts.
#pragma once

#include "base/result.h"

#include <functional>
#include <string>
#include <sys/stat.h>

namespace diptych {

struct WalkEntry
{
    int parent = -1;  ///< directory fd, open while the callback runs
    std::string name; ///< in parent
    std::string path; ///< from the top, without a slash in front
    struct stat status;

    [[nodiscard]] std::string linkTarget() const; ///< of a symbolic link
};

/// A directory comes before what is in it. The callback's error ends the walk and is its result.
Status walk(int directory, const std::function<Status(const WalkEntry&)>& visit);

} // namespace diptych
