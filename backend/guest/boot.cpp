#include "guest/init.h"

#include "base/files.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::guest {

namespace {
constexpr const char* kRoot = "/diptych/root";

struct Filesystem
{
    const char* type;
    const char* target;
    unsigned long flags;
    const char* options;
};

Status mountOne(const Filesystem& fs)
{
    (void)::mkdir(fs.target, 0755);
    if (::mount(fs.type, fs.target, fs.type, fs.flags, fs.options) < 0 && errno != EBUSY)
        return failErrno(fmt::format("mount {}", fs.target));
    return {};
}

Status loadModule(const std::string& name)
{
    UniqueFd fd = TRY(openFile("/lib/modules/" + name, O_RDONLY));
    if (::syscall(SYS_finit_module, fd.get(), "", 0) < 0 && errno != EEXIST)
        return failErrno(name);
    return {};
}

Status moveInto(const char* name)
{
    std::string from = fmt::format("/{}", name), to = fmt::format("{}/{}", kRoot, name);
    (void)::mkdir(to.c_str(), 0755);
    if (::mount(from.c_str(), to.c_str(), nullptr, MS_MOVE, nullptr) < 0)
        return failErrno(fmt::format("move {}", from));
    return {};
}
} // namespace

Status mountKernelFilesystems()
{
    constexpr unsigned long strict = MS_NOSUID | MS_NODEV | MS_NOEXEC;
    TRY(mountOne({"proc", "/proc", strict, nullptr}));
    TRY(mountOne({"sysfs", "/sys", strict, nullptr}));
    return mountOne({"devtmpfs", "/dev", MS_NOSUID, "mode=0755"});
}

void loadModules(const std::vector<std::string>& names)
{
    // One that fails may not be needed on this machine; what is missing in the end says so by itself.
    for (const std::string& name : names)
        if (auto loaded = loadModule(name); !loaded)
            say(fmt::format("module {}", loaded.error().message));
}

// The driver's probe runs in a worker of the kernel, and devtmpfs makes the node: nothing tells us but the node.
bool waitForNode(const std::string& path)
{
    for (int milliseconds = 0; milliseconds < 10'000; ++milliseconds) {
        if (exists(path))
            return true;
        ::usleep(1000);
    }
    return false;
}

Status switchRoot(const Config& config)
{
    if (!waitForNode(config.rootDevice))
        return fail(Code::NotFound, fmt::format("the disk {} did not appear within 10 s", config.rootDevice));
    TRY(makeDirectories(kRoot, 0755));
    if (::mount(config.rootDevice.c_str(), kRoot, config.rootType.c_str(), MS_NOATIME, nullptr) < 0)
        return failErrno(fmt::format("mount {} as {}", config.rootDevice, config.rootType));
    for (const char* name : {"proc", "sys", "dev"})
        TRY(moveInto(name));
    // The initramfs is memory: give back what is not needed any more.
    (void)removeTree("/lib");
    (void)::unlink("/init");
    if (::chdir(kRoot) < 0 || ::mount(".", "/", nullptr, MS_MOVE, nullptr) < 0 || ::chroot(".") < 0 || ::chdir("/") < 0)
        return failErrno("switch to the root file system");
    TRY(mountOne({"devpts", "/dev/pts", MS_NOSUID | MS_NOEXEC, "gid=5,mode=620,ptmxmode=666"}));
    TRY(mountOne({"tmpfs", "/dev/shm", MS_NOSUID | MS_NODEV, "mode=1777"}));
    TRY(mountOne({"tmpfs", "/run", MS_NOSUID | MS_NODEV, "mode=755"}));
    for (auto [target, link] : {std::pair{"/proc/self/fd", "/dev/fd"},
                                {"/proc/self/fd/0", "/dev/stdin"},
                                {"/proc/self/fd/1", "/dev/stdout"},
                                {"/proc/self/fd/2", "/dev/stderr"}})
        (void)!::symlink(target, link);
    return {};
}

std::string makeControlGroup(uint64_t pids)
{
    constexpr unsigned long strict = MS_NOSUID | MS_NODEV | MS_NOEXEC;
    if (auto mounted = mountOne({"cgroup2", "/sys/fs/cgroup", strict, nullptr}); !mounted) {
        say(mounted.error().message);
        return {};
    }
    // One at a time: a kernel without one of them keeps the others.
    for (const char* controller : {"+pids", "+cpu", "+memory"})
        (void)writeFile("/sys/fs/cgroup/cgroup.subtree_control", controller);
    (void)::mkdir(kControlGroup, 0755);
    if (auto set = setPidsLimit(pids); !set && pids)
        say(set.error().message);
    return kControlGroup;
}

Status setPidsLimit(uint64_t pids)
{
    return writeFile(fmt::format("{}/pids.max", kControlGroup), pids ? std::to_string(pids) : "max");
}

static void replaceFile(const std::string& path, const std::string& text)
{
    // The image's may be a link to where nothing is yet.
    (void)::unlink(path.c_str());
    auto fd = openFile(path, O_WRONLY | O_CREAT | O_EXCL, 0644);
    if (!fd || !writeAll(fd->get(), text))
        say(fmt::format("could not write {}", path));
}

void writeEtc(const Config& config)
{
    (void)::mkdir("/etc", 0755);
    if (!config.hostname.empty()) {
        replaceFile("/etc/hostname", config.hostname + "\n");
        std::string own = config.address.substr(0, config.address.find('/'));
        std::string hosts = "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n";
        replaceFile("/etc/hosts", fmt::format("{}{}\t{}\n", hosts, own.empty() ? "127.0.1.1" : own, config.hostname));
    }
    if (config.nameservers.empty())
        return;
    std::string servers;
    for (const std::string& server : config.nameservers)
        servers += fmt::format("nameserver {}\n", server);
    replaceFile("/etc/resolv.conf", servers);
}

} // namespace diptych::guest
