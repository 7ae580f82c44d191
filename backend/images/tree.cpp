#include "images/tree.h"

#include "base/files.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace diptych::images {

namespace {
constexpr size_t kDeepest = 128;
constexpr size_t kLongestPath = 4096;
constexpr std::string_view kWhiteout = ".wh.";
constexpr std::string_view kOpaque = ".wh..wh..opq";

bool startsWith(std::string_view text, std::string_view with)
{
    return text.substr(0, with.size()) == with;
}

/// Components without "" and "."; empty for the root itself.
Result<std::vector<std::string>> components(const std::string& path)
{
    if (path.size() > kLongestPath || path.find('\0') != std::string::npos)
        return fail(Code::Failed, "an entry's path is longer than 4096 bytes");
    std::vector<std::string> parts;
    for (std::string_view part : split(path, '/')) {
        if (part.empty() || part == ".")
            continue;
        if (part == ".." || part.size() > 255)
            return fail(Code::Failed, fmt::format("the entry \"{}\" has a forbidden path", path));
        parts.emplace_back(part);
    }
    if (parts.size() > kDeepest)
        return fail(Code::Failed, fmt::format("the entry \"{}\" is too deep", path));
    for (size_t i = 0; i + 1 < parts.size(); ++i)
        if (startsWith(parts[i], kWhiteout))
            return fail(Code::Failed, fmt::format("the entry \"{}\" lies below a whiteout", path));
    return parts;
}

std::string joined(const std::vector<std::string>& parts, size_t count)
{
    std::string path;
    for (size_t i = 0; i < count; ++i)
        path += (i ? "/" : "") + parts[i];
    return path;
}

/// Only what can't change how overlayfs or the host treats the file.
bool allowed(std::string_view xattr)
{
    return xattr == "security.capability" || (startsWith(xattr, "user.") && !startsWith(xattr, "user.overlay."));
}

Status setXattrs(int fd, const TreeEntry& entry)
{
    for (const auto& [name, value] : entry.xattrs) {
        if (!allowed(name) || ::fsetxattr(fd, name.c_str(), value.data(), value.size(), 0) == 0)
            continue;
        // A capability that is lost changes what the program may do; a user attribute is an ornament.
        if (name == "security.capability" || errno == ENOSPC)
            return failErrno(fmt::format("{} of {}", name, entry.path));
    }
    return {};
}

bool isWhiteout(const struct stat& st)
{
    return S_ISCHR(st.st_mode) && st.st_rdev == 0;
}

/// Makes room: what an earlier entry of this layer put there is replaced, never followed. True: it was a whiteout.
Result<bool> clear(int parent, const std::string& name)
{
    struct stat st
    {
    };
    if (::fstatat(parent, name.c_str(), &st, AT_SYMLINK_NOFOLLOW) < 0)
        return errno == ENOENT ? Result<bool>(false) : Result<bool>(failErrno(name));
    if (::unlinkat(parent, name.c_str(), S_ISDIR(st.st_mode) ? AT_REMOVEDIR : 0) < 0)
        return failErrno(fmt::format("replace {}", name));
    return isWhiteout(st);
}
} // namespace

Result<UniqueFd> Tree::openParent(const std::string& path)
{
    constexpr int flags = O_RDONLY | O_DIRECTORY;
    auto fd = openInRoot(m_root.get(), path.empty() ? "." : path, flags);
    if (fd || fd.error().systemError != ENOENT)
        return fd;
    size_t slash = path.find_last_of('/');
    std::string above = slash == std::string::npos ? "" : path.substr(0, slash);
    UniqueFd parent = TRY(openParent(above));
    std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
    if (::mkdirat(parent.get(), name.c_str(), 0755) < 0)
        return failErrno(path);
    return openInRoot(m_root.get(), path, flags);
}

Result<Tree::Place> Tree::place(const std::vector<std::string>& parts)
{
    std::string above = joined(parts, parts.size() - 1);
    if (!m_parent.fd || m_parent.path != above) {
        m_parent.fd = TRY(openParent(above));
        m_parent.path = above;
        struct stat st
        {
        };
        if (::fstat(m_parent.fd.get(), &st) < 0)
            return failErrno(above);
        m_parent.inheritsGroup = (st.st_mode & S_ISGID) != 0;
    }
    return Place{m_parent.fd.get(), parts.back(), above};
}

Status Tree::whiteOut(const Place& place, std::string_view hidden)
{
    if (place.name == kOpaque) {
        m_opaque.push_back(place.parentPath);
        return {};
    }
    // Other names of this form belong to aufs and mean nothing to us.
    if (startsWith(hidden, kWhiteout))
        return {};
    if (hidden.empty() || hidden == "." || hidden == "..")
        return fail(Code::Failed, fmt::format("the whiteout \"{}\" hides nothing", place.name));
    std::string name(hidden);
    if (::mknodat(place.parent, name.c_str(), S_IFCHR, 0) == 0)
        return {};
    if (errno != EEXIST)
        return failErrno(fmt::format("whiteout of {}", name));
    // This layer has its own of that name already: only what lies below is to be hidden, which a file does by itself.
    if (openFileAt(place.parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW))
        m_opaque.push_back(place.parentPath.empty() ? name : place.parentPath + "/" + name);
    return {};
}

Status Tree::applyToDirectory(int fd, const TreeEntry& entry, const std::string& path)
{
    // Owner first: chown takes set-id bits away.
    if (::fchown(fd, entry.uid, entry.gid) < 0 || ::fchmod(fd, entry.mode & 07777) < 0)
        return failErrno(entry.path);
    m_directories.emplace_back(path, entry.modified);
    return setXattrs(fd, entry);
}

Status Tree::makeDirectory(const Place& place, const TreeEntry& entry, const std::string& path)
{
    bool opaque = false;
    if (::mkdirat(place.parent, place.name.c_str(), 0755) < 0) {
        if (errno != EEXIST)
            return failErrno(entry.path);
        struct stat st
        {
        };
        if (::fstatat(place.parent, place.name.c_str(), &st, AT_SYMLINK_NOFOLLOW) < 0)
            return failErrno(entry.path);
        if (!S_ISDIR(st.st_mode)) {
            opaque = TRY(clear(place.parent, place.name));
            if (::mkdirat(place.parent, place.name.c_str(), 0755) < 0)
                return failErrno(entry.path);
        }
    }
    UniqueFd fd = TRY(openFileAt(place.parent, place.name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    if (opaque)
        m_opaque.push_back(path);
    return applyToDirectory(fd.get(), entry, path);
}

Status Tree::makeHardLink(const Place& place, const TreeEntry& entry)
{
    auto parts = TRY(components(entry.target));
    if (parts.empty())
        return fail(Code::Failed, fmt::format("{} is a hard link to the root", entry.path));
    // By its directory and name, without following: nobody but us changes what is there between the look and the link.
    std::string above = joined(parts, parts.size() - 1);
    UniqueFd parent = TRYX(openInRoot(m_root.get(), above.empty() ? "." : above, O_PATH | O_DIRECTORY), entry.path);
    struct stat st
    {
    };
    if (::fstatat(parent.get(), parts.back().c_str(), &st, AT_SYMLINK_NOFOLLOW) < 0)
        return failErrno(entry.path);
    if (!S_ISREG(st.st_mode))
        return fail(Code::Failed, fmt::format("{} is a hard link to something that is not a file", entry.path));
    TRY(clear(place.parent, place.name));
    if (::linkat(parent.get(), parts.back().c_str(), place.parent, place.name.c_str(), 0) < 0)
        return failErrno(entry.path);
    return {};
}

Status Tree::makeSpecial(const Place& place, const TreeEntry& entry)
{
    const char* name = place.name.c_str();
    int parent = place.parent;
    // Device nodes of an image mean nothing on the host and are made by both walls themselves.
    if (entry.type != S_IFLNK && entry.type != S_IFIFO) {
        ++m_skipped;
        return {};
    }
    TRY(clear(parent, place.name));
    int made = entry.type == S_IFLNK ? ::symlinkat(entry.target.c_str(), parent, name) : ::mkfifoat(parent, name, 0600);
    if (made < 0 || ::fchownat(parent, name, entry.uid, entry.gid, AT_SYMLINK_NOFOLLOW) < 0)
        return failErrno(entry.path);
    if (entry.type == S_IFIFO && ::fchmodat(parent, name, entry.mode & 07777, 0) < 0)
        return failErrno(entry.path);
    timespec times[2] = {entry.modified, entry.modified};
    (void)::utimensat(parent, name, times, AT_SYMLINK_NOFOLLOW);
    return {};
}

Result<UniqueFd> Tree::add(const TreeEntry& entry)
{
    auto parts = TRY(components(entry.path));
    if (parts.empty()) {
        // "." or "/": its attributes only, and only as a directory (CVE-2021-29136).
        if (entry.type != S_IFDIR || entry.hardLink)
            return fail(Code::Failed, "an entry replaces the root directory");
        TRY(applyToDirectory(m_root.get(), entry, ""));
        return UniqueFd();
    }
    const bool file = !entry.hardLink && entry.type == S_IFREG;
    // Anything else may change what the path means: the directory is looked up again.
    if (!file)
        m_parent.fd.reset();
    Place at = TRYX(place(parts), entry.path);
    if (startsWith(at.name, kWhiteout)) {
        TRY(whiteOut(at, std::string_view(at.name).substr(kWhiteout.size())));
        return UniqueFd();
    }
    if (file)
        return makeFile(at, entry);
    if (entry.hardLink)
        TRY(makeHardLink(at, entry));
    else if (entry.type == S_IFDIR)
        TRY(makeDirectory(at, entry, joined(parts, parts.size())));
    else
        TRY(makeSpecial(at, entry));
    m_parent.fd.reset();
    return UniqueFd();
}

Result<UniqueFd> Tree::makeFile(const Place& place, const TreeEntry& entry)
{
    constexpr int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
    auto fd = openFileAt(place.parent, place.name, flags, entry.mode & 0777);
    if (fd || fd.error().systemError != EEXIST)
        return fd;
    TRY(clear(place.parent, place.name));
    return openFileAt(place.parent, place.name, flags, entry.mode & 0777);
}

Status Tree::finishFile(int fd, const TreeEntry& entry)
{
    // Owner before set-id bits and capability: chown takes them away. What it was made with is not set again.
    const bool owned = entry.uid == 0 && entry.gid == 0 && !m_parent.inheritsGroup;
    if (!owned && ::fchown(fd, entry.uid, entry.gid) < 0)
        return failErrno(entry.path);
    if ((entry.mode & 07000) && ::fchmod(fd, entry.mode & 07777) < 0)
        return failErrno(entry.path);
    TRY(setXattrs(fd, entry));
    timespec times[2] = {entry.modified, entry.modified};
    (void)::futimens(fd, times);
    return {};
}

Status Tree::finish()
{
    for (const auto& [path, modified] : m_directories) {
        // Gone or replaced by a later entry: nothing to do.
        auto fd = openInRoot(m_root.get(), path.empty() ? "." : path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
        timespec times[2] = {modified, modified};
        if (fd)
            (void)::futimens(fd->get(), times);
    }
    return {};
}

} // namespace diptych::images
