// A machine as one file: OVA for other hypervisors, or its qcow2 disk and domain XML for another libvirt.
#include "images/disks.h"

#include "base/files.h"
#include "base/json.h"
#include "images/archive.h"
#include "images/digest.h"
#include "images/ovf.h"
#include "images/qemu_img.h"

#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych::images {

namespace {
/// A tar on the disk, entry by entry.
class TarFile final
{
public:
    explicit TarFile(const std::string& path) : m_archive(archive_write_new())
    {
        // Files beyond 8 GiB: base 256, as GNU tar, VMware's ovftool and VirtualBox read it.
        archive_write_set_format_gnutar(m_archive.get());
        m_opened = archive_write_open_filename(m_archive.get(), path.c_str()) == ARCHIVE_OK;
    }

    Status text(const std::string& name, const std::string& content)
    {
        TRY(header(name, content.size()));
        return write(content);
    }
    /// Its SHA-256, as hex.
    Result<std::string> file(const std::string& name, const std::string& path, const Progress& progress)
    {
        UniqueFd fd = TRY(openFile(path, O_RDONLY));
        struct stat st
        {
        };
        if (::fstat(fd.get(), &st) < 0)
            return failErrno(path);
        TRY(header(name, static_cast<uint64_t>(st.st_size)));
        Sha256 sum;
        std::string buffer(size_t{1} << 20, '\0');
        for (ssize_t n = 0; (n = ::read(fd.get(), buffer.data(), buffer.size())) != 0;) {
            if (n < 0)
                return failErrno(path);
            if (progress.cancelled())
                return fail(Code::Cancelled, "cancelled");
            std::string_view bytes(buffer.data(), static_cast<size_t>(n));
            sum.update(bytes);
            TRY(write(bytes));
        }
        return hexOf(sum.digest());
    }
    Status finish() { return archive_write_close(m_archive.get()) == ARCHIVE_OK ? Status{} : problem(); }

private:
    Status problem() { return failArchive(m_archive.get(), "the archive"); }
    Status header(const std::string& name, uint64_t size)
    {
        if (!m_opened)
            return problem();
        ArchiveEntry entry(archive_entry_new());
        archive_entry_copy_pathname(entry.get(), name.c_str());
        archive_entry_set_mode(entry.get(), S_IFREG | 0644);
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
        return archive_write_header(m_archive.get(), entry.get()) == ARCHIVE_OK ? Status{} : problem();
    }
    Status write(std::string_view bytes)
    {
        return archive_write_data(m_archive.get(), bytes.data(), bytes.size()) == static_cast<la_ssize_t>(bytes.size())
                   ? Status{}
                   : problem();
    }

    ArchiveWriter m_archive;
    bool m_opened = false;
};

Result<uint64_t> capacityOf(const std::string& file, const char* format, Progress& progress)
{
    const std::string text = TRY(qemuImg({"info", "--output=json", "-f", format, file},
                                         std::filesystem::path(file).parent_path().string(), progress));
    Json info = TRY(parseJson(text, {size_t{1} << 20, 16}));
    return info.value("virtual-size", uint64_t{0});
}

/// The descriptor stands first: readers that stream want it before the disk (DSP0243, 5.3).
Status writeOva(const std::string& to, const std::string& disk, const Appliance& appliance, Progress& progress)
{
    const std::string name = appliance.name + "-disk1.vmdk";
    const auto capacity = TRY(capacityOf(disk, "vmdk", progress));
    OvfDisk described{name, std::filesystem::file_size(disk), capacity};
    const std::string descriptor = writeOvf(appliance.name, appliance.cpus, appliance.memory, described);
    TarFile tar(to);
    TRY(tar.text(appliance.name + ".ovf", descriptor));
    progress.report("writeArchive", -1, appliance.name);
    const std::string sum = TRY(tar.file(name, disk, progress));
    TRY(tar.text(appliance.name + ".mf", fmt::format("SHA256({}.ovf)= {}\nSHA256({})= {}\n", appliance.name,
                                                     hexOf(digestOf(descriptor)), name, sum)));
    return tar.finish();
}

Status writeBundle(const std::string& to, const std::string& disk, const Appliance& appliance, Progress& progress)
{
    TarFile tar(to);
    progress.report("writeArchive", -1, appliance.name);
    TRY(tar.text(appliance.name + ".xml", appliance.domainXml));
    TRY(tar.file(appliance.name + ".qcow2", disk, progress));
    return tar.finish();
}
} // namespace

Result<std::string> Disks::exportAppliance(const MachineDisk& disk, const Appliance& appliance, DiskFormat format,
                                           Progress& progress) const
{
    const bool ova = format == DiskFormat::Ova;
    if (!ova && format != DiskFormat::Qcow2)
        return exportDisk(disk, format, progress);
    const std::string to = TRY(temporaryFile()), directory = std::filesystem::path(to).parent_path().string();
    auto done = [&]() -> Status {
        const std::string converted = directory + "/disk";
        std::vector<std::string> arguments{"convert", "-p", "-O", ova ? "vmdk" : "qcow2"};
        if (ova)
            arguments.insert(arguments.end(), {"-o", "subformat=streamOptimized"});
        arguments.insert(arguments.end(), {sourceFor(disk), converted});
        TRY(qemuImg(arguments, directory, progress));
        TRY(ova ? writeOva(to, converted, appliance, progress) : writeBundle(to, converted, appliance, progress));
        (void)::unlink(converted.c_str());
        return {};
    }();
    if (done)
        return to;
    (void)removeTree(directory);
    return tl::unexpected<Error>(std::move(done).error());
}

} // namespace diptych::images
