#include "client/subscription.h"

#include "client/backoff.h"
#include "client/decode.h"
#include "client/encode.h"

namespace diptych::client {

Subscription::Subscription(Address address, const char* method, Handler handler, QObject* parent)
    : QObject(parent), m_address(std::move(address)), m_method(method), m_handler(std::move(handler))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Subscription::ask);
}

void Subscription::start()
{
    stop();
    m_delay = 0;
    ask();
}

void Subscription::stop()
{
    m_timer.stop();
    if (!m_link)
        return;
    m_link->close();
    m_link->deleteLater();
    m_link = nullptr;
}

void Subscription::ask()
{
    m_snapshot = true;
    m_link = new Link(m_address, this);
    connect(m_link, &Link::message, this, &Subscription::receive);
    connect(m_link, &Link::gone, this, &Subscription::retry);
    m_link->open();
    m_link->send(encodeCall(m_method, Json::object(), Mode::More));
}

void Subscription::receive(const QByteArray& message)
{
    bool continues = false;
    const Reply reply = decodeReply(message, &continues);
    if (reply.error) {
        retry();
        emit refused(*reply.error);
        return;
    }
    m_delay = 0;
    const bool snapshot = std::exchange(m_snapshot, false);
    if (!continues)
        retry();
    m_handler(reply.parameters, snapshot);
}

void Subscription::retry()
{
    stop();
    m_delay = nextDelay(m_delay);
    m_timer.start(m_delay);
}

} // namespace diptych::client
