// A Varlink service: interfaces, who handles which method, listening sockets and the clients on them. Loop's thread
// only. Every call goes the same way, and the order matters:
//   identity (at accept) -> limits of framing -> method known -> gate (authorization) -> parameters checked -> handler.
// A caller who may not gets nothing of its parameters parsed beyond JSON.
#pragma once

#include "varlink/call.h"
#include "varlink/connection.h"
#include "varlink/limits.h"
#include "varlink/loop.h"

#include <map>

namespace diptych::varlink {

struct Product
{
    std::string vendor, name, version, url;
};

using Handler = std::function<void(const CallPointer&)>;
/// Calls proceed when the call may go on, now or later; else answers the call.
using Gate = std::function<void(const CallPointer&, std::function<void()> proceed)>;

class Server final
{
public:
    Server(Loop& loop, Product product, Limits limits = {});
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    Status addInterface(std::string_view text);
    /// method: "org.diptych.Ping"; it must stand in an interface that was added.
    Status handle(const std::string& method, Mode mode, Handler handler);
    void setGate(Gate gate) { m_gate = std::move(gate); }
    /// Replaces a socket that nobody listens on. mode and group apply before the first client can connect.
    Status listen(const std::string& path, mode_t mode, gid_t group = static_cast<gid_t>(-1));
    /// A socket that listens already (socket activation).
    Status adopt(UniqueFd listener);

    [[nodiscard]] const std::map<std::string, Interface, std::less<>>& interfaces() const { return m_interfaces; }
    [[nodiscard]] const Product& product() const { return m_product; }
    [[nodiscard]] const std::string& text(const std::string& interface) const { return m_texts.at(interface); }
    [[nodiscard]] size_t connections() const { return m_connections.size(); }
    [[nodiscard]] bool handled(const std::string& method) const { return m_methods.count(method) > 0; }

private:
    friend class Connection;
    struct Entry
    {
        Mode mode = Mode::Plain;
        Handler handler;
    };
    void acceptSome(int listener);
    void admit(UniqueFd fd);
    bool full(uid_t uid) const;
    void dispatch(CallPointer call);
    void checkAndRun(const CallPointer& call, const Entry& entry);
    bool count(const CallPointer& call, const Entry& entry);
    void forget(const Connection* connection);
    void watchPartial();
    void complain(const Peer& peer, std::string_view why);

    Loop& m_loop;
    Product m_product;
    Limits m_limits;
    std::map<std::string, Interface, std::less<>> m_interfaces;
    std::map<std::string, std::string, std::less<>> m_texts;
    std::map<std::string, Entry, std::less<>> m_methods;
    Gate m_gate;
    struct Listener
    {
        UniqueFd fd;
        Source source;
        std::string path; ///< to be removed at the end, empty when it is not ours
    };
    std::vector<std::unique_ptr<Listener>> m_listeners;
    std::map<const Connection*, std::shared_ptr<Connection>> m_connections;
    std::map<uid_t, size_t> m_connectionsOf, m_callsOf;
    UniqueFd m_reserve; ///< given up for a moment when descriptors run out, so that clients can be turned away
    Source m_partialTimer;
    std::map<uid_t, std::chrono::steady_clock::time_point> m_complained;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

/// Adds org.varlink.service.
Status addService(Server& server);

} // namespace diptych::varlink
