#include "base/fd.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace diptych {

void UniqueFd::reset(int fd)
{
    int old = std::exchange(m_fd, fd);
    if (old < 0)
        return;
    int saved = errno; // a destructor must not hide the error that made us leave
    ::close(old);
    errno = saved;
}

Result<UniqueFd> duplicate(int fd)
{
    UniqueFd copy(::fcntl(fd, F_DUPFD_CLOEXEC, 3));
    if (!copy)
        return failErrno("duplicate a file descriptor");
    return copy;
}

Status setNonBlocking(int fd, bool on)
{
    int flags = ::fcntl(fd, F_GETFL);
    if (flags < 0 || ::fcntl(fd, F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK) < 0)
        return failErrno("set O_NONBLOCK");
    return {};
}

Result<SocketPair> socketPair(int type)
{
    int fds[2];
    if (::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, fds) < 0)
        return failErrno("socketpair");
    return SocketPair{UniqueFd(fds[0]), UniqueFd(fds[1])};
}

Status writeAll(int fd, std::string_view data)
{
    while (!data.empty()) {
        ssize_t n = ::send(fd, data.data(), data.size(), MSG_NOSIGNAL);
        if (n < 0 && errno == ENOTSOCK)
            n = ::write(fd, data.data(), data.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN) {
            pollfd p{fd, POLLOUT, 0};
            (void)::poll(&p, 1, -1);
            continue;
        }
        if (n < 0)
            return failErrno("write");
        data.remove_prefix(static_cast<size_t>(n));
    }
    return {};
}

} // namespace diptych
