// The real window on a pretended helper: how soon it shows, how long it is deaf while 1,000 instances arrive, what a
// whole repaint of each page costs. Prints figures, judges nothing: bin/bench_window [instances ...].
#include "shell/main_window.h"
#include "shell/watchdog.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QImage>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <unistd.h>

using namespace diptych;
using namespace Qt::StringLiterals;

namespace {

/// Since this process was made, the loader's work too.
double processMilliseconds()
{
    QFile file(u"/proc/self/stat"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = file.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    const double begun = fields.value(19).toDouble() / double(sysconf(_SC_CLK_TCK));
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (double(now.tv_sec) + double(now.tv_nsec) / 1e9 - begun) * 1e3;
}

double cpuMilliseconds(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

class FirstPaint final : public QObject
{
public:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::UpdateRequest || event->type() == QEvent::Paint)
            seen = true;
        return QObject::eventFilter(watched, event);
    }
    bool seen = false;
};

template <typename Condition>
bool spin(Condition condition, int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (!condition() && timer.elapsed() < milliseconds)
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 5);
    return condition();
}

struct Helper
{
    QTemporaryDir folder;
    QProcess process;
    QString socket = folder.filePath(u"helper.sock"_s);

    bool start(int instances)
    {
        const int machines = instances / 20;
        process.start(QCoreApplication::applicationDirPath() + u"/fake-diptychd"_s,
                      {u"--socket"_s, socket, u"--state"_s, folder.filePath(u"state"_s), u"--containers"_s,
                       QString::number(instances - machines), u"--machines"_s, QString::number(machines)});
        return process.waitForStarted() && spin([this] { return QFile::exists(socket); }, 10000);
    }
    ~Helper()
    {
        process.terminate();
        process.waitForFinished(3000);
    }
};

void repaints(shell::MainWindow& window, int instances)
{
    for (const QString& page : {u"overview"_s, u"instances"_s, u"compare"_s, u"activity"_s}) {
        window.showPage(page);
        spin([] { return false; }, 1500);
        QImage image(window.size(), QImage::Format_RGB32);
        std::vector<double> times;
        for (int i = 0; i < 100; ++i) {
            const double before = cpuMilliseconds(CLOCK_THREAD_CPUTIME_ID);
            window.render(&image);
            times.push_back(cpuMilliseconds(CLOCK_THREAD_CPUTIME_ID) - before);
        }
        std::sort(times.begin(), times.end());
        std::printf("%5d instances  whole repaint of %-10s median %6.2f ms   p99 %6.2f ms\n", instances,
                    qPrintable(page), times[50], times[98]);
    }
}

void measure(int instances, double untilApplication)
{
    Helper helper;
    if (!helper.start(instances)) {
        std::puts("fake-diptychd did not start: build it beside this program");
        return;
    }
    QElapsedTimer timer;
    timer.start();
    auto watchdog = std::make_unique<shell::Watchdog>(20);
    const double cpuBefore = cpuMilliseconds(CLOCK_PROCESS_CPUTIME_ID);
    shell::MainWindow window;
    window.resize(1440, 900);
    FirstPaint first;
    window.installEventFilter(&first);
    window.connectTo(u"unix:"_s + helper.socket);
    window.showPage(u"overview"_s);
    window.show();
    spin([&] { return first.seen; }, 10000);
    const qint64 shown = timer.elapsed();
    const double cpuShown = cpuMilliseconds(CLOCK_PROCESS_CPUTIME_ID) - cpuBefore;
    spin([&] { return window.session()->store().isLoaded(); }, 20000);
    const qint64 loaded = timer.elapsed();
    spin([] { return false; }, 3000);
    std::printf(
        "%5d instances  first frame %lld ms after the window was asked for (%.0f ms of processor time; with the "
        "program's start %.0f ms), data after %lld ms\n",
        instances, static_cast<long long>(shown), cpuShown, untilApplication + double(shown),
        static_cast<long long>(loaded));
    std::printf("%5d instances  deaf at most %lld ms, of them busy %lld ms\n", instances,
                static_cast<long long>(watchdog->worst()), static_cast<long long>(watchdog->worstBusy()));
    watchdog.reset(); // what follows paints without a pause
    repaints(window, instances);
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", qgetenv("QT_QPA_PLATFORM").isEmpty() ? "offscreen" : qgetenv("QT_QPA_PLATFORM"));
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setOrganizationName(u"diptych-bench"_s);
    widgets::Theme::instance().setScheme(widgets::Scheme::Light);
    const double untilApplication = processMilliseconds();
    QStringList counts = QApplication::arguments().mid(1);
    if (counts.isEmpty())
        counts = {u"8"_s, u"1000"_s};
    for (const QString& count : counts)
        measure(count.toInt(), untilApplication);
    return 0;
}
