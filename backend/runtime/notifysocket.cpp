#include "runtime/notifysocket.h"

#include "base/files.h"

#include <array>
#include <cstdlib>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace diptych::runtime {

static std::string hostSocket()
{
    const char* path = ::getenv("NOTIFY_SOCKET");
    return path ? path : "";
}

bool wantsReadiness()
{
    std::string path = hostSocket();
    return path.size() > 1 && (path.front() == '/' || path.front() == '@');
}

Status addNotifySocket(Plan& plan, const std::string& stateDirectory)
{
    if (!wantsReadiness())
        return {};
    std::string source = stateDirectory + "/notify";
    // Whoever the program becomes inside may write to the socket; the directory above is closed to all others.
    if (::mkdir(source.c_str(), 0755) < 0 || ::chmod(source.c_str(), 0755) < 0)
        return failErrno(source);
    // An abstract name has no place among files.
    std::string inside = hostSocket().front() == '@' ? "/run/notify" : hostSocket();
    oci::Mount mount;
    mount.destination = inside;
    mount.type = "bind";
    mount.source = source;
    mount.options = {"bind", "rprivate", "ro", "nosuid", "nodev", "noexec"};
    plan.config.mounts.push_back(std::move(mount));
    plan.process.env.push_back("NOTIFY_SOCKET=" + inside + "/notify");
    return {};
}

static Result<socklen_t> addressOf(const std::string& path, sockaddr_un& address)
{
    address = {};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return fail(Code::InvalidArgument, "NOTIFY_SOCKET: the path is too long for a socket");
    path.copy(address.sun_path, path.size());
    if (path.front() == '@')
        address.sun_path[0] = '\0';
    return static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + (path.front() == '@' ? 0 : 1));
}

Result<UniqueFd> openNotifySocket(const std::string& stateDirectory)
{
    std::string directory = stateDirectory + "/notify";
    if (!wantsReadiness() || !exists(directory))
        return UniqueFd();
    UniqueFd socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (!socket)
        return failErrno("NOTIFY_SOCKET");
    // By a descriptor: the state's own path may be longer than a socket's may be.
    UniqueFd place = TRY(openFile(directory, O_PATH | O_DIRECTORY | O_NOFOLLOW));
    std::string path = fmt::format("/proc/self/fd/{}/notify", place.get());
    sockaddr_un address = {};
    socklen_t length = TRY(addressOf(path, address));
    (void)::unlinkat(place.get(), "notify", 0);
    if (::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), length) < 0 ||
        ::fchmodat(place.get(), "notify", 0777, 0) < 0)
        return failErrno("NOTIFY_SOCKET");
    return socket;
}

static bool saysReady(std::string_view text)
{
    for (std::string_view line : split(text, '\n'))
        if (line == "READY=1")
            return true;
    return false;
}

static void passOn()
{
    sockaddr_un address = {};
    auto length = addressOf(hostSocket(), address);
    UniqueFd socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    static constexpr std::string_view ready = "READY=1";
    if (length && socket)
        (void)::sendto(socket.get(), ready.data(), ready.size(), MSG_NOSIGNAL, reinterpret_cast<sockaddr*>(&address),
                       *length);
}

void forwardReadiness(int socket, int process)
{
    std::array<pollfd, 2> waits = {{{socket, POLLIN, 0}, {process, POLLIN, 0}}};
    for (;;) {
        if (::poll(waits.data(), waits.size(), -1) < 0) {
            if (errno == EINTR)
                continue;
            return;
        }
        if (waits[0].revents & POLLIN) {
            std::array<char, 4096> text{};
            ssize_t n = ::recv(socket, text.data(), text.size(), MSG_DONTWAIT);
            if (n > 0 && saysReady({text.data(), static_cast<size_t>(n)})) {
                passOn();
                return;
            }
        } else if (waits[1].revents) {
            return;
        }
    }
}

ReadinessForwarder::ReadinessForwarder(int socket, int process) : m_socket(socket), m_process(process)
{
    auto forward = [](void* self) -> void* {
        auto* own = static_cast<ReadinessForwarder*>(self);
        forwardReadiness(own->m_socket, own->m_process);
        return nullptr;
    };
    m_running = socket >= 0 && ::pthread_create(&m_thread, nullptr, forward, this) == 0;
}

ReadinessForwarder::~ReadinessForwarder()
{
    if (m_running)
        ::pthread_join(m_thread, nullptr);
}

} // namespace diptych::runtime
