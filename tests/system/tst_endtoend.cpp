// What a user does first, through the real window against the real helper, kernel and libvirtd: an image, a twin in two
// clicks, every verb, terminals on both sides, limits while it runs, Compare, and a helper that is killed meanwhile.
// Screenshots are kept in $DIPTYCH_ARTIFACTS.
#include "pages/charts_panel.h"
#include "pages/instance_actions.h"
#include "pages/instance_detail.h"
#include "pages/limits_panel.h"
#include "pages/terminal_tab.h"
#include "system/real_window.h"
#include "widgets/evidencetable.h"
#include "widgets/limitslider.h"
#include "widgets/terminal.h"

#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>
#include <QTest>

#include <csignal>
#include <unistd.h>

using namespace diptych;

namespace {
constexpr int kBoot = 120000; // TCG, on a machine that does other things too
}

class TestEndToEnd final : public QObject, private RealWindow
{
    Q_OBJECT

private slots:
    void initTestCase();
    void imageIsMade();
    void twinInTwoClicks();
    void comparesWithEvidence();
    void terminalOfContainer();
    void consoleOfMachine();
    void limitsWhileRunning();
    void pauseAndResume();
    void helperKilled();
    void stopAndRestart();
    void renames();
    void deletes();
    void looksRight();
    void cleanupTestCase() { closeWindow(); }

private:
    template <typename T>
    T* find(const QString& name)
    {
        return m_window->findChild<T*>(name);
    }
    bool waitState(const QString& name, client::State wanted, int timeout = 30000)
    {
        return QTest::qWaitFor([&] { return instance(name) && state(name) == wanted; }, timeout);
    }
    void shot(const QString& name) { keep(*m_window, QStringLiteral("e2e-") + name); }
    void act(const QStringList& names, models::Action action);
    widgets::TerminalView* terminalOf(const QString& name);
    void copiesAndScrolls(widgets::TerminalView* view);
    bool typeAndSee(widgets::TerminalView* view, const QString& line, const QString& expected, int timeout = 20000);
};

void TestEndToEnd::act(const QStringList& names, models::Action action)
{
    pages::InstancesPage* page = instances();
    QStringList ids;
    for (const QString& name : names)
        ids << id(name);
    page->open({ids.first()});
    if (ids.size() > 1)
        page->table()->selectAll();
    QAction* button = page->actions().action(action);
    QTRY_VERIFY2_WITH_TIMEOUT(button->isEnabled(), qPrintable(button->toolTip()), 10000);
    button->trigger();
}

void TestEndToEnd::initTestCase()
{
    if (::geteuid() != 0)
        QSKIP("needs root: containers and libvirt");
    if (QDir(RealHelper::kernels()).isEmpty() &&
        QDir(QStringLiteral("/boot")).entryList({QStringLiteral("vmlinuz-*")}).isEmpty())
        QSKIP("no kernel for guests: installer/fetch-kernel .build/kernels");
    if (QFile::exists(QStringLiteral("/run/diptych/diptych.sock")))
        QSKIP("a helper runs here: only in tests/support/sandbox");
    QVERIFY(openWindow());
}

void TestEndToEnd::imageIsMade()
{
    m_window->showPage(QStringLiteral("new"));
    auto* build = find<QPushButton>(QStringLiteral("build"));
    QVERIFY(build);
    QTRY_VERIFY_WITH_TIMEOUT(build->isVisible() && build->isEnabled(), 10000);
    shot(QStringLiteral("new-without-image"));
    QTest::mouseClick(build, Qt::LeftButton);
    auto* image = find<QComboBox>(QStringLiteral("image"));
    QTRY_VERIFY_WITH_TIMEOUT(image->count() > 0 && image->currentText().contains(QStringLiteral("busybox")), 60000);
}

void TestEndToEnd::twinInTwoClicks()
{
    m_window->showPage(QStringLiteral("instances"));
    auto* first = find<QPushButton>(QStringLiteral("newInstance"));
    QVERIFY(first);
    QTest::mouseClick(first, Qt::LeftButton);
    QCOMPARE(m_window->currentPage(), QStringLiteral("new"));
    auto* create = find<QPushButton>(QStringLiteral("create"));
    QTRY_VERIFY2_WITH_TIMEOUT(create->isEnabled(), qPrintable(create->toolTip()), 10000);
    shot(QStringLiteral("new"));
    QTest::mouseClick(create, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(store().size(), qsizetype(2), 60000);
    QTRY_VERIFY_WITH_TIMEOUT(store().firstTwins().has_value(), 60000);
    const auto twins = *store().firstTwins();
    for (const QString& id : {twins.first, twins.second})
        QTRY_VERIFY_WITH_TIMEOUT(store().find(id)->runtime.state == client::State::Running, kBoot);
    // The machine's start is complete when its entry point ran; only then its time is known.
    QTRY_VERIFY_WITH_TIMEOUT(store().find(twins.first)->runtime.startNanoseconds > 0, 20000);
    QTRY_VERIFY_WITH_TIMEOUT(store().find(twins.second)->runtime.startNanoseconds > 0, kBoot);
    QVERIFY(!store().find(twins.first)->runtime.address.isEmpty());
    QVERIFY(!store().find(twins.second)->runtime.address.isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(m_window->currentPage(), QStringLiteral("compare"), 20000);
}

void TestEndToEnd::comparesWithEvidence()
{
    m_window->showPage(QStringLiteral("compare"));
    auto* page = m_window->page(QStringLiteral("compare"));
    page->refresh();
    auto* table = page->findChild<widgets::EvidenceTable*>();
    QVERIFY(table);
    QTRY_VERIFY_WITH_TIMEOUT(table->topLevelItemCount() >= 10, 30000);
    // Told apart by what was measured: the machine's own boot id, the container's on the host's.
    struct Seen
    {
        QString kernel;
        int rows = 0;
    };
    Seen container, machine;
    const auto twins = *store().firstTwins();
    auto ask = [&](const QString& id, Seen& seen) {
        m_window->session()->client().evidence(
            id, this, [&seen](const client::Answer<client::IsolationReport>& answer) {
                QVERIFY2(bool(answer), qPrintable(answer ? QString() : answer.error().message));
                QVERIFY2(answer.value().probeProblem.isEmpty(), qPrintable(answer.value().probeProblem));
                seen.rows = int(answer.value().rows.size());
                for (const client::IsolationRow& row : answer.value().rows) {
                    QVERIFY2(row.level > 0, qPrintable(row.resource + QStringLiteral(": ") + row.text));
                    if (row.resource == QStringLiteral("kernel"))
                        seen.kernel = row.statement;
                }
            });
    };
    ask(twins.first, container);
    ask(twins.second, machine);
    QTRY_VERIFY_WITH_TIMEOUT(container.rows >= 10 && machine.rows >= 10, 30000);
    QVERIFY(container.kernel != machine.kernel);
    QTest::qWait(3000); // some points for the charts
    shot(QStringLiteral("compare"));
}

widgets::TerminalView* TestEndToEnd::terminalOf(const QString& name)
{
    auto* terminal = tab<pages::TerminalTab>(QStringLiteral("terminal"), name);
    return terminal ? terminal->view() : nullptr;
}

bool TestEndToEnd::typeAndSee(widgets::TerminalView* view, const QString& line, const QString& expected, int timeout)
{
    // What is in sight may be of before: keys are heard once the view says nothing against it.
    if (!QTest::qWaitFor([&] { return view->accessibleDescription().isEmpty(); }, timeout))
        return false;
    view->setFocus();
    QTest::keyClicks(view, line);
    QTest::keyClick(view, Qt::Key_Return);
    return QTest::qWaitFor([&] { return view->screenText().contains(expected); }, timeout);
}

void TestEndToEnd::terminalOfContainer()
{
    const auto twins = *store().firstTwins();
    widgets::TerminalView* view = terminalOf(store().nameOf(twins.first));
    QVERIFY(view);
    QTRY_VERIFY_WITH_TIMEOUT(view->screenText().contains(QLatin1Char('#')), 20000);
    QVERIFY2(typeAndSee(view, QStringLiteral("echo $((6*7))-$(hostname)"),
                        QStringLiteral("42-") + store().nameOf(twins.first)),
             qPrintable(view->screenText()));
    QVERIFY(typeAndSee(view, QStringLiteral("stty size"), QStringLiteral(" ")));
    shot(QStringLiteral("terminal-container"));
    copiesAndScrolls(view);
}

/// What a hand does in a terminal: marks, copies, pastes, scrolls back, searches.
void TestEndToEnd::copiesAndScrolls(widgets::TerminalView* view)
{
    // Both lines: the command itself ends with the last number.
    QVERIFY(typeAndSee(view, QStringLiteral("seq 1 300"), QStringLiteral("299\n300\n")));
    QVERIFY(view->scrollbackLines() > 200);
    view->setFocus();
    QTest::keyClick(view, Qt::Key_PageUp, Qt::ShiftModifier);
    QTRY_VERIFY(view->verticalScrollBar()->value() < view->verticalScrollBar()->maximum());
    QVERIFY(view->find(QStringLiteral("123"), widgets::TerminalView::Search::Older));
    QCOMPARE(view->selectedText(), QStringLiteral("123"));
    QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(QApplication::clipboard()->text(), QStringLiteral("123"));
    shot(QStringLiteral("terminal-search"));
    QTest::keyClicks(view, QStringLiteral("echo pasted-"));
    QTest::keyClick(view, Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(view, Qt::Key_Return);
    QTRY_VERIFY2_WITH_TIMEOUT(view->screenText().contains(QStringLiteral("\npasted-123")),
                              qPrintable(view->screenText()), 10000);
}

void TestEndToEnd::consoleOfMachine()
{
    const auto twins = *store().firstTwins();
    widgets::TerminalView* view = terminalOf(store().nameOf(twins.second));
    QVERIFY(view);
    QTRY_VERIFY_WITH_TIMEOUT(!view->screenText().trimmed().isEmpty(), 20000);
    // A shell on the serial line for whoever presses Enter; and it is the machine's own kernel that answers.
    QVERIFY2(typeAndSee(view, {}, QStringLiteral("# "), 30000), qPrintable(view->screenText()));
    QVERIFY2(typeAndSee(view, QStringLiteral("echo $((6*7))-$(hostname)"),
                        QStringLiteral("42-") + store().nameOf(twins.second), 30000),
             qPrintable(view->screenText()));
    shot(QStringLiteral("console-machine"));
}

void TestEndToEnd::limitsWhileRunning()
{
    const auto twins = *store().firstTwins();
    // A core's worth of work in the container, so that a limit on it can be seen.
    widgets::TerminalView* view = terminalOf(store().nameOf(twins.first));
    QVERIFY(typeAndSee(view, QStringLiteral("while :; do :; done"), QStringLiteral("while")));
    const auto cpu = [&] {
        const client::Point* point = store().point(twins.first);
        return point ? point->cpu : 0.0;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(cpu() > 0.35, qPrintable(QString::number(cpu())), 20000);

    m_window->showPage(QStringLiteral("compare"));
    m_window->page(QStringLiteral("compare"))->open({twins.first, twins.second});
    auto* limits = m_window->page(QStringLiteral("compare"))->findChild<pages::LimitsPanel*>();
    auto* charts = m_window->page(QStringLiteral("compare"))->findChild<pages::ChartsPanel*>();
    QVERIFY(limits && charts);
    QTest::qWait(3000); // some seconds of the free run in the chart
    auto* slider = limits->cpu()->findChild<QSlider*>();
    QVERIFY(slider && slider->isEnabled());
    slider->setFocus();
    QTest::keyClick(slider, Qt::Key_Home); // the smallest limit there is
    QElapsedTimer sinceKey;
    sinceKey.start();
    for (const QString& id : {twins.first, twins.second})
        QTRY_VERIFY_WITH_TIMEOUT(store().find(id)->context.limits.cpus == limits->limits().cpus, 10000);
    const double limit = limits->limits().cpus;
    QVERIFY2(limit > 0 && limit <= 0.1, qPrintable(QString::number(limit)));
    // The chart follows with the next sweeps: its newest value falls below what ran before, to the limit.
    QTRY_VERIFY2_WITH_TIMEOUT(cpu() < limit * 1.6, qPrintable(QString::number(cpu())), 8000);
    qInfo("the container's CPU fell to its limit %lld ms after the key", static_cast<long long>(sinceKey.elapsed()));
    QTRY_VERIFY(charts->chart(0)->tableText().contains(store().nameOf(twins.first)));
    QTest::qWait(3000);
    shot(QStringLiteral("limits"));
    QTest::keyClick(slider, Qt::Key_End); // no limit
    QTRY_COMPARE_WITH_TIMEOUT(store().find(twins.first)->context.limits.cpus, 0.0, 10000);
    QTRY_VERIFY2_WITH_TIMEOUT(cpu() > limit * 3, qPrintable(QString::number(cpu())), 10000);
    view = terminalOf(store().nameOf(twins.first));
    QTRY_VERIFY_WITH_TIMEOUT(view->accessibleDescription().isEmpty(), 20000);
    view->setFocus();
    QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
    QTRY_VERIFY2_WITH_TIMEOUT(cpu() < 0.2, qPrintable(QString::number(cpu())), 20000);
}

void TestEndToEnd::pauseAndResume()
{
    const auto twins = *store().firstTwins();
    const QStringList names{store().nameOf(twins.first), store().nameOf(twins.second)};
    act(names, models::Action::Pause);
    for (const QString& name : names)
        QVERIFY2(waitState(name, client::State::Paused), qPrintable(name));
    shot(QStringLiteral("paused"));
    act(names, models::Action::Resume);
    for (const QString& name : names)
        QVERIFY2(waitState(name, client::State::Running), qPrintable(name));
}

void TestEndToEnd::helperKilled()
{
    const auto twins = *store().firstTwins();
    const int containerPid = store().find(twins.first)->runtime.pid;
    const int machinePid = store().find(twins.second)->runtime.pid;
    QVERIFY(containerPid > 0 && machinePid > 0);
    widgets::TerminalView* view = terminalOf(store().nameOf(twins.first));
    QTRY_VERIFY_WITH_TIMEOUT(view->screenText().contains(QLatin1Char('#')), 20000);
    QVERIFY(typeAndSee(view, QStringLiteral("MARK=kept"), QStringLiteral("MARK=kept")));

    m_helper->kill();
    QTRY_VERIFY_WITH_TIMEOUT(!store().isLive(), 5000);
    QTest::qWait(500);
    shot(QStringLiteral("disconnected"));
    QCOMPARE(::kill(containerPid, 0), 0);
    QCOMPARE(::kill(machinePid, 0), 0);

    QVERIFY(m_helper->start());
    QTRY_VERIFY_WITH_TIMEOUT(store().isLive(), 20000);
    QTRY_COMPARE_WITH_TIMEOUT(store().find(twins.first)->runtime.state, client::State::Running, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(store().find(twins.second)->runtime.state, client::State::Running, 20000);
    QCOMPARE(store().find(twins.first)->runtime.pid, containerPid);
    QCOMPARE(store().find(twins.second)->runtime.pid, machinePid);
    // The same shell, attached again by itself.
    view = terminalOf(store().nameOf(twins.first));
    QTest::qWait(2000);
    QVERIFY2(typeAndSee(view, QStringLiteral("echo still-$MARK"), QStringLiteral("still-kept")),
             qPrintable(view->screenText()));

    // One that ends while nobody watches.
    m_helper->kill();
    QCOMPARE(::kill(containerPid, SIGKILL), 0);
    QVERIFY(m_helper->start());
    QVERIFY(waitState(store().nameOf(twins.first), client::State::Stopped, 20000));
    QCOMPARE(store().find(twins.first)->runtime.exitCode.value_or(-1), 128 + SIGKILL);
}

void TestEndToEnd::stopAndRestart()
{
    const auto twins = *store().firstTwins();
    const QString container = store().nameOf(twins.first), machine = store().nameOf(twins.second);
    act({container}, models::Action::Start);
    QVERIFY(waitState(container, client::State::Running));
    const qint64 before = store().find(twins.first)->runtime.startedAt;
    act({container}, models::Action::Restart);
    QTRY_VERIFY_WITH_TIMEOUT(store().find(twins.first)->runtime.startedAt > before && !store().isBusy(twins.first) &&
                                 state(container) == client::State::Running,
                             60000);
    act({container, machine}, models::Action::Stop);
    QVERIFY(waitState(container, client::State::Stopped, 60000));
    QVERIFY(waitState(machine, client::State::Stopped, 60000));
    // Greyed out, with the reason.
    instances()->open({twins.first});
    QAction* pause = instances()->actions().action(models::Action::Pause);
    QTRY_VERIFY(!pause->isEnabled());
    QVERIFY2(pause->toolTip().contains(container), qPrintable(pause->toolTip()));
    shot(QStringLiteral("stopped"));
}

void TestEndToEnd::renames()
{
    const auto twins = *store().firstTwins();
    bool answered = false;
    m_window->session()->client().rename(
        twins.first, QStringLiteral("renamed"), this, [&](const client::Answer<client::Nothing>& answer) {
            QVERIFY2(bool(answer), qPrintable(answer ? QString() : answer.error().message));
            answered = true;
        });
    QTRY_VERIFY_WITH_TIMEOUT(answered, 10000);
    QTRY_COMPARE_WITH_TIMEOUT(store().nameOf(twins.first), QStringLiteral("renamed"), 10000);
}

void TestEndToEnd::deletes()
{
    m_window->session()->client().remove(store().ids(), false, true, this,
                                         [](const client::Answer<QStringList>& answer) { QVERIFY(bool(answer)); });
    QTRY_COMPARE_WITH_TIMEOUT(store().size(), qsizetype(0), 60000);
    QVERIFY(QDir(RealHelper::path(QStringLiteral("lib/diptych/instances"))).isEmpty());
    shot(QStringLiteral("empty"));
}

void TestEndToEnd::looksRight()
{
    for (const char* page : {"overview", "instances", "activity", "new"}) {
        m_window->showPage(QString::fromUtf8(page));
        QTest::qWait(300);
        shot(QStringLiteral("empty-") + QString::fromUtf8(page));
    }
}

QTEST_MAIN(TestEndToEnd)
#include "tst_endtoend.moc"
