#include "images/archive_files.h"

#include "base/files.h"
#include "base/names.h"
#include "images/archive.h"
#include "images/digest.h"
#include "images/layer.h"
#include "images/unpacker.h"

#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych::images {

namespace {
constexpr uint64_t kMostEntries = 20000;
constexpr size_t kBlock = size_t{1} << 20;

std::string normal(const std::string& name)
{
    std::string path = std::filesystem::path("/" + name).lexically_normal().string();
    return path.substr(1);
}

Result<ArchiveReader> openArchive(int fd)
{
    ArchiveReader reader(archive_read_new());
    archive_read_support_filter_gzip(reader.get());
    archive_read_support_filter_zstd(reader.get());
    archive_read_support_filter_xz(reader.get());
    archive_read_support_format_tar(reader.get());
    if (archive_read_open_fd(reader.get(), fd, kBlock) != ARCHIVE_OK)
        return failArchive(reader.get(), "the archive");
    return reader;
}

bool looksLikeImages(const std::string& name)
{
    for (std::string_view start : {"blobs/sha256/", "oci-layout", "index.json", "manifest.json", "repositories"})
        if (name.starts_with(start))
            return true;
    auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return name.size() >= 64 && std::all_of(name.begin(), name.begin() + 64, hex);
}

/// left: bytes that the archive may still become.
Result<ArchiveFile> copyOut(archive* from, const Layout& layout, uint64_t& left)
{
    std::string temporary = layout.blobPath("sha256:new.XXXXXX");
    UniqueFd fd(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!fd)
        return failErrno(temporary);
    Sha256 sum;
    ArchiveFile file;
    const void* data = nullptr;
    size_t size = 0;
    la_int64_t offset = 0;
    int result = ARCHIVE_OK;
    while ((result = archive_read_data_block(from, &data, &size, &offset)) == ARCHIVE_OK) {
        // Holes would be zeros that nobody hashed; no program writes images sparse.
        if (static_cast<uint64_t>(offset) != file.size)
            return fail(Code::Failed, "the archive has holes");
        if (size > left)
            return fail(Code::Failed, "the archive unpacks to more than is allowed");
        left -= size;
        TRY(checkReserve(fd.get()));
        std::string_view bytes(static_cast<const char*>(data), size);
        sum.update(bytes);
        TRY(writeAll(fd.get(), bytes));
        file.size += size;
    }
    if (result != ARCHIVE_EOF)
        return failArchive(from, "the archive");
    file.digest = sum.digest();
    if (::rename(temporary.c_str(), layout.blobPath(file.digest).c_str()) < 0)
        return failErrno(temporary);
    return file;
}
} // namespace

Result<bool> ArchiveFiles::recognizeHere(int archive)
{
    ArchiveReader reader = TRY(openArchive(archive));
    archive_entry* entry = nullptr;
    int result = ARCHIVE_OK;
    while ((result = archive_read_next_header(reader.get(), &entry)) == ARCHIVE_OK) {
        const char* name = archive_entry_pathname(entry);
        if (!name)
            return fail(Code::Failed, "a name in the archive can't be read");
        if (looksLikeImages(normal(name)))
            return true;
        if (archive_entry_filetype(entry) != AE_IFDIR)
            return false;
    }
    if (result == ARCHIVE_EOF)
        return false;
    return failArchive(reader.get(), "the archive");
}

Result<ArchiveFiles> ArchiveFiles::extractHere(int archive, const Layout& layout,
                                               const std::function<bool(uint64_t)>& progress)
{
    ArchiveReader reader = TRY(openArchive(archive));
    ArchiveFiles files;
    archive_entry* entry = nullptr;
    int result = ARCHIVE_OK;
    uint64_t entries = 0, left = LayerLimits().bytes;
    while ((result = archive_read_next_header(reader.get(), &entry)) == ARCHIVE_OK) {
        if (++entries > kMostEntries)
            return fail(Code::Failed, fmt::format("more than {} files are no archive of images", kMostEntries));
        if (progress(static_cast<uint64_t>(archive_filter_bytes(reader.get(), -1))))
            return fail(Code::Cancelled, "cancelled");
        const char* raw = archive_entry_pathname(entry);
        if (!raw)
            return fail(Code::Failed, "a name in the archive can't be read");
        std::string name = normal(raw);
        if (const char* target = archive_entry_hardlink(entry))
            files.m_links[name] = normal(target);
        else if (archive_entry_filetype(entry) == AE_IFLNK)
            files.m_links[name] =
                normal((std::filesystem::path(name).parent_path() / archive_entry_symlink(entry)).string());
        else if (archive_entry_filetype(entry) == AE_IFREG)
            files.m_files[name] = TRYX(copyOut(reader.get(), layout, left), name);
    }
    if (result != ARCHIVE_EOF)
        return failArchive(reader.get(), "the archive");
    return files;
}

Result<bool> ArchiveFiles::recognize(const std::string& archive)
{
    std::string directory = std::filesystem::path(archive).parent_path();
    return !TRY(unpackConfined({"recognize", archive, directory})).empty();
}

Result<ArchiveFiles> ArchiveFiles::extract(const std::string& archive, const Layout& layout,
                                           const std::function<bool(uint64_t)>& progress)
{
    ArchiveFiles files;
    UnpackJob job{"archive", archive, layout.path()};
    job.heard = [&](char what, const Fields& fields) {
        // A digest becomes a path here: only as one.
        if (what == kSaysFile && checkDigest(fields[1]))
            files.m_files[fields[0]] = {fields[1], std::strtoull(fields[2].c_str(), nullptr, 10)};
        else if (what == kSaysLink)
            files.m_links[fields[0]] = fields[1];
    };
    job.progress = progress;
    TRY(unpackConfined(job));
    return files;
}

Result<ArchiveFile> ArchiveFiles::find(const std::string& name) const
{
    std::string wanted = normal(name);
    // docker save writes a layer that two images have as a link to the first; one step is all it makes.
    for (int step = 0; step < 8; ++step) {
        if (auto file = m_files.find(wanted); file != m_files.end())
            return file->second;
        auto link = m_links.find(wanted);
        if (link == m_links.end())
            break;
        wanted = link->second;
    }
    return fail(Code::Failed, fmt::format("the archive lacks {}", name));
}

} // namespace diptych::images
