#include "machines/driver.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/log.h"
#include "instances/json.h"
#include "machines/network.h"

namespace diptych::machines {

namespace {

/// Sets a flag of Live for as long as the work takes.
class Flag final
{
public:
    Flag(std::mutex& mutex, bool& flag) : m_mutex(mutex), m_flag(flag) { set(true); }
    ~Flag() { set(false); }
    Flag(const Flag&) = delete;
    Flag& operator=(const Flag&) = delete;

private:
    void set(bool on)
    {
        std::lock_guard lock(m_mutex);
        m_flag = on;
    }
    std::mutex& m_mutex;
    bool& m_flag;
};

} // namespace

Status MachineDriver::start(const std::string& id, Progress& progress)
{
    LiveRef machine = live(id);
    {
        std::lock_guard lock(m_mutex);
        machine->times = StartTimes{};
        machine->times.click = monotonicNanoseconds();
        machine->times.startedAt = unixMilliseconds();
    }
    Seen seen = TRY(look(id));
    if (seen.active)
        return fail(Code::WrongState, fmt::format("machine {} runs already", seen.info.name));
    if (progress.cancelled())
        return fail(Code::Cancelled, fmt::format("starting {} was cancelled", seen.info.name));
    progress.report("boot", -1, seen.info.name);
    Flag starting(m_mutex, machine->starting);
    changed(id);
    return launch(id, seen);
}

Status MachineDriver::launch(const std::string& id, Seen& seen)
{
    LiveRef machine = live(id);
    MachineFiles files = filesOf(id);
    if (seen.kept) {
        ConnectRef connection = TRY(m_act->get());
        TRY(activeNetwork(connection.get(), seen.kept->network));
        QemuUser user = TRY(qemuUser(connection.get()));
        TRY(openWay(m_paths, files, seen.kept->baseDisk, user));
        TRY(resetRecord(files, user));
        TRY(m_records->follow(id, files.record(), 0));
    }
    int64_t begin = monotonicNanoseconds();
    Status started = seen.info.installation ? startDomain(seen.domain.get()) : createDomain(seen.domain.get());
    int64_t end = monotonicNanoseconds();
    StartTimes times;
    {
        std::lock_guard lock(m_mutex);
        machine->times.createBegin = begin;
        machine->times.createEnd = end;
        machine->adopted = true;
        machine->endedAt = 0;
        times = machine->times;
    }
    if (!seen.kept)
        return started;
    seen.kept->startedAt = times.startedAt;
    seen.kept->finishedAt = 0;
    seen.kept->exitCode.reset();
    seen.kept->click = times.click;
    seen.kept->createBegin = begin;
    seen.kept->createEnd = end;
    seen.kept->problem = started ? std::string() : started.error().message;
    if (!started)
        seen.kept->finishedAt = unixMilliseconds();
    TRY(writeState(files, *seen.kept));
    TRY(writeFileAtomic(files.timeline(), dumpJson(toJson(timelineOf(times)), 2)));
    return started;
}

bool MachineDriver::waitInactive(virDomainPtr domain, std::chrono::milliseconds timeout, const Progress* progress)
{
    auto deadline = std::chrono::steady_clock::now() + timeout;
    for (;;) {
        if (virDomainIsActive(domain) != 1)
            return true;
        if (std::chrono::steady_clock::now() >= deadline || (progress && progress->cancelled()))
            return false;
        std::unique_lock lock(m_mutex);
        // Woken by events; looks by itself too, in case one was lost with a connection.
        m_event.wait_for(lock, std::min(timeout, std::chrono::milliseconds(200)));
    }
}

Status MachineDriver::stop(const std::string& id, std::chrono::milliseconds timeout, Progress& progress)
{
    Seen seen = TRY(look(id));
    if (!seen.active)
        return fail(Code::WrongState, fmt::format("machine {} does not run", seen.info.name));
    LiveRef machine = live(id);
    Flag stopping(m_mutex, machine->stopping);
    changed(id);
    progress.report("stop", -1, seen.info.name);
    if (seen.state == VIR_DOMAIN_PAUSED)
        virDomainResume(seen.domain.get()); // a paused guest hears nothing
    if (seen.info.installation) // an installer hears no power button, and half of a system is installed anew
        return kill(id, 9);
    auto began = std::chrono::steady_clock::now();
    auto patience = std::min(timeout, std::chrono::milliseconds(3000));
    bool asked = !seen.info.guestSocket.empty() && ask(id, seen, {{"method", "Stop"}}, patience);
    // Still booting, or not ours: the power button.
    if (!asked)
        virDomainShutdownFlags(seen.domain.get(), VIR_DOMAIN_SHUTDOWN_ACPI_POWER_BTN);
    auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
    if (waitInactive(seen.domain.get(), std::max(timeout - spent, std::chrono::milliseconds(0)), &progress))
        return {};
    if (progress.cancelled())
        return fail(Code::Cancelled, fmt::format("stopping {} was cancelled", seen.info.name));
    progress.report("kill", -1, seen.info.name);
    return kill(id, 9);
}

Status MachineDriver::kill(const std::string& id, int)
{
    DomainRef domain = TRY(m_act->domain(id));
    if (virDomainDestroy(domain.get()) < 0 && virDomainIsActive(domain.get()) == 1)
        return failLibvirt(fmt::format("kill machine {}", nameOf(domain.get())));
    return {};
}

Status MachineDriver::pause(const std::string& id)
{
    DomainRef domain = TRY(m_act->domain(id));
    if (virDomainSuspend(domain.get()) < 0)
        return failLibvirt(fmt::format("pause machine {}", nameOf(domain.get())));
    return {};
}

Status MachineDriver::resume(const std::string& id)
{
    DomainRef domain = TRY(m_act->domain(id));
    if (virDomainResume(domain.get()) < 0)
        return failLibvirt(fmt::format("resume machine {}", nameOf(domain.get())));
    return {};
}

Status MachineDriver::setSpec(Seen& seen, const InstanceSpec& spec)
{
    if (!seen.kept)
        return {};
    seen.kept->spec = spec;
    TRY(writeState(filesOf(seen.info.id), *seen.kept));
    unsigned flags = VIR_DOMAIN_AFFECT_CONFIG;
    if (seen.active)
        flags |= VIR_DOMAIN_AFFECT_LIVE;
    if (virDomainSetMetadata(seen.domain.get(), VIR_DOMAIN_METADATA_ELEMENT, metadataXml(spec).c_str(), metadataPrefix,
                             metadataUri, flags) < 0)
        return failLibvirt(fmt::format("metadata of {}", seen.info.name));
    return {};
}

Status MachineDriver::setTwin(const std::string& id, const std::string& twin)
{
    Seen seen = TRY(look(id));
    if (!seen.kept)
        return fail(Code::WrongState, fmt::format("{} was not made here: it has no twin", seen.info.name));
    InstanceSpec spec = *seen.info.spec;
    spec.twin = twin;
    TRY(setSpec(seen, spec));
    changed(id);
    return {};
}

/// What the guest reads at its next start.
Status MachineDriver::rewriteConfig(const std::string& id, const InstanceSpec& spec)
{
    MachineFiles files = filesOf(id);
    MachineState state = TRY(readState(files));
    Json config = TRYX(parseJson(TRY(readFile(files.config()))), files.config());
    if (!config.is_object())
        return fail(Code::Failed, fmt::format("{} is damaged", files.config()));
    config["hostname"] = spec.name;
    config["limits"] = {{"pids", spec.limits.pids}};
    return writeInitrd(files, files.initrd(), state.initramfsSize, config);
}

Status MachineDriver::keepRenamed(const std::string& id, Seen& seen, const InstanceSpec& spec)
{
    TRY(rewriteConfig(id, spec));
    ConnectRef connection = TRY(m_act->get());
    QemuUser user = TRY(qemuUser(connection.get()));
    TRY(openWay(m_paths, filesOf(id), seen.kept->baseDisk, user));
    return setSpec(seen, spec);
}

Status MachineDriver::rename(const std::string& id, const std::string& name)
{
    Seen seen = TRY(look(id));
    if (seen.active)
        return fail(Code::WrongState,
                    fmt::format("{} runs: libvirt renames a machine only while it is stopped", seen.info.name));
    if (virDomainRename(seen.domain.get(), name.c_str(), 0) < 0)
        return failLibvirt(fmt::format("rename {} to {}", seen.info.name, name));
    Status kept;
    if (seen.kept) {
        InstanceSpec before = *seen.info.spec;
        InstanceSpec spec = before;
        spec.name = name;
        // The handle still has the old name, which is only used in messages; libvirt goes by the UUID.
        kept = keepRenamed(id, seen, spec);
        if (!kept) {
            // A full disk must not leave two names: neither file was replaced unless it was written whole.
            (void)keepRenamed(id, seen, before);
            if (virDomainRename(seen.domain.get(), before.name.c_str(), 0) < 0)
                logf(Level::Warning, "{} stays renamed: {}", name,
                     libvirtError(fmt::format("rename it back to {}", before.name)).message);
        }
    }
    changed(id);
    return kept;
}

} // namespace diptych::machines
