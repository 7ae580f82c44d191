#include "runtime/process.h"

#include "base/files.h"

#include <array>
#include <charconv>
#include <csignal>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::runtime {

Result<ProcessIdentity> identify(pid_t pid)
{
    auto text = readFile(fmt::format("/proc/{}/stat", pid), 4096);
    if (!text)
        return fail(Code::NotFound, fmt::format("no process {}", pid));
    // The command stands in parentheses and may hold any character: fields are counted from the last ")".
    size_t close = text->rfind(')');
    if (close == std::string::npos)
        return fail(Code::Failed, fmt::format("/proc/{}/stat is malformed", pid));
    auto fields = split(trim(std::string_view(*text).substr(close + 1)), ' ');
    ProcessIdentity identity;
    if (fields.size() < 20 || fields[0].empty())
        return fail(Code::Failed, fmt::format("/proc/{}/stat is malformed", pid));
    identity.pid = pid;
    identity.state = fields[0][0];
    std::from_chars(fields[19].data(), fields[19].data() + fields[19].size(), identity.startTime);
    return identity;
}

bool isAlive(pid_t pid, uint64_t startTime)
{
    if (pid <= 0)
        return false;
    auto identity = identify(pid);
    return identity && identity->startTime == startTime && identity->state != 'Z' && identity->state != 'X';
}

Result<UniqueFd> openProcess(pid_t pid, uint64_t startTime)
{
    UniqueFd fd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    // First the descriptor, then the look: in the other order the number could be another's by then.
    if (!fd || !isAlive(pid, startTime))
        return fail(Code::NotFound, fmt::format("process {} has ended", pid));
    return fd;
}

Status signalProcess(int pidfd, int signal)
{
    if (::syscall(SYS_pidfd_send_signal, pidfd, signal, nullptr, 0) < 0)
        return failErrno(fmt::format("signal {}", signal));
    return {};
}

bool waitForEnd(int pidfd, int milliseconds)
{
    pollfd item = {pidfd, POLLIN, 0};
    int n = -1;
    do
        n = ::poll(&item, 1, milliseconds);
    while (n < 0 && errno == EINTR);
    return n > 0;
}

Result<int> signalFrom(std::string_view text)
{
    static constexpr std::pair<std::string_view, int> names[] = {
        {"HUP", SIGHUP},   {"INT", SIGINT},       {"QUIT", SIGQUIT}, {"ILL", SIGILL},     {"TRAP", SIGTRAP},
        {"ABRT", SIGABRT}, {"IOT", SIGABRT},      {"BUS", SIGBUS},   {"FPE", SIGFPE},     {"KILL", SIGKILL},
        {"USR1", SIGUSR1}, {"SEGV", SIGSEGV},     {"USR2", SIGUSR2}, {"PIPE", SIGPIPE},   {"ALRM", SIGALRM},
        {"TERM", SIGTERM}, {"STKFLT", SIGSTKFLT}, {"CHLD", SIGCHLD}, {"CONT", SIGCONT},   {"STOP", SIGSTOP},
        {"TSTP", SIGTSTP}, {"TTIN", SIGTTIN},     {"TTOU", SIGTTOU}, {"URG", SIGURG},     {"XCPU", SIGXCPU},
        {"XFSZ", SIGXFSZ}, {"VTALRM", SIGVTALRM}, {"PROF", SIGPROF}, {"WINCH", SIGWINCH}, {"IO", SIGIO},
        {"POLL", SIGIO},   {"PWR", SIGPWR},       {"SYS", SIGSYS}};
    int number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size()) {
        if (number < 0 || number > 64)
            return failField("signal", fmt::format("no such signal: {}", text));
        return number;
    }
    std::string_view name = text.substr(0, 3) == "SIG" ? text.substr(3) : text;
    for (auto& [known, value] : names)
        if (known == name)
            return value;
    for (auto& [prefix, base, sign] : {std::tuple<std::string_view, int, int>{"RTMIN", 34, 1}, {"RTMAX", 64, -1}}) {
        if (name.substr(0, 5) != prefix)
            continue;
        std::string_view rest = name.substr(5);
        int offset = 0;
        if (rest.empty())
            return base;
        if (rest[0] != (sign > 0 ? '+' : '-'))
            break;
        auto [last, wrong] = std::from_chars(rest.data() + 1, rest.data() + rest.size(), offset);
        if (wrong == std::errc() && last == rest.data() + rest.size() && offset <= 30)
            return base + sign * offset;
    }
    return failField("signal", fmt::format("no such signal: {}", text));
}

void resetSignals()
{
    struct sigaction standard = {};
    standard.sa_handler = SIG_DFL;
    for (int number = 1; number <= 64; ++number)
        // Fails for SIGKILL, SIGSTOP and the C library's two own: those are as they should be.
        (void)::sigaction(number, &standard, nullptr);
    sigset_t none;
    ::sigemptyset(&none);
    (void)::sigprocmask(SIG_SETMASK, &none, nullptr);
}

} // namespace diptych::runtime
