// Asking for another stretch of time, by wheel, drag and keys.
#include "widgets/linechart_p.h"

#include <QAbstractScrollArea>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

namespace diptych::widgets {

namespace {

constexpr double leastDrag = 6; ///< pixels; less is a click
constexpr double panPart = 0.2;

/// Whether the wheel is needed to move the page.
bool insideOfWhatScrolls(const QWidget* widget)
{
    for (; widget; widget = widget->parentWidget())
        if (const auto* area = qobject_cast<const QAbstractScrollArea*>(widget))
            if (area->verticalScrollBar()->maximum() > 0)
                return true;
    return false;
}

} // namespace

void LineChart::setNavigable(bool navigable)
{
    d->navigable = navigable;
}

void LineChart::setMark(qint64 time)
{
    d->mark = time;
    update();
}

void LineChart::zoom(double factor, qint64 around)
{
    // What follows goes on following.
    const qint64 right = d->standing ? around + qint64(double(d->right() - around) * factor) : d->right();
    emit viewWanted(right - qint64(double(d->span) * factor), right);
}

void LineChart::pan(double part)
{
    const qint64 by = qint64(double(d->span) * part);
    emit viewWanted(d->left() + by, d->right() + by);
}

void LineChart::mousePressEvent(QMouseEvent* event)
{
    const QRectF plot = d->plot(size());
    if (!d->navigable || event->button() != Qt::LeftButton || isTableShown() || !plot.contains(event->position())) {
        QWidget::mousePressEvent(event);
        return;
    }
    d->dragFrom = d->dragTo = event->position().x();
}

void LineChart::mouseReleaseEvent(QMouseEvent* event)
{
    if (d->dragFrom < 0 || event->button() != Qt::LeftButton) {
        QWidget::mouseReleaseEvent(event);
        return;
    }
    const QRectF plot = d->plot(size());
    const double from = std::min(d->dragFrom, d->dragTo);
    const double to = std::max(d->dragFrom, d->dragTo);
    d->dragFrom = d->dragTo = -1;
    update();
    if (to - from >= leastDrag)
        emit viewWanted(d->timeAt(plot, from), d->timeAt(plot, to));
}

void LineChart::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (d->navigable && event->button() == Qt::LeftButton)
        zoom(3, d->timeAt(d->plot(size()), event->position().x()));
}

void LineChart::wheelEvent(QWheelEvent* event)
{
    const bool sideways = event->modifiers() & Qt::ShiftModifier || event->angleDelta().y() == 0;
    const bool meant = event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier) || hasFocus();
    const int turned = event->angleDelta().y() ? event->angleDelta().y() : event->angleDelta().x();
    if (!d->navigable || isTableShown() || turned == 0 || (!meant && insideOfWhatScrolls(this))) {
        event->ignore();
        return;
    }
    if (sideways)
        pan(-turned / 120.0 * panPart);
    else
        zoom(std::pow(0.8, turned / 120.0), d->timeAt(d->plot(size()), event->position().x()));
    event->accept();
}

bool LineChart::viewKey(QKeyEvent* event)
{
    if (!d->navigable)
        return false;
    const bool shifted = event->modifiers() & Qt::ShiftModifier;
    const qint64 around = d->cursor() ? d->cursor() : d->left() + d->span / 2;
    if (shifted && event->key() == Qt::Key_Left)
        pan(-panPart);
    else if (shifted && event->key() == Qt::Key_Right)
        pan(panPart);
    else if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal)
        zoom(0.5, around);
    else if (event->key() == Qt::Key_Minus)
        zoom(2, around);
    else if (event->key() == Qt::Key_Escape && d->dragFrom >= 0)
        d->dragFrom = d->dragTo = -1;
    else if (event->key() == Qt::Key_End && d->standing)
        emit nowWanted();
    else
        return false;
    update();
    return true;
}

bool LineChart::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QRectF plot = d->plot(size());
    const ChartEvent* near =
        plot.contains(help->pos()) ? d->eventNear(d->timeAt(plot, help->pos().x()), 6 * d->pixel(plot)) : nullptr;
    if (near)
        QToolTip::showText(help->globalPos(), clockText(near->time) + QLatin1Char('\n') + near->text, this);
    else
        QToolTip::hideText();
    return true;
}

} // namespace diptych::widgets
