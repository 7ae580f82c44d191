#include "widgets/ratebars.h"

#include <QPainter>

#include <algorithm>

namespace diptych::widgets {

namespace {

constexpr double nameWidth = 150, columnGap = 18, barHeight = 7;

} // namespace

RateBars::RateBars(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void RateBars::setColumns(const QList<std::pair<QString, Tone>>& columns)
{
    m_columns = columns;
    update();
}

void RateBars::setSections(const QList<Section>& sections)
{
    m_sections = sections;
    setAccessibleDescription(tableText());
    updateGeometry();
    update();
}

double RateBars::rowHeight() const
{
    return QFontMetricsF(Theme::instance().small()).height() + 6;
}

QSize RateBars::sizeHint() const
{
    double height = 0;
    for (const Section& section : m_sections)
        height += rowHeight() * double(section.rows.size() + 1) + 6;
    return {420, int(std::ceil(height))};
}

QString RateBars::words(double value) const
{
    return value < 0 ? QStringLiteral("–") : m_format ? m_format(value) : QString::number(value, 'f', 0);
}

QString RateBars::tableText() const
{
    QStringList lines;
    for (const Section& section : m_sections) {
        QStringList head{section.title};
        for (const auto& column : m_columns)
            head.append(column.first);
        lines.append(head.join(u'\t'));
        for (const Row& row : section.rows) {
            QStringList cells{row.name};
            for (const double value : row.values)
                cells.append(words(value));
            lines.append(cells.join(u'\t'));
        }
    }
    return lines.join(u'\n');
}

void RateBars::paintRow(QPainter& painter, const Row& row, double top, double most) const
{
    const Colors& c = colors();
    QFont font = Theme::instance().small();
    font.setWeight(row.strong ? QFont::DemiBold : QFont::Normal);
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    painter.setPen(row.strong ? c.text : c.muted);
    painter.drawText(QRectF(0, top, nameWidth - 8, rowHeight()), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(row.name, Qt::ElideRight, nameWidth - 8));
    const double column = (width() - nameWidth - columnGap * double(m_columns.size() - 1)) / double(m_columns.size());
    const double number = metrics.horizontalAdvance(QStringLiteral("0 000 000")) + 8;
    for (qsizetype i = 0; i < std::min(row.values.size(), m_columns.size()); ++i) {
        const double left = nameWidth + double(i) * (column + columnGap), value = row.values.at(i);
        painter.setPen(value > 0 ? c.text : c.faint);
        painter.drawText(QRectF(left, top, number - 8, rowHeight()), Qt::AlignRight | Qt::AlignVCenter, words(value));
        if (value <= 0 || most <= 0)
            continue;
        const double length = std::max(2.0, (column - number) * value / most);
        painter.setPen(Qt::NoPen);
        const QColor color = toneColor(m_columns.at(i).second);
        painter.setBrush(row.strong ? color : mixed(c.surface, color, 0.6));
        painter.drawRoundedRect(QRectF(left + number, top + (rowHeight() - barHeight) / 2, length, barHeight), 2, 2);
    }
}

void RateBars::paintEvent(QPaintEvent*)
{
    if (m_columns.isEmpty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double column = (width() - nameWidth - columnGap * double(m_columns.size() - 1)) / double(m_columns.size());
    double y = 0;
    for (const Section& section : m_sections) {
        painter.setFont(scaledFont(11.5 / 13, QFont::DemiBold));
        painter.setPen(colors().text);
        painter.drawText(QRectF(0, y, nameWidth, rowHeight()), Qt::AlignLeft | Qt::AlignVCenter, section.title);
        for (qsizetype i = 0; i < m_columns.size(); ++i) {
            painter.setPen(toneColor(m_columns.at(i).second));
            painter.drawText(QRectF(nameWidth + double(i) * (column + columnGap), y, column, rowHeight()),
                             Qt::AlignLeft | Qt::AlignVCenter, m_columns.at(i).first);
        }
        y += rowHeight();
        double most = 0;
        for (const Row& row : section.rows)
            for (const double value : row.values)
                most = std::max(most, value);
        for (const Row& row : section.rows) {
            paintRow(painter, row, y, most);
            y += rowHeight();
        }
        y += 6;
    }
}

void RateBars::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

} // namespace diptych::widgets
