#include "images/layer.h"

#include "base/files.h"
#include "images/archive.h"
#include "images/digest.h"
#include "images/tree.h"
#include "images/unpacker.h"

#include <fcntl.h>
#include <locale.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <vector>

namespace diptych::images {

namespace {
// libarchive converts names of pax headers to the locale's charset: with UTF-8 they stay what they are.
class Utf8Locale final
{
public:
    Utf8Locale() : m_locale(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)), m_before(::uselocale(m_locale)) {}
    ~Utf8Locale()
    {
        ::uselocale(m_before);
        if (m_locale)
            ::freelocale(m_locale);
    }
    Utf8Locale(const Utf8Locale&) = delete;
    Utf8Locale& operator=(const Utf8Locale&) = delete;

private:
    locale_t m_locale, m_before;
};

/// The blob through two readers: the first only decompresses, so that what the second parses can be hashed on the way.
class LayerStream final
{
public:
    LayerStream(int blob, const LayerSource& source, const LayerLimits& limits,
                const std::function<bool(uint64_t)>& progress)
        : m_fd(blob), m_source(source), m_limits(limits), m_progress(progress), m_buffer(size_t{128} << 10)
    {
    }

    Result<archive*> open()
    {
        archive* raw = (m_raw = ArchiveReader(archive_read_new())).get();
        archive_read_support_filter_gzip(raw);
        archive_read_support_filter_zstd(raw);
        archive_read_support_format_raw(raw);
        archive_entry* entry = nullptr;
        if (archive_read_open(raw, this, nullptr, readCompressedBytes, nullptr) != ARCHIVE_OK ||
            archive_read_next_header(raw, &entry) != ARCHIVE_OK)
            return problem(raw);
        archive* tar = (m_tar = ArchiveReader(archive_read_new())).get();
        archive_read_support_format_tar(tar);
        if (archive_read_open(tar, this, nullptr, readTarBytes, nullptr) != ARCHIVE_OK)
            return problem(tar);
        return tar;
    }

    tl::unexpected<Error> problem(archive* a)
    {
        // What our own callback refused comes before what libarchive made of it.
        if (m_refused)
            return tl::unexpected<Error>(*m_refused);
        return failArchive(a, m_source.digest);
    }

    /// Reads on to the end of both streams: what stands behind the tar's end belongs to the digests too.
    Status verify()
    {
        const void* data = nullptr;
        la_ssize_t n = 0;
        while ((n = readTarBytes(nullptr, this, &data)) > 0) {
        }
        while (n == 0 && (n = readCompressedBytes(nullptr, this, &data)) > 0)
            n = 0;
        if (n < 0)
            return problem(m_raw.get());
        if (m_compressed != m_source.size)
            return fail(Code::Failed,
                        fmt::format("{}: {} bytes instead of {}", m_source.digest, m_compressed, m_source.size));
        if (m_compressedSum.digest() != m_source.digest)
            return fail(Code::Failed, fmt::format("{}: the content does not match its digest", m_source.digest));
        if (m_tarSum.digest() != m_source.diffId)
            return fail(Code::Failed,
                        fmt::format("{}: the tar does not match its diff id {}", m_source.digest, m_source.diffId));
        return {};
    }

private:
    la_ssize_t refuse(archive* a, Error error)
    {
        if (a)
            archive_set_error(a, EIO, "%s", error.message.c_str());
        m_refused = std::move(error);
        return -1;
    }

    static la_ssize_t readCompressedBytes(archive* a, void* self, const void** data)
    {
        auto& s = *static_cast<LayerStream*>(self);
        ssize_t n = 0;
        do
            n = ::read(s.m_fd, s.m_buffer.data(), s.m_buffer.size());
        while (n < 0 && errno == EINTR);
        if (n < 0)
            return s.refuse(a, systemError(errno, s.m_source.digest));
        s.m_compressed += static_cast<uint64_t>(n);
        if (s.m_compressed > s.m_source.size)
            return s.refuse(a, {Code::Failed, "the layer is larger than announced", {}, 0});
        if (s.m_progress && s.m_progress(s.m_compressed))
            return s.refuse(a, {Code::Cancelled, "cancelled", {}, 0});
        s.m_compressedSum.update(s.m_buffer.data(), static_cast<size_t>(n));
        *data = s.m_buffer.data();
        return n;
    }

    static la_ssize_t readTarBytes(archive* a, void* self, const void** data)
    {
        auto& s = *static_cast<LayerStream*>(self);
        size_t size = 0;
        la_int64_t offset = 0;
        int result = archive_read_data_block(s.m_raw.get(), data, &size, &offset);
        if (result == ARCHIVE_EOF)
            return s.completeLastBlock(data);
        if (result != ARCHIVE_OK) {
            const char* text = archive_error_string(s.m_raw.get());
            return s.m_refused ? -1 : s.refuse(a, {Code::Failed, text ? text : "damaged compression", {}, 0});
        }
        s.m_uncompressed += size;
        if (s.m_uncompressed > s.m_limits.bytes ||
            s.m_uncompressed > s.m_source.size * s.m_limits.ratio + (uint64_t{1} << 20))
            return s.refuse(a, {Code::Failed, "the layer unpacks to more than is allowed", {}, 0});
        s.m_tarSum.update(*data, size);
        return static_cast<la_ssize_t>(size);
    }

    /// umoci insert ends its layers behind the last file's last byte. Go's reader, which all others use, does not mind;
    /// libarchive wants whole blocks. What is added here counts in no digest.
    la_ssize_t completeLastBlock(const void** data)
    {
        static const char zeros[512] = {};
        size_t missing = std::exchange(m_completed, true) ? 0 : (512 - m_uncompressed % 512) % 512;
        *data = zeros;
        return static_cast<la_ssize_t>(missing);
    }

    int m_fd;
    const LayerSource& m_source;
    const LayerLimits& m_limits;
    const std::function<bool(uint64_t)>& m_progress;
    std::vector<char> m_buffer;
    ArchiveReader m_raw, m_tar; // the second reads from the first: freed before it
    Sha256 m_compressedSum, m_tarSum;
    uint64_t m_compressed = 0, m_uncompressed = 0;
    bool m_completed = false;
    std::optional<Error> m_refused;
};

std::string text(const char* s)
{
    return s ? s : "";
}

TreeEntry entryOf(archive_entry* e)
{
    TreeEntry entry;
    entry.path = text(archive_entry_pathname(e));
    entry.hardLink = archive_entry_hardlink(e) != nullptr;
    entry.target = text(entry.hardLink ? archive_entry_hardlink(e) : archive_entry_symlink(e));
    entry.type = archive_entry_filetype(e);
    entry.mode = archive_entry_perm(e);
    entry.uid = static_cast<uid_t>(archive_entry_uid(e));
    entry.gid = static_cast<gid_t>(archive_entry_gid(e));
    entry.modified = {archive_entry_mtime(e), archive_entry_mtime_nsec(e)};
    const char* name = nullptr;
    const void* value = nullptr;
    size_t size = 0;
    archive_entry_xattr_reset(e);
    while (archive_entry_xattr_next(e, &name, &value, &size) == ARCHIVE_OK)
        entry.xattrs.emplace(name, std::string(static_cast<const char*>(value), size));
    return entry;
}

/// Blocks of a sparse file leave holes.
Status copyContent(LayerStream& stream, archive* tar, int to, uint64_t size, uint64_t& total, const LayerLimits& limits)
{
    const void* data = nullptr;
    size_t length = 0;
    la_int64_t offset = 0;
    int result = ARCHIVE_OK;
    if (total + size > limits.bytes)
        return fail(Code::Failed, "the layer unpacks to more than is allowed");
    total += size;
    uint64_t end = 0;
    while ((result = archive_read_data_block(tar, &data, &length, &offset)) == ARCHIVE_OK) {
        const char* bytes = static_cast<const char*>(data);
        for (size_t done = 0; done < length;) {
            ssize_t n = ::pwrite(to, bytes + done, length - done, offset + static_cast<off_t>(done));
            if (n < 0 && errno != EINTR)
                return failErrno("write");
            done += n > 0 ? static_cast<size_t>(n) : 0;
        }
        end = std::max(end, static_cast<uint64_t>(offset) + length);
    }
    if (result != ARCHIVE_EOF)
        return stream.problem(tar);
    return end != size && ::ftruncate(to, static_cast<off_t>(size)) < 0 ? Status(failErrno("write")) : Status{};
}

Status checkSpace(int directory, const LayerLimits& limits)
{
    struct statvfs vfs
    {
    };
    if (::fstatvfs(directory, &vfs) == 0 && uint64_t{vfs.f_bavail} * vfs.f_frsize < limits.reserve)
        return fail(Code::NoSpace, "the disk of the image store is full");
    return {};
}
} // namespace

Result<std::vector<std::string>> unpackLayerHere(int blob, int directory, const LayerSource& source,
                                                 const LayerLimits& limits,
                                                 const std::function<bool(uint64_t)>& progress)
{
    Utf8Locale locale;
    Tree tree(TRY(duplicate(directory)));
    LayerStream stream(blob, source, limits, progress);
    archive* tar = TRY(stream.open());
    archive_entry* header = nullptr;
    uint64_t entries = 0, total = 0;
    int result = ARCHIVE_OK;
    // A warning means that a header was not understood: what it said would be lost, so it is an error.
    while ((result = archive_read_next_header(tar, &header)) == ARCHIVE_OK) {
        if (++entries > limits.entries)
            return fail(Code::Failed, fmt::format("{}: more than {} entries", source.digest, limits.entries));
        if (entries % 256 == 1)
            TRY(checkSpace(directory, limits));
        TreeEntry entry = entryOf(header);
        UniqueFd file = TRYX(tree.add(entry), source.digest);
        if (!file)
            continue;
        auto size = static_cast<uint64_t>(archive_entry_size(header));
        TRYX(copyContent(stream, tar, file.get(), size, total, limits), entry.path);
        TRY(tree.finishFile(file.get(), entry));
    }
    if (result != ARCHIVE_EOF)
        return stream.problem(tar);
    TRY(tree.finish());
    TRY(stream.verify());
    return tree.opaque();
}

/// What only a privileged process may say of a directory. It may have been replaced by a later entry: then it is none.
static Status markOpaque(int root, const std::string& path)
{
    auto fd = openInRoot(root, path.empty() ? "." : path, O_RDONLY | O_DIRECTORY);
    if (!fd)
        return fd.error().systemError == ENOENT || fd.error().systemError == ENOTDIR
                   ? Status{}
                   : Status(tl::unexpected(fd.error()));
    if (::fsetxattr(fd->get(), "trusted.overlay.opaque", "y", 1, 0) < 0)
        return failErrno("trusted.overlay.opaque");
    // user.* is what overlayfs reads when a user namespace mounted it.
    (void)::fsetxattr(fd->get(), "user.overlay.opaque", "y", 1, 0);
    return {};
}

Status unpackLayer(const LayerSource& source, const std::string& directory, const LayerLimits& limits,
                   const std::function<bool(uint64_t)>& progress)
{
    std::vector<std::string> opaque;
    UnpackJob job{"layer", source.blob, directory};
    job.arguments = {source.digest,
                     std::to_string(source.size),
                     source.diffId,
                     std::to_string(limits.bytes),
                     std::to_string(limits.ratio),
                     std::to_string(limits.entries),
                     std::to_string(limits.reserve)};
    job.heard = [&](char what, const Fields& fields) {
        if (what == kSaysOpaque)
            opaque.push_back(fields[0]);
    };
    job.progress = progress;
    TRY(unpackConfined(job));
    if (progress)
        (void)progress(source.size);
    UniqueFd root = TRY(openFile(directory, O_RDONLY | O_DIRECTORY));
    for (const std::string& path : opaque)
        TRY(markOpaque(root.get(), path));
    // All of it is on the disk before the rename that makes it count.
    return ::syncfs(root.get()) < 0 ? Status(failErrno(directory)) : Status{};
}

} // namespace diptych::images
