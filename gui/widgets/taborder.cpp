#include "widgets/taborder.h"

#include <QLayout>
#include <QScrollArea>

namespace diptych::widgets {
namespace {

void inLayout(const QLayout& layout, QList<QWidget*>* out)
{
    for (int i = 0; i < layout.count(); ++i) {
        QLayoutItem* item = layout.itemAt(i);
        if (QWidget* widget = item->widget())
            out->append(widget);
        else if (QLayout* inner = item->layout())
            inLayout(*inner, out);
    }
}

QList<QWidget*> ordered(const QWidget& parent)
{
    QList<QWidget*> first;
    if (const QLayout* layout = parent.layout())
        inLayout(*layout, &first);
    QList<QWidget*> rest;
    for (QWidget* child : parent.findChildren<QWidget*>(Qt::FindDirectChildrenOnly))
        if (!first.contains(child) && !child->isWindow())
            rest.append(child);
    std::stable_sort(rest.begin(), rest.end(), [](const QWidget* a, const QWidget* b) {
        return std::pair(a->y(), a->x()) < std::pair(b->y(), b->x());
    });
    return first + rest;
}

/// from: counted where it stands, though it or what it stands in has just become grey or gone out of sight.
void collect(const QWidget& parent, const QWidget* from, QList<QWidget*>* out)
{
    const QList<QWidget*> children = ordered(parent);
    for (QWidget* child : children) {
        const bool usable = child->isVisible() && child->isEnabled();
        if (!usable && !(from && (child == from || child->isAncestorOf(from))))
            continue;
        if (child == from || (usable && (child->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && !child->focusProxy()))
            out->append(child);
        collect(*child, from, out);
    }
}

} // namespace

QList<QWidget*> tabStops(const QWidget& root)
{
    QList<QWidget*> stops;
    collect(root, nullptr, &stops);
    return stops;
}

bool moveFocus(const QWidget& root, bool next)
{
    // The window's own, which it has while a dialog before it has the application's.
    const QWidget* from = root.window()->focusWidget();
    QList<QWidget*> stops;
    collect(root, from, &stops);
    if (stops.isEmpty() || (stops.size() == 1 && stops.first() == from))
        return false;
    // Nobody has pressed Tab when it went grey; what comes after a form's main button is Cancel.
    if (from && !(from->isVisible() && from->isEnabled()))
        next = stops.first() == from;
    qsizetype at = stops.indexOf(from);
    if (at < 0)
        at = next ? -1 : stops.size();
    QWidget* wanted = stops.at((at + (next ? 1 : -1) + stops.size()) % stops.size());
    wanted->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    for (QWidget* around = wanted->parentWidget(); around; around = around->parentWidget())
        if (auto* area = qobject_cast<QScrollArea*>(around))
            area->ensureWidgetVisible(wanted, 20, 20);
    return true;
}

} // namespace diptych::widgets
