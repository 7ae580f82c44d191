#include "pages/wall_card.h"

#include "widgets/tone.h"

#include <QPainter>

namespace diptych::pages {

using widgets::colors;
using widgets::Tone;

namespace {

constexpr double padding = 16;
constexpr double drawingHeight = 62;
constexpr int reservedFacts = 3;

void paintContainer(QPainter& painter, const QRectF& rect)
{
    painter.setBrush(colors().containerTint);
    QPen pen(colors().container, 1.6);
    pen.setDashPattern({2.6, 1.9});
    painter.setPen(pen);
    painter.drawRoundedRect(rect, 5, 5);
}

void paintMachine(QPainter& painter, const QRectF& rect)
{
    painter.setBrush(colors().machineTint);
    painter.setPen(QPen(colors().machine, 3.2));
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5);
    painter.setBrush(colors().surface);
    painter.setPen(QPen(colors().machineLine, 1.2));
    const QRectF kernel(rect.left() + 7, rect.bottom() - 14, rect.width() - 14, 8);
    painter.drawRoundedRect(kernel, 2, 2);
}

} // namespace

WallCard::WallCard(Wall wall, const QString& title, const QString& subtitle, QWidget* parent)
    : QAbstractButton(parent), m_wall(wall), m_subtitle(subtitle)
{
    setText(title);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, qOverload<>(&QWidget::update));
    describe();
}

void WallCard::setFacts(const QList<std::pair<QString, QString>>& facts)
{
    if (facts == m_facts)
        return;
    m_facts = facts;
    describe();
    updateGeometry();
    update();
}

void WallCard::setReason(const QString& reason)
{
    m_reason = reason;
    setEnabled(reason.isEmpty());
    setToolTip(reason);
    describe();
    update();
}

void WallCard::describe()
{
    QStringList parts{m_subtitle};
    for (const auto& [name, value] : std::as_const(m_facts))
        parts.append(name + QStringLiteral(": ") + value);
    if (!m_reason.isEmpty())
        parts.append(m_reason);
    setAccessibleName(text());
    setAccessibleDescription(parts.join(QStringLiteral(". ")));
}

double WallCard::lineHeight() const
{
    return fontMetrics().height() * 1.55;
}

QSize WallCard::sizeHint() const
{
    const double facts = double(qMax<qsizetype>(reservedFacts, m_facts.size()));
    return {260, int(2 * padding + drawingHeight + 8 + fontMetrics().height() * 2.5 + facts * lineHeight())};
}

QSize WallCard::minimumSizeHint() const
{
    return {180, sizeHint().height()};
}

void WallCard::enterEvent(QEnterEvent*)
{
    update();
}

void WallCard::leaveEvent(QEvent*)
{
    update();
}

void WallCard::paintDrawing(QPainter& painter, const QRectF& rect) const
{
    const double width = m_wall == Wall::Twins ? 124 : 92;
    const QRectF base(rect.center().x() - width / 2, rect.bottom() - 12, width, 12);
    painter.setPen(QPen(widgets::mixed(colors().line, colors().host, 0.35), 1));
    painter.setBrush(colors().hostTint);
    painter.drawRoundedRect(base, 2.5, 2.5);
    const double height = rect.height() - 15;
    const double inner = m_wall == Wall::Twins ? 54 : 80;
    const QRectF left(m_wall == Wall::Twins ? base.left() + 4 : base.center().x() - inner / 2, rect.top(), inner,
                      height);
    if (m_wall == Wall::Machine)
        paintMachine(painter, left);
    else
        paintContainer(painter, left.adjusted(0, 2, 0, 0));
    if (m_wall == Wall::Twins)
        paintMachine(painter, QRectF(base.right() - 4 - inner, rect.top(), inner, height));
}

void WallCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(1, 1, -1, -1);
    const bool strong = isChecked() && isEnabled();
    painter.setBrush(isEnabled() && (underMouse() || isDown()) && !strong ? colors().raised : colors().surface);
    painter.setPen(QPen(strong || hasFocus() ? colors().selection : colors().line, strong ? 2 : 1));
    painter.drawRoundedRect(frame, 10, 10);
    if (hasFocus() && strong) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(widgets::faded(colors().selection, 0.5), 1));
        painter.drawRoundedRect(frame.adjusted(3, 3, -3, -3), 7, 7);
    }
    const QRectF inside = frame.adjusted(padding, padding, -padding, -padding);
    painter.setOpacity(isEnabled() ? 1 : 0.45);
    paintDrawing(painter, QRectF(inside.left(), inside.top(), inside.width(), drawingHeight));

    double y = inside.top() + drawingHeight + 8;
    const double line = fontMetrics().height();
    const auto write = [&](const QRectF& where, const QString& what, const QColor& color, const QFont& font,
                           Qt::Alignment align) {
        painter.setFont(font);
        painter.setPen(color);
        painter.drawText(where, int(align | Qt::AlignVCenter),
                         QFontMetricsF(font).elidedText(what, Qt::ElideRight, where.width()));
    };
    const QColor title = m_wall == Wall::Container ? colors().container
                         : m_wall == Wall::Machine ? colors().machine
                                                   : colors().text;
    write({inside.left(), y, inside.width(), line * 1.25}, text(), title, widgets::scaledFont(1, QFont::DemiBold),
          Qt::AlignLeft);
    y += line * 1.25;
    write({inside.left(), y, inside.width(), line * 1.25}, m_reason.isEmpty() ? m_subtitle : m_reason, colors().muted,
          widgets::scaledFont(12.0 / 13), Qt::AlignLeft);
    y += line * 1.25;
    for (int i = 0; i < m_facts.size(); ++i) {
        const QRectF row(inside.left(), y + double(i) * lineHeight(), inside.width(), lineHeight());
        if (i > 0) {
            painter.setPen(QPen(colors().line, 1));
            painter.drawLine(row.topLeft(), row.topRight());
        }
        const auto& [name, value] = m_facts.at(i);
        const double nameWidth = qMin(row.width() * 0.55, QFontMetricsF(font()).horizontalAdvance(name) + 8);
        write(row, value.isEmpty() ? QString() : name, colors().muted, font(), Qt::AlignLeft);
        write(row.adjusted(nameWidth, 0, 0, 0), value, colors().text, font(), Qt::AlignRight);
    }
}

} // namespace diptych::pages
