#include "base/child.h"
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

// What ps(1) shows with the options asked for, less the lines of others: they are told by its column PID.
static Result<std::string> byProgram(const std::vector<std::string>& options, const std::vector<pid_t>& pids)
{
    Command command;
    command.arguments = {"ps"};
    command.arguments.insert(command.arguments.end(), options.begin(), options.end());
    std::string output = TRY(runChecked(command));
    auto lines = split(output, '\n');
    auto words = [](std::string_view line) {
        std::vector<std::string_view> out;
        for (std::string_view word : split(line, ' '))
            if (!word.empty())
                out.push_back(word);
        return out;
    };
    auto titles = words(lines.front());
    auto column = static_cast<size_t>(std::find(titles.begin(), titles.end(), "PID") - titles.begin());
    if (column == titles.size())
        return fail(Code::InvalidArgument, "ps: these options show no column PID");
    std::string text = std::string(lines.front()) + "\n";
    for (size_t i = 1; i < lines.size(); ++i) {
        auto cells = words(lines[i]);
        bool ours = column < cells.size() && std::any_of(pids.begin(), pids.end(), [&](pid_t pid) {
                        return cells[column] == std::to_string(pid);
                    });
        if (ours)
            text += escapeForDisplay(lines[i]) + "\n";
    }
    return text;
}

Result<int> ps(const Global& global, const Arguments& arguments)
{
    std::string format = arguments.value("format", "table");
    if (format != "table" && format != "json")
        return failField("format", "--format must be table or json");
    Store store(global.root);
    Record record = TRY(store.read(TRY(containerId(arguments))));
    std::vector<pid_t> pids;
    if (auto group = cgroupOf(record))
        pids = TRY(group->processes());
    if (format == "json") {
        TRY(print(dumpJson(Json(pids)) + "\n"));
        return 0;
    }
    if (arguments.operands.size() > 1) {
        std::vector<std::string> options(arguments.operands.begin() + 1, arguments.operands.end());
        TRY(print(TRY(byProgram(options, pids))));
        return 0;
    }
    std::string text = fmt::format("{:<8} {:>8} {:>8} {}\n", "UID", "PID", "PPID", "CMD");
    for (pid_t pid : pids)
        if (auto status = readFile(fmt::format("/proc/{}/status", pid)))
            text += fmt::format("{:<8} {:>8} {:>8} {}\n", statusField(*status, "Uid"), pid,
                                statusField(*status, "PPid"), commandOf(pid, *status));
    TRY(print(text));
    return 0;
}

} // namespace diptych::runtime
