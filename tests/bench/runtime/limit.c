/* The bare limit: the system calls a container's start and end can't do without, and nothing else. Prints nothing.
 *
 *     limit ROOTFS CGROUP...
 *
 * clone3 with all namespaces, proc, tmpfs, devpts, mqueue and sysfs, six devices, pivot_root, one directory made,
 * joined and removed in every control group hierarchy given, a program executed, its end waited for. Static, as small
 * as it gets. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
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

static void device(const char* name, int major, int minor)
{
    check(mknod(name, S_IFCHR | 0666, makedev(major, minor)), name);
}

static void enter(const char* root)
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
    check(sethostname("limit", 5), "sethostname");
    check(syscall(SYS_pivot_root, ".", "."), "pivot_root");
    check(umount2(".", MNT_DETACH), "umount");
    check(chdir("/"), "chdir");
}

int main(int argc, char** argv)
{
    if (argc < 2)
        return 2;
    char path[512], pid[16];
    for (int i = 2; i < argc; ++i) {
        snprintf(path, sizeof path, "%s/limit-%d", argv[i], getpid());
        check(mkdir(path, 0755), path);
    }
    struct clone_args args;
    memset(&args, 0, sizeof args);
    args.flags = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET;
    args.exit_signal = SIGCHLD;
    long child = syscall(SYS_clone3, &args, sizeof args);
    check(child, "clone3");
    if (child == 0) {
        enter(argv[1]);
        char* words[] = {(char*)"/bin/exit-zero", NULL};
        execve(words[0], words, words + 1);
        _exit(101);
    }
    snprintf(pid, sizeof pid, "%ld", child);
    for (int i = 2; i < argc; ++i) {
        snprintf(path, sizeof path, "%s/limit-%d/cgroup.procs", argv[i], getpid());
        int fd = open(path, O_WRONLY | O_CLOEXEC);
        check(fd, path);
        (void)!write(fd, pid, strlen(pid)); /* the child may have ended already */
        close(fd);
    }
    int status = 0;
    check(waitpid((pid_t)child, &status, 0), "wait");
    for (int i = 2; i < argc; ++i) {
        snprintf(path, sizeof path, "%s/limit-%d", argv[i], getpid());
        while (rmdir(path) < 0)
            usleep(50);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 102;
}
