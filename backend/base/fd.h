// Move-only owner of a file descriptor.
#pragma once

#include "base/result.h"

#include <utility>

namespace diptych {

class UniqueFd final
{
public:
    UniqueFd() = default;
    explicit UniqueFd(int fd) : m_fd(fd) {}
    ~UniqueFd() { reset(); }
    UniqueFd(UniqueFd&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    UniqueFd& operator=(UniqueFd&& other) noexcept
    {
        if (this != &other)
            reset(std::exchange(other.m_fd, -1));
        return *this;
    }
    UniqueFd(const UniqueFd&) = delete;
    UniqueFd& operator=(const UniqueFd&) = delete;

    [[nodiscard]] int get() const { return m_fd; }
    explicit operator bool() const { return m_fd >= 0; }
    [[nodiscard]] int release() { return std::exchange(m_fd, -1); }
    void reset(int fd = -1);

private:
    int m_fd = -1;
};

/// fcntl(F_DUPFD_CLOEXEC).
Result<UniqueFd> duplicate(int fd);
Status setNonBlocking(int fd, bool on = true);
struct SocketPair
{
    UniqueFd ours, theirs;
};
/// AF_UNIX, both close-on-exec. type: SOCK_STREAM, SOCK_SEQPACKET, ...
Result<SocketPair> socketPair(int type);
/// Writes everything, waiting with poll() on a non-blocking fd; EPIPE is an error, never a signal on sockets.
Status writeAll(int fd, std::string_view data);

} // namespace diptych
