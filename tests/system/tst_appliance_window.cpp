// A machine of another hypervisor as one file, through the real window: an OVA with two disks is shown, made, and boots
// (its boot sector says what stands on both disks); an .ovf with its disks beside it; what is refused says why; a
// helper that is killed on the way leaves nothing. And a medium that is uploaded out of the form, and installs itself.
#include "dialogs/appliance_panel.h"
#include "dialogs/new_machine_dialog.h"
#include "dialogs/volume_picker.h"
#include "pages/instance_detail.h"
#include "pages/terminal_tab.h"
#include "system/real_window.h"
#include "widgets/terminal.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace diptych;
using steps::finish;
using steps::succeeds;

class TestApplianceWindow final : public QObject, private RealWindow
{
    Q_OBJECT

private slots:
    void initTestCase();
    void showsWhatIsInIt();
    void makesAMachineThatBoots();
    void takesAnOvfWithItsDisksBeside();
    void saysWhatIsMissing();
    void uploadsAMedium();
    void installsWithoutQuestions();
    void aKilledHelperLeavesNothing();
    void cleanupTestCase() { closeWindow(); }

private:
    QString file(const QString& name) const { return m_directory.filePath(name); }
    dialogs::NewMachineDialog* ask(const QString& archive);
    bool isRead(dialogs::NewMachineDialog* dialog);
    void shot(QWidget& widget, const QString& name) { keepBoth(widget, u"appliance-"_s + name); }
    QStringList disks() const
    {
        return QDir(RealHelper::path(u"lib/libvirt/images/diptych"_s)).entryList(QDir::Files, QDir::Name);
    }

    QTemporaryDir m_directory;
};

void TestApplianceWindow::initTestCase()
{
    if (::geteuid() != 0 || !qEnvironmentVariableIsSet("DIPTYCH_SANDBOX"))
        QSKIP("needs root, in tests/support/sandbox");
    for (const QString& program : {u"as"_s, u"ld"_s, u"qemu-img"_s})
        if (QStandardPaths::findExecutable(program).isEmpty())
            QSKIP(qPrintable(program + u" is not installed"_s));
    QVERIFY(succeeds(QStringLiteral(DIPTYCH_SOURCE "/tests/system/appliance/make"), {m_directory.path()}));
    QVERIFY(openWindow(qEnvironmentVariable("DIPTYCH_LANGUAGE", u"en"_s)));
}

dialogs::NewMachineDialog* TestApplianceWindow::ask(const QString& archive)
{
    m_window->showPage(u"new"_s);
    auto* button = m_window->page(u"new"_s)->findChild<QPushButton*>(u"newMachine"_s);
    if (!button)
        return nullptr;
    QTest::mouseClick(button, Qt::LeftButton);
    auto* dialog = shown<dialogs::NewMachineDialog>();
    if (!dialog)
        return nullptr;
    auto* from = dialog->findChild<QComboBox*>(u"spec.medium"_s);
    from->setCurrentIndex(from->count() - 1);
    dialog->findChild<QWidget*>(u"descriptor"_s)->findChild<QLineEdit*>()->setText(archive);
    return dialog;
}

bool TestApplianceWindow::isRead(dialogs::NewMachineDialog* dialog)
{
    auto* panel = dialog->findChild<dialogs::AppliancePanel*>();
    return QTest::qWaitFor([&] { return panel->appliance().has_value() && panel->isVisible(); }, 20000);
}

void TestApplianceWindow::showsWhatIsInIt()
{
    auto* dialog = ask(file(u"shop.ova"_s));
    QVERIFY(dialog);
    QVERIFY(isRead(dialog));
    QCOMPARE(dialog->findChild<QLineEdit*>(u"spec.name"_s)->text(), u"Old-shop"_s);
    QCOMPARE(dialog->findChild<QSpinBox*>(u"spec.vcpus"_s)->value(), 3);
    QCOMPARE(dialog->findChild<QSpinBox*>(u"spec.memory"_s)->value(), 144);
    auto* system = dialog->findChild<QComboBox*>(u"system"_s);
    QTRY_COMPARE_WITH_TIMEOUT(system->currentData().toString(), u"http://debian.org/debian/11"_s, 20000);
    QCOMPARE(dialog->findChild<QComboBox*>(u"spec.virtio"_s)->currentData().toBool(), true); // libosinfo says so
    auto* panel = dialog->findChild<dialogs::AppliancePanel*>();
    QVERIFY(panel->findChild<QLabel*>(u"disks"_s)->text().contains(u"two.vmdk"_s));
    QVERIFY(panel->findChild<QLabel*>(u"disks"_s)->text().contains(u"lsilogic"_s));
    QVERIFY(panel->findChild<QLabel*>(u"disks"_s)->text().contains(u"tools.iso"_s));
    QVERIFY(panel->findChild<QLabel*>(u"left"_s)->text().contains(u"Sound"_s));
    auto* keep = panel->findChild<QCheckBox*>(u"keepMacs"_s);
    QVERIFY(keep->isVisible() && keep->isEnabled() && !keep->isChecked() && panel->macs().isEmpty());
    QVERIFY(panel->findChild<QLabel*>(u"macNote"_s)->text().contains(u"52:54:00:0a:0b:02"_s));
    QVERIFY(!dialog->mainButton()->isEnabled()); // its licence
    shot(*dialog, u"form"_s);
    dialog->reject();
    QVERIFY(disks().isEmpty());
}

void TestApplianceWindow::makesAMachineThatBoots()
{
    auto* dialog = ask(file(u"shop.ova"_s));
    QVERIFY(dialog);
    QVERIFY(isRead(dialog));
    dialog->findChild<QCheckBox*>(u"agree"_s)->setChecked(true);
    dialog->findChild<QCheckBox*>(u"keepMacs"_s)->setChecked(true);
    QVERIFY(finish(dialog));
    QTRY_VERIFY_WITH_TIMEOUT(state(u"Old-shop"_s) == client::State::Running, 120000);
    QCOMPARE(disks(), (QStringList{u"Old-shop-2.qcow2"_s, u"Old-shop-cd.iso"_s, u"Old-shop.qcow2"_s}));
    std::optional<client::Hardware> hardware;
    client().machineCalls().hardware(id(u"Old-shop"_s), this, [&](const client::Answer<client::Hardware>& answer) {
        if (answer)
            hardware = answer.value();
    });
    QTRY_VERIFY_WITH_TIMEOUT(hardware.has_value(), 10000);
    QStringList types, addresses, media;
    for (const client::Device& device : hardware->next->devices) {
        types << device.type;
        if (device.type == u"interface"_s)
            addresses << device.properties[u"mac"_s];
        if (device.properties[u"device"_s] == u"cdrom"_s)
            media << device.properties[u"source"_s].section(u'/', -1);
    }
    QCOMPARE(types.count(u"disk"_s), 4);
    QCOMPARE(media, (QStringList{QString(), u"Old-shop-cd.iso"_s}));
    QCOMPARE(addresses, (QStringList{u"52:54:00:0a:0b:01"_s, u"52:54:00:0a:0b:02"_s}));
    QCOMPARE(types.count(u"interface"_s), 2);
    QCOMPARE(hardware->next->vcpus, 3);
    auto* terminal = tab<pages::TerminalTab>(u"terminal"_s, u"Old-shop"_s);
    QVERIFY(terminal);
    const auto said = [&] { return terminal->view()->screenText(); };
    QTRY_VERIFY2_WITH_TIMEOUT(said().contains(u"first disk boots, second is there"_s), qPrintable(said()), 120000);
    shot(*m_window, u"boots"_s);
}

void TestApplianceWindow::takesAnOvfWithItsDisksBeside()
{
    auto* dialog = ask(file(u"shop.ovf"_s));
    QVERIFY(dialog);
    QVERIFY(isRead(dialog));
    QCOMPARE(dialog->findChild<QLineEdit*>(u"spec.name"_s)->text(), u"Old-shop-2"_s);
    dialog->findChild<QLineEdit*>(u"spec.name"_s)->setText(u"beside"_s);
    QVERIFY(!dialog->findChild<QCheckBox*>(u"keepMacs"_s)->isEnabled()); // the other one has them
    QVERIFY(dialog->findChild<QLabel*>(u"macNote"_s)->text().contains(u"Old-shop"_s));
    shot(*dialog, u"addresses"_s);
    dialog->findChild<QCheckBox*>(u"agree"_s)->setChecked(true);
    QVERIFY(finish(dialog));
    QTRY_VERIFY_WITH_TIMEOUT(!id(u"beside"_s).isEmpty(), 120000);
    QVERIFY(disks().contains(u"beside-2.qcow2"_s));
    QVERIFY(succeeds(u"qemu-img"_s, {u"compare"_s, file(u"two.vmdk"_s),
                                     RealHelper::path(u"lib/libvirt/images/diptych/beside-2.qcow2"_s), u"-U"_s}));
}

void TestApplianceWindow::saysWhatIsMissing()
{
    const QStringList before = disks();
    auto* dialog = ask(file(u"lacking.ova"_s));
    QVERIFY(dialog);
    QTRY_VERIFY_WITH_TIMEOUT(!dialog->problem(u"descriptor"_s).isEmpty(), 20000);
    QVERIFY2(dialog->problem(u"descriptor"_s).contains(u"three.vmdk"_s), qPrintable(dialog->problem(u"descriptor"_s)));
    QVERIFY(!dialog->mainButton()->isEnabled());
    shot(*dialog, u"lacking"_s);
    dialog->findChild<QWidget*>(u"descriptor"_s)->findChild<QLineEdit*>()->setText(file(u"one.vmdk"_s));
    QTRY_VERIFY_WITH_TIMEOUT(dialog->problem(u"descriptor"_s).contains(u"OVA"_s), 20000);
    dialog->reject();
    QCOMPARE(disks(), before);
}

void TestApplianceWindow::uploadsAMedium()
{
    QVERIFY(succeeds(u"xorriso"_s, {u"-as"_s, u"mkisofs"_s, u"-quiet"_s, u"-V"_s, u"DIPTYCH"_s, u"-o"_s,
                                    file(u"small.iso"_s), file(u"two.vmdk"_s)}));
    QFile large(file(u"large.iso"_s));
    QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(qint64{3} << 30));
    m_window->showPage(u"new"_s);
    QTest::mouseClick(m_window->page(u"new"_s)->findChild<QPushButton*>(u"newMachine"_s), Qt::LeftButton);
    auto* dialog = shown<dialogs::NewMachineDialog>();
    QVERIFY(dialog);
    auto* picker = dialog->findChild<dialogs::VolumePicker*>(u"spec.disk.volume"_s);
    auto* button = picker->findChild<QPushButton*>(u"uploadVolume"_s);
    const auto choose = [&](const QString& name) {
        QTest::mouseClick(button, Qt::LeftButton);
        auto* chooser = picker->findChild<QFileDialog*>();
        chooser->selectFile(file(name));
        QMetaObject::invokeMethod(chooser, "accept");
    };
    QTRY_VERIFY_WITH_TIMEOUT(button->isVisible() && button->isEnabled(), 20000);
    QCOMPARE(picker->chosen().volume, QString()); // no medium anywhere yet
    choose(u"large.iso"_s);
    auto* cancel = picker->findChild<QPushButton*>(u"cancelUpload"_s);
    QTRY_VERIFY_WITH_TIMEOUT(cancel->isVisible(), 10000);
    auto* bar = picker->findChild<QProgressBar*>();
    QTRY_VERIFY_WITH_TIMEOUT(bar->value() > 0, 30000);
    QVERIFY(picker->problem().contains(u"uploaded"_s) && !dialog->mainButton()->isEnabled());
    shot(*dialog, u"upload"_s);
    QTest::mouseClick(cancel, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(button->isVisible() && !disks().contains(u"large.iso"_s), 30000);
    choose(u"small.iso"_s);
    QTRY_COMPARE_WITH_TIMEOUT(picker->chosen().volume, u"small.iso"_s, 30000);
    QTRY_VERIFY2_WITH_TIMEOUT(picker->problem().isEmpty(), qPrintable(picker->problem()), 10000);
    shot(*dialog, u"uploaded"_s);
    choose(u"small.iso"_s); // it is there already
    auto* said = picker->findChild<QLabel*>(u"uploadProblem"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(said->isVisible() && said->text().contains(u"small.iso"_s), qPrintable(said->text()),
                              30000);
    QCOMPARE(picker->chosen().volume, u"small.iso"_s);
    QVERIFY(succeeds(u"cmp"_s, {file(u"small.iso"_s), RealHelper::path(u"lib/libvirt/images/diptych/small.iso"_s)}));
    dialog->reject();
}

void TestApplianceWindow::installsWithoutQuestions()
{
    const QStringList kernels =
        QDir(qEnvironmentVariable("DIPTYCH_KERNELS")).entryList({u"*-amd64"_s}, QDir::Dirs, QDir::Name);
    if (kernels.isEmpty())
        QSKIP("no kernel for guests (DIPTYCH_KERNELS)");
    const QString kernel = u"%1/%2/vmlinuz"_s.arg(qEnvironmentVariable("DIPTYCH_KERNELS"), kernels.last());
    QVERIFY(succeeds(QStringLiteral(DIPTYCH_SOURCE "/tests/support/tiny-installer"), {kernel, file(u"tiny.iso"_s)}));
    m_window->showPage(u"new"_s);
    QTest::mouseClick(m_window->page(u"new"_s)->findChild<QPushButton*>(u"newMachine"_s), Qt::LeftButton);
    auto* dialog = shown<dialogs::NewMachineDialog>();
    QVERIFY(dialog);
    auto* picker = dialog->findChild<dialogs::VolumePicker*>(u"spec.disk.volume"_s);
    auto* button = picker->findChild<QPushButton*>(u"uploadVolume"_s);
    QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), 20000);
    QTest::mouseClick(button, Qt::LeftButton);
    auto* chooser = picker->findChild<QFileDialog*>();
    chooser->selectFile(file(u"tiny.iso"_s));
    QMetaObject::invokeMethod(chooser, "accept");
    QTRY_COMPARE_WITH_TIMEOUT(picker->chosen().volume, u"tiny.iso"_s, 30000);
    auto* wanted = dialog->findChild<QCheckBox*>(u"unattended"_s);
    QTRY_VERIFY_WITH_TIMEOUT(wanted->isVisible() && wanted->isEnabled(), 20000);
    wanted->click();
    dialog->findChild<QLineEdit*>(u"spec.name"_s)->setText(u"itself"_s);
    dialog->findChild<QLineEdit*>(u"unattended.user"_s)->setText(u"ada"_s);
    dialog->findChild<QLineEdit*>(u"unattended.password"_s)->setText(u"Lace-1815"_s);
    dialog->findChild<QSpinBox*>(u"spec.memory"_s)->setValue(512);
    shot(*dialog, u"unattended"_s);
    QVERIFY(finish(dialog));
    const auto now = [&] { return instance(u"itself"_s); };
    QTRY_VERIFY_WITH_TIMEOUT(now() && now()->runtime.state == client::State::Running, 60000);
    QVERIFY(now()->runtime.installing);
    instances()->open({id(u"itself"_s)}, u"summary"_s);
    QTest::qWait(500);
    shot(*m_window, u"installing"_s);
    auto* terminal = tab<pages::TerminalTab>(u"terminal"_s, u"itself"_s);
    QVERIFY(terminal);
    // It hears nothing before it runs.
    for (int i = 0; i < 120 && !terminal->view()->screenText().contains(u"ANSWERS-END"_s); ++i) {
        QTest::keyClick(terminal->view(), Qt::Key_Return);
        QTest::qWait(1000);
    }
    QVERIFY2(terminal->view()->screenText().contains(u"passwd/username string ada"_s),
             qPrintable(terminal->view()->screenText()));
    QTest::keyClicks(terminal->view(), u"go"_s);
    QTest::keyClick(terminal->view(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!now()->runtime.installing && now()->runtime.state == client::State::Running, 60000);
    QVERIFY(!disks().join(u' ').contains(u"installer"_s));
}

void TestApplianceWindow::aKilledHelperLeavesNothing()
{
    const QStringList before = disks();
    const QDir staging(RealHelper::path(u"lib/libvirt/images/diptych.staging"_s));
    QVERIFY(staging.exists());
    for (int wait : {0, 400, 900, 1600, 3000}) {
        auto* dialog = ask(file(u"big.ova"_s));
        QVERIFY(dialog);
        QVERIFY(isRead(dialog));
        dialog->findChild<QLineEdit*>(u"spec.name"_s)->setText(u"big"_s);
        dialog->findChild<QCheckBox*>(u"agree"_s)->setChecked(true);
        QVERIFY(finish(dialog));
        QTest::qWait(wait);
        m_helper->kill();
        QTRY_VERIFY_WITH_TIMEOUT(!store().isLive(), 20000);
        QFile::remove(m_helper->socket()); // start() waits for it
        QVERIFY(m_helper->start());
        QVERIFY(waitLive(60000));
        if (!id(u"big"_s).isEmpty())
            QFAIL("it was made before the helper was killed: the archive is too small for this test");
        QTRY_COMPARE_WITH_TIMEOUT(disks(), before, 20000);
        const QStringList stayed = staging.entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
        QVERIFY2(stayed.isEmpty(), qPrintable(u"after %1 ms: %2"_s.arg(wait).arg(stayed.join(u' '))));
    }
    QVERIFY(!succeeds(u"virsh"_s, {u"-q"_s, u"dominfo"_s, u"big"_s}));
    QVERIFY(QDir(staging.path() + u".making"_s).isEmpty());
}

QTEST_MAIN(TestApplianceWindow)
#include "tst_appliance_window.moc"
