#include "runtime/supervisorloop.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/json.h"
#include "runtime/setup.h"
#include "runtime/startsocket.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace diptych::runtime {

static constexpr size_t queueLimit = size_t{1} << 20; ///< a client that reads slower than this is let go
static constexpr size_t clientLimit = 64;

uint64_t Supervisor::oomKills() const
{
    auto group = cgroupOf(m_made.record);
    if (!group)
        return 0;
    auto statistics = group->statistics();
    return statistics ? statistics->oomKills : 0;
}

Status Supervisor::open()
{
    m_log = TRY(SessionLog::open(m_made.directory));
    m_attach = TRY(listenAt(m_made.directory, "attach.sock", SOCK_STREAM | SOCK_NONBLOCK));
    m_control = TRY(listenAt(m_made.directory, "control.sock", SOCK_STREAM | SOCK_NONBLOCK));
    TRY(writePidFile(path("supervisor.pid"), ::getpid()));
    TRY(setNonBlocking(m_output.get()));
    if (m_input)
        TRY(setNonBlocking(m_input.get()));
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGCHLD);
    (void)::sigprocmask(SIG_BLOCK, &set, nullptr);
    m_signals.reset(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
    m_oomBefore = m_made.startNow ? oomKills() : 0;
    return m_signals ? Status() : Status(failErrno("signalfd"));
}

void Supervisor::accept(int listener, bool control)
{
    UniqueFd fd(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!fd || m_clients.size() >= clientLimit)
        return;
    Client client{std::move(fd), control, {}, {}};
    if (!control)
        client.queue = m_log->replay();
    flush(client);
    m_clients.push_back(std::move(client));
}

void Supervisor::flush(Client& client)
{
    while (client.fd && !client.queue.empty()) {
        ssize_t n = ::send(client.fd.get(), client.queue.data(), client.queue.size(), MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN)
            return;
        if (n < 0) {
            client.fd.reset();
            return;
        }
        client.queue.erase(0, static_cast<size_t>(n));
    }
}

void Supervisor::readOutput()
{
    std::array<char, 16384> buffer{};
    ssize_t n = ::read(m_output.get(), buffer.data(), buffer.size());
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (n <= 0) {
        // Every writer is gone (EIO on a pty). A pty's slave may be opened again while the program lives.
        if (m_ended || n == 0)
            m_output.reset();
        else if (errno == EIO)
            ::usleep(20000);
        else
            m_output.reset();
        return;
    }
    std::string_view data(buffer.data(), static_cast<size_t>(n));
    m_log->write(data);
    for (Client& client : m_clients) {
        if (client.control || !client.fd)
            continue;
        client.queue.append(data);
        if (client.queue.size() > queueLimit)
            client.fd.reset();
        flush(client);
    }
}

void Supervisor::writeInput()
{
    int fd = m_made.terminal ? m_output.get() : m_input.get();
    if (fd < 0) {
        m_pendingInput.clear();
        return;
    }
    ssize_t n = ::write(fd, m_pendingInput.data(), m_pendingInput.size());
    if (n > 0)
        m_pendingInput.erase(0, static_cast<size_t>(n));
    else if (n < 0 && errno != EAGAIN && errno != EINTR)
        m_pendingInput.clear(); // nobody reads it any more
}

std::string Supervisor::control(std::string_view line)
{
    auto words = split(trim(line), ' ');
    if (words.size() != 3 || words[0] != "resize")
        return "error unknown request\n";
    std::array<unsigned, 2> size = {};
    for (size_t i = 0; i < 2; ++i) {
        std::string_view word = words[i + 1];
        auto [end, wrong] = std::from_chars(word.data(), word.data() + word.size(), size[i]);
        if (wrong != std::errc() || end != word.data() + word.size() || size[i] == 0 || size[i] > 10000)
            return "error columns and rows must be from 1 to 10000\n";
    }
    if (!m_made.terminal || !m_output)
        return "error there is no terminal\n";
    winsize value = {static_cast<unsigned short>(size[1]), static_cast<unsigned short>(size[0]), 0, 0};
    if (::ioctl(m_output.get(), TIOCSWINSZ, &value) < 0)
        return fmt::format("error {}\n", std::strerror(errno));
    return "ok\n";
}

void Supervisor::readControl(Client& client)
{
    std::array<char, 256> buffer{};
    ssize_t n = ::recv(client.fd.get(), buffer.data(), buffer.size(), 0);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (n <= 0 || client.line.size() + static_cast<size_t>(n) > 1024) {
        client.fd.reset();
        return;
    }
    client.line.append(buffer.data(), static_cast<size_t>(n));
    for (size_t end = client.line.find('\n'); end != std::string::npos; end = client.line.find('\n')) {
        client.queue += control(std::string_view(client.line).substr(0, end));
        client.line.erase(0, end + 1);
    }
    flush(client);
}

void Supervisor::readClient(Client& client)
{
    if (client.control) {
        readControl(client);
        return;
    }
    std::array<char, 4096> buffer{};
    ssize_t n = ::recv(client.fd.get(), buffer.data(), buffer.size(), 0);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (n <= 0) {
        client.fd.reset();
        return;
    }
    m_pendingInput.append(buffer.data(), static_cast<size_t>(n));
    writeInput();
}

void Supervisor::serve(Client& client, short events)
{
    if (events & POLLOUT)
        flush(client);
    if (client.fd && (events & (POLLIN | POLLHUP | POLLERR)))
        readClient(client);
}

// Everything that ends below: the program itself, and orphans, which come to us as the nearest subreaper.
void Supervisor::reap()
{
    std::array<char, 1024> drain{};
    (void)!::read(m_signals.get(), drain.data(), drain.size());
    for (;;) {
        int status = 0;
        pid_t pid = ::waitpid(-1, &status, WNOHANG | __WALL);
        if (pid <= 0)
            return;
        if (pid != m_made.launched.pid)
            continue;
        m_ended = true;
        m_status = status;
        m_endedAt = unixMilliseconds();
        // What it wrote is still to be read; a descendant that keeps the terminal open must not hold the record back.
        m_drainUntil = monotonicNanoseconds() + 1000000000;
    }
}

void Supervisor::poll()
{
    std::vector<pollfd> items;
    bool takeInput = m_pendingInput.empty();
    short outputEvents = static_cast<short>(POLLIN | (m_made.terminal && !takeInput ? POLLOUT : 0));
    items.push_back({m_signals.get(), POLLIN, 0});
    items.push_back({m_output.get(), outputEvents, 0});
    items.push_back({!takeInput && !m_made.terminal ? m_input.get() : -1, POLLOUT, 0});
    items.push_back({m_attach.get(), POLLIN, 0});
    items.push_back({m_control.get(), POLLIN, 0});
    for (const Client& client : m_clients)
        items.push_back(
            {client.fd.get(),
             static_cast<short>((takeInput || client.control ? POLLIN : 0) | (client.queue.empty() ? 0 : POLLOUT)), 0});
    if (::poll(items.data(), items.size(), m_ended ? 100 : -1) < 0)
        return;
    size_t known = m_clients.size();
    if (items[0].revents)
        reap();
    if (items[1].revents & (POLLIN | POLLHUP | POLLERR))
        readOutput();
    if ((items[1].revents | items[2].revents) & (POLLOUT | POLLERR))
        writeInput();
    for (size_t i = 0; i < known; ++i)
        if (m_clients[i].fd && items[5 + i].revents)
            serve(m_clients[i], items[5 + i].revents);
    if (items[3].revents)
        accept(m_attach.get(), false);
    if (items[4].revents)
        accept(m_control.get(), true);
    m_clients.erase(std::remove_if(m_clients.begin(), m_clients.end(), [](const Client& c) { return !c.fd; }),
                    m_clients.end());
}

void Supervisor::finish()
{
    int code = WIFSIGNALED(m_status) ? 128 + WTERMSIG(m_status) : WEXITSTATUS(m_status);
    int number = WIFSIGNALED(m_status) ? WTERMSIG(m_status) : 0;
    Json json = {
        {"exitCode", code}, {"signal", number}, {"oomKilled", oomKills() > m_oomBefore}, {"finishedAt", m_endedAt}};
    // The sockets first: who sees the record may count on them being gone.
    m_attach.reset();
    m_control.reset();
    (void)::unlink(path("attach.sock").c_str());
    (void)::unlink(path("control.sock").c_str());
    (void)writeFileAtomic(path("exit.json"), dumpJson(json) + "\n", 0600);
    // What clients have not read yet is in the socket's buffer; give them a moment for the rest.
    for (int i = 0; i < 20; ++i) {
        bool left = false;
        for (Client& client : m_clients) {
            flush(client);
            left = left || (client.fd && !client.queue.empty());
        }
        if (!left)
            break;
        ::usleep(10000);
    }
    (void)::unlink(path("supervisor.pid").c_str());
}

void Supervisor::loop()
{
    // Whoever ended before open() listened to SIGCHLD. One that nobody waits for would keep its pid namespace, and
    // with it the whole container, from ending.
    reap();
    while (!(m_ended && (!m_output || monotonicNanoseconds() > m_drainUntil)))
        poll();
    finish();
}

} // namespace diptych::runtime
