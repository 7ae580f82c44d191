#include "guest/init.h"

#include "base/files.h"

#include <exception>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

namespace diptych::guest {

namespace {
Record g_record;

int64_t uptime()
{
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

[[noreturn]] void giveUp(std::string_view what, int exitCode)
{
    say(what);
    g_record.connect();
    g_record.exited(exitCode);
    powerOff();
}

// A crash of PID 1 is a panic with the disk not flushed; only calls that are safe in a signal handler.
void crashed(int)
{
    constexpr std::string_view text = "\r\ndiptych: the guest's init has crashed\r\n";
    (void)!::write(STDERR_FILENO, text.data(), text.size());
    ::sync();
    ::reboot(RB_POWER_OFF);
    for (;;)
        ::pause();
}

void catchCrashes()
{
    for (int number : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT})
        ::signal(number, crashed);
    std::set_terminate([] { crashed(SIGABRT); });
    // Everything else comes through signalfd, in serve().
    sigset_t all;
    sigfillset(&all);
    for (int number : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT})
        sigdelset(&all, number);
    ::sigprocmask(SIG_BLOCK, &all, nullptr);
    // Ctrl-Alt-Del becomes SIGINT to us instead of a reset.
    ::reboot(RB_DISABLE_CAD);
}

void endEverything()
{
    ::kill(-1, SIGTERM);
    for (int i = 0; i < 50 && ::waitpid(-1, nullptr, WNOHANG) >= 0; ++i)
        ::usleep(2000);
    ::kill(-1, SIGKILL);
    while (::waitpid(-1, nullptr, 0) > 0) {
    }
}

/// Drivers first: the record's port is one of them.
Status begin(Config& config)
{
    config = TRYX(parseConfig(TRY(readFile("/diptych/config.json"))), "/diptych/config.json");
    if (config.modules.empty() && exists("/diptych/modules")) {
        std::string list = TRY(readFile("/diptych/modules"));
        for (std::string_view name : split(list, '\n'))
            if (!name.empty())
                config.modules.emplace_back(name);
    }
    loadModules(config.modules);
    g_record.connect();
    g_record.event("modules");
    return {};
}

Status boot(Config& config, Lease& lease)
{
    TRY(switchRoot(config));
    g_record.event("root");
    if (!config.hostname.empty() && ::sethostname(config.hostname.data(), config.hostname.size()) < 0)
        return failErrno("sethostname");
    // A twin without network is still worth having: told, not fatal.
    if (auto got = configureNetwork(config))
        lease = std::move(*got);
    else
        say(got.error().message);
    g_record.event("network");
    writeEtc(config);
    makeControlGroup(config.pids);
    if (!config.user.name.empty())
        config.user = TRY(
            lookUpUser(config.user.name, readFile("/etc/passwd").value_or(""), readFile("/etc/group").value_or("")));
    return {};
}
} // namespace

void say(std::string_view text)
{
    static UniqueFd console;
    if (!console)
        console = UniqueFd(::open("/dev/console", O_WRONLY | O_NOCTTY | O_CLOEXEC));
    (void)writeAll(console ? console.get() : STDERR_FILENO, fmt::format("\r\ndiptych: {}\r\n", text));
}

void powerOff()
{
    ::sync();
    (void)::mount(nullptr, "/", nullptr, MS_REMOUNT | MS_RDONLY, nullptr);
    ::reboot(RB_POWER_OFF);
    for (;;)
        ::pause();
}

Result<UniqueFd> openPort(std::string_view name)
{
    const std::string ports = "/sys/class/virtio-ports";
    for (const std::string& port : TRY(listDirectory(ports)))
        if (trim(readFile(ports + "/" + port + "/name").value_or("")) == name)
            return openFile("/dev/" + port, O_RDWR | O_NONBLOCK);
    return fail(Code::NotFound, fmt::format("no port {}", name));
}

void Record::connect()
{
    auto port = openPort("org.diptych.record.0");
    if (m_port || !port)
        return;
    m_port = std::move(*port);
    send(std::exchange(m_waiting, {}));
}

void Record::send(const std::string& line)
{
    if (!m_port) {
        m_waiting += line;
        return;
    }
    // A host that does not read must not stop the boot: give it a second.
    std::string_view left = line;
    while (!left.empty()) {
        ssize_t n = ::write(m_port.get(), left.data(), left.size());
        if (n > 0) {
            left.remove_prefix(static_cast<size_t>(n));
            continue;
        }
        pollfd wait{m_port.get(), POLLOUT, 0};
        if (errno != EINTR && ::poll(&wait, 1, 1000) <= 0)
            return;
    }
}

void Record::put(Json line)
{
    line["uptime"] = uptime();
    send(dumpJson(line) + "\n");
}

void Record::event(const char* name)
{
    put({{"event", name}});
}

void Record::exited(int exitCode)
{
    put({{"event", "exit"}, {"exitCode", exitCode}});
}

void runInit()
{
    catchCrashes();
    if (auto mounted = mountKernelFilesystems(); !mounted)
        giveUp(mounted.error().message, 125);
    g_record.event("init");
    Config config;
    Lease lease;
    if (auto begun = begin(config); !begun)
        giveUp(begun.error().message, 125);
    if (config.readsDisk) {
        auto read = readDisk(g_record);
        if (!read)
            g_record.put({{"event", "refused"}, {"reason", read.error().message}});
        g_record.exited(read ? 0 : 125);
        powerOff();
    }
    if (auto booted = boot(config, lease); !booted)
        giveUp(booted.error().message, 125);
    auto entry = startEntrypoint(config);
    if (!entry)
        giveUp(entry.error().message, 127);
    g_record.event("entrypoint");
    int exitCode = serve(config, *entry, lease);
    endEverything();
    g_record.exited(exitCode);
    powerOff();
}

} // namespace diptych::guest
