// What the kernel does to a running instance, found in what is measured each second: a process killed for lack of
// memory, and that the CPU limit begins to hold it back. Loop's thread.
#pragma once

#include "daemon/meter.h"

namespace diptych {

class KernelEvents final
{
public:
    struct Event
    {
        std::string instance, verb, message; ///< verb: "oomKilled", "throttled"
    };

    /// What is new since the last time. A kill is told three seconds later: an instance that ends of it tells it
    /// itself.
    std::vector<Event> check(const Meter& meter);
    std::vector<Event> check(const std::string& instance, const metrics::Point& point);
    void forget(const std::string& instance) { m_known.erase(instance); }

private:
    struct Known
    {
        int64_t time = 0;
        uint64_t kills = 0, told = 0;
        int64_t killedAt = 0;
        int heldBack = 0;         ///< seconds on end
        int64_t lastHeldBack = 0; ///< when it last was
        bool throttleTold = false;
    };
    std::map<std::string, Known> m_known;
};

} // namespace diptych
