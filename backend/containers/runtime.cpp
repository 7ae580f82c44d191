#include "containers/runtime.h"

#include "base/files.h"
#include "base/json.h"
#include "containers/number.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace diptych::containers {

namespace {

/// Field 22 of /proc/PID/stat, in clock ticks; 0 when there is no such process, or only its corpse.
uint64_t startTimeOf(int pid)
{
    std::string text = readFile(fmt::format("/proc/{}/stat", pid)).value_or("");
    size_t end = text.rfind(')'); // the name before it may contain anything
    if (end == std::string::npos || end + 2 >= text.size())
        return 0;
    auto fields = split(std::string_view(text).substr(end + 2), ' ');
    if (fields.size() < 20 || fields[0] == "Z" || fields[0] == "X")
        return 0;
    return number(fields[19]);
}

} // namespace

Result<std::string> Runtime::call(std::vector<std::string> arguments, const std::string& trace,
                                  std::chrono::milliseconds timeout) const
{
    Command command;
    // A created container holds our stdout until it is started.
    command.leavesOthers = true;
    command.timeout = timeout;
    auto& all = command.arguments = {m_program, "--root", m_root};
    if (!trace.empty())
        all.insert(all.end(), {"--trace", trace});
    all.insert(all.end(), arguments.begin(), arguments.end());
    Outcome outcome = TRY(run(command));
    if (outcome.status == 0)
        return std::move(outcome.output);
    std::string_view reason = trim(outcome.errors);
    reason = trim(reason.substr(reason.find_last_of('\n') + 1)); // npos + 1 is 0
    for (std::string_view prefix : {"diptych-run: ", "error: "})
        if (reason.starts_with(prefix))
            reason.remove_prefix(prefix.size());
    if (reason.empty())
        return fail(Code::Failed, fmt::format("diptych-run {} ended with {}", arguments[0], outcome.status));
    return fail(Code::Failed, std::string(reason));
}

int Runtime::pid(const std::string& id) const
{
    auto text = readFile(directory(id) + "/state.json");
    auto json = text ? parseJson(*text) : Result<Json>(tl::unexpected(text.error()));
    if (!json)
        return 0;
    JsonReader reader(*json);
    int pid = static_cast<int>(reader.integer("pid").value_or(0));
    auto ours = reader.object("diptych");
    uint64_t start = ours ? ours->unsignedInteger("startTime").value_or(0) : 0;
    return pid > 0 && start != 0 && startTimeOf(pid) == start ? pid : 0;
}

Result<std::string> Runtime::status(const std::string& id) const
{
    if (!exists(directory(id)))
        return fail(Code::NotFound, fmt::format("the runtime knows no container {}", id));
    Json json = TRY(parseJson(TRY(call({"state", id}))));
    JsonReader reader(json);
    return reader.string("status");
}

std::optional<ExitRecord> Runtime::exitRecord(const std::string& id) const
{
    auto text = readFile(directory(id) + "/exit.json");
    auto json = text ? parseJson(*text) : Result<Json>(tl::unexpected(text.error()));
    if (!json)
        return std::nullopt;
    JsonReader reader(*json);
    ExitRecord record;
    record.exitCode = static_cast<int>(reader.integer("exitCode").value_or(0));
    record.oomKilled = reader.boolean("oomKilled").value_or(false);
    record.finishedAt = reader.integer("finishedAt").value_or(0);
    return record;
}

Status Runtime::destroy(const std::string& id) const
{
    if (!exists(directory(id)))
        return {};
    TRY(call({"delete", "--force", id}));
    return {};
}

Result<UniqueFd> connectUnix(const std::string& path)
{
    UniqueFd directory = TRY(openFile(path.substr(0, path.find_last_of('/')), O_PATH | O_DIRECTORY));
    std::string name = fmt::format("/proc/self/fd/{}{}", directory.get(), path.substr(path.find_last_of('/')));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (name.size() >= sizeof address.sun_path)
        return fail(Code::Failed, fmt::format("{}: name too long", path));
    name.copy(address.sun_path, name.size());
    UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd)
        return failErrno("socket");
    if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0)
        return failErrno(path);
    return fd;
}

Status control(const std::string& socket, const std::string& line)
{
    UniqueFd fd = TRY(connectUnix(socket));
    TRY(writeAll(fd.get(), line + "\n"));
    std::string answer;
    while (answer.find('\n') == std::string::npos) {
        pollfd wait{fd.get(), POLLIN, 0};
        if (::poll(&wait, 1, 2000) <= 0)
            return fail(Code::TimedOut, fmt::format("{} did not answer", socket));
        char buffer[256];
        ssize_t n = ::read(fd.get(), buffer, sizeof buffer);
        if (n <= 0 || answer.size() > 4096)
            break;
        answer.append(buffer, static_cast<size_t>(n));
    }
    if (trim(answer) == "ok")
        return {};
    return fail(Code::Failed, fmt::format("the supervisor says: {}", trim(answer)));
}

} // namespace diptych::containers
