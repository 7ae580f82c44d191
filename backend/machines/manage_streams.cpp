// Bytes to a client: the memory of a machine, and what is in a volume.
#include "machines/domain_read.h"
#include "machines/manager.h"
#include "machines/volumes.h"

#include "base/files.h"
#include "base/names.h"

#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace diptych::machines {

namespace {

constexpr size_t streamPortion = size_t{256} << 10;
constexpr int patienceMs = 60000; ///< for a client to take more

/// All of it, or why not: the client went, or takes nothing any more.
Status sendAll(int to, const char* data, size_t size, const Progress& progress)
{
    for (int idle = 0; size > 0;) {
        if (progress.cancelled())
            return fail(Code::Cancelled, "cancelled");
        pollfd waits{to, POLLOUT, 0};
        if (::poll(&waits, 1, 100) <= 0) {
            if ((idle += 100) > patienceMs)
                return fail(Code::TimedOut, "nothing was taken for a minute");
            continue;
        }
        ssize_t n = ::write(to, data, size);
        if (n < 0 && errno != EINTR && errno != EAGAIN)
            return fail(Code::Cancelled, "whom it was for went away");
        if (n > 0) {
            idle = 0;
            data += n;
            size -= static_cast<size_t>(n);
        }
    }
    return {};
}

/// A pipe with a name that QEMU's output goes through: nothing is kept on this host, and closing it ends the dump,
/// which libvirt itself can't cancel.
class Pipe final
{
public:
    static Result<std::unique_ptr<Pipe>> make(const std::string& run)
    {
        std::unique_ptr<Pipe> pipe(new Pipe);
        pipe->m_directory = fmt::format("{}/dump-{}", run, newId());
        if (::mkdir(pipe->m_directory.c_str(), 0700) < 0 || ::mkfifo(pipe->path().c_str(), 0600) < 0)
            return failErrno(pipe->m_directory);
        pipe->m_fd = UniqueFd(::open(pipe->path().c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
        if (pipe->m_fd.get() < 0)
            return failErrno(pipe->path());
        return pipe;
    }
    ~Pipe()
    {
        std::error_code error;
        std::filesystem::remove_all(m_directory, error);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    [[nodiscard]] std::string path() const { return m_directory + "/memory"; }
    [[nodiscard]] int fd() const { return m_fd.get(); }
    void close() { m_fd.reset(); }

private:
    Pipe() = default;
    std::string m_directory;
    UniqueFd m_fd;
};

/// Until who writes has ended and all is read.
Status pump(Pipe& pipe, int to, const std::atomic<bool>& over, virDomainPtr domain, const std::string& name,
            Progress& progress)
{
    std::string buffer(streamPortion, '\0');
    uint64_t done = 0, told = 0, total = virDomainGetMaxMemory(domain) << 10;
    for (;;) {
        if (progress.cancelled())
            return fail(Code::Cancelled, "cancelled");
        bool last = over; // before the read: what came until then is in it
        ssize_t n = ::read(pipe.fd(), buffer.data(), buffer.size());
        if (n > 0) {
            TRY(sendAll(to, buffer.data(), static_cast<size_t>(n), progress));
            done += static_cast<uint64_t>(n);
        } else if (last) {
            return {};
        } else {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        if (done - told < (4U << 20))
            continue;
        told = done;
        progress.amounts({{name, done, std::max(total, done)}});
        progress.report("dump", std::min(1.0, double(done) / double(std::max<uint64_t>(total, 1))), name);
    }
}

/// Who runs and writes into this file; what is copied meanwhile would be of no moment at all.
std::string writerOf(virConnectPtr connection, const std::string& path)
{
    virDomainPtr* all = nullptr;
    int count = virConnectListAllDomains(connection, &all, VIR_CONNECT_LIST_DOMAINS_ACTIVE);
    std::string writer;
    for (int i = 0; i < count; ++i) {
        DomainRef domain(all[i]);
        auto xml = xmlOf(domain.get(), 0);
        auto info = xml ? readDomain(*xml) : Result<DomainInfo>(fail(Code::Failed, ""));
        if (info)
            for (const DiskInfo& disk : info->disks)
                if (disk.path == path && !disk.readOnly && disk.device == "disk")
                    writer = info->name;
    }
    free(all);
    return writer;
}

} // namespace

Result<Json> Manager::dump(const std::string& id, int to, Progress& progress)
{
    DomainRef domain = TRY(m_host.libvirt->domain(id));
    std::string name = nameOf(domain.get());
    if (!TRY(isActive(domain.get())))
        return fail(Code::WrongState, fmt::format("machine {} does not run: it has no memory", name));
    progress.report("dump", 0, name);
    std::unique_ptr<Pipe> pipe = TRY(Pipe::make(m_host.paths.run));
    std::atomic<bool> over{false};
    Status dumped;
    std::thread writer([&] {
        if (virDomainCoreDumpWithFormat(domain.get(), pipe->path().c_str(), VIR_DOMAIN_CORE_DUMP_FORMAT_RAW,
                                        VIR_DUMP_MEMORY_ONLY) < 0)
            dumped = failLibvirt(fmt::format("dump the memory of {}", name));
        over = true;
    });
    Status sent = pump(*pipe, to, over, domain.get(), name, progress);
    pipe->close(); // who still writes ends too
    writer.join();
    if (!sent)
        return fail(sent.error().code, fmt::format("memory of {}: {}", name, sent.error().message));
    if (!dumped)
        return tl::unexpected<Error>(dumped.error());
    return Json();
}

Result<uint64_t> Manager::volumeSize(const std::string& pool, const std::string& name)
{
    ConnectRef connection = TRY(m_host.connection());
    VolumeRef volume = TRY(findVolume(connection.get(), pool, name));
    CString path(virStorageVolGetPath(volume.get()));
    if (std::string writer = writerOf(connection.get(), path ? path.get() : ""); !writer.empty())
        return fail(Code::Busy,
                    fmt::format("{} runs and writes to {}: turn it off, or copy its disks first", writer, name));
    virStorageVolInfo info{};
    if (virStorageVolGetInfoFlags(volume.get(), &info, VIR_STORAGE_VOL_GET_PHYSICAL) < 0)
        return failLibvirt(name);
    return info.allocation;
}

Result<Json> Manager::download(const std::string& pool, const std::string& name, uint64_t size, int to,
                               Progress& progress)
{
    ConnectRef connection = TRY(m_host.connection());
    VolumeRef volume = TRY(findVolume(connection.get(), pool, name));
    StreamRef stream(virStreamNew(connection.get(), 0));
    if (!stream || virStorageVolDownload(volume.get(), stream.get(), 0, size, 0) < 0)
        return failLibvirt(fmt::format("download {}", name));
    std::string buffer(streamPortion, '\0');
    for (uint64_t done = 0; done < size;) {
        int n = virStreamRecv(stream.get(), buffer.data(), std::min<uint64_t>(buffer.size(), size - done));
        Status sent = n > 0 ? sendAll(to, buffer.data(), static_cast<size_t>(n), progress) : Status();
        if (n < 0)
            return failLibvirt(fmt::format("download {}", name));
        if (n == 0 || !sent) {
            virStreamAbort(stream.get());
            return sent ? fail(Code::Failed, fmt::format("{} ended after {} of {} bytes", name, done, size))
                        : tl::unexpected<Error>(sent.error());
        }
        done += static_cast<uint64_t>(n);
        progress.amounts({{name, done, size}});
        progress.report("send", double(done) / double(size), name);
    }
    if (virStreamFinish(stream.get()) < 0)
        return failLibvirt(fmt::format("download {}", name));
    return Json();
}

} // namespace diptych::machines
