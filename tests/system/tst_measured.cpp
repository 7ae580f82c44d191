// What is measured of a real container under a known load, read back from the history, against what the kernel counted.
#include "real_helper.h"
#include "support/helper_process.h"

#include <QDateTime>
#include <cmath>

using namespace diptych;

class TestMeasured : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cpuAsTheKernelCounts();

private:
    Json call(const std::string& method, const Json& parameters = Json::object())
    {
        return callOn(m_helper.socket().toStdString(), "org.diptych." + method, parameters);
    }
    Json wait(const Json& begun) { return call("Operations.Wait", {{"id", begun["operation"]}})["operation"]; }
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
    RealHelper m_helper;
};

void TestMeasured::initTestCase()
{
    if (::geteuid() != 0 || qEnvironmentVariable("DIPTYCH_SANDBOX") != "1")
        QSKIP("needs root and tests/support/sandbox");
    QVERIFY(m_helper.start());
    Json built = wait(call("Images.BuildTemplate", {{"template", "busybox"}, {"reference", "busybox:latest"}}));
    if (built["state"] != "done")
        QSKIP("needs busybox-static");
}

void TestMeasured::cpuAsTheKernelCounts()
{
    Json spec{{"name", "loop"},
              {"kind", "container"},
              {"image", "busybox:latest"},
              {"command", {"/bin/sh", "-c", "while :; do :; done"}},
              {"environment", Json::array()},
              {"user", ""},
              {"workingDirectory", ""},
              {"terminal", false},
              {"limits", {{"cpus", 0.5}, {"memory", 67108864}, {"pids", 20}}},
              {"network", {{"mode", "none"}, {"name", ""}}},
              {"ports", Json::array()},
              {"twin", ""}};
    Json made = wait(call("Instances.Create", {{"spec", spec}, {"twins", false}, {"start", true}}));
    QVERIFY2(made["state"] == "done", dumpJson(made).c_str());
    const std::string id = made["result"]["ids"][0];
    QString group;
    const Json listed = call("Instances.List");
    for (const Json& one : listed["instances"])
        if (one["id"] == id)
            group = QString::fromStdString(one["runtime"]["cgroup"].get<std::string>());
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
    wait({{"operation", call("Instances.Delete", {{"ids", {id}}, {"force", true}, {"disks", true}})["operations"][0]}});
    QTRY_COMPARE(call("Metrics.GetRange", {{"id", id}, {"begin", begin}, {"end", end}, {"count", 3}})["error"],
                 Json("org.diptych.NotFound"));
}

QTEST_GUILESS_MAIN(TestMeasured)
#include "tst_measured.moc"
