// The tab Walls in the real window on the fake helper: which can be taken down, what became possible, putting back.
#include "gui/support/window.h"
#include "models/actions.h"
#include "models/attempt_words.h"
#include "pages/instance_detail.h"
#include "pages/instances_page.h"
#include "pages/walls_tab.h"

#include <QCheckBox>
#include <QDateTime>
#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace diptych;
using test::WindowOnHelper;

namespace {

const QString operations = u"org.diptych.Operations.Subscribe"_s;

QString wallsMethod(const char* method)
{
    return u"org.diptych.Walls."_s + QLatin1String(method);
}

QJsonObject outcome(bool possible, const QString& error, const QString& reach = u"host"_s, const QString& seen = {})
{
    return {{u"possible"_s, possible},
            {u"error"_s, error},
            {u"call"_s, u"kill(1, 0)"_s},
            {u"seen"_s, seen},
            {u"reach"_s, reach}};
}

QJsonObject attempt(const QString& name, const QJsonObject& with, const QJsonObject& without)
{
    return {{u"name"_s, name}, {u"with"_s, with}, {u"without"_s, without}};
}

QJsonObject wallCopy(const QString& id, qint64 startedAt)
{
    return {{u"id"_s, id},
            {u"instance"_s, u"id-web"_s},
            {u"walls"_s, QJsonArray{u"processes"_s, u"users"_s}},
            {u"pid"_s, 4711},
            {u"startedAt"_s, startedAt},
            {u"endsAt"_s, startedAt + 600'000},
            {u"attempts"_s,
             QJsonArray{attempt(u"setClock"_s, outcome(false, u"EPERM"_s), outcome(false, u"EPERM"_s)),
                        attempt(u"signalProcess"_s, outcome(false, u"ESRCH"_s), outcome(true, {})),
                        attempt(u"readPackets"_s, outcome(true, {}, u"own"_s), outcome(false, u"EPERM"_s)),
                        attempt(u"seeProcesses"_s, outcome(false, {}), outcome(true, {}, u"host"_s, u"312: init"_s)),
                        attempt(u"traceOwn"_s, outcome(false, u"EPERM"_s), outcome(true, {}, u"kernel"_s))}}};
}

QJsonObject wallList(const QJsonArray& copies = {}, const QString& missing = {})
{
    QJsonArray walls;
    for (const QString& name : {u"processes"_s, u"network"_s, u"users"_s, u"seccomp"_s})
        walls.append(QJsonObject{{u"name"_s, name}, {u"missing"_s, name == u"network"_s ? missing : QString()}});
    return {{u"walls"_s, walls}, {u"copies"_s, copies}};
}

QJsonObject takeDownOperation(const QString& state, bool failed = false)
{
    QJsonObject operation{{u"id"_s, u"op-1"_s},
                          {u"verb"_s, u"takeDown"_s},
                          {u"subject"_s, u"web"_s},
                          {u"state"_s, state},
                          {u"progress"_s, -1.0},
                          {u"startedAt"_s, QDateTime::currentMSecsSinceEpoch()},
                          {u"finishedAt"_s, state == u"running"_s ? 0 : QDateTime::currentMSecsSinceEpoch()}};
    if (failed) {
        operation[u"error"_s] = u"org.diptych.Failed"_s;
        operation[u"errorParameters"_s] = QJsonObject{{u"message"_s, u"the disk is full"_s}};
    }
    return operation;
}

struct TabOnHelper : WindowOnHelper
{
    pages::InstancesPage* page = nullptr;
    pages::WallsTab* tab = nullptr;
    bool openTab()
    {
        if (!open(u"instances"_s))
            return false;
        page = qobject_cast<pages::InstancesPage*>(window.page(u"instances"_s));
        page->open({u"web"_s}, u"walls"_s);
        tab = page->findChild<pages::WallsTab*>();
        return tab && QTest::qWaitFor([this] { return tab->wall(u"users"_s) != nullptr; }) &&
               QTest::qWaitFor([this] { return helper.subscribers(operations) == 1; });
    }
    QStringList rows() const
    {
        QStringList all;
        for (int i = 0; i < tab->table()->topLevelItemCount(); ++i) {
            const QTreeWidgetItem* group = tab->table()->topLevelItem(i);
            all.append(group->text(0));
            for (int j = 0; j < group->childCount(); ++j)
                all.append(group->child(j)->text(0));
        }
        return all;
    }
};

} // namespace

class TestWallsTab : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { test::prepareApplication(); }
    void cleanupTestCase() { QCOMPARE(test::untranslated(), QStringList()); }

    void takes_down_and_puts_back()
    {
        TabOnHelper f;
        f.helper.setAnswer(wallsMethod("List"), wallList());
        f.helper.setAnswer(wallsMethod("TakeDown"), {{u"operation"_s, u"op-1"_s}});
        QVERIFY(f.openTab());
        QVERIFY(!f.tab->takeDownButton()->isEnabled());
        QVERIFY(f.tab->takeDownButton()->toolTip().contains(u"Choose"_s));
        QVERIFY(!f.tab->putBackButton()->isVisible());
        f.tab->wall(u"processes"_s)->setChecked(true);
        f.tab->wall(u"users"_s)->setChecked(true);
        QVERIFY(f.tab->takeDownButton()->text().contains(u'2'));
        f.tab->takeDownButton()->click();
        QTRY_COMPARE(f.helper.calls(wallsMethod("TakeDown")).size(), 1);
        QCOMPARE(f.helper.calls(wallsMethod("TakeDown")).first()[u"walls"_s], QJsonArray({u"processes"_s, u"users"_s}));
        QVERIFY(!f.tab->takeDownButton()->isEnabled()); // it is being made
        f.helper.setAnswer(wallsMethod("List"), wallList({wallCopy(u"c-1"_s, 1000)}));
        f.helper.push(operations, {{u"operations"_s, QJsonArray{takeDownOperation(u"done"_s)}}});
        QTRY_VERIFY(f.tab->putBackButton()->isVisible());
        // What became possible stands first.
        const QStringList rows = f.rows();
        QCOMPARE(rows.first(), u"Became possible (3)"_s);
        QCOMPARE(rows.value(1), models::attemptName(u"signalProcess"_s));
        QCOMPARE(rows.value(4), u"No longer possible (1)"_s);
        QCOMPARE(rows.value(6), u"Impossible with and without (1)"_s);
        QVERIFY(test::visibleText(*f.tab).contains(u"3 things became possible, of which reach this machine: 2"_s));
        QVERIFY(test::visibleText(*f.tab).contains(u"4711"_s));
        QCOMPARE(f.tab->table()->topLevelItem(0)->child(1)->text(3), u"kill(1, 0) → 312: init"_s);
        test::keepScreenshot(f.window, u"walls-tab"_s);
        // Put back: what was found stays to be read.
        f.helper.setAnswer(wallsMethod("PutBack"), {});
        f.helper.setAnswer(wallsMethod("List"), wallList());
        f.tab->putBackButton()->click();
        QTRY_VERIFY(!f.tab->putBackButton()->isVisible());
        QCOMPARE(f.helper.calls(wallsMethod("PutBack")).first()[u"copy"_s], u"c-1"_s);
        QVERIFY(test::visibleText(*f.tab).contains(u"Put back"_s));
        QCOMPARE(f.rows().first(), u"Became possible (3)"_s);
    }

    /// The operation's end can come before the call's answer.
    void an_early_end_is_not_lost()
    {
        TabOnHelper f;
        f.helper.setAnswer(wallsMethod("List"), wallList());
        f.helper.setSilent(wallsMethod("TakeDown"));
        QVERIFY(f.openTab());
        f.tab->wall(u"users"_s)->setChecked(true);
        f.tab->takeDownButton()->click();
        QTRY_COMPARE(f.helper.calls(wallsMethod("TakeDown")).size(), 1);
        bool heard = false;
        connect(&f.window.session()->client(), &client::Client::operationsChanged, this, [&heard] { heard = true; });
        f.helper.push(operations, {{u"operations"_s, QJsonArray{takeDownOperation(u"failed"_s, true)}}});
        QTRY_VERIFY(heard);
        f.helper.setAnswer(wallsMethod("TakeDown"), {{u"operation"_s, u"op-1"_s}});
        f.helper.release(wallsMethod("TakeDown"));
        QTRY_VERIFY(test::visibleText(*f.tab).contains(u"disk is full"_s));
        QVERIFY(f.tab->takeDownButton()->isEnabled());
    }

    void what_is_there_is_found()
    {
        TabOnHelper f;
        f.helper.setAnswer(wallsMethod("List"),
                           wallList({wallCopy(u"c-1"_s, 1000), wallCopy(u"c-2"_s, 2000)}, u"it shares the host's"_s));
        QVERIFY(f.openTab());
        QTRY_VERIFY(f.tab->putBackButton()->isVisible());
        QVERIFY(f.tab->wall(u"users"_s)->isChecked());
        QVERIFY(!f.tab->wall(u"network"_s)->isEnabled());
        QTRY_VERIFY(test::visibleText(*f.tab).contains(u"it shares the host's"_s));
        QCOMPARE(f.tab->wall(u"network"_s)->accessibleDescription(), u"it shares the host's"_s);
        QVERIFY(test::visibleText(*f.tab).contains(u"1 further copy"_s));
        // Another helper's refusal stands beside it.
        f.helper.setError(wallsMethod("TakeDown"), u"org.diptych.Busy"_s, {{u"message"_s, u"four are there"_s}});
        f.tab->takeDownButton()->click();
        QTRY_VERIFY(test::visibleText(*f.tab).contains(u"our are there"_s));
        f.helper.setError(wallsMethod("PutBack"), u"org.diptych.Failed"_s, {{u"message"_s, u"it hangs"_s}});
        f.tab->putBackButton()->click();
        QTRY_VERIFY(test::visibleText(*f.tab).contains(u"t hangs"_s));
        QTRY_VERIFY(f.tab->putBackButton()->isVisible());
    }

    /// Of a machine others are offered; those that stay say why, in the language of the window.
    void a_machine()
    {
        TabOnHelper f;
        f.helper.setAnswer(wallsMethod("List"), wallList());
        QVERIFY(f.openTab());
        QJsonArray walls;
        for (const QString& name : {u"networkCard"_s, u"hostFile"_s})
            walls.append(QJsonObject{{u"name"_s, name}, {u"missing"_s, QString()}});
        walls.append(QJsonObject{{u"name"_s, u"ownKernel"_s}, {u"missing"_s, u"the helper's sentence"_s}});
        f.helper.setAnswer(wallsMethod("List"), {{u"walls"_s, walls}, {u"copies"_s, QJsonArray()}});
        f.page->open({u"web-vm"_s}, u"walls"_s);
        QTRY_VERIFY(f.tab->wall(u"networkCard"_s) != nullptr);
        QCOMPARE(f.page->findChild<pages::InstanceDetail*>()->tab(), u"walls"_s);
        QVERIFY(f.tab->wall(u"hostFile"_s)->isEnabled() && !f.tab->wall(u"ownKernel"_s)->isEnabled());
        const QString reason = models::wallMeaning(u"ownKernel"_s);
        QCOMPARE(f.tab->wall(u"ownKernel"_s)->accessibleDescription(), reason);
        // It is there to be read, and to be reached by keys, which pass by what is greyed.
        const auto labels = f.tab->findChildren<QLabel*>();
        const auto said =
            std::find_if(labels.cbegin(), labels.cend(), [&](const QLabel* one) { return one->text() == reason; });
        QVERIFY(said != labels.cend() && (*said)->focusPolicy() & Qt::TabFocus);
        QTRY_VERIFY((*said)->isVisible());
        QVERIFY((*said)->accessibleName().startsWith(models::wallName(u"ownKernel"_s)));
        QVERIFY(!test::visibleText(*f.tab).contains(models::wallMeaning(u"hostFile"_s)));
        f.tab->wall(u"hostFile"_s)->setChecked(true);
        QVERIFY(f.tab->takeDownButton()->isEnabled());
        test::keepScreenshot(f.window, u"walls-tab-machine"_s);
        using models::Action;
        QVERIFY(models::availability(Action::TakeDown, f.store(), {u"web"_s}).allowed);
    }

    /// Every attempt of the guest's and every wall has words; of unknown ones the helper's stand there.
    void words()
    {
        for (const char* name : {"seeProcesses",
                                 "signalProcess",
                                 "readMemory",
                                 "beRoot",
                                 "traceOwn",
                                 "seeHostName",
                                 "setHostName",
                                 "seeIpc",
                                 "seeGroup",
                                 "setClock",
                                 "readKernelLog",
                                 "loadModule",
                                 "restart",
                                 "readHidden",
                                 "readKernelMemory",
                                 "changeKernelSetting",
                                 "changeNetworkSetting",
                                 "pressSysRq",
                                 "makeDevice",
                                 "openDevice",
                                 "openDisk",
                                 "seeHostFiles",
                                 "openHostSecrets",
                                 "seeInterfaces",
                                 "seeListeners",
                                 "changeRoutes",
                                 "readPackets",
                                 "mount",
                                 "makeUserNamespace",
                                 "useKeyrings",
                                 "loadBpf",
                                 "countEvents",
                                 "useIoUring",
                                 "handleFaults",
                                 "reachHost",
                                 "seeNeighbours",
                                 "findWayOut",
                                 "readHostFile",
                                 "openByHandle"}) {
            QVERIFY2(models::attemptName(QLatin1String(name)) != QLatin1String(name), name);
            QVERIFY2(!models::attemptReason(QLatin1String(name)).isEmpty(), name);
        }
        for (const char* name : {"processes", "network", "hostname", "ipc", "cgroup", "users", "seccomp", "masks",
                                 "capabilities", "devices", "files", "networkCard", "hostFile", "ownKernel", "qemuUser",
                                 "qemuFilter", "virtio", "ownMemory"})
            QVERIFY2(!models::wallMeaning(QLatin1String(name)).isEmpty(), name);
        QCOMPARE(models::attemptName(u"new"_s), u"new"_s);
        QCOMPARE(models::wallName(u"new"_s), u"new"_s);
        client::AttemptOutcome outcome;
        QCOMPARE(models::outcomeText(outcome), u"nothing to be had"_s);
        outcome.error = u"EPERM"_s;
        QCOMPARE(models::outcomeText(outcome), u"refused (EPERM)"_s);
        outcome.possible = true;
        QVERIFY(models::outcomeText(outcome).contains(u"only its own"_s));
        outcome.reach = u"kernel"_s;
        QVERIFY(models::outcomeText(outcome).contains(u"kernel"_s));
        outcome.reach = u"host"_s;
        QVERIFY(models::outcomeText(outcome).contains(u"machine"_s));
    }
};

QTEST_MAIN(TestWallsTab)
#include "tst_walls_tab.moc"
