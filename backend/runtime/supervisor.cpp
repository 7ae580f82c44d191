#include "runtime/supervisor.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/json.h"
#include "runtime/channel.h"
#include "runtime/process.h"
#include "runtime/sessionlog.h"
#include "runtime/setup.h"
#include "runtime/startsocket.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <fcntl.h>
#include <link.h>
#include <malloc.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace diptych::runtime {

namespace {

constexpr size_t queueLimit = size_t{1} << 20; ///< a client that reads slower than this is let go
constexpr size_t clientLimit = 64;

struct Client
{
    UniqueFd fd;
    bool control = false;
    std::string queue; ///< to be written to it
    std::string line;  ///< control: what came so far
};

class Supervisor final
{
public:
    Supervisor(Supervised made, UniqueFd output, UniqueFd input)
        : m_made(std::move(made)), m_output(std::move(output)), m_input(std::move(input))
    {
    }
    Status open();
    void loop();

private:
    void poll();
    void accept(int listener, bool control);
    void readOutput();
    void writeInput();
    void serve(Client& client, short events);
    void readClient(Client& client);
    void readControl(Client& client);
    std::string control(std::string_view line);
    void flush(Client& client);
    void reap();
    void finish();
    [[nodiscard]] std::string path(const char* name) const { return m_made.directory + "/" + name; }
    [[nodiscard]] uint64_t oomKills() const;

    Supervised m_made;
    UniqueFd m_output, m_input, m_attach, m_control, m_signals;
    std::optional<SessionLog> m_log;
    std::vector<Client> m_clients;
    std::string m_pendingInput;
    bool m_ended = false;
    int m_status = 0;
    int64_t m_endedAt = 0, m_drainUntil = 0;
    uint64_t m_oomBefore = 0;
};

} // namespace

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

// Not part of anybody's job control, parent of what is orphaned below, last to be killed when memory ends.
static void detach()
{
    (void)::setsid();
    (void)::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    (void)::prctl(PR_SET_NAME, "diptych-super", 0, 0, 0);
    (void)!::chdir("/");
    for (int number : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGUSR1, SIGUSR2})
        (void)::signal(number, SIG_IGN);
}

static void closeStandard()
{
    UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
    for (int fd = 0; fd <= 2; ++fd)
        (void)::dup2(null.get(), fd);
    // Needs CAP_SYS_RESOURCE; without it the caller's value stays. After the clone: the program must not inherit it.
    (void)writeFile("/proc/self/oom_score_adj", "-999");
}

// Most of the program was only needed to make the container. Its clean pages are given back to the page cache, and the
// few that the loop needs come again: the difference between 2 MB and well below 1 MB for each container.
static int releasePages(dl_phdr_info* info, size_t, void*)
{
    for (size_t i = 0; i < info->dlpi_phnum; ++i) {
        const auto& segment = info->dlpi_phdr[i];
        if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W))
            continue; // written ones would lose what was written
        uintptr_t page = static_cast<uintptr_t>(::sysconf(_SC_PAGESIZE));
        uintptr_t begin = (info->dlpi_addr + segment.p_vaddr) & ~(page - 1);
        uintptr_t end = info->dlpi_addr + segment.p_vaddr + segment.p_memsz;
        (void)::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
        // Without this every fault would bring in its neighbours as well.
        (void)::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_RANDOM);
    }
    return 0;
}

namespace {
struct Pipes
{
    UniqueFd outRead, outWrite, inRead, inWrite;
};
} // namespace

static Result<Pipes> makePipes()
{
    std::array<int, 2> out = {-1, -1}, in = {-1, -1};
    if (::pipe2(out.data(), O_CLOEXEC) < 0)
        return failErrno("pipe");
    Pipes pipes{UniqueFd(out[0]), UniqueFd(out[1]), {}, {}};
    if (::pipe2(in.data(), O_CLOEXEC) < 0)
        return failErrno("pipe");
    pipes.inRead.reset(in[0]);
    pipes.inWrite.reset(in[1]);
    return pipes;
}

static Status startProgram(Supervised& made, const Trace& trace)
{
    if (!made.startNow)
        return {};
    TRY(sendMessage(made.launched.channel.get(), Message::Start, trace.on() ? "trace" : ""));
    return awaitExec(made.launched.channel.get(), trace);
}

static Status superviseHere(const MakeSupervised& make, const Trace& trace, int report)
{
    detach();
    Pipes pipes = TRY(makePipes());
    Supervised made = TRY(make({pipes.inRead.get(), pipes.outWrite.get(), pipes.outWrite.get()}));
    pipes.inRead.reset();
    pipes.outWrite.reset();
    UniqueFd process = TRY(duplicate(made.launched.process.get()));
    bool terminal = made.terminal;
    UniqueFd output = terminal ? std::move(made.launched.console) : std::move(pipes.outRead);
    UniqueFd input = terminal ? UniqueFd() : std::move(pipes.inWrite);
    auto started = startProgram(made, trace);
    made.launched.channel.reset();
    Supervisor supervisor(std::move(made), std::move(output), std::move(input));
    auto opened = started ? supervisor.open() : started;
    if (!opened) {
        (void)signalProcess(process.get(), SIGKILL);
        return opened;
    }
    process.reset();
    pipes = {};
    (void)sendMessage(report, Message::Ready);
    ::close(report);
    closeStandard();
    ::malloc_trim(0);
    ::dl_iterate_phdr(releasePages, nullptr);
    supervisor.loop();
    return {};
}

Status superviseInBackground(const MakeSupervised& make, const Trace& trace)
{
    SocketPair report = TRY(socketPair(SOCK_SEQPACKET));
    pid_t pid = ::fork();
    if (pid < 0)
        return failErrno("fork");
    if (pid == 0) {
        report.ours.reset();
        int fd = report.theirs.release();
        auto done = superviseHere(make, trace, fd);
        if (!done)
            sendError(fd, done.error());
        ::_exit(done ? 0 : 1);
    }
    report.theirs.reset();
    Envelope answer = TRY(receiveMessage(report.ours.get()));
    if (answer.kind == Message::Ready)
        return {};
    (void)::waitpid(pid, nullptr, 0);
    if (answer.kind == Message::Error)
        return tl::unexpected<Error>(errorOf(answer));
    return fail(Code::Failed, "the supervisor died while the container was made");
}

} // namespace diptych::runtime
