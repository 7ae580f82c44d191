#include "metrics/recent.h"

#include <algorithm>
#include <limits>

namespace diptych::metrics {

static constexpr uint64_t pageSize = 4096;

template <typename T>
static uint32_t clamped(T value)
{
    return static_cast<uint32_t>(std::min<uint64_t>(value, std::numeric_limits<uint32_t>::max()));
}

bool Recent::Stretch::sameAs(const Stretch& other) const
{
    return memory == other.memory && memoryGuest == other.memoryGuest && pids == other.pids &&
           oomKills == other.oomKills && cpu == other.cpu && throttled == other.throttled && read == other.read &&
           write == other.write && receive == other.receive && send == other.send;
}

Recent::Stretch Recent::packed(uint32_t round, const Point& p)
{
    return {round,
            round,
            clamped(p.memory / pageSize),
            clamped(p.memoryGuest / pageSize),
            clamped(p.pids),
            clamped(p.oomKills),
            static_cast<float>(p.cpu),
            static_cast<float>(p.throttled),
            static_cast<float>(p.readRate),
            static_cast<float>(p.writeRate),
            static_cast<float>(p.receiveRate),
            static_cast<float>(p.sendRate)};
}

Point Recent::unpacked(const Stretch& s, int64_t time)
{
    Point p;
    p.time = time;
    p.cpu = double{s.cpu};
    p.memory = s.memory * pageSize;
    p.memoryGuest = s.memoryGuest * pageSize;
    p.pids = s.pids;
    p.readRate = double{s.read};
    p.writeRate = double{s.write};
    p.receiveRate = double{s.receive};
    p.sendRate = double{s.send};
    p.throttled = double{s.throttled};
    p.oomKills = s.oomKills;
    return p;
}

void Recent::push(uint32_t round, const Point& point, const SweepTimes& times)
{
    while (!m_stretches.empty() && round - m_stretches.front().last >= times.capacity())
        m_stretches.pop_front();
    Stretch next = packed(round, point);
    if (!m_stretches.empty() && m_stretches.back().last + 1 == round && m_stretches.back().sameAs(next))
        m_stretches.back().last = round;
    else
        m_stretches.push_back(next);
}

std::vector<Point> Recent::values(uint32_t now, const SweepTimes& times) const
{
    std::vector<Point> points;
    for (const Stretch& stretch : m_stretches)
        for (uint32_t round = stretch.first; round <= stretch.last; ++round)
            if (now - round < times.capacity())
                points.push_back(unpacked(stretch, times.at(round)));
    return points;
}

} // namespace diptych::metrics
