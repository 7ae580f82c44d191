#include "runtime/channel.h"

#include <algorithm>
#include <array>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace diptych::runtime {

static constexpr size_t textLimit = 65536;
static constexpr size_t fdLimit = 16;

Status sendMessage(int channel, Message kind, std::string_view text, const std::vector<int>& fds)
{
    auto word = static_cast<uint32_t>(kind);
    if (text.size() > textLimit - sizeof word)
        text = text.substr(0, textLimit - sizeof word);
    if (fds.size() > fdLimit)
        return fail(Code::Failed, "too many descriptors for one message");
    std::array<iovec, 2> parts = {iovec{&word, sizeof word}, iovec{const_cast<char*>(text.data()), text.size()}};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * fdLimit)> control{};
    msghdr header{};
    header.msg_iov = parts.data();
    header.msg_iovlen = parts.size();
    if (!fds.empty()) {
        header.msg_control = control.data();
        header.msg_controllen = CMSG_SPACE(sizeof(int) * fds.size());
        cmsghdr* item = CMSG_FIRSTHDR(&header);
        item->cmsg_level = SOL_SOCKET;
        item->cmsg_type = SCM_RIGHTS;
        item->cmsg_len = CMSG_LEN(sizeof(int) * fds.size());
        std::memcpy(CMSG_DATA(item), fds.data(), sizeof(int) * fds.size());
    }
    ssize_t n = -1;
    do
        n = ::sendmsg(channel, &header, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    return n < 0 ? Status(failErrno("send to the other process")) : Status();
}

void sendError(int channel, const Error& error)
{
    auto word = static_cast<uint32_t>(Message::Error);
    std::string data(reinterpret_cast<const char*>(&word), sizeof word);
    data += fmt::format("{} {}", static_cast<int>(error.code), error.message);
    data.resize(std::min(data.size(), textLimit));
    // Nobody is left to hear that this failed.
    (void)!::write(channel, data.data(), data.size());
}

static void takeFds(msghdr& header, Envelope& envelope)
{
    for (cmsghdr* item = CMSG_FIRSTHDR(&header); item; item = CMSG_NXTHDR(&header, item)) {
        if (item->cmsg_level != SOL_SOCKET || item->cmsg_type != SCM_RIGHTS)
            continue;
        size_t count = (item->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < count; ++i) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(item) + i * sizeof(int), sizeof fd);
            envelope.fds.emplace_back(fd);
        }
    }
}

Result<Envelope> receiveMessage(int channel)
{
    uint32_t word = 0;
    // How long it is, first: a buffer for the longest would cost sixteen fresh pages a message.
    ssize_t size = -1;
    do
        size = ::recv(channel, nullptr, 0, MSG_PEEK | MSG_TRUNC);
    while (size < 0 && errno == EINTR);
    std::string text(size > 0 ? std::min(static_cast<size_t>(size), textLimit) : 0, '\0');
    std::array<iovec, 2> parts = {iovec{&word, sizeof word}, iovec{text.data(), text.size()}};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * fdLimit)> control{};
    msghdr header{};
    header.msg_iov = parts.data();
    header.msg_iovlen = parts.size();
    header.msg_control = control.data();
    header.msg_controllen = control.size();
    ssize_t n = -1;
    do
        n = ::recvmsg(channel, &header, MSG_CMSG_CLOEXEC);
    while (n < 0 && errno == EINTR);
    Envelope envelope;
    if (n == 0 || (n < 0 && errno == ECONNRESET))
        return envelope;
    if (n < 0)
        return failErrno("receive from the other process");
    takeFds(header, envelope);
    if (static_cast<size_t>(n) < sizeof word || (header.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) || word == 0 ||
        word > static_cast<uint32_t>(Message::Error))
        return fail(Code::Failed, "malformed message from the other process");
    envelope.kind = static_cast<Message>(word);
    text.resize(static_cast<size_t>(n) - sizeof word);
    envelope.text = std::move(text);
    return envelope;
}

Error errorOf(const Envelope& envelope)
{
    size_t blank = envelope.text.find(' ');
    int code = 0;
    for (size_t i = 0; i < std::min(blank, size_t{3}) && i < envelope.text.size(); ++i)
        code = code * 10 + (envelope.text[i] - '0');
    if (code < 0 || code > static_cast<int>(Code::NoSpace))
        code = 0;
    return Error{
        static_cast<Code>(code), blank == std::string::npos ? envelope.text : envelope.text.substr(blank + 1), {}, 0};
}

} // namespace diptych::runtime
