// The real pages in the real window, on the fake helper: what a click asks for, what a refusal looks like, what an
// empty or stopped thing says.
#include "dialogs/delete_dialog.h"
#include "dialogs/name_check.h"
#include "gui/support/window.h"
#include "pages/advice.h"
#include "pages/attention.h"
#include "pages/instance_actions.h"
#include "pages/instance_detail.h"
#include "pages/limits_panel.h"
#include "pages/pages.h"
#include "pages/report.h"
#include "pages/terminal_tab.h"
#include "widgets/limitslider.h"
#include "widgets/terminal.h"

#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QLabel>
#include <QLibraryInfo>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QSplitter>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTranslator>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace diptych;
using models::Action;
using test::FakeHelper;
using test::WindowOnHelper;

namespace {

const QString CreateMethod = u"org.diptych.Instances.Create"_s;

template <typename P>
P* pageOf(WindowOnHelper& f, const QString& name)
{
    return qobject_cast<P*>(f.window.page(name));
}

pages::InstancesPage* instancesWith(WindowOnHelper& f, const QStringList& ids)
{
    auto* page = pageOf<pages::InstancesPage>(f, u"instances"_s);
    page->open(ids);
    return page;
}

QJsonObject doneCreate(const QStringList& ids)
{
    return {{u"id"_s, u"op-9"_s},         {u"verb"_s, u"create"_s},
            {u"subject"_s, u"busybox"_s}, {u"state"_s, u"done"_s},
            {u"progress"_s, 1.0},         {u"result"_s, QJsonObject{{u"ids"_s, QJsonArray::fromStringList(ids)}}}};
}

QString itemsOf(const QTreeWidget* tree)
{
    QStringList lines;
    for (QTreeWidgetItemIterator at(const_cast<QTreeWidget*>(tree)); *at; ++at)
        lines.append((*at)->text(0));
    return lines.join(u'\n');
}

} // namespace

class TestPages final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { test::prepareApplication(); }
    void cleanupTestCase() { QCOMPARE(test::untranslated(), QStringList()); }
    void init() { QSettings().clear(); }

    void aTwinInTwoClicks()
    {
        WindowOnHelper f;
        f.helper.setAnswer(CreateMethod, {{u"operation"_s, u"op-9"_s}});
        f.helper.setAnswer(u"org.diptych.Instances.Preview"_s, {{u"text"_s, u"{}"_s}, {u"format"_s, u"json"_s}});
        QVERIFY(f.open());
        auto* first = f.window.page(u"instances"_s)->findChild<QPushButton*>(u"newInstance"_s);
        QVERIFY(first);
        QTest::mouseClick(first, Qt::LeftButton); // 1
        QCOMPARE(f.window.currentPage(), u"new"_s);
        auto* create = f.window.page(u"new"_s)->findChild<QPushButton*>(u"create"_s);
        QTRY_VERIFY2(create->isEnabled(), qPrintable(create->toolTip()));
        QTest::mouseClick(create, Qt::LeftButton); // 2
        QTRY_COMPARE(f.helper.calls(CreateMethod).size(), 1);
        const QJsonObject call = f.helper.calls(CreateMethod).first();
        QCOMPARE(call[u"twins"_s].toBool(), true);
        QCOMPARE(call[u"start"_s].toBool(), true);
        const QJsonObject spec = call[u"spec"_s].toObject();
        QCOMPARE(spec[u"name"_s].toString(), u"busybox"_s);
        QCOMPARE(spec[u"image"_s].toString(), u"localhost/busybox:1"_s);
        QVERIFY(spec[u"limits"_s][u"memory"_s].toDouble() > 0);
        QTRY_COMPARE(f.helper.subscribers(u"org.diptych.Operations.Subscribe"_s), 1);
        f.helper.push(u"org.diptych.Operations.Subscribe"_s,
                      {{u"operations"_s, QJsonArray{doneCreate({u"web"_s, u"web-vm"_s})}}});
        QTRY_COMPARE(f.window.currentPage(), u"compare"_s);
        QCOMPARE(pageOf<pages::ComparePage>(f, u"compare"_s)->idOf(false), u"web"_s);
        QCOMPARE(pageOf<pages::ComparePage>(f, u"compare"_s)->idOf(true), u"web-vm"_s);
    }

    void aWrongNameIsSaidAtTheField()
    {
        WindowOnHelper f;
        QVERIFY(f.open(u"new"_s));
        QWidget* page = f.window.page(u"new"_s);
        auto* name = page->findChild<QLineEdit*>(u"name"_s);
        auto* create = page->findChild<QPushButton*>(u"create"_s);
        QTRY_VERIFY(create->isEnabled());
        for (const QString& wrong : {u"web"_s, u"-x"_s, u"a b"_s, QString(), QString(80, u'x')}) {
            name->selectAll();
            QTest::keyClick(name, Qt::Key_Delete);
            QTest::keyClicks(name, wrong);
            auto* problem = page->findChild<QLabel*>(u"problem.name"_s);
            QVERIFY2(!problem->isHidden() && !problem->text().isEmpty(), qPrintable(wrong));
            QVERIFY(!create->isEnabled());
            QVERIFY(!create->toolTip().isEmpty());
        }
    }

    void aRefusalIsSaidAtItsField()
    {
        WindowOnHelper f;
        f.helper.setError(CreateMethod, u"org.diptych.InvalidArgument"_s,
                          {{u"field"_s, u"spec.limits.memory"_s}, {u"message"_s, u"memory is below 4 MiB"_s}});
        QVERIFY(f.open(u"new"_s));
        QWidget* page = f.window.page(u"new"_s);
        QTRY_VERIFY(page->findChild<QPushButton*>(u"create"_s)->isEnabled());
        page->findChild<QPushButton*>(u"create"_s)->click();
        auto* problem = page->findChild<QLabel*>(u"problem.limits"_s);
        QTRY_VERIFY(problem->text().contains(u"below 4 MiB"_s));
        QVERIFY(page->findChild<QPushButton*>(u"create"_s)->isEnabled()); // another try is possible
    }

    void withoutAnImageItOffersToBuildOne()
    {
        WindowOnHelper f;
        f.helper.setAnswer(u"org.diptych.Images.Subscribe"_s, {{u"images"_s, QJsonArray()}});
        const QJsonObject offered{{u"name"_s, u"busybox"_s}, {u"description"_s, u"x"_s}, {u"available"_s, true}};
        f.helper.setAnswer(u"org.diptych.Images.ListTemplates"_s, {{u"templates"_s, QJsonArray{offered}}});
        f.helper.setAnswer(u"org.diptych.Images.BuildTemplate"_s, {{u"operation"_s, u"op-3"_s}});
        QVERIFY(f.open(u"new"_s));
        auto* build = f.window.page(u"new"_s)->findChild<QPushButton*>(u"build"_s);
        QTRY_VERIFY(build->isVisible() && build->isEnabled());
        QVERIFY(build->text().contains(u"busybox"_s));
        build->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Images.BuildTemplate"_s).size(), 1);
        QVERIFY(!f.window.page(u"new"_s)->findChild<QPushButton*>(u"create"_s)->isEnabled());
    }

    void disabledVerbsSayWhy()
    {
        WindowOnHelper f;
        QVERIFY(f.open());
        auto* page = instancesWith(f, {u"notes"_s}); // stopped
        QAction* stop = page->actions().action(Action::Stop);
        QVERIFY(!stop->isEnabled());
        QVERIFY2(stop->toolTip().contains(u"notes"_s), qPrintable(stop->toolTip()));
        QVERIFY(page->actions().action(Action::Start)->isEnabled());
        page->open({u"web"_s}); // running
        QAction* start = page->actions().action(Action::Start);
        QVERIFY(!start->isEnabled());
        QVERIFY(start->toolTip().contains(u"web"_s));
        QVERIFY(stop->isEnabled());
        for (QToolButton* shown : page->findChildren<QToolButton*>())
            if (shown->defaultAction() && !shown->isEnabled())
                QVERIFY2(!shown->toolTip().isEmpty(), qPrintable(shown->text()));
    }

    void verbsReachTheHelperForAllSelected()
    {
        WindowOnHelper f;
        QVERIFY(f.open());
        auto* page = instancesWith(f, {u"web"_s, u"web-vm"_s});
        page->actions().action(Action::Stop)->trigger();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Instances.Stop"_s).size(), 1);
        QCOMPARE(f.helper.calls(u"org.diptych.Instances.Stop"_s).first()[u"ids"_s].toArray().size(), 2);
    }

    void deletingListsFirst()
    {
        WindowOnHelper f;
        f.helper.setAnswer(
            u"org.diptych.Instances.RemovalPlan"_s,
            {{u"deleted"_s, QJsonArray{u"/var/lib/diptych/notes"_s}}, {u"kept"_s, QJsonArray{u"image busybox"_s}}});
        f.helper.setAnswer(u"org.diptych.Instances.Delete"_s, {{u"operations"_s, QJsonArray{u"op-1"_s}}});
        QVERIFY(f.open());
        auto* page = instancesWith(f, {u"notes"_s, u"web"_s});
        page->actions().action(Action::Delete)->trigger();
        auto* dialog = f.window.findChild<dialogs::DeleteDialog*>();
        if (!dialog) // deleting what runs may not be offered at all: then only what is stopped
            QSKIP("delete is not offered for this selection");
        auto* tree = dialog->findChild<QTreeWidget*>();
        QTRY_VERIFY(itemsOf(tree).contains(u"/var/lib/diptych/notes"_s));
        QVERIFY(itemsOf(tree).contains(u"image busybox"_s));
        auto* disks = dialog->findChild<QCheckBox*>(u"disks"_s);
        QVERIFY(!disks->isChecked());
        auto* remove = dialog->findChild<QPushButton*>(u"delete"_s);
        auto* force = dialog->findChild<QCheckBox*>(u"force"_s);
        if (!force->isHidden()) {
            QVERIFY(!force->isChecked());
            QVERIFY(!remove->isEnabled());
            QVERIFY(!remove->toolTip().isEmpty());
            force->click();
        }
        QTRY_VERIFY(remove->isEnabled());
        QVERIFY(f.helper.calls(u"org.diptych.Instances.Delete"_s).isEmpty());
        remove->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Instances.Delete"_s).size(), 1);
        QCOMPARE(f.helper.calls(u"org.diptych.Instances.Delete"_s).first()[u"disks"_s].toBool(), false);
    }

    void aSliderSetsTheLimit()
    {
        WindowOnHelper f;
        QVERIFY(f.open());
        auto* page = pageOf<pages::InstancesPage>(f, u"instances"_s);
        page->open({u"web"_s}, u"performance"_s);
        auto* panel = page->findChild<pages::LimitsPanel*>();
        QVERIFY(panel);
        auto* field = panel->memory()->findChild<QLineEdit*>();
        QVERIFY(field && field->isEnabled());
        field->selectAll();
        QTest::keyClicks(field, u"256 MiB"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Instances.SetLimits"_s).size(), 1);
        const QJsonObject call = f.helper.calls(u"org.diptych.Instances.SetLimits"_s).first();
        QCOMPARE(call[u"id"_s].toString(), u"web"_s);
        QCOMPARE(call[u"limits"_s][u"memory"_s].toDouble(), 256.0 * 1024 * 1024);
    }

    void theTerminalEchoesAndComesBack()
    {
        WindowOnHelper f;
        QVERIFY(f.open());
        auto* page = pageOf<pages::InstancesPage>(f, u"instances"_s);
        page->open({u"web"_s}, u"terminal"_s);
        QCOMPARE(page->detail()->tab(), u"terminal"_s);
        auto* tab = page->findChild<pages::TerminalTab*>();
        QVERIFY(tab);
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Instances.OpenTerminal"_s).size(), 1);
        QTest::qWait(100);
        QTest::keyClicks(tab->view()->viewport(), u"hello"_s);
        QTRY_VERIFY(tab->view()->screenText().contains(u"hello"_s));
        f.helper.setAnswer(
            u"org.diptych.Instances.ListTerminals"_s,
            {{u"sessions"_s, QJsonArray{QJsonObject{{u"session"_s, u"s1"_s}, {u"command"_s, u"/bin/sh"_s}}}}});
        f.helper.stop();
        QVERIFY(f.waitLive(false));
        QVERIFY(f.helper.start());
        QVERIFY(f.waitLive());
        QTRY_COMPARE_WITH_TIMEOUT(f.helper.calls(u"org.diptych.Instances.OpenTerminal"_s).size(), 2, 10'000);
        QCOMPARE(f.helper.calls(u"org.diptych.Instances.OpenTerminal"_s).last()[u"session"_s].toString(), u"s1"_s);
    }

    /// What does not run says why where its terminal would be, and offers the start; what it said last stays.
    void theTerminalOffersTheStart()
    {
        WindowOnHelper f;
        f.helper.setAnswer(u"org.diptych.Instances.Start"_s, {{u"operations"_s, QJsonArray{u"op"_s}}});
        QJsonObject notes = test::FakeHelper::instance(u"notes"_s, u"notes"_s, u"container"_s, u"stopped"_s);
        QJsonObject runtime = notes[u"runtime"_s].toObject();
        runtime[u"finishedAt"_s] = 1.7e12;
        runtime[u"exitCode"_s] = 137;
        runtime[u"oomKilled"_s] = true;
        notes[u"runtime"_s] = runtime;
        f.helper.setInstances({notes, test::FakeHelper::instance(u"web"_s, u"web"_s)});
        QVERIFY(f.open());
        auto* page = pageOf<pages::InstancesPage>(f, u"instances"_s);
        page->open({u"notes"_s}, u"terminal"_s);
        auto* tab = page->findChild<pages::TerminalTab*>();
        QVERIFY(test::childNamed(*tab, u"notes is stopped"_s));
        const QString said = test::visibleText(*tab);
        QVERIFY2(said.contains(u"exited with code 137 (SIGKILL)"_s) && said.contains(u"memory ran out"_s),
                 qPrintable(said));
        test::keepScreenshot(f.window, u"terminal-stopped"_s);
        static_cast<QPushButton*>(test::childNamed(*tab, u"Start"_s))->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Instances.Start"_s).size(), 1);
        page->open({u"web"_s}, u"terminal"_s);
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Instances.OpenTerminal"_s).size(), 1);
        QTest::qWait(100);
        QTest::keyClicks(tab->view()->viewport(), u"hello"_s);
        QTRY_VERIFY(tab->view()->screenText().contains(u"hello"_s));
        f.helper.push(
            u"org.diptych.Instances.Subscribe"_s,
            {{u"changed"_s, QJsonArray{test::FakeHelper::instance(u"web"_s, u"web"_s, u"container"_s, u"stopped"_s)}},
             {u"removed"_s, QJsonArray()}});
        auto* again = tab->findChild<QPushButton*>(u"startAgain"_s);
        QTRY_VERIFY(again->isVisible());
        QVERIFY(tab->view()->isVisible() && tab->view()->screenText().contains(u"hello"_s));
        test::keepScreenshot(f.window, u"terminal-ended"_s);
        again->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Instances.Start"_s).size(), 2);
    }

    void everyTabComesUp_data()
    {
        QTest::addColumn<QString>("tab");
        for (const char* name : {"summary", "performance", "isolation", "processes", "terminal", "display", "hardware",
                                 "snapshots", "limits", "xml", "log"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void everyTabComesUp()
    {
        QFETCH(QString, tab);
        WindowOnHelper f;
        f.helper.setAnswer(u"org.diptych.Instances.GetConfiguration"_s,
                           {{u"text"_s, u"{}"_s}, {u"format"_s, u"json"_s}});
        f.helper.setAnswer(u"org.diptych.Instances.ReadLog"_s, {{u"text"_s, u"ready"_s}});
        QVERIFY(f.open());
        emit f.window.session()->navigator().openInstanceTab(u"web-vm"_s, tab);
        auto* page = pageOf<pages::InstancesPage>(f, u"instances"_s);
        QTRY_COMPARE(page->detail()->tab(), tab);
        QCOMPARE(page->detail()->id(), u"web-vm"_s);
        QTest::qWait(100);
        test::keepScreenshot(f.window, u"tab-"_s + tab);
        emit f.window.session()->navigator().openInstanceTab(u"notes"_s, tab); // stopped: every tab bears it
        QTRY_COMPARE(page->detail()->id(), u"notes"_s);
    }

    /// Few rows leave the room to the details; what the user dragged stays, also after a restart.
    void theListIsAsHighAsItsRows()
    {
        WindowOnHelper f;
        QVERIFY(f.open());
        auto* page = instancesWith(f, {u"web"_s});
        const auto splitterOf = [](QWidget* of) {
            return of->findChild<QSplitter*>(QString(), Qt::FindChildrenRecursively);
        };
        QSplitter* splitter = splitterOf(page);
        QVERIFY(page->table()->verticalScrollBar()->maximum() == 0); // all three can be seen
        const int three = splitter->sizes().first();
        QVERIFY2(three < splitter->height() / 3, qPrintable(QString::number(three)));
        QJsonArray more;
        for (int i = 0; i < 60; ++i)
            more.append(test::FakeHelper::instance(u"m%1"_s.arg(i), u"m%1"_s.arg(i)));
        f.helper.push(u"org.diptych.Instances.Subscribe"_s, {{u"changed"_s, more}, {u"removed"_s, QJsonArray()}});
        QTRY_VERIFY(splitter->sizes().first() > splitter->height() / 2);
        QVERIFY(splitter->sizes().last() > splitter->height() / 3);
        const QPoint from = splitter->handle(1)->rect().center();
        QTest::mousePress(splitter->handle(1), Qt::LeftButton, {}, from);
        QTest::mouseMove(splitter->handle(1), from - QPoint(0, 200));
        QTest::mouseRelease(splitter->handle(1), Qt::LeftButton, {}, from - QPoint(0, 200));
        const int dragged = splitter->sizes().first();
        QVERIFY(dragged < splitter->height() / 2 && std::abs(dragged - three) > 20);
        f.helper.push(
            u"org.diptych.Instances.Subscribe"_s,
            {{u"changed"_s, QJsonArray{test::FakeHelper::instance(u"z"_s, u"z"_s)}}, {u"removed"_s, QJsonArray()}});
        QTRY_VERIFY(f.store().contains(u"z"_s));
        QCOMPARE(splitter->sizes().first(), dragged);
        pages::InstancesPage again(f.window.session()->context());
        again.restoreState(page->saveState());
        again.resize(page->size());
        again.show();
        QTRY_COMPARE(splitterOf(&again)->sizes().first(), dragged);
    }

    void selectionSurvivesWhatChanges()
    {
        WindowOnHelper f;
        f.helper.fill(60);
        QVERIFY(f.open());
        auto* page = instancesWith(f, {u"id-33"_s});
        QCOMPARE(page->detail()->id(), u"id-33"_s);
        f.helper.push(u"org.diptych.Metrics.Subscribe"_s, f.helper.sweep(QDateTime::currentMSecsSinceEpoch()));
        f.helper.push(u"org.diptych.Instances.Subscribe"_s,
                      {{u"changed"_s, QJsonArray{FakeHelper::instance(u"id-33"_s, u"renamed"_s)}},
                       {u"removed"_s, QJsonArray{u"id-2"_s}}});
        QTRY_COMPARE(f.store().nameOf(u"id-33"_s), u"renamed"_s);
        QCOMPARE(page->detail()->id(), u"id-33"_s);
        QCOMPARE(page->table()->selectionModel()->selectedRows().size(), 1);
    }

    void compareSaysWhenASideIsStopped()
    {
        WindowOnHelper f;
        f.helper.setAnswer(u"org.diptych.Instances.Start"_s, {{u"operations"_s, QJsonArray{u"op-1"_s}}});
        QVERIFY(f.open(u"compare"_s));
        auto* page = pageOf<pages::ComparePage>(f, u"compare"_s);
        page->open({u"notes"_s, u"web-vm"_s});
        QTRY_VERIFY(test::visibleText(*page).contains(u"notes is stopped"_s));
        const auto startButton = [page]() -> QPushButton* {
            for (QPushButton* shown : page->findChildren<QPushButton*>())
                if (shown->isVisible() && shown->text() == u"Start"_s)
                    return shown;
            return nullptr;
        };
        QTRY_VERIFY(startButton());
        startButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Instances.Start"_s).size(), 1);
    }

    void emptyPagesOfferTheNextStep()
    {
        WindowOnHelper f;
        f.helper.setInstances({});
        QVERIFY(f.open(u"overview"_s));
        for (const QString& name : {u"overview"_s, u"instances"_s, u"compare"_s}) {
            f.window.showPage(name);
            QTRY_VERIFY2(test::childNamed(*f.window.page(name), u"New instance"_s), qPrintable(name));
        }
    }

    void needsALookIsComputed()
    {
        client::Instance i;
        i.id = i.context.name = u"db"_s;
        i.runtime.state = client::State::Running;
        i.context.limits = {1.0, 100 << 20, 0};
        QVERIFY(pages::Attention::find({i}, {}, {}, {}).isEmpty());
        client::Point full;
        full.memory = 95 << 20;
        auto found = pages::Attention::find({i}, {{i.id, full}}, {{i.id, 0.38}}, {});
        QCOMPARE(found.size(), 2);
        QCOMPARE(found.first().mend, pages::Mend::RaiseMemory);
        QVERIFY(found.last().text.contains(u"38 %"_s));
        QCOMPARE(pages::Attention::raised(i.context.limits, pages::Mend::RaiseMemory).memory, 200 << 20);
        i.runtime.hostNamespaces = {u"network"_s};
        found = pages::Attention::find({i}, {}, {}, {});
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first().mend, pages::Mend::OpenIsolation);
        client::Host host;
        host.missing = {{u"kvm"_s, u"no vmx"_s, u"use TCG"_s}};
        QCOMPARE(pages::Attention::find({}, {}, {}, host).size(), 1);
    }

    void adviceFollowsTheNeeds()
    {
        using pages::Adviser;
        using pages::Wall;
        QVERIFY(Adviser::advise({}).text.isEmpty());
        QCOMPARE(Adviser::advise({.untrusted = true}).wall, Wall::Machine);
        QCOMPARE(Adviser::advise({.ownKernel = true, .startFast = true}).wall, Wall::Machine);
        QCOMPARE(Adviser::advise({.memoryShort = true}).wall, Wall::Container);
        QCOMPARE(Adviser::advise({.untrusted = true, .seeDifference = true}).wall, Wall::Twins);
    }

    void namesAreSuggestedFree()
    {
        using dialogs::NameCheck;
        WindowOnHelper f;
        QVERIFY(f.open());
        QCOMPARE(NameCheck::freeName(u"web"_s, f.store(), false), u"web-2"_s);
        QCOMPARE(NameCheck::freeName(u"notes"_s, f.store(), true), u"notes-2"_s);
        QCOMPARE(NameCheck::baseOf(u"registry.example:5000/a/busybox:1.36@sha256:00"_s), u"busybox"_s);
        QVERIFY(NameCheck::problem(u"web"_s, f.store(), u"web"_s).isEmpty());
    }

    void theReportCannotBeBrokenByNames()
    {
        pages::ReportSide side;
        side.instance.context.name = u"a<script>|b"_s;
        side.isolation.rows = {{u"kernel"_s, 1, u"x"_s, {}, u"shared | <b>"_s, {}}};
        const pages::Report report(side, side, {});
        QVERIFY(!report.html().contains(u"<script>"_s));
        QVERIFY(!report.markdown().contains(u"<script>"_s));
        QVERIFY(report.markdown().contains(u"shared \\| &lt;b>"_s));
    }

    void everyTextIsTranslated()
    {
        QString lupdate = QLibraryInfo::path(QLibraryInfo::BinariesPath) + u"/lupdate"_s;
        if (!QFileInfo::exists(lupdate))
            QSKIP("lupdate is not installed");
        QTemporaryDir directory;
        const QString copy = directory.filePath(u"diptych_zh_CN.ts"_s);
        const QString source = QStringLiteral(DIPTYCH_SOURCE);
        QVERIFY(QFile::copy(source + u"/translations/diptych_zh_CN.ts"_s, copy));
        QCOMPARE(QProcess::execute(lupdate, {u"-silent"_s, u"-locations"_s, u"none"_s, u"-no-obsolete"_s,
                                             source + u"/gui"_s, u"-ts"_s, copy}),
                 0);
        QFile file(copy);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QStringList messages = QString::fromUtf8(file.readAll()).split(u"<message"_s);
        QVERIFY(messages.size() > 500);
        for (const QString& message : messages)
            QVERIFY2(!message.contains(u"type=\"unfinished\""_s), qPrintable(message));
    }

    /// Cancel, Close and the file dialogs are Qt's own words, in a package of their own.
    void theToolkitSpeaksChineseToo()
    {
        QTranslator words;
        QVERIFY2(words.load(u"qtbase_zh_CN"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)),
                 "qt6-translations-l10n is not installed");
        QCOMPARE(words.translate("QPlatformTheme", "Cancel"), u"取消"_s);
    }

    void everyControlHasAName_data()
    {
        QTest::addColumn<QString>("page");
        for (const char* name :
             {"overview", "instances", "compare", "networks", "storage", "namespaces", "activity", "new"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void everyControlHasAName()
    {
        QFETCH(QString, page);
        WindowOnHelper f;
        QVERIFY(f.open(page));
        QTest::qWait(50);
        for (QWidget* child : f.window.page(page)->findChildren<QWidget*>()) {
            const bool control = child->isVisible() && (child->focusPolicy() & Qt::TabFocus) &&
                                 (qobject_cast<QAbstractButton*>(child) || qobject_cast<QLineEdit*>(child) ||
                                  qobject_cast<QComboBox*>(child) || qobject_cast<QAbstractItemView*>(child) ||
                                  qobject_cast<QAbstractSlider*>(child));
            if (!control || child->objectName().startsWith(u"qt_"_s))
                continue;
            QAccessibleInterface* face = QAccessible::queryAccessibleInterface(child);
            QVERIFY2(face && !face->text(QAccessible::Name).isEmpty(), child->metaObject()->className());
        }
    }
};

QTEST_MAIN(TestPages)
#include "tst_pages.moc"
