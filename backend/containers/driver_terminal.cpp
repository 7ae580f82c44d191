// Terminals: the container's own, and programs started beside it.
#include "base/clock.h"
#include "base/files.h"
#include "base/names.h"
#include "containers/driver.h"
#include "containers/processes.h"
#include "containers/supervisors.h"

#include <algorithm>

namespace diptych::containers {

namespace {

Status checkSession(const std::string& session)
{
    // It becomes a directory name.
    bool good =
        !session.empty() && session.size() <= 64 &&
        std::all_of(session.begin(), session.end(), [](unsigned char c) { return std::isalnum(c) || c == '-'; });
    return good ? Status{} : failField("session", fmt::format("there is no terminal session \"{}\"", session));
}

Result<Terminal> attach(const std::string& directory, const std::string& session)
{
    auto fd = connectUnix(directory + "/attach.sock");
    if (!fd)
        return fail(Code::NotFound, fmt::format("the terminal session \"{}\" has ended", session));
    Terminal terminal;
    terminal.session = session;
    terminal.fd = std::move(*fd);
    terminal.resize = [socket = directory + "/control.sock"](int columns, int rows) -> Status {
        if (columns < 1 || rows < 1 || columns > 4096 || rows > 4096)
            return failField("columns", "a terminal has 1 to 4096 columns and rows");
        return control(socket, fmt::format("resize {} {}", columns, rows));
    };
    return terminal;
}

} // namespace

Result<Terminal> ContainerDriver::openTerminal(const std::string& id, const TerminalRequest& request)
{
    EntryRef entry = TRY(find(id));
    TRY(requireRunning(*entry, true));
    auto [pid, user, uid] = [&] {
        std::lock_guard lock(entry->mutex);
        return std::tuple{entry->pid, request.user, entry->record.process.uid};
    }();
    auto directoryOf = [&](const std::string& session) {
        std::string own = m_runtime.directory(id);
        return session == "main" ? own : own + "/exec/" + session;
    };
    if (!request.session.empty()) {
        TRY(checkSession(request.session));
        Terminal terminal = TRY(attach(directoryOf(request.session), request.session));
        (void)terminal.resize(request.columns, request.rows); // without a terminal of its own there is no size to set
        return terminal;
    }
    TRY(requireRunning(*entry, false));
    std::string session = newId();
    std::vector<std::string> arguments{"exec",  "--supervise",        session, "--tty", "--no-new-privs",
                                       "--env", "TERM=xterm-256color"};
    auto account = lookUpAccount(pid, user.empty() ? std::to_string(uid) : user);
    if (!user.empty()) {
        bool numeric = user.find_first_not_of("0123456789:") == std::string::npos;
        if (!account && !numeric)
            return failField("user", fmt::format("the container has no user \"{}\"", user));
        arguments.insert(arguments.end(),
                         {"--user", account ? fmt::format("{}:{}", account->uid, account->gid) : user});
    }
    std::vector<std::string> command = request.command;
    if (command.empty())
        command = {account && isExecutable(pid, account->shell) ? account->shell : "/bin/sh"};
    if (request.command.empty() && !isExecutable(pid, command[0])) {
        // In a root that has just gone nothing can be executed: it is the container that is missing, not its shell.
        if (!exists(fmt::format("/proc/{}/root/.", pid)))
            return fail(Code::WrongState, "the container has just ended");
        return fail(Code::NotSupported, "the image has no shell: give a command that it has");
    }
    arguments.push_back(id);
    arguments.insert(arguments.end(), command.begin(), command.end());
    TRYX(m_runtime.call(arguments), fmt::format("start {}", command[0]));
    leaveUnit(m_hierarchies, m_paths.cgroup, directoryOf(session));
    TRY(makeDirectories(directory(*entry) + "/terminals"));
    TRY(writeFileAtomic(
        directory(*entry) + "/terminals/" + session + ".json",
        dumpJson({{"command", fmt::format("{}", fmt::join(command, " "))}, {"startedAt", unixMilliseconds()}})));
    Terminal terminal = TRY(attach(directoryOf(session), session));
    (void)terminal.resize(request.columns, request.rows);
    return terminal;
}

Result<std::vector<TerminalSession>> ContainerDriver::terminals(const std::string& id)
{
    EntryRef entry = TRY(find(id));
    std::vector<TerminalSession> sessions;
    std::string own = m_runtime.directory(id);
    if (exists(own + "/attach.sock")) {
        std::lock_guard lock(entry->mutex);
        sessions.push_back(
            {"main", fmt::format("{}", fmt::join(entry->record.process.arguments, " ")), entry->record.startedAt});
    }
    for (const std::string& name : listDirectory(own + "/exec").value_or(std::vector<std::string>{})) {
        if (!exists(fmt::format("{}/exec/{}/attach.sock", own, name)))
            continue;
        TerminalSession session;
        session.session = name;
        auto text = readFile(directory(*entry) + "/terminals/" + name + ".json");
        if (auto json = text ? parseJson(*text) : Result<Json>(tl::unexpected(text.error()))) {
            JsonReader reader(*json);
            session.command = reader.string("command").value_or("");
            session.startedAt = reader.integer("startedAt").value_or(0);
        }
        sessions.push_back(std::move(session));
    }
    return sessions;
}

} // namespace diptych::containers
