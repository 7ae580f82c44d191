#include "runtime/devices.h"

#include "base/files.h"
#include "runtime/mountapi.h"
#include "runtime/rootpath.h"

#include <array>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace diptych::runtime {

static mode_t kindOf(const oci::Device& device)
{
    return device.type == 'b' ? S_IFBLK : device.type == 'p' ? S_IFIFO : S_IFCHR;
}

static bool isSame(const struct stat& info, const oci::Device& device)
{
    return (info.st_mode & S_IFMT) == kindOf(device) &&
           (device.type == 'p' || info.st_rdev == makedev(device.major, device.minor));
}

Result<UniqueFd> openNullDevice()
{
    UniqueFd fd = TRY(openFile("/dev/null", O_PATH | O_NOFOLLOW));
    struct stat info = {};
    if (::fstat(fd.get(), &info) < 0 || !S_ISCHR(info.st_mode) || info.st_rdev != makedev(1, 3))
        return fail(Code::Failed, "the host's /dev/null is not the null device");
    return fd;
}

bool bindsDev(const oci::Config& config)
{
    for (const oci::Mount& mount : config.mounts)
        if ((mount.destination == "/dev" || mount.destination == "/dev/") && mount.type == "bind")
            return true;
    return false;
}

// A node that was made for this, or the host's, looked up in this process's copy of the host's mounts.
static Result<UniqueFd> deviceToBind(const oci::Device& device, int made)
{
    if (made >= 0)
        return openFile(fmt::format("/proc/self/fd/{}", made), O_PATH);
    UniqueFd source = TRY(openFile(device.path, O_PATH | O_NOFOLLOW));
    struct stat info = {};
    if (::fstat(source.get(), &info) < 0 || !isSame(info, device))
        return fail(Code::NotSupported, "the host has no such device to share");
    return source;
}

// Over a file made for it.
static Status bindDevice(const oci::Device& device, int parent, const std::string& name, int node)
{
    UniqueFd source = TRY(deviceToBind(device, node));
    struct stat info = {};
    int made = ::openat(parent, name.c_str(), O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_WRONLY, 0644);
    if (made < 0 && errno != EEXIST)
        return failErrno("create");
    UniqueFd close(made);
    UniqueFd target = TRY(openFileAt(parent, name, O_PATH | O_NOFOLLOW));
    if (::fstat(target.get(), &info) < 0 || S_ISLNK(info.st_mode) || S_ISDIR(info.st_mode))
        return fail(Code::Failed, "the image has a link or a directory there");
    UniqueFd tree = TRY(cloneTree(source.get(), false));
    MountAttributes attributes;
    attributes.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;
    TRY(setAttributes(tree.get(), attributes, device.path));
    return attachTree(tree.get(), target.get(), device.path);
}

static Status makeDevice(const oci::Device& device, int root, bool bind, int node = -1)
{
    SplitPath at = splitPath(device.path);
    UniqueFd parent = TRY(ensureDirectory(root, at.parent));
    struct stat info = {};
    bool there = ::fstatat(parent.get(), at.name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0;
    if (there && isSame(info, device))
        return {};
    if ((there || bind) && device.type != 'p')
        return bindDevice(device, parent.get(), at.name, node);
    mode_t mode = device.fileMode.value_or(0666) & 07777;
    if (::mknodat(parent.get(), at.name.c_str(), kindOf(device) | mode, makedev(device.major, device.minor)) < 0)
        return failErrno("mknod");
    if ((device.uid || device.gid) && ::fchownat(parent.get(), at.name.c_str(), device.uid.value_or(0),
                                                 device.gid.value_or(0), AT_SYMLINK_NOFOLLOW) < 0)
        return failErrno("chown");
    return {};
}

static Status makeLink(int directory, const char* name, const char* target, bool replace)
{
    if (::symlinkat(target, directory, name) == 0)
        return {};
    if (errno != EEXIST)
        return failErrno(fmt::format("/dev/{}", name));
    if (!replace)
        return {};
    std::array<char, 64> old{};
    ssize_t n = ::readlinkat(directory, name, old.data(), old.size());
    if (n > 0 && std::string_view(old.data(), static_cast<size_t>(n)) == target)
        return {};
    if (::unlinkat(directory, name, 0) < 0 || ::symlinkat(target, directory, name) < 0)
        return failErrno(fmt::format("/dev/{}", name));
    return {};
}

static Status makeLinks(int root)
{
    UniqueFd dev = TRY(ensureDirectory(root, "/dev"));
    static constexpr std::pair<const char*, const char*> links[] = {{"fd", "/proc/self/fd"},
                                                                    {"stdin", "/proc/self/fd/0"},
                                                                    {"stdout", "/proc/self/fd/1"},
                                                                    {"stderr", "/proc/self/fd/2"}};
    for (auto& [name, target] : links)
        TRY(makeLink(dev.get(), name, target, false));
    if (lookUp(root, "/dev/pts"))
        TRY(makeLink(dev.get(), "ptmx", "pts/ptmx", true));
    return {};
}

// Kernels before 6.15 clone only what is attached: over the root, where everything else is reached by descriptor, as
// long as it takes.
static Status bindNodes(const Plan& plan, int root)
{
    int nodes = plan.deviceNodes.get();
    TRY(attachTree(nodes, root, "linux.devices"));
    auto all = [&]() -> Status {
        const auto& devices = plan.config.linux_.devices;
        for (size_t i = 0; i < devices.size(); ++i) {
            UniqueFd node =
                devices[i].type == 'p' ? UniqueFd() : TRY(openFileAt(nodes, std::to_string(i), O_PATH | O_NOFOLLOW));
            TRYX(makeDevice(devices[i], root, true, node.get()), fmt::format("linux.devices {}", devices[i].path));
        }
        return {};
    }();
    if (::fchdir(nodes) < 0 || ::umount2(".", MNT_DETACH) < 0 || ::fchdir(root) < 0)
        return failErrno("linux.devices");
    return all;
}

static Status makeAsked(const Plan& plan, int root, bool bind)
{
    if (plan.deviceNodes)
        return bindNodes(plan, root);
    for (const oci::Device& device : plan.config.linux_.devices)
        TRYX(makeDevice(device, root, bind), fmt::format("linux.devices {}", device.path));
    return {};
}

Status makeDevices(const Plan& plan, int root)
{
    if (bindsDev(plan.config))
        return {};
    static const std::vector<oci::Device> standard = {
        {'c', "/dev/null", 1, 3, {}, {}, {}},   {'c', "/dev/zero", 1, 5, {}, {}, {}},
        {'c', "/dev/full", 1, 7, {}, {}, {}},   {'c', "/dev/tty", 5, 0, {}, {}, {}},
        {'c', "/dev/random", 1, 8, {}, {}, {}}, {'c', "/dev/urandom", 1, 9, {}, {}, {}}};
    bool bind = plan.userNamespace();
    // The modes are meant as written.
    mode_t umask = ::umask(0);
    auto all = [&]() -> Status {
        TRY(makeAsked(plan, root, bind));
        for (const oci::Device& device : standard)
            TRYX(makeDevice(device, root, bind), device.path);
        return makeLinks(root);
    }();
    ::umask(umask);
    return all;
}

Status bindConsole(int root, int slave)
{
    UniqueFd dev = TRY(ensureDirectory(root, "/dev"));
    int made = ::openat(dev.get(), "console", O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_WRONLY, 0620);
    if (made < 0 && errno != EEXIST)
        return failErrno("/dev/console");
    UniqueFd close(made);
    UniqueFd target = TRY(openFileAt(dev.get(), "console", O_PATH | O_NOFOLLOW));
    struct stat info = {};
    if (::fstat(target.get(), &info) < 0 || S_ISLNK(info.st_mode))
        return fail(Code::Failed, "/dev/console is a link");
    UniqueFd tree = TRY(cloneTree(slave, false));
    return attachTree(tree.get(), target.get(), "/dev/console");
}

} // namespace diptych::runtime
