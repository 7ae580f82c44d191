#include "widgets/keysyms.h"

#include <QGuiApplication>
#include <QKeyEvent>

#include <algorithm>
#include <array>

namespace diptych::widgets {

namespace {

struct Named
{
    int key;
    quint32 keysym;
};
// X11's keysymdef.h
constexpr std::array named{
    Named{Qt::Key_Backspace, 0xff08},  Named{Qt::Key_Tab, 0xff09},      Named{Qt::Key_Backtab, 0xff09},
    Named{Qt::Key_Return, 0xff0d},     Named{Qt::Key_Enter, 0xff8d},    Named{Qt::Key_Pause, 0xff13},
    Named{Qt::Key_ScrollLock, 0xff14}, Named{Qt::Key_Escape, 0xff1b},   Named{Qt::Key_Home, 0xff50},
    Named{Qt::Key_Left, 0xff51},       Named{Qt::Key_Up, 0xff52},       Named{Qt::Key_Right, 0xff53},
    Named{Qt::Key_Down, 0xff54},       Named{Qt::Key_PageUp, 0xff55},   Named{Qt::Key_PageDown, 0xff56},
    Named{Qt::Key_End, 0xff57},        Named{Qt::Key_Print, 0xff61},    Named{Qt::Key_Insert, 0xff63},
    Named{Qt::Key_Menu, 0xff67},       Named{Qt::Key_NumLock, 0xff7f},  Named{Qt::Key_Shift, 0xffe1},
    Named{Qt::Key_Control, 0xffe3},    Named{Qt::Key_CapsLock, 0xffe5}, Named{Qt::Key_Meta, 0xffeb},
    Named{Qt::Key_Alt, 0xffe9},        Named{Qt::Key_AltGr, 0xfe03},    Named{Qt::Key_Delete, 0xffff},
};

// Linux key codes above the PC keyboard's first 88, which are the same in both.
constexpr std::array<std::pair<quint32, quint32>, 21> extended{{
    {96, 0x9c},  {97, 0x9d},  {98, 0xb5},  {99, 0xb7},  {100, 0xb8}, {102, 0xc7}, {103, 0xc8},
    {104, 0xc9}, {105, 0xcb}, {106, 0xcd}, {107, 0xcf}, {108, 0xd0}, {109, 0xd1}, {110, 0xd2},
    {111, 0xd3}, {113, 0xa0}, {114, 0xae}, {115, 0xb0}, {125, 0xdb}, {126, 0xdc}, {127, 0xdd},
}};

} // namespace

quint32 keysymOf(const QKeyEvent& event)
{
    const QString platform = QGuiApplication::platformName();
    if (event.nativeVirtualKey() != 0 &&
        (platform == QLatin1String("xcb") || platform.startsWith(QLatin1String("wayland"))))
        return event.nativeVirtualKey(); // it is one already there
    for (const Named& one : named)
        if (one.key == event.key())
            return one.keysym;
    if (event.key() >= Qt::Key_F1 && event.key() <= Qt::Key_F35)
        return 0xffbe + quint32(event.key() - Qt::Key_F1);
    const QList<uint> text = event.text().toUcs4();
    if (text.size() == 1 && text.first() >= 0x20 && text.first() != 0x7f) {
        const uint one = text.first();
        return one < 0x100 ? one : 0x01000000U | one;
    }
    // With Ctrl the text is a control character: the key's own letter.
    if (event.key() >= Qt::Key_Space && event.key() <= Qt::Key_AsciiTilde) {
        const auto letter = quint32(event.key());
        const bool upper = letter >= 'A' && letter <= 'Z' && !(event.modifiers() & Qt::ShiftModifier);
        return upper ? letter + 32 : letter;
    }
    return 0;
}

quint32 scancodeOfLinux(quint32 code)
{
    if (code <= 88)
        return code;
    const auto* found =
        std::find_if(extended.begin(), extended.end(), [&](const auto& one) { return one.first == code; });
    return found == extended.end() ? 0 : found->second;
}

quint32 scancodeOf(const QKeyEvent& event)
{
    constexpr quint32 offset = 8; // X11's and XKB's numbers begin at 8
    const quint32 native = event.nativeScanCode();
    return native > offset ? scancodeOfLinux(native - offset) : 0;
}

} // namespace diptych::widgets
