#include "client/subscription.h"

#include "client/backoff.h"
#include "client/decode.h"
#include "client/encode.h"

#include <QCoreApplication>
#include <QThreadPool>

namespace diptych::client {

Subscription::Subscription(Address address, const char* method, Handler handler, QObject* parent, Json parameters)
    : QObject(parent),
      m_address(std::move(address)),
      m_method(method),
      m_parameters(std::move(parameters)),
      m_handler(std::move(handler))
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
    ++m_epoch;
    m_waiting.clear();
    m_reading = false;
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
    m_link->send(encodeCall(m_method, m_parameters, Mode::More));
}

void Subscription::receive(const QByteArray& message)
{
    // A small message is read at once, unless one before it is still being read: order is kept.
    if (m_reading || message.size() > Large) {
        m_waiting.append(message);
        readNext();
        return;
    }
    deliver(decode(m_handler, message, std::exchange(m_snapshot, false)));
}

Subscription::Decoded Subscription::decode(const Handler& handler, const QByteArray& message, bool snapshot)
{
    Decoded result;
    const Reply reply = decodeReply(message, &result.continues);
    result.error = reply.error;
    if (!reply.error)
        result.tell = handler(reply.parameters, snapshot);
    return result;
}

void Subscription::readNext()
{
    if (m_reading || m_waiting.isEmpty())
        return;
    m_reading = true;
    QThreadPool::globalInstance()->start([self = QPointer<Subscription>(this), handler = m_handler, epoch = m_epoch,
                                          message = m_waiting.takeFirst(),
                                          snapshot = std::exchange(m_snapshot, false)] {
        auto decoded = std::make_shared<Decoded>(decode(handler, message, snapshot));
        QMetaObject::invokeMethod(
            qApp,
            [self, decoded, epoch] {
                if (!self || self->m_epoch != epoch)
                    return; // asked anew meanwhile, or gone
                self->m_reading = false;
                self->deliver(*decoded);
                if (self)
                    self->readNext();
            },
            Qt::QueuedConnection);
    });
}

void Subscription::deliver(const Decoded& decoded)
{
    if (decoded.error) {
        const Error error = *decoded.error;
        retry();
        emit refused(error);
        return;
    }
    m_delay = 0;
    if (!decoded.continues)
        retry();
    decoded.tell();
}

void Subscription::retry()
{
    stop();
    m_delay = nextDelay(m_delay);
    m_timer.start(m_delay);
}

} // namespace diptych::client
