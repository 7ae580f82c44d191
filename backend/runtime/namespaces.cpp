#include "runtime/namespaces.h"

#include "base/files.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <linux/nsfs.h>
#include <linux/sched.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace diptych::runtime {

namespace {
struct KindInfo
{
    unsigned flag;
    const char* file; ///< in /proc/PID/ns
};
} // namespace

// In the order of oci::NamespaceKind.
static constexpr std::array<KindInfo, oci::namespaceKinds> infos = {{{CLONE_NEWPID, "pid"},
                                                                     {CLONE_NEWNET, "net"},
                                                                     {CLONE_NEWNS, "mnt"},
                                                                     {CLONE_NEWIPC, "ipc"},
                                                                     {CLONE_NEWUTS, "uts"},
                                                                     {CLONE_NEWUSER, "user"},
                                                                     {CLONE_NEWCGROUP, "cgroup"},
                                                                     {CLONE_NEWTIME, "time"}}};

unsigned cloneFlag(oci::NamespaceKind kind)
{
    return infos[static_cast<size_t>(kind)].flag;
}

Result<Spawned> spawn(uint64_t flags, int cgroup, const std::function<void()>& child)
{
    int pidfd = -1;
    clone_args args = {};
    args.flags = flags | CLONE_PIDFD;
    args.pidfd = reinterpret_cast<uint64_t>(&pidfd);
    // A sibling (CLONE_PARENT) inherits the caller's exit signal.
    args.exit_signal = (flags & CLONE_PARENT) ? 0 : SIGCHLD;
    if (cgroup >= 0) {
        args.flags |= CLONE_INTO_CGROUP;
        args.cgroup = static_cast<uint64_t>(cgroup);
    }
    long pid = ::syscall(SYS_clone3, &args, sizeof args);
    if (pid < 0)
        return failErrno("clone3");
    if (pid == 0) {
        child();
        ::_exit(127);
    }
    return Spawned{static_cast<pid_t>(pid), UniqueFd(pidfd)};
}

Result<ChildrenIn> ChildrenIn::pidNamespace(int fd)
{
    ChildrenIn in;
    in.m_home = TRY(openFile("/proc/self/ns/pid", O_RDONLY));
    in.m_flag = CLONE_NEWPID;
    if (::setns(fd, CLONE_NEWPID) < 0)
        return failErrno("join the pid namespace");
    return in;
}

Status newClocks(const oci::TimeOffsets& offsets)
{
    if (::unshare(CLONE_NEWTIME) < 0)
        return failErrno("new time namespace");
    // The offsets are fixed by the first process inside: they are written before there is one.
    std::string text;
    for (auto& [clock, offset] : offsets)
        text += fmt::format("{} {} {}\n", clock, offset.first, offset.second);
    if (!text.empty())
        TRYX(writeFile("/proc/self/timens_offsets", text), "linux.timeOffsets");
    return {};
}

Result<ChildrenIn> ChildrenIn::newTime(const oci::TimeOffsets& offsets)
{
    ChildrenIn in;
    in.m_home = TRY(openFile("/proc/self/ns/time", O_RDONLY));
    in.m_flag = CLONE_NEWTIME;
    TRY(newClocks(offsets));
    return in;
}

ChildrenIn::~ChildrenIn()
{
    if (m_home)
        (void)::setns(m_home.get(), m_flag);
}

static std::string mapText(const std::vector<oci::IdMapping>& mappings)
{
    std::string text;
    for (const oci::IdMapping& m : mappings)
        text += fmt::format("{} {} {}\n", m.container, m.host, m.size);
    return text;
}

Status writeMaps(pid_t pid, const std::vector<oci::IdMapping>& uids, const std::vector<oci::IdMapping>& gids)
{
    TRYX(writeFile(fmt::format("/proc/{}/gid_map", pid), mapText(gids)), "linux.gidMappings");
    TRYX(writeFile(fmt::format("/proc/{}/uid_map", pid), mapText(uids)), "linux.uidMappings");
    return {};
}

std::optional<uint32_t> hostId(const std::vector<oci::IdMapping>& maps, uint32_t id)
{
    for (const oci::IdMapping& m : maps)
        if (id >= m.container && id - m.container < m.size)
            return m.host + (id - m.container);
    return std::nullopt;
}

Result<UniqueFd> userNamespaceOf(const std::vector<oci::IdMapping>& uids, const std::vector<oci::IdMapping>& gids)
{
    // It waits to be killed: a namespace is there as long as a process or a descriptor is.
    Spawned holder = TRY(spawn(CLONE_NEWUSER, -1, [] {
        (void)::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
        for (;;)
            ::pause();
    }));
    auto opened = [&]() -> Result<UniqueFd> {
        TRY(writeMaps(holder.pid, uids, gids));
        return openFile(fmt::format("/proc/{}/ns/user", holder.pid), O_RDONLY);
    }();
    (void)::kill(holder.pid, SIGKILL); // ours and not yet waited for: nobody else has this number
    while (::waitpid(holder.pid, nullptr, __WALL) < 0 && errno == EINTR) {
    }
    return opened;
}

Result<std::vector<JoinedNamespace>> openJoined(const oci::Config& config)
{
    std::vector<JoinedNamespace> out;
    for (const oci::Namespace& ns : config.linux_.namespaces) {
        if (ns.path.empty())
            continue;
        std::string field = fmt::format("linux.namespaces {}", toString(ns.kind));
        UniqueFd fd = TRYX(openFile(ns.path, O_RDONLY | O_NONBLOCK), field);
        int type = ::ioctl(fd.get(), NS_GET_NSTYPE);
        if (type < 0 || static_cast<unsigned>(type) != cloneFlag(ns.kind))
            return oci::wrongField(field, fmt::format("{} is not such a namespace", ns.path));
        out.push_back({ns.kind, std::move(fd)});
    }
    return out;
}

Result<unsigned> differingNamespaces(pid_t pid)
{
    unsigned flags = 0;
    for (const KindInfo& info : infos) {
        struct stat ours = {}, theirs = {};
        if (::stat(fmt::format("/proc/self/ns/{}", info.file).c_str(), &ours) < 0)
            continue; // this kernel has no such kind
        if (::stat(fmt::format("/proc/{}/ns/{}", pid, info.file).c_str(), &theirs) < 0)
            return failErrno(fmt::format("namespaces of process {}", pid));
        if (ours.st_ino != theirs.st_ino || ours.st_dev != theirs.st_dev)
            flags |= info.flag;
    }
    return flags;
}

Status raiseLoopback()
{
    UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq request = {};
    std::strcpy(request.ifr_name, "lo");
    request.ifr_flags = IFF_UP | IFF_LOOPBACK | IFF_RUNNING;
    if (!socket || ::ioctl(socket.get(), SIOCSIFFLAGS, &request) < 0)
        return failErrno("raise the loopback interface");
    return {};
}

} // namespace diptych::runtime
