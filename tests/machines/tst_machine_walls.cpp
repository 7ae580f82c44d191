// Throw-away copies of a real machine without some walls, on a real libvirtd under TCG: what becomes possible in the
// guest, what does not, and that nothing of a copy stays. Runs inside tests/support/sandbox --libvirtd.
#include "base/files.h"
#include "base/names.h"
#include "base/process.h"
#include "images/images.h"
#include "machines/host.h"
#include "machines/machines.h"
#include "machines/network.h"
#include "machines/twin_store.h"

#include <QtTest>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace diptych;
using namespace diptych::test;

namespace {

struct Steps : Progress
{
    void report(std::string_view step, double, std::string_view) override { stop = stop || step == stopAt; }
    [[nodiscard]] bool cancelled() const override { return stop; }
    std::string stopAt;
    bool stop = false;
};

QStringList possible(const Json& attempts, const char* reach)
{
    QStringList names;
    for (const Json& one : attempts)
        if (one["possible"].get<bool>() && one["reach"] == reach)
            names.append(QString::fromStdString(one["name"].get<std::string>()));
    return names;
}

std::string seen(const Json& attempts, const char* name)
{
    for (const Json& one : attempts)
        if (one["name"] == name)
            return one["seen"].get<std::string>();
    return {};
}

} // namespace

class TestMachineWalls : public QObject
{
    Q_OBJECT

    Paths m_paths;
    std::unique_ptr<images::Store> m_store;
    std::unique_ptr<Driver> m_driver;
    Steps m_progress;
    std::string m_id = newId();

    void newDriver()
    {
        m_driver.reset();
        m_driver = std::move(*machines::makeMachineDriver(m_paths, *m_store));
        OK(m_driver->list());
    }
    std::string directoryOf(const std::string& copy) const
    {
        return m_paths.state + "/machine-copies/instances/" + copy;
    }
    /// No domain, no files, no address, no process.
    void verifyGone(const std::string& copy)
    {
        QCOMPARE(QString::fromStdString(shell("virsh -q list --all --uuid")).trimmed(), QString::fromStdString(m_id));
        QVERIFY(!exists(directoryOf(copy)));
        QVERIFY(shell("virsh -q net-dumpxml default").find(machines::macFor(copy)) == std::string::npos);
        QVERIFY(shell("ps -eo args").find("copy-" + copy.substr(0, 8)) == std::string::npos);
    }

private slots:
    void initTestCase()
    {
        auto lacking = openTwinStore(m_paths, m_store, m_progress);
        OK(lacking);
        if (!lacking->empty())
            QSKIP(lacking->c_str());
        newDriver();
        InstanceSpec spec;
        spec.name = "walled-vm";
        spec.kind = Kind::Machine;
        spec.image = "busybox:latest";
        spec.command = {"/bin/sleep", "1000"};
        spec.limits = {1, uint64_t{256} << 20, 100};
        OK(m_driver->create(m_id, spec, m_progress));
    }
    void cleanupTestCase()
    {
        if (m_driver)
            OK(m_driver->remove(m_id, true));
    }

    void refuses()
    {
        const auto field = [this](const std::vector<std::string>& walls) {
            auto result = m_driver->takeDown(m_id, newId(), walls, m_progress);
            return result ? std::string("done") : result.error().field;
        };
        QCOMPARE(field({}), std::string("walls"));
        QCOMPARE(field({"berlin"}), std::string("walls"));
        QCOMPARE(field({"network"}), std::string("walls")); // a container's
        QCOMPARE(field({"hostFile", "hostFile"}), std::string("walls"));
        const auto walls = m_driver->walls(m_id);
        OK(walls);
        for (const WallChoice& wall : *walls)
            if (!wall.missing.empty())
                QCOMPARE(field({wall.name}), std::string("walls"));
        QVERIFY(!m_driver->takeDown(newId(), newId(), {"hostFile"}, m_progress)); // no such machine
        QVERIFY(!exists(m_paths.state + "/machine-copies"));
    }

    void what_becomes_possible_data()
    {
        QTest::addColumn<QStringList>("walls");
        QTest::addColumn<QStringList>("now");
        QTest::newRow("network card") << QStringList{"networkCard"}
                                      << QStringList{"reachHost", "seeNeighbours", "findWayOut"};
        QTest::newRow("host file") << QStringList{"hostFile"} << QStringList{"readHostFile"};
        QTest::newRow("both") << QStringList{"networkCard", "hostFile"}
                              << QStringList{"reachHost", "seeNeighbours", "findWayOut", "readHostFile"};
    }
    void what_becomes_possible()
    {
        QFETCH(QStringList, walls);
        QFETCH(QStringList, now);
        const std::string copy = newId(), file = readFile("/usr/lib/os-release").value();
        std::vector<std::string> down;
        for (const QString& wall : walls)
            down.push_back(wall.toStdString());
        auto result = m_driver->takeDown(m_id, copy, down, m_progress);
        OK(result);
        qInfo("%s", dumpJson(*result, 1).c_str());
        // With all walls it is master of its own kernel, and reaches nothing.
        QCOMPARE(possible((*result)["with"], "host"), QStringList());
        const QStringList own = possible((*result)["with"], "own");
        QVERIFY(own.contains("readPackets") && own.contains("changeKernelSetting"));
        QCOMPARE(possible((*result)["without"], "host"), now);
        QCOMPARE(possible((*result)["without"], "own"), own);
        if (walls.contains("networkCard"))
            QVERIFY(seen((*result)["without"], "seeNeighbours").find("192.168.122.1 ") != std::string::npos);
        if (walls.contains("hostFile"))
            QCOMPARE(seen((*result)["without"], "readHostFile"), file.substr(0, file.find('\n')));
        QCOMPARE(readFile("/usr/lib/os-release").value(), file);
        // It is there, as nobody's instance, and the machine itself was never started.
        const int pid = (*result)["pid"].get<int>();
        QVERIFY(processStartTime(pid).has_value());
        QVERIFY(!(*result)["cgroup"].get<std::string>().empty());
        // A host as busy as this one may lose a connection to libvirt; the driver opens it again.
        auto instances = m_driver->list();
        QTRY_VERIFY_WITH_TIMEOUT((instances = m_driver->list()).has_value(), 20000);
        QCOMPARE(instances->size(), size_t(1));
        QVERIFY(!m_driver->describe(copy));
        QVERIFY(m_driver->sample().empty());
        QVERIFY(!m_driver->takeDown(m_id, copy, down, m_progress)); // the same name again leaves the first alone
        QVERIFY(processStartTime(pid).has_value());
        OK(m_driver->putBack(copy));
        OK(m_driver->putBack(copy)); // twice is no error
        QVERIFY(!processStartTime(pid).has_value());
        verifyGone(copy);
        QCOMPARE(int(m_driver->describe(m_id)->state), int(State::Stopped));
    }

    void cancelled_between()
    {
        Steps progress;
        progress.stopAt = "attempts";
        const std::string copy = newId();
        auto result = m_driver->takeDown(m_id, copy, {"hostFile"}, progress);
        QVERIFY(!result);
        QCOMPARE(int(result.error().code), int(Code::Cancelled));
        verifyGone(copy);
    }

    /// libvirt ends the copies of a helper that was killed, the next helper removes what is left of them.
    void after_a_kill()
    {
        const std::string copy = newId();
        m_driver.reset(); // its threads do not come along
        int ready[2];
        QVERIFY(pipe(ready) == 0);
        const pid_t helper = fork();
        if (helper == 0) {
            auto driver = machines::makeMachineDriver(m_paths, *m_store);
            Steps progress;
            const bool made = driver && (*driver)->takeDown(m_id, copy, {"networkCard"}, progress).has_value();
            (void)!::write(ready[1], made ? "y" : "n", 1);
            for (;;)
                ::pause();
        }
        ::close(ready[1]);
        char made = 0;
        QVERIFY(::read(ready[0], &made, 1) == 1);
        ::close(ready[0]);
        QVERIFY(shell("virsh -q list --uuid").find(copy) != std::string::npos);
        ::kill(helper, SIGKILL);
        QCOMPARE(::waitpid(helper, nullptr, 0), helper);
        QCOMPARE(made, 'y');
        QTRY_VERIFY_WITH_TIMEOUT(shell("virsh -q list --uuid").find(copy) == std::string::npos, 20000);
        QVERIFY(exists(directoryOf(copy)));
        newDriver();
        verifyGone(copy);
    }
};

QTEST_GUILESS_MAIN(TestMachineWalls)
#include "tst_machine_walls.moc"
