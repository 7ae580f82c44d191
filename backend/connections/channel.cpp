#include "connections/channel.h"

#include <cstring>
#include <sys/socket.h>

namespace diptych::connections {

namespace {

struct Header
{
    uint32_t bytes = 0, descriptors = 0;
};

Status sendHeader(int socket, const Header& header, int fd)
{
    iovec part{const_cast<Header*>(&header), sizeof header};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (fd >= 0) {
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        cmsghdr* item = CMSG_FIRSTHDR(&message);
        item->cmsg_level = SOL_SOCKET;
        item->cmsg_type = SCM_RIGHTS;
        item->cmsg_len = CMSG_LEN(sizeof fd);
        memcpy(CMSG_DATA(item), &fd, sizeof fd);
    }
    ssize_t n = sendmsg(socket, &message, MSG_NOSIGNAL);
    if (n < 0)
        return failErrno("send");
    return n == sizeof header ? Status() : Status(fail(Code::TimedOut, "the other side does not read"));
}

/// Takes every descriptor that came; the last one is kept, there should be no more.
void takeDescriptors(msghdr& message, UniqueFd& fd)
{
    for (cmsghdr* item = CMSG_FIRSTHDR(&message); item; item = CMSG_NXTHDR(&message, item)) {
        if (item->cmsg_level != SOL_SOCKET || item->cmsg_type != SCM_RIGHTS)
            continue;
        size_t count = (item->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < count; ++i) {
            int one = -1;
            memcpy(&one, CMSG_DATA(item) + i * sizeof(int), sizeof one);
            fd.reset(one);
        }
    }
}

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
        UniqueFd surplus;
        takeDescriptors(message, fd ? *fd : surplus);
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
    TRY(sendHeader(m_socket.get(), header, fd));
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
