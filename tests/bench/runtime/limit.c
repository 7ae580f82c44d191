/* The bare limit: the system calls that bench-runtime's configuration can't do without, from start to exit, and nothing
 * else: no parsing, no state on disk, no error texts, no care for hostile images.
 *
 *     limit ROOTFS FILTER CGROUP...       FILTER: a compiled seccomp program, "" for none; CGROUP: each hierarchy
 *
 * With LIMIT_MAP in the environment ("0 100000 65536") a user and a time namespace besides: eight.
 *
 * clone3 with the namespaces; the group made, limited and joined in every hierarchy while the child mounts; the program
 * is only started once both are done. Static, as small as it gets. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

static void check(long result, const char* what)
{
    if (result < 0) {
        perror(what);
        _exit(100);
    }
}

static char** groups;
static int groupCount;
static const char* map;
static char groupName[32];
static struct sock_filter filter[BPF_MAXINSNS];
static struct sock_fprog program = {0, filter};

static void writeAt(const char* directory, const char* file, const char* text)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s/%s", directory, groupName, file);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    check(fd, path);
    check(write(fd, text, strlen(text)), path);
    close(fd);
}

static int isController(const char* directory, const char* name)
{
    const char* last = strrchr(directory, '/');
    return last && strcmp(last + 1, name) == 0;
}

static void limitGroup(const char* directory)
{
    static const char* const devices[] = {"c *:* m",   "b *:* m",   "c 1:3 rwm", "c 1:5 rwm", "c 1:7 rwm",
                                          "c 1:8 rwm", "c 1:9 rwm", "c 5:0 rwm", "c 5:2 rwm", "c 136:* rwm"};
    if (isController(directory, "memory"))
        writeAt(directory, "memory.limit_in_bytes", "268435456");
    if (isController(directory, "pids"))
        writeAt(directory, "pids.max", "2048");
    if (isController(directory, "cpuset")) {
        writeAt(directory, "cpuset.cpus", getenv("LIMIT_CPUS"));
        writeAt(directory, "cpuset.mems", "0");
    }
    if (isController(directory, "devices")) {
        writeAt(directory, "devices.deny", "a *:* rwm");
        for (size_t i = 0; i < sizeof devices / sizeof *devices; ++i)
            writeAt(directory, "devices.allow", devices[i]);
    }
}

static void device(const char* name, int major, int minor)
{
    if (!map) {
        check(mknod(name, S_IFCHR | 0666, makedev(major, minor)), name);
        return;
    }
    char host[32];
    snprintf(host, sizeof host, "/%s", name);
    close(open(name, O_CREAT | O_WRONLY | O_CLOEXEC, 0644));
    check(mount(host, name, NULL, MS_BIND, NULL), name); /* no user namespace may make one */
}

static void mountGroups(void)
{
    check(mount("cgroup", "sys/fs/cgroup", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=755"), "cgroup");
    for (int i = 0; i < groupCount; ++i) {
        char source[512], target[256];
        snprintf(source, sizeof source, "%s/%s", groups[i], groupName);
        snprintf(target, sizeof target, "sys/fs/cgroup/%s", strrchr(groups[i], '/') + 1);
        check(mkdir(target, 0755), target);
        check(mount(source, target, NULL, MS_BIND, NULL), source);
        check(mount(NULL, target, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL),
              target);
    }
    check(mount(NULL, "sys/fs/cgroup", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL),
          "cgroup");
}

static void hide(void)
{
    static const char* const readonly[] = {"proc/bus", "proc/fs", "proc/irq", "proc/sys", "proc/sysrq-trigger"};
    static const char* const masked[] = {"proc/acpi", "proc/kcore", "proc/keys", "proc/timer_list", "proc/scsi"};
    for (size_t i = 0; i < sizeof readonly / sizeof *readonly; ++i)
        if (mount(readonly[i], readonly[i], NULL, MS_BIND | MS_REC, NULL) == 0)
            check(mount(NULL, readonly[i], NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL), readonly[i]);
    for (size_t i = 0; i < sizeof masked / sizeof *masked; ++i)
        if (mount("dev/null", masked[i], NULL, MS_BIND, NULL) < 0) /* or it is a directory, or not there */
            (void)mount("tmpfs", masked[i], "tmpfs", MS_RDONLY, "size=0");
    (void)mount("tmpfs", "sys/firmware", "tmpfs", MS_RDONLY, "size=0");
}

static void loopback(void)
{
    struct ifreq request;
    memset(&request, 0, sizeof request);
    strcpy(request.ifr_name, "lo");
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    check(ioctl(fd, SIOCSIFFLAGS, &request), "lo");
    close(fd);
}

static void mountAll(const char* root)
{
    check(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), "private");
    check(mount(root, root, NULL, MS_BIND | MS_REC, NULL), "bind");
    check(chdir(root), "chdir");
    check(mount("proc", "proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL), "proc");
    check(mount("tmpfs", "dev", "tmpfs", MS_NOSUID, "mode=755"), "dev");
    check(mkdir("dev/pts", 0755) | mkdir("dev/shm", 0755) | mkdir("dev/mqueue", 0755), "mkdir");
    check(mount("devpts", "dev/pts", "devpts", MS_NOSUID, "newinstance,ptmxmode=0666"), "devpts");
    check(mount("shm", "dev/shm", "tmpfs", MS_NOSUID, NULL), "shm");
    check(mount("mqueue", "dev/mqueue", "mqueue", MS_NOSUID, NULL), "mqueue");
    check(mount("sysfs", "sys", "sysfs", MS_RDONLY | MS_NOSUID, NULL), "sysfs");
    umask(0);
    device("dev/null", 1, 3);
    device("dev/zero", 1, 5);
    device("dev/full", 1, 7);
    device("dev/tty", 5, 0);
    device("dev/random", 1, 8);
    device("dev/urandom", 1, 9);
    check(symlink("/proc/self/fd", "dev/fd") | symlink("/proc/self/fd/0", "dev/stdin") |
              symlink("/proc/self/fd/1", "dev/stdout") | symlink("/proc/self/fd/2", "dev/stderr") |
              symlink("pts/ptmx", "dev/ptmx"),
          "symlink");
}

static void dropPrivileges(void)
{
    const uint64_t keep =
        1ull << CAP_CHOWN | 1ull << CAP_KILL | 1ull << CAP_SETGID | 1ull << CAP_SETUID | 1ull << CAP_NET_BIND_SERVICE;
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2] = {{(uint32_t)keep, (uint32_t)keep, 0}, {0, 0, 0}};
    for (int i = 0; i <= CAP_LAST_CAP; ++i)
        if (!(keep >> i & 1))
            (void)prctl(PR_CAPBSET_DROP, i, 0, 0, 0);
    check(setgroups(0, NULL), "setgroups");
    if (program.len)
        check(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program), "seccomp");
    check(syscall(SYS_capset, &header, data), "capset");
}

static void becomeRoot(int mapped)
{
    char byte;
    if (read(mapped, &byte, 1) != 1)
        _exit(101);
    check(setresgid(0, 0, 0), "setresgid");
    check(setresuid(0, 0, 0), "setresuid");
}

static void enter(const char* root, int grouped)
{
    char byte;
    if (map)
        becomeRoot(grouped);
    check(sethostname("bench", 5), "sethostname");
    loopback();
    mountAll(root);
    if (read(grouped, &byte, 1) != 1)
        _exit(101);
    check(unshare(CLONE_NEWCGROUP), "cgroup namespace");
    mountGroups();
    hide();
    check(syscall(SYS_pivot_root, ".", "."), "pivot_root");
    check(umount2(".", MNT_DETACH), "umount");
    check(chdir("/"), "chdir");
    dropPrivileges();
}

static void writeMaps(long child)
{
    static const char* const files[] = {"gid_map", "uid_map"};
    for (int i = 0; i < 2; ++i) {
        char path[64];
        snprintf(path, sizeof path, "/proc/%ld/%s", child, files[i]);
        int fd = open(path, O_WRONLY | O_CLOEXEC);
        check(fd, path);
        check(write(fd, map, strlen(map)), path);
        close(fd);
    }
}

static void joinGroups(long child)
{
    char pid[16];
    snprintf(pid, sizeof pid, "%ld", child);
    for (int i = 0; i < groupCount; ++i) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", groups[i], groupName);
        check(mkdir(path, 0755), path);
        limitGroup(groups[i]);
        writeAt(groups[i], "cgroup.procs", pid);
    }
}

static void readFilter(const char* path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    check(fd, path);
    long n = read(fd, filter, sizeof filter);
    check(n, path);
    close(fd);
    program.len = (unsigned short)((size_t)n / sizeof *filter);
}

int main(int argc, char** argv)
{
    if (argc < 3)
        return 2;
    if (argv[2][0])
        readFilter(argv[2]);
    groups = argv + 3;
    groupCount = argc - 3;
    map = getenv("LIMIT_MAP");
    snprintf(groupName, sizeof groupName, "limit-%d", getpid());
    int grouped[2];
    check(pipe2(grouped, O_CLOEXEC), "pipe");
    struct clone_args args;
    memset(&args, 0, sizeof args);
    args.flags = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET;
    args.exit_signal = SIGCHLD;
    if (map) {
        args.flags |= CLONE_NEWUSER;
        check(unshare(CLONE_NEWTIME), "time namespace"); /* the child's */
    }
    long child = syscall(SYS_clone3, &args, sizeof args);
    check(child, "clone3");
    if (child == 0) {
        close(grouped[1]);
        enter(argv[1], grouped[0]);
        char* words[] = {(char*)"/bin/exit-zero", NULL};
        execve(words[0], words, words + 1);
        _exit(101);
    }
    if (map) {
        writeMaps(child);
        check(write(grouped[1], "", 1), "write");
    }
    joinGroups(child);
    check(write(grouped[1], "", 1), "write");
    int status = 0;
    check(waitpid((pid_t)child, &status, 0), "wait");
    for (int i = 0; i < groupCount; ++i) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", groups[i], groupName);
        while (rmdir(path) < 0)
            usleep(50);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 102;
}
