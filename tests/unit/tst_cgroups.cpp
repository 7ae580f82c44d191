// Control groups: the search over made-up mount tables, and a real group below /diptych/test-<pid> where one can be
// made.
#include "base/files.h"
#include "cgroups/apply.h"
#include "cgroups/cgroup.h"
#include "cgroups/files.h"
#include "cgroups/sibling_sweep.h"

#include <QTemporaryDir>
#include <QtTest>
#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace diptych;
using namespace diptych::cgroups;

namespace {

std::string message(const Status& status)
{
    return status ? std::string() : status.error().message;
}

/// A process that waits to be killed; attach it, then let it run on.
class Sleeper
{
public:
    /// Runs body() when told to go, and ends with what it returns.
    explicit Sleeper(std::function<int()> body = [] {
        ::pause();
        return 0;
    })
    {
        int pipe[2];
        if (::pipe(pipe) != 0)
            return;
        m_pid = ::fork();
        if (m_pid == 0) {
            ::close(pipe[1]);
            char c = 0;
            (void)!::read(pipe[0], &c, 1);
            ::_exit(body());
        }
        ::close(pipe[0]);
        m_go.reset(pipe[1]);
    }
    ~Sleeper()
    {
        if (m_pid > 0) {
            ::kill(m_pid, SIGKILL);
            (void)wait();
        }
    }
    [[nodiscard]] pid_t pid() const { return m_pid; }
    void go() { m_go.reset(); }
    int wait()
    {
        int status = 0;
        ::waitpid(m_pid, &status, 0);
        m_pid = -1;
        return status;
    }

private:
    pid_t m_pid = -1;
    UniqueFd m_go;
};

} // namespace

class TestCgroups : public QObject
{
    Q_OBJECT

    std::optional<Cgroup> m_group;
    Hierarchies m_hierarchies;

private slots:
    void findsWhatIsMounted_data()
    {
        QTest::addColumn<QByteArray>("mounts");
        QTest::addColumn<int>("mode");
        QTest::addColumn<QByteArray>("memory");
        QTest::addColumn<QByteArray>("unified");
        QTest::newRow("unified") << QByteArray("30 22 0:27 / @ rw shared:4 - cgroup2 cgroup2 rw,nsdelegate\n")
                                 << int(Mode::Unified) << QByteArray() << QByteArray("");
        QTest::newRow("hybrid") << QByteArray("34 30 0:31 / @/memory rw - cgroup cgroup rw,memory\n"
                                              "35 30 0:32 / @/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
                                              "39 30 0:36 / @/systemd rw - cgroup cgroup rw,xattr,name=systemd\n"
                                              "40 30 0:37 / @/unified rw - cgroup2 cgroup2 rw\n")
                                << int(Mode::Hybrid) << QByteArray("/memory") << QByteArray("/unified");
        QTest::newRow("legacy") << QByteArray("34 30 0:31 / @/memory rw - cgroup cgroup rw,memory\n")
                                << int(Mode::Legacy) << QByteArray("/memory") << QByteArray();
        QTest::newRow("named hierarchy beside v2")
            << QByteArray("39 30 0:36 / @/systemd rw - cgroup cgroup rw,name=systemd\n"
                          "40 30 0:37 / @/unified rw - cgroup2 cgroup2 rw\n")
            << int(Mode::Unified) << QByteArray() << QByteArray("/unified");
        QTest::newRow("odd places come last") << QByteArray("20 1 0:31 / /mnt/odd rw - cgroup cgroup rw,memory\n"
                                                            "34 30 0:31 / @/memory rw - cgroup cgroup rw,memory\n")
                                              << int(Mode::Legacy) << QByteArray("/memory") << QByteArray();
        QTest::newRow("escaped") << QByteArray("34 30 0:31 / @/mem\\040ory rw - cgroup cgroup rw,memory\n")
                                 << int(Mode::Legacy) << QByteArray("/mem ory") << QByteArray();
        QTest::newRow("none, and lines that are not mounts")
            << QByteArray("nonsense\n\n1 2 - \n22 1 8:1 / / rw - ext4 /dev/sda rw\n") << int(Mode::None) << QByteArray()
            << QByteArray();
    }

    void findsWhatIsMounted()
    {
        QFETCH(QByteArray, mounts);
        QFETCH(int, mode);
        QFETCH(QByteArray, memory);
        QFETCH(QByteArray, unified);
        QTemporaryDir dir;
        std::string root = dir.path().toStdString();
        mounts.replace("@", dir.path().toUtf8());
        bool hasUnified = mounts.contains("cgroup2");
        if (hasUnified) {
            QVERIFY(makeDirectories(root + unified.toStdString()));
            QVERIFY(writeFileAtomic(root + unified.toStdString() + "/cgroup.controllers", "cpu memory pids\n"));
        }
        QVERIFY(writeFileAtomic(root + "/mountinfo", mounts.toStdString()));
        auto found = findHierarchies(root + "/mountinfo", root);
        QVERIFY(found);
        QCOMPARE(int(found->mode), mode);
        QCOMPARE(found->controllers.contains("memory"), !memory.isEmpty());
        if (!memory.isEmpty())
            QCOMPARE(found->controllers["memory"], root + memory.toStdString());
        if (hasUnified) {
            QCOMPARE(found->unified, root + unified.toStdString());
            QCOMPARE(found->unifiedControllers, (std::vector<std::string>{"cpu", "memory", "pids"}));
        }
        QCOMPARE(found->controllers.contains("rw"), false);
    }

    void namesMountsThatStartDeeper()
    {
        QTemporaryDir dir;
        std::string root = dir.path().toStdString();
        QVERIFY(writeFileAtomic(root + "/mountinfo",
                                "34 30 0:31 /docker/1 " + root + "/pids rw - cgroup cgroup rw,pids\n"));
        auto found = findHierarchies(root + "/mountinfo", root);
        QVERIFY(found);
        QCOMPARE(found->roots["pids"], std::string("/docker/1"));
    }

    void refusesPathsThatLeave()
    {
        Hierarchies h;
        h.controllers["pids"] = "/nonexistent";
        for (const char* path : {"", "/", "a", "/a/../b", "/a//b", "/./a", "/a/"}) {
            auto made = Cgroup::create(h, path);
            QVERIFY2(!made && made.error().code == Code::InvalidArgument, path);
        }
        QVERIFY(!Cgroup::create(Hierarchies{}, "/x"));
    }

    // On made-up directories each file that is written can be seen: what v2 gets for what was asked.
    void writesV2()
    {
        QTemporaryDir dir;
        std::string root = dir.path().toStdString();
        std::string group = root + "/g";
        QVERIFY(makeDirectories(group, 0755));
        auto put = [&](const char* file, const char* text) { QVERIFY(writeFileAtomic(group + "/" + file, text)); };
        put("cgroup.controllers", "cpu memory pids io cpuset");
        put("cpu.max", "max 100000\n");
        for (const char* file : {"cpu.weight", "memory.max", "memory.swap.max", "memory.low", "pids.max", "io.max",
                                 "io.weight", "cpuset.cpus"})
            put(file, "");
        Hierarchies h;
        h.mode = Mode::Unified;
        h.unified = root;
        auto opened = Cgroup::open(h, "/g");
        QVERIFY(opened);
        QVERIFY(opened->unifiedFd() >= 0);
        Resources r;
        r.cpuQuota = 50000;
        r.cpuShares = 1024;
        r.memoryMax = 1 << 20;
        r.memorySwap = 3 << 20;
        r.memoryLow = 4096;
        r.pidsMax = -1;
        r.ioWeight = 200;
        r.ioMax = {{8, 0, 1000, std::nullopt, std::nullopt, 0}};
        QCOMPARE(message(opened->apply(r)), std::string());
        auto got = [&](const char* file) { return readFile(group + "/" + file).value_or("?"); };
        QCOMPARE(got("cpu.max").substr(0, 12), std::string("50000 100000"));
        QCOMPARE(got("cpu.weight"), std::string("39"));
        QCOMPARE(got("memory.max"), std::to_string(1 << 20));
        QCOMPARE(got("memory.swap.max"), std::to_string(2 << 20));
        QCOMPARE(got("pids.max"), std::string("max"));
        QCOMPARE(got("io.max"), std::string("8:0 rbps=1000 wiops=max"));
        QCOMPARE(got("io.weight"), std::string("default 200"));
        Resources bad;
        bad.unified = {{"../../g/pids.max", "1"}};
        QCOMPARE(int(opened->apply(bad).error().code), int(Code::InvalidArgument));
        Resources absent;
        absent.hugetlb = {{"2MB", 1}};
        QCOMPARE(int(opened->apply(absent).error().code), int(Code::NotSupported));
    }

    void repeatsOfWhatRests()
    {
        QTemporaryDir dir;
        std::string group = dir.path().toStdString() + "/g";
        QVERIFY(makeDirectories(group, 0755));
        // Written in place: what is open stays this file.
        auto put = [&](const char* file, const QByteArray& text) {
            QFile out(QString::fromStdString(group) + '/' + file);
            QVERIFY(out.open(QIODevice::WriteOnly | QIODevice::Truncate) && out.write(text) == text.size());
        };
        put("cgroup.controllers", "cpu memory pids io");
        put("cpu.stat", "usage_usec 12\nnr_throttled 3\nthrottled_usec 5\n");
        put("memory.current", "4096\n");
        put("memory.events", "oom_kill 2\n");
        put("pids.current", "3\n");
        put("io.stat", "8:0 rbytes=10 wbytes=20\n");
        Hierarchies h;
        h.mode = Mode::Unified;
        h.unified = dir.path().toStdString();
        auto of = Cgroup::open(h, "/g");
        QVERIFY(of);
        QCOMPARE(of->statistics(Cgroup::Detail::Changes)->pids, 3u);
        put("memory.current", "8192\n");
        put("memory.events", "oom_kill 4\n");
        put("pids.current", "7\n");
        put("io.stat", "8:0 rbytes=10 wbytes=90\n");
        auto rested = of->statistics(Cgroup::Detail::Changes);
        QCOMPARE(rested->memory, 8192u);
        QCOMPARE(rested->writtenBytes, 90u);
        QCOMPARE(rested->throttledPeriods, 3u);
        QCOMPARE(rested->pids, 3u); // nobody ran: nobody forked
        QCOMPARE(of->statistics(Cgroup::Detail::Counters)->pids, 7u);
        put("pids.current", "8\n");
        for (int i = 0; i < 9; ++i)
            QCOMPARE(of->statistics(Cgroup::Detail::Changes)->pids, 7u);
        QCOMPARE(of->statistics(Cgroup::Detail::Changes)->pids, 8u); // now and then all is read
        put("cpu.stat", "usage_usec 13\nnr_throttled 4\nthrottled_usec 6\n");
        put("pids.current", "9\n");
        put("memory.events", "oom_kill 5\n");
        auto ran = of->statistics(Cgroup::Detail::Changes);
        QCOMPARE(ran->pids, 9u);
        QCOMPARE(ran->oomKills, 5u);
        QCOMPARE(ran->throttledPeriods, 4u);
    }

    void countsWhatIsPassedOnOnce()
    {
        auto mapped = [](std::string_view device) { return device == "253:0"; };
        const char* v2 = "253:0 rbytes=10 wbytes=20 rios=1\n8:0 rbytes=12 wbytes=24 rios=1\n8:16 rbytes=1 wbytes=2\n";
        QCOMPARE(summed(v2, " rbytes=", mapped), 13u);
        QCOMPARE(summed(v2, " wbytes=", mapped), 26u);
        const char* v1 = "8:0 Read 5\n8:0 Write 6\n253:0 Read 7\n253:0 Write 8\nTotal 26\n";
        QCOMPARE(summed(v1, " Read ", mapped), 5u);
        QCOMPARE(summed(v1, " Write ", mapped), 6u);
        QVERIFY(!isMapped("8:0") && !isMapped("1000:1000") && !isMapped("../../proc"));
    }

    void readsNothingThatStandsAbove()
    {
        QTemporaryDir dir;
        QVERIFY(makeDirectories(dir.path().toStdString() + "/p/c", 0755));
        auto put = [&](const char* file, const QByteArray& text) {
            QFile out(dir.path() + '/' + file);
            QVERIFY(out.open(QIODevice::WriteOnly | QIODevice::Truncate) && out.write(text) == text.size());
        };
        auto putBoth = [&](const char* group, const QByteArray& memory, const QByteArray& written) {
            put((QByteArray(group) + "/memory.current").constData(), memory);
            put((QByteArray(group) + "/io.stat").constData(), "8:0 rbytes=1 wbytes=" + written + '\n');
        };
        for (const char* group : {"p", "p/c"})
            put((QByteArray(group) + "/cgroup.controllers").constData(), "cpu memory pids io");
        put("p/c/cpu.stat", "usage_usec 12\n");
        putBoth("p", "100", "100");
        putBoth("p/c", "10", "10");
        Hierarchies h;
        h.mode = Mode::Unified;
        h.unified = dir.path().toStdString();
        auto child = Cgroup::open(h, "/p/c");
        QVERIFY(child);
        SiblingSweep sweep(h, "/p");
        auto round = [&] {
            sweep.begin();
            auto s = sweep.read(*child);
            return s ? std::pair(s->memory, s->writtenBytes) : std::pair<uint64_t, uint64_t>();
        };
        using Figures = std::pair<uint64_t, uint64_t>;
        QCOMPARE(round(), Figures(10, 10));
        putBoth("p/c", "20", "20"); // which the kernel never does without the parent
        QCOMPARE(round(), Figures(10, 10));
        putBoth("p", "110", "100");
        QCOMPARE(round(), Figures(20, 10));
        putBoth("p", "110", "110");
        QCOMPARE(round(), Figures(20, 20));
        // A round without it: what stands since the last one says nothing of it.
        putBoth("p", "120", "120");
        putBoth("p/c", "30", "30");
        sweep.begin();
        QCOMPARE(round(), Figures(30, 30));
        // It ran: its memory is read whatever the sum says.
        put("p/c/cpu.stat", "usage_usec 13\n");
        putBoth("p/c", "40", "30");
        QCOMPARE(round(), Figures(40, 30));
        // Another parent's, and a parent that nobody can read.
        SiblingSweep other(h, "/q");
        other.begin();
        putBoth("p/c", "50", "50");
        QCOMPARE(other.read(*child)->memory, 50u);
        other.begin();
        putBoth("p/c", "60", "60");
        QCOMPARE(other.read(*child)->writtenBytes, 60u);
    }

    void readsV2()
    {
        QTemporaryDir dir;
        std::string group = dir.path().toStdString() + "/g";
        QVERIFY(makeDirectories(group, 0755));
        auto put = [&](const char* file, const char* text) { QVERIFY(writeFileAtomic(group + "/" + file, text)); };
        put("cgroup.controllers", "cpu memory pids io");
        put("cpu.stat", "usage_usec 12\nuser_usec 7\nnr_periods 9\nnr_throttled 3\nthrottled_usec 5\n");
        put("memory.current", "4096\n");
        put("memory.peak", "8192\n");
        put("memory.max", "max\n");
        put("memory.stat", "anon 1\nfile 77\nfile_mapped 3\n");
        put("memory.events", "oom 5\noom_kill 2\noom_group_kill 0\n");
        put("pids.current", "3\n");
        put("pids.max", "64\n");
        put("io.stat", "8:0 rbytes=10 wbytes=20 rios=1 wios=1\n8:16 rbytes=5 wbytes=6 rios=1 wios=1\n");
        Hierarchies h;
        h.mode = Mode::Unified;
        h.unified = dir.path().toStdString();
        auto s = Cgroup::open(h, "/g")->statistics();
        QVERIFY(s);
        QCOMPARE(s->cpuNanoseconds, 12000u);
        QCOMPARE(s->periods, 9u);
        QCOMPARE(s->throttledPeriods, 3u);
        QCOMPARE(s->throttledNanoseconds, 5000u);
        QCOMPARE(s->memory, 4096u);
        QCOMPARE(s->memoryPeak, 8192u);
        QCOMPARE(s->memoryMax, 0u);
        QCOMPARE(s->memoryFile, 77u);
        QCOMPARE(s->oomKills, 2u);
        QCOMPARE(s->pids, 3u);
        QCOMPARE(s->pidsMax, 64u);
        QCOMPARE(s->readBytes, 15u);
        QCOMPARE(s->writtenBytes, 26u);
    }

    void init()
    {
        m_group.reset();
        if (!QByteArray(QTest::currentTestFunction()).startsWith("real"))
            return;
        auto found = findHierarchies();
        if (!found || found->mode == Mode::None || ::geteuid() != 0)
            QSKIP("needs root and mounted control groups");
        m_hierarchies = *found;
        auto made = Cgroup::create(m_hierarchies, "/diptych/test-" + std::to_string(::getpid()));
        if (!made)
            QSKIP(made.error().message.c_str());
        m_group = std::move(*made);
    }

    void cleanup()
    {
        if (m_group) {
            QCOMPARE(message(m_group->killAll()), std::string());
            QCOMPARE(message(m_group->remove()), std::string());
            QCOMPARE(int(Cgroup::open(m_hierarchies, m_group->path()).error().code), int(Code::NotFound));
        }
    }

    void realLimits()
    {
        Resources r;
        if (m_group->place("memory").fd >= 0)
            r.memoryMax = 64 << 20;
        if (m_group->place("cpu").fd >= 0)
            r.cpuQuota = 50000;
        if (m_group->place("pids").fd >= 0)
            r.pidsMax = 7;
        QCOMPARE(message(m_group->apply(r)), std::string());
        auto s = m_group->statistics();
        QVERIFY(s);
        if (r.memoryMax)
            QCOMPARE(s->memoryMax, uint64_t{64 << 20});
        if (r.pidsMax)
            QCOMPARE(s->pidsMax, 7u);
        // Up and down again, with swap, in both orders v1 insists on.
        for (int64_t mib : {128, 32, 256}) {
            Resources change;
            if (!r.memoryMax)
                break;
            change.memoryMax = mib << 20;
            change.memorySwap = mib << 20;
            QCOMPARE(message(m_group->apply(change)), std::string());
            QCOMPARE(m_group->statistics()->memoryMax, uint64_t(mib) << 20);
        }
    }

    void realPidsLimitHolds()
    {
        if (m_group->place("pids").fd < 0)
            QSKIP("no pids controller");
        Resources r;
        r.pidsMax = 2;
        QVERIFY(m_group->apply(r));
        Sleeper sleeper([] {
            int made = 0;
            for (int i = 0; i < 5; ++i) {
                pid_t pid = ::fork();
                if (pid == 0) {
                    ::pause();
                    ::_exit(0);
                }
                made += pid > 0 ? 1 : 0;
            }
            return made;
        });
        QCOMPARE(message(m_group->attach(sleeper.pid())), std::string());
        sleeper.go();
        QCOMPARE(WEXITSTATUS(sleeper.wait()), 1);
        QCOMPARE(m_group->processes()->size(), size_t{1});
    }

    void realFreezeAndKill()
    {
        // Forks all the time, which a kill without freezing loses against. Ends by itself should this test fail.
        Sleeper sleeper([]() -> int {
            for (time_t end = ::time(nullptr) + 5; ::time(nullptr) < end;)
                if (::fork() > 0)
                    ::_exit(0);
            return 0;
        });
        Sleeper quiet;
        QVERIFY(m_group->attach(sleeper.pid()));
        QVERIFY(m_group->attach(quiet.pid()));
        sleeper.go();
        QCOMPARE(message(m_group->freeze()), std::string());
        QCOMPARE(m_group->frozen().value_or(false), true);
        auto before = m_group->statistics()->cpuNanoseconds;
        QTest::qWait(50);
        QVERIFY(m_group->statistics()->cpuNanoseconds - before < 20'000'000);
        QVERIFY(m_group->thaw());
        QCOMPARE(m_group->frozen().value_or(true), false);
        QVERIFY(m_group->freeze());
        QCOMPARE(message(m_group->killAll()), std::string());
        QVERIFY(m_group->processes()->empty());
        QCOMPARE(m_group->frozen().value_or(true), false);
    }

    void realKillThawsElsewhere()
    {
        auto freezer = m_hierarchies.controllers.find("freezer");
        if (freezer == m_hierarchies.controllers.end())
            QSKIP("needs cgroup v1's freezer");
        Sleeper sleeper;
        QVERIFY(m_group->attach(sleeper.pid()));
        // Somebody else's tool parks the process in a frozen group of its own: SIGKILL alone would wait for ever.
        Hierarchies only;
        only.mode = Mode::Legacy;
        only.controllers["freezer"] = freezer->second;
        auto other = Cgroup::create(only, "/diptych/test-elsewhere-" + std::to_string(::getpid()));
        QVERIFY(other);
        QVERIFY(other->attach(sleeper.pid()));
        QVERIFY(other->freeze());
        Status killed = m_group->killAll();
        QVERIFY(other->thaw());
        QCOMPARE(message(killed), std::string());
        QVERIFY(WIFSIGNALED(sleeper.wait()));
        QVERIFY(other->remove());
    }

    void realDeviceRules_data()
    {
        QTest::addColumn<bool>("v2");
        QTest::newRow("as the machine has it") << false;
        QTest::newRow("bpf") << true;
    }

    void realDeviceRules()
    {
        QFETCH(bool, v2);
        if (v2 && m_group->place("").fd < 0)
            QSKIP("cgroup2 is not mounted");
        std::vector<Resources::DeviceRule> rules{{false, 'a', std::nullopt, std::nullopt, "rwm"},
                                                 {true, 'c', 1, 3, "r"},
                                                 {true, 'c', 1, 3, "w"},
                                                 {true, 'c', 1, 9, "r"}};
        if (v2) {
            // v1 can't take one device out of a wildcard again, see backend/cgroups/README.md.
            rules.push_back({true, 'c', 1, std::nullopt, "r"});
            rules.push_back({false, 'c', 1, 5, "r"});
        }
        // Twice: the second set of rules replaces the first, it does not pile up.
        for (const char* zero : {"r", "w"}) {
            auto now = rules;
            now.push_back({true, 'c', 1, 5, zero});
            Resources r;
            r.devices = now;
            Status applied = v2 ? applyDevicesV2(m_group->place("").fd, now) : m_group->apply(r);
            QCOMPARE(message(applied), std::string());
            Sleeper sleeper([] {
                int opened = 0;
                auto attempt = [&](const char* path, int flags, int bit) {
                    int fd = ::open(path, flags | O_CLOEXEC);
                    opened |= fd >= 0 ? bit : 0;
                };
                attempt("/dev/null", O_RDWR, 1);
                attempt("/dev/zero", O_RDONLY, 2);
                attempt("/dev/zero", O_WRONLY, 4);
                attempt("/dev/urandom", O_RDONLY, 8);
                attempt("/dev/urandom", O_WRONLY, 16);
                attempt("/dev/ptmx", O_RDWR, 32);
                return opened;
            });
            QVERIFY(m_group->attach(sleeper.pid()));
            sleeper.go();
            int expected = 1 | 8 | (*zero == 'r' ? 2 : 4);
            QCOMPARE(WEXITSTATUS(sleeper.wait()), expected);
        }
    }

    void realParentCountsItsChildren()
    {
        auto child = Cgroup::create(m_hierarchies, m_group->path() + "/child");
        QVERIFY(child);
        SiblingSweep sweep(m_hierarchies, m_group->path());
        for (int i = 0; i < 3; ++i) {
            sweep.begin();
            QVERIFY(sweep.read(*child));
        }
        QTemporaryFile file(QCoreApplication::applicationDirPath() + "/written.XXXXXX");
        QVERIFY(file.open());
        const QByteArray path = file.fileName().toLocal8Bit();
        Sleeper sleeper([&path] {
            int fd = ::open(path.constData(), O_WRONLY | O_DIRECT | O_CLOEXEC);
            void* block = std::aligned_alloc(4096, 1 << 20);
            if (fd < 0 || block == nullptr)
                return 1;
            std::memset(block, 7, 1 << 20);
            return ::write(fd, block, 1 << 20) == 1 << 20 ? 0 : 2;
        });
        QVERIFY(child->attach(sleeper.pid()));
        sleeper.go();
        int status = WEXITSTATUS(sleeper.wait());
        sweep.begin();
        auto s = sweep.read(*child);
        QVERIFY(s);
        if (child->place("memory").fd >= 0)
            QVERIFY(s->memory > 0);
        bool counted = child->place("io").fd >= 0 || child->place("blkio").fd >= 0;
        if (status == 0 && counted) // else a file system without direct writing
            QCOMPARE(s->writtenBytes, uint64_t{1 << 20});
    }

    void realStatisticsCount()
    {
        Sleeper sleeper([] {
            timespec now{};
            do
                ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
            while (now.tv_sec == 0 && now.tv_nsec < 60'000'000);
            return 0;
        });
        QVERIFY(m_group->attach(sleeper.pid()));
        sleeper.go();
        sleeper.wait();
        auto s = m_group->statistics(Cgroup::Detail::Counters);
        QVERIFY(s);
        QVERIFY2(s->cpuNanoseconds > 40'000'000, std::to_string(s->cpuNanoseconds).c_str());
        QVERIFY(m_group->remove());
        QCOMPARE(int(m_group->statistics().error().code), int(Code::NotFound));
    }
};

QTEST_GUILESS_MAIN(TestCgroups)
#include "tst_cgroups.moc"
