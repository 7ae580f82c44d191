#include "containers/spawn.h"

#include "base/files.h"

#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace diptych::containers {

namespace {

class Actions final
{
public:
    Actions(int out, int err)
    {
        ::posix_spawn_file_actions_init(&m_actions);
        ::posix_spawnattr_init(&m_attributes);
        ::posix_spawn_file_actions_addopen(&m_actions, 0, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&m_actions, out, 1);
        ::posix_spawn_file_actions_adddup2(&m_actions, err, 2);
        ::posix_spawn_file_actions_addchdir_np(&m_actions, "/");
        ::posix_spawn_file_actions_addclosefrom_np(&m_actions, 3);
        sigset_t set;
        sigfillset(&set);
        ::posix_spawnattr_setsigdefault(&m_attributes, &set);
        sigemptyset(&set);
        ::posix_spawnattr_setsigmask(&m_attributes, &set);
        ::posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    }
    ~Actions()
    {
        ::posix_spawn_file_actions_destroy(&m_actions);
        ::posix_spawnattr_destroy(&m_attributes);
    }
    Actions(const Actions&) = delete;
    Actions& operator=(const Actions&) = delete;

    int spawn(pid_t& pid, char* const* argv)
    {
        std::string path = "PATH=/usr/sbin:/usr/bin:/sbin:/bin", locale = "LC_ALL=C.UTF-8";
        char* environment[] = {path.data(), locale.data(), nullptr};
        return ::posix_spawn(&pid, argv[0], &m_actions, &m_attributes, argv, environment);
    }

private:
    posix_spawn_file_actions_t m_actions{};
    posix_spawnattr_t m_attributes{};
};

Result<std::string> contentOf(int fd)
{
    if (::lseek(fd, 0, SEEK_SET) < 0)
        return failErrno("seek");
    return readFd(fd);
}

} // namespace

Result<Outcome> runDetaching(const std::vector<std::string>& arguments, std::chrono::milliseconds timeout)
{
    UniqueFd out(::memfd_create("out", MFD_CLOEXEC)), err(::memfd_create("err", MFD_CLOEXEC));
    if (!out || !err)
        return failErrno("memfd_create");
    std::vector<std::string> words = arguments;
    std::vector<char*> argv;
    for (std::string& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    pid_t pid = -1;
    if (int number = Actions(out.get(), err.get()).spawn(pid, argv.data()); number != 0)
        return tl::unexpected(systemError(number, words[0]));
    UniqueFd process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    pollfd wait{process.get(), POLLIN, 0};
    auto deadline = std::chrono::steady_clock::now() + timeout;
    int ready = 0;
    do
        ready = ::poll(&wait, 1,
                       static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                            std::max(deadline - std::chrono::steady_clock::now(), {}))
                                            .count()));
    while (ready < 0 && errno == EINTR);
    if (ready <= 0)
        (void)::kill(-pid, SIGKILL); // setsid(): its children too
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (ready <= 0)
        return fail(Code::TimedOut, fmt::format("{} did not end in time", words[0]));
    Outcome outcome;
    outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    outcome.output = TRY(contentOf(out.get()));
    outcome.errors = TRY(contentOf(err.get()));
    return outcome;
}

} // namespace diptych::containers
