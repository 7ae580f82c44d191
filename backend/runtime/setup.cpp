#include "runtime/setup.h"

#include "base/files.h"
#include "base/log.h"
#include "runtime/channel.h"
#include "runtime/devicenodes.h"
#include "runtime/executable.h"
#include "runtime/labels.h"
#include "runtime/mounts.h"
#include "runtime/namespaces.h"
#include "runtime/notifysocket.h"
#include "runtime/process.h"
#include "runtime/resources.h"
#include "runtime/selfprotect.h"
#include "runtime/sharedroot.h"
#include "runtime/sharing.h"
#include "runtime/startsocket.h"
#include "runtime/sysctl.h"
#include "runtime/terminal.h"

#include <chrono>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <memory>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

namespace diptych::runtime {

static Result<std::string> absolutePath(const std::string& path)
{
    char* resolved = ::realpath(path.c_str(), nullptr);
    if (!resolved)
        return failErrno(path);
    std::string out = resolved;
    std::free(resolved);
    return out;
}

// Days since 1970 as a date. strftime(3) would read the time zone's file first.
static std::string dateOf(int64_t days)
{
    std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

static std::string now()
{
    timespec time = {};
    ::clock_gettime(CLOCK_REALTIME, &time);
    int64_t seconds = time.tv_sec % 86400;
    return fmt::format("{}T{:02}:{:02}:{:02}.{:09}Z", dateOf(time.tv_sec / 86400), seconds / 3600, seconds / 60 % 60,
                       seconds % 60, time.tv_nsec);
}

Status writePidFile(const std::string& path, pid_t pid)
{
    if (path.empty())
        return {};
    std::string beside = path + ".new";
    {
        UniqueFd file = TRYX(openFile(beside, O_WRONLY | O_CREAT | O_TRUNC, 0644), "--pid-file");
        TRYX(writeAll(file.get(), std::to_string(pid)), "--pid-file");
    }
    return ::rename(beside.c_str(), path.c_str()) < 0 ? Status(failErrno("--pid-file")) : Status();
}

// What the specification allows and this runtime can't do is refused, never left out in silence.
static Status checkNamespaces(oci::Config& config)
{
    using oci::NamespaceKind;
    TRY(checkSharedMounts(config));
    const oci::Namespace* user = config.find(NamespaceKind::User);
    // As crun: who says nothing gets the caller as root and nobody else.
    auto &uids = config.linux_.uidMappings, &gids = config.linux_.gidMappings;
    if (user && user->path.empty() && uids.empty() != gids.empty())
        return oci::wrongField(uids.empty() ? "linux.uidMappings" : "linux.gidMappings",
                               "uidMappings and gidMappings go together");
    if (user && user->path.empty() && uids.empty()) {
        uids.push_back({0, callerUid(), 1});
        gids.push_back({0, callerGid(), 1});
    }
    if ((!user || !user->path.empty()) && !config.linux_.uidMappings.empty())
        return oci::wrongField("linux.uidMappings", "belongs to a new user namespace");
    if (!config.linux_.timeOffsets.empty() && !config.creates(NamespaceKind::Time))
        return oci::wrongField("linux.timeOffsets", "belongs to a new time namespace");
    return {};
}

static Status checkProcess(const oci::Process& process)
{
    TRY(checkLabels(process));
    if (process.capabilities)
        for (const std::string& name : process.capabilities->unknown)
            logf(Level::Warning, "process.capabilities: {} is unknown and left out", name);
    return {};
}

static Status checkConfig(oci::Config& config)
{
    if (!config.process)
        return oci::wrongField("process", "is missing");
    TRY(checkProcess(*config.process));
    TRY(checkNamespaces(config));
    checkMountLabel(config.linux_.mountLabel);
    if (config.linux_.intelRdt)
        return tl::unexpected<Error>(
            Error{Code::NotSupported, "linux.intelRdt: Intel RDT is not supported", "linux.intelRdt", 0});
    return checkSysctl(config);
}

static Status checkConsole(const oci::Process& process, const std::string& consoleSocket, bool ownTerminal)
{
    if (process.terminal && consoleSocket.empty() && !ownTerminal)
        return failField("console-socket", "the process wants a terminal: use --console-socket to have it handed out");
    if (!process.terminal && !consoleSocket.empty())
        return failField("console-socket", "--console-socket without process.terminal");
    return {};
}

static Status openFiles(Plan& plan, const Store& store)
{
    plan.joined = TRY(openJoined(plan.config));
    plan.overlay = TRY(overlayOf(plan.config));
    plan.deviceNodes = makeDeviceNodes(plan.config);
    plan.mounts = TRY(prepareMounts(plan.config, plan.grouped));
    if (!plan.overlay)
        plan.rootTree = TRY(prepareRoot(plan.rootfs));
    else if (const oci::Namespace* user = plan.config.find(oci::NamespaceKind::User); !user)
        plan.rootTree = TRY(mountOverlay(*plan.overlay, -1, store.directory(plan.id)));
    else if (!user->path.empty())
        plan.rootTree =
            TRY(mountOverlay(*plan.overlay, TRY(openFile(user->path, O_RDONLY)).get(), store.directory(plan.id)));
    if (plan.overlay && plan.rootTree)
        TRY(setPropagation(plan.rootTree.get(), MS_PRIVATE, true, "root"));
    return {};
}

// Socket activation (sd_listen_fds(3)) goes through to the program.
static void readListenFds(Plan& plan)
{
    const char* count = ::getenv("LISTEN_FDS");
    long n = count ? std::strtol(count, nullptr, 10) : 0;
    if (n <= 0 || n >= 1024)
        return;
    plan.preserveFds += static_cast<unsigned>(n);
    plan.process.env.push_back(fmt::format("LISTEN_FDS={}", n));
    plan.process.env.emplace_back("LISTEN_PID=1");
    if (const char* names = ::getenv("LISTEN_FDNAMES"))
        plan.process.env.push_back(fmt::format("LISTEN_FDNAMES={}", names));
}

static Status readBundle(const CreateOptions& options, Plan& plan, std::string& configText)
{
    plan.id = options.id;
    plan.bundle = TRYX(absolutePath(options.bundle.empty() ? "." : options.bundle), "--bundle");
    std::string config = options.config.empty() ? plan.bundle + "/config.json" : options.config;
    configText = TRYX(readFile(config, size_t{8} << 20), options.config.empty() ? "--bundle" : "--config");
    plan.config = TRY(parseConfig(configText));
    TRY(checkConfig(plan.config));
    plan.process = *plan.config.process;
    plan.rootfs = plan.config.rootPath.front() == '/' ? plan.config.rootPath : plan.bundle + "/" + plan.config.rootPath;
    return {};
}

static Result<Plan> planContainer(const Store& store, const CreateOptions& options, std::string& configText)
{
    Plan plan;
    TRY(readBundle(options, plan, configText));
    if (options.argv)
        TRY(protectSelfFrom(plan.config, options.argv));
    if (isRootless())
        TRY(enterUserNamespace(plan.config));
    if (!plan.config.linux_.seccompText.empty()) {
        // crun's annotation, for profiles that must not be older than what they are used on.
        auto strict = plan.config.annotations.find("run.oci.seccomp_fail_unknown_syscall");
        if (strict != plan.config.annotations.end() && strict->second != "0")
            TRY(refuseUnknownCalls(plan.config.linux_.seccompText));
        plan.filter = TRY(seccompFilter(plan.config.linux_.seccompText, store.root() + "/seccomp"));
    }
    TRY(checkConsole(plan.process, options.consoleSocket, options.ownTerminal));
    plan.noPivot = options.noPivot;
    plan.noNewKeyring = options.noNewKeyring;
    plan.preserveFds = options.preserveFds;
    plan.stdio = options.stdio;
    readListenFds(plan);
    plan.preserveFds = std::min(plan.preserveFds, options.inherited);
    return plan;
}

static std::string describeStdio()
{
    Json all = Json::array();
    for (int fd = 0; fd <= 2; ++fd) {
        std::array<char, 512> name{};
        ssize_t n = ::readlink(fmt::format("/proc/self/fd/{}", fd).c_str(), name.data(), name.size());
        all.push_back(std::string(name.data(), static_cast<size_t>(std::max<ssize_t>(n, 0))));
    }
    return dumpJson(all);
}

static Record recordOf(const Plan& plan, const std::string& cgroup)
{
    Record record;
    record.id = plan.id;
    record.bundle = plan.bundle;
    record.rootfs = plan.rootfs;
    record.cgroup = cgroup;
    record.creator = ::getpid();
    if (auto self = identify(record.creator))
        record.creatorStart = self->startTime;
    record.ownPidNamespace = plan.config.creates(oci::NamespaceKind::Pid);
    record.created = now();
    record.descriptors = describeStdio();
    record.annotations = plan.config.annotations;
    return record;
}

Status writeConfig(const Store& store, const std::string& id, const std::string& text)
{
    UniqueFd file = TRY(openFile(store.directory(id) + "/config.json", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600));
    return writeAll(file.get(), text);
}

Result<Described> describeContainer(const CreateOptions& options)
{
    TRY(Store::checkId(options.id));
    Plan plan;
    Described out;
    TRY(readBundle(options, plan, out.text));
    out.record = recordOf(plan, {});
    out.config = std::move(plan.config);
    return out;
}

// From here on the container lives without us. It closes the channel once our end can no longer kill it.
static Status letGo(UniqueFd& channel)
{
    TRY(sendMessage(channel.get(), Message::Created));
    Envelope answer = TRY(receiveMessage(channel.get()));
    if (answer.kind == Message::Error)
        return tl::unexpected<Error>(errorOf(answer));
    channel.reset();
    return {};
}

// The directory is ours by now. What happens here is undone by the caller when it fails.
static Status makeContainer(const Store& store, const CreateOptions& options, Plan& plan, const std::string& configText,
                            Created& out, const Trace& trace)
{
    // Before anything else is made: a runtime that is killed from here on leaves an entry that delete can clear away.
    TRY(store.write(out.record));
    TRY(writeConfig(store, options.id, configText));
    // Where crun keeps it: for those who look into the state's directory.
    (void)!::symlink("state.json", (store.directory(options.id) + "/status").c_str());
    int64_t begin = trace.begin();
    TRY(addNotifySocket(plan, store.directory(options.id)));
    TRY(openFiles(plan, store));
    if (!plan.config.creates(oci::NamespaceKind::Mount)) {
        TRY(recordRoot(plan, out.record, store.directory(options.id)));
        TRY(store.write(out.record));
    }
    trace.step(begin, "prepare", "mounts", "open_tree, mount_setattr", 0,
               plan.filter.empty()  ? ""
               : plan.filter.cached ? "kept filter"
                                    : "compiled filter");
    if (options.startBySocket)
        plan.startSocket = TRY(listenForStart(store.directory(options.id)));
    auto remember = [&](const Launched& launched) -> Status {
        TRY(writePidFile(options.pidFile, launched.pid));
        out.record.complete = true;
        return store.write(out.record);
    };
    out.launched = TRY(launch(plan, store, out.record, trace, remember));
    if (plan.immediate)
        return {};
    if (!plan.shared)
        plan.startSocket.reset();
    if (out.terminal && !options.consoleSocket.empty()) {
        TRY(sendToConsoleSocket(options.consoleSocket, out.launched.console.get()));
        out.launched.console.reset();
    }
    TRY(remember(out.launched));
    return options.startBySocket ? letGo(out.launched.channel) : Status();
}

Result<Created> createContainer(const Store& store, const CreateOptions& options, const Trace& trace)
{
    TRY(Store::checkId(options.id));
    int64_t begin = trace.begin();
    std::string configText;
    // Never deleted: a child that shares this memory reads it until it has executed.
    Plan& plan = *std::make_unique<Plan>(TRY(planContainer(store, options, configText))).release();
    Created out;
    plan.traced = trace.on();
    decideSharing(options, plan);
    out.immediate = plan.immediate;
    out.hooks = plan.config.hooks;
    out.terminal = plan.process.terminal;
    plan.grouped = !options.noCgroup;
    if (options.systemd)
        plan.scope = TRY(scopeName(plan.config.linux_.cgroupsPath, options.id));
    out.record =
        recordOf(plan, plan.scope || !plan.grouped ? "" : TRY(cgroupPath(plan.config.linux_.cgroupsPath, options.id)));
    trace.step(begin, "parse", "config.json", "read");
    TRY(store.claim(options.id));
    auto made = makeContainer(store, options, plan, configText, out, trace);
    if (!made) {
        if (out.launched.process) {
            (void)signalProcess(out.launched.process.get(), SIGKILL);
            (void)::waitpid(out.launched.pid, nullptr, __WALL);
        }
        out.record.pid = 0;
        plan.rootLock.reset();
        if (out.record.cgroupDirectories.empty())
            out.record.cgroup.clear(); // not made by us
        auto undone = destroy(store, out.record);
        if (!undone)
            logf(Level::Warning, "clean up after a failed create: {}", undone.error().message);
        return tl::unexpected<Error>(made.error());
    }
    return out;
}

static Result<Plan> planExec(const Store& store, const ExecOptions& options, const Record& record)
{
    Plan plan;
    plan.id = record.id;
    plan.bundle = record.bundle;
    plan.config = TRY(store.config(record.id));
    plan.process = options.process;
    TRY(checkProcess(plan.process));
    TRY(checkConsole(plan.process, options.consoleSocket, options.ownTerminal));
    plan.target = TRY(openProcess(record.pid, record.startTime));
    plan.targetFlags = TRY(differingNamespaces(record.pid));
    // Verified again: the namespaces looked at were those of this process, not of its number's next owner.
    if (!isAlive(record.pid, record.startTime))
        return fail(Code::WrongState, fmt::format("container {} has ended", record.id));
    plan.targetUser = (plan.targetFlags & CLONE_NEWUSER) != 0;
    if (!plan.config.creates(oci::NamespaceKind::Mount))
        plan.targetRoot = TRY(openFile(fmt::format("/proc/{}/root", record.pid), O_PATH | O_DIRECTORY));
    if (!options.executable.empty())
        plan.executable = TRY(sealedCopy(options.executable));
    if (!plan.config.linux_.seccompText.empty())
        plan.filter = TRY(seccompFilter(plan.config.linux_.seccompText, store.root() + "/seccomp"));
    plan.grouped = !record.cgroup.empty();
    plan.subgroups = options.subgroups;
    plan.noNewKeyring = true;
    plan.preserveFds = options.preserveFds;
    plan.stdio = options.stdio;
    return plan;
}

Result<Launched> enterContainer(const Store& store, const ExecOptions& options, const Trace& trace)
{
    Record record = TRY(store.read(options.id));
    Phase phase = statusOf(store, record);
    if (phase == Phase::Stopped || phase == Phase::Creating)
        return fail(Code::WrongState, fmt::format("container {} is not running", options.id));
    if (phase == Phase::Paused && !options.ignorePaused)
        return fail(Code::WrongState,
                    fmt::format("container {} is paused: cannot exec in a paused container", options.id));
    Plan plan = TRY(planExec(store, options, record));
    plan.traced = trace.on();
    Launched launched = TRY(launch(plan, store, record, trace));
    auto rest = [&]() -> Status {
        if (plan.process.terminal && !options.consoleSocket.empty()) {
            TRY(sendToConsoleSocket(options.consoleSocket, launched.console.get()));
            launched.console.reset();
        }
        return writePidFile(options.pidFile, launched.pid);
    }();
    if (!rest) {
        (void)signalProcess(launched.process.get(), SIGKILL);
        (void)::waitpid(launched.pid, nullptr, __WALL);
        return tl::unexpected<Error>(rest.error());
    }
    return launched;
}

} // namespace diptych::runtime
