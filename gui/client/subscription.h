// One stream of the helper ("more"), on a connection of its own. When it ends by itself it is asked for again.
#pragma once

#include "client/json.h"
#include "client/link.h"

#include <QTimer>

#include <functional>

namespace diptych::client {

class Subscription final : public QObject
{
    Q_OBJECT
public:
    /// snapshot: the first message since it was asked for.
    using Handler = std::function<void(const Json& parameters, bool snapshot)>;

    Subscription(Address address, const char* method, Handler handler, QObject* parent = nullptr);

    void start();
    void stop();

signals:
    void refused(const diptych::client::Error& error);

private:
    void ask();
    void receive(const QByteArray& message);
    void retry();

    Address m_address;
    const char* m_method;
    Handler m_handler;
    Link* m_link = nullptr;
    QTimer m_timer;
    int m_delay = 0;
    bool m_snapshot = true;
};

} // namespace diptych::client
