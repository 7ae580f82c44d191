// Attempts on processes: who can be seen, reached, looked into.
#include "base/files.h"
#include "guest/attempts.h"

#include <csignal>
#include <fcntl.h>
#include <sys/ptrace.h>
#include <unistd.h>

namespace diptych::guest {

namespace {

struct Seen
{
    std::vector<std::string> names; ///< of processes that are not of this program, that is, not of a copy of ours
    int first = 0;                  ///< one of them with a program of its own
};

Seen processesOfOthers()
{
    Seen seen;
    for (const std::string& name : listDirectory("/proc").value_or(std::vector<std::string>{})) {
        if (name.find_first_not_of("0123456789") != std::string::npos)
            continue;
        const std::string command = readFile("/proc/" + name + "/cmdline", 65536).value_or("");
        const std::string program = command.substr(0, command.find('\0'));
        if (program.substr(program.find_last_of('/') + 1) == "diptych-guest") // npos + 1 is 0
            continue;
        seen.names.emplace_back(trim(readFile("/proc/" + name + "/comm").value_or("?")));
        if (seen.first == 0 && !command.empty())
            seen.first = std::atoi(name.c_str());
    }
    return seen;
}

Outcome nobody(std::string call)
{
    Outcome outcome;
    outcome.call = std::move(call);
    outcome.error = ESRCH;
    outcome.reach = Reach::Host;
    return outcome;
}

Outcome see(const Seen& seen)
{
    Outcome outcome;
    outcome.call = "readdir(/proc)";
    outcome.possible = !seen.names.empty();
    outcome.seen = shortList(seen.names);
    outcome.reach = outcome.possible ? Reach::Host : Reach::Own;
    return outcome;
}

/// Signal 0 is delivered to nobody: the kernel only says whether another would be.
Outcome signalOne(const Seen& seen)
{
    if (seen.first == 0)
        return nobody("kill(PID, 0)");
    return outcomeOf(fmt::format("kill({}, 0)", seen.first), ::kill(seen.first, 0), Reach::Host);
}

/// A child of ours, which is ended.
long traceChild()
{
    pid_t child = ::fork();
    if (child == 0) {
        ::pause();
        ::_exit(0);
    }
    long traced = ::ptrace(PTRACE_SEIZE, child, 0, 0);
    int error = errno;
    (void)::kill(child, SIGKILL);
    errno = error;
    return traced;
}

Outcome traceOwn()
{
    int error = inChild(traceChild);
    errno = error;
    return outcomeOf("ptrace(PTRACE_SEIZE)", error == 0 ? 0 : -1, Reach::Kernel);
}

Outcome hostsRoot()
{
    Outcome outcome;
    outcome.call = "/proc/self/uid_map";
    const std::string map = readFile(outcome.call).value_or("");
    unsigned long inside = 1, outside = 1;
    outcome.possible = std::sscanf(map.c_str(), "%lu %lu", &inside, &outside) == 2 && inside == 0 && outside == 0;
    outcome.seen = fmt::format("0 = {}", outside);
    outcome.reach = Reach::Host;
    return outcome;
}

} // namespace

void Attempts::processes()
{
    const Seen seen = processesOfOthers();
    add("seeProcesses", [&] { return see(seen); });
    add("signalProcess", [&] { return signalOne(seen); });
    // Opening asks the kernel whether we may look into it; nothing is read.
    add("readMemory", [&] {
        return seen.first == 0 ? nobody("open(/proc/PID/mem, O_RDONLY)")
                               : opens(fmt::format("/proc/{}/mem", seen.first), O_RDONLY, Reach::Host);
    });
    add("beRoot", hostsRoot);
    add("traceOwn", traceOwn);
}

} // namespace diptych::guest
