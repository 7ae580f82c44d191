// Time in words: the ticks below a chart, moments, and what happened at them.
#include "widgets/linechart_p.h"

#include <QDateTime>
#include <QPainter>

#include <array>
#include <cmath>

namespace diptych::widgets {

namespace {

constexpr qint64 daySeconds = 86'400;
constexpr std::array<qint64, 20> roundSteps{1,
                                            2,
                                            5,
                                            10,
                                            15,
                                            30,
                                            60,
                                            120,
                                            300,
                                            600,
                                            900,
                                            1800,
                                            3600,
                                            7200,
                                            10'800,
                                            21'600,
                                            43'200,
                                            daySeconds,
                                            2 * daySeconds,
                                            7 * daySeconds};

QString dateText(const QDate& date)
{
    return QLocale().toString(date, LineChart::tr("d MMM", "a date on a time axis"));
}

QString tickText(const QDateTime& moment, qint64 step)
{
    if (moment.time() == QTime(0, 0) && step >= 60)
        return dateText(moment.date());
    return moment.time().toString(step < 60 ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
}

/// The first round moment at or after time, in the zone's own hours and days.
qint64 roundedUp(qint64 time, qint64 step)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(time);
    if (step >= daySeconds) {
        const qint64 days = step / daySeconds;
        QDate date = local.date();
        if (date.startOfDay() < local)
            date = date.addDays(1);
        while (date.toJulianDay() % days != 0)
            date = date.addDays(1);
        return date.startOfDay().toMSecsSinceEpoch();
    }
    const qint64 offset = qint64(local.offsetFromUtc()) * 1000;
    const qint64 width = step * 1000;
    return (time + offset + width - 1) / width * width - offset;
}

} // namespace

QString clockText(qint64 time, bool seconds)
{
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(time);
    const QString clock = moment.time().toString(seconds ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
    return moment.date() == QDate::currentDate() ? clock : dateText(moment.date()) + QLatin1Char(' ') + clock;
}

QList<TimeTick> timeTicks(qint64 left, qint64 right, double width, const QFontMetricsF& metrics)
{
    QList<TimeTick> ticks;
    const double label = metrics.horizontalAdvance(QStringLiteral("00:00:00")) + 22;
    const double seconds = double(right - left) / 1000;
    if (seconds <= 0 || width < label)
        return ticks;
    qint64 step = roundSteps.back();
    for (qint64 candidate : roundSteps)
        if (double(candidate) / seconds * width >= label) {
            step = candidate;
            break;
        }
    for (qint64 time = roundedUp(left, step); time <= right && ticks.size() < 200; time = roundedUp(time + 1, step))
        ticks.append({time, tickText(QDateTime::fromMSecsSinceEpoch(time), step)});
    return ticks;
}

void LineChart::Private::paintTimeAxis(QPainter& painter, const QRectF& plot, int height) const
{
    const QRectF axis(plot.left(), plot.bottom() + 2, plot.width(), height - plot.bottom() - 2);
    if (relative()) {
        painter.setPen(colors().faint);
        painter.drawText(axis, Qt::AlignLeft | Qt::AlignTop, spanText());
        painter.drawText(axis, Qt::AlignRight | Qt::AlignTop, LineChart::tr("now"));
        return;
    }
    const QFontMetricsF metrics(painter.font());
    for (const TimeTick& tick : timeTicks(left(), right(), plot.width(), metrics)) {
        const double column = std::round(x(plot, double(tick.time))) + 0.5;
        painter.setPen(QPen(colors().line, 1));
        painter.drawLine(QPointF(column, plot.top()), QPointF(column, plot.bottom() + 3));
        const double width = metrics.horizontalAdvance(tick.label) + 2;
        const double from = std::clamp(column - width / 2, plot.left(), std::max(plot.left(), plot.right() - width));
        painter.setPen(colors().faint);
        painter.drawText(QRectF(from, axis.top() + 1, width, axis.height()), Qt::AlignHCenter | Qt::AlignTop,
                         tick.label);
    }
}

QString LineChart::Private::momentText(qint64 time) const
{
    if (relative() && time <= right())
        return LineChart::tr("%n s ago", nullptr, int(std::lround(double(right() - time) / 1000)));
    return clockText(time);
}

QString LineChart::Private::valueText(const ChartSeries& one, qint64 time) const
{
    const auto value = at(one, time);
    if (!value)
        return QStringLiteral("–");
    const auto peak = at(one.peaks, time);
    const QString mean = format(value->y());
    return peak && format(peak->y()) != mean ? LineChart::tr("%1 (max %2)").arg(mean, format(peak->y())) : mean;
}

const ChartEvent* LineChart::Private::eventNear(qint64 time, qint64 tolerance) const
{
    const ChartEvent* nearest = nullptr;
    for (const ChartEvent& event : events)
        if (std::abs(event.time - time) <= tolerance &&
            (!nearest || std::abs(event.time - time) < std::abs(nearest->time - time)))
            nearest = &event;
    return nearest;
}

QString LineChart::Private::eventsAt(qint64 time) const
{
    QStringList all;
    for (const ChartEvent& event : events) {
        if (std::abs(event.time - time) > gap)
            continue;
        // Each belongs to the one point it is nearest to.
        qint64 nearest = 0;
        for (const ChartSeries& one : series)
            if (const auto point = at(one, event.time))
                if (!nearest || std::abs(point->x() - double(event.time)) < std::abs(double(nearest - event.time)))
                    nearest = qint64(point->x());
        if (nearest == time)
            all.append(event.text.isEmpty() ? event.label : event.text);
    }
    return all.join(QStringLiteral("; "));
}

void LineChart::Private::paintEvents(QPainter& painter, const QRectF& plot) const
{
    QList<std::pair<const ChartEvent*, double>> drawn; // with its column
    for (const ChartEvent& event : events) {
        const double column = std::round(x(plot, double(event.time))) + 0.5;
        if (!sees(double(event.time)) || (!drawn.isEmpty() && column - drawn.last().second < 2))
            continue;
        drawn.append({&event, column});
        painter.setPen(QPen(faded(toneColor(event.tone), 0.75), 1));
        painter.drawLine(QPointF(column, plot.top()), QPointF(column, plot.bottom()));
    }
    // Words over all lines.
    painter.setFont(scaledFont(9.5 / 13));
    const QFontMetricsF metrics(painter.font());
    double occupied = plot.left();
    for (const auto& [event, column] : drawn) {
        const double width = metrics.horizontalAdvance(event->label) + 6;
        const double from = column + width <= plot.right() ? column : column - width;
        if (from < occupied)
            continue;
        occupied = from + width + 2;
        const QRectF label(from, plot.top(), width, metrics.height());
        painter.fillRect(label.adjusted(1, 0, 0, 0), faded(colors().surface, 0.85));
        painter.setPen(toneColor(event->tone));
        painter.drawText(label, Qt::AlignCenter, event->label);
    }
}

void LineChart::Private::paintDrag(QPainter& painter, const QRectF& plot) const
{
    if (dragFrom < 0 || std::abs(dragTo - dragFrom) < 2)
        return;
    const QRectF area(std::min(dragFrom, dragTo), plot.top(), std::abs(dragTo - dragFrom), plot.height());
    painter.setPen(QPen(colors().selection, 1));
    painter.setBrush(faded(colors().selection, 0.15));
    painter.drawRect(area);
}

} // namespace diptych::widgets
