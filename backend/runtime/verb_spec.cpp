#include "base/files.h"
#include "cgroups/cgroup.h"
#include "runtime/verbs.h"

#include <fcntl.h>
#include <unistd.h>

namespace diptych::runtime {

static Json mounts()
{
    auto mount = [](const char* destination, const char* type, const char* source, std::vector<std::string> options) {
        return Json{{"destination", destination}, {"type", type}, {"source", source}, {"options", std::move(options)}};
    };
    return Json::array({mount("/proc", "proc", "proc", {"nosuid", "noexec", "nodev"}),
                        mount("/dev", "tmpfs", "tmpfs", {"nosuid", "strictatime", "mode=755", "size=65536k"}),
                        mount("/dev/pts", "devpts", "devpts",
                              {"nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"}),
                        mount("/dev/shm", "tmpfs", "shm", {"nosuid", "noexec", "nodev", "mode=1777", "size=65536k"}),
                        mount("/dev/mqueue", "mqueue", "mqueue", {"nosuid", "noexec", "nodev"}),
                        mount("/sys", "sysfs", "sysfs", {"nosuid", "noexec", "nodev", "ro"}),
                        mount("/sys/fs/cgroup", "cgroup", "cgroup", {"nosuid", "noexec", "nodev", "relatime", "ro"})});
}

static Json process()
{
    Json few = {"CAP_AUDIT_WRITE", "CAP_KILL", "CAP_NET_BIND_SERVICE"};
    Json limit = {{"type", "RLIMIT_NOFILE"}, {"hard", 1024}, {"soft", 1024}};
    return {{"terminal", true},
            {"user", {{"uid", 0}, {"gid", 0}}},
            {"args", {"sh"}},
            {"env", {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM=xterm"}},
            {"cwd", "/"},
            {"capabilities", {{"bounding", few}, {"effective", few}, {"permitted", few}}},
            {"rlimits", Json::array({limit})},
            {"noNewPrivileges", true}};
}

// What a user can do without root: the caller's own id is all there is inside, the network stays the host's (nobody
// could give it another), its /sys therefore too, and no limits.
static void makeRootless(Json& config, Json& namespaces)
{
    namespaces.erase(1); // network
    namespaces.push_back({{"type", "user"}});
    config["linux"]["uidMappings"] = Json::array({{{"containerID", 0}, {"hostID", ::geteuid()}, {"size", 1}}});
    config["linux"]["gidMappings"] = Json::array({{{"containerID", 0}, {"hostID", ::getegid()}, {"size", 1}}});
    config["linux"].erase("resources");
    Json mounts = Json::array();
    for (Json mount : config["mounts"]) {
        if (mount["destination"] == "/sys/fs/cgroup")
            continue; // comes with /sys
        if (mount["destination"] == "/dev/pts")
            mount["options"].erase(mount["options"].size() - 1); // the group of terminals has no number inside
        if (mount["destination"] == "/sys")
            mount = {{"destination", "/sys"},
                     {"type", "none"},
                     {"source", "/sys"},
                     {"options", {"rbind", "nosuid", "noexec", "nodev", "ro"}}};
        mounts.push_back(std::move(mount));
    }
    config["mounts"] = std::move(mounts);
}

Result<int> spec(const Global&, const Arguments& arguments)
{
    Json namespaces = Json::array();
    for (const char* kind : {"pid", "network", "ipc", "uts", "mount"})
        namespaces.push_back({{"type", kind}});
    // As runc and crun: on v1 programs look for their group's path, and find it where there is no such namespace.
    if (auto hierarchies = cgroups::findHierarchies(); hierarchies && hierarchies->mode == cgroups::Mode::Unified)
        namespaces.push_back({{"type", "cgroup"}});
    Json config = {{"ociVersion", oci::specVersion},
                   {"process", process()},
                   {"root", {{"path", "rootfs"}, {"readonly", true}}},
                   {"hostname", "container"},
                   {"mounts", mounts()},
                   {"linux",
                    {{"resources", {{"devices", Json::array({{{"allow", false}, {"access", "rwm"}}})}}},
                     {"maskedPaths",
                      {"/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
                       "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/sys/firmware", "/proc/scsi"}},
                     {"readonlyPaths", {"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"}}}}};
    if (arguments.has("rootless"))
        makeRootless(config, namespaces);
    config["linux"]["namespaces"] = namespaces;
    std::string path = arguments.value("file", arguments.value("bundle", ".") + "/config.json");
    UniqueFd file = TRYX(openFile(path, O_WRONLY | O_CREAT | O_EXCL, 0644), "spec");
    TRY(writeAll(file.get(), dumpJson(config, 2) + "\n"));
    return 0;
}

} // namespace diptych::runtime
