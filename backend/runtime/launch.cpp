#include "runtime/launch.h"

#include "base/files.h"
#include "runtime/channel.h"
#include "runtime/child.h"
#include "runtime/groups.h"
#include "runtime/hooks.h"
#include "runtime/identity.h"
#include "runtime/mounts.h"
#include "runtime/namespaces.h"
#include "runtime/process.h"
#include "runtime/resources.h"
#include "runtime/selfprotect.h"
#include "runtime/sharedspawn.h"

#include <csignal>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace diptych::runtime {

namespace {

class Launch final
{
public:
    Launch(Plan& plan, const Store& store, Record& record, const Trace& trace, const WhenKnown& whenKnown)
        : m_plan(plan), m_store(store), m_record(record), m_trace(trace), m_whenKnown(whenKnown)
    {
    }
    ~Launch();
    Launch(const Launch&) = delete;
    Launch& operator=(const Launch&) = delete;
    Result<Launched> go();

private:
    Status clone();
    Status takeSpawned(Result<Spawned> spawned);
    Status awaitChild();
    Status recordProcess();
    Status takeSecondChild();
    Status mapUsers();
    Status makeGroup();
    Status group();
    Status sendGroupTrees(const cgroups::Cgroup& group);
    Status limitProcess();
    Status scoreProcess();
    Result<Envelope> nextMessage();
    Status converse();
    Status tell(Message kind, std::string_view text = {}, const std::vector<int>& fds = {});

    Plan& m_plan;
    const Store& m_store;
    Record& m_record;
    const Trace& m_trace;
    const WhenKnown& m_whenKnown;
    Launched m_launched;
    SharedChild* m_child = nullptr; ///< never deleted: its thread may outlive this object
    UniqueFd m_overlay;
    std::vector<Envelope> m_early; ///< what the second child said before the first had told of it
    int m_theirs = -1;
    int64_t m_cloneBegin = 0;
    bool m_done = false;
};

} // namespace

Launch::~Launch()
{
    if (m_done)
        return;
    (void)awaitChild();
    if (m_launched.pid <= 0)
        return;
    if (m_launched.process)
        (void)signalProcess(m_launched.process.get(), SIGKILL);
    while (::waitpid(m_launched.pid, nullptr, __WALL) < 0 && errno == EINTR) {
    }
}

// What the clone itself creates. The cgroup namespace comes later, once the group is joined; the time namespace is the
// children's of this process, or of a child that shares our memory, which makes it itself.
static uint64_t newNamespaces(const oci::Config& config)
{
    uint64_t flags = 0;
    for (const oci::Namespace& ns : config.linux_.namespaces)
        if (ns.path.empty() && ns.kind != oci::NamespaceKind::Cgroup && ns.kind != oci::NamespaceKind::Time)
            flags |= cloneFlag(ns.kind);
    return flags;
}

Status Launch::clone()
{
    SocketPair pair = TRY(socketPair(SOCK_SEQPACKET));
    std::vector<ChildrenIn> visits;
    for (const JoinedNamespace& ns : m_plan.joined)
        if (ns.kind == oci::NamespaceKind::Pid)
            visits.push_back(TRY(ChildrenIn::pidNamespace(ns.fd.get())));
    if (!m_plan.isExec() && !m_plan.shared && m_plan.config.creates(oci::NamespaceKind::Time))
        visits.push_back(TRY(ChildrenIn::newTime(m_plan.config.linux_.timeOffsets)));
    uint64_t flags = m_plan.isExec() ? 0 : newNamespaces(m_plan.config);
    const oci::Namespace* user = m_plan.isExec() ? nullptr : m_plan.config.find(oci::NamespaceKind::User);
    bool twice = user && !user->path.empty();
    m_cloneBegin = m_trace.begin();
    // Plain numbers: a child that shares this memory must not change what this process believes to have open.
    int ours = pair.ours.get(), theirs = pair.theirs.release();
    Plan* plan = &m_plan;
    auto child = [plan, ours, theirs, later = twice ? flags : 0] {
        ::close(ours);
        runChild(*plan, UniqueFd(theirs), later);
    };
    m_launched.channel = std::move(pair.ours);
    m_theirs = theirs;
    if (m_plan.shared) {
        m_child = TRY(SharedChild::begin(flags, child)).release();
        return {};
    }
    TRY(takeSpawned(spawn(twice ? 0 : flags, -1, child)));
    m_plan.rootLock.reset(); // the child has it
    return twice ? takeSecondChild() : Status();
}

Status Launch::takeSpawned(Result<Spawned> spawned)
{
    ::close(std::exchange(m_theirs, -1));
    if (!spawned)
        return tl::unexpected<Error>(spawned.error());
    m_launched.pid = spawned->pid;
    m_launched.process = std::move(spawned->process);
    m_trace.step(m_cloneBegin, "clone", m_plan.isExec() ? "process" : "linux.namespaces", "clone3");
    return {};
}

// The process number is needed from here on.
Status Launch::awaitChild()
{
    return m_child && m_launched.pid == 0 ? takeSpawned(m_child->await()) : Status();
}

Status Launch::takeSecondChild()
{
    // Both have the channel, and the second does not wait for the first: without a group it may be ready already.
    Envelope message = TRY(receiveMessage(m_launched.channel.get()));
    for (; message.kind != Message::Child; message = TRY(receiveMessage(m_launched.channel.get()))) {
        if (message.kind == Message::Error)
            return tl::unexpected<Error>(errorOf(message));
        if (message.kind == Message::Closed)
            return fail(Code::Failed, "the first process did not make the second");
        if (message.kind == Message::Trace)
            m_trace.lines(message.text);
        else
            m_early.push_back(std::move(message));
    }
    while (::waitpid(m_launched.pid, nullptr, __WALL) < 0 && errno == EINTR) {
    }
    m_launched.process.reset();
    m_launched.pid = static_cast<pid_t>(std::strtol(message.text.c_str(), nullptr, 10));
    // Our child by CLONE_PARENT and not yet waited for: the number can't have been given to another.
    m_launched.process.reset(static_cast<int>(::syscall(SYS_pidfd_open, m_launched.pid, 0)));
    return m_launched.process ? Status() : Status(failErrno("pidfd_open"));
}

// A child that met an error has said so and is gone: its words, not the broken pipe, are the reason.
Status Launch::tell(Message kind, std::string_view text, const std::vector<int>& fds)
{
    auto sent = sendMessage(m_launched.channel.get(), kind, text, fds);
    if (sent || sent.error().systemError != EPIPE)
        return sent;
    TRY(converse());
    return sent;
}

Status Launch::mapUsers()
{
    if (m_plan.isExec() || !m_plan.config.creates(oci::NamespaceKind::User))
        return {};
    TRY(awaitChild());
    int64_t begin = m_trace.begin();
    TRY(writeMaps(m_launched.pid, m_plan.config.linux_.uidMappings, m_plan.config.linux_.gidMappings));
    m_trace.step(begin, "userns map", "linux.uidMappings", "write /proc/PID/uid_map");
    std::vector<int> fds;
    if (m_plan.overlay) {
        begin = m_trace.begin();
        UniqueFd ns = TRY(openFile(fmt::format("/proc/{}/ns/user", m_launched.pid), O_RDONLY));
        m_overlay = TRY(mountOverlay(*m_plan.overlay, ns.get(), m_store.directory(m_record.id)));
        TRY(setPropagation(m_overlay.get(), MS_PRIVATE, true, "root"));
        m_trace.step(begin, "mounts", "root", "fsopen, mount_setattr, fsmount", 0, "overlay");
        fds.push_back(m_overlay.get());
    }
    return tell(Message::Mapped, {}, fds);
}

// The directories as mounts of their own. Read-only unless there is a cgroup namespace: without one what lies beside
// could be reached from inside (CVE-2022-0492).
Status Launch::sendGroupTrees(const cgroups::Cgroup& group)
{
    const oci::Mount* wanted = nullptr;
    for (const PreparedMount& prepared : m_plan.mounts) {
        const oci::Mount& mount = m_plan.config.mounts[prepared.index];
        if (!prepared.options.bind && (mount.type == "cgroup" || mount.type == "cgroup2"))
            wanted = &mount;
    }
    if (!wanted)
        return tell(Message::Grouped);
    MountOptions options = TRY(readMountOptions(*wanted, "mounts"));
    MountAttributes attributes;
    attributes.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
    if (options.readonly || !m_plan.config.find(oci::NamespaceKind::Cgroup))
        attributes.set |= MOUNT_ATTR_RDONLY;
    std::vector<UniqueFd> trees;
    std::vector<int> fds;
    std::string names;
    bool legacy = group.directories().size() > 1 || group.directories().count("") == 0;
    for (auto& [controller, directory] : group.directories()) {
        if (trees.size() == 15)
            break;
        UniqueFd source = TRY(openFile(directory, O_PATH | O_DIRECTORY));
        UniqueFd tree = TRY(cloneTree(source.get(), false));
        TRY(setPropagation(tree.get(), MS_PRIVATE, false, directory));
        TRY(setAttributes(tree.get(), attributes, directory));
        std::string name = controller.rfind("name=", 0) == 0 ? controller.substr(5) : controller;
        if (!trees.empty())
            names += '\n';
        names += name.empty() && legacy ? std::string_view("unified") : std::string_view(name);
        fds.push_back(tree.get());
        trees.push_back(std::move(tree));
    }
    return tell(Message::Grouped, names, fds);
}

Status Launch::makeGroup()
{
    const oci::Resources resources = m_plan.config.linux_.resources.value_or(oci::Resources{});
    if (m_plan.scope) {
        TRY(awaitChild());
        m_record.cgroup = TRYX(startScope(*m_plan.scope, m_record.id, m_launched.pid, resources), "linux.cgroupsPath");
        m_record.scope = m_plan.scope->unit;
    }
    cgroups::Hierarchies hierarchies = TRY(cgroups::findHierarchies());
    auto made = cgroups::Cgroup::create(hierarchies, m_record.cgroup);
    if (!made && isRootless() && !asksForLimits(resources)) {
        m_record.cgroup.clear(); // a user's container without limits does without
        return tell(Message::Grouped);
    }
    cgroups::Cgroup group = TRYX(std::move(made), "linux.cgroupsPath");
    if (!m_plan.scope)
        TRY(checkUnused(group, m_record));
    m_record.cgroupDirectories = group.directories();
    cgroups::Resources limits = resourcesFrom(resources);
    // A user can't open what the host denies, and may not load filters either.
    if (!isRootless())
        limits.devices = deviceRules(resources.devices);
    TRYX(group.apply(limits), "linux.resources");
    TRY(awaitChild());
    TRYX(group.attach(m_launched.pid), "linux.cgroupsPath");
    if (m_plan.immediate) {
        if (m_plan.userNamespace())
            TRY(scoreProcess());
        TRY(recordProcess());
        TRY(m_whenKnown(m_launched));
    }
    return sendGroupTrees(group);
}

Status Launch::group()
{
    if (!m_plan.grouped)
        return {};
    int64_t begin = m_trace.begin();
    if (m_plan.isExec()) {
        TRY(joinGroup(m_record, m_plan.subgroups, m_launched.pid));
        TRY(tell(Message::Grouped));
    } else {
        TRY(makeGroup());
    }
    m_trace.step(begin, "cgroup", "linux.cgroupsPath", "mkdir, write cgroup.procs");
    return {};
}

Status Launch::limitProcess()
{
    TRY(setRlimits(m_launched.pid, m_plan.process.rlimits));
    return scoreProcess();
}

Status Launch::scoreProcess()
{
    if (m_plan.process.oomScoreAdj && !isRootless()) // lowering it takes root's rights
        TRYX(writeFile(fmt::format("/proc/{}/oom_score_adj", m_launched.pid),
                       std::to_string(*m_plan.process.oomScoreAdj)),
             "process.oomScoreAdj");
    return {};
}

Result<Envelope> Launch::nextMessage()
{
    if (m_early.empty())
        return receiveMessage(m_launched.channel.get());
    Envelope message = std::move(m_early.front());
    m_early.erase(m_early.begin());
    return message;
}

// Until the child is Ready.
Status Launch::converse()
{
    // The child is busy: the time to wait for the kernel.
    closeSelfMount();
    for (;;) {
        Envelope message = TRY(nextMessage());
        switch (message.kind) {
        case Message::Trace:
            m_trace.lines(message.text);
            break;
        case Message::Console:
            if (!message.fds.empty())
                m_launched.console = std::move(message.fds.front());
            break;
        case Message::HooksNow: {
            oci::State state = {m_record.id, "creating", m_launched.pid, m_record.bundle, m_record.annotations};
            // The old kind of hook stood behind create, and is told so by crun.
            state.status = "created";
            TRY(runHooks(m_plan.config.hooks.prestart, "prestart", state));
            state.status = "creating";
            TRY(runHooks(m_plan.config.hooks.createRuntime, "createRuntime", state));
            TRY(tell(Message::HooksDone));
            break;
        }
        case Message::Ready:
            return {};
        case Message::Error:
            return tl::unexpected<Error>(errorOf(message));
        default:
            return fail(Code::Failed, "the container's first process died while it was made");
        }
    }
}

Status Launch::recordProcess()
{
    ProcessIdentity identity = TRY(identify(m_launched.pid));
    if (!m_plan.isExec()) {
        m_record.pid = m_launched.pid;
        m_record.startTime = identity.startTime;
    }
    return {};
}

Result<Launched> Launch::go()
{
    TRY(clone());
    TRY(mapUsers());
    if (m_plan.isExec() && (m_plan.targetFlags & CLONE_NEWPID))
        TRY(takeSecondChild());
    TRY(group());
    TRY(awaitChild());
    if (!m_plan.immediate) {
        TRY(converse());
        TRY(limitProcess());
        TRY(recordProcess());
    }
    m_done = true;
    return std::move(m_launched);
}

Result<Launched> launch(Plan& plan, const Store& store, Record& record, const Trace& trace, const WhenKnown& whenKnown)
{
    return Launch(plan, store, record, trace, whenKnown).go();
}

Status awaitExec(int channel, const Trace& trace, const ListenerSink& onListener)
{
    bool executing = false;
    int64_t begin = 0;
    for (;;) {
        Envelope message = TRY(receiveMessage(channel));
        switch (message.kind) {
        case Message::Trace:
            trace.lines(message.text);
            break;
        case Message::Listener:
            TRY(onListener(static_cast<int>(std::strtol(message.text.c_str(), nullptr, 10))));
            TRY(sendMessage(channel, Message::Listening));
            break;
        case Message::Executing:
            executing = true;
            begin = std::strtoll(message.text.c_str(), nullptr, 10);
            if (size_t end = message.text.find('\n'); end != std::string::npos)
                trace.lines(std::string_view(message.text).substr(end + 1));
            break;
        case Message::Error:
            return tl::unexpected<Error>(errorOf(message));
        case Message::Closed:
            if (!executing)
                return fail(Code::Failed, "the process died before it could run its program");
            trace.step(begin, "exec", "process.args", "execve");
            return {};
        default:
            return fail(Code::Failed, "unexpected message from the container's process");
        }
    }
}

} // namespace diptych::runtime
