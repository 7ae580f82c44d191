#include "containers/processes.h"

#include "base/files.h"
#include "base/process.h"
#include "containers/number.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych::containers {

namespace {

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
        p.command = commandLine(directory, *status);
        p.cpuSeconds = cpuSeconds(readFile(directory + "/stat").value_or(""));
        all.push_back(std::move(p));
    }
    return all;
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
