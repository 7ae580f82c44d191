#include "images/archive.h"

#include <sys/stat.h>

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

Result<std::string> readCompressed(const std::string& path, size_t limit)
{
    ArchiveReader reader(archive_read_new());
    archive* a = reader.get();
    archive_read_support_filter_gzip(a);
    archive_read_support_filter_xz(a);
    archive_read_support_filter_zstd(a);
    archive_read_support_format_raw(a);
    archive_entry* entry = nullptr;
    if (archive_read_open_filename(a, path.c_str(), size_t{64} << 10) != ARCHIVE_OK ||
        archive_read_next_header(a, &entry) != ARCHIVE_OK)
        return failArchive(a, path);
    std::string data;
    for (;;) {
        size_t used = data.size();
        data.resize(used + (size_t{256} << 10));
        la_ssize_t n = archive_read_data(a, data.data() + used, data.size() - used);
        if (n < 0)
            return failArchive(a, path);
        data.resize(used + static_cast<size_t>(n));
        if (n == 0)
            return data;
        if (data.size() > limit)
            return fail(Code::Failed, fmt::format("{} is larger than {} bytes", path, limit));
    }
}

} // namespace diptych::images
