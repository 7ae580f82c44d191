// Rates from counters: on a made-up driver and made-up files of the host.
#include "base/files.h"
#include "metrics/host.h"
#include "metrics/recent.h"
#include "metrics/ring.h"
#include "metrics/sampler.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace diptych;
using namespace diptych::metrics;

namespace {

/// A driver that only samples; what the sampler must not call is an error.
class FakeDriver final : public Driver
{
public:
    std::vector<std::pair<std::string, Sample>> samples;

    [[nodiscard]] Kind kind() const override { return Kind::Container; }
    void setListener(Listener) override {}
    Result<std::vector<Instance>> list() override { return no(); }
    Result<Instance> describe(const std::string&) override { return no(); }
    Result<Instance> create(const std::string&, const InstanceSpec&, Progress&) override { return no(); }
    Status start(const std::string&, Progress&) override { return no(); }
    Status stop(const std::string&, std::chrono::milliseconds, Progress&) override { return no(); }
    Status kill(const std::string&, int) override { return no(); }
    Status pause(const std::string&) override { return no(); }
    Status resume(const std::string&) override { return no(); }
    Status rename(const std::string&, const std::string&) override { return no(); }
    Status remove(const std::string&, bool) override { return no(); }
    Result<std::pair<std::vector<std::string>, std::vector<std::string>>> removalPlan(const std::string&) override
    {
        return no();
    }
    Status setLimits(const std::string&, const Limits&) override { return no(); }
    Status setTwin(const std::string&, const std::string&) override { return no(); }
    Result<Terminal> openTerminal(const std::string&, const TerminalRequest&) override { return no(); }
    Result<std::vector<TerminalSession>> terminals(const std::string&) override { return no(); }
    Result<std::string> log(const std::string&, size_t) override { return no(); }
    Result<Timeline> timeline(const std::string&) override { return no(); }
    Result<std::vector<Process>> processes(const std::string&) override { return no(); }
    Result<std::string> configuration(const std::string&) override { return no(); }
    Result<std::string> preview(const InstanceSpec&) override { return no(); }
    Result<Json> probe(const std::string&) override { return no(); }
    Result<Json> hostFacts(const std::string&) override { return no(); }
    Result<uint64_t> diskBytes(const std::string&) override { return no(); }
    std::vector<std::pair<std::string, Sample>> sample() override { return samples; }
    Result<Sample> sampleOne(const std::string&) override { return no(); }

private:
    static tl::unexpected<Error> no() { return fail(Code::NotSupported, "not of the sampler's business"); }
};

Sample at(double seconds, double cpuSeconds, uint64_t read = 0)
{
    Sample s;
    s.time = static_cast<int64_t>(seconds * 1e9);
    s.cpuNanoseconds = static_cast<uint64_t>(cpuSeconds * 1e9);
    s.readBytes = read;
    s.memory = 4096;
    return s;
}

void put(const QTemporaryDir& dir, const char* name, const char* text)
{
    std::string path = dir.path().toStdString() + "/" + name;
    QVERIFY(makeDirectories(path.substr(0, path.find_last_of('/'))));
    QVERIFY(writeFileAtomic(path, text));
}

} // namespace

class TestMetrics : public QObject
{
    Q_OBJECT

private slots:
    void ringKeepsTheLast()
    {
        Ring<int> ring(3);
        QVERIFY(ring.newest() == nullptr);
        for (int i = 1; i <= 5; ++i)
            ring.push(i);
        QCOMPARE(ring.values(), (std::vector<int>{3, 4, 5}));
        QCOMPARE(*ring.newest(), 5);
    }

    void makesRates()
    {
        FakeDriver driver;
        Sampler sampler;
        sampler.addDriver(driver);
        driver.samples = {{"a", at(10, 5, 1000)}};
        QVERIFY(sampler.sweep().instances.empty()); // one reading is no rate
        driver.samples = {{"a", at(12, 6, 5000)}};
        driver.samples[0].second.throttledNanoseconds = 500'000'000;
        Sweep sweep = sampler.sweep();
        QCOMPARE(sweep.instances.size(), size_t{1});
        const Point& p = sweep.instances[0].second;
        QCOMPARE(p.cpu, 0.5);
        QCOMPARE(p.readRate, 2000.0);
        QCOMPARE(p.throttled, 0.25);
        QCOMPARE(p.memory, uint64_t{4096});
        QCOMPARE(p.time, sweep.time);
        QCOMPARE(sampler.latest("a").cpu, 0.5);
        QCOMPARE(sampler.history("a").size(), size_t{1});
        QVERIFY(sampler.history("b").empty());
    }

    void startsAnewAfterARestart()
    {
        FakeDriver driver;
        Sampler sampler;
        sampler.addDriver(driver);
        driver.samples = {{"a", at(10, 50)}};
        sampler.sweep();
        driver.samples = {{"a", at(11, 0.5)}}; // stopped and started between two sweeps
        QVERIFY(sampler.sweep().instances.empty());
        driver.samples = {{"a", at(12, 1.5)}};
        QCOMPARE(sampler.sweep().instances.at(0).second.cpu, 1.0);
        driver.samples = {};
        sampler.sweep();
        driver.samples = {{"a", at(20, 9)}}; // away for a sweep: what lies between is nobody's rate
        QVERIFY(sampler.sweep().instances.empty());
        QCOMPARE(sampler.history("a").size(), size_t{1});
        sampler.forget("a");
        QVERIFY(sampler.history("a").empty());
    }

    void historyIsBounded()
    {
        FakeDriver driver;
        Sampler sampler("/nonexistent", "/nonexistent");
        sampler.addDriver(driver);
        for (int i = 0; i < int(Sampler::historyLength) + 50; ++i) {
            driver.samples = {{"a", at(i + 1, i)}};
            sampler.sweep();
        }
        QCOMPARE(sampler.history("a").size(), Sampler::historyLength);
        QCOMPARE(sampler.hostHistory().size(), Sampler::historyLength);
    }

    void keepsRepeatedPointsWithTheirTimes()
    {
        SweepTimes times(4);
        Recent recent;
        Point point;
        point.memory = 5 * 4096 + 1;
        point.memoryGuest = uint64_t{3} << 40;
        point.cpu = 0.25;
        point.readRate = 1e9;
        for (uint32_t round = 1; round <= 6; ++round) {
            times.set(round, round * 1000 + round % 2);
            point.pids = round < 5 ? 2 : 3;
            if (round != 4) // away
                recent.push(round, point, times);
        }
        auto kept = recent.values(6, times);
        QCOMPARE(kept.size(), size_t{3}); // rounds 3, 5 and 6: the first two are too old
        QCOMPARE(kept[0].time, 3001);
        QCOMPARE(kept[1].time, 5001);
        QCOMPARE(kept[2].time, 6000);
        QCOMPARE(kept[0].pids, 2u);
        QCOMPARE(kept[2].pids, 3u);
        QCOMPARE(kept[0].memory, 5u * 4096);
        QCOMPARE(kept[0].memoryGuest, point.memoryGuest);
        QCOMPARE(kept[0].cpu, 0.25);
        QCOMPARE(kept[0].readRate, 1e9);
        times.set(10, 10'000);
        QVERIFY(recent.values(10, times).empty());
    }

    void readsTheHost()
    {
        QTemporaryDir dir;
        std::string root = dir.path().toStdString();
        put(dir, "stat", "cpu  9 9 9 9\ncpu0 100 0 100 800 0 0 0 0 0 0\ncpu1 0 0 0 100 0 0 0 0 0 0\nintr 5\n");
        put(dir, "meminfo",
            "MemTotal:  1000 kB\nMemFree: 1 kB\nMemAvailable: 400 kB\nSwapTotal: 10 kB\nSwapFree: 4 kB\n");
        put(dir, "diskstats",
            "   8  0 sda 1 0 10 0 1 0 20 0 0 0 0\n   8  1 sda1 1 0 99 0 1 0 99 0 0 0 0\n   7  0 loop0 1 0 5 0 1 0 5 0 "
            "0 0 0\n");
        put(dir, "net/dev",
            "Inter-|\n face |\n    lo: 7 0 0 0 0 0 0 0 7 0 0 0 0 0 0 0\n  eth0:100 0 0 0 0 0 0 0 300 0 0 0 0 0 0 0\n "
            "virbr0: 5 0 0 0 0 0 0 0 6 0 0 0 0 0 0 0\n");
        for (const char* name : {"pressure/cpu", "pressure/memory", "pressure/io"})
            put(dir, name, "some avg10=1.50 avg60=0 avg300=0 total=1\nfull avg10=0.25 avg60=0 avg300=0 total=1\n");
        QVERIFY(makeDirectories(root + "/block/sda"));
        QVERIFY(makeDirectories(root + "/block/loop0"));
        QVERIFY(makeDirectories(root + "/class/net/eth0/device"));
        HostCounters before = readHost(root, root);
        QCOMPARE(before.cores.size(), size_t{2});
        QCOMPARE(before.cores[0].busy, uint64_t{200});
        QCOMPARE(before.readBytes, uint64_t{10 * 512});
        QCOMPARE(before.writtenBytes, uint64_t{20 * 512});
        QCOMPARE(before.receivedBytes, uint64_t{100});
        QCOMPARE(before.sentBytes, uint64_t{300});
        QVERIFY(before.pressure.known);
        QCOMPARE(before.pressure.cpuSome, 1.5);
        QCOMPARE(before.pressure.ioFull, 0.25);
        put(dir, "stat", "cpu0 150 0 100 850 0 0 0 0 0 0\ncpu1 0 0 0 200 0 0 0 0 0 0\n");
        HostPoint p = hostPoint(before, readHost(root, root), 2);
        QCOMPARE(p.cores[0], 0.5);
        QCOMPARE(p.cores[1], 0.0);
        QCOMPARE(p.cpu, 0.5);
        QCOMPARE(p.memory, uint64_t{600 * 1024});
        QCOMPARE(p.swap, uint64_t{6 * 1024});
    }

    void missingFilesAreZero()
    {
        HostCounters host = readHost("/nonexistent", "/nonexistent");
        QVERIFY(host.cores.empty());
        QVERIFY(!host.pressure.known);
        QCOMPARE(hostPoint(host, host, 1).cpu, 0.0);
    }
};

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
