// Snapshots inside qcow2 disks: with the memory while it runs, without when it is off. Those in files of their own:
// external_snapshots.
#include "machines/external_snapshots.h"
#include "machines/snapshot_pictures.h"
#include "machines/xml.h"

#include "base/log.h"
#include "base/names.h"
#include "machines/domain_read.h"

namespace diptych::machines {

namespace {

Result<Json> snapshotJson(const Paths& paths, const std::string& domain, virDomainSnapshotPtr snapshot)
{
    CString text(virDomainSnapshotGetXMLDesc(snapshot, 0));
    if (!text)
        return failLibvirt("read the snapshot");
    pugi::xml_document document;
    TRY(parseXml(text.get(), document));
    pugi::xml_node root = document.child("domainsnapshot");
    bool external = readExternal(root).external;
    std::string_view memory = root.child("memory").attribute("snapshot").as_string("no");
    const int64_t seconds = root.child("creationTime").text().as_llong();
    return Json{{"name", root.child_value("name")},
                {"description", root.child_value("description")},
                {"parent", root.child("parent").child_value("name")},
                {"createdAt", seconds * 1000},
                {"state", root.child_value("state")},
                {"memory", memory != "no"},
                {"external", external},
                {"current", virDomainSnapshotIsCurrent(snapshot, 0) == 1},
                {"picture", hasPicture(paths, domain, root.child_value("name"), seconds)}};
}

/// Why libvirt could make no snapshot of it now; empty when it can.
std::string obstacle(const DomainInfo& info)
{
    if (info.type != "qemu" && info.type != "kvm")
        return {}; // other hypervisors have rules of their own, and say so
    bool any = false;
    for (const DiskInfo& disk : info.disks) {
        if (disk.device != "disk" || disk.readOnly || disk.path.empty())
            continue;
        any = true;
        if (disk.format != "qcow2")
            return fmt::format("disk {} is {}: only qcow2 can hold snapshots", disk.target,
                               disk.format.empty() ? "raw" : disk.format); // as libvirt takes it
    }
    if (!any)
        return "it has no disk that could hold a snapshot";
    if (info.firmware != "bios")
        return "it starts by UEFI, whose variables libvirt can't keep in a snapshot inside the disk";
    return {};
}

Result<SnapshotRef> findSnapshot(virDomainPtr domain, const std::string& name)
{
    SnapshotRef found(virDomainSnapshotLookupByName(domain, name.c_str(), 0));
    if (!found)
        return failLibvirt(fmt::format("snapshot {} of {}", name, nameOf(domain)));
    return found;
}

const char* const notHere = "snapshots in files of their own are made on their own machine only";

Status createInternal(virDomainPtr domain, const std::string& name, const std::string& description)
{
    pugi::xml_document document;
    pugi::xml_node root = element(document, "domainsnapshot");
    textElement(root, "name", name);
    if (!description.empty())
        textElement(root, "description", description);
    if (!SnapshotRef(virDomainSnapshotCreateXML(domain, writeXml(root).c_str(), 0)))
        return failLibvirt(fmt::format("snapshot of {}", nameOf(domain)));
    return {};
}

/// Leaves first, so that what is built upon one never outlives it unasked.
Status deleteOne(Host& host, virConnectPtr connection, virDomainPtr domain, virDomainSnapshotPtr snapshot,
                 bool children, Progress& progress)
{
    virDomainSnapshotPtr* below = nullptr;
    int count = children ? virDomainSnapshotListAllChildren(snapshot, &below, 0) : 0;
    if (count < 0)
        return failLibvirt(fmt::format("snapshots of {}", nameOf(domain)));
    Status outcome;
    for (int i = 0; i < count; ++i) {
        SnapshotRef child(below[i]);
        if (outcome)
            outcome = deleteOne(host, connection, domain, child.get(), true, progress);
    }
    free(below);
    TRY(std::move(outcome));
    if (TRY(readExternal(snapshot)).external) {
        if (host.elsewhere)
            return fail(Code::NotSupported, notHere);
        return deleteExternal(connection, domain, snapshot, progress);
    }
    if (virDomainSnapshotDelete(snapshot, 0) < 0)
        return failLibvirt(fmt::format("delete snapshot {} of {}", virDomainSnapshotGetName(snapshot), nameOf(domain)));
    return {};
}

} // namespace

Result<Json> listSnapshots(Host& host, const Json& parameters, Progress& /*progress*/)
{
    DomainRef domain = TRY(host.domain(parameters));
    virDomainSnapshotPtr* all = nullptr;
    int count = virDomainListAllSnapshots(domain.get(), &all, 0);
    if (count < 0)
        return failLibvirt(fmt::format("snapshots of {}", nameOf(domain.get())));
    Json snapshots = Json::array();
    for (int i = 0; i < count; ++i) {
        SnapshotRef snapshot(all[i]);
        if (auto json = snapshotJson(host.paths, idOf(domain.get()), snapshot.get()))
            snapshots.push_back(std::move(*json));
    }
    free(all);
    DomainInfo info = TRY(readDomain(TRY(xmlOf(domain.get(), 0))));
    const bool active = TRY(isActive(domain.get()));
    ConnectRef connection = TRY(host.connection());
    return Json{{"snapshots", std::move(snapshots)},
                {"obstacle", obstacle(info)},
                {"externalObstacle", host.elsewhere ? notHere : externalObstacle(connection.get(), info)},
                {"withMemory", active}};
}

Result<Json> createSnapshot(Host& host, const Json& parameters, Progress& progress)
{
    DomainRef domain = TRY(host.domain(parameters));
    auto name = parameters["name"].get<std::string>(), description = parameters["description"].get<std::string>();
    TRY(checkInstanceName(name));
    TRY(checkXmlText(description, "description"));
    DomainInfo info = TRY(readDomain(TRY(xmlOf(domain.get(), 0))));
    auto wanted = parameters.find("external");
    const bool external = wanted != parameters.end() && wanted->is_boolean() && wanted->get<bool>();
    auto asked = parameters.find("memory");
    const bool memory = asked != parameters.end() && asked->is_boolean() && asked->get<bool>();
    if (std::string why = external ? "" : obstacle(info); !why.empty())
        return fail(Code::NotSupported, why);
    if (external && host.elsewhere)
        return fail(Code::NotSupported, notHere);
    // libvirt would take one that exists for a redefinition.
    if (SnapshotRef(virDomainSnapshotLookupByName(domain.get(), name.c_str(), 0)))
        return fail(Code::Exists, fmt::format("{} has a snapshot {} already", info.name, name));
    progress.report("snapshot", -1, name);
    // Before: afterwards it would be another moment.
    ConnectRef connection = TRY(host.connection());
    auto picture = takePicture(connection.get(), domain.get());
    if (external)
        TRY(createExternal(host, domain.get(), info, name, description, memory, progress));
    else
        TRY(createInternal(domain.get(), name, description));
    if (picture)
        if (Status kept = keepPicture(host.paths, domain.get(), name, *picture); !kept)
            logf(Level::Warning, "the picture of snapshot {}: {}", name, kept.error().message);
    return Json{{"name", name}};
}

Result<Json> revertSnapshot(Host& host, const Json& parameters, Progress& progress)
{
    DomainRef domain = TRY(host.domain(parameters));
    auto name = parameters["name"].get<std::string>();
    SnapshotRef snapshot = TRY(findSnapshot(domain.get(), name));
    progress.report("snapshot", -1, name);
    if (TRY(readExternal(snapshot.get())).external) {
        ConnectRef connection = TRY(host.connection());
        if (host.elsewhere)
            return fail(Code::NotSupported, notHere);
        TRY(revertExternal(connection.get(), domain.get(), snapshot.get()));
        return Json();
    }
    TRY(checkInternalRevert(domain.get(), snapshot.get()));
    if (virDomainRevertToSnapshot(snapshot.get(), 0) == 0)
        return Json();
    // Its hardware differs from what runs: QEMU has to be started anew. What runs is given up in either case.
    if (virGetLastErrorCode() == VIR_ERR_SNAPSHOT_REVERT_RISKY &&
        virDomainRevertToSnapshot(snapshot.get(), VIR_DOMAIN_SNAPSHOT_REVERT_FORCE) == 0)
        return Json();
    return failLibvirt(fmt::format("revert {} to {}", nameOf(domain.get()), name));
}

Result<Json> deleteSnapshot(Host& host, const Json& parameters, Progress& progress)
{
    DomainRef domain = TRY(host.domain(parameters));
    auto name = parameters["name"].get<std::string>();
    SnapshotRef snapshot = TRY(findSnapshot(domain.get(), name));
    progress.report("snapshot", -1, name);
    ConnectRef connection = TRY(host.connection());
    TRY(deleteOne(host, connection.get(), domain.get(), snapshot.get(), parameters["children"].get<bool>(), progress));
    dropPictures(host.paths, domain.get());
    return Json();
}

} // namespace diptych::machines
