#include "runtime/mounts.h"

#include "base/files.h"
#include "runtime/copyup.h"
#include "runtime/namespaces.h"
#include "runtime/rootless.h"
#include "runtime/rootpath.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace diptych::runtime {

static bool isCgroup(const oci::Mount& mount)
{
    return mount.type == "cgroup" || mount.type == "cgroup2";
}

// A clone of a mount that is shared stays in its peer group: what the container mounts below it would appear on the
// host. So it is made private, or a slave where the configuration wants to see what the host mounts later.
static uint64_t initialPropagation(const MountAttributes& attributes)
{
    if (attributes.propagation == MS_SHARED || attributes.propagation == MS_SLAVE)
        return attributes.propagation == MS_SLAVE ? MS_SLAVE : 0;
    return MS_PRIVATE;
}

static Result<std::vector<oci::IdMapping>> absolute(const std::vector<MountOptions::Range>& ranges,
                                                    const std::vector<oci::IdMapping>& container,
                                                    const std::string& field)
{
    std::vector<oci::IdMapping> out;
    for (const MountOptions::Range& range : ranges) {
        auto host = range.relative ? hostId(container, range.ids.host) : range.ids.host;
        if (!host)
            return oci::wrongField(field, fmt::format("idmap: {} is no id of the container", range.ids.host));
        out.push_back({range.ids.container, *host, range.ids.size});
    }
    return out;
}

// By the mount's own maps, or by the container's.
static Status mapBind(const PreparedMount& prepared, const oci::Mount& mount, const oci::Config& config,
                      const std::string& field)
{
    const oci::Namespace* user = config.find(oci::NamespaceKind::User);
    UniqueFd map;
    if (!prepared.options.uidMap.empty())
        map = TRYX(userNamespaceOf(TRY(absolute(prepared.options.uidMap, config.linux_.uidMappings, field)),
                                   TRY(absolute(prepared.options.gidMap, config.linux_.gidMappings, field))),
                   field);
    else if (!mount.uidMappings.empty())
        map = TRYX(userNamespaceOf(mount.uidMappings, mount.gidMappings), field + ".uidMappings");
    else if (!config.linux_.uidMappings.empty())
        map = TRY(userNamespaceOf(config.linux_.uidMappings, config.linux_.gidMappings));
    else if (user && !user->path.empty())
        map = TRYX(openFile(user->path, O_RDONLY), field);
    else
        return oci::wrongField(field, "idmap needs uidMappings and gidMappings, or a user namespace");
    TRYX(mapIds(prepared.tree.get(), map.get(), mount.source, prepared.options.mapTree), field);
    return {};
}

static Status prepareBind(PreparedMount& prepared, const oci::Mount& mount, const oci::Config& config,
                          const std::string& field)
{
    UniqueFd source = TRYX(openFile(mount.source, O_PATH), field + ".source");
    struct stat info = {};
    if (::fstat(source.get(), &info) < 0)
        return failErrno(mount.source);
    prepared.directory = S_ISDIR(info.st_mode);
    prepared.tree = TRYX(cloneTree(source.get(), prepared.options.recursiveBind), field + ".source " + mount.source);
    TRY(setPropagation(prepared.tree.get(), initialPropagation(prepared.options.attributes), true, mount.destination));
    if (prepared.options.mapped)
        TRY(mapBind(prepared, mount, config, field));
    return setAttributes(prepared.tree.get(), prepared.options.attributes, mount.destination);
}

// A user namespace that shares the host's network may not mount sysfs; it gets the host's, read-only.
static Result<UniqueFd> hostTree(const char* path)
{
    UniqueFd source = TRY(openFile(path, O_PATH | O_DIRECTORY));
    UniqueFd tree = TRY(cloneTree(source.get(), true));
    TRY(setPropagation(tree.get(), MS_PRIVATE, true, path));
    MountAttributes attributes;
    attributes.setRecursive = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
    TRY(setAttributes(tree.get(), attributes, path));
    return tree;
}

Result<std::vector<PreparedMount>> prepareMounts(const oci::Config& config, bool grouped)
{
    std::vector<PreparedMount> out;
    for (size_t i = 0; i < config.mounts.size(); ++i) {
        const oci::Mount& mount = config.mounts[i];
        std::string field = fmt::format("mounts[{}]", i);
        PreparedMount prepared;
        prepared.index = i;
        prepared.options = TRY(readMountOptions(mount, field));
        if (prepared.options.bind) {
            TRY(prepareBind(prepared, mount, config, field));
        } else if (mount.type.empty()) {
            return oci::wrongField(field + ".type", "must not be empty");
        } else if (mount.type == "sysfs" && (isRootless() || config.find(oci::NamespaceKind::User)) &&
                   !config.find(oci::NamespaceKind::Network)) {
            prepared.tree = TRY(hostTree("/sys"));
            prepared.hostSys = true;
        } else if (isCgroup(mount) && (isRootless() || !grouped)) {
            prepared.tree = TRY(hostTree("/sys/fs/cgroup")); // for when there is no group of the container's own
        }
        out.push_back(std::move(prepared));
    }
    return out;
}

Result<UniqueFd> prepareRoot(const std::string& path)
{
    UniqueFd source = TRYX(openFile(path, O_PATH | O_DIRECTORY), "root.path");
    UniqueFd tree = TRYX(cloneTree(source.get(), true), "root.path");
    TRY(setPropagation(tree.get(), MS_PRIVATE, true, "root.path"));
    return tree;
}

// The kernel keeps /dev, mounted read-only, from getting its nodes; runtimes make it read-only afterwards.
static bool delaysReadonly(const oci::Mount& mount)
{
    return mount.destination == "/dev" || mount.destination == "/dev/";
}

static bool takesContext(const std::string& type)
{
    return type == "tmpfs" || type == "devpts";
}

// mqueue takes no context= (EINVAL), but the label of its root, from which queues get theirs.
static Status labelQueues(int mount, const std::string& label)
{
    UniqueFd root(::openat(mount, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!root || (::fsetxattr(root.get(), "security.selinux", label.data(), label.size(), 0) < 0 && errno != ENOTSUP))
        return failErrno("linux.mountLabel on mqueue");
    return {};
}

static Status attachKernelFs(const oci::Mount& mount, const PreparedMount& prepared, int root, const std::string& label)
{
    bool plain = mount.type == "proc" || mount.type == "sysfs";
    UniqueFd target =
        TRY(plain ? ensurePlainDirectory(root, mount.destination) : ensureDirectory(root, mount.destination));
    if (prepared.hostSys)
        return attachTree(prepared.tree.get(), target.get(), mount.destination);
    MountAttributes attributes = prepared.options.attributes;
    bool late = delaysReadonly(mount) || prepared.options.copyUp;
    if (late)
        attributes.set &= ~static_cast<uint64_t>(MOUNT_ATTR_RDONLY);
    std::string source = mount.source.empty() ? mount.type : mount.source;
    std::vector<FsOption> data = prepared.options.data;
    if (!label.empty() && takesContext(mount.type))
        data.push_back({"context", label, false});
    UniqueFd made = TRY(newFileSystem(mount.type, source, data, attributes.set));
    if (mount.type == "proc" && TRY(fileSystemMagic(made.get())) != PROC_SUPER_MAGIC)
        return fail(Code::Failed, "a new proc is no proc");
    if (prepared.options.copyUp) {
        TRY(copyTree(target.get(), made.get()));
        MountAttributes readonly;
        readonly.set = prepared.options.readonly ? MOUNT_ATTR_RDONLY : 0;
        TRY(setAttributes(made.get(), readonly, mount.destination));
    }
    TRY(attachTree(made.get(), target.get(), mount.destination));
    if (!label.empty() && mount.type == "mqueue")
        TRY(labelQueues(made.get(), label));
    return setPropagation(made.get(), attributes.propagation, attributes.propagationRecursive, mount.destination);
}

static Status attachCgroup(const oci::Mount& mount, const PreparedMount& prepared, int root, const GroupTrees& group)
{
    UniqueFd target = TRY(ensurePlainDirectory(root, mount.destination));
    if (group.trees.empty() && prepared.tree)
        return attachTree(prepared.tree.get(), target.get(), mount.destination);
    if (group.trees.empty())
        return fail(Code::NotSupported, "mounts: a cgroup mount, but this container has no cgroup");
    if (group.unified)
        return attachTree(group.trees.front().second.get(), target.get(), mount.destination);
    uint64_t set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
    UniqueFd base = TRY(newFileSystem("tmpfs", "cgroup", {{"mode", "755", false}, {"size", "64k", false}}, set));
    TRY(attachTree(base.get(), target.get(), mount.destination));
    for (auto& [name, tree] : group.trees) {
        UniqueFd point = TRY(ensureDirectory(base.get(), "/" + name));
        TRY(attachTree(tree.get(), point.get(), mount.destination + "/" + name));
    }
    MountAttributes readonly;
    if (prepared.options.readonly)
        readonly.set = MOUNT_ATTR_RDONLY;
    return setAttributes(base.get(), readonly, mount.destination);
}

static Status attachOne(const oci::Mount& mount, const PreparedMount& prepared, int root, const std::string& label,
                        const std::function<Result<GroupTrees>()>& group)
{
    if (isCgroup(mount) && !prepared.options.bind)
        return attachCgroup(mount, prepared, root, TRY(group()));
    if (!prepared.options.bind)
        return attachKernelFs(mount, prepared, root, label);
    UniqueFd target =
        TRY(prepared.directory ? ensureDirectory(root, mount.destination) : ensureFile(root, mount.destination));
    return attachTree(prepared.tree.get(), target.get(), mount.destination);
}

Status attachMounts(const Plan& plan, int root, const Trace& trace, const std::function<Result<GroupTrees>()>& group)
{
    for (const PreparedMount& prepared : plan.mounts) {
        const oci::Mount& mount = plan.config.mounts[prepared.index];
        int64_t begin = trace.begin();
        auto done = attachOne(mount, prepared, root, plan.config.linux_.mountLabel, group);
        std::string field = trace.on() || !done ? fmt::format("mounts[{}]", prepared.index) : std::string();
        trace.step(begin, "mounts", field,
                   prepared.options.bind ? "open_tree, move_mount" : "fsopen, fsmount, move_mount",
                   done ? 0 : -done.error().systemError, mount.destination);
        TRYX(std::move(done), fmt::format("{} ({})", field, mount.destination));
    }
    return {};
}

Status finishMounts(const Plan& plan, int root)
{
    for (const PreparedMount& prepared : plan.mounts) {
        const oci::Mount& mount = plan.config.mounts[prepared.index];
        if (prepared.options.bind || !delaysReadonly(mount) || !prepared.options.readonly)
            continue;
        UniqueFd target = TRY(lookUp(root, mount.destination));
        MountAttributes readonly;
        readonly.set = MOUNT_ATTR_RDONLY;
        TRY(setAttributes(target.get(), readonly, mount.destination));
    }
    return {};
}

static bool isMissing(const Error& error)
{
    return error.systemError == ENOENT || error.systemError == ENOTDIR;
}

static Status maskPath(int root, const std::string& path, int nullDevice, UniqueFd& emptyDirectory)
{
    auto target = lookUp(root, path);
    if (!target)
        return isMissing(target.error()) ? Status() : Status(tl::unexpected<Error>(target.error()));
    struct stat info = {};
    if (::fstat(target->get(), &info) < 0)
        return failErrno(path);
    if (!S_ISDIR(info.st_mode)) {
        UniqueFd tree = TRY(cloneTree(nullDevice, false));
        return attachTree(tree.get(), target->get(), path);
    }
    if (emptyDirectory) {
        // Attached by now, so it can be cloned: one empty file system hides all directories.
        UniqueFd tree = TRY(cloneTree(emptyDirectory.get(), false));
        return attachTree(tree.get(), target->get(), path);
    }
    uint64_t set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
    emptyDirectory = TRY(newFileSystem("tmpfs", "tmpfs", {{"size", "0", false}, {"nr_inodes", "1", false}}, set));
    return attachTree(emptyDirectory.get(), target->get(), path);
}

static Status makeReadonly(int root, const std::string& path)
{
    auto target = lookUp(root, path);
    if (!target)
        return isMissing(target.error()) ? Status() : Status(tl::unexpected<Error>(target.error()));
    UniqueFd tree = TRY(cloneTree(target->get(), true));
    MountAttributes readonly;
    readonly.setRecursive = MOUNT_ATTR_RDONLY;
    TRY(setAttributes(tree.get(), readonly, path));
    return attachTree(tree.get(), target->get(), path);
}

Status hidePaths(const Plan& plan, int root, int nullDevice)
{
    UniqueFd emptyDirectory;
    // Read-only first: a clone of /proc/sys made afterwards would not carry the masks below it, and hide them.
    for (const std::string& path : plan.config.linux_.readonlyPaths)
        TRYX(makeReadonly(root, path), fmt::format("linux.readonlyPaths {}", path));
    for (const std::string& path : plan.config.linux_.maskedPaths)
        TRYX(maskPath(root, path, nullDevice, emptyDirectory), fmt::format("linux.maskedPaths {}", path));
    return {};
}

} // namespace diptych::runtime
