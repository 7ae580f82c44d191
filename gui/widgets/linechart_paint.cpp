#include "widgets/linechart_p.h"

#include <QPainter>
#include <QToolButton>

#include <cmath>
#include <limits>

namespace diptych::widgets {
namespace {

void paintText(QPainter& painter, const QRectF& rect, int flags, const QString& text, const QColor& color)
{
    painter.setPen(color);
    painter.drawText(rect, flags, text);
}

/// Consecutive points without gaps.
template <typename Map>
QList<QPolygonF> runs(const QList<QPointF>& points, qint64 from, qint64 to, int gap, const Map& map)
{
    QList<QPolygonF> result;
    QPolygonF run;
    double previous = std::numeric_limits<double>::lowest();
    const auto first = std::lower_bound(points.begin(), points.end(), double(from - gap),
                                        [](const QPointF& point, double t) { return point.x() < t; });
    for (auto point = first; point != points.end() && point->x() <= double(to + gap); ++point) {
        const bool missing = !std::isfinite(point->y());
        if ((missing || point->x() - previous > gap) && !run.isEmpty()) {
            result.append(run);
            run.clear();
        }
        previous = point->x();
        if (!missing)
            run.append(map(*point));
    }
    if (!run.isEmpty())
        result.append(run);
    return result;
}

/// Most pixel columns hold several points: a stroke of zigzags would be drawn over and over.
bool isCrowded(const QPolygonF& line)
{
    return line.size() > 64 && double(line.size()) > 1.5 * (line.back().x() - line.front().x());
}

/// The extent of a crowded line in each pixel column, so far that neighbours touch.
QList<QRectF> columns(const QPolygonF& line, double width)
{
    QList<QRectF> result;
    double last = line.front().y();
    for (auto point = line.begin(); point != line.end();) {
        const double column = std::floor(point->x());
        double low = std::min(last, point->y());
        double high = std::max(last, point->y());
        for (; point != line.end() && std::floor(point->x()) == column; ++point) {
            low = std::min(low, point->y());
            high = std::max(high, point->y());
            last = point->y();
        }
        result.append(QRectF(column, low - width / 2, 1, high - low + width));
    }
    return result;
}

void paintLines(QPainter& painter, const QColor& color, double width, const QList<QPolygonF>& lines)
{
    painter.setPen(QPen(color, width, Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin));
    for (const QPolygonF& line : lines) {
        if (line.size() == 1)
            painter.drawPoint(line.front());
        else if (isCrowded(line))
            for (const QRectF& column : columns(line, width))
                painter.fillRect(column, color);
        else
            painter.drawPolyline(line);
    }
}

} // namespace

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
    d->paintTimeAxis(painter, plot, height());
    painter.save();
    painter.setClipRect(plot.adjusted(0, -3, 2, 2));
    d->paintEvents(painter, plot);
    painter.setClipping(false);
    d->paintLimits(painter, plot, top);
    painter.setClipRect(plot.adjusted(0, -3, 2, 2));
    const auto map = [&](const QPointF& point) {
        return QPointF(d->x(plot, point.x()), plot.bottom() - point.y() / top * plot.height());
    };
    for (const ChartSeries& one : d->series)
        paintLines(painter, faded(one.color(), 0.45), 1, runs(one.peaks, d->left(), d->right(), d->gap, map));
    for (const ChartSeries& one : d->series)
        paintLines(painter, one.color(), 1.7, runs(one.points, d->left(), d->right(), d->gap, map));
    painter.restore();
    d->paintEmpty(painter, plot);
    d->paintDrag(painter, plot);
    if (d->cursor())
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
        const QString value = valueText(*one, cursor() ? cursor() : right());
        const QString text = named ? one->name + QLatin1Char(' ') + value : value;
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
        const QString text = !limitText.isEmpty() ? limitText
                             : limit->size() > 1 || series.size() == 1
                                 ? (series.size() == 1 ? LineChart::tr("limit") : LineChart::tr("limit, both"))
                                 : LineChart::tr("limit, %1").arg(limit->front()->name);
        const QFontMetricsF metrics(painter.font());
        const double width = metrics.horizontalAdvance(text) + 8;
        const bool above = y - plot.top() > -1 && y - metrics.height() > headerHeight - 2;
        const QRectF label(plot.right() - width, above ? y - metrics.height() - 1 : y + 1, width, metrics.height());
        painter.fillRect(label.adjusted(4, 0, 0, 0), faded(colors().surface, 0.85));
        paintText(painter, label, Qt::AlignRight | Qt::AlignVCenter, text, colors().bad);
    }
}

void LineChart::Private::paintEmpty(QPainter& painter, const QRectF& plot) const
{
    if (emptyText.isEmpty() || !isBlank())
        return;
    painter.setFont(scaledFont(1));
    constexpr int flags = int(Qt::AlignCenter) | int(Qt::TextWordWrap);
    const QRectF words = painter.boundingRect(plot.adjusted(12, 4, -12, -4), flags, emptyText);
    painter.fillRect(words.adjusted(-8, -2, 8, 2), colors().surface); // no line goes through them
    paintText(painter, words, flags, emptyText, colors().muted);
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
    const double column = x(plot, double(cursor()));
    if (column < plot.left() - 1 || column > plot.right() + 1)
        return;
    painter.setPen(QPen(colors().faint, 1));
    painter.drawLine(QPointF(column, plot.top()), QPointF(column, plot.bottom()));
    for (const ChartSeries& one : series)
        if (const auto point = at(one, cursor())) {
            painter.setBrush(one.color());
            painter.setPen(QPen(colors().surface, 1.5));
            painter.drawEllipse(QPointF(x(plot, point->x()), plot.bottom() - point->y() / top * plot.height()), 4, 4);
        }
    QString text = momentText(cursor());
    if (const ChartEvent* event = eventNear(cursor(), 4 * pixel(plot)))
        text += QStringLiteral(" · ") + event->label;
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
