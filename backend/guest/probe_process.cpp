#include "guest/probe.h"

#include "base/files.h"
#include "base/process.h"

#include <charconv>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

namespace diptych::guest {

namespace {
// In the order of linux/capability.h.
constexpr const char* kCapabilities[] = {"CHOWN",
                                         "DAC_OVERRIDE",
                                         "DAC_READ_SEARCH",
                                         "FOWNER",
                                         "FSETID",
                                         "KILL",
                                         "SETGID",
                                         "SETUID",
                                         "SETPCAP",
                                         "LINUX_IMMUTABLE",
                                         "NET_BIND_SERVICE",
                                         "NET_BROADCAST",
                                         "NET_ADMIN",
                                         "NET_RAW",
                                         "IPC_LOCK",
                                         "IPC_OWNER",
                                         "SYS_MODULE",
                                         "SYS_RAWIO",
                                         "SYS_CHROOT",
                                         "SYS_PTRACE",
                                         "SYS_PACCT",
                                         "SYS_ADMIN",
                                         "SYS_BOOT",
                                         "SYS_NICE",
                                         "SYS_RESOURCE",
                                         "SYS_TIME",
                                         "SYS_TTY_CONFIG",
                                         "MKNOD",
                                         "LEASE",
                                         "AUDIT_WRITE",
                                         "AUDIT_CONTROL",
                                         "SETFCAP",
                                         "MAC_OVERRIDE",
                                         "MAC_ADMIN",
                                         "SYSLOG",
                                         "WAKE_ALARM",
                                         "BLOCK_SUSPEND",
                                         "AUDIT_READ",
                                         "PERFMON",
                                         "BPF",
                                         "CHECKPOINT_RESTORE"};

uint64_t number(std::string_view text, int base = 10)
{
    uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value, base);
    return value;
}

std::vector<std::string_view> words(std::string_view text)
{
    std::vector<std::string_view> found;
    while (!(text = trim(text)).empty()) {
        size_t end = text.find_first_of(" \t\n");
        found.push_back(text.substr(0, end));
        text.remove_prefix(found.back().size());
    }
    return found;
}

Json idMap(Reader& reader, const std::string& path)
{
    Json map = Json::array();
    const std::string text = reader.read(path).value_or("");
    for (std::string_view line : split(text, '\n')) {
        auto parts = words(line);
        if (parts.size() == 3)
            map.push_back({number(parts[0]), number(parts[1]), number(parts[2])});
    }
    return map;
}

int64_t offset(const std::vector<std::string_view>& parts)
{
    int64_t seconds = 0;
    std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), seconds);
    return seconds * 1'000'000'000 + static_cast<int64_t>(number(parts[2]));
}

// Arguments are separated by NUL; a kernel thread has none, its name then stands in brackets as ps(1) does.
std::string commandOf(const std::string& directory)
{
    std::string command = readFile(directory + "/cmdline", 65536).value_or("");
    while (!command.empty() && command.back() == '\0')
        command.pop_back();
    std::replace(command.begin(), command.end(), '\0', ' ');
    if (!command.empty())
        return command.substr(0, 256);
    return fmt::format("[{}]", trim(readFile(directory + "/comm").value_or("?")));
}
} // namespace

std::vector<std::string> capabilityNames(uint64_t set)
{
    std::vector<std::string> names;
    for (unsigned bit = 0; bit < 64; ++bit)
        if (set >> bit & 1)
            names.push_back(bit < std::size(kCapabilities) ? fmt::format("CAP_{}", kCapabilities[bit])
                                                           : fmt::format("CAP_{}", bit));
    return names;
}

void probeKernel(Reader& reader, Json& out)
{
    utsname name{};
    ::uname(&name);
    timespec up{};
    ::clock_gettime(CLOCK_BOOTTIME, &up);
    Json kernel{{"release", name.release},
                {"version", name.version},
                {"machine", name.machine},
                {"uptimeNanoseconds", int64_t{up.tv_sec} * 1'000'000'000 + up.tv_nsec}};
    const std::string& proc = reader.sources().proc;
    if (auto id = reader.read(proc + "/sys/kernel/random/boot_id"))
        kernel["bootId"] = *id;
    if (auto line = reader.read(proc + "/cmdline"))
        kernel["cmdline"] = *line;
    out["kernel"] = std::move(kernel);
    out["hostname"] = name.nodename;
}

void probeProcess(Reader& reader, Json& out)
{
    const std::string self = reader.sources().proc + "/self";
    std::string status = reader.read(self + "/status").value_or("");
    Json groups = Json::array();
    for (std::string_view group : words(statusField(status, "Groups")))
        groups.push_back(number(group));
    out["ids"] = {{"uid", ::geteuid()},
                  {"gid", ::getegid()},
                  {"groups", groups},
                  {"uidMap", idMap(reader, self + "/uid_map")},
                  {"gidMap", idMap(reader, self + "/gid_map")}};
    for (const char* kind : {"pid", "mnt", "net", "uts", "ipc", "user", "cgroup", "time"})
        if (auto target = reader.link(self + "/ns/" + kind))
            out["namespaces"][kind] = *target;
    if (!status.empty()) {
        auto set = [&](const char* field) { return capabilityNames(number(statusField(status, field), 16)); };
        out["capabilities"] = {{"effective", set("CapEff")},
                               {"permitted", set("CapPrm")},
                               {"inheritable", set("CapInh")},
                               {"bounding", set("CapBnd")},
                               {"ambient", set("CapAmb")}};
        out["seccomp"] = {{"mode", number(statusField(status, "Seccomp"))},
                          {"filters", number(statusField(status, "Seccomp_filters"))}};
        out["noNewPrivileges"] = statusField(status, "NoNewPrivs") == "1";
    }
    if (auto label = reader.read(self + "/attr/current"))
        out["security"] = {{"lsm", *label}};
    if (auto offsets = reader.read(self + "/timens_offsets"))
        for (std::string_view line : split(*offsets, '\n'))
            if (auto parts = words(line); parts.size() == 3)
                out["clock"][parts[0] == "monotonic" ? "monotonicOffset" : "bootOffset"] = offset(parts);
}

void probeProcesses(Reader& reader, Json& out)
{
    constexpr size_t kMost = 1000;
    Json processes = Json::array();
    const std::string& proc = reader.sources().proc;
    for (const std::string& name : reader.list(proc)) {
        if (name.find_first_not_of("0123456789") != std::string::npos || processes.size() >= kMost)
            continue;
        // A process that has ended meanwhile is not unreadable, it is gone.
        auto status = readFile(proc + "/" + name + "/status");
        if (!status)
            continue;
        processes.push_back({{"pid", number(name)},
                             {"ppid", number(statusField(*status, "PPid"))},
                             {"uid", number(statusField(*status, "Uid"))},
                             {"memory", number(statusField(*status, "VmRSS")) * 1024},
                             {"command", commandOf(proc + "/" + name)}});
    }
    std::sort(processes.begin(), processes.end(), [](const Json& a, const Json& b) { return a["pid"] < b["pid"]; });
    out["processes"] = std::move(processes);
    out["init"] = {{"pid", 1}, {"command", commandOf(proc + "/1")}};
}

} // namespace diptych::guest
