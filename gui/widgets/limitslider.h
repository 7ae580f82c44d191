// A limit by hand: slider on a logarithmic or linear scale, "no limit" at its end, and a field that takes "512 MiB",
// "1.5" or "no limit". 0 is no limit, as in client::Limits.
#pragma once

#include "widgets/tone.h"

#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;
class QSlider;
class QTimer;

namespace diptych::widgets {

class LimitSlider final : public QWidget
{
    Q_OBJECT
public:
    enum class Unit { Cores, Bytes, Count, BytesPerSecond };

    LimitSlider(const QString& label, Unit unit, double minimum, double maximum, QWidget* parent = nullptr);
    void setRange(double minimum, double maximum);
    void setNoLimitAllowed(bool allowed); ///< default true
    void setValue(double value);          ///< sends nothing
    [[nodiscard]] double value() const { return m_value; }
    /// Under the field: "peak 26 MiB", "throttled 3 %"; in its tone.
    void setNote(const QString& note, Tone tone = Tone::Muted);
    /// Not set: the slider is disabled and reason is its tool tip.
    void setReason(const QString& reason);
    [[nodiscard]] QString valueText() const;
    /// Sliders below one another begin at one line: give all the widest label's width.
    [[nodiscard]] int labelWidth() const;
    void setLabelWidth(int width);

signals:
    void valueChanged(double value);   ///< at every step of a drag
    void valueCommitted(double value); ///< when the hand lets go, a key rests for 0.4 s, or the field is left

private:
    [[nodiscard]] int toPosition(double value) const;
    [[nodiscard]] double fromPosition(int position) const;
    [[nodiscard]] double rounded(double value) const;
    [[nodiscard]] std::optional<double> parse(const QString& text) const;
    [[nodiscard]] QString format(double value) const;
    void slide(int position);
    void commitField();
    void commit();
    void showValue();

    Unit m_unit;
    double m_minimum, m_maximum;
    double m_value = 0;
    double m_committed = 0;
    bool m_noLimit = true;
    QLabel* m_label;
    QSlider* m_slider;
    QLineEdit* m_field;
    QLabel* m_note;
    QTimer* m_rest;
};

} // namespace diptych::widgets
