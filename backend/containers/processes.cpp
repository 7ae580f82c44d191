#include "containers/processes.h"

#include "base/files.h"
#include "containers/number.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych::containers {

namespace {

/// The words after "Name:" in /proc/PID/status.
std::string_view statusField(std::string_view status, std::string_view name)
{
    for (std::string_view line : split(status, '\n'))
        if (line.size() > name.size() && line.starts_with(name) && line[name.size()] == ':')
            return trim(line.substr(name.size() + 1));
    return {};
}

std::string_view word(std::string_view text, bool last)
{
    size_t tab = last ? text.find_last_of("\t ") : text.find_first_of("\t ");
    if (tab == std::string_view::npos)
        return text;
    return last ? text.substr(tab + 1) : text.substr(0, tab);
}

double cpuSeconds(const std::string& stat)
{
    size_t end = stat.rfind(')');
    if (end == std::string::npos)
        return 0;
    auto fields = split(std::string_view(stat).substr(end + 2), ' ');
    if (fields.size() < 13)
        return 0;
    return static_cast<double>(number(fields[11]) + number(fields[12])) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::string commandOf(const std::string& directory, std::string_view status)
{
    std::string command = readFile(directory + "/cmdline", 1 << 20).value_or("");
    while (!command.empty() && command.back() == '\0')
        command.pop_back();
    for (char& c : command)
        if (c == '\0')
            c = ' ';
    return command.empty() ? fmt::format("[{}]", statusField(status, "Name")) : command.substr(0, 4096);
}

Json mapOf(const std::string& file)
{
    Json map = Json::array();
    std::string text = readFile(file).value_or("");
    for (std::string_view line : split(text, '\n')) {
        Json row = Json::array();
        for (std::string_view field : split(trim(line), ' '))
            if (!field.empty())
                row.push_back(number(field));
        if (row.size() == 3)
            map.push_back(std::move(row));
    }
    return map;
}

Result<UniqueFd> rootOf(int pid)
{
    return openFile(fmt::format("/proc/{}/root", pid), O_PATH | O_DIRECTORY);
}

} // namespace

std::vector<diptych::Process> readProcesses(const std::vector<pid_t>& pids, uint32_t idBase)
{
    std::vector<diptych::Process> all;
    for (pid_t pid : pids) {
        std::string directory = fmt::format("/proc/{}", pid);
        auto status = readFile(directory + "/status");
        if (!status)
            continue;
        diptych::Process p;
        p.pid = pid;
        p.insidePid = static_cast<int>(number(word(statusField(*status, "NSpid"), true)));
        uint64_t uid = number(word(statusField(*status, "Uid"), false));
        p.user = std::to_string(uid >= idBase ? uid - idBase : uid);
        p.memory = number(statusField(*status, "VmRSS")) * 1024;
        p.command = commandOf(directory, *status);
        p.cpuSeconds = cpuSeconds(readFile(directory + "/stat").value_or(""));
        all.push_back(std::move(p));
    }
    return all;
}

Json namespaceLinks(const std::string& pid)
{
    Json links = Json::object();
    for (const char* name : {"pid", "mnt", "net", "uts", "ipc", "user", "cgroup", "time"}) {
        char buffer[64];
        ssize_t n = ::readlink(fmt::format("/proc/{}/ns/{}", pid, name).c_str(), buffer, sizeof buffer);
        if (n > 0)
            links[name] = std::string(buffer, static_cast<size_t>(n));
    }
    return links;
}

static std::string labelOf(const std::string& directory)
{
    std::string label = readFile(directory + "/attr/current").value_or("");
    while (!label.empty() && (label.back() == '\n' || label.back() == '\0'))
        label.pop_back();
    return label;
}

Json processFacts(int pid)
{
    std::string directory = fmt::format("/proc/{}", pid);
    std::string status = readFile(directory + "/status").value_or("");
    Json fields = Json::object();
    for (const char* name : {"Uid", "Gid", "NSpid", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs",
                             "Seccomp", "Seccomp_filters"})
        if (auto value = statusField(status, name); !value.empty())
            fields[name] = std::string(value);
    Json hostLinks = namespaceLinks("1");
    bool readable = !hostLinks.empty();
    return {{"pid", pid},
            {"uid", number(word(statusField(status, "Uid"), false))},
            {"seccomp", number(statusField(status, "Seccomp"))},
            {"threads", number(statusField(status, "Threads"))},
            {"namespaces", namespaceLinks(std::to_string(pid))},
            {"hostNamespaces", readable ? std::move(hostLinks) : namespaceLinks("self")},
            {"hostNamespacesOf", readable ? "1" : "self"},
            {"uidMap", mapOf(directory + "/uid_map")},
            {"gidMap", mapOf(directory + "/gid_map")},
            // AppArmor ends it with a line feed, SELinux with a NUL.
            {"label", labelOf(directory)},
            {"status", std::move(fields)},
            {"sources", {directory + "/status", directory + "/uid_map", directory + "/ns/"}}};
}

std::optional<Account> lookUpAccount(int pid, const std::string& user)
{
    auto root = rootOf(pid);
    // O_NONBLOCK and the type: the container may have put a pipe or a device there.
    auto file = root ? openInRoot(root->get(), "etc/passwd", O_RDONLY | O_NONBLOCK | O_NOCTTY)
                     : Result<UniqueFd>(tl::unexpected(root.error()));
    struct stat info = {};
    if (!file || ::fstat(file->get(), &info) < 0 || !S_ISREG(info.st_mode))
        return std::nullopt;
    std::string text = readFd(file->get(), 1 << 20).value_or("");
    for (std::string_view line : split(text, '\n')) {
        auto fields = split(line, ':');
        if (fields.size() < 7 || (fields[0] != user && fields[2] != user))
            continue;
        return Account{static_cast<uint32_t>(number(fields[2])), static_cast<uint32_t>(number(fields[3])),
                       std::string(fields[6])};
    }
    return std::nullopt;
}

bool isExecutable(int pid, const std::string& path)
{
    auto root = rootOf(pid);
    if (!root || path.empty() || path[0] != '/')
        return false;
    auto file = openInRoot(root->get(), path, O_PATH);
    struct stat info = {};
    return file && ::fstat(file->get(), &info) == 0 && S_ISREG(info.st_mode) && (info.st_mode & 0111) != 0;
}

} // namespace diptych::containers
