#include "widgets/vncfeed.h"

#include "widgets/vncclipboard.h"

#include <QtEndian>

#include <rfb/rfbclient.h>

#include <cstring>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace diptych::widgets {

namespace {

int dataTag = 0;
constexpr int mostSide = 16384; ///< a server that claims more is not believed
constexpr qint64 mostCutText = 4 << 20;

void silent(const char*, ...) {}

VncFeed& feedOf(rfbClient* client)
{
    return *static_cast<VncFeed*>(rfbClientGetClientData(client, &dataTag));
}

void send(rfbClient* client, QByteArray message)
{
    WriteToRFBServer(client, message.data(), unsigned(message.size()));
}

bool nextIsCutText(const rfbClient* client)
{
    char type = 0;
    if (client->buffered > 0)
        type = *client->bufoutptr;
    else if (::recv(client->sock, &type, 1, MSG_PEEK | MSG_DONTWAIT) != 1)
        return false;
    return type == rfbServerCutText;
}

} // namespace

struct VncCallbacks
{
    static void bind(rfbClient* client, VncFeed* feed)
    {
        client->MallocFrameBuffer = resize;
        client->GotFrameBufferUpdate = update;
        client->FinishedFrameBufferUpdate = finished;
        client->GotCursorShape = cursor;
        client->GetPassword = [](rfbClient*) -> char* { return nullptr; };
        client->canHandleNewFBSize = TRUE;
        rfbClientSetClientData(client, &dataTag, feed);
    }

    static rfbBool resize(rfbClient* client);
    static void update(rfbClient* client, int x, int y, int width, int height);
    static void finished(rfbClient* client);
    static void cursor(rfbClient* client, int hotX, int hotY, int width, int height, int bytesPerPixel);
};

rfbBool VncCallbacks::resize(rfbClient* client)
{
    VncFeed& feed = feedOf(client);
    if (client->width <= 0 || client->height <= 0 || client->width > mostSide || client->height > mostSide)
        return FALSE;
    feed.m_frame.assign(size_t(client->width) * size_t(client->height), 0xff000000U);
    client->frameBuffer = reinterpret_cast<uint8_t*>(feed.m_frame.data());
    client->updateRect = {0, 0, client->width, client->height};
    const QSize size(client->width, client->height);
    {
        const QMutexLocker lock(&feed.m_mutex);
        feed.m_image = QImage(size, QImage::Format_RGB32);
        feed.m_image.fill(Qt::black);
        feed.m_changed = QRect(QPoint(), size);
    }
    emit feed.sizeChanged(size);
    return TRUE;
}

void VncCallbacks::update(rfbClient* client, int x, int y, int width, int height)
{
    VncFeed& feed = feedOf(client);
    const QMutexLocker lock(&feed.m_mutex);
    const QRect rect = QRect(x, y, width, height) & feed.m_image.rect();
    for (int row = rect.top(); row <= rect.bottom(); ++row)
        std::memcpy(feed.m_image.scanLine(row) + size_t(rect.left()) * 4,
                    feed.m_frame.data() + size_t(row) * size_t(client->width) + size_t(rect.left()),
                    size_t(rect.width()) * 4);
    feed.m_changed += rect;
}

void VncCallbacks::finished(rfbClient* client)
{
    VncFeed& feed = feedOf(client);
    {
        const QMutexLocker lock(&feed.m_mutex);
        if (feed.m_changed.isEmpty() || std::exchange(feed.m_told, true))
            return;
    }
    emit feed.changed();
}

void VncCallbacks::cursor(rfbClient* client, int hotX, int hotY, int width, int height, int bytesPerPixel)
{
    if (bytesPerPixel != 4 || !client->rcSource || !client->rcMask)
        return;
    QImage image(width, height, QImage::Format_ARGB32);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const size_t at = size_t(y) * size_t(width) + size_t(x);
            quint32 color = 0;
            std::memcpy(&color, client->rcSource + at * 4, 4);
            image.setPixel(x, y, client->rcMask[at] ? (color | 0xff000000U) : 0);
        }
    emit feedOf(client).cursorReceived(image, {hotX, hotY});
}

VncFeed::VncFeed(int descriptor, QObject* parent)
    : QThread(parent), m_descriptor(descriptor), m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    static const bool quiet = [] {
        rfbClientLog = silent;
        rfbClientErr = silent;
        static int encodings[] = {vncclipboard::Encoding, 0};
        static rfbClientProtocolExtension extension{};
        extension.encodings = encodings;
        rfbClientRegisterExtension(&extension);
        return true;
    }();
    Q_UNUSED(quiet)
}

VncFeed::~VncFeed()
{
    m_quit = true;
    ::shutdown(m_descriptor, SHUT_RDWR); // wakes what waits in a read
    wait();
    ::close(m_descriptor);
    ::close(m_wake);
}

void VncFeed::withImage(const std::function<void(const QImage&)>& work) const
{
    const QMutexLocker lock(&m_mutex);
    work(m_image);
}

QSize VncFeed::size() const
{
    const QMutexLocker lock(&m_mutex);
    return m_image.size();
}

QRegion VncFeed::takeChanged()
{
    const QMutexLocker lock(&m_mutex);
    m_told = false;
    return std::exchange(m_changed, QRegion());
}

void VncFeed::post(Event event)
{
    {
        const QMutexLocker lock(&m_mutex);
        m_events.push_back(std::move(event));
    }
    const quint64 one = 1;
    (void)!::write(m_wake, &one, sizeof one);
}

void VncFeed::pointer(const QPoint& position, int buttons)
{
    post([position, buttons](rfbClient* client) { SendPointerEvent(client, position.x(), position.y(), buttons); });
}

void VncFeed::key(quint32 keysym, quint32 scancode, bool down)
{
    post([keysym, scancode, down](rfbClient* client) {
        if (scancode == 0 || !SendExtendedKeyEvent(client, keysym, scancode, down ? TRUE : FALSE))
            SendKeyEvent(client, keysym, down ? TRUE : FALSE);
    });
}

void VncFeed::clipboard(const QString& text)
{
    post([this, text = vncclipboard::fitting(text)](rfbClient* client) {
        m_offered = text;
        QByteArray plain = text.toLatin1();
        if (m_clipboard == Clipboard::Plain)
            SendClientCutText(client, plain.data(), int(plain.size()));
        else
            send(client, m_clipboard == Clipboard::AskedFor ? vncclipboard::offer() : vncclipboard::provide(text));
    });
}

/// libvncclient takes the length of the extension's messages, which is negative, for an enormous one and gives up.
bool VncFeed::takeCutText(rfbClient* client)
{
    char head[8];
    if (!ReadFromRFBServer(client, head, sizeof head))
        return false;
    const qint64 length = qFromBigEndian<qint32>(head + 4);
    if (std::abs(length) > mostCutText)
        return false;
    QByteArray bytes(std::abs(length), Qt::Uninitialized);
    if (!bytes.isEmpty() && !ReadFromRFBServer(client, bytes.data(), unsigned(bytes.size())))
        return false;
    if (length < 0)
        takeClipboard(client, bytes);
    else
        emit clipboardReceived(QString::fromLatin1(bytes));
    return true;
}

void VncFeed::takeClipboard(rfbClient* client, const QByteArray& payload)
{
    using Kind = vncclipboard::Message::Kind;
    const auto message = vncclipboard::parse(payload);
    switch (message ? message->kind : Kind::Other) {
    case Kind::Capabilities:
        m_clipboard = message->asks ? Clipboard::AskedFor : Clipboard::Sent;
        send(client, vncclipboard::capabilities());
        return;
    case Kind::Offer:
        send(client, vncclipboard::want());
        return;
    case Kind::Wanted:
        send(client, vncclipboard::provide(m_offered));
        return;
    case Kind::Text:
        emit clipboardReceived(message->text);
        return;
    case Kind::Withdrawal:
    case Kind::Other:
        return;
    }
}

bool VncFeed::sendQueued(rfbClient* client)
{
    quint64 count = 0;
    (void)!::read(m_wake, &count, sizeof count);
    std::deque<Event> events;
    {
        const QMutexLocker lock(&m_mutex);
        events.swap(m_events);
    }
    for (const Event& event : events)
        event(client);
    return !m_quit;
}

bool VncFeed::serve(rfbClient* client)
{
    pollfd waits[] = {{m_descriptor, POLLIN, 0}, {m_wake, POLLIN, 0}};
    // What libvncclient has read ahead is not seen by poll().
    if (client->buffered == 0 && ::poll(waits, 2, -1) < 0)
        return errno == EINTR;
    if (waits[1].revents && !sendQueued(client))
        return false;
    if (client->buffered == 0 && !waits[0].revents)
        return true;
    return nextIsCutText(client) ? takeCutText(client) : bool(HandleRFBServerMessage(client));
}

void VncFeed::run()
{
    rfbClient* client = rfbGetClient(8, 3, 4);
    // As QImage::Format_RGB32 has them.
    client->format.redShift = 16;
    client->format.greenShift = 8;
    client->format.blueShift = 0;
    client->appData.useRemoteCursor = TRUE;
    VncCallbacks::bind(client, this);
    // "Somebody connected to us": the descriptor is used as it is, nothing is connected to. Its own copy is closed with
    // the client.
    client->listenSpecified = TRUE;
    client->sock = ::dup(m_descriptor);
    if (!rfbInitClient(client, nullptr, nullptr)) { // which frees the client
        emit ended(m_quit ? QString() : tr("The display did not answer as a VNC server does."));
        return;
    }
    while (!m_quit && serve(client)) {
    }
    client->frameBuffer = nullptr; // ours
    rfbClientCleanup(client);
    emit ended({});
}

} // namespace diptych::widgets
