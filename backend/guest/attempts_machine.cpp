// Attempts on the machine: its name, clock, log, modules, power. Each call is made so that the kernel refuses it after
// it has looked whether the caller may, and before it does anything; in the kernel's own order, which the comments
// name.
#include "base/files.h"
#include "guest/attempts.h"

#include <sys/klog.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace diptych::guest {

namespace {

Outcome seeName(const std::string& hostName)
{
    utsname name{};
    ::uname(&name);
    Outcome outcome;
    outcome.call = "uname()";
    outcome.seen = name.nodename;
    outcome.possible = hostName == name.nodename;
    outcome.reach = outcome.possible ? Reach::Host : Reach::Own;
    return outcome;
}

/// One byte longer than a name can be: capability first, then the length (EINVAL).
Outcome setName(Reach reach)
{
    constexpr size_t kTooLong = 65;
    return outcomeOf("sethostname(…, 65)", ::syscall(SYS_sethostname, "", kTooLong), reach, {EINVAL});
}

/// A tick of 0 is 100 % off: capability first, then EINVAL for more than 10 %.
Outcome setClock()
{
    timex change{};
    change.modes = ADJ_TICK;
    change.tick = 0;
    return outcomeOf("adjtimex(ADJ_TICK, 0)", ::adjtimex(&change), Reach::Host, {EINVAL});
}

/// Reads, and leaves the messages where they are; only how many bytes there were is told.
Outcome readLog()
{
    char buffer[4096];
    constexpr int kReadAll = 3;
    long length = ::klogctl(kReadAll, buffer, sizeof buffer);
    Outcome outcome = outcomeOf("syslog(READ_ALL)", length, Reach::Host);
    if (length > 0)
        outcome.seen = fmt::format("{} B", length);
    return outcome;
}

/// No bytes are no module: capability first, then ENOEXEC. ENOSYS: this kernel takes none.
Outcome loadModule()
{
    return outcomeOf("init_module(0 B)", ::syscall(SYS_init_module, "", 0UL, ""), Reach::Host, {ENOEXEC, EFAULT});
}

/// Wrong magic numbers: capability first, then EINVAL.
Outcome restart(Reach reach)
{
    return outcomeOf("reboot(0, 0, 0)", ::syscall(SYS_reboot, 0, 0, 0, nullptr), reach, {EINVAL});
}

Outcome seeIpc(bool hosts)
{
    Outcome outcome;
    outcome.call = "/proc/sysvipc";
    size_t objects = 0;
    for (const char* kind : {"shm", "sem", "msg"}) {
        const std::string text = readFile(fmt::format("/proc/sysvipc/{}", kind)).value_or("");
        objects += std::max<size_t>(1, split(trim(text), '\n').size()) - 1; // the first line is a heading
    }
    outcome.seen = std::to_string(objects);
    outcome.possible = hosts;
    outcome.reach = hosts ? Reach::Host : Reach::Own;
    return outcome;
}

/// Its own group is "/" in a namespace; else the path says where on the machine it is.
Outcome seeGroup()
{
    Outcome outcome;
    outcome.call = "/proc/self/cgroup";
    const std::string text = readFile(outcome.call).value_or("");
    for (std::string_view line : split(trim(text), '\n'))
        if (size_t path = line.find(":/"); path != std::string_view::npos && line.size() > path + 2) {
            outcome.possible = true;
            outcome.seen = line.substr(path + 1);
        }
    outcome.reach = outcome.possible ? Reach::Host : Reach::Own;
    return outcome;
}

} // namespace

void Attempts::machine()
{
    add("seeHostName", [&] { return seeName(m_host.hostName); });
    add("setHostName", [&] { return setName(reachOf("uts")); });
    add("seeIpc", [&] { return seeIpc(shares("ipc")); });
    add("seeGroup", seeGroup);
    add("setClock", setClock);
    add("readKernelLog", readLog);
    add("loadModule", loadModule);
    add("restart", [&] { return restart(reachOf("pid")); });
}

} // namespace diptych::guest
