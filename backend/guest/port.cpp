#include "guest/port.h"

#include "base/clock.h"

#include <algorithm>
#include <unistd.h>

namespace diptych::guest {

namespace {
constexpr size_t kLongestRequest = 64 * 1024;
constexpr size_t kPiece = 32768; // what the driver takes at once
constexpr int64_t kLongestWait = 5'000'000'000;
} // namespace

pollfd GuestPort::interest() const
{
    // Without a host at the other end the port is readable all the time, with nothing: SIGIO tells of the next.
    auto events = static_cast<short>(m_answers.empty() ? POLLIN : POLLIN | POLLOUT);
    return {m_hostThere ? m_fd.get() : -1, events, 0};
}

int GuestPort::patience() const
{
    if (!m_answers.empty())
        return 20;
    return m_hostThere ? 60'000 : 1000;
}

void GuestPort::turn(short events)
{
    if (!m_fd)
        return;
    // The driver hears of a connection by another queue than of its data, so that a request can be here before its
    // sender is: what is written now would find the port closed. The answer waits for SIGIO.
    if (events & POLLHUP)
        m_hostThere = false;
    if (events || !m_hostThere)
        read();
    if (!m_answers.empty())
        write();
}

void GuestPort::read()
{
    char buffer[4096];
    ssize_t n = ::read(m_fd.get(), buffer, sizeof buffer);
    m_hostThere = n > 0 || (n < 0 && errno == EAGAIN);
    if (n == 0)
        m_request.clear();
    if (n <= 0)
        return;
    m_request.append(buffer, static_cast<size_t>(n));
    size_t end = 0;
    while ((end = m_request.find('\0')) != std::string::npos) {
        answer(m_request.substr(0, end));
        m_request.erase(0, end + 1);
    }
    if (m_request.size() > kLongestRequest)
        m_request.clear();
}

void GuestPort::answer(const std::string& text)
{
    auto request = parseJson(text, {kLongestRequest, 8});
    Json id = request && request->is_object() ? request->value("id", Json()) : Json();
    if (m_answers.empty())
        m_waitingSince = monotonicNanoseconds();
    // Asked again by a host that gave up too early, or whose line broke: what was done is not done twice.
    if (!id.is_null() && id == m_lastId) {
        m_answers += m_lastAnswer;
        return;
    }
    auto result = request ? m_handler(JsonReader(*request)) : Result<Json>(tl::unexpected<Error>(request.error()));
    Json answer = result ? Json{{"result", std::move(*result)}} : Json{{"error", result.error().message}};
    if (!id.is_null())
        answer["id"] = id;
    m_lastId = std::move(id);
    m_lastAnswer = dumpJson(answer);
    m_lastAnswer.push_back('\0');
    m_answers += m_lastAnswer;
}

void GuestPort::write()
{
    while (!m_answers.empty()) {
        ssize_t n = ::write(m_fd.get(), m_answers.data(), std::min(m_answers.size(), kPiece));
        if (n > 0) {
            m_answers.erase(0, static_cast<size_t>(n));
            m_waitingSince = monotonicNanoseconds();
        } else if (n == 0 || errno != EINTR) {
            break;
        }
    }
    // Nobody reads: whoever comes later asked for something else.
    if (monotonicNanoseconds() - m_waitingSince > kLongestWait)
        m_answers.clear();
}

} // namespace diptych::guest
