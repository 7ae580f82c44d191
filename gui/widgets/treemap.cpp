#include "widgets/treemap.h"

#include "widgets/items.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace diptych::widgets {

namespace {

constexpr double gap = 2;
constexpr double radius = 4;
constexpr double least = 5; ///< px: what is thinner is not drawn
constexpr int deepest = 5;

/// The worst side ratio of a row that is laid along a side of this length.
double worst(double sum, double smallest, double largest, double side)
{
    if (sum <= 0 || smallest <= 0)
        return 1e9;
    const double square = side * side;
    return std::max(square * largest / (sum * sum), sum * sum / (square * smallest));
}

} // namespace

TreeMap::TreeMap(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TreeMap::setItems(const QList<Item>& items)
{
    m_items = items;
    layOut();
    update();
}

void TreeMap::setCurrent(const QString& id)
{
    if (m_current == id)
        return;
    m_current = id;
    update();
}

void TreeMap::setEmptyText(const QString& text)
{
    m_emptyText = text;
    update();
}

QRectF TreeMap::rectOf(const QString& id) const
{
    for (const Cell& cell : m_cells)
        if (cell.item->id == id)
            return cell.rect;
    return {};
}

double TreeMap::titleHeight() const
{
    return QFontMetricsF(Theme::instance().small()).height() + 4;
}

void TreeMap::layOut()
{
    m_cells.clear();
    place(m_items, QRectF(rect()), 0);
}

void TreeMap::place(const QList<Item>& items, const QRectF& rect, int depth)
{
    QList<const Item*> sorted;
    double total = 0;
    for (const Item& item : items) {
        if (item.value <= 0)
            continue;
        sorted.append(&item);
        total += item.value;
    }
    if (total <= 0 || rect.width() < least || rect.height() < least)
        return;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Item* a, const Item* b) { return a->value > b->value; });
    const double scale = rect.width() * rect.height() / total;
    QRectF rest = rect;
    QList<const Item*> row;
    double sum = 0;
    for (const Item* item : std::as_const(sorted)) {
        const double area = item->value * scale;
        const double side = std::min(rest.width(), rest.height());
        if (!row.isEmpty()) {
            const double largest = row.first()->value * scale;
            const double before = worst(sum, row.last()->value * scale, largest, side);
            if (worst(sum + area, area, largest, side) > before) {
                placeRow(row, rest, scale, depth);
                row.clear();
                sum = 0;
            }
        }
        row.append(item);
        sum += area;
    }
    placeRow(row, rest, scale, depth);
}

void TreeMap::placeRow(const QList<const Item*>& row, QRectF& rest, double scale, int depth)
{
    double sum = 0;
    for (const Item* item : row)
        sum += item->value * scale;
    const bool upright = rest.width() >= rest.height();
    const double side = upright ? rest.height() : rest.width();
    const double thick = side > 0 ? sum / side : 0;
    double from = upright ? rest.top() : rest.left();
    for (const Item* item : row) {
        const double length = thick > 0 ? item->value * scale / thick : 0;
        placeOne(*item, upright ? QRectF(rest.left(), from, thick, length) : QRectF(from, rest.top(), length, thick),
                 depth);
        from += length;
    }
    if (upright)
        rest.setLeft(rest.left() + thick);
    else
        rest.setTop(rest.top() + thick);
}

void TreeMap::placeOne(const Item& item, const QRectF& rect, int depth)
{
    if (rect.width() < least || rect.height() < least)
        return;
    const QRectF inner = rect.adjusted(gap + 2, titleHeight() + 2, -gap - 2, -gap - 2);
    const bool nested =
        !item.children.isEmpty() && depth < deepest && inner.width() > 8 * least && inner.height() > 4 * least;
    m_cells.append({&item, rect.adjusted(gap / 2, gap / 2, -gap / 2, -gap / 2), depth, nested});
    if (nested)
        place(item.children, inner, depth + 1);
}

const TreeMap::Cell* TreeMap::at(const QPointF& position) const
{
    for (auto cell = m_cells.crbegin(); cell != m_cells.crend(); ++cell)
        if (cell->rect.contains(position))
            return &*cell;
    return nullptr;
}

void TreeMap::paintCell(QPainter& painter, const Cell& cell) const
{
    const Colors& c = colors();
    const bool current = cell.item->id == m_current;
    const QRectF rect = cell.rect.adjusted(0.5, 0.5, -0.5, -0.5);
    const QColor ground = toneTint(cell.item->tone);
    painter.setPen(QPen(current             ? c.selection
                        : cell.item->marked ? c.warn
                                            : toneLine(cell.item->tone),
                        current || cell.item->marked ? 2 : 1));
    painter.setBrush(cell.nested ? mixed(c.surface, ground, 0.45) : ground);
    painter.drawRoundedRect(rect, radius, radius);
    const QFontMetricsF metrics(painter.font());
    const QRectF words = cell.rect.adjusted(6, 2, -5, -2);
    if (words.width() < metrics.averageCharWidth() * 4 || words.height() < metrics.height())
        return;
    const QRectF line(words.topLeft(), QSizeF(words.width(), metrics.height()));
    const double wanted = metrics.horizontalAdvance(cell.item->title) + metrics.horizontalAdvance(cell.item->text) + 10;
    painter.setPen(toneColor(cell.item->tone == Tone::Host ? Tone::Text : cell.item->tone));
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(cell.item->title, Qt::ElideMiddle, line.width()));
    painter.setPen(c.muted);
    if (wanted <= line.width())
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, cell.item->text);
    else if (!cell.nested && words.height() >= 2 * metrics.height())
        painter.drawText(line.translated(0, metrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(cell.item->text, Qt::ElideRight, line.width()));
}

void TreeMap::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::instance().small());
    if (m_cells.isEmpty()) {
        painter.setPen(colors().muted);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
    }
    for (const Cell& cell : m_cells)
        paintCell(painter, cell);
    // Once more above its neighbours: a frame two pixels wide is cut by cells drawn after it.
    for (const Cell& cell : m_cells) {
        if (cell.item->id != m_current)
            continue;
        painter.setPen(QPen(colors().selection, hasFocus() ? 3 : 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(cell.rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    }
}

void TreeMap::resizeEvent(QResizeEvent*)
{
    layOut();
}

void TreeMap::choose(const QString& id)
{
    setCurrent(id);
    emit chosen(id);
}

void TreeMap::mousePressEvent(QMouseEvent* event)
{
    if (const Cell* cell = at(event->position()))
        choose(cell->item->id);
}

void TreeMap::keyPressEvent(QKeyEvent* event)
{
    QStringList ids;
    for (const Cell& cell : m_cells)
        ids.append(cell.item->id);
    if (const auto next = nextByArrow(*event, ids, m_current))
        choose(*next);
    else
        QWidget::keyPressEvent(event);
}

bool TreeMap::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const Cell* cell = at(help->pos());
        showHelp(*this, *help, cell ? cell->item->toolTip : QString(), cell ? cell->rect : QRectF());
        return true;
    }
    return QWidget::event(event);
}

} // namespace diptych::widgets
