#include "pages/charts_panel.h"

#include "models/formatting.h"
#include "pages/live_points.h"

#include <QLocale>

namespace diptych::pages {

using models::InstanceStore;
using widgets::LineChart;

namespace {
constexpr double mebibyte = 1024.0 * 1024.0;

QString percentOfCore(double value)
{
    return models::percent(value / 100);
}
QString plainNumber(double value)
{
    return QLocale().toString(value, 'f', value < 10 && value != 0 ? 1 : 0);
}
QString inBytes(double value)
{
    return models::bytes(qint64(value));
}

/// By time: where there are ten points a second, those, and the seconds for when nobody looked.
QList<const client::Point*> merged(const models::History& seconds, const models::History& live)
{
    constexpr qint64 near = 1000;
    QList<const client::Point*> all;
    qsizetype next = 0;
    for (qsizetype i = 0; i < seconds.size(); ++i) {
        const client::Point& second = seconds.at(i);
        while (next < live.size() && live.at(next).time < second.time)
            all.append(&live.at(next++));
        const bool covered = (next > 0 && second.time - live.at(next - 1).time < near) ||
                             (next < live.size() && live.at(next).time - second.time < near);
        if (!covered)
            all.append(&second);
    }
    while (next < live.size())
        all.append(&live.at(next++));
    return all;
}
} // namespace

ChartsPanel::ChartsPanel(const Context& context, int columns, QWidget* parent)
    : TimeCharts(context, parent), m_client(context.client), m_live(new LivePoints(*context.client, this))
{
    buildCharts();
    showTotals(nullptr);
    setColumns(columns);
    connect(&store(), &InstanceStore::changed, this, &ChartsPanel::setLimits);
    connect(m_live, &LivePoints::came, this, &ChartsPanel::appendLive);
    m_totals.setInterval(2000);
    connect(&m_totals, &QTimer::timeout, this, &ChartsPanel::askTotals);
}

void ChartsPanel::buildCharts()
{
    for (const QString& title : {tr("CPU"), tr("Memory"), tr("Disk"), tr("Network")})
        addChart(title, {});
    chart(Cpu)->setFormatter(percentOfCore, plainNumber);
    chart(Cpu)->setMinimumTop(10);
    chart(Memory)->setFormatter(inBytes);
    chart(Memory)->setTicks(LineChart::Ticks::Binary);
    chart(Memory)->setMinimumTop(16 * mebibyte);
    for (Chart one : {Disk, Network}) {
        chart(one)->setFormatter([](double value) { return models::rate(value); });
        chart(one)->setTicks(LineChart::Ticks::Binary);
        chart(one)->setMinimumTop(64 * 1024);
    }
}

void ChartsPanel::setIds(const QStringList& wanted)
{
    if (wanted == ids())
        return;
    m_live->setIds(wanted);
    setCurves(wanted);
    showTotals(nullptr);
    followLive();
}

QString ChartsPanel::nameOf(const QString& id) const
{
    return store().nameOf(id);
}

void ChartsPanel::followLive()
{
    constexpr qint64 longest = 60'000;
    m_live->setWanted(isVisible() && store().isLive() && view().follows() && view().span <= longest);
    const bool totals = isVisible() && store().isLive() && ids().size() == 1;
    if (totals && !m_totals.isActive())
        askTotals();
    totals ? m_totals.start() : m_totals.stop();
}

void ChartsPanel::askTotals()
{
    if (ids().size() != 1)
        return;
    const QString id = ids().first();
    m_client->wallCalls().counters(id, this, [this, id](const client::Answer<client::Counters>& counters) {
        if (ids() == QStringList{id})
            showTotals(counters ? &counters.value() : nullptr);
    });
}

void ChartsPanel::showTotals(const client::Counters* counters)
{
    chart(Memory)->setTitle(tr("Memory"), tr("charged on the host"));
    if (!counters) {
        chart(Cpu)->setTitle(tr("CPU"), tr("% of one core"));
        chart(Disk)->setTitle(tr("Disk"), tr("read and written"));
        chart(Network)->setTitle(tr("Network"), tr("received and sent"));
        return;
    }
    chart(Cpu)->setTitle(tr("CPU"), tr("% of one core; %1 so far").arg(models::nanoseconds(counters->cpuNanoseconds)));
    chart(Disk)->setTitle(tr("Disk"),
                          tr("%1 read, %2 written so far")
                              .arg(models::bytes(counters->readBytes), models::bytes(counters->writtenBytes)));
    chart(Network)->setTitle(tr("Network"),
                             tr("%1 received, %2 sent so far")
                                 .arg(models::bytes(counters->receivedBytes), models::bytes(counters->sentBytes)));
}

bool ChartsPanel::movesItself(qint64 now) const
{
    return m_live->isWanted() && !ids().isEmpty() && m_live->isFresh(0, now);
}

void ChartsPanel::appendLive(int series, const client::Point& point)
{
    if (!m_live->isWanted())
        return;
    const auto all = values(point);
    for (int one = 0; one < ChartCount; ++one) {
        chart(one)->append(series, point.time, all.at(size_t(one)));
        chart(one)->setNow(point.time);
    }
}

void ChartsPanel::build()
{
    for (int one = 0; one < ChartCount; ++one) {
        chart(one)->clearSeries();
        for (const QString& id : ids()) {
            const client::Instance* instance = store().find(id);
            chart(one)->addSeries(store().nameOf(id),
                                  widgets::toneOf(instance ? instance->context.kind : client::Kind::Container));
        }
    }
    for (const QString& id : ids())
        store().fillHistory(id);
    setLimits();
}

void ChartsPanel::fill(int series)
{
    const models::History& history = store().history(ids().at(series));
    std::array<QList<QPointF>, ChartCount> points;
    for (const client::Point* point : merged(history, m_live->points(series))) {
        const auto all = values(*point);
        for (size_t one = 0; one < ChartCount; ++one)
            points[one].append(QPointF(double(point->time), all[one]));
    }
    for (int one = 0; one < ChartCount; ++one)
        chart(one)->setPoints(series, points.at(size_t(one)));
}

void ChartsPanel::appendNewest(qint64 now)
{
    for (int series = 0; series < ids().size(); ++series) {
        const client::Point* point = store().point(ids().at(series));
        if (!point || m_live->isFresh(series, now))
            continue;
        const auto all = values(*point);
        for (int one = 0; one < ChartCount; ++one)
            chart(one)->append(series, point->time, all.at(size_t(one)));
    }
}

void ChartsPanel::fillRange(int series, const client::Range& range)
{
    std::array<QList<QPointF>, ChartCount> points;
    QList<QPointF> cpuPeaks;
    QList<QPointF> memoryPeaks;
    for (const client::RangePoint& point : range.points) {
        const double time = range.middleOf(point);
        points[Cpu].append({time, point.cpu * 100});
        points[Memory].append({time, point.memory});
        points[Disk].append({time, point.readRate + point.writeRate});
        points[Network].append({time, point.receiveRate + point.sendRate});
        if (range.step <= 1000) // a second's highest is the second itself
            continue;
        cpuPeaks.append({time, point.cpuMax * 100});
        memoryPeaks.append({time, point.memoryMax});
    }
    chart(Cpu)->setPoints(series, points[Cpu], cpuPeaks);
    chart(Memory)->setPoints(series, points[Memory], memoryPeaks);
    chart(Disk)->setPoints(series, points[Disk]);
    chart(Network)->setPoints(series, points[Network]);
}

QStringList ChartsPanel::valuesAt(int series, qint64 time) const
{
    QStringList all;
    for (int one = 0; one < ChartCount; ++one)
        all.append(tr("%1 %2", "chart, value").arg(chart(one)->title(), chart(one)->valueText(series, time)));
    return all;
}

void ChartsPanel::setLimits()
{
    for (int series = 0; series < ids().size(); ++series) {
        const client::Instance* instance = store().find(ids().at(series));
        if (!instance)
            continue;
        const client::Limits& limits = instance->context.limits;
        const auto limit = [](double value) { return value > 0 ? std::optional(value) : std::nullopt; };
        chart(Cpu)->setLimit(series, limit(limits.cpus * 100));
        chart(Memory)->setLimit(series, limit(double(limits.memory)));
    }
}

std::array<double, ChartsPanel::ChartCount> ChartsPanel::values(const client::Point& point)
{
    return {point.cpu * 100, double(point.memory), point.readRate + point.writeRate,
            point.receiveRate + point.sendRate};
}

} // namespace diptych::pages
