// The process behind a Link: started, read, watched, ended.
#include "base/clock.h"
#include "base/log.h"
#include "connections/link.h"
#include "connections/worker.h"

#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>

namespace diptych::connections {

Result<pid_t> Link::startProcess(UniqueFd& socket) const
{
    SocketPair pair = TRY(socketPair(SOCK_STREAM));
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, pair.theirs.get(), workerSocket);
    posix_spawn_file_actions_addclosefrom_np(&actions, workerSocket + 1);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
    std::string owner = std::to_string(stored().owner);
    const char* arguments[] = {"diptychd", "connection", owner.c_str(), nullptr};
    const char* environment[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", nullptr};
    pid_t process = 0;
    int error = posix_spawn(&process, m_program.c_str(), &actions, &attributes, const_cast<char**>(arguments),
                            const_cast<char**>(environment));
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0)
        return tl::unexpected<Error>(systemError(error, m_program));
    // Half a message must not hold the thread that watches.
    timeval patience{20, 0};
    setsockopt(pair.ours.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    socket = std::move(pair.ours);
    return process;
}

/// Silent for long: shown so, and calls are refused from now on; for very long: its process goes, and with it whatever
/// hung in it.
void Link::watch(pid_t process)
{
    int64_t silent = 0;
    bool connected = false;
    {
        std::lock_guard lock(m_mutex);
        silent = monotonicNanoseconds() - m_heardAt;
        connected = m_info.state == "connected" || m_info.state == "silent";
    }
    auto longer = [silent](std::chrono::milliseconds limit) { return silent > limit.count() * 1'000'000; };
    if (connected && longer(m_patience.silent))
        setState("silent", fmt::format("no answer for {} s", silent / 1'000'000'000));
    if (longer(m_patience.killed)) {
        logf(Level::Warning, "connection {}: its process does not answer and is ended", info().name);
        setState("failed", fmt::format("no answer for {} s", silent / 1'000'000'000));
        kill(-process, SIGKILL); // its ssh too
        kill(process, SIGKILL);
    }
}

/// Reads until the process has gone, or nobody wants it any more.
void Link::serve(pid_t process)
{
    std::shared_ptr<Channel> channel;
    int socket = -1;
    {
        std::lock_guard lock(m_mutex);
        channel = m_channel;
        socket = channel->socket();
    }
    for (;;) {
        pollfd wait{socket, POLLIN, 0};
        int ready = poll(&wait, 1, 1000);
        {
            std::lock_guard lock(m_mutex);
            if (m_quit || !m_stored.active)
                break;
        }
        if (ready <= 0) {
            watch(process);
            continue;
        }
        auto message = channel->receive();
        if (!message)
            break;
        take(std::move(*message));
        watch(process); // a process may talk and yet its libvirt be silent
    }
    channel->shutDown();
    kill(-process, SIGKILL);
    kill(process, SIGKILL);
    while (waitpid(process, nullptr, 0) < 0 && errno == EINTR)
        ;
}

void Link::keep()
{
    std::chrono::milliseconds retry(500);
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_quit || m_stored.active; });
            if (m_quit)
                return;
        }
        UniqueFd socket;
        auto process = startProcess(socket);
        int64_t began = monotonicNanoseconds();
        if (process) {
            auto channel = std::make_shared<Channel>(std::move(socket));
            {
                std::lock_guard lock(m_mutex);
                m_channel = channel;
                m_heardAt = began;
                m_sampleAsked = false;
                m_unlisted.clear();
            }
            (void)channel->send({{"open", stored().uri}});
            serve(*process);
        }
        std::unique_lock lock(m_mutex);
        m_channel.reset();
        m_samples.clear();
        bool wanted = m_stored.active && !m_quit;
        // Its own last word, why it could not be opened, says more than that its process ended.
        bool told = m_info.state == "failed" && !m_info.problem.empty();
        lock.unlock();
        failPending(wanted ? "its process ended" : "it was closed");
        if (wanted && !told)
            setState("failed", process ? "its process ended, it is started again" : process.error().message);
        bool lasted = monotonicNanoseconds() - began > 60'000'000'000;
        retry = lasted || !wanted ? std::chrono::milliseconds(500) : std::min(retry * 2, m_patience.longestRetry);
        lock.lock();
        m_wake.wait_for(lock, retry, [this] { return m_quit || !m_stored.active; });
    }
}

} // namespace diptych::connections
