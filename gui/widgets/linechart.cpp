#include "widgets/linechart_p.h"

#include <QPainter>
#include <QTableWidget>
#include <QToolButton>

#include <cmath>
#include <limits>

namespace diptych::widgets {
namespace {

constexpr int keepMilliseconds = 600'000;
constexpr double headerHeight = 24;

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

void paintText(QPainter& painter, const QRectF& rect, int flags, const QString& text, const QColor& color)
{
    painter.setPen(color);
    painter.drawText(rect, flags, text);
}

/// Adds a point, unless the line has two in its pixel column: then the extremes of the column are kept.
void addPoint(QPolygonF& line, const QPointF& point)
{
    const qsizetype count = line.size();
    const bool crowded = count > 2 && std::floor(line[count - 1].x()) == std::floor(point.x()) &&
                         std::floor(line[count - 2].x()) == std::floor(point.x());
    if (!crowded) {
        line.append(point);
        return;
    }
    QPointF& last = line[count - 1];
    const bool rising = last.y() < line[count - 2].y();
    if (rising == (point.y() < last.y()))
        last = point;
}

/// Consecutive points without gaps.
template <typename Map>
QList<QPolygonF> runs(const ChartSeries& one, qint64 from, int gap, const Map& map)
{
    QList<QPolygonF> result;
    QPolygonF run;
    double previous = std::numeric_limits<double>::lowest();
    const auto first = std::lower_bound(one.points.begin(), one.points.end(), double(from - gap),
                                        [](const QPointF& point, double t) { return point.x() < t; });
    for (auto point = first; point != one.points.end(); ++point) {
        const bool missing = !std::isfinite(point->y());
        if ((missing || point->x() - previous > gap) && !run.isEmpty()) {
            result.append(run);
            run.clear();
        }
        previous = point->x();
        if (!missing)
            addPoint(run, map(*point));
    }
    if (!run.isEmpty())
        result.append(run);
    return result;
}

void paintSeries(QPainter& painter, const ChartSeries& one, const QList<QPolygonF>& lines)
{
    painter.setPen(QPen(one.color(), 1.7, Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin));
    for (const QPolygonF& line : lines) {
        if (line.size() == 1)
            painter.drawPoint(line.front());
        else
            painter.drawPolyline(line);
    }
}

} // namespace

qint64 LineChart::Private::right() const
{
    if (now)
        return now;
    double newest = 0;
    for (const ChartSeries& one : series)
        if (!one.points.isEmpty())
            newest = std::max(newest, one.points.back().x());
    return qint64(newest);
}

double LineChart::Private::top() const
{
    double top = minimumTop;
    const double from = double(left());
    double limits = 0;
    for (const ChartSeries& one : series) {
        for (const QPointF& point : one.points)
            if (point.x() >= from && std::isfinite(point.y()))
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

std::optional<QPointF> LineChart::Private::at(const ChartSeries& one, qint64 time) const
{
    const auto later = std::lower_bound(one.points.begin(), one.points.end(), double(time),
                                        [](const QPointF& point, double t) { return point.x() < t; });
    std::optional<QPointF> best;
    const auto consider = [&](const QPointF& point) {
        const double distance = std::abs(point.x() - double(time));
        if (distance <= gap && std::isfinite(point.y()) && (!best || distance < std::abs(best->x() - double(time))))
            best = point;
    };
    if (later != one.points.end())
        consider(*later);
    if (later != one.points.begin())
        consider(*(later - 1));
    return best;
}

QList<qint64> LineChart::Private::times() const
{
    QList<qint64> result;
    for (const ChartSeries& one : series)
        for (const QPointF& point : one.points)
            if (point.x() >= double(left()))
                result.append(qint64(point.x()));
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

QString LineChart::Private::spanText() const
{
    return span < 120 ? LineChart::tr("−%1 s").arg(span) : LineChart::tr("−%1 min").arg(span / 60);
}

void LineChart::setTitle(const QString& title, const QString& subtitle)
{
    d->title = title;
    d->subtitle = subtitle;
    setAccessibleName(title);
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

void LineChart::setMinimumTop(double top)
{
    d->minimumTop = top;
    update();
}

void LineChart::setSpan(int seconds)
{
    d->span = std::clamp(seconds, 10, keepMilliseconds / 1000);
    update();
}

int LineChart::span() const
{
    return d->span;
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

void LineChart::clearSeries()
{
    d->series.clear();
    d->hover = 0;
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
    const auto first = std::find_if(points.begin(), points.end(), [time](const QPointF& point) {
        return point.x() >= double(time - keepMilliseconds - 10'000);
    });
    points.erase(points.begin(), first);
    update();
}

void LineChart::setPoints(int series, const QList<QPointF>& points)
{
    if (series < 0 || series >= d->series.size())
        return;
    d->series[series].points = points;
    update();
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

void LineChart::setPhases(const QList<std::tuple<qint64, qint64, QString, Tone>>& phases)
{
    d->phases = phases;
    update();
}

void LineChart::setNow(qint64 time)
{
    d->now = time;
    update();
}

void LineChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    d->paintHeader(painter, d->tableButton->x() - 6);
    if (isTableShown())
        return;
    const QList<double> ticks = d->tickValues(d->top());
    const double top = ticks.back();
    const QRectF plot = d->plot(size());
    if (plot.height() < 12)
        return;
    d->paintPhases(painter, plot);
    painter.setFont(scaledFont(10.0 / 13));
    for (double tick : ticks) {
        const double y = std::round(plot.bottom() - tick / top * plot.height()) + 0.5;
        painter.setPen(QPen(colors().line, 1));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        paintText(painter, QRectF(0, y - 8, plot.left() - 6, 16), Qt::AlignRight | Qt::AlignVCenter, d->tick(tick),
                  colors().faint);
    }
    const QRectF axis(plot.left(), plot.bottom() + 2, plot.width(), height() - plot.bottom() - 2);
    paintText(painter, axis, Qt::AlignLeft | Qt::AlignTop, d->spanText(), colors().faint);
    paintText(painter, axis, Qt::AlignRight | Qt::AlignTop, tr("now"), colors().faint);
    d->paintLimits(painter, plot, top);
    painter.save();
    painter.setClipRect(plot.adjusted(0, -3, 2, 2));
    for (const ChartSeries& one : d->series)
        paintSeries(painter, one, runs(one, d->left(), d->gap, [&](const QPointF& point) {
                        return QPointF(d->x(plot, point.x()), plot.bottom() - point.y() / top * plot.height());
                    }));
    painter.restore();
    if (d->hover)
        d->paintHover(painter, plot, top);
    if (hasFocus()) {
        painter.setPen(QPen(colors().selection, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
}

void LineChart::Private::paintHeader(QPainter& painter, double width) const
{
    painter.setFont(scaledFont(1, QFont::DemiBold));
    double edge = width;
    // The newest values, last series outermost.
    for (auto one = series.crbegin(); one != series.crend(); ++one) {
        const auto value = at(*one, hover ? hover : right());
        const QString text = value ? format(value->y()) : QStringLiteral("–");
        painter.setFont(scaledFont(11.0 / 13, QFont::DemiBold));
        const double needed = painter.fontMetrics().horizontalAdvance(text) + 2;
        paintText(painter, QRectF(edge - needed, 0, needed, headerHeight), Qt::AlignRight | Qt::AlignVCenter, text,
                  one->color());
        edge -= needed + 8;
    }
    painter.setFont(scaledFont(1, QFont::DemiBold));
    const double titleWidth = painter.fontMetrics().horizontalAdvance(title);
    paintText(painter, QRectF(1, 0, std::max(0.0, edge), headerHeight), Qt::AlignLeft | Qt::AlignVCenter,
              painter.fontMetrics().elidedText(title, Qt::ElideRight, int(edge)), colors().text);
    painter.setFont(scaledFont(11.0 / 13));
    const QRectF rest(titleWidth + 10, 0, edge - titleWidth - 10, headerHeight);
    if (rest.width() > 30)
        paintText(painter, rest, Qt::AlignLeft | Qt::AlignVCenter,
                  painter.fontMetrics().elidedText(subtitle, Qt::ElideRight, int(rest.width())), colors().muted);
}

void LineChart::Private::paintLimits(QPainter& painter, const QRectF& plot, double top) const
{
    QMap<double, QList<const ChartSeries*>> limits;
    for (const ChartSeries& one : series)
        if (one.limit && *one.limit <= top)
            limits[*one.limit].append(&one);
    painter.setFont(scaledFont(10.0 / 13));
    for (auto limit = limits.cbegin(); limit != limits.cend(); ++limit) {
        const double y = std::round(plot.bottom() - limit.key() / top * plot.height()) + 0.5;
        painter.setPen(QPen(colors().bad, 1.2, Qt::CustomDashLine));
        QPen pen = painter.pen();
        pen.setDashPattern({5, 4});
        painter.setPen(pen);
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        const QString text = limit->size() > 1 || series.size() == 1
                                 ? (series.size() == 1 ? LineChart::tr("limit") : LineChart::tr("limit, both"))
                                 : LineChart::tr("limit, %1").arg(limit->front()->name);
        const QFontMetricsF metrics(painter.font());
        const double width = metrics.horizontalAdvance(text) + 8;
        const bool above = y - plot.top() > -1 && y - metrics.height() > headerHeight - 2;
        const QRectF label(plot.right() - width, above ? y - metrics.height() - 1 : y + 1, width, metrics.height());
        paintText(painter, label, Qt::AlignRight | Qt::AlignVCenter, text, colors().bad);
    }
}

void LineChart::Private::paintPhases(QPainter& painter, const QRectF& plot) const
{
    painter.setFont(scaledFont(10.5 / 13));
    for (const auto& [begin, end, label, tone] : phases) {
        const double from = std::max(plot.left(), x(plot, double(begin)));
        const double to = std::min(plot.right(), end ? x(plot, double(end)) : plot.right());
        if (to <= from)
            continue;
        const QRectF area(from, plot.top(), to - from, plot.height());
        painter.fillRect(area, faded(toneColor(tone), 0.09));
        paintText(painter, area.adjusted(4, 2, -2, 0), Qt::AlignLeft | Qt::AlignTop,
                  painter.fontMetrics().elidedText(label, Qt::ElideRight, int(area.width()) - 6), toneColor(tone));
    }
}

void LineChart::Private::paintHover(QPainter& painter, const QRectF& plot, double top) const
{
    const double column = x(plot, double(hover));
    if (column < plot.left() - 1 || column > plot.right() + 1)
        return;
    painter.setPen(QPen(colors().faint, 1));
    painter.drawLine(QPointF(column, plot.top()), QPointF(column, plot.bottom()));
    for (const ChartSeries& one : series)
        if (const auto point = at(one, hover)) {
            painter.setBrush(one.color());
            painter.setPen(QPen(colors().surface, 1.5));
            painter.drawEllipse(QPointF(x(plot, point->x()), plot.bottom() - point->y() / top * plot.height()), 4, 4);
        }
    const double ago = std::round(double(right() - hover) / 1000);
    const QString text = LineChart::tr("%n s ago", nullptr, int(ago));
    painter.setFont(scaledFont(10.0 / 13));
    const double width = painter.fontMetrics().horizontalAdvance(text) + 10;
    const QRectF label(std::clamp(column - width / 2, plot.left(), plot.right() - width), plot.bottom() + 1, width,
                       painter.fontMetrics().height() + 2);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors().text);
    painter.drawRoundedRect(label, 3, 3);
    paintText(painter, label, Qt::AlignCenter, text, colors().surface);
}

} // namespace diptych::widgets
