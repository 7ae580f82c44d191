// The painted parts: what they say, what they send, and (with DIPTYCH_PICTURES=folder) how they look in both themes.
#include "widgets/banner.h"
#include "widgets/card.h"
#include "widgets/diptychpicture.h"
#include "widgets/emptystate.h"
#include "widgets/evidencetable.h"
#include "widgets/flowlayout.h"
#include "widgets/icons.h"
#include "widgets/kind.h"
#include "widgets/limitslider.h"
#include "widgets/linechart.h"
#include "widgets/machinemap.h"
#include "widgets/searchfield.h"
#include "widgets/sparkline.h"
#include "widgets/timelinechart.h"
#include "widgets/wallglyph.h"

#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

#include <cmath>

using namespace diptych;
using namespace diptych::widgets;
using client::Kind;
using client::State;

namespace {

constexpr double mebi = 1024.0 * 1024;

QString percent(double v)
{
    return QStringLiteral("%1 %").arg(std::lround(v));
}
QString megabytes(double v)
{
    return QStringLiteral("%1 MiB").arg(std::lround(v / mebi));
}

MapTile tile(int i, Kind kind, double memory)
{
    MapTile t;
    t.id = QStringLiteral("id%1").arg(i);
    t.name = QStringLiteral("instance-%1").arg(i);
    t.caption = QStringLiteral("busybox:1.35");
    t.kind = kind;
    t.memory = memory * mebi;
    t.cpu = 1;
    t.value = QStringLiteral("%1 %").arg(i % 100);
    t.footer = kind == Kind::Machine ? QStringLiteral("kernel 6.1.0") : QStringLiteral("%1 processes").arg(i + 1);
    for (int k = 0; k < 60; ++k)
        t.history.append(0.5 + 0.4 * std::sin(k * 0.3 + i));
    return t;
}

MapHost host()
{
    MapHost h;
    h.kernel = QStringLiteral("6.12.48");
    h.caption = QStringLiteral("up 12 days · every container's system calls land here");
    h.cpuPressure = 2.1;
    h.ioPressure = 26.4;
    h.cpus = {0.82, 0.74, 0.31, 0.22, 0.9, 0.15, 0.4, 0.12};
    h.memoryTotal = 16384 * mebi;
    h.memoryUsed = 9000 * mebi;
    h.memoryText = QStringLiteral("Memory 8.8 of 16 GiB: containers 2.9, virtual machines 4.5, host 1.4");
    h.diskText = QStringLiteral("Disk 84 MiB/s read · 31 MiB/s written");
    h.networkText = QStringLiteral("Network 212 Mbit/s in · 48 Mbit/s out");
    for (int k = 0; k < 60; ++k)
        h.network.append(2 + std::sin(k * 0.4) + 0.3 * std::sin(k * 2.3));
    return h;
}

client::IsolationRow isolationRow(const QString& resource, int level, const QString& text)
{
    client::IsolationRow row;
    row.resource = resource;
    row.level = level;
    row.text = text;
    row.evidence = {{QStringLiteral("namespace"), QStringLiteral("%1:[4026533021]").arg(resource),
                     QStringLiteral("/proc/48213/ns/%1").arg(resource),
                     QStringLiteral("readlink /proc/48213/ns/%1").arg(resource)},
                    {QStringLiteral("seen inside"), QStringLiteral("3"), QStringLiteral("/proc"), QString()}};
    return row;
}

void fillChart(LineChart& chart, bool limit = true)
{
    const int a = chart.addSeries(QStringLiteral("shop"), Tone::Container);
    const int b = chart.addSeries(QStringLiteral("shop-vm"), Tone::Machine);
    for (int i = 0; i <= 60; ++i) {
        if (i < 20 || i > 26)
            chart.append(a, 1'000'000 + i * 1000, 45 + 20 * std::sin(i * 0.2));
        chart.append(b, 1'000'000 + i * 1000, 55 + 30 * std::sin(i * 0.13 + 1));
    }
    if (limit) {
        chart.setLimit(a, 100);
        chart.setLimit(b, 100);
    }
}

client::Timeline timeline(const QList<std::tuple<QString, double, double>>& steps)
{
    client::Timeline t;
    t.complete = true;
    for (const auto& [name, begin, end] : steps) {
        t.steps.append({name, qint64(begin * 1e6), qint64(end * 1e6), QStringLiteral("detail of %1").arg(name)});
        t.total = qint64(end * 1e6);
    }
    return t;
}

QList<TimelineRow> timelines()
{
    TimelineRow container{QStringLiteral("shop"),
                          Tone::Container,
                          timeline({{QStringLiteral("clone"), 0, 1.1},
                                    {QStringLiteral("mounts"), 1.1, 3.2},
                                    {QStringLiteral("pivot_root"), 3.2, 3.5},
                                    {QStringLiteral("cgroup"), 3.5, 4.4},
                                    {QStringLiteral("seccomp"), 4.4, 5.2},
                                    {QStringLiteral("exec"), 5.2, 6.1}}),
                          {}};
    TimelineRow machine{QStringLiteral("shop-vm"),
                        Tone::Machine,
                        timeline({{QStringLiteral("QEMU"), 0, 210},
                                  {QStringLiteral("firmware"), 210, 480},
                                  {QStringLiteral("kernel"), 480, 1600},
                                  {QStringLiteral("init"), 1600, 1850},
                                  {QStringLiteral("entry"), 1850, 2010}}),
                        {}};
    return {container, machine};
}

PicturePanel panel(Kind kind, const QString& bootId, int processes)
{
    PicturePanel p;
    p.name = kind == Kind::Container ? QStringLiteral("shop") : QStringLiteral("shop-vm");
    p.kind = kind;
    p.bootId = bootId;
    p.kernel = QStringLiteral("6.12.48");
    p.kernelNote = QStringLiteral("virtio · 1 vCPU · 512 MiB");
    p.caption =
        kind == Kind::Container ? QStringLiteral("8 namespaces + cgroup") : QStringLiteral("QEMU, PID 48390 on host");
    for (int i = 0; i < processes; ++i)
        p.processes.append(
            {QStringLiteral("nginx"), 1 + i * 28, kind == Kind::Container ? 48213 + i : 0, QStringLiteral("2.1 MiB")});
    return p;
}

PictureHost pictureHost()
{
    return {QStringLiteral("host-boot"), QStringLiteral("6.12.48"), QStringLiteral("namespaces · cgroup v1"),
            QStringLiteral("2 cores · 24 GiB · TCG: emulated in software")};
}

QImage render(QWidget& widget, double ratio = 1)
{
    QImage image(widget.size() * ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(colors().surface);
    widget.render(&image);
    return image;
}

void keep(QWidget& widget, const QString& name)
{
    const QString folder = qEnvironmentVariable("DIPTYCH_PICTURES");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    widget.ensurePolished();
    const QString theme = Theme::instance().isDark() ? QStringLiteral("dark") : QStringLiteral("light");
    QVERIFY(render(widget, 1).save(QStringLiteral("%1/%2-%3.png").arg(folder, name, theme)));
}

} // namespace

class TestWidgets : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { Theme::instance().setScheme(Scheme::Light); }

    void themeSwitches()
    {
        QSignalSpy changed(&Theme::instance(), &Theme::changed);
        Theme::instance().setScheme(Scheme::Dark);
        QVERIFY(Theme::instance().isDark());
        QVERIFY(QApplication::palette().color(QPalette::Window).lightness() < 60);
        QVERIFY(!qApp->styleSheet().contains(QLatin1Char('@')));
        Theme::instance().setScheme(Scheme::Light);
        QVERIFY(!Theme::instance().isDark());
        QCOMPARE(changed.count(), 2);
    }

    void textStandsOut_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void textStandsOut()
    {
        QFETCH(bool, dark);
        Theme::instance().setScheme(dark ? Scheme::Dark : Scheme::Light);
        const auto luminance = [](const QColor& c) {
            const auto part = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
            return 0.2126 * part(c.redF()) + 0.7152 * part(c.greenF()) + 0.0722 * part(c.blueF());
        };
        const auto contrast = [&](const QColor& a, const QColor& b) {
            const double la = luminance(a) + 0.05;
            const double lb = luminance(b) + 0.05;
            return std::max(la, lb) / std::min(la, lb);
        };
        const Colors& c = colors();
        for (const auto& [name, fore, back, least] :
             {std::tuple{"text", c.text, c.surface, 7.0}, std::tuple{"muted", c.muted, c.surface, 4.5},
              std::tuple{"muted on background", c.muted, c.background, 4.5},
              std::tuple{"faint", c.faint, c.surface, 3.0}, std::tuple{"container", c.container, c.surface, 4.0},
              std::tuple{"machine", c.machine, c.surface, 4.0}, std::tuple{"bad", c.bad, c.surface, 4.5},
              std::tuple{"selection", c.selection, c.surface, 4.5}})
            QVERIFY2(contrast(fore, back) >= least,
                     qPrintable(QStringLiteral("%1: %2").arg(QLatin1String(name)).arg(contrast(fore, back))));
        Theme::instance().setScheme(Scheme::Light);
    }

    void iconsAreThereAndSharp()
    {
        const QString names =
            QStringLiteral("overview instances compare labs images networks storage cgroups namespaces activity "
                           "start stop kill pause resume restart "
                           "delete rename terminal limits search more close copy info warning error "
                           "success refresh swap add settings host chart "
                           "table chevron-down chevron-right check eye container machine twins "
                           "export import reconnect empty clock user");
        for (const QString& name : names.split(QLatin1Char(' '))) {
            const QPixmap pixmap = icon(name).pixmap(QSize(16, 16), 2.0);
            QCOMPARE(pixmap.width(), 32);
            const QImage image = pixmap.toImage();
            int drawn = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    drawn += qAlpha(image.pixel(x, y)) > 100;
            QVERIFY2(drawn > 8, qPrintable(name));
        }
        QVERIFY(!applicationIcon().isNull());
    }

    void wallGlyphSaysItsLevel()
    {
        WallGlyph glyph(1);
        QVERIFY(glyph.accessibleName().contains(QStringLiteral("shared")));
        const QImage one = render(glyph);
        glyph.setLevel(4);
        QVERIFY(glyph.accessibleName().contains(QStringLiteral("own")));
        QVERIFY(render(glyph) != one);
        glyph.setLevel(99);
        QCOMPARE(glyph.level(), 4);
    }

    void chartReadsAndTells()
    {
        LineChart chart(QStringLiteral("CPU"));
        chart.resize(400, 150);
        chart.setFormatter(percent);
        fillChart(chart);
        QVERIFY(chart.tableText().startsWith(QStringLiteral("Time\tshop\tshop-vm\n")));
        QCOMPARE(chart.tableText().count(QLatin1Char('\n')), 62);
        QSignalSpy hovered(&chart, &LineChart::hovered);
        QMouseEvent move(QEvent::MouseMove, QPointF(200, 70), QPointF(200, 70), Qt::NoButton, Qt::NoButton,
                         Qt::NoModifier);
        QApplication::sendEvent(&chart, &move);
        QTRY_VERIFY(!hovered.isEmpty());
        QVERIFY(hovered.back().front().toLongLong() > 1'000'000);
        QTest::keyClick(&chart, Qt::Key_Left);
        QVERIFY(chart.accessibleDescription().contains(QStringLiteral("shop-vm")));
        chart.setTableShown(true);
        const auto* table = chart.findChild<QTableWidget*>();
        QVERIFY(table);
        QCOMPARE(table->rowCount(), 61);
        QCOMPARE(table->item(0, 1)->text(), percent(45 + 20 * std::sin(12.0)));
    }

    void chartIgnoresNonsense()
    {
        LineChart chart;
        chart.resize(300, 120);
        render(chart); // no series
        chart.append(3, 1, 1);
        const int a = chart.addSeries(QStringLiteral("a"), Tone::Container);
        chart.append(a, 1000, std::nan(""));
        chart.append(a, 500, 3); // goes back: ignored
        chart.setLimit(a, 0);
        render(chart);
        QCOMPARE(chart.tableText().count(QLatin1Char('\n')), 2);
        chart.resize(20, 20);
        render(chart);
    }

    void chartGivesItsNumbers()
    {
        LineChart chart(QStringLiteral("CPU"));
        const int a = chart.addSeries(QStringLiteral("a \"b\""), Tone::Container);
        const int b = chart.addSeries(QStringLiteral("c"), Tone::Machine);
        chart.append(a, 1'700'000'000'000, 12.5);
        chart.append(b, 1'700'000'010'000, 3);
        QCOMPARE(chart.csv(), QByteArray("time,\"a \"\"b\"\"\",\"c\"\r\n2023-11-14T22:13:20.000Z,12.5,\r\n"
                                         "2023-11-14T22:13:30.000Z,,3\r\n"));
        QSignalSpy wanted(&chart, &LineChart::saveWanted);
        QTest::keyClick(&chart, Qt::Key_E, Qt::ControlModifier);
        QCOMPARE(wanted.size(), 1);
    }

    void emptyStateShowsAllItsText()
    {
        EmptyState state;
        state.resize(900, 500);
        const QString text = QStringLiteral("A sentence about what is not there yet. ").repeated(6);
        state.setContent(EmptyState::Look::Empty, QStringLiteral("Nothing"), text, QStringLiteral("Make one"));
        state.show();
        QVERIFY(QTest::qWaitForWindowExposed(&state));
        for (QLabel* label : state.findChildren<QLabel*>())
            if (label->text() == text)
                QVERIFY2(label->height() >= label->heightForWidth(label->width()),
                         qPrintable(QString::number(label->height())));
    }

    void mapStaysWhileFiguresBreathe()
    {
        MachineMap map;
        map.resize(1110, 412);
        QList<MapTile> tiles;
        for (int i = 0; i < 200; ++i) {
            MapTile tile;
            tile.id = QString::number(i);
            tile.name = QStringLiteral("tile %1").arg(i);
            tile.memory = 100 + i;
            tiles.append(tile);
        }
        map.setTiles(tiles);
        QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&map);
        QVERIFY(list);
        QCOMPARE(list->role(), QAccessible::List);
        const auto names = [&] {
            QStringList all;
            for (int i = 0; i < list->childCount(); ++i)
                all.append(list->child(i)->text(QAccessible::Name));
            return all;
        };
        const QStringList before = names();
        QVERIFY(before.size() > 5);
        QVERIFY(before.first().startsWith(QStringLiteral("tile 19")));
        const QRect first = list->child(0)->rect();
        for (MapTile& tile : tiles)
            tile.memory += tile.id.toInt() % 7; // as measurements do
        map.setTiles(tiles);
        QCOMPARE(names(), before);
        QCOMPARE(list->child(0)->rect(), first);
        tiles[3].memory = 1e6; // one that is clearly heavier comes in sight
        map.setTiles(tiles);
        QVERIFY(names().first().startsWith(QStringLiteral("tile 3")));
        QSignalSpy opened(&map, &MachineMap::openInstance);
        list->child(0)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.front().front().toString(), QStringLiteral("3"));
    }

    void mapOpensByMouseAndKeys()
    {
        MachineMap map;
        map.resize(1000, 420);
        map.setHost(host());
        map.setTiles({tile(1, Kind::Container, 300), tile(2, Kind::Container, 600), tile(3, Kind::Machine, 2000)});
        QSignalSpy opened(&map, &MachineMap::openInstance);
        QTest::mouseClick(&map, Qt::LeftButton, {}, QPoint(20, 60));
        QCOMPARE(opened.takeFirst().front().toString(), QStringLiteral("id1"));
        QTest::mouseClick(&map, Qt::LeftButton, {}, QPoint(900, 60));
        QCOMPARE(opened.takeFirst().front().toString(), QStringLiteral("id3"));
        QTest::keyClick(&map, Qt::Key_Home);
        QCOMPARE(map.current(), QStringLiteral("id1"));
        QTest::keyClick(&map, Qt::Key_Right);
        QTest::keyClick(&map, Qt::Key_Return);
        QCOMPARE(opened.takeFirst().front().toString(), QStringLiteral("id2"));
        QVERIFY(map.accessibleDescription().contains(QStringLiteral("instance-2")));
        QCOMPARE(map.tilesText().count(QLatin1Char('\n')), 2);
    }

    void mapGathersWhatDoesNotFit()
    {
        MachineMap map;
        map.resize(1000, 420);
        QList<MapTile> tiles;
        for (int i = 0; i < 990; ++i)
            tiles.append(tile(i, Kind::Container, 10 + i % 7));
        for (int i = 990; i < 1000; ++i)
            tiles.append(tile(i, Kind::Machine, 500));
        tiles[5].problem = QStringLiteral("out of memory");
        map.setTiles(tiles);
        QSignalSpy group(&map, &MachineMap::openGroup);
        QTest::keyClick(&map, Qt::Key_End);
        QTest::keyClick(&map, Qt::Key_Return);
        QCOMPARE(group.count(), 1);
        QCOMPARE(group.front().front().value<Kind>(), Kind::Machine);
        const qsizetype machines = group.front().back().toStringList().size();
        QVERIFY(machines > 0 && machines < 10);
        map.setCurrent(QStringLiteral("id5"));
        QVERIFY(map.accessibleDescription().contains(QStringLiteral("out of memory"))); // not hidden in the group
        map.resize(530, 340);
        render(map);
    }

    void pictureGoesByBootId()
    {
        DiptychPicture picture;
        picture.setHost(pictureHost());
        PicturePanel impostor = panel(Kind::Container, QStringLiteral("other-boot"), 1);
        QVERIFY(picture.hasOwnKernel(impostor));
        impostor.bootId = QStringLiteral("host-boot");
        QVERIFY(!picture.hasOwnKernel(impostor));
        QVERIFY(picture.hasOwnKernel(panel(Kind::Machine, {}, 1)));
        picture.setPanels(impostor, panel(Kind::Machine, QStringLiteral("guest"), 2));
        QVERIFY(picture.accessibleDescription().contains(QStringLiteral("Stands on the host's kernel")));
        QVERIFY(picture.accessibleDescription().contains(QStringLiteral("none on the host")));
    }

    void timelineTells()
    {
        TimelineChart chart;
        chart.setRows(timelines());
        QVERIFY(chart.tableText().contains(QStringLiteral("pivot_root")));
        QVERIFY(chart.sizeHint().height() > 2 * 27); // the short row has its magnified inset
        chart.resize(600, chart.sizeHint().height());
        QTest::keyClick(&chart, Qt::Key_Right);
        QTest::keyClick(&chart, Qt::Key_Right);
        QVERIFY(chart.accessibleDescription().contains(QStringLiteral("clone")));
        chart.setRows({});
        render(chart);
    }

    void evidenceKeepsWhatIsOpen()
    {
        EvidenceTable table;
        table.resize(700, 300);
        table.setColumns(
            {{QStringLiteral("Container"), Tone::Container}, {QStringLiteral("Virtual machine"), Tone::Machine}});
        client::IsolationReport report;
        report.rows = {isolationRow(QStringLiteral("pid"), 2, QStringLiteral("PID 1 here is 48213 on the host")),
                       isolationRow(QStringLiteral("net"), 1, QStringLiteral("the host's network"))};
        table.setReports({report, {}});
        QCOMPARE(table.topLevelItemCount(), 2);
        table.topLevelItem(1)->setExpanded(true);
        table.setReports({report, report});
        QVERIFY(table.topLevelItem(1)->isExpanded());
        QVERIFY(!table.topLevelItem(0)->isExpanded());
        table.setCurrentItem(table.topLevelItem(1)->child(0), 1);
        table.copyCurrent();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("readlink /proc/48213/ns/net"));
        QVERIFY(table.tableText().contains(QStringLiteral("1 of 4")));
    }

    void sliderTakesWordsAndUnits_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<double>("value");
        QTest::newRow("unit") << QStringLiteral("256 MiB") << 256 * mebi;
        QTest::newRow("short") << QStringLiteral("1g") << 1024 * mebi;
        QTest::newRow("bare is MiB") << QStringLiteral("300") << 300 * mebi;
        QTest::newRow("none") << QStringLiteral("no limit") << 0.0;
        QTest::newRow("max") << QStringLiteral("max") << 0.0;
        QTest::newRow("too much") << QStringLiteral("900 TiB") << 8192 * mebi;
        QTest::newRow("nonsense") << QStringLiteral("lots") << 512 * mebi;
        QTest::newRow("negative") << QStringLiteral("-5") << 512 * mebi;
    }
    void sliderTakesWordsAndUnits()
    {
        QFETCH(QString, typed);
        QFETCH(double, value);
        LimitSlider slider(QStringLiteral("Memory"), LimitSlider::Unit::Bytes, 16 * mebi, 8192 * mebi);
        slider.setValue(512 * mebi);
        auto* field = slider.findChild<QLineEdit*>();
        field->selectAll();
        QTest::keyClicks(field, typed);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(slider.value(), value);
    }

    void sliderCommitsOnce()
    {
        LimitSlider slider(QStringLiteral("CPU"), LimitSlider::Unit::Cores, 0.05, 8);
        slider.setValue(1);
        QSignalSpy changed(&slider, &LimitSlider::valueChanged);
        QSignalSpy committed(&slider, &LimitSlider::valueCommitted);
        auto* handle = slider.findChild<QSlider*>();
        for (int i = 0; i < 5; ++i)
            QTest::keyClick(handle, Qt::Key_Right);
        QVERIFY(changed.count() >= 2);
        QCOMPARE(committed.count(), 0);
        slider.setValue(1); // from the helper, while the hand is at it
        QVERIFY(slider.value() > 1);
        QTRY_COMPARE_WITH_TIMEOUT(committed.count(), 1, 3000);
        QTest::keyClick(handle, Qt::Key_End);
        QCOMPARE(slider.value(), 0.0);
        QCOMPARE(slider.valueText(), QStringLiteral("no limit"));
    }

    void bannerActsAndCloses()
    {
        QWidget page;
        auto* banner = new Banner(&page);
        int acted = 0;
        banner->showMessage(Banner::Level::Error, QStringLiteral("web could not start"),
                            QStringLiteral("port 80 is taken"), QStringLiteral("bind: EADDRINUSE"));
        banner->addAction(QStringLiteral("Try again"), [&] { ++acted; });
        QVERIFY(banner->isVisibleTo(&page));
        banner->findChild<QPushButton*>()->click();
        QCOMPARE(acted, 1);
        QSignalSpy dismissed(banner, &Banner::dismissed);
        banner->dismiss();
        QVERIFY(!banner->isVisibleTo(&page));
        QCOMPARE(dismissed.count(), 1);
    }

    void searchSettles()
    {
        SearchField field(QStringLiteral("Search"));
        QSignalSpy settled(&field, &SearchField::textSettled);
        QTest::keyClicks(&field, QStringLiteral("web"));
        QTRY_COMPARE(settled.count(), 1);
        QCOMPARE(settled.front().front().toString(), QStringLiteral("web"));
        QTest::keyClick(&field, Qt::Key_Escape);
        QVERIFY(field.text().isEmpty());
        QCOMPARE(settled.count(), 2);
    }

    void everythingDrawsAtTwoPixelRatios_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void everythingDrawsAtTwoPixelRatios()
    {
        QFETCH(bool, dark);
        Theme::instance().setScheme(dark ? Scheme::Dark : Scheme::Light);
        MachineMap map;
        map.resize(1110, 412);
        map.setHost(host());
        QList<MapTile> few{tile(1, Kind::Container, 300),  tile(2, Kind::Container, 120), tile(3, Kind::Container, 900),
                           tile(4, Kind::Container, 1500), tile(5, Kind::Machine, 2000),  tile(6, Kind::Machine, 700)};
        few[1].state = State::Stopped;
        few[2].problem = QStringLiteral("throttled");
        few[5].state = State::Paused;
        map.setTiles(few);
        keep(map, QStringLiteral("map"));
        const QImage sharp = render(map, 2);
        QCOMPARE(sharp.size(), map.size() * 2);
        MachineMap crowd;
        crowd.resize(1110, 412);
        crowd.setHost(host());
        QList<MapTile> many;
        for (int i = 0; i < 200; ++i)
            many.append(tile(i, i % 5 ? Kind::Container : Kind::Machine, 20 + (i * 37) % 300));
        crowd.setTiles(many);
        keep(crowd, QStringLiteral("map-crowd"));

        DiptychPicture picture;
        picture.resize(756, 244);
        picture.setHost(pictureHost());
        picture.setPanels(panel(Kind::Container, QStringLiteral("host-boot"), 3),
                          panel(Kind::Machine, QStringLiteral("guest"), 9));
        keep(picture, QStringLiteral("picture"));
        render(picture, 2);

        LineChart chart(QStringLiteral("CPU"));
        chart.resize(380, 136);
        chart.setTitle(QStringLiteral("CPU"), QStringLiteral("% of one core"));
        chart.setFormatter(percent, [](double v) { return QString::number(std::lround(v)); });
        fillChart(chart);
        chart.setHover(1'040'000);
        keep(chart, QStringLiteral("chart"));
        render(chart, 2);
        LineChart memory(QStringLiteral("Memory"));
        memory.resize(380, 136);
        memory.setTicks(LineChart::Ticks::Binary);
        memory.setFormatter(megabytes);
        const int series = memory.addSeries(QStringLiteral("shop"), Tone::Container);
        const int twin = memory.addSeries(QStringLiteral("shop-2"), Tone::Container);
        for (int i = 0; i <= 60; ++i) {
            memory.append(series, 1'000'000 + i * 1000, (20 + i / 5) * mebi);
            memory.append(twin, 1'000'000 + i * 1000, (210 - i / 5) * mebi);
        }
        memory.setLimit(series, 512 * mebi);
        memory.setPhases({{1'020'000, 1'040'000, QStringLiteral("neighbour"), Tone::Bad}});
        keep(memory, QStringLiteral("chart-memory"));

        TimelineChart starts;
        starts.setRows(timelines());
        starts.resize(756, starts.sizeHint().height());
        keep(starts, QStringLiteral("timeline"));
        render(starts, 2);

        EvidenceTable table;
        table.resize(760, 330);
        table.setColumns(
            {{QStringLiteral("Container"), Tone::Container}, {QStringLiteral("Virtual machine"), Tone::Machine}});
        client::IsolationReport left;
        client::IsolationReport right;
        int level = 0;
        for (const char* resource : {"kernel", "pid", "net", "user", "mnt"}) {
            left.rows.append(
                isolationRow(QLatin1String(resource), level++, QStringLiteral("PID 1 here is PID 48213 on the host")));
            right.rows.append(isolationRow(QLatin1String(resource), 4, QStringLiteral("invisible to the host")));
        }
        table.setReports({left, right});
        table.topLevelItem(1)->setExpanded(true);
        keep(table, QStringLiteral("evidence"));
        keepForm();
        Theme::instance().setScheme(Scheme::Light);
    }

private:
    static void keepForm()
    {
        QWidget page;
        page.setObjectName(QStringLiteral("page"));
        page.resize(760, 620);
        auto* grid = new QGridLayout(&page);
        auto* banner = new Banner(&page);
        banner->showMessage(Banner::Level::Error, QStringLiteral("shop could not start"),
                            QStringLiteral("port 8080 on this machine is taken by PID 812"), QStringLiteral("x"));
        banner->addAction(QStringLiteral("Choose another port"), [] {});
        grid->addWidget(banner, 0, 0, 1, 2);
        auto* warning = new Banner(&page);
        warning->showMessage(Banner::Level::Warning, QStringLiteral("Virtual machines are emulated in software"));
        grid->addWidget(warning, 1, 0, 1, 2);

        auto* card = new Card(QStringLiteral("Limits"), &page);
        card->setTitle(QStringLiteral("Limits"), QStringLiteral("the same on both sides"));
        auto* cpu = new LimitSlider(QStringLiteral("CPU"), LimitSlider::Unit::Cores, 0.05, 8);
        cpu->setValue(1);
        auto* memory = new LimitSlider(QStringLiteral("Memory"), LimitSlider::Unit::Bytes, 16 * mebi, 8192 * mebi);
        memory->setValue(512 * mebi);
        memory->setNote(QStringLiteral("peak 26 MiB"));
        auto* pids = new LimitSlider(QStringLiteral("Processes"), LimitSlider::Unit::Count, 8, 4096);
        for (LimitSlider* slider : {cpu, memory, pids})
            card->body()->addWidget(slider);
        grid->addWidget(card, 2, 0, 1, 2);

        auto* buttons = new QWidget(&page);
        auto* flow = new FlowLayout(buttons);
        auto* primary = new QPushButton(QStringLiteral("New instance"));
        primary->setProperty("primary", true);
        auto* danger = new QPushButton(QStringLiteral("Delete"));
        danger->setProperty("danger", true);
        danger->setIcon(icon(QStringLiteral("delete"), Tone::Bad));
        auto* start = new QPushButton(icon(QStringLiteral("start")), QStringLiteral("Start"));
        auto* disabled = new QPushButton(icon(QStringLiteral("stop")), QStringLiteral("Stop"));
        disabled->setEnabled(false);
        auto* link = new QPushButton(QStringLiteral("Raise the limit"));
        link->setProperty("link", true);
        auto* combo = new QComboBox;
        combo->addItems({QStringLiteral("Width: memory"), QStringLiteral("Width: CPU")});
        auto* check = new QCheckBox(QStringLiteral("It needs its own kernel"));
        check->setChecked(true);
        auto* radio = new QRadioButton(QStringLiteral("Follow the desktop"));
        radio->setChecked(true);
        auto* pill = new Pill(QStringLiteral("running"), Tone::Good);
        pill->setOutlined(true);
        pill->setDot(true);
        auto* state = new StateDot;
        state->setState(State::Paused);
        for (QWidget* one :
             std::initializer_list<QWidget*>{primary,
                                             start,
                                             disabled,
                                             danger,
                                             link,
                                             combo,
                                             new SearchField(QStringLiteral("Search name, image, address")),
                                             check,
                                             radio,
                                             new KindIcon(Kind::Container),
                                             new KindIcon(Kind::Machine),
                                             new Pill(QStringLiteral("container"), Tone::Container),
                                             new Pill(QStringLiteral("VM"), Tone::Machine),
                                             pill,
                                             state,
                                             new WallGlyph(0),
                                             new WallGlyph(1),
                                             new WallGlyph(2),
                                             new WallGlyph(3),
                                             new WallGlyph(4)})
            flow->addWidget(one);
        grid->addWidget(buttons, 3, 0, 1, 2);
        auto* tabs = new QTabWidget(&page);
        auto* empty = new EmptyState;
        empty->setContent(EmptyState::Look::Empty, QStringLiteral("No instance yet"),
                          QStringLiteral("One image, two walls: start with a twin."), QStringLiteral("New instance"));
        tabs->addTab(empty, QStringLiteral("Summary"));
        tabs->addTab(new QWidget, QStringLiteral("Performance"));
        tabs->addTab(new QWidget, QStringLiteral("终端"));
        grid->addWidget(tabs, 4, 0, 1, 2);
        grid->setRowStretch(4, 1);
        keep(page, QStringLiteral("form"));
    }
};

QTEST_MAIN(TestWidgets)
#include "tst_widgets.moc"
