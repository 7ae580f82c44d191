#include "widgets/timelinechart.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QToolTip>

#include <cmath>

namespace diptych::widgets {
namespace {

constexpr double rowHeight = 27;
constexpr double insetHeight = 30;
constexpr double barHeight = 19;
constexpr double totalWidth = 74;

QString defaultFormat(qint64 nanoseconds)
{
    const QLocale locale;
    const double ms = double(nanoseconds) / 1e6;
    if (ms < 1)
        return TimelineChart::tr("%1 µs").arg(locale.toString(ms * 1000, 'f', 0));
    if (ms < 10)
        return TimelineChart::tr("%1 ms").arg(locale.toString(ms, 'f', 1));
    if (ms < 2000)
        return TimelineChart::tr("%1 ms").arg(locale.toString(ms, 'f', 0));
    return TimelineChart::tr("%1 s").arg(locale.toString(ms / 1000, 'f', 2));
}

} // namespace

TimelineChart::TimelineChart(QWidget* parent) : QWidget(parent), m_format(defaultFormat)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Starts, step by step"));
}

void TimelineChart::setRows(const QList<TimelineRow>& rows)
{
    m_rows = rows;
    m_current = -1;
    setAccessibleDescription(tableText());
    updateGeometry();
    update();
}

void TimelineChart::setStepText(std::function<QString(const QString&)> text)
{
    m_stepText = std::move(text);
    update();
}

void TimelineChart::setFormatter(std::function<QString(qint64)> format)
{
    m_format = std::move(format);
    update();
}

QString TimelineChart::stepName(const client::TimelineStep& step) const
{
    return m_stepText ? m_stepText(step.name) : step.name;
}

qint64 TimelineChart::total(int row) const
{
    const client::Timeline& timeline = m_rows[row].timeline;
    qint64 end = timeline.total;
    for (const client::TimelineStep& step : timeline.steps)
        end = std::max(end, step.end);
    return end;
}

qint64 TimelineChart::longest() const
{
    qint64 longest = 1;
    for (int row = 0; row < m_rows.size(); ++row)
        longest = std::max(longest, total(row));
    return longest;
}

bool TimelineChart::needsInset(int row) const
{
    // Steps that cannot be told apart on the common scale.
    return m_rows[row].timeline.steps.size() > 1 && double(total(row)) < 0.12 * double(longest());
}

double TimelineChart::insetFactor(int row) const
{
    const double room = double(longest()) * 0.75 / std::max<double>(1, double(total(row)));
    const double base = std::pow(10, std::floor(std::log10(room)));
    for (double part : {5.0, 2.0, 1.0})
        if (part * base <= room)
            return part * base;
    return 1;
}

double TimelineChart::rowTop(int row) const
{
    double top = 2;
    for (int i = 0; i < row; ++i)
        top += rowHeight + (needsInset(i) ? insetHeight : 0);
    return top;
}

QRectF TimelineChart::scaleRect() const
{
    double label = 60;
    const QFontMetricsF metrics(scaledFont(11.5 / 13, QFont::DemiBold));
    for (const TimelineRow& row : m_rows)
        label = std::max(label, metrics.horizontalAdvance(row.name));
    label = std::min(label + 14, width() * 0.3);
    return {label, 0, std::max(40.0, width() - label - totalWidth), double(height())};
}

QList<TimelineChart::Bar> TimelineChart::bars() const
{
    QList<Bar> result;
    const QRectF scale = scaleRect();
    const double perNanosecond = scale.width() / double(longest());
    for (int row = 0; row < m_rows.size(); ++row) {
        const bool inset = needsInset(row);
        const double factor = insetFactor(row);
        const QList<client::TimelineStep>& steps = m_rows[row].timeline.steps;
        if (inset)
            result.append(
                {QRectF(scale.left(), rowTop(row), std::max(2.0, double(total(row)) * perNanosecond), barHeight), row,
                 -1, false});
        for (int step = 0; step < steps.size(); ++step) {
            const double by = perNanosecond * (inset ? factor : 1);
            const double left = scale.left() + double(steps[step].begin) * by;
            const double wide = std::max(2.0, double(steps[step].end - steps[step].begin) * by - 1.5);
            result.append({QRectF(left, rowTop(row) + (inset ? rowHeight : 0), wide, barHeight), row, step, inset});
        }
    }
    return result;
}

QSize TimelineChart::sizeHint() const
{
    return {520, m_rows.isEmpty() ? int(rowHeight) : int(rowTop(int(m_rows.size()))) + 2};
}

QSize TimelineChart::minimumSizeHint() const
{
    return {260, sizeHint().height()};
}

QString TimelineChart::tableText() const
{
    QString text =
        QStringList{tr("Instance"), tr("Step"), tr("Begins"), tr("Takes"), tr("Detail")}.join(QLatin1Char('\t'));
    text += QLatin1Char('\n');
    for (int row = 0; row < m_rows.size(); ++row) {
        for (const client::TimelineStep& step : m_rows[row].timeline.steps)
            text += QStringList{m_rows[row].name, stepName(step), m_format(step.begin), m_format(step.end - step.begin),
                                step.detail}
                        .join(QLatin1Char('\t')) +
                    QLatin1Char('\n');
        if (m_rows[row].timeline.steps.isEmpty())
            text += m_rows[row].name + QLatin1Char('\t') + m_rows[row].note + QLatin1Char('\n');
        else
            text += QStringList{m_rows[row].name, tr("total"), m_format(0), m_format(total(row)), QString()}.join(
                        QLatin1Char('\t')) +
                    QLatin1Char('\n');
    }
    return text;
}

QString TimelineChart::barText(const Bar& bar) const
{
    const TimelineRow& row = m_rows[bar.row];
    if (bar.step < 0)
        return QStringLiteral("%1: %2").arg(row.name, m_format(total(bar.row)));
    const client::TimelineStep& step = row.timeline.steps[bar.step];
    QString text = QStringLiteral("%1: %2").arg(stepName(step), m_format(step.end - step.begin));
    text += QLatin1Char('\n') + tr("from %1 to %2 after the click").arg(m_format(step.begin), m_format(step.end));
    if (!step.detail.isEmpty())
        text += QLatin1Char('\n') + step.detail;
    return text;
}

bool TimelineChart::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        for (const Bar& bar : bars())
            if (bar.rect.adjusted(-2, -2, 2, 2).contains(help->pos())) {
                QToolTip::showText(help->globalPos(), barText(bar), this, bar.rect.toRect());
                return true;
            }
        QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void TimelineChart::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    menu.addAction(tr("Copy as text"), this, [this] { QApplication::clipboard()->setText(tableText()); });
    menu.exec(event->globalPos());
}

void TimelineChart::keyPressEvent(QKeyEvent* event)
{
    const QList<Bar> all = bars();
    if (event->matches(QKeySequence::Copy)) {
        QApplication::clipboard()->setText(tableText());
    } else if ((event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) && !all.isEmpty()) {
        m_current = std::clamp(m_current + (event->key() == Qt::Key_Right ? 1 : -1), 0, int(all.size()) - 1);
        const Bar& bar = all[m_current];
        setAccessibleDescription(barText(bar));
        QToolTip::showText(mapToGlobal(bar.rect.bottomLeft().toPoint()), barText(bar), this);
        update();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void TimelineChart::focusOutEvent(QFocusEvent* event)
{
    m_current = -1;
    QWidget::focusOutEvent(event);
    update();
}

} // namespace diptych::widgets
