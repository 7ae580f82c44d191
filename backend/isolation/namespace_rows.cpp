// How we know of a namespace: who holds it, who owns it, what it maps.
#include "base/files.h"
#include "isolation/facts.h"
#include "isolation/namespace_files.h"

namespace diptych::isolation {

namespace {

std::vector<Evidence> holderEvidence(const Namespace& which)
{
    std::vector<Evidence> evidence;
    for (const NamespaceHolder& holder : which.holders) {
        if (holder.how == "mount")
            evidence.push_back({"bind mount", fmt::format("{} {}", which.id, holder.path),
                                fmt::format("/proc/{}/mountinfo", holder.pid),
                                fmt::format("grep -F '{}' /proc/{}/mountinfo", which.id, holder.pid)});
        else if (holder.how == "child")
            evidence.push_back({"above another", which.id, "ioctl(NS_GET_PARENT), ioctl(NS_GET_USERNS)", {}});
        else
            evidence.push_back({holder.how == "fd"            ? "open file"
                                : holder.how == "thread"      ? "thread in it"
                                : holder.how == "forChildren" ? "process whose children will be in it"
                                                              : "process in it",
                                which.id, holder.path, fmt::format("readlink {}", holder.path)});
    }
    return evidence;
}

Row heldRow(const Namespace& which)
{
    if (which.processes > 0)
        return makeRow("nsHeld", Wall::NotMeasured, which.host ? "nsHost" : "nsInUse",
                       {{"count", std::to_string(which.processes)}}, holderEvidence(which));
    const std::string how = which.holders.empty() ? "" : which.holders.front().how;
    return makeRow("nsHeld", Wall::NotMeasured,
                   how == "mount"   ? "nsByMount"
                   : how == "fd"    ? "nsByFile"
                   : how == "child" ? "nsByChild"
                                    : "nsByTask",
                   {}, holderEvidence(which));
}

/// util-linux shows the same.
std::string listCommand(const Namespace& which)
{
    return fmt::format("lsns -o NS,TYPE,PNS,ONS,NPROCS,PID,USER,COMMAND | grep -w -e TYPE -e {}", which.inode);
}

std::string callOn(const Namespace& which, const char* call)
{
    return fmt::format("ioctl({}) of {}", call, which.holders.empty() ? which.id : which.holders.front().path);
}

Row ownerRow(const Namespace& which)
{
    if (!which.owner.empty())
        return makeRow("nsOwner", Wall::NotMeasured, "nsOwned", {{"owner", which.owner}},
                       {{"owning user namespace", which.owner, callOn(which, "NS_GET_USERNS"), listCommand(which)}});
    auto open = openNamespace(which);
    auto owner = open ? owningUserNamespace(open->get()) : Result<UniqueFd>(tl::unexpected<Error>(open.error()));
    bool root = !owner && owner.error().systemError == EPERM;
    if (root && which.kind == "user")
        return makeRow("nsOwner", Wall::NotMeasured, "nsRoot", {},
                       {{"parent", owner.error().message, callOn(which, "NS_GET_PARENT"), listCommand(which)}});
    return makeRow("nsOwner", Wall::NotMeasured, "nsOwnerUnknown",
                   {{"reason", owner ? "it changed meanwhile" : owner.error().message}}, {});
}

std::string mapText(const std::vector<IdRange>& map)
{
    std::string text;
    for (const IdRange& range : map)
        text += fmt::format("{}{} {} {}", text.empty() ? "" : "; ", range.inside, range.outside, range.count);
    return text;
}

void addUserRows(const Namespace& which, std::vector<Row>& rows)
{
    if (which.creator)
        rows.push_back(
            makeRow("nsCreator", Wall::NotMeasured, "nsCreator", {{"uid", std::to_string(*which.creator)}},
                    {{"uid of its maker", std::to_string(*which.creator), callOn(which, "NS_GET_OWNER_UID"), {}}}));
    if (which.uidMap.empty()) {
        rows.push_back(makeRow("nsMap", Wall::NotMeasured, which.processes > 0 ? "nsMapNone" : "nsMapUnknown", {}, {}));
        return;
    }
    const IdRange& first = which.uidMap.front();
    int pid = which.holders.front().pid;
    bool all = first.inside == 0 && first.outside == 0 && first.count >= UINT32_MAX;
    std::vector<Evidence> evidence{{"uid map", mapText(which.uidMap), fmt::format("/proc/{}/uid_map", pid),
                                    fmt::format("cat /proc/{}/uid_map", pid)},
                                   {"gid map", mapText(which.gidMap), fmt::format("/proc/{}/gid_map", pid),
                                    fmt::format("cat /proc/{}/gid_map", pid)}};
    rows.push_back(makeRow("nsMap", Wall::NotMeasured, all ? "nsMapAll" : "nsMapped",
                           {{"inside", std::to_string(first.inside)},
                            {"outside", std::to_string(first.outside)},
                            {"count", std::to_string(first.count)}},
                           std::move(evidence)));
}

} // namespace

std::vector<Row> namespaceRows(const Namespace& which)
{
    std::vector<Row> rows{heldRow(which), ownerRow(which)};
    if (which.kind == "user")
        addUserRows(which, rows);
    if (which.kind == "pid")
        rows.push_back(which.parent.empty()
                           ? makeRow("nsParent", Wall::NotMeasured, "nsPidRoot", {}, {})
                           : makeRow("nsParent", Wall::NotMeasured, "nsPidChild", {{"parent", which.parent}},
                                     {{"parent", which.parent, callOn(which, "NS_GET_PARENT"), listCommand(which)}}));
    return rows;
}

} // namespace diptych::isolation
