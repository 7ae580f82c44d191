#include "base/walk.h"

#include "base/fd.h"
#include "base/files.h"

#include <algorithm>
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <memory>
#include <unistd.h>
#include <vector>

namespace diptych {

namespace {
struct CloseDirectory
{
    void operator()(DIR* d) const { ::closedir(d); }
};

Result<std::vector<std::string>> namesIn(int directory)
{
    int copy = ::openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    std::unique_ptr<DIR, CloseDirectory> stream(copy < 0 ? nullptr : ::fdopendir(copy));
    if (!stream)
        return failErrno("read a directory");
    std::vector<std::string> names;
    while (const dirent* entry = ::readdir(stream.get()))
        if (std::string_view name = entry->d_name; name != "." && name != "..")
            names.emplace_back(name);
    std::sort(names.begin(), names.end());
    return names;
}

Status walkBelow(int directory, const std::string& prefix, dev_t device,
                 const std::function<Status(const WalkEntry&)>& visit)
{
    for (const std::string& name : TRY(namesIn(directory))) {
        WalkEntry entry{directory, name, prefix + name, {}};
        if (::fstatat(directory, name.c_str(), &entry.status, AT_SYMLINK_NOFOLLOW) < 0) {
            // A container goes on while we look.
            if (errno == ENOENT)
                continue;
            return failErrno(entry.path);
        }
        TRY(visit(entry));
        if (!S_ISDIR(entry.status.st_mode) || entry.status.st_dev != device)
            continue;
        UniqueFd below(::openat(directory, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (below)
            TRY(walkBelow(below.get(), entry.path + "/", device, visit));
        else if (errno != ENOENT && errno != ENOTDIR)
            return failErrno(entry.path);
    }
    return {};
}
} // namespace

std::string WalkEntry::linkTarget() const
{
    char target[PATH_MAX];
    ssize_t n = S_ISLNK(status.st_mode) ? ::readlinkat(parent, name.c_str(), target, sizeof target) : 0;
    return {target, n > 0 ? static_cast<size_t>(n) : 0};
}

Status walk(int directory, const std::function<Status(const WalkEntry&)>& visit)
{
    struct stat top
    {
    };
    if (::fstat(directory, &top) < 0)
        return failErrno("read a directory");
    return walkBelow(directory, "", top.st_dev, visit);
}

} // namespace diptych
