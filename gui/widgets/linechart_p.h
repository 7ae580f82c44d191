// Shared by the chart's painting and its input.
#pragma once

#include "widgets/linechart.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPointF>

#include <algorithm>

class QPainter;
class QTableWidget;
class QToolButton;

namespace diptych::widgets {

struct ChartSeries
{
    QString name;
    Tone tone;
    int shade = 0; ///< how many before it have the tone
    QList<QPointF> points, peaks;
    std::optional<double> limit;
    [[nodiscard]] QColor color() const { return mixed(toneColor(tone), colors().text, shade * 0.4); }
};

struct TimeTick
{
    qint64 time;
    QString label;
};
/// Round moments of the local time, as many as width has room for.
QList<TimeTick> timeTicks(qint64 left, qint64 right, double width, const QFontMetricsF& metrics);
/// The date too where it is another day than today.
QString clockText(qint64 time, bool seconds = true);

struct LineChart::Private
{
    static constexpr double headerHeight = 24;
    QString title, subtitle, emptyText, limitText;
    bool named = false;
    Formatter format = [](double v) { return QLocale().toString(v, 'g', 4); };
    Formatter tickFormat;
    Ticks ticks = Ticks::Decimal;
    double minimumTop = 0;
    qint64 span = 60'000; ///< ms
    qint64 standing = 0;  ///< right edge of a view that stands still; 0: it follows
    bool navigable = false;
    int gap = 3500;
    QList<ChartSeries> series;
    QList<std::tuple<qint64, qint64, QString, Tone>> phases;
    qint64 now = 0;
    qint64 hover = 0;
    qint64 mark = 0;
    double dragFrom = -1, dragTo = -1; ///< pixels
    QList<ChartEvent> events;
    QTableWidget* table = nullptr;
    QToolButton* tableButton = nullptr;

    [[nodiscard]] qint64 right() const;
    [[nodiscard]] qint64 left() const { return right() - span; }
    [[nodiscard]] qint64 cursor() const { return hover ? hover : mark; }
    [[nodiscard]] bool relative() const { return !standing && span <= 600'000; } ///< seconds before now are told
    [[nodiscard]] bool sees(double time) const { return time >= double(left()) && time <= double(right()); }
    [[nodiscard]] bool isBlank() const;
    [[nodiscard]] double top() const;
    [[nodiscard]] QList<double> tickValues(double top) const;
    [[nodiscard]] QRectF plot(const QSize& size) const;
    [[nodiscard]] double x(const QRectF& plot, double time) const
    {
        return plot.right() - (double(right()) - time) / double(span) * plot.width();
    }
    [[nodiscard]] qint64 timeAt(const QRectF& plot, double x) const
    {
        return right() - qint64((plot.right() - x) / plot.width() * double(span));
    }
    /// The point nearest to time, if there is one within the gap.
    [[nodiscard]] std::optional<QPointF> at(const ChartSeries& one, qint64 time) const { return at(one.points, time); }
    [[nodiscard]] std::optional<QPointF> at(const QList<QPointF>& points, qint64 time) const;
    [[nodiscard]] QString valueText(const ChartSeries& one, qint64 time) const; ///< with its peak, "–" without a point
    [[nodiscard]] const ChartEvent* eventNear(qint64 time, qint64 tolerance) const;
    [[nodiscard]] QString momentText(qint64 time) const;
    [[nodiscard]] qint64 pixel(const QRectF& plot) const { return qint64(double(span) / std::max(1.0, plot.width())); }
    [[nodiscard]] QList<qint64> times() const; ///< visible moments, oldest first
    [[nodiscard]] QString tick(double value) const { return (tickFormat ? tickFormat : format)(value); }
    [[nodiscard]] QString spanText() const;
    void fillTable();
    [[nodiscard]] QString eventsAt(qint64 time) const; ///< nearest to this point

    void paintHeader(QPainter& painter, double width) const;
    void paintLimits(QPainter& painter, const QRectF& plot, double top) const;
    void paintEmpty(QPainter& painter, const QRectF& plot) const;
    void paintPhases(QPainter& painter, const QRectF& plot) const;
    void paintTimeAxis(QPainter& painter, const QRectF& plot, int height) const;
    void paintEvents(QPainter& painter, const QRectF& plot) const;
    void paintDrag(QPainter& painter, const QRectF& plot) const;
    void paintHover(QPainter& painter, const QRectF& plot, double top) const;
};

} // namespace diptych::widgets
