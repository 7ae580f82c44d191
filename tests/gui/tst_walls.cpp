// Memory and limits, one process from all sides, and what nobody registered: in the real window on the fake helper.
#include "gui/support/window.h"
#include "models/wall_words.h"
#include "pages/evidence_card.h"
#include "pages/instance_detail.h"
#include "pages/instances_page.h"
#include "pages/others_panel.h"
#include "pages/process_card.h"
#include "pages/resources_panel.h"
#include "widgets/evidencetable.h"
#include "widgets/stackedbars.h"

#include <QDateTime>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace diptych;
using test::WindowOnHelper;

namespace {

constexpr qint64 mebibyte = 1 << 20;

QString isolation(const char* method)
{
    return u"org.diptych.Isolation."_s + QLatin1String(method);
}

client::Figure figure(const QString& name, const QString& part, qint64 bytes)
{
    client::Figure made{name, part, bytes, {}};
    made.row.resource = name;
    made.row.level = client::plainLevel;
    made.row.statement = name;
    made.row.values.insert(client::bytesKey, QString::number(bytes));
    made.row.evidence = {{u"counter"_s, QString::number(bytes), u"/proc/x"_s, u"cat /proc/x"_s}};
    return made;
}

client::ResourceReport report()
{
    client::ResourceReport r;
    r.figures = {figure(u"charged"_s, {}, 100 * mebibyte), figure(u"anonymous"_s, u"charged"_s, 104 * mebibyte),
                 figure(u"difference"_s, u"charged"_s, -4 * mebibyte)};
    client::IsolationRow bound;
    bound.resource = u"memoryBound"_s;
    bound.level = client::plainLevel;
    bound.statement = u"memoryByAncestor"_s;
    bound.values = {{u"amount"_s, u"256 MiB"_s}, {u"group"_s, u"/box"_s}, {u"raw"_s, u"268435456"_s}};
    r.bounds = {bound};
    r.measuredAt = 5;
    return r;
}

QJsonObject workload(const QString& id, const QString& maker, const QString& name, const QString& form)
{
    return {{u"id"_s, id},
            {u"maker"_s, maker},
            {u"name"_s, name},
            {u"form"_s, form},
            {u"pid"_s, 812},
            {u"processes"_s, 2},
            {u"command"_s, u"redis-server"_s},
            {u"user"_s, u"0"_s},
            {u"cgroup"_s, u"/libpod_parent/libpod-1"_s},
            {u"namespaces"_s, QJsonArray{u"pid"_s, u"net"_s}},
            {u"limits"_s, QJsonObject{{u"cpus"_s, 0.5}, {u"memory"_s, 64 * mebibyte}, {u"pids"_s, 0}}},
            {u"memory"_s, 20 * mebibyte},
            {u"startedAt"_s, 1}};
}

} // namespace

class TestWalls : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { test::prepareApplication(); }
    void cleanupTestCase() { QCOMPARE(test::untranslated(), QStringList()); }
    void figures_are_drawn_and_told();
    void the_same_program_across_the_hinge();
    void what_nobody_registered();
    void a_machine_is_held_against_its_own_memory();
};

void TestWalls::figures_are_drawn_and_told()
{
    pages::ResourcesPanel panel;
    panel.setColumns({{u"shop"_s, widgets::Tone::Container}});
    panel.setReports({report()});
    const QString told = panel.bars().tableText();
    QVERIFY2(told.contains(u"100 MiB"_s) && told.contains(u"−4 MiB"_s), qPrintable(told));
    QVERIFY2(told.contains(u"limit 256 MiB"_s), qPrintable(told));
    const auto tables = panel.findChildren<widgets::EvidenceTable*>();
    QString words;
    for (const auto* table : tables)
        words += table->tableText();
    QVERIFY2(words.contains(u"256 MiB: the group /box above it"_s), qPrintable(words));
    QVERIFY2(words.contains(u"104 MiB · heaps and stacks"_s), qPrintable(words));
    QVERIFY(!words.contains(u"not measured"_s)); // they are about no wall
    // Without the limit there is no line.
    client::ResourceReport free = report();
    free.bounds.clear();
    panel.setReports({free});
    QVERIFY(!panel.bars().tableText().contains(u"limit"_s));
}

void TestWalls::the_same_program_across_the_hinge()
{
    client::Process left;
    left.command = u"/usr/sbin/nginx -g daemon"_s;
    client::Process thread;
    thread.command = u"[nginx]"_s;
    client::Process named;
    named.command = u"nginx: worker"_s;
    client::Process same = left;
    using pages::ProcessCard;
    QCOMPARE(ProcessCard::counterpart(left, {thread}), nullptr);
    const QList<client::Process> one{thread, named};
    named.command = u"nginx -g daemon"_s;
    const QList<client::Process> two{named, same};
    QCOMPARE(ProcessCard::counterpart(left, two), &two.at(1)); // the same command goes first
    const QList<client::Process> three{thread, named};
    QCOMPARE(ProcessCard::counterpart(left, three), &three.at(1));
}

void TestWalls::what_nobody_registered()
{
    WindowOnHelper on;
    on.helper.setAnswer(isolation("ListWorkloads"),
                        {{u"workloads"_s, QJsonArray{workload(u"pid:812:5"_s, u"podman"_s, u"redis"_s, u"container"_s),
                                                     workload(u"pid:99:6"_s, u"bwrap"_s, u"viewer"_s, u"sandbox"_s)}}});
    QVERIFY(on.open(u"instances"_s));
    auto* page = qobject_cast<pages::InstancesPage*>(on.window.page(u"instances"_s));
    QVERIFY(page && !page->others());
    QVERIFY(on.helper.calls(isolation("ListWorkloads")).isEmpty()); // nobody has looked
    const qsizetype ours = on.store().size();
    page->showOthers(true);
    QTreeWidget* tree = page->others()->tree();
    QTRY_COMPARE(tree->topLevelItemCount(), 3); // the machine, and two makers
    QCOMPARE(on.store().size(), ours);          // ours stay ours
    page->others()->choose(u"pid:812:5"_s);
    QCOMPARE(page->others()->current(), u"pid:812:5"_s);
    QTRY_VERIFY(!on.helper.calls(isolation("GetEvidence")).isEmpty());
    QTRY_COMPARE(on.helper.calls(isolation("GetEvidence")).last().value(u"id"_s).toString(), u"pid:812:5"_s);
    page->others()->tabs()->setCurrentIndex(1);
    QTRY_VERIFY(!on.helper.calls(isolation("GetResources")).isEmpty());
    page->others()->setFilter(u"podman"_s);
    QCOMPARE(tree->topLevelItemCount(), 2);
    page->others()->setFilter(u"nothing like it"_s);
    QCOMPARE(tree->topLevelItemCount(), 1); // the machine stays
    on.helper.setError(isolation("ListWorkloads"), u"org.varlink.service.MethodNotFound"_s);
    page->others()->refresh();
    QTRY_VERIFY(test::visibleText(on.window).contains(u"older"_s));
    page->showOthers(false);
    QVERIFY(page->table()->isVisible());
}

void TestWalls::a_machine_is_held_against_its_own_memory()
{
    WindowOnHelper on;
    QJsonObject machine = test::FakeHelper::instance(u"m"_s, u"shop-vm"_s, u"machine"_s);
    QJsonObject context = machine.value(u"context"_s).toObject();
    context[u"limits"_s] = QJsonObject{{u"cpus"_s, 1}, {u"memory"_s, 256 * mebibyte}, {u"pids"_s, 0}};
    machine[u"context"_s] = context;
    on.helper.setInstances({machine});
    QVERIFY(on.open(u"instances"_s));
    auto* page = qobject_cast<pages::InstancesPage*>(on.window.page(u"instances"_s));
    qint64 time = QDateTime::currentMSecsSinceEpoch() + 60000; // what is not newer is left out
    const auto sweep = [&](qint64 inside) {
        const QJsonObject point{
            {u"time"_s, time += 1000}, {u"cpu"_s, 0.1}, {u"memory"_s, 313 * mebibyte}, {u"memoryGuest"_s, inside}};
        QJsonObject all = on.helper.sweep(1);
        all[u"instances"_s] = QJsonArray{QJsonObject{{u"id"_s, u"m"_s}, {u"point"_s, point}}};
        on.helper.push(u"org.diptych.Metrics.Subscribe"_s, all);
    };
    const auto cell = [&](int role = Qt::DisplayRole) {
        return page->table()->model()->index(0, models::InstanceModel::MemoryColumn).data(role);
    };
    QTRY_COMPARE(on.helper.subscribers(u"org.diptych.Metrics.Subscribe"_s), 1);
    sweep(64 * mebibyte);
    QTRY_COMPARE(cell().toString(), u"64 MiB of 256 MiB"_s);
    QCOMPARE(cell(models::InstanceModel::FractionRole).toDouble(), 0.25);
    QVERIFY(cell(Qt::ToolTipRole).toString().contains(u"313 MiB"_s));
    sweep(0); // a guest that does not say it
    QTRY_COMPARE(cell().toString(), u"313 MiB"_s);
    QVERIFY(cell(models::InstanceModel::FractionRole).toDouble() < 0);
}

QTEST_MAIN(TestWalls)
#include "tst_walls.moc"
