#include "varlink/client.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace diptych::varlink {

Result<Client> Client::connect(const std::string& path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return failField("socket", fmt::format("{} is too long for a socket", path));
    memcpy(address.sun_path, path.c_str(), path.size());
    UniqueFd fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!fd)
        return failErrno("making a socket");
    if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0)
        return failErrno(fmt::format("connecting to {}", path));
    return Client(std::move(fd));
}

Status Client::send(const std::string& method, const Json& parameters, const Json& flags)
{
    Json message = flags;
    message["method"] = method;
    message["parameters"] = parameters;
    std::string text = dumpJson(message);
    text.push_back('\0');
    return writeAll(m_fd.get(), text);
}

Result<Reply> Client::receive(std::chrono::milliseconds timeout)
{
    auto until = std::chrono::steady_clock::now() + timeout;
    size_t end = m_buffer.find('\0');
    while (end == std::string::npos) {
        auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        pollfd waits{m_fd.get(), POLLIN, 0};
        int ready = poll(&waits, 1, timeout.count() < 0 ? -1 : static_cast<int>(std::max<int64_t>(left.count(), 0)));
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return fail(Code::TimedOut, "the helper does not answer");
        char bytes[65536];
        ssize_t n = read(m_fd.get(), bytes, sizeof bytes);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return failErrno("reading from the helper");
        if (n == 0)
            return fail(Code::Failed, "the helper closed the connection");
        size_t from = m_buffer.size();
        m_buffer.append(bytes, static_cast<size_t>(n));
        end = m_buffer.find('\0', from);
        if (m_buffer.size() > size_t{64} << 20)
            return fail(Code::Failed, "the helper's answer is larger than 64 MiB");
    }
    Json message = TRY(parseJson(std::string_view(m_buffer).substr(0, end), {size_t{64} << 20, 64}));
    m_buffer.erase(0, end + 1);
    Reply reply;
    if (message.is_object() && message.contains("error") && message["error"].is_string())
        reply.error = message["error"].get<std::string>();
    if (message.is_object() && message.contains("parameters") && message["parameters"].is_object())
        reply.parameters = message["parameters"];
    if (message.is_object() && message.contains("continues"))
        reply.continues = message["continues"] == true;
    return reply;
}

Result<Reply> Client::call(const std::string& method, const Json& parameters, std::chrono::milliseconds timeout)
{
    TRY(send(method, parameters));
    return receive(timeout);
}

} // namespace diptych::varlink
