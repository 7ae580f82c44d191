// A small chart without axes, and a bar of a value of its limit. Paint functions serve delegates and tiles.
#pragma once

#include "widgets/tone.h"

#include <QWidget>

class QPainter;

namespace diptych::widgets {

/// values oldest first; NaN is a gap. top is the value at rect's upper edge; 0: the greatest value.
void paintSparkline(QPainter& painter, const QRectF& rect, const QList<double>& values, double top, const QColor& color,
                    bool filled = true);
/// limit <= 0: no limit, then an empty track. Red from 90 % on, whatever color says.
void paintMeter(QPainter& painter, const QRectF& rect, double value, double limit, const QColor& color);

class Sparkline final : public QWidget
{
    Q_OBJECT
public:
    explicit Sparkline(Tone tone = Tone::Host, QWidget* parent = nullptr);
    void setValues(const QList<double>& values);
    void append(double value, int keep = 60);
    void setTop(double top);
    void setTone(Tone tone);
    [[nodiscard]] QSize sizeHint() const override { return {96, 24}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<double> m_values;
    double m_top = 0;
    Tone m_tone;
};

class MeterBar final : public QWidget
{
    Q_OBJECT
public:
    explicit MeterBar(Tone tone = Tone::Host, QWidget* parent = nullptr);
    /// text is read by screen readers and shown as tool tip: "21 MiB of 512 MiB".
    void setValue(double value, double limit, const QString& text = {});
    void setTone(Tone tone);
    [[nodiscard]] QSize sizeHint() const override { return {96, 8}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_value = 0;
    double m_limit = 0;
    Tone m_tone;
};

} // namespace diptych::widgets
