#include "images/overlay.h"

#include "base/fd.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/xattr.h>

namespace diptych::images {

bool isOpaque(const WalkEntry& entry)
{
    UniqueFd fd(::openat(entry.parent, entry.name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    char value = 0;
    for (const char* attribute : {"trusted.overlay.opaque", "user.overlay.opaque"})
        if (fd && ::fgetxattr(fd.get(), attribute, &value, 1) == 1 && value == 'y')
            return true;
    return false;
}

bool isMountPoint(const WalkEntry& entry, const std::vector<std::string>& mountPoints)
{
    return S_ISREG(entry.status.st_mode) && entry.status.st_size == 0 &&
           std::find(mountPoints.begin(), mountPoints.end(), entry.path) != mountPoints.end();
}

} // namespace diptych::images
