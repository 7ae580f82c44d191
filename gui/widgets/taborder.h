// Tab goes the way the eye does: by the layouts, whatever was made first or came later.
#pragma once

#include <QWidget>

namespace diptych::widgets {

/// What Tab stops at below root, in order: layouts first to last, without a layout from top left to bottom right.
[[nodiscard]] QList<QWidget*> tabStops(const QWidget& root);
/// Moves the focus within root, around its ends; false: there is nowhere to go. For QWidget::focusNextPrevChild().
bool moveFocus(const QWidget& root, bool next);

} // namespace diptych::widgets
