#include "daemon/streams.h"

namespace diptych {

void Fan::add(const varlink::CallPointer& call, Send send)
{
    auto subscriber = std::make_unique<Subscriber>();
    subscriber->call = call;
    subscriber->send = std::move(send);
    m_subscribers.push_back(std::move(subscriber));
    std::weak_ptr<bool> alive = m_alive;
    call->onClosed([this, alive, raw = call.get()] {
        if (alive.expired())
            return;
        // Later: this may run inside flush().
        m_loop.post([this, alive, raw] {
            if (!alive.expired())
                std::erase_if(m_subscribers, [raw](const auto& one) { return one->call.get() == raw; });
        });
    });
}

void Fan::changed(const std::string& id)
{
    for (auto& subscriber : m_subscribers)
        subscriber->ids.insert(id);
    if (!m_subscribers.empty())
        arm();
}

void Fan::arm()
{
    if (m_timer)
        return;
    if (auto timer = m_loop.after(m_gather, [this] { flush(); }))
        m_timer = std::move(*timer);
}

void Fan::flush()
{
    m_timer.reset();
    std::erase_if(m_subscribers, [](const auto& one) { return !one->call->alive(); });
    bool left = false;
    for (size_t i = 0; i < m_subscribers.size(); ++i) {
        Subscriber& subscriber = *m_subscribers[i];
        if (subscriber.ids.empty() || !subscriber.call->alive())
            continue;
        if (subscriber.call->backlog() > 0) {
            left = true;
            continue;
        }
        auto ids = std::exchange(subscriber.ids, {});
        subscriber.send(subscriber.call, ids);
    }
    if (left)
        arm();
}

} // namespace diptych
