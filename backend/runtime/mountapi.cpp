#include "runtime/mountapi.h"

#include "base/files.h"

#include <array>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace diptych::runtime {

Result<UniqueFd> cloneTree(int fd, bool recursive)
{
    unsigned flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH;
    UniqueFd tree(::open_tree(fd, "", flags | (recursive ? AT_RECURSIVE : 0u)));
    if (!tree)
        return failErrno("open_tree");
    return tree;
}

Status attachTree(int tree, int target, std::string_view what)
{
    if (::move_mount(tree, "", target, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH) < 0)
        return failErrno(fmt::format("attach the mount at {}", what));
    return {};
}

static Status setOnce(int mount, uint64_t set, uint64_t clear, uint64_t propagation, bool recursive,
                      std::string_view what)
{
    if (!set && !clear && !propagation)
        return {};
    struct mount_attr attr = {};
    attr.attr_set = set;
    attr.attr_clr = clear;
    attr.propagation = propagation;
    if (::mount_setattr(mount, "", AT_EMPTY_PATH | (recursive ? static_cast<unsigned>(AT_RECURSIVE) : 0u), &attr,
                        sizeof attr) < 0)
        return failErrno(fmt::format("set the attributes of {}", what));
    return {};
}

// The access time modes are one field: setting one means clearing the field first.
static uint64_t withAtime(uint64_t set, uint64_t clear)
{
    if (set & MOUNT_ATTR__ATIME)
        clear |= MOUNT_ATTR__ATIME;
    return clear;
}

Status setAttributes(int mount, const MountAttributes& a, std::string_view what)
{
    TRY(setOnce(mount, a.setRecursive, withAtime(a.setRecursive, a.clearRecursive), 0, true, what));
    TRY(setOnce(mount, a.set, withAtime(a.set, a.clear), 0, false, what));
    return setOnce(mount, 0, 0, a.propagation, a.propagationRecursive, what);
}

Status setPropagation(int mount, uint64_t propagation, bool recursive, std::string_view what)
{
    return setOnce(mount, 0, 0, propagation, recursive, what);
}

Status mapIds(int mount, int userNamespace, std::string_view what, bool recursive)
{
    struct mount_attr attr = {};
    attr.attr_set = MOUNT_ATTR_IDMAP;
    attr.userns_fd = static_cast<uint64_t>(userNamespace);
    unsigned flags = AT_EMPTY_PATH | (recursive ? static_cast<unsigned>(AT_RECURSIVE) : 0u);
    if (::mount_setattr(mount, "", flags, &attr, sizeof attr) < 0)
        return failErrno(fmt::format("map the ids of {}", what));
    return {};
}

// What the kernel says about a failed step: "e overlay: No changes allowed in reconfigure".
static std::string kernelWords(int context)
{
    std::array<char, 512> line{};
    ssize_t n = ::read(context, line.data(), line.size() - 1);
    if (n <= 2)
        return {};
    return fmt::format(" ({})", trim(std::string_view(line.data() + 2, static_cast<size_t>(n - 2))));
}

static tl::unexpected<Error> failContext(int context, const std::string& type, const std::string& what)
{
    int number = errno;
    std::string words = kernelWords(context);
    return tl::unexpected<Error>(systemError(number, fmt::format("{}: {}{}", type, what, words)));
}

Result<UniqueFd> newFileSystem(const std::string& type, const std::string& source, const std::vector<FsOption>& options,
                               uint64_t attributes)
{
    UniqueFd context(::fsopen(type.c_str(), FSOPEN_CLOEXEC));
    if (!context)
        return failErrno(fmt::format("file system type \"{}\"", type));
    if (!source.empty() && ::fsconfig(context.get(), FSCONFIG_SET_STRING, "source", source.c_str(), 0) < 0)
        return failContext(context.get(), type, "source");
    for (const FsOption& option : options) {
        int done = option.flag
                       ? ::fsconfig(context.get(), FSCONFIG_SET_FLAG, option.key.c_str(), nullptr, 0)
                       : ::fsconfig(context.get(), FSCONFIG_SET_STRING, option.key.c_str(), option.value.c_str(), 0);
        if (done < 0)
            return failContext(context.get(), type, fmt::format("option \"{}\"", option.key));
    }
    if (::fsconfig(context.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) < 0)
        return failContext(context.get(), type, "create");
    UniqueFd mount(::fsmount(context.get(), FSMOUNT_CLOEXEC, static_cast<unsigned>(attributes)));
    if (!mount)
        return failContext(context.get(), type, "mount");
    return mount;
}

Result<uint64_t> fileSystemMagic(int fd)
{
    struct statfs info = {};
    if (::fstatfs(fd, &info) < 0)
        return failErrno("fstatfs");
    return static_cast<uint64_t>(info.f_type);
}

} // namespace diptych::runtime
