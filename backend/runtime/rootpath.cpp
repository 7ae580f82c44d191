#include "runtime/rootpath.h"

#include "base/files.h"

#include <array>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::runtime {

static constexpr int linkLimit = 40; // as the kernel's MAXSYMLINKS

Result<UniqueFd> lookUp(int root, const std::string& path)
{
    return openInRoot(root, path, O_PATH, 0);
}

SplitPath splitPath(const std::string& path)
{
    size_t end = path.find_last_not_of('/');
    if (end == std::string::npos)
        return {"/", "."};
    size_t slash = path.find_last_of('/', end);
    if (slash == std::string::npos)
        return {"/", path.substr(0, end + 1)};
    return {slash == 0 ? "/" : path.substr(0, slash), path.substr(slash + 1, end - slash)};
}

// Where a dangling link at parent/name points, as a path from the root. The text of the link is the image's: it is only
// ever used in another look-up inside the root.
static Result<std::string> linkTarget(int parentFd, const SplitPath& at)
{
    std::array<char, 4096> text{};
    ssize_t n = ::readlinkat(parentFd, at.name.c_str(), text.data(), text.size());
    if (n < 0)
        return failErrno(at.parent + "/" + at.name);
    std::string target(text.data(), static_cast<size_t>(n));
    return target.front() == '/' ? target : at.parent + "/" + target;
}

static Result<UniqueFd> ensureDirectoryLimited(int root, const std::string& path, mode_t mode, int links)
{
    auto found = openInRoot(root, path, O_PATH | O_DIRECTORY, 0);
    if (found || found.error().systemError != ENOENT)
        return found;
    if (links == 0)
        return fail(Code::Failed, fmt::format("{}: too many links", path));
    SplitPath at = splitPath(path);
    if (at.name == "..")
        return fail(Code::InvalidArgument, fmt::format("{}: \"..\" behind a directory that does not exist", path));
    UniqueFd parent = TRY(ensureDirectoryLimited(root, at.parent, mode, links - 1));
    if (at.name == ".")
        return parent;
    if (::mkdirat(parent.get(), at.name.c_str(), mode) == 0)
        return openFileAt(parent.get(), at.name, O_PATH | O_DIRECTORY | O_NOFOLLOW);
    if (errno != EEXIST)
        return failErrno(path);
    return ensureDirectoryLimited(root, TRY(linkTarget(parent.get(), at)), mode, links - 1);
}

Result<UniqueFd> ensureDirectory(int root, const std::string& path, mode_t mode)
{
    return ensureDirectoryLimited(root, path, mode, linkLimit);
}

static Result<UniqueFd> ensureFileLimited(int root, const std::string& path, int links)
{
    auto found = lookUp(root, path);
    if (found || found.error().systemError != ENOENT)
        return found;
    if (links == 0)
        return fail(Code::Failed, fmt::format("{}: too many links", path));
    SplitPath at = splitPath(path);
    UniqueFd parent = TRY(ensureDirectory(root, at.parent));
    int fd = ::openat(parent.get(), at.name.c_str(), O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_WRONLY, 0644);
    if (fd >= 0) {
        UniqueFd made(fd);
        return openFileAt(parent.get(), at.name, O_PATH | O_NOFOLLOW);
    }
    if (errno != EEXIST)
        return failErrno(path);
    return ensureFileLimited(root, TRY(linkTarget(parent.get(), at)), links - 1);
}

Result<UniqueFd> ensureFile(int root, const std::string& path)
{
    return ensureFileLimited(root, path, linkLimit);
}

static Result<UniqueFd> openPlain(int root, const std::string& path)
{
    open_how how{};
    how.flags = O_PATH | O_DIRECTORY | O_CLOEXEC;
    how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_SYMLINKS;
    long fd = ::syscall(SYS_openat2, root, path.c_str(), &how, sizeof how);
    if (fd < 0)
        return failErrno(path);
    return UniqueFd(static_cast<int>(fd));
}

Result<UniqueFd> ensurePlainDirectory(int root, const std::string& path)
{
    auto found = openPlain(root, path);
    if (found)
        return found;
    if (found.error().systemError == ELOOP || found.error().systemError == ENOTDIR)
        return fail(Code::Failed, fmt::format("{} must be a directory of the image, not a link or a file", path));
    if (found.error().systemError != ENOENT)
        return found;
    SplitPath at = splitPath(path);
    UniqueFd parent = TRY(ensurePlainDirectory(root, at.parent));
    if (::mkdirat(parent.get(), at.name.c_str(), 0755) < 0 && errno != EEXIST)
        return failErrno(path);
    return openPlain(root, path);
}

} // namespace diptych::runtime
