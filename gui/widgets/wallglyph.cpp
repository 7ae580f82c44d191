#include "widgets/wallglyph.h"

#include <QCoreApplication>
#include <QPainter>

namespace diptych::widgets {

QColor wallColor(int level)
{
    const Colors& c = colors();
    switch (level) {
    case 1:
        return c.bad;
    case 2:
        return c.container;
    case 3:
        return c.warn;
    case 4:
        return c.good;
    default:
        return c.faint;
    }
}

QString wallText(int level)
{
    const auto words = [](const char* text) { return QCoreApplication::translate("diptych::widgets", text); };
    switch (level) {
    case 1:
        return words(QT_TRANSLATE_NOOP("diptych::widgets", "1 of 4: shared with the host"));
    case 2:
        return words(
            QT_TRANSLATE_NOOP("diptych::widgets", "2 of 4: the host's, behind a namespace, a limit or a filter"));
    case 3:
        return words(QT_TRANSLATE_NOOP("diptych::widgets", "3 of 4: emulated by a process of the host"));
    case 4:
        return words(QT_TRANSLATE_NOOP("diptych::widgets", "4 of 4: its own, behind hardware"));
    default:
        return words(QT_TRANSLATE_NOOP("diptych::widgets", "not measured"));
    }
}

void paintWallGlyph(QPainter& painter, const QPointF& topLeft, int level)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (int bar = 0; bar < 4; ++bar) {
        const QRectF rect(topLeft.x() + bar * 6, topLeft.y(), 4, wallGlyphSize.height());
        if (level <= 0) {
            painter.setPen(QPen(faded(colors().faint, 0.7), 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 1, 1);
            painter.drawLine(rect.bottomLeft() + QPointF(0.5, -3), rect.topRight() + QPointF(-0.5, 3));
            continue;
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(bar < level ? wallColor(level) : colors().line);
        painter.drawRoundedRect(rect, 1, 1);
    }
    painter.restore();
}

WallGlyph::WallGlyph(int level, QWidget* parent) : QWidget(parent), m_level(level)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setLevel(level);
}

void WallGlyph::setLevel(int level)
{
    m_level = std::clamp(level, 0, 4);
    setAccessibleName(wallText(m_level));
    setToolTip(wallText(m_level));
    update();
}

void WallGlyph::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintWallGlyph(painter, {1, (height() - wallGlyphSize.height()) / 2.0}, m_level);
}

} // namespace diptych::widgets
