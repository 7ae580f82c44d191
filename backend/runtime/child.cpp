#include "runtime/child.h"

#include "base/files.h"
#include "runtime/channel.h"
#include "runtime/childsteps.h"
#include "runtime/executable.h"
#include "runtime/identity.h"
#include "runtime/labels.h"
#include "runtime/namespaces.h"
#include "runtime/process.h"
#include "runtime/scheduling.h"
#include "runtime/selfprotect.h"
#include "runtime/sysctl.h"
#include "runtime/terminal.h"

#include <csignal>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::runtime {

Status dieWithParent(bool on)
{
    if (::prctl(PR_SET_PDEATHSIG, on ? SIGKILL : 0, 0, 0, 0) < 0)
        return failErrno("PR_SET_PDEATHSIG");
    return {};
}

Status Child::prepare()
{
    resetSignals();
    // The runtime still has it: closing here does not wait.
    if (selfMount() >= 0)
        ::close(selfMount());
    TRY(dieWithParent(true));
    // From here on /proc/PID of this process (its memory, descriptors, exe) is closed to whoever is in the container.
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
        return failErrno("PR_SET_DUMPABLE");
    ::umask(022);
    // While /proc is the host's.
    if (m_plan.immediate && m_plan.process.oomScoreAdj && !m_plan.userNamespace())
        TRYX(writeFile("/proc/self/oom_score_adj", std::to_string(*m_plan.process.oomScoreAdj)), "process.oomScoreAdj");
    if (::setsid() < 0 && errno != EPERM)
        return failErrno("setsid");
    return {};
}

void Child::giveUp(const Error& error)
{
    m_trace.flush();
    sendError(m_channel.get(), error);
    ::_exit(1);
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
    TRYX(setIds(0, 0), "become root of the user namespace");
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
    if (!m_grouped) {
        Envelope grouped;
        if (m_plan.grouped)
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
    m_trace.flush();
    auto spawned = spawn(flags | CLONE_PARENT, -1, [this] {
        auto done = [this]() -> Status {
            TRY(prepare());
            return run();
        }();
        giveUp(done.error());
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
    TRY(labelKeys(m_plan.process));
    std::string name = "_ses." + m_plan.id;
    // Not there in some kernels, over quota in others: isolation of keys is then the user namespace's alone.
    (void)::syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, name.c_str());
    return {};
}

// exec. While this process is in the host's pid namespace, nobody in the container can see it. Only its own child is
// born there, and by then the root, the working directory and every descriptor are the container's: one with
// CAP_SYS_PTRACE who looks into that child finds nothing of the host (CVE-2016-9962).
Status Child::enterContainer()
{
    // Before the group is joined, as the specification has it.
    TRY(setAffinity(m_plan.process.cpuAffinityInitial, "process.execCPUAffinity.initial"));
    int64_t begin = m_trace.begin();
    unsigned flags = m_plan.targetFlags;
    // All at once: with the pidfd they are those of one process at one moment.
    if (flags && ::setns(m_plan.target.get(), static_cast<int>(flags)) < 0)
        return failErrno("join the container's namespaces");
    if (m_plan.targetUser)
        TRY(becomeRootInside());
    if (m_plan.targetRoot && (::fchdir(m_plan.targetRoot.get()) < 0 || ::chroot(".") < 0))
        return failErrno("enter the container's root");
    m_trace.step(begin, "namespaces", "linux.namespaces", "setns");
    TRY(closeOthers());
    if (!(flags & CLONE_NEWPID))
        return {};
    m_trace.flush();
    auto spawned = spawn(CLONE_PARENT, -1, [this] {
        auto done = [this]() -> Status {
            TRY(prepare());
            return execTerminal();
        }();
        giveUp(done.error());
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
    m_label = TRY(openLabel(m_plan.process, false));
    UniqueFd root = TRY(openFile("/", O_PATH | O_DIRECTORY));
    TRY(makeTerminal(root.get(), false));
    root.reset();
    TRY(awaitStart());
    return becomeProgram();
}

Status Child::run()
{
    TRY(newKeyring());
    if (m_plan.isExec()) {
        TRY(enterContainer());
        return execTerminal();
    }
    m_label = TRY(openLabel(m_plan.process, true));
    // While the process's own files in /proc can still be written: it becomes another user below.
    if (m_plan.shared && m_plan.config.creates(oci::NamespaceKind::Time))
        TRY(newClocks(m_plan.config.linux_.timeOffsets));
    if (m_plan.config.creates(oci::NamespaceKind::User))
        TRY(takeMaps());
    TRY(joinNamespaces());
    TRY(setNames());
    TRY(applySysctl(m_plan.config));
    TRY(buildRoot());
    (void)TRY(awaitGroup());
    // Said at create rather than at start: there is somebody to hear it.
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
    child.giveUp(done.error());
}

} // namespace diptych::runtime
