// Points of one or two instances ten times a second, of the last minute: asked for only while they are wanted.
#pragma once

#include "client/client.h"
#include "models/history.h"

#include <QStringList>

#include <memory>

namespace diptych::pages {

class LivePoints final : public QObject
{
    Q_OBJECT
public:
    LivePoints(client::Client& client, QObject* parent) : QObject(parent), m_client(client) {}

    void setIds(const QStringList& ids); ///< forgets those of others
    void setWanted(bool wanted);
    [[nodiscard]] bool isWanted() const { return m_wanted; }
    /// Oldest first.
    [[nodiscard]] const models::History& points(int series) const { return m_all.at(size_t(series)).points; }
    /// Whether it has one of within the last second and a half before now (Unix ms).
    [[nodiscard]] bool isFresh(int series, qint64 now) const;

signals:
    void came(int series, const diptych::client::Point& point);

private:
    struct One
    {
        QString id;
        models::History points;
        std::unique_ptr<QObject> stream;
    };
    void follow();

    client::Client& m_client;
    std::vector<One> m_all;
    bool m_wanted = false;
};

} // namespace diptych::pages
