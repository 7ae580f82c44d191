#include "containers/bundle.h"

#include "base/files.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych::containers {

namespace {

// What programs written for containers expect of root. Left out of the usual fourteen: MKNOD and AUDIT_WRITE do nothing
// in a user namespace. NET_RAW stays for ping: a virtual machine beside it on the bridge can send any frame as well.
constexpr std::array capabilities{"CAP_CHOWN",  "CAP_DAC_OVERRIDE",     "CAP_FOWNER",  "CAP_FSETID",
                                  "CAP_KILL",   "CAP_NET_BIND_SERVICE", "CAP_NET_RAW", "CAP_SETFCAP",
                                  "CAP_SETGID", "CAP_SETPCAP",          "CAP_SETUID",  "CAP_SYS_CHROOT"};

// Files that tell about the host or reach its devices whatever the namespace.
constexpr std::array maskedPaths{"/proc/acpi",
                                 "/proc/asound",
                                 "/proc/interrupts",
                                 "/proc/kcore",
                                 "/proc/keys",
                                 "/proc/latency_stats",
                                 "/proc/sched_debug",
                                 "/proc/scsi",
                                 "/proc/timer_list",
                                 "/proc/timer_stats",
                                 "/sys/devices/virtual/powercap",
                                 "/sys/firmware"};
constexpr std::array readonlyPaths{"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"};

Json mount(const char* target, const char* type, const std::string& source, std::vector<std::string> options)
{
    return {{"destination", target}, {"type", type}, {"source", source}, {"options", std::move(options)}};
}

Json mounts(const Record& r, const std::string& directory)
{
    Json all = {mount("/proc", "proc", "proc", {"nosuid", "noexec", "nodev"}),
                mount("/dev", "tmpfs", "tmpfs", {"nosuid", "strictatime", "mode=755", "size=65536k"}),
                mount("/dev/pts", "devpts", "devpts",
                      {"nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"}),
                mount("/dev/shm", "tmpfs", "shm", {"nosuid", "noexec", "nodev", "mode=1777", "size=65536k"}),
                mount("/dev/mqueue", "mqueue", "mqueue", {"nosuid", "noexec", "nodev"})};
    // The kernel gives a sysfs only to the owner of the network namespace it would show. With the host's network there
    // is an empty directory instead: the host's own /sys would show far more than its network.
    if (r.spec.network.mode == NetworkMode::Host) {
        all.push_back(mount("/sys", "tmpfs", "tmpfs", {"nosuid", "noexec", "nodev", "ro", "mode=755", "size=4k"}));
    } else {
        all.push_back(mount("/sys", "sysfs", "sysfs", {"nosuid", "noexec", "nodev", "ro"}));
        all.push_back(mount("/sys/fs/cgroup", "cgroup", "cgroup", {"nosuid", "noexec", "nodev", "relatime", "ro"}));
    }
    for (const char* name : {"hosts", "hostname", "resolv.conf"})
        all.push_back(mount(fmt::format("/etc/{}", name).c_str(), "bind", directory + "/" + name,
                            {"bind", "nosuid", "nodev", "noexec"}));
    return all;
}

Json resources(const Limits& limits)
{
    Json devices = {{{"allow", false}, {"access", "rwm"}}};
    // null zero full tty random urandom ptmx console, and the pseudo terminals.
    for (auto [major, minor] : {std::pair{1, 3}, {1, 5}, {1, 7}, {5, 0}, {1, 8}, {1, 9}, {5, 2}, {5, 1}})
        devices.push_back({{"allow", true}, {"type", "c"}, {"major", major}, {"minor", minor}, {"access", "rwm"}});
    devices.push_back({{"allow", true}, {"type", "c"}, {"major", 136}, {"access", "rwm"}});
    Json json = {{"devices", std::move(devices)}};
    if (limits.cpus > 0)
        json["cpu"] = {{"period", 100000}, {"quota", static_cast<int64_t>(std::llround(limits.cpus * 100000))}};
    if (limits.memory > 0) // memory and swap together: no swap beyond the limit
        json["memory"] = {{"limit", limits.memory}, {"swap", limits.memory}};
    if (limits.pids > 0)
        json["pids"] = {{"limit", limits.pids}};
    return json;
}

Json process(const Record& r)
{
    Json caps = Json::object();
    for (const char* set : {"bounding", "effective", "permitted"})
        caps[set] = capabilities;
    caps["inheritable"] = Json::array(); // a non-empty one is how a program without rights got some: CVE-2022-24769
    caps["ambient"] = Json::array();
    std::vector<std::string> environment = r.process.environment;
    auto names = [&](std::string_view name) {
        return std::any_of(environment.begin(), environment.end(), [&](const auto& v) { return v.starts_with(name); });
    };
    if (r.spec.terminal && !names("TERM="))
        environment.push_back("TERM=xterm-256color");
    environment.push_back("HOSTNAME=" + r.spec.name);
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    rlim_t hard = std::min<rlim_t>(files.rlim_max, 524288);
    // The helper may be the last to be killed when memory ends; what it starts must not inherit that. Going below what
    // the helper has would need CAP_SYS_RESOURCE.
    int oomScore = std::max(0, std::atoi(readFile("/proc/self/oom_score_adj").value_or("0").c_str()));
    return {{"terminal", r.spec.terminal},
            {"user", {{"uid", r.process.uid}, {"gid", r.process.gid}, {"additionalGids", r.process.groups}}},
            {"args", r.process.arguments},
            {"env", std::move(environment)},
            {"cwd", r.process.workingDirectory},
            {"capabilities", std::move(caps)},
            {"rlimits", {{{"type", "RLIMIT_NOFILE"}, {"soft", std::min<rlim_t>(1024, hard)}, {"hard", hard}}}},
            {"oomScoreAdj", oomScore},
            {"noNewPrivileges", true}};
}

std::string joined(const std::vector<std::string>& paths)
{
    return fmt::format("{}", fmt::join(paths, ":"));
}

Json linux_(const Record& r, const Paths& paths, const Json& seccomp)
{
    Json namespaces = Json::array();
    for (const char* type : {"pid", "mount", "ipc", "uts", "user", "cgroup", "time"})
        namespaces.push_back({{"type", type}});
    if (r.spec.network.mode != NetworkMode::Host)
        namespaces.push_back({{"type", "network"}});
    Json map = {{{"containerID", 0}, {"hostID", r.idBase}, {"size", idCount}}};
    Json json = {{"namespaces", std::move(namespaces)},
                 {"uidMappings", map},
                 {"gidMappings", map},
                 {"cgroupsPath", paths.cgroup + "/" + r.id},
                 {"resources", resources(r.spec.limits)},
                 {"maskedPaths", maskedPaths},
                 {"readonlyPaths", readonlyPaths}};
    if (r.spec.network.mode != NetworkMode::Host) // ping for others than root
        json["sysctl"] = {{"net.ipv4.ping_group_range", "0 65535"}};
    if (!seccomp.is_null())
        json["seccomp"] = seccomp;
    return json;
}

// The container's root owns them: it may edit its own hosts file. Never read on the host.
Status writeOwned(const std::string& path, const std::string& text, uint32_t owner)
{
    TRY(writeFileAtomic(path, text, 0644));
    if (::chown(path.c_str(), owner, owner) < 0)
        return failErrno(path);
    return {};
}

Status makeOwned(const std::string& path, mode_t mode, uint32_t owner)
{
    if (::mkdir(path.c_str(), mode) < 0 && errno != EEXIST)
        return failErrno(path);
    if (::chown(path.c_str(), owner, owner) < 0 || ::chmod(path.c_str(), mode) < 0)
        return failErrno(path);
    return {};
}

std::string resolvConf(const Record& r)
{
    if (!r.link.gateway.empty())
        return "nameserver " + r.link.gateway + "\n";
    return r.spec.network.mode == NetworkMode::Host ? readFile("/etc/resolv.conf", 65536).value_or("") : std::string();
}

} // namespace

Json bundleConfig(const Record& r, const Paths& paths, const Json& seccomp)
{
    std::string directory = paths.instance(r.id);
    Json annotations = {{"org.diptych.name", r.spec.name}, {"org.diptych.image", r.spec.image}};
    if (!r.lower.empty()) {
        annotations["org.diptych.overlay.lower"] = joined(r.lower);
        annotations["org.diptych.overlay.upper"] = directory + "/upper";
        annotations["org.diptych.overlay.work"] = directory + "/work";
    }
    return {{"ociVersion", "1.1.0"},
            {"root", {{"path", "rootfs"}, {"readonly", false}}},
            {"hostname", r.spec.name},
            {"process", process(r)},
            {"mounts", mounts(r, directory)},
            {"linux", linux_(r, paths, seccomp)},
            {"annotations", std::move(annotations)}};
}

Result<Json> loadSeccomp(const Paths& paths)
{
    std::string path = paths.data + "/seccomp/default.json";
    std::string text = TRYX(readFile(path), "the profile that filters system calls");
    return TRYX(parseJson(text), path);
}

Status writeBundle(const Record& r, const Paths& paths)
{
    std::string directory = paths.instance(r.id);
    Json seccomp = TRY(loadSeccomp(paths));
    TRY(makeDirectories(directory + "/rootfs"));
    // Overlay takes the root's own mode and owner from upper.
    if (!r.lower.empty()) {
        TRY(makeOwned(directory + "/upper", 0755, r.idBase));
        TRY(makeOwned(directory + "/work", 0700, r.idBase));
    }
    std::string address = r.link.address.empty() ? "127.0.1.1" : r.link.address;
    TRY(writeOwned(directory + "/hosts",
                   fmt::format("127.0.0.1 localhost\n::1 localhost ip6-localhost\n{} {}\n", address, r.spec.name),
                   r.idBase));
    TRY(writeOwned(directory + "/hostname", r.spec.name + "\n", r.idBase));
    TRY(writeOwned(directory + "/resolv.conf", resolvConf(r), r.idBase));
    return writeFileAtomic(directory + "/config.json", dumpJson(bundleConfig(r, paths, seccomp), 2));
}

} // namespace diptych::containers
