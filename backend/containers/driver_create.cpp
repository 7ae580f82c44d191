#include "base/clock.h"
#include "base/files.h"
#include "base/log.h"
#include "base/names.h"
#include "containers/driver.h"
#include "containers/network.h"
#include "instances/place.h"

#include <algorithm>

namespace diptych::containers {

Result<uint32_t> ContainerDriver::unusedIds() const
{
    std::vector<uint32_t> taken;
    for (const auto& [id, entry] : m_entries) {
        std::lock_guard lock(entry->mutex);
        taken.push_back(entry->record.idBase);
    }
    for (const auto& [copy, base] : m_copyIds)
        taken.push_back(base);
    return freeIdBase(taken);
}

Result<EntryRef> ContainerDriver::claim(const std::string& id, const InstanceSpec& spec)
{
    TRY(checkId(id));
    auto entry = std::make_shared<Entry>(id);
    entry->state = State::Creating;
    entry->record.id = id;
    entry->record.spec = spec;
    entry->record.creating = true;
    entry->record.createdAt = unixMilliseconds();
    std::unique_lock lock(m_mutex);
    for (const auto& [otherId, other] : m_entries) {
        std::lock_guard otherLock(other->mutex);
        if (other->record.spec.name == spec.name)
            return fail(Code::Exists, fmt::format("a container with the name {} exists", spec.name));
    }
    entry->record.idBase = TRY(unusedIds());
    if (!m_entries.emplace(id, entry).second)
        return fail(Code::Exists, fmt::format("container {} exists", id));
    return entry;
}

// From its first moment on disk on, a crash leaves a record that says "creating", which list() clears away, with the
// address that may have been reserved.
Status ContainerDriver::build(Entry& entry, Progress& progress)
{
    Record r;
    {
        std::lock_guard lock(entry.mutex);
        if (entry.record.spec.network.mode == NetworkMode::Nat)
            entry.record.link = unreserved(entry.record.spec.network.name, entry.id);
        r = entry.record;
    }
    TRY(makePlace(m_paths, entry.id, [&](const std::string& place) { return saveRecord(place, r); }));
    images::Image image = TRY(m_images.find(r.spec.image));
    if (m_copies)
        TRYX(m_images.copyRoot(image, directory(entry) + "/rootfs", {r.idBase, idCount}, progress),
             "layers do not work on this state directory (see the log), and a copy of the image failed too");
    else
        r.lower = TRY(m_images.unpack(image, progress));
    r.process = TRY(m_images.resolve(image, r.spec));
    if (progress.cancelled())
        return fail(Code::Cancelled, "cancelled");
    if (r.spec.network.mode == NetworkMode::Nat) {
        progress.report("network", -1, r.spec.network.name);
        r.link = TRY(reserveLink(m_paths.libvirtUri, r.spec.network.name, entry.id, r.spec.name));
    }
    {
        std::lock_guard lock(entry.mutex);
        entry.record = r;
    }
    progress.report("bundle", -1, directory(entry));
    TRY(writeBundle(r, m_paths));
    {
        std::lock_guard lock(entry.mutex);
        entry.record.creating = false;
    }
    return save(entry);
}

Result<Instance> ContainerDriver::create(const std::string& id, const InstanceSpec& spec, Progress& progress)
{
    TRY(checkSpec(spec));
    EntryRef entry = TRY(claim(id, spec));
    notify(id);
    Status built = build(*entry, progress);
    if (!built) {
        Link link;
        {
            std::lock_guard lock(entry->mutex);
            link = entry->record.link;
        }
        if (auto gone = rollBack(id, link); !gone)
            logf(Level::Error, "unfinished container {}: {}", id, gone.error().message);
        {
            std::unique_lock lock(m_mutex);
            m_entries.erase(id);
        }
        notify(id);
        return tl::unexpected(built.error());
    }
    {
        std::lock_guard lock(entry->mutex);
        entry->state = State::Stopped;
    }
    notify(id);
    return instanceOf(*entry, m_paths.cgroup);
}

Result<std::string> ContainerDriver::preview(const InstanceSpec& spec)
{
    TRY(checkSpec(spec));
    Record r;
    r.id = "00000000-0000-4000-8000-000000000000";
    r.spec = spec;
    std::vector<uint32_t> taken;
    for (const EntryRef& entry : all()) {
        std::lock_guard lock(entry->mutex);
        taken.push_back(entry->record.idBase);
    }
    r.idBase = TRY(freeIdBase(taken));
    images::Image image = TRY(m_images.find(spec.image));
    r.process = TRY(m_images.resolve(image, spec));
    for (auto layer = image.layers.rbegin(); !m_copies && layer != image.layers.rend(); ++layer)
        r.lower.push_back(m_paths.images() + "/layers/" + layer->diffId.substr(layer->diffId.find(':') + 1));
    return dumpJson(bundleConfig(r, m_paths, TRY(loadSeccomp(m_paths))), 2);
}

} // namespace diptych::containers
