#include "varlink/connection.h"

#include "base/descriptors.h"
#include "base/log.h"
#include "varlink/server.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace diptych::varlink {

Connection::Connection(Server& server, UniqueFd fd, Peer peer, const Limits& limits)
    : m_server(server),
      m_limits(limits),
      m_fd(std::move(fd)),
      m_peer(std::make_shared<const Peer>(std::move(peer))),
      m_frames(limits.message)
{
}

Status Connection::start(Loop& loop)
{
    m_loop = &loop;
    // The server holds the connection; the source goes with it.
    m_source = TRY(loop.watch(m_fd.get(), EPOLLIN, [this](uint32_t revents) {
        auto keep = shared_from_this();
        ready(revents);
    }));
    return {};
}

void Connection::ready(uint32_t revents)
{
    if (m_closed || m_relay)
        return;
    if (revents & EPOLLOUT)
        write();
    if (m_closed || m_relay) // writing the last of it may have closed or upgraded it
        return;
    if ((revents & (EPOLLIN | EPOLLHUP | EPOLLERR)) && m_reading && !m_readClosed)
        readSome();
    process();
    // Hung up both ways: nobody is left to take an answer.
    if (!m_closed && !m_relay && (revents & (EPOLLHUP | EPOLLERR)))
        close();
    update();
}

/// No method takes descriptors: whoever sends some is cut off, and they are closed (SCM_RIGHTS would leak them).
ssize_t Connection::receive(char* buffer, size_t size)
{
    iovec data{buffer, size};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * 4)];
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    ssize_t n = recvmsg(m_fd.get(), &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (n < 0)
        return n;
    bool any = !takeDescriptors(message).empty() || (message.msg_flags & MSG_CTRUNC);
    if (any) {
        close("it sent descriptors");
        errno = EBADMSG;
        return -1;
    }
    return n;
}

void Connection::readSome()
{
    static char buffer[65536]; // one loop, one thread
    ssize_t n = receive(buffer, sizeof buffer);
    if (m_closed || (n < 0 && (errno == EAGAIN || errno == EINTR)))
        return;
    if (n < 0) {
        close();
        return;
    }
    if (n == 0) {
        m_readClosed = true;
        return;
    }
    bool before = m_frames.partial();
    if (auto good = m_frames.append({buffer, static_cast<size_t>(n)}); !good) {
        close(good.error().message);
        return;
    }
    if (!before)
        m_inPartial = false;
    if (m_frames.partial() && !m_inPartial) {
        m_inPartial = true;
        m_partialSince = std::chrono::steady_clock::now();
        m_server.watchPartial();
    }
}

void Connection::checkPartial(std::chrono::steady_clock::time_point now)
{
    if (partial() && m_inPartial && now - m_partialSince > m_limits.partial)
        close("a part of a message was left without its end");
}

void Connection::process()
{
    if (m_processing)
        return;
    m_processing = true;
    while (!m_closed && !m_current && !m_upgrade && !m_relay && m_backlog <= m_limits.answers) {
        bool wasPartial = m_frames.hasMessage();
        auto message = m_frames.next();
        if (!message)
            break;
        if (wasPartial && m_frames.partial() && !m_frames.hasMessage()) // a new part began after this message
            m_partialSince = std::chrono::steady_clock::now();
        dispatch(*message);
    }
    m_processing = false;
    if (!m_closed && m_readClosed && !m_current && !m_relay && !m_upgrade && m_out.empty() && !m_frames.hasMessage())
        close();
}

static Status checkEnvelope(const Json& message)
{
    if (!message.is_object())
        return fail(Code::InvalidArgument, "a call is an object");
    auto method = message.find("method");
    if (method == message.end() || !method->is_string())
        return fail(Code::InvalidArgument, "a call has a method");
    auto parameters = message.find("parameters");
    if (parameters != message.end() && !parameters->is_object() && !parameters->is_null())
        return fail(Code::InvalidArgument, "parameters are an object");
    for (const char* flag : {"more", "oneway", "upgrade"}) {
        auto it = message.find(flag);
        if (it != message.end() && !it->is_boolean())
            return fail(Code::InvalidArgument, fmt::format("{} is true or false", flag));
    }
    return {};
}

void Connection::dispatch(const std::string& text)
{
    auto message = parseJson(text, {m_limits.message, m_limits.depth});
    if (!message) {
        close(message.error().message);
        return;
    }
    if (auto good = checkEnvelope(*message); !good) {
        close(good.error().message);
        return;
    }
    auto call = std::make_shared<Call>(weak_from_this(), m_peer, std::move(*message));
    m_current = call.get();
    m_call = call;
    m_server.dispatch(std::move(call));
}

void Connection::callFinished(const Call* call)
{
    if (m_current != call)
        return;
    m_current = nullptr;
    if (m_closed)
        return;
    if (m_out.empty() && m_upgrade) {
        startRelay();
        return;
    }
    if (m_processing)
        return;
    // Not from here: the one who replies does not expect the next call to begin before it returns.
    m_loop->post([self = weak_from_this()] {
        if (auto connection = self.lock()) {
            connection->process();
            connection->update();
        }
    });
}

void Connection::send(std::string message, bool continues)
{
    if (m_closed || m_relay)
        return;
    if (continues && m_backlog > m_limits.queue) {
        close("it does not read its stream");
        return;
    }
    message.push_back('\0');
    m_backlog += message.size();
    m_out.push_back(std::move(message));
    write();
    update();
}

void Connection::write()
{
    while (!m_out.empty()) {
        const std::string& front = m_out.front();
        ssize_t n = ::send(m_fd.get(), front.data() + m_sent, front.size() - m_sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            if (errno != EAGAIN)
                close();
            return;
        }
        m_sent += static_cast<size_t>(n);
        m_backlog -= static_cast<size_t>(n);
        if (m_sent == front.size()) {
            m_out.pop_front();
            m_sent = 0;
        }
    }
    if (m_upgrade && !m_current)
        startRelay();
}

void Connection::update()
{
    if (m_closed || m_relay)
        return;
    m_reading = m_frames.size() <= m_limits.message;
    uint32_t events = (m_reading && !m_readClosed ? EPOLLIN : 0U) | (m_out.empty() ? 0U : EPOLLOUT);
    setEvents(m_source, events);
}

void Connection::startRelay()
{
    m_source.reset();
    auto relay = Relay::start(*m_loop, std::move(m_fd), std::move(m_upgrade), m_frames.takeRest(),
                              [self = weak_from_this(), this] {
                                  // Posted: the relay can't be destroyed by its own callback's caller.
                                  m_loop->post([self] {
                                      if (auto connection = self.lock())
                                          connection->close();
                                  });
                              });
    if (!relay) {
        close(relay.error().message);
        return;
    }
    m_relay = std::move(*relay);
}

void Connection::close(std::string_view why)
{
    if (m_closed)
        return;
    m_closed = true;
    auto keep = shared_from_this();
    if (!why.empty())
        m_server.complain(*m_peer, why);
    m_source.reset();
    m_relay.reset();
    m_fd.reset();
    m_upgrade.reset();
    m_out.clear();
    m_backlog = 0;
    m_current = nullptr;
    if (auto call = m_call.lock())
        call->closed();
    if (auto ended = std::exchange(m_upgradeEnded, {}))
        ended();
    m_server.forget(this);
}

} // namespace diptych::varlink
