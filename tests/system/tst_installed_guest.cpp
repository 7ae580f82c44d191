// An installed Debian that a person brings as a disk, through the real window: imported from VMDK, started as a cloud
// image with a user of one's own, logged in on the serial line, seen on its display, given a disk while it runs, taken
// back to a snapshot, cloned. What stands on the screen is the guest's own: nothing here knows what it will say.
#include "dialogs/disks_dialog.h"
#include "dialogs/import_dialog.h"
#include "dialogs/new_machine_dialog.h"
#include "pages/display_tab.h"
#include "pages/hardware_tab.h"
#include "pages/image_actions.h"
#include "pages/instance_actions.h"
#include "pages/instance_detail.h"
#include "pages/snapshot_card.h"
#include "pages/snapshots_tab.h"
#include "pages/terminal_tab.h"
#include "system/real_window.h"
#include "widgets/displayview.h"
#include "widgets/terminal.h"

#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace diptych;
using steps::finish;
using steps::succeeds;

namespace {
constexpr int kBoot = 800000; // TCG, beside other tests
const QString kName = u"debian-1"_s;

/// What spice-vdagent is to a desktop, in a few lines: it has copied something, gives it to whoever asks, and keeps
/// what is copied outside (spice-protocol's vd_agent.h).
constexpr auto kAgent = R"(import os, struct
port = os.open('/dev/virtio-ports/com.redhat.spice.0', os.O_RDWR)
def say(kind, data):
    message = struct.pack('<IIQI', 1, kind, 0, len(data)) + data
    os.write(port, struct.pack('<II', 1, len(message)) + message)
def take(size):
    data = b''
    while len(data) < size:
        data += os.read(port, size - len(data))
    return data
text = struct.pack('<I', 1)
say(6, struct.pack('<II', 0, 1 << 5))
say(7, text)
while True:
    message = take(struct.unpack('<II', take(8))[1])
    kind, data = struct.unpack('<IIQI', message[:20])[1], message[20:]
    if kind == 8:
        say(4, text + 'copied inside, 里面'.encode())
    elif kind == 7:
        say(8, text)
    elif kind == 4:
        open('/run/pasted', 'wb').write(data[4:])
)";
} // namespace

class TestInstalledGuest final : public QObject, private RealWindow
{
    Q_OBJECT

private slots:
    void initTestCase();
    void importsIt();
    void startsItAsACloudImage();
    void logsIn();
    void showsItsScreen();
    void passesTheClipboard();
    void seesADiskThatComes();
    void goesBackToASnapshot();
    void isNotDeletedWhileNeeded();
    void clonesBoot();
    void cleanupTestCase() { closeWindow(); }

private:
    QString id(const QString& name = kName) { return store().idOfName(name); }
    void shot(const QString& name) { keep(*m_window, u"guest-"_s + name); }
    template <typename T>
    T* tab(const QString& key, const QString& name = kName)
    {
        return RealWindow::tab<T>(key, name);
    }
    bool says(const QString& expected, int timeout, const QString& name = kName);
    bool typeAndSee(const QString& line, const QString& expected, int timeout = 30000);
    bool quiet(const QString& name = kName);

    bool m_loggedIn = false;
    QTemporaryDir m_directory;
};

bool TestInstalledGuest::quiet(const QString& name)
{
    return QTest::qWaitFor([&] { return !id(name).isEmpty() && !store().isBusy(id(name)); }, 120000);
}

bool TestInstalledGuest::says(const QString& expected, int timeout, const QString& name)
{
    auto* terminal = tab<pages::TerminalTab>(u"terminal"_s, name);
    if (!terminal)
        return false;
    if (QTest::qWaitFor([&] { return terminal->view()->screenText().contains(expected); }, timeout))
        return true;
    qWarning().noquote() << "instead of" << expected << ":" << terminal->view()->screenText();
    return false;
}

bool TestInstalledGuest::typeAndSee(const QString& line, const QString& expected, int timeout)
{
    auto* terminal = tab<pages::TerminalTab>(u"terminal"_s);
    if (!terminal || !QTest::qWaitFor([&] { return terminal->view()->accessibleDescription().isEmpty(); }, timeout))
        return false;
    terminal->view()->setFocus();
    QTest::keyClicks(terminal->view(), line);
    QTest::keyClick(terminal->view(), Qt::Key_Return);
    return says(expected, timeout);
}

void TestInstalledGuest::initTestCase()
{
    const QString disk =
        qEnvironmentVariable("DIPTYCH_DEBIAN", QStringLiteral(DIPTYCH_SOURCE "/.build/debian/disk.qcow2"));
    if (!QFile::exists(disk))
        QSKIP(qPrintable(u"there is no %1: tests/support/debian-disk makes it, from a Debian mirror"_s.arg(disk)));
    if (::geteuid() != 0 || !qEnvironmentVariableIsSet("DIPTYCH_SANDBOX"))
        QSKIP("needs root, in tests/support/sandbox");
    QVERIFY(succeeds(u"qemu-img"_s, {u"convert"_s, u"-O"_s, u"vmdk"_s, disk, m_directory.filePath(u"Debian.vmdk"_s)}));
    QVERIFY(openWindow());
}

void TestInstalledGuest::importsIt()
{
    page<pages::ImagesPage>(u"images"_s)->actions().importFile(m_directory.filePath(u"Debian.vmdk"_s));
    auto* dialog = shown<dialogs::ImportDialog>();
    QVERIFY(dialog);
    QTRY_COMPARE(dialog->findChild<QLineEdit*>(u"reference"_s)->text(), u"debian"_s);
    QVERIFY(finish(dialog, 120000));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(RealHelper::path(u"lib/libvirt/images/diptych/debian.qcow2"_s)), 180000);
    QVERIFY(QTest::qWaitFor(
        [] {
            return succeeds(u"virsh"_s, {u"-q"_s, u"vol-info"_s, u"debian.qcow2"_s, u"--pool"_s, u"diptych"_s});
        },
        10000));
    QFile::remove(m_directory.filePath(u"Debian.vmdk"_s));
}

void TestInstalledGuest::startsItAsACloudImage()
{
    auto* dialog = new dialogs::NewMachineDialog(client(), store(), {}, m_window.get());
    dialog->start({u"diptych"_s, u"debian.qcow2"_s}, false);
    dialog->findChild<QComboBox*>(u"spec.medium"_s)->setCurrentIndex(1);
    dialog->findChild<QLineEdit*>(u"spec.name"_s)->setText(kName);
    dialog->findChild<QLineEdit*>(u"cloudInit.user"_s)->setText(u"anna"_s);
    dialog->findChild<QLineEdit*>(u"cloudInit.password"_s)->setText(u"secret"_s);
    dialog->ask();
    QVERIFY(finish(dialog));
    QTRY_VERIFY_WITH_TIMEOUT(store().find(id()) && store().find(id())->runtime.state == client::State::Running, 60000);
}

void TestInstalledGuest::logsIn()
{
    QElapsedTimer since;
    since.start();
    QVERIFY(says(kName + u" login:"_s, kBoot)); // the name came from cloud-init's seed
    qInfo("the log-in stood there after %lld s", static_cast<long long>(since.elapsed() / 1000));
    QVERIFY(typeAndSee(u"anna"_s, u"Password:"_s, 60000));
    QVERIFY(typeAndSee(u"secret"_s, u"anna@"_s + kName, 120000));
    QVERIFY(typeAndSee(u"echo $((6*7))-$(id -un)-$(sudo id -un)"_s, u"42-anna-root"_s, 60000));
    shot(u"serial"_s);
    // It writes over the lines of others until it has finished.
    QVERIFY(typeAndSee(u"cloud-init status --wait | tail -n 1"_s, u"status: done"_s, kBoot));
    m_loggedIn = true;
}

void TestInstalledGuest::showsItsScreen()
{
    QVERIFY(m_loggedIn);
    auto* display = tab<pages::DisplayTab>(u"display"_s);
    QVERIFY(display);
    widgets::DisplayView* view = display->view();
    QTRY_VERIFY_WITH_TIMEOUT(view->isAttached() && !view->picture().isNull(), 30000);
    const auto lit = [&] { // of the text console: light on black
        const QImage picture = view->picture().convertToFormat(QImage::Format_Grayscale8);
        qsizetype count = 0;
        for (int y = 0; y < picture.height(); ++y)
            for (int x = 0; x < picture.width(); ++x)
                count += picture.constScanLine(y)[x] > 100 ? 1 : 0;
        return count;
    };
    QTRY_VERIFY_WITH_TIMEOUT(lit() > 200, 60000);
    QVERIFY(view->picture().width() >= 640);
    const qsizetype before = lit();
    view->setFocus();
    QTest::keyClicks(view, u"nobody of that name"_s); // answered by what is typed, at the console's log-in
    QTRY_VERIFY_WITH_TIMEOUT(lit() > before + 50, 60000);
    shot(u"display"_s);
}

void TestInstalledGuest::passesTheClipboard()
{
    QVERIFY(m_loggedIn);
    auto* display = tab<pages::DisplayTab>(u"display"_s);
    auto* share = display->findChild<QAction*>(u"shareClipboard"_s);
    auto* menu = qobject_cast<QMenu*>(share->parent());
    const auto canShare = [&] {
        emit menu->aboutToShow();
        return share->isEnabled();
    };
    QTRY_VERIFY_WITH_TIMEOUT(!canShare() && share->toolTip().contains(u"channel"_s), 30000);
    auto* hardware = tab<pages::HardwareTab>(u"hardware"_s);
    auto* add = hardware->findChild<QPushButton*>(u"addHardware"_s);
    QAction* offered = nullptr;
    const auto offers = [&] {
        for (QAction* one : add->menu()->actions())
            if (one->text() == u"Clipboard channel"_s)
                offered = one;
        return offered != nullptr;
    };
    QTRY_VERIFY_WITH_TIMEOUT(offers(), 30000);
    QVERIFY2(offered->isEnabled(), qPrintable(offered->toolTip()));
    offered->trigger();
    auto* asked = shown<dialogs::FormDialog>();
    QVERIFY(asked);
    shot(u"clipboard-dialog"_s);
    QVERIFY(finish(asked));
    display = tab<pages::DisplayTab>(u"display"_s);
    QTRY_VERIFY_WITH_TIMEOUT(display->view()->isAttached() && canShare(), 30000);
    share->trigger();
    m_window->activateWindow(); // no window manager gives it back after a dialog
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    display->view()->setFocus();
    QTRY_VERIFY(display->view()->hasFocus());
    QApplication::clipboard()->setText(u"nothing yet"_s);
    const QJsonObject run{{u"execute"_s, u"guest-exec"_s},
                          {u"arguments"_s, QJsonObject{{u"path"_s, u"/usr/bin/python3"_s},
                                                       {u"arg"_s, QJsonArray{u"-c"_s, QString::fromUtf8(kAgent)}}}}};
    QVERIFY(succeeds(u"virsh"_s, {u"-q"_s, u"qemu-agent-command"_s, kName,
                                  QString::fromUtf8(QJsonDocument(run).toJson(QJsonDocument::Compact))}));
    QTRY_COMPARE_WITH_TIMEOUT(QApplication::clipboard()->text(), u"copied inside, 里面"_s, 120000);
    QApplication::clipboard()->setText(u"copied outside"_s);
    QTest::qWait(3000); // it goes with the display
    QVERIFY(typeAndSee(u"clear; sleep 2; cat /run/pasted"_s, u"copied outside"_s, 60000));
    QString key;
    client().machineCalls().hardware(id(), this, [&](const client::Answer<client::Hardware>& answer) {
        if (answer && answer.value().live)
            for (const auto& device : answer.value().live->devices)
                if (device.properties.value(u"kind"_s) == u"qemu-vdagent"_s)
                    key = device.key;
    });
    QTRY_VERIFY_WITH_TIMEOUT(!key.isEmpty(), 10000);
    bool done = false;
    client().machineCalls().removeDevice(id(), key, this, [&](const auto& answer) { done = bool(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(done, 60000);
}

void TestInstalledGuest::seesADiskThatComes()
{
    QVERIFY(m_loggedIn);
    QVERIFY(typeAndSee(u"echo disks $(lsblk -dn -o NAME | grep -c vd)"_s, u"disks 1"_s, 60000));
    bool done = false;
    client().machineCalls().createVolume({u"diptych"_s, u"more.qcow2"_s}, 64 << 20, u"qcow2"_s, this,
                                         [&](const auto& answer) { done = bool(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(done, 10000);
    QString problem = u"?"_s;
    client().machineCalls().addDevice(
        id(), u"disk"_s, {{u"bus"_s, u"virtio"_s}}, client::VolumeName{u"diptych"_s, u"more.qcow2"_s}, this,
        [&](const auto& answer) {
            problem = !answer ? answer.error().message : answer.value().live ? QString() : answer.value().reason;
        });
    QTRY_VERIFY2_WITH_TIMEOUT(problem.isEmpty(), qPrintable(problem), 30000);
    QVERIFY(typeAndSee(u"clear; sleep 2; lsblk -dnb -o NAME,SIZE | grep vdb"_s, u" 67108864"_s, 60000));
    QString key;
    client().machineCalls().hardware(id(), this, [&](const client::Answer<client::Hardware>& answer) {
        if (answer && answer.value().live)
            for (const auto& device : answer.value().live->devices)
                if (device.key.contains(u"vdb"_s))
                    key = device.key;
    });
    QTRY_VERIFY_WITH_TIMEOUT(!key.isEmpty(), 10000);
    done = false;
    client().machineCalls().removeDevice(id(), key, this, [&](const auto& answer) { done = bool(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(done, 60000);
    QVERIFY(typeAndSee(u"clear; sleep 2; echo left $(lsblk -dn -o NAME | grep -c vd)"_s, u"left 1"_s, 60000));
}

void TestInstalledGuest::goesBackToASnapshot()
{
    QVERIFY(m_loggedIn);
    QVERIFY(typeAndSee(u"clear; echo one > story; sync; echo writ''ten"_s, u"written"_s, 60000));
    auto* snapshots = tab<pages::SnapshotsTab>(u"snapshots"_s);
    QVERIFY(snapshots);
    auto* create = snapshots->findChild<QPushButton*>(u"newSnapshot"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(create->isEnabled(), qPrintable(create->toolTip()), 10000);
    QTest::mouseClick(create, Qt::LeftButton);
    auto* asked = shown<dialogs::FormDialog>();
    QVERIFY(asked);
    asked->findChild<QLineEdit*>(u"name"_s)->setText(u"before"_s);
    QVERIFY(finish(asked));
    QTRY_COMPARE_WITH_TIMEOUT(snapshots->tree()->findItems(u"before"_s, Qt::MatchContains | Qt::MatchRecursive).size(),
                              1, 180000);
    QVERIFY(quiet());
    QVERIFY(typeAndSee(u"clear; echo two >> story; sync; echo $(cat story | tr '\\n' '-')."_s, u"one-two-."_s, 60000));
    tab<pages::SnapshotsTab>(u"snapshots"_s);
    // It was just made, so it is the chosen one; beside it stands what its screen showed.
    auto* card = snapshots->findChild<pages::SnapshotCard*>();
    QTRY_VERIFY_WITH_TIMEOUT(!card->picture().isNull(), 30000);
    QVERIFY(card->picture().width() >= 640);
    shot(u"snapshots"_s);
    snapshots->tree()->setCurrentItem(
        snapshots->tree()->findItems(u"before"_s, Qt::MatchContains | Qt::MatchRecursive).first());
    auto* revert = snapshots->findChild<QPushButton*>(u"revert"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(revert->isEnabled(), qPrintable(revert->toolTip()), 10000);
    QTest::mouseClick(revert, Qt::LeftButton);
    asked = shown<dialogs::FormDialog>();
    QVERIFY(asked);
    QVERIFY(finish(asked));
    QVERIFY(QTest::qWaitFor([&] { return store().isBusy(id()); }, 10000));
    QVERIFY(quiet()); // what is typed meanwhile is given up with the rest
    // The same log-in, and the memory of that moment: the second word was never written.
    QTRY_VERIFY_WITH_TIMEOUT(store().find(id())->runtime.state == client::State::Running, 120000);
    QVERIFY(typeAndSee(u"clear; echo $(cat story | tr '\\n' '-')."_s, u"one-."_s, 120000));
}

void TestInstalledGuest::isNotDeletedWhileNeeded()
{
    auto* dialog = new dialogs::NewMachineDialog(client(), store(), {}, m_window.get());
    dialog->start({u"diptych"_s, u"debian.qcow2"_s}, false);
    dialog->findChild<QLineEdit*>(u"spec.name"_s)->setText(u"itself"_s);
    client::MachineSpec spec = dialog->spec();
    delete dialog;
    spec.start = false;
    spec.disk = {u"diptych"_s, u"debian.qcow2"_s};
    bool begun = false;
    client().machineCalls().createMachine(spec, this, [&](const auto& answer) { begun = bool(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(begun, 10000);
    QVERIFY(quiet(u"itself"_s));
    page<pages::ImagesPage>(u"images"_s)->actions().action(pages::ImageVerb::Disks)->trigger();
    auto* list = shown<dialogs::DisksDialog>();
    QVERIFY(list);
    auto* rows = list->findChild<QTreeWidget*>(u"disks"_s);
    QTRY_VERIFY(rows->topLevelItemCount() >= 1);
    rows->setCurrentItem(rows->findItems(u"debian"_s, Qt::MatchExactly).value(0));
    QPushButton* remove = nullptr;
    for (QPushButton* button : list->findChildren<QPushButton*>())
        if (button->text().startsWith(u"Delete"_s))
            remove = button;
    QVERIFY(remove && remove->isEnabled());
    QTest::mouseClick(remove, Qt::LeftButton);
    QTest::mouseClick(remove, Qt::LeftButton); // it asked
    const auto told = [&] {
        for (QLabel* label : list->findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(u"itself"_s))
                return true;
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(told(), 10000);
    keep(*list, u"guest-disk-needed"_s);
    list->reject();
    QVERIFY(succeeds(u"virsh"_s, {u"-q"_s, u"vol-info"_s, u"debian.qcow2"_s, u"--pool"_s, u"diptych"_s}));
}

void TestInstalledGuest::clonesBoot()
{
    QVERIFY(m_loggedIn);
    bool done = false;
    client().act(client::Verb::Kill, {id()}, this, [&](const auto& answer) { done = bool(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(done && store().find(id())->runtime.state == client::State::Stopped, 60000);
    QString operation;
    client().machineCalls().deleteSnapshot(id(), u"before"_s, false, this,
                                           [&](const client::Answer<QString>& answer) { operation = answer.value(); });
    QTRY_VERIFY_WITH_TIMEOUT(!operation.isEmpty(), 10000);
    QVERIFY(quiet());
    auto* snapshots = tab<pages::SnapshotsTab>(u"snapshots"_s);
    auto* clone = snapshots->findChild<QPushButton*>(u"clone"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(clone->isEnabled(), qPrintable(clone->toolTip()), 30000);
    QTest::mouseClick(clone, Qt::LeftButton);
    auto* asked = shown<dialogs::FormDialog>();
    QVERIFY(asked);
    asked->findChild<QLineEdit*>(u"name"_s)->setText(u"second"_s);
    asked->findChild<QComboBox*>(u"linked"_s)->setCurrentIndex(1);
    QVERIFY(finish(asked));
    QTRY_VERIFY_WITH_TIMEOUT(!id(u"second"_s).isEmpty(), 60000);
    QVERIFY(quiet(u"second"_s) && quiet());
    client().act(client::Verb::Start, {id(u"second"_s)}, this, [](const auto& answer) { QVERIFY(bool(answer)); });
    QVERIFY(says(u"login:"_s, kBoot, u"second"_s));
}

QTEST_MAIN(TestInstalledGuest)
#include "tst_installed_guest.moc"
