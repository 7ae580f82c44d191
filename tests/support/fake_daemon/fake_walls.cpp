// Invented answers of a copy without some walls, in the shape of diptych-guest's: what holds each attempt back is in
// the table, and it is possible once all of that is down.
#include "support/fake_daemon/fake_driver.h"

#include <algorithm>

namespace diptych::fake {

namespace {

constexpr const char* wallNames[] = {"processes", "network", "hostname",     "ipc",     "cgroup", "users",
                                     "seccomp",   "masks",   "capabilities", "devices", "files"};

struct Held
{
    const char* name;
    std::vector<std::string> by; ///< empty: by nothing
    const char *call, *error, *allowed, *seen, *reach;
};

/// In a machine, all but what reaches its host is its own to do.
const std::vector<Held>& machineAttempts()
{
    static const std::vector<Held> all = {
        {"reachHost", {"networkCard"}, "connect(192.168.122.1:53)", "ENETUNREACH", "", "", "host"},
        {"seeNeighbours", {"networkCard"}, "/proc/net/arp", "", "", "1: 192.168.122.1 52:54:00:5d:11:0a", "host"},
        {"findWayOut", {"networkCard"}, "connect(192.0.2.1, SOCK_DGRAM)", "ENETUNREACH", "", "", "host"},
        {"readHostFile",
         {"hostFile"},
         "read(/dev/vdb)",
         "ENOENT",
         "",
         "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"",
         "host"},
        {"readPackets", {}, "socket(AF_PACKET, SOCK_RAW)", "", "", "", "own"},
        {"readKernelMemory", {}, "open(/proc/kcore, O_RDONLY)", "", "", "", "own"},
    };
    return all;
}

const std::vector<Held>& attempts()
{
    static const std::vector<Held> all = {
        {"seeProcesses", {"processes"}, "readdir(/proc)", "", "", "312: systemd, kthreadd, sshd, libvirtd, …", "host"},
        {"signalProcess", {"processes", "users"}, "kill(1, 0)", "EPERM", "", "", "host"},
        {"readMemory", {"processes", "users", "capabilities"}, "open(/proc/1/mem, O_RDONLY)", "EACCES", "", "", "host"},
        {"beRoot", {"users"}, "/proc/self/uid_map", "", "", "0 = 0", "host"},
        {"traceOwn", {"seccomp"}, "ptrace(PTRACE_SEIZE)", "EPERM", "", "", "kernel"},
        {"seeHostName", {"hostname"}, "uname()", "", "", "workstation", "host"},
        {"setHostName", {"capabilities"}, "sethostname(…, 65)", "EPERM", "EINVAL", "", "own"},
        {"seeIpc", {"ipc"}, "/proc/sysvipc", "", "", "2", "host"},
        {"seeGroup", {"cgroup"}, "/proc/self/cgroup", "", "", "/diptych/5f0c1c1e", "host"},
        {"setClock", {"users", "capabilities", "seccomp"}, "adjtimex(ADJ_TICK, 0)", "EPERM", "EINVAL", "", "host"},
        {"readKernelLog", {"seccomp"}, "syslog(READ_ALL)", "EPERM", "", "4067 B", "host"},
        {"loadModule", {"users", "capabilities", "seccomp"}, "init_module(0 B)", "EPERM", "ENOEXEC", "", "host"},
        {"restart", {"capabilities", "seccomp"}, "reboot(0, 0, 0)", "EPERM", "EINVAL", "", "own"},
        {"readHidden", {"masks"}, "read(/proc/interrupts, …)", "", "", "2: /proc/interrupts, /sys/firmware", "host"},
        {"changeKernelSetting",
         {"masks", "users"},
         "open(/proc/sys/kernel/core_pattern, O_WRONLY)",
         "EROFS",
         "",
         "",
         "host"},
        {"makeDevice", {"users", "capabilities"}, "mknod(S_IFCHR, 1:3)", "EPERM", "", "", "host"},
        {"openDevice", {"users", "capabilities", "devices"}, "mknod(1:11), open(O_RDONLY)", "EPERM", "", "", "host"},
        {"seeHostFiles", {"files"}, "readdir(/host)", "ENOENT", "", "24: bin, boot, dev, etc, home, lib, …", "host"},
        {"openHostSecrets", {"files", "users"}, "open(/host/etc/shadow, O_RDONLY)", "EACCES", "", "", "host"},
        {"seeInterfaces", {"network"}, "if_nameindex()", "", "", "4: lo, enp3s0, virbr0, vnet3", "host"},
        {"seeListeners", {"network"}, "/proc/net/tcp", "", "", "14", "host"},
        {"changeRoutes", {"capabilities"}, "ioctl(SIOCADDRT)", "EPERM", "EAFNOSUPPORT", "", "own"},
        {"readPackets", {}, "socket(AF_PACKET, SOCK_RAW)", "", "", "", "own"},
        {"mount", {"capabilities", "seccomp"}, "mount(tmpfs)", "EPERM", "", "", "kernel"},
        {"makeUserNamespace", {"seccomp"}, "unshare(CLONE_NEWUSER)", "EPERM", "", "", "kernel"},
        {"useKeyrings", {"seccomp"}, "keyctl(GET_KEYRING_ID)", "EPERM", "", "", "kernel"},
        {"useIoUring", {"seccomp"}, "io_uring_setup(1)", "EPERM", "", "", "kernel"},
    };
    return all;
}

Json answers(const std::vector<std::string>& down, Kind kind)
{
    Json list = Json::array();
    for (const Held& one : kind == Kind::Machine ? machineAttempts() : attempts()) {
        bool possible = std::all_of(one.by.begin(), one.by.end(), [&](const std::string& wall) {
            return std::find(down.begin(), down.end(), wall) != down.end();
        });
        // Rights over a network are its owner's: in the host's there are none.
        if (one.by.empty())
            possible = std::find(down.begin(), down.end(), "network") == down.end();
        list.push_back({{"name", one.name},
                        {"possible", possible},
                        {"error", possible         ? one.allowed
                                  : one.by.empty() ? "EPERM"
                                                   : one.error},
                        {"call", one.call},
                        {"seen", possible ? one.seen : ""},
                        {"reach", one.reach}});
    }
    return list;
}

} // namespace

Result<std::vector<WallChoice>> FakeDriver::walls(const std::string& id)
{
    const Instance instance = TRY(describe(id));
    std::vector<WallChoice> walls;
    if (m_kind == Kind::Machine)
        return std::vector<WallChoice>{
            {"networkCard", ""}, {"hostFile", ""}, {"ownKernel", "without it, it would be a container"}};
    for (const char* name : wallNames)
        walls.push_back({name, std::string(name) == "network" && instance.spec.network.mode == NetworkMode::Host
                                   ? "it shares the host's network: there is no such wall"
                                   : ""});
    return walls;
}

Result<Json> FakeDriver::takeDown(const std::string& id, const std::string& copy, const std::vector<std::string>& walls,
                                  Progress& progress)
{
    TRY(describe(id));
    if (walls.empty())
        return failField("walls", "walls: none was chosen");
    TRY(work(progress, {"copyWhole", "attempts", "copyOpen", "attempts"}));
    return Json{{"pid", 4711},
                {"cgroup", "/diptych/" + copy},
                {"with", answers({}, m_kind)},
                {"without", answers(walls, m_kind)}};
}

} // namespace diptych::fake
