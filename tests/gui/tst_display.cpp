// The display widget against a real RFB server (libvncserver) in this process: pixels, keys, mouse, resize, the end.
#include "widgets/displayview.h"
#include "widgets/keysyms.h"

#include <QKeyEvent>
#include <QMutex>
#include <QSignalSpy>
#include <QTest>

#include <rfb/rfb.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using diptych::widgets::DisplayView;

namespace {

struct Seen
{
    QMutex mutex;
    QList<std::pair<quint32, bool>> keys;
    QList<QPoint> points;
    QList<int> buttons;
};
Seen seen;

void silent(const char*, ...) {}

void onKey(rfbBool down, rfbKeySym key, rfbClientPtr)
{
    const QMutexLocker lock(&seen.mutex);
    seen.keys.append({key, bool(down)});
}
void onPointer(int buttons, int x, int y, rfbClientPtr)
{
    const QMutexLocker lock(&seen.mutex);
    seen.points.append({x, y});
    seen.buttons.append(buttons);
}

/// 64 x 32, the left half red, the right half blue.
class Server
{
public:
    Server()
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
    ~Server() { stop(); }
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

private:
    std::vector<quint32> m_pixels = std::vector<quint32>(64 * 32);
    rfbScreenInfoPtr m_screen;
    int m_client = -1;
    std::thread m_thread;
    std::atomic<bool> m_quit{false};
};

} // namespace

class TestDisplay final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        const QMutexLocker lock(&seen.mutex);
        seen.keys.clear();
        seen.points.clear();
        seen.buttons.clear();
    }

    void showsPixels()
    {
        Server server;
        DisplayView view;
        view.resize(320, 200);
        view.show();
        view.attach(server.client());
        QTRY_COMPARE(view.pictureSize(), QSize(64, 32));
        QTRY_COMPARE(view.picture().pixelColor(5, 5), QColor(Qt::red));
        QCOMPARE(view.picture().pixelColor(60, 30), QColor(Qt::blue));
        // Scaled to 320 x 160 in the middle of 200.
        const QImage shot = view.grab().toImage();
        QCOMPARE(shot.pixelColor(40, 100), QColor(Qt::red));
        QCOMPARE(shot.pixelColor(280, 100), QColor(Qt::blue));
        QCOMPARE(shot.pixelColor(40, 5), QColor(Qt::black));
        server.draw(0x00ff00);
        QTRY_COMPARE(view.picture().pixelColor(5, 5), QColor(Qt::green));
        QTRY_COMPARE(view.grab().toImage().pixelColor(40, 100), QColor(Qt::green));
    }

    void sendsMouseWhereItIsInside()
    {
        Server server;
        DisplayView view;
        view.resize(320, 200);
        view.show();
        view.attach(server.client());
        QTRY_COMPARE(view.pictureSize(), QSize(64, 32));
        QTest::mousePress(&view, Qt::LeftButton, {}, {100, 60}); // (100, 60 - 20) / 5
        QTRY_VERIFY(!seen.points.isEmpty());
        QCOMPARE(seen.points.last(), QPoint(20, 8));
        QCOMPARE(seen.buttons.last(), 1);
        QTest::mouseRelease(&view, Qt::LeftButton, {}, {5, 195}); // below the picture: its last line
        QTRY_COMPARE(seen.buttons.last(), 0);
        QCOMPARE(seen.points.last(), QPoint(1, 31));
    }

    void givesTheMouseToAMachineWithoutTablet()
    {
        Server server;
        DisplayView view;
        view.resize(320, 200);
        view.show();
        view.setFocus();
        view.setRelative(true);
        view.attach(server.client());
        QTRY_COMPARE(view.pictureSize(), QSize(64, 32));
        seen.points.clear();
        seen.buttons.clear();
        QTest::mouseMove(&view, {10, 10}); // it is still the window's
        QTest::mouseClick(&view, Qt::LeftButton, {}, {100, 60});
        QTRY_VERIFY(view.hasMouse());
        QTRY_VERIFY(!seen.points.isEmpty()); // where it counts from
        QTest::qWait(100);                   // the cursor is put into the middle, and the desktop tells of it
        QVERIFY(!seen.buttons.contains(1));  // the click itself is not the machine's
        const QPoint from = seen.points.last();
        const QPoint middle = view.rect().center();
        QMouseEvent move(QEvent::MouseMove, middle + QPoint(12, -7), view.mapToGlobal(middle + QPoint(12, -7)),
                         Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&view, &move);
        QTRY_COMPARE(seen.points.last(), from + QPoint(12, -7));
        QTest::mousePress(&view, Qt::RightButton, {}, middle + QPoint(12, -7));
        QTRY_COMPARE(seen.buttons.last(), 4);
        QCOMPARE(seen.points.last(), from + QPoint(12, -7));
        QTest::keyPress(&view, Qt::Key_Control);
        QTest::keyPress(&view, Qt::Key_Alt, Qt::ControlModifier);
        QTest::keyRelease(&view, Qt::Key_Alt, Qt::ControlModifier);
        QVERIFY(!view.hasMouse());
    }

    void sendsKeys()
    {
        Server server;
        DisplayView view;
        view.show();
        view.activateWindow();
        view.setFocus();
        view.attach(server.client());
        QTRY_COMPARE(view.pictureSize(), QSize(64, 32));
        QTest::keyClick(&view, Qt::Key_A);
        QTest::keyClick(&view, Qt::Key_Tab); // goes inside, the focus stays
        const QList<std::pair<quint32, bool>> wanted{{'a', true}, {'a', false}, {0xff09, true}, {0xff09, false}};
        QTRY_COMPARE(seen.keys, wanted);
        seen.keys.clear();
        view.sendKeys({0xffe3, 0xffe9, 0xffff});
        QTRY_COMPARE(seen.keys.size(), 6);
        QCOMPARE(seen.keys[3], (std::pair<quint32, bool>{0xffff, false}));
        seen.keys.clear();
        // Ctrl+Alt alone gives the keyboard back; with another key it does not.
        QSignalSpy released(&view, &DisplayView::releaseWanted);
        QTest::keyPress(&view, Qt::Key_Control);
        QTest::keyPress(&view, Qt::Key_Alt, Qt::ControlModifier);
        QTest::keyClick(&view, Qt::Key_F2, Qt::ControlModifier | Qt::AltModifier);
        QTest::keyRelease(&view, Qt::Key_Alt, Qt::ControlModifier);
        QTest::keyRelease(&view, Qt::Key_Control);
        QCOMPARE(released.count(), 0);
        QTest::keyPress(&view, Qt::Key_Control);
        QTest::keyPress(&view, Qt::Key_Alt, Qt::ControlModifier);
        QTest::keyRelease(&view, Qt::Key_Alt, Qt::ControlModifier);
        QCOMPARE(released.count(), 1);
    }

    void letsKeysGoWithTheFocus()
    {
        Server server;
        DisplayView view;
        view.show();
        view.attach(server.client());
        QTRY_COMPARE(view.pictureSize(), QSize(64, 32));
        QTest::keyPress(&view, Qt::Key_Shift);
        QFocusEvent out(QEvent::FocusOut, Qt::ActiveWindowFocusReason);
        QCoreApplication::sendEvent(&view, &out);
        const QList<std::pair<quint32, bool>> wanted{{0xffe1, true}, {0xffe1, false}};
        QTRY_COMPARE(seen.keys, wanted);
    }

    void tellsTheEnd()
    {
        auto server = std::make_unique<Server>();
        DisplayView view;
        QSignalSpy ended(&view, &DisplayView::ended);
        view.attach(server->client());
        QTRY_COMPARE(view.pictureSize(), QSize(64, 32));
        server.reset();
        QTRY_COMPARE(ended.count(), 1);
        QVERIFY(!view.isAttached());
        // What is no VNC server is told, too; the GUI does not wait for it meanwhile.
        int pair[2];
        socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
        view.attach(pair[1]);
        QTest::qWait(50);
        QVERIFY(view.isAttached());
        QVERIFY(write(pair[0], "HTTP/1.1 400\r\n\r\n", 16) == 16);
        close(pair[0]);
        QTRY_COMPARE(ended.count(), 2);
        QVERIFY(!ended.last().first().toString().isEmpty());
    }

    void mapsScancodes()
    {
        using diptych::widgets::scancodeOfLinux;
        QCOMPARE(scancodeOfLinux(30), 0x1eU);  // A
        QCOMPARE(scancodeOfLinux(105), 0xcbU); // left
        QCOMPARE(scancodeOfLinux(100), 0xb8U); // right Alt
        QCOMPARE(scancodeOfLinux(500), 0U);
        QKeyEvent euro(QEvent::KeyPress, Qt::Key_unknown, {}, QStringLiteral("€"));
        QCOMPARE(diptych::widgets::keysymOf(euro), 0x010020acU);
    }
};

QTEST_MAIN(TestDisplay)
#include "tst_display.moc"
