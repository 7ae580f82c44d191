// The last points of one instance, small: a thousand instances have 600,000 of them. What does not change from sweep to
// sweep is kept once; times are the sweeps', kept once for all.
#pragma once

#include "metrics/sampler.h"

#include <deque>

namespace diptych::metrics {

/// The moments of the last sweeps.
class SweepTimes final
{
public:
    explicit SweepTimes(size_t capacity) : m_times(capacity) {}
    void set(uint32_t round, int64_t time) { m_times[round % m_times.size()] = time; }
    [[nodiscard]] int64_t at(uint32_t round) const { return m_times[round % m_times.size()]; }
    [[nodiscard]] uint32_t capacity() const { return static_cast<uint32_t>(m_times.size()); }

private:
    std::vector<int64_t> m_times;
};

class Recent final
{
public:
    /// Rounds rise. What is older than the sweeps that times keeps is forgotten.
    void push(uint32_t round, const Point& point, const SweepTimes& times);
    /// Oldest first, of the rounds up to now. Memory in whole pages of 4 KiB, rates to seven digits.
    [[nodiscard]] std::vector<Point> values(uint32_t now, const SweepTimes& times) const;

private:
    struct Stretch
    {
        uint32_t first, last;         ///< rounds, with all between
        uint32_t memory, memoryGuest; ///< pages: up to 16 TiB
        uint32_t pids, oomKills;
        float cpu, throttled, read, write, receive, send;
        [[nodiscard]] bool sameAs(const Stretch& other) const;
    };
    static Stretch packed(uint32_t round, const Point& point);
    static Point unpacked(const Stretch& stretch, int64_t time);

    std::deque<Stretch> m_stretches;
};

} // namespace diptych::metrics
