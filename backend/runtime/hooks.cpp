#include "runtime/hooks.h"

#include "base/log.h"
#include "runtime/process.h"

#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace diptych::runtime {

// Not base's run(): a hook gets exactly the environment the configuration gives, and the runtime's when it gives none,
// as with runc and crun: hooks are the administrator's, and find their programs by PATH.
static pid_t startHook(const oci::Hook& hook, int input, const oci::State& state)
{
    pid_t pid = ::fork();
    if (pid != 0)
        return pid;
    resetSignals();
    ::dup2(input, 0);
    // crun's annotations: where the output goes. Who writes config.json has the host's rights anyway.
    for (auto& [name, fd] : {std::pair("run.oci.hooks.stdout", 1), std::pair("run.oci.hooks.stderr", 2)}) {
        auto wanted = state.annotations.find(name);
        if (wanted == state.annotations.end())
            continue;
        int file = ::open(wanted->second.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0600);
        if (file < 0 || ::dup2(file, fd) < 0)
            ::_exit(126);
    }
    std::vector<char*> args, env;
    for (const std::string& word : hook.args)
        args.push_back(const_cast<char*>(word.c_str()));
    if (args.empty())
        args.push_back(const_cast<char*>(hook.path.c_str()));
    args.push_back(nullptr);
    for (const std::string& word : hook.env)
        env.push_back(const_cast<char*>(word.c_str()));
    env.push_back(nullptr);
    ::execve(hook.path.c_str(), args.data(), hook.env.empty() ? environ : env.data());
    ::_exit(127);
}

static Status runHook(const oci::Hook& hook, const oci::State& state, const std::string& input)
{
    UniqueFd file(::memfd_create("state", MFD_CLOEXEC));
    if (!file)
        return failErrno("memfd_create");
    TRY(writeAll(file.get(), input));
    (void)::lseek(file.get(), 0, SEEK_SET);
    pid_t pid = startHook(hook, file.get(), state);
    if (pid < 0)
        return failErrno(hook.path);
    UniqueFd process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    bool ended = !process || waitForEnd(process.get(), hook.timeoutSeconds ? hook.timeoutSeconds * 1000 : -1);
    if (!ended)
        (void)signalProcess(process.get(), SIGKILL);
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (!ended)
        return fail(Code::TimedOut, fmt::format("{} did not end within {} s", hook.path, hook.timeoutSeconds));
    if (status != 0)
        return fail(Code::Failed,
                    fmt::format("{} failed: {} {}", hook.path, WIFSIGNALED(status) ? "signal" : "exit status",
                                WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status)));
    return {};
}

Status runHooks(const std::vector<oci::Hook>& hooks, const char* kind, const oci::State& state)
{
    if (hooks.empty())
        return {};
    std::string input = dumpJson(oci::toJson(state));
    for (size_t i = 0; i < hooks.size(); ++i)
        TRYX(runHook(hooks[i], state, input), fmt::format("hooks.{}[{}]", kind, i));
    return {};
}

void runHooksLoosely(const std::vector<oci::Hook>& hooks, const char* kind, const oci::State& state)
{
    for (const oci::Hook& hook : hooks) {
        auto done = runHook(hook, state, dumpJson(oci::toJson(state)));
        if (!done)
            logf(Level::Warning, "hooks.{}: {}", kind, done.error().message);
    }
}

} // namespace diptych::runtime
