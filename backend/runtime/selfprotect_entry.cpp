// The first instructions of the program, before the C library: for verbs that enter a container, execute ourselves
// again from a read-only mount. Doing it here and not in main() saves setting the C and C++ libraries up twice, which
// is most of what a second execve costs. Where a user namespace seems to be asked for, main() decides: it mostly need
// not be done then (selfprotect.h), and this only has to guess well.
//
// Nothing of the C library may be used, not even through the compiler: there are no thread pointer and no stack
// protector yet. protectSelf() in main() looks again, and does it where this did not.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__)
#include <asm/unistd.h>
#include <elf.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <sys/mman.h>
#include <sys/vfs.h>

// Of the linker: where this program's file begins in memory.
extern "C" const Elf64_Ehdr __ehdr_start;

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

struct Words
{
    const char* bundle;
    const char* config; ///< in the bundle, unless it was said: no paths are put together here
    bool makes, enters, supervises;
};

// The value of --NAME VALUE, --NAME=VALUE or -N VALUE at this word.
const char* valueOf(char** word, const char* name, const char* letter)
{
    const char* text = *word;
    if (equal(text, letter) || equal(text, name))
        return word[1];
    while (*name && *text == *name) {
        ++text;
        ++name;
    }
    return !*name && *text == '=' ? text + 1 : nullptr;
}

void read(char** words, Words& out)
{
    out = {".", "config.json", false, false, false};
    for (char** word = words; *word; ++word) {
        out.makes = out.makes || equal(*word, "run") || equal(*word, "create");
        out.enters = out.enters || equal(*word, "exec");
        out.supervises = out.supervises || equal(*word, "--supervise");
        if (const char* bundle = valueOf(word, "--bundle", "-b"))
            out.bundle = bundle;
        if (const char* config = valueOf(word, "--config", "-f"))
            out.config = config;
    }
}

// Whether "user" is the value of a member somewhere: the type of a namespace, most likely.
struct Search
{
    unsigned matched;
    char before; ///< the last character that was no space

    bool found(const char* text, long size)
    {
        static const char wanted[] = "\"user\"";
        for (long i = 0; i < size; ++i) {
            char c = text[i];
            if (matched && c == wanted[matched]) {
                if (++matched == sizeof wanted - 1)
                    return true;
                continue;
            }
            matched = c == '"' && before == ':' ? 1 : 0;
            if (c != ' ' && c != '\n' && c != '\t' && c != '\r')
                before = c;
        }
        return false;
    }
};

bool wantsUserNamespace(const Words& words)
{
    char text[8192];
    Search search = {0, 0};
    bool found = false;
    long bundle = equal(words.config, "config.json")
                      ? call(__NR_openat, AT_FDCWD, address(words.bundle), O_PATH | O_CLOEXEC)
                      : AT_FDCWD;
    long file = call(__NR_openat, bundle, address(words.config), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    for (long n = 1; file >= 0 && n > 0 && !found;) {
        n = call(__NR_read, file, address(text), sizeof text);
        found = n > 0 && search.found(text, n);
    }
    if (file >= 0)
        (void)call(__NR_close, file);
    if (bundle >= 0)
        (void)call(__NR_close, bundle);
    return found;
}

// Returns where nothing is to be done, or it can't be done here.
void protect(const Words& words, char** arguments, char** environment)
{
    long self = call(__NR_openat, AT_FDCWD, address("/proc/self/exe"), O_PATH | O_CLOEXEC);
    struct statfs info;
    if (self < 0)
        return;
    bool late = words.makes && !words.enters && !words.supervises;
    if (call(__NR_fstatfs, self, address(&info)) == 0 && !(info.f_flags & readonlyFlag) &&
        !(late && wantsUserNamespace(words))) {
        // Not close-on-exec: main() closes it when there is time, because closing a detached mount waits for the
        // kernel.
        long tree = call(__NR_open_tree, self, address(""), OPEN_TREE_CLONE | AT_EMPTY_PATH);
        struct mount_attr attributes = {MOUNT_ATTR_RDONLY, 0, 0, 0};
        if (tree >= 0 &&
            call(__NR_mount_setattr, tree, address(""), AT_EMPTY_PATH, address(&attributes), sizeof attributes) == 0)
            (void)call(__NR_execveat, tree, address(""), address(arguments), address(environment), AT_EMPTY_PATH);
        if (tree >= 0)
            (void)call(__NR_close, tree);
    }
    (void)call(__NR_close, self);
}

// Code and data at once, before the C library touches most of it page by page. Constants and unwind tables are mostly
// not looked at: they would only count as memory used.
void populate()
{
    auto* program =
        reinterpret_cast<const Elf64_Phdr*>(reinterpret_cast<const char*>(&__ehdr_start) + __ehdr_start.e_phoff);
    for (long i = 0; i < __ehdr_start.e_phnum; ++i) {
        const Elf64_Phdr& segment = program[i];
        if (segment.p_type != PT_LOAD || !(segment.p_flags & (PF_X | PF_W)))
            continue;
        long begin = static_cast<long>(segment.p_vaddr) & ~4095l,
             end = static_cast<long>(segment.p_vaddr + segment.p_memsz);
        (void)call(__NR_madvise, begin, end - begin, segment.p_flags & PF_W ? MADV_POPULATE_WRITE : MADV_POPULATE_READ);
    }
}

} // namespace

// stack: the number of arguments, the arguments, NULL, the environment, NULL; as the kernel leaves it.
extern "C" __attribute__((used, no_stack_protector)) void diptychProtectEarly(long* stack)
{
    long count = stack[0];
    auto** arguments = reinterpret_cast<char**>(stack + 1);
    if (count < 2)
        return;
    Words words;
    read(arguments + 1, words);
    if (!words.enters && !words.makes)
        return;
    protect(words, arguments, arguments + count + 1);
    populate(); // of the program that stays
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
