// The task "readDisk": a machine that boots for nothing but to read a disk that a stranger wrote, and to send the files
// of its root file system as a tar. Whatever that file system does to a kernel, it does to this one.
#include "guest/init.h"

#include "base/files.h"
#include "guest/filesystems.h"
#include "guest/tar.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace diptych::guest {

namespace {
constexpr const char* kDisk = "vda";
constexpr const char* kMounted = "/diptych/disk";

struct Part
{
    std::string name; ///< "vda1"
    std::string filesystem;
};

Result<std::vector<Part>> partsOfDisk()
{
    std::vector<Part> parts;
    for (const std::string& name : TRY(listDirectory("/sys/class/block"))) {
        if (!name.starts_with(kDisk))
            continue;
        UniqueFd fd = TRY(openFile("/dev/" + name, O_RDONLY));
        std::string head(kDeviceHead, '\0');
        ssize_t n = ::pread(fd.get(), head.data(), head.size(), 0);
        head.resize(n > 0 ? static_cast<size_t>(n) : 0);
        parts.push_back({name, filesystemIn(head)});
        // A file system on the whole disk: no table of partitions is one then, whatever the bytes look like.
        if (name == kDisk && parts.back().filesystem == "ext4")
            break;
    }
    return parts;
}

Status mountPart(const Part& part)
{
    // Read-only for us; the kernel still plays back the journal, into a copy of the disk that nobody keeps.
    if (::mount(("/dev/" + part.name).c_str(), kMounted, "ext4", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC,
                nullptr) < 0)
        return failErrno(fmt::format("the file system on {}", part.name));
    return {};
}

bool looksLikeSystem()
{
    auto has = [](const char* name) { return ::access(fmt::format("{}/{}", kMounted, name).c_str(), F_OK) == 0; };
    return has("etc") && (has("usr") || has("bin"));
}

/// Leaves it mounted. The only one is taken as it is; of several, the one that looks like a system's root.
Result<Part> mountRoot()
{
    std::vector<Part> readable;
    std::string seen;
    for (const Part& part : TRY(partsOfDisk())) {
        if (part.filesystem == "ext4")
            readable.push_back(part);
        if (!part.filesystem.empty())
            seen += fmt::format("{}{} {}", seen.empty() ? "" : ", ", part.name, part.filesystem);
    }
    if (readable.empty())
        return fail(Code::NotSupported, fmt::format("only ext2, ext3 and ext4 can be read, and this disk has {}",
                                                    seen.empty() ? "no file system that is known" : seen));
    for (const Part& part : readable) {
        TRY(mountPart(part));
        if (readable.size() == 1 || looksLikeSystem())
            return part;
        if (::umount2(kMounted, 0) < 0)
            return failErrno(part.name);
    }
    return fail(Code::NotSupported, fmt::format("none of its file systems looks like the root of a system ({})", seen));
}

Status checkWhole(int root)
{
    auto fstab = openInRoot(root, "etc/fstab", O_RDONLY | O_NONBLOCK);
    std::string list;
    for (const std::string& path : elsewhere(fstab ? readFd(fstab->get(), size_t{1} << 20).value_or("") : ""))
        list += (list.empty() ? "" : ", ") + path;
    if (list.empty())
        return {};
    return fail(Code::NotSupported,
                fmt::format("the system keeps {} on another file system: an image of its root alone "
                            "would not be whole",
                            list));
}

/// Blocks for as long as the host takes to write it.
Result<UniqueFd> openTarPort()
{
    UniqueFd port = TRY(openPort("org.diptych.tar.0"));
    TRY(setNonBlocking(port.get(), false));
    return port;
}
} // namespace

Status readDisk(Record& record)
{
    if (!waitForNode(fmt::format("/dev/{}", kDisk)))
        return fail(Code::NotFound, "the disk did not appear within 10 s");
    TRY(makeDirectories(kMounted, 0755));
    const Part part = TRY(mountRoot());
    UniqueFd root = TRY(openFile(kMounted, O_RDONLY | O_DIRECTORY));
    TRY(checkWhole(root.get()));
    struct statvfs vfs
    {
    };
    if (::fstatvfs(root.get(), &vfs) < 0)
        return failErrno(part.name);
    record.put({{"event", "found"}, {"part", part.name}, {"bytes", (vfs.f_blocks - vfs.f_bfree) * vfs.f_frsize}});
    UniqueFd port = TRY(openTarPort());
    // The port takes 32 KiB at once: small headers go with what follows them.
    std::string buffer;
    constexpr size_t full = size_t{256} << 10;
    auto flush = [&] {
        Status sent = writeAll(port.get(), buffer);
        buffer.clear();
        return sent;
    };
    TRY(writeTar(root.get(), [&](std::string_view bytes) -> Status {
        buffer += bytes;
        return buffer.size() < full ? Status{} : flush();
    }));
    return flush();
}

} // namespace diptych::guest
