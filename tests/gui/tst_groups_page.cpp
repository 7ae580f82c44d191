// The page Control groups in the real window on the fake helper, its model and its map.
#include "dialogs/group_dialogs.h"
#include "gui/support/window.h"
#include "models/group_filter.h"
#include "models/group_model.h"
#include "pages/group_detail.h"
#include "pages/groups_page.h"
#include "pages/limits_panel.h"
#include "widgets/limitslider.h"
#include "widgets/treemap.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QPushButton>
#include <QTableWidget>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace diptych;
using models::GroupModel;
using test::WindowOnHelper;

namespace {

constexpr qint64 mebibyte = 1 << 20;

QString groups(const char* method)
{
    return u"org.diptych.ControlGroups."_s + QLatin1String(method);
}

client::ControlGroup group(const QString& path, qint64 memory, qint64 cpu = 0)
{
    client::ControlGroup g;
    g.path = path;
    g.name = path.section(u'/', -1);
    g.maker = u"slice"_s;
    g.memory = memory;
    g.cpuNanoseconds = cpu;
    g.controllers = {u"cpu"_s, u"memory"_s, u"pids"_s};
    return g;
}

QJsonObject json(const QString& path, const QString& maker, qint64 memory, const QString& guarded = {},
                 const QString& instance = {})
{
    return {{u"path"_s, path},
            {u"maker"_s, maker},
            {u"name"_s, path.section(u'/', -1)},
            {u"instance"_s, instance},
            {u"processes"_s, 2},
            {u"controllers"_s, QJsonArray{u"cpu"_s, u"memory"_s, u"pids"_s}},
            {u"limits"_s, QJsonObject{{u"cpus"_s, 0}, {u"memory"_s, 512 * mebibyte}, {u"pids"_s, 0}}},
            {u"cpuWeight"_s, 100},
            {u"cpuNanoseconds"_s, 5000000},
            {u"throttledNanoseconds"_s, 0},
            {u"memory"_s, memory},
            {u"memoryPeak"_s, memory},
            {u"memoryFile"_s, 0},
            {u"pids"_s, 3},
            {u"readBytes"_s, 0},
            {u"writtenBytes"_s, 0},
            {u"oomKills"_s, 0},
            {u"frozen"_s, false},
            {u"protected"_s, guarded}};
}

struct OnGroups : WindowOnHelper
{
    pages::GroupsPage* page = nullptr;
    QTreeView* tree = nullptr;

    bool show()
    {
        const QJsonArray all{json(u"/"_s, u"root"_s, 0, u"root"_s),
                             json(u"/init.scope"_s, u"scope"_s, mebibyte, u"helper"_s),
                             json(u"/system.slice"_s, u"slice"_s, 90 * mebibyte),
                             json(u"/system.slice/ssh.service"_s, u"service"_s, 30 * mebibyte)};
        helper.setAnswer(groups("List"),
                         {{u"mode"_s, u"unified"_s}, {u"time"_s, 1000}, {u"groups"_s, all}, {u"more"_s, false}});
        const QJsonObject task{{u"pid"_s, 812},     {u"startTime"_s, 55}, {u"command"_s, u"sshd -D"_s},
                               {u"user"_s, u"0"_s}, {u"memory"_s, 4096},  {u"cpuSeconds"_s, 1.5}};
        helper.setAnswer(groups("ListProcesses"), {{u"processes"_s, QJsonArray{task}}});
        for (const char* method : {"SetLimits", "Freeze", "Thaw", "Kill", "MoveProcess"})
            helper.setAnswer(groups(method), {});
        if (!open(u"cgroups"_s))
            return false;
        page = qobject_cast<pages::GroupsPage*>(window.page(u"cgroups"_s));
        tree = page ? page->findChild<QTreeView*>() : nullptr;
        return tree && QTest::qWaitFor([&] { return tree->model()->rowCount() == 1; });
    }
    void choose(const QString& path) { page->open({path}); }
    QPushButton* button(const QString& words) { return qobject_cast<QPushButton*>(test::childNamed(*page, words)); }
    [[nodiscard]] QString lastPath(const char* method) const
    {
        const auto calls = helper.calls(groups(method));
        return calls.isEmpty() ? QString() : calls.last().value(u"path"_s).toString();
    }
};

} // namespace

class TestGroupsPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { test::prepareApplication(); }
    void cleanupTestCase() { QCOMPARE(test::untranslated(), QStringList()); }
    void model_merges();
    void model_rates();
    void filter_keeps_the_way();
    void map_is_true_to_scale();
    void lists_and_tells();
    void limits_freeze_kill_move();
    void what_is_guarded_stays();
    void refusals_are_shown();
};

void TestGroupsPage::model_merges()
{
    GroupModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.merge(
        {u"unified"_s, 1, {group(u"/"_s, 0), group(u"/a"_s, 1), group(u"/a/b"_s, 2), group(u"/c"_s, 3)}, false});
    QCOMPARE(model.size(), 4);
    const QPersistentModelIndex kept(model.indexOf(u"/c"_s));
    model.merge(
        {u"unified"_s, 2, {group(u"/"_s, 0), group(u"/aa"_s, 1), group(u"/c"_s, 5), group(u"/x/y"_s, 9)}, false});
    QCOMPARE(model.size(), 3); // what has no parent waits for the next listing
    QVERIFY(kept.isValid());
    QCOMPARE(kept.row(), 1);
    QCOMPARE(model.find(u"/c"_s)->group.memory, 5);
    QCOMPARE(model.childrenOf(u"/"_s), (QStringList{u"/aa"_s, u"/c"_s}));
    model.merge({u"unified"_s, 3, {}, false});
    QCOMPARE(model.rowCount(), 0);
}

void TestGroupsPage::model_rates()
{
    GroupModel model;
    constexpr qint64 second = 1'000'000'000;
    model.merge({u"unified"_s, second, {group(u"/"_s, 0), group(u"/a"_s, 1, second)}, false});
    QVERIFY(!model.find(u"/a"_s)->rated);
    model.merge({u"unified"_s, 3 * second, {group(u"/"_s, 0), group(u"/a"_s, 1, 2 * second)}, false});
    QCOMPARE(model.find(u"/a"_s)->cores, 0.5);
    // Another group of the same name begins at nothing.
    model.merge({u"unified"_s, 4 * second, {group(u"/"_s, 0), group(u"/a"_s, 1, 5)}, false});
    QVERIFY(!model.find(u"/a"_s)->rated);
}

void TestGroupsPage::filter_keeps_the_way()
{
    GroupModel model;
    models::GroupFilter filter;
    filter.setSourceModel(&model);
    auto frozen = group(u"/a/b"_s, 2);
    frozen.frozen = true;
    model.merge({u"unified"_s, 1, {group(u"/"_s, 0), group(u"/a"_s, 1), frozen, group(u"/c"_s, 3)}, false});
    filter.setText(u"B"_s);
    const QModelIndex root = filter.index(0, 0);
    QCOMPARE(filter.rowCount(root), 1);
    QCOMPARE(filter.rowCount(filter.index(0, 0, root)), 1);
    filter.setText({});
    QCOMPARE(filter.rowCount(filter.index(0, 0)), 2);
    filter.setOnlyTrouble(true);
    QCOMPARE(filter.rowCount(filter.index(0, 0)), 1);
}

void TestGroupsPage::map_is_true_to_scale()
{
    widgets::TreeMap map;
    map.resize(600, 300);
    map.setItems({{u"a"_s, u"a"_s, {}, {}, 600, widgets::Tone::Host, false, {}},
                  {u"b"_s, u"b"_s, {}, {}, 300, widgets::Tone::Host, false, {}},
                  {u"c"_s, u"c"_s, {}, {}, 100, widgets::Tone::Host, false, {}},
                  {u"none"_s, u"none"_s, {}, {}, 0, widgets::Tone::Host, false, {}}});
    const auto area = [&map](const QString& id) {
        const QRectF r = map.rectOf(id).adjusted(-1, -1, 1, 1); // with its gap
        return r.width() * r.height();
    };
    QVERIFY(qAbs(area(u"a"_s) - 108000) < 1500);
    QVERIFY(qAbs(area(u"b"_s) - 54000) < 1500);
    QVERIFY(qAbs(area(u"c"_s) - 18000) < 1500);
    QVERIFY(map.rectOf(u"none"_s).isEmpty());
    QVERIFY(!map.rectOf(u"a"_s).intersects(map.rectOf(u"b"_s)));
}

void TestGroupsPage::lists_and_tells()
{
    OnGroups on;
    QVERIFY(on.show());
    QVERIFY(test::visibleText(*on.page).contains(u"4 groups, version 2"_s));
    on.choose(u"/system.slice/ssh.service"_s);
    QTRY_VERIFY(test::visibleText(*on.page).contains(u"ssh.service"_s));
    auto* table = on.page->findChild<QTableWidget*>();
    QTRY_COMPARE(table->rowCount(), 1);
    QCOMPARE(table->item(0, 0)->text(), u"sshd -D"_s);
    auto* map = on.page->findChild<widgets::TreeMap*>();
    QCOMPARE(map->current(), u"/system.slice/ssh.service"_s);
    QVERIFY(map->rectOf(u"/system.slice"_s).contains(map->rectOf(u"/system.slice/ssh.service"_s)));
    // From the map to the tree.
    QTest::mouseClick(map, Qt::LeftButton, {}, map->rectOf(u"/system.slice"_s).topLeft().toPoint() + QPoint(6, 6));
    QCOMPARE(on.tree->currentIndex().data(GroupModel::PathRole).toString(), u"/system.slice"_s);
    test::keepScreenshot(on.window, u"cgroups"_s);
}

void TestGroupsPage::limits_freeze_kill_move()
{
    OnGroups on;
    QVERIFY(on.show());
    const QString ssh = u"/system.slice/ssh.service"_s;
    on.choose(ssh);
    auto* limits = on.page->findChild<pages::LimitsPanel*>();
    QCOMPARE(limits->limits().memory, 512 * mebibyte);
    emit limits->limitsChanged({0.5, 64 * mebibyte, 20});
    QTRY_COMPARE(on.helper.calls(groups("SetLimits")).size(), 1);
    const QJsonObject sent = on.helper.calls(groups("SetLimits")).first();
    QCOMPARE(sent.value(u"path"_s).toString(), ssh);
    QCOMPARE(sent.value(u"limits"_s).toObject().value(u"memory"_s).toInteger(), 64 * mebibyte);
    QTest::mouseClick(on.button(u"Freeze"_s), Qt::LeftButton);
    QTRY_COMPARE(on.lastPath("Freeze"), ssh);
    QTest::mouseClick(on.button(u"Kill…"_s), Qt::LeftButton);
    auto* kill = on.window.findChild<dialogs::KillGroupDialog*>();
    QVERIFY(kill);
    QVERIFY(on.helper.calls(groups("Kill")).isEmpty());
    QTest::mouseClick(kill->mainButton(), Qt::LeftButton);
    QTRY_COMPARE(on.lastPath("Kill"), ssh);
    auto* table = on.page->findChild<QTableWidget*>();
    QTRY_COMPARE(table->rowCount(), 1);
    table->setCurrentCell(0, 0);
    QTest::mouseClick(on.button(u"Move to another group…"_s), Qt::LeftButton);
    auto* move = on.window.findChild<dialogs::MoveProcessDialog*>();
    QVERIFY(move);
    QVERIFY(!move->mainButton()->isEnabled());
    move->findChild<QComboBox*>()->setCurrentText(u"/system.slice"_s);
    QTest::mouseClick(move->mainButton(), Qt::LeftButton);
    QTRY_COMPARE(on.lastPath("MoveProcess"), u"/system.slice"_s);
    const QJsonObject moved = on.helper.calls(groups("MoveProcess")).first();
    QCOMPARE(moved.value(u"pid"_s).toInt(), 812);
    QCOMPARE(moved.value(u"startTime"_s).toInt(), 55);
}

void TestGroupsPage::what_is_guarded_stays()
{
    OnGroups on;
    QVERIFY(on.show());
    on.choose(u"/init.scope"_s);
    QTRY_VERIFY(!on.button(u"Freeze"_s)->isEnabled());
    QVERIFY(!on.button(u"Kill…"_s)->isEnabled());
    QVERIFY(on.button(u"Kill…"_s)->toolTip().contains(u"helper"_s));
    on.choose(u"/system.slice"_s);
    QTRY_VERIFY(on.button(u"Freeze"_s)->isEnabled());
}

void TestGroupsPage::refusals_are_shown()
{
    OnGroups on;
    QVERIFY(on.show());
    on.choose(u"/system.slice"_s);
    on.helper.setError(groups("Freeze"), u"org.diptych.TimedOut"_s, {{u"message"_s, u"it does not freeze"_s}});
    QTest::mouseClick(on.button(u"Freeze"_s), Qt::LeftButton);
    QTRY_VERIFY(test::visibleText(*on.page).contains(u"oes not freeze"_s));
}

QTEST_MAIN(TestGroupsPage)
#include "tst_groups_page.moc"
