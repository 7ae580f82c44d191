#include "widgets/limitslider.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QRegularExpression>
#include <QSlider>
#include <QStyle>
#include <QTimer>

#include <cmath>

namespace diptych::widgets {
namespace {

constexpr int steps = 1000;
constexpr double kibi = 1024;
constexpr double mebi = kibi * 1024;
constexpr double gibi = mebi * 1024;

bool isBytes(LimitSlider::Unit unit)
{
    return unit == LimitSlider::Unit::Bytes || unit == LimitSlider::Unit::BytesPerSecond;
}

} // namespace

LimitSlider::LimitSlider(const QString& label, Unit unit, double minimum, double maximum, QWidget* parent)
    : QWidget(parent),
      m_unit(unit),
      m_minimum(minimum),
      m_maximum(maximum),
      m_label(new QLabel(label, this)),
      m_slider(new QSlider(Qt::Horizontal, this)),
      m_field(new QLineEdit(this)),
      m_note(new QLabel(this)),
      m_rest(new QTimer(this))
{
    m_slider->setRange(0, steps);
    m_slider->setPageStep(steps / 10);
    m_slider->setSingleStep(steps / 50);
    m_slider->setAccessibleName(label);
    m_field->setAccessibleName(label);
    m_field->setAlignment(Qt::AlignRight);
    m_field->setFixedWidth(fontMetrics().horizontalAdvance(QLatin1Char('0')) * 12 + 20);
    m_label->setBuddy(m_field);
    m_note->setProperty("small", true);
    m_note->hide();
    m_rest->setSingleShot(true);
    m_rest->setInterval(400);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 2, 0, 2);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(0);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_label, 0, 0);
    grid->addWidget(m_slider, 0, 1);
    grid->addWidget(m_field, 0, 2);
    grid->addWidget(m_note, 1, 1, 1, 2, Qt::AlignRight);
    setFocusProxy(m_slider);

    connect(m_slider, &QSlider::valueChanged, this, &LimitSlider::slide);
    connect(m_slider, &QSlider::sliderReleased, this, &LimitSlider::commit);
    connect(m_rest, &QTimer::timeout, this, &LimitSlider::commit);
    connect(m_field, &QLineEdit::editingFinished, this, &LimitSlider::commitField);
    connect(m_field, &QLineEdit::textEdited, this, [this] {
        m_field->setProperty("invalid", !parse(m_field->text()).has_value());
        style()->unpolish(m_field);
        style()->polish(m_field);
    });
    showValue();
}

void LimitSlider::setRange(double minimum, double maximum)
{
    m_minimum = minimum;
    m_maximum = std::max(minimum, maximum);
    showValue();
}

void LimitSlider::setNoLimitAllowed(bool allowed)
{
    m_noLimit = allowed;
    showValue();
}

void LimitSlider::setValue(double value)
{
    // A figure that comes from the helper must not snatch the handle out of a hand.
    if (m_slider->isSliderDown() || m_rest->isActive() || (m_field->hasFocus() && m_field->isModified()))
        return;
    m_value = m_committed = value;
    showValue();
}

void LimitSlider::setNote(const QString& note, Tone tone)
{
    m_note->setText(note);
    QPalette palette = m_note->palette();
    palette.setColor(QPalette::WindowText, toneColor(tone));
    m_note->setPalette(palette);
    m_note->setVisible(!note.isEmpty());
    m_slider->setAccessibleDescription(note);
}

void LimitSlider::setReason(const QString& reason)
{
    for (QWidget* part : std::initializer_list<QWidget*>{m_slider, m_field, m_label}) {
        part->setEnabled(reason.isEmpty());
        part->setToolTip(reason);
    }
    setToolTip(reason);
}

int LimitSlider::labelWidth() const
{
    return m_label->sizeHint().width();
}

void LimitSlider::setLabelWidth(int width)
{
    m_label->setFixedWidth(width);
}

QString LimitSlider::valueText() const
{
    return format(m_value);
}

int LimitSlider::toPosition(double value) const
{
    if (value <= 0)
        return steps;
    const int end = m_noLimit ? steps - 20 : steps;
    const double part = m_minimum > 0 && m_maximum > m_minimum
                            ? std::log(std::max(value, m_minimum) / m_minimum) / std::log(m_maximum / m_minimum)
                            : 0;
    return std::clamp(int(std::lround(part * end)), 0, end);
}

double LimitSlider::fromPosition(int position) const
{
    // The last bit of the way is "no limit", wide enough for a hand to find it.
    const int end = m_noLimit ? steps - 20 : steps;
    if (m_noLimit && position > end + 8)
        return 0;
    const double part = std::min(1.0, double(position) / end);
    return std::clamp(rounded(m_minimum * std::pow(m_maximum / m_minimum, part)), m_minimum, m_maximum);
}

double LimitSlider::rounded(double value) const
{
    switch (m_unit) {
    case Unit::Cores:
        return value < 1 ? std::round(value * 20) / 20 : std::round(value * 4) / 4;
    case Unit::Count: {
        const double step = std::pow(2, std::max(0.0, std::floor(std::log2(std::max(value, 1.0))) - 3));
        return std::round(value / step) * step;
    }
    case Unit::Bytes:
    case Unit::BytesPerSecond: {
        const double step = std::pow(2, std::floor(std::log2(std::max(value, mebi))) - 3);
        return std::round(value / step) * step;
    }
    }
    return value;
}

QString LimitSlider::format(double value) const
{
    const QLocale locale;
    if (value <= 0)
        return tr("no limit");
    if (m_unit == Unit::Cores) {
        const QString number =
            locale.toString(value, 'f', std::abs(value * 10 - std::round(value * 10)) > 1e-6 ? 2 : 1);
        //: %L1 is a number that may have a fraction: "1.5 cores"
        return value == 1 ? tr("%1 core").arg(number) : tr("%1 cores").arg(number);
    }
    if (m_unit == Unit::Count)
        return locale.toString(qint64(std::llround(value)));
    const bool large = value >= gibi;
    const double number = value / (large ? gibi : mebi);
    const int digits = std::abs(number - std::round(number)) < 0.005 ? 0 : (number < 10 ? 2 : 1);
    QString text = locale.toString(number, 'f', digits) + (large ? tr(" GiB") : tr(" MiB"));
    return m_unit == Unit::BytesPerSecond ? tr("%1/s").arg(text) : text;
}

std::optional<double> LimitSlider::parse(const QString& typed) const
{
    const QString text = typed.trimmed();
    if (m_noLimit && (text.isEmpty() || text.compare(tr("no limit"), Qt::CaseInsensitive) == 0 ||
                      text.compare(QStringLiteral("max"), Qt::CaseInsensitive) == 0 || text == QStringLiteral("∞")))
        return 0;
    static const QRegularExpression shape(QStringLiteral("^([0-9.,  ]+)\\s*([A-Za-z]*)"));
    const QRegularExpressionMatch match = shape.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const QString digits = match.captured(1).trimmed();
    bool ok = false;
    double value = QLocale().toDouble(digits, &ok);
    if (!ok)
        value = QLocale::c().toDouble(digits, &ok);
    if (!ok || !std::isfinite(value) || value < 0)
        return std::nullopt;
    if (isBytes(m_unit)) {
        const QChar unit = match.captured(2).isEmpty() ? QLatin1Char('m') : match.captured(2).at(0).toLower();
        const int power = int(QStringLiteral("bkmgt").indexOf(unit));
        if (power < 0)
            return std::nullopt;
        value *= std::pow(kibi, power);
    }
    if (value == 0)
        return m_noLimit ? std::optional<double>(0) : std::nullopt;
    return std::clamp(m_unit == Unit::Count ? std::round(value) : value, m_minimum, m_maximum);
}

void LimitSlider::slide(int position)
{
    const double value = fromPosition(position);
    if (value == m_value)
        return;
    m_value = value;
    m_field->setText(format(value));
    emit valueChanged(value);
    if (!m_slider->isSliderDown())
        m_rest->start();
}

void LimitSlider::commitField()
{
    if (!m_field->isModified())
        return;
    if (const auto value = parse(m_field->text()); value && *value != m_value) {
        m_value = *value;
        emit valueChanged(m_value);
    }
    m_field->setProperty("invalid", false);
    style()->unpolish(m_field);
    style()->polish(m_field);
    commit();
    showValue();
}

void LimitSlider::commit()
{
    m_rest->stop();
    if (m_value == m_committed)
        return;
    m_committed = m_value;
    emit valueCommitted(m_value);
}

void LimitSlider::showValue()
{
    const QSignalBlocker quiet(m_slider);
    m_slider->setValue(toPosition(m_value));
    m_field->setText(format(m_value));
    m_field->setModified(false);
}

} // namespace diptych::widgets
