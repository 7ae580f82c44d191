#include "base/files.h"
#include "base/log.h"
#include "runtime/channel.h"
#include "runtime/process.h"
#include "runtime/seccomplistener.h"
#include "runtime/selfprotect.h"
#include "runtime/supervisor.h"
#include "runtime/terminal.h"
#include "runtime/verbs.h"

#include <csignal>
#include <sys/stat.h>
#include <sys/wait.h>

namespace diptych::runtime {

static void addCapabilities(oci::Process& process, const std::vector<std::string>& names)
{
    for (const std::string& name : names) {
        if (!process.capabilities)
            process.capabilities.emplace();
        auto number = oci::capabilityFrom(name);
        if (!number) { // as in config.json: what can't be granted is a warning
            logf(Level::Warning, "--cap: {} is unknown and left out", name);
            continue;
        }
        uint64_t bit = uint64_t{1} << *number;
        // Not inheritable: that would survive into programs the container starts (CVE-2022-29162).
        for (uint64_t* set :
             {&process.capabilities->bounding, &process.capabilities->effective, &process.capabilities->permitted})
            *set |= bit;
    }
}

// The container's own process document with what the command line says.
static Result<oci::Process> processOf(const Arguments& arguments, const Store& store, const std::string& id)
{
    if (arguments.has("process"))
        return oci::parseProcess(TRYX(readFile(arguments.value("process")), "--process"));
    if (arguments.operands.size() < 2)
        return fail(Code::InvalidArgument, "exec needs a command or --process");
    oci::Process process = *TRY(store.config(id)).process;
    process.args.assign(arguments.operands.begin() + 1, arguments.operands.end());
    if (process.args.front() == "--" && process.args.size() > 1)
        process.args.erase(process.args.begin());
    process.terminal = arguments.has("tty");
    process.columns = process.rows = 0;
    if (arguments.has("cwd"))
        process.cwd = arguments.value("cwd");
    if (process.cwd.empty() || process.cwd[0] != '/')
        return failField("cwd", "--cwd must be an absolute path");
    for (const std::string& variable : arguments.values("env")) {
        if (variable.find('=') == std::string::npos || variable[0] == '=')
            return failField("env", fmt::format("--env: \"{}\" is not NAME=value", variable));
        process.env.push_back(variable);
    }
    if (arguments.has("user")) {
        oci::User user = TRYX(oci::userFrom(arguments.value("user")), "--user");
        user.umask = process.user.umask;
        process.user = user;
    }
    for (const std::string& group : arguments.values("additional-gids"))
        process.user.additionalGids.push_back(TRYX(oci::idFrom(group), "--additional-gids"));
    process.noNewPrivileges = arguments.has("no-new-privs"); // as crun: the first process's is its own
    if (arguments.has("apparmor"))
        process.apparmorProfile = arguments.value("apparmor");
    if (arguments.has("process-label"))
        process.selinuxLabel = arguments.value("process-label");
    addCapabilities(process, arguments.values("cap"));
    return process;
}

static Result<ExecOptions> execOptions(const Arguments& arguments, const Store& store, unsigned inherited)
{
    ExecOptions options;
    options.id = TRY(containerId(arguments));
    Record record = TRY(store.read(options.id));
    if (!isAlive(record.pid, record.startTime))
        return fail(Code::WrongState, fmt::format("container {} is not running", options.id));
    options.process = TRY(processOf(arguments, store, options.id));
    options.pidFile = arguments.value("pid-file");
    options.consoleSocket = arguments.value("console-socket");
    options.executable = arguments.value("executable");
    options.subgroups = arguments.values("cgroup");
    options.ignorePaused = arguments.has("ignore-paused");
    int64_t fds = TRY(integerFrom("preserve-fds", arguments.value("preserve-fds", "0")));
    if (fds < 0 || fds > 1024)
        return failField("preserve-fds", "--preserve-fds must be from 0 to 1024");
    options.preserveFds = std::min(static_cast<unsigned>(fds), inherited);
    return options;
}

static Result<int> execSupervised(const Global& global, const Store& store, ExecOptions options,
                                  const std::string& session)
{
    TRYX(Store::checkId(session), "--supervise");
    std::string parent = store.directory(options.id) + "/exec", directory = parent + "/" + session;
    TRY(makeDirectories(parent, 0700));
    if (::mkdir(directory.c_str(), 0700) < 0)
        return failErrno(fmt::format("session {}", session));
    options.ownTerminal = true;
    options.consoleSocket.clear();
    auto done = superviseInBackground(
        [&](const std::array<int, 3>& stdio) -> Result<Supervised> {
            options.stdio = stdio;
            Supervised out;
            out.launched = TRY(enterContainer(store, options, global.trace));
            out.record = TRY(store.read(options.id));
            out.directory = directory;
            out.terminal = options.process.terminal;
            out.startNow = true;
            out.store = &store;
            return out;
        },
        global.trace);
    if (!done) {
        (void)removeTree(directory);
        return tl::unexpected<Error>(done.error());
    }
    return 0;
}

Result<int> exec(const Global& global, const Arguments& arguments)
{
    // runc's and crun's status for "the program could not be run", which is none of a program's own.
    if (!arguments.has("supervise"))
        global.failure = 255;
    Store store(global.root);
    ExecOptions options = TRY(execOptions(arguments, store, global.inherited));
    TRY(protectSelf(global.argv));
    if (arguments.has("supervise"))
        return execSupervised(global, store, std::move(options), arguments.value("supervise"));
    bool detached = arguments.has("detach");
    options.ownTerminal = !detached;
    Launched launched = TRY(enterContainer(store, options, global.trace));
    auto started = [&]() -> Status {
        TRY(sendMessage(launched.channel.get(), Message::Start));
        Record record = TRY(store.read(options.id));
        return awaitExec(launched.channel.get(), global.trace,
                         sendListener(store, record, launched.pid, launched.process.get()));
    }();
    if (!started) {
        (void)signalProcess(launched.process.get(), SIGKILL);
        (void)::waitpid(launched.pid, nullptr, __WALL);
        return tl::unexpected<Error>(started.error());
    }
    if (detached)
        return 0;
    return waitForeground(launched.pid, launched.process.get(), launched.console.get());
}

} // namespace diptych::runtime
