#include "varlink/server.h"

#include "base/log.h"
#include "varlink/validate.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace diptych::varlink {

Server::Server(Loop& loop, Product product, Limits limits)
    : m_loop(loop), m_product(std::move(product)), m_limits(limits), m_reserve(open("/dev/null", O_RDONLY | O_CLOEXEC))
{
}

Server::~Server()
{
    *m_alive = false;
    auto connections = std::move(m_connections);
    for (auto& [raw, connection] : connections)
        connection->close();
    for (auto& listener : m_listeners) {
        if (!listener->path.empty())
            unlink(listener->path.c_str());
    }
}

Status Server::addInterface(std::string_view text)
{
    Interface interface = TRY(parseInterface(text));
    m_texts[interface.name] = text;
    m_interfaces[interface.name] = std::move(interface);
    return {};
}

Status Server::handle(const std::string& method, Mode mode, Handler handler)
{
    auto [interface, name] = splitMethod(method);
    auto it = m_interfaces.find(interface);
    if (it == m_interfaces.end() || !it->second.method(name))
        return fail(Code::NotFound, fmt::format("{} is in no interface", method));
    m_methods[method] = {mode, std::move(handler)};
    return {};
}

/// A socket file on which nobody answers is left from a helper that was killed.
static Status clearSocket(const std::string& path, const sockaddr_un& address)
{
    UniqueFd probe(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!probe)
        return failErrno("making a socket");
    int result = connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    if (result == 0 || errno == EAGAIN)
        return fail(Code::Exists, fmt::format("somebody listens on {}", path));
    if (errno == ECONNREFUSED && unlink(path.c_str()) < 0)
        return failErrno(fmt::format("removing the old {}", path));
    return {};
}

Status Server::listen(const std::string& path, mode_t mode, gid_t group)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return failField("socket", fmt::format("{} is too long for a socket", path));
    memcpy(address.sun_path, path.c_str(), path.size());
    TRY(clearSocket(path, address));
    UniqueFd fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd)
        return failErrno("making a socket");
    // Nobody can connect between bind() and listen(): so the file's mode and group are right before that.
    mode_t before = umask(0177);
    int result = bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    umask(before);
    if (result < 0)
        return failErrno(fmt::format("binding {}", path));
    if (group != static_cast<gid_t>(-1) && chown(path.c_str(), static_cast<uid_t>(-1), group) < 0)
        return failErrno(fmt::format("giving {} to group {}", path, group));
    if (chmod(path.c_str(), mode) < 0)
        return failErrno(fmt::format("setting the mode of {}", path));
    if (::listen(fd.get(), 128) < 0)
        return failErrno(fmt::format("listening on {}", path));
    TRY(adopt(std::move(fd)));
    m_listeners.back()->path = path;
    return {};
}

Status Server::adopt(UniqueFd listener)
{
    TRY(setNonBlocking(listener.get()));
    auto entry = std::make_unique<Listener>();
    int fd = listener.get();
    entry->fd = std::move(listener);
    entry->source = TRY(m_loop.watch(fd, EPOLLIN, [this, fd](uint32_t) { acceptSome(fd); }));
    m_listeners.push_back(std::move(entry));
    return {};
}

void Server::acceptSome(int listener)
{
    for (int i = 0; i < 16; ++i) { // then the clients that are here get their turn
        UniqueFd fd(accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (fd) {
            admit(std::move(fd));
        } else if (errno == EMFILE || errno == ENFILE) {
            m_reserve.reset();
            UniqueFd turnedAway(accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
            turnedAway.reset();
            m_reserve.reset(open("/dev/null", O_RDONLY | O_CLOEXEC));
            return;
        } else if (errno != EINTR && errno != ECONNABORTED) {
            return;
        }
    }
}

bool Server::full(uid_t uid) const
{
    auto it = m_connectionsOf.find(uid);
    size_t have = it == m_connectionsOf.end() ? 0 : it->second;
    return m_connections.size() >= m_limits.connections ||
           have >= (uid == 0 ? m_limits.connectionsOfRoot : m_limits.connectionsOfUser);
}

void Server::admit(UniqueFd fd)
{
    auto peer = identifyPeer(fd.get());
    if (!peer) {
        logf(Level::Warning, "turning a client away: {}", peer.error().message);
        return;
    }
    uid_t uid = peer->uid;
    if (full(uid)) {
        complain(*peer, "it has too many connections");
        static constexpr std::string_view answer =
            R"({"error":"org.diptych.TooMany","parameters":{"message":"too many connections"}})";
        // The literal's own terminating NUL ends the message.
        (void)send(fd.get(), answer.data(), answer.size() + 1, MSG_DONTWAIT | MSG_NOSIGNAL);
        return;
    }
    auto connection = std::make_shared<Connection>(*this, std::move(fd), std::move(*peer), m_limits);
    if (auto started = connection->start(m_loop); !started) {
        logf(Level::Warning, "turning a client away: {}", started.error().message);
        return;
    }
    ++m_connectionsOf[uid];
    m_connections[connection.get()] = connection;
}

void Server::forget(const Connection* connection)
{
    auto it = m_connections.find(connection);
    if (it == m_connections.end())
        return;
    auto of = m_connectionsOf.find(connection->peer().uid);
    if (of != m_connectionsOf.end() && --of->second == 0)
        m_connectionsOf.erase(of);
    // It may be on the stack: it goes when the loop comes round.
    m_loop.post([keep = std::move(it->second)] {});
    m_connections.erase(it);
}

bool Server::count(const CallPointer& call, const Entry& entry)
{
    if (entry.mode != Mode::Plain)
        return true;
    uid_t uid = call->peer().uid;
    size_t& calls = m_callsOf[uid];
    if (calls >= (uid == 0 ? m_limits.callsOfRoot : m_limits.callsOfUser)) {
        call->error("org.diptych.TooMany", {{"message", "too many calls that have no answer yet"}});
        return false;
    }
    ++calls;
    call->m_onFinished = [this, uid, alive = m_alive] {
        if (!*alive)
            return;
        auto it = m_callsOf.find(uid);
        if (it != m_callsOf.end() && --it->second == 0)
            m_callsOf.erase(it);
    };
    return true;
}

void Server::dispatch(CallPointer call)
{
    auto [interfaceName, methodName] = splitMethod(call->method());
    auto interface = m_interfaces.find(interfaceName);
    if (interface == m_interfaces.end()) {
        call->error("org.varlink.service.InterfaceNotFound", {{"interface", interfaceName}});
        return;
    }
    call->m_interface = &interface->second;
    call->m_definition = interface->second.method(methodName);
    if (!call->m_definition) {
        call->error("org.varlink.service.MethodNotFound", {{"method", call->method()}});
        return;
    }
    auto entry = m_methods.find(call->method());
    if (entry == m_methods.end()) {
        call->error("org.varlink.service.MethodNotImplemented", {{"method", call->method()}});
        return;
    }
    if (!count(call, entry->second))
        return;
    auto proceed = [this, call, &entry = entry->second] { checkAndRun(call, entry); };
    if (!m_gate || interfaceName == "org.varlink.service")
        proceed();
    else
        m_gate(call, std::move(proceed));
}

void Server::checkAndRun(const CallPointer& call, const Entry& entry)
{
    if (!call->alive())
        return;
    if (entry.mode == Mode::Stream && (!call->more() || call->oneway())) {
        call->error("org.varlink.service.ExpectedMore", Json::object());
        return;
    }
    bool upgrades = entry.mode == Mode::Upgrade;
    if (call->wantsUpgrade() != upgrades || (upgrades && call->oneway())) {
        call->error("org.varlink.service.InvalidParameter", {{"parameter", "upgrade"}});
        return;
    }
    if (auto good = validate(*call->m_interface, call->m_definition->in, call->parameters()); !good) {
        call->error("org.varlink.service.InvalidParameter", {{"parameter", good.error().field}});
        return;
    }
    entry.handler(call);
}

void Server::watchPartial()
{
    if (m_partialTimer)
        return;
    auto timer = m_loop.every(std::chrono::seconds(1), [this] {
        auto now = std::chrono::steady_clock::now();
        bool any = false;
        auto connections = m_connections;
        for (auto& [raw, connection] : connections) {
            connection->checkPartial(now);
            any = any || connection->partial();
        }
        if (!any) // nothing to look at: no wake-ups
            m_partialTimer.reset();
    });
    if (timer)
        m_partialTimer = std::move(*timer);
}

/// One line a minute for each user: a client must not be able to fill the log.
void Server::complain(const Peer& peer, std::string_view why)
{
    auto now = std::chrono::steady_clock::now();
    auto& last = m_complained[peer.uid];
    if (last != std::chrono::steady_clock::time_point{} && now - last < std::chrono::minutes(1))
        return;
    last = now;
    logf(Level::Notice, "client {} of user {} cut off: {}", peer.pid, peer.uid, why);
}

} // namespace diptych::varlink
