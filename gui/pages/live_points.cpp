#include "pages/live_points.h"

#include "client/wall_calls.h"

namespace diptych::pages {

void LivePoints::setIds(const QStringList& ids)
{
    m_all.clear();
    for (const QString& id : ids)
        m_all.push_back({id, {}, nullptr});
    follow();
}

void LivePoints::setWanted(bool wanted)
{
    if (wanted == m_wanted)
        return;
    m_wanted = wanted;
    follow();
}

bool LivePoints::isFresh(int series, qint64 now) const
{
    constexpr qint64 fresh = 1500;
    const models::History& known = points(series);
    return !known.isEmpty() && known.last().time > now - fresh;
}

void LivePoints::follow()
{
    for (size_t i = 0; i < m_all.size(); ++i) {
        One& one = m_all[i];
        if (!m_wanted)
            one.stream.reset();
        else if (!one.stream)
            one.stream = m_client.wallCalls().watch(one.id, [this, i](const client::Point& point) {
                m_all[i].points.append(point);
                emit came(int(i), point);
            });
    }
}

} // namespace diptych::pages
