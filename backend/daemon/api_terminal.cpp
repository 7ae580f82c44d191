// org.diptych.Instances: terminals and logs.
#include "daemon/daemon.h"

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;

namespace {

Status checkSize(int64_t columns, int64_t rows)
{
    if (columns < 1 || columns > 4096)
        return failField("columns", "columns is 1 to 4096");
    if (rows < 1 || rows > 4096)
        return failField("rows", "rows is 1 to 4096");
    return {};
}

Result<TerminalRequest> requestFrom(const Json& parameters)
{
    TRY(checkSize(parameters["columns"].get<int64_t>(), parameters["rows"].get<int64_t>()));
    JsonReader reader(parameters);
    TerminalRequest request;
    request.columns = parameters["columns"].get<int>();
    request.rows = parameters["rows"].get<int>();
    request.session = TRY(reader.optionalString("session")).value_or("");
    request.command = TRY(reader.optionalStrings("command"));
    return request;
}

/// Joins client and terminal, and remembers how to resize it for as long as they are.
void join(Daemon& daemon, const CallPointer& call, const std::string& id, Terminal terminal)
{
    auto key = std::make_pair(id, terminal.session);
    uint64_t number = daemon.terminals.next++;
    daemon.terminals.resize[key].emplace_back(number, std::move(terminal.resize));
    auto forget = [&daemon, key, number] {
        auto it = daemon.terminals.resize.find(key);
        if (it == daemon.terminals.resize.end())
            return;
        std::erase_if(it->second, [number](const auto& one) { return one.first == number; });
        if (it->second.empty())
            daemon.terminals.resize.erase(it);
    };
    if (!call->alive()) {
        forget();
        return;
    }
    call->upgrade({{"session", terminal.session}}, std::move(terminal.fd), forget);
}

void open(Daemon& daemon, const CallPointer& call)
{
    auto id = call->parameters()["id"].get<std::string>();
    const Registry::Entry* found = findOrAnswer(daemon, call, id);
    if (!found)
        return;
    auto request = requestFrom(call->parameters());
    if (!request) {
        call->error(request.error());
        return;
    }
    ActivityEntry entry = daemon.entryFor(*call, "openTerminal");
    entry.instance = id;
    entry.subject = found->instance.spec.name;
    entry.kind = toString(found->instance.spec.kind);
    using Opened = std::shared_ptr<Result<Terminal>>; // a Terminal can only be moved
    daemon.workers.run([driver = found->driver, id,
                        r = *request] { return std::make_shared<Result<Terminal>>(driver->openTerminal(id, r)); },
                       [&daemon, call, id, entry](const Opened& opened) {
                           daemon.recordOutcome(entry,
                                                *opened ? Status() : Status(tl::unexpected<Error>(opened->error())));
                           if (*opened)
                               join(daemon, call, id, std::move(**opened));
                           else
                               call->error(opened->error());
                       });
}

void resize(Daemon& daemon, const CallPointer& call)
{
    const Json& parameters = call->parameters();
    auto key = std::make_pair(parameters["id"].get<std::string>(), parameters["session"].get<std::string>());
    auto columns = parameters["columns"].get<int64_t>(), rows = parameters["rows"].get<int64_t>();
    auto found = daemon.terminals.resize.find(key);
    Status good = checkSize(columns, rows);
    if (good && found == daemon.terminals.resize.end())
        good = fail(Code::NotFound, fmt::format("no terminal {} is open", key.second));
    if (!good) {
        call->error(good.error());
        return;
    }
    auto work = found->second.back().second;
    daemon.workers.run(
        [work, columns, rows] { return work ? work(static_cast<int>(columns), static_cast<int>(rows)) : Status(); },
        [call](const Status& resized) {
            if (resized)
                call->reply();
            else
                call->error(resized.error());
        });
}

Json sessionsJson(const std::vector<TerminalSession>& all)
{
    Json array = Json::array();
    for (const TerminalSession& one : all)
        array.push_back({{"session", one.session}, {"command", one.command}, {"startedAt", one.startedAt}});
    return {{"sessions", std::move(array)}};
}

} // namespace

Status addTerminalApi(Daemon& daemon)
{
    varlink::Server& server = daemon.server;
    TRY(server.handle("org.diptych.Instances.OpenTerminal", Mode::Upgrade,
                      [&daemon](const CallPointer& call) { open(daemon, call); }));
    TRY(server.handle("org.diptych.Instances.ResizeTerminal", Mode::Plain,
                      [&daemon](const CallPointer& call) { resize(daemon, call); }));
    TRY(server.handle("org.diptych.Instances.ListTerminals", Mode::Plain, [&daemon](const CallPointer& call) {
        ask(
            daemon, call, [](Driver& driver, const std::string& id) { return driver.terminals(id); }, sessionsJson);
    }));
    return server.handle("org.diptych.Instances.ReadLog", Mode::Plain, [&daemon](const CallPointer& call) {
        auto it = call->parameters().find("bytes");
        int64_t bytes = it == call->parameters().end() || it->is_null() ? 65536 : it->get<int64_t>();
        auto limit = static_cast<size_t>(std::clamp<int64_t>(bytes, 0, int64_t{1} << 20));
        ask(
            daemon, call, [limit](Driver& driver, const std::string& id) { return driver.log(id, limit); },
            [](std::string text) {
                std::erase(text, '\0'); // ends a message on the wire for careless readers
                return Json{{"text", std::move(text)}};
            });
    });
}

} // namespace diptych
