#include "pages/recent_card.h"

#include "models/formatting.h"
#include "pages/parts.h"
#include "widgets/kind.h"

#include <QDateTime>
#include <QGridLayout>
#include <QLocale>

namespace diptych::pages {

using widgets::Tone;

namespace {
constexpr int shownEntries = 8;
constexpr int patience = 100; ///< ms: what happens in bursts is laid out once

/// Beside a name and a sentence a whole date takes the room of the sentence.
QString shortTime(qint64 time)
{
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(time);
    if (time <= 0 || moment.date() == QDate::currentDate())
        return models::timeOfDay(time);
    return QLocale().toString(moment.date(), RecentCard::tr("d MMM", "a date")) +
           moment.time().toString(QStringLiteral(" HH:mm"));
}

} // namespace

RecentCard::RecentCard(const Context& context, QWidget* parent)
    : Card(tr("Activity"), parent), m_context(context), m_grid(new QGridLayout)
{
    QPushButton* all = linkButton(tr("Show all"), this, tr("Everything that was done on this machine"));
    all->setAccessibleName(tr("Show all activity"));
    connect(all, &QPushButton::clicked, this,
            [this] { emit m_context.navigator->showPage(QStringLiteral("activity")); });
    addHeaderWidget(all);
    m_grid->setColumnStretch(2, 1);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(9);
    body()->addLayout(m_grid);
    body()->addStretch(1);
    const models::ActivityModel* model = context.activity;
    m_soon.setSingleShot(true);
    m_soon.setInterval(patience);
    connect(&m_soon, &QTimer::timeout, this, &RecentCard::showEntries);
    connect(model, &QAbstractItemModel::rowsInserted, this, &RecentCard::showSoon);
    connect(model, &QAbstractItemModel::modelReset, this, &RecentCard::showSoon);
    connect(model, &models::ActivityModel::loadedChanged, this, &RecentCard::showEntries);
    showEntries();
}

void RecentCard::showSoon()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void RecentCard::showEntries()
{
    const QList<client::ActivityEntry> entries = m_context.activity->entries().mid(0, shownEntries);
    QList<qint64> ids;
    for (const client::ActivityEntry& entry : entries)
        ids.append(entry.id);
    if (ids == m_shown && m_grid->count() > 0)
        return;
    m_shown = ids;
    clearLayout(m_grid);
    for (int row = 0; row < entries.size(); ++row)
        addEntry(entries.at(row), row);
    if (entries.isEmpty())
        m_grid->addWidget(new ToneLabel(tr("Nothing was done yet."), Tone::Muted, this), 0, 0);
}

void RecentCard::addEntry(const client::ActivityEntry& entry, int row)
{
    auto* time = new ToneLabel(shortTime(entry.time), Tone::Muted, this);
    time->setToolTip(models::dateTime(entry.time));
    time->setFont(widgets::Theme::instance().monospace());
    const Tone tone = entry.kind == QLatin1String("machine")     ? Tone::Machine
                      : entry.kind == QLatin1String("container") ? Tone::Container
                                                                 : Tone::Host;
    auto* what = new QLabel(models::ActivityModel::sentence(entry), this);
    what->setTextFormat(Qt::PlainText);
    what->setWordWrap(true);
    what->setToolTip(entry.message);
    m_grid->addWidget(time, row, 0, Qt::AlignVCenter);
    m_grid->addWidget(new widgets::Pill(entry.subject, tone, this), row, 1, Qt::AlignLeft | Qt::AlignVCenter);
    m_grid->addWidget(what, row, 2);
}

} // namespace diptych::pages
