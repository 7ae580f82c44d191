// What a machine is given and what its guest agent tells, in the real window on the fake helper.
#include "client/machine_calls.h"
#include "dialogs/new_machine_dialog.h"
#include "dialogs/task_dialog.h"
#include "gui/support/steps.h"
#include "models/reasons.h"
#include "pages/guest_tab.h"
#include "pages/hardware_tab.h"
#include "pages/pages.h"
#include "pages/snapshots_tab.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace diptych;
using test::FakeHelper;
using test::in;
using test::openTab;
using test::trigger;
using test::WindowOnHelper;

namespace {

QJsonObject hardwareSample()
{
    const auto device = [](const QString& key, const QString& type, const QJsonObject& properties) {
        return QJsonObject{{u"key"_s, key}, {u"type"_s, type}, {u"properties"_s, properties}};
    };
    const auto number = [](const QString& type, const QString& property, const QString& unit) {
        return QJsonObject{{u"type"_s, type},
                           {u"property"_s, property},
                           {u"values"_s, QJsonArray{}},
                           {u"fixed"_s, false},
                           {u"unit"_s, unit}};
    };
    const QJsonArray devices{
        device(u"disk:vda"_s, u"disk"_s,
               {{u"target"_s, u"vda"_s},
                {u"device"_s, u"disk"_s},
                {u"bus"_s, u"virtio"_s},
                {u"source"_s, u"/pool/vm.qcow2"_s},
                {u"readBytes"_s, u"1572864"_s}}),
        device(u"interface:52:54:00:00:00:01"_s, u"interface"_s,
               {{u"network"_s, u"default"_s}, {u"model"_s, u"virtio"_s}, {u"mac"_s, u"52:54:00:00:00:01"_s}}),
        device(u"filesystem:data"_s, u"filesystem"_s,
               {{u"source"_s, u"/srv/data"_s}, {u"target"_s, u"data"_s}, {u"driver"_s, u"virtiofs"_s}})};
    const QJsonObject config{{u"vcpus"_s, 1},
                             {u"maximumVcpus"_s, 2},
                             {u"memory"_s, 134217728},
                             {u"maximumMemory"_s, 268435456},
                             {u"machine"_s, u"q35"_s},
                             {u"architecture"_s, u"x86_64"_s},
                             {u"firmware"_s, u"bios"_s},
                             {u"boot"_s, QJsonArray{u"disk:vda"_s}},
                             {u"devices"_s, devices}};
    const QJsonObject driver{{u"type"_s, u"filesystem"_s},
                             {u"property"_s, u"driver"_s},
                             {u"values"_s, QJsonArray{u"virtiofs"_s, u"path"_s}},
                             {u"fixed"_s, true},
                             {u"unit"_s, u""_s}};
    return {{u"live"_s, config},
            {u"next"_s, config},
            {u"offers"_s, QJsonArray{number(u"disk"_s, u"readBytes"_s, u"bytes/s"_s),
                                     number(u"disk"_s, u"writeBytes"_s, u"bytes/s"_s),
                                     number(u"disk"_s, u"readOperations"_s, u"operations/s"_s),
                                     number(u"disk"_s, u"writeOperations"_s, u"operations/s"_s), driver}},
            {u"unavailable"_s, QJsonArray{}},
            {u"networks"_s, QJsonArray{u"default"_s}},
            {u"autostart"_s, false},
            {u"saved"_s, false}};
}

QJsonObject guestSample()
{
    const auto disk = [](const QString& at, const QString& type, const QString& device, double total, double used) {
        return QJsonObject{
            {u"mountPoint"_s, at}, {u"device"_s, device}, {u"type"_s, type}, {u"total"_s, total}, {u"used"_s, used}};
    };
    return {{u"obstacle"_s, u""_s},
            {u"problem"_s, u""_s},
            {u"hostname"_s, u"shop"_s},
            {u"system"_s, u"Debian GNU/Linux 12 (bookworm)"_s},
            {u"kernel"_s, u"6.1.0-41-cloud-amd64"_s},
            {u"timezone"_s, u"CET"_s},
            {u"clockKnown"_s, true},
            {u"clockAhead"_s, -185000},
            {u"addresses"_s, QJsonArray{QJsonObject{{u"interface"_s, u"enp1s0"_s},
                                                    {u"mac"_s, u"52:54:00:00:00:01"_s},
                                                    {u"address"_s, u"192.168.122.40"_s},
                                                    {u"prefix"_s, 24}},
                                        QJsonObject{{u"interface"_s, u"enp1s0"_s},
                                                    {u"mac"_s, u"52:54:00:00:00:01"_s},
                                                    {u"address"_s, u"fe80::5054:ff:fe00:1"_s},
                                                    {u"prefix"_s, 64}}}},
            {u"fileSystems"_s, QJsonArray{disk(u"/"_s, u"ext4"_s, u"vda1"_s, 2.1e10, 6.4e9),
                                          disk(u"/boot/efi"_s, u"vfat"_s, u"vda15"_s, 1.3e8, 1.2e7)}},
            {u"users"_s, QJsonArray{QJsonObject{{u"name"_s, u"anna"_s}, {u"domain"_s, u""_s}, {u"since"_s, 1.7e12}}}}};
}

/// What the form of a new machine asks before a medium is looked at.
void answerForMedia(FakeHelper& helper)
{
    helper.setAnswer(u"org.diptych.Storage.ListPools"_s,
                     {{u"pools"_s, QJsonArray{QJsonObject{{u"name"_s, u"images"_s}, {u"active"_s, true}}}}});
    helper.setAnswer(u"org.diptych.Storage.ListVolumes"_s,
                     {{u"volumes"_s, QJsonArray{QJsonObject{{u"name"_s, u"old.iso"_s}, {u"format"_s, u"iso"_s}}}}});
    helper.setAnswer(u"org.diptych.Networks.List"_s,
                     {{u"networks"_s, QJsonArray{QJsonObject{{u"name"_s, u"default"_s}}}}});
    helper.setAnswer(u"org.diptych.Machines.Create"_s, {{u"operation"_s, u"op"_s}});
    helper.setAnswer(u"org.diptych.Machines.ListUnattended"_s,
                     {{u"profiles"_s, QJsonArray{}}, {u"reason"_s, QString()}});
}

} // namespace

class TestMachineInside final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { test::prepareApplication(); }
    void cleanupTestCase() { QCOMPARE(test::untranslated(), QStringList()); }
    void init() { QSettings().clear(); }

    void limitsADiskAndSharesADirectory()
    {
        WindowOnHelper f;
        f.helper.setAnswer(u"org.diptych.Machines.GetHardware"_s, hardwareSample());
        f.helper.setAnswer(u"org.diptych.Machines.ChangeDevice"_s,
                           {{u"live"_s, true}, {u"next"_s, true}, {u"reason"_s, u""_s}});
        f.helper.setAnswer(u"org.diptych.Machines.SetBoot"_s,
                           {{u"live"_s, false}, {u"next"_s, true}, {u"reason"_s, u"asked for when it starts"_s}});
        f.helper.setError(u"org.diptych.Machines.AddShare"_s, u"org.diptych.InvalidArgument"_s,
                          {{u"field"_s, u"path"_s}, {u"message"_s, u"/etc belongs to the system"_s}});
        QVERIFY(openTab(f, u"hardware"_s));
        auto* tab = in<pages::HardwareTab>(f);
        auto* tree = tab->findChild<QTreeWidget*>();
        QTRY_VERIFY(tree->topLevelItemCount() > 4);
        tab->select(u"disk:vda"_s);
        auto* limit = tab->findChild<QDoubleSpinBox*>(u"readBytes"_s);
        QTRY_VERIFY(limit);
        QCOMPARE(limit->value(), 1.5);
        QCOMPARE(tab->findChild<QDoubleSpinBox*>(u"writeOperations"_s)->text(), u"no limit"_s);
        limit->setValue(2);
        test::keepScreenshot(f.window, u"hardware-limits"_s);
        tab->findChildren<QPushButton*>(u"apply"_s).last()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.ChangeDevice"_s).size(), 1);
        QCOMPARE(f.helper.calls(u"org.diptych.Machines.ChangeDevice"_s).first()[u"properties"_s].toObject(),
                 (QJsonObject{{u"readBytes"_s, u"2097152"_s}}));
        // By names that a person knows, moved, and sent by keys.
        tab->select(u"boot"_s);
        auto* order = tab->findChild<QListWidget*>(u"bootOrder"_s);
        QTRY_VERIFY(order && order->count() == 2);
        QVERIFY2(order->item(0)->text().startsWith(u"Disk vda"_s), qPrintable(order->item(0)->text()));
        order->insertItem(0, order->takeItem(1));
        order->item(0)->setCheckState(Qt::Checked);
        tab->findChildren<QPushButton*>(u"apply"_s).last()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.SetBoot"_s).size(), 1);
        QCOMPARE(f.helper.calls(u"org.diptych.Machines.SetBoot"_s).first()[u"order"_s].toArray(),
                 (QJsonArray{u"interface:52:54:00:00:00:01"_s, u"disk:vda"_s}));
        tab->select(u"filesystem:data"_s);
        QTRY_VERIFY(test::visibleText(*tab).contains(u"mount -t virtiofs data /mnt"_s));
        test::keepScreenshot(f.window, u"hardware-share"_s);
        trigger(tab, u"Directory of the host…"_s);
        auto* dialog = f.window.findChild<dialogs::TaskDialog*>();
        QVERIFY(dialog && !dialog->mainButton()->isEnabled());
        dialog->findChild<QLineEdit*>(u"path"_s)->setText(u"/etc"_s);
        QTRY_VERIFY(dialog->mainButton()->isEnabled());
        test::keepScreenshot(*dialog, u"share-dialog"_s);
        dialog->mainButton()->click();
        QTRY_VERIFY(test::visibleText(*dialog).contains(u"belongs to the system"_s));
        QCOMPARE(f.helper.calls(u"org.diptych.Machines.AddShare"_s).first()[u"driver"_s].toString(), u"virtiofs"_s);
        dialog->reject();
    }

    void offersTheHostsDevices()
    {
        WindowOnHelper f;
        f.helper.setAnswer(u"org.diptych.Machines.GetHardware"_s, hardwareSample());
        const auto device = [](const QString& kind, const QString& name, const QString& user, const QString& obstacle) {
            return QJsonObject{{u"name"_s, name},
                               {u"kind"_s, kind},
                               {u"title"_s, u"Title "_s + name},
                               {u"detail"_s, u"0781:5591"_s},
                               {u"user"_s, user},
                               {u"obstacle"_s, obstacle}};
        };
        f.helper.setAnswer(u"org.diptych.Machines.ListHostDevices"_s,
                           {{u"devices"_s, QJsonArray{device(u"usb"_s, u"stick"_s, u""_s, u""_s),
                                                      device(u"usb"_s, u"camera"_s, u"other"_s, u""_s),
                                                      device(u"pci"_s, u"nic"_s, u""_s, u"no IOMMU in use"_s)}}});
        f.helper.setAnswer(u"org.diptych.Machines.AddHostDevice"_s,
                           {{u"key"_s, u"hostdev:1"_s}, {u"live"_s, true}, {u"next"_s, true}, {u"reason"_s, u""_s}});
        QVERIFY(openTab(f, u"hardware"_s));
        auto* tab = in<pages::HardwareTab>(f);
        QTRY_VERIFY(tab->findChild<QTreeWidget*>()->topLevelItemCount() > 4);
        trigger(tab, u"PCI device of the host…"_s);
        QTRY_VERIFY(f.window.findChild<dialogs::TaskDialog*>());
        auto* dialog = f.window.findChild<dialogs::TaskDialog*>();
        QVERIFY(!dialog->mainButton()->isEnabled());
        QVERIFY2(dialog->mainButton()->toolTip().contains(u"no IOMMU in use"_s),
                 qPrintable(dialog->mainButton()->toolTip()));
        test::keepScreenshot(*dialog, u"pci-dialog"_s);
        dialog->reject();
        QTRY_VERIFY(!f.window.findChild<dialogs::TaskDialog*>());
        trigger(tab, u"USB device of the host…"_s);
        QTRY_VERIFY(f.window.findChild<dialogs::TaskDialog*>());
        dialog = f.window.findChild<dialogs::TaskDialog*>();
        auto* list = dialog->findChild<QListWidget*>(u"hostDevices"_s);
        QCOMPARE(list->count(), 2);
        QVERIFY(!(list->item(1)->flags() & Qt::ItemIsEnabled));
        list->setCurrentRow(0);
        QTRY_VERIFY(dialog->mainButton()->isEnabled());
        test::keepScreenshot(*dialog, u"usb-dialog"_s);
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.AddHostDevice"_s).size(), 1);
        QCOMPARE(f.helper.calls(u"org.diptych.Machines.AddHostDevice"_s).first()[u"device"_s].toString(), u"stick"_s);
    }

    void asksTheGuestAgent()
    {
        WindowOnHelper f;
        QJsonObject guest{{u"obstacle"_s, u"channel"_s}, {u"problem"_s, u""_s}};
        f.helper.setAnswer(u"org.diptych.GuestAgent.Get"_s, guest);
        f.helper.setAnswer(u"org.diptych.Machines.AddDevice"_s,
                           {{u"key"_s, u"channel:0"_s}, {u"live"_s, true}, {u"next"_s, true}, {u"reason"_s, u""_s}});
        f.helper.setAnswer(u"org.diptych.GuestAgent.SetClock"_s, {});
        f.helper.setAnswer(u"org.diptych.GuestAgent.SetPassword"_s, {});
        f.helper.setAnswer(u"org.diptych.GuestAgent.Freeze"_s, {{u"operation"_s, u"op-f"_s}});
        f.helper.setAnswer(u"org.diptych.Operations.Cancel"_s, {});
        QVERIFY(openTab(f, u"guest"_s));
        auto* tab = in<pages::GuestTab>(f);
        QTRY_VERIFY(test::visibleText(*tab).contains(u"No way to a guest agent"_s));
        test::keepScreenshot(f.window, u"guest-channel"_s);
        guest[u"obstacle"_s] = u"agent"_s;
        f.helper.setAnswer(u"org.diptych.GuestAgent.Get"_s, guest);
        for (QPushButton* button : tab->findChildren<QPushButton*>())
            if (button->text() == u"Add the channel"_s)
                button->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.AddDevice"_s).size(), 1);
        QTRY_VERIFY(test::visibleText(*tab).contains(u"apt install qemu-guest-agent"_s));
        test::keepScreenshot(f.window, u"guest-agent"_s);
        f.helper.setAnswer(u"org.diptych.GuestAgent.Get"_s, guestSample());
        tab->refresh();
        QTRY_VERIFY(test::visibleText(*tab).contains(u"3 min behind the host's"_s));
        QVERIFY(test::visibleText(*tab).contains(u"Debian GNU/Linux 12"_s));
        test::keepScreenshot(f.window, u"guest"_s);
        trigger(tab, u"Set its clock to the host's"_s);
        QTRY_COMPARE(f.helper.calls(u"org.diptych.GuestAgent.SetClock"_s).size(), 1);
        trigger(tab, u"Set a password…"_s);
        auto* dialog = f.window.findChild<dialogs::TaskDialog*>();
        QVERIFY(dialog && !dialog->mainButton()->isEnabled());
        dialog->findChild<QLineEdit*>(u"password"_s)->setText(u"secret"_s);
        dialog->findChild<QLineEdit*>(u"again"_s)->setText(u"secreT"_s);
        QVERIFY(!dialog->mainButton()->isEnabled());
        dialog->findChild<QLineEdit*>(u"again"_s)->setText(u"secret"_s);
        QTRY_VERIFY(dialog->mainButton()->isEnabled());
        test::keepScreenshot(*dialog, u"guest-password"_s);
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.GuestAgent.SetPassword"_s).size(), 1);
        QTRY_VERIFY(test::visibleText(*tab).contains(u"The password of root is set"_s));
        // While frozen: who runs it, and the way back.
        QTRY_COMPARE(f.helper.subscribers(u"org.diptych.Operations.Subscribe"_s), 1);
        f.helper.push(u"org.diptych.Operations.Subscribe"_s,
                      {{u"operations"_s, QJsonArray{QJsonObject{{u"id"_s, u"op-f"_s},
                                                                {u"verb"_s, u"freeze"_s},
                                                                {u"instances"_s, QJsonArray{u"vm"_s}},
                                                                {u"subject"_s, u"vm"_s},
                                                                {u"state"_s, u"running"_s},
                                                                {u"cancellable"_s, true}}}}});
        auto* thaw = tab->findChild<QPushButton*>(u"thaw"_s);
        QTRY_VERIFY(thaw->isVisible());
        QVERIFY(!tab->findChild<QPushButton*>(u"guestDo"_s)->isEnabled());
        test::keepScreenshot(f.window, u"guest-frozen"_s);
        thaw->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Operations.Cancel"_s).size(), 1);
    }

    void copiesDisks()
    {
        WindowOnHelper f;
        f.helper.setAnswer(u"org.diptych.Machines.ListSnapshots"_s,
                           {{u"snapshots"_s, QJsonArray{}}, {u"obstacle"_s, u""_s}, {u"withMemory"_s, true}});
        f.helper.setAnswer(u"org.diptych.Storage.ListPools"_s,
                           {{u"pools"_s, QJsonArray{QJsonObject{{u"name"_s, u"images"_s}, {u"active"_s, true}}}}});
        f.helper.setAnswer(u"org.diptych.Machines.BackUp"_s, {{u"operation"_s, u"op"_s}});
        QVERIFY(openTab(f, u"snapshots"_s));
        auto* copy = in<pages::SnapshotsTab>(f)->findChild<QPushButton*>(u"backUp"_s);
        QTRY_VERIFY(copy->isEnabled());
        copy->click();
        auto* dialog = f.window.findChild<dialogs::TaskDialog*>();
        QTRY_VERIFY(dialog->mainButton()->isEnabled());
        test::keepScreenshot(*dialog, u"copy-disks"_s);
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.BackUp"_s).size(), 1);
        QCOMPARE(f.helper.calls(u"org.diptych.Machines.BackUp"_s).first()[u"pool"_s].toString(), u"images"_s);
        QVERIFY(f.helper.calls(u"org.diptych.Machines.BackUp"_s).first()[u"freeze"_s].toBool());
    }

    void keepsADumpOnlyWhenItIsWhole()
    {
        WindowOnHelper f;
        QVERIFY(openTab(f, u"hardware"_s));
        const QByteArray memory(3'000'000, 'm');
        f.helper.setAnswer(u"org.diptych.Machines.Dump"_s, {{u"operation"_s, u"op"_s}, {u"size"_s, -1}});
        f.helper.setSource(u"org.diptych.Machines.Dump"_s, memory);
        QTemporaryDir directory;
        const QString file = directory.filePath(u"vm.elf"_s);
        const auto outcome = [&](const QJsonObject& operation) {
            f.helper.setAnswer(u"org.diptych.Operations.Wait"_s, {{u"operation"_s, operation}});
            auto transfer = f.window.session()->client().machineCalls().dump(u"vm"_s, file);
            QString said = u"nothing"_s;
            connect(transfer.get(), &client::Transfer::finished, this,
                    [&](const std::optional<client::Error>& error) { said = error ? error->message : QString(); });
            transfer->start();
            [&] { QTRY_VERIFY(said != u"nothing"_s); }();
            return said;
        };
        QVERIFY(!outcome({{u"id"_s, u"op"_s},
                          {u"state"_s, u"failed"_s},
                          {u"error"_s, u"org.diptych.Failed"_s},
                          {u"errorParameters"_s, QJsonObject{{u"message"_s, u"QEMU said no"_s}}}})
                     .isEmpty());
        QVERIFY(!QFile::exists(file));
        QCOMPARE(outcome({{u"id"_s, u"op"_s}, {u"state"_s, u"done"_s}}), QString());
        QFile kept(file);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), memory);
    }

    void recognisesTheSystem()
    {
        WindowOnHelper f;
        answerForMedia(f.helper);
        const QJsonObject system{{u"id"_s, u"http://x/old"_s}, {u"name"_s, u"Old System 5"_s},  {u"virtio"_s, false},
                                 {u"memory"_s, 805306368},     {u"storage"_s, qint64(8) << 30}, {u"vcpus"_s, 1},
                                 {u"supported"_s, true}};
        f.helper.setAnswer(u"org.diptych.Machines.ListSystems"_s, {{u"systems"_s, QJsonArray{system}}});
        f.helper.setAnswer(u"org.diptych.Machines.Recognise"_s, {{u"label"_s, u"OLD_5"_s}, {u"system"_s, system}});
        QVERIFY(f.open(u"new"_s));
        f.window.page(u"new"_s)->findChild<QPushButton*>(u"newMachine"_s)->click();
        auto* dialog = f.window.findChild<dialogs::NewMachineDialog*>();
        QTRY_COMPARE(dialog->spec().system, u"http://x/old"_s);
        QCOMPARE(dialog->spec().memory, qint64(768) << 20);
        QCOMPARE(dialog->spec().capacity, qint64(8) << 30);
        QVERIFY(!dialog->spec().virtio);
        QTRY_VERIFY(test::visibleText(*dialog).contains(u"OLD_5"_s));
        test::keepScreenshot(*dialog, u"new-machine-system"_s);
        // From the network: no volume is asked for, and it says so to the helper.
        dialog->findChild<QComboBox*>(u"spec.medium"_s)->setCurrentIndex(3);
        QTRY_VERIFY2(dialog->mainButton()->isEnabled(), qPrintable(dialog->mainButton()->toolTip()));
        test::keepScreenshot(*dialog, u"new-machine-pxe"_s);
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.Create"_s).size(), 1);
        const QJsonObject spec = f.helper.calls(u"org.diptych.Machines.Create"_s).first()[u"spec"_s].toObject();
        QVERIFY(spec[u"networkBoot"_s].toBool());
        QVERIFY(!spec.contains(u"medium"_s));
    }

    void installsWithoutQuestions()
    {
        WindowOnHelper f;
        answerForMedia(f.helper);
        const QJsonObject system{{u"id"_s, u"http://x/deb"_s}, {u"name"_s, u"Debian 11"_s}, {u"virtio"_s, true}};
        f.helper.setAnswer(u"org.diptych.Machines.ListSystems"_s, {{u"systems"_s, QJsonArray{system}}});
        f.helper.setAnswer(u"org.diptych.Machines.Recognise"_s,
                           {{u"label"_s, u"Debian 12.5.0"_s}, {u"system"_s, system}, {u"exact"_s, false}});
        const QJsonArray firmwares{u"bios"_s, u"uefi"_s};
        const QJsonArray profiles{QJsonObject{{u"name"_s, u"jeos"_s},
                                              {u"needsInternet"_s, true},
                                              {u"secondMedium"_s, false},
                                              {u"productKey"_s, QString()},
                                              {u"firmwares"_s, firmwares}},
                                  QJsonObject{{u"name"_s, u"desktop"_s},
                                              {u"needsInternet"_s, true},
                                              {u"secondMedium"_s, false},
                                              {u"productKey"_s, u"$$$-$$$"_s},
                                              {u"firmwares"_s, firmwares}}};
        f.helper.setAnswer(u"org.diptych.Machines.ListUnattended"_s,
                           {{u"profiles"_s, profiles}, {u"reason"_s, QString()}});
        QVERIFY(f.open(u"new"_s));
        f.window.page(u"new"_s)->findChild<QPushButton*>(u"newMachine"_s)->click();
        auto* dialog = f.window.findChild<dialogs::NewMachineDialog*>();
        auto* wanted = dialog->findChild<QCheckBox*>(u"unattended"_s);
        QTRY_VERIFY(wanted->isVisible() && wanted->isEnabled());
        QVERIFY(test::visibleText(*dialog).contains(u"Debian 12.5.0"_s)); // nearest only
        QVERIFY(!dialog->spec().unattended);
        wanted->click();
        auto* user = dialog->findChild<QLineEdit*>(u"unattended.user"_s);
        QTRY_VERIFY(user->isVisible());
        QVERIFY(!dialog->mainButton()->isEnabled());
        user->setText(u"ada"_s);
        QVERIFY(!dialog->mainButton()->isEnabled());
        dialog->findChild<QLineEdit*>(u"unattended.password"_s)->setText(u"Lace-1815"_s);
        QTRY_VERIFY2(dialog->mainButton()->isEnabled(), qPrintable(dialog->mainButton()->toolTip()));
        auto* zone = dialog->findChild<QComboBox*>(u"unattended.timezone"_s);
        zone->setCurrentText(u"Atlantis"_s);
        QVERIFY(!dialog->mainButton()->isEnabled());
        zone->setCurrentText(u"Europe/Berlin"_s);
        QVERIFY(dialog->mainButton()->isEnabled());
        auto* firmware = dialog->findChild<QComboBox*>(u"spec.firmware"_s);
        firmware->setCurrentIndex(firmware->findData(u"secureUefi"_s));
        QVERIFY(!dialog->mainButton()->isEnabled());
        firmware->setCurrentIndex(firmware->findData(u"bios"_s));
        auto* key = dialog->findChild<QLineEdit*>(u"unattended.productKey"_s);
        QVERIFY(!key->isVisible());
        dialog->findChild<QComboBox*>(u"unattended.profile"_s)->setCurrentIndex(1);
        QTRY_VERIFY(key->isVisible());
        key->setText(u"abc-def"_s);
        test::keepScreenshot(*dialog, u"new-machine-unattended"_s);
        f.helper.setAnswer(u"org.diptych.Machines.Create"_s, {{u"operation"_s, u"op"_s}});
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.Create"_s).size(), 1);
        const QJsonObject answers =
            f.helper.calls(u"org.diptych.Machines.Create"_s).first()[u"spec"_s].toObject()[u"unattended"_s].toObject();
        QCOMPARE(answers[u"profile"_s].toString(), u"desktop"_s);
        QCOMPARE(answers[u"user"_s].toString(), u"ada"_s);
        QCOMPARE(answers[u"timezone"_s].toString(), u"Europe/Berlin"_s);
        QCOMPARE(answers[u"productKey"_s].toString(), u"ABC-DEF"_s);
        QVERIFY(answers[u"language"_s].toString().contains(u'_'));
    }

    /// Windows by UEFI: its medium wants a key, which the form says; Ubuntu's server has one way only.
    void installsOtherSystems()
    {
        WindowOnHelper f;
        answerForMedia(f.helper);
        const QJsonObject system{{u"id"_s, u"http://x/win"_s}, {u"name"_s, u"Windows X"_s}, {u"virtio"_s, false}};
        f.helper.setAnswer(u"org.diptych.Machines.ListSystems"_s, {{u"systems"_s, QJsonArray{system}}});
        f.helper.setAnswer(u"org.diptych.Machines.Recognise"_s,
                           {{u"label"_s, u"WIN"_s}, {u"system"_s, system}, {u"exact"_s, true}});
        const auto profile = [](const QString& name, bool medium, const QString& key, const QJsonArray& firmwares) {
            return QJsonArray{QJsonObject{{u"name"_s, name},
                                          {u"needsInternet"_s, false},
                                          {u"secondMedium"_s, medium},
                                          {u"productKey"_s, key},
                                          {u"firmwares"_s, firmwares}}};
        };
        f.helper.setAnswer(u"org.diptych.Machines.ListUnattended"_s,
                           {{u"profiles"_s, profile(u"desktop"_s, true, u"$$"_s, {u"bios"_s, u"secureUefi"_s})},
                            {u"reason"_s, QString()}});
        QVERIFY(f.open(u"new"_s));
        f.window.page(u"new"_s)->findChild<QPushButton*>(u"newMachine"_s)->click();
        auto* dialog = f.window.findChild<dialogs::NewMachineDialog*>();
        auto* wanted = dialog->findChild<QCheckBox*>(u"unattended"_s);
        QTRY_VERIFY(wanted->isVisible() && wanted->isEnabled());
        wanted->click();
        auto* firmware = dialog->findChild<QComboBox*>(u"spec.firmware"_s);
        const QString hint = dialogs::NewMachineDialog::tr(
            "With UEFI the medium waits a few seconds for a key at its first start: press one in Display.");
        firmware->setCurrentIndex(firmware->findData(u"bios"_s));
        QVERIFY(!test::visibleText(*dialog).contains(hint));
        firmware->setCurrentIndex(firmware->findData(u"secureUefi"_s));
        QVERIFY(test::visibleText(*dialog).contains(hint));
        dialog->findChild<QLineEdit*>(u"unattended.user"_s)->setText(u"ada"_s);
        dialog->findChild<QLineEdit*>(u"unattended.password"_s)->setText(u"a: b"_s);
        dialog->findChild<QLineEdit*>(u"unattended.productKey"_s)->setText(u"aa"_s);
        QTRY_VERIFY2(dialog->mainButton()->isEnabled(), qPrintable(dialog->mainButton()->toolTip()));
        test::keepScreenshot(*dialog, u"new-machine-windows"_s);
    }

    void saysWhyItAsksQuestions()
    {
        WindowOnHelper f;
        answerForMedia(f.helper);
        const QJsonObject system{{u"id"_s, u"http://x/old"_s}, {u"name"_s, u"Old System 5"_s}, {u"virtio"_s, true}};
        f.helper.setAnswer(u"org.diptych.Machines.ListSystems"_s, {{u"systems"_s, QJsonArray{system}}});
        f.helper.setAnswer(u"org.diptych.Machines.Recognise"_s,
                           {{u"label"_s, u"OLD_5"_s}, {u"system"_s, system}, {u"exact"_s, true}});
        f.helper.setAnswer(
            u"org.diptych.Machines.ListUnattended"_s,
            {{u"profiles"_s, QJsonArray{}}, {u"reason"_s, u"libosinfo has no answers for this system"_s}});
        QVERIFY(f.open(u"new"_s));
        f.window.page(u"new"_s)->findChild<QPushButton*>(u"newMachine"_s)->click();
        auto* dialog = f.window.findChild<dialogs::NewMachineDialog*>();
        auto* wanted = dialog->findChild<QCheckBox*>(u"unattended"_s);
        QTRY_VERIFY(wanted->isVisible());
        QVERIFY(!wanted->isEnabled());
        QVERIFY(test::visibleText(*dialog).contains(models::reasonText(u"libosinfo has no answers for this system"_s)));
        test::keepScreenshot(*dialog, u"new-machine-questions"_s);
        QTRY_VERIFY2(dialog->mainButton()->isEnabled(), qPrintable(dialog->mainButton()->toolTip()));
    }
};

QTEST_MAIN(TestMachineInside)
#include "tst_machine_inside.moc"
