// What screen readers are told of the painted widgets, which Qt takes for empty boxes.
#pragma once

class QAccessibleInterface;
class QObject;

namespace diptych::widgets {

void installAccessibility(); ///< once; each call after the first does nothing

/// Null for an object of another class.
QAccessibleInterface* accessibleTerminal(QObject* object);
QAccessibleInterface* accessibleMap(QObject* object);

} // namespace diptych::widgets
