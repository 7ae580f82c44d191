#include "runtime/channel.h"

#include "base/descriptors.h"

#include <algorithm>
#include <array>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace diptych::runtime {

static constexpr size_t textLimit = 65536;

Status sendMessage(int channel, Message kind, std::string_view text, const std::vector<int>& fds)
{
    auto word = static_cast<uint32_t>(kind);
    if (text.size() > textLimit - sizeof word)
        text = text.substr(0, textLimit - sizeof word);
    TRY(sendWithDescriptors(channel, {{reinterpret_cast<const char*>(&word), sizeof word}, text}, fds,
                            "send to the other process"));
    return {};
}

void writeMessage(int channel, Message kind, std::string_view text)
{
    auto word = static_cast<uint32_t>(kind);
    std::string data(reinterpret_cast<const char*>(&word), sizeof word);
    data += text.substr(0, textLimit - sizeof word);
    (void)!::write(channel, data.data(), data.size());
}

void sendError(int channel, const Error& error)
{
    writeMessage(channel, Message::Error, fmt::format("{} {}", static_cast<int>(error.code), error.message));
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
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * mostDescriptors)> control{};
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
    envelope.fds = takeDescriptors(header);
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
