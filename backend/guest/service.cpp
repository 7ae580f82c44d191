#include "guest/init.h"

#include "base/files.h"
#include "guest/probe.h"

#include <fcntl.h>
#include <linux/input.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

namespace diptych::guest {

namespace {
constexpr size_t kLongestRequest = 64 * 1024;

class Service final
{
public:
    Service(const Config& config, pid_t entry, Lease lease)
        : m_config(config), m_entry(entry), m_lease(std::move(lease))
    {
        sigset_t all;
        sigfillset(&all);
        m_signals = UniqueFd(::signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK));
        openGuestPort();
        openPowerButton();
        if (!m_config.terminal)
            keepShell();
        m_renewAt = m_lease.seconds ? now() + m_lease.seconds / 2 : 0;
    }

    int run()
    {
        while (!m_ended) {
            // Without a host at the other end the port is readable all the time, with nothing: SIGIO tells of the next.
            pollfd fds[] = {{m_signals.get(), POLLIN, 0},
                            {m_hostThere ? m_port.get() : -1, POLLIN, 0},
                            {m_button.get(), POLLIN, 0}};
            (void)::poll(fds, std::size(fds), m_hostThere ? 60'000 : 1000);
            readSignals();
            if (!m_hostThere || fds[1].revents)
                readPort();
            if (fds[2].revents)
                readButton();
            renew();
        }
        return m_exitCode;
    }

private:
    static int64_t now()
    {
        timespec time{};
        ::clock_gettime(CLOCK_BOOTTIME, &time);
        return time.tv_sec;
    }

    void openGuestPort()
    {
        auto port = openPort("org.diptych.guest.0");
        if (!port)
            return;
        m_port = std::move(*port);
        ::fcntl(m_port.get(), F_SETOWN, ::getpid());
        ::fcntl(m_port.get(), F_SETFL, O_NONBLOCK | O_ASYNC);
    }

    // Present when the button and evdev drivers are: then "virsh shutdown" works like anywhere else.
    void openPowerButton()
    {
        auto names = listDirectory("/dev/input");
        for (const std::string& name : names ? *names : std::vector<std::string>{}) {
            UniqueFd fd(::open(("/dev/input/" + name).c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
            unsigned char keys[KEY_MAX / 8 + 1] = {};
            if (fd && ::ioctl(fd.get(), EVIOCGBIT(EV_KEY, sizeof keys), keys) >= 0 &&
                (keys[KEY_POWER / 8] >> (KEY_POWER % 8) & 1))
                m_button = std::move(fd);
        }
    }

    void keepShell()
    {
        if (!exists("/bin/sh"))
            return;
        say("press Enter for a shell");
        if (auto pid = offerShell(m_config))
            m_shell = *pid;
    }

    void stop() const { ::kill(m_entry, m_config.stopSignal); }

    void readSignals()
    {
        signalfd_siginfo info{};
        while (::read(m_signals.get(), &info, sizeof info) == sizeof info) {
            int number = static_cast<int>(info.ssi_signo);
            if (number == SIGIO)
                m_hostThere = true;
            else if (number == SIGINT || number == SIGTERM || number == SIGPWR)
                stop();
        }
        int status = 0;
        for (pid_t pid; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) {
            if (pid == m_entry) {
                m_ended = true;
                m_exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            } else if (pid == m_shell && !m_ended) {
                keepShell();
            }
        }
    }

    void readButton()
    {
        input_event event{};
        while (::read(m_button.get(), &event, sizeof event) == sizeof event)
            if (event.type == EV_KEY && event.code == KEY_POWER && event.value == 1)
                stop();
    }

    void readPort()
    {
        char buffer[4096];
        ssize_t n = m_port ? ::read(m_port.get(), buffer, sizeof buffer) : 0;
        m_hostThere = n > 0 || (n < 0 && errno == EAGAIN);
        if (n == 0)
            m_request.clear();
        if (n <= 0)
            return;
        m_request.append(buffer, static_cast<size_t>(n));
        size_t end = 0;
        while ((end = m_request.find('\0')) != std::string::npos) {
            send(dumpJson(answer(m_request.substr(0, end))));
            m_request.erase(0, end + 1);
        }
        if (m_request.size() > kLongestRequest)
            m_request.clear();
    }

    // To a host that reads; one that does not gets two seconds for each piece and then nothing.
    void send(std::string text) const
    {
        text.push_back('\0');
        std::string_view left = text;
        while (!left.empty()) {
            ssize_t n = ::write(m_port.get(), left.data(), std::min<size_t>(left.size(), 32768));
            if (n > 0) {
                left.remove_prefix(static_cast<size_t>(n));
                continue;
            }
            pollfd wait{m_port.get(), POLLOUT, 0};
            if (errno != EINTR && (::poll(&wait, 1, 2000) <= 0 || (wait.revents & POLLHUP)))
                return;
        }
    }

    Json answer(const std::string& text)
    {
        auto result = [&]() -> Result<Json> {
            Json request = TRY(parseJson(text, {kLongestRequest, 8}));
            JsonReader reader(request);
            std::string method = TRY(reader.string("method"));
            if (method == "Ping")
                return Json::object();
            if (method == "Probe")
                return probeAsEntry();
            if (method == "Stop") {
                stop();
                return Json::object();
            }
            if (method == "SetLimits") {
                TRY(setPidsLimit(TRY(reader.unsignedInteger("pids"))));
                return Json::object();
            }
            return fail(Code::NotFound, fmt::format("no method {}", method));
        }();
        return result ? Json{{"result", std::move(*result)}} : Json{{"error", result.error().message}};
    }

    // In a child with the entry point's ids: it must see what the entry point sees, not what init may.
    Result<Json> probeAsEntry()
    {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) < 0)
            return failErrno("pipe");
        UniqueFd read(ends[0]), write(ends[1]);
        pid_t pid = ::fork();
        if (pid < 0)
            return failErrno("fork");
        if (pid == 0) {
            becomeUser(m_config.user);
            Sources sources;
            sources.process = std::to_string(m_entry);
            ::_exit(writeAll(write.get(), dumpJson(probe(sources))) ? 0 : 1);
        }
        write.reset();
        auto text = readFd(read.get(), size_t{1} << 20);
        (void)::waitpid(pid, nullptr, 0);
        return parseJson(TRY(std::move(text)));
    }

    // Half of the lease is over: ask for the same address again, in a child because the answer may take seconds.
    void renew()
    {
        if (!m_renewAt || now() < m_renewAt)
            return;
        m_renewAt = now() + std::max<int64_t>(m_lease.seconds / 8, 60);
        pid_t pid = ::fork();
        if (pid == 0)
            ::_exit(askDhcp(firstInterface(), m_lease.address.substr(0, m_lease.address.find('/'))) ? 0 : 1);
    }

    const Config& m_config;
    pid_t m_entry, m_shell = 0;
    Lease m_lease;
    int64_t m_renewAt = 0;
    UniqueFd m_signals, m_port, m_button;
    std::string m_request;
    bool m_hostThere = true, m_ended = false;
    int m_exitCode = 0;
};
} // namespace

int serve(const Config& config, pid_t entry, const Lease& lease)
{
    return Service(config, entry, lease).run();
}

} // namespace diptych::guest
