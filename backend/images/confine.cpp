#include "images/confine.h"

#include "base/sanitized.h"

#include <linux/capability.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::images {

namespace {
/// The window of a zstd or xz stream (128 MiB at most) and the libraries fit; a stream that asks for more fails.
constexpr rlim_t kMemory = rlim_t{768} << 20;

Status limit(__rlimit_resource what, rlim_t value)
{
    rlimit wanted{value, value};
    return ::setrlimit(what, &wanted) < 0 ? Status(failErrno("setrlimit")) : Status{};
}

Status limitResources(const Confinement& wanted)
{
    TRY(limit(RLIMIT_CORE, 0));
    TRY(limit(RLIMIT_NOFILE, 64));
    TRY(limit(RLIMIT_MEMLOCK, 0));
    if (wanted.fileBytes)
        TRY(limit(RLIMIT_FSIZE, wanted.fileBytes));
    // Beyond that size a write fails with EFBIG instead of ending the process without a word.
    ::signal(SIGXFSZ, SIG_IGN);
    return sanitized ? Status{} : limit(RLIMIT_AS, kMemory);
}

Status dropCapabilities(bool owners)
{
    uint64_t kept = 0;
    if (owners)
        for (int capability : {CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_FOWNER, CAP_FSETID, CAP_SETFCAP})
            kept |= uint64_t{1} << capability;
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct data[2] = {};
    for (unsigned i = 0; i < 2; ++i)
        data[i].effective = data[i].permitted = static_cast<uint32_t>(kept >> (32 * i));
    if (::syscall(SYS_capset, &header, data) < 0)
        return failErrno("capset");
    return {};
}

/// Calls by name: some are missing on some processors, which is no reason to refuse.
constexpr const char* kAllowed[] = {
    // files, by descriptors that are there or beneath the root
    "read", "pread64", "readv", "write", "writev", "pwrite64", "close", "lseek", "fstat", "newfstatat", "fstatat64",
    "statx", "fstatfs", "openat", "openat2", "open", "mkdirat", "mknodat", "unlinkat", "unlink", "linkat", "symlinkat",
    "renameat", "renameat2", "rename", "fchown", "fchownat", "fchmod", "fchmodat", "fsetxattr", "utimensat",
    "ftruncate", "fallocate", "fsync", "fdatasync", "fcntl", "dup", "poll",
    // memory, time, ending
    "munmap", "mremap", "madvise", "brk", "futex", "getrandom", "clock_gettime", "gettimeofday", "clock_nanosleep",
    "rt_sigreturn", "rt_sigaction", "rt_sigprocmask", "restart_syscall", "sched_yield", "getpid", "gettid", "tgkill",
    "exit", "exit_group",
    // threads of our own: one that hashes
    "set_robust_list", "rseq", "sched_getaffinity", "sched_setaffinity"};

int allow(scmp_filter_ctx filter, const char* name)
{
    int number = ::seccomp_syscall_resolve_name(name);
    return number == __NR_SCMP_ERROR ? 0 : ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 0);
}

Status filterCalls()
{
    scmp_filter_ctx filter = ::seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (!filter)
        return fail(Code::Failed, "seccomp_init");
    int failed = 0;
    for (const char* name : kAllowed)
        failed |= allow(filter, name);
    // Memory that can be executed is how damage becomes a program.
    for (const char* name : {"mmap", "mmap2", "mprotect"})
        failed |= ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, ::seccomp_syscall_resolve_name(name), 1,
                                     scmp_arg_cmp{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0});
    // A thread, not a process; clone3 hides its flags from the filter: glibc falls back to clone.
    failed |= ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                                 scmp_arg_cmp{0, SCMP_CMP_MASKED_EQ, 0x00010000 /* CLONE_THREAD */, 0x00010000});
    failed |= ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    // writeAll() tries it first, and writes when it hears that this is no socket: here nothing is.
    failed |= ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOTSOCK), SCMP_SYS(sendto), 0);
    if (!failed)
        failed = ::seccomp_load(filter);
    ::seccomp_release(filter);
    return failed ? Status(fail(Code::Failed, "the filter of system calls can't be set")) : Status{};
}
} // namespace

Status confine(const Confinement& wanted)
{
    // The root first: chroot takes a privilege that goes afterwards.
    if (::fchdir(wanted.root) < 0 || ::chroot(".") < 0)
        return failErrno("chroot");
    TRY(limitResources(wanted));
    TRY(dropCapabilities(wanted.owners));
    // Without it the filter would need a privilege that has just gone; and no program could ever bring one back.
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return failErrno("no_new_privs");
    return sanitized ? Status{} : filterCalls();
}

} // namespace diptych::images
