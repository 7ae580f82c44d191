#include "machines/host_disks.h"

#include "base/child.h"
#include "base/fd.h"

#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace diptych::machines {

namespace {

std::string wordAt(const Json& node, const char* key)
{
    auto found = node.find(key);
    return found != node.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Where it is mounted, or what else has it.
std::string userOf(const Json& node)
{
    if (auto points = node.find("mountpoints"); points != node.end() && points->is_array())
        for (const Json& point : *points)
            if (point.is_string())
                return point == "[SWAP]" ? "swap" : fmt::format("mounted at {}", point.get<std::string>());
    std::string type = wordAt(node, "type");
    return type == "lvm" ? "LVM" : type.starts_with("raid") ? "RAID" : type == "crypt" ? "encryption" : "";
}

/// Of it and all that is made of it.
std::string usersBelow(const Json& node)
{
    std::string user = userOf(node);
    if (auto children = node.find("children"); user.empty() && children != node.end())
        for (const Json& child : *children)
            if (user = usersBelow(child); !user.empty())
                break;
    return user;
}

void add(const Json& node, std::vector<HostDisk>& disks)
{
    std::string type = wordAt(node, "type"), path = wordAt(node, "path");
    auto size = node.value("size", Json());
    bool empty = !size.is_number_unsigned() || size == 0;
    if (type == "rom" || empty || path.starts_with("/dev/ram") || path.starts_with("/dev/zram"))
        return;
    HostDisk disk;
    disk.path = path;
    disk.size = size.get<uint64_t>();
    disk.model = wordAt(node, "model");
    disk.user = usersBelow(node);
    disk.readOnly = node.value("ro", Json(false)) == Json(true);
    disks.push_back(std::move(disk));
    if (auto children = node.find("children"); children != node.end())
        for (const Json& child : *children)
            add(child, disks);
}

} // namespace

Result<std::vector<HostDisk>> readHostDisks(const std::string& text)
{
    Json all = TRYX(parseJson(text), "lsblk");
    auto devices = all.find("blockdevices");
    if (devices == all.end() || !devices->is_array())
        return fail(Code::Failed, "lsblk lists no block devices");
    std::vector<HostDisk> disks;
    for (const Json& node : *devices)
        add(node, disks);
    return disks;
}

Status readSignatures(const std::string& text, HostDisk& disk)
{
    Json all = TRYX(parseJson(text), "wipefs");
    auto list = all.find("signatures");
    if (list == all.end() || !list->is_array())
        return fail(Code::Failed, "wipefs lists no signatures");
    for (const Json& one : *list) {
        std::string type = wordAt(one, "type");
        if (type == "gpt" || type == "dos")
            disk.table = type;
        else if (type != "PMBR" && disk.holds.empty()) // that protects a GPT
            disk.holds = type;
    }
    if (disk.holds.empty())
        disk.holds = disk.table;
    return {};
}

namespace {

Result<std::vector<HostDisk>> listed()
{
    Command command;
    command.arguments = {"lsblk", "-J", "-b", "-p", "-o", "PATH,SIZE,TYPE,MOUNTPOINTS,MODEL,RO"};
    command.timeout = std::chrono::seconds(20);
    return readHostDisks(TRY(runChecked(command)));
}

Status look(HostDisk& disk)
{
    Command command;
    command.arguments = {"wipefs", "-J", "-n", "--", disk.path};
    command.timeout = std::chrono::seconds(10);
    std::string text = TRY(runChecked(command));
    return text.empty() ? Status() : readSignatures(text, disk);
}

} // namespace

Result<std::vector<HostDisk>> hostDisks()
{
    std::vector<HostDisk> disks = TRY(listed());
    for (HostDisk& disk : disks)
        (void)look(disk); // who can't be read is listed as it is
    return disks;
}

Result<HostDisk> findHostDisk(const std::string& path)
{
    std::error_code error;
    std::string real = std::filesystem::canonical(path, error);
    if (!error)
        for (HostDisk& disk : TRY(listed())) {
            std::error_code none;
            if (disk.path != real && std::filesystem::canonical(disk.path, none) != real)
                continue;
            if (Status looked = look(disk); !looked)
                return failField("source.device", looked.error().message);
            return std::move(disk);
        }
    return failField("source.device", fmt::format("there is no block device {}", path));
}

Status checkUnused(const HostDisk& disk)
{
    if (!disk.user.empty())
        return failField("source.device", fmt::format("{} is in use: {}", disk.path, disk.user));
    if (disk.readOnly)
        return failField("source.device", fmt::format("{} can only be read", disk.path));
    // Whoever has it for himself, mounts and groups too, keeps others from having it so.
    UniqueFd fd(::open(disk.path.c_str(), O_RDONLY | O_EXCL | O_NONBLOCK | O_CLOEXEC));
    if (fd.get() < 0)
        return failField("source.device", errno == EBUSY ? fmt::format("{} is in use by this host", disk.path)
                                                         : systemError(errno, disk.path).message);
    return {};
}

} // namespace diptych::machines
