// The clipboard of a display: the extension's messages, two real connections to a real QEMU, which hands text from one
// to the other, a server without the extension, and what a user chooses.
#include "gui/support/vnc_server.h"
#include "pages/clipboard_sharing.h"
#include "widgets/displayview.h"
#include "widgets/vncclipboard.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QMenu>
#include <QProcess>
#include <QRandomGenerator>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace diptych;
using widgets::DisplayView;
namespace vncclipboard = widgets::vncclipboard;

namespace {

const QString text = u"Grüße, 世界 🌍\nsecond line"_s;

/// What stands behind the head and the length of a message.
QByteArray payload(const QByteArray& message)
{
    return message.sliced(8);
}

/// Runs no guest: its VNC server is all that is wanted.
class Qemu
{
public:
    bool start()
    {
        if (QStandardPaths::findExecutable(u"qemu-system-x86_64"_s).isEmpty())
            return false;
        m_process.start(u"qemu-system-x86_64"_s,
                        {u"-S"_s, u"-nodefaults"_s, u"-display"_s, u"none"_s, u"-accel"_s, u"tcg"_s, u"-m"_s, u"16"_s,
                         u"-vga"_s, u"std"_s, u"-vnc"_s, u"unix:%1,share=ignore"_s.arg(socket())});
        return m_process.waitForStarted() && QTest::qWaitFor([this] { return QFile::exists(socket()); }, 20000);
    }
    ~Qemu()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    [[nodiscard]] int client() const
    {
        const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{AF_UNIX, {}};
        const QByteArray path = QFile::encodeName(socket());
        std::copy(path.cbegin(), path.cend(), address.sun_path);
        for (int tries = 0; tries < 100; ++tries) {
            if (::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0)
                return descriptor;
            QTest::qWait(50);
        }
        return descriptor;
    }

private:
    [[nodiscard]] QString socket() const { return m_directory.filePath(u"vnc"_s); }
    QTemporaryDir m_directory;
    QProcess m_process;
};

} // namespace

class TestClipboard final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { QSettings().clear(); }

    void readsWhatItWrites()
    {
        using Kind = vncclipboard::Message::Kind;
        QCOMPARE(vncclipboard::parse(payload(vncclipboard::capabilities()))->kind, Kind::Capabilities);
        QCOMPARE(vncclipboard::parse(payload(vncclipboard::offer()))->kind, Kind::Offer);
        QCOMPARE(vncclipboard::parse(payload(vncclipboard::want()))->kind, Kind::Wanted);
        for (const QString& one : {text, QString(), QString(100000, u'x')}) {
            const auto read = vncclipboard::parse(payload(vncclipboard::provide(one)));
            QVERIFY(read && read->kind == Kind::Text);
            QCOMPARE(read->text, one);
        }
        const QByteArray message = vncclipboard::offer();
        QCOMPARE(message.first(8).toHex(), QByteArray("06000000fffffffc"));
    }

    void believesNothing()
    {
        const QByteArray good = payload(vncclipboard::provide(text));
        for (qsizetype length = 0; length < good.size(); ++length) {
            const auto read = vncclipboard::parse(good.first(length));
            QVERIFY2(!read || read->text.isEmpty() || read->text == text, QByteArray::number(length).constData());
        }
        for (int i = 0; i < 20000; ++i) {
            QByteArray bad = good;
            for (int flips = 0; flips < 4; ++flips)
                bad[QRandomGenerator::global()->bounded(int(bad.size()))] =
                    char(QRandomGenerator::global()->generate());
            (void)vncclipboard::parse(bad);
        }
        // A few kilobytes that say they are a gigabyte.
        const QByteArray bomb = good.first(4) + qCompress(QByteArray(64 << 20, 'x'), 9).sliced(4);
        QVERIFY(bomb.size() < 100000);
        QVERIFY(!vncclipboard::parse(bomb));
    }

    void cutsAtACharacter()
    {
        QCOMPARE(vncclipboard::fitting(text), text);
        const QString large(400000, QChar(0x4e16)); // three bytes each
        const QString cut = vncclipboard::fitting(large);
        QVERIFY(cut.toUtf8().size() <= vncclipboard::MostText && cut.toUtf8().size() > vncclipboard::MostText - 3);
        QVERIFY(large.startsWith(cut));
    }

    void passesThroughQemu()
    {
        Qemu qemu;
        if (!qemu.start())
            QSKIP("qemu-system-x86_64 is not installed");
        DisplayView here, there;
        QSignalSpy arrived(&there, &DisplayView::clipboardReceived), back(&here, &DisplayView::clipboardReceived);
        here.attach(qemu.client());
        there.attach(qemu.client());
        QTRY_VERIFY(!here.pictureSize().isEmpty() && !there.pictureSize().isEmpty());
        const auto last = [](const QSignalSpy& spy) {
            return spy.isEmpty() ? QString() : spy.last().first().toString();
        };
        here.sendClipboard(text);
        QTRY_COMPARE_WITH_TIMEOUT(last(arrived), text, 10000);
        there.sendClipboard(u"back"_s);
        QTRY_COMPARE(last(back), u"back"_s);
        // The most that QEMU takes, and the picture still comes.
        const QString large(vncclipboard::MostText - 4, u'x');
        here.sendClipboard(large);
        QTRY_COMPARE_WITH_TIMEOUT(last(arrived).size(), large.size(), 20000);
        there.sendClipboard(u"still there"_s);
        QTRY_COMPARE(last(back), u"still there"_s);
        QVERIFY(here.isAttached() && there.isAttached());
    }

    /// libvncserver sends Latin 1 as the old protocol has it, and all of Unicode unasked, in a stream that it does not
    /// end.
    void hearsOtherServers()
    {
        test::VncServer server;
        DisplayView view;
        view.attach(server.client());
        QTRY_VERIFY(!view.pictureSize().isEmpty());
        QSignalSpy got(&view, &DisplayView::clipboardReceived);
        server.offer(QByteArray("from th\xe9re"));
        QTRY_COMPARE(got.size(), 1);
        QCOMPARE(got.first().first().toString(), u"from thére"_s);
        server.offer(text);
        QTRY_COMPARE(got.size(), 2);
        QCOMPARE(got.last().first().toString(), text);
    }

    void sharesWhenTheUserSaysSo()
    {
        Qemu qemu;
        if (!qemu.start())
            QSKIP("qemu-system-x86_64 is not installed");
        DisplayView view, machine;
        pages::ClipboardSharing sharing(&view);
        sharing.setMachine(u"a"_s);
        QMenu menu;
        sharing.addTo(&menu);
        auto* share = menu.findChild<QAction*>(u"shareClipboard"_s);
        view.show();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        view.setFocus();
        view.attach(qemu.client());
        machine.attach(qemu.client());
        QTRY_VERIFY(!view.pictureSize().isEmpty() && !machine.pictureSize().isEmpty());
        QSignalSpy inside(&machine, &DisplayView::clipboardReceived), here(&view, &DisplayView::clipboardReceived);
        QApplication::clipboard()->setText(u"mine"_s);
        machine.sendClipboard(u"theirs"_s);
        QTRY_COMPARE(here.size(), 1);
        QCOMPARE(QApplication::clipboard()->text(), u"mine"_s); // nobody has asked for it
        QVERIFY(inside.isEmpty());
        share->trigger();
        QTRY_COMPARE(inside.size(), 1);
        QCOMPARE(inside.last().first().toString(), u"mine"_s);
        machine.sendClipboard(text);
        QTRY_COMPARE(QApplication::clipboard()->text(), text);
        QTest::qWait(200);
        QCOMPARE(inside.size(), 1); // what came from there does not go back
        QApplication::clipboard()->setText(u"again"_s);
        QTRY_COMPARE(inside.size(), 2);
        // Another machine was not told of; this one is remembered.
        sharing.setMachine(u"b"_s);
        emit menu.aboutToShow();
        QVERIFY(!share->isChecked());
        sharing.setMachine(u"a"_s);
        emit menu.aboutToShow();
        QVERIFY(share->isChecked());
        sharing.setObstacle(u"no channel"_s);
        emit menu.aboutToShow();
        QVERIFY(!share->isEnabled());
        QCOMPARE(share->toolTip(), u"no channel"_s);
    }
};

QTEST_MAIN(TestClipboard)
#include "tst_clipboard.moc"
