#include "images/disks.h"

#include "base/files.h"
#include "base/json.h"
#include "base/log.h"
#include "base/names.h"
#include "images/qemu_img.h"

#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych::images {

namespace {
std::string suffixOf(DiskFormat format)
{
    return format == DiskFormat::Iso ? ".iso" : ".qcow2";
}

std::string parentOf(const std::string& file)
{
    return std::filesystem::path(file).parent_path().string();
}
} // namespace

Result<DiskKind> kindOf(const std::string& file)
{
    UniqueFd fd = TRY(openFile(file, O_RDONLY | O_NOFOLLOW));
    struct stat st
    {
    };
    if (::fstat(fd.get(), &st) < 0)
        return failErrno(file);
    std::string head(kDiskHead, '\0');
    ssize_t n = ::pread(fd.get(), head.data(), head.size(), 0);
    if (n < 0)
        return failErrno(file);
    head.resize(static_cast<size_t>(n));
    return recognizeDisk(head, static_cast<uint64_t>(st.st_size));
}

namespace {
/// What qemu-img found, against what we looked for ourselves.
Result<uint64_t> checkedCapacity(const std::string& output)
{
    Json info = TRYX(parseJson(output, {size_t{1} << 20, 16}), "qemu-img info");
    for (const char* other : {"backing-filename", "full-backing-filename"})
        if (info.contains(other))
            return fail(Code::NotSupported, "the disk needs another one, on which it was built");
    if (info.value("encrypted", false))
        return fail(Code::NotSupported, "the disk is encrypted");
    const Json details = info.value("format-specific", Json::object()).value("data", Json::object());
    if (details.contains("data-file"))
        return fail(Code::NotSupported, "the disk keeps its data in another file");
    auto capacity = info.value("virtual-size", uint64_t{0});
    if (capacity == 0 || capacity > kLargestDisk)
        return fail(Code::NotSupported, fmt::format("a disk of {} bytes is refused", capacity));
    return capacity;
}

/// A file of one name alone; what is there is never replaced.
Status giveName(const std::string& file, const std::string& target)
{
    UniqueFd fd = TRY(openFile(file, O_RDWR | O_NOFOLLOW));
    if (::fchmod(fd.get(), 0600) < 0 || ::fsync(fd.get()) < 0)
        return failErrno(file);
    if (::link(file.c_str(), target.c_str()) < 0)
        return errno == EEXIST ? Status(fail(Code::Exists, fmt::format("there is a disk {} already",
                                                                       std::filesystem::path(target).stem().string())))
                               : Status(failErrno(target));
    UniqueFd directory = TRY(openFile(parentOf(target), O_RDONLY | O_DIRECTORY));
    return ::fsync(directory.get()) < 0 ? Status(failErrno(target)) : Status{};
}

} // namespace

Disks::Disks(std::string directory, std::string staging)
    : m_directory(std::move(directory)), m_staging(std::move(staging)), m_notes(m_staging + ".making")
{
    // QEMU's user passes through, and finds by name only what it was told.
    (void)makeDirectories(m_directory, 0711);
    (void)::chmod(m_directory.c_str(), 0711); // earlier versions closed it to that user
    (void)removeTree(m_staging);
    (void)makeDirectories(m_staging);
    (void)makeDirectories(m_notes);
    if (auto notes = listDirectory(m_notes))
        m_unfinished = *notes;
}

std::string Disks::pathOf(const std::string& name, DiskFormat format) const
{
    return m_directory + "/" + name + suffixOf(format);
}

Result<std::vector<Disk>> Disks::list() const
{
    std::vector<Disk> disks;
    for (const std::string& file : TRY(listDirectory(m_directory))) {
        const std::filesystem::path path(file);
        const bool iso = path.extension() == ".iso";
        struct stat st
        {
        };
        const std::string full = m_directory + "/" + file;
        if ((!iso && path.extension() != ".qcow2") || ::lstat(full.c_str(), &st) < 0 || !S_ISREG(st.st_mode))
            continue;
        Disk disk{path.stem().string(), full, iso ? DiskFormat::Iso : DiskFormat::Qcow2};
        auto kind = kindOf(full);
        disk.capacity = iso ? static_cast<uint64_t>(st.st_size) : kind ? kind->capacity : 0;
        disk.allocation = static_cast<uint64_t>(st.st_blocks) * 512;
        disk.changedAt = int64_t{st.st_mtim.tv_sec} * 1000;
        disks.push_back(std::move(disk));
    }
    return disks;
}

Result<Disk> Disks::find(const std::string& name) const
{
    for (Disk& disk : TRY(list()))
        if (disk.name == name)
            return std::move(disk);
    return fail(Code::NotFound, fmt::format("there is no disk {}", name));
}

Result<std::string> Disks::temporaryFile() const
{
    std::string directory = m_staging + "/XXXXXX";
    if (!::mkdtemp(directory.data()))
        return failErrno(directory);
    return directory + "/in";
}

Status Disks::checkFree(const std::string& name) const
{
    TRY(checkInstanceName(name));
    for (DiskFormat format : {DiskFormat::Qcow2, DiskFormat::Iso})
        if (exists(pathOf(name, format)))
            return tl::unexpected<Error>(
                Error{Code::Exists, fmt::format("there is a disk {} already", name), "name", 0});
    return {};
}

Result<Disk> Disks::keep(const std::string& file, const std::string& name, DiskFormat format) const
{
    TRY(giveName(file, pathOf(name, format)));
    return find(name);
}

Result<std::string> Disks::convertStranger(const std::string& work, const std::string& file, const DiskKind& kind,
                                           Progress& progress) const
{
    const std::string format(diskFormatName(kind.format)), name = std::filesystem::relative(file, work).string();
    TRY(checkedCapacity(TRY(qemuImgEnclosed(work, {"info", "-U", "--output=json", "-f", format, name}, progress))));
    // A file that was cut off converts without a word, with zeros in the place of what is missing.
    if (kind.format == DiskFormat::Qcow2 || kind.format == DiskFormat::Vdi)
        TRYX(qemuImgEnclosed(work, {"check", "-q", "-U", "-f", format, name}, progress), "the disk is damaged");
    const std::string to = name + ".qcow2";
    TRY(qemuImgEnclosed(work, {"convert", "-p", "-f", format, "-O", "qcow2", name, to}, progress));
    return work + "/" + to;
}

Result<std::vector<Disk>> Disks::import(const std::string& file, const std::string& name,
                                        std::optional<DiskFormat> format, Progress& progress) const
{
    auto result = [&]() -> Result<std::vector<Disk>> {
        TRY(checkFree(name));
        DiskKind kind;
        auto found = kindOf(file);
        // What has no sign at all can be a raw disk only when somebody says so.
        if (found)
            kind = *found;
        else if (format != DiskFormat::Raw)
            return tl::unexpected<Error>(found.error());
        if (format && *format != kind.format)
            return failField("format", fmt::format("it says {}, but the file is {}", diskFormatName(*format),
                                                   diskFormatName(kind.format)));
        if (kind.format == DiskFormat::Ova)
            return importAppliance(file, name, progress);
        if (kind.format == DiskFormat::Iso)
            return std::vector{TRY(keep(file, name, DiskFormat::Iso))};
        const std::string converted = TRY(convertStranger(parentOf(file), file, kind, progress));
        return std::vector{TRY(keep(converted, name, DiskFormat::Qcow2))};
    }();
    (void)removeTree(parentOf(file));
    (void)removeTree(parentOf(file) + ".root");
    return result;
}

Status Disks::remove(const std::string& name) const
{
    TRY(checkInstanceName(name));
    const Disk disk = TRY(find(name));
    return ::unlink(disk.path.c_str()) < 0 ? Status(failErrno(name)) : Status{};
}

Result<std::string> Disks::exportDisk(const MachineDisk& disk, DiskFormat format, Progress& progress) const
{
    if (format == DiskFormat::Iso || format == DiskFormat::Ova)
        return failField("format", "a disk is exported as qcow2, raw, vmdk or vdi");
    const std::string to = TRY(temporaryFile());
    auto done = qemuImg({"convert", "-p", "-O", std::string(diskFormatName(format)), sourceFor(disk), to}, parentOf(to),
                        progress);
    if (done)
        return to;
    (void)removeTree(parentOf(to));
    return tl::unexpected<Error>(done.error());
}

} // namespace diptych::images
