#include "isolation/namespace_files.h"

#include "base/files.h"
#include "base/process.h"

#include <algorithm>
#include <charconv>
#include <fcntl.h>
#include <linux/nsfs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

namespace diptych::isolation {

namespace {
constexpr long nsfsMagic = 0x6e736673; ///< linux/magic.h: NSFS_MAGIC

Result<UniqueFd> answerOf(int fd, const char* what)
{
    if (fd < 0)
        return failErrno(what);
    return UniqueFd(fd);
}
} // namespace

NamespaceName parseNamespace(std::string_view link)
{
    size_t open = link.find(":[");
    if (open == std::string_view::npos || link.back() != ']')
        return {};
    std::string_view kind = link.substr(0, open), number = link.substr(open + 2, link.size() - open - 3);
    bool known = std::any_of(std::begin(namespaceKinds), std::end(namespaceKinds),
                             [kind](const char* one) { return kind == one; });
    uint64_t inode = 0;
    auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), inode);
    if (!known || error != std::errc() || end != number.data() + number.size())
        return {};
    return {kind, inode};
}

Result<uint64_t> inodeOf(int fd)
{
    struct stat status
    {
    };
    if (::fstat(fd, &status) < 0)
        return failErrno("look at a namespace");
    return status.st_ino;
}

Result<UniqueFd> openNamespace(const NamespaceHolder& holder, uint64_t inode)
{
    if (holder.path.empty())
        return fail(Code::NotFound, "it is known by a namespace below it alone");
    if (holder.how == "mount" && namespaceLinks("self")["mnt"] != namespaceLinks(std::to_string(holder.pid))["mnt"])
        return fail(Code::PermissionDenied, "its mount is in another mount namespace");
    if (holder.how != "mount" && holder.how != "fd") {
        // Below /proc/PID/ns there is nothing else: no need to look before.
        UniqueFd file = TRY(openFile(holder.path, O_RDONLY));
        if (TRY(inodeOf(file.get())) != inode)
            return fail(Code::NotFound, fmt::format("{} is another one now", holder.path));
        return file;
    }
    UniqueFd seen = TRY(openFile(holder.path, O_PATH));
    struct statfs system
    {
    };
    if (::fstatfs(seen.get(), &system) < 0)
        return failErrno(holder.path);
    if (static_cast<long>(system.f_type) != nsfsMagic || TRY(inodeOf(seen.get())) != inode)
        return fail(Code::NotFound, fmt::format("{} is another one now", holder.path));
    return openFile(fmt::format("/proc/self/fd/{}", seen.get()), O_RDONLY);
}

Result<UniqueFd> openNamespace(const Namespace& which)
{
    Result<UniqueFd> last = fail(Code::NotFound, "nobody holds it any more");
    for (const NamespaceHolder& holder : which.holders)
        if (last = openNamespace(holder, which.inode); last)
            break;
    return last;
}

Result<UniqueFd> owningUserNamespace(int fd)
{
    return answerOf(::ioctl(fd, NS_GET_USERNS), "NS_GET_USERNS");
}

Result<UniqueFd> parentNamespace(int fd)
{
    return answerOf(::ioctl(fd, NS_GET_PARENT), "NS_GET_PARENT");
}

Result<uint32_t> creatorOf(int fd)
{
    uid_t uid = 0;
    if (::ioctl(fd, NS_GET_OWNER_UID, &uid) < 0)
        return failErrno("NS_GET_OWNER_UID");
    return uid;
}

std::vector<IdRange> readIdMap(const std::string& file)
{
    std::vector<IdRange> map;
    for (const Json& row : idMap(file))
        map.push_back({row[0].get<uint64_t>(), row[1].get<uint64_t>(), row[2].get<uint64_t>()});
    return map;
}

} // namespace diptych::isolation
