// A real RFB server (libvncserver) in the test's process, and what it was sent.
#pragma once

#include <QList>
#include <QMutex>
#include <QPoint>
#include <QString>

#include <atomic>
#include <rfb/rfb.h>
#include <sys/socket.h>
#include <thread>
#include <vector>

namespace diptych::test {

struct Seen
{
    QMutex mutex;
    QList<std::pair<quint32, bool>> keys;
    QList<QPoint> points;
    QList<int> buttons;
};
inline Seen seen;

inline void silent(const char*, ...) {}

inline void onKey(rfbBool down, rfbKeySym key, rfbClientPtr)
{
    const QMutexLocker lock(&seen.mutex);
    seen.keys.append({key, bool(down)});
}
inline void onPointer(int buttons, int x, int y, rfbClientPtr)
{
    const QMutexLocker lock(&seen.mutex);
    seen.points.append({x, y});
    seen.buttons.append(buttons);
}

/// 64 x 32, the left half red, the right half blue.
class VncServer
{
public:
    VncServer()
    {
        rfbLog = silent;
        rfbErr = silent;
        int none = 0;
        m_screen = rfbGetScreen(&none, nullptr, 64, 32, 8, 3, 4);
        m_screen->port = -1;
        m_screen->ipv6port = -1;
        m_screen->autoPort = FALSE;
        m_screen->httpPort = 0;
        m_screen->frameBuffer = reinterpret_cast<char*>(m_pixels.data());
        m_screen->kbdAddEvent = onKey;
        m_screen->ptrAddEvent = onPointer;
        m_screen->deferUpdateTime = 1;
        for (size_t i = 0; i < m_pixels.size(); ++i) // red is the low byte in libvncserver
            m_pixels[i] = i % 64 < 32 ? 0x0000ffU : 0xff0000U;
        rfbInitServer(m_screen);
        int pair[2];
        socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
        m_client = pair[1];
        rfbNewClient(m_screen, pair[0]);
        m_thread = std::thread([this] {
            while (!m_quit)
                rfbProcessEvents(m_screen, 5000);
        });
    }
    ~VncServer() { stop(); }
    void stop()
    {
        if (!m_thread.joinable())
            return;
        m_quit = true;
        m_thread.join();
        rfbShutdownServer(m_screen, TRUE);
        rfbScreenCleanup(m_screen);
    }
    void draw(quint32 color)
    {
        for (quint32& pixel : m_pixels)
            pixel = color;
        rfbMarkRectAsModified(m_screen, 0, 0, 64, 32);
    }
    [[nodiscard]] int client() const { return m_client; }
    void offer(QByteArray latin) { rfbSendServerCutText(m_screen, latin.data(), int(latin.size())); }
    void offer(const QString& text)
    {
        QByteArray bytes = text.toUtf8(), latin = text.toLatin1();
        rfbSendServerCutTextUTF8(m_screen, bytes.data(), int(bytes.size()), latin.data(), int(latin.size()));
    }

private:
    std::vector<quint32> m_pixels = std::vector<quint32>(64 * 32);
    rfbScreenInfoPtr m_screen;
    int m_client = -1;
    std::thread m_thread;
    std::atomic<bool> m_quit{false};
};

} // namespace diptych::test
