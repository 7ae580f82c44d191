// What is measured of a real container under a known load, read back from the history, against what the kernel counted.
#include "system/helper_calls.h"

#include <QDateTime>
#include <QRegularExpression>
#include <cmath>

using namespace diptych;

/// The host's counters, from other files than the helper reads where there are any.
struct HostReading
{
    int64_t time = 0; ///< Unix ms
    double busy = 0;  ///< seconds of all cores together
    double memory = 0, cpuPressure = -1;
    double read = 0, written = 0, received = 0, sent = 0; ///< bytes
};

static QByteArray textOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

static double busySeconds()
{
    const QList<QByteArray> all = textOf("/proc/stat").split('\n').first().simplified().split(' ');
    double ticks = 0; // user nice system, irq softirq steal
    for (int field : {1, 2, 3, 6, 7, 8})
        ticks += all.value(field).toDouble();
    return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

static void readLinks(HostReading& reading)
{
    double physical[2] = {}, all[2] = {};
    bool any = false;
    for (const QString& name : QDir("/sys/class/net").entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QString link = "/sys/class/net/" + name;
        const double bytes[2] = {textOf(link + "/statistics/rx_bytes").toDouble(),
                                 textOf(link + "/statistics/tx_bytes").toDouble()};
        const bool device = QFile::exists(link + "/device");
        any = any || device;
        for (int way = 0; way < 2 && name != "lo"; ++way) {
            all[way] += bytes[way];
            physical[way] += device ? bytes[way] : 0;
        }
    }
    reading.received = any ? physical[0] : all[0];
    reading.sent = any ? physical[1] : all[1];
}

static HostReading readHostNow()
{
    HostReading reading;
    reading.time = QDateTime::currentMSecsSinceEpoch();
    reading.busy = busySeconds();
    for (const QByteArray& line : textOf("/proc/meminfo").split('\n')) {
        const double bytes = line.simplified().split(' ').value(1).toDouble() * 1024;
        reading.memory += line.startsWith("MemTotal:") ? bytes : (line.startsWith("MemAvailable:") ? -bytes : 0);
    }
    for (const QString& name : QDir("/sys/block").entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        static const QRegularExpression stacked("^(loop|ram|zram|dm-|md)");
        const QList<QByteArray> fields = textOf("/sys/block/" + name + "/stat").simplified().split(' ');
        if (name.contains(stacked))
            continue;
        reading.read += fields.value(2).toDouble() * 512;
        reading.written += fields.value(6).toDouble() * 512;
    }
    readLinks(reading);
    const QByteArray pressure = textOf("/proc/pressure/cpu");
    if (!pressure.isEmpty())
        reading.cpuPressure = pressure.mid(pressure.indexOf("avg10=") + 6).split(' ').first().toDouble();
    return reading;
}

/// The last reading not later than time, or the first not earlier.
static const HostReading& readingAt(const std::vector<HostReading>& all, int64_t time, bool before)
{
    auto next = std::find_if(all.begin(), all.end(), [time](const HostReading& one) { return one.time > time; });
    if (before)
        return next == all.begin() ? all.front() : *(next - 1);
    return next == all.end() ? all.back() : *next;
}

class TestMeasured final : public QObject, private HelperCalls
{
    Q_OBJECT

private slots:
    void initTestCase() { prepare(); }
    void cpuAsTheKernelCounts();
    void hostAsTheKernelCounts();

private:
    /// Nanoseconds, by the kernel's own file of either version.
    static int64_t usage(const QString& group)
    {
        QFile old("/sys/fs/cgroup/cpuacct" + group + "/cpuacct.usage"),
            older("/sys/fs/cgroup/cpu,cpuacct" + group + "/cpuacct.usage"),
            unified("/sys/fs/cgroup" + group + "/cpu.stat");
        for (QFile* file : {&old, &older})
            if (file->open(QIODevice::ReadOnly))
                return file->readAll().trimmed().toLongLong();
        if (!unified.open(QIODevice::ReadOnly))
            return -1;
        for (const QByteArray& line : unified.readAll().split('\n'))
            if (line.startsWith("usage_usec "))
                return line.mid(11).toLongLong() * 1000;
        return -1;
    }
    static double mean(const Json& range)
    {
        double sum = 0, seconds = 0;
        for (const Json& point : range["points"]) {
            sum += point["cpu"].get<double>() * point["seconds"].get<double>();
            seconds += point["seconds"].get<double>();
        }
        return seconds > 0 ? sum / seconds : -1;
    }
};

void TestMeasured::cpuAsTheKernelCounts()
{
    const std::string id = make("loop", "while :; do :; done", {{"cpus", 0.5}, {"memory", 67108864}, {"pids", 20}});
    QVERIFY(!id.empty());
    const QString group = this->group(id);
    QVERIFY2(usage(group) >= 0, qPrintable(group));
    QTest::qWait(3000); // its start is over
    // From one border of ten seconds to the second after it.
    QTest::qWait(static_cast<int>(10000 - QDateTime::currentMSecsSinceEpoch() % 10000));
    const int64_t begin = QDateTime::currentMSecsSinceEpoch(), before = usage(group);
    QElapsedTimer timer;
    timer.start();
    QTest::qWait(static_cast<int>(20000 - begin % 10000));
    const int64_t end = QDateTime::currentMSecsSinceEpoch(), after = usage(group);
    const double counted = static_cast<double>(after - before) / static_cast<double>(timer.nsecsElapsed());
    QTest::qWait(2000); // the sweep of the last second
    // A sample tells the second before it: the seconds of the stretch are told a little after it.
    Json seconds = call("Metrics.GetRange", {{"id", id}, {"begin", begin + 500}, {"end", end + 500}, {"count", 100}});
    Json tens = call("Metrics.GetRange", {{"id", id}, {"begin", begin}, {"end", end}, {"count", 3}});
    qInfo("kernel %.4f, seconds %.4f, tens %.4f cores", counted, mean(seconds), mean(tens));
    QCOMPARE(seconds["step"], Json(1000));
    QVERIFY(tens["step"].get<int>() >= 10000);
    QVERIFY2(std::abs(counted - 0.5) < 0.05,
             qPrintable(QString::number(counted))); // the load is what it was meant to be
    QVERIFY2(std::abs(mean(seconds) - counted) < 0.02, dumpJson(seconds).c_str());
    QVERIFY2(std::abs(mean(tens) - counted) < 0.02, dumpJson(tens).c_str());
    m_helper.stop();
    QVERIFY(m_helper.start());
    // The instance may be told a moment after the socket is there.
    QTRY_VERIFY(
        call("Metrics.GetRange", {{"id", id}, {"begin", begin}, {"end", end}, {"count", 3}}).contains("points"));
    Json kept = call("Metrics.GetRange", {{"id", id}, {"begin", begin}, {"end", end}, {"count", 3}});
    QVERIFY2(std::abs(mean(kept) - mean(tens)) < 0.001, dumpJson(kept).c_str());
    call("Instances.Kill", {{"ids", {id}}});
    remove(id);
    QTRY_COMPARE(call("Metrics.GetRange", {{"id", id}, {"begin", begin}, {"end", end}, {"count", 3}})["error"],
                 Json("org.diptych.NotFound"));
}

/// Ten seconds of the host in its history: what the kernel's own counters say of the same seconds.
void TestMeasured::hostAsTheKernelCounts()
{
    for (const char* words :
         {"link add dt0 type veth peer name dt1", "addr add 10.254.7.1/24 dev dt0", "link set dt1 up",
          "link set dt0 up", "neigh add 10.254.7.2 lladdr 02:00:00:00:00:02 dev dt0"})
        QCOMPARE(QProcess::execute("ip", QString(words).split(' ')), 0);
    std::vector<HostReading> seen;
    const int64_t border = (QDateTime::currentMSecsSinceEpoch() / 10000 + 1) * 10000;
    while (QDateTime::currentMSecsSinceEpoch() < border + 12500) {
        seen.push_back(readHostNow());
        if (seen.size() % 5 == 0)
            sendTo("10.254.7.2", 50, 1000, 0); // where the sandbox's network has no device of its own
        QTest::qWait(40);
    }
    QCOMPARE(QProcess::execute("ip", {"link", "delete", "dt0"}), 0);
    std::vector<Json> points; // the second before the bucket, and its own
    const Json history = call("Metrics.GetHostHistory");
    for (const Json& point : history["points"])
        if (point["time"] >= border - 1500 && point["time"] < border + 10000)
            points.push_back(point);
    while (points.size() > 1 && points[1]["time"] < border)
        points.erase(points.begin());
    QVERIFY2(points.size() >= 8, qPrintable(QString::number(points.size())));
    Json range = call("Metrics.GetRange", {{"id", ""}, {"begin", border}, {"end", border + 10000}, {"count", 1}});
    QCOMPARE(range["points"].size(), size_t(1));
    const Json& kept = range["points"][0];
    QCOMPARE(kept["seconds"], Json(points.size() - 1));
    const int64_t first = points.front()["time"], last = points.back()["time"];
    const auto real = [](const Json& point, const char* name) { return point[name].get<double>(); };
    // A counter at the helper's reading lies between those that were seen shortly before and after it.
    constexpr int64_t slack = 150;
    const HostReading &from = readingAt(seen, first - slack, true), &to = readingAt(seen, last + slack, false),
                      &inner = readingAt(seen, first, false), &outer = readingAt(seen, last - slack, true);
    const std::initializer_list<std::pair<const char*, double HostReading::*>> rates{
        {"readRate", &HostReading::read},
        {"writeRate", &HostReading::written},
        {"receiveRate", &HostReading::received},
        {"sendRate", &HostReading::sent}};
    for (const auto& [name, member] : rates) {
        double sum = 0, mean = 0;
        for (size_t i = 1; i < points.size(); ++i) {
            const double seconds =
                static_cast<double>(points[i]["time"].get<int64_t>() - points[i - 1]["time"].get<int64_t>()) / 1000;
            sum += real(points[i], name) * seconds;
            mean += real(points[i], name) / static_cast<double>(points.size() - 1);
        }
        const double most = to.*member - from.*member, least = outer.*member - inner.*member;
        qInfo("%s: %.0f bytes, the kernel %.0f to %.0f", name, sum, least, most);
        QVERIFY(sum >= least * 0.995 - 1 && sum <= most * 1.005 + 1);
        QVERIFY(std::abs(real(kept, name) - mean) <= 1);
    }
    const double counted = (readingAt(seen, last, true).busy - readingAt(seen, first, true).busy) /
                           (static_cast<double>(last - first) / 1000);
    double memory = 0, pressure = 0, readings = 0;
    for (const HostReading& one : seen) {
        if (one.time < first || one.time > last)
            continue;
        memory += one.memory;
        pressure += one.cpuPressure;
        ++readings;
    }
    qInfo("cpu %.3f, the kernel %.3f cores; memory %.0f, %.0f bytes", real(kept, "cpu"), counted, real(kept, "memory"),
          memory / readings);
    QVERIFY(std::abs(real(kept, "cpu") - counted) < 0.02 * static_cast<double>(::sysconf(_SC_NPROCESSORS_ONLN)) + 0.02);
    QVERIFY(std::abs(real(kept, "memory") - memory / readings) < 0.05 * memory / readings);
    QCOMPARE(kept.contains("cpuPressure"), seen.front().cpuPressure >= 0);
    if (!kept.contains("cpuPressure"))
        return;
    qInfo("pressure %.2f, the kernel %.2f %%", real(kept, "cpuPressure"), pressure / readings);
    QVERIFY(std::abs(real(kept, "cpuPressure") - pressure / readings) < 3);
}

QTEST_GUILESS_MAIN(TestMeasured)
#include "tst_measured.moc"
