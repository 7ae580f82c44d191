#include "runtime/terminal.h"

#include "base/descriptors.h"
#include "base/files.h"
#include "runtime/mountapi.h"
#include "runtime/process.h"
#include "runtime/rootpath.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <linux/magic.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace diptych::runtime {

Result<Pty> openPty(int root, const oci::Process& process)
{
    UniqueFd pts = TRYX(lookUp(root, "/dev/pts"), "process.terminal");
    if (TRY(fileSystemMagic(pts.get())) != DEVPTS_SUPER_MAGIC)
        return fail(Code::Failed, "process.terminal needs a devpts at /dev/pts");
    Pty pty;
    pty.master = TRYX(openFileAt(pts.get(), "ptmx", O_RDWR | O_NOCTTY | O_NOFOLLOW), "process.terminal");
    int unlock = 0;
    if (::ioctl(pty.master.get(), TIOCSPTLCK, &unlock) < 0)
        return failErrno("unlock the pty");
    pty.slave.reset(::ioctl(pty.master.get(), TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC));
    if (!pty.slave)
        return failErrno("open the pty's slave");
    if (::fchown(pty.slave.get(), process.user.uid, static_cast<gid_t>(-1)) < 0 && errno != EINVAL && errno != EPERM)
        return failErrno("give the pty to the user");
    if (process.rows || process.columns) {
        winsize size = {process.rows, process.columns, 0, 0};
        (void)::ioctl(pty.master.get(), TIOCSWINSZ, &size);
    }
    return pty;
}

Status becomeTerminal(int slave)
{
    if (::ioctl(slave, TIOCSCTTY, 0) < 0)
        return failErrno("make the pty the controlling terminal");
    for (int fd = 0; fd <= 2; ++fd)
        if (::dup2(slave, fd) < 0)
            return failErrno("dup2");
    return {};
}

Status sendToConsoleSocket(const std::string& path, int master)
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return failField("console-socket", "--console-socket: the path is too long for a socket");
    path.copy(address.sun_path, path.size());
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket || ::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) < 0)
        return failErrno(fmt::format("--console-socket {}", path));
    TRY(sendWithDescriptors(socket.get(), {"/dev/ptmx"}, {master}, fmt::format("--console-socket {}", path)));
    return {};
}

namespace {
// Raw while it lives: what is typed goes to the container as it is, Ctrl-C too.
class RawTerminal final
{
public:
    RawTerminal()
    {
        m_on = ::isatty(0) && ::tcgetattr(0, &m_old) == 0;
        if (!m_on)
            return;
        termios raw = m_old;
        ::cfmakeraw(&raw);
        (void)::tcsetattr(0, TCSANOW, &raw);
    }
    ~RawTerminal()
    {
        if (m_on)
            (void)::tcsetattr(0, TCSANOW, &m_old);
    }
    RawTerminal(const RawTerminal&) = delete;
    RawTerminal& operator=(const RawTerminal&) = delete;

private:
    termios m_old = {};
    bool m_on = false;
};
} // namespace

static void copySize(int master)
{
    winsize size = {};
    if (::ioctl(0, TIOCGWINSZ, &size) == 0 && size.ws_col)
        (void)::ioctl(master, TIOCSWINSZ, &size);
}

// False at the end of the input or when the other side is gone.
static bool copyOnce(int from, int to)
{
    std::array<char, 8192> buffer{};
    ssize_t n = ::read(from, buffer.data(), buffer.size());
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    return n > 0 && writeAll(to, std::string_view(buffer.data(), static_cast<size_t>(n)));
}

static UniqueFd forwardedSignals()
{
    sigset_t set;
    ::sigemptyset(&set);
    for (int number : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGCONT, SIGWINCH, SIGALRM})
        ::sigaddset(&set, number);
    (void)::sigprocmask(SIG_BLOCK, &set, nullptr);
    return UniqueFd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

static void forwardSignal(int signals, int process, int master)
{
    signalfd_siginfo info = {};
    if (::read(signals, &info, sizeof info) != sizeof info)
        return;
    if (info.ssi_signo == SIGWINCH && master >= 0)
        copySize(master);
    else
        (void)signalProcess(process, static_cast<int>(info.ssi_signo));
}

static Status relay(int process, int master)
{
    RawTerminal raw;
    if (master >= 0)
        copySize(master);
    UniqueFd signals = forwardedSignals();
    int input = master >= 0 ? 0 : -1;
    std::array<pollfd, 4> items = {
        {{master, POLLIN, 0}, {input, POLLIN, 0}, {signals.get(), POLLIN, 0}, {process, POLLIN, 0}}};
    for (;;) {
        if (::poll(items.data(), items.size(), -1) < 0) {
            if (errno == EINTR)
                continue;
            return failErrno("poll");
        }
        if (items[2].revents)
            forwardSignal(signals.get(), process, master);
        if (items[1].revents && !copyOnce(0, master))
            items[1].fd = -1;
        if (items[0].revents && !copyOnce(master, 1))
            items[0].fd = -1;
        // Ended, and nothing more to show.
        if (items[3].revents && (items[0].fd < 0 || !items[0].revents))
            return {};
    }
}

Result<int> waitForeground(pid_t pid, int process, int master)
{
    TRY(relay(process, master));
    int status = 0;
    while (::waitpid(pid, &status, __WALL) < 0)
        if (errno != EINTR)
            return failErrno("wait for the container");
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

} // namespace diptych::runtime
