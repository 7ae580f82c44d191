#include "runtime/selfprotect.h"

#include "base/files.h"
#include "runtime/executable.h"
#include "runtime/mountapi.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <sys/auxv.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::runtime {

// execveat(2) of a descriptor leaves "/dev/fd/N" as the name that was executed.
static int executedDescriptor()
{
    const char* name = reinterpret_cast<const char*>(::getauxval(AT_EXECFN));
    static constexpr std::string_view prefix = "/dev/fd/";
    if (!name || std::strncmp(name, prefix.data(), prefix.size()) != 0)
        return -1;
    int fd = -1;
    const char* end = name + std::strlen(name);
    auto [last, error] = std::from_chars(name + prefix.size(), end, fd);
    struct stat file = {}, self = {};
    // A caller may have executed us that way too and closed, or reused, the number.
    bool same = error == std::errc() && last == end && fd > 2 && ::fstat(fd, &file) == 0 &&
                ::stat("/proc/self/exe", &self) == 0 && file.st_dev == self.st_dev && file.st_ino == self.st_ino;
    return same ? fd : -1;
}

static int& heldMount()
{
    static int fd = executedDescriptor();
    return fd;
}

int selfMount()
{
    return heldMount();
}

void closeSelfMount()
{
    if (heldMount() >= 0)
        ::close(heldMount());
    heldMount() = -1;
}

// A user may not make mounts before there is a container: a copy that nobody can write to. The file is the user's own
// or root's, so this guards the user's other programs rather than the machine.
static Status protectByCopy(char** argv)
{
    UniqueFd self = TRY(openFile("/proc/self/exe", O_RDONLY));
    int seals = ::fcntl(self.get(), F_GET_SEALS);
    if (seals >= 0 && (seals & F_SEAL_WRITE))
        return {};
    UniqueFd copy = TRYX(sealedCopy("/proc/self/exe"), "protect the runtime's program");
    ::syscall(SYS_execveat, copy.get(), "", argv, environ, AT_EMPTY_PATH);
    return failErrno("protect the runtime's program: execveat");
}

static bool isMapped(const std::vector<oci::IdMapping>& maps, uint64_t id)
{
    return std::any_of(maps.begin(), maps.end(),
                       [&](const oci::IdMapping& map) { return id >= map.host && id < uint64_t{map.host} + map.size; });
}

static bool isOutOfReach(const oci::Config& config)
{
    struct stat self = {};
    return ::geteuid() == 0 && config.creates(oci::NamespaceKind::User) && config.creates(oci::NamespaceKind::Pid) &&
           ::stat("/proc/self/exe", &self) == 0 && !(self.st_mode & (S_IWGRP | S_IWOTH)) &&
           !isMapped(config.linux_.uidMappings, self.st_uid) && !isMapped(config.linux_.gidMappings, self.st_gid);
}

Status protectSelfFrom(const oci::Config& config, char** argv)
{
    return isOutOfReach(config) ? Status() : protectSelf(argv);
}

Status protectSelf(char** argv)
{
    if (selfMount() >= 0)
        (void)::fcntl(selfMount(), F_SETFD, FD_CLOEXEC);
    if (::geteuid() != 0)
        return protectByCopy(argv);
    UniqueFd self = TRY(openFile("/proc/self/exe", O_PATH));
    struct statvfs info = {};
    if (::fstatvfs(self.get(), &info) < 0)
        return failErrno("protect the runtime's program");
    if (info.f_flag & ST_RDONLY)
        return {};
    UniqueFd tree = TRYX(cloneTree(self.get(), false), "protect the runtime's program");
    MountAttributes readonly;
    readonly.set = MOUNT_ATTR_RDONLY;
    TRY(setAttributes(tree.get(), readonly, "the runtime's program"));
    ::syscall(SYS_execveat, tree.get(), "", argv, environ, AT_EMPTY_PATH);
    return failErrno("protect the runtime's program: execveat");
}

} // namespace diptych::runtime
