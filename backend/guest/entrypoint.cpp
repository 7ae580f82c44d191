#include "guest/init.h"

#include "base/files.h"

#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych::guest {

namespace {
constexpr const char* kPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

bool has(const std::vector<std::string>& environment, std::string_view name)
{
    return std::any_of(environment.begin(), environment.end(), [&](const std::string& entry) {
        return entry.size() > name.size() && entry.compare(0, name.size(), name) == 0 && entry[name.size()] == '=';
    });
}

std::vector<std::string> completeEnvironment(const Config& config)
{
    std::vector<std::string> environment = config.environment;
    if (!has(environment, "PATH"))
        environment.emplace_back(kPath);
    if (!has(environment, "HOME"))
        environment.emplace_back("HOME=" + (config.user.home.empty() ? "/" : config.user.home));
    if (!has(environment, "TERM"))
        environment.emplace_back("TERM=linux");
    if (!has(environment, "HOSTNAME"))
        environment.emplace_back("HOSTNAME=" + config.hostname);
    return environment;
}

std::vector<char*> pointers(std::vector<std::string>& strings)
{
    std::vector<char*> result;
    result.reserve(strings.size() + 1);
    for (std::string& s : strings)
        result.push_back(s.data());
    result.push_back(nullptr);
    return result;
}

/// A session of its own, and with control the terminal's: then its keys send signals. Without, /dev/console, which is
/// the same line but is not hung up under its users when the session that controls it ends.
void takeConsole(bool control)
{
    ::setsid();
    int fd = ::open(control ? consolePath().c_str() : "/dev/console", O_RDWR | O_NOCTTY);
    if (fd < 0)
        return;
    if (control)
        ::ioctl(fd, TIOCSCTTY, 1);
    for (int to = 0; to < 3; ++to)
        ::dup2(fd, to);
}

void defaultSignals()
{
    for (int number = 1; number < 65; ++number)
        ::signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void execute(std::vector<std::string> arguments, const Config& config)
{
    auto environment = completeEnvironment(config);
    auto argv = pointers(arguments), envp = pointers(environment);
    if (::chdir(config.workingDirectory.c_str()) < 0) {
        say(fmt::format("the working directory {}: {}", config.workingDirectory, std::strerror(errno)));
        ::_exit(127);
    }
    ::environ = envp.data();
    defaultSignals();
    ::execvp(argv[0], argv.data());
    int number = errno;
    say(fmt::format("the entry point \"{}\" can't be executed: {}", arguments[0], std::strerror(number)));
    ::_exit(127);
}
} // namespace

std::string consolePath()
{
    // /dev/console itself can't be a controlling terminal; the last one named here is what it stands for.
    std::string active = readFile("/sys/class/tty/console/active").value_or("");
    auto names = split(trim(active), ' ');
    if (!names.back().empty())
        return fmt::format("/dev/{}", names.back());
    return exists("/dev/hvc0") ? "/dev/hvc0" : "/dev/ttyS0";
}

void becomeUser(const User& user)
{
    // Groups first: without CAP_SETGID, which goes with uid 0, they could not be changed any more.
    std::vector<gid_t> groups(user.groups.begin(), user.groups.end());
    if (::setgroups(groups.size(), groups.data()) < 0 || ::setgid(user.gid) < 0 || ::setuid(user.uid) < 0) {
        say(fmt::format("could not become user {}: {}", user.uid, std::strerror(errno)));
        ::_exit(127);
    }
}

Result<pid_t> startEntrypoint(const Config& config)
{
    std::string console = consolePath();
    if (::chown(console.c_str(), config.user.uid, 5) == 0)
        (void)::chmod(console.c_str(), 0620);
    pid_t pid = ::fork();
    if (pid < 0)
        return failErrno("fork");
    if (pid > 0)
        return pid;
    (void)writeFile(fmt::format("{}/cgroup.procs", kControlGroup), "0");
    takeConsole(config.terminal);
    becomeUser(config.user);
    execute(config.arguments, config);
}

Result<pid_t> offerShell(const Config& config)
{
    pid_t pid = ::fork();
    if (pid < 0)
        return failErrno("fork");
    if (pid > 0)
        return pid;
    takeConsole(true);
    char key = 0;
    do {
        if (::read(STDIN_FILENO, &key, 1) <= 0)
            ::_exit(1);
    } while (key != '\n' && key != '\r');
    (void)writeFile(fmt::format("{}/cgroup.procs", kControlGroup), "0");
    Config shell = config;
    shell.user = {};
    shell.workingDirectory.assign(1, '/');
    execute({"/bin/sh", "-i"}, shell);
}

} // namespace diptych::guest
