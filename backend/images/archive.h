// libarchive's handles as owners, and the few ways in which we use it.
#pragma once

#include "base/result.h"

#include <archive.h>
#include <archive_entry.h>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace diptych::images {

struct FreeReader
{
    void operator()(archive* a) const { archive_read_free(a); }
};
struct FreeWriter
{
    void operator()(archive* a) const { archive_write_free(a); }
};
struct FreeEntry
{
    void operator()(archive_entry* e) const { archive_entry_free(e); }
};
using ArchiveReader = std::unique_ptr<archive, FreeReader>;
using ArchiveWriter = std::unique_ptr<archive, FreeWriter>;
using ArchiveEntry = std::unique_ptr<archive_entry, FreeEntry>;

tl::unexpected<Error> failArchive(archive* a, std::string_view what);

/// An archive being written into memory. Owner root, time 0: the same content gives the same bytes.
class MemoryArchive final
{
public:
    enum class Format { Cpio, TarGzip };
    explicit MemoryArchive(Format format);

    Status directory(const std::string& path, unsigned mode = 0755);
    Status file(const std::string& path, std::string_view content, unsigned mode = 0644);
    Status link(const std::string& path, const std::string& target);
    /// The archive's bytes; once.
    Result<std::string> finish();

private:
    Status put(const std::string& path, unsigned type, unsigned mode, std::string_view content,
               const std::string& target);
    std::unique_ptr<std::string> m_bytes = std::make_unique<std::string>();
    ArchiveWriter m_archive;
};

/// Reads a compressed file (gzip, xz, zstd or none) to its end: the digest of what is inside, which is written to a new
/// file "to" in directory where that is not empty. At most 64 GiB. In a process of its own, which sees that directory
/// only.
Result<std::string> decompress(const std::string& path, const std::string& directory, const std::string& to,
                               const std::function<bool()>& cancelled);
/// The same in this process. progress: bytes read; true cancels.
Result<std::string> decompressHere(int from, const std::string& to, const std::function<bool(uint64_t)>& progress);
/// NoSpace when less than 256 MiB are left where this file is: an archive must not take the host's last byte.
Status checkReserve(int fd);

/// The content of a file, decompressed by what it begins with (or not at all). For files of this host only.
Result<std::string> readCompressed(const std::string& path, size_t limit);
/// The same of bytes; what: their name in messages.
Result<std::string> decompressBytes(std::string_view bytes, std::string_view what, size_t limit);

} // namespace diptych::images
