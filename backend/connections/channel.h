// Messages between the helper and the process of a connection: JSON with its length in front, and at most one
// descriptor beside it. What comes from that process is not trusted: lengths, depth and kind are checked.
#pragma once

#include "base/fd.h"
#include "base/json.h"

#include <mutex>

namespace diptych::connections {

struct Message
{
    Json json;
    UniqueFd fd;
};

class Channel final
{
public:
    static constexpr size_t largest = size_t{32} << 20; ///< bytes of a message

    explicit Channel(UniqueFd socket) : m_socket(std::move(socket)) {}
    /// Any thread. fd: sent with it, stays the caller's.
    Status send(const Json& message, int fd = -1);
    /// One thread. An error at the end too.
    Result<Message> receive();
    /// Any thread: both directions end, receive() returns.
    void shutDown();
    [[nodiscard]] int socket() const { return m_socket.get(); } ///< to wait for

private:
    UniqueFd m_socket;
    std::mutex m_sending;
};

/// Errors as they travel: {"code", "message", "field"}.
Json toJson(const Error& error);
Error errorFrom(const Json& json);

} // namespace diptych::connections
