// Keys as RFB sends them. Pure.
#pragma once

#include <QtGlobal>

class QKeyEvent;

namespace diptych::widgets {

/// X11's number for the key; 0 when it has none.
quint32 keysymOf(const QKeyEvent& event);
/// The PC keyboard's set 1 code with 0x80 for extended keys, from the Linux key code that X11 and Wayland tell; 0 where
/// the platform tells none.
quint32 scancodeOf(const QKeyEvent& event);
quint32 scancodeOfLinux(quint32 code);

} // namespace diptych::widgets
