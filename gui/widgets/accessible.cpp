#include "widgets/accessible.h"

#include "widgets/cabling.h"
#include "widgets/diptychpicture.h"
#include "widgets/kind.h"
#include "widgets/layermap.h"
#include "widgets/linechart.h"
#include "widgets/nestedboxes.h"
#include "widgets/ratebars.h"
#include "widgets/sparkline.h"
#include "widgets/stackedbars.h"
#include "widgets/timelinechart.h"
#include "widgets/wallglyph.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace diptych::widgets {
namespace {

QAccessibleInterface* makeInterface(const QString& /*className*/, QObject* object)
{
    if (QAccessibleInterface* made = accessibleTerminal(object))
        return made;
    if (QAccessibleInterface* made = accessibleMap(object))
        return made;
    const auto as = [object](QAccessible::Role role) {
        return new QAccessibleWidget(qobject_cast<QWidget*>(object), role);
    };
    if (qobject_cast<LineChart*>(object) || qobject_cast<TimelineChart*>(object) || qobject_cast<LayerMap*>(object) ||
        qobject_cast<StackedBars*>(object) || qobject_cast<NestedBoxes*>(object) || qobject_cast<Cabling*>(object) ||
        qobject_cast<RateBars*>(object))
        return as(QAccessible::Chart);
    if (qobject_cast<DiptychPicture*>(object) || qobject_cast<KindIcon*>(object) || qobject_cast<WallGlyph*>(object) ||
        qobject_cast<Sparkline*>(object) || qobject_cast<MeterBar*>(object))
        return as(QAccessible::Graphic);
    if (qobject_cast<Pill*>(object) || qobject_cast<StateDot*>(object))
        return as(QAccessible::StaticText);
    return nullptr;
}

} // namespace

void installAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(installed)
}

} // namespace diptych::widgets
