#include "machines/pool_kinds.h"

#include "machines/xml.h"

#include "base/child.h"

#include <algorithm>
#include <filesystem>

namespace diptych::machines {

namespace {

bool decidedElsewhere(std::string_view type)
{
    return type == "iscsi" || type == "iscsi-direct" || type == "scsi" || type == "mpath";
}

bool isBlocks(std::string_view type)
{
    return decidedElsewhere(type) || type == "logical" || type == "disk" || type == "zfs" || type == "rbd";
}

} // namespace

std::vector<PoolLack> poolLacks(const std::string& type)
{
    std::vector<PoolLack> lacks;
    if (decidedElsewhere(type))
        for (const char* verb : {"create", "upload", "copy", "resize", "delete"})
            lacks.push_back({verb, "which disks there are, and how large, is decided where they come from"});
    else if (type == "logical" || type == "zfs")
        lacks.push_back({"resize", fmt::format("libvirt can't grow a volume of a pool of type {}", type)});
    else if (type == "disk")
        lacks.push_back({"resize", "a partition can't grow: what follows it is in its way"});
    return lacks;
}

std::vector<std::string> poolFormats(const std::string& type)
{
    if (decidedElsewhere(type))
        return {};
    return isBlocks(type) ? std::vector<std::string>{"raw"} : std::vector<std::string>{"qcow2", "raw"};
}

bool holdsFiles(const std::string& type)
{
    return !isBlocks(type);
}

bool givesNames(const std::string& type)
{
    return type == "disk";
}

static Status readPool(virStoragePoolPtr pool, pugi::xml_document& document)
{
    CString text(virStoragePoolGetXMLDesc(pool, 0));
    if (!text)
        return failLibvirt("read the storage pool");
    return parseXml(text.get(), document);
}

std::string typeOf(virStoragePoolPtr pool)
{
    pugi::xml_document document;
    return readPool(pool, document) ? document.child("pool").attribute("type").value() : "";
}

bool holdsFiles(virStoragePoolPtr pool)
{
    return holdsFiles(typeOf(pool));
}

Status checkPoolCan(virStoragePoolPtr pool, std::string_view verb)
{
    for (const PoolLack& lack : poolLacks(typeOf(pool)))
        if (verb == lack.verb)
            return fail(Code::NotSupported, lack.reason);
    return {};
}

std::string nextPartition(const std::string& device, const std::vector<std::string>& there)
{
    std::string stem = std::filesystem::path(device).filename();
    if (!stem.empty() && isdigit(static_cast<unsigned char>(stem.back())) != 0)
        stem += 'p';
    for (int i = 1;; ++i)
        if (std::string name = stem + std::to_string(i); std::find(there.begin(), there.end(), name) == there.end())
            return name;
}

unsigned oddPartition(const std::string& device, const std::string& volume)
{
    std::string stem = std::filesystem::path(device).filename();
    if (stem.empty() || isdigit(static_cast<unsigned char>(stem.back())) == 0 || !volume.starts_with(stem + 'p'))
        return 0;
    std::string number = volume.substr(stem.size() + 1);
    bool good = !number.empty() && number.size() < 4 && number.find_first_not_of("0123456789") == std::string::npos;
    return good ? static_cast<unsigned>(std::stoul(number)) : 0;
}

/// The device's own name, whatever link the pool has it by.
static std::string deviceOf(pugi::xml_node root)
{
    std::string device = root.child("source").child("device").attribute("path").value();
    std::error_code error;
    auto real = std::filesystem::canonical(device, error);
    return error ? device : real.string();
}

Result<bool> deletePartition(virStoragePoolPtr pool, const std::string& volume)
{
    pugi::xml_document document;
    TRY(readPool(pool, document));
    pugi::xml_node root = document.child("pool");
    std::string device = deviceOf(root);
    unsigned number = std::string_view(root.attribute("type").value()) == "disk" ? oddPartition(device, volume) : 0;
    if (number == 0)
        return false;
    Command command;
    command.arguments = {"parted", "--script", "--", device, "rm", std::to_string(number)};
    TRYX(runChecked(command), fmt::format("delete {}", volume));
    virStoragePoolRefresh(pool, 0);
    return true;
}

static Result<std::string> nextPartitionOf(virStoragePoolPtr pool, pugi::xml_node root)
{
    virStorageVolPtr* all = nullptr;
    int count = virStoragePoolListAllVolumes(pool, &all, 0);
    if (count < 0)
        return failLibvirt("list the partitions");
    std::vector<std::string> there;
    for (int i = 0; i < count; ++i)
        there.emplace_back(virStorageVolGetName(VolumeRef(all[i]).get()));
    free(all);
    return nextPartition(deviceOf(root), there);
}

Result<std::string> volumeXmlIn(virStoragePoolPtr pool, const std::string& xml)
{
    pugi::xml_document document, described;
    TRY(readPool(pool, described));
    pugi::xml_node root = described.child("pool");
    std::string type = root.attribute("type").value();
    TRY(checkPoolCan(pool, "create"));
    if (holdsFiles(type))
        return xml;
    TRY(parseXml(xml, document));
    pugi::xml_node volume = document.child("volume");
    if (volume.child("backingStore"))
        return fail(Code::NotSupported,
                    fmt::format("an overlay is a file, and the pool {} holds none", virStoragePoolGetName(pool)));
    volume.remove_child("allocation");
    volume.child("target").remove_child("format");
    if (givesNames(type))
        volume.child("name").text().set(TRY(nextPartitionOf(pool, root)).c_str());
    return writeXml(volume);
}

} // namespace diptych::machines
