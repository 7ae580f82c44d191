#include "machines/driver.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/log.h"
#include "base/names.h"
#include "instances/json.h"
#include "machines/console.h"
#include "machines/guest_channel.h"
#include "machines/machines.h"
#include "machines/xml.h"

namespace diptych::machines {

Result<std::unique_ptr<Driver>> makeMachineDriver(const Paths& paths, images::Store& images)
{
    return std::unique_ptr<Driver>(std::make_unique<MachineDriver>(paths, images));
}

MachineDriver::MachineDriver(Paths paths, images::Store& images) : m_paths(std::move(paths)), m_images(images)
{
    m_records = std::make_unique<RecordWatcher>(
        [this](const std::string& id, const std::vector<Arrival>& arrivals) { onRecord(id, arrivals); });
    m_sizes = std::make_unique<ConsoleSizes>([this](const std::string& id, ConsoleSize size) {
        auto seen = look(id);
        return seen && ask(id, *seen, {{"method", "Resize"}, {"columns", size.columns}, {"rows", size.rows}},
                           std::chrono::seconds(1));
    });
    Connection::Callbacks callbacks;
    // An empty id: everything may have changed.
    callbacks.connected = [this] { changed({}); };
    callbacks.lost = [this] { changed({}); };
    callbacks.domain = [this](const std::string& id, int event, int) { onDomainEvent(id, event); };
    m_watch = std::make_unique<Connection>(m_paths.libvirtUri, std::move(callbacks));
    m_act = std::make_unique<Connection>(m_paths.libvirtUri, Connection::Callbacks{});
    m_installs = std::make_unique<InstallFollower>([this] { return m_act->get(); });
}

MachineDriver::~MachineDriver()
{
    // Each calls only what goes after it.
    m_records.reset();
    m_sizes.reset();
    m_installs.reset();
    m_act.reset();
    m_watch.reset();
}

void MachineDriver::setListener(Listener listener)
{
    std::lock_guard lock(m_mutex);
    m_listener = std::move(listener);
}

void MachineDriver::changed(const std::string& id)
{
    Listener listener;
    {
        std::lock_guard lock(m_mutex);
        listener = m_listener;
    }
    if (listener)
        listener(id);
}

void MachineDriver::onDomainEvent(const std::string& id, int event)
{
    if (isCopy(id))
        return;
    {
        std::lock_guard lock(m_mutex);
        if (auto found = m_live.find(id); found != m_live.end() && event == VIR_DOMAIN_EVENT_STOPPED)
            found->second->endedAt = unixMilliseconds();
        m_event.notify_all();
    }
    changed(id);
}

void MachineDriver::onRecord(const std::string& id, const std::vector<Arrival>& arrivals)
{
    StartTimes times;
    {
        std::lock_guard lock(m_mutex);
        auto found = m_live.find(id);
        if (found == m_live.end())
            return;
        auto& kept = found->second->times.arrivals;
        for (const Arrival& arrival : arrivals) {
            if (kept.size() < 64) // a guest that repeats itself fills no memory of ours
                kept.push_back(arrival);
        }
        times = found->second->times;
        m_event.notify_all();
    }
    if (std::any_of(arrivals.begin(), arrivals.end(), [](const Arrival& a) { return a.event.name == "entrypoint"; }))
        m_sizes->listens(id);
    if (auto written = writeFileAtomic(filesOf(id).timeline(), dumpJson(toJson(timelineOf(times)), 2)); !written)
        logf(Level::Warning, "machine {}: {}", id, written.error().message);
    changed(id);
}

MachineDriver::LiveRef MachineDriver::live(const std::string& id)
{
    std::lock_guard lock(m_mutex);
    LiveRef& found = m_live[id];
    if (!found)
        found = std::make_shared<Live>();
    return found;
}

Result<MachineDriver::Seen> MachineDriver::look(DomainRef domain)
{
    Seen seen;
    if (virDomainGetState(domain.get(), &seen.state, &seen.reason, 0) < 0)
        return failLibvirt(fmt::format("state of {}", nameOf(domain.get())));
    seen.active = seen.state != VIR_DOMAIN_SHUTOFF && seen.state != VIR_DOMAIN_CRASHED;
    seen.info = TRY(readDomain(TRY(xmlOf(domain.get(), 0))));
    seen.domain = std::move(domain);
    MachineFiles files = filesOf(seen.info.id);
    if (!seen.info.spec || !exists(files.state()))
        return seen;
    auto kept = readState(files);
    if (!kept) {
        logf(Level::Warning, "machine {}: {}", seen.info.id, kept.error().message);
        return seen;
    }
    seen.kept = std::move(*kept);
    seen.info.spec->environment = seen.kept->spec.environment; // not in the metadata, see domain_xml.cpp
    return seen;
}

Result<MachineDriver::Seen> MachineDriver::look(const std::string& id)
{
    TRY(checkId(id));
    return look(TRY(m_act->domain(id)));
}

Result<Json> MachineDriver::ask(const std::string& id, const Seen& seen, Json request,
                                std::chrono::milliseconds timeout)
{
    if (!seen.active)
        return fail(Code::WrongState, fmt::format("machine {} does not run", seen.info.name));
    if (seen.info.guestSocket.empty())
        return fail(Code::NotSupported, fmt::format("machine {} has no diptych-guest inside", seen.info.name));
    LiveRef machine = live(id);
    std::lock_guard turn(machine->channel);
    auto answer = askGuest(seen.info.guestSocket, std::move(request), timeout);
    if (!answer)
        return tl::unexpected<Error>(std::move(answer).error().context(fmt::format("machine {}", seen.info.name)));
    return answer;
}

Result<Terminal> MachineDriver::openTerminal(const std::string& id, const TerminalRequest& request)
{
    if (!request.command.empty())
        return failField("command", "a machine's console runs no command of the host");
    Seen seen = TRY(look(id));
    if (!seen.active)
        return fail(Code::WrongState, fmt::format("machine {} does not run", seen.info.name));
    ConnectRef connection = TRY(m_act->get());
    Terminal terminal;
    terminal.session = "console";
    terminal.fd = TRY(openConsole(connection.get(), seen.domain.get(), seen.info.consoleLog));
    // A serial line knows no size: the guest is told, where ours is inside; else there is nobody to tell.
    bool ours = !seen.info.guestSocket.empty();
    terminal.resize = [this, id, ours](int columns, int rows) -> Status {
        if (ours)
            m_sizes->want(id, {columns, rows});
        return {};
    };
    (void)terminal.resize(request.columns, request.rows);
    return terminal;
}

Result<std::vector<TerminalSession>> MachineDriver::terminals(const std::string& id)
{
    Seen seen = TRY(look(id));
    std::vector<TerminalSession> sessions;
    if (seen.active)
        sessions.push_back({"console", "serial console", seen.kept ? seen.kept->startedAt : 0});
    return sessions;
}

Result<std::string> MachineDriver::log(const std::string& id, size_t bytes)
{
    Seen seen = TRY(look(id));
    if (seen.info.consoleLog.empty())
        return fail(Code::NotSupported, fmt::format("the console of {} is not logged", seen.info.name));
    if (!exists(seen.info.consoleLog))
        return std::string();
    return tailOf(seen.info.consoleLog, std::min(bytes, size_t{1} << 20));
}

Result<Timeline> MachineDriver::timeline(const std::string& id)
{
    TRY(checkId(id));
    {
        std::lock_guard lock(m_mutex);
        auto found = m_live.find(id);
        if (found != m_live.end() && found->second->times.click)
            return timelineOf(found->second->times);
    }
    auto text = readFile(filesOf(id).timeline());
    if (!text)
        return Timeline{};
    Json json = TRYX(parseJson(*text), "timeline");
    return timelineFrom(JsonReader(json));
}

Result<std::string> MachineDriver::configuration(const std::string& id)
{
    TRY(checkId(id));
    DomainRef domain = TRY(m_act->domain(id));
    return xmlOf(domain.get(), VIR_DOMAIN_XML_INACTIVE);
}

} // namespace diptych::machines
