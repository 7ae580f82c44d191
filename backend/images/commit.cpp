// A container's writable layer as a layer of a new image.
#include "images/images.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/names.h"
#include "images/archive.h"
#include "images/digest.h"
#include "images/documents.h"
#include "images/layout.h"
#include "images/overlay.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/xattr.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace diptych::images {

namespace {
/// A gzipped tar being written to a file; hashes what goes into the compression and what comes out of it.
class LayerWriter final
{
public:
    explicit LayerWriter(int fd) : m_fd(fd) {}

    Status open()
    {
        m_tar = ArchiveWriter(archive_write_new());
        m_gzip = ArchiveWriter(archive_write_new());
        archive* gzip = m_gzip.get();
        archive_write_add_filter_gzip(gzip);
        archive_write_set_filter_option(gzip, "gzip", "compression-level", "1");
        archive_write_set_filter_option(gzip, "gzip", "timestamp", nullptr);
        archive_write_set_format_raw(gzip);
        archive_write_set_bytes_in_last_block(gzip, 1);
        ArchiveEntry entry(archive_entry_new());
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        if (archive_write_open(gzip, this, nullptr, writeCompressed, nullptr) != ARCHIVE_OK ||
            archive_write_header(gzip, entry.get()) != ARCHIVE_OK)
            return failArchive(gzip, "compress the layer");
        archive* tar = m_tar.get();
        archive_write_set_format_pax_restricted(tar);
        archive_write_set_bytes_per_block(tar, 10240);
        if (archive_write_open(tar, this, nullptr, writeTar, nullptr) != ARCHIVE_OK)
            return failArchive(tar, "write the layer");
        return {};
    }

    archive* tar() { return m_tar.get(); }

    /// {blob, diff id}
    Result<std::pair<Descriptor, std::string>> finish()
    {
        if (archive_write_close(m_tar.get()) != ARCHIVE_OK)
            return failArchive(m_tar.get(), "write the layer");
        if (archive_write_close(m_gzip.get()) != ARCHIVE_OK)
            return failArchive(m_gzip.get(), "compress the layer");
        return std::make_pair(Descriptor{kLayerType, m_outer.digest(), m_size, "", {}}, m_inner.digest());
    }

private:
    static la_ssize_t writeTar(archive* a, void* self, const void* data, size_t size)
    {
        auto& w = *static_cast<LayerWriter*>(self);
        w.m_inner.update(data, size);
        la_ssize_t n = archive_write_data(w.m_gzip.get(), data, size);
        if (n < 0)
            archive_set_error(a, EIO, "%s", archive_error_string(w.m_gzip.get()));
        return n;
    }
    static la_ssize_t writeCompressed(archive* a, void* self, const void* data, size_t size)
    {
        auto& w = *static_cast<LayerWriter*>(self);
        std::string_view bytes(static_cast<const char*>(data), size);
        if (auto written = writeAll(w.m_fd, bytes); !written) {
            archive_set_error(a, EIO, "%s", written.error().message.c_str());
            return -1;
        }
        w.m_outer.update(bytes);
        w.m_size += size;
        return static_cast<la_ssize_t>(size);
    }

    int m_fd;
    Sha256 m_inner, m_outer;
    uint64_t m_size = 0;
    ArchiveWriter m_gzip, m_tar; // freeing the second writes its end into the first
};

/// Back from the host's numbers to the container's. Others than its own can't be there; they become nobody.
int64_t shiftBack(uint32_t id, const WritableLayer& layer)
{
    return id >= layer.idBase && id - layer.idBase < layer.idCount ? int64_t{id} - layer.idBase : 65534;
}

/// A capability set inside a user namespace names its root on the host (VFS_CAP_REVISION_3); an image's names nobody.
size_t withoutRoot(char* value, size_t size)
{
    if (size != sizeof(vfs_ns_cap_data))
        return size;
    vfs_ns_cap_data data;
    memcpy(&data, value, sizeof data);
    data.magic_etc = VFS_CAP_REVISION_2 | (data.magic_etc & VFS_CAP_FLAGS_EFFECTIVE);
    memcpy(value, &data, sizeof(vfs_cap_data));
    return sizeof(vfs_cap_data);
}

/// user.* and the capabilities of programs; overlay's own attributes are not the image's.
void addAttributes(archive_entry* to, int fd)
{
    char names[4096];
    ssize_t length = ::flistxattr(fd, names, sizeof names);
    for (ssize_t at = 0; at < length; at += static_cast<ssize_t>(strlen(names + at)) + 1) {
        std::string_view name(names + at);
        bool ours = name.starts_with("user.") && !name.starts_with("user.overlay.");
        bool capabilities = name == XATTR_NAME_CAPS;
        char value[4096];
        ssize_t n = ours || capabilities ? ::fgetxattr(fd, names + at, value, sizeof value) : -1;
        if (n < 0)
            continue;
        auto size = static_cast<size_t>(n);
        archive_entry_xattr_add_entry(to, names + at, value, capabilities ? withoutRoot(value, size) : size);
    }
}

Status writeContent(archive* tar, int fd, const std::string& path, uint64_t size)
{
    std::vector<char> buffer(size_t{256} << 10);
    uint64_t left = size;
    while (left > 0) {
        ssize_t n = ::read(fd, buffer.data(), std::min<uint64_t>(left, buffer.size()));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return fail(Code::Failed, fmt::format("{} changed while it was read", path));
        if (archive_write_data(tar, buffer.data(), static_cast<size_t>(n)) < 0)
            return failArchive(tar, path);
        left -= static_cast<uint64_t>(n);
    }
    return {};
}

Status writeMark(archive* tar, const std::string& path)
{
    ArchiveEntry mark(archive_entry_new());
    archive_entry_set_pathname(mark.get(), path.c_str());
    archive_entry_set_filetype(mark.get(), AE_IFREG);
    archive_entry_set_perm(mark.get(), 0600);
    archive_entry_set_size(mark.get(), 0);
    return archive_write_header(tar, mark.get()) == ARCHIVE_OK ? Status() : Status(failArchive(tar, path));
}

class Committer final
{
public:
    Committer(archive* tar, const WritableLayer& layer, Progress& progress)
        : m_tar(tar), m_layer(layer), m_progress(progress)
    {
    }

    Status add(const WalkEntry& entry)
    {
        if (m_progress.cancelled())
            return fail(Code::Cancelled, "cancelled");
        if (isMountPoint(entry, m_layer.mountPoints))
            return {};
        std::string parent = entry.path.substr(0, entry.path.size() - entry.name.size());
        // Such a name would be taken for a mark by whoever unpacks the image.
        if (entry.name.starts_with(".wh."))
            return fail(Code::NotSupported,
                        fmt::format("{}: an image can't hold a name that begins with .wh.", entry.path));
        if (isWhiteout(entry))
            return writeMark(m_tar, parent + ".wh." + entry.name);
        mode_t type = entry.status.st_mode & S_IFMT;
        if (type != S_IFREG && type != S_IFDIR && type != S_IFLNK && type != S_IFIFO)
            return {};
        ArchiveEntry e = header(entry);
        if (type == S_IFREG && entry.status.st_nlink > 1) {
            auto [first, fresh] = m_linked.try_emplace(entry.status.st_ino, entry.path);
            if (!fresh) {
                archive_entry_set_hardlink(e.get(), first->second.c_str());
                archive_entry_set_size(e.get(), 0);
                return put(e.get(), entry.path);
            }
        }
        if (type == S_IFREG)
            return addFile(e.get(), entry);
        TRY(put(e.get(), entry.path));
        return type == S_IFDIR && isOpaque(entry) ? writeMark(m_tar, entry.path + "/.wh..wh..opq") : Status();
    }

private:
    ArchiveEntry header(const WalkEntry& entry) const
    {
        ArchiveEntry e(archive_entry_new());
        archive_entry_copy_stat(e.get(), &entry.status);
        archive_entry_set_pathname(e.get(), entry.path.c_str());
        archive_entry_set_uid(e.get(), shiftBack(entry.status.st_uid, m_layer));
        archive_entry_set_gid(e.get(), shiftBack(entry.status.st_gid, m_layer));
        if (S_ISLNK(entry.status.st_mode))
            archive_entry_set_symlink(e.get(), entry.linkTarget().c_str());
        if (!S_ISREG(entry.status.st_mode))
            archive_entry_set_size(e.get(), 0);
        return e;
    }
    Status put(archive_entry* e, const std::string& path)
    {
        return archive_write_header(m_tar, e) == ARCHIVE_OK ? Status() : Status(failArchive(m_tar, path));
    }
    Status addFile(archive_entry* e, const WalkEntry& entry)
    {
        UniqueFd fd = TRYX(openFileAt(entry.parent, entry.name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK), entry.path);
        addAttributes(e, fd.get());
        TRY(put(e, entry.path));
        return writeContent(m_tar, fd.get(), entry.path, static_cast<uint64_t>(entry.status.st_size));
    }

    archive* m_tar;
    const WritableLayer& m_layer;
    Progress& m_progress;
    std::map<ino_t, std::string> m_linked;
};
} // namespace

Result<Image> Store::commit(const Image& base, const WritableLayer& layer, const std::string& reference,
                            const std::string& comment, Progress& progress)
{
    TRY(checkImageReference(reference, "reference"));
    Layout staged(TRY(stage())), store(m_paths.images());
    auto result = [&]() -> Result<Image> {
        TRY(staged.initialize());
        progress.report("readChanges", -1, "");
        std::string file = staged.path() + "/layer";
        UniqueFd to = TRY(openFile(file, O_WRONLY | O_CREAT | O_EXCL));
        LayerWriter writer(to.get());
        TRY(writer.open());
        Committer committer(writer.tar(), layer, progress);
        UniqueFd root = TRY(openFile(layer.upper, O_RDONLY | O_DIRECTORY));
        TRY(walk(root.get(), [&](const WalkEntry& entry) { return committer.add(entry); }));
        auto [blob, diffId] = TRY(writer.finish());
        if (::rename(file.c_str(), staged.blobPath(blob.digest).c_str()) < 0)
            return failErrno(file);
        Manifest below = TRY(parseManifest(TRY(store.document({"", base.digest, base.manifestSize, "", {}}))));
        for (const Descriptor& one : below.layers)
            TRY(staged.takeBlob(store, one));
        HistoryLine line{"diptych commit", comment, unixMilliseconds()};
        std::string config = TRY(extendedConfig(TRY(store.document(below.config)), diffId, line));
        below.layers.push_back(blob);
        Descriptor configBlob = TRY(staged.writeBlob(config, kConfigType));
        Descriptor top = TRY(staged.writeBlob(manifestOf(configBlob, below.layers), kManifestType));
        return take(staged, top, reference, progress, Foreign::Taken);
    }();
    (void)removeTree(staged.path());
    return result;
}

} // namespace diptych::images
