#include "widgets/flowlayout.h"

#include <QWidget>

namespace diptych::widgets {

FlowLayout::FlowLayout(QWidget* parent, int spacing) : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(spacing);
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

void FlowLayout::addItem(QLayoutItem* item)
{
    m_items.append(item);
}
int FlowLayout::count() const
{
    return int(m_items.size());
}
QLayoutItem* FlowLayout::itemAt(int index) const
{
    return m_items.value(index);
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

int FlowLayout::heightForWidth(int width) const
{
    return arrange(QRect(0, 0, width, 0), false);
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem* item : m_items)
        size = size.expandedTo(item->minimumSize());
    const QMargins margins = contentsMargins();
    return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

QSize FlowLayout::sizeHint() const
{
    return minimumSize();
}

void FlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int FlowLayout::arrange(const QRect& rect, bool apply) const
{
    const QRect area = rect.marginsRemoved(contentsMargins());
    int y = area.top();
    for (qsizetype first = 0; first < m_items.size();) {
        int width = 0;
        int height = 0;
        qsizetype end = first;
        for (; end < m_items.size(); ++end) {
            const QSize size = m_items[end]->isEmpty() ? QSize() : m_items[end]->sizeHint();
            if (width > 0 && width + size.width() > area.width())
                break;
            width += m_items[end]->isEmpty() ? 0 : size.width() + spacing();
            height = std::max(height, size.height());
        }
        int x = area.left();
        for (; first < end; ++first) {
            if (m_items[first]->isEmpty())
                continue;
            const QSize size = m_items[first]->sizeHint();
            if (apply)
                m_items[first]->setGeometry(QRect(QPoint(x, y + (height - size.height()) / 2), size));
            x += size.width() + spacing();
        }
        y += height + (end < m_items.size() ? spacing() : 0);
    }
    return y - rect.y() + contentsMargins().bottom();
}

} // namespace diptych::widgets
