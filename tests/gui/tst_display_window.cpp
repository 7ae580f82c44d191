// Displays in windows of their own, of the real window on the fake helper and real RFB servers.
#include "gui/support/vnc_server.h"
#include "gui/support/window.h"
#include "pages/display_tab.h"
#include "pages/display_windows.h"
#include "pages/instance_actions.h"
#include "pages/pages.h"
#include "widgets/displayview.h"

#include <QMenu>
#include <QMouseEvent>
#include <QPushButton>
#include <QSettings>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace diptych;
using test::FakeHelper;
using test::WindowOnHelper;

namespace {

const QString OpenDisplay = u"org.diptych.Machines.OpenDisplay"_s;

/// Two machines, a container, and a server for each display that is opened.
struct Displays : WindowOnHelper
{
    std::vector<std::unique_ptr<test::VncServer>> servers;
    Displays()
    {
        helper.setInstances({FakeHelper::instance(u"a"_s, u"alpha"_s, u"machine"_s),
                             FakeHelper::instance(u"b"_s, u"beta"_s, u"machine"_s),
                             FakeHelper::instance(u"web"_s, u"web"_s)});
        helper.setAnswer(OpenDisplay, {});
        helper.setRelay(OpenDisplay, [this] {
            servers.push_back(std::make_unique<test::VncServer>());
            return servers.back()->client();
        });
    }
    ~Displays() { helper.stop(); }
    pages::Page* page() { return window.page(u"instances"_s); }
    pages::DisplayTab* tab() { return page()->findChild<pages::DisplayTab*>(); }
    pages::DisplayWindows& displays() { return *window.session()->context().displays; }
    void push(const QString& id, const QString& name, const QString& state)
    {
        helper.push(u"org.diptych.Instances.Subscribe"_s,
                    {{u"changed"_s, QJsonArray{FakeHelper::instance(id, name, u"machine"_s, state)}},
                     {u"removed"_s, QJsonArray()}});
    }
};

QPushButton* windowButton(pages::DisplayTab* tab)
{
    return tab->findChild<QPushButton*>(u"ownWindow"_s);
}

bool shows(pages::DisplayTab* tab)
{
    return tab->view()->isVisible() && tab->view()->pictureSize() == QSize(64, 32);
}

} // namespace

class TestDisplayWindow final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { test::prepareApplication(); }
    void cleanupTestCase() { QCOMPARE(test::untranslated(), QStringList()); }
    void init() { QSettings().clear(); }

    /// virt-manager made machines with SPICE alone for years.
    void offersADisplayThatItCanShow()
    {
        Displays f;
        const auto config = [](const QStringList& kinds) {
            QJsonArray devices;
            for (const QString& kind : kinds)
                devices.append(QJsonObject{{u"key"_s, u"graphics:%1"_s.arg(devices.size())},
                                           {u"type"_s, u"graphics"_s},
                                           {u"properties"_s, QJsonObject{{u"kind"_s, kind}}}});
            return QJsonObject{{u"devices"_s, devices}};
        };
        const QString getHardware = u"org.diptych.Machines.GetHardware"_s, add = u"org.diptych.Machines.AddDevice"_s;
        f.helper.setError(OpenDisplay, u"org.diptych.NotSupported"_s,
                          {{u"message"_s, u"machine alpha has no VNC display"_s}});
        f.helper.setAnswer(getHardware, {{u"live"_s, config({u"spice"_s})}, {u"next"_s, config({u"spice"_s})}});
        QJsonObject foreign = FakeHelper::instance(u"a"_s, u"alpha"_s, u"machine"_s);
        QJsonObject runtime = foreign[u"runtime"_s].toObject();
        runtime[u"managed"_s] = false;
        foreign[u"runtime"_s] = runtime;
        f.helper.setInstances({foreign, FakeHelper::instance(u"b"_s, u"beta"_s, u"machine"_s)});
        QVERIFY(f.open());
        f.page()->open({u"b"_s}, u"display"_s);
        QTRY_VERIFY(test::childNamed(*f.tab(), u"No display that can be shown here"_s));
        QVERIFY(!test::childNamed(*f.tab(), u"Add a VNC display"_s)); // a twin's devices are the helper's
        f.page()->open({u"a"_s}, u"display"_s);
        QPushButton* offer = nullptr;
        QTRY_VERIFY((offer = qobject_cast<QPushButton*>(test::childNamed(*f.tab(), u"Add a VNC display"_s))));
        test::keepScreenshot(f.window, u"display-spice"_s);
        const auto asked = f.helper.calls(OpenDisplay).size();
        QTest::qWait(2500);
        QCOMPARE(f.helper.calls(OpenDisplay).size(), asked); // it would come of nothing
        f.helper.setAnswer(getHardware,
                           {{u"live"_s, config({u"spice"_s})}, {u"next"_s, config({u"spice"_s, u"vnc"_s})}});
        f.helper.setAnswer(add,
                           {{u"key"_s, u"graphics:1"_s}, {u"live"_s, false}, {u"next"_s, true}, {u"reason"_s, u""_s}});
        offer->click();
        QTRY_COMPARE(f.helper.calls(add).size(), 1);
        QCOMPARE(f.helper.calls(add).first()[u"properties"_s].toObject()[u"kind"_s], QJsonValue(u"vnc"_s));
        QTRY_VERIFY(test::childNamed(*f.tab(), u"It has a VNC display from its next start on."_s));
        QVERIFY(!test::childNamed(*f.tab(), u"Add a VNC display"_s));
    }

    void leavesTheTabAndComesBack()
    {
        Displays f;
        QVERIFY(f.open());
        f.page()->open({u"a"_s}, u"display"_s);
        QTRY_VERIFY(shows(f.tab()));
        test::keepScreenshot(f.window, u"display-tab"_s);
        windowButton(f.tab())->click();
        pages::DisplayWindow* own = f.displays().window(u"a"_s);
        QVERIFY(own && own->isWindow() && !own->parentWidget());
        QCOMPARE(own->windowTitle(), u"alpha"_s);
        QTRY_VERIFY(shows(own->tab()));
        QVERIFY(!f.tab()->view()->isVisible());
        QVERIFY(test::visibleText(*f.tab()).contains(u"alpha is shown in a window of its own"_s));
        for (const QString& tool : {u"Fit"_s, u"Grab keyboard"_s, u"Send keys"_s, u"Screenshot…"_s, u"Full screen"_s})
            QVERIFY2(test::childNamed(*own, tool), qPrintable(tool));
        test::keepScreenshot(*own, u"display-window"_s);
        test::keepScreenshot(f.window, u"display-elsewhere"_s);
        // Whatever is selected in the main window, it stays; and another machine has its own.
        f.page()->open({u"b"_s}, u"display"_s);
        QTRY_VERIFY(shows(f.tab()));
        QVERIFY(shows(own->tab()));
        windowButton(f.tab())->click();
        QTRY_VERIFY(f.displays().has(u"b"_s) && shows(f.displays().window(u"b"_s)->tab()));
        QVERIFY(shows(own->tab()));
        // A renamed machine's window has its new name.
        f.push(u"a"_s, u"gamma"_s, u"running"_s);
        QTRY_COMPARE(own->windowTitle(), u"gamma"_s);
        // Closed by the window manager; then by the tab's button.
        f.displays().window(u"b"_s)->close();
        QTRY_VERIFY(!f.displays().has(u"b"_s));
        QTRY_VERIFY(shows(f.tab()));
        f.page()->open({u"a"_s}, u"display"_s);
        QTRY_VERIFY(test::childNamed(*f.tab(), u"Bring it back"_s));
        static_cast<QPushButton*>(test::childNamed(*f.tab(), u"Bring it back"_s))->click();
        QVERIFY(!f.displays().has(u"a"_s));
        QTRY_VERIFY(shows(f.tab()));
    }

    void goesIntoFullScreenAndOut()
    {
        Displays f;
        QVERIFY(f.open());
        f.displays().open(u"a"_s);
        pages::DisplayTab* tab = f.displays().window(u"a"_s)->tab();
        QTRY_VERIFY(shows(tab));
        tab->findChild<QPushButton*>(u"fullScreen"_s)->click();
        QTRY_VERIFY(tab->view()->isFullScreen());
        QVERIFY(shows(tab));
        emit tab->view()->leaveFullScreenWanted();
        QTRY_COMPARE(tab->view()->window(), f.displays().window(u"a"_s));
        QTRY_VERIFY(shows(tab));
    }

    void hasABarInFullScreen()
    {
        Displays f;
        QVERIFY(f.open());
        f.displays().open(u"a"_s);
        pages::DisplayTab* tab = f.displays().window(u"a"_s)->tab();
        QTRY_VERIFY(shows(tab));
        tab->setFullScreen(true);
        auto* bar = tab->view()->findChild<QWidget*>(u"fullScreenBar"_s);
        QVERIFY(bar && bar->isVisible() && test::visibleText(*bar).contains(u"alpha"_s));
        test::keepScreenshot(*tab->view(), u"full-screen-bar"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!bar->isVisible(), 8000); // nobody needs it
        const auto move = [&](double y) {
            QMouseEvent event(QEvent::MouseMove, {300, y}, {300, y}, Qt::NoButton, Qt::NoButton, Qt::NoModifier);
            QCoreApplication::sendEvent(tab->view(), &event);
        };
        move(200);
        QVERIFY(!bar->isVisible());
        move(0);
        QVERIFY(bar->isVisible());
        bar->findChild<QPushButton*>(u"leaveFullScreen"_s)->click();
        QTRY_VERIFY(!tab->view()->isWindow());
        QTRY_VERIFY(!tab->view()->findChild<QWidget*>(u"fullScreenBar"_s));
    }

    void saysWhyThereIsNoPicture()
    {
        Displays f;
        f.helper.setAnswer(u"org.diptych.Instances.Start"_s, {{u"operations"_s, QJsonArray{u"op-1"_s}}});
        QVERIFY(f.open());
        f.displays().open(u"a"_s);
        pages::DisplayWindow* own = f.displays().window(u"a"_s);
        QTRY_VERIFY(shows(own->tab()));
        f.push(u"a"_s, u"alpha"_s, u"stopped"_s);
        QTRY_VERIFY(test::visibleText(*own).contains(u"alpha is off"_s));
        QVERIFY(own->isVisible());
        test::keepScreenshot(*own, u"display-window-off"_s);
        static_cast<QPushButton*>(test::childNamed(*own, u"Start"_s))->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Instances.Start"_s).size(), 1);
        f.push(u"a"_s, u"alpha"_s, u"running"_s);
        QTRY_VERIFY(shows(own->tab()));
        // Gone: nothing is left to look at, and the main window says so.
        f.helper.push(u"org.diptych.Instances.Subscribe"_s,
                      {{u"changed"_s, QJsonArray()}, {u"removed"_s, QJsonArray{u"a"_s}}});
        QTRY_VERIFY(!f.displays().has(u"a"_s));
        QTRY_VERIFY(test::visibleText(f.window).contains(u"alpha no longer exists"_s));
    }

    void opensManyFromTheMenu()
    {
        Displays f;
        QVERIFY(f.open());
        QMenu menu;
        auto* actions = f.page()->findChild<pages::InstanceActions*>();
        actions->fill(&menu);
        actions->setIds({u"a"_s, u"b"_s});
        emit menu.aboutToShow();
        menu.findChild<QAction*>(u"displayWindow"_s)->trigger();
        QTRY_VERIFY(f.displays().has(u"a"_s) && shows(f.displays().window(u"a"_s)->tab()));
        QTRY_VERIFY(shows(f.displays().window(u"b"_s)->tab()));
        // The connection to the helper goes, and they go with it.
        QPointer<pages::DisplayWindow> own = f.displays().window(u"a"_s);
        f.window.connectTo(u"unix:/nowhere"_s);
        QVERIFY(!own);
    }
};

QTEST_MAIN(TestDisplayWindow)
#include "tst_display_window.moc"
