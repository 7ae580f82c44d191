// Starting and stopping.
#include "base/clock.h"
#include "base/files.h"
#include "base/log.h"
#include "containers/driver.h"
#include "containers/network.h"
#include "containers/supervisors.h"
#include "containers/trace.h"
#include "instances/json.h"

#include <csignal>
#include <unistd.h>

namespace diptych::containers {

Status ContainerDriver::checkPortsAgainstOthers(const Entry& entry) const
{
    for (const EntryRef& other : all()) {
        if (other.get() == &entry)
            continue;
        std::lock_guard lock(other->mutex);
        if (!isUp(other->state))
            continue;
        for (size_t i = 0; i < entry.record.spec.ports.size(); ++i)
            for (const Port& theirs : other->record.spec.ports)
                if (theirs.hostPort == entry.record.spec.ports[i].hostPort &&
                    theirs.protocol == entry.record.spec.ports[i].protocol)
                    return failField(
                        fmt::format("ports[{}].hostPort", i),
                        fmt::format("port {}/{} of this host is published by {}: stop it, or choose another "
                                    "port",
                                    theirs.hostPort, theirs.protocol, other->record.spec.name));
    }
    return checkPortsFree(entry.record.spec.ports);
}

Status ContainerDriver::connectNetwork(Entry& entry, int pid, Timeline& timeline, int64_t click)
{
    const Record& r = entry.record;
    if (r.spec.network.mode != NetworkMode::Nat)
        return {};
    int64_t begin = monotonicNanoseconds() - click;
    TRY(plug(entry.id, r.link, pid));
    TRY(publish(r.link, r.spec.ports));
    timeline.steps.push_back(
        {"network", begin, monotonicNanoseconds() - click,
         fmt::format("rtnetlink: {} in {}, eth0 {}", vethName(entry.id), r.link.bridge, r.link.address)});
    return {};
}

Status ContainerDriver::launch(Entry& entry, Timeline& timeline, int64_t click, Progress& progress)
{
    std::string trace = directory(entry) + "/trace.jsonl";
    (void)::unlink(trace.c_str());
    TRY(m_runtime.destroy(entry.id)); // of a run that no helper saw the end of
    const Link& link = entry.record.link;
    if (entry.record.spec.network.mode == NetworkMode::Nat && !exists("/sys/class/net/" + link.bridge)) {
        progress.report("network", -1, link.network);
        Link again = TRY(reserveLink(m_paths.libvirtUri, link.network, entry.id, entry.record.spec.name));
        std::lock_guard lock(entry.mutex);
        entry.record.link = std::move(again);
    }
    TRY(checkPortsAgainstOthers(entry));
    TRY(writeBundle(entry.record, m_paths));
    timeline.steps.push_back({"bundle", 0, monotonicNanoseconds() - click, "config.json"});
    progress.report("create", -1, entry.id);
    TRY(m_runtime.call({"create", "--supervise", "--bundle", directory(entry), entry.id}, trace));
    leaveUnit(m_hierarchies, m_paths.cgroup, m_runtime.directory(entry.id));
    int pid = m_runtime.pid(entry.id);
    if (pid == 0)
        return fail(Code::Failed, "its first process ended before it was started");
    // Between create and start: the namespace exists, and the program has not run yet without its network.
    TRY(connectNetwork(entry, pid, timeline, click));
    auto cgroup =
        std::make_shared<cgroups::Cgroup>(TRY(cgroups::Cgroup::open(m_hierarchies, m_paths.cgroup + "/" + entry.id)));
    {
        std::lock_guard lock(m_sweepMutex);
        m_sweep->prepare();
    }
    {
        std::lock_guard lock(entry.mutex);
        entry.pid = pid;
        entry.cgroup = std::move(cgroup);
        entry.record.running = true;
    }
    // On disk before it runs: a helper that dies right afterwards must know that there is an end to pick up.
    TRY(save(entry));
    progress.report("start", -1, entry.id);
    TRY(m_runtime.call({"start", entry.id}, trace));
    return {};
}

Status ContainerDriver::start(const std::string& id, Progress& progress)
{
    int64_t click = monotonicNanoseconds();
    EntryRef entry = TRY(find(id));
    {
        std::lock_guard lock(entry->mutex);
        if (entry->state != State::Stopped)
            return fail(Code::WrongState, fmt::format("{} is {}", entry->record.spec.name, toString(entry->state)));
        entry->state = State::Starting;
        entry->record.problem.clear();
        entry->record.exitCode.reset();
        entry->record.oomKilled = false;
        entry->record.startedAt = unixMilliseconds();
        entry->record.startNanoseconds = 0;
    }
    notify(id);
    Timeline timeline;
    timeline.startedAt = entry->record.startedAt;
    Status launched = launch(*entry, timeline, click, progress);
    int64_t now = monotonicNanoseconds() - click;
    (void)readTrace(directory(*entry) + "/trace.jsonl", click, timeline);
    if (launched && !timeline.complete) {
        timeline.complete = true;
        timeline.total = now;
    }
    (void)writeFileAtomic(directory(*entry) + "/timeline.json", dumpJson(toJson(timeline)));
    if (!launched) {
        keepLog(*entry);
        clearRun(id, entry->record);
    }
    int pid = 0;
    {
        std::lock_guard lock(entry->mutex);
        entry->state = launched ? State::Running : State::Stopped;
        entry->record.startNanoseconds = timeline.total;
        if (!launched) {
            entry->record.running = false;
            entry->record.problem = launched.error().message;
            entry->record.finishedAt = unixMilliseconds();
            entry->pid = 0;
            entry->cgroup.reset();
        }
        pid = entry->pid;
    }
    (void)save(*entry);
    notify(id);
    // From here on the watcher ends it; one that has ended already is ended here.
    if (launched && (!m_watcher->add(id, pid) || m_runtime.pid(id) != pid)) {
        m_watcher->remove(id);
        finish(*entry);
    }
    return launched;
}

bool ContainerDriver::waitStopped(Entry& entry, std::chrono::milliseconds timeout, const Progress* progress)
{
    auto deadline = std::chrono::steady_clock::now() + timeout;
    std::unique_lock lock(entry.mutex);
    while (isUp(entry.state) && std::chrono::steady_clock::now() < deadline) {
        if (progress != nullptr && progress->cancelled())
            break;
        entry.changed.wait_for(lock, std::chrono::milliseconds(100));
    }
    return !isUp(entry.state);
}

Status ContainerDriver::signalAll(Entry& entry, int signal)
{
    std::shared_ptr<cgroups::Cgroup> cgroup;
    bool paused = false;
    {
        std::lock_guard lock(entry.mutex);
        cgroup = entry.cgroup;
        paused = entry.state == State::Paused;
    }
    auto sent = m_runtime.call({"kill", entry.id, std::to_string(signal)});
    // A frozen process does not see its signal, and in v1 not even SIGKILL.
    if (paused && cgroup && (signal == SIGKILL || signal == SIGTERM)) {
        (void)cgroup->thaw();
        std::lock_guard lock(entry.mutex);
        if (entry.state == State::Paused)
            entry.state = State::Running;
    }
    return sent ? Status{} : Status(tl::unexpected(sent.error()));
}

Status ContainerDriver::stop(const std::string& id, std::chrono::milliseconds timeout, Progress& progress)
{
    EntryRef entry = TRY(find(id));
    TRY(requireRunning(*entry, true));
    progress.report("stop", -1, "");
    Status sent = signalAll(*entry, entry->record.process.stopSignal);
    std::shared_ptr<cgroups::Cgroup> cgroup;
    {
        std::lock_guard lock(entry->mutex);
        cgroup = entry->cgroup;
        if (entry->state == State::Running || entry->state == State::Paused)
            entry->state = State::Stopping;
    }
    if (cgroup)
        (void)cgroup->thaw();
    notify(id);
    if (waitStopped(*entry, sent ? timeout : std::chrono::milliseconds(0), &progress))
        return {};
    if (progress.cancelled()) {
        std::lock_guard lock(entry->mutex);
        if (entry->state == State::Stopping)
            entry->state = State::Running;
        return fail(Code::Cancelled, "cancelled: it was asked to end, and not forced to");
    }
    progress.report("force", -1, "SIGKILL");
    (void)signalAll(*entry, SIGKILL);
    if (waitStopped(*entry, std::chrono::seconds(10), nullptr))
        return {};
    if (cgroup)
        TRY(cgroup->killAll());
    if (waitStopped(*entry, std::chrono::seconds(5), nullptr))
        return {};
    return fail(Code::TimedOut, "its processes can't be killed: the kernel waits in them (see /proc/PID/stack)");
}

Status ContainerDriver::kill(const std::string& id, int signal)
{
    EntryRef entry = TRY(find(id));
    TRY(requireRunning(*entry, true));
    if (signal < 1 || signal > 64)
        return failField("signal", fmt::format("{} is no signal", signal));
    TRY(signalAll(*entry, signal));
    if (signal == SIGKILL)
        (void)waitStopped(*entry, std::chrono::seconds(5), nullptr);
    return {};
}

} // namespace diptych::containers
