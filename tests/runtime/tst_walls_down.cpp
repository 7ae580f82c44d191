// Throw-away copies of a real container without some walls: what becomes possible, what does not, and that nothing of a
// copy stays. Runs in tests/support/sandbox.
#include "base/files.h"
#include "base/names.h"
#include "base/process.h"
#include "containers/containers.h"

#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QtTest>
#include <sys/timex.h>
#include <unistd.h>

using namespace diptych;
using namespace Qt::StringLiterals;

namespace {

class Silent final : public Progress
{
public:
    void report(std::string_view step, double, std::string_view) override
    {
        steps.emplace_back(step);
        if (step == stopAt)
            stop = true;
    }
    [[nodiscard]] bool cancelled() const override { return stop; }
    std::vector<std::string> steps;
    std::string stopAt;
    bool stop = false;
};

using Attempts = std::map<std::string, Json>;

Attempts byName(const Json& list)
{
    Attempts attempts;
    for (const Json& one : list)
        attempts[one["name"].get<std::string>()] = one;
    return attempts;
}

bool possible(const Attempts& attempts, const char* name)
{
    auto one = attempts.find(name);
    return one != attempts.end() && one->second["possible"].get<bool>();
}

std::vector<std::string> words(const QStringList& list)
{
    std::vector<std::string> all;
    for (const QString& one : list)
        all.push_back(one.toStdString());
    return all;
}

/// What attempts would have changed if they did anything.
QByteArray machineState()
{
    QByteArray state;
    for (const char* file :
         {"/proc/sys/kernel/hostname", "/proc/sys/kernel/core_pattern", "/proc/sys/net/ipv4/ip_forward",
          "/proc/net/route", "/proc/self/mountinfo", "/proc/modules"})
        state += QByteArray::fromStdString(std::string(file) + "\n" + readFile(file).value_or("") + "\n");
    for (const std::string& name : listDirectory("/dev").value_or(std::vector<std::string>{}))
        state += QByteArray::fromStdString(name + " ");
    return state;
}

QStringList differences(const Json& result, bool now)
{
    QStringList names;
    Attempts with = byName(result["with"]), without = byName(result["without"]);
    for (const auto& [name, attempt] : without)
        if (possible(without, name.c_str()) == now && possible(with, name.c_str()) != now)
            names.append(QString::fromStdString(name));
    return names;
}

} // namespace

class TestWallsDown : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    Paths m_paths;
    std::unique_ptr<images::Store> m_images;
    std::unique_ptr<Driver> m_driver;
    Silent m_progress;
    std::string m_id;
    QTcpServer m_listener; ///< somebody who listens on the host's loopback

    void restartHelper()
    {
        m_driver.reset();
        auto driver = containers::makeContainerDriver(m_paths, *m_images);
        QVERIFY2(driver.has_value(), driver ? "" : driver.error().message.c_str());
        m_driver = std::move(*driver);
        QVERIFY(m_driver->list());
    }
    std::string made(const char* name = "walled", NetworkMode mode = NetworkMode::None)
    {
        InstanceSpec spec;
        spec.name = name;
        spec.image = "busybox:latest";
        spec.command = {"/bin/sleep", "1000"};
        spec.network.mode = mode;
        spec.limits = {0.5, 64 << 20, 50};
        std::string id = newId();
        auto instance = m_driver->create(id, spec, m_progress);
        return instance ? id : std::string();
    }
    /// Nothing of a copy: no runtime state, no files, no control group.
    void verifyGone(const std::string& copy)
    {
        QVERIFY(!exists(m_paths.runtimeRoot() + "/" + copy));
        QVERIFY(!exists(m_paths.state + "/copies/instances/" + copy));
        QProcess find;
        find.start("find", {"/sys/fs/cgroup", "-name", QString::fromStdString(copy)});
        QVERIFY(find.waitForFinished());
        QCOMPARE(find.readAllStandardOutput(), QByteArray());
    }

private slots:
    void initTestCase()
    {
        if (::geteuid() != 0 || qEnvironmentVariable("DIPTYCH_SANDBOX") != "1")
            QSKIP("needs root and tests/support/sandbox");
        std::string bin = DIPTYCH_BIN;
        if (!exists("/bin/busybox") && !exists("/usr/bin/busybox"))
            QSKIP("needs busybox-static");
        m_paths.state = m_dir.path().toStdString() + "/state";
        m_paths.run = m_dir.path().toStdString() + "/run";
        m_paths.runtime = bin + "/diptych-run";
        m_paths.guest = bin + "/diptych-guest";
        m_paths.data = std::string(DIPTYCH_SOURCE) + "/resources";
        QVERIFY(makeDirectories(m_paths.state));
        auto store = images::Store::open(m_paths);
        QVERIFY2(store.has_value(), store ? "" : store.error().message.c_str());
        m_images = std::move(*store);
        auto image = m_images->buildTemplate("busybox", "busybox:latest", m_progress);
        QVERIFY2(image.has_value(), image ? "" : image.error().message.c_str());
        restartHelper();
        QVERIFY(m_listener.listen(QHostAddress::LocalHost));
        m_id = made();
        QVERIFY(!m_id.empty());
    }
    void cleanupTestCase()
    {
        if (m_driver)
            for (const Instance& instance : m_driver->list().value_or(std::vector<Instance>{}))
                QVERIFY(m_driver->remove(instance.id, true));
    }

    // Each attempt stands once among those that became possible, but for three that this machine may have nothing for.
    void what_becomes_possible_data()
    {
        QTest::addColumn<QStringList>("walls");
        QTest::addColumn<QStringList>("now");   ///< for certain
        QTest::addColumn<QStringList>("maybe"); ///< where settings of this machine allow it
        QTest::addColumn<QStringList>("host");  ///< of those, what reaches the host
        const QStringList kernel{"countEvents", "handleFaults", "useIoUring", "loadBpf", "readKernelLog"};
        const QStringList lacking{"loadModule", "readKernelMemory", "pressSysRq", "openDisk"};
        const auto row = [](const char* name, QStringList walls, QStringList now, QStringList maybe, QStringList host) {
            QTest::newRow(name) << walls << now << maybe << host;
        };
        row("processes", {"processes"}, {"seeProcesses"}, {}, {"seeProcesses"});
        row("network", {"network"}, {"seeInterfaces", "seeListeners"}, {}, {"seeInterfaces", "seeListeners"});
        row("hostname", {"hostname"}, {"seeHostName"}, {}, {"seeHostName"});
        row("ipc", {"ipc"}, {"seeIpc"}, {}, {"seeIpc"});
        row("cgroup", {"cgroup"}, {"seeGroup"}, {}, {"seeGroup"});
        row("users", {"users"}, {"beRoot"}, {}, {"beRoot"});
        row("seccomp", {"seccomp"}, {"traceOwn", "useKeyrings", "makeUserNamespace"}, kernel, {});
        row("masks", {"masks"}, {"readHidden"}, lacking, {"readHidden"});
        // Only its own routes, its own name; it has more of its own.
        row("capabilities", {"capabilities"}, {"changeRoutes"}, {"setHostName"}, {});
        // Nothing: the other walls behind it still stand.
        row("devices", {"devices"}, {}, {}, {});
        row("files", {"files"}, {"seeHostFiles"}, {}, {"seeHostFiles"});
        row("processes, users", {"processes", "users"}, {"seeProcesses", "signalProcess", "beRoot"}, {},
            {"signalProcess"});
        row("masks, users", {"masks", "users"}, {"readHidden", "beRoot", "changeKernelSetting", "changeNetworkSetting"},
            lacking, {"changeKernelSetting"});
        row("files, users", {"files", "users"}, {"seeHostFiles", "openHostSecrets", "beRoot"}, {}, {"openHostSecrets"});
        row("capabilities, users", {"capabilities", "users"}, {"beRoot", "changeRoutes", "makeDevice"}, {"setHostName"},
            {"makeDevice"});
        row("devices, capabilities, users", {"devices", "capabilities", "users"},
            {"beRoot", "changeRoutes", "makeDevice", "openDevice"}, {"openDisk", "setHostName"}, {"openDevice"});
        row("capabilities, seccomp", {"capabilities", "seccomp"},
            {"changeRoutes", "traceOwn", "useKeyrings", "makeUserNamespace", "mount", "restart", "setHostName"},
            kernel + QStringList{"openByHandle"}, {});
        row("all",
            {"processes", "network", "hostname", "ipc", "cgroup", "users", "seccomp", "masks", "capabilities",
             "devices", "files"},
            {"beRoot",
             "changeKernelSetting",
             "changeNetworkSetting",
             "changeRoutes",
             "loadBpf",
             "makeDevice",
             "makeUserNamespace",
             "mount",
             "openByHandle",
             "openDevice",
             "openHostSecrets",
             "readHidden",
             "readKernelLog",
             "readMemory",
             "restart",
             "seeGroup",
             "seeHostFiles",
             "seeHostName",
             "seeInterfaces",
             "seeIpc",
             "seeListeners",
             "seeProcesses",
             "setClock",
             "setHostName",
             "signalProcess",
             "traceOwn",
             "useKeyrings"},
            kernel + lacking,
            {"restart", "setClock", "setHostName", "changeRoutes", "openByHandle", "readMemory", "seeIpc"});
    }
    void what_becomes_possible()
    {
        QFETCH(QStringList, walls);
        QFETCH(QStringList, now);
        QFETCH(QStringList, maybe);
        QFETCH(QStringList, host);
        const std::string copy = newId();
        auto result = m_driver->takeDown(m_id, copy, words(walls), m_progress);
        QVERIFY2(result.has_value(), result ? "" : result.error().message.c_str());
        const QStringList found = differences(*result, true);
        for (const QString& name : now)
            QVERIFY2(found.contains(name), qPrintable(name + u" is not among "_s + found.join(u' ')));
        for (const QString& name : found)
            QVERIFY2(now.contains(name) || maybe.contains(name), qPrintable(name));
        const Attempts without = byName((*result)["without"]);
        for (const QString& name : host)
            QCOMPARE(without.at(name.toStdString())["reach"].get<std::string>(), std::string("host"));
        // Without the namespace's owner among its users, there is one thing less: rights over a network of its own.
        QCOMPARE(differences(*result, false),
                 walls == QStringList{"network"} ? QStringList{"readPackets"} : QStringList{});
        QVERIFY(m_driver->putBack(copy));
        verifyGone(copy);
    }

    /// What is the machine's is as it was, also when every attempt was allowed.
    void does_nothing()
    {
        const QByteArray before = machineState();
        timex clock{};
        ::adjtimex(&clock);
        const std::string copy = newId();
        std::vector<std::string> all;
        const auto walls = m_driver->walls(m_id);
        QVERIFY(walls.has_value());
        for (const WallChoice& wall : *walls)
            all.push_back(wall.name);
        auto result = m_driver->takeDown(m_id, copy, all, m_progress);
        QVERIFY2(result.has_value(), result ? "" : result.error().message.c_str());
        QVERIFY(possible(byName((*result)["without"]), "setClock"));
        QCOMPARE(machineState(), before);
        timex after{};
        ::adjtimex(&after);
        QCOMPARE(after.tick, clock.tick);
        QCOMPARE(after.freq, clock.freq);
        QVERIFY(m_driver->putBack(copy));
        QCOMPARE(machineState(), before);
    }

    /// Its limits are the container's; its program is ours; nobody lists or measures it; it is labelled.
    void what_a_copy_is()
    {
        const std::string copy = newId();
        auto result = m_driver->takeDown(m_id, copy, {"seccomp"}, m_progress);
        QVERIFY2(result.has_value(), result ? "" : result.error().message.c_str());
        QVERIFY(processStartTime((*result)["pid"].get<int>()).has_value());
        auto config = parseJson(readFile(m_paths.state + "/copies/instances/" + copy + "/config.json").value());
        QVERIFY(config.has_value());
        QCOMPARE((*config)["linux"]["resources"]["memory"]["limit"].get<int64_t>(), int64_t(64) << 20);
        QCOMPARE((*config)["process"]["args"][0].get<std::string>(), std::string("/dev/diptych-guest"));
        QCOMPARE((*config)["annotations"]["org.diptych.wallsDown"].get<std::string>(), std::string("seccomp"));
        QVERIFY(!(*config)["linux"].contains("seccomp"));
        QCOMPARE(m_driver->list()->size(), size_t(1));
        QVERIFY(m_driver->sample().empty());
        // The same name again is refused, and leaves the first alone.
        QVERIFY(!m_driver->takeDown(m_id, copy, {"seccomp"}, m_progress));
        QVERIFY(processStartTime((*result)["pid"].get<int>()).has_value());
        QVERIFY(m_driver->putBack(copy));
        QVERIFY(m_driver->putBack(copy)); // twice is no error
        QVERIFY(!processStartTime((*result)["pid"].get<int>()).has_value());
        verifyGone(copy);
    }

    void refuses()
    {
        const auto field = [this](const std::vector<std::string>& walls) {
            auto result = m_driver->takeDown(m_id, newId(), walls, m_progress);
            return result ? std::string("done") : result.error().field;
        };
        QCOMPARE(field({}), std::string("walls"));
        QCOMPARE(field({"berlin"}), std::string("walls"));
        QCOMPARE(field({"ipc", "ipc"}), std::string("walls"));
        const std::string open = made("open", NetworkMode::Host);
        QVERIFY(!m_driver->walls(open)->at(1).missing.empty());
        auto result = m_driver->takeDown(open, newId(), {"network"}, m_progress);
        QVERIFY(!result && result.error().field == "walls");
        // Its copies share the host's network as it does itself.
        const std::string copy = newId();
        result = m_driver->takeDown(open, copy, {"hostname"}, m_progress);
        QVERIFY2(result.has_value(), result ? "" : result.error().message.c_str());
        QVERIFY(possible(byName((*result)["with"]), "seeInterfaces"));
        QVERIFY(m_driver->putBack(copy));
        QVERIFY(m_driver->remove(open, true));
        QVERIFY(!m_driver->takeDown(newId(), newId(), {"ipc"}, m_progress)); // no such container
        QVERIFY(!listDirectory(m_paths.state + "/copies/instances") ||
                listDirectory(m_paths.state + "/copies/instances")->empty());
    }

    void cancelled_between()
    {
        Silent progress;
        progress.stopAt = "attempts";
        const std::string copy = newId();
        auto result = m_driver->takeDown(m_id, copy, {"ipc"}, progress);
        QVERIFY(!result);
        QCOMPARE(int(result.error().code), int(Code::Cancelled));
        verifyGone(copy);
    }

    /// The next helper clears away what a killed one left, and starts none.
    void after_a_crash()
    {
        const std::string copy = newId();
        auto result = m_driver->takeDown(m_id, copy, {"users", "capabilities"}, m_progress);
        QVERIFY2(result.has_value(), result ? "" : result.error().message.c_str());
        const int pid = (*result)["pid"].get<int>();
        QVERIFY(processStartTime(pid).has_value());
        restartHelper();
        QVERIFY(!processStartTime(pid).has_value());
        verifyGone(copy);
        QCOMPARE(m_driver->list()->size(), size_t(1));
        QCOMPARE(int(m_driver->describe(m_id)->state), int(State::Stopped));
    }
};

QTEST_GUILESS_MAIN(TestWallsDown)
#include "tst_walls_down.moc"
