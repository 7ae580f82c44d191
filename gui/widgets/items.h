// What pictures made of items that can be chosen have in common: arrow keys from one to the next, and tool tips.
#pragma once

#include <QStringList>

#include <optional>

class QHelpEvent;
class QKeyEvent;
class QRectF;
class QWidget;

namespace diptych::widgets {

/// Where an arrow key leads from current: right and down on, left and up back, to the first from none of ids. Nothing
/// when it is no such key or there is nowhere to go.
[[nodiscard]] std::optional<QString> nextByArrow(const QKeyEvent& event, const QStringList& ids,
                                                 const QString& current);
/// Shows words while the pointer stays in rect; without words none are shown.
void showHelp(QWidget& widget, const QHelpEvent& event, const QString& words, const QRectF& rect);

} // namespace diptych::widgets
