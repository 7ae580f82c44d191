#include "connections/remote_driver.h"

#include "base/names.h"

namespace diptych::connections {

void RemoteDriver::setListener(Listener listener)
{
    std::lock_guard lock(m_mutex);
    m_listener = std::move(listener);
}

void RemoteDriver::setTeller(Teller teller)
{
    std::lock_guard lock(m_mutex);
    m_teller = std::move(teller);
}

void RemoteDriver::changed(std::vector<Instance> instances, const std::vector<std::string>& gone)
{
    std::lock_guard lock(m_mutex);
    if (m_teller)
        m_teller(std::move(instances), gone);
}

void RemoteDriver::changedAll()
{
    std::lock_guard lock(m_mutex);
    if (m_listener)
        m_listener({});
}

Result<std::vector<Instance>> RemoteDriver::list()
{
    std::vector<Instance> all;
    for (const auto& link : m_links())
        for (Instance& one : link->instances())
            all.push_back(std::move(one));
    return all;
}

Result<RemoteDriver::Target> RemoteDriver::find(const std::string& id) const
{
    TRY(checkId(id));
    for (auto& link : m_links())
        if (auto found = link->instance(id))
            return Target{link, *found, combinedId(id, link->stored().id)};
    return fail(Code::NotFound, fmt::format("no connection has a machine {}", id));
}

Result<Instance> RemoteDriver::describe(const std::string& id)
{
    return TRY(find(id)).instance;
}

Result<Message> RemoteDriver::ask(const std::string& id, const char* verb, Json parameters, Progress* progress) const
{
    Target target = TRY(find(id));
    parameters["id"] = target.domain;
    return target.link->call(verb, std::move(parameters), progress);
}

Status RemoteDriver::act(const std::string& id, const char* verb, Json parameters, Progress* progress) const
{
    TRY(ask(id, verb, std::move(parameters), progress));
    return {};
}

tl::unexpected<Error> RemoteDriver::elsewhere(const std::string& id, const char* what) const
{
    auto target = find(id);
    if (!target)
        return tl::unexpected<Error>(std::move(target).error());
    return fail(Code::NotSupported, fmt::format("{} belongs to the connection {}: {}", target->instance.spec.name,
                                                target->link->stored().name, what));
}

Result<Instance> RemoteDriver::create(const std::string&, const InstanceSpec& spec, Progress&)
{
    return fail(Code::NotSupported, fmt::format("{} can be made of an image on this machine only", spec.name));
}

Status RemoteDriver::start(const std::string& id, Progress& progress)
{
    return act(id, "start", Json::object(), &progress);
}

Status RemoteDriver::stop(const std::string& id, std::chrono::milliseconds timeout, Progress& progress)
{
    return act(id, "stop", {{"timeout", timeout.count()}}, &progress);
}

Status RemoteDriver::kill(const std::string& id, int)
{
    return act(id, "kill");
}

Status RemoteDriver::pause(const std::string& id)
{
    return act(id, "pause");
}

Status RemoteDriver::resume(const std::string& id)
{
    return act(id, "resume");
}

Status RemoteDriver::rename(const std::string& id, const std::string& name)
{
    return act(id, "rename", {{"name", name}});
}

Status RemoteDriver::remove(const std::string& id, bool deleteDisk)
{
    if (deleteDisk)
        return elsewhere(id, "its disks are deleted as volumes of that connection's storage, not with it");
    return act(id, "remove");
}

Result<std::pair<std::vector<std::string>, std::vector<std::string>>> RemoteDriver::removalPlan(const std::string& id)
{
    std::vector<std::string> kept;
    Message answer = TRY(ask(id, "disks", Json::object()));
    for (const Json& path : answer.json["result"].is_array() ? answer.json["result"] : Json::array())
        if (path.is_string())
            kept.push_back(path.get<std::string>());
    return std::pair(std::vector<std::string>(), kept);
}

Status RemoteDriver::setLimits(const std::string& id, const Limits& limits)
{
    TRY(checkLimits(limits, Kind::Machine));
    return act(id, "setLimits", {{"cpus", limits.cpus}, {"memory", limits.memory}});
}

Status RemoteDriver::setTwin(const std::string& id, const std::string&)
{
    return elsewhere(id, "it has no twin");
}

Result<Terminal> RemoteDriver::openTerminal(const std::string& id, const TerminalRequest& request)
{
    if (!request.command.empty())
        return failField("command", "a machine's console runs no command of the host");
    Message answer = TRY(ask(id, "console", Json::object()));
    if (!answer.fd)
        return fail(Code::Failed, "the console did not come");
    Terminal terminal;
    terminal.session = "console";
    terminal.fd = std::move(answer.fd);
    terminal.resize = [](int, int) -> Status { return {}; }; // a serial line knows no size
    return terminal;
}

Result<std::vector<TerminalSession>> RemoteDriver::terminals(const std::string& id)
{
    Target target = TRY(find(id));
    std::vector<TerminalSession> sessions;
    if (target.instance.state == State::Running)
        sessions.push_back({"console", "serial console", 0});
    return sessions;
}

Result<std::string> RemoteDriver::log(const std::string& id, size_t)
{
    return elsewhere(id, "the log of its console is on its host");
}

Result<Timeline> RemoteDriver::timeline(const std::string& id)
{
    TRY(find(id));
    return Timeline{};
}

Result<std::vector<Process>> RemoteDriver::processes(const std::string& id)
{
    return elsewhere(id, "its processes are its host's and its guest's, this machine sees none of them");
}

Result<std::string> RemoteDriver::configuration(const std::string& id)
{
    Message answer = TRY(ask(id, "xml", Json::object()));
    const Json& text = answer.json["result"];
    return text.is_string() ? text.get<std::string>() : std::string();
}

Result<std::string> RemoteDriver::preview(const InstanceSpec& spec)
{
    return fail(Code::NotSupported, fmt::format("{} can be made on this machine only", spec.name));
}

Result<Json> RemoteDriver::probe(const std::string& id)
{
    return elsewhere(id, "nothing of Diptych's is inside");
}

Result<Json> RemoteDriver::hostFacts(const std::string& id)
{
    Message answer = TRY(ask(id, "facts", Json::object()));
    return answer.json["result"];
}

static constexpr const char* noCopies =
    "its walls are QEMU and the kernel of its host; copies without some of them are "
    "made on this machine only, of what was made here";

Result<std::vector<WallChoice>> RemoteDriver::walls(const std::string& id)
{
    return elsewhere(id, noCopies);
}

Result<Json> RemoteDriver::takeDown(const std::string& id, const std::string&, const std::vector<std::string>&,
                                    Progress&)
{
    return elsewhere(id, noCopies);
}

Result<uint64_t> RemoteDriver::diskBytes(const std::string& id)
{
    return elsewhere(id, "its disks are on its host");
}

std::vector<std::pair<std::string, Sample>> RemoteDriver::sample()
{
    std::vector<std::pair<std::string, Sample>> all;
    for (const auto& link : m_links())
        for (auto& one : link->samples())
            all.push_back(std::move(one));
    return all;
}

} // namespace diptych::connections
