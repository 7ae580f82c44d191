// Calls on one connection, answered in the order they were made (Varlink: replies carry no number). A call that timed
// out keeps its place, so that its late answer is not taken for the next one's.
#pragma once

#include "client/json.h"
#include "client/link.h"

#include <QDeadlineTimer>
#include <QTimer>

#include <deque>
#include <functional>

namespace diptych::client {

class CallLane final : public QObject
{
    Q_OBJECT
public:
    using Handler = std::function<void(const Reply&)>;

    explicit CallLane(Address address, QObject* parent = nullptr);
    ~CallLane() override;

    void open();
    [[nodiscard]] bool isOpen() const { return m_link != nullptr; }
    void call(const char* method, const Json& parameters, int timeout, Handler handler);
    /// Ends every open call with this error, and the connection; without gone().
    void close(const Error& error);

signals:
    void ready();
    void gone(diptych::client::Link::Problem problem, const QString& detail);

private:
    struct Pending
    {
        Handler handler; ///< empty once it has timed out
        QDeadlineTimer deadline;
    };
    void receive(const QByteArray& message);
    void expire();
    void watch();

    Address m_address;
    Link* m_link = nullptr;
    std::deque<Pending> m_pending;
    QTimer m_timer;
};

} // namespace diptych::client
