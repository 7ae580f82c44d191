// A machine that comes as one file: its disks, and all or nothing of them.
#include "images/disks.h"

#include "base/files.h"
#include "base/log.h"
#include "base/names.h"
#include "images/archive_files.h"
#include "images/layout.h"
#include "images/ovf_manifest.h"
#include "images/ovf_read.h"
#include "images/qemu_img.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <unistd.h>

namespace diptych::images {

/// Taken out, flat and by digest, into the directory that the archive lay in.
struct OpenedAppliance
{
    std::string work;
    Layout layout;
    ArchiveFiles files;
    std::string descriptor;
};

namespace {

constexpr size_t kLargestManifestFile = size_t{1} << 20;
constexpr uint64_t kCapacityTolerance = uint64_t{1} << 20; ///< what programs round by

/// The one file of that ending; empty: there is none.
Result<std::string> onlyFile(const ArchiveFiles& files, std::string_view ending)
{
    std::string found;
    for (const auto& [name, file] : files.files())
        if (name.ends_with(ending)) {
            if (!found.empty())
                return fail(Code::NotSupported,
                            fmt::format("the archive has two descriptors, {} and {}: one can be taken", found, name));
            found = name;
        }
    return found;
}

/// Beside the descriptor, and called as it is.
Status checkManifest(const OpenedAppliance& opened, const std::string& descriptor, Progress& progress)
{
    const std::string name = std::filesystem::path(descriptor).replace_extension(".mf").string();
    auto manifest = opened.files.find(name);
    if (!manifest)
        return {}; // none: nothing is said
    if (manifest->size > kLargestManifestFile)
        return failField("manifest", fmt::format("{} of {} bytes is refused", name, manifest->size));
    const std::string text = TRY(readFile(opened.layout.blobPath(manifest->digest)));
    for (const OvfDigest& digest : TRY(readManifest(text))) {
        auto file = opened.files.find(digest.file);
        if (!file)
            return failField("manifest", fmt::format("{} is not in the archive", digest.file));
        progress.report("checkDigests", -1, digest.file);
        TRY(checkDigestOf(opened.layout.blobPath(file->digest), digest, [&] { return progress.cancelled(); }));
    }
    return {};
}

Result<OpenedAppliance> openAppliance(const std::string& file, const std::string& name, Progress& progress)
{
    const std::string work = std::filesystem::path(file).parent_path().string();
    Layout layout(work);
    TRY(layout.initialize());
    ArchiveFiles files = TRY(ArchiveFiles::extract(file, layout, [&](uint64_t) {
        progress.report("readArchive", -1, name);
        return progress.cancelled();
    }));
    (void)::unlink(file.c_str()); // its room is needed
    OpenedAppliance opened{work, layout, std::move(files), {}};
    const std::string descriptor = TRY(onlyFile(opened.files, ".ovf"));
    if (descriptor.empty())
        return failField("descriptor", "the archive has no file that ends in .ovf");
    const ArchiveFile found = TRY(opened.files.find(descriptor));
    if (found.size > kLargestDescriptor)
        return failField("descriptor", fmt::format("more than {} bytes are refused", kLargestDescriptor));
    opened.descriptor = TRY(readFile(layout.blobPath(found.digest)));
    TRY(checkManifest(opened, descriptor, progress));
    return opened;
}

std::string numberedName(const std::string& name, size_t index)
{
    return index == 0 ? name : fmt::format("{}-{}", name, index + 1);
}

/// kept: as convertMachine() has them.
ImportedMachine imported(const OvfMachine& machine, const std::vector<Disk>& kept)
{
    ImportedMachine result;
    const auto media = kept.begin() + static_cast<std::ptrdiff_t>(machine.disks.size());
    result.disks.assign(kept.begin(), media);
    auto next = media;
    for (const OvfMedium& medium : machine.media)
        result.drives.push_back(medium.file.empty() ? std::nullopt : std::optional<Disk>(*next++));
    return result;
}

std::map<std::string, uint64_t> sizesOf(const ArchiveFiles& files)
{
    std::map<std::string, uint64_t> sizes;
    for (const auto& [name, file] : files.files())
        sizes[name] = file.size;
    return sizes;
}

} // namespace

Result<std::string> Disks::convertDrive(const OpenedAppliance& opened, const OvfDrive& drive, size_t index,
                                        Progress& progress) const
{
    const std::string name = fmt::format("drive-{}", index), at = opened.work + "/" + name;
    if (drive.file.empty()) {
        TRY(qemuImgEnclosed(opened.work, {"create", "-q", "-f", "qcow2", name, std::to_string(*drive.capacity)},
                            progress));
        return at;
    }
    const std::string blob = opened.layout.blobPath(TRY(opened.files.find(drive.file)).digest);
    // A name of its own: two disks may be the same bytes.
    const std::string linked = drive.gzip ? at + ".gz" : at;
    if (::link(blob.c_str(), linked.c_str()) < 0)
        return failErrno(drive.file);
    if (drive.gzip)
        TRYX(gunzipEnclosed(opened.work, name + ".gz", progress), drive.file);
    DiskKind kind = TRYX(kindOf(at), drive.file);
    if (kind.format == DiskFormat::Ova || kind.format == DiskFormat::Iso)
        return fail(Code::NotSupported, fmt::format("{} of the OVA is no disk", drive.file));
    std::string converted = TRYX(convertStranger(opened.work, at, kind, progress), drive.file);
    const uint64_t capacity = TRYX(kindOf(converted), drive.file).capacity;
    if (drive.capacity && capacity > *drive.capacity + kCapacityTolerance)
        return failField("descriptor",
                         fmt::format("DiskSection/Disk/capacity: {} has {} bytes, not the {} that are said of it",
                                     drive.file, capacity, *drive.capacity));
    if (drive.gzip)
        (void)::unlink(at.c_str());
    return converted;
}

/// A CD stays as it came: nobody but the machine reads it.
Result<std::string> Disks::takeMedium(const OpenedAppliance& opened, const OvfMedium& medium, size_t index,
                                      Progress& progress) const
{
    const std::string name = fmt::format("medium-{}", index), at = opened.work + "/" + name;
    const std::string blob = opened.layout.blobPath(TRY(opened.files.find(medium.file)).digest);
    const std::string linked = medium.gzip ? at + ".gz" : at;
    if (::link(blob.c_str(), linked.c_str()) < 0)
        return failErrno(medium.file);
    if (medium.gzip)
        TRYX(gunzipEnclosed(opened.work, name + ".gz", progress), medium.file);
    auto kind = kindOf(at);
    if (!kind || kind->format != DiskFormat::Iso)
        return fail(Code::NotSupported, fmt::format("{} of the OVA is no image of a CD", medium.file));
    return at;
}

/// All or none: named when each of them is whole.
Result<std::vector<Disk>> Disks::keepAll(const std::vector<Ready>& ready) const
{
    std::vector<Disk> disks;
    for (const Ready& one : ready) {
        auto kept = keep(one.file, one.name, one.format);
        if (!kept) {
            for (const Disk& disk : disks)
                (void)::unlink(disk.path.c_str());
            return tl::unexpected<Error>(kept.error());
        }
        disks.push_back(*kept);
    }
    return disks;
}

Result<std::vector<Disk>> Disks::importAppliance(const std::string& file, const std::string& name,
                                                 Progress& progress) const
{
    const OpenedAppliance opened = TRY(openAppliance(file, name, progress));
    std::vector<Ready> ready;
    for (const OvfDrive& drive : TRY(ovfDrives(opened.descriptor))) {
        std::string converted = TRY(convertDrive(opened, drive, ready.size(), progress));
        ready.push_back({std::move(converted), numberedName(name, ready.size())});
    }
    return keepAll(ready);
}

/// Its disks in their order, then its CDs.
Result<std::vector<Disks::Ready>> Disks::convertMachine(const OpenedAppliance& opened, const OvfMachine& machine,
                                                        const std::string& name, Progress& progress) const
{
    std::vector<Ready> ready;
    for (size_t i = 0; i < machine.disks.size(); ++i)
        ready.push_back({{}, numberedName(name, i)});
    for (size_t i = 0, full = 0; i < machine.media.size(); ++i)
        if (!machine.media[i].file.empty())
            ready.push_back({{}, numberedName(name + "-cd", full++), DiskFormat::Iso});
    for (const Ready& one : ready) // before anything that takes its time
        TRY(checkFree(one.name));
    size_t next = 0;
    for (const OvfDrive& drive : machine.disks) {
        ready[next].file = TRY(convertDrive(opened, drive, next, progress));
        ++next;
    }
    for (const OvfMedium& medium : machine.media) {
        if (medium.file.empty())
            continue;
        ready[next].file = TRY(takeMedium(opened, medium, next, progress));
        ++next;
    }
    return ready;
}

Result<Json> Disks::importMachine(const std::string& file, const std::string& name,
                                  const std::function<Result<Json>(const ImportedMachine&)>& make, Progress& progress)
{
    auto result = [&]() -> Result<Json> {
        TRY(checkFree(name));
        const OpenedAppliance opened = TRY(openAppliance(file, name, progress));
        const OvfMachine machine = TRY(readOvf(opened.descriptor));
        TRY(checkOvfFiles(machine, sizesOf(opened.files)));
        const std::vector<Ready> ready = TRY(convertMachine(opened, machine, name, progress));
        if (progress.cancelled())
            return fail(Code::Cancelled, "cancelled");
        std::string note;
        for (const Ready& one : ready)
            note += one.name + "\n";
        TRY(writeFileAtomic(notePath(name), note));
        auto kept = keepAll(ready);
        auto made = kept ? make(imported(machine, *kept)) : Result<Json>(tl::unexpected<Error>(kept.error()));
        if (!made && kept)
            for (const Disk& disk : *kept)
                (void)::unlink(disk.path.c_str());
        (void)::unlink(notePath(name).c_str());
        return made;
    }();
    (void)removeTree(std::filesystem::path(file).parent_path());
    (void)removeTree(std::filesystem::path(file).parent_path().string() + ".root");
    return result;
}

void Disks::dropUnfinished(const std::function<Result<bool>(const std::string& path)>& used)
{
    std::lock_guard lock(m_unfinishedLock);
    std::erase_if(m_unfinished, [&](const std::string& note) {
        auto names = readFile(notePath(note));
        std::vector<std::string> paths;
        for (size_t at = 0; names && at < names->size();) {
            const size_t end = std::min(names->find('\n', at), names->size());
            if (const std::string name = names->substr(at, end - at); checkInstanceName(name))
                for (DiskFormat format : {DiskFormat::Qcow2, DiskFormat::Iso}) // neither was there before
                    paths.push_back(pathOf(name, format));
            at = end + 1;
        }
        bool made = false; // its machine, after all
        for (size_t i = 0; i < paths.size() && !made; ++i) {
            auto has = used(paths[i]);
            if (!has)
                return false;
            made = *has;
        }
        if (made)
            paths.clear();
        for (const std::string& path : paths)
            if (::unlink(path.c_str()) == 0)
                logf(Level::Notice, "{}: of a machine that was not made; removed", path);
        (void)::unlink(notePath(note).c_str());
        return true;
    });
}

} // namespace diptych::images
