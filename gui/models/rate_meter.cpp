#include "models/rate_meter.h"

namespace diptych::models {

void RateMeter::add(qint64 time, qint64 done)
{
    // Less than before: another step began to count anew.
    if (!m_points.empty() && done < m_points.back().second)
        m_points.clear();
    if (!m_points.empty() && time <= m_points.back().first) {
        m_points.back().second = done;
        return;
    }
    m_points.emplace_back(time, done);
    while (m_points.size() > 2 && m_points.front().first < time - Window)
        m_points.pop_front();
}

double RateMeter::rate() const
{
    if (m_points.size() < 2 || m_points.back().first - m_points.front().first < Least)
        return -1;
    const auto moved = double(m_points.back().second - m_points.front().second);
    return moved * 1000 / double(m_points.back().first - m_points.front().first);
}

qint64 RateMeter::left(qint64 done, qint64 total) const
{
    const double speed = rate();
    if (speed <= 0 || total <= 0 || done > total)
        return -1;
    return qint64(double(total - done) / speed * 1000);
}

} // namespace diptych::models
