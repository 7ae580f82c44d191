#include "widgets/sparkline.h"

#include <QPainter>

#include <cmath>

namespace diptych::widgets {
namespace {

void paintRun(QPainter& painter, const QRectF& rect, const QPolygonF& run, const QColor& color, bool filled)
{
    if (run.size() == 1) {
        painter.setPen(QPen(color, 2.2, Qt::SolidLine, Qt::RoundCap));
        painter.drawPoint(run.front());
        return;
    }
    if (filled) {
        QPolygonF ground = run;
        ground << QPointF(run.back().x(), rect.bottom()) << QPointF(run.front().x(), rect.bottom());
        painter.setPen(Qt::NoPen);
        painter.setBrush(faded(color, 0.13));
        painter.drawPolygon(ground);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, 1.4, Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin));
    painter.drawPolyline(run);
}

} // namespace

void paintSparkline(QPainter& painter, const QRectF& rect, const QList<double>& values, double top, const QColor& color,
                    bool filled)
{
    if (values.isEmpty() || rect.width() < 2 || rect.height() < 2)
        return;
    if (top <= 0) {
        for (double value : values)
            top = std::isfinite(value) ? std::max(top, value) : top;
        top = top > 0 ? top : 1;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double step = values.size() > 1 ? rect.width() / double(values.size() - 1) : 0;
    const QRectF inner = rect.adjusted(0, 1, 0, -1);
    QPolygonF run;
    run.reserve(values.size());
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (std::isfinite(values[i])) {
            const double part = std::clamp(values[i] / top, 0.0, 1.0);
            run << QPointF(inner.left() + step * double(i), inner.bottom() - part * inner.height());
        } else if (!run.isEmpty()) {
            paintRun(painter, rect, run, color, filled);
            run.clear();
        }
    }
    if (!run.isEmpty())
        paintRun(painter, rect, run, color, filled);
    painter.restore();
}

void paintMeter(QPainter& painter, const QRectF& rect, double value, double limit, const QColor& color)
{
    const double radius = rect.height() / 2;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors().line);
    painter.drawRoundedRect(rect, radius, radius);
    if (limit > 0 && value > 0) {
        const double part = std::clamp(value / limit, 0.0, 1.0);
        painter.setBrush(part >= 0.9 ? colors().bad : color);
        QRectF filled = rect;
        filled.setWidth(std::max(rect.width() * part, rect.height()));
        painter.drawRoundedRect(filled, radius, radius);
    }
    painter.restore();
}

Sparkline::Sparkline(Tone tone, QWidget* parent) : QWidget(parent), m_tone(tone) {}

void Sparkline::setValues(const QList<double>& values)
{
    m_values = values;
    update();
}

void Sparkline::append(double value, int keep)
{
    m_values.append(value);
    if (m_values.size() > keep)
        m_values.remove(0, m_values.size() - keep);
    update();
}

void Sparkline::setTop(double top)
{
    m_top = top;
    update();
}

void Sparkline::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void Sparkline::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintSparkline(painter, rect(), m_values, m_top, toneColor(m_tone));
}

MeterBar::MeterBar(Tone tone, QWidget* parent) : QWidget(parent), m_tone(tone)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void MeterBar::setValue(double value, double limit, const QString& text)
{
    m_value = value;
    m_limit = limit;
    setAccessibleDescription(text);
    setToolTip(text);
    update();
}

void MeterBar::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void MeterBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintMeter(painter, QRectF(0, (height() - 6) / 2.0, width(), 6), m_value, m_limit, toneColor(m_tone));
}

} // namespace diptych::widgets
