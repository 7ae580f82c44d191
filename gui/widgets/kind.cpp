#include "widgets/kind.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

namespace diptych::widgets {
namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("diptych::widgets", text);
}

} // namespace

QString kindText(client::Kind kind)
{
    return kind == client::Kind::Container ? words(QT_TRANSLATE_NOOP("diptych::widgets", "container"))
                                           : words(QT_TRANSLATE_NOOP("diptych::widgets", "virtual machine"));
}

QString kindShortText(client::Kind kind)
{
    return kind == client::Kind::Container ? words(QT_TRANSLATE_NOOP("diptych::widgets", "container"))
                                           : words(QT_TRANSLATE_NOOP("diptych::widgets", "VM"));
}

QString stateText(client::State state)
{
    switch (state) {
    case client::State::Creating:
        return words(QT_TRANSLATE_NOOP("diptych::widgets", "creating"));
    case client::State::Stopped:
        return words(QT_TRANSLATE_NOOP("diptych::widgets", "stopped"));
    case client::State::Starting:
        return words(QT_TRANSLATE_NOOP("diptych::widgets", "starting"));
    case client::State::Running:
        return words(QT_TRANSLATE_NOOP("diptych::widgets", "running"));
    case client::State::Paused:
        return words(QT_TRANSLATE_NOOP("diptych::widgets", "paused"));
    case client::State::Stopping:
        return words(QT_TRANSLATE_NOOP("diptych::widgets", "stopping"));
    case client::State::Broken:
        break;
    }
    return words(QT_TRANSLATE_NOOP("diptych::widgets", "broken"));
}

void paintKindIcon(QPainter& painter, const QRectF& rect, client::Kind kind, bool faint)
{
    const Tone tone = toneOf(kind);
    const QColor line = faint ? toneLine(tone) : toneColor(tone);
    const double height = std::min(rect.height(), rect.width() * 0.62);
    const double width = height / 0.62;
    QRectF box(rect.center().x() - width / 2, rect.center().y() - height / 2, width, height);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (kind == client::Kind::Container) {
        QPen pen(line, 1.5);
        pen.setDashPattern({2, 1.4});
        pen.setCapStyle(Qt::FlatCap);
        painter.setPen(pen);
        painter.setBrush(toneTint(tone));
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3);
    } else {
        painter.setPen(QPen(line, 2.2));
        painter.setBrush(toneTint(tone));
        painter.drawRoundedRect(box.adjusted(1.2, 1.2, -1.2, -1.2), 3, 3);
        painter.setPen(Qt::NoPen);
        painter.setBrush(line);
        painter.drawRoundedRect(QRectF(box.left() + width * 0.26, box.bottom() - height * 0.42, width * 0.48, 2), 1, 1);
    }
    painter.restore();
}

void paintStateDot(QPainter& painter, const QPointF& center, client::State state, double diameter)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor color = toneColor(toneOf(state));
    const double radius = diameter / 2;
    // Shape as well as colour: full, hollow, two bars, cross.
    switch (state) {
    case client::State::Running:
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(center, radius, radius);
        break;
    case client::State::Paused:
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawRect(QRectF(center.x() - radius, center.y() - radius, diameter * 0.36, diameter));
        painter.drawRect(QRectF(center.x() + radius - diameter * 0.36, center.y() - radius, diameter * 0.36, diameter));
        break;
    case client::State::Broken:
        painter.setPen(QPen(color, 1.8, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(center + QPointF(-radius, -radius) * 0.8, center + QPointF(radius, radius) * 0.8);
        painter.drawLine(center + QPointF(radius, -radius) * 0.8, center + QPointF(-radius, radius) * 0.8);
        break;
    case client::State::Stopped:
        painter.setPen(QPen(color, 1.4));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(center, radius - 0.7, radius - 0.7);
        break;
    default:
        painter.setPen(QPen(color, 1.6, Qt::SolidLine, Qt::FlatCap));
        painter.setBrush(Qt::NoBrush);
        painter.drawArc(QRectF(center.x() - radius + 0.8, center.y() - radius + 0.8, diameter - 1.6, diameter - 1.6), 0,
                        270 * 16);
    }
    painter.restore();
}

QSizeF pillSize(const QString& text)
{
    const QFontMetricsF metrics(scaledFont(11.0 / 13, QFont::DemiBold));
    return {std::ceil(metrics.horizontalAdvance(text)) + 16, std::ceil(metrics.height()) + 4};
}

QRectF paintPill(QPainter& painter, const QRectF& rect, const QString& text, Tone tone)
{
    const QFont font = scaledFont(11.0 / 13, QFont::DemiBold);
    const QSizeF size = pillSize(text);
    const QRectF pill(rect.left(), rect.center().y() - size.height() / 2, std::min(size.width(), rect.width()),
                      size.height());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(toneTint(tone));
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    painter.setPen(toneColor(tone));
    painter.setFont(font);
    const QRectF inside = pill.adjusted(8, 0, -8, 0);
    painter.drawText(inside.adjusted(-1, 0, 1, 0), Qt::AlignCenter,
                     QFontMetricsF(font).elidedText(text, Qt::ElideRight, inside.width() + 1));
    painter.restore();
    return pill;
}

KindIcon::KindIcon(client::Kind kind, QWidget* parent) : QWidget(parent), m_kind(kind)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setKind(kind);
}

void KindIcon::setKind(client::Kind kind)
{
    m_kind = kind;
    setAccessibleName(kindText(kind));
    setToolTip(kindText(kind));
    update();
}

void KindIcon::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintKindIcon(painter, rect(), m_kind, !isEnabled());
}

StateDot::StateDot(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setState(m_state);
}

void StateDot::setState(client::State state)
{
    m_state = state;
    setAccessibleName(stateText(state));
    updateGeometry();
    update();
}

QSize StateDot::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(stateText(m_state)) + 14, fontMetrics().height() + 2};
}

void StateDot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintStateDot(painter, {4.5, height() / 2.0}, m_state);
    painter.setPen(colors().text);
    painter.drawText(rect().adjusted(13, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, stateText(m_state));
}

Pill::Pill(const QString& text, Tone tone, QWidget* parent) : QWidget(parent), m_tone(tone)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setText(text);
}

void Pill::setText(const QString& text)
{
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Pill::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void Pill::setOutlined(bool outlined)
{
    m_outlined = outlined;
    update();
}

void Pill::setDot(bool dot)
{
    m_dot = dot;
    updateGeometry();
    update();
}

QSize Pill::sizeHint() const
{
    return pillSize(m_text).toSize() + QSize(m_dot ? 12 : 0, 0);
}
QSize Pill::minimumSizeHint() const
{
    return {30, sizeHint().height()};
}

void Pill::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF pill = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(m_outlined ? QPen(toneLine(m_tone), 1) : QPen(Qt::NoPen));
    painter.setBrush(m_outlined ? QBrush(Qt::NoBrush) : QBrush(toneTint(m_tone)));
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    painter.setPen(Qt::NoPen);
    painter.setBrush(toneColor(m_tone));
    if (m_dot)
        painter.drawEllipse(QPointF(12, pill.center().y()), 3.5, 3.5);
    painter.setFont(scaledFont(11.0 / 13, QFont::DemiBold));
    painter.setPen(toneColor(m_tone));
    const QRectF inside = pill.adjusted(m_dot ? 18 : 7, 0, -7, 0);
    painter.drawText(inside, Qt::AlignCenter,
                     QFontMetricsF(painter.font()).elidedText(m_text, Qt::ElideRight, inside.width() + 1));
}

} // namespace diptych::widgets
