// For containers where layers can't be stacked and mapped. The layers are ours and were checked when they were
// unpacked.
#include "images/copy.h"

#include "base/fd.h"
#include "base/files.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <map>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace diptych::images {

Status copyBytes(int from, int to, uint64_t size)
{
    while (size > 0) {
        ssize_t done = ::copy_file_range(from, nullptr, to, nullptr, size, 0);
        if (done < 0 && (errno == EXDEV || errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP)) {
            char chunk[65536];
            done = ::read(from, chunk, std::min<uint64_t>(sizeof chunk, size));
            if (done > 0)
                TRY(writeAll(to, std::string_view(chunk, static_cast<size_t>(done))));
        }
        if (done < 0)
            return failErrno("copy");
        if (done == 0)
            return fail(Code::Failed, "copy: the file is shorter than it was");
        size -= static_cast<uint64_t>(done);
    }
    return {};
}

namespace {

constexpr uint32_t kNobody = 65534;

std::optional<std::string> attribute(int fd, const char* name)
{
    std::string value(65536, '\0');
    ssize_t size = ::fgetxattr(fd, name, value.data(), value.size());
    if (size < 0)
        return std::nullopt;
    value.resize(static_cast<size_t>(size));
    return value;
}

/// File capabilities as they were unpacked count for the host's root only; version 3 names whose root it is.
std::string capabilitiesFor(const std::string& text, uint32_t root)
{
    vfs_ns_cap_data data{};
    if (text.size() < sizeof(vfs_cap_data) || text.size() > sizeof data)
        return text;
    text.copy(reinterpret_cast<char*>(&data), text.size());
    if ((data.magic_etc & VFS_CAP_REVISION_MASK) != VFS_CAP_REVISION_2)
        return text;
    data.magic_etc = VFS_CAP_REVISION_3 | (data.magic_etc & ~uint32_t{VFS_CAP_REVISION_MASK});
    data.rootid = root;
    return {reinterpret_cast<const char*>(&data), sizeof data};
}

class RootCopy final
{
public:
    RootCopy(std::string directory, IdRange ids, Progress& progress)
        : m_directory(std::move(directory)), m_ids(ids), m_progress(progress)
    {
    }

    Status open()
    {
        TRY(makeDirectories(m_directory));
        m_root = TRY(openFile(m_directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
        return {};
    }

    /// Over what lower layers left.
    Status addLayer(const std::string& layer)
    {
        m_links.clear();
        UniqueFd from = TRY(openFile(layer, O_RDONLY | O_DIRECTORY));
        TRY(directory(from.get(), m_root.get(), ""));
        return ::fchown(m_root.get(), m_ids.first, m_ids.first) < 0 || ::fchmod(m_root.get(), 0755) < 0
                   ? Status(failErrno(m_directory))
                   : Status();
    }

private:
    [[nodiscard]] uint32_t shifted(uint32_t id) const { return m_ids.first + (id < m_ids.count ? id : kNobody); }

    Status directory(int from, int to, const std::string& path)
    {
        for (const std::string& name : TRY(listDirectory(fmt::format("/proc/self/fd/{}", from)))) {
            if (m_progress.cancelled())
                return fail(Code::Cancelled, "cancelled");
            TRYX(entry(from, to, name, path.empty() ? name : path + "/" + name), path + "/" + name);
        }
        return {};
    }

    Status entry(int from, int to, const std::string& name, const std::string& path)
    {
        struct stat info = {}, there = {};
        if (::fstatat(from, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) < 0)
            return failErrno("stat");
        bool present = ::fstatat(to, name.c_str(), &there, AT_SYMLINK_NOFOLLOW) == 0;
        bool both = present && S_ISDIR(info.st_mode) && S_ISDIR(there.st_mode);
        if (present && !both)
            TRY(removeTree(m_directory + "/" + path));
        if (S_ISDIR(info.st_mode))
            return subdirectory(from, to, name, path, info);
        if (S_ISREG(info.st_mode))
            return file(from, to, name, path, info);
        if (S_ISLNK(info.st_mode))
            return link(from, to, name, info);
        if (!S_ISFIFO(info.st_mode))
            return {}; // a whiteout has done its work; nothing else was unpacked
        if (::mknodat(to, name.c_str(), S_IFIFO | 0600, 0) < 0)
            return failErrno("fifo");
        return owned(to, name, info) && ::fchmodat(to, name.c_str(), info.st_mode & 07777, 0) == 0
                   ? Status()
                   : Status(failErrno("owner"));
    }

    Status subdirectory(int from, int to, const std::string& name, const std::string& path, const struct stat& info)
    {
        UniqueFd source = TRY(openFileAt(from, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
        if (attribute(source.get(), "trusted.overlay.opaque") == "y")
            TRY(removeTree(m_directory + "/" + path));
        if (::mkdirat(to, name.c_str(), 0700) < 0 && errno != EEXIST)
            return failErrno("mkdir");
        UniqueFd target = TRY(openFileAt(to, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
        TRY(directory(source.get(), target.get(), path));
        return finish(source.get(), target.get(), info);
    }

    Status file(int from, int to, const std::string& name, const std::string& path, const struct stat& info)
    {
        if (info.st_nlink > 1) {
            auto [known, fresh] = m_links.emplace(info.st_ino, path);
            if (!fresh)
                return ::linkat(m_root.get(), known->second.c_str(), to, name.c_str(), 0) < 0
                           ? Status(failErrno("link"))
                           : Status();
        }
        UniqueFd source = TRY(openFileAt(from, name, O_RDONLY | O_NOFOLLOW));
        UniqueFd target = TRY(openFileAt(to, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600));
        TRY(copyBytes(source.get(), target.get(), static_cast<uint64_t>(info.st_size)));
        return finish(source.get(), target.get(), info);
    }

    Status link(int from, int to, const std::string& name, const struct stat& info)
    {
        std::string target(4096, '\0');
        ssize_t size = ::readlinkat(from, name.c_str(), target.data(), target.size());
        if (size < 0)
            return failErrno("readlink");
        target.resize(static_cast<size_t>(size));
        if (::symlinkat(target.c_str(), to, name.c_str()) < 0)
            return failErrno("symlink");
        return owned(to, name, info) ? Status() : Status(failErrno("owner"));
    }

    [[nodiscard]] bool owned(int to, const std::string& name, const struct stat& info) const
    {
        return ::fchownat(to, name.c_str(), shifted(info.st_uid), shifted(info.st_gid), AT_SYMLINK_NOFOLLOW) == 0;
    }

    // Owner before mode before capability: chown takes set-id bits and capabilities away.
    Status finish(int from, int to, const struct stat& info)
    {
        if (::fchown(to, shifted(info.st_uid), shifted(info.st_gid)) < 0)
            return failErrno("owner");
        if (::fchmod(to, info.st_mode & 07777) < 0)
            return failErrno("mode");
        TRY(attributes(from, to));
        timespec times[2] = {info.st_mtim, info.st_mtim};
        return ::futimens(to, times) < 0 ? Status(failErrno("times")) : Status();
    }

    Status attributes(int from, int to) const
    {
        std::string names(65536, '\0');
        ssize_t size = ::flistxattr(from, names.data(), names.size());
        names.resize(static_cast<size_t>(std::max<ssize_t>(size, 0)));
        for (std::string_view text : split(names, '\0')) {
            std::string name(text);
            bool capability = name == "security.capability";
            if (!capability && !name.starts_with("user."))
                continue;
            auto value = attribute(from, name.c_str());
            if (!value)
                continue;
            if (capability)
                *value = capabilitiesFor(*value, m_ids.first);
            if (::fsetxattr(to, name.c_str(), value->data(), value->size(), 0) < 0)
                return failErrno(name);
        }
        return {};
    }

    std::string m_directory;
    IdRange m_ids;
    Progress& m_progress;
    UniqueFd m_root;
    std::map<ino_t, std::string> m_links; ///< of one layer: where the first name of a file stands in the copy
};

} // namespace

Status copyLayers(const std::vector<std::string>& layers, const std::string& directory, IdRange ids, Progress& progress)
{
    RootCopy copy(directory, ids, progress);
    TRY(copy.open());
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer)
        TRY(copy.addLayer(*layer));
    return {};
}

Status Store::copyRoot(const Image& image, const std::string& directory, IdRange ids, Progress& progress)
{
    std::vector<std::string> layers = TRY(unpack(image, progress));
    progress.report("copyImage", -1, image.reference);
    return copyLayers(layers, directory, ids, progress);
}

} // namespace diptych::images
