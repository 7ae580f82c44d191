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
    /// Turns a message into values, on whatever thread, and gives back what tells them, for the GUI thread. snapshot:
    /// the first message since it was asked for.
    using Handler = std::function<std::function<void()>(const Json& parameters, bool snapshot)>;

    Subscription(Address address, const char* method, Handler handler, QObject* parent = nullptr,
                 Json parameters = Json::object());

    void start();
    void stop();

signals:
    void refused(const diptych::client::Error& error);

private:
    /// Bytes. To read a thousand instances takes longer than a frame: such a message is read on another thread.
    static constexpr qsizetype Large = 32 * 1024;
    struct Decoded
    {
        std::optional<Error> error;
        bool continues = false;
        std::function<void()> tell;
    };
    static Decoded decode(const Handler& handler, const QByteArray& message, bool snapshot);
    void ask();
    void receive(const QByteArray& message);
    void readNext();
    void deliver(const Decoded& decoded);
    void retry();

    Address m_address;
    const char* m_method;
    Json m_parameters;
    Handler m_handler;
    Link* m_link = nullptr;
    QTimer m_timer;
    int m_delay = 0;
    bool m_snapshot = true;
    QByteArrayList m_waiting; ///< messages behind a large one
    bool m_reading = false;   ///< one, on another thread
    int m_epoch = 0;          ///< what was read for an earlier one is old
};

} // namespace diptych::client
