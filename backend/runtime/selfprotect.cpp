#include "runtime/selfprotect.h"

#include "base/files.h"
#include "runtime/mountapi.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::runtime {

Status protectSelf(char** argv)
{
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
