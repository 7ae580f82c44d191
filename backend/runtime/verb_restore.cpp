#include "base/files.h"
#include "runtime/criu.h"
#include "runtime/groups.h"
#include "runtime/process.h"
#include "runtime/resources.h"
#include "runtime/terminal.h"
#include "runtime/verbs.h"

#include <charconv>
#include <csignal>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::runtime {

namespace {
struct Restored
{
    pid_t pid = 0;
    UniqueFd process;
};
} // namespace

// CRIU makes the container's mounts below a mount point. In a namespace of our own: nothing of it reaches the host.
static Status prepareRoot(const std::string& rootfs)
{
    if (::unshare(CLONE_NEWNS) < 0)
        return failErrno("new mount namespace");
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) < 0)
        return failErrno("make the host's mounts private");
    if (::mount(rootfs.c_str(), rootfs.c_str(), nullptr, MS_BIND | MS_REC, nullptr) < 0)
        return failErrno("root.path");
    return {};
}

static Status makeGroup(Record& record, const oci::Config& config)
{
    record.cgroup = TRY(cgroupPath(config.linux_.cgroupsPath, record.id));
    cgroups::Hierarchies hierarchies = TRY(cgroups::findHierarchies());
    auto group = TRYX(cgroups::Cgroup::create(hierarchies, record.cgroup), "linux.cgroupsPath");
    oci::Resources resources = config.linux_.resources.value_or(oci::Resources{});
    cgroups::Resources limits = resourcesFrom(resources);
    limits.devices = deviceRules(resources.devices);
    TRY(checkUnused(group, record));
    record.cgroupDirectories = group.directories();
    return group.apply(limits);
}

static Result<Restored> restoreHere(const Global& global, const Arguments& arguments, const Store& store,
                                    Record& record, const oci::Config& config)
{
    std::vector<std::string> words = TRY(criuArguments(global.criu, "restore", arguments));
    TRY(makeGroup(record, config));
    TRY(prepareRoot(record.rootfs));
    std::string pidFile = store.directory(record.id) + "/restored.pid";
    for (const std::string& word :
         {std::string("--restore-detached"), std::string("--pidfile"), pidFile, std::string("--root"), record.rootfs})
        words.push_back(word);
    for (const ExternalMount& mount : externalMounts(config))
        words.push_back(fmt::format("--external=mnt[{}]:{}", mount.destination, mount.source));
    // What it restores becomes a child of ours when it has gone.
    (void)::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    TRY(runCriu(words, criuWorkPath(arguments) + "/restore.log"));
    std::string text = TRY(readFile(pidFile));
    Restored out;
    std::from_chars(text.data(), text.data() + text.size(), out.pid);
    out.process.reset(static_cast<int>(::syscall(SYS_pidfd_open, out.pid, 0)));
    if (!out.process)
        return failErrno("the restored process");
    record.pid = out.pid;
    record.startTime = TRY(identify(out.pid)).startTime;
    record.complete = true;
    TRY(store.write(record));
    TRY(writePidFile(arguments.value("pid-file"), out.pid));
    return out;
}

Result<int> restore(const Global& global, const Arguments& arguments)
{
    Store store(global.root);
    CreateOptions options;
    options.id = TRY(containerId(arguments));
    options.bundle = arguments.value("bundle");
    if (arguments.has("console-socket"))
        return fail(Code::NotSupported, "--console-socket: a restored terminal is the caller's, by --shell-job");
    Described described = TRY(describeContainer(options));
    if (!described.config.annotation("org.diptych.overlay.lower").empty())
        return fail(Code::NotSupported, "annotations: a container on an overlay can't be restored");
    Record& record = described.record;
    TRY(store.claim(record.id));
    TRY(store.write(record));
    auto restored = restoreHere(global, arguments, store, record, described.config);
    if (restored)
        if (auto written = writeConfig(store, record.id, described.text); !written)
            restored = tl::unexpected<Error>(written.error());
    if (!restored) {
        (void)destroy(store, record);
        return tl::unexpected<Error>(restored.error());
    }
    if (arguments.has("detach"))
        return 0;
    int status = TRY(waitForeground(restored->pid, restored->process.get(), -1));
    TRY(destroy(store, record));
    return status;
}

} // namespace diptych::runtime
