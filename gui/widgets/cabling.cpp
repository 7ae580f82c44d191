#include "widgets/cabling.h"

#include "widgets/cabling_p.h"
#include "widgets/items.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainterPath>

#include <algorithm>

namespace diptych::widgets {

using namespace cabling;

Cabling::Cabling(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Cabling::setScene(const Scene& scene)
{
    m_scene = scene;
    layOut();
    updateGeometry();
    update();
}

void Cabling::setCurrent(const QString& id)
{
    if (m_current == id)
        return;
    m_current = id;
    update();
}

QRectF Cabling::rectOf(const QString& id) const
{
    if (const Cell* cell = cellOf(id))
        return cell->rect;
    for (const Run& run : m_runs)
        if (!id.isEmpty() && run.cable->id == id)
            return run.label;
    return {};
}

int Cabling::count(const QString& from) const
{
    return int(
        std::count_if(m_runs.cbegin(), m_runs.cend(), [&from](const Run& run) { return run.cable->from == from; }));
}

const Cabling::Cell* Cabling::cellOf(const QString& id) const
{
    for (const Cell& cell : m_cells)
        if (!id.isEmpty() && ((cell.port && cell.port->id == id) || (cell.bar && cell.bar->id == id)))
            return &cell;
    return nullptr;
}

void Cabling::layOut()
{
    m_cells.clear();
    m_runs.clear();
    const double all = width();
    const double leftWidth = all * leftPart, barLeft = all * barFrom, barWidth = all * barPart;
    const double rightLeft = all * rightFrom;
    double y = 1;
    for (const Box& box : std::as_const(m_scene.left))
        y += placeBox(box, {1, y}, leftWidth) + boxGap;
    double height = y;
    placeBars(barLeft, barWidth);
    const double rightHeight = placeBox(m_scene.right, {rightLeft, 1}, all - rightLeft - 1);
    for (const Cell& cell : std::as_const(m_cells))
        height = std::max(height, cell.rect.bottom() + boxGap);
    height = std::max(height, rightHeight + boxGap);
    if (!m_scene.more.isEmpty())
        height += QFontMetricsF(Theme::instance().small()).height() + boxGap;
    m_height = height;
    runCables();
}

double Cabling::placeBox(const Box& box, const QPointF& at, double width)
{
    const qsizetype own = m_cells.size();
    m_cells.append({&box, nullptr, nullptr, {}});
    double y = at.y() + pad + titleHeight() + 2;
    for (const Port& port : box.ports) {
        const double height = portHeight(port.text.isEmpty() && port.note.isEmpty() ? 1 : 2);
        m_cells.append({nullptr, &port, nullptr, QRectF(at.x() + pad, y, width - 2 * pad, height)});
        y += height + portGap;
    }
    y += pad - (box.ports.isEmpty() ? 0 : portGap);
    m_cells[own].rect = QRectF(at, QSizeF(width, y - at.y()));
    return y - at.y();
}

/// Beside what is plugged in; one below the other.
void Cabling::placeBars(double left, double width)
{
    double below = 1;
    for (const Bar& bar : std::as_const(m_scene.bars)) {
        double top = 1e9, bottom = 0;
        for (const Cable& cable : std::as_const(m_scene.cables))
            if (const Cell* from = cable.to == bar.id ? cellOf(cable.from) : nullptr) {
                top = std::min(top, from->rect.top());
                bottom = std::max(bottom, from->rect.bottom());
            }
        const double least =
            2 * pad + titleHeight() + (bar.text.isEmpty() ? 0 : lineHeight()) + (bar.note.isEmpty() ? 0 : lineHeight());
        top = std::max(below, top > bottom ? below : top);
        bottom = std::max(bottom, top + least);
        m_cells.append({nullptr, nullptr, &bar, QRectF(left, top, width, bottom - top)});
        below = bottom + boxGap;
    }
}

void Cabling::runCables()
{
    QHash<QString, int> used; // of bars, how many end in them from the right
    for (const Cable& cable : std::as_const(m_scene.cables)) {
        const Cell* from = cellOf(cable.from);
        const Cell* to = cellOf(cable.to);
        if (!from || !to)
            continue;
        const bool fromRight = from->rect.left() > width() * barFrom;
        QPointF a(fromRight ? from->rect.left() : from->rect.right(), from->rect.center().y());
        QPointF b;
        if (to->bar) {
            const double y = fromRight ? to->rect.top() + pad + titleHeight() / 2 + 14.0 * used[cable.to]++
                                       : std::clamp(a.y(), to->rect.top() + 6, to->rect.bottom() - 6);
            b = QPointF(fromRight ? to->rect.right() : to->rect.left(), std::min(y, to->rect.bottom() - 6));
        } else {
            const bool sameSide = to->rect.right() < width() * barFrom;
            b = QPointF(sameSide ? to->rect.right() : to->rect.left(), to->rect.center().y());
        }
        m_runs.append(runOf(cable, a, b, width()));
    }
}

QString Cabling::idAt(const QPointF& position) const
{
    for (const Run& run : m_runs)
        if (!run.cable->id.isEmpty() && run.label.contains(position))
            return run.cable->id;
    for (auto cell = m_cells.crbegin(); cell != m_cells.crend(); ++cell)
        if (cell->rect.contains(position))
            return cell->port ? cell->port->id : cell->bar ? cell->bar->id : QString();
    return {};
}

QStringList Cabling::order() const
{
    QStringList ids;
    for (const Cell& cell : m_cells) {
        if (cell.box)
            continue;
        ids.append(cell.port ? cell.port->id : cell.bar->id);
        for (const Run& run : m_runs)
            if (cell.port && run.cable->from == cell.port->id && !run.cable->id.isEmpty() &&
                !ids.contains(run.cable->id))
                ids.append(run.cable->id);
    }
    return ids;
}

void Cabling::resizeEvent(QResizeEvent*)
{
    layOut();
}

void Cabling::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange) {
        layOut();
        updateGeometry();
    }
    QWidget::changeEvent(event);
}

void Cabling::choose(const QString& id)
{
    setCurrent(id);
    emit chosen(id);
}

void Cabling::mousePressEvent(QMouseEvent* event)
{
    if (const QString id = idAt(event->position()); !id.isEmpty())
        choose(id);
}

void Cabling::keyPressEvent(QKeyEvent* event)
{
    if (const auto next = nextByArrow(*event, order(), m_current))
        choose(*next);
    else
        QWidget::keyPressEvent(event);
}

bool Cabling::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const Cell* cell = cellOf(idAt(help->pos()));
        const QString words = !cell ? QString() : cell->port ? cell->port->toolTip : cell->bar->toolTip;
        showHelp(*this, *help, words, cell ? cell->rect : QRectF());
        return true;
    }
    return QWidget::event(event);
}

} // namespace diptych::widgets
