#include "runtime/sharedroot.h"

#include "base/files.h"
#include "runtime/container.h"
#include "runtime/mountapi.h"
#include "runtime/namespaces.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace diptych::runtime {

Status checkSharedMounts(const oci::Config& config)
{
    if (config.creates(oci::NamespaceKind::Mount) || !config.creates(oci::NamespaceKind::User))
        return {};
    return oci::wrongField("linux.namespaces",
                           "a new user namespace has no right to mount in another's: it needs a new mount namespace");
}

// statx(2): known before the tree is attached, and the same afterwards. 0: nothing there.
static uint64_t mountIdOf(int fd)
{
    struct statx info = {};
    if (::statx(fd, "", AT_EMPTY_PATH | AT_NO_AUTOMOUNT, STATX_MNT_ID, &info) < 0 || !(info.stx_mask & STATX_MNT_ID))
        return 0;
    return info.stx_mnt_id;
}

static std::string lockIn(const std::string& directory)
{
    return directory + "/root.lock";
}

Status recordRoot(Plan& plan, Record& record, const std::string& directory)
{
    const oci::Namespace* joined = plan.config.find(oci::NamespaceKind::Mount);
    record.rootMount = plan.rootTree ? mountIdOf(plan.rootTree.get()) : 0;
    if (!record.rootMount)
        return fail(Code::NotSupported, "linux.namespaces: this kernel does not tell mounts apart (Linux 5.8 does), "
                                        "and only a new mount namespace does without");
    record.mountNamespace = joined ? joined->path : "";
    // The child's too, from its clone on: it ends with the last of them.
    plan.rootLock = TRY(openFile(lockIn(directory), O_RDWR | O_CREAT | O_NOFOLLOW, 0600));
    return ::flock(plan.rootLock.get(), LOCK_EX | LOCK_NB) < 0 ? Status(failErrno(lockIn(directory))) : Status();
}

// A child dies with its runtime, but not at once: SIGKILL waits until it is scheduled, and one that had not yet asked
// to die with it goes on until it reads from the runtime.
static void awaitMaker(const std::string& directory)
{
    constexpr int patience = 5000, pause = 1000; // ms, us
    auto file = openFile(lockIn(directory), O_RDWR | O_NOFOLLOW);
    for (int i = 0; file && i < patience && ::flock(file->get(), LOCK_EX | LOCK_NB) < 0; ++i)
        ::usleep(pause);
}

Status attachSharedRoot(const Plan& plan, int rootTree)
{
    UniqueFd place = TRYX(openFile(plan.rootfs, O_PATH | O_DIRECTORY), "root.path in the shared mount namespace");
    TRY(attachTree(rootTree, place.get(), "root.path"));
    // Onto a shared mount it became shared itself.
    return setPropagation(rootTree, MS_PRIVATE, true, "root.path");
}

// What was looked at is what goes, whatever its path has come to mean meanwhile.
static Status detachHere(const Record& record)
{
    auto root = openFile(record.rootfs, O_PATH | O_DIRECTORY);
    if (!root || mountIdOf(root->get()) != record.rootMount)
        return {}; // it never came to that, or somebody else was quicker
    if (::fchdir(root->get()) < 0 || ::umount2(".", MNT_DETACH) < 0)
        return failErrno(record.rootfs);
    return {};
}

Status detachRoot(const Record& record, const std::string& directory)
{
    if (!record.rootMount)
        return {};
    if (!record.complete)
        awaitMaker(directory);
    UniqueFd ns;
    if (!record.mountNamespace.empty()) {
        auto opened = openFile(record.mountNamespace, O_RDONLY | O_NONBLOCK);
        if (!opened)
            return {}; // with its last process the namespace and its mounts have gone
        ns = std::move(*opened);
    }
    // A process of its own: it goes into that namespace, and leaves its working directory.
    Spawned child = TRY(spawn(0, -1, [&] {
        if (ns && ::setns(ns.get(), CLONE_NEWNS) < 0)
            ::_exit(errno);
        auto done = detachHere(record);
        ::_exit(done ? 0 : done.error().systemError);
    }));
    int status = 0;
    while (::waitpid(child.pid, &status, __WALL) < 0 && errno == EINTR) {
    }
    errno = WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
    return errno ? Status(failErrno(record.rootfs)) : Status();
}

} // namespace diptych::runtime
