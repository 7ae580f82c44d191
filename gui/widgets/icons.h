// The drawn icons of resources/icons, in the theme's colours at whatever size and pixel ratio is asked for.
// Names: overview instances compare labs images networks storage cgroups activity start stop kill pause resume restart
// delete rename terminal limits search more close copy info warning error refresh swap add settings host chart table
// chevron-down chevron-right chevron-up check eye container machine twins export reconnect empty
#pragma once

#include "widgets/tone.h"

#include <QIcon>

namespace diptych::widgets {

/// Follows the theme at paint time: no need to fetch it anew on Theme::changed().
[[nodiscard]] QIcon icon(const QString& name, Tone tone = Tone::Text);
[[nodiscard]] QIcon applicationIcon(); ///< the diptych itself, in its own colours
void paintIcon(QPainter& painter, const QRectF& rect, const QString& name, const QColor& color);

} // namespace diptych::widgets
