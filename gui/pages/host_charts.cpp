#include "pages/host_charts.h"

#include "models/formatting.h"

#include <QLocale>

#include <cmath>
#include <limits>

namespace diptych::pages {

using models::InstanceStore;
using widgets::LineChart;
using widgets::Tone;

namespace {

constexpr double leastMemory = 16.0 * 1024 * 1024;
constexpr double leastRate = 64.0 * 1024;
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// Chart and series of each line.
constexpr std::array<std::pair<int, int>, 9> placeOfLine{{{HostCharts::Cpu, 0},
                                                          {HostCharts::Memory, 0},
                                                          {HostCharts::Disk, 0},
                                                          {HostCharts::Disk, 1},
                                                          {HostCharts::Network, 0},
                                                          {HostCharts::Network, 1},
                                                          {HostCharts::Pressure, 0},
                                                          {HostCharts::Pressure, 1},
                                                          {HostCharts::Pressure, 2}}};

} // namespace

HostCharts::HostCharts(const Context& context, QWidget* parent) : TimeCharts(context, parent)
{
    addChart(tr("CPU"), tr("% of one core, all cores together"));
    addChart(tr("Memory"), tr("in use: total less available"));
    addChart(tr("Disk"), tr("all whole disks"));
    addChart(tr("Network"), tr("physical links, or all but loopback"));
    addChart(tr("Pressure"), tr("PSI: share of the time that some task waited"));
    setColumns(2);
    chart(Cpu)->setFormatter([](double value) { return models::percent(value / 100); },
                             [](double value) { return QLocale().toString(value, 'f', 0); });
    chart(Cpu)->setMinimumTop(10);
    chart(Cpu)->setLimitText(tr("all cores"));
    chart(Memory)->setLimitText(tr("all there is"));
    chart(Memory)->setFormatter([](double value) { return models::bytes(qint64(value)); });
    chart(Memory)->setTicks(LineChart::Ticks::Binary);
    chart(Memory)->setMinimumTop(leastMemory);
    for (Chart one : {Disk, Network}) {
        chart(one)->setFormatter([](double value) { return models::rate(value); });
        chart(one)->setTicks(LineChart::Ticks::Binary);
        chart(one)->setMinimumTop(leastRate);
    }
    chart(Pressure)->setFormatter([](double value) { return models::percent(value / 100); });
    chart(Pressure)->setMinimumTop(1);
    for (Chart one : {Disk, Network, Pressure})
        chart(one)->setNamed(true);
    connect(&store(), &InstanceStore::hostChanged, this, &HostCharts::setLimits);
    connect(&store(), &InstanceStore::swept, this, &HostCharts::tellPressure);
}

void HostCharts::start()
{
    setCurves({QString()});
}

/// Asked before there is a connection, it would not be answered.
void HostCharts::followLive()
{
    if (store().isLive())
        store().fillHostHistory();
}

QString HostCharts::nameOf(const QString&) const
{
    return store().hasHost() ? store().host().hostname : tr("This machine");
}

void HostCharts::build()
{
    for (int one = 0; one < ChartCount; ++one)
        chart(one)->clearSeries();
    chart(Cpu)->addSeries(tr("CPU"), Tone::Host);
    chart(Memory)->addSeries(tr("Memory"), Tone::Host);
    chart(Disk)->addSeries(tr("read"), Tone::Host);
    chart(Disk)->addSeries(tr("written"), Tone::Warn);
    chart(Network)->addSeries(tr("received"), Tone::Host);
    chart(Network)->addSeries(tr("sent"), Tone::Warn);
    chart(Pressure)->addSeries(tr("CPU"), Tone::Host);
    chart(Pressure)->addSeries(tr("memory"), Tone::Bad);
    chart(Pressure)->addSeries(tr("I/O"), Tone::Warn);
    setLimits();
    tellPressure();
}

void HostCharts::setLimits()
{
    const client::Host& host = store().host();
    const auto limit = [](double value) { return value > 0 ? std::optional(value) : std::nullopt; };
    chart(Cpu)->setLimit(0, limit(host.cpus * 100));
    chart(Memory)->setLimit(0, limit(double(host.memory)));
}

void HostCharts::tellPressure()
{
    const bool known = store().hostHistory().isEmpty() || store().hostHistory().last().cpuPressure.has_value();
    chart(Pressure)->setEmptyText(known ? QString()
                                        : tr("This machine's kernel tells no pressure: it was built or started "
                                             "without PSI, there is no /proc/pressure."));
}

template <typename Point>
HostCharts::Values HostCharts::values(double cpu, double memory, const Point& point)
{
    return {cpu,
            memory,
            point.readRate,
            point.writeRate,
            point.receiveRate,
            point.sendRate,
            point.cpuPressure.value_or(unknown),
            point.memoryPressure.value_or(unknown),
            point.ioPressure.value_or(unknown)};
}

HostCharts::Values HostCharts::values(const client::HostPoint& point)
{
    double cpu = 0;
    for (double core : point.cpus)
        cpu += core;
    return values(cpu * 100, double(point.memoryUsed), point);
}

HostCharts::Values HostCharts::values(const client::RangePoint& point)
{
    return values(point.cpu * 100, point.memory, point);
}

void HostCharts::setLine(int line, const QList<QPointF>& points, const QList<QPointF>& peaks)
{
    const auto [one, series] = placeOfLine.at(size_t(line));
    chart(one)->setPoints(series, points, peaks);
}

void HostCharts::fill(int)
{
    std::array<QList<QPointF>, LineCount> lines;
    const models::HostHistory& history = store().hostHistory();
    for (qsizetype i = 0; i < history.size(); ++i) {
        const Values all = values(history.at(i));
        for (size_t line = 0; line < LineCount; ++line)
            lines[line].append({double(history.at(i).time), all[line]});
    }
    for (int line = 0; line < LineCount; ++line)
        setLine(line, lines.at(size_t(line)));
}

void HostCharts::fillRange(int, const client::Range& range)
{
    std::array<QList<QPointF>, LineCount> lines;
    QList<QPointF> cpuPeaks;
    QList<QPointF> memoryPeaks;
    for (const client::RangePoint& point : range.points) {
        const Values all = values(point);
        for (size_t line = 0; line < LineCount; ++line)
            lines[line].append({range.middleOf(point), all[line]});
        if (range.step <= 1000) // a second's highest is the second itself
            continue;
        cpuPeaks.append({range.middleOf(point), point.cpuMax * 100});
        memoryPeaks.append({range.middleOf(point), point.memoryMax});
    }
    for (int line = 0; line < LineCount; ++line)
        setLine(line, lines.at(size_t(line)),
                line == CpuLine ? cpuPeaks : (line == MemoryLine ? memoryPeaks : QList<QPointF>()));
}

void HostCharts::appendNewest(qint64 now)
{
    if (store().hostHistory().isEmpty())
        return;
    const Values all = values(store().hostHistory().last());
    for (size_t line = 0; line < LineCount; ++line) {
        const auto [one, series] = placeOfLine.at(line);
        chart(one)->append(series, now, all.at(line));
    }
}

QStringList HostCharts::valuesAt(int, qint64 time) const
{
    const auto both = [&](Chart one, const QStringList& names) {
        QStringList all{chart(one)->title()};
        for (int series = 0; series < names.size(); ++series)
            all.append(tr("%1 %2", "name, value").arg(names.at(series), chart(one)->valueText(series, time)));
        return all.join(QLatin1Char(' '));
    };
    return {tr("%1 %2", "name, value").arg(tr("CPU"), chart(Cpu)->valueText(0, time)),
            tr("%1 %2", "name, value").arg(tr("Memory"), chart(Memory)->valueText(0, time)),
            both(Disk, {tr("read"), tr("written")}), both(Network, {tr("received"), tr("sent")}),
            both(Pressure, {tr("CPU"), tr("memory"), tr("I/O")})};
}

} // namespace diptych::pages
