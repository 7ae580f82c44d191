#include "images/archive.h"

#include "base/files.h"
#include "images/digest.h"
#include "images/unpacker.h"

#include <algorithm>
#include <fcntl.h>
#include <vector>

#include <sys/stat.h>
#include <sys/statvfs.h>

namespace diptych::images {

namespace {
la_ssize_t append(archive*, void* bytes, const void* data, size_t size)
{
    static_cast<std::string*>(bytes)->append(static_cast<const char*>(data), size);
    return static_cast<la_ssize_t>(size);
}
} // namespace

tl::unexpected<Error> failArchive(archive* a, std::string_view what)
{
    const char* text = archive_error_string(a);
    return fail(Code::Failed, fmt::format("{}: {}", what, text ? text : "unknown error of the archive library"));
}

MemoryArchive::MemoryArchive(Format format) : m_archive(archive_write_new())
{
    archive* a = m_archive.get();
    if (format == Format::Cpio) {
        archive_write_set_format_cpio_newc(a);
    } else {
        archive_write_set_format_ustar(a);
        archive_write_add_filter_gzip(a);
        // gzip's header would carry the time of day.
        archive_write_set_options(a, "gzip:!timestamp,gzip:compression-level=6");
        // Padded to a tape's block, as is the default, it would be no gzip file for strict readers.
        archive_write_set_bytes_in_last_block(a, 1);
    }
    archive_write_open(a, m_bytes.get(), nullptr, append, nullptr);
}

Status MemoryArchive::put(const std::string& path, unsigned type, unsigned mode, std::string_view content,
                          const std::string& target)
{
    ArchiveEntry entry(archive_entry_new());
    archive_entry_copy_pathname(entry.get(), path.c_str());
    archive_entry_set_mode(entry.get(), type | mode);
    archive_entry_set_mtime(entry.get(), 0, 0);
    archive_entry_set_nlink(entry.get(), 1);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
    if (!target.empty())
        archive_entry_copy_symlink(entry.get(), target.c_str());
    if (archive_write_header(m_archive.get(), entry.get()) != ARCHIVE_OK ||
        (!content.empty() && archive_write_data(m_archive.get(), content.data(), content.size()) !=
                                 static_cast<la_ssize_t>(content.size())))
        return failArchive(m_archive.get(), path);
    return {};
}

Status MemoryArchive::directory(const std::string& path, unsigned mode)
{
    return put(path, S_IFDIR, mode, {}, {});
}

Status MemoryArchive::file(const std::string& path, std::string_view content, unsigned mode)
{
    return put(path, S_IFREG, mode, content, {});
}

Status MemoryArchive::link(const std::string& path, const std::string& target)
{
    return put(path, S_IFLNK, 0777, {}, target);
}

Result<std::string> MemoryArchive::finish()
{
    if (archive_write_close(m_archive.get()) != ARCHIVE_OK)
        return failArchive(m_archive.get(), "archive");
    return std::move(*m_bytes);
}

namespace {
/// Of archives that strangers send; what else is supported reads files of this host alone.
void supportArchives(archive* a)
{
    archive_read_support_filter_gzip(a);
    archive_read_support_filter_xz(a);
    archive_read_support_filter_zstd(a);
    archive_read_support_format_raw(a);
}

void supportCompression(archive* a)
{
    archive_read_support_filter_gzip(a);
    archive_read_support_filter_xz(a);
    archive_read_support_filter_lzma(a);
    archive_read_support_filter_bzip2(a);
    archive_read_support_filter_lz4(a);
    archive_read_support_filter_zstd(a);
    archive_read_support_format_raw(a);
}

Result<ArchiveReader> openCompressed(const std::string& path)
{
    ArchiveReader reader(archive_read_new());
    supportCompression(reader.get());
    archive_entry* entry = nullptr;
    if (archive_read_open_filename(reader.get(), path.c_str(), size_t{256} << 10) != ARCHIVE_OK ||
        archive_read_next_header(reader.get(), &entry) != ARCHIVE_OK)
        return failArchive(reader.get(), path);
    return reader;
}

Result<std::string> readAll(archive* a, std::string_view what, size_t limit)
{
    std::string data;
    for (;;) {
        size_t used = data.size();
        data.resize(used + std::max(used, size_t{256} << 10));
        la_ssize_t n = archive_read_data(a, data.data() + used, data.size() - used);
        if (n < 0)
            return failArchive(a, what);
        data.resize(used + static_cast<size_t>(n));
        if (n == 0)
            return data;
        if (data.size() > limit)
            return fail(Code::Failed, fmt::format("{} is larger than {} bytes", what, limit));
    }
}
} // namespace

Status checkReserve(int fd)
{
    constexpr uint64_t reserve = uint64_t{256} << 20;
    struct statvfs vfs
    {
    };
    if (::fstatvfs(fd, &vfs) == 0 && uint64_t{vfs.f_bavail} * vfs.f_frsize < reserve)
        return fail(Code::NoSpace, "the disk of the image store is full");
    return {};
}

Result<std::string> decompressHere(int from, const std::string& to, const std::function<bool(uint64_t)>& progress)
{
    constexpr uint64_t most = uint64_t{64} << 30;
    ArchiveReader reader(archive_read_new());
    supportArchives(reader.get());
    archive_entry* entry = nullptr;
    if (archive_read_open_fd(reader.get(), from, size_t{256} << 10) != ARCHIVE_OK ||
        archive_read_next_header(reader.get(), &entry) != ARCHIVE_OK)
        return failArchive(reader.get(), "the archive");
    UniqueFd out;
    if (!to.empty())
        out = TRY(openFile(to, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW));
    Sha256 sum;
    std::vector<char> buffer(size_t{256} << 10);
    for (uint64_t total = 0;;) {
        la_ssize_t n = archive_read_data(reader.get(), buffer.data(), buffer.size());
        if (n < 0)
            return failArchive(reader.get(), "the archive");
        if (n == 0)
            return sum.digest();
        std::string_view bytes(buffer.data(), static_cast<size_t>(n));
        if ((total += bytes.size()) > most)
            return fail(Code::Failed, "the archive unpacks to more than is allowed");
        if (progress(static_cast<uint64_t>(archive_filter_bytes(reader.get(), -1))))
            return fail(Code::Cancelled, "cancelled");
        sum.update(bytes);
        if (out) {
            TRY(checkReserve(out.get()));
            TRY(writeAll(out.get(), bytes));
        }
    }
}

Result<std::string> decompress(const std::string& path, const std::string& directory, const std::string& to,
                               const std::function<bool()>& cancelled)
{
    UnpackJob job{"plain", path, directory, {to}};
    job.progress = [&](uint64_t) { return cancelled(); };
    return unpackConfined(job);
}

Result<std::string> readCompressed(const std::string& path, size_t limit)
{
    ArchiveReader reader = TRY(openCompressed(path));
    return readAll(reader.get(), path, limit);
}

Result<std::string> decompressBytes(std::string_view bytes, std::string_view what, size_t limit)
{
    ArchiveReader reader(archive_read_new());
    supportCompression(reader.get());
    archive_entry* entry = nullptr;
    if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK ||
        archive_read_next_header(reader.get(), &entry) != ARCHIVE_OK)
        return failArchive(reader.get(), what);
    return readAll(reader.get(), what, limit);
}

} // namespace diptych::images
