#include "machines/driver.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/log.h"
#include "base/names.h"
#include "instances/json.h"
#include "machines/domain_state.h"
#include "machines/network.h"

#include <sys/stat.h>

namespace diptych::machines {

namespace {

int64_t modifiedAt(const std::string& path)
{
    struct stat status
    {
    };
    if (stat(path.c_str(), &status) < 0)
        return 0;
    return int64_t{status.st_mtim.tv_sec} * 1000 + status.st_mtim.tv_nsec / 1000000;
}

std::vector<RecordEvent> readRecord(const MachineFiles& files)
{
    size_t consumed = 0;
    return parseRecord(readFile(files.record(), size_t{4} << 20).value_or(""), consumed);
}

} // namespace

/// Writes down how a run ended, the first time that it is seen to have ended: also when nobody watched.
void MachineDriver::settle(const std::string& id, Seen& seen)
{
    MachineState& kept = *seen.kept;
    if (seen.active || !kept.startedAt || kept.finishedAt)
        return;
    MachineFiles files = filesOf(id);
    for (const RecordEvent& event : readRecord(files)) {
        if (event.exitCode)
            kept.exitCode = event.exitCode;
    }
    if (!kept.exitCode && seen.reason == VIR_DOMAIN_SHUTOFF_DESTROYED)
        kept.exitCode = 137; // as if by SIGKILL: the power went
    if (!kept.exitCode && seen.reason == VIR_DOMAIN_SHUTOFF_CRASHED)
        kept.problem = "the guest or QEMU crashed";
    LiveRef machine = live(id);
    {
        std::lock_guard lock(m_mutex);
        kept.finishedAt = machine->endedAt;
    }
    if (!kept.finishedAt)
        kept.finishedAt = std::max({modifiedAt(files.record()), modifiedAt(files.console()), kept.startedAt});
    m_records->forget(id);
    if (auto written = writeState(files, kept); !written)
        logf(Level::Warning, "machine {}: {}", id, written.error().message);
}

/// Takes up a run that an earlier helper began: its start times, and its record from here on.
void MachineDriver::adopt(const std::string& id, const Seen& seen)
{
    LiveRef machine = live(id);
    {
        std::lock_guard lock(m_mutex);
        if (std::exchange(machine->adopted, true))
            return;
    }
    MachineFiles files = filesOf(id);
    std::string text = readFile(files.record(), size_t{4} << 20).value_or("");
    size_t consumed = 0;
    std::vector<RecordEvent> events = parseRecord(text, consumed);
    // Nobody was there when these lines came. The last one came when the file was last written, the others before it by
    // the guest's clock.
    int64_t last = monotonicNanoseconds() - (unixMilliseconds() - modifiedAt(files.record())) * 1000000;
    {
        std::lock_guard lock(m_mutex);
        StartTimes& times = machine->times;
        times.startedAt = seen.kept->startedAt;
        times.click = seen.kept->click;
        times.createBegin = seen.kept->createBegin;
        times.createEnd = seen.kept->createEnd;
        times.arrivals.clear();
        for (const RecordEvent& event : events)
            times.arrivals.push_back({event, last - (events.back().uptime - event.uptime)});
    }
    // A start that an earlier helper saw to its end is in its file, measured better.
    auto earlier = readFile(files.timeline());
    auto json = earlier ? parseJson(*earlier) : Result<Json>(Json());
    if (json && json->is_object() && json->value("complete", false)) {
        std::lock_guard lock(m_mutex);
        machine->times.click = 0;
    }
    if (auto followed = m_records->follow(id, files.record(), consumed); !followed)
        logf(Level::Warning, "machine {}: {}", id, followed.error().message);
}

Instance MachineDriver::instanceOf(virConnectPtr connection, Seen& seen)
{
    const std::string& id = seen.info.id;
    Instance instance;
    instance.id = id;
    instance.spec = seen.info.spec ? *seen.info.spec : foreignSpec(seen.info);
    instance.managed = seen.kept.has_value();
    instance.state = stateFrom(seen.state);
    instance.title = seen.info.title;
    instance.description = seen.info.description;
    instance.acceleration = seen.info.type == "kvm" ? "kvm" : seen.info.type == "qemu" ? "tcg" : "";
    if (!seen.info.interfaces.empty())
        instance.mac = seen.info.interfaces.front().mac;
    if (seen.active) {
        instance.pid = pidOf(id, seen.info.name);
        instance.cgroup = instance.pid ? cgroupOf(instance.pid) : "";
    }
    if (!seen.kept) {
        const auto& installation = seen.info.installation;
        instance.installing = installation.has_value();
        if (installation && (installation->done || (!seen.active && seen.reason == VIR_DOMAIN_SHUTOFF_SHUTDOWN)))
            m_installs->notice(id);
        if (seen.active && !seen.info.interfaces.empty() && !seen.info.interfaces.front().network.empty())
            instance.address = addressOf(connection, seen.info.interfaces.front().network, instance.mac);
        return instance;
    }
    settle(id, seen);
    if (seen.active)
        adopt(id, seen);
    const MachineState& kept = *seen.kept;
    instance.address = kept.address;
    instance.createdAt = kept.createdAt;
    instance.startedAt = kept.startedAt;
    instance.finishedAt = seen.active ? 0 : kept.finishedAt;
    instance.exitCode = kept.exitCode;
    instance.problem = kept.problem;
    if (auto measured = timeline(id); measured && measured->complete)
        instance.startNanoseconds = measured->total;
    LiveRef machine = live(id);
    std::lock_guard lock(m_mutex);
    if (machine->starting && !seen.active)
        instance.state = State::Starting;
    if (machine->stopping && seen.active)
        instance.state = State::Stopping;
    return instance;
}

/// Machines of ours that libvirt no longer knows: somebody undefined the domain. Their files are kept, and shown.
std::vector<Instance> MachineDriver::orphans(const std::set<std::string>& present)
{
    std::vector<Instance> found;
    auto names = listDirectory(m_paths.instances());
    for (const std::string& id : names ? *names : std::vector<std::string>{}) {
        MachineFiles files = filesOf(id);
        if (present.contains(id) || !checkId(id) || !exists(files.state()) || exists(files.making()))
            continue;
        auto state = readState(files);
        Instance instance;
        instance.id = id;
        instance.state = State::Broken;
        instance.problem = "libvirt has no such domain any more (virsh undefine?): only its files are left";
        if (state) {
            instance.spec = state->spec;
            instance.createdAt = state->createdAt;
        } else {
            instance.spec.name = id;
            instance.problem = state.error().message;
        }
        instance.spec.kind = Kind::Machine;
        found.push_back(std::move(instance));
    }
    return found;
}

Result<std::vector<Instance>> MachineDriver::list()
{
    ConnectRef connection = TRY(m_watch->get());
    bool first;
    {
        std::lock_guard lock(m_mutex);
        first = !std::exchange(m_rolledBack, true);
    }
    if (first) {
        rollBack(connection.get());
        clearCopies(connection.get());
    }
    virDomainPtr* domains = nullptr;
    int count = virConnectListAllDomains(connection.get(), &domains, 0);
    if (count < 0)
        return failLibvirt("list domains");
    std::vector<Instance> instances;
    std::set<std::string> present;
    for (int i = 0; i < count; ++i) {
        DomainRef domain(domains[i]);
        present.insert(idOf(domain.get()));
        auto seen = look(std::move(domain));
        // One that went meanwhile is left out; it is not the others' fault.
        if (seen && !isCopy(seen->info.id) && !exists(filesOf(seen->info.id).making()))
            instances.push_back(instanceOf(connection.get(), *seen));
    }
    free(domains);
    for (Instance& orphan : orphans(present))
        instances.push_back(std::move(orphan));
    return instances;
}

Result<Instance> MachineDriver::describe(const std::string& id)
{
    TRY(checkId(id));
    if (isCopy(id))
        return fail(Code::NotFound, "it is a throw-away copy");
    ConnectRef connection = TRY(m_watch->get());
    auto domain = m_watch->domain(id);
    if (!domain) {
        for (Instance& orphan : orphans({}))
            if (orphan.id == id && domain.error().code == Code::NotFound)
                return std::move(orphan);
        return tl::unexpected<Error>(std::move(domain).error());
    }
    Seen seen = TRY(look(std::move(*domain)));
    return instanceOf(connection.get(), seen);
}

} // namespace diptych::machines
