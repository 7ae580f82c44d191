// Rows about what a kernel makes: kernel, processes, users, host name, system calls, clock.
#include "isolation/facts.h"

namespace diptych::isolation {

using Kernel = Facts::Kernel;

Row kernelRow(const Facts& facts)
{
    const std::string file = "/proc/sys/kernel/random/boot_id", show = "cat " + file;
    std::vector<Evidence> evidence{
        {"boot id inside", facts.insideText({"kernel", "bootId"}), file, commandInside(facts, show)},
        {"boot id of the host", facts.host().bootId, file, show},
        {"release inside", facts.insideText({"kernel", "release"}), "uname(2)", commandInside(facts, "uname -r")},
        {"release of the host", facts.host().release, "uname(2)", "uname -r"}};
    std::map<std::string, std::string> values{{"release", facts.insideText({"kernel", "release"})}};
    if (facts.kernel() == Kernel::Same)
        return makeRow("kernel", Wall::Shared, "kernelShared", values, evidence);
    bool known = !facts.domainType().empty();
    return makeRow("kernel", known ? Wall::Own : Wall::Emulated, known ? "kernelOwn" : "kernelForeign", values,
                   evidence);
}

Row guestKernelRow(const Facts& facts)
{
    std::string command = facts.outsideText({"process", "command"});
    return makeRow("kernel", Wall::Own, "kernelGuest", {{"command", command}},
                   {{"process on the host", facts.pid() + " " + command, fmt::format("/proc/{}/comm", facts.pid()),
                     "ps -Lo tid,comm -p " + facts.pid()},
                    {"type of the domain", facts.domainType(), fmt::format("/proc/{}/cmdline", facts.pid()),
                     fmt::format("ps -o args= -p {}", facts.pid())}});
}

Row processesRow(const Facts& facts)
{
    const Json* list = facts.inside({"processes"});
    std::vector<Evidence> evidence{
        {"processes seen inside", list && list->is_array() ? std::to_string(list->size()) : "", "/proc",
         commandInside(facts, "ls -d /proc/[0-9]*")},
        {"first process inside", facts.insideText({"init", "command"}), "/proc/1/cmdline",
         commandInside(facts, "cat /proc/1/cmdline")},
        {"process on the host", facts.pid(), "/proc", facts.pid().empty() ? "" : "ps -fp " + facts.pid()}};
    if (facts.kernel() == Kernel::Other) {
        std::string threads = facts.outsideText({"process", "threads"});
        evidence.push_back({"threads of that process", threads, fmt::format("/proc/{}/status", facts.pid()),
                            fmt::format("ls /proc/{}/task", facts.pid())});
        return makeRow("processes", Wall::Own, threads.empty() ? "processesOwn" : "processesOwnThreads",
                       {{"threads", threads}}, evidence);
    }
    addNamespace(facts, "pid", evidence);
    auto shared = facts.sharesNamespace("pid");
    if (!shared)
        return notMeasured("processes", "the pid namespace could not be read");
    if (*shared)
        return makeRow("processes", Wall::Shared, "processesHost", {}, evidence);
    return makeRow("processes", Wall::Divided, facts.pid().empty() ? "processesNamespace" : "processesNamespacePid",
                   {{"pid", facts.pid()}, {"namespace", facts.namespaceInside("pid")}}, evidence);
}

static std::optional<uint64_t> mapped(const Json* map, uint64_t uid)
{
    if (!map || !map->is_array())
        return std::nullopt;
    for (const Json& range : *map) {
        if (!range.is_array() || range.size() != 3)
            continue;
        auto inside = Facts::numberOf(&range[0]), outside = Facts::numberOf(&range[1]),
             count = Facts::numberOf(&range[2]);
        if (inside && outside && count && uid >= *inside && uid - *inside < *count)
            return *outside + (uid - *inside);
    }
    return std::nullopt;
}

static Row ownUsers(const Facts& facts, const std::string& uid, std::vector<Evidence> evidence)
{
    std::string outside = facts.outsideText({"process", "uid"});
    std::string status = fmt::format("/proc/{}/status", facts.pid());
    evidence.push_back({"uid of the process on the host", outside, status, "grep Uid " + status});
    return makeRow("users", Wall::Own, outside.empty() ? "usersOwn" : "usersOwnProcess",
                   {{"uid", uid}, {"outside", outside}}, evidence);
}

Row usersRow(const Facts& facts)
{
    auto uid = Facts::numberOf(facts.inside({"ids", "uid"}));
    if (!uid)
        return notMeasured("users", "the user inside could not be read");
    std::string number = std::to_string(*uid);
    const Json* map = facts.inside({"ids", "uidMap"});
    std::vector<Evidence> evidence{{"uid inside", number, "geteuid(2)", commandInside(facts, "id -u")},
                                   {"uid map", facts.insideText({"ids", "uidMap"}), "/proc/self/uid_map",
                                    facts.kernel() == Kernel::Same && !facts.pid().empty()
                                        ? fmt::format("cat /proc/{}/uid_map", facts.pid())
                                        : ""}};
    if (facts.kernel() == Kernel::Other)
        return ownUsers(facts, number, std::move(evidence));
    addNamespace(facts, "user", evidence);
    auto shared = facts.sharesNamespace("user");
    if (!shared)
        return notMeasured("users", "the user namespace could not be read");
    if (*shared)
        return makeRow("users", Wall::Shared, "usersHost", {{"uid", number}}, evidence);
    auto outside = mapped(map, *uid);
    return makeRow("users", Wall::Divided, outside ? "usersMapped" : "usersNamespace",
                   {{"uid", number}, {"outside", outside ? std::to_string(*outside) : ""}}, evidence);
}

Row hostnameRow(const Facts& facts)
{
    std::vector<Evidence> evidence{
        {"host name inside", facts.insideText({"hostname"}), "uname(2)", commandInside(facts, "hostname")},
        {"host name of the host", facts.host().hostname, "uname(2)", "hostname"}};
    std::map<std::string, std::string> values{{"hostname", facts.insideText({"hostname"})}};
    if (facts.kernel() == Kernel::Other)
        return makeRow("hostname", Wall::Own, "hostnameOwn", values, evidence);
    addNamespace(facts, "uts", evidence);
    addNamespace(facts, "ipc", evidence);
    auto uts = facts.sharesNamespace("uts"), ipc = facts.sharesNamespace("ipc");
    if (!uts || !ipc)
        return notMeasured("hostname", "the uts or ipc namespace could not be read");
    if (*uts && *ipc)
        return makeRow("hostname", Wall::Shared, "hostnameHost", values, evidence);
    if (!*uts && !*ipc)
        return makeRow("hostname", Wall::Divided, "hostnameNamespaces", values, evidence);
    values["shared"] = *uts ? "uts" : "ipc";
    return makeRow("hostname", Wall::Shared, "hostnamePartly", values, evidence);
}

Row syscallsRow(const Facts& facts)
{
    const Json* effective = facts.inside({"capabilities", "effective"});
    auto mode = Facts::numberOf(facts.inside({"seccomp", "mode"}));
    const std::string status = fmt::format("/proc/{}/status", facts.pid());
    auto ofProcess = [&](const char* field) {
        return facts.pid().empty() ? "" : fmt::format("grep {} {}", field, status);
    };
    bool other = facts.kernel() == Kernel::Other;
    std::vector<Evidence> evidence{{"seccomp mode inside", facts.insideText({"seccomp", "mode"}), "/proc/self/status",
                                    other ? "" : ofProcess("Seccomp")},
                                   {"no new privileges", facts.insideText({"noNewPrivileges"}), "/proc/self/status",
                                    other ? "" : ofProcess("NoNewPrivs")},
                                   {"capabilities inside",
                                    effective && effective->is_array() ? std::to_string(effective->size()) : "",
                                    "/proc/self/status", other ? "" : ofProcess("CapEff")}};
    if (other) {
        auto filter = Facts::numberOf(facts.outside({"process", "seccomp"}));
        evidence.push_back({"seccomp mode of the process on the host", facts.outsideText({"process", "seccomp"}),
                            status, ofProcess("Seccomp")});
        return makeRow("syscalls", Wall::Own, filter.value_or(0) == 2 ? "syscallsOwnFiltered" : "syscallsOwn", {},
                       evidence);
    }
    if (!mode)
        return notMeasured("syscalls", "the seccomp mode could not be read");
    std::map<std::string, std::string> values{{"filters", facts.insideText({"seccomp", "filters"})}};
    if (*mode == 0)
        return makeRow("syscalls", Wall::Shared, "syscallsAll", values, evidence);
    return makeRow("syscalls", Wall::Divided, *mode == 1 ? "syscallsStrict" : "syscallsFiltered", values, evidence);
}

static std::string seconds(const Json* nanoseconds)
{
    if (!nanoseconds || !nanoseconds->is_number())
        return {};
    return fmt::format("{:.0f}", nanoseconds->get<double>() / 1e9);
}

Row clockRow(const Facts& facts)
{
    std::string uptime = seconds(facts.inside({"kernel", "uptimeNanoseconds"}));
    std::string offset = seconds(facts.inside({"clock", "monotonicOffset"}));
    std::vector<Evidence> evidence{{"seconds since boot inside", uptime, "clock_gettime(CLOCK_BOOTTIME)",
                                    commandInside(facts, "cat /proc/uptime")},
                                   {"monotonic offset inside, s", offset, "/proc/self/timens_offsets",
                                    commandInside(facts, "cat /proc/self/timens_offsets")}};
    std::map<std::string, std::string> values{{"uptime", uptime}, {"offset", offset}};
    if (facts.kernel() == Kernel::Other)
        return makeRow("clock", Wall::Own, "clockOwn", values, evidence);
    addNamespace(facts, "time", evidence);
    auto shared = facts.sharesNamespace("time");
    if (!shared)
        return notMeasured("clock", "the time namespace could not be read");
    return makeRow("clock", *shared ? Wall::Shared : Wall::Divided, *shared ? "clockHost" : "clockNamespace", values,
                   evidence);
}

} // namespace diptych::isolation
