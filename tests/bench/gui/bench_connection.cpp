// The real window on a real helper with thousands of machines of one added connection (libvirt's test driver): how soon
// they are in the list, how long the window is deaf meanwhile, what a frame costs while they are scrolled, filtered and
// sorted. Prints figures, judges nothing: tests/support/sandbox bin/bench_connection [machines].
#include "client/client.h"
#include "pages/instances_page.h"
#include "shell/main_window.h"
#include "shell/watchdog.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QHeaderView>
#include <QLineEdit>
#include <QProcess>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace diptych;
using namespace Qt::StringLiterals;

namespace {

double threadMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// Sleeps between events, as the window does.
template <typename Condition>
bool spin(Condition condition, int milliseconds)
{
    QEventLoop loop;
    QElapsedTimer timer;
    QTimer tick;
    timer.start();
    QObject::connect(&tick, &QTimer::timeout, &loop, [&] {
        if (condition() || timer.elapsed() > milliseconds)
            loop.quit();
    });
    tick.start(10);
    loop.exec();
    return condition();
}

QString node(const QString& folder, int machines)
{
    QFile file(folder + u"/node.xml"_s);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    QByteArray xml = "<node>";
    for (int i = 0; i < machines; ++i) {
        const QByteArray number = QByteArray::number(i).rightJustified(4, '0');
        const QByteArray id = QByteArray::number(i + 1, 16).rightJustified(8, '0');
        xml += "<domain type='test'><name>vm" + number + "</name><uuid>" + id +
               "-0000-4000-8000-000000003000</uuid><memory>524288</memory><vcpu>2</vcpu><os><type>hvm</type></os></"
               "domain>";
    }
    file.write(xml + "</node>");
    return file.fileName();
}

struct Helper
{
    QTemporaryDir folder;
    QProcess process;
    QString socket = folder.filePath(u"run/diptych.sock"_s);

    bool start()
    {
        process.setStandardErrorFile(folder.filePath(u"log"_s));
        process.start(QCoreApplication::applicationDirPath() + u"/diptychd"_s,
                      {u"--state"_s, folder.filePath(u"state"_s), u"--run"_s, folder.filePath(u"run"_s)});
        return process.waitForStarted() && spin([this] { return QFile::exists(socket); }, 20000);
    }
    ~Helper()
    {
        process.terminate();
        process.waitForFinished(5000);
    }
};

void tell(const char* what, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    std::printf("%-34s median %6.2f ms   p99 %6.2f ms   worst %6.2f ms\n", what, times[times.size() / 2],
                times[times.size() * 99 / 100], times.back());
}

/// Each step with all that it brings about, painting included.
void steps(const char* what, int count, const std::function<void(int)>& step)
{
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        const double before = threadMilliseconds();
        step(i);
        QCoreApplication::processEvents(QEventLoop::ExcludeSocketNotifiers);
        times.push_back(threadMilliseconds() - before);
    }
    tell(what, std::move(times));
}

void arrive(shell::MainWindow& window, const QString& file, int machines, shell::Watchdog& watchdog)
{
    QTableView* table = static_cast<pages::InstancesPage*>(window.page(u"instances"_s))->table();
    watchdog.forget();
    QElapsedTimer timer;
    timer.start();
    const double before = threadMilliseconds();
    window.session()->client().addConnection(u"many"_s, u"test://"_s + file, &window, [](const auto& answer) {
        if (!answer)
            std::printf("%s\n", qPrintable(answer.error().message));
    });
    spin([&] { return table->model()->rowCount() > 0; }, 60000);
    const qint64 first = timer.elapsed();
    spin([&] { return table->model()->rowCount() >= machines; }, 60000);
    const qint64 all = timer.elapsed();
    QCoreApplication::processEvents();
    std::printf("%d machines: first after %lld ms, all after %lld ms, of them the window busy %.0f ms\n", machines,
                static_cast<long long>(first), static_cast<long long>(all), threadMilliseconds() - before);
    spin([] { return false; }, 5000);
    std::printf("deaf at most %lld ms, of them busy %lld ms\n", static_cast<long long>(watchdog.worst()),
                static_cast<long long>(watchdog.worstBusy()));
}

void use(shell::MainWindow& window, shell::Watchdog& watchdog)
{
    auto* page = static_cast<pages::InstancesPage*>(window.page(u"instances"_s));
    QTableView* table = page->table();
    watchdog.forget();
    QScrollBar* bar = table->verticalScrollBar();
    steps("scrolled by three rows", 300, [&](int i) { bar->setValue(3 * i); });
    steps("scrolled by a page", 100, [&](int) {
        bar->setValue(bar->value() + bar->pageStep() > bar->maximum() ? 0 : bar->value() + bar->pageStep());
    });
    steps("dragged to anywhere", 100,
          [&](int i) { bar->setValue(int(qint64(bar->maximum()) * ((i * 37) % 100) / 100)); });
    steps("chosen with the arrow keys", 50, [&](int i) { table->selectRow(i * 7); });
    auto* search = page->findChild<QLineEdit*>();
    const QStringList words{u"v"_s, u"vm"_s, u"vm1"_s, u"vm12"_s, u"vm123"_s, u"vm1"_s, QString()};
    steps("filtered", 35, [&](int i) { search->setText(words[i % words.size()]); });
    search->clear();
    spin([] { return false; }, 500);
    steps("sorted", 20,
          [&](int i) { table->sortByColumn(i % 2, i % 4 < 2 ? Qt::AscendingOrder : Qt::DescendingOrder); });
    spin([] { return false; }, 1000);
    std::printf("deaf at most %lld ms, of them busy %lld ms\n", static_cast<long long>(watchdog.worst()),
                static_cast<long long>(watchdog.worstBusy()));
    watchdog.forget();
    const double before = threadMilliseconds();
    spin([] { return false; }, 10000);
    std::printf("looked at, nothing done: %.1f %% of a core, deaf at most %lld ms\n",
                (threadMilliseconds() - before) / 100, static_cast<long long>(watchdog.worst()));
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", qgetenv("QT_QPA_PLATFORM").isEmpty() ? "offscreen" : qgetenv("QT_QPA_PLATFORM"));
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setOrganizationName(u"diptych-bench"_s);
    widgets::Theme::instance().setScheme(widgets::Scheme::Light);
    const int machines = argc > 1 ? atoi(argv[1]) : 3000;
    Helper helper;
    if (!helper.start()) {
        std::puts("diptychd did not start: build it beside this program, and run this in tests/support/sandbox");
        return 1;
    }
    shell::MainWindow window;
    window.resize(1440, 900);
    window.connectTo(u"unix:"_s + helper.socket);
    window.showPage(u"instances"_s);
    window.show();
    if (!spin([&] { return window.session()->store().isLoaded(); }, 20000))
        return 1;
    shell::Watchdog watchdog(20);
    arrive(window, node(helper.folder.path(), machines), machines, watchdog);
    use(window, watchdog);
    return 0;
}
