#include "base/files.h"

#include <algorithm>
#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <memory>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych {

Result<UniqueFd> openFile(const std::string& path, int flags, mode_t mode)
{
    return openFileAt(AT_FDCWD, path, flags, mode);
}

Result<UniqueFd> openFileAt(int directory, const std::string& path, int flags, mode_t mode)
{
    int fd = -1;
    do
        fd = ::openat(directory, path.c_str(), flags | O_CLOEXEC, mode);
    while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return failErrno(path);
    return UniqueFd(fd);
}

static Result<UniqueFd> openResolved(int directory, const std::string& path, int flags, mode_t mode, uint64_t resolve)
{
    open_how how{};
    how.flags = static_cast<uint64_t>(flags | O_CLOEXEC);
    // O_TMPFILE has O_DIRECTORY's bit in it; a mode without either is EINVAL.
    bool creates = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
    how.mode = creates ? mode : 0;
    how.resolve = resolve | RESOLVE_NO_MAGICLINKS;
    long fd = -1;
    // EAGAIN: a rename elsewhere raced with the kernel's check for ".."; man openat2 says to try again.
    for (int attempt = 0; attempt < 128; ++attempt) {
        fd = ::syscall(SYS_openat2, directory, path.c_str(), &how, sizeof how);
        if (fd >= 0 || (errno != EAGAIN && errno != EINTR))
            break;
    }
    if (fd < 0)
        return failErrno(path);
    return UniqueFd(static_cast<int>(fd));
}

Result<UniqueFd> openBeneath(int directory, const std::string& path, int flags, mode_t mode)
{
    return openResolved(directory, path, flags, mode, RESOLVE_BENEATH);
}

Result<UniqueFd> openInRoot(int directory, const std::string& path, int flags, mode_t mode)
{
    return openResolved(directory, path, flags, mode, RESOLVE_IN_ROOT);
}

// What a file says of its size, and one byte more so that the end is seen. Files of /proc say nothing.
static size_t firstChunk(int fd)
{
    struct stat st
    {
    };
    bool known = ::fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 && st.st_size < off_t{1} << 20;
    return known ? static_cast<size_t>(st.st_size) + 1 : 4096;
}

Result<std::string> readFd(int fd, size_t limit)
{
    std::string data;
    size_t chunk = firstChunk(fd);
    for (;;) {
        size_t used = data.size();
        data.resize(used + chunk);
        ssize_t n = ::read(fd, data.data() + used, chunk);
        if (n < 0 && errno == EINTR) {
            data.resize(used);
            continue;
        }
        if (n < 0)
            return failErrno("read");
        data.resize(used + static_cast<size_t>(n));
        if (n == 0)
            return data;
        if (data.size() > limit)
            return fail(Code::Failed, fmt::format("larger than {} bytes", limit));
        chunk = used ? std::min<size_t>(chunk * 2, 1 << 20) : 4096;
    }
}

Result<std::string> readFile(const std::string& path, size_t limit)
{
    return readFileAt(AT_FDCWD, path, limit);
}

Result<std::string> readFileAt(int directory, const std::string& path, size_t limit)
{
    UniqueFd fd = TRY(openFileAt(directory, path, O_RDONLY));
    return TRYX(readFd(fd.get(), limit), path);
}

Status writeFile(const std::string& path, std::string_view data)
{
    return writeFileAt(AT_FDCWD, path, data);
}

Status writeFileAt(int directory, const std::string& path, std::string_view data)
{
    UniqueFd fd = TRY(openFileAt(directory, path, O_WRONLY));
    ssize_t n = ::write(fd.get(), data.data(), data.size());
    if (n < 0)
        return failErrno(fmt::format("write \"{}\" to {}", trim(data), path));
    if (static_cast<size_t>(n) != data.size())
        return fail(Code::Failed, fmt::format("short write to {}", path));
    return {};
}

static std::string parentOf(const std::string& path)
{
    size_t slash = path.find_last_of('/');
    if (slash == std::string::npos)
        return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

Status writeFileAtomic(const std::string& path, std::string_view data, mode_t mode)
{
    std::string temporary = path + ".XXXXXX";
    UniqueFd fd(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!fd)
        return failErrno(temporary);
    auto written = [&]() -> Status {
        if (::fchmod(fd.get(), mode) < 0)
            return failErrno(temporary);
        TRYX(writeAll(fd.get(), data), temporary);
        if (::fsync(fd.get()) < 0)
            return failErrno(temporary);
        if (::rename(temporary.c_str(), path.c_str()) < 0)
            return failErrno(path);
        return {};
    }();
    if (!written) {
        (void)::unlink(temporary.c_str());
        return written;
    }
    // The rename is only safe on disk once its directory is.
    UniqueFd directory = TRY(openFile(parentOf(path), O_RDONLY | O_DIRECTORY));
    if (::fsync(directory.get()) < 0 && errno != EINVAL)
        return failErrno(path);
    return {};
}

Status makeDirectories(const std::string& path, mode_t mode)
{
    // Not what the umask leaves of it: the helper's is 0077, and others pass through some of these.
    auto make = [&] { return ::mkdir(path.c_str(), mode) == 0 && ::chmod(path.c_str(), mode) == 0; };
    if (make())
        return {};
    if (errno == ENOENT) {
        TRY(makeDirectories(parentOf(path), mode));
        if (make())
            return {};
    }
    if (errno != EEXIST)
        return failErrno(path);
    struct stat st
    {
    };
    if (::stat(path.c_str(), &st) < 0)
        return failErrno(path);
    if (!S_ISDIR(st.st_mode))
        return tl::unexpected<Error>(systemError(ENOTDIR, path));
    return {};
}

namespace {
struct CloseDir
{
    void operator()(DIR* d) const { ::closedir(d); }
};
using Directory = std::unique_ptr<DIR, CloseDir>;

Result<std::vector<std::string>> namesIn(DIR* directory)
{
    std::vector<std::string> names;
    errno = 0;
    while (dirent* entry = ::readdir(directory)) {
        std::string_view name = entry->d_name;
        if (name != "." && name != "..")
            names.emplace_back(name);
        errno = 0;
    }
    if (errno)
        return failErrno("readdir");
    std::sort(names.begin(), names.end());
    return names;
}
} // namespace

Result<std::vector<std::string>> listDirectory(const std::string& path)
{
    Directory directory(::opendir(path.c_str()));
    if (!directory)
        return failErrno(path);
    return TRYX(namesIn(directory.get()), path);
}

static Status removeBelow(int parent, const std::string& name, dev_t device)
{
    if (::unlinkat(parent, name.c_str(), 0) == 0 || errno == ENOENT)
        return {};
    if (errno != EISDIR && errno != EPERM)
        return failErrno(name);
    UniqueFd fd = TRY(openFileAt(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    struct stat st
    {
    };
    if (::fstat(fd.get(), &st) < 0)
        return failErrno(name);
    if (device != 0 && st.st_dev != device)
        return fail(Code::Busy, fmt::format("{}: something is mounted there", name));
    Directory directory(::fdopendir(TRY(duplicate(fd.get())).release()));
    if (!directory)
        return failErrno(name);
    for (const std::string& child : TRY(namesIn(directory.get())))
        TRYX(removeBelow(fd.get(), child, st.st_dev), name);
    if (::unlinkat(parent, name.c_str(), AT_REMOVEDIR) < 0 && errno != ENOENT)
        return failErrno(name);
    return {};
}

Status removeTree(const std::string& path)
{
    struct stat st
    {
    };
    if (::lstat(path.c_str(), &st) < 0)
        return errno == ENOENT ? Status{} : Status(failErrno(path));
    return removeBelow(AT_FDCWD, path, S_ISDIR(st.st_mode) ? st.st_dev : 0);
}

Status removeTreeByTrash(const std::string& path, const std::string& trash)
{
    TRY(makeDirectories(trash));
    std::string target = fmt::format("{}/XXXXXX", trash);
    if (!::mkdtemp(target.data()))
        return failErrno(trash);
    // rename() puts a directory in the place of an empty one.
    std::string inside = target + "/it";
    if (::rename(path.c_str(), inside.c_str()) < 0) {
        int number = errno;
        (void)::rmdir(target.c_str());
        if (number == ENOENT)
            return {};
        return tl::unexpected<Error>(systemError(number, path));
    }
    return removeTree(target);
}

bool exists(const std::string& path)
{
    struct stat st
    {
    };
    return ::lstat(path.c_str(), &st) == 0;
}

static Result<uint64_t> usageBelow(int parent, const std::string& name)
{
    struct stat st
    {
    };
    if (::fstatat(parent, name.c_str(), &st, AT_SYMLINK_NOFOLLOW) < 0)
        return errno == ENOENT ? Result<uint64_t>(0) : Result<uint64_t>(failErrno(name));
    uint64_t total = static_cast<uint64_t>(st.st_blocks) * 512;
    if (!S_ISDIR(st.st_mode))
        return total;
    UniqueFd fd = TRY(openFileAt(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    Directory directory(::fdopendir(TRY(duplicate(fd.get())).release()));
    if (!directory)
        return failErrno(name);
    for (const std::string& child : TRY(namesIn(directory.get())))
        total += TRY(usageBelow(fd.get(), child));
    return total;
}

Result<uint64_t> diskUsage(const std::string& path)
{
    return usageBelow(AT_FDCWD, path);
}

std::string_view trim(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    size_t first = text.find_first_not_of(space);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        size_t at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos)
            return parts;
        text.remove_prefix(at + 1);
    }
}

} // namespace diptych
