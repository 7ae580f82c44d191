#include "shell/nav_button.h"

#include "models/formatting.h"
#include "widgets/icons.h"

#include <QFocusEvent>
#include <QPainter>

namespace diptych::shell {

using namespace Qt::StringLiterals;

NavButton::NavButton(const QString& iconName, const QString& text, QWidget* parent)
    : QAbstractButton(parent), m_icon(iconName)
{
    setText(text);
    setCheckable(true);
    setAutoExclusive(true);
    setAccessibleName(text);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
}

void NavButton::setCount(int count)
{
    if (m_count == count)
        return;
    m_count = count;
    setAccessibleName(count > 0 ? u"%1, %2"_s.arg(text(), models::count(count)) : text());
    update();
}

QSize NavButton::sizeHint() const
{
    return {150, fontMetrics().height() + 15};
}

void NavButton::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void NavButton::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

void NavButton::focusInEvent(QFocusEvent* event)
{
    m_ringed = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    QAbstractButton::focusInEvent(event);
}

void NavButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const widgets::Colors& c = widgets::colors();
    const QRectF frame = QRectF(rect()).adjusted(1, 1, -1, -1);
    if (isChecked() || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isChecked() ? c.selectionTint : widgets::faded(c.line, 0.6));
        painter.drawRoundedRect(frame, 7, 7);
    }
    if (hasFocus() && m_ringed) {
        painter.setPen(QPen(c.selection, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(frame, 7, 7);
    }
    const QColor ink = isChecked() ? c.selection : c.text;
    const qreal side = 16;
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    QRectF iconRect(frame.left() + 9, frame.center().y() - side / 2, side, side);
    QRectF textRect = frame.adjusted(35, 0, -10, 0);
    if (mirrored) {
        iconRect.moveRight(frame.right() - 9);
        textRect = frame.adjusted(10, 0, -35, 0);
    }
    widgets::paintIcon(painter, iconRect, m_icon, ink);
    painter.setPen(ink);
    painter.setFont(widgets::scaledFont(1, isChecked() ? QFont::DemiBold : QFont::Medium));
    painter.drawText(textRect, int(Qt::AlignLeading | Qt::AlignVCenter), text());
    if (m_count <= 0)
        return;
    painter.setFont(widgets::scaledFont(11.0 / 13, QFont::Medium));
    painter.setPen(c.muted);
    painter.drawText(textRect, int(Qt::AlignTrailing | Qt::AlignVCenter), models::count(m_count));
}

} // namespace diptych::shell
