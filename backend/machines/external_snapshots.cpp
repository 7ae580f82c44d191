#include "machines/disk_users.h"
#include "machines/domain_job.h"
#include "machines/external_parts.h"
#include "machines/volumes.h"
#include "machines/xml.h"

#include <thread>

namespace diptych::machines {

std::string directoryOf(const std::string& path)
{
    return path.substr(0, path.rfind('/'));
}

bool isWritten(const DiskInfo& disk)
{
    return disk.device == "disk" && !disk.readOnly && !disk.path.empty();
}

Result<std::vector<ExternalSnapshot>> allSnapshots(virDomainPtr domain)
{
    virDomainSnapshotPtr* all = nullptr;
    int count = virDomainListAllSnapshots(domain, &all, 0);
    if (count < 0)
        return failLibvirt(fmt::format("snapshots of {}", nameOf(domain)));
    std::vector<ExternalSnapshot> found;
    Status outcome;
    for (int i = 0; i < count; ++i) {
        SnapshotRef snapshot(all[i]);
        auto read = readExternal(snapshot.get());
        if (read)
            found.push_back(std::move(*read));
        else
            outcome = tl::unexpected<Error>(std::move(read).error());
    }
    free(all);
    TRY(std::move(outcome)); // who can't be read may need anything
    return found;
}

Status checkNotSaved(virDomainPtr domain)
{
    if (virDomainHasManagedSaveImage(domain, 0) == 1)
        return fail(Code::WrongState,
                    fmt::format("the memory of {} was saved, and fits to its disks as they are: start "
                                "it, or drop what was saved",
                                nameOf(domain)));
    return {};
}

void deleteUnneeded(virConnectPtr connection, const std::string& path)
{
    auto users = usersOfFiles(connection, "");
    if (!users || users->contains(path))
        return; // who can't be asked needs it
    if (VolumeRef volume{virStorageVolLookupByPath(connection, path.c_str())})
        virStorageVolDelete(volume.get(), 0);
}

void refreshPools(virConnectPtr connection, const std::vector<DiskInfo>& disks)
{
    for (const DiskInfo& disk : disks) {
        if (PoolRef pool{virStoragePoolLookupByTargetPath(connection, directoryOf(disk.path).c_str())})
            virStoragePoolRefresh(pool.get(), 0);
    }
}

ExternalSnapshot readExternal(const pugi::xml_node& snapshot)
{
    ExternalSnapshot read;
    read.name = snapshot.child_value("name");
    read.paused = std::string_view(snapshot.child_value("state")) == "paused";
    pugi::xml_node memory = snapshot.child("memory");
    if (std::string_view(memory.attribute("snapshot").value()) == "external")
        read.memory = memory.attribute("file").value();
    read.external = !read.memory.empty();
    for (pugi::xml_node disk : snapshot.child("disks").children("disk")) {
        if (std::string_view(disk.attribute("snapshot").value()) != "external")
            continue;
        read.external = true;
        std::string target = disk.attribute("name").value();
        for (pugi::xml_node before : snapshot.child("domain").child("devices").children("disk")) {
            if (target != before.child("target").attribute("dev").value())
                continue;
            std::string path = before.child("source").attribute("file").value();
            std::string format = before.child("driver").attribute("type").as_string("raw");
            read.disks.push_back({target, path, format});
        }
    }
    return read;
}

Result<ExternalSnapshot> readExternal(virDomainSnapshotPtr snapshot)
{
    CString text(virDomainSnapshotGetXMLDesc(snapshot, 0));
    if (!text)
        return failLibvirt("read the snapshot");
    pugi::xml_document document;
    TRY(parseXml(text.get(), document));
    return readExternal(document.child("domainsnapshot"));
}

std::string externalObstacle(virConnectPtr connection, const DomainInfo& info)
{
    if (info.spec)
        return "it is a twin of a container: its disk belongs to its image";
    bool any = false;
    for (const DiskInfo& disk : info.disks) {
        if (!isWritten(disk))
            continue;
        any = true;
        PoolRef pool(virStoragePoolLookupByTargetPath(connection, directoryOf(disk.path).c_str()));
        // Below the directory of an LVM pool is no room for files: /dev is memory.
        if (disk.path.starts_with("/dev/") || (pool && !holdsFiles(pool.get())))
            return fmt::format("disk {}, {}, is no file: a snapshot has no place beside it", disk.target, disk.path);
        if (!pool)
            return fmt::format("disk {}, {}, is in no storage pool: make a pool of its directory first", disk.target,
                               disk.path);
    }
    return any ? "" : "it has no disk in a file that it writes to";
}

namespace {

/// The snapshot as it is wanted, and the files that will be there for it.
struct SnapshotPlan
{
    pugi::xml_document document;
    std::vector<std::string> files;
};

/// A name that is free beside the disk.
Result<std::string> fileBeside(virConnectPtr connection, const DiskInfo& disk, const std::string& stem,
                               const std::string& suffix)
{
    PoolRef pool(virStoragePoolLookupByTargetPath(connection, directoryOf(disk.path).c_str()));
    if (!pool)
        return failLibvirt(directoryOf(disk.path));
    virStoragePoolRefresh(pool.get(), 0);
    return fmt::format("{}/{}", directoryOf(disk.path), freeName(pool.get(), stem, suffix));
}

Status planSnapshot(virConnectPtr connection, const DomainInfo& info, const std::string& name, bool memory,
                    SnapshotPlan& plan)
{
    pugi::xml_node root = plan.document.child("domainsnapshot");
    pugi::xml_node disks = element(root, "disks");
    for (const DiskInfo& disk : info.disks) {
        bool wanted = isWritten(disk);
        pugi::xml_node node = element(disks, "disk", {{"name", disk.target}, {"snapshot", wanted ? "external" : "no"}});
        if (!wanted)
            continue;
        if (memory && plan.files.empty()) {
            plan.files.push_back(
                TRY(fileBeside(connection, disk, fmt::format("{}-memory-{}", info.name, name), "save")));
            element(root, "memory", {{"snapshot", "external"}, {"file", plan.files.back()}});
        }
        plan.files.push_back(
            TRY(fileBeside(connection, disk, fmt::format("{}-{}-{}", info.name, disk.target, name), "qcow2")));
        element(node, "driver", {{"type", "qcow2"}});
        element(node, "source", {{"file", plan.files.back()}});
    }
    return {};
}

/// libvirt removes what it made, unless it ended itself: then when it is there again.
void dropHalfMade(Host& host, const std::string& id, const std::string& name, const SnapshotPlan& plan)
{
    for (int tries = 0; tries < 60; ++tries, std::this_thread::sleep_for(std::chrono::milliseconds(500))) {
        auto domain = host.libvirt->domain(id);
        auto connection = host.connection();
        if (!domain || !connection)
            continue;
        auto info = xmlOf(domain->get(), 0).and_then(readDomain);
        if (!info || SnapshotRef(virDomainSnapshotLookupByName(domain->get(), name.c_str(), 0)))
            return; // whole after all
        refreshPools(connection->get(), info->disks);
        for (const std::string& file : plan.files)
            deleteUnneeded(connection->get(), file);
        return;
    }
}

} // namespace

Status createExternal(Host& host, virDomainPtr domain, const DomainInfo& info, const std::string& name,
                      const std::string& description, bool memory, Progress& progress)
{
    ConnectRef connection = TRY(host.connection());
    if (std::string why = externalObstacle(connection.get(), info); !why.empty())
        return fail(Code::NotSupported, why);
    if (memory && !TRY(isActive(domain)))
        return failField("memory", fmt::format("{} is off: it has no memory", info.name));
    TRY(checkNotSaved(domain));
    SnapshotPlan plan;
    pugi::xml_node root = element(plan.document, "domainsnapshot");
    textElement(root, "name", name);
    if (!description.empty())
        textElement(root, "description", description);
    TRY(planSnapshot(connection.get(), info, name, memory, plan));
    unsigned flags = VIR_DOMAIN_SNAPSHOT_CREATE_ATOMIC | (memory ? 0U : unsigned(VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY));
    Status made = followJob(domain, "snapshot", info.name, progress, [&]() -> Status {
        bool done(SnapshotRef(virDomainSnapshotCreateXML(domain, writeXml(root).c_str(), flags)));
        return done ? Status() : failLibvirt(fmt::format("snapshot of {}", info.name));
    });
    if (made)
        refreshPools(connection.get(), info.disks);
    else
        dropHalfMade(host, info.id, name, plan);
    return made;
}

} // namespace diptych::machines
