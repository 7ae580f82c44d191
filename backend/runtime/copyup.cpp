#include "runtime/copyup.h"

#include "base/files.h"

#include <algorithm>
#include <array>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych::runtime {

static constexpr int deepest = 64;

static Status copyBelow(int from, int to, dev_t device, int depth);

static Status copyFile(int from, int to, const char* name, const struct stat& info)
{
    // Not blocking: what was a file a moment ago may be a pipe by now.
    UniqueFd source = TRY(openFileAt(from, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
    struct stat opened = {};
    if (::fstat(source.get(), &opened) < 0 || !S_ISREG(opened.st_mode))
        return fail(Code::Failed, fmt::format("{}: was a file", name));
    UniqueFd copy = TRY(openFileAt(to, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600));
    off_t left = info.st_size;
    while (left > 0) {
        ssize_t n = ::sendfile(copy.get(), source.get(), nullptr, static_cast<size_t>(left));
        if (n < 0 && errno != EINTR)
            return failErrno(name);
        if (n == 0)
            break;
        left -= std::max<ssize_t>(n, 0);
    }
    return {};
}

static Status copyLink(int from, int to, const char* name)
{
    std::array<char, 4096> target{};
    ssize_t n = ::readlinkat(from, name, target.data(), target.size() - 1);
    if (n < 0 || ::symlinkat(target.data(), to, name) < 0)
        return failErrno(name);
    return {};
}

static Status copyDirectory(int from, int to, const char* name, dev_t device, int depth)
{
    UniqueFd source = TRY(openFileAt(from, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    if (::mkdirat(to, name, 0700) < 0)
        return failErrno(name);
    UniqueFd target = TRY(openFileAt(to, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    TRYX(copyBelow(source.get(), target.get(), device, depth - 1), name);
    return {};
}

static Status copyOne(int from, int to, const char* name, dev_t device, int depth)
{
    struct stat info = {};
    if (::fstatat(from, name, &info, AT_SYMLINK_NOFOLLOW) < 0)
        return failErrno(name);
    if (info.st_dev != device)
        return {};
    if (S_ISREG(info.st_mode))
        TRY(copyFile(from, to, name, info));
    else if (S_ISLNK(info.st_mode))
        TRY(copyLink(from, to, name));
    else if (S_ISDIR(info.st_mode))
        TRY(copyDirectory(from, to, name, device, depth));
    else if (::mknodat(to, name, info.st_mode, info.st_rdev) < 0)
        return errno == EPERM ? Status() : Status(failErrno(name)); // a node, in a user namespace
    if (::fchownat(to, name, info.st_uid, info.st_gid, AT_SYMLINK_NOFOLLOW) < 0)
        return failErrno(name);
    // After the owner, whose change takes set-user-ID bits away.
    if (!S_ISLNK(info.st_mode) && ::fchmodat(to, name, info.st_mode & 07777, 0) < 0)
        return failErrno(name);
    std::array<timespec, 2> times = {info.st_atim, info.st_mtim};
    (void)::utimensat(to, name, times.data(), AT_SYMLINK_NOFOLLOW);
    return {};
}

static Status copyBelow(int from, int to, dev_t device, int depth)
{
    if (depth == 0)
        return fail(Code::Failed, "nested too deeply");
    UniqueFd own = TRY(openFileAt(from, ".", O_RDONLY | O_DIRECTORY));
    std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(own.get()), ::closedir);
    if (!stream)
        return failErrno("read directory");
    (void)own.release();
    while (dirent* entry = ::readdir(stream.get())) {
        std::string_view name = entry->d_name;
        if (name != "." && name != "..")
            TRY(copyOne(from, to, entry->d_name, device, depth));
    }
    return {};
}

Status copyTree(int from, int to)
{
    struct stat info = {};
    if (::fstat(from, &info) < 0)
        return failErrno("tmpcopyup");
    TRYX(copyBelow(from, to, info.st_dev, deepest), "tmpcopyup");
    if (::fchmodat(to, ".", info.st_mode & 07777, 0) < 0 || ::fchownat(to, ".", info.st_uid, info.st_gid, 0) < 0)
        return failErrno("tmpcopyup");
    return {};
}

} // namespace diptych::runtime
