// One client's socket: reads frames, gives calls to the server one after the other (replies come in the order of the
// calls), queues what is sent. Loop's thread only.
#pragma once

#include "varlink/call.h"
#include "varlink/frame.h"
#include "varlink/limits.h"
#include "varlink/loop.h"
#include "varlink/relay.h"

#include <deque>

namespace diptych::varlink {

class Server;

class Connection final : public std::enable_shared_from_this<Connection>
{
public:
    Connection(Server& server, UniqueFd fd, Peer peer, const Limits& limits);
    Status start(Loop& loop);

    [[nodiscard]] const Peer& peer() const { return *m_peer; }
    [[nodiscard]] size_t backlog() const { return m_backlog; }
    void send(std::string message, bool continues);
    void upgradeWhenSent(UniqueFd fd, std::function<void()> ended)
    {
        m_upgrade = std::move(fd);
        m_upgradeEnded = std::move(ended);
    }
    void callFinished(const Call* call);
    /// Begins or lets pass the time a part of a message may take; closes when it is over.
    void checkPartial(std::chrono::steady_clock::time_point now);
    [[nodiscard]] bool partial() const { return !m_relay && m_reading && m_frames.partial(); }
    void close(std::string_view why = {});

private:
    void ready(uint32_t revents);
    void readSome();
    ssize_t receive(char* buffer, size_t size);
    void process();
    void dispatch(const std::string& text);
    void write();
    void update();
    void startRelay();

    Server& m_server;
    Loop* m_loop = nullptr;
    Limits m_limits;
    UniqueFd m_fd;
    Source m_source;
    std::shared_ptr<const Peer> m_peer;
    FrameReader m_frames;
    std::deque<std::string> m_out;
    size_t m_sent = 0;    ///< of m_out.front()
    size_t m_backlog = 0; ///< bytes in m_out
    const Call* m_current = nullptr;
    std::weak_ptr<Call> m_call;
    UniqueFd m_upgrade;
    std::function<void()> m_upgradeEnded;
    std::unique_ptr<Relay> m_relay;
    std::chrono::steady_clock::time_point m_partialSince{};
    bool m_inPartial = false;
    bool m_reading = true;     ///< false while a client sends on and on without taking answers
    bool m_readClosed = false; ///< the client will send no more
    bool m_processing = false;
    bool m_closed = false;
};

} // namespace diptych::varlink
