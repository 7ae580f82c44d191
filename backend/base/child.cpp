#include "base/child.h"

#include "base/files.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace diptych {

namespace {
constexpr const char* kPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
using Clock = std::chrono::steady_clock;

struct Pipe
{
    UniqueFd read, write;
};

/// Both ends are one file, which nobody has to empty.
Result<Pipe> makeMemory(const char* name)
{
    UniqueFd file(::memfd_create(name, MFD_CLOEXEC));
    if (!file)
        return failErrno("memfd_create");
    UniqueFd read = TRY(duplicate(file.get()));
    return Pipe{std::move(read), std::move(file)};
}

Result<Pipe> makePipe()
{
    int fds[2];
    if (::pipe2(fds, O_CLOEXEC) < 0)
        return failErrno("pipe");
    return Pipe{UniqueFd(fds[0]), UniqueFd(fds[1])};
}

std::vector<char*> pointers(const std::vector<std::string>& strings)
{
    std::vector<char*> result;
    result.reserve(strings.size() + 1);
    for (const std::string& s : strings)
        result.push_back(const_cast<char*>(s.c_str()));
    result.push_back(nullptr);
    return result;
}

// Between vfork and exec only async-signal-safe calls: the parent may have threads, and its memory is ours.
[[noreturn]] void becomeChild(const char* program, char* const* argv, char* const* envp, const Command& command, int in,
                              int out, int err, int report)
{
    ::setsid();
    for (int s = 1; s < 65; ++s)
        ::signal(s, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::umask(077);
    bool ok =
        ::dup2(in, 0) >= 0 && ::dup2(out, 1) >= 0 && ::dup2(err, 2) >= 0 && ::chdir(command.directory.c_str()) == 0;
    ::syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC);
    for (int fd : command.keepFds)
        ::fcntl(fd, F_SETFD, 0);
    if (ok)
        ::execve(program, argv, envp);
    int number = errno;
    (void)!::write(report, &number, sizeof number);
    ::_exit(127);
}

struct Running
{
    pid_t pid;
    UniqueFd in, out, err;
};

Result<Running> spawn(const Command& command)
{
    std::string program = findProgram(command.arguments.at(0));
    if (program.empty())
        return fail(Code::NotSupported, fmt::format("the program {} is not installed", command.arguments[0]));
    std::vector<std::string> environment{fmt::format("PATH={}", kPath), "LC_ALL=C.UTF-8"};
    environment.insert(environment.end(), command.environment.begin(), command.environment.end());
    auto argv = pointers(command.arguments);
    auto envp = pointers(environment);
    Pipe out = TRY(command.leavesOthers ? makeMemory("stdout") : makePipe());
    Pipe err = TRY(command.leavesOthers ? makeMemory("stderr") : makePipe());
    Pipe report = TRY(makePipe()), in;
    if (command.input.empty())
        in.read = TRY(openFile("/dev/null", O_RDONLY));
    else
        in = TRY(makePipe());
    // vfork: copying the page tables of a helper with much memory takes longer than many a program runs. No handler of
    // ours may run in the child, where it would change our memory.
    sigset_t all, before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_BLOCK, &all, &before);
    pid_t pid = ::vfork();
    if (pid == 0)
        becomeChild(program.c_str(), argv.data(), envp.data(), command, in.read.get(), out.write.get(), err.write.get(),
                    report.write.get());
    int forked = errno;
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (pid < 0)
        return tl::unexpected<Error>(systemError(forked, "fork"));
    report.write.reset();
    int number = 0;
    if (::read(report.read.get(), &number, sizeof number) == sizeof number) {
        (void)::waitpid(pid, nullptr, 0);
        return tl::unexpected<Error>(systemError(number, program));
    }
    return Running{pid, std::move(in.write), std::move(out.read), std::move(err.read)};
}

void drain(UniqueFd& fd, std::string& into, const Command& command)
{
    char buffer[16384];
    ssize_t n = ::read(fd.get(), buffer, sizeof buffer);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (n <= 0) {
        fd.reset();
        return;
    }
    std::string_view data(buffer, static_cast<size_t>(n));
    if (into.size() < command.outputLimit)
        into.append(data.substr(0, command.outputLimit - into.size()));
    if (command.onOutput)
        command.onOutput(data);
}

void feed(UniqueFd& fd, std::string_view& left)
{
    ssize_t n = ::write(fd.get(), left.data(), left.size());
    if (n > 0)
        left.remove_prefix(static_cast<size_t>(n));
    if (left.empty() || (n < 0 && errno != EAGAIN && errno != EINTR))
        fd.reset();
}

Status goOn(const Command& command, Clock::time_point deadline)
{
    if (Clock::now() >= deadline)
        return fail(Code::TimedOut, fmt::format("{} did not end in time", command.arguments[0]));
    if (command.cancelled && command.cancelled())
        return fail(Code::Cancelled, "cancelled");
    return {};
}

/// Not by its offset: whoever was left behind writes on at that.
std::string contentOf(int fd, size_t limit)
{
    struct stat info
    {
    };
    (void)::fstat(fd, &info);
    std::string text(std::min(limit, static_cast<size_t>(info.st_size)), '\0');
    ssize_t n = ::pread(fd, text.data(), text.size(), 0);
    text.resize(static_cast<size_t>(std::max<ssize_t>(n, 0)));
    return text;
}

Status awaitEnd(Running& child, const Command& command, Outcome& outcome)
{
    UniqueFd process(static_cast<int>(::syscall(SYS_pidfd_open, child.pid, 0)));
    if (!process)
        return failErrno("pidfd_open");
    auto deadline = Clock::now() + command.timeout;
    for (pollfd wait{process.get(), POLLIN, 0}; ::poll(&wait, 1, 100) <= 0;)
        TRY(goOn(command, deadline));
    outcome.output = contentOf(child.out.get(), command.outputLimit);
    outcome.errors = contentOf(child.err.get(), command.outputLimit);
    return {};
}

Status converse(Running& child, const Command& command, Outcome& outcome)
{
    std::string_view input = command.input;
    if (child.in)
        TRY(setNonBlocking(child.in.get()));
    auto deadline = Clock::now() + command.timeout;
    while (child.out || child.err) {
        TRY(goOn(command, deadline));
        pollfd fds[3] = {{child.out.get(), POLLIN, 0}, {child.err.get(), POLLIN, 0}, {child.in.get(), POLLOUT, 0}};
        (void)::poll(fds, 3, 100);
        if (fds[0].revents)
            drain(child.out, outcome.output, command);
        if (fds[1].revents)
            drain(child.err, outcome.errors, command);
        if (fds[2].revents)
            feed(child.in, input);
    }
    return {};
}

// Whoever writes to a pipe whose reader has gone must get EPIPE; the default would end the whole helper.
class BlockSigpipe final
{
public:
    BlockSigpipe()
    {
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &set, &m_old);
    }
    ~BlockSigpipe()
    {
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGPIPE);
        timespec now{};
        if (!sigismember(&m_old, SIGPIPE))
            while (::sigtimedwait(&set, nullptr, &now) > 0)
                ;
        ::pthread_sigmask(SIG_SETMASK, &m_old, nullptr);
    }
    BlockSigpipe(const BlockSigpipe&) = delete;
    BlockSigpipe& operator=(const BlockSigpipe&) = delete;

private:
    sigset_t m_old{};
};
} // namespace

std::string findProgram(const std::string& name)
{
    if (name.find('/') != std::string::npos)
        return name;
    for (std::string_view directory : split(kPath, ':')) {
        std::string path = fmt::format("{}/{}", directory, name);
        if (::access(path.c_str(), X_OK) == 0)
            return path;
    }
    return {};
}

Result<Outcome> run(const Command& command)
{
    BlockSigpipe guard;
    Running child = TRY(spawn(command));
    Outcome outcome;
    Status talked = command.leavesOthers ? awaitEnd(child, command, outcome) : converse(child, command, outcome);
    if (!talked)
        (void)::kill(-child.pid, SIGKILL); // setsid(): its children too
    int status = 0;
    while (::waitpid(child.pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (!talked)
        return tl::unexpected<Error>(std::move(talked).error());
    outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return outcome;
}

Result<std::string> runChecked(const Command& command)
{
    Outcome outcome = TRY(run(command));
    if (outcome.status == 0)
        return std::move(outcome.output);
    std::string_view text = trim(outcome.errors);
    if (size_t newline = text.find_last_of('\n'); newline != std::string_view::npos)
        text = text.substr(newline + 1);
    return fail(Code::Failed, fmt::format("{} ended with {}: {}", command.arguments[0], outcome.status, text));
}

} // namespace diptych
