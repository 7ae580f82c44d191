#include "daemon/watches.h"

#include "base/clock.h"

namespace diptych {

void Watches::add(const varlink::CallPointer& call, const std::string& id, Driver& driver, Convert convert)
{
    auto known = m_all.find(id);
    if (known == m_all.end()) {
        if (m_all.size() >= kMost) {
            call->error(Error{Code::Busy, fmt::format("{} instances are watched already", kMost), {}, 0});
            return;
        }
        auto timer = m_loop.every(kInterval, [this, id] { tick(id); });
        if (!timer) {
            call->error(timer.error());
            return;
        }
        One& one = m_all[id];
        one.driver = &driver;
        one.timer = std::move(*timer);
        known = m_all.find(id);
    }
    known->second.readers.emplace_back(call, convert);
    call->stream(Json::object());
    tick(id);
}

void Watches::tick(const std::string& id)
{
    auto found = m_all.find(id);
    if (found == m_all.end())
        return;
    One& one = found->second;
    std::erase_if(one.readers, [](const auto& reader) { return !reader.first->alive(); });
    if (one.readers.empty()) {
        // Not from within: the timer whose call this is goes with it.
        m_loop.post([this, id, alive = m_alive] {
            if (auto left = *alive ? m_all.find(id) : m_all.end();
                *alive && left != m_all.end() && left->second.readers.empty())
                m_all.erase(left);
        });
        return;
    }
    if (std::exchange(one.measuring, true))
        return;
    m_workers.run([driver = one.driver, id] { return driver->sampleOne(id); },
                  [this, id, alive = m_alive](const Result<Sample>& sample) {
                      if (*alive)
                          take(id, sample);
                  });
}

/// Of what does not run, or started anew, there is no point; the stream goes on.
void Watches::take(const std::string& id, const Result<Sample>& sample)
{
    auto found = m_all.find(id);
    if (found == m_all.end())
        return;
    One& one = found->second;
    one.measuring = false;
    if (sample && one.last && !metrics::ranBackwards(*one.last, *sample)) {
        const metrics::Point point = metrics::pointBetween(*one.last, *sample, unixMilliseconds());
        for (auto& [call, convert] : one.readers)
            if (call->alive() && call->backlog() == 0) // what is not read is left out, never queued
                call->stream({{"point", convert(point)}});
    }
    one.last = sample ? std::optional(*sample) : std::nullopt;
}

} // namespace diptych
