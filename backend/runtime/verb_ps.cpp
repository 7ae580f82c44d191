#include "base/files.h"
#include "base/log.h"
#include "runtime/verbs.h"

#include <algorithm>

namespace diptych::runtime {

// A field of /proc/PID/status: "Uid:\t0\t0..." gives its first word.
static std::string statusField(const std::string& status, const std::string& name)
{
    for (std::string_view line : split(status, '\n'))
        if (line.rfind(name + ":", 0) == 0) {
            auto words = split(trim(line.substr(name.size() + 1)), '\t');
            return std::string(words.front());
        }
    return "?";
}

static std::string commandOf(pid_t pid, const std::string& status)
{
    std::string command = readFile(fmt::format("/proc/{}/cmdline", pid)).value_or("");
    std::replace(command.begin(), command.end(), '\0', ' ');
    // The container chose these words: nothing in them may control the terminal.
    std::string shown = escapeForDisplay(trim(command));
    return shown.empty() ? "[" + escapeForDisplay(statusField(status, "Name")) + "]" : shown;
}

Result<int> ps(const Global& global, const Arguments& arguments)
{
    Store store(global.root);
    Record record = TRY(store.read(TRY(containerId(arguments))));
    std::vector<pid_t> pids;
    if (auto group = cgroupOf(record))
        pids = TRY(group->processes());
    std::string format = arguments.value("format", "table");
    if (format == "json") {
        TRY(print(dumpJson(Json(pids)) + "\n"));
        return 0;
    }
    if (format != "table")
        return failField("format", "--format must be table or json");
    std::string text = fmt::format("{:<8} {:>8} {:>8} {}\n", "UID", "PID", "PPID", "CMD");
    for (pid_t pid : pids)
        if (auto status = readFile(fmt::format("/proc/{}/status", pid)))
            text += fmt::format("{:<8} {:>8} {:>8} {}\n", statusField(*status, "Uid"), pid,
                                statusField(*status, "PPid"), commandOf(pid, *status));
    TRY(print(text));
    return 0;
}

} // namespace diptych::runtime
