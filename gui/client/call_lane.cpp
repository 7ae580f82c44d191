#include "client/call_lane.h"

#include "client/decode.h"
#include "client/encode.h"
#include "client/errors.h"

namespace diptych::client {

CallLane::CallLane(Address address, QObject* parent) : QObject(parent), m_address(std::move(address))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &CallLane::expire);
}

CallLane::~CallLane() = default;

void CallLane::open()
{
    m_link = new Link(m_address, this);
    connect(m_link, &Link::ready, this, &CallLane::ready);
    connect(m_link, &Link::message, this, &CallLane::receive);
    connect(m_link, &Link::gone, this, &CallLane::gone);
    m_link->open();
}

void CallLane::call(const char* method, const Json& parameters, int timeout, Handler handler)
{
    m_pending.push_back({std::move(handler), QDeadlineTimer(timeout)});
    m_link->send(encodeCall(method, parameters));
    watch();
}

void CallLane::close(const Error& error)
{
    if (m_link) {
        m_link->close();
        m_link->deleteLater();
        m_link = nullptr;
    }
    m_timer.stop();
    const auto pending = std::exchange(m_pending, {});
    for (const Pending& call : pending)
        if (call.handler)
            call.handler({{}, error});
}

void CallLane::receive(const QByteArray& message)
{
    if (m_pending.empty())
        return;
    const Handler handler = std::move(m_pending.front().handler);
    m_pending.pop_front();
    watch();
    if (handler)
        handler(decodeReply(message));
}

void CallLane::expire()
{
    std::vector<Handler> late;
    for (Pending& call : m_pending)
        if (call.handler && call.deadline.hasExpired())
            late.push_back(std::exchange(call.handler, {}));
    watch();
    for (const Handler& handler : late)
        handler({{}, Error{errors::TimedOut, tr("The helper did not answer in time."), {}}});
}

void CallLane::watch()
{
    qint64 next = -1;
    for (const Pending& call : m_pending)
        if (call.handler && (next < 0 || call.deadline.remainingTime() < next))
            next = call.deadline.remainingTime();
    if (next < 0)
        m_timer.stop();
    else
        m_timer.start(int(next));
}

} // namespace diptych::client
