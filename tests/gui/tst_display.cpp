// The display widget against a real RFB server (libvncserver) in this process: pixels, keys, mouse, resize, the end.
#include "gui/support/vnc_server.h"
#include "widgets/displayview.h"
#include "widgets/keysyms.h"

#include <QKeyEvent>
#include <QSignalSpy>
#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

using diptych::test::seen;
using diptych::widgets::DisplayView;
using Server = diptych::test::VncServer;

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
