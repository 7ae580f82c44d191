#include "daemon/meter.h"

#include "base/clock.h"

namespace diptych {

static constexpr int64_t stale = 5'000'000'000; ///< ns: older figures are not shown as the present

void Meter::add(Driver& driver)
{
    m_units.push_back(std::make_unique<Unit>());
    m_units.back()->sampler->addDriver(driver);
}

void Meter::start()
{
    if (m_units.empty()) // the host is measured also when nothing can run on it
        m_units.push_back(std::make_unique<Unit>());
    auto timer = m_loop.every(std::chrono::seconds(1), [this] { tick(); });
    if (timer)
        m_timer = std::move(*timer);
    tick();
}

void Meter::tick()
{
    for (auto& unit : m_units) {
        if (unit->sweeping)
            continue;
        unit->sweeping = true;
        bool first = unit == m_units.front();
        m_workers.run([sampler = unit->sampler] { return sampler->sweep(); },
                      [this, raw = unit.get(), first, alive = m_alive](metrics::Sweep sweep) {
                          if (!*alive)
                              return;
                          raw->sweeping = false;
                          raw->sweptAt = monotonicNanoseconds();
                          if (first)
                              m_host = sweep.host;
                          raw->newest = std::move(sweep);
                          if (!first)
                              return;
                          for (const Watcher& watcher : m_watchers)
                              watcher();
                      });
    }
}

std::vector<const std::pair<std::string, metrics::Point>*> Meter::instances() const
{
    std::vector<const std::pair<std::string, metrics::Point>*> result;
    for (const auto& unit : m_units) {
        if (monotonicNanoseconds() - unit->sweptAt > stale)
            continue;
        for (const auto& instance : unit->newest.instances)
            result.push_back(&instance);
    }
    return result;
}

std::vector<metrics::Point> Meter::history(const std::string& id) const
{
    for (const auto& unit : m_units) {
        auto points = unit->sampler->history(id);
        if (!points.empty())
            return points;
    }
    return {};
}

std::vector<metrics::HostPoint> Meter::hostHistory() const
{
    return m_units.empty() ? std::vector<metrics::HostPoint>() : m_units.front()->sampler->hostHistory();
}

void Meter::forget(const std::string& id)
{
    for (auto& unit : m_units)
        unit->sampler->forget(id);
}

} // namespace diptych
