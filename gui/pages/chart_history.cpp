#include "pages/chart_history.h"

#include "models/activity_model.h"
#include "models/statements.h"

#include <QCoreApplication>

#include <algorithm>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using widgets::ChartEvent;
using widgets::Tone;

namespace {

struct ChartEventWords
{
    Q_DECLARE_TR_FUNCTIONS(ChartEventWords)
};

constexpr int askDelay = 60;

QString labelOf(const QString& verb)
{
    if (verb == u"oomKilled"_s)
        return ChartEventWords::tr("OOM killed");
    if (verb == u"throttled"_s)
        return ChartEventWords::tr("throttled");
    return verb == u"exited"_s ? ChartEventWords::tr("ended") : models::verbPast(verb);
}

} // namespace

std::optional<ChartEvent> chartEvent(const client::ActivityEntry& entry)
{
    static const QHash<QString, Tone> tones{
        {u"start"_s, Tone::Good},     {u"restart"_s, Tone::Good},   {u"resume"_s, Tone::Good},
        {u"stop"_s, Tone::Muted},     {u"kill"_s, Tone::Muted},     {u"pause"_s, Tone::Muted},
        {u"exited"_s, Tone::Muted},   {u"setLimits"_s, Tone::Warn}, {u"changeHardware"_s, Tone::Warn},
        {u"throttled"_s, Tone::Warn}, {u"oomKilled"_s, Tone::Bad},  {u"revertSnapshot"_s, Tone::Warn}};
    const auto tone = tones.constFind(entry.verb);
    if (tone == tones.cend() || (entry.outcome != u"ok"_s && entry.action != u"event"_s))
        return std::nullopt;
    const QStringList words{entry.subject, models::ActivityModel::sentence(entry), models::ActivityModel::who(entry)};
    return ChartEvent{entry.time, labelOf(entry.verb), words.join(u" · "_s), *tone};
}

ChartHistory::ChartHistory(client::Client& client, QObject* parent) : QObject(parent), m_client(client)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(askDelay);
    connect(&m_timer, &QTimer::timeout, this, &ChartHistory::send);
    connect(&client, &client::Client::activityAdded, this,
            [this](const QList<client::ActivityEntry>& entries, bool snapshot) {
                if (!snapshot)
                    merge(entries);
            });
}

void ChartHistory::ask(const QStringList& ids, qint64 left, qint64 right, int count)
{
    if (ids != m_ids) {
        m_events.clear();
        m_known.clear();
    }
    m_ids = ids;
    m_left = left;
    m_right = right;
    m_count = count;
    ++m_question;
    if (!m_timer.isActive())
        m_timer.start();
}

void ChartHistory::askEvents(const QStringList& ids, qint64 left, qint64 right)
{
    ask(ids, left, right, 0);
}

void ChartHistory::send()
{
    sendEvents();
    for (int series = 0; m_count > 0 && series < m_ids.size(); ++series)
        m_client.range(m_ids.at(series), std::max<qint64>(0, m_left), m_right, m_count, this,
                       [this, series, question = m_question](const client::Answer<client::Range>& answer) {
                           if (question != m_question)
                               return;
                           if (answer)
                               emit rangeCame(series, answer.value());
                           else
                               emit failed(models::errorText(answer.error()));
                       });
}

void ChartHistory::sendEvents()
{
    for (const QString& id : std::as_const(m_ids))
        m_client.activityOf(id, std::max<qint64>(0, m_left), m_right, this,
                            [this, ids = m_ids](const client::Answer<QList<client::ActivityEntry>>& answer) {
                                if (answer && ids == m_ids)
                                    merge(answer.value());
                            });
}

void ChartHistory::merge(const QList<client::ActivityEntry>& entries)
{
    const qsizetype before = m_events.size();
    for (const client::ActivityEntry& entry : entries) {
        const bool ofAll = m_ids.contains(QString());
        if ((!ofAll && !m_ids.contains(entry.instance)) || m_known.contains(entry.id))
            continue;
        if (auto event = chartEvent(entry)) {
            if (ofAll) //: what was done to an instance: its name, and "started"
                event->label = ChartEventWords::tr("%1 %2").arg(entry.subject, event->label);
            m_known.insert(entry.id);
            m_events.append(*event);
        }
    }
    if (m_events.size() == before)
        return;
    std::sort(m_events.begin(), m_events.end(), [](const auto& a, const auto& b) { return a.time < b.time; });
    emit eventsChanged();
}

} // namespace diptych::pages
