// Shared by the chart's painting and its input.
#pragma once

#include "widgets/linechart.h"

#include <QLocale>
#include <QPointF>

class QTableWidget;
class QToolButton;

namespace diptych::widgets {

struct ChartSeries
{
    QString name;
    Tone tone;
    int shade = 0; ///< how many before it have the tone
    QList<QPointF> points;
    std::optional<double> limit;
    [[nodiscard]] QColor color() const { return mixed(toneColor(tone), colors().text, shade * 0.4); }
};

struct LineChart::Private
{
    static constexpr double headerHeight = 24;
    QString title, subtitle;
    Formatter format = [](double v) { return QLocale().toString(v, 'g', 4); };
    Formatter tickFormat;
    Ticks ticks = Ticks::Decimal;
    double minimumTop = 0;
    int span = 60;
    int gap = 3500;
    QList<ChartSeries> series;
    QList<std::tuple<qint64, qint64, QString, Tone>> phases;
    qint64 now = 0;
    qint64 hover = 0;
    QTableWidget* table = nullptr;
    QToolButton* tableButton = nullptr;

    [[nodiscard]] qint64 right() const;
    [[nodiscard]] qint64 left() const { return right() - qint64(span) * 1000; }
    [[nodiscard]] double top() const;
    [[nodiscard]] QList<double> tickValues(double top) const;
    [[nodiscard]] QRectF plot(const QSize& size) const;
    [[nodiscard]] double x(const QRectF& plot, double time) const
    {
        return plot.right() - (double(right()) - time) / (span * 1000.0) * plot.width();
    }
    /// The point nearest to time, if there is one within the gap.
    [[nodiscard]] std::optional<QPointF> at(const ChartSeries& one, qint64 time) const;
    [[nodiscard]] QList<qint64> times() const; ///< visible moments, oldest first
    [[nodiscard]] QString tick(double value) const { return (tickFormat ? tickFormat : format)(value); }
    [[nodiscard]] QString spanText() const;
    void fillTable();

    void paintHeader(QPainter& painter, double width) const;
    void paintLimits(QPainter& painter, const QRectF& plot, double top) const;
    void paintPhases(QPainter& painter, const QRectF& plot) const;
    void paintHover(QPainter& painter, const QRectF& plot, double top) const;
};

} // namespace diptych::widgets
