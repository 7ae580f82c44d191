// A terminal: OpenTerminal with "upgrade" on a connection of its own; sizes go by another connection.
#pragma once

#include "client/client.h"
#include "client/link.h"

namespace diptych::client {

class TerminalLink final : public TerminalStream
{
    Q_OBJECT
public:
    using Resize = std::function<void(const QString& session, int columns, int rows)>;

    TerminalLink(Address address, const QString& id, const QString& session, int columns, int rows, Resize resize);

    [[nodiscard]] QString session() const override { return m_session; }
    void write(const QByteArray& bytes) override;
    void resize(int columns, int rows) override;

private:
    void answer(const QByteArray& message);
    void end(const QString& error);

    Link m_link;
    QString m_session;
    Resize m_resize;
    std::optional<std::pair<int, int>> m_laterSize; ///< asked for before the session was there
    bool m_open = false;
    bool m_ended = false;
};

} // namespace diptych::client
