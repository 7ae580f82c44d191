// What charts show that no stream brings: ranges of the history, and what was done to the instances meanwhile. An
// answer to an older question is dropped.
#pragma once

#include "client/client.h"
#include "widgets/linechart.h"

#include <QTimer>

namespace diptych::pages {

class ChartHistory final : public QObject
{
    Q_OBJECT
public:
    explicit ChartHistory(client::Client& client, QObject* parent = nullptr);

    /// ids: instances; "" is the host, and the events then those of all instances (the newest thousand of a question).
    /// Asked shortly after, so that a turned wheel is one question. count: points of each.
    void ask(const QStringList& ids, qint64 left, qint64 right, int count);
    /// Only what was done; the seconds come from elsewhere.
    void askEvents(const QStringList& ids, qint64 left, qint64 right);
    [[nodiscard]] const QList<widgets::ChartEvent>& events() const { return m_events; } ///< by time

signals:
    void rangeCame(int series, const diptych::client::Range& range); ///< series: index into the ids asked for
    void eventsChanged();
    void failed(const QString& why);

private:
    void send();
    void sendEvents();
    void merge(const QList<client::ActivityEntry>& entries);

    client::Client& m_client;
    QTimer m_timer;
    QStringList m_ids;
    qint64 m_left = 0, m_right = 0;
    int m_count = 0; ///< 0: events only
    int m_question = 0;
    QList<widgets::ChartEvent> m_events;
    QSet<qint64> m_known; ///< entries in m_events
};

/// Nothing for what does not change how an instance runs.
std::optional<widgets::ChartEvent> chartEvent(const client::ActivityEntry& entry);

} // namespace diptych::pages
