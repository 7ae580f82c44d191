#include "images/enclose.h"

#include "base/sanitized.h"
#include "images/confine.h"

#include <linux/capability.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::images {

namespace {
Status mountAt(const char* from, const std::string& to, const char* type, unsigned long flags, const char* options)
{
    if (::mkdir(to.c_str(), 0755) < 0 && errno != EEXIST)
        return failErrno(to);
    return ::mount(from, to.c_str(), type, flags, options) < 0 ? Status(failErrno(to)) : Status{};
}

/// A bind takes its flags only when it is mounted again.
Status bindReadOnly(const char* from, const std::string& to)
{
    TRY(mountAt(from, to, nullptr, MS_BIND | MS_REC, nullptr));
    if (::mount(nullptr, to.c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV, nullptr) < 0)
        return failErrno(to);
    return {};
}

Status buildRoot(const std::string& work, const std::string& root)
{
    if (::unshare(CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS) < 0)
        return failErrno("unshare");
    // Private first: nothing of what follows is to be seen by the host.
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) < 0)
        return failErrno("private mounts");
    TRY(mountAt("enclosed", root, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=0755"));
    TRY(bindReadOnly("/usr", root + "/usr"));
    for (const char* name : {"/lib", "/lib64", "/bin"})
        if (::symlink((std::string("usr") + name).c_str(), (root + name).c_str()) < 0)
            return failErrno(name);
    // The loader's cache alone; nothing else of /etc is anybody's business here.
    if (::mkdir((root + "/etc").c_str(), 0755) == 0 &&
        ::mknod((root + "/etc/ld.so.cache").c_str(), S_IFREG | 0644, 0) == 0)
        (void)::mount("/etc/ld.so.cache", (root + "/etc/ld.so.cache").c_str(), nullptr, MS_BIND, nullptr);
    TRY(mountAt(work.c_str(), root + "/work", nullptr, MS_BIND, nullptr));
    if (::chdir(root.c_str()) < 0 || ::mount(".", "/", nullptr, MS_MOVE, nullptr) < 0 || ::chroot(".") < 0 ||
        ::chdir("/work") < 0)
        return failErrno("root");
    return {};
}

Status dropEverything()
{
    const std::pair<__rlimit_resource, rlim_t> limits[] = {{RLIMIT_CORE, 0},
                                                           {RLIMIT_AS, sanitized ? RLIM_INFINITY : rlim_t{4} << 30},
                                                           {RLIMIT_CPU, 4 * 3600},
                                                           {RLIMIT_NOFILE, 256},
                                                           {RLIMIT_MEMLOCK, 0}};
    for (const auto& [what, value] : limits) {
        rlimit wanted{value, value};
        if (::setrlimit(what, &wanted) < 0)
            return failErrno("setrlimit");
    }
    for (int capability = 0; ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability)
        (void)::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct none[2] = {};
    if (::syscall(SYS_capset, &header, none) < 0 || ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return failErrno("privileges");
    return {};
}

/// What a converter of files has no use for. Another's program needs too much else for a list of what it may.
Status forbidCalls()
{
    scmp_filter_ctx filter = ::seccomp_init(SCMP_ACT_ALLOW);
    int failed = filter ? 0 : 1;
    for (const char* name : {"socket",
                             "connect",
                             "bind",
                             "listen",
                             "ptrace",
                             "process_vm_readv",
                             "process_vm_writev",
                             "mount",
                             "umount2",
                             "move_mount",
                             "open_tree",
                             "fsopen",
                             "unshare",
                             "setns",
                             "chroot",
                             "pivot_root",
                             "keyctl",
                             "add_key",
                             "request_key",
                             "bpf",
                             "perf_event_open",
                             "userfaultfd",
                             "open_by_handle_at",
                             "kexec_load",
                             "init_module",
                             "finit_module",
                             "mknod",
                             "mknodat",
                             "kill",
                             "tkill",
                             "pidfd_open",
                             "pidfd_getfd",
                             "setuid",
                             "setgid"}) {
        int number = ::seccomp_syscall_resolve_name(name);
        if (!failed && number != __NR_SCMP_ERROR)
            failed |= ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0);
    }
    if (!failed)
        failed = ::seccomp_load(filter);
    ::seccomp_release(filter);
    return failed ? Status(fail(Code::Failed, "the filter of system calls can't be set")) : Status{};
}
} // namespace

Status encloseAndBecome(const std::string& work, const std::string& root, const std::vector<std::string>& arguments)
{
    TRY(buildRoot(work, root));
    TRY(dropEverything());
    TRY(forbidCalls());
    std::vector<char*> argv;
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    char path[] = "PATH=/usr/bin", locale[] = "LC_ALL=C.UTF-8", temporary[] = "TMPDIR=/work";
    char* environment[] = {path, locale, temporary, nullptr};
    ::execve(argv[0], argv.data(), environment);
    return failErrno(arguments[0]);
}

} // namespace diptych::images
