// The real window while much goes on at a pretended helper: what a frame costs (processor time from the request to
// paint until it is painted) in the table of instances and in the overview's map, at rest with figures each second and
// while scrolling; then how long the window is deaf while N start and stop events come within a second.
//   bin/bench_live [instances = 1000] [events = 1000]
#include "shell/main_window.h"
#include "shell/watchdog.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QProcess>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <thread>

using namespace diptych;
using namespace Qt::StringLiterals;

namespace {

double threadMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

class Application final : public QApplication
{
public:
    using QApplication::QApplication;
    bool notify(QObject* receiver, QEvent* event) override
    {
        const bool frame = event->type() == QEvent::UpdateRequest && receiver->isWidgetType() && !m_inside;
        if (!frame)
            return QApplication::notify(receiver, event);
        m_inside = true;
        const double before = threadMilliseconds();
        const bool taken = QApplication::notify(receiver, event);
        frames.push_back(threadMilliseconds() - before);
        m_inside = false;
        return taken;
    }
    std::vector<double> frames;

private:
    bool m_inside = false;
};

void spin(int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < milliseconds)
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 5);
}

void report(const char* what, std::vector<double>& frames)
{
    std::sort(frames.begin(), frames.end());
    if (frames.empty())
        std::printf("%-46s no frames\n", what);
    else
        std::printf("%-46s %4zu frames   median %6.2f ms   p99 %6.2f ms   most %6.2f ms\n", what, frames.size(),
                    frames[frames.size() / 2], frames[frames.size() * 99 / 100], frames.back());
    frames.clear();
}

/// Up and down through everything, sixty steps a second, for some seconds.
void scroll(QScrollBar* bar, int seconds)
{
    const int steps = seconds * 60;
    for (int i = 0; i < steps; ++i) {
        const int place = i % 120 < 60 ? i % 60 : 60 - i % 60;
        bar->setValue(bar->minimum() + (bar->maximum() - bar->minimum()) * place / 60);
        spin(16);
    }
}

/// Answers of one connection, blocking; on a thread of its own.
QJsonObject call(QLocalSocket& socket, const QString& method, const QJsonObject& parameters)
{
    const QJsonObject message{{u"method"_s, method}, {u"parameters"_s, parameters}};
    socket.write(QJsonDocument(message).toJson(QJsonDocument::Compact) + '\0');
    QByteArray answer;
    while (!answer.contains('\0') && (socket.bytesAvailable() || socket.waitForReadyRead(10000)))
        answer += socket.readAll();
    answer.truncate(answer.indexOf('\0'));
    return QJsonDocument::fromJson(answer)[u"parameters"_s].toObject();
}

/// Stops and starts instances of the helper, a tenth of them each tenth of a second, until there were so many events.
void storm(const QString& path, int events)
{
    QLocalSocket socket;
    socket.connectToServer(path);
    if (!socket.waitForConnected(5000))
        return;
    QStringList ids;
    const QJsonObject all = call(socket, u"org.diptych.Instances.List"_s, {});
    for (const QJsonValue& one : all[u"instances"_s].toArray())
        if (one[u"runtime"_s][u"state"_s].toString() == u"running"_s)
            ids.append(one[u"id"_s].toString());
    const int half = std::min<int>(int(ids.size()), events / 2);
    for (const QString& method : {u"Stop"_s, u"Start"_s})
        for (int batch = 0; batch < 5; ++batch) {
            const QJsonArray some = QJsonArray::fromStringList(ids.mid(batch * half / 5, half / 5));
            call(socket, u"org.diptych.Instances."_s + method, {{u"ids"_s, some}});
            std::this_thread::sleep_for(std::chrono::milliseconds(80));
        }
}

/// What a frame costs while nothing but measurements comes, and somebody scrolls.
void quietly(Application& application, shell::MainWindow& window, int instances)
{
    application.frames.clear();
    spin(6000);
    report("instances, figures each second", application.frames);
    for (QTableView* table : window.findChildren<QTableView*>())
        if (table->isVisible() && table->model() && table->model()->rowCount() > instances / 2) {
            scroll(table->verticalScrollBar(), 6);
            report("instances, scrolling, figures each second", application.frames);
        }
    window.showPage(u"overview"_s);
    spin(2000);
    application.frames.clear();
    spin(6000);
    report("overview, figures each second", application.frames);
    for (QAbstractScrollArea* area : window.findChildren<QAbstractScrollArea*>())
        if (area->isVisible() && area->verticalScrollBar()->maximum() > 0) {
            scroll(area->verticalScrollBar(), 6);
            report("overview, scrolling, figures each second", application.frames);
            break;
        }
}

} // namespace

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    Application application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setOrganizationName(u"diptych-bench"_s);
    widgets::Theme::instance().setScheme(widgets::Scheme::Light);
    const int instances = argc > 1 ? std::atoi(argv[1]) : 1000;
    const int events = argc > 2 ? std::atoi(argv[2]) : 1000;

    QTemporaryDir folder;
    QProcess helper;
    const QString path = folder.filePath(u"helper.sock"_s);
    helper.start(QCoreApplication::applicationDirPath() + u"/fake-diptychd"_s,
                 {u"--socket"_s, path, u"--state"_s, folder.filePath(u"state"_s), u"--containers"_s,
                  QString::number(instances - instances / 20), u"--machines"_s, QString::number(instances / 20)});
    while (helper.state() != QProcess::NotRunning && !QFile::exists(path))
        spin(20);

    shell::MainWindow window;
    window.resize(1440, 900);
    window.connectTo(u"unix:"_s + path);
    window.showPage(u"instances"_s);
    window.show();
    spin(4000);

    if (!qEnvironmentVariableIsSet("STORM_ONLY"))
        quietly(application, window, instances);
    for (const QString& page : {u"overview"_s, u"instances"_s}) {
        window.showPage(page);
        spin(1500);
        application.frames.clear();
        shell::Watchdog watchdog(20);
        std::thread others(storm, path, events);
        spin(3000);
        others.join();
        report(qPrintable(page + u", %1 starts and stops in a second"_s.arg(events)), application.frames);
        std::printf("%s: deaf at most %lld ms, of them busy %lld ms\n", qPrintable(page),
                    static_cast<long long>(watchdog.worst()), static_cast<long long>(watchdog.worstBusy()));
        spin(3000);
    }
    helper.terminate();
    helper.waitForFinished(3000);
    return 0;
}
