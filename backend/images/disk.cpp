// A disk for a virtual machine out of an image's layers: seen merged through a read-only overlay, in a mount namespace
// that ends with the program that copies them.
#include "images/images.h"

#include "base/child.h"
#include "base/files.h"
#include "base/names.h"

#include <algorithm>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace diptych::images {

namespace {
constexpr uint64_t kGiB = uint64_t{1} << 30;

struct Job
{
    std::string mountOptions, layers, mountPoint;
    std::vector<std::string> arguments;
};

// After fork() in a program with threads: system calls only.
[[noreturn]] void mergeAndExecute(const Job& job, char* const* argv, char* const* envp, int report)
{
    const char* step = "unshare";
    bool ok = ::setsid() >= 0 && ::unshare(CLONE_NEWNS) == 0;
    // Private before anything is mounted: the overlay must never be seen by the host.
    ok = ok && (step = "private mounts", ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0);
    // Relative names, because the options of mount(2) end at one page.
    ok = ok && (step = "layers", ::chdir(job.layers.c_str()) == 0);
    ok = ok && (step = "overlay", ::mount("overlay", job.mountPoint.c_str(), "overlay",
                                          MS_RDONLY | MS_NODEV | MS_NOSUID, job.mountOptions.c_str()) == 0);
    ok = ok && (step = "chdir", ::chdir("/") == 0);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::dup2(report, STDOUT_FILENO);
    ::dup2(report, STDERR_FILENO);
    if (ok) {
        step = argv[0];
        ::execve(argv[0], argv, envp);
    }
    const char* reason = strerrordesc_np(errno);
    for (const char* text : {step, ": ", reason ? reason : "failed"})
        (void)!::write(report, text, strlen(text));
    ::_exit(127);
}

/// Waits, asking ten times a second whether to go on. The program's output is its error message.
Status waitFor(pid_t pid, int output, Progress& progress)
{
    std::string text;
    bool cancelled = false;
    for (;;) {
        pollfd fd{output, POLLIN, 0};
        int ready = ::poll(&fd, 1, 100);
        if (ready == 0 && !cancelled && progress.cancelled()) {
            cancelled = true;
            ::kill(pid, SIGKILL);
        }
        if (ready <= 0)
            continue;
        char buffer[4096];
        ssize_t n = ::read(output, buffer, sizeof buffer);
        if (n <= 0 && errno != EINTR)
            break;
        if (n > 0 && text.size() < 65536)
            text.append(buffer, static_cast<size_t>(n));
    }
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (cancelled)
        return fail(Code::Cancelled, "cancelled");
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return {};
    return fail(Code::Failed, fmt::format("mke2fs: {}", trim(text)));
}

Status execute(const Job& job, Progress& progress)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) < 0)
        return failErrno("pipe");
    UniqueFd read(ends[0]), write(ends[1]);
    std::vector<char*> argv;
    for (const std::string& argument : job.arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    char path[] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin", locale[] = "LC_ALL=C.UTF-8", time[] = "SOURCE_DATE_EPOCH=0";
    char* envp[] = {path, locale, time, nullptr};
    pid_t pid = ::fork();
    if (pid < 0)
        return failErrno("fork");
    if (pid == 0)
        mergeAndExecute(job, argv.data(), envp, write.get());
    write.reset();
    return waitFor(pid, read.get(), progress);
}

/// Zeros that mke2fs wrote become holes: what reads them sees no difference, the disk that stores them does.
void digHoles(int fd)
{
    constexpr size_t block = size_t{64} << 10;
    std::vector<char> buffer(block);
    const std::vector<char> zeros(block, 0);
    for (off_t at = 0; (at = ::lseek(fd, at, SEEK_DATA)) >= 0; at += static_cast<off_t>(block)) {
        at -= at % static_cast<off_t>(block);
        if (::pread(fd, buffer.data(), block, at) == static_cast<ssize_t>(block) && buffer == zeros)
            (void)::fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, at, static_cast<off_t>(block));
    }
}

/// The same image has the same file system identity, and different ones differ.
std::string uuidFrom(const std::string& hex)
{
    return fmt::format("{}-{}-4{}-8{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(13, 3), hex.substr(17, 3),
                       hex.substr(20, 12));
}

/// What mke2fs needs beside the files: inodes, journal, room to work.
uint64_t gibFor(uint64_t content, uint64_t minimum)
{
    uint64_t wanted = std::max({kGiB, minimum, content + content / 4 + (uint64_t{256} << 20)});
    return (wanted + kGiB - 1) / kGiB;
}
} // namespace

Result<std::string> Store::disk(const Image& image, uint64_t minimumBytes, Progress& progress)
{
    TRY(checkDigest(image.digest));
    std::vector<std::string> layers = TRY(unpack(image, progress));
    uint64_t content = 0;
    for (const std::string& layer : layers)
        content += TRY(diskUsage(layer));
    const uint64_t gib = gibFor(content, minimumBytes);
    const std::string hex = image.digest.substr(7);
    // The size is in the name: a disk that is the base of another is never replaced.
    const std::string target = fmt::format("{}/disks/{}-{}.raw", m_paths.images(), hex, gib);
    auto lock = lockFor(target);
    std::lock_guard guard(*lock);
    if (exists(target))
        return target;
    const std::string program = findProgram("mke2fs");
    if (program.empty())
        return fail(Code::NotSupported, "the program mke2fs is not installed: install the package e2fsprogs");
    progress.report("buildDisk", -1, image.reference);

    const std::string staging = TRY(stage());
    const std::string raw = staging + "/disk.raw";
    Job job;
    job.layers = m_paths.images() + "/layers";
    job.mountPoint = staging + "/merged";
    job.mountOptions = "lowerdir=";
    for (const std::string& layer : layers)
        job.mountOptions += layer.substr(layer.find_last_of('/') + 1) + ":";
    // overlayfs without an upper directory wants two lower ones.
    job.mountOptions += staging + "/empty";
    // Inode tables are written now (and become holes again): a guest kernel that does it later would fill the overlay.
    job.arguments = {program,
                     "-q",
                     "-F",
                     "-t",
                     "ext4",
                     "-m",
                     "0",
                     "-L",
                     "root",
                     "-U",
                     uuidFrom(hex),
                     "-E",
                     fmt::format("hash_seed={},root_owner=0:0,lazy_itable_init=0,lazy_journal_init=1", uuidFrom(hex)),
                     "-d",
                     job.mountPoint,
                     raw,
                     fmt::format("{}g", gib)};
    auto build = [&]() -> Status {
        if (job.mountOptions.size() > 4000)
            return fail(Code::NotSupported, fmt::format("{} has too many layers for a disk", image.reference));
        TRY(makeDirectories(job.mountPoint));
        TRY(makeDirectories(staging + "/empty", 0755));
        TRYX(execute(job, progress), fmt::format("disk of {}", image.reference));
        UniqueFd fd = TRY(openFile(raw, O_RDWR));
        digHoles(fd.get());
        if (::fsync(fd.get()) < 0 || ::rename(raw.c_str(), target.c_str()) < 0)
            return failErrno(target);
        return {};
    };
    Status built = build();
    (void)removeTree(staging);
    TRY(std::move(built));
    return target;
}

} // namespace diptych::images
