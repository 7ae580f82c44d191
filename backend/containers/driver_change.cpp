// What changes a container that exists.
#include "base/files.h"
#include "base/log.h"
#include "base/names.h"
#include "containers/driver.h"
#include "containers/network.h"

namespace diptych::containers {

Status ContainerDriver::pause(const std::string& id)
{
    EntryRef entry = TRY(find(id));
    TRY(requireRunning(*entry, false));
    auto cgroup = [&] {
        std::lock_guard lock(entry->mutex);
        return entry->cgroup;
    }();
    if (!cgroup)
        return fail(Code::WrongState, "it is not running");
    TRY(cgroup->freeze());
    {
        std::lock_guard lock(entry->mutex);
        if (entry->state == State::Running)
            entry->state = State::Paused;
    }
    notify(id);
    return {};
}

Status ContainerDriver::resume(const std::string& id)
{
    EntryRef entry = TRY(find(id));
    auto cgroup = [&] {
        std::lock_guard lock(entry->mutex);
        return entry->state == State::Paused ? entry->cgroup : nullptr;
    }();
    if (!cgroup)
        return fail(Code::WrongState, "it is not paused");
    TRY(cgroup->thaw());
    {
        std::lock_guard lock(entry->mutex);
        if (entry->state == State::Paused)
            entry->state = State::Running;
    }
    notify(id);
    return {};
}

Status ContainerDriver::rename(const std::string& id, const std::string& name)
{
    TRY(checkInstanceName(name));
    EntryRef entry = TRY(find(id));
    for (const EntryRef& other : all()) {
        std::lock_guard lock(other->mutex);
        if (other != entry && other->record.spec.name == name)
            return fail(Code::Exists, fmt::format("a container with the name {} exists", name));
    }
    {
        std::lock_guard lock(entry->mutex);
        if (entry->state == State::Broken)
            return fail(Code::WrongState, "its files are damaged: it can only be deleted");
    }
    // Host name and hosts file follow at the next start.
    TRY(change(*entry, [&](Record& record) { record.spec.name = name; }));
    notify(id);
    return {};
}

Status ContainerDriver::setTwin(const std::string& id, const std::string& twin)
{
    EntryRef entry = TRY(find(id));
    TRY(change(*entry, [&](Record& record) { record.spec.twin = twin; }));
    notify(id);
    return {};
}

Status ContainerDriver::setLimits(const std::string& id, const Limits& limits)
{
    TRY(checkLimits(limits, Kind::Container));
    EntryRef entry = TRY(find(id));
    auto cgroup = [&] {
        std::lock_guard lock(entry->mutex);
        return entry->cgroup;
    }();
    if (cgroup)
        TRYX(cgroup->apply(resourcesOf(limits)), "limits are unchanged");
    TRY(change(*entry, [&](Record& record) { record.spec.limits = limits; }));
    notify(id);
    return {};
}

Result<std::pair<std::vector<std::string>, std::vector<std::string>>>
ContainerDriver::removalPlan(const std::string& id)
{
    EntryRef entry = TRY(find(id));
    std::lock_guard lock(entry->mutex);
    return std::pair{std::vector<std::string>{directory(*entry)}, entry->record.lower};
}

// What a container wrote is its own directory: there is nothing of others that deleteDisk could spare.
Status ContainerDriver::remove(const std::string& id, bool /*deleteDisk*/)
{
    EntryRef entry = TRY(find(id));
    Record record;
    {
        std::lock_guard lock(entry->mutex);
        if (entry->state != State::Stopped && entry->state != State::Broken)
            return fail(Code::WrongState,
                        fmt::format("{} is {}: stop it first", entry->record.spec.name, toString(entry->state)));
        record = entry->record;
    }
    clearRun(id, record);
    if (auto released = releaseLink(m_paths.libvirtUri, record.link); !released)
        logf(Level::Warning, "address {} stays reserved on network {}: {}", record.link.address, record.link.network,
             released.error().message);
    TRY(removeTreeByTrash(directory(*entry), m_paths.trash()));
    {
        std::unique_lock lock(m_mutex);
        m_entries.erase(id);
    }
    notify(id);
    return {};
}

} // namespace diptych::containers
