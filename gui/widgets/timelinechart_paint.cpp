#include "widgets/timelinechart.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>

namespace diptych::widgets {
namespace {

constexpr double rowHeight = 27;
constexpr double barHeight = 19;

/// Neighbouring steps differ in shade, and the text on them must be readable on each.
QColor shadeOf(Tone tone, int step)
{
    static constexpr double shades[] = {0.0, 0.28, 0.12, 0.38, 0.2};
    return mixed(toneColor(tone), colors().surface, shades[step % 5]);
}

} // namespace

void TimelineChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QList<Bar> all = bars();
    for (int row = 0; row < m_rows.size(); ++row)
        paintRow(painter, row, all);
    if (hasFocus() && m_current >= 0 && m_current < all.size()) {
        painter.setPen(QPen(colors().selection, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(all[m_current].rect.adjusted(-1.5, -1.5, 1.5, 1.5), 4, 4);
    } else if (hasFocus()) {
        painter.setPen(QPen(colors().selection, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
}

void TimelineChart::paintRow(QPainter& painter, int row, const QList<Bar>& bars) const
{
    const TimelineRow& one = m_rows[row];
    const QRectF scale = scaleRect();
    const double top = rowTop(row);
    painter.setFont(scaledFont(11.5 / 13, QFont::DemiBold));
    painter.setPen(toneColor(one.tone));
    painter.drawText(QRectF(1, top, scale.left() - 8, barHeight), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(one.name, Qt::ElideRight, int(scale.left()) - 10));
    if (one.timeline.steps.isEmpty()) {
        painter.setFont(scaledFont(11.5 / 13));
        painter.setPen(colors().muted);
        painter.drawText(QRectF(scale.left(), top, scale.width(), barHeight), Qt::AlignLeft | Qt::AlignVCenter,
                         one.note);
        return;
    }
    if (needsInset(row))
        paintInset(painter, row);
    double end = scale.left();
    for (const Bar& bar : bars) {
        if (bar.row != row)
            continue;
        paintBar(painter, bar);
        if (!bar.inset)
            end = std::max(end, bar.rect.right());
    }
    painter.setFont(scaledFont(11.5 / 13, QFont::Weight(650)));
    painter.setPen(colors().text);
    const QString text = one.timeline.complete ? m_format(total(row)) : tr("%1 …").arg(m_format(total(row)));
    painter.drawText(QRectF(end + 8, top, width() - end - 8, barHeight), Qt::AlignLeft | Qt::AlignVCenter, text);
}

void TimelineChart::paintBar(QPainter& painter, const Bar& bar) const
{
    const TimelineRow& row = m_rows[bar.row];
    const QColor color = shadeOf(row.tone, std::max(0, bar.step));
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    const double radius = std::min(3.0, bar.rect.width() / 2);
    painter.drawRoundedRect(bar.rect, radius, radius);
    if (bar.step < 0 || bar.rect.width() < 26)
        return;
    painter.setFont(scaledFont(10.5 / 13, QFont::Medium));
    const double room = bar.rect.width() - 10;
    const QString name = stepName(row.timeline.steps[bar.step]);
    const double needed = painter.fontMetrics().horizontalAdvance(name);
    if (needed > room + 1 && room < 40)
        return;
    // Whichever of the two stands out more on this shade.
    const bool lightText = qGray(color.rgb()) < 140;
    painter.setPen(lightText ? QColor(Qt::white) : QColor(0x10161d));
    painter.drawText(bar.rect.adjusted(6, 0, -4, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(name, Qt::ElideRight, int(room)));
}

void TimelineChart::paintInset(QPainter& painter, int row) const
{
    const QRectF scale = scaleRect();
    const double factor = insetFactor(row);
    const double perNanosecond = scale.width() / double(longest());
    const double top = rowTop(row);
    const double right = scale.left() + std::max(2.0, double(total(row)) * perNanosecond);
    const double insetRight = scale.left() + double(total(row)) * perNanosecond * factor;
    const double insetTop = top + rowHeight;
    // The beam of the magnifying glass.
    QPainterPath beam;
    beam.moveTo(scale.left(), top + barHeight);
    beam.lineTo(right, top + barHeight);
    beam.cubicTo(right, insetTop - 3, insetRight, top + barHeight + 3, insetRight, insetTop);
    beam.lineTo(scale.left(), insetTop);
    beam.closeSubpath();
    painter.setPen(Qt::NoPen);
    painter.setBrush(toneTint(m_rows[row].tone));
    painter.drawPath(beam);
    painter.setFont(scaledFont(11.0 / 13));
    painter.setPen(colors().muted);
    painter.drawText(QRectF(insetRight + 8, insetTop, width() - insetRight - 8, barHeight),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     tr("×%1").arg(QLocale().toString(factor, 'f', factor < 10 ? 0 : 0)));
}

} // namespace diptych::widgets
