// System calls counted in the kernel: a known number of known calls, of a group, of a pid namespace, of one process,
// and nobody else's.
#include "base/files.h"
#include "base/json.h"
#include "base/process.h"
#include "cgroups/cgroup.h"
#include "isolation/call_counter.h"
#include "isolation/traffic.h"

#include <QtTest>
#include <csignal>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace diptych;
using namespace diptych::isolation;

namespace {

ResourceSources thisMachine()
{
    ResourceSources sources;
    if (auto hierarchies = cgroups::findHierarchies())
        sources.hierarchies = *hierarchies;
    return sources;
}

/// Calls getppid a thousand times a second, or nothing.
class Caller
{
public:
    explicit Caller(bool busy, bool walled = false)
    {
        int ready[2];
        if (pipe(ready) != 0)
            return;
        if (walled && unshare(CLONE_NEWPID) != 0)
            return;
        pid = fork();
        if (pid == 0) {
            close(ready[0]);
            if (write(ready[1], "x", 1) != 1)
                _exit(1);
            close(ready[1]);
            for (;;) {
                for (int i = 0; busy && i < 10; ++i)
                    syscall(SYS_getppid);
                usleep(10'000);
            }
        }
        close(ready[1]);
        char byte;
        good = read(ready[0], &byte, 1) == 1;
        close(ready[0]);
    }
    ~Caller()
    {
        kill(pid, SIGKILL);
        waitpid(pid, nullptr, 0);
    }
    int pid = 0;
    bool good = false;
};

double rateOf(const Flow& flow, const std::string& name)
{
    for (const Flow::Kind& kind : flow.kinds)
        if (kind.name == name)
            return kind.perSecond;
    return 0;
}

Instance instanceOf(int pid, const std::string& group = {})
{
    Instance instance;
    instance.id = "x";
    instance.state = State::Running;
    instance.pid = pid;
    instance.cgroup = group;
    return instance;
}

constexpr std::chrono::milliseconds moment(600);

/// As capset(2) takes them.
struct CapabilityHeader
{
    uint32_t version;
    int pid;
};
struct CapabilityData
{
    uint32_t effective, permitted, inheritable;
};

} // namespace

class TestTraffic : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (geteuid() != 0)
            QSKIP("needs root, and tests/support/sandbox");
        CallerChoice self;
        self.pid = getpid();
        if (auto tried = CallCounter::start(self); !tried)
            QSKIP(tried.error().message.c_str());
    }

    void counts_exactly()
    {
        CallerChoice self;
        self.pid = getpid();
        auto counter = CallCounter::start(self);
        QVERIFY(counter);
        const auto before = counter->counts();
        for (int i = 0; i < 12345; ++i)
            syscall(SYS_getppid);
        syscall(1000); // there is none
        const auto after = counter->counts();
        QCOMPARE(after[SYS_getppid] - before[SYS_getppid], uint64_t(12345));
        QCOMPARE(after[CallCounter::numbers - 1] - before[CallCounter::numbers - 1], uint64_t(1));
    }

    void of_a_process_and_not_of_others()
    {
        Caller busy(true), idle(false);
        QVERIFY(busy.good && idle.good);
        const Flow flow = countCalls(instanceOf(busy.pid), thisMachine(), moment);
        QVERIFY(flow.counted);
        QCOMPARE(flow.row.statement, std::string("callsByProcess"));
        const double rate = rateOf(flow, "getppid");
        QVERIFY2(rate > 200 && rate < 1100, qPrintable(QString::number(rate)));
        QVERIFY(rateOf(flow, "clock_nanosleep") > 20);
        QCOMPARE(rateOf(countCalls(instanceOf(idle.pid), thisMachine(), moment), "getppid"), 0.0);
    }

    void of_a_control_group()
    {
        const ResourceSources sources = thisMachine();
        if (sources.hierarchies.unified.empty())
            QSKIP("no cgroup2 is mounted");
        const std::string path = fmt::format("/diptych/test-traffic-{}", getpid());
        auto group = cgroups::Cgroup::create(sources.hierarchies, path);
        QVERIFY2(group, group ? "" : group.error().message.c_str());
        Caller inside(true), outside(true);
        QVERIFY(group->attach(inside.pid));
        const Flow flow = countCalls(instanceOf(inside.pid, path), sources, moment);
        const std::string statement = flow.row.statement;
        const double rate = rateOf(flow, "getppid");
        (void)group->killAll();
        for (int i = 0; i < 100 && !group->remove(); ++i)
            QTest::qWait(10);
        QCOMPARE(statement, std::string("callsByGroup"));
        QVERIFY2(rate > 200 && rate < 1100, qPrintable(QString::number(rate))); // one of the two
    }

    void of_a_pid_namespace()
    {
        // The unshare is this thread's for good: so in a thread that ends.
        std::thread([] {
            Caller inside(true, true);
            QVERIFY(inside.good);
            Caller sibling(true); // born into the same namespace
            Instance instance = instanceOf(inside.pid);
            const Flow flow = countCalls(instance, thisMachine(), moment);
            QCOMPARE(flow.row.statement, std::string("callsByNamespace"));
            QVERIFY(rateOf(flow, "getppid") > 400); // both
        }).join();
    }

    void of_everybody()
    {
        Caller busy(true);
        Instance host = instanceOf(1);
        host.id = "host";
        const Flow flow = countCalls(host, thisMachine(), moment);
        QCOMPARE(flow.row.statement, std::string("callsByMachine"));
        QVERIFY(rateOf(flow, "getppid") > 200);
        double sum = 0;
        for (const Flow::Kind& kind : flow.kinds)
            sum += kind.perSecond;
        QVERIFY(qAbs(sum - flow.perSecond) < 1);
    }

    /// A kernel that refuses the program: reads and writes alone, and the reason. Here because the rights are gone.
    void refused()
    {
        int results[2];
        QCOMPARE(pipe(results), 0);
        const pid_t child = fork();
        if (child == 0) {
            CapabilityHeader header{0x20080522, 0};
            CapabilityData none[2]{};
            if (syscall(SYS_capset, &header, none) != 0)
                _exit(2);
            std::thread busy([] {
                char byte = 0;
                for (const int zero = open("/dev/zero", O_RDONLY | O_CLOEXEC);; usleep(1000))
                    if (read(zero, &byte, 1) != 1)
                        _exit(3);
            });
            const Flow flow = countCalls(instanceOf(getpid()), thisMachine(), moment);
            const std::string told = dumpJson(toJson(flow));
            _exit(write(results[1], told.data(), told.size()) == ssize_t(told.size()) ? 0 : 4);
        }
        close(results[1]);
        const std::string told = readFd(results[0]).value_or("");
        close(results[0]);
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QCOMPARE(status, 0);
        const auto flow = parseJson(told);
        QVERIFY(flow.has_value());
        QCOMPARE((*flow)["counted"], Json(false));
        QCOMPARE((*flow)["row"]["statement"], Json("callsReadsOnly"));
        const std::string reason = (*flow)["row"]["values"]["reason"];
        QVERIFY2(reason.find("bpf") != std::string::npos, reason.c_str());
        QCOMPARE((*flow)["kinds"].size(), size_t(2));
        QCOMPARE((*flow)["kinds"][0]["name"], Json("reads"));
        QVERIFY2((*flow)["kinds"][0]["perSecond"].get<double>() > 100, told.c_str());
    }

    /// Told in the README: what a call costs more while somebody counts.
    void cost()
    {
        auto nanosecondsEach = [] {
            timespec before{}, after{};
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
            for (int i = 0; i < 300'000; ++i)
                syscall(SYS_getppid);
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
            return (double(after.tv_sec - before.tv_sec) * 1e9 + double(after.tv_nsec - before.tv_nsec)) / 300'000;
        };
        const double without = nanosecondsEach();
        double counted = 0, passed = 0;
        {
            CallerChoice self;
            self.pid = getpid();
            auto counter = CallCounter::start(self);
            counted = nanosecondsEach();
        }
        {
            CallerChoice other;
            other.pid = 1;
            auto counter = CallCounter::start(other);
            passed = nanosecondsEach();
        }
        qInfo("getppid %.0f ns; counted %.0f, of others while counting %.0f", without, counted, passed);
        QVERIFY(nanosecondsEach() < counted); // nothing stays attached
    }
};

QTEST_GUILESS_MAIN(TestTraffic)
#include "tst_traffic.moc"
