// Libvirt connections in the real window on the fake helper: their machines among the others, what is grey and why, the
// dialogs.
#include "dialogs/add_connection_dialog.h"
#include "dialogs/connections_dialog.h"
#include "dialogs/migrate_dialog.h"
#include "gui/support/window.h"
#include "models/actions.h"
#include "models/instance_model.h"
#include "pages/connection_picker.h"
#include "pages/instance_actions.h"
#include "pages/pages.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace diptych;
using models::Action;
using test::FakeHelper;
using test::WindowOnHelper;

namespace {

const QString Stream = u"org.diptych.Connections.Subscribe"_s;
const QString Reason = u"this function is not supported by the connection driver: virDomainOpenConsole"_s;

QJsonObject connection(const QString& state = u"connected"_s, const QString& problem = {})
{
    return {{u"id"_s, u"c1"_s},
            {u"name"_s, u"lab"_s},
            {u"uri"_s, u"qemu+ssh://anna@lab/system?no_tty=1"_s},
            {u"owner"_s, 1000},
            {u"active"_s, state != u"closed"_s},
            {u"state"_s, state},
            {u"problem"_s, problem},
            {u"driver"_s, u"TEST"_s},
            {u"host"_s, u"lab"_s},
            {u"version"_s, u"9.0.0"_s},
            {u"domains"_s, 1},
            {u"answeredAt"_s, double(QDateTime::currentMSecsSinceEpoch() - 180'000)},
            {u"lacks"_s, QJsonArray{QJsonObject{{u"feature"_s, u"console"_s}, {u"reason"_s, Reason}}}}};
}

QJsonObject connections(const QJsonArray& all)
{
    return {{u"connections"_s, all}};
}

/// One machine of the connection, one of this machine.
bool open(WindowOnHelper& f)
{
    QJsonObject there = FakeHelper::instance(u"there"_s, u"there"_s, u"machine"_s);
    QJsonObject runtime = there[u"runtime"_s].toObject();
    runtime[u"connection"_s] = u"c1"_s;
    runtime[u"managed"_s] = false;
    there[u"runtime"_s] = runtime;
    f.helper.setInstances({FakeHelper::instance(u"here"_s, u"here"_s, u"machine"_s), there});
    f.helper.setAnswer(Stream, connections({connection()}));
    if (!f.open(u"instances"_s))
        return false;
    f.window.page(u"instances"_s)->open({u"there"_s});
    return QTest::qWaitFor([&] { return f.store().connections().size() == 1; });
}

QTabBar* tabs(WindowOnHelper& f)
{
    for (QTabBar* bar : f.window.page(u"instances"_s)->findChildren<QTabBar*>())
        if (bar->count() > 5)
            return bar;
    return nullptr;
}

QString tipOfTab(WindowOnHelper& f, const QString& text)
{
    QTabBar* bar = tabs(f);
    for (int i = 0; bar && i < bar->count(); ++i)
        if (bar->tabText(i) == text)
            return bar->isTabEnabled(i) ? QString() : bar->tabToolTip(i);
    return u"no such tab"_s;
}

} // namespace

class TestConnections final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { test::prepareApplication(); }
    void cleanupTestCase() { QCOMPARE(test::untranslated(), QStringList()); }
    void init() { QSettings().clear(); }

    /// Nothing is sent while something stands against it; what does is shown, field by field.
    void movesAMachineThere()
    {
        WindowOnHelper f;
        QVERIFY(open(f));
        const QString Check = u"org.diptych.Machines.CheckMigration"_s, Move = u"org.diptych.Machines.Migrate"_s;
        f.helper.setAnswer(
            Check,
            {{u"live"_s, true},
             {u"problems"_s,
              QJsonArray{
                  QJsonObject{{u"field"_s, u"disk:vda"_s},
                              {u"message"_s,
                               u"/images/a.qcow2 is in no storage pool there: have it copied, or make a pool of the "
                               "directory that both share"_s}},
                  QJsonObject{
                      {u"field"_s, u"cpu"_s},
                      {u"message"_s, u"its processor, EPYC, can't be had there: the host's lacks some of it"_s}}}}});
        f.helper.setAnswer(Move, {{u"operation"_s, u"op"_s}});
        auto* dialog = new dialogs::MigrateDialog(f.window.session()->client(), f.store(), u"here"_s, &f.window);
        dialog->ask();
        auto* problems = dialog->findChild<QLabel*>(u"problems"_s);
        QTRY_VERIFY(problems->text().contains(u"/images/a.qcow2"_s));
        test::keepScreenshot(*dialog, u"migrate-problems"_s);
        QVERIFY(problems->text().contains(u"Disk vda: /images/a.qcow2"_s));
        QVERIFY(problems->text().contains(u"Processor: "_s));
        QVERIFY(problems->isVisible());
        QVERIFY(!dialog->mainButton()->isEnabled());
        QCOMPARE(f.helper.calls(Check).last()[u"to"_s].toString(), u"c1"_s);
        QVERIFY(!f.helper.calls(Check).last()[u"copyStorage"_s].toBool());
        const auto disk = [](const QString& name, const QString& how) {
            return QJsonObject{{u"disk"_s, name}, {u"how"_s, how}, {u"bytes"_s, qint64(3) << 30}};
        };
        f.helper.setAnswer(Check, {{u"live"_s, true},
                                   {u"problems"_s, QJsonArray{}},
                                   {u"disks"_s, QJsonArray{disk(u"vda"_s, u"flattened"_s), disk(u"vdb"_s, u"copied"_s),
                                                           disk(u"vdc"_s, u"shared"_s)}}});
        dialog->findChild<QComboBox*>(u"disks"_s)->setCurrentIndex(1); // asked again
        QTRY_VERIFY(dialog->mainButton()->isEnabled());
        QVERIFY(f.helper.calls(Check).last()[u"copyStorage"_s].toBool());
        QVERIFY(problems->text().contains(u"vda: copied whole, with what it is built upon: at most 3 GiB"_s));
        QVERIFY(problems->text().contains(u"vdb: copied: 3 GiB"_s));
        QVERIFY(problems->text().contains(u"vdc: both sides see the same file"_s));
        dialog->findChild<QLineEdit*>(u"address"_s)->setText(u"10.0.0.2"_s);
        dialog->findChild<QCheckBox*>(u"encrypted"_s)->setChecked(true);
        test::keepScreenshot(*dialog, u"migrate"_s);
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(Move).size(), 1);
        const QJsonObject sent = f.helper.calls(Move).first();
        QCOMPARE(sent[u"to"_s].toString(), u"c1"_s);
        QVERIFY(sent[u"copyStorage"_s].toBool() && sent[u"undefineSource"_s].toBool());
        QCOMPARE(sent[u"address"_s].toString(), u"10.0.0.2"_s);
        QVERIFY(sent[u"encrypted"_s].toBool());
        // From there it comes back to this machine.
        auto* back = new dialogs::MigrateDialog(f.window.session()->client(), f.store(), u"there"_s, &f.window);
        back->ask();
        QTRY_VERIFY(back->mainButton()->isEnabled());
        QVERIFY(!f.helper.calls(Check).last().contains(u"to"_s));
        back->close();
    }

    void namesTheConnection()
    {
        WindowOnHelper f;
        QVERIFY(open(f));
        auto* table = f.window.page(u"instances"_s)->findChild<QTableView*>();
        QTRY_VERIFY(!table->isColumnHidden(models::InstanceModel::ConnectionColumn));
        QStringList shown;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            shown.append(table->model()->index(row, models::InstanceModel::ConnectionColumn).data().toString());
        QCOMPARE(shown, (QStringList{u"this machine"_s, u"lab"_s}));
        test::keepScreenshot(f.window, u"connections-list"_s);
        // One of them only, and all again.
        auto* picker = f.window.page(u"instances"_s)->findChild<pages::ConnectionPicker*>();
        QVERIFY(picker->isVisible());
        picker->setCurrentIndex(picker->findData(u"c1"_s));
        QTRY_COMPARE(table->model()->rowCount(), 1);
        picker->setCurrentIndex(0);
        QTRY_COMPARE(table->model()->rowCount(), 2);
        // The last one goes: the column and the choice too.
        QTRY_COMPARE(f.helper.subscribers(Stream), 1);
        f.helper.push(Stream, connections({}));
        QTRY_VERIFY(table->isColumnHidden(models::InstanceModel::ConnectionColumn));
        QVERIFY(!picker->isVisible());
    }

    void greysWithLibvirtsReason()
    {
        WindowOnHelper f;
        QVERIFY(open(f));
        QTRY_VERIFY(tipOfTab(f, u"Terminal"_s).contains(Reason));
        QVERIFY(tipOfTab(f, u"Walls"_s).contains(u"lab"_s));
        QCOMPARE(tipOfTab(f, u"Hardware"_s), QString());
        const auto can = [&](Action action) { return models::availability(action, f.store(), {u"there"_s}); };
        QVERIFY(can(Action::Pause).allowed);
        QVERIFY(can(Action::Rename).reason.contains(u"stop it first"_s)); // else it is allowed
        QVERIFY(!can(Action::Terminal).allowed);
        QVERIFY2(can(Action::Terminal).reason.contains(Reason), qPrintable(can(Action::Terminal).reason));
        QVERIFY(!can(Action::Export).allowed);
        QVERIFY(models::availability(Action::Terminal, f.store(), {u"here"_s}).allowed);
        f.window.page(u"instances"_s)->open({u"here"_s});
        QTRY_COMPARE(tipOfTab(f, u"Terminal"_s), QString());
    }

    void saysHowOldItIs()
    {
        WindowOnHelper f;
        QVERIFY(open(f));
        QTRY_COMPARE(f.helper.subscribers(Stream), 1);
        f.helper.push(Stream, connections({connection(u"silent"_s, u"no answer for 20 s"_s)}));
        QTRY_VERIFY(!f.store().isCurrent(u"there"_s));
        QVERIFY(f.store().isCurrent(u"here"_s));
        const models::Availability stop = models::availability(Action::Stop, f.store(), {u"there"_s});
        QVERIFY(!stop.allowed);
        QVERIFY2(stop.reason.contains(u"no answer for 20 s"_s) && stop.reason.contains(u"3 min"_s),
                 qPrintable(stop.reason));
        QTRY_VERIFY(test::visibleText(*f.window.page(u"instances"_s)).contains(u"no answer for 20 s"_s));
        test::keepScreenshot(f.window, u"connections-silent"_s);
    }

    void addsOne()
    {
        WindowOnHelper f;
        QVERIFY(open(f));
        auto* list = new dialogs::ConnectionsDialog(*f.window.session()->context().client, f.store(), &f.window);
        list->show();
        QTRY_VERIFY(list->findChild<QPlainTextEdit*>()->toPlainText().contains(Reason));
        test::keepScreenshot(*list, u"connections-dialog"_s);
        list->findChild<QPushButton*>(u"addConnection"_s)->click();
        auto* dialog = list->findChild<dialogs::AddConnectionDialog*>();
        QVERIFY(dialog);
        const QList<QLineEdit*> edits = dialog->findChildren<QLineEdit*>();
        QVERIFY(!dialog->mainButton()->isEnabled());
        edits[0]->setText(u"anna@far.example.org"_s);
        QVERIFY(dialog->mainButton()->isEnabled());
        QCOMPARE(edits[1]->text(), u"qemu+ssh://anna@far.example.org/system"_s);
        QCOMPARE(edits[2]->text(), u"far.example.org"_s);
        test::keepScreenshot(*dialog, u"connections-add"_s);
        f.helper.setAnswer(u"org.diptych.Connections.Add"_s, {{u"id"_s, u"c2"_s}});
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Connections.Add"_s).size(), 1);
        QCOMPARE(f.helper.calls(u"org.diptych.Connections.Add"_s)[0][u"uri"_s].toString(),
                 u"qemu+ssh://anna@far.example.org/system"_s);
        // The new one is chosen when it comes.
        QJsonObject second = connection(u"connecting"_s);
        second[u"id"_s] = u"c2"_s;
        second[u"name"_s] = u"far"_s;
        QTRY_COMPARE(f.helper.subscribers(Stream), 1);
        f.helper.push(Stream, connections({connection(), second}));
        auto* tree = list->findChild<QTreeWidget*>();
        QTRY_VERIFY(tree->currentItem() && tree->currentItem()->text(0) == u"far"_s);
    }

    void saysWhatIsRefusedBesideIt()
    {
        WindowOnHelper f;
        QVERIFY(open(f));
        f.helper.setError(u"org.diptych.Connections.Add"_s, u"org.diptych.InvalidArgument"_s,
                          {{u"field"_s, u"uri"_s}, {u"message"_s, u"netcat is not allowed"_s}});
        auto* dialog = new dialogs::AddConnectionDialog(*f.window.session()->context().client, &f.window);
        dialog->ask();
        const QList<QLineEdit*> edits = dialog->findChildren<QLineEdit*>();
        edits[1]->clear();
        QTest::keyClicks(edits[1], u"test:///default"_s); // typed: any URI
        QTRY_VERIFY(dialog->mainButton()->isEnabled());
        dialog->mainButton()->click();
        QTRY_VERIFY(dialog->problem(u"uri"_s).contains(u"is not allowed"_s));
        QCOMPARE(f.helper.calls(u"org.diptych.Connections.Add"_s)[0][u"uri"_s].toString(), u"test:///default"_s);
        QVERIFY(dialog->isVisible()); // with what was typed
    }

    void closesAndRemoves()
    {
        WindowOnHelper f;
        QVERIFY(open(f));
        f.helper.setAnswer(u"org.diptych.Connections.SetActive"_s, {});
        f.helper.setAnswer(u"org.diptych.Connections.Remove"_s, {});
        auto* list = new dialogs::ConnectionsDialog(*f.window.session()->context().client, f.store(), &f.window);
        list->show();
        list->findChild<QPushButton*>(u"toggleConnection"_s)->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Connections.SetActive"_s).size(), 1);
        QCOMPARE(f.helper.calls(u"org.diptych.Connections.SetActive"_s)[0][u"active"_s].toBool(true), false);
        auto* remove = list->findChild<QPushButton*>(u"removeConnection"_s);
        remove->click();
        QTest::qWait(50);
        QCOMPARE(f.helper.calls(u"org.diptych.Connections.Remove"_s).size(), 0); // asked first
        remove->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Connections.Remove"_s).size(), 1);
        QCOMPARE(f.helper.calls(u"org.diptych.Connections.Remove"_s)[0][u"connection"_s].toString(), u"c1"_s);
    }

    void showsItsStorage()
    {
        WindowOnHelper f;
        f.helper.setAnswer(u"org.diptych.Storage.ListPools"_s, {{u"pools"_s, QJsonArray()}});
        QVERIFY(open(f));
        f.window.showPage(u"storage"_s);
        auto* picker = f.window.page(u"storage"_s)->findChild<pages::ConnectionPicker*>();
        QTRY_VERIFY(picker->isVisible());
        QTRY_VERIFY(!f.helper.calls(u"org.diptych.Storage.ListPools"_s).isEmpty());
        QVERIFY(!f.helper.calls(u"org.diptych.Storage.ListPools"_s).last().contains(u"connection"_s));
        picker->setCurrentIndex(picker->findData(u"c1"_s));
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Storage.ListPools"_s).last()[u"connection"_s].toString(), u"c1"_s);
    }
};

QTEST_MAIN(TestConnections)
#include "tst_connections.moc"
