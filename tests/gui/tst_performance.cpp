// Charts over any stretch of time: the chart itself, the tab Performance on the fake helper, and the list of the
// activity.
#include "gui/support/window.h"
#include "pages/activity_filter.h"
#include "pages/charts_panel.h"
#include "pages/host_charts.h"
#include "pages/instances_page.h"
#include "widgets/linechart.h"
#include "widgets/machinemap.h"

#include <QAbstractItemModel>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QJsonArray>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

using namespace Qt::StringLiterals;
using namespace diptych;
using test::WindowOnHelper;
using widgets::LineChart;
using widgets::Tone;

namespace {

constexpr qint64 moment = 1'790'000'000'000; // 2026-09-21
const QString rangeMethod = u"org.diptych.Metrics.GetRange"_s;

void turnWheel(QWidget& widget, int delta, Qt::KeyboardModifiers modifiers = {})
{
    const QPointF at(widget.width() / 2.0, widget.height() / 2.0);
    QWheelEvent event(at, widget.mapToGlobal(at), {}, {0, delta}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &event);
}

/// An hour of minutes with peaks, standing still.
void fillHour(LineChart& chart)
{
    chart.resize(500, 180);
    const int series = chart.addSeries(u"web"_s, Tone::Container);
    QList<QPointF> points;
    QList<QPointF> peaks;
    for (int i = 0; i < 60; ++i) {
        points.append({double(moment + i * 60'000), 10.0 + i});
        peaks.append({double(moment + i * 60'000), 20.0 + i});
    }
    chart.setPoints(series, points, peaks);
    chart.setGap(90'000);
    chart.setNavigable(true);
    chart.setView(moment, moment + 3'600'000);
}

QJsonObject rangePoint(qint64 time, double cpu)
{
    return {{u"time"_s, time},           {u"seconds"_s, 10},    {u"cpu"_s, cpu},
            {u"cpuMax"_s, cpu * 2},      {u"throttled"_s, 0},   {u"memory"_s, 104857600},
            {u"memoryMax"_s, 209715200}, {u"memoryGuest"_s, 0}, {u"pids"_s, 2},
            {u"readRate"_s, 1024},       {u"writeRate"_s, 0},   {u"receiveRate"_s, 0},
            {u"sendRate"_s, 0}};
}

QJsonObject entry(qint64 id, qint64 time, const QString& verb, const QString& action = u"org.diptych.lifecycle"_s)
{
    return {{u"id"_s, id},
            {u"time"_s, time},
            {u"user"_s, 0},
            {u"process"_s, u"diptych[5]"_s},
            {u"action"_s, action},
            {u"verb"_s, verb},
            {u"instance"_s, u"web"_s},
            {u"subject"_s, u"web"_s},
            {u"kind"_s, u"container"_s},
            {u"outcome"_s, u"ok"_s},
            {u"message"_s, QString()},
            {u"nanoseconds"_s, 0}};
}

struct OnPerformance : WindowOnHelper
{
    pages::ChartsPanel* panel = nullptr;

    /// The last hour in tens of seconds, every cpu a quarter of a core.
    bool show()
    {
        const qint64 now = QDateTime::currentMSecsSinceEpoch() / 10'000 * 10'000;
        QJsonArray points;
        for (int i = 360; i > 0; --i)
            points.append(rangePoint(now - i * 10'000, 0.25));
        helper.setAnswer(rangeMethod, {{u"step"_s, 10'000}, {u"points"_s, points}});
        helper.setAnswer(
            u"org.diptych.Activity.List"_s,
            {{u"entries"_s, QJsonArray{entry(9, now - 600'000, u"setLimits"_s), entry(8, now - 1'200'000, u"rename"_s),
                                       entry(7, now - 1'800'000, u"start"_s)}}});
        if (!open())
            return false;
        auto* page = qobject_cast<pages::InstancesPage*>(window.page(u"instances"_s));
        page->open({u"web"_s}, u"performance"_s);
        panel = page->findChild<pages::ChartsPanel*>();
        return panel != nullptr;
    }
    void press(const QString& words)
    {
        auto* button = qobject_cast<QToolButton*>(test::childNamed(*panel, words));
        QVERIFY2(button, qPrintable(words));
        button->click();
    }
    [[nodiscard]] LineChart& cpu() const { return *panel->chart(0); }
    [[nodiscard]] QJsonObject lastRange() const
    {
        return helper.calls(rangeMethod).value(helper.calls(rangeMethod).size() - 1);
    }
};

} // namespace

class TestPerformance : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { test::prepareApplication(); }
    void cleanupTestCase() { QCOMPARE(test::untranslated(), QStringList()); }
    void chartStandsStill();
    void chartWishesForTimes();
    void chartTellsEvents();
    void chartDrawsEverySpan();
    void chartKeepsExtremesOfACrowd();
    void tenASecondWhileLookedAt();
    void countsSinceTheStart();
    void anHourComesFromTheHistory();
    void pauseAndBack();
    void zoomAndPan();
    void asItWasAt();
    void eventsAreMarked();
    void failureIsTold();
    void activityIsFilteredAndSaved();
    void hostOverTime();
    void hostWithoutPressure();
    void hostBeforeTheWindow();
};

void TestPerformance::chartStandsStill()
{
    LineChart chart(u"CPU"_s);
    fillHour(chart);
    QVERIFY(!chart.isFollowing());
    QCOMPARE(chart.left(), moment);
    QCOMPARE(chart.csv().count('\n'), 61);
    QVERIFY(chart.csv().startsWith("time,\"web\",\"web max\"\r\n2026-09-21T"));
    QVERIFY(chart.valueText(0, moment).contains(u"max"_s));
    // Only what is seen goes out.
    chart.setView(moment + 600'000, moment + 1'200'000);
    QCOMPARE(chart.csv().count('\n'), 12);
    chart.setTableShown(true);
    auto* table = chart.findChild<QTableWidget*>();
    QCOMPARE(table->rowCount(), 11);
    chart.setView(moment, moment + 300'000); // the table goes along
    QCOMPARE(table->rowCount(), 6);
    QCOMPARE(chart.valueText(0, moment - 3'600'000), u"–"_s);
    chart.setSpan(600);
    QVERIFY(chart.isFollowing());
}

void TestPerformance::chartWishesForTimes()
{
    LineChart chart(u"CPU"_s);
    fillHour(chart);
    QSignalSpy wanted(&chart, &LineChart::viewWanted);
    const auto last = [&wanted] {
        const auto arguments = wanted.takeLast();
        return std::pair(arguments.at(0).toLongLong(), arguments.at(1).toLongLong());
    };
    turnWheel(chart, 120);
    auto [left, right] = last();
    QCOMPARE(right - left, 2'880'000); // four fifths, around the middle
    QVERIFY(left > moment && right < moment + 3'600'000);
    turnWheel(chart, 120, Qt::ShiftModifier);
    std::tie(left, right) = last();
    QCOMPARE(right - left, 3'600'000);
    QVERIFY(left < moment);
    QTest::mousePress(&chart, Qt::LeftButton, {}, {200, 90});
    QMouseEvent move(QEvent::MouseMove, QPointF(300, 90), QPointF(300, 90), Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(&chart, &move);
    QTest::mouseRelease(&chart, Qt::LeftButton, {}, {300, 90});
    std::tie(left, right) = last();
    QVERIFY(left > moment && right < moment + 3'600'000 && right - left > 600'000 && right - left < 1'000'000);
    QTest::mouseClick(&chart, Qt::LeftButton, {}, {200, 90}); // no stretch
    QVERIFY(wanted.isEmpty());
    QTest::keyClick(&chart, Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(last().first, moment - 720'000);
    QTest::keyClick(&chart, Qt::Key_Plus);
    std::tie(left, right) = last();
    QCOMPARE(right - left, 1'800'000);
    QSignalSpy back(&chart, &LineChart::nowWanted);
    QTest::keyClick(&chart, Qt::Key_End);
    QCOMPARE(back.size(), 1);
    chart.setNavigable(false);
    turnWheel(chart, 120);
    QVERIFY(wanted.isEmpty());
}

void TestPerformance::chartTellsEvents()
{
    LineChart chart(u"CPU"_s);
    fillHour(chart);
    const QImage before = chart.grab().toImage();
    chart.setEvents({{moment + 601'000, u"started"_s, u"web · started · root"_s, Tone::Good}});
    QVERIFY(chart.grab().toImage() != before);
    const QStringList lines = chart.tableText().split(u'\n');
    QCOMPARE(lines.filter(u"started"_s).size(), 1); // at one point, the nearest
    QVERIFY(lines.at(11).contains(u"web · started · root"_s));
    QVERIFY(chart.csv().contains(",\"web · started · root\"\r\n"));
    chart.setHover(moment + 600'000);
    QVERIFY(chart.accessibleDescription().contains(u"started"_s));
}

/// Ticks and labels from seconds to months, in small and large, with thousands of points.
void TestPerformance::chartDrawsEverySpan()
{
    LineChart chart(u"CPU"_s);
    const int series = chart.addSeries(u"web"_s, Tone::Container);
    QList<QPointF> points;
    for (int i = 0; i < 20'000; ++i)
        points.append({double(moment - i * 130'000LL), double(i % 97)});
    std::reverse(points.begin(), points.end());
    chart.setPoints(series, points, points);
    chart.setGap(200'000);
    for (const QSize size : {QSize(20, 20), QSize(220, 96), QSize(900, 300)})
        for (qint64 span = 1000; span < 4'000'000'000; span = span * 3 + 7) {
            chart.resize(size);
            chart.setView(moment - span, moment);
            chart.setMark(moment - span / 3);
            QVERIFY(!chart.grab().isNull());
        }
}

/// More points than pixels: each column shows its highest and lowest, and nothing where there was a pause.
void TestPerformance::chartKeepsExtremesOfACrowd()
{
    LineChart chart(u"CPU"_s);
    const int series = chart.addSeries(u"web"_s, Tone::Container);
    QList<QPointF> points;
    for (int i = 0; i < 20'000; ++i)
        if (i < 8000 || i >= 12'000)
            points.append({double(moment + i * 1000LL), i == 4321 ? 100.0 : 50.0 + i % 2});
    chart.setPoints(series, points);
    chart.resize(600, 200);
    chart.setView(moment, moment + 20'000'000);
    const QImage image = chart.grab().toImage().convertToFormat(QImage::Format_RGB32);
    const QColor ink = toneColor(Tone::Container);
    const auto inked = [&](int from, int to) {
        QList<int> rows;
        for (int y = 30; y < 180; ++y)
            for (int x = from; x < to; ++x) {
                const QColor pixel = image.pixelColor(x, y);
                if (qAbs(pixel.red() - ink.red()) + qAbs(pixel.green() - ink.green()) +
                            qAbs(pixel.blue() - ink.blue()) <
                        40 &&
                    !rows.contains(y))
                    rows.append(y);
            }
        return rows;
    };
    const QList<int> even = inked(60, 140);
    QVERIFY(!even.isEmpty() && even.size() < 8);
    const QList<int> spike = inked(140, 180);
    QVERIFY2(spike.size() > 40, qPrintable(QString::number(spike.size())));
    QVERIFY(spike.first() < even.first() - 40);
    QVERIFY(inked(290, 350).isEmpty()); // the pause
}

void TestPerformance::tenASecondWhileLookedAt()
{
    const QString watch = u"org.diptych.Metrics.Watch"_s;
    OnPerformance on;
    on.helper.setAnswer(watch, {});
    QVERIFY(on.show());
    QTRY_COMPARE(on.helper.subscribers(watch), 1);
    QCOMPARE(on.helper.calls(watch).last()[u"id"_s].toString(), u"web"_s);
    const qint64 now = QDateTime::currentMSecsSinceEpoch() + 60'000; // later than every second of the helper's
    const auto push = [&](int tenth, double cpu) {
        QJsonObject point = rangePoint(now + tenth * 100, cpu);
        on.helper.push(watch, {{u"point"_s, point}});
    };
    for (int i = 0; i < 5; ++i)
        push(i, 0.1 * i);
    // In the chart five points of half a second.
    QTRY_COMPARE(on.cpu().valueText(0, now + 400), u"40 %"_s);
    QCOMPARE(on.cpu().valueText(0, now + 100), u"10 %"_s);
    // Another stretch, and back: what was heard is still there.
    on.press(u"10 min"_s);
    QTRY_COMPARE(on.helper.subscribers(watch), 0);
    on.press(u"10 s"_s);
    QTRY_COMPARE(on.helper.subscribers(watch), 1);
    QCOMPARE(on.cpu().valueText(0, now + 300), u"30 %"_s);
    on.press(u"Pause"_s);
    QTRY_COMPARE(on.helper.subscribers(watch), 0);
    on.press(u"Go on"_s);
    QTRY_COMPARE(on.helper.subscribers(watch), 1);
    // Nobody looks.
    on.window.showPage(u"images"_s);
    QTRY_COMPARE(on.helper.subscribers(watch), 0);
    on.window.showPage(u"instances"_s);
    QTRY_COMPARE(on.helper.subscribers(watch), 1);
}

void TestPerformance::countsSinceTheStart()
{
    OnPerformance on;
    QVERIFY(on.show());
    QTRY_COMPARE(on.panel->chart(2)->whatsThis(), u"12.4 MiB read, 4 KiB written so far"_s);
    QCOMPARE(on.panel->chart(3)->whatsThis(), u"102 KiB received, 512 B sent so far"_s);
    QCOMPARE(on.panel->chart(0)->whatsThis(), u"% of one core; 12.3 s so far"_s);
    test::keepScreenshot(on.window, u"performance-totals"_s);
    // It stopped: no figures of a run that is over.
    on.helper.setError(u"org.diptych.Metrics.GetCounters"_s, u"org.diptych.WrongState"_s,
                       {{u"message"_s, u"it does not run"_s}});
    QTRY_COMPARE(on.panel->chart(2)->whatsThis(), u"read and written"_s);
}

void TestPerformance::anHourComesFromTheHistory()
{
    OnPerformance on;
    QVERIFY(on.show());
    QVERIFY(on.cpu().isFollowing());
    QVERIFY(on.helper.calls(rangeMethod).isEmpty()); // a minute comes from the store
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    on.press(u"1 h"_s);
    QTRY_COMPARE(on.helper.calls(rangeMethod).size(), 1);
    const QJsonObject asked = on.lastRange();
    QCOMPARE(asked[u"id"_s].toString(), u"web"_s);
    QVERIFY(std::abs(asked[u"end"_s].toInteger() - now) < 5000);
    QCOMPARE(asked[u"end"_s].toInteger() - asked[u"begin"_s].toInteger(), 3'600'001);
    QVERIFY(asked[u"count"_s].toInt() >= 100 && asked[u"count"_s].toInt() <= 2000);
    QTRY_VERIFY(on.cpu().csv().count('\n') > 300);
    QVERIFY(on.cpu().csv().contains(",25,50"));
    QVERIFY(on.panel->chart(1)->csv().contains(",104857600,209715200"));
    test::keepScreenshot(on.window, u"performance-hour"_s);
    // The table twin has the same.
    on.cpu().setTableShown(true);
    QVERIFY(on.cpu().findChild<QTableWidget*>()->rowCount() > 300);
}

void TestPerformance::pauseAndBack()
{
    OnPerformance on;
    QVERIFY(on.show());
    QTRY_COMPARE(on.helper.subscribers(u"org.diptych.Metrics.Subscribe"_s), 1);
    on.helper.push(u"org.diptych.Metrics.Subscribe"_s, on.helper.sweep(QDateTime::currentMSecsSinceEpoch()));
    QTRY_VERIFY(on.cpu().right() > 0);
    on.press(u"Pause"_s);
    QVERIFY(!on.cpu().isFollowing());
    const qint64 stands = on.cpu().right();
    QVERIFY(stands > 0);
    on.helper.push(u"org.diptych.Metrics.Subscribe"_s, on.helper.sweep(QDateTime::currentMSecsSinceEpoch() + 5000));
    QTest::qWait(100);
    QCOMPARE(on.cpu().right(), stands);
    on.press(u"Go on"_s);
    QVERIFY(on.cpu().isFollowing());
    QVERIFY(on.cpu().right() > stands);
}

void TestPerformance::zoomAndPan()
{
    OnPerformance on;
    QVERIFY(on.show());
    on.press(u"1 h"_s);
    QTRY_COMPARE(on.helper.calls(rangeMethod).size(), 1);
    // Following it stays at the present.
    turnWheel(on.cpu(), 120, Qt::ControlModifier);
    QVERIFY(on.cpu().isFollowing());
    QCOMPARE(on.panel->view().span, 2'880'000);
    turnWheel(on.cpu(), 120, Qt::ShiftModifier);
    QVERIFY(!on.cpu().isFollowing());
    for (int i = 0; i < 4; ++i) // all charts go together
        QCOMPARE(on.panel->chart(i)->right(), on.cpu().right());
    QVERIFY(test::childNamed(*on.panel, u"Back to now"_s));
    QTRY_COMPARE(on.lastRange()[u"end"_s].toInteger(), on.cpu().right() + 1);
    // Panned into the future, it follows again.
    for (int i = 0; i < 3; ++i)
        turnWheel(on.cpu(), -120, Qt::ShiftModifier);
    QVERIFY(on.cpu().isFollowing());
    turnWheel(on.cpu(), 120, Qt::ShiftModifier);
    on.press(u"Back to now"_s);
    QVERIFY(on.cpu().isFollowing());
    for (int i = 0; i < 60; ++i)
        turnWheel(on.cpu(), -120, Qt::ControlModifier);
    QCOMPARE(on.panel->view().span, pages::TimeStrip::Spans.back());
}

void TestPerformance::asItWasAt()
{
    OnPerformance on;
    QVERIFY(on.show());
    on.press(u"10 min"_s);
    auto* field = on.panel->findChild<QDateTimeEdit*>();
    QVERIFY(field);
    const QDateTime wanted = QDateTime::currentDateTime().addSecs(-1800);
    field->setDateTime(wanted);
    QTRY_VERIFY(!on.cpu().isFollowing());
    QVERIFY(on.cpu().left() < wanted.toMSecsSinceEpoch() && on.cpu().right() > wanted.toMSecsSinceEpoch());
    QTRY_VERIFY(test::visibleText(*on.panel).contains(u"CPU 25 % (max 50 %)"_s));
    QVERIFY(test::visibleText(*on.panel).contains(u"100 MiB (max 200 MiB)"_s));
    test::keepScreenshot(on.window, u"performance-moment"_s);
    // Another span stays there.
    on.press(u"1 h"_s);
    QVERIFY(on.cpu().left() < wanted.toMSecsSinceEpoch() && on.cpu().right() > wanted.toMSecsSinceEpoch());
    on.press(u"Back to now"_s);
    QVERIFY(!test::visibleText(*on.panel).contains(u"CPU 25 %"_s));
}

void TestPerformance::eventsAreMarked()
{
    OnPerformance on;
    QVERIFY(on.show());
    on.press(u"1 h"_s);
    QTRY_COMPARE(on.cpu().events().size(), 2); // a new name changes nothing in how it runs
    QCOMPARE(on.cpu().events().first().label, u"started"_s);
    QCOMPARE(on.cpu().events().last().label, u"limits changed"_s);
    QVERIFY(on.cpu().events().last().text.contains(u"root · diptych[5]"_s));
    const QJsonObject asked = on.helper.calls(u"org.diptych.Activity.List"_s).last();
    QCOMPARE(asked[u"instance"_s].toString(), u"web"_s);
    QVERIFY(asked[u"until"_s].toInteger() - asked[u"since"_s].toInteger() >= 600'000);
    // As it happens.
    QJsonObject killed = entry(20, QDateTime::currentMSecsSinceEpoch(), u"oomKilled"_s, u"event"_s);
    killed[u"outcome"_s] = u"failed"_s;
    on.helper.push(u"org.diptych.Activity.Subscribe"_s, {{u"entries"_s, QJsonArray{killed}}});
    QTRY_COMPARE(on.cpu().events().size(), 3);
    QCOMPARE(on.cpu().events().last().label, u"OOM killed"_s);
    QVERIFY(on.cpu().tableText().contains(u"limits changed"_s));
    QVERIFY(on.cpu().csv().contains("limits changed"));
}

void TestPerformance::failureIsTold()
{
    OnPerformance on;
    QVERIFY(on.show());
    on.helper.setError(rangeMethod, u"org.diptych.Failed"_s, {{u"message"_s, u"the disk is gone"_s}});
    on.press(u"6 h"_s);
    QTRY_VERIFY2(test::visibleText(*on.panel).contains(u"The disk is gone"_s),
                 qPrintable(test::visibleText(*on.panel)));
}

void TestPerformance::activityIsFilteredAndSaved()
{
    WindowOnHelper on;
    QJsonArray entries{entry(5, moment, u"start"_s), entry(4, moment - 1000, u"throttled"_s, u"event"_s),
                       entry(3, moment - 2000, u"pull"_s)};
    QJsonObject pulled = entries.at(2).toObject();
    pulled[u"instance"_s] = QString();
    pulled[u"kind"_s] = QString();
    pulled[u"subject"_s] = u"=cmd()"_s;
    entries.replace(2, pulled);
    on.helper.setAnswer(u"org.diptych.Activity.Subscribe"_s, {{u"entries"_s, entries}});
    QVERIFY(on.open(u"activity"_s));
    QWidget* page = on.window.page(u"activity"_s);
    auto* table = page->findChild<QTableView*>();
    QTRY_COMPARE(table->model()->rowCount(), 3);
    const auto choose = [page](const QString& name, const QString& value) {
        for (auto* box : page->findChildren<QComboBox*>())
            if (box->accessibleName() == name)
                box->setCurrentIndex(box->findText(value));
    };
    choose(u"Which actions"_s, u"Events"_s);
    QCOMPARE(table->model()->rowCount(), 1);
    QCOMPARE(table->model()->index(0, models::ActivityModel::WhatColumn).data().toString(),
             u"held back by its CPU limit"_s);
    choose(u"Which actions"_s, u"All actions"_s);
    choose(u"Which instances"_s, u"Containers"_s);
    QCOMPARE(table->model()->rowCount(), 2);
    QVERIFY(!pages::activityCsv(*table->model()).contains("pull"));
    choose(u"Which instances"_s, u"Both kinds"_s);
    const QByteArray csv = pages::activityCsv(*table->model());
    QCOMPARE(csv.count("\r\n"), 4);
    QVERIFY(csv.contains("2026-09-21T"));
    QVERIFY(csv.contains("\"'=cmd()\"")); // no formula
    test::keepScreenshot(on.window, u"activity"_s);
}

/// The last hour of the host, from the strip of the Overview by key and by mouse.
void TestPerformance::hostOverTime()
{
    OnPerformance on;
    QVERIFY(on.show());
    const qint64 now = QDateTime::currentMSecsSinceEpoch() / 10'000 * 10'000;
    QJsonArray points;
    for (int i = 360; i > 0; --i) {
        QJsonObject point = rangePoint(now - i * 10'000, 1.5 + 0.4 * std::sin(i / 25.0));
        point[u"cpuPressure"_s] = 12.6;
        point[u"memoryPressure"_s] = 0.5;
        point[u"ioPressure"_s] = 3 + 2 * std::sin(i / 40.0);
        points.append(point);
    }
    on.helper.setAnswer(rangeMethod, {{u"step"_s, 10'000}, {u"points"_s, points}});
    on.window.showPage(u"overview"_s);
    auto* map = on.window.page(u"overview"_s)->findChild<widgets::MachineMap*>();
    QTRY_VERIFY(map && map->isVisible());
    map->setFocus();
    QTest::keyClick(map, Qt::Key_Down);
    QVERIFY(map->current().isEmpty());
    QVERIFY(map->accessibleDescription().contains(u"30 days"_s));
    QTest::keyClick(map, Qt::Key_Return);
    QWidget* page = on.window.page(u"host"_s);
    QTRY_VERIFY(page && page->isVisible());
    on.window.showPage(u"overview"_s);
    QTest::mouseClick(map, Qt::LeftButton, {}, QPoint(map->width() / 2, map->height() - 30));
    QTRY_VERIFY(page->isVisible());
    auto* charts = page->findChild<pages::HostCharts*>();
    qobject_cast<QToolButton*>(test::childNamed(*charts, u"1 h"_s))->click();
    QTRY_COMPARE(on.lastRange()[u"id"_s].toString(u"none"_s), QString());
    QTRY_VERIFY(charts->chart(pages::HostCharts::Pressure)->csv().contains(",12.6,0.5,"));
    QVERIFY(charts->chart(pages::HostCharts::Disk)->csv().contains(",1024,0"));
    QVERIFY(charts->chart(pages::HostCharts::Memory)->csv().contains(",104857600,209715200"));
    // What was done to any instance is marked, with its name.
    QTRY_COMPARE(charts->chart(0)->events().size(), 2);
    QCOMPARE(charts->chart(0)->events().first().label, u"web started"_s);
    QVERIFY(!on.helper.calls(u"org.diptych.Activity.List"_s).last().contains(u"instance"_s));
    charts->showMoment(now - 1'800'000);
    QTRY_VERIFY(test::visibleText(*charts).contains(u"Pressure CPU 13 % memory 0.5 %"_s));
    charts->backToNow();
    test::keepScreenshot(on.window, u"host-hour"_s);
}

/// A kernel without PSI: no curve, and the reason to be read, also by screen readers; where the history still has some,
/// it is shown.
void TestPerformance::hostWithoutPressure()
{
    OnPerformance on;
    QVERIFY(on.show());
    const qint64 now = QDateTime::currentMSecsSinceEpoch() / 1000 * 1000;
    const auto sweep = [&on](qint64 time, bool pressure) {
        QJsonObject all = on.helper.sweep(time);
        QJsonObject host = all[u"host"_s].toObject();
        host.remove(u"cpuPressure"_s);
        if (pressure)
            for (const QString& kind : {u"cpuPressure"_s, u"memoryPressure"_s, u"ioPressure"_s})
                host[kind] = 1.5;
        all[u"host"_s] = host;
        on.helper.push(u"org.diptych.Metrics.Subscribe"_s, all);
    };
    on.helper.setAnswer(rangeMethod, {{u"step"_s, 1000}, {u"points"_s, QJsonArray()}});
    on.window.showPage(u"host"_s);
    auto* charts = on.window.page(u"host"_s)->findChild<pages::HostCharts*>();
    LineChart* pressure = charts->chart(pages::HostCharts::Pressure);
    const QString reason = u"no /proc/pressure"_s;
    QTRY_COMPARE(on.helper.subscribers(u"org.diptych.Metrics.Subscribe"_s), 1);
    charts->setSpan(60'000); // whatever was looked at last
    const auto measured = [charts](qint64 time) {
        return charts->chart(0)->csv().contains(
            QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(Qt::ISODateWithMs).toUtf8());
    };
    sweep(now + 1000, true);
    QTRY_VERIFY(measured(now + 1000));
    QVERIFY(!pressure->isBlank());
    QVERIFY(!pressure->accessibleDescription().contains(reason));
    sweep(now + 2000, false);
    // What was measured before stays.
    QTRY_VERIFY(measured(now + 2000));
    QVERIFY(!pressure->isBlank() && !pressure->accessibleDescription().contains(reason));
    // Fifteen minutes later nothing of it is in sight.
    sweep(now + 900'000, false);
    QTRY_VERIFY(pressure->isBlank());
    QTRY_VERIFY(pressure->accessibleDescription().contains(reason));
    QVERIFY(!charts->chart(0)->isBlank());
    QVERIFY(pressure->csv().contains("Z,,,"));
    QVERIFY(pressure->tableText().contains(u"–"_s));
    charts->showMoment(now + 900'000);
    QTRY_VERIFY(test::visibleText(*charts).contains(u"Pressure CPU – memory – I/O –"_s));
    test::keepScreenshot(on.window, u"host-no-pressure"_s);
}

/// The minutes before the window came are there too, when it begins with this page.
void TestPerformance::hostBeforeTheWindow()
{
    QSettings().clear();
    WindowOnHelper on;
    const qint64 before = QDateTime::currentMSecsSinceEpoch() / 1000 * 1000 - 30'000;
    on.helper.setAnswer(u"org.diptych.Metrics.GetHostHistory"_s,
                        {{u"points"_s, QJsonArray{on.helper.sweep(before)[u"host"_s].toObject()}}});
    QVERIFY(on.open(u"host"_s));
    auto* charts = on.window.page(u"host"_s)->findChild<pages::HostCharts*>();
    QTRY_VERIFY(charts->chart(0)->csv().contains(
        QDateTime::fromMSecsSinceEpoch(before, Qt::UTC).toString(Qt::ISODateWithMs).toUtf8()));
}

QTEST_MAIN(TestPerformance)
#include "tst_performance.moc"
