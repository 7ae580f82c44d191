/* What a container tries from inside, as a static program without a C library's help in the way; and what is measured
 * from a process that has next to no memory.
 *
 *   probe syscalls   every system call from 0 to 600 in three ABIs, each in a child of its own with nothing but -1 for
 *                    arguments: one line "ABI NUMBER ERRNO" where it came back
 *   probe tiocsti    types an x into the terminals it can reach: one line each
 *   probe peak PROGRAM ARGUMENT...   runs it; a last line with its peak resident size in KiB. (What a process had
 * before execve counts as well, so the caller must be small.)
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { last = 600, unknown = -1 };

#ifdef __x86_64__
static long native(long number)
{
    long result = 0;
    register long d __asm__("r10") = -1;
    register long e __asm__("r8") = -1;
    register long f __asm__("r9") = -1;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(-1L), "S"(-1L), "d"(-1L), "r"(d), "r"(e), "r"(f)
                     : "rcx", "r11", "memory");
    return result;
}

static long x32(long number)
{
    return native(number | 0x40000000);
}

static long i386(long number)
{
    int result = 0;
    __asm__ volatile("int $0x80"
                     : "=a"(result)
                     : "a"((int)number), "b"(-1), "c"(-1), "d"(-1), "S"(-1), "D"(-1)
                     : "memory");
    return result;
}

static const struct
{
    const char* name;
    long (*call)(long);
} abis[] = {{"x86_64", native}, {"x32", x32}, {"i386", i386}};

static void try_one(long (*call)(long), long number, volatile int* answer)
{
    pid_t child = fork();
    if (child == 0) {
        pid_t self = getpid();
        struct itimerval soon = {{0, 0}, {0, 300000}};
        signal(SIGALRM, SIG_DFL);
        setitimer(ITIMER_REAL, &soon, NULL);
        long result = call(number);
        if (getpid() == self)
            *answer = result < 0 && result > -4096 ? (int)-result : 0;
        _exit(0);
    }
    // i386 sigsuspend with -1 blocks the alarm too, and would wait for ever.
    const struct timespec moment = {0, 200000};
    for (int waited = 0; child > 0 && waitpid(child, NULL, WNOHANG) == 0; ++waited) {
        if (waited == 5000)
            kill(child, SIGKILL);
        nanosleep(&moment, NULL);
    }
}

static int try_syscalls(void)
{
    volatile int* answers = mmap(NULL, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (answers == MAP_FAILED)
        return 1;
    for (size_t abi = 0; abi < sizeof(abis) / sizeof(abis[0]); ++abi)
        for (long number = 0; number <= last; ++number) {
            *answers = unknown;
            try_one(abis[abi].call, number, answers);
            if (*answers != unknown)
                printf("%s %ld %d\n", abis[abi].name, number, *answers);
        }
    return 0;
}
#else
static int try_syscalls(void)
{
    return 77;
}
#endif

static int try_terminals(void)
{
    static const char* const names[] = {"/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/tty", "/dev/console"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); ++i) {
        int fd = i < 3 ? (int)i : open(names[i], O_RDWR | O_NOCTTY);
        char letter = 'x';
        printf("%s %s\n", names[i], fd < 0 || ioctl(fd, TIOCSTI, &letter) < 0 ? strerror(errno) : "typed");
    }
    return 0;
}

static int measure(char** command)
{
    pid_t child = fork();
    if (child == 0) {
        execv(command[0], command);
        _exit(127);
    }
    struct rusage usage;
    int status = 0;
    if (child < 0 || wait4(child, &status, 0, &usage) != child)
        return 1;
    printf("%ld\n", usage.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int main(int count, char** arguments)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (count == 2 && strcmp(arguments[1], "syscalls") == 0)
        return try_syscalls();
    if (count == 2 && strcmp(arguments[1], "tiocsti") == 0)
        return try_terminals();
    if (count > 2 && strcmp(arguments[1], "peak") == 0)
        return measure(arguments + 2);
    return 2;
}
