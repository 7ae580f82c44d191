#include "varlink/call.h"

#include "base/log.h"
#include "varlink/connection.h"
#include "varlink/validate.h"

namespace diptych::varlink {

Call::Call(std::weak_ptr<Connection> connection, std::shared_ptr<const Peer> peer, Json message)
    : m_connection(std::move(connection)), m_peer(std::move(peer))
{
    m_method = message["method"].get<std::string>();
    if (auto it = message.find("parameters"); it != message.end() && !it->is_null())
        m_parameters = std::move(*it);
    m_more = message.value("more", false);
    m_oneway = message.value("oneway", false);
    m_upgrade = message.value("upgrade", false);
}

Call::~Call()
{
    if (!m_done)
        error(Error{Code::Failed, "the helper gave no answer", {}, 0});
}

bool Call::alive() const
{
    return !m_done && !m_connection.expired();
}

size_t Call::backlog() const
{
    auto connection = m_connection.lock();
    return connection ? connection->backlog() : 0;
}

void Call::send(Json parameters, bool continues)
{
    auto connection = m_connection.lock();
    if (!connection || m_done)
        return;
    if (m_definition) {
        if (auto good = validate(*m_interface, m_definition->out, parameters); !good) {
            logf(Level::Error, "{}: the reply does not fit its description: {}", m_method, good.error().message);
            error(Error{Code::Failed, "the helper's answer was not as declared: " + good.error().message, {}, 0});
            return;
        }
    }
    if (!m_oneway) {
        Json message = {{"parameters", std::move(parameters)}};
        if (continues)
            message["continues"] = true;
        connection->send(dumpJson(message), continues);
    }
    if (!continues)
        finish();
}

void Call::reply(Json parameters)
{
    send(std::move(parameters), false);
}
void Call::stream(Json parameters)
{
    send(std::move(parameters), true);
}

void Call::error(const Error& error)
{
    Json parameters = {{"message", error.message}};
    if (error.code == Code::InvalidArgument)
        parameters["field"] = error.field;
    if (error.code == Code::PermissionDenied)
        parameters["action"] = error.field;
    this->error(std::string(errorName(error.code)), std::move(parameters));
}

void Call::error(const std::string& name, Json parameters)
{
    if (m_done)
        return;
    if (auto connection = m_connection.lock(); connection && !m_oneway)
        connection->send(dumpJson({{"error", name}, {"parameters", std::move(parameters)}}), false);
    finish();
}

void Call::upgrade(Json parameters, UniqueFd fd, std::function<void()> ended)
{
    auto connection = m_connection.lock();
    if (!connection || m_done || m_oneway) {
        if (ended)
            ended();
        return;
    }
    connection->upgradeWhenSent(std::move(fd), std::move(ended));
    reply(std::move(parameters));
}

void Call::finish()
{
    m_done = true;
    m_onClosed.clear();
    if (auto finished = std::exchange(m_onFinished, {}))
        finished();
    if (auto connection = m_connection.lock())
        connection->callFinished(this);
}

void Call::closed()
{
    if (m_done)
        return;
    m_done = true;
    m_connection.reset();
    if (auto finished = std::exchange(m_onFinished, {}))
        finished();
    auto callbacks = std::move(m_onClosed);
    for (auto& callback : callbacks)
        callback();
}

} // namespace diptych::varlink
