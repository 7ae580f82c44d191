#include "daemon/kernel_events.h"

#include <fmt/format.h>

namespace diptych {

static constexpr int64_t killDelay = 3000;
static constexpr double muchThrottled = 0.1; ///< of the time
static constexpr int throttledSeconds = 10;
static constexpr int64_t throttlePause = 600'000; ///< without it before it is told again

std::vector<KernelEvents::Event> KernelEvents::check(const Meter& meter)
{
    std::vector<Event> all;
    for (const auto* one : meter.instances()) {
        for (Event& event : check(one->first, one->second))
            all.push_back(std::move(event));
    }
    return all;
}

std::vector<KernelEvents::Event> KernelEvents::check(const std::string& instance, const metrics::Point& point)
{
    std::vector<Event> events;
    auto [it, isNew] = m_known.try_emplace(instance);
    Known& known = it->second;
    if (point.time <= known.time)
        return events;
    known.time = point.time;
    if (isNew || point.oomKills < known.told) // found running, or started anew
        known.kills = known.told = isNew ? point.oomKills : 0;
    if (point.oomKills != known.kills) {
        known.kills = point.oomKills;
        known.killedAt = point.time;
    }
    if (known.kills > known.told && point.time - known.killedAt >= killDelay) {
        events.push_back({instance, "oomKilled",
                          fmt::format("the kernel killed {} of its processes, for the memory limit was reached",
                                      known.kills - known.told)});
        known.told = known.kills;
    }
    known.heldBack = point.throttled >= muchThrottled ? known.heldBack + 1 : 0;
    if (known.throttleTold && known.heldBack == 0 && point.time - known.lastHeldBack > throttlePause)
        known.throttleTold = false;
    if (known.heldBack > 0)
        known.lastHeldBack = point.time;
    if (known.heldBack >= throttledSeconds && !std::exchange(known.throttleTold, true))
        events.push_back({instance, "throttled",
                          fmt::format("held back {:.0f} % of the time by its CPU limit", point.throttled * 100)});
    return events;
}

} // namespace diptych
