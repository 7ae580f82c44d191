// The newest points of one instance or of the host, at most ten minutes at one a second. A ring: appending never moves
// what is there.
#pragma once

#include "client/types.h"

#include <vector>

namespace diptych::models {

/// P has a member time (Unix ms). Index 0 is the oldest.
template <typename P>
class Ring final
{
public:
    static constexpr qsizetype Capacity = 600;

    [[nodiscard]] qsizetype size() const { return qsizetype(m_points.size()); }
    [[nodiscard]] bool isEmpty() const { return m_points.empty(); }
    [[nodiscard]] const P& at(qsizetype index) const { return m_points[(m_first + size_t(index)) % m_points.size()]; }
    [[nodiscard]] const P& last() const { return at(size() - 1); }
    [[nodiscard]] const P& first() const { return at(0); }

    /// A point that is not newer than the last one is dropped.
    void append(const P& point)
    {
        if (!isEmpty() && point.time <= last().time)
            return;
        if (size() < Capacity) {
            m_points.push_back(point);
            return;
        }
        m_points[m_first] = point;
        m_first = (m_first + 1) % m_points.size();
    }
    /// Puts what is older than the first point before it. older: oldest first.
    void prepend(const QList<P>& older)
    {
        std::vector<P> all;
        for (const P& point : older)
            if (isEmpty() || point.time < first().time)
                all.push_back(point);
        for (qsizetype i = 0; i < size(); ++i)
            all.push_back(at(i));
        const size_t excess = all.size() > size_t(Capacity) ? all.size() - size_t(Capacity) : 0;
        all.erase(all.begin(), all.begin() + qsizetype(excess));
        m_points = std::move(all);
        m_first = 0;
    }
    /// The newest count values of a member, oldest first: ring.series(&Point::cpu, 60).
    template <typename M>
    [[nodiscard]] QList<double> series(M P::*member, qsizetype count = Capacity) const
    {
        QList<double> values;
        const qsizetype from = qMax<qsizetype>(0, size() - count);
        values.reserve(size() - from);
        for (qsizetype i = from; i < size(); ++i)
            values.append(double(at(i).*member));
        return values;
    }

private:
    std::vector<P> m_points;
    size_t m_first = 0;
};

using History = Ring<client::Point>;
using HostHistory = Ring<client::HostPoint>;

} // namespace diptych::models
