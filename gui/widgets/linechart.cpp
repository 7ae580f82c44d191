// What a chart holds: series, limits, the scale that follows from them.
#include "widgets/linechart_p.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace diptych::widgets {
namespace {

constexpr int keepMilliseconds = 600'000;

double niceStep(double rough, LineChart::Ticks ticks)
{
    if (ticks == LineChart::Ticks::Binary)
        return std::pow(2, std::ceil(std::log2(rough)));
    const double base = std::pow(10, std::floor(std::log10(rough)));
    for (double part : {1.0, 2.0, 2.5, 5.0})
        if (rough <= part * base * 1.0001)
            return part * base;
    return 10 * base;
}

} // namespace

qint64 LineChart::Private::right() const
{
    if (standing)
        return standing;
    if (now)
        return now;
    double newest = 0;
    for (const ChartSeries& one : series)
        if (!one.points.isEmpty())
            newest = std::max(newest, one.points.back().x());
    return qint64(newest);
}

bool LineChart::Private::isBlank() const
{
    for (const ChartSeries& one : series)
        for (const QPointF& point : one.points)
            if (sees(point.x()) && std::isfinite(point.y()))
                return false;
    return true;
}

double LineChart::Private::top() const
{
    double top = minimumTop;
    const double from = double(left());
    const double to = double(right());
    double limits = 0;
    for (const ChartSeries& one : series) {
        for (const QList<QPointF>* line : {&one.points, &one.peaks})
            for (const QPointF& point : *line)
                if (point.x() >= from && point.x() <= to && std::isfinite(point.y()))
                    top = std::max(top, point.y());
        if (one.limit)
            limits = std::max(limits, *one.limit);
    }
    top *= 1.02;
    // A limit belongs to the picture, unless it would press everything flat.
    if (limits > 0 && limits <= std::max(top, 1e-9) * 25)
        top = std::max(top, limits);
    return top > 0 ? top : 1;
}

QList<double> LineChart::Private::tickValues(double top) const
{
    const double step = niceStep(top / 2.2, ticks);
    QList<double> result;
    for (int i = 0; i <= 6; ++i) {
        result.append(i * step);
        if (i * step >= top * 0.999)
            break;
    }
    return result;
}

QRectF LineChart::Private::plot(const QSize& size) const
{
    const QFontMetricsF metrics(scaledFont(10.0 / 13));
    double label = 20;
    for (double value : tickValues(top()))
        label = std::max(label, metrics.horizontalAdvance(tick(value)));
    return QRectF(QPointF(std::ceil(label) + 8, headerHeight + 10),
                  QPointF(size.width() - 3, size.height() - metrics.height() - 4));
}

std::optional<QPointF> LineChart::Private::at(const QList<QPointF>& points, qint64 time) const
{
    const auto later = std::lower_bound(points.begin(), points.end(), double(time),
                                        [](const QPointF& point, double t) { return point.x() < t; });
    std::optional<QPointF> best;
    const auto consider = [&](const QPointF& point) {
        const double distance = std::abs(point.x() - double(time));
        if (distance <= gap && std::isfinite(point.y()) && (!best || distance < std::abs(best->x() - double(time))))
            best = point;
    };
    if (later != points.end())
        consider(*later);
    if (later != points.begin())
        consider(*(later - 1));
    return best;
}

QList<qint64> LineChart::Private::times() const
{
    QList<qint64> result;
    for (const ChartSeries& one : series)
        for (const QPointF& point : one.points)
            if (sees(point.x()))
                result.append(qint64(point.x()));
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

QString LineChart::Private::spanText() const
{
    return span < 120'000 ? LineChart::tr("−%1 s").arg(span / 1000) : LineChart::tr("−%1 min").arg(span / 60'000);
}

void LineChart::setTitle(const QString& title, const QString& subtitle)
{
    d->title = title;
    d->subtitle = subtitle;
    setAccessibleName(title);
    setWhatsThis(subtitle); // a screen reader's "help": read when asked for, as it may change each second
    update();
}

void LineChart::setFormatter(Formatter format, Formatter ticks)
{
    d->format = std::move(format);
    d->tickFormat = std::move(ticks);
    update();
}

void LineChart::setTicks(Ticks ticks)
{
    d->ticks = ticks;
    update();
}

void LineChart::setEmptyText(const QString& text)
{
    if (text == d->emptyText)
        return;
    d->emptyText = text;
    describe();
    update();
}

bool LineChart::isBlank() const
{
    return d->isBlank();
}

void LineChart::followBlank()
{
    if (!d->emptyText.isEmpty() && !d->hover)
        describe();
}

void LineChart::setMinimumTop(double top)
{
    d->minimumTop = top;
    update();
}

void LineChart::setSpan(int seconds)
{
    d->span = std::max(1, seconds) * qint64(1000);
    d->standing = 0;
    update();
}

int LineChart::span() const
{
    return int(d->span / 1000);
}

void LineChart::setView(qint64 left, qint64 right)
{
    d->span = std::max<qint64>(1000, right - left);
    d->standing = std::max<qint64>(1, right);
    if (isTableShown())
        d->fillTable();
    followBlank();
    update();
}

bool LineChart::isFollowing() const
{
    return d->standing == 0;
}
qint64 LineChart::left() const
{
    return d->left();
}
qint64 LineChart::right() const
{
    return d->right();
}

int LineChart::seriesCount() const
{
    return int(d->series.size());
}

int LineChart::addSeries(const QString& name, Tone tone)
{
    ChartSeries one;
    one.name = name;
    one.tone = tone;
    for (const ChartSeries& other : d->series)
        one.shade += other.tone == tone;
    d->series.append(one);
    update();
    return int(d->series.size()) - 1;
}

void LineChart::setNamed(bool named)
{
    d->named = named;
    update();
}

void LineChart::clearSeries()
{
    d->series.clear();
    d->hover = 0;
    d->events.clear();
    update();
}

void LineChart::append(int series, qint64 time, double value)
{
    if (series < 0 || series >= d->series.size())
        return;
    QList<QPointF>& points = d->series[series].points;
    if (!points.isEmpty() && double(time) <= points.back().x())
        return;
    points.append(QPointF(double(time), value));
    const auto first = std::find_if(points.begin(), points.end(), [this, time](const QPointF& point) {
        return point.x() >= double(time) - double(std::max<qint64>(keepMilliseconds, d->span)) - 10'000;
    });
    points.erase(points.begin(), first);
    followBlank();
    update();
}

void LineChart::setPoints(int series, const QList<QPointF>& points, const QList<QPointF>& peaks)
{
    if (series < 0 || series >= d->series.size())
        return;
    d->series[series].points = points;
    d->series[series].peaks = peaks;
    if (isTableShown())
        d->fillTable();
    followBlank();
    update();
}

void LineChart::setEvents(const QList<ChartEvent>& events)
{
    d->events = events;
    update();
}

const QList<ChartEvent>& LineChart::events() const
{
    return d->events;
}

QString LineChart::valueText(int series, qint64 time) const
{
    return series >= 0 && series < d->series.size() ? d->valueText(d->series[series], time) : QString();
}

void LineChart::setGap(int milliseconds)
{
    d->gap = milliseconds;
    update();
}

void LineChart::setLimit(int series, std::optional<double> limit)
{
    if (series < 0 || series >= d->series.size())
        return;
    d->series[series].limit = limit && *limit > 0 ? limit : std::nullopt;
    update();
}

void LineChart::setLimitText(const QString& text)
{
    d->limitText = text;
    update();
}

void LineChart::setPhases(const QList<std::tuple<qint64, qint64, QString, Tone>>& phases)
{
    d->phases = phases;
    update();
}

void LineChart::setNow(qint64 time)
{
    d->now = time;
    followBlank();
    update();
}

} // namespace diptych::widgets
