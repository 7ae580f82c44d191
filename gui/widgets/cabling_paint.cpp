#include "widgets/cabling_p.h"

#include <QPainter>

namespace diptych::widgets {

using namespace cabling;

Cabling::Run Cabling::runOf(const Cable& cable, const QPointF& a, const QPointF& b, double width)
{
    QPainterPath path(a);
    if (std::abs(a.x() - b.x()) < 1) {
        // Both on the left: a bow outside of them.
        const double out = std::min(60.0, width * (barFrom - leftPart) * 0.6);
        path.cubicTo(a + QPointF(out, 0), b + QPointF(out, 0), b);
    } else {
        const double half = (b.x() - a.x()) / 2;
        path.cubicTo(a + QPointF(half, 0), b - QPointF(half, 0), b);
    }
    QRectF label;
    if (!cable.label.isEmpty()) {
        const QFontMetricsF metrics(Theme::instance().small());
        const QSizeF size(std::min(metrics.horizontalAdvance(cable.label) + 12, width * (barFrom - leftPart) - 16),
                          metrics.height() + 3);
        // Near the left end, where cables are apart from one another.
        const double x = a.x() < b.x() ? a.x() + (width * (barFrom - leftPart) - size.width()) / 2
                                       : a.x() - width * 0.05 - size.width() / 2;
        const double part =
            std::clamp((x + size.width() / 2 - a.x()) / (b.x() - a.x() == 0 ? 1 : b.x() - a.x()), 0.0, 1.0);
        const QPointF middle = path.pointAtPercent(std::abs(a.x() - b.x()) < 1 ? 0.5 : part);
        label = QRectF(middle - QPointF(size.width() / 2, size.height() / 2), size);
    }
    return {&cable, path, label};
}

void Cabling::paintBox(QPainter& painter, const Cell& cell) const
{
    const Box& box = *cell.box;
    const bool machine = box.tone == Tone::Machine;
    QPen pen(box.outlined || box.tone == Tone::Host ? toneLine(box.tone) : toneColor(box.tone), machine ? 2.6 : 1.4);
    if (box.outlined)
        pen.setStyle(Qt::DotLine);
    else if (box.tone == Tone::Container)
        pen.setDashPattern({4, 2.6});
    painter.setPen(pen);
    painter.setBrush(box.outlined ? colors().surface : mixed(colors().surface, toneTint(box.tone), 0.8));
    painter.drawRoundedRect(cell.rect.adjusted(1, 1, -1, -1), boxRadius, boxRadius);
    const QFont font = scaledFont(1, QFont::DemiBold);
    const QFontMetricsF metrics(font), small(Theme::instance().small());
    const QRectF line(cell.rect.topLeft() + QPointF(pad, pad - 3),
                      QSizeF(cell.rect.width() - 2 * pad, metrics.height()));
    const double words = small.horizontalAdvance(box.text);
    painter.setFont(font);
    painter.setPen(toneColor(box.tone == Tone::Host ? Tone::Text : box.tone));
    painter.drawText(
        line, Qt::AlignLeft | Qt::AlignVCenter,
        metrics.elidedText(box.title, Qt::ElideRight, line.width() - (box.text.isEmpty() ? 0 : words + 10)));
    painter.setFont(Theme::instance().small());
    painter.setPen(colors().muted);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, box.text);
}

void Cabling::paintPort(QPainter& painter, const Cell& cell) const
{
    const Colors& c = colors();
    const Port& port = *cell.port;
    const bool current = port.id == m_current;
    painter.setPen(QPen(current ? c.selection : c.line, current ? 2 : 1));
    painter.setBrush(current ? c.selectionTint : c.surface);
    painter.drawRoundedRect(cell.rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    const QFontMetricsF small(Theme::instance().small());
    QRectF line(cell.rect.left() + 8, cell.rect.top() + 4, cell.rect.width() - 16, small.height());
    QFont name = Theme::instance().small();
    name.setWeight(QFont::DemiBold);
    const double noted = port.note.isEmpty() ? 0 : small.horizontalAdvance(port.note) + 10;
    painter.setFont(name);
    painter.setPen(port.up ? c.text : c.faint);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(name).elidedText(port.name, Qt::ElideRight, line.width() - noted));
    painter.setFont(Theme::instance().small());
    painter.setPen(c.muted);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, port.note);
    line.translate(0, small.height());
    if (line.bottom() < cell.rect.bottom())
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                         small.elidedText(port.text, Qt::ElideRight, line.width()));
}

void Cabling::paintBar(QPainter& painter, const Cell& cell) const
{
    const Colors& c = colors();
    const Bar& bar = *cell.bar;
    const bool current = bar.id == m_current;
    painter.setPen(QPen(current ? c.selection : c.host, current ? 2.2 : 1.2));
    painter.setBrush(current ? c.selectionTint : c.hostTint);
    painter.drawRoundedRect(cell.rect.adjusted(0.5, 0.5, -0.5, -0.5), boxRadius, boxRadius);
    const QFont font = scaledFont(1, QFont::DemiBold);
    QRectF line(cell.rect.left() + pad, cell.rect.top() + pad - 2, cell.rect.width() - 2 * pad, titleHeight());
    painter.setFont(font);
    painter.setPen(c.text);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(font).elidedText(bar.title, Qt::ElideRight, line.width()));
    painter.setFont(Theme::instance().small());
    painter.setPen(c.muted);
    line.translate(0, titleHeight());
    for (const QString& words : {bar.text, bar.note}) {
        if (words.isEmpty())
            continue;
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetricsF(painter.font()).elidedText(words, Qt::ElideRight, line.width()));
        line.translate(0, lineHeight());
    }
}

void Cabling::paintRun(QPainter& painter, const Run& run) const
{
    const Colors& c = colors();
    const Cable& cable = *run.cable;
    const bool current = !m_current.isEmpty() && (cable.id == m_current || cable.from == m_current);
    QPen pen(current ? c.selection : toneColor(cable.tone), current || cable.busy ? 2.4 : 1.3);
    if (cable.dotted)
        pen.setStyle(Qt::DotLine);
    pen.setCapStyle(Qt::RoundCap);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(run.path);
    if (run.label.isEmpty())
        return;
    painter.setPen(QPen(current ? c.selection : c.line, 1));
    painter.setBrush(c.background);
    painter.drawRoundedRect(run.label, 4, 4);
    painter.setFont(Theme::instance().small());
    painter.setPen(c.muted);
    painter.drawText(run.label, Qt::AlignCenter,
                     QFontMetricsF(painter.font()).elidedText(cable.label, Qt::ElideMiddle, run.label.width() - 8));
}

void Cabling::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF clip = event->rect();
    for (const Run& run : m_runs)
        if (run.path.boundingRect().adjusted(-40, -12, 40, 12).intersects(clip))
            paintRun(painter, run);
    for (const Cell& cell : m_cells) {
        if (!cell.rect.intersects(clip))
            continue;
        if (cell.box)
            paintBox(painter, cell);
        else if (cell.port)
            paintPort(painter, cell);
        else
            paintBar(painter, cell);
    }
    if (hasFocus() && !rectOf(m_current).isEmpty()) {
        painter.setPen(QPen(colors().selection, 3));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(rectOf(m_current).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    }
    if (!m_scene.more.isEmpty()) {
        painter.setFont(Theme::instance().small());
        painter.setPen(colors().muted);
        painter.drawText(QRectF(1, m_height - lineHeight() - 4, width() * leftPart, lineHeight()),
                         Qt::AlignLeft | Qt::AlignVCenter, m_scene.more);
    }
}

} // namespace diptych::widgets
