#include "widgets/items.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>
#include <QWidget>

#include <algorithm>

namespace diptych::widgets {

std::optional<QString> nextByArrow(const QKeyEvent& event, const QStringList& ids, const QString& current)
{
    const bool on = event.key() == Qt::Key_Right || event.key() == Qt::Key_Down;
    if ((!on && event.key() != Qt::Key_Left && event.key() != Qt::Key_Up) || ids.isEmpty())
        return std::nullopt;
    const qsizetype now = ids.indexOf(current);
    return ids.at(now < 0 ? 0 : std::clamp<qsizetype>(now + (on ? 1 : -1), 0, ids.size() - 1));
}

void showHelp(QWidget& widget, const QHelpEvent& event, const QString& words, const QRectF& rect)
{
    if (words.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(event.globalPos(), words, &widget, rect.toRect());
}

} // namespace diptych::widgets
