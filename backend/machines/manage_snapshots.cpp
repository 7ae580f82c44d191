// Snapshots inside qcow2 disks: with the memory while it runs, without when it is off.
#include "machines/manager.h"
#include "machines/xml.h"

#include "base/names.h"
#include "machines/domain_read.h"

namespace diptych::machines {

namespace {

Result<Json> snapshotJson(virDomainSnapshotPtr snapshot)
{
    CString text(virDomainSnapshotGetXMLDesc(snapshot, 0));
    if (!text)
        return failLibvirt("read the snapshot");
    pugi::xml_document document;
    TRY(parseXml(text.get(), document));
    pugi::xml_node root = document.child("domainsnapshot");
    bool external = std::string_view(root.child("memory").attribute("snapshot").value()) == "external";
    for (pugi::xml_node disk : root.child("disks").children("disk"))
        external = external || std::string_view(disk.attribute("snapshot").value()) == "external";
    std::string_view memory = root.child("memory").attribute("snapshot").as_string("no");
    return Json{{"name", root.child_value("name")},
                {"description", root.child_value("description")},
                {"parent", root.child("parent").child_value("name")},
                {"createdAt", root.child("creationTime").text().as_llong() * 1000},
                {"state", root.child_value("state")},
                {"memory", memory != "no"},
                {"external", external},
                {"current", virDomainSnapshotIsCurrent(snapshot, 0) == 1}};
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
        if (auto json = snapshotJson(snapshot.get()))
            snapshots.push_back(std::move(*json));
    }
    free(all);
    DomainInfo info = TRY(readDomain(TRY(xmlOf(domain.get(), 0))));
    const bool active = TRY(isActive(domain.get()));
    return Json{{"snapshots", std::move(snapshots)}, {"obstacle", obstacle(info)}, {"withMemory", active}};
}

Result<Json> createSnapshot(Host& host, const Json& parameters, Progress& progress)
{
    DomainRef domain = TRY(host.domain(parameters));
    auto name = parameters["name"].get<std::string>(), description = parameters["description"].get<std::string>();
    TRY(checkInstanceName(name));
    TRY(checkXmlText(description, "description"));
    DomainInfo info = TRY(readDomain(TRY(xmlOf(domain.get(), 0))));
    if (std::string why = obstacle(info); !why.empty())
        return fail(Code::NotSupported, why);
    // libvirt would take one that exists for a redefinition.
    if (SnapshotRef(virDomainSnapshotLookupByName(domain.get(), name.c_str(), 0)))
        return fail(Code::Exists, fmt::format("{} has a snapshot {} already", info.name, name));
    pugi::xml_document document;
    pugi::xml_node root = element(document, "domainsnapshot");
    textElement(root, "name", name);
    if (!description.empty())
        textElement(root, "description", description);
    progress.report("snapshot", -1, name);
    SnapshotRef made(virDomainSnapshotCreateXML(domain.get(), writeXml(root).c_str(), 0));
    if (!made)
        return failLibvirt(fmt::format("snapshot of {}", info.name));
    return Json{{"name", name}};
}

Result<Json> revertSnapshot(Host& host, const Json& parameters, Progress& progress)
{
    DomainRef domain = TRY(host.domain(parameters));
    auto name = parameters["name"].get<std::string>();
    SnapshotRef snapshot = TRY(findSnapshot(domain.get(), name));
    progress.report("snapshot", -1, name);
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
    unsigned flags = parameters["children"].get<bool>() ? VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN : 0;
    if (virDomainSnapshotDelete(snapshot.get(), flags) < 0)
        return failLibvirt(fmt::format("delete snapshot {} of {}", name, nameOf(domain.get())));
    return Json();
}

} // namespace diptych::machines
