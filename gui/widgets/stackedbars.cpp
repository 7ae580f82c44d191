#include "widgets/stackedbars.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>

namespace diptych::widgets {

namespace {
constexpr double barHeight = 16;
constexpr double barRadius = 3;
constexpr double afterBar = 12;
constexpr double chip = 9;
constexpr double legendGap = 16;
constexpr double limitRoom = 3; ///< the limit's line stands out of the bar by so much
} // namespace

/// Places everything for a width; paints when it has a painter.
class StackedBars::Layout
{
public:
    Layout(const QList<Bar>& bars, double width, QPainter* painter = nullptr)
        : m_bars(bars), m_width(width), m_painter(painter)
    {
        for (const Bar& bar : bars)
            m_scale = std::max({m_scale, bar.value, bar.limit});
        QString owner;
        for (const Bar& bar : bars) {
            if (!bar.owner.isEmpty() && bar.owner != owner)
                heading(bar);
            owner = bar.owner;
            place(bar);
        }
    }
    [[nodiscard]] double height() const { return std::max(0.0, m_y - afterBar); }

private:
    void text(const QRectF& rect, int flags, const QString& what, const QFont& font, const QColor& color)
    {
        if (!m_painter)
            return;
        m_painter->setFont(font);
        m_painter->setPen(color);
        m_painter->drawText(rect, flags, what);
    }

    void heading(const Bar& bar)
    {
        const QFont font = scaledFont(1, QFont::DemiBold);
        const double line = QFontMetricsF(font).height();
        text({0, m_y, m_width, line}, Qt::AlignLeft | Qt::AlignVCenter, bar.owner, font, toneColor(bar.tone));
        m_y += line + 6;
    }

    void place(const Bar& bar)
    {
        const QFont font = scaledFont(1);
        const double line = QFontMetricsF(font).height();
        text({0, m_y, m_width, line}, Qt::AlignLeft | Qt::AlignVCenter, bar.title, font, colors().text);
        text({0, m_y, m_width, line}, Qt::AlignRight | Qt::AlignVCenter, bar.amount, scaledFont(1, QFont::DemiBold),
             colors().text);
        m_y += line + 3;
        if (m_painter)
            paintBar(bar, m_y);
        m_y += barHeight + limitRoom + 3;
        legend(bar);
        m_y += afterBar;
    }

    void legend(const Bar& bar)
    {
        const QFont font = Theme::instance().small();
        const QFontMetricsF metrics(font);
        const double line = metrics.height() + 2;
        double x = 0;
        const auto entry = [&](const QString& words, const QColor& color, bool limit) {
            const double wide = chip + 5 + metrics.horizontalAdvance(words);
            if (x > 0 && x + wide > m_width) {
                x = 0;
                m_y += line;
            }
            if (m_painter && limit) {
                m_painter->setPen(QPen(color, 1.5, Qt::DashLine));
                m_painter->drawLine(QPointF(x + chip / 2, m_y + 1), QPointF(x + chip / 2, m_y + line - 1));
            } else if (m_painter) {
                m_painter->fillRect(QRectF(x, m_y + (line - chip) / 2, chip, chip), color);
            }
            text({x + chip + 5, m_y, wide, line}, Qt::AlignLeft | Qt::AlignVCenter, words, font, colors().muted);
            x += wide + legendGap;
        };
        for (qsizetype i = 0; i < bar.parts.size(); ++i)
            entry(bar.parts[i].name + u' ' + bar.parts[i].amount, partColor(bar.tone, i), false);
        if (bar.limit > 0)
            entry(bar.limitText, colors().text, true);
        if (!bar.parts.isEmpty() || bar.limit > 0)
            m_y += line;
    }

    void paintBar(const Bar& bar, double y)
    {
        const auto at = [this](double value) { return m_scale > 0 ? value / m_scale * m_width : 0; };
        const QRectF track(0.5, y + 0.5, m_width - 1, barHeight - 1);
        QPainterPath outline;
        outline.addRoundedRect(track, barRadius, barRadius);
        m_painter->setPen(Qt::NoPen);
        m_painter->fillPath(outline, toneTint(Tone::Muted));
        m_painter->save();
        m_painter->setClipPath(outline);
        double x = 0;
        for (qsizetype i = 0; i < bar.parts.size(); ++i) {
            const double wide = at(std::max(0.0, bar.parts[i].value));
            m_painter->fillRect(QRectF(x, y, wide, barHeight), partColor(bar.tone, i));
            x += wide;
        }
        m_painter->restore();
        if (bar.parts.isEmpty() && bar.value > 0) {
            m_painter->setPen(QPen(toneColor(bar.tone), 1, Qt::DashLine));
            m_painter->drawRoundedRect(QRectF(0.5, y + 0.5, at(bar.value) - 1, barHeight - 1), barRadius, barRadius);
        }
        if (bar.limit > 0) {
            const double where = std::min(at(bar.limit), m_width - 1);
            m_painter->setPen(QPen(colors().text, 1.5, Qt::DashLine));
            m_painter->drawLine(QPointF(where, y - limitRoom), QPointF(where, y + barHeight + limitRoom));
        }
    }

    const QList<Bar>& m_bars;
    const double m_width;
    QPainter* m_painter;
    double m_scale = 0;
    double m_y = 2;
};

StackedBars::StackedBars(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setFocusPolicy(Qt::TabFocus);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QColor StackedBars::partColor(Tone tone, qsizetype index)
{
    static constexpr std::array steps{0.0, 0.32, 0.55, 0.72, 0.84};
    return mixed(toneColor(tone), colors().surface, steps.at(size_t(std::min<qsizetype>(index, steps.size() - 1))));
}

void StackedBars::setBars(const QList<Bar>& bars)
{
    m_bars = bars;
    setAccessibleDescription(tableText());
    updateGeometry();
    update();
}

QString StackedBars::tableText() const
{
    QStringList lines;
    for (const Bar& bar : m_bars) {
        QStringList words;
        for (const Part& part : bar.parts)
            words.append(part.name + u' ' + part.amount);
        if (bar.limit > 0)
            words.append(bar.limitText);
        const QString title = bar.owner.isEmpty() ? bar.title : bar.owner + QStringLiteral(", ") + bar.title;
        lines.append(QStringLiteral("%1: %2 (%3)").arg(title, bar.amount, words.join(QStringLiteral(", "))));
    }
    return lines.join(u'\n');
}

QSize StackedBars::sizeHint() const
{
    return {480, heightForWidth(480)};
}

int StackedBars::heightForWidth(int width) const
{
    return qCeil(Layout(m_bars, width).height()) + 2;
}

void StackedBars::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

void StackedBars::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Layout painted(m_bars, width(), &painter);
    if (hasFocus()) {
        painter.setPen(QPen(colors().selection, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

} // namespace diptych::widgets
