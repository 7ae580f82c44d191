// One connection to a helper: bytes in frames that end with NUL, over a local socket or through ssh. After setRaw() the
// bytes pass as they are.
#pragma once

#include "client/address.h"

#include <QObject>
#include <QPointer>

class QIODevice;
class QLocalSocket;
class QProcess;

namespace diptych::client {

class Link final : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype MaxMessage = 16 * 1024 * 1024;
    enum class Problem { NotRunning, Denied, Closed, TooLarge, Ssh };

    explicit Link(Address address, QObject* parent = nullptr);
    ~Link() override;

    void open();
    void close();                  ///< without gone()
    void send(QByteArray message); ///< appends the NUL; kept until ready()
    void sendRaw(const QByteArray& bytes);
    void setRaw();
    /// Our half ends when all is sent; the other half goes on.
    void finishSending();
    /// While paused nothing is received, and a local helper waits; ssh's own buffer goes on filling.
    void setPaused(bool paused);
    [[nodiscard]] qint64 unsent() const; ///< bytes that wait in this process
    [[nodiscard]] bool isReady() const { return m_ready; }

signals:
    void ready();
    void message(const QByteArray& message);
    void received(const QByteArray& bytes); ///< after setRaw()
    void written(qint64 unsent);
    /// Once; nothing follows. detail is what the system or ssh said.
    void gone(diptych::client::Link::Problem problem, const QString& detail);

private:
    void openSocket();
    void openSsh();
    void becomeReady();
    void advance();
    void read();
    void deliver();
    void fail(Problem problem, const QString& detail);

    Address m_address;
    QPointer<QIODevice> m_device;
    QByteArray m_in;
    qsizetype m_searched = 0; ///< of m_in, for the end of a message
    QByteArray m_out;
    bool m_ready = false;
    bool m_raw = false;
    bool m_paused = false;
    bool m_finishing = false;
    bool m_ended = false;
};

} // namespace diptych::client
