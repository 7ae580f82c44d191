// Which stretch of time the charts show, and where its points come from.
#include "models/formatting.h"
#include "pages/chart_history.h"
#include "pages/charts_panel.h"

#include <QDateTime>
#include <QLabel>

namespace diptych::pages {

namespace {

constexpr qint64 leastSpan = 10'000;
constexpr qint64 mostSpan = TimeStrip::Spans.back();
constexpr qint64 leastRefresh = 10'000;
constexpr int secondsGap = 3500;

} // namespace

qint64 ChartsPanel::present() const
{
    return m_store.hostHistory().isEmpty() ? QDateTime::currentMSecsSinceEpoch() : m_store.hostHistory().last().time;
}

void ChartsPanel::setSpan(qint64 span)
{
    const qint64 middle = m_view.moment > 0 ? m_view.moment : m_view.right - m_view.span / 2;
    m_view.span = span;
    if (m_view.moved)
        m_view.right = std::min(present(), middle + span / 2);
    showView();
}

void ChartsPanel::showTimes(qint64 left, qint64 right)
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

void ChartsPanel::showMoment(qint64 time)
{
    const qint64 now = present();
    m_view.moment = std::min(time, now);
    m_view.right = std::min(now, m_view.moment + m_view.span / 2);
    m_view.moved = true;
    showView();
}

void ChartsPanel::setPaused(bool paused)
{
    m_view.right = paused ? m_charts.front()->right() : 0;
    if (paused && m_view.right <= 0)
        m_view.right = present();
    m_view.moved = false;
    m_view.moment = 0;
    showView();
}

void ChartsPanel::backToNow()
{
    setPaused(false);
}

int ChartsPanel::wantedPoints() const
{
    return std::clamp(m_charts.front()->width(), 100, 2000);
}

/// Also what is charted already is asked for anew: how finely it is told depends on the stretch.
void ChartsPanel::showView()
{
    for (widgets::LineChart* chart : m_charts) {
        if (m_view.follows()) {
            chart->setSpan(int(m_view.span / 1000));
            chart->setNow(present());
        } else {
            chart->setView(m_view.right - m_view.span, m_view.right);
        }
        chart->setMark(m_view.moment);
        if (fromStore())
            chart->setGap(secondsGap);
    }
    m_strip->setView(m_view);
    followLive();
    m_refresh.stop();
    if (m_view.follows() && !fromStore())
        m_refresh.start(int(std::max(leastRefresh, m_view.span / 1000)));
    for (int series = 0; fromStore() && series < m_ids.size(); ++series)
        fill(series);
    ask();
    for (widgets::LineChart* chart : m_charts)
        chart->setEvents(m_history->events());
    readMoment();
}

void ChartsPanel::ask()
{
    const qint64 right = m_view.follows() ? present() : m_view.right;
    if (fromStore())
        m_history->askEvents(m_ids, right - 600'000, right + 1000);
    else
        m_history->ask(m_ids, right - m_view.span, right + 1, wantedPoints());
}

void ChartsPanel::fillRange(int series, const client::Range& range)
{
    std::array<QList<QPointF>, ChartCount> points;
    QList<QPointF> cpuPeaks;
    QList<QPointF> memoryPeaks;
    for (const client::RangePoint& point : range.points) {
        const double time = double(point.time) + double(range.step > 1000 ? range.step / 2 : 0);
        points[Cpu].append({time, point.cpu * 100});
        points[Memory].append({time, point.memory});
        points[Disk].append({time, point.readRate + point.writeRate});
        points[Network].append({time, point.receiveRate + point.sendRate});
        cpuPeaks.append({time, point.cpuMax * 100});
        memoryPeaks.append({time, point.memoryMax});
    }
    if (range.step <= 1000) { // a second's highest is the second itself
        cpuPeaks.clear();
        memoryPeaks.clear();
    }
    const int gap = int(std::max<qint64>(secondsGap, range.step + range.step / 2));
    for (widgets::LineChart* chart : m_charts)
        chart->setGap(gap);
    m_charts[Cpu]->setPoints(series, points[Cpu], cpuPeaks);
    m_charts[Memory]->setPoints(series, points[Memory], memoryPeaks);
    m_charts[Disk]->setPoints(series, points[Disk]);
    m_charts[Network]->setPoints(series, points[Network]);
    readMoment();
}

void ChartsPanel::readMoment()
{
    m_reading->setVisible(m_view.moment > 0);
    if (m_view.moment <= 0)
        return;
    QStringList lines;
    for (int series = 0; series < m_ids.size(); ++series) {
        QStringList values;
        for (const widgets::LineChart* chart : m_charts)
            values.append(tr("%1 %2", "chart, value").arg(chart->title(), chart->valueText(series, m_view.moment)));
        lines.append(tr("%1 at %2: %3")
                         .arg(m_store.nameOf(m_ids.at(series)), models::dateTime(m_view.moment),
                              values.join(QStringLiteral(" · "))));
    }
    m_reading->setText(lines.join(QLatin1Char('\n')));
}

void ChartsPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (isVisible() && !fromStore())
        ask();
}

} // namespace diptych::pages
