#include "widgets/vncclipboard.h"

#include <QtEndian>

#include <zlib.h>

namespace diptych::widgets::vncclipboard {

namespace {

// Formats, then actions.
constexpr quint32 Text = 1;
constexpr quint32 Capabilities = 1U << 24;
constexpr quint32 Request = 1U << 25;
constexpr quint32 Notify = 1U << 27;
constexpr quint32 Provide = 1U << 28;

constexpr char ClientCutText = 6;
constexpr qsizetype LengthSize = 4; ///< before each format's bytes, in what is compressed

QByteArray bigEndian(quint32 value)
{
    QByteArray bytes(sizeof value, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray message(quint32 flags, const QByteArray& rest = {})
{
    const QByteArray payload = bigEndian(flags) + rest;
    return QByteArray(1, ClientCutText) + QByteArray(3, '\0') + bigEndian(quint32(-qint32(payload.size()))) + payload;
}

/// A few bytes may claim to be gigabytes.
QByteArray inflated(const QByteArray& compressed)
{
    QByteArray bytes(LengthSize + MostText, Qt::Uninitialized);
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK)
        return {};
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(compressed.constData()));
    stream.avail_in = uInt(compressed.size());
    stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_out = uInt(bytes.size());
    const int ended = inflate(&stream, Z_FINISH);
    // Some servers flush their stream instead of ending it.
    const bool whole = ended == Z_STREAM_END || (ended == Z_BUF_ERROR && stream.avail_in == 0 && stream.avail_out > 0);
    bytes.truncate(qsizetype(stream.total_out));
    inflateEnd(&stream);
    return whole ? bytes : QByteArray();
}

std::optional<Message> textOf(const QByteArray& compressed)
{
    const QByteArray bytes = inflated(compressed);
    if (bytes.size() < LengthSize)
        return std::nullopt;
    const quint32 length = qFromBigEndian<quint32>(bytes.constData());
    if (length > quint32(bytes.size() - LengthSize))
        return std::nullopt;
    QString text = QString::fromUtf8(bytes.sliced(LengthSize, length));
    while (text.endsWith(QChar::Null)) // the extension wants one, QEMU sends none
        text.chop(1);
    return Message{Message::Kind::Text, text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"))};
}

} // namespace

std::optional<Message> parse(const QByteArray& payload)
{
    if (payload.size() < qsizetype(sizeof(quint32)))
        return std::nullopt;
    const quint32 flags = qFromBigEndian<quint32>(payload.constData());
    if (flags & Capabilities)
        return Message{Message::Kind::Capabilities, {}, (flags & Notify) != 0};
    if (flags & Notify)
        return Message{flags & Text ? Message::Kind::Offer : Message::Kind::Withdrawal};
    if (!(flags & Text))
        return Message{};
    if (flags & Request)
        return Message{Message::Kind::Wanted};
    return flags & Provide ? textOf(payload.sliced(sizeof flags)) : Message{};
}

QByteArray capabilities()
{
    return message(Capabilities | Request | Notify | Provide | Text, bigEndian(quint32(MostText)));
}

QByteArray offer()
{
    return message(Notify | Text);
}

QByteArray want()
{
    return message(Request | Text);
}

QByteArray provide(const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    // Qt puts the size before the stream, which nobody else knows.
    return message(Provide | Text, qCompress(bigEndian(quint32(bytes.size())) + bytes).sliced(sizeof(quint32)));
}

QString fitting(const QString& text)
{
    QByteArray bytes = text.toUtf8();
    if (bytes.size() <= MostText)
        return text;
    qsizetype end = MostText;
    while (end > 0 && (uchar(bytes.at(end)) & 0xc0) == 0x80)
        --end;
    return QString::fromUtf8(bytes.first(end));
}

} // namespace diptych::widgets::vncclipboard
