// The tabs that only virtual machines have, in the real window on the fake helper.
#include "dialogs/new_machine_dialog.h"
#include "dialogs/review_xml_dialog.h"
#include "dialogs/task_dialog.h"
#include "gui/support/steps.h"
#include "models/hardware.h"
#include "models/instance_model.h"
#include "models/text_diff.h"
#include "pages/hardware_tab.h"
#include "pages/instance_actions.h"
#include "pages/pages.h"
#include "pages/snapshot_card.h"
#include "pages/snapshots_tab.h"
#include "pages/xml_tab.h"
#include "widgets/banner.h"

#include <QBuffer>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QTabBar>
#include <QTableWidget>
#include <QTest>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace diptych;
using models::DiffLine;
using test::FakeHelper;
using test::in;
using test::openTab;
using test::WindowOnHelper;

namespace {

const QString Next = u"<domain>\n  <name>vm</name>\n  <memory>1</memory>\n</domain>\n"_s;
const QString Live = u"<domain id='1'>\n  <name>vm</name>\n</domain>\n"_s;

/// Each where the one before it ends, and none without a place.
bool tabsStandSideBySide(WindowOnHelper& f)
{
    for (const QTabBar* bar : f.window.page(u"instances"_s)->findChildren<QTabBar*>())
        for (int i = 0, right = -1; bar->count() > 5 && i < bar->count(); ++i) {
            const QRect rect = bar->tabRect(i);
            if (!bar->isTabVisible(i))
                continue;
            if (rect.width() < 10 || (right >= 0 && std::abs(rect.left() - right) > 2))
                return false;
            right = rect.right() + 1;
        }
    return true;
}

QStringList visibleTabs(WindowOnHelper& f)
{
    QStringList names;
    for (const QTabBar* bar : f.window.page(u"instances"_s)->findChildren<QTabBar*>())
        for (int i = 0; bar->count() > 5 && i < bar->count(); ++i)
            if (bar->isTabVisible(i))
                names.append(bar->tabText(i));
    return names;
}

} // namespace

class TestMachineTabs final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { test::prepareApplication(); }
    void cleanupTestCase() { QCOMPARE(test::untranslated(), QStringList()); }
    void init() { QSettings().clear(); }

    void diffsByLines()
    {
        QVERIFY(models::diffLines(Next, Next).isEmpty());
        using K = DiffLine::Kind;
        const QList<DiffLine> wanted{{K::Same, u"b"_s}, {K::Removed, u"c"_s}, {K::Added, u"C"_s}, {K::Same, u"d"_s}};
        QCOMPARE(models::diffLines(u"a\nb\nc\nd\ne"_s, u"a\nb\nC\nd\ne"_s, 1), wanted);
        const QList<DiffLine> far = models::diffLines(u"x\n1\n2\n3\n4\ny"_s, u"1\n2\n3\n4"_s, 1);
        QCOMPARE(far.size(), 5);
        QVERIFY(far[2].kind == K::Gap);
    }

    void showsTheTabsOfItsKind()
    {
        WindowOnHelper f;
        QVERIFY(openTab(f, u"configuration"_s));
        QVERIFY(visibleTabs(f).contains(u"XML"_s));
        QVERIFY(!visibleTabs(f).contains(u"Configuration"_s) && !visibleTabs(f).contains(u"Changes"_s));
        QVERIFY(in<pages::XmlTab>(f)->isVisible());
        QVERIFY(tabsStandSideBySide(f));
        f.window.page(u"instances"_s)->open({u"web"_s});
        QVERIFY(!visibleTabs(f).contains(u"XML"_s));
        QVERIFY(visibleTabs(f).contains(u"Configuration"_s));
        QVERIFY(!in<pages::XmlTab>(f)->isVisible());
        QVERIFY(tabsStandSideBySide(f));
        (void)f.window.grab(); // drawn, and then another kind's
        f.window.page(u"instances"_s)->open({u"vm"_s});
        (void)f.window.grab();
        QVERIFY(tabsStandSideBySide(f));
    }

    void editsTheXml()
    {
        WindowOnHelper f;
        f.helper.setAnswer(u"org.diptych.Machines.GetXml"_s, {{u"live"_s, Live}, {u"next"_s, Next}});
        f.helper.setAnswer(u"org.diptych.Machines.DefineXml"_s, {});
        QVERIFY(openTab(f, u"xml"_s));
        auto* tab = in<pages::XmlEditor>(f);
        QTRY_COMPARE(tab->editor()->toPlainText(), Next);
        auto* review = tab->findChild<QPushButton*>(u"review"_s);
        QVERIFY(!review->isVisible());
        // Broken: it says where, and nothing can be saved.
        tab->editor()->setPlainText(QString(Next).replace(u"</memory>"_s, u"<memory>"_s));
        QTRY_VERIFY(review->isVisible() && !review->isEnabled());
        QVERIFY2(tab->problem().contains(u"Line"_s), qPrintable(tab->problem()));
        const QString wanted = QString(Next).replace(u">1<"_s, u">2<"_s);
        tab->editor()->setPlainText(wanted);
        QTRY_VERIFY(review->isEnabled());
        // The other view is for reading, and the edit waits meanwhile.
        auto* which = tab->findChild<QComboBox*>();
        which->setCurrentIndex(1);
        emit which->activated(1);
        QCOMPARE(tab->editor()->toPlainText(), Live);
        QVERIFY(tab->editor()->isReadOnly());
        which->setCurrentIndex(0);
        emit which->activated(0);
        QCOMPARE(tab->editor()->toPlainText(), wanted);
        QTest::mouseClick(review, Qt::LeftButton);
        auto* dialog = f.window.findChild<dialogs::ReviewXmlDialog*>();
        QVERIFY(dialog);
        const QString diff = dialog->findChild<QPlainTextEdit*>()->toPlainText();
        QVERIFY2(diff.contains(u"-   <memory>1"_s) && diff.contains(u"+   <memory>2"_s), qPrintable(diff));
        test::keepScreenshot(*dialog, u"xml-review"_s);
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.DefineXml"_s).size(), 1);
        const QJsonObject call = f.helper.calls(u"org.diptych.Machines.DefineXml"_s).first();
        QCOMPARE(call[u"xml"_s].toString(), wanted);
        QCOMPARE(call[u"previous"_s].toString(), Next);
        QTRY_VERIFY(!review->isVisible());
    }

    void keepsTheEditWhenItIsRefused()
    {
        WindowOnHelper f;
        f.helper.setAnswer(u"org.diptych.Machines.GetXml"_s, {{u"live"_s, u""_s}, {u"next"_s, Next}});
        f.helper.setError(u"org.diptych.Machines.DefineXml"_s, u"org.diptych.InvalidArgument"_s,
                          {{u"field"_s, u"xml"_s}, {u"message"_s, u"libvirt refuses it: element nonsense"_s}});
        QVERIFY(openTab(f, u"xml"_s, u"stopped"_s));
        auto* tab = in<pages::XmlEditor>(f);
        QTRY_COMPARE(tab->editor()->toPlainText(), Next);
        tab->editor()->setPlainText(QString(Next).replace(u"memory"_s, u"nonsense"_s));
        auto* review = tab->findChild<QPushButton*>(u"review"_s);
        QTRY_VERIFY(review->isEnabled() && review->isVisible());
        review->click();
        auto* dialog = f.window.findChild<dialogs::ReviewXmlDialog*>();
        dialog->mainButton()->click();
        QTRY_VERIFY(test::visibleText(*dialog).contains(u"element nonsense"_s));
        dialog->reject();
        QVERIFY(tab->editor()->toPlainText().contains(u"nonsense"_s));
        QVERIFY(review->isVisible());
    }

    void keepsWhatIsNotSaved()
    {
        WindowOnHelper f;
        f.helper.setAnswer(u"org.diptych.Machines.GetXml"_s, {{u"live"_s, Live}, {u"next"_s, Next}});
        QVERIFY(openTab(f, u"xml"_s));
        auto* editor = in<pages::XmlEditor>(f);
        QTRY_COMPARE(editor->editor()->toPlainText(), Next);
        const QString draft = QString(Next).replace(u">1<"_s, u">3<"_s);
        editor->editor()->setPlainText(draft);
        f.window.page(u"instances"_s)->open({u"web"_s});
        // Somebody else changes it meanwhile.
        const QString others = QString(Next).replace(u">1<"_s, u">9<"_s);
        f.helper.setAnswer(u"org.diptych.Machines.GetXml"_s, {{u"live"_s, Live}, {u"next"_s, others}});
        f.window.page(u"instances"_s)->open({u"vm"_s}, u"xml"_s);
        QCOMPARE(editor->editor()->toPlainText(), draft);
        QTRY_VERIFY(test::visibleText(f.window).contains(u"changed elsewhere"_s));
        QCOMPARE(editor->editor()->toPlainText(), draft);
        QCOMPARE(editor->draft()->from, others);
    }

    void showsWhatDiffers()
    {
        client::Hardware hardware;
        hardware.live = client::HardwareConfig{};
        hardware.next = client::HardwareConfig{};
        const client::Device disk{u"disk:vda"_s, u"disk"_s, {{u"cache"_s, u"none"_s}, {u"allocation"_s, u"1"_s}}};
        client::Device other = disk;
        other.properties[u"allocation"_s] = u"2"_s; // no difference that anybody made
        client::Device changed = disk;
        changed.properties[u"cache"_s] = u"writeback"_s;
        const auto when = [&] { return models::hardwareRows(hardware).first().when; };
        using When = models::HardwareRow::When;
        hardware.next->devices = {disk};
        QCOMPARE(int(when()), int(When::NextOnly));
        hardware.live->devices = {other};
        QCOMPARE(int(when()), int(When::Both));
        hardware.live->devices = {changed};
        QCOMPARE(int(when()), int(When::Differs));
        hardware.next->devices = {};
        QCOMPARE(int(when()), int(When::LiveOnly));
        hardware.next.reset(); // a domain that has no next start: nothing to compare
        QCOMPARE(int(when()), int(When::Both));
        QVERIFY(models::appliedText({false, true, u"no free slot"_s}).contains(u"no free slot"_s));
    }

    void changesHardware()
    {
        WindowOnHelper f;
        const QJsonObject disk{{u"key"_s, u"disk:vda"_s},
                               {u"type"_s, u"disk"_s},
                               {u"properties"_s, QJsonObject{{u"target"_s, u"vda"_s},
                                                             {u"device"_s, u"disk"_s},
                                                             {u"bus"_s, u"virtio"_s},
                                                             {u"source"_s, u"/pool/vm.qcow2"_s},
                                                             {u"capacity"_s, u"1073741824"_s}}}};
        const QJsonObject config{{u"vcpus"_s, 1},
                                 {u"maximumVcpus"_s, 2},
                                 {u"memory"_s, 134217728},
                                 {u"maximumMemory"_s, 268435456},
                                 {u"machine"_s, u"q35"_s},
                                 {u"architecture"_s, u"x86_64"_s},
                                 {u"firmware"_s, u"bios"_s},
                                 {u"boot"_s, QJsonArray{}},
                                 {u"devices"_s, QJsonArray{disk}}};
        const QJsonObject cache{{u"type"_s, u"disk"_s},
                                {u"property"_s, u"cache"_s},
                                {u"values"_s, QJsonArray{u"none"_s, u"writeback"_s}},
                                {u"fixed"_s, false}};
        const QJsonObject tpm{{u"type"_s, u"tpm"_s}, {u"reason"_s, u"swtpm is missing"_s}};
        f.helper.setAnswer(u"org.diptych.Machines.GetHardware"_s, {{u"live"_s, config},
                                                                   {u"next"_s, config},
                                                                   {u"offers"_s, QJsonArray{cache}},
                                                                   {u"unavailable"_s, QJsonArray{tpm}},
                                                                   {u"networks"_s, QJsonArray{u"default"_s}},
                                                                   {u"autostart"_s, false},
                                                                   {u"saved"_s, false}});
        f.helper.setAnswer(u"org.diptych.Machines.ChangeDevice"_s,
                           {{u"live"_s, false}, {u"next"_s, true}, {u"reason"_s, u"cannot modify cache"_s}});
        f.helper.setAnswer(u"org.diptych.Machines.SetVcpus"_s,
                           {{u"live"_s, true}, {u"next"_s, true}, {u"reason"_s, u""_s}});
        QVERIFY(openTab(f, u"hardware"_s));
        auto* tab = in<pages::HardwareTab>(f);
        auto* tree = tab->findChild<QTreeWidget*>();
        QTRY_COMPARE(tree->topLevelItemCount(), 5);
        QVERIFY(tree->topLevelItem(4)->text(1).contains(u"vm.qcow2"_s));
        test::keepScreenshot(f.window, u"hardware"_s);
        tab->findChild<QSpinBox*>(u"vcpus"_s)->setValue(2);
        tab->findChild<QPushButton*>(u"apply"_s)->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.SetVcpus"_s).size(), 1);
        QCOMPARE(f.helper.calls(u"org.diptych.Machines.SetVcpus"_s).first()[u"current"_s].toInt(), 2);
        tab->select(u"disk:vda"_s);
        auto* box = tab->findChild<QComboBox*>(u"cache"_s);
        QTRY_VERIFY(box);
        box->setCurrentIndex(box->findData(u"writeback"_s));
        tab->findChildren<QPushButton*>(u"apply"_s).last()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.ChangeDevice"_s).size(), 1);
        const QJsonObject call = f.helper.calls(u"org.diptych.Machines.ChangeDevice"_s).first();
        QCOMPARE(call[u"key"_s].toString(), u"disk:vda"_s);
        QCOMPARE(call[u"properties"_s].toObject(), (QJsonObject{{u"cache"_s, u"writeback"_s}}));
        QTRY_VERIFY(test::visibleText(*tab).contains(u"cannot modify cache"_s));
        // What can't be had here is grey and says why.
        for (const QAction* action : tab->findChild<QPushButton*>(u"addHardware"_s)->menu()->actions())
            QCOMPARE(action->isEnabled(), action->toolTip() != u"swtpm is missing"_s &&
                                              action->toolTip() != u"QEMU has it since 6.1, and libvirt since 8.4."_s);
    }

    void shapesAndPinsProcessors()
    {
        WindowOnHelper f;
        QJsonObject next{{u"vcpus"_s, 2},
                         {u"maximumVcpus"_s, 4},
                         {u"memory"_s, 1e9},
                         {u"maximumMemory"_s, 1e9},
                         {u"boot"_s, QJsonArray{}},
                         {u"sockets"_s, 0},
                         {u"cores"_s, 0},
                         {u"threads"_s, 0},
                         {u"pins"_s, QJsonArray{QJsonObject{{u"vcpu"_s, 1}, {u"cpus"_s, u"0"_s}}}},
                         {u"emulatorPin"_s, u""_s},
                         {u"devices"_s, QJsonArray{}}};
        f.helper.setAnswer(u"org.diptych.Machines.GetHardware"_s,
                           {{u"live"_s, next}, {u"next"_s, next}, {u"hostCpus"_s, 2}});
        const QJsonObject later{{u"live"_s, false}, {u"next"_s, true}, {u"reason"_s, u"learns of it when it starts"_s}};
        f.helper.setAnswer(u"org.diptych.Machines.SetTopology"_s, later);
        f.helper.setAnswer(u"org.diptych.Machines.SetPin"_s,
                           {{u"live"_s, true}, {u"next"_s, true}, {u"reason"_s, u""_s}});
        QVERIFY(openTab(f, u"hardware"_s));
        auto* tab = in<pages::HardwareTab>(f);
        QTRY_VERIFY(tab->findChild<QTableWidget*>(u"pins"_s));
        test::keepScreenshot(f.window, u"processors"_s);
        auto* apply = tab->findChild<QPushButton*>(u"applyTopology"_s);
        tab->findChild<QSpinBox*>(u"sockets"_s)->setValue(1);
        QVERIFY(!apply->isEnabled() && apply->toolTip().contains(u"4"_s)); // says which product is wanted
        tab->findChild<QSpinBox*>(u"cores"_s)->setValue(2);
        tab->findChild<QSpinBox*>(u"threads"_s)->setValue(2);
        QVERIFY(apply->isEnabled());
        apply->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.SetTopology"_s).size(), 1);
        QCOMPARE(f.helper.calls(u"org.diptych.Machines.SetTopology"_s).first()[u"threads"_s].toInt(), 2);
        QTRY_VERIFY(test::visibleText(*tab).contains(u"learns of it when it starts"_s));
        QTRY_COMPARE(tab->findChildren<QTableWidget*>(u"pins"_s).size(), 1);
        auto* pins = tab->findChild<QTableWidget*>(u"pins"_s);
        QCOMPARE(pins->rowCount(), 5); // four vCPUs and QEMU
        QCOMPARE(pins->item(1, 1)->text(), u"0"_s);
        pins->item(4, 1)->setText(u"0 - 1"_s);
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.SetPin"_s).size(), 1);
        QCOMPARE(f.helper.calls(u"org.diptych.Machines.SetPin"_s).first()[u"vcpu"_s].toInt(), -1);
        QCOMPARE(f.helper.calls(u"org.diptych.Machines.SetPin"_s).first()[u"cpus"_s].toString(), u"0-1"_s);
    }

    void showsSnapshotsAsATree()
    {
        WindowOnHelper f;
        const auto snapshot = [](const QString& name, const QString& parent, bool current) {
            return QJsonObject{{u"name"_s, name},      {u"description"_s, u""_s},  {u"parent"_s, parent},
                               {u"createdAt"_s, 1e12}, {u"state"_s, u"shutoff"_s}, {u"memory"_s, false},
                               {u"external"_s, false}, {u"current"_s, current}};
        };
        f.helper.setAnswer(u"org.diptych.Machines.ListSnapshots"_s,
                           {{u"snapshots"_s, QJsonArray{snapshot(u"b"_s, u"a"_s, true), snapshot(u"a"_s, u""_s, false),
                                                        snapshot(u"lost"_s, u"gone"_s, false)}},
                            {u"obstacle"_s, u""_s},
                            {u"withMemory"_s, false}});
        f.helper.setAnswer(u"org.diptych.Machines.RevertSnapshot"_s, {{u"operation"_s, u"op"_s}});
        QVERIFY(openTab(f, u"snapshots"_s, u"stopped"_s));
        auto* tab = in<pages::SnapshotsTab>(f);
        QTRY_COMPARE(tab->tree()->topLevelItemCount(), 2); // a, and the one whose parent is not there
        QTreeWidgetItem* a = tab->tree()->topLevelItem(0);
        QCOMPARE(a->child(0)->text(0), u"b"_s);
        QCOMPARE(a->child(0)->child(0)->text(0), u"You are here"_s);
        test::keepScreenshot(f.window, u"snapshots"_s);
        tab->tree()->setCurrentItem(a);
        tab->findChild<QPushButton*>(u"revert"_s)->click();
        auto* dialog = f.window.findChild<dialogs::TaskDialog*>();
        QVERIFY(dialog);
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.RevertSnapshot"_s).size(), 1);
        QCOMPARE(f.helper.calls(u"org.diptych.Machines.RevertSnapshot"_s).first()[u"name"_s].toString(), u"a"_s);
    }

    /// While something is done to the machine nothing else can be asked, and why is said; a failure is told once.
    void waitsForWhatIsDone()
    {
        WindowOnHelper f;
        f.helper.setAnswer(u"org.diptych.Machines.ListSnapshots"_s, {{u"snapshots"_s, QJsonArray()},
                                                                     {u"obstacle"_s, u""_s},
                                                                     {u"externalObstacle"_s, u""_s},
                                                                     {u"withMemory"_s, true}});
        f.helper.setAnswer(u"org.diptych.Machines.CreateSnapshot"_s, {{u"operation"_s, u"op"_s}});
        QVERIFY(openTab(f, u"snapshots"_s));
        auto* tab = in<pages::SnapshotsTab>(f);
        const QList<QPushButton*> verbs{tab->findChild<QPushButton*>(u"newSnapshot"_s),
                                        tab->findChild<QPushButton*>(u"backUp"_s)};
        QTRY_VERIFY(verbs[0]->isEnabled() && verbs[1]->isEnabled());
        verbs[0]->click();
        f.window.findChild<dialogs::TaskDialog*>()->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.CreateSnapshot"_s).size(), 1);
        QJsonObject operation{{u"id"_s, u"op"_s},
                              {u"verb"_s, u"createSnapshot"_s},
                              {u"subject"_s, u"vm"_s},
                              {u"instances"_s, QJsonArray{u"vm"_s}},
                              {u"state"_s, u"running"_s}};
        f.helper.push(u"org.diptych.Operations.Subscribe"_s, {{u"operations"_s, QJsonArray{operation}}});
        for (const QPushButton* verb : verbs) {
            QTRY_VERIFY(!verb->isEnabled());
            QVERIFY2(verb->toolTip().contains(u"vm is busy"_s), qPrintable(verb->toolTip()));
        }
        operation[u"state"_s] = u"failed"_s;
        operation[u"error"_s] = u"org.diptych.Failed"_s;
        operation[u"errorParameters"_s] = QJsonObject{{u"message"_s, u"no room is left"_s}};
        f.helper.push(u"org.diptych.Operations.Subscribe"_s, {{u"operations"_s, QJsonArray{operation}}});
        QTRY_VERIFY2(test::visibleText(f.window).contains(u"o room is left"_s),
                     qPrintable(test::visibleText(f.window)));
        QTRY_VERIFY(verbs[0]->isEnabled() && verbs[1]->isEnabled());
        QCOMPARE(test::visibleText(f.window).count(u"o room is left"_s), 1);
        test::keepScreenshot(f.window, u"snapshot-failed"_s);
    }

    /// Its screen of that moment stands beside the tree; what it kept can be cloned, also while it runs.
    void showsAndClonesAMoment()
    {
        WindowOnHelper f;
        const auto snapshot = [](const QString& name, const QString& parent, bool external, bool picture) {
            return QJsonObject{{u"name"_s, name},         {u"description"_s, u""_s},  {u"parent"_s, parent},
                               {u"createdAt"_s, 1e12},    {u"state"_s, u"running"_s}, {u"memory"_s, true},
                               {u"external"_s, external}, {u"current"_s, external},   {u"picture"_s, picture}};
        };
        f.helper.setAnswer(u"org.diptych.Machines.ListSnapshots"_s,
                           {{u"snapshots"_s, QJsonArray{snapshot(u"inside"_s, u""_s, false, false),
                                                        snapshot(u"beside"_s, u"inside"_s, true, true)}},
                            {u"obstacle"_s, u""_s},
                            {u"externalObstacle"_s, u""_s},
                            {u"withMemory"_s, true}});
        QImage screen(64, 40, QImage::Format_RGB32);
        screen.fill(Qt::darkGreen);
        QByteArray png;
        QBuffer buffer(&png);
        QVERIFY(screen.save(&buffer, "PNG"));
        f.helper.setAnswer(u"org.diptych.Machines.GetSnapshotPicture"_s,
                           {{u"picture"_s, QString::fromLatin1(png.toBase64())}});
        f.helper.setAnswer(u"org.diptych.Machines.Clone"_s, {{u"operation"_s, u"op"_s}});
        QVERIFY(openTab(f, u"snapshots"_s));
        auto* tab = in<pages::SnapshotsTab>(f);
        auto* card = tab->findChild<pages::SnapshotCard*>();
        QTRY_COMPARE(tab->tree()->topLevelItemCount(), 1);
        QVERIFY(card->picture().isNull()); // "inside" has none, and nobody asked
        QVERIFY(f.helper.calls(u"org.diptych.Machines.GetSnapshotPicture"_s).isEmpty());
        tab->tree()->setCurrentItem(tab->tree()->topLevelItem(0)->child(0));
        QTRY_COMPARE(card->picture().size(), QSize(64, 40));
        QCOMPARE(f.helper.calls(u"org.diptych.Machines.GetSnapshotPicture"_s).first()[u"name"_s].toString(),
                 u"beside"_s);
        test::keepScreenshot(f.window, u"snapshot-picture"_s);
        tab->findChild<QPushButton*>(u"clone"_s)->click();
        auto* dialog = f.window.findChild<dialogs::TaskDialog*>();
        auto* moment = dialog->findChild<QComboBox*>(u"snapshot"_s);
        QCOMPARE(moment->currentText(), u"As beside kept it"_s); // what is now is grey while it runs
        for (int row : {0, 1})
            QVERIFY(!static_cast<QStandardItemModel*>(moment->model())->item(row)->isEnabled());
        dialog->findChild<QComboBox*>(u"linked"_s)->setCurrentIndex(1);
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.Clone"_s).size(), 1);
        const QJsonObject call = f.helper.calls(u"org.diptych.Machines.Clone"_s).first();
        QCOMPARE(call[u"snapshot"_s].toString(), u"beside"_s);
        QVERIFY(call[u"linked"_s].toBool());
    }

    /// What people call it stands in the list, in the summary, and can be changed.
    void keepsTitleAndDescription()
    {
        WindowOnHelper f;
        const auto config = [](const QString& title, const QString& description) {
            return QJsonObject{{u"vcpus"_s, 1},
                               {u"maximumVcpus"_s, 1},
                               {u"memory"_s, 134217728},
                               {u"maximumMemory"_s, 1e9},
                               {u"devices"_s, QJsonArray()},
                               {u"title"_s, title},
                               {u"description"_s, description}};
        };
        const auto serve = [&](const QString& title, const QString& description) {
            f.helper.setAnswer(u"org.diptych.Machines.GetHardware"_s,
                               {{u"live"_s, QJsonValue()}, {u"next"_s, config(title, description)}});
            QJsonObject vm = FakeHelper::instance(u"vm"_s, u"vm"_s, u"machine"_s, u"stopped"_s);
            QJsonObject runtime = vm[u"runtime"_s].toObject();
            runtime[u"title"_s] = title;
            runtime[u"description"_s] = description;
            vm[u"runtime"_s] = runtime;
            return vm;
        };
        f.helper.setInstances(
            {serve(u"Mail of the <b>lab</b>"_s, u"Since 2019.\nAsk Ada."_s), FakeHelper::instance(u"web"_s, u"web"_s)});
        f.helper.setAnswer(u"org.diptych.Machines.SetNotes"_s,
                           {{u"live"_s, false}, {u"next"_s, true}, {u"reason"_s, u""_s}});
        QVERIFY(f.open(u"instances"_s));
        f.window.page(u"instances"_s)->open({u"vm"_s}, u"summary"_s);
        QTRY_VERIFY(test::visibleText(f.window).contains(u"Since 2019.\nAsk Ada."_s));
        QVERIFY(test::visibleText(f.window).contains(u"Mail of the <b>lab</b>"_s));
        models::InstanceModel& model = *f.window.session()->context().instances;
        const QModelIndex name = model.indexOf(u"vm"_s, models::InstanceModel::NameColumn);
        QCOMPARE(name.data(models::InstanceModel::TitleRole).toString(), u"Mail of the <b>lab</b>"_s);
        const QString tip = name.data(Qt::ToolTipRole).toString();
        QVERIFY2(tip.contains(u"&lt;b&gt;lab"_s) && tip.contains(u"Ask Ada"_s), qPrintable(tip));
        models::InstanceFilter filter(model);
        filter.setText(u"mail"_s);
        QCOMPARE(filter.rowCount(), 1);
        test::keepScreenshot(f.window, u"notes-summary"_s);
        f.window.page(u"instances"_s)->open({u"vm"_s}, u"hardware"_s);
        auto* tab = in<pages::HardwareTab>(f);
        QTRY_VERIFY(tab->hardware().next);
        tab->select(u"notes"_s);
        auto* title = tab->findChild<QLineEdit*>(u"title"_s);
        auto* description = tab->findChild<QPlainTextEdit*>(u"description"_s);
        QCOMPARE(description->toPlainText(), u"Since 2019.\nAsk Ada."_s);
        title->clear();
        QTest::keyClicks(title, u"News"_s);
        test::keepScreenshot(f.window, u"notes-hardware"_s);
        // What comes meanwhile takes nothing away.
        f.helper.push(u"org.diptych.Instances.Subscribe"_s,
                      {{u"changed"_s, QJsonArray{serve(u"Other"_s, u"Other"_s)}}, {u"removed"_s, QJsonArray()}});
        QTRY_COMPARE(tab->hardware().next->title, u"Other"_s);
        QCOMPARE(title->text(), u"News"_s);
        tab->findChild<QPushButton*>(u"apply"_s)->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.SetNotes"_s).size(), 1);
        const QJsonObject call = f.helper.calls(u"org.diptych.Machines.SetNotes"_s).first();
        QCOMPARE(call[u"title"_s].toString(), u"News"_s);
        QCOMPARE(call[u"description"_s].toString(), u"Since 2019.\nAsk Ada."_s);
        QTRY_COMPARE(tab->findChild<QLineEdit*>(u"title"_s)->text(), u"Other"_s); // what libvirt has now
    }

    /// What can be said of a card, a port or a controller depends on its kind.
    void addsCardsPortsAndControllers()
    {
        WindowOnHelper f;
        const auto offer = [](const QString& type, const QString& property, const QStringList& values) {
            return QJsonObject{{u"type"_s, type},
                               {u"property"_s, property},
                               {u"values"_s, QJsonArray::fromStringList(values)},
                               {u"fixed"_s, true}};
        };
        const QJsonObject serial{
            {u"key"_s, u"serial:0"_s},
            {u"type"_s, u"serial"_s},
            {u"properties"_s, QJsonObject{{u"kind"_s, u"tcp"_s}, {u"host"_s, u"127.0.0.1"_s}, {u"port"_s, u"4777"_s}}}};
        const QJsonObject config{{u"vcpus"_s, 1},
                                 {u"maximumVcpus"_s, 1},
                                 {u"memory"_s, 134217728},
                                 {u"maximumMemory"_s, 1e9},
                                 {u"machine"_s, u"q35"_s},
                                 {u"architecture"_s, u"x86_64"_s},
                                 {u"firmware"_s, u"bios"_s},
                                 {u"devices"_s, QJsonArray{serial}}};
        f.helper.setAnswer(
            u"org.diptych.Machines.GetHardware"_s,
            {{u"live"_s, QJsonValue()},
             {u"next"_s, config},
             {u"networks"_s, QJsonArray{u"default"_s}},
             {u"bridges"_s, QJsonArray{u"br0"_s}},
             {u"interfaces"_s, QJsonArray{u"eth0"_s, u"eth1"_s}},
             {u"offers"_s, QJsonArray{offer(u"interface"_s, u"kind"_s, {u"network"_s, u"user"_s}),
                                      offer(u"interface"_s, u"model"_s, {u"e1000e"_s, u"virtio"_s}),
                                      offer(u"serial"_s, u"kind"_s, {u"pty"_s, u"unix"_s, u"tcp"_s, u"file"_s}),
                                      offer(u"serial"_s, u"model"_s, {u"isa-serial"_s, u"usb-serial"_s}),
                                      offer(u"controller"_s, u"kind"_s, {u"scsi"_s, u"usb"_s}),
                                      offer(u"controller"_s, u"model"_s, {u"virtio-scsi"_s, u"qemu-xhci"_s})}}});
        const QJsonObject applied{{u"key"_s, u"x"_s}, {u"live"_s, false}, {u"next"_s, true}, {u"reason"_s, u""_s}};
        f.helper.setAnswer(u"org.diptych.Machines.AddHostCard"_s, applied);
        f.helper.setAnswer(u"org.diptych.Machines.AddDevice"_s, applied);
        QVERIFY(openTab(f, u"hardware"_s, u"stopped"_s));
        auto* tab = in<pages::HardwareTab>(f);
        QTRY_VERIFY(tab->hardware().next);
        QVERIFY(tab->findChild<QTreeWidget*>()->topLevelItem(4)->text(1).contains(u"127.0.0.1:4777"_s));
        const auto ask = [&](const QString& text) {
            for (QAction* action : tab->findChild<QPushButton*>(u"addHardware"_s)->menu()->actions())
                if (action->text() == text)
                    action->trigger();
            return f.window.findChildren<dialogs::TaskDialog*>().last();
        };
        const auto box = [](dialogs::TaskDialog* dialog, const QString& name) {
            auto* found = dialog->findChild<QComboBox*>(u"properties."_s + name);
            return found ? found : dialog->findChild<QComboBox*>(name);
        };
        const auto choose = [&](dialogs::TaskDialog* dialog, const QString& name, const QString& value) {
            box(dialog, name)->setCurrentIndex(box(dialog, name)->findData(value));
        };
        dialogs::TaskDialog* card = ask(u"Network interface"_s);
        QVERIFY(box(card, u"network"_s)->isVisible() && !box(card, u"device"_s)->isVisible());
        choose(card, u"kind"_s, u"direct"_s);
        QVERIFY(!box(card, u"network"_s)->isVisible() && box(card, u"device"_s)->isVisible());
        choose(card, u"device"_s, u"eth1"_s);
        choose(card, u"mode"_s, u"vepa"_s);
        test::keepScreenshot(*card, u"hardware-macvtap"_s);
        card->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.AddHostCard"_s).size(), 1);
        const QJsonObject direct{{u"id"_s, u"vm"_s},
                                 {u"kind"_s, u"direct"_s},
                                 {u"device"_s, u"eth1"_s},
                                 {u"mode"_s, u"vepa"_s},
                                 {u"model"_s, u"virtio"_s}};
        QCOMPARE(f.helper.calls(u"org.diptych.Machines.AddHostCard"_s).first(), direct);
        QTRY_VERIFY(f.window.findChildren<dialogs::TaskDialog*>().isEmpty());
        card = ask(u"Network interface"_s);
        choose(card, u"kind"_s, u"bridge"_s);
        card->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.AddHostCard"_s).size(), 2);
        QCOMPARE(f.helper.calls(u"org.diptych.Machines.AddHostCard"_s).last()[u"device"_s].toString(), u"br0"_s);
        QCOMPARE(f.helper.calls(u"org.diptych.Machines.AddHostCard"_s).last()[u"mode"_s].toString(), u"none"_s);
        QTRY_VERIFY(f.window.findChildren<dialogs::TaskDialog*>().isEmpty());
        dialogs::TaskDialog* port = ask(u"Serial port"_s);
        auto* number = port->findChild<QSpinBox*>(u"properties.port"_s);
        QVERIFY(!number->isVisible());
        choose(port, u"kind"_s, u"tcp"_s);
        QVERIFY(number->isVisible());
        number->setValue(5000);
        test::keepScreenshot(*port, u"hardware-serial"_s);
        port->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.AddDevice"_s).size(), 1);
        QCOMPARE(f.helper.calls(u"org.diptych.Machines.AddDevice"_s).first()[u"properties"_s].toObject(),
                 (QJsonObject{{u"kind"_s, u"tcp"_s}, {u"model"_s, u"isa-serial"_s}, {u"port"_s, u"5000"_s}}));
        QTRY_VERIFY(f.window.findChildren<dialogs::TaskDialog*>().isEmpty());
        dialogs::TaskDialog* controller = ask(u"Controller"_s);
        QCOMPARE(box(controller, u"model"_s)->count(), 1);
        choose(controller, u"kind"_s, u"usb"_s);
        QCOMPARE(box(controller, u"model"_s)->currentText(), u"qemu-xhci"_s);
        controller->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.AddDevice"_s).size(), 2);
        QTRY_VERIFY(f.window.findChildren<dialogs::TaskDialog*>().isEmpty());
        test::keepScreenshot(f.window, u"hardware-ports"_s);
    }

    void choosesAProcessorModel()
    {
        WindowOnHelper f;
        const QJsonObject config{{u"vcpus"_s, 1},
                                 {u"maximumVcpus"_s, 1},
                                 {u"memory"_s, 1e9},
                                 {u"maximumMemory"_s, 1e9},
                                 {u"cpuModel"_s, u"qemu64"_s}};
        f.helper.setAnswer(u"org.diptych.Machines.GetHardware"_s,
                           {{u"live"_s, QJsonValue()},
                            {u"next"_s, config},
                            {u"offers"_s, QJsonArray{QJsonObject{{u"type"_s, u"cpu"_s},
                                                                 {u"property"_s, u"model"_s},
                                                                 {u"values"_s, QJsonArray{u"maximum"_s, u"Nehalem"_s}},
                                                                 {u"fixed"_s, false},
                                                                 {u"unit"_s, u""_s}}}}});
        f.helper.setAnswer(u"org.diptych.Machines.SetCpuModel"_s,
                           {{u"live"_s, false}, {u"next"_s, true}, {u"reason"_s, u""_s}});
        QVERIFY(openTab(f, u"hardware"_s, u"stopped"_s));
        auto* tab = in<pages::HardwareTab>(f);
        QTRY_VERIFY(tab->findChild<QComboBox*>(u"cpuModel"_s));
        auto* model = tab->findChild<QComboBox*>(u"cpuModel"_s);
        QCOMPARE(model->currentText(), u"qemu64"_s); // what there is, though it is not offered
        model->setCurrentIndex(model->findData(u"Nehalem"_s));
        emit model->activated(model->currentIndex());
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.SetCpuModel"_s).size(), 1);
        QCOMPARE(f.helper.calls(u"org.diptych.Machines.SetCpuModel"_s).first()[u"model"_s].toString(), u"Nehalem"_s);
    }

    /// What only machines do is in the menu of the list too, for many at once where that makes sense.
    void machinesHaveAMenu()
    {
        WindowOnHelper f;
        f.helper.setAnswer(u"org.diptych.Machines.Reset"_s, {});
        f.helper.setInstances({FakeHelper::instance(u"a"_s, u"a"_s, u"machine"_s), FakeHelper::instance(u"b"_s, u"b"_s),
                               FakeHelper::instance(u"c"_s, u"c"_s, u"machine"_s)});
        QVERIFY(f.open(u"instances"_s));
        QMenu menu;
        auto* actions = f.window.page(u"instances"_s)->findChild<pages::InstanceActions*>();
        QVERIFY(actions);
        actions->fill(&menu);
        auto* machine = menu.findChild<QMenu*>(u"machineMenu"_s);
        auto* reset = machine->findChild<QAction*>(u"reset"_s);
        const auto select = [&](const QStringList& ids) {
            actions->setIds(ids);
            emit menu.aboutToShow();
        };
        select({u"a"_s, u"b"_s});
        QVERIFY(!machine->isEnabled()); // one is a container
        select({u"a"_s, u"c"_s});
        QVERIFY(machine->isEnabled() && reset->isEnabled());
        QVERIFY(!machine->findChild<QAction*>(u"move"_s)->isEnabled());
        reset->trigger();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.Reset"_s).size(), 2);
        select({u"a"_s});
        machine->findChild<QAction*>(u"snapshots"_s)->trigger();
        QTRY_VERIFY(in<pages::SnapshotsTab>(f)->isVisible());
    }

    /// Where none can be made inside its disks, one in files of its own can, with its memory while it runs.
    void takesExternalSnapshots()
    {
        WindowOnHelper f;
        const QJsonObject one{{u"name"_s, u"a"_s},
                              {u"description"_s, u""_s},
                              {u"parent"_s, u""_s},
                              {u"createdAt"_s, 1e12},
                              {u"state"_s, u"disk-snapshot"_s},
                              {u"memory"_s, false},
                              {u"external"_s, true},
                              {u"current"_s, true}};
        f.helper.setAnswer(
            u"org.diptych.Machines.ListSnapshots"_s,
            {{u"snapshots"_s, QJsonArray{one}},
             {u"obstacle"_s, u"it starts by UEFI, whose variables libvirt can't keep in a snapshot inside the disk"_s},
             {u"externalObstacle"_s, u""_s},
             {u"withMemory"_s, true}});
        f.helper.setAnswer(u"org.diptych.Machines.CreateSnapshot"_s, {{u"operation"_s, u"op"_s}});
        QVERIFY(openTab(f, u"snapshots"_s));
        auto* tab = in<pages::SnapshotsTab>(f);
        QTRY_COMPARE(tab->tree()->topLevelItemCount(), 1);
        QVERIFY(tab->findChild<QPushButton*>(u"revert"_s)->isEnabled());
        QVERIFY(tab->findChild<QPushButton*>(u"deleteSnapshot"_s)->isEnabled());
        auto* make = tab->findChild<QPushButton*>(u"newSnapshot"_s);
        QVERIFY(make->isEnabled());
        make->click();
        auto* dialog = f.window.findChild<dialogs::TaskDialog*>();
        auto* where = dialog->findChild<QComboBox*>(u"external"_s);
        QVERIFY(where->currentData().toBool()); // the other is grey
        auto* memory = dialog->findChild<QCheckBox*>(u"memory"_s);
        QVERIFY(memory->isVisible() && memory->isChecked());
        test::keepScreenshot(*dialog, u"external-snapshot"_s);
        QCOMPARE(tab->tree()->topLevelItem(0)->text(2), u"disk, in files of its own"_s);
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.CreateSnapshot"_s).size(), 1);
        QVERIFY(f.helper.calls(u"org.diptych.Machines.CreateSnapshot"_s).first()[u"external"_s].toBool());
        QVERIFY(f.helper.calls(u"org.diptych.Machines.CreateSnapshot"_s).first()[u"memory"_s].toBool());
    }

    void asksForAMachine()
    {
        WindowOnHelper f;
        f.helper.setAnswer(u"org.diptych.Storage.ListPools"_s,
                           {{u"pools"_s, QJsonArray{QJsonObject{{u"name"_s, u"images"_s}, {u"active"_s, true}}}}});
        f.helper.setAnswer(
            u"org.diptych.Storage.ListVolumes"_s,
            {{u"volumes"_s, QJsonArray{QJsonObject{{u"name"_s, u"debian.iso"_s}, {u"format"_s, u"iso"_s}},
                                       QJsonObject{{u"name"_s, u"cloud.qcow2"_s}, {u"format"_s, u"qcow2"_s}}}}});
        f.helper.setAnswer(u"org.diptych.Networks.List"_s,
                           {{u"networks"_s, QJsonArray{QJsonObject{{u"name"_s, u"default"_s}}}}});
        f.helper.setAnswer(u"org.diptych.Machines.Create"_s, {{u"operation"_s, u"op"_s}});
        QVERIFY(f.open(u"new"_s));
        f.window.page(u"new"_s)->findChild<QPushButton*>(u"newMachine"_s)->click();
        auto* dialog = f.window.findChild<dialogs::NewMachineDialog*>();
        QVERIFY(dialog);
        QTRY_VERIFY2(dialog->mainButton()->isEnabled(), qPrintable(dialog->mainButton()->toolTip()));
        QCOMPARE(dialog->spec().medium.volume, u"debian.iso"_s);
        QCOMPARE(dialog->spec().diskKind, u"new"_s);
        QCOMPARE(dialog->spec().network, u"default"_s);
        dialog->findChild<QComboBox*>(u"spec.medium"_s)->setCurrentIndex(1); // a cloud image: somebody has to log in
        QTRY_VERIFY(!dialog->mainButton()->isEnabled());
        dialog->findChild<QLineEdit*>(u"cloudInit.user"_s)->setText(u"anna"_s);
        dialog->findChild<QLineEdit*>(u"cloudInit.password"_s)->setText(u"secret"_s);
        QTRY_VERIFY(dialog->mainButton()->isEnabled());
        test::keepScreenshot(*dialog, u"new-machine"_s);
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.Create"_s).size(), 1);
        const QJsonObject spec = f.helper.calls(u"org.diptych.Machines.Create"_s).first()[u"spec"_s].toObject();
        QCOMPARE(spec[u"disk"_s][u"kind"_s].toString(), u"copy"_s);
        QCOMPARE(spec[u"disk"_s][u"volume"_s].toString(), u"cloud.qcow2"_s);
        QCOMPARE(spec[u"cloudInit"_s][u"user"_s].toString(), u"anna"_s);
        QVERIFY(!spec.contains(u"medium"_s));
    }
};

QTEST_MAIN(TestMachineTabs)
#include "tst_machine_tabs.moc"
