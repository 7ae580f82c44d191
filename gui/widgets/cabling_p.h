// Measures of the cabling. Private to this folder.
#pragma once

#include "widgets/cabling.h"

#include <QFontMetricsF>
#include <QPainterPath>

namespace diptych::widgets::cabling {

constexpr double pad = 10, boxGap = 12, portGap = 5, boxRadius = 7;
/// Parts of the width: left boxes, room for cables with their words, bars, room, the machine.
constexpr double leftPart = 0.29, barFrom = 0.45, barPart = 0.17, rightFrom = 0.73;

inline double titleHeight()
{
    return QFontMetricsF(scaledFont(1, QFont::DemiBold)).height();
}
inline double lineHeight()
{
    return QFontMetricsF(Theme::instance().small()).height();
}
inline double portHeight(int lines)
{
    return 8 + lines * lineHeight();
}

} // namespace diptych::widgets::cabling
