#include "widgets/nestedboxes.h"

#include "widgets/items.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace diptych::widgets {

namespace {

constexpr double boxGap = 10;
constexpr double boxPad = 11;
constexpr double chipGap = 5;
constexpr double boxRadius = 7;
constexpr double leafWidth = 248;

QFont titleFont()
{
    return scaledFont(1, QFont::DemiBold);
}

QFont chipFont()
{
    return scaledFont(11.0 / 13, QFont::Medium);
}

QSizeF chipSize(const QString& text, double most)
{
    const QFontMetricsF metrics(chipFont());
    return {std::min(most, std::ceil(metrics.horizontalAdvance(text)) + 14), std::ceil(metrics.height()) + 5};
}

} // namespace

NestedBoxes::NestedBoxes(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void NestedBoxes::setBoxes(const QList<Box>& boxes)
{
    m_boxes = boxes;
    layOut();
    updateGeometry();
    update();
}

void NestedBoxes::setCurrent(const QString& id)
{
    if (m_current == id)
        return;
    m_current = id;
    update();
}

QRectF NestedBoxes::rectOf(const QString& id) const
{
    for (const Cell& cell : m_cells)
        if (cell.id() == id)
            return cell.rect;
    return {};
}

int NestedBoxes::heightForWidth(int width) const
{
    QList<Cell> cells;
    double y = 0;
    for (const Box& box : m_boxes)
        y += place(cells, box, {0, y}, width - 1, 0) + boxGap;
    return int(std::ceil(std::max(60.0, y - boxGap + 2)));
}

void NestedBoxes::layOut()
{
    m_cells.clear();
    double y = 0.5;
    for (const Box& box : m_boxes)
        y += place(m_cells, box, {0.5, y}, width() - 1, 0) + boxGap;
}

/// A box without boxes in it is as wide as every other; one with boxes has room for them.
double NestedBoxes::wantedWidth(const Box& box) const
{
    double inside = 0;
    for (const Box& one : box.boxes)
        inside += wantedWidth(one) + boxGap;
    return std::max(leafWidth, inside > 0 ? inside - boxGap + 2 * boxPad : 0);
}

double NestedBoxes::place(QList<Cell>& cells, const Box& box, const QPointF& at, double width, int depth) const
{
    const qsizetype own = cells.size();
    cells.append({&box, nullptr, {}, depth});
    double y = at.y() + boxPad - 2;
    y += QFontMetricsF(titleFont()).height();
    if (!box.text.isEmpty())
        y += QFontMetricsF(Theme::instance().small()).height() + 1;
    const double inner = width - 2 * boxPad;
    if (!box.chips.isEmpty())
        y += 6 + placeChips(cells, box, {at.x() + boxPad, y + 6}, inner, depth + 1);
    double x = 0, tallest = 0;
    if (!box.boxes.isEmpty())
        y += boxGap;
    for (const Box& one : box.boxes) {
        const double wanted = std::min(inner, wantedWidth(one));
        if (x > 0 && x + wanted > inner + 0.5) {
            y += tallest + boxGap;
            x = tallest = 0;
        }
        tallest = std::max(tallest, place(cells, one, {at.x() + boxPad + x, y}, wanted, depth + 1));
        x += wanted + boxGap;
    }
    y += tallest + boxPad;
    cells[own].rect = QRectF(at, QSizeF(width, y - at.y()));
    return y - at.y();
}

double NestedBoxes::placeChips(QList<Cell>& cells, const Box& box, const QPointF& at, double width, int depth) const
{
    double x = 0, y = 0, height = 0;
    for (const Chip& chip : box.chips) {
        const QSizeF size = chipSize(chip.text, width);
        if (x > 0 && x + size.width() > width) {
            x = 0;
            y += height + chipGap;
        }
        height = size.height();
        cells.append({nullptr, &chip, QRectF(at + QPointF(x, y), size), depth});
        x += size.width() + chipGap;
    }
    return y + height;
}

const NestedBoxes::Cell* NestedBoxes::at(const QPointF& position) const
{
    for (auto cell = m_cells.crbegin(); cell != m_cells.crend(); ++cell)
        if (cell->rect.contains(position))
            return &*cell;
    return nullptr;
}

void NestedBoxes::paintBox(QPainter& painter, const Cell& cell) const
{
    const Colors& c = colors();
    const Box& box = *cell.box;
    const bool current = !box.id.isEmpty() && box.id == m_current;
    const bool thin = cell.depth == 0 || box.outlined;
    QPen pen(current ? c.selection : thin ? toneLine(box.tone) : toneColor(box.tone), current ? 2.2 : thin ? 1 : 1.4);
    if (box.outlined)
        pen.setStyle(Qt::DotLine);
    else if (box.tone == Tone::Container && !current)
        pen.setDashPattern({4, 2.6});
    painter.setPen(pen);
    painter.setBrush(box.outlined ? c.surface : mixed(c.surface, toneTint(box.tone), cell.depth == 0 ? 0.55 : 0.8));
    painter.drawRoundedRect(cell.rect.adjusted(0.5, 0.5, -0.5, -0.5), boxRadius, boxRadius);
    const QFont title = titleFont();
    const QFontMetricsF metrics(title);
    const double inner = cell.rect.width() - 2 * boxPad;
    QRectF line(cell.rect.topLeft() + QPointF(boxPad, boxPad - 2), QSizeF(inner, metrics.height()));
    painter.setFont(title);
    painter.setPen(toneColor(box.tone == Tone::Host ? Tone::Text : box.tone));
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(box.title, Qt::ElideRight, inner));
    const QFontMetricsF small(Theme::instance().small());
    line = QRectF(line.bottomLeft() + QPointF(0, 1), QSizeF(inner, small.height()));
    painter.setFont(Theme::instance().small());
    painter.setPen(c.muted);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, small.elidedText(box.text, Qt::ElideRight, inner));
}

void NestedBoxes::paintChip(QPainter& painter, const Cell& cell) const
{
    const Colors& c = colors();
    const Chip& chip = *cell.chip;
    const bool current = !chip.id.isEmpty() && chip.id == m_current;
    const QRectF rect = cell.rect.adjusted(0.5, 0.5, -0.5, -0.5);
    QPen pen(current ? c.selection : toneLine(chip.tone), current ? 2 : 1);
    if (chip.outlined && !current)
        pen.setStyle(Qt::DotLine);
    painter.setPen(chip.id.isEmpty() ? Qt::NoPen : pen);
    painter.setBrush(chip.id.isEmpty() ? QBrush(Qt::NoBrush) : QBrush(current ? c.selectionTint : c.surface));
    painter.drawRoundedRect(rect, 5, 5);
    painter.setFont(chipFont());
    painter.setPen(chip.id.isEmpty() || chip.outlined ? c.muted
                                                      : toneColor(chip.tone == Tone::Host ? Tone::Text : chip.tone));
    const QFontMetricsF metrics(painter.font());
    painter.drawText(rect, Qt::AlignCenter, metrics.elidedText(chip.text, Qt::ElideRight, rect.width() - 8));
}

void NestedBoxes::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Cell& cell : m_cells) {
        if (!cell.rect.intersects(event->rect()))
            continue;
        if (cell.box)
            paintBox(painter, cell);
        else
            paintChip(painter, cell);
        if (hasFocus() && !m_current.isEmpty() && cell.id() == m_current) {
            painter.setPen(QPen(colors().selection, 3));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(cell.rect.adjusted(0.5, 0.5, -0.5, -0.5), cell.box ? boxRadius : 5,
                                    cell.box ? boxRadius : 5);
        }
    }
}

void NestedBoxes::resizeEvent(QResizeEvent*)
{
    layOut();
}

void NestedBoxes::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange) {
        layOut();
        updateGeometry();
    }
    QWidget::changeEvent(event);
}

void NestedBoxes::choose(const QString& id)
{
    setCurrent(id);
    emit chosen(id);
}

void NestedBoxes::mousePressEvent(QMouseEvent* event)
{
    const Cell* cell = at(event->position());
    if (cell && !cell->id().isEmpty())
        choose(cell->id());
}

void NestedBoxes::keyPressEvent(QKeyEvent* event)
{
    QStringList ids;
    for (const Cell& cell : m_cells)
        if (!cell.id().isEmpty())
            ids.append(cell.id());
    if (const auto next = nextByArrow(*event, ids, m_current))
        choose(*next);
    else
        QWidget::keyPressEvent(event);
}

bool NestedBoxes::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const Cell* cell = at(help->pos());
        const QString words = !cell ? QString() : cell->box ? cell->box->toolTip : cell->chip->toolTip;
        showHelp(*this, *help, words, cell ? cell->rect : QRectF());
        return true;
    }
    return QWidget::event(event);
}

} // namespace diptych::widgets
