// The first instructions of the program, before the C library: for verbs that enter a container, execute ourselves
// again from a read-only mount. Doing it here and not in main() saves setting the C and C++ libraries up twice, which
// is most of what a second execve costs.
//
// Nothing of the C library may be used, not even through the compiler: there are no thread pointer and no stack
// protector yet. protectSelf() in main() looks again, and does it where this did not.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__)
#include <asm/unistd.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <sys/vfs.h>

namespace {

constexpr long readonlyFlag = 1; // ST_RDONLY

inline long call(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0)
{
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    long result = number;
    __asm__ volatile("syscall" : "+a"(result) : "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8) : "rcx", "r11", "memory");
    return result;
}

inline long address(const void* p)
{
    return reinterpret_cast<long>(p);
}

inline bool equal(const char* a, const char* b)
{
    while (*a && *a == *b) {
        ++a;
        ++b;
    }
    return *a == *b;
}

} // namespace

// stack: the number of arguments, the arguments, NULL, the environment, NULL; as the kernel leaves it.
extern "C" __attribute__((used, no_stack_protector)) void diptychProtectEarly(long* stack)
{
    long count = stack[0];
    auto** arguments = reinterpret_cast<char**>(stack + 1);
    bool enters = false;
    for (long i = 1; i < count && !enters; ++i)
        enters = equal(arguments[i], "run") || equal(arguments[i], "create") || equal(arguments[i], "exec");
    if (!enters)
        return;
    long self = call(__NR_openat, AT_FDCWD, address("/proc/self/exe"), O_PATH | O_CLOEXEC);
    struct statfs info;
    if (self < 0)
        return;
    if (call(__NR_fstatfs, self, address(&info)) == 0 && !(info.f_flags & readonlyFlag)) {
        // Not close-on-exec: main() closes it when there is time, because closing a detached mount waits for the
        // kernel.
        long tree = call(__NR_open_tree, self, address(""), OPEN_TREE_CLONE | AT_EMPTY_PATH);
        struct mount_attr attributes = {MOUNT_ATTR_RDONLY, 0, 0, 0};
        if (tree >= 0 &&
            call(__NR_mount_setattr, tree, address(""), AT_EMPTY_PATH, address(&attributes), sizeof attributes) == 0)
            (void)call(__NR_execveat, tree, address(""), address(arguments), address(arguments + count + 1),
                       AT_EMPTY_PATH);
        if (tree >= 0)
            (void)call(__NR_close, tree);
    }
    (void)call(__NR_close, self);
}

// The program's entry point (-Wl,-e); then the C library's. The ABI's register content goes through: rdx is a function
// that the C library would call at the end.
__asm__(".text\n"
        ".globl diptychStart\n"
        ".type diptychStart,@function\n"
        "diptychStart:\n"
        "    xorl %ebp, %ebp\n"
        "    movq %rdx, %rbx\n"
        "    movq %rsp, %rdi\n"
        "    movq %rsp, %r12\n"
        "    andq $-16, %rsp\n"
        "    call diptychProtectEarly\n"
        "    movq %r12, %rsp\n"
        "    movq %rbx, %rdx\n"
        "    jmp _start\n");
#endif
