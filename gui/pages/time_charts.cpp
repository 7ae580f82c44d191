#include "pages/time_charts.h"

#include "models/formatting.h"
#include "pages/chart_history.h"
#include "pages/parts.h"
#include "pages/save_file.h"
#include "widgets/card.h"

#include <QBuffer>
#include <QDateTime>
#include <QGridLayout>
#include <QVBoxLayout>

namespace diptych::pages {

using models::InstanceStore;
using widgets::LineChart;

namespace {

constexpr qint64 leastSpan = 10'000;
constexpr qint64 mostSpan = TimeStrip::Spans.back();
constexpr qint64 leastRefresh = 10'000;
constexpr int secondsGap = 3500;

} // namespace

TimeCharts::TimeCharts(const Context& context, QWidget* parent)
    : QWidget(parent),
      m_store(*context.store),
      m_navigator(*context.navigator),
      m_grid(new QGridLayout),
      m_strip(new TimeStrip(this)),
      m_reading(new ToneLabel({}, widgets::Tone::Text, this)),
      m_history(new ChartHistory(*context.client, this))
{
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(10);
    all->addWidget(m_strip);
    all->addWidget(m_reading);
    all->addLayout(m_grid, 1);
    m_reading->setWordWrap(true);
    m_reading->setTextFormat(Qt::PlainText);
    m_reading->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_reading->hide();
    m_grid->setSpacing(14);
    listen();
}

LineChart* TimeCharts::addChart(const QString& title, const QString& subtitle)
{
    auto* card = new widgets::Card({}, this);
    auto* added = new LineChart(title, card);
    added->setTitle(title, subtitle);
    added->setAccessibleName(title);
    added->setNavigable(true);
    card->body()->addWidget(added);
    for (LineChart* other : std::as_const(m_charts)) {
        connect(other, &LineChart::hovered, added, &LineChart::setHover);
        connect(added, &LineChart::hovered, other, &LineChart::setHover);
    }
    connect(added, &LineChart::saveWanted, this, [this, added] { save(*added); });
    connect(added, &LineChart::viewWanted, this, &TimeCharts::showTimes);
    connect(added, &LineChart::nowWanted, this, &TimeCharts::backToNow);
    m_charts.append(added);
    return added;
}

void TimeCharts::listen()
{
    const InstanceStore& store = m_store;
    connect(&store, &InstanceStore::swept, this, &TimeCharts::append);
    connect(&store, &InstanceStore::liveChanged, this, [this] { followLive(); });
    connect(&store, &InstanceStore::historyFilled, this, [this](const QString& id) {
        if (const auto subject = m_ids.indexOf(id); subject >= 0 && fromStore())
            fill(int(subject));
    });
    connect(m_strip, &TimeStrip::spanChosen, this, &TimeCharts::setSpan);
    connect(m_strip, &TimeStrip::pauseWanted, this, &TimeCharts::setPaused);
    connect(m_strip, &TimeStrip::nowWanted, this, &TimeCharts::backToNow);
    connect(m_strip, &TimeStrip::momentChosen, this, &TimeCharts::showMoment);
    connect(m_history, &ChartHistory::rangeCame, this, &TimeCharts::takeRange);
    connect(m_history, &ChartHistory::eventsChanged, this, [this] {
        for (LineChart* one : std::as_const(m_charts))
            one->setEvents(m_history->events());
        readMoment();
    });
    connect(m_history, &ChartHistory::failed, this, [this](const QString& why) {
        m_reading->setText(why);
        m_reading->show();
    });
    connect(&m_refresh, &QTimer::timeout, this, [this] {
        if (isVisible() && m_store.isLive())
            ask();
    });
}

void TimeCharts::setCurves(const QStringList& ids)
{
    if (ids == m_ids)
        return;
    m_ids = ids;
    rebuild();
}

/// The last one alone in its row takes all of it.
void TimeCharts::setColumns(int columns)
{
    for (int i = 0; i < m_charts.size(); ++i) {
        QWidget* card = m_charts.at(i)->parentWidget();
        m_grid->removeWidget(card);
        const int place = i % columns;
        m_grid->addWidget(card, i / columns, place, 1, i + 1 == m_charts.size() ? columns - place : 1);
    }
}

void TimeCharts::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale)
        rebuild();
    followLive();
}

void TimeCharts::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    followLive();
}

void TimeCharts::rebuild()
{
    m_stale = false;
    build();
    showView();
}

void TimeCharts::append()
{
    if (!isVisible()) {
        m_stale = true;
        return;
    }
    if (!m_view.follows())
        return;
    const qint64 now = m_store.hostHistory().isEmpty() ? 0 : m_store.hostHistory().last().time;
    if (fromStore())
        appendNewest(now);
    if (now > 0 && !movesItself(now))
        for (LineChart* one : std::as_const(m_charts))
            one->setNow(now);
}

qint64 TimeCharts::present() const
{
    return m_store.hostHistory().isEmpty() ? QDateTime::currentMSecsSinceEpoch() : m_store.hostHistory().last().time;
}

void TimeCharts::setSpan(qint64 span)
{
    const qint64 middle = m_view.moment > 0 ? m_view.moment : m_view.right - m_view.span / 2;
    m_view.span = span;
    if (m_view.moved)
        m_view.right = std::min(present(), middle + span / 2);
    showView();
}

void TimeCharts::showTimes(qint64 left, qint64 right)
{
    const qint64 span = std::clamp(right - left, leastSpan, mostSpan);
    const qint64 now = present();
    // At the present's edge it goes on with it: zoomed while it follows, or panned back to it.
    const bool follows = right >= now - span / 50 - 1500 && (m_view.follows() || right > m_view.right);
    m_view.right = follows ? 0 : std::min(now, left + (right - left) / 2 + span / 2);
    m_view.span = span;
    m_view.moved = !follows;
    if (follows)
        m_view.moment = 0;
    showView();
}

void TimeCharts::showMoment(qint64 time)
{
    const qint64 now = present();
    m_view.moment = std::min(time, now);
    m_view.right = std::min(now, m_view.moment + m_view.span / 2);
    m_view.moved = true;
    showView();
}

void TimeCharts::setPaused(bool paused)
{
    m_view.right = paused ? m_charts.front()->right() : 0;
    if (paused && m_view.right <= 0)
        m_view.right = present();
    m_view.moved = false;
    m_view.moment = 0;
    showView();
}

void TimeCharts::backToNow()
{
    setPaused(false);
}

int TimeCharts::wantedPoints() const
{
    return std::clamp(m_charts.front()->width(), 100, 2000);
}

/// Also what is charted already is asked for anew: how finely it is told depends on the stretch.
void TimeCharts::showView()
{
    for (LineChart* one : std::as_const(m_charts)) {
        if (m_view.follows()) {
            one->setSpan(int(m_view.span / 1000));
            one->setNow(present());
        } else {
            one->setView(m_view.right - m_view.span, m_view.right);
        }
        one->setMark(m_view.moment);
        if (fromStore())
            one->setGap(secondsGap);
    }
    m_strip->setView(m_view);
    followLive();
    m_refresh.stop();
    if (m_view.follows() && !fromStore())
        m_refresh.start(int(std::max(leastRefresh, m_view.span / 1000)));
    for (int series = 0; fromStore() && series < m_ids.size(); ++series)
        fill(series);
    ask();
    for (LineChart* one : std::as_const(m_charts))
        one->setEvents(m_history->events());
    readMoment();
}

void TimeCharts::ask()
{
    const qint64 right = m_view.follows() ? present() : m_view.right;
    if (fromStore())
        m_history->askEvents(m_ids, right - 600'000, right + 1000);
    else
        m_history->ask(m_ids, right - m_view.span, right + 1, wantedPoints());
}

void TimeCharts::takeRange(int subject, const client::Range& range)
{
    const int gap = int(std::max<qint64>(secondsGap, range.step + range.step / 2));
    for (LineChart* one : std::as_const(m_charts))
        one->setGap(gap);
    fillRange(subject, range);
    readMoment();
}

void TimeCharts::readMoment()
{
    m_reading->setVisible(m_view.moment > 0);
    if (m_view.moment <= 0)
        return;
    QStringList lines;
    for (int subject = 0; subject < m_ids.size(); ++subject)
        lines.append(tr("%1 at %2: %3")
                         .arg(nameOf(m_ids.at(subject)), models::dateTime(m_view.moment),
                              valuesAt(subject, m_view.moment).join(QStringLiteral(" · "))));
    m_reading->setText(lines.join(QLatin1Char('\n')));
}

void TimeCharts::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (isVisible() && !fromStore())
        ask();
}

void TimeCharts::save(LineChart& chart)
{
    QStringList names;
    for (const QString& id : std::as_const(m_ids))
        names.append(nameOf(id));
    const SaveOffer offer{tr("Save the chart"),
                          QStringList{chart.title(), names.join(QLatin1Char('-'))}.join(QLatin1Char('-')).toLower(),
                          {tr("Table of numbers (*.csv)"), tr("Picture (*.png)")},
                          tr("Chart saved in %1"),
                          tr("The chart could not be saved in %1")};
    saveFile(this, m_navigator, offer, [&chart](const QString& path) {
        if (!path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive))
            return chart.csv();
        QByteArray bytes;
        QBuffer buffer(&bytes);
        chart.grab().save(&buffer, "PNG");
        return bytes;
    });
}

} // namespace diptych::pages
