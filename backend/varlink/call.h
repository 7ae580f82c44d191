// One call of one client, from its message to its last reply. On the loop's thread only; a worker that needs something
// of it gets a copy, and the reply is made where the work's result comes back to the loop.
#pragma once

#include "base/json.h"
#include "varlink/idl.h"
#include "varlink/peer.h"

#include <functional>
#include <memory>

namespace diptych::varlink {

class Connection;

/// How a method is called, and what counts against the limit of calls in flight.
enum class Mode {
    Plain,   ///< one reply
    Waiting, ///< one reply, but it may take as long as it likes: not counted
    Stream,  ///< needs "more": replies until the client goes away
    Upgrade, ///< needs "upgrade": the connection becomes raw bytes after the reply
};

class Call final
{
public:
    Call(std::weak_ptr<Connection> connection, std::shared_ptr<const Peer> peer, Json message);
    /// A call nobody answered gets an error, so that its client does not wait for ever.
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    [[nodiscard]] const std::string& method() const { return m_method; }
    [[nodiscard]] const Json& parameters() const { return m_parameters; }
    [[nodiscard]] bool more() const { return m_more; }
    [[nodiscard]] bool oneway() const { return m_oneway; }
    [[nodiscard]] bool wantsUpgrade() const { return m_upgrade; }
    [[nodiscard]] const Peer& peer() const { return *m_peer; }
    [[nodiscard]] std::shared_ptr<const Peer> peerPointer() const { return m_peer; }

    /// The only, or the last reply. Checked against the interface; what does not fit is logged and becomes Failed.
    void reply(Json parameters = Json::object());
    /// One reply of a stream, more will follow.
    void stream(Json parameters);
    /// As declared in org.diptych: {message}, {field, message} or, with the action in Error::field, {action, message}.
    void error(const Error& error);
    void error(const std::string& name, Json parameters);
    /// reply(), then the connection and fd are joined. ended: once, when they are parted or never came together.
    void upgrade(Json parameters, UniqueFd fd, std::function<void()> ended = {});

    /// False once the last reply was made or the client has gone.
    [[nodiscard]] bool alive() const;
    /// Bytes that the client has not taken yet. A stream of states skips or merges while there are some.
    [[nodiscard]] size_t backlog() const;
    /// Called when the client goes before the last reply.
    void onClosed(std::function<void()> closed) { m_onClosed.push_back(std::move(closed)); }

private:
    friend class Connection;
    friend class Server;
    void send(Json parameters, bool continues);
    void finish();
    void closed();

    std::weak_ptr<Connection> m_connection;
    std::shared_ptr<const Peer> m_peer;
    std::string m_method;
    Json m_parameters = Json::object();
    bool m_more = false, m_oneway = false, m_upgrade = false;
    bool m_done = false;
    const Interface* m_interface = nullptr; ///< of the method, once it is known
    const Method* m_definition = nullptr;
    std::vector<std::function<void()>> m_onClosed;
    std::function<void()> m_onFinished; ///< the server's count
};

using CallPointer = std::shared_ptr<Call>;

} // namespace diptych::varlink
