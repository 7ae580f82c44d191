#include "containers/root_probe.h"

#include "base/fd.h"
#include "base/files.h"
#include "containers/record.h"

#include <csignal>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace diptych::containers {

namespace {

/// A user namespace lives as long as somebody is in it or holds it: a child, until we hold it.
Result<UniqueFd> userNamespace()
{
    auto pid = static_cast<pid_t>(::syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, nullptr, nullptr, nullptr, nullptr));
    if (pid < 0)
        return failErrno("a user namespace");
    if (pid == 0)
        for (;;)
            ::pause();
    auto made = [&]() -> Result<UniqueFd> {
        std::string map = fmt::format("0 {} {}", firstIdBase, idCount);
        TRY(writeFile(fmt::format("/proc/{}/uid_map", pid), map));
        TRY(writeFile(fmt::format("/proc/{}/gid_map", pid), map));
        return openFile(fmt::format("/proc/{}/ns/user", pid), O_RDONLY);
    }();
    (void)::kill(pid, SIGKILL);
    (void)::waitpid(pid, nullptr, 0);
    return made;
}

Status mapsIds(const std::string& directory)
{
    UniqueFd user = TRY(userNamespace());
    UniqueFd tree(::open_tree(AT_FDCWD, directory.c_str(), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC));
    if (!tree)
        return failErrno(directory);
    mount_attr attributes{};
    attributes.attr_set = MOUNT_ATTR_IDMAP;
    attributes.userns_fd = static_cast<uint64_t>(user.get());
    if (::mount_setattr(tree.get(), "", AT_EMPTY_PATH, &attributes, sizeof attributes) < 0)
        return failErrno(fmt::format("map the ids of {}", directory));
    return {};
}

Status stacks(const std::string& lower, const std::string& scratch)
{
    std::string upper = scratch + "/upper", work = scratch + "/work";
    TRY(makeDirectories(upper));
    TRY(makeDirectories(work));
    UniqueFd context(::fsopen("overlay", FSOPEN_CLOEXEC));
    if (!context)
        return failErrno("overlay");
    for (auto [key, value] : {std::pair{"lowerdir", &lower}, {"upperdir", &upper}, {"workdir", &work}})
        if (::fsconfig(context.get(), FSCONFIG_SET_STRING, key, value->c_str(), 0) < 0)
            return failErrno(fmt::format("overlay on {}", *value));
    if (::fsconfig(context.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) < 0)
        return failErrno(fmt::format("overlay on {}", upper));
    return {};
}

} // namespace

Status layersWork(const Paths& paths)
{
    TRY(makeDirectories(paths.images()));
    TRY(mapsIds(paths.images()));
    std::string scratch = paths.trash() + "/layers-probe";
    Status works = stacks(paths.images(), scratch);
    (void)removeTree(scratch);
    return works;
}

} // namespace diptych::containers
