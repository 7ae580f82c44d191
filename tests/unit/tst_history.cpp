// The history of measurements: packing, both tiers on disk under a clock of our own, ranges, and what a damaged file
// does.
#include "base/files.h"
#include "daemon/history.h"
#include "daemon/kernel_events.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

using namespace diptych;

namespace {

constexpr int64_t minute = 60'000, hour = MetricStore::hour, day = 24 * hour;
constexpr int64_t start = 500'000 * hour; // a whole hour, 2027

MetricBucket bucket(double cpu, double memory, uint32_t seconds = 10)
{
    MetricBucket b;
    b.seconds = seconds;
    b.values[MetricBucket::Cpu] = cpu;
    b.values[MetricBucket::CpuMax] = cpu * 2;
    b.values[MetricBucket::Memory] = memory;
    b.values[MetricBucket::MemoryMax] = memory;
    return b;
}

MetricRow row(const std::string& series, int64_t time, double cpu, double memory = 4096e3)
{
    MetricRow r;
    r.series = series;
    r.minute = time / minute;
    r.buckets.fill(bucket(cpu, memory));
    return r;
}

std::string fileIn(const QTemporaryDir& directory)
{
    return directory.filePath("metrics.sqlite").toStdString();
}

std::unique_ptr<MetricStore> opened(const QTemporaryDir& directory, int64_t now)
{
    auto store = MetricStore::open(fileIn(directory), now);
    if (!store)
        qWarning("%s", store.error().message.c_str());
    return store ? std::move(*store) : nullptr;
}

size_t points(MetricStore& store, const std::string& series, int64_t begin, int64_t end, int64_t step)
{
    auto read = store.read(series, begin, end, step);
    return read ? read->size() : 0;
}

} // namespace

class TestHistory : public QObject
{
    Q_OBJECT

private slots:
    void packs();
    void packsSmall();
    void refusesRubbish();
    void addsUp();
    void keepsAndReads();
    void goesOnInTheSameMinute();
    void condenses();
    void catchesUp();
    void expires();
    void clockPutBack();
    void forgets();
    void steps();
    void merges();
    void fullRoundTrip();
    void survivesDamage();
    void kernelEvents();
    void size();
};

void TestHistory::packs()
{
    std::vector<MetricBucket> all(60);
    for (size_t i = 0; i < all.size(); ++i) {
        if (i % 7 == 3)
            continue; // a gap
        all[i].seconds = static_cast<uint32_t>(i + 1);
        auto x = static_cast<double>(i);
        all[i].values = {x / 8,   x / 4 + 1,     0.125, 4096 * (1000 - x), 4096 * 2000, 4096 * x, 12.5,
                         1e9 * x, x * 12345 + 7, 3,     1e6 - x,           12.34,       0,        99.99};
    }
    auto again = unpackBuckets(packBuckets(all), all.size());
    QVERIFY(again);
    for (size_t i = 0; i < all.size(); ++i) {
        QCOMPARE((*again)[i].seconds, all[i].seconds);
        for (size_t v = 0; v < MetricBucket::ValueCount; ++v)
            QVERIFY2(std::abs((*again)[i].values[v] - all[i].values[v]) <= 1e-9 * (1 + all[i].values[v]),
                     qPrintable(QString("%1/%2: %3").arg(i).arg(v).arg((*again)[i].values[v])));
    }
    MetricBucket odd = bucket(std::nan(""), -5);
    auto tamed = unpackBuckets(packBuckets({odd}), 1);
    QVERIFY(tamed);
    QCOMPARE((*tamed)[0][MetricBucket::Cpu], 0.0);
    QCOMPARE((*tamed)[0][MetricBucket::Memory], 0.0);
}

void TestHistory::packsSmall()
{
    QCOMPARE(packBuckets(std::vector<MetricBucket>(6)).size(), size_t(6));
    std::vector<MetricBucket> idle(6, bucket(0, 4096 * 700));
    for (MetricBucket& b : idle)
        b.values[MetricBucket::CpuMax] = 0;
    QVERIFY2(packBuckets(idle).size() <= 16, qPrintable(QString::number(packBuckets(idle).size())));
}

void TestHistory::refusesRubbish()
{
    const std::string good = packBuckets(std::vector<MetricBucket>(6, bucket(0.5, 8192)));
    QVERIFY(!unpackBuckets(good, 5));
    QVERIFY(!unpackBuckets(good, 7));
    for (size_t cut = 0; cut < good.size(); ++cut)
        QVERIFY(!unpackBuckets(good.substr(0, cut), 6));
    uint32_t state = 1;
    for (int i = 0; i < 20000; ++i) {
        std::string bytes;
        for (int k = 0; k < i % 60; ++k) {
            state = state * 1664525 + 1013904223;
            bytes.push_back(static_cast<char>(state >> 24));
        }
        (void)unpackBuckets(bytes, 6); // no crash, nothing undefined
    }
}

void TestHistory::addsUp()
{
    MetricBucket sum = bucket(1, 4096, 10);
    sum.add(bucket(0.25, 8192, 5));
    QCOMPARE(sum.seconds, 15U);
    QCOMPARE(sum[MetricBucket::Cpu], 0.75);
    QCOMPARE(sum[MetricBucket::CpuMax], 2.0);
    QCOMPARE(sum[MetricBucket::MemoryMax], 8192.0);
    sum.add({});
    QCOMPARE(sum.seconds, 15U);
    MetricBucket none;
    none.add(bucket(0.5, 4096));
    QCOMPARE(none[MetricBucket::Cpu], 0.5);
}

void TestHistory::keepsAndReads()
{
    QTemporaryDir directory;
    auto store = opened(directory, start);
    QVERIFY(store);
    QVERIFY(store->write({row("", start, 1), row("a", start, 0.5), row("b", start, 0.25)}, start + minute));
    auto read = store->read("a", start, start + minute, 10'000);
    QVERIFY(read);
    QCOMPARE(read->size(), size_t(6));
    QCOMPARE(read->front().time, start);
    QCOMPARE(read->back().time, start + 50'000);
    QCOMPARE(read->back().bucket[MetricBucket::Cpu], 0.5);
    QCOMPARE(points(*store, "a", start + minute, start + hour, 10'000), size_t(0));
    QCOMPARE(points(*store, "nobody", 0, start + hour, 10'000), size_t(0));
    store.reset();
    store = opened(directory, start + 2 * minute);
    QCOMPARE(points(*store, "b", start, start + minute, 10'000), size_t(6));
}

void TestHistory::goesOnInTheSameMinute()
{
    QTemporaryDir directory;
    auto store = opened(directory, start);
    MetricRow before, after;
    before.series = after.series = "a";
    before.minute = after.minute = start / minute;
    before.buckets[0] = bucket(1, 4096);
    before.buckets[1] = bucket(1, 4096, 4);
    after.buckets[1] = bucket(0, 4096, 4);
    after.buckets[5] = bucket(1, 4096);
    QVERIFY(store->write({before}, start + 14'000));
    QVERIFY(store->write({after}, start + minute));
    auto read = store->read("a", start, start + minute, 10'000);
    QCOMPARE(read->size(), size_t(3));
    QCOMPARE((*read)[1].bucket.seconds, 8U);
    QCOMPARE((*read)[1].bucket[MetricBucket::Cpu], 0.5);
}

void TestHistory::condenses()
{
    QTemporaryDir directory;
    auto store = opened(directory, start);
    for (int i = 0; i < 70; ++i) {
        if (i != 20)
            QVERIFY(store->write({row("a", start + i * minute, i / 100.0)}, start + (i + 1) * minute));
    }
    // Hour one from the coarse tier: 59 minutes; of hour two the ten minutes in tens of seconds.
    auto read = store->read("a", start, start + 2 * hour, minute);
    QVERIFY(read);
    QCOMPARE(read->size(), size_t(59 + 60));
    QCOMPARE((*read)[30].time, start + 31 * minute);
    QCOMPARE((*read)[30].bucket.seconds, 60U);
    QVERIFY(std::abs((*read)[30].bucket[MetricBucket::Cpu] - 0.31) < 1e-9);
    QVERIFY(std::abs((*read)[30].bucket[MetricBucket::CpuMax] - 0.62) < 1e-9);
    QCOMPARE(points(*store, "a", start, start + hour, 10'000), size_t(59 * 6)); // the fine tier is there still
}

void TestHistory::catchesUp()
{
    QTemporaryDir directory;
    auto store = opened(directory, start);
    QVERIFY(store->write({row("a", start + 10 * minute, 0.5)}, start + 11 * minute));
    store.reset(); // killed; the hour ends without a helper
    store = opened(directory, start + 5 * hour);
    QCOMPARE(points(*store, "a", start, start + 5 * hour, minute), size_t(1));
    QCOMPARE(store->read("a", start, start + 5 * hour, minute)->front().bucket.seconds, 60U);
}

void TestHistory::expires()
{
    QTemporaryDir directory;
    auto store = opened(directory, start);
    QVERIFY(store->write({row("a", start, 0.5)}, start + minute));
    QVERIFY(store->write({row("b", start + 3 * day, 0.5)}, start + 3 * day + minute));
    QCOMPARE(points(*store, "a", start, start + hour, 10'000), size_t(0)); // two days
    QCOMPARE(points(*store, "a", start, start + hour, minute), size_t(1)); // thirty
    QVERIFY(store->write({row("b", start + 31 * day, 0.5)}, start + 31 * day + minute));
    QCOMPARE(points(*store, "a", start, start + hour, minute), size_t(0));
    QCOMPARE(points(*store, "b", start + 3 * day, start + 4 * day, minute), size_t(1));
}

void TestHistory::clockPutBack()
{
    QTemporaryDir directory;
    auto store = opened(directory, start);
    QVERIFY(store->write({row("a", start + 20 * day, 0.5)}, start + 20 * day + minute)); // a wrong clock
    for (int i = 0; i < 120; ++i)
        QVERIFY(store->write({row("a", start + i * minute, 0.5)}, start + (i + 1) * minute));
    QCOMPARE(points(*store, "a", start, start + 2 * hour, minute), size_t(120));
    QCOMPARE(points(*store, "a", start, start + 2 * hour, 10'000), size_t(720));
}

void TestHistory::forgets()
{
    QTemporaryDir directory;
    auto store = opened(directory, start);
    QVERIFY(store->write({row("a", start, 0.5), row("b", start, 0.5)}, start + minute));
    QVERIFY(store->forget("a"));
    QCOMPARE(points(*store, "a", start, start + minute, 10'000), size_t(0));
    QVERIFY(store->write({row("a", start + minute, 0.5)}, start + 2 * minute)); // another of that name
    QCOMPARE(points(*store, "a", start, start + hour, 10'000), size_t(6));
    QVERIFY(store->write({row("b", start + hour, 0.5)}, start + hour + minute));
    store.reset();
    auto database = Database::open(fileIn(directory), "");
    int64_t rows = 0;
    QVERIFY((*database)->run("SELECT count(*) FROM fine", {}, [&rows](const Row& r) { rows = r.integer(0); }));
    QCOMPARE(rows, int64_t(3)); // the forgotten row is gone from the file
}

void TestHistory::steps()
{
    QCOMPARE(MetricHistory::gridFor(0, 60'000, 60, 1000).step, 1000);
    QCOMPARE(MetricHistory::gridFor(0, 60'000, 6, 10'000).step, 10'000);
    QCOMPARE(MetricHistory::gridFor(500, 60'500, 60, 1000).step, 2000); // touches 61 seconds
    QCOMPARE(MetricHistory::gridFor(500, 60'500, 1, 1000).origin, 0);
    QCOMPARE(MetricHistory::gridFor(500, 60'500, 1, 1000).step, 61'000);
    for (int64_t length : {int64_t{1}, 7 * minute, hour + 1, 6 * hour, day, 30 * day})
        for (int64_t count : {1, 2, 7, 100, 600, 2000})
            for (int64_t base : {1000, 10'000, 60'000}) {
                int64_t begin = start + 1234;
                auto grid = MetricHistory::gridFor(begin, begin + length, count, base);
                QVERIFY(grid.step % base == 0 && grid.origin <= begin && grid.origin + grid.step > begin);
                QVERIFY((begin + length - 1 - grid.origin) / grid.step + 1 <= count);
                QVERIFY(count == 1 || grid.origin % grid.step == 0);
            }
}

void TestHistory::merges()
{
    std::vector<MetricStore::Stretch> parts{{start + 10'000, bucket(1, 4096)},
                                            {start, bucket(0, 4096)},
                                            {start + 40'000, bucket(0.5, 4096)},
                                            {start - 1, bucket(9, 4096)},
                                            {start + 90'000, bucket(9, 4096)}};
    auto merged = MetricHistory::merge(parts, {start, 20'000}, start + 80'000);
    QCOMPARE(merged.size(), size_t(2));
    QCOMPARE(merged[0].time, start);
    QCOMPARE(merged[0].bucket[MetricBucket::Cpu], 0.5);
    QCOMPARE(merged[0].bucket[MetricBucket::CpuMax], 2.0);
    QCOMPARE(merged[1].time, start + 40'000);
}

/// Through the loop, as the daemon does it: seconds in, a range out, over an end and a new start.
void TestHistory::fullRoundTrip()
{
    QTemporaryDir directory;
    int64_t now = 0;
    for (int round = 0; round < 2; ++round) {
        auto loop = varlink::Loop::make();
        QVERIFY(loop);
        Workers workers(**loop);
        MetricHistory history(workers);
        history.open(fileIn(directory));
        if (round == 0) {
            now = QDateTime::currentMSecsSinceEpoch() / minute * minute;
            for (int i = 0; i < 150; ++i) {
                history.feed("a", now + i * 1000, bucket(0.5, 4096, 1));
                history.feed("a", now + i * 1000, bucket(99, 4096, 1)); // came already
                history.turn(now + i * 1000);
            }
        }
        MetricHistory::Range range;
        history.range("a", now, now + 3 * minute, 18, now + 3 * minute, [&](Result<MetricHistory::Range> r) {
            range = r.value_or(MetricHistory::Range{});
            (*loop)->quit();
        });
        QVERIFY((*loop)->run());
        QCOMPARE(range.step, 10'000);
        QCOMPARE(range.points.size(), size_t(15));
        for (const auto& point : range.points) {
            QCOMPARE(point.bucket.seconds, 10U);
            QCOMPARE(point.bucket[MetricBucket::Cpu], 0.5);
        }
        history.forget("gone", now);
        history.feed("gone", now, bucket(1, 1, 1)); // what the meter still had
        history.close();
    }
    auto store = opened(directory, now);
    QCOMPARE(points(*store, "gone", now - hour, now + hour, 10'000), size_t(0));
}

void TestHistory::survivesDamage()
{
    QTemporaryDir directory;
    QFile file(QString::fromStdString(fileIn(directory)));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(9000, 'x'));
    file.close();
    auto store = opened(directory, start);
    QVERIFY(store);
    QVERIFY(store->write({row("a", start, 0.5)}, start + minute));
    QVERIFY(!QDir(directory.path()).entryList({"metrics.sqlite.damaged-*"}).isEmpty());
    store.reset();
    // A row that is no row of ours is passed over, those beside it are read.
    auto database = Database::open(fileIn(directory), "");
    QVERIFY((*database)->run("INSERT INTO fine SELECT time + 1, series, x'ffffffff' FROM fine"));
    database->reset();
    store = opened(directory, start + 2 * minute);
    QCOMPARE(points(*store, "a", start, start + hour, 10'000), size_t(6));
    QVERIFY(store->write({row("a", start + 2 * minute, 0.5)}, start + hour));
    QCOMPARE(points(*store, "a", start, start + hour, minute), size_t(2));
}

void TestHistory::kernelEvents()
{
    KernelEvents events;
    metrics::Point point;
    auto next = [&](double throttled, uint64_t kills) {
        point.time += 1000;
        point.throttled = throttled;
        point.oomKills = kills;
        return events.check("a", point);
    };
    QVERIFY(next(0, 2).empty()); // found running: those were before
    QVERIFY(next(0, 3).empty());
    QVERIFY(next(0, 3).empty());
    QVERIFY(next(0, 3).empty());
    auto told = next(0, 3);
    QCOMPARE(told.size(), size_t(1));
    QCOMPARE(told[0].verb, std::string("oomKilled"));
    QVERIFY(next(0, 3).empty());
    for (int i = 0; i < 9; ++i)
        QVERIFY(next(0.5, 3).empty());
    QCOMPARE(next(0.5, 3).at(0).verb, std::string("throttled"));
    for (int i = 0; i < 100; ++i)
        QVERIFY(next(i % 2 ? 0.5 : 0, 3).empty()); // told once
    QVERIFY(next(0, 0).empty());                   // started anew
    for (int i = 0; i < 3; ++i)
        QVERIFY(next(0, 1).empty());
    QCOMPARE(next(0, 1).at(0).verb, std::string("oomKilled"));
}

/// What a day of fifty instances costs on disk and in writes; a tenth of them busy.
void TestHistory::size()
{
    QTemporaryDir directory;
    auto store = opened(directory, start);
    QVERIFY(store);
    uint32_t noise = 7;
    auto random = [&noise] {
        noise = noise * 1664525 + 1013904223;
        return static_cast<double>(noise >> 8) / (1 << 24);
    };
    auto series = [&](int i, int64_t time) {
        MetricRow r = row(i == 0 ? "" : "instance-" + std::to_string(i), time, 0);
        for (MetricBucket& b : r.buckets) {
            bool busy = i % 10 == 0;
            double cpu = busy ? random() : random() < 0.2 ? 0.002 * random() : 0;
            double memory = 4096.0 * std::floor(30000 + (busy ? 500 : 3) * random());
            b.values = {cpu, cpu * 1.5, 0, memory, memory + 8192, 0, 4};
            for (size_t v = MetricBucket::ReadRate; busy && v <= MetricBucket::SendRate; ++v)
                b.values[v] = 1e6 * random();
        }
        return r;
    };
    QElapsedTimer timer;
    timer.start();
    constexpr int hours = 6;
    for (int m = 0; m < hours * 60; ++m) {
        std::vector<MetricRow> rows;
        for (int i = 0; i <= 50; ++i)
            rows.push_back(series(i, start + m * minute));
        QVERIFY(store->write(rows, start + (m + 1) * minute));
    }
    const double took = static_cast<double>(timer.elapsed()) / (hours * 60);
    timer.restart();
    QCOMPARE(points(*store, "instance-7", start, start + hours * hour, 10'000), size_t(hours * 360));
    const auto reading = timer.elapsed();
    store.reset();
    const double perDay = static_cast<double>(QFileInfo(QString::fromStdString(fileIn(directory))).size()) * 24 / hours;
    qInfo("%.1f MB a day for 50 instances; %.2f ms a write; %lld ms to read 6 h of one", perDay / 1e6, took, reading);
    QVERIFY(perDay < 20e6);
}

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
