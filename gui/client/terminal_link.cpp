#include "client/terminal_link.h"

#include "client/decode.h"
#include "client/encode.h"

namespace diptych::client {

using namespace Qt::StringLiterals;

TerminalLink::TerminalLink(Address address, const QString& id, const QString& session, int columns, int rows,
                           Resize resize)
    : m_link(std::move(address)), m_resize(std::move(resize))
{
    connect(&m_link, &Link::message, this, &TerminalLink::answer);
    connect(&m_link, &Link::received, this, &TerminalStream::received);
    connect(&m_link, &Link::gone, this, [this](Link::Problem problem, const QString& detail) {
        end(m_open && problem == Link::Problem::Closed ? QString()
            : detail.isEmpty()                         ? tr("The connection has ended.")
                                                       : detail);
    });
    Json parameters{{"id", encode(id)}, {"columns", columns}, {"rows", rows}};
    if (!session.isEmpty())
        parameters["session"] = encode(session);
    m_link.send(encodeCall("org.diptych.Instances.OpenTerminal", parameters, Mode::Upgrade));
    // Not from here: whoever asked for the terminal connects to its signals only after this.
    QMetaObject::invokeMethod(&m_link, &Link::open, Qt::QueuedConnection);
}

void TerminalLink::write(const QByteArray& bytes)
{
    // What is typed before the answer would be read as a second call.
    if (m_open && !m_ended)
        m_link.sendRaw(bytes);
}

void TerminalLink::resize(int columns, int rows)
{
    if (m_open)
        m_resize(m_session, columns, rows);
    else
        m_laterSize = {columns, rows};
}

void TerminalLink::answer(const QByteArray& message)
{
    const Reply reply = decodeReply(message);
    if (reply.error) {
        end(reply.error->message);
        return;
    }
    m_session = text(reply.parameters, "session");
    m_open = true;
    m_link.setRaw();
    if (m_laterSize)
        m_resize(m_session, m_laterSize->first, m_laterSize->second);
    emit opened();
}

void TerminalLink::end(const QString& error)
{
    if (std::exchange(m_ended, true))
        return;
    m_link.close();
    emit closed(error);
}

} // namespace diptych::client
