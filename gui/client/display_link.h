// A display: OpenDisplay with "upgrade" on a connection of its own, pumped into a socket pair whose other end the
// decoder's thread reads. So it is the same over a local socket and through ssh.
#pragma once

#include "client/link.h"
#include "client/machine_calls.h"

class QLocalSocket;

namespace diptych::client {

class DisplayLink final : public DisplayStream
{
    Q_OBJECT
public:
    DisplayLink(Address address, const QString& id);

private:
    void answer(const QByteArray& message);
    void join();
    void end(const QString& error);

    Link m_link;
    QLocalSocket* m_pump = nullptr;
    bool m_ended = false;
};

} // namespace diptych::client
