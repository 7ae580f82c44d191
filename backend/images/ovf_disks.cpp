// The files and the disks of an OVF descriptor.
#include "images/disk_formats.h"
#include "images/ovf_items.h"
#include "images/ovf_xml.h"

#include <algorithm>
#include <cctype>

namespace diptych::images::ovf {

namespace {

constexpr size_t kMostOvfFiles = 64;

/// What a name in an archive may be: below it, and nowhere else. It never becomes a path here all the same.
Status checkHref(const std::string& href, const std::string& where)
{
    if (href.empty() || href.size() > kLongestName)
        return wrong(where, "a name of 1 to 255 bytes is needed");
    if (href.find("://") != std::string::npos)
        return wrong(where, fmt::format("\"{}\" is on another machine: fetch it first", href));
    if (std::any_of(href.begin(), href.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f || c == '\\'; }))
        return wrong(where, "this name is none of a file");
    for (size_t at = 0; at <= href.size();) {
        const size_t end = std::min(href.find('/', at), href.size());
        const std::string part = href.substr(at, end - at);
        if (part.empty() || part == "." || part == "..")
            return wrong(where, fmt::format("\"{}\" leads out of the archive", href));
        at = end + 1;
    }
    return {};
}

Result<std::optional<uint64_t>> capacityOf(const pugi::xml_node& node, const std::string& where)
{
    std::string said = attribute(node, "capacity");
    std::string units = trimmed(attribute(node, "capacityAllocationUnits"), kLongestName);
    if (said.empty() && !attribute(node, "volume-format").empty()) { // oVirt, virt-v2v
        said = attribute(node, "size");                              // in GiB
        units = "byte * 2^30";
    }
    if (said.empty())
        return std::nullopt;
    const std::optional<uint64_t> unit = ovfUnit(units.empty() ? "byte" : units);
    if (!unit)
        return wrong(where + "/capacityAllocationUnits", fmt::format("\"{}\" is no unit of bytes", units));
    const uint64_t quantity = TRY(number(said, where + "/capacity"));
    const std::optional<uint64_t> bytes = product(quantity, *unit);
    if (!bytes || *bytes == 0 || *bytes > kLargestDisk)
        return wrong(where + "/capacity",
                     fmt::format("a disk of {} times {} bytes is refused: 64 TiB at most", quantity, *unit));
    return bytes;
}

/// File by its id; oVirt: by its name, or by what is behind its last "/".
const OvfFile* fileOf(const std::vector<NamedFile>& files, const std::string& reference)
{
    for (const NamedFile& one : files)
        if (one.id == reference || one.file.name == reference)
            return &one.file;
    const std::string last = reference.substr(reference.rfind('/') + 1);
    for (const NamedFile& one : files)
        if (one.id == last || one.file.name == last)
            return &one.file;
    return nullptr;
}

std::string busOfWord(const std::string& word)
{
    return word == "VirtIO" || word == "VirtIO_SCSI" ? "virtio"
           : word == "IDE"                           ? "ide"
           : word == "SATA"                          ? "sata"
           : word == "SPAPR_VSCSI"                   ? "scsi"
                                                     : "";
}

Result<DiskEntry> readDiskEntry(const pugi::xml_node& node, const std::vector<NamedFile>& files,
                                const std::string& where)
{
    DiskEntry entry;
    entry.drive.id = attribute(node, "diskId");
    if (entry.drive.id.empty() || entry.drive.id.size() > kLongestName)
        return wrong(where + "/diskId", "a name of 1 to 255 bytes is needed");
    if (!attribute(node, "parentRef").empty())
        return wrong(where + "/parentRef", "a disk that is built upon another can't be taken");
    entry.fileRef = attribute(node, "fileRef");
    entry.ovirt = !attribute(node, "volume-format").empty();
    entry.boot = attribute(node, "boot") == "true" || attribute(node, "boot") == "True";
    entry.drive.bus = busOfWord(attribute(node, "disk-interface"));
    entry.drive.capacity = TRY(capacityOf(node, where));
    if (entry.fileRef.empty()) {
        if (!entry.drive.capacity)
            return wrong(where + "/capacity", "a disk without a file needs one");
        return entry;
    }
    const OvfFile* file = fileOf(files, entry.fileRef);
    if (!file)
        return wrong(where + "/fileRef",
                     fmt::format("\"{}\" is no file of the References", trimmed(entry.fileRef, kLongestName)));
    entry.drive.file = file->name;
    entry.drive.gzip = file->gzip;
    return entry;
}

} // namespace

Result<std::vector<NamedFile>> readFiles(const pugi::xml_node& envelope)
{
    std::vector<NamedFile> files;
    for (const pugi::xml_node& node : child(envelope, "References").children()) {
        if (!isNamed(node, "File"))
            continue;
        const std::string where = fmt::format("References/File {}", files.size() + 1);
        if (files.size() >= kMostOvfFiles)
            return wrong("References", fmt::format("more than {} files are refused", kMostOvfFiles));
        NamedFile one{attribute(node, "id"), {attribute(node, "href"), {}}};
        TRY(checkHref(one.file.name, where + "/href"));
        if (const std::string size = attribute(node, "size"); !size.empty())
            one.file.size = TRY(number(size, where + "/size"));
        if (const std::string packed = trimmed(attribute(node, "compression"), kLongestName); packed == "gzip")
            one.file.gzip = true;
        else if (!packed.empty() && packed != "identity")
            return wrong(where + "/compression", fmt::format("\"{}\" can't be unpacked, only gzip", packed));
        if (!attribute(node, "chunkSize").empty())
            return wrong(where + "/chunkSize", "a file in several pieces can't be taken: put them together first");
        files.push_back(std::move(one));
    }
    return files;
}

Result<std::vector<DiskEntry>> readDiskEntries(const pugi::xml_node& envelope, const std::vector<NamedFile>& files)
{
    std::vector<DiskEntry> disks;
    for (const pugi::xml_node& node : child(envelope, "DiskSection").children()) {
        if (!isNamed(node, "Disk"))
            continue;
        if (disks.size() >= kMostOvfDisks)
            return wrong("DiskSection", fmt::format("more than {} disks are refused", kMostOvfDisks));
        DiskEntry entry = TRY(readDiskEntry(node, files, fmt::format("DiskSection/Disk {}", disks.size() + 1)));
        for (const DiskEntry& other : disks) {
            if (other.drive.id == entry.drive.id)
                return wrong("DiskSection", fmt::format("two disks are called {}", entry.drive.id));
            if (!entry.drive.file.empty() && other.drive.file == entry.drive.file)
                return wrong("DiskSection", fmt::format("two disks are in the file {}", entry.drive.file));
        }
        disks.push_back(std::move(entry));
    }
    return disks;
}

} // namespace diptych::images::ovf

namespace diptych::images {

using namespace ovf;

Status checkOvfFiles(const OvfMachine& machine, const std::map<std::string, uint64_t>& present)
{
    std::vector<std::string> needed;
    for (const OvfDrive& disk : machine.disks)
        needed.push_back(disk.file);
    for (const OvfMedium& medium : machine.media)
        needed.push_back(medium.file);
    for (const std::string& name : needed) {
        if (name.empty())
            continue;
        const auto found = present.find(name);
        if (found == present.end())
            return wrong("References/File", fmt::format("{} is not in the archive", name));
        for (const OvfFile& file : machine.files)
            if (file.name == name && file.size && *file.size != found->second)
                return wrong("References/File/size", fmt::format("{} has {} bytes, not the {} that are said of it",
                                                                 name, found->second, *file.size));
    }
    return {};
}

std::optional<uint64_t> ovfUnit(std::string_view unit)
{
    std::string plain;
    for (char c : unit)
        if (c != ' ' && c != '\t')
            plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (plain.starts_with("byte*")) {
        const std::string_view factor = std::string_view(plain).substr(5);
        const size_t power = factor.find('^');
        auto base = number(factor.substr(0, power), {});
        if (!base)
            return std::nullopt;
        auto exponent = power == std::string_view::npos ? Result<uint64_t>(1) : number(factor.substr(power + 1), {});
        if (!exponent || *exponent > 63)
            return std::nullopt;
        std::optional<uint64_t> value = 1;
        for (uint64_t i = 0; i < *exponent && value; ++i)
            value = product(*value, *base);
        return value && *value > 0 ? value : std::nullopt;
    }
    for (const auto& [word, shift] : {std::pair{"byte", 0},
                                      {"bytes", 0},
                                      {"kb", 10},
                                      {"kilobytes", 10},
                                      {"mb", 20},
                                      {"megabytes", 20},
                                      {"gb", 30},
                                      {"gigabytes", 30},
                                      {"tb", 40},
                                      {"terabytes", 40}})
        if (plain == word)
            return uint64_t{1} << shift;
    return std::nullopt;
}

} // namespace diptych::images
