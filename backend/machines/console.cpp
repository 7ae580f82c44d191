#include "machines/console.h"

#include "base/files.h"

#include <fcntl.h>
#include <mutex>
#include <sys/socket.h>
#include <unistd.h>

namespace diptych::machines {

namespace {

constexpr size_t replaySize = 65536;
constexpr size_t mostBuffered = 262144; ///< a client that does not read stops the guest's output, as a slow line would

/// Lives as long as libvirt has callbacks to it: the stream's and the descriptor's.
class Bridge final : public std::enable_shared_from_this<Bridge>
{
public:
    Bridge(StreamRef stream, UniqueFd fd, std::string first)
        : m_stream(std::move(stream)), m_fd(std::move(fd)), m_toClient(std::move(first))
    {
    }

    Status start()
    {
        std::lock_guard lock(m_mutex);
        auto* forStream = new std::shared_ptr<Bridge>(shared_from_this());
        if (virStreamEventAddCallback(m_stream.get(), VIR_STREAM_EVENT_READABLE, streamReady, forStream, drop) < 0) {
            delete forStream;
            virStreamAbort(m_stream.get());
            return failLibvirt("console");
        }
        auto* forFd = new std::shared_ptr<Bridge>(shared_from_this());
        m_watch = virEventAddHandle(m_fd.get(), VIR_EVENT_HANDLE_READABLE, clientReady, forFd, drop);
        if (m_watch < 0) {
            delete forFd;
            close();
            return failLibvirt("console");
        }
        updateEvents();
        return {};
    }

private:
    static void drop(void* opaque) { delete static_cast<std::shared_ptr<Bridge>*>(opaque); }
    static void streamReady(virStreamPtr, int events, void* opaque)
    {
        auto self = *static_cast<std::shared_ptr<Bridge>*>(opaque);
        std::lock_guard lock(self->m_mutex);
        if (events & (VIR_STREAM_EVENT_ERROR | VIR_STREAM_EVENT_HANGUP))
            self->m_guestGone = true;
        self->pump(events & (VIR_STREAM_EVENT_READABLE | VIR_STREAM_EVENT_HANGUP), events & VIR_STREAM_EVENT_WRITABLE,
                   false, false);
    }
    static void clientReady(int, int, int events, void* opaque)
    {
        auto self = *static_cast<std::shared_ptr<Bridge>*>(opaque);
        std::lock_guard lock(self->m_mutex);
        if (events & (VIR_EVENT_HANDLE_ERROR | VIR_EVENT_HANDLE_HANGUP))
            self->m_clientGone = true;
        self->pump(false, false, events & VIR_EVENT_HANDLE_READABLE, events & VIR_EVENT_HANDLE_WRITABLE);
    }

    void pump(bool fromGuest, bool toGuest, bool fromClient, bool toClient)
    {
        if (m_closed)
            return;
        if (fromGuest)
            readGuest();
        if (fromClient)
            readClient();
        if (toGuest || fromClient)
            writeGuest();
        if (toClient || fromGuest)
            writeClient();
        if (m_clientGone || (m_guestGone && m_toClient.empty()))
            close();
        else
            updateEvents();
    }

    void readGuest()
    {
        char chunk[16384];
        while (m_toClient.size() < mostBuffered) {
            int size = virStreamRecv(m_stream.get(), chunk, sizeof chunk);
            if (size == -2)
                return;
            if (size <= 0) {
                m_guestGone = true;
                return;
            }
            m_toClient.append(chunk, static_cast<size_t>(size));
        }
    }

    void readClient()
    {
        char chunk[4096];
        ssize_t size = recv(m_fd.get(), chunk, sizeof chunk, MSG_DONTWAIT);
        if (size > 0)
            m_toGuest.append(chunk, static_cast<size_t>(size));
        else if (size == 0 || (errno != EAGAIN && errno != EINTR))
            m_clientGone = true;
    }

    void writeGuest()
    {
        while (!m_toGuest.empty()) {
            int size = virStreamSend(m_stream.get(), m_toGuest.data(), m_toGuest.size());
            if (size == -2)
                return;
            if (size < 0) {
                m_guestGone = true;
                return;
            }
            m_toGuest.erase(0, static_cast<size_t>(size));
        }
    }

    void writeClient()
    {
        while (!m_toClient.empty()) {
            ssize_t size = send(m_fd.get(), m_toClient.data(), m_toClient.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
            if (size < 0) {
                m_clientGone = m_clientGone || (errno != EAGAIN && errno != EINTR);
                return;
            }
            m_toClient.erase(0, static_cast<size_t>(size));
        }
    }

    void updateEvents()
    {
        int stream = m_toClient.size() < mostBuffered && !m_guestGone ? VIR_STREAM_EVENT_READABLE : 0;
        stream |= m_toGuest.empty() ? 0 : VIR_STREAM_EVENT_WRITABLE;
        virStreamEventUpdateCallback(m_stream.get(), stream);
        int client = m_toGuest.size() < mostBuffered ? VIR_EVENT_HANDLE_READABLE : 0;
        client |= m_toClient.empty() ? 0 : VIR_EVENT_HANDLE_WRITABLE;
        virEventUpdateHandle(m_watch, client);
    }

    void close()
    {
        if (std::exchange(m_closed, true))
            return;
        if (m_watch >= 0)
            virEventRemoveHandle(m_watch);
        virStreamEventRemoveCallback(m_stream.get());
        // Abort only asks the daemon, without waiting for the guest.
        virStreamAbort(m_stream.get());
        m_fd.reset();
    }

    std::mutex m_mutex; ///< start() is on another thread than the callbacks
    StreamRef m_stream;
    UniqueFd m_fd;
    std::string m_toClient, m_toGuest;
    int m_watch = -1;
    bool m_guestGone = false, m_clientGone = false, m_closed = false;
};

} // namespace

Result<std::string> tailOf(const std::string& path, size_t bytes)
{
    UniqueFd fd = TRY(openFile(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
    off_t size = lseek(fd.get(), 0, SEEK_END);
    off_t from = std::max<off_t>(0, size - static_cast<off_t>(bytes));
    if (size < 0 || lseek(fd.get(), from, SEEK_SET) < 0)
        return failErrno(path);
    // It may grow while it is read.
    std::string text = TRY(readFd(fd.get(), bytes + (size_t{1} << 20)));
    if (text.size() > bytes)
        text.erase(0, text.size() - bytes);
    return text;
}

Result<UniqueFd> openConsole(virConnectPtr connection, virDomainPtr domain, const std::string& log)
{
    StreamRef stream(virStreamNew(connection, VIR_STREAM_NONBLOCK));
    if (!stream)
        return failLibvirt("console");
    if (virDomainOpenConsole(domain, nullptr, stream.get(), VIR_DOMAIN_CONSOLE_FORCE) < 0)
        return failLibvirt(fmt::format("console of {}", nameOf(domain)));
    // After opening: what is printed in between comes twice rather than not at all.
    std::string first;
    if (!log.empty())
        first = tailOf(log, replaySize).value_or("");
    if (first.size() == replaySize) // cut in a line, or in a sequence that would be shown as text
        first.erase(0, first.find('\n') + 1);
    SocketPair pair = TRY(socketPair(SOCK_STREAM));
    auto bridge = std::make_shared<Bridge>(std::move(stream), std::move(pair.theirs), std::move(first));
    TRY(bridge->start());
    return std::move(pair.ours);
}

} // namespace diptych::machines
