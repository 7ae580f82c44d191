// Every figure of a running instance, against what somebody else counted in the same moments: the kernel's own files,
// ip, virsh, and what was sent or written on purpose.
#include "system/helper_calls.h"

#include <QTemporaryFile>
#include <fcntl.h>
#include <sys/wait.h>

using namespace diptych;

static QByteArray output(const QString& program, const QStringList& words)
{
    QProcess process;
    process.start(program, words);
    return process.waitForFinished(30000) && process.exitCode() == 0 ? process.readAllStandardOutput() : QByteArray();
}

/// "key=value" lines of virsh domstats.
static double statistic(const QByteArray& all, const QByteArray& key)
{
    for (const QByteArray& line : all.split('\n'))
        if (line.trimmed().startsWith(key + '='))
            return line.trimmed().mid(key.size() + 1).toDouble();
    return 0;
}

class TestMeasuredInstances final : public QObject, private HelperCalls
{
    Q_OBJECT

private slots:
    void initTestCase();
    void containerDisk();
    void containerNetwork();
    void containerMemory();
    void machine();
    void whoDoesNotRun();

private:
    std::string make(const std::string& kind, const char* script)
    {
        return HelperCalls::make("measured-" + kind, script, {{"cpus", 0.5}, {"memory", 256 << 20}, {"pids", 50}},
                                 {{"kind", kind}, {"network", {{"mode", "nat"}, {"name", "default"}}}});
    }
    Json counters(const std::string& id) { return call("Metrics.GetCounters", {{"id", id}})["counters"]; }
    /// Of a rate, over the seconds that are in memory, from begin on: bytes.
    double sum(const std::string& id, const char* rate, int64_t begin);
    QString groupFile(const std::string& id, const QStringList& places);
    void join(const std::string& id);

    std::string m_container;
};

void TestMeasuredInstances::initTestCase()
{
    if (!prepare())
        return;
    m_container = make("container", "while :; do sleep 1000; done");
    QVERIFY(!m_container.empty());
}

double TestMeasuredInstances::sum(const std::string& id, const char* rate, int64_t begin)
{
    const Json history = call("Metrics.GetHistory", {{"id", id}});
    double bytes = 0;
    int64_t before = 0;
    for (const Json& point : history["points"]) {
        const int64_t time = point["time"];
        if (before != 0 && time > begin)
            bytes += point[rate].get<double>() * static_cast<double>(time - before) / 1000;
        before = time;
    }
    return bytes;
}

QString TestMeasuredInstances::groupFile(const std::string& id, const QStringList& places)
{
    for (const QString& place : places)
        if (const QString file = "/sys/fs/cgroup/" + QString(place).replace('@', group(id)); QFile::exists(file))
            return file;
    return {};
}

/// This process, into the container's group of every hierarchy: what it does then is charged there.
void TestMeasuredInstances::join(const std::string& id)
{
    const QString inAll = group(id) + "/cgroup.procs";
    const QFileInfoList all = QDir("/sys/fs/cgroup").entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot);
    QStringList roots{"/sys/fs/cgroup"};
    for (const QFileInfo& one : all)
        roots << one.filePath();
    for (const QString& root : roots) {
        QFile file(root + inAll);
        if (file.open(QIODevice::WriteOnly))
            file.write("0");
    }
}

void TestMeasuredInstances::containerDisk()
{
    const QString stat = groupFile(m_container, {"blkio@/blkio.throttle.io_service_bytes_recursive", "./@/io.stat"});
    if (stat.isEmpty())
        QSKIP("no controller counts what a group reads and writes");
    constexpr size_t block = 1 << 20;
    constexpr int64_t written = 16 * block, read = 8 * block;
    QTemporaryFile file("/tmp/diptych-measured.XXXXXX");
    QVERIFY(file.open());
    QVERIFY(::posix_fallocate(file.handle(), 0, written) == 0);
    const int probe = ::open(file.fileName().toLocal8Bit().constData(), O_RDWR | O_DIRECT | O_CLOEXEC);
    if (probe < 0)
        QSKIP("/tmp can't be written to directly");
    ::fsync(probe);
    const Json before = counters(m_container);
    const int64_t begin = QDateTime::currentMSecsSinceEpoch();
    QTest::qWait(1500);
    const pid_t child = ::fork();
    if (child == 0) {
        join(m_container);
        void* memory = std::aligned_alloc(4096, block);
        std::memset(memory, 7, block);
        int64_t done = 0;
        for (int64_t at = 0; at < written; at += block)
            done += ::pwrite(probe, memory, block, at);
        for (int64_t at = 0; at < read; at += block)
            done += ::pread(probe, memory, block, at);
        ::_exit(done == written + read ? 0 : 1);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    ::close(probe);
    QCOMPARE(status, 0);
    QTest::qWait(2500);
    const Json after = counters(m_container);
    auto grown = [&](const char* key) { return after[key].get<int64_t>() - before[key].get<int64_t>(); };
    qInfo("written %lld, told %lld; read %lld, told %lld", (long long)written, (long long)grown("writtenBytes"),
          (long long)read, (long long)grown("readBytes"));
    // What the file system reads and writes of its own for it is charged to it too.
    constexpr int64_t own = 256 << 10;
    QVERIFY(grown("writtenBytes") >= written && grown("writtenBytes") <= written + own);
    QVERIFY(grown("readBytes") >= read && grown("readBytes") <= read + own);
    // To the byte what the kernel's file says, and the same in the rates, whose seconds are told to the millisecond.
    QFile kernel(stat);
    QVERIFY(kernel.open(QIODevice::ReadOnly));
    int64_t sumOf[2] = {0, 0};
    for (const QByteArray& line : kernel.readAll().split('\n')) {
        const QList<QByteArray> fields = line.split(' ');
        for (const QByteArray& field : fields) {
            sumOf[0] += field.startsWith("wbytes=") ? field.mid(7).toLongLong() : 0;
            sumOf[1] += field.startsWith("rbytes=") ? field.mid(7).toLongLong() : 0;
        }
        sumOf[0] += fields.value(1) == "Write" ? fields.value(2).toLongLong() : 0;
        sumOf[1] += fields.value(1) == "Read" ? fields.value(2).toLongLong() : 0;
    }
    QCOMPARE(after["writtenBytes"].get<int64_t>(), sumOf[0]);
    QCOMPARE(after["readBytes"].get<int64_t>(), sumOf[1]);
    const double rates[2] = {sum(m_container, "writeRate", begin), sum(m_container, "readRate", begin)};
    QVERIFY2(std::abs(rates[0] / double(grown("writtenBytes")) - 1) < 0.02, qPrintable(QString::number(rates[0])));
    QVERIFY2(std::abs(rates[1] / double(grown("readBytes")) - 1) < 0.02, qPrintable(QString::number(rates[1])));
}

void TestMeasuredInstances::containerNetwork()
{
    const Json facts = instance(m_container);
    const std::string address = facts["runtime"]["address"];
    if (address.empty())
        QSKIP("no network");
    const Json links = parseJson(output("ip", {"-j", "-s", "link"}).toStdString()).value();
    QTest::qWait(1500); // neighbours have found each other
    sendTo(address, 1, 10, 2000);
    QTest::qWait(500);
    const int64_t begin = QDateTime::currentMSecsSinceEpoch();
    const Json before = counters(m_container);
    constexpr int count = 200, size = 1000, frame = size + 28 + 14; // UDP, IP and Ethernet
    sendTo(address, count, size, 2000);
    QTest::qWait(2500);
    const Json after = counters(m_container);
    const int64_t received = after["receivedBytes"].get<int64_t>() - before["receivedBytes"].get<int64_t>();
    qInfo("%d datagrams of %d bytes: received %lld", count, frame, (long long)received);
    // An ARP question or two may come along.
    QVERIFY(received >= int64_t{count} * frame && received < int64_t{count} * frame + 2000);
    const double rate = sum(m_container, "receiveRate", begin);
    QVERIFY2(std::abs(rate / double(received) - 1) < 0.02, qPrintable(QString::number(rate)));
    // The host's end, as ip counts it: what it sent the container received, to the byte.
    bool found = false;
    const Json now = parseJson(output("ip", {"-j", "-s", "link"}).toStdString()).value();
    const Json last = counters(m_container);
    for (const Json& link : now) {
        const int64_t sent = link["stats64"]["tx"]["bytes"], got = link["stats64"]["rx"]["bytes"];
        found |= sent == last["receivedBytes"].get<int64_t>() && got == last["sentBytes"].get<int64_t>();
    }
    QVERIFY2(found, dumpJson(now).c_str());
    // And the container's own.
    const std::string pid = std::to_string(facts["runtime"]["pid"].get<int>());
    QFile inside(QString::fromStdString("/proc/" + pid + "/net/dev"));
    QVERIFY(inside.open(QIODevice::ReadOnly));
    const QByteArray text = inside.readAll().simplified();
    QVERIFY2(text.contains("eth0: " + QByteArray::number(last["receivedBytes"].get<qlonglong>()) + ' '),
             text.constData());
}

void TestMeasuredInstances::containerMemory()
{
    const QString file = groupFile(m_container, {"memory@/memory.usage_in_bytes", "./@/memory.current"});
    if (file.isEmpty())
        QSKIP("no memory controller");
    auto told = [file] {
        QFile kernel(file);
        return kernel.open(QIODevice::ReadOnly) ? kernel.readAll().trimmed().toLongLong() : -1;
    };
    const int64_t before = told();
    int go[2], end[2];
    QVERIFY(::pipe(go) == 0 && ::pipe(end) == 0);
    constexpr size_t held = 40 << 20;
    const pid_t child = ::fork();
    if (child == 0) {
        join(m_container);
        char* memory = static_cast<char*>(std::malloc(held));
        for (size_t at = 0; at < held; at += 4096)
            memory[at] = 1;
        ::close(end[1]);
        (void)!::write(go[1], "x", 1);
        char byte;
        (void)!::read(end[0], &byte, 1);
        ::_exit(memory[0] != 1);
    }
    char byte;
    QVERIFY(::read(go[0], &byte, 1) == 1);
    QTest::qWait(2500); // all of it rests
    const int64_t kernel = told(), counted = counters(m_container)["memory"];
    const Json history = call("Metrics.GetHistory", {{"id", m_container}});
    const int64_t charted = history["points"].back()["memory"];
    ::close(end[1]);
    int status = 0;
    ::waitpid(child, &status, 0);
    qInfo("%lld before, %lld with 40 MiB more; told %lld, in the chart %lld", (long long)before, (long long)kernel,
          (long long)counted, (long long)charted);
    QVERIFY(kernel - before >= int64_t(held));
    QCOMPARE(counted, kernel); // to the page
    QCOMPARE(charted, kernel);
}

void TestMeasuredInstances::machine()
{
    const QByteArray uri = "qemu:///system";
    const std::string id = make("machine", "while :; do :; done & while :; do dd if=/dev/zero of=/x bs=64k count=16; "
                                           "sync; sleep 2; done");
    QVERIFY(!id.empty());
    auto ran = [&] { return instance(id)["runtime"]["startNanoseconds"].get<int64_t>() > 0; };
    QTRY_VERIFY_WITH_TIMEOUT(ran(), 180000);
    QTest::qWait(3000);
    auto virsh = [&] { return output("virsh", {"-c", uri, "domstats", QString::fromStdString(id)}); };
    const int64_t begin = QDateTime::currentMSecsSinceEpoch();
    QElapsedTimer timer;
    timer.start();
    const QByteArray first = virsh();
    QVERIFY(!first.isEmpty());
    sendTo(instance(id)["runtime"]["address"].get<std::string>(), 100, 1000, 2000);
    QTest::qWait(10000);
    const QByteArray before = virsh();
    const Json counted = counters(id);
    const QByteArray second = virsh();
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    // Taken between two readings of virsh: no less than the one, no more than the other.
    const std::pair<const char*, const char*> same[] = {{"cpuNanoseconds", "cpu.time"},
                                                        {"readBytes", "block.0.rd.bytes"},
                                                        {"writtenBytes", "block.0.wr.bytes"},
                                                        {"receivedBytes", "net.0.rx.bytes"},
                                                        {"sentBytes", "net.0.tx.bytes"}};
    for (auto [ours, theirs] : same) {
        const double value = counted[ours].get<double>();
        qInfo("%s: %.0f, virsh %.0f to %.0f", ours, value, statistic(first, theirs), statistic(second, theirs));
        QVERIFY2(value > 0, ours);
        QVERIFY2(value >= statistic(first, theirs) && value <= statistic(second, theirs), ours);
    }
    const double memory = counted["memory"].get<double>() / 1024;
    qInfo("memory: %.0f KiB, virsh %.0f to %.0f", memory, statistic(before, "balloon.rss"),
          statistic(second, "balloon.rss"));
    QVERIFY(memory >= statistic(before, "balloon.rss") - 4096 && memory <= statistic(second, "balloon.rss") + 4096);
    QVERIFY(statistic(second, "block.0.wr.bytes") - statistic(first, "block.0.wr.bytes") >= 1 << 20);
    QVERIFY(statistic(second, "net.0.rx.bytes") - statistic(first, "net.0.rx.bytes") >= 100 * 1028);
    const double theirs = (statistic(second, "cpu.time") - statistic(first, "cpu.time")) / 1e9 / seconds;
    const double ours = sum(id, "cpu", begin) / seconds;
    qInfo("cpu %.3f, virsh %.3f cores", ours, theirs);
    QVERIFY(std::abs(ours - theirs) < 0.1 * theirs + 0.02); // a second more or less at the borders
    // While others ask its QEMU too, what can't be told at once is not 0.
    QProcess others;
    others.start("sh", {"-c", "for i in $(seq 60); do virsh -c qemu:///system domstats >/dev/null; done"});
    QVERIFY(others.waitForStarted());
    for (int64_t read = 0, i = 0; i < 200; ++i) {
        const int64_t now = counters(id)["readBytes"];
        QVERIFY2(now >= read && now > 0, qPrintable(QString("%1 after %2").arg(now).arg(read)));
        read = now;
    }
    QVERIFY(others.waitForFinished());
    call("Instances.Kill", {{"ids", {id}}});
}

void TestMeasuredInstances::whoDoesNotRun()
{
    waitFirst(call("Instances.Stop", {{"ids", {m_container}}, {"timeout", 0}}));
    QCOMPARE(call("Metrics.GetCounters", {{"id", m_container}})["error"], Json("org.diptych.WrongState"));
    QCOMPARE(call("Metrics.GetCounters", {{"id", "nobody"}})["error"], Json("org.diptych.NotFound"));
}

QTEST_GUILESS_MAIN(TestMeasuredInstances)
#include "tst_measured_instances.moc"
