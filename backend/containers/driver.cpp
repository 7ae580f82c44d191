#include "containers/driver.h"

#include "base/files.h"
#include "base/log.h"
#include "containers/containers.h"
#include "containers/root_probe.h"

namespace diptych::containers {

Result<std::unique_ptr<Driver>> makeContainerDriver(const Paths& paths, images::Store& images)
{
    return ContainerDriver::make(paths, images);
}

Result<std::unique_ptr<Driver>> ContainerDriver::make(const Paths& paths, images::Store& images)
{
    TRY(makeDirectories(paths.instances()));
    TRY(makeDirectories(paths.trash()));
    TRY(makeDirectories(paths.run, 0755));
    TRY(makeDirectories(paths.runtimeRoot()));
    std::unique_ptr<ContainerDriver> driver(new ContainerDriver(paths, images));
    driver->m_hierarchies = TRY(cgroups::findHierarchies());
    driver->m_sweep.emplace(driver->m_hierarchies, paths.cgroup);
    if (auto works = layersWork(paths); !works) {
        driver->m_copies = true;
        logf(Level::Notice, "each container gets a copy of its image, because layers don't work on {}: {}", paths.state,
             works.error().message);
    }
    driver->m_watcher = TRY(Watcher::start([raw = driver.get()](const std::string& id) { raw->ended(id); }));
    return driver;
}

ContainerDriver::~ContainerDriver() = default;

void ContainerDriver::setListener(Listener listener)
{
    std::lock_guard lock(m_listenerMutex);
    m_listener = std::move(listener);
}

void ContainerDriver::notify(const std::string& id) const
{
    Listener listener;
    {
        std::lock_guard lock(m_listenerMutex);
        listener = m_listener;
    }
    if (listener)
        listener(id);
}

Result<EntryRef> ContainerDriver::find(const std::string& id) const
{
    std::shared_lock lock(m_mutex);
    auto found = m_entries.find(id);
    if (found == m_entries.end())
        return fail(Code::NotFound, fmt::format("there is no container {}", id));
    return found->second;
}

std::vector<EntryRef> ContainerDriver::all() const
{
    std::vector<EntryRef> entries;
    std::shared_lock lock(m_mutex);
    entries.reserve(m_entries.size());
    for (const auto& [id, entry] : m_entries)
        entries.push_back(entry);
    return entries;
}

Status ContainerDriver::save(Entry& entry)
{
    Record copy;
    {
        std::lock_guard lock(entry.mutex);
        copy = entry.record;
    }
    return saveRecord(directory(entry), copy);
}

/// On disk first: what could not be kept (disk full) is not said to be so either.
Status ContainerDriver::change(Entry& entry, const std::function<void(Record&)>& edit)
{
    Record copy;
    {
        std::lock_guard lock(entry.mutex);
        copy = entry.record;
    }
    edit(copy);
    TRY(saveRecord(directory(entry), copy));
    std::lock_guard lock(entry.mutex);
    edit(entry.record);
    return {};
}

Status ContainerDriver::requireRunning(Entry& entry, bool pausedToo) const
{
    std::lock_guard lock(entry.mutex);
    bool good =
        entry.state == State::Running || entry.state == State::Stopping || (pausedToo && entry.state == State::Paused);
    if (good)
        return {};
    return fail(Code::WrongState, fmt::format("{} is {}", entry.record.spec.name, toString(entry.state)));
}

Result<std::vector<Instance>> ContainerDriver::list()
{
    {
        std::lock_guard lock(m_finding);
        if (!m_found)
            adoptAll();
        m_found = true;
    }
    std::vector<Instance> instances;
    for (const EntryRef& entry : all())
        instances.push_back(instanceOf(*entry, m_paths.cgroup));
    return instances;
}

Result<Instance> ContainerDriver::describe(const std::string& id)
{
    return instanceOf(*TRY(find(id)), m_paths.cgroup);
}

} // namespace diptych::containers
