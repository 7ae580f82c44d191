// The two kinds of streams: who must see the newest state (merged while they do not read), and who is told of each
// event.
#pragma once

#include "varlink/call.h"
#include "varlink/loop.h"

#include <functional>
#include <memory>
#include <set>
#include <vector>

namespace diptych {

/// Subscribers to a set of things with ids. Changes are gathered for a moment, and for as long as a client does not
/// take what it was sent: so a slow client costs a set of ids, never a growing queue.
class Fan final
{
public:
    /// Makes the message for the ids that changed since the last one.
    using Send = std::function<void(const varlink::CallPointer& call, const std::set<std::string>& ids)>;

    Fan(varlink::Loop& loop, std::chrono::milliseconds gather) : m_loop(loop), m_gather(gather) {}
    /// The first message is sent by the caller.
    void add(const varlink::CallPointer& call, Send send);
    void changed(const std::string& id);
    [[nodiscard]] bool empty() const { return m_subscribers.empty(); }

private:
    struct Subscriber
    {
        varlink::CallPointer call;
        Send send;
        std::set<std::string> ids;
    };
    void flush();
    void arm();

    varlink::Loop& m_loop;
    std::chrono::milliseconds m_gather;
    std::vector<std::unique_ptr<Subscriber>> m_subscribers;
    varlink::Source m_timer;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace diptych
