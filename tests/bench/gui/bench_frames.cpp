// Cost of a frame of each painted part, raster, at one pixel ratio: processor time, medians and 99th percentiles in
// milliseconds.
#include "widgets/diptychpicture.h"
#include "widgets/linechart.h"
#include "widgets/machinemap.h"
#include "widgets/terminal.h"
#include "widgets/theme.h"
#include "widgets/timelinechart.h"

#include <QApplication>
#include <QImage>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>

using namespace diptych;
using namespace diptych::widgets;

namespace {

/// This thread's own time: the machine may be busy with other things.
double threadMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

void measure(const char* name, QWidget& widget, const std::function<void(int)>& change)
{
    QImage image(widget.size(), QImage::Format_RGB32);
    widget.render(&image);
    std::vector<double> times;
    for (int i = 0; i < 200; ++i) {
        const double before = threadMilliseconds();
        change(i);
        widget.render(&image);
        times.push_back(threadMilliseconds() - before);
    }
    std::sort(times.begin(), times.end());
    std::printf("%-44s median %6.2f ms   p99 %6.2f ms\n", name, times[100], times[197]);
}

QList<MapTile> tiles(int count, int moment, int shift = 0)
{
    QList<MapTile> result;
    for (int i = 0; i < count; ++i) {
        MapTile tile;
        tile.id = QString::number(i);
        tile.name = QStringLiteral("instance-%1").arg(i);
        tile.caption = QStringLiteral("busybox:1.35");
        tile.kind = i % 20 ? client::Kind::Container : client::Kind::Machine;
        tile.memory = (10 + (i + shift * moment) % 300) * 1048576.0;
        tile.value = QStringLiteral("%1 %").arg((i + moment) % 100);
        for (int k = 0; k < 60; ++k)
            tile.history.append(0.5 + 0.4 * std::sin((k + moment) * 0.3 + i));
        result.append(tile);
    }
    return result;
}

void benchMap()
{
    MachineMap map;
    map.resize(1110, 412);
    MapHost host;
    host.cpus = {0.2, 0.8, 0.4, 0.9};
    host.memoryTotal = 32e9;
    host.memoryUsed = 20e9;
    map.setHost(host);
    QList<QList<MapTile>> moments;
    for (int i = 0; i < 8; ++i)
        moments.append(tiles(1000, i));
    measure("map, 1,000 instances, all figures new", map, [&](int i) { map.setTiles(moments[i % 8]); });
    QList<QList<MapTile>> restless;
    for (int i = 0; i < 8; ++i)
        restless.append(tiles(1000, i, 37));
    measure("map, 1,000 instances, others in sight", map, [&](int i) { map.setTiles(restless[i % 8]); });
    measure("map, 1,000 instances, host's figures new", map, [&](int i) {
        host.cpus[0] = (i % 10) / 10.0;
        map.setHost(host);
    });
}

void benchChart()
{
    LineChart chart(QStringLiteral("CPU"));
    chart.resize(380, 136);
    chart.setSpan(600);
    const int a = chart.addSeries(QStringLiteral("a"), Tone::Container);
    const int b = chart.addSeries(QStringLiteral("b"), Tone::Machine);
    chart.setLimit(a, 100);
    qint64 now = 1'000'000;
    const auto step = [&](int i) {
        now += 1000;
        chart.append(a, now, 50 + 40 * std::sin(i * 0.1));
        chart.append(b, now, 60 + 30 * std::sin(i * 0.17));
    };
    for (int i = 0; i < 600; ++i)
        step(i);
    measure("chart, two series of ten minutes", chart, step);
}

/// As after a month in minutes: every point is there, most share their pixel column with others.
void benchLongChart()
{
    LineChart chart(QStringLiteral("CPU"));
    chart.resize(600, 200);
    const qint64 end = 1'790'000'000'000;
    for (const char* name : {"a", "b"}) {
        const int series = chart.addSeries(QString::fromLatin1(name), *name == 'a' ? Tone::Container : Tone::Machine);
        QList<QPointF> points;
        QList<QPointF> peaks;
        for (int i = 20'000; i > 0; --i) {
            points.append({double(end - i * 60'000LL), 50 + 40 * std::sin(i * 0.1)});
            peaks.append({points.last().x(), points.last().y() * 1.2});
        }
        chart.setPoints(series, points, peaks);
    }
    chart.setGap(90'000);
    QList<ChartEvent> events;
    for (int i = 0; i < 100; ++i)
        events.append({end - i * 11'000'000LL, QStringLiteral("started"), {}, Tone::Good});
    chart.setEvents(events);
    measure("chart, 2 x 20,000 points with peaks, panned", chart,
            [&](int i) { chart.setView(end - 1'200'000'000 - i * 60'000LL, end - i * 60'000LL); });
}

void benchTerminal()
{
    TerminalView view;
    view.resize(1000, 600);
    int line = 0;
    measure("terminal, full of coloured text, scrolling", view, [&](int) {
        QByteArray bytes;
        for (int i = 0; i < 40; ++i, ++line)
            bytes += "\r\n\x1b[3" + QByteArray::number(line % 8) + "mline " + QByteArray::number(line) +
                     "\x1b[0m of a log with \x1b[1mbold\x1b[0m words in it, and a longer tail of text";
        view.feed(bytes);
    });
}

void benchPicture()
{
    DiptychPicture picture;
    picture.resize(756, 244);
    PicturePanel panel;
    panel.name = QStringLiteral("shop");
    for (int i = 0; i < 6; ++i)
        panel.processes.append({QStringLiteral("nginx"), i + 1, 4000 + i, QStringLiteral("2 MiB")});
    measure("Compare's picture", picture, [&](int i) {
        panel.caption = QString::number(i);
        picture.setPanels(panel, panel);
    });
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    Theme::instance().setScheme(Scheme::Light);
    benchMap();
    benchChart();
    benchLongChart();
    benchTerminal();
    benchPicture();
    return 0;
}
