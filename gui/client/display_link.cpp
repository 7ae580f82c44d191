#include "client/display_link.h"

#include "client/decode.h"
#include "client/encode.h"

#include <QLocalSocket>

#include <array>
#include <sys/socket.h>
#include <unistd.h>

namespace diptych::client {

DisplayLink::DisplayLink(Address address, const QString& id) : m_link(std::move(address))
{
    connect(&m_link, &Link::message, this, &DisplayLink::answer);
    connect(&m_link, &Link::received, this, [this](const QByteArray& bytes) {
        if (m_pump)
            m_pump->write(bytes);
    });
    connect(&m_link, &Link::gone, this, [this](Link::Problem problem, const QString& detail) {
        end(m_pump && problem == Link::Problem::Closed ? QString()
            : detail.isEmpty()                         ? tr("The connection has ended.")
                                                       : detail);
    });
    m_link.send(encodeCall("org.diptych.Machines.OpenDisplay", {{"id", encode(id)}}, Mode::Upgrade));
    // Not from here: whoever asked connects to its signals only after this.
    QMetaObject::invokeMethod(&m_link, &Link::open, Qt::QueuedConnection);
}

void DisplayLink::answer(const QByteArray& message)
{
    const Reply reply = decodeReply(message);
    if (reply.error)
        end(reply.error->message);
    else
        join();
}

void DisplayLink::join()
{
    std::array<int, 2> pair{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) < 0) {
        end(tr("No socket could be made for the display."));
        return;
    }
    m_pump = new QLocalSocket(this);
    m_pump->setSocketDescriptor(pair[0]);
    connect(m_pump, &QLocalSocket::readyRead, this, [this] { m_link.sendRaw(m_pump->readAll()); });
    connect(m_pump, &QLocalSocket::disconnected, this, [this] { end({}); });
    emit opened(pair[1]);
    m_link.setRaw();
}

void DisplayLink::end(const QString& error)
{
    if (std::exchange(m_ended, true))
        return;
    m_link.close();
    if (m_pump)
        m_pump->disconnectFromServer();
    emit closed(error);
}

} // namespace diptych::client
