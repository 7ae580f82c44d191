// How fast bytes move, from the amounts of the last seconds.
#pragma once

#include <QtGlobal>

#include <deque>
#include <utility>

namespace diptych::models {

class RateMeter final
{
public:
    static constexpr qint64 Window = 6000; ///< ms
    static constexpr qint64 Least = 800;   ///< ms, before which nothing is told

    void add(qint64 time, qint64 done);
    [[nodiscard]] double rate() const;                          ///< bytes per second, negative: not known yet
    [[nodiscard]] qint64 left(qint64 done, qint64 total) const; ///< ms, negative: not known

private:
    std::deque<std::pair<qint64, qint64>> m_points;
};

} // namespace diptych::models
