#include "runtime/child.h"

#include "base/files.h"
#include "oci/state.h"
#include "runtime/channel.h"
#include "runtime/devices.h"
#include "runtime/executable.h"
#include "runtime/hooks.h"
#include "runtime/identity.h"
#include "runtime/mounts.h"
#include "runtime/namespaces.h"
#include "runtime/process.h"
#include "runtime/rootpath.h"
#include "runtime/sysctl.h"
#include "runtime/terminal.h"

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <grp.h>
#include <linux/keyctl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::runtime {

namespace {

class Child final
{
public:
    Child(Plan& plan, UniqueFd channel)
        : m_plan(plan),
          m_channel(std::move(channel)),
          m_trace(plan.traced ? Trace::toChannel(m_channel.get()) : Trace())
    {
    }
    Status prepare();
    Status secondClone(uint64_t flags);
    Status run();
    [[nodiscard]] int channel() const { return m_channel.get(); }

private:
    Status expect(Message kind, Envelope* out = nullptr);
    Status becomeRootInside();
    Status takeMaps();
    Result<GroupTrees> awaitGroup();
    Status joinNamespaces();
    Status enterContainer();
    Status execTerminal();
    Status setNames();
    Status buildRoot();
    Status populate(int root, int nullDevice);
    Status makeTerminal(int root, bool console);
    Status createHooks();
    Status pivot(int root);
    Status newKeyring();
    Status awaitStart();
    Status awaitConnection();
    Status becomeProgram();
    void takeStdio();
    Status closeOthers();

    Plan& m_plan;
    UniqueFd m_channel;
    Trace m_trace;
    GroupTrees m_group;
    bool m_grouped = false;
    std::string m_program;
};

} // namespace

// Dies with its parent until the state is on disk: a killed runtime leaves no process that nobody knows. Changing ids
// clears this (prctl(2)), so it is said again then.
static Status dieWithParent(bool on)
{
    if (::prctl(PR_SET_PDEATHSIG, on ? SIGKILL : 0, 0, 0, 0) < 0)
        return failErrno("PR_SET_PDEATHSIG");
    return {};
}

Status Child::prepare()
{
    resetSignals();
    TRY(dieWithParent(true));
    // From here on /proc/PID of this process (its memory, descriptors, exe) is closed to whoever is in the container.
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
        return failErrno("PR_SET_DUMPABLE");
    ::umask(022);
    if (::setsid() < 0 && errno != EPERM)
        return failErrno("setsid");
    return {};
}

Status Child::expect(Message kind, Envelope* out)
{
    Envelope envelope = TRY(receiveMessage(m_channel.get()));
    // The runtime is gone or gave up: so do we.
    if (envelope.kind == Message::Closed)
        ::_exit(1);
    if (envelope.kind != kind)
        return fail(Code::Failed, "unexpected message from the runtime");
    if (out)
        *out = std::move(envelope);
    return {};
}

Status Child::becomeRootInside()
{
    // The ids this process came with are nobody's inside.
    if (::setresgid(0, 0, 0) < 0 || ::setresuid(0, 0, 0) < 0)
        return failErrno("become root of the user namespace");
    TRY(dieWithParent(true));
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
        return failErrno("PR_SET_DUMPABLE");
    return {};
}

Status Child::takeMaps()
{
    Envelope mapped;
    TRY(expect(Message::Mapped, &mapped));
    if (!mapped.fds.empty())
        m_plan.rootTree = std::move(mapped.fds.front());
    if (!m_plan.userNamespace())
        return {};
    return becomeRootInside();
}

Result<GroupTrees> Child::awaitGroup()
{
    if (!m_grouped && m_plan.grouped) {
        Envelope grouped;
        TRY(expect(Message::Grouped, &grouped));
        auto names = split(grouped.text, '\n');
        for (size_t i = 0; i < grouped.fds.size() && i < names.size(); ++i)
            m_group.trees.emplace_back(names[i], std::move(grouped.fds[i]));
        m_group.unified = m_group.trees.size() == 1 && m_group.trees.front().first.empty();
        // Only now: the namespace's root is the group its first process is in.
        if (!m_plan.isExec() && m_plan.config.creates(oci::NamespaceKind::Cgroup) && ::unshare(CLONE_NEWCGROUP) < 0)
            return failErrno("new cgroup namespace");
    }
    m_grouped = true;
    return std::move(m_group);
}

// A joined user namespace must own the new ones: it is entered first, and they are made by a second clone, whose
// process takes this one's place as the runtime's child.
Status Child::secondClone(uint64_t flags)
{
    for (JoinedNamespace& ns : m_plan.joined) {
        if (ns.kind != oci::NamespaceKind::User)
            continue;
        if (::setns(ns.fd.get(), CLONE_NEWUSER) < 0)
            return failErrno("join the user namespace");
        ns.fd.reset();
    }
    TRY(becomeRootInside());
    int channelFd = m_channel.get();
    auto spawned = spawn(flags | CLONE_PARENT, -1, [this] {
        auto done = [this]() -> Status {
            TRY(prepare());
            return run();
        }();
        sendError(channel(), done.error());
        ::_exit(1);
    });
    if (!spawned)
        return tl::unexpected<Error>(spawned.error());
    TRY(sendMessage(channelFd, Message::Child, std::to_string(spawned->pid)));
    ::_exit(0);
}

Status Child::joinNamespaces()
{
    for (JoinedNamespace& ns : m_plan.joined) {
        if (!ns.fd || ns.kind == oci::NamespaceKind::Pid)
            continue; // pid: the runtime put its children there
        if (::setns(ns.fd.get(), static_cast<int>(cloneFlag(ns.kind))) < 0)
            return failErrno(fmt::format("join the {} namespace", toString(ns.kind)));
        ns.fd.reset();
    }
    return {};
}

Status Child::setNames()
{
    const oci::Config& c = m_plan.config;
    if (!c.hostname.empty() && ::sethostname(c.hostname.data(), c.hostname.size()) < 0)
        return failErrno("hostname");
    if (!c.domainname.empty() && ::setdomainname(c.domainname.data(), c.domainname.size()) < 0)
        return failErrno("domainname");
    if (c.creates(oci::NamespaceKind::Network))
        TRY(raiseLoopback());
    return {};
}

Status Child::newKeyring()
{
    if (m_plan.noNewKeyring)
        return {};
    std::string name = "_ses." + m_plan.id;
    // Not there in some kernels, over quota in others: isolation of keys is then the user namespace's alone.
    (void)::syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, name.c_str());
    return {};
}

static uint64_t propagationFlag(const std::string& word)
{
    if (word == "shared" || word == "rshared")
        return MS_SHARED;
    if (word == "slave" || word == "rslave")
        return MS_SLAVE;
    if (word == "unbindable" || word == "runbindable")
        return MS_UNBINDABLE;
    return MS_PRIVATE;
}

Status Child::createHooks()
{
    const oci::Hooks& hooks = m_plan.config.hooks;
    if (!hooks.prestart.empty() || !hooks.createRuntime.empty()) {
        TRY(sendMessage(m_channel.get(), Message::HooksNow));
        TRY(expect(Message::HooksDone));
    }
    return runHooks(hooks.createContainer, "createContainer",
                    {m_plan.id, "creating", ::getpid(), m_plan.bundle, m_plan.config.annotations});
}

Status Child::makeTerminal(int root, bool console)
{
    if (!m_plan.process.terminal)
        return {};
    Pty pty = TRY(openPty(root, m_plan.process));
    TRY(becomeTerminal(pty.slave.get()));
    if (console)
        TRY(bindConsole(root, pty.slave.get()));
    return sendMessage(m_channel.get(), Message::Console, {}, {pty.master.get()});
}

Status Child::populate(int root, int nullDevice)
{
    TRY(attachMounts(m_plan, root, m_trace, [this] { return awaitGroup(); }));
    int64_t begin = m_trace.begin();
    TRY(makeDevices(m_plan, root));
    m_trace.step(begin, "devices", "linux.devices", m_plan.userNamespace() ? "open_tree, move_mount" : "mknodat");
    TRY(makeTerminal(root, !bindsDev(m_plan.config)));
    TRY(finishMounts(m_plan, root));
    (void)ensureDirectory(root, m_plan.process.cwd); // if it can't be made, chdir says so
    TRY(createHooks());
    begin = m_trace.begin();
    TRY(hidePaths(m_plan, root, nullDevice));
    m_trace.step(begin, "masks", "linux.maskedPaths", "move_mount");
    return {};
}

Status Child::buildRoot()
{
    // Nothing that is mounted from here on reaches the host.
    const std::string& propagation = m_plan.config.linux_.rootfsPropagation;
    bool slave = propagationFlag(propagation) == MS_SLAVE || propagationFlag(propagation) == MS_SHARED;
    if (::mount(nullptr, "/", nullptr, MS_REC | (slave ? MS_SLAVE : MS_PRIVATE), nullptr) < 0)
        return failErrno("make the host's mounts private");
    // On top of the host's root: a place every user namespace can reach, whatever the modes of the directories above
    // the bundle.
    UniqueFd top = TRY(openFile("/", O_PATH | O_DIRECTORY));
    UniqueFd root = std::move(m_plan.rootTree);
    UniqueFd nullDevice = TRY(openNullDevice());
    TRY(attachTree(root.get(), top.get(), "/"));
    top.reset();
    TRY(populate(root.get(), nullDevice.get()));
    nullDevice.reset();
    if (m_plan.config.rootReadonly) {
        MountAttributes readonly;
        readonly.set = MOUNT_ATTR_RDONLY;
        TRY(setAttributes(root.get(), readonly, "root.readonly"));
    }
    return pivot(root.get());
}

Status Child::pivot(int root)
{
    int64_t begin = m_trace.begin();
    if (::fchdir(root) < 0)
        return failErrno("enter the root file system");
    if (m_plan.noPivot) {
        if (::chroot(".") < 0)
            return failErrno("chroot");
    } else {
        // Both arguments the same place: the old root ends up on top of the new one, and is taken away from there; no
        // directory for it has to exist in the image.
        if (::syscall(SYS_pivot_root, ".", ".") < 0)
            return failErrno("pivot_root");
        if (::umount2(".", MNT_DETACH) < 0)
            return failErrno("detach the host's root");
    }
    if (::chdir("/") < 0)
        return failErrno("chdir");
    const std::string& propagation = m_plan.config.linux_.rootfsPropagation;
    uint64_t flag = propagationFlag(propagation);
    if (!propagation.empty() && flag != MS_PRIVATE &&
        ::mount(nullptr, "/", nullptr, flag | (propagation[0] == 'r' ? MS_REC : 0), nullptr) < 0)
        return failErrno("linux.rootfsPropagation");
    m_trace.step(begin, "pivot_root", "root", m_plan.noPivot ? "chroot" : "pivot_root");
    return {};
}

// exec. While this process is in the host's pid namespace, nobody in the container can see it. Only its own child is
// born there, and by then the root, the working directory and every descriptor are the container's: one with
// CAP_SYS_PTRACE who looks into that child finds nothing of the host (CVE-2016-9962).
Status Child::enterContainer()
{
    int64_t begin = m_trace.begin();
    unsigned flags = m_plan.targetFlags;
    // All at once: with the pidfd they are those of one process at one moment.
    if (flags && ::setns(m_plan.target.get(), static_cast<int>(flags)) < 0)
        return failErrno("join the container's namespaces");
    if (m_plan.targetUser)
        TRY(becomeRootInside());
    m_trace.step(begin, "namespaces", "linux.namespaces", "setns");
    TRY(closeOthers());
    if (!(flags & CLONE_NEWPID))
        return {};
    auto spawned = spawn(CLONE_PARENT, -1, [this] {
        auto done = [this]() -> Status {
            TRY(prepare());
            return execTerminal();
        }();
        sendError(channel(), done.error());
        ::_exit(1);
    });
    if (!spawned)
        return tl::unexpected<Error>(spawned.error());
    TRY(sendMessage(m_channel.get(), Message::Child, std::to_string(spawned->pid)));
    ::_exit(0);
}

// exec's process, in the container. The runtime puts it, not its short-lived parent, into the cgroup: two at once would
// count twice against pids.max.
Status Child::execTerminal()
{
    (void)TRY(awaitGroup());
    UniqueFd root = TRY(openFile("/", O_PATH | O_DIRECTORY));
    TRY(makeTerminal(root.get(), false));
    root.reset();
    TRY(awaitStart());
    return becomeProgram();
}

// Start comes over the channel (run), or from a `start` that connects to the socket (create).
Status Child::awaitConnection()
{
    for (;;) {
        UniqueFd connection(::accept4(m_plan.startSocket.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!connection) {
            if (errno == EINTR || errno == ECONNABORTED)
                continue;
            return failErrno("wait for start");
        }
        auto message = receiveMessage(connection.get());
        if (!message || message->kind != Message::Start)
            continue; // it went away before it said so
        m_channel = std::move(connection);
        m_trace = message->text == "trace" ? Trace::toChannel(m_channel.get()) : Trace();
        m_plan.startSocket.reset();
        return {};
    }
}

// Between Ready and Start the parent sets the limits: set any earlier, a small RLIMIT_NOFILE would hit the steps above.
Status Child::awaitStart()
{
    TRY(sendMessage(m_channel.get(), Message::Ready));
    if (!m_plan.startSocket) {
        TRY(expect(Message::Start));
        return dieWithParent(false);
    }
    TRY(expect(Message::Created));
    TRY(dieWithParent(false));
    // The runtime waits for this: it must not be gone while its end would still be ours.
    m_channel.reset();
    return awaitConnection();
}

void Child::takeStdio()
{
    if (m_plan.process.terminal)
        return; // the pty is there already
    for (int fd = 0; fd <= 2; ++fd) {
        int from = m_plan.stdio[static_cast<size_t>(fd)];
        if (from >= 0)
            (void)::dup2(from, fd);
        // So that the program can open /dev/stdout again under its own user. Only what was made for it: the caller's
        // files and terminal keep their owner.
        if (from >= 0)
            (void)!::fchown(fd, m_plan.process.user.uid, m_plan.process.user.gid);
    }
}

// Everything but 0..2, what --preserve-fds promised, the channel and the program: before chdir, so that no path can
// lead out through /proc/self/fd.
Status Child::closeOthers()
{
    std::vector<unsigned> keep = {static_cast<unsigned>(m_channel.get())};
    if (m_plan.executable)
        keep.push_back(static_cast<unsigned>(m_plan.executable.get()));
    for (int fd : m_plan.stdio)
        if (fd > 2)
            keep.push_back(static_cast<unsigned>(fd));
    std::sort(keep.begin(), keep.end());
    unsigned first = 3 + m_plan.preserveFds;
    for (unsigned fd : keep) {
        if (fd > first && ::close_range(first, fd - 1, 0) < 0)
            return failErrno("close_range");
        first = std::max(first, fd + 1);
    }
    if (::close_range(first, ~0u, 0) < 0)
        return failErrno("close_range");
    return {};
}

Status Child::becomeProgram()
{
    oci::Process& process = m_plan.process;
    TRY(runHooks(m_plan.isExec() ? std::vector<oci::Hook>{} : m_plan.config.hooks.startContainer, "startContainer",
                 {m_plan.id, "created", ::getpid(), m_plan.bundle, m_plan.config.annotations}));
    takeStdio();
    TRY(closeOthers());
    int64_t begin = process.noNewPrivileges ? 0 : m_trace.begin();
    TRY(becomeUser(process));
    if (begin)
        m_trace.step(begin, "caps", "process.capabilities", "capset");
    TRY(enterDirectory(process.cwd));
    addHome(process);
    if (m_plan.listenFds)
        for (auto&& variable : {fmt::format("LISTEN_FDS={}", m_plan.preserveFds), std::string("LISTEN_PID=1")})
            process.env.push_back(variable);
    std::string path = m_plan.executable ? std::string() : TRY(findExecutable(process));
    ::umask(process.user.umask.value_or(022));
    TRY(dropPrivileges(process, m_plan.filter, m_trace));
    int64_t execBegin = monotonicNanoseconds();
    auto word = static_cast<uint32_t>(Message::Executing);
    std::string message(reinterpret_cast<const char*>(&word), sizeof word);
    message += std::to_string(execBegin);
    // write(2), because a filter that allows nothing but it and execve must do.
    (void)!::write(m_channel.get(), message.data(), message.size());
    return tl::unexpected<Error>(execute(process, path, m_plan.executable.get()));
}

Status Child::run()
{
    TRY(newKeyring());
    if (m_plan.isExec()) {
        TRY(enterContainer());
        return execTerminal();
    }
    if (m_plan.config.creates(oci::NamespaceKind::User))
        TRY(takeMaps());
    TRY(joinNamespaces());
    TRY(setNames());
    TRY(applySysctl(m_plan.config));
    if (m_plan.config.creates(oci::NamespaceKind::Mount))
        TRY(buildRoot());
    (void)TRY(awaitGroup());
    // Said at create rather than at start: there is somebody to hear it.
    if (m_plan.config.creates(oci::NamespaceKind::Mount))
        (void)TRY(findExecutable(m_plan.process));
    TRY(awaitStart());
    return becomeProgram();
}

void runChild(Plan& plan, UniqueFd channel, uint64_t laterFlags)
{
    Child child(plan, std::move(channel));
    auto done = [&]() -> Status {
        TRY(child.prepare());
        if (laterFlags)
            return child.secondClone(laterFlags);
        return child.run();
    }();
    if (!done)
        sendError(child.channel(), done.error());
    ::_exit(1);
}

} // namespace diptych::runtime
