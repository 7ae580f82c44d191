// The clipboard as QEMU's VNC server hands it on: RFB's "Extended Clipboard" (github.com/rfbproto, "Extended Clipboard
// Pseudo-Encoding"), which libvncclient 0.9.14 does not speak. Who has new text says so, the other asks for it when
// somebody pastes. Values only.
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace diptych::widgets::vncclipboard {

constexpr qint32 Encoding = qint32(0xc0a1e5ce);
constexpr qint64 MostText = (qint64{1} << 20) - 8; ///< bytes of UTF-8; QEMU takes no more at once

struct Message
{
    enum class Kind {
        Capabilities, ///< it knows the extension
        Offer,        ///< it has new text
        Withdrawal,   ///< what it has is no text, or nothing
        Wanted,       ///< it asks for ours
        Text,
        Other
    };
    Kind kind = Kind::Other;
    QString text = {};
    bool asks = false; ///< of capabilities: it can be offered text, and asks for it; else it is sent at once
};

/// What stands behind a negative length. Nothing: it is none, or its text is larger than MostText.
std::optional<Message> parse(const QByteArray& payload);

// Whole ClientCutText messages.
QByteArray capabilities();
QByteArray offer();
QByteArray want();
QByteArray provide(const QString& text);
/// Cut at a character's end, so that it can be sent.
QString fitting(const QString& text);

} // namespace diptych::widgets::vncclipboard
