#include "machines/guest_channel.h"

#include "base/clock.h"
#include "base/fd.h"

#include <atomic>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace diptych::machines {

namespace {

constexpr auto firstPatience = std::chrono::milliseconds(1000);
constexpr size_t longestAnswer = size_t{4} << 20; // a guest is not trusted with our memory

Result<UniqueFd> connectTo(const std::string& path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path)
        return fail(Code::WrongState, "the machine has no guest channel now");
    memcpy(address.sun_path, path.c_str(), path.size());
    UniqueFd fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!fd)
        return failErrno("socket");
    TRY(setNonBlocking(fd.get()));
    if (connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0)
        return failErrno(fmt::format("guest channel {}", path));
    return fd;
}

/// Up to the NUL.
Result<std::string> readAnswer(int fd, std::string& buffer, int64_t deadline)
{
    for (;;) {
        if (size_t end = buffer.find('\0'); end != std::string::npos) {
            std::string answer = buffer.substr(0, end);
            buffer.erase(0, end + 1);
            return answer;
        }
        if (buffer.size() > longestAnswer)
            return fail(Code::Failed, "the guest's answer is too long");
        int64_t left = (deadline - monotonicNanoseconds()) / 1000000;
        pollfd wait{fd, POLLIN, 0};
        if (left <= 0 || poll(&wait, 1, static_cast<int>(left)) == 0)
            return fail(Code::TimedOut, "diptych-guest in the machine does not answer");
        char chunk[65536];
        ssize_t size = read(fd, chunk, sizeof chunk);
        if (size == 0)
            return fail(Code::WrongState, "the machine ended");
        if (size < 0 && errno != EAGAIN && errno != EINTR)
            return failErrno("guest channel");
        buffer.append(chunk, size > 0 ? static_cast<size_t>(size) : 0);
    }
}

/// An answer from before is told from ours by its id.
Result<std::optional<Json>> judge(Json answer, uint64_t id)
{
    if (!answer.is_object())
        return fail(Code::Failed, "the guest's answer is no object");
    if (auto found = answer.find("id"); found == answer.end() || *found != Json(id))
        return std::optional<Json>();
    if (auto error = answer.find("error"); error != answer.end())
        return fail(Code::Failed, fmt::format("guest: {}", error->is_string() ? error->get<std::string>() : "?"));
    if (auto result = answer.find("result"); result != answer.end())
        return std::optional<Json>(std::move(*result));
    return fail(Code::Failed, "the guest's answer has neither result nor error");
}

} // namespace

Result<Json> askGuest(const std::string& socket, Json request, std::chrono::milliseconds timeout)
{
    // Unique for longer than this process lives: a guest does what has the id of its last request not again.
    static std::atomic<uint64_t> next{static_cast<uint64_t>(monotonicNanoseconds())};
    int64_t deadline = monotonicNanoseconds() + timeout.count() * 1000000;
    UniqueFd fd = TRY(connectTo(socket));
    uint64_t id = next++;
    request["id"] = id;
    std::string text = dumpJson(request), buffer;
    text.push_back('\0');
    // Asked again after a while: QEMU drops what a guest that is just opening its port has not read.
    for (auto patience = firstPatience;; patience *= 2) {
        TRYX(writeAll(fd.get(), text), "guest channel");
        int64_t until = std::min(deadline, monotonicNanoseconds() + patience.count() * 1000000);
        for (;;) {
            auto raw = readAnswer(fd.get(), buffer, until);
            if (!raw && raw.error().code == Code::TimedOut && until < deadline)
                break;
            auto answer = parseJson(TRY(std::move(raw)), {longestAnswer, 32});
            if (!answer)
                continue; // the rest of one to somebody who went
            if (auto result = TRY(judge(std::move(*answer), id)))
                return std::move(*result);
        }
    }
}

} // namespace diptych::machines
