#include "guest/init.h"

#include "base/files.h"
#include "guest/attempts.h"
#include "guest/port.h"
#include "guest/probe.h"

#include <fcntl.h>
#include <linux/input.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

namespace diptych::guest {

namespace {
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
        m_devices = listenForDevices();
        useProcessors(kAllProcessors);
        if (!m_config.terminal)
            keepShell();
        m_renewAt = m_lease.seconds ? now() + m_lease.seconds / 2 : 0;
    }

    int run()
    {
        while (!m_ended) {
            pollfd fds[] = {{m_signals.get(), POLLIN, 0},
                            m_port.interest(),
                            {m_button.get(), POLLIN, 0},
                            {m_devices.get(), POLLIN, 0}};
            (void)::poll(fds, std::size(fds), m_port.patience());
            readSignals();
            m_port.turn(fds[1].revents);
            if (fds[2].revents)
                readButton();
            if (fds[3].revents && processorCame(m_devices.get()))
                useProcessors(kAllProcessors);
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
        ::fcntl(port->get(), F_SETOWN, ::getpid());
        ::fcntl(port->get(), F_SETFL, O_NONBLOCK | O_ASYNC);
        m_port.open(std::move(*port));
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
        if (m_size.ws_col)
            (void)applySize(); // the line was hung up under the last one, and starts anew
    }

    void stop() const { ::kill(m_entry, m_config.stopSignal); }

    void readSignals()
    {
        signalfd_siginfo info{};
        while (::read(m_signals.get(), &info, sizeof info) == sizeof info) {
            int number = static_cast<int>(info.ssi_signo);
            if (number == SIGIO)
                m_port.stirred();
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

    Result<Json> answer(JsonReader request)
    {
        std::string method = TRY(request.string("method"));
        if (method == "Probe")
            return probeAsEntry();
        if (method == "Attempts")
            return attempt(TRY(request.string("host")));
        if (method == "Stop")
            stop();
        else if (method == "SetLimits")
            TRY(setLimits(request));
        else if (method == "Resize")
            TRY(resize(request));
        else if (method != "Ping")
            return fail(Code::NotFound, fmt::format("no method {}", method));
        return Json::object();
    }

    static Status setLimits(JsonReader& request)
    {
        TRY(setPidsLimit(TRY(request.unsignedInteger("pids"))));
        // Those that come later announce themselves.
        useProcessors(TRY(request.optionalUnsigned("cpus")).value_or(kAllProcessors));
        return {};
    }

    /// The line has no size of its own; whoever is in the foreground on it gets SIGWINCH.
    Status resize(JsonReader& request)
    {
        uint64_t columns = TRY(request.unsignedInteger("columns")), rows = TRY(request.unsignedInteger("rows"));
        if (columns == 0 || columns > UINT16_MAX)
            return failField("columns", "not from 1 to 65535");
        if (rows == 0 || rows > UINT16_MAX)
            return failField("rows", "not from 1 to 65535");
        m_size.ws_col = static_cast<unsigned short>(columns);
        m_size.ws_row = static_cast<unsigned short>(rows);
        return applySize();
    }

    [[nodiscard]] Status applySize() const
    {
        UniqueFd console(::open(consolePath().c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
        if (!console || ::ioctl(console.get(), TIOCSWINSZ, &m_size) < 0)
            return failErrno(fmt::format("size of {}", consolePath()));
        return {};
    }

    // In a child with the entry point's ids: it must see what the entry point sees, not what init may.
    Result<Json> probeAsEntry()
    {
        return askChild([this] {
            becomeUser(m_config.user);
            Sources sources;
            sources.process = std::to_string(m_entry);
            return probe(sources);
        });
    }

    // With all rights: whatever holds it back then is the machine's wall. In a child, which may hang and be ended.
    static Result<Json> attempt(const std::string& host)
    {
        return askChild([&host] {
            ::signal(SIGALRM, SIG_DFL);
            sigset_t none;
            sigemptyset(&none);
            ::sigprocmask(SIG_SETMASK, &none, nullptr);
            return Attempts({}).ofMachine(host);
        });
    }

    static Result<Json> askChild(const std::function<Json()>& work)
    {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) < 0)
            return failErrno("pipe");
        UniqueFd read(ends[0]), write(ends[1]);
        pid_t pid = ::fork();
        if (pid < 0)
            return failErrno("fork");
        if (pid == 0)
            ::_exit(writeAll(write.get(), dumpJson(work())) ? 0 : 1);
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
    UniqueFd m_signals, m_button, m_devices;
    GuestPort m_port{[this](JsonReader request) { return answer(std::move(request)); }};
    winsize m_size{};
    bool m_ended = false;
    int m_exitCode = 0;
};
} // namespace

int serve(const Config& config, pid_t entry, const Lease& lease)
{
    return Service(config, entry, lease).run();
}

} // namespace diptych::guest
