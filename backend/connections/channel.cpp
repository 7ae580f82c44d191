#include "connections/channel.h"

#include "base/descriptors.h"

#include <sys/socket.h>

namespace diptych::connections {

namespace {

struct Header
{
    uint32_t bytes = 0, descriptors = 0;
};

Status receiveExactly(int socket, char* to, size_t size, UniqueFd* fd)
{
    for (size_t done = 0; done < size;) {
        iovec part{to + done, size - done};
        alignas(cmsghdr) char control[CMSG_SPACE(4 * sizeof(int))] = {};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        ssize_t n = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return failErrno("receive");
        if (n == 0)
            return fail(Code::NotFound, "the other side has gone");
        // There should be one at most; all are taken, the last is kept.
        std::vector<UniqueFd> came = takeDescriptors(message);
        if (fd && !came.empty())
            *fd = std::move(came.back());
        done += static_cast<size_t>(n);
    }
    return {};
}

} // namespace

Status Channel::send(const Json& message, int fd)
{
    std::string text = dumpJson(message);
    if (text.size() > largest)
        return fail(Code::Failed, "a message is too long");
    Header header{static_cast<uint32_t>(text.size()), fd >= 0 ? 1U : 0U};
    std::lock_guard lock(m_sending);
    size_t sent = TRY(sendWithDescriptors(m_socket.get(), {{reinterpret_cast<const char*>(&header), sizeof header}},
                                          fd >= 0 ? std::vector{fd} : std::vector<int>(), "send"));
    if (sent != sizeof header)
        return fail(Code::TimedOut, "the other side does not read");
    return writeAll(m_socket.get(), text);
}

Result<Message> Channel::receive()
{
    Header header;
    Message message;
    TRY(receiveExactly(m_socket.get(), reinterpret_cast<char*>(&header), sizeof header, &message.fd));
    if (header.bytes > largest || header.descriptors > 1)
        return fail(Code::Failed, "a message is too long");
    std::string text(header.bytes, '\0');
    TRY(receiveExactly(m_socket.get(), text.data(), text.size(), nullptr));
    message.json = TRY(parseJson(text, {largest, 64}));
    if (!message.json.is_object())
        return fail(Code::Failed, "a message is no object");
    if (header.descriptors == 0)
        message.fd.reset();
    return message;
}

void Channel::shutDown()
{
    shutdown(m_socket.get(), SHUT_RDWR);
}

Json toJson(const Error& error)
{
    return {{"code", static_cast<int>(error.code)}, {"message", error.message}, {"field", error.field}};
}

Error errorFrom(const Json& json)
{
    Error error;
    JsonReader reader(json);
    auto code = reader.integer("code");
    bool known = code && *code >= 0 && *code <= static_cast<int>(Code::NoSpace);
    error.code = known ? static_cast<Code>(*code) : Code::Failed;
    error.message = reader.string("message").value_or("the connection gave no reason");
    error.field = reader.string("field").value_or("");
    return error;
}

} // namespace diptych::connections
