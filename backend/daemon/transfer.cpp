#include "daemon/transfer.h"

#include "base/files.h"
#include "base/names.h"

#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace diptych {

namespace {
constexpr uint64_t kReserve = uint64_t{256} << 20; ///< bytes that stay free
constexpr std::chrono::minutes kDownloadsKept{10};

} // namespace

Status checkRoom(const std::string& directory, uint64_t bytes)
{
    struct statvfs vfs
    {
    };
    if (::statvfs(directory.c_str(), &vfs) < 0)
        return {}; // writing will say what is the matter
    const uint64_t free = uint64_t{vfs.f_bavail} * vfs.f_frsize, least = bytes + kReserve;
    if (bytes <= UINT64_MAX - kReserve && free >= least)
        return {};
    auto mebibytes = [](uint64_t value) { return (value + (1U << 20) - 1) >> 20; };
    return fail(Code::NoSpace,
                fmt::format("the disk of the image store has {} MiB free, and {} MiB are needed for the archive",
                            free >> 20, mebibytes(bytes) + (kReserve >> 20)));
}

void dropFile(const std::string& file)
{
    (void)removeTree(std::filesystem::path(file).parent_path());
}

Status receiveFile(int from, const std::string& file, uint64_t size, Progress& progress)
{
    TRY(checkRoom(std::filesystem::path(file).parent_path(), size));
    UniqueFd to = TRY(openFile(file, O_WRONLY | O_CREAT | O_EXCL));
    std::vector<char> buffer(size_t{256} << 10);
    uint64_t done = 0;
    for (int idle = 0; done < size;) {
        if (progress.cancelled())
            return fail(Code::Cancelled, "cancelled");
        pollfd fd{from, POLLIN, 0};
        if (::poll(&fd, 1, 100) <= 0) {
            if (++idle > 600)
                return fail(Code::TimedOut, "nothing came for a minute");
            continue;
        }
        idle = 0;
        ssize_t n = ::read(from, buffer.data(), std::min<uint64_t>(buffer.size(), size - done));
        if (n < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (n <= 0)
            return fail(Code::Failed, fmt::format("the transfer broke off after {} of {} bytes", done, size));
        TRY(writeAll(to.get(), {buffer.data(), static_cast<size_t>(n)}));
        done += static_cast<uint64_t>(n);
        progress.amounts({{"upload", done, size}});
        progress.report("receive", double(done) / double(size), "");
    }
    return {};
}

Result<Json> offerFile(Daemon& daemon, const std::string& file, const std::string& name)
{
    std::error_code error;
    const uintmax_t size = std::filesystem::file_size(file, error);
    if (error)
        return fail(Code::Failed, fmt::format("the archive: {}", error.message()));
    const std::string token = newId();
    daemon.loop.post([&daemon, token, file] {
        daemon.downloads[token].file = file;
        auto timer = daemon.loop.after(kDownloadsKept, [&daemon, token, file] {
            daemon.workers.submit([file] { dropFile(file); });
            daemon.loop.post([&daemon, token] { daemon.downloads.erase(token); });
        });
        if (timer)
            daemon.downloads[token].timer = std::move(*timer);
    });
    return Json{{"download", token}, {"size", size}, {"name", name}};
}

} // namespace diptych
