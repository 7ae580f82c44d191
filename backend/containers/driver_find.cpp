// Finding everything again after the helper was away, and what happens when a container ends.
#include "base/clock.h"
#include "base/files.h"
#include "base/log.h"
#include "base/names.h"
#include "containers/driver.h"
#include "containers/network.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych::containers {

void ContainerDriver::adoptAll()
{
    clearCopies();
    auto names = listDirectory(m_paths.instances());
    for (const std::string& name : names.value_or(std::vector<std::string>{}))
        // Machines keep theirs in a directory of the same kind; ours has an instance.json or an unfinished create's
        // upper/.
        if (checkId(name) && exists(m_paths.instance(name) + "/instance.json"))
            adopt(name);
    // What was being deleted when the helper died.
    for (const std::string& rest : listDirectory(m_paths.trash()).value_or(std::vector<std::string>{}))
        if (auto removed = removeTree(m_paths.trash() + "/" + rest); !removed)
            logf(Level::Warning, "{}", removed.error().message);
}

Status ContainerDriver::rollBack(const std::string& id, const Link& link)
{
    if (auto released = releaseLink(m_paths.libvirtUri, link); !released)
        logf(Level::Warning, "address of the unfinished container {}: {}", id, released.error().message);
    TRY(m_runtime.destroy(id));
    return removeTreeByTrash(m_paths.instance(id), m_paths.trash());
}

void ContainerDriver::adopt(const std::string& id)
{
    auto entry = std::make_shared<Entry>(id);
    auto record = loadRecord(m_paths.instance(id));
    if (record && record->spec.kind != Kind::Container)
        return;
    if (!record) {
        entry->state = State::Broken;
        entry->damage = record.error().message;
        entry->record.spec.name = id;
    } else if (record->creating) {
        if (auto gone = rollBack(id, record->link); !gone)
            logf(Level::Error, "unfinished container {}: {}", id, gone.error().message);
        return;
    } else {
        entry->record = std::move(*record);
    }
    {
        std::unique_lock lock(m_mutex);
        m_entries[id] = entry;
    }
    if (entry->state == State::Broken)
        return;
    int pid = m_runtime.pid(id);
    auto status = pid != 0 ? m_runtime.status(id) : Result<std::string>(std::string("stopped"));
    if (status && (*status == "running" || *status == "paused")) {
        if (auto adopted = adoptRunning(*entry, pid); !adopted)
            finish(*entry);
    } else if (entry->record.running) {
        finish(*entry); // ended meanwhile
    } else if (exists(m_runtime.directory(id))) {
        clearRun(id, entry->record); // made and not started when the helper died
    }
}

Status ContainerDriver::adoptRunning(Entry& entry, int pid)
{
    auto cgroup =
        std::make_shared<cgroups::Cgroup>(TRY(cgroups::Cgroup::open(m_hierarchies, m_paths.cgroup + "/" + entry.id)));
    bool frozen = cgroup->frozen().value_or(false);
    {
        std::lock_guard lock(entry.mutex);
        entry.pid = pid;
        entry.cgroup = std::move(cgroup);
        entry.state = frozen ? State::Paused : State::Running;
    }
    TRY(m_watcher->add(entry.id, pid));
    // Only now, with a descriptor that pins it, does the check say that this is still the same process.
    return m_runtime.pid(entry.id) == pid ? Status{} : fail(Code::NotFound, "it has ended");
}

void ContainerDriver::ended(const std::string& id)
{
    if (auto entry = find(id))
        finish(**entry);
}

void ContainerDriver::keepLog(const Entry& entry) const
{
    constexpr off_t most = 1 << 20;
    auto file = openFile(m_runtime.directory(entry.id) + "/log", O_RDONLY | O_NOFOLLOW);
    if (!file)
        return;
    struct stat info = {};
    if (::fstat(file->get(), &info) == 0 && info.st_size > most)
        (void)::lseek(file->get(), info.st_size - most, SEEK_SET);
    if (auto text = readFd(file->get(), size_t{16} << 20))
        (void)writeFileAtomic(directory(entry) + "/log", *text);
}

void ContainerDriver::clearRun(const std::string& id, const Record& record) const
{
    unpublish(record.spec.ports);
    if (record.spec.network.mode == NetworkMode::Nat)
        if (auto gone = unplug(id); !gone)
            logf(Level::Warning, "interface of container {}: {}", id, gone.error().message);
    if (auto gone = m_runtime.destroy(id); !gone)
        logf(Level::Warning, "container {}: {}", id, gone.error().message);
}

void ContainerDriver::finish(Entry& entry)
{
    {
        // Start and the watcher may both see the end of a short run.
        std::lock_guard lock(entry.mutex);
        if (entry.ending || !entry.record.running)
            return;
        entry.ending = true;
    }
    // The supervisor reads the last output before it writes the record.
    std::optional<ExitRecord> record;
    for (int i = 0; i < 300 && !(record = m_runtime.exitRecord(entry.id)); ++i) {
        if (!exists(m_runtime.directory(entry.id) + "/supervisor.pid"))
            break;
        ::usleep(10000);
    }
    keepLog(entry);
    Record copy;
    {
        std::lock_guard lock(entry.mutex);
        copy = entry.record;
    }
    clearRun(entry.id, copy);
    {
        std::lock_guard lock(entry.mutex);
        Record& r = entry.record;
        r.running = false;
        r.finishedAt = record && record->finishedAt != 0 ? record->finishedAt : unixMilliseconds();
        r.oomKilled = record && record->oomKilled;
        if (record)
            r.exitCode = record->exitCode;
        else
            r.exitCode.reset();
        r.problem = record ? "" : "how it ended is unknown: its supervisor left no record (was this host restarted?)";
    }
    if (auto saved = save(entry); !saved)
        logf(Level::Error, "container {}: {}", entry.id, saved.error().message);
    (void)removeTree(directory(entry) + "/terminals");
    {
        // Last: who sees it stopped may delete it at once.
        std::lock_guard lock(entry.mutex);
        entry.state = State::Stopped;
        entry.ending = false;
        entry.pid = 0;
        entry.cgroup.reset();
    }
    entry.changed.notify_all();
    notify(entry.id);
}

} // namespace diptych::containers
