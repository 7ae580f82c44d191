// The container driver with real containers: real diptych-run, real image store, and libvirt's network where it
// answers. Runs in tests/support/sandbox.
#include "base/files.h"
#include "base/names.h"
#include "containers/containers.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QtTest>
#include <atomic>
#include <csignal>
#include <poll.h>
#include <set>
#include <thread>
#include <unistd.h>

using namespace diptych;

namespace {

class Silent final : public Progress
{
public:
    void report(std::string_view step, double, std::string_view) override { steps.emplace_back(step); }
    [[nodiscard]] bool cancelled() const override { return stop; }
    std::vector<std::string> steps;
    bool stop = false;
};

std::string message(const Status& status)
{
    return status ? std::string() : status.error().message;
}

std::string readUntil(int fd, const std::string& wanted, int milliseconds = 5000)
{
    std::string text;
    QElapsedTimer timer;
    timer.start();
    while (text.find(wanted) == std::string::npos && timer.elapsed() < milliseconds) {
        pollfd wait{fd, POLLIN, 0};
        if (::poll(&wait, 1, 100) <= 0)
            continue;
        char buffer[4096];
        ssize_t n = ::read(fd, buffer, sizeof buffer);
        if (n <= 0)
            break;
        text.append(buffer, static_cast<size_t>(n));
    }
    return text;
}

} // namespace

class TestContainers : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    Paths m_paths;
    std::unique_ptr<images::Store> m_images;
    std::unique_ptr<Driver> m_driver;
    Silent m_progress;
    std::atomic<int> m_changes{0};
    bool m_libvirt = false;

    void restartHelper()
    {
        m_driver.reset();
        auto driver = containers::makeContainerDriver(m_paths, *m_images);
        QVERIFY2(driver.has_value(), driver ? "" : driver.error().message.c_str());
        m_driver = std::move(*driver);
        m_driver->setListener([this](const std::string&) { ++m_changes; });
        QVERIFY(m_driver->list());
    }
    InstanceSpec spec(const char* name, std::vector<std::string> command, NetworkMode mode = NetworkMode::None)
    {
        InstanceSpec s;
        s.name = name;
        s.image = "busybox:latest";
        s.command = std::move(command);
        s.network.mode = mode;
        return s;
    }
    std::string made(const InstanceSpec& s, bool start = true)
    {
        std::string id = newId();
        auto instance = m_driver->create(id, s, m_progress);
        if (!instance) {
            qWarning("create: %s", instance.error().message.c_str());
            return {};
        }
        if (Status started = start ? m_driver->start(id, m_progress) : Status{}; !started)
            qWarning("start: %s", started.error().message.c_str());
        return id;
    }
    State state(const std::string& id)
    {
        auto instance = m_driver->describe(id);
        return instance ? instance->state : State::Broken;
    }
    void waitStopped(const std::string& id) { QTRY_COMPARE_WITH_TIMEOUT(int(state(id)), int(State::Stopped), 10000); }

private slots:
    void initTestCase()
    {
        if (::geteuid() != 0 || qEnvironmentVariable("DIPTYCH_SANDBOX") != "1")
            QSKIP("needs root and tests/support/sandbox");
        std::string bin = DIPTYCH_BIN;
        if (!exists(bin + "/diptych-run") || !exists(bin + "/diptych-guest"))
            QSKIP("needs diptych-run and diptych-guest beside it");
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
        m_libvirt = exists("/sys/class/net/virbr0");
        restartHelper();
    }

    void cleanup()
    {
        if (!m_driver)
            return;
        auto list = m_driver->list();
        for (const Instance& instance : list.value_or(std::vector<Instance>{})) {
            if (instance.state != State::Stopped && instance.state != State::Broken)
                (void)m_driver->kill(instance.id, SIGKILL);
            Status removed = m_driver->remove(instance.id, true);
            QVERIFY2(removed.has_value(), message(removed).c_str());
        }
        // Nothing stays behind: no bundle, no runtime directory, no control group.
        QVERIFY(listDirectory(m_paths.instances())->empty());
        auto left = listDirectory(m_paths.runtimeRoot());
        for (const std::string& name : *left)
            QVERIFY2(name == "seccomp", name.c_str());
    }

    void runsToItsEnd()
    {
        std::string id = made(spec("ends", {"/bin/sh", "-c", "echo out; echo err >&2; exit 3"}));
        waitStopped(id);
        auto i = m_driver->describe(id);
        QCOMPARE(i->exitCode.value_or(-1), 3);
        QVERIFY(i->startedAt > 0 && i->finishedAt >= i->startedAt);
        QCOMPARE(i->pid, 0);
        std::string log = m_driver->log(id, 4096).value_or("?");
        QVERIFY2(log.find("out") != std::string::npos && log.find("err") != std::string::npos, log.c_str());
        QVERIFY(m_changes > 2);
        // And again: the same files, another run.
        QCOMPARE(message(m_driver->start(id, m_progress)), std::string());
        waitStopped(id);
        QCOMPARE(m_driver->describe(id)->exitCode.value_or(-1), 3);
    }

    void timelineHasTheSteps()
    {
        std::string id = made(spec("steps", {"/bin/sleep", "100"}));
        auto timeline = m_driver->timeline(id);
        QVERIFY(timeline && timeline->complete && timeline->total > 0);
        std::set<std::string> names;
        for (const auto& step : timeline->steps) {
            names.insert(step.name);
            QVERIFY(step.begin >= 0 && step.end >= step.begin);
        }
        for (const char* name :
             {"clone", "userns", "cgroup", "mounts", "pivot_root", "capabilities", "seccomp", "exec"})
            QVERIFY2(names.contains(name), name);
        QCOMPARE(m_driver->describe(id)->startNanoseconds, timeline->total);
    }

    void stopsAndForces()
    {
        std::string polite = made(spec("polite", {"/bin/sh", "-c", "trap 'exit 7' TERM; while :; do sleep 0.1; done"}));
        QTest::qWait(300); // the trap is set
        QCOMPARE(message(m_driver->stop(polite, std::chrono::seconds(10), m_progress)), std::string());
        QCOMPARE(m_driver->describe(polite)->exitCode.value_or(-1), 7);
        std::string deaf = made(spec("deaf", {"/bin/sh", "-c", "trap '' TERM; while :; do sleep 0.1; done"}));
        QCOMPARE(message(m_driver->stop(deaf, std::chrono::milliseconds(300), m_progress)), std::string());
        QCOMPARE(m_driver->describe(deaf)->exitCode.value_or(-1), 137);
        QCOMPARE(int(m_driver->stop(deaf, std::chrono::seconds(1), m_progress).error().code), int(Code::WrongState));
    }

    void pausesAndStopsPaused()
    {
        std::string id = made(spec("pause", {"/bin/sh", "-c", "while :; do :; done"}));
        QCOMPARE(message(m_driver->pause(id)), std::string());
        QCOMPARE(int(state(id)), int(State::Paused));
        auto cpu = [&] { return m_driver->sample().at(0).second.cpuNanoseconds; };
        uint64_t before = cpu();
        QTest::qWait(200);
        QVERIFY(cpu() - before < 50'000'000);
        QCOMPARE(message(m_driver->resume(id)), std::string());
        QTRY_VERIFY(cpu() - before > 50'000'000);
        QVERIFY(m_driver->pause(id));
        QCOMPARE(message(m_driver->stop(id, std::chrono::milliseconds(200), m_progress)), std::string());
    }

    void limitsHoldAndChange()
    {
        InstanceSpec s = spec("limits", {"/bin/sleep", "100"});
        s.limits = {0.25, 32 << 20, 16};
        std::string id = made(s);
        auto value = [&](const std::string& suffix) {
            Json facts = m_driver->hostFacts(id).value_or(Json());
            for (const Json& file : facts["cgroup"]["files"])
                if (file["name"] == suffix)
                    return file["value"].get<std::string>();
            return std::string();
        };
        QCOMPARE(value("pids.max"), std::string("16"));
        QCOMPARE(message(m_driver->setLimits(id, {0.5, 64 << 20, 20})), std::string());
        QCOMPARE(value("pids.max"), std::string("20"));
        std::string memory = value("memory.limit_in_bytes") + value("memory.max");
        QCOMPARE(memory, std::to_string(64 << 20));
        QCOMPARE(message(m_driver->setLimits(id, {})), std::string());
        QCOMPARE(value("pids.max"), std::string("max"));
        QCOMPARE(int(m_driver->setLimits(id, {-1, 0, 0}).error().code), int(Code::InvalidArgument));
    }

    void tooMuchMemoryKills()
    {
        InstanceSpec s = spec("greedy", {"/bin/sh", "-c", "x=aaaaaaaa; while :; do x=$x$x; done"});
        s.limits.memory = 8 << 20;
        std::string id = made(s);
        waitStopped(id);
        auto i = m_driver->describe(id);
        QCOMPARE(i->exitCode.value_or(-1), 137);
        QVERIFY(i->oomKilled);
    }

    void looksFromInsideAndOutside()
    {
        std::string id = made(spec("walls", {"/bin/sleep", "100"}));
        auto probe = m_driver->probe(id);
        QVERIFY2(probe.has_value(), probe ? "" : probe.error().message.c_str());
        auto facts = m_driver->hostFacts(id);
        QVERIFY(facts);
        for (const char* ns : {"pid", "mnt", "net", "uts", "ipc", "user", "cgroup", "time"}) {
            QVERIFY2((*facts)["process"]["namespaces"][ns] != (*facts)["process"]["hostNamespaces"][ns], ns);
            QVERIFY2((*probe)["namespaces"][ns] == (*facts)["process"]["namespaces"][ns], ns);
        }
        QCOMPARE((*probe)["hostname"].get<std::string>(), std::string("walls"));
        QCOMPARE((*probe)["seccomp"]["mode"].get<int>(), 2);
        QCOMPARE((*probe)["noNewPrivileges"].get<bool>(), true);
        QCOMPARE((*probe)["ids"]["uidMap"][0][1], (*facts)["process"]["uidMap"][0][1]);
        auto processes = m_driver->processes(id);
        QVERIFY(processes);
        QCOMPARE(processes->size(), size_t{1});
        QCOMPARE(processes->at(0).insidePid, 1);
        QCOMPARE(processes->at(0).user, std::string("0"));
        QCOMPARE(processes->at(0).command, std::string("/bin/sleep 100"));
    }

    void terminals()
    {
        InstanceSpec s = spec("tty", {"/bin/sh"});
        s.terminal = true;
        std::string id = made(s);
        TerminalRequest request;
        request.columns = 91;
        request.rows = 23;
        auto shell = m_driver->openTerminal(id, request);
        QVERIFY2(shell.has_value(), shell ? "" : shell.error().message.c_str());
        QVERIFY(writeAll(shell->fd.get(), "stty size; echo in$((40+2))side\n"));
        std::string text = readUntil(shell->fd.get(), "in42side");
        QVERIFY2(text.find("23 91") != std::string::npos, text.c_str());
        QCOMPARE(message(shell->resize(100, 30)), std::string());
        QVERIFY(writeAll(shell->fd.get(), "stty size; echo e$((1+1))d\n"));
        text = readUntil(shell->fd.get(), "e2d");
        QVERIFY2(text.find("30 100") != std::string::npos, text.c_str());
        std::string session = shell->session;
        shell->fd.reset();
        // Another helper finds both sessions, with what was shown before.
        restartHelper();
        auto sessions = m_driver->terminals(id);
        QVERIFY(sessions);
        QCOMPARE(sessions->size(), size_t{2});
        request.session = session;
        auto again = m_driver->openTerminal(id, request);
        QVERIFY2(again.has_value(), again ? "" : again.error().message.c_str());
        QVERIFY(readUntil(again->fd.get(), "in42side").find("in42side") != std::string::npos);
        QVERIFY(writeAll(again->fd.get(), "exit\n"));
        QTRY_COMPARE_WITH_TIMEOUT(m_driver->terminals(id)->size(), size_t{1}, 5000);
        request.session = "../main";
        QCOMPARE(int(m_driver->openTerminal(id, request).error().code), int(Code::InvalidArgument));
        request.session = "main";
        auto own = m_driver->openTerminal(id, request);
        QVERIFY2(own.has_value(), own ? "" : own.error().message.c_str());
        QVERIFY(writeAll(own->fd.get(), "exit 5\n"));
        waitStopped(id);
        QCOMPARE(m_driver->describe(id)->exitCode.value_or(-1), 5);
    }

    // A program that ends before anybody is ready to see it: its end is noticed, and the container's own does not wait.
    void shortSessionsEnd()
    {
        std::string id = made(spec("short", {"/bin/sleep", "100"}));
        TerminalRequest request;
        request.command = {"/bin/true"};
        for (int i = 0; i < 40; ++i)
            (void)m_driver->openTerminal(id, request); // some have ended before we could attach
        QTRY_COMPARE_WITH_TIMEOUT(m_driver->terminals(id)->size(), size_t{1}, 5000);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(m_driver->stop(id, std::chrono::milliseconds(0), m_progress));
        QVERIFY2(timer.elapsed() < 5000, std::to_string(timer.elapsed()).c_str());
    }

    // A container that is stopped while others come and go at its terminals: nobody waits for anybody.
    void restartsWhileTerminalsCome()
    {
        InstanceSpec s = spec("busy", {"/bin/sh"});
        s.terminal = true;
        std::string id = made(s);
        std::atomic<bool> stop{false};
        std::atomic<int> opened{0};
        std::atomic<qint64> longestOpen{0};
        auto visit = [&](bool own) {
            TerminalRequest request;
            request.session = own ? "main" : "";
            while (!stop) {
                QElapsedTimer timer;
                timer.start();
                auto terminal = m_driver->openTerminal(id, request);
                longestOpen = std::max<qint64>(longestOpen, timer.elapsed());
                if (!terminal)
                    continue;
                ++opened;
                for (int i = 1; i < 5; ++i)
                    (void)terminal->resize(80 + i, 24);
                (void)writeAll(terminal->fd.get(), "echo hello; cat /proc/cpuinfo; sleep 0.01\n");
                if (opened % 2)
                    (void)readUntil(terminal->fd.get(), "hello", 200);
            }
        };
        std::vector<std::thread> visitors;
        for (bool own : {true, false, false})
            visitors.emplace_back(visit, own);
        qint64 longest = 0;
        int rounds = 0;
        QElapsedTimer all;
        all.start();
        const int seconds = qEnvironmentVariableIntValue("DIPTYCH_STRESS");
        std::string problem;
        while (all.elapsed() < (seconds ? seconds * 1000 : 6000) && problem.empty()) {
            QElapsedTimer timer;
            timer.start();
            auto timeout = std::chrono::milliseconds(rounds % 3 == 0 ? 0 : 300);
            problem = message(m_driver->stop(id, timeout, m_progress));
            if (problem.empty())
                problem = message(m_driver->start(id, m_progress));
            longest = std::max(longest, timer.elapsed());
            ++rounds;
            if (timer.elapsed() > 5000)
                qWarning("round %d took %lld ms", rounds, timer.elapsed());
        }
        stop = true;
        for (std::thread& visitor : visitors)
            visitor.join();
        qInfo("%d restarts, %d terminals, longest restart %lld ms, longest opening %lld ms", rounds, opened.load(),
              longest, longestOpen.load());
        QCOMPARE(problem, std::string());
        QVERIFY(opened > 0);
        QVERIFY2(longest < 8000, "a terminal held the container up");
        QVERIFY(m_driver->stop(id, std::chrono::milliseconds(0), m_progress));
    }

    // /var of the sandbox is an overlay: neither are ids mapped there, nor can it be the upper half of another.
    void copiesWhereLayersDontWork()
    {
        Paths paths = m_paths;
        paths.state = "/var/tmp/diptych-copies";
        QVERIFY(makeDirectories(paths.state));
        auto store = images::Store::open(paths);
        QVERIFY2(store.has_value(), store ? "" : store.error().message.c_str());
        QVERIFY((*store)->buildTemplate("busybox", "busybox:latest", m_progress));
        auto driver = containers::makeContainerDriver(paths, **store);
        QVERIFY2(driver.has_value(), driver ? "" : driver.error().message.c_str());
        QVERIFY((*driver)->list());
        std::string id = newId(), other = newId();
        auto s = spec("copied",
                      {"/bin/sh", "-c", "id -u; stat -c %u:%g /bin/busybox; touch /new && rm /bin/vi && echo written"});
        auto created = (*driver)->create(id, s, m_progress);
        QVERIFY2(created.has_value(), created ? "" : created.error().message.c_str());
        if (exists(paths.instance(id) + "/upper")) {
            QVERIFY((*driver)->remove(id, true));
            QSKIP("layers work in /var/tmp here, which is no overlay as it is in the sandbox");
        }
        QCOMPARE(message((*driver)->start(id, m_progress)), std::string());
        QTRY_COMPARE_WITH_TIMEOUT(int((*driver)->describe(id)->state), int(State::Stopped), 10000);
        QCOMPARE(QByteArray::fromStdString((*driver)->log(id, 1000).value_or("")).simplified(),
                 QByteArray("0 0:0 written"));
        QCOMPARE((*driver)->hostFacts(id).value()["disk"]["type"].get<std::string>(), std::string("copy"));
        // The next one has none of what this one did.
        s.name = "second";
        s.command = {"/bin/sh", "-c", "ls /new; ls /bin/vi"};
        QVERIFY((*driver)->create(other, s, m_progress));
        QCOMPARE(message((*driver)->start(other, m_progress)), std::string());
        QTRY_COMPARE_WITH_TIMEOUT(int((*driver)->describe(other)->state), int(State::Stopped), 10000);
        std::string log = (*driver)->log(other, 1000).value_or("");
        QVERIFY2(log.find("/new: No such file") != std::string::npos && log.find("\n/bin/vi") != std::string::npos,
                 log.c_str());
        QVERIFY((*driver)->remove(id, true));
        QVERIFY((*driver)->remove(other, true));
        QVERIFY(listDirectory(paths.instances())->empty());
    }

    void anotherHelperFindsAll()
    {
        std::string runs = made(spec("runs", {"/bin/sleep", "100"}));
        std::string paused = made(spec("paused", {"/bin/sleep", "100"}));
        QVERIFY(m_driver->pause(paused));
        std::string ends = made(spec("meanwhile", {"/bin/sh", "-c", "sleep 0.5; exit 9"}));
        int pid = m_driver->describe(runs)->pid;
        m_driver.reset();
        QTest::qWait(1500);
        restartHelper();
        QCOMPARE(int(state(runs)), int(State::Running));
        QCOMPARE(m_driver->describe(runs)->pid, pid);
        QCOMPARE(int(state(paused)), int(State::Paused));
        QCOMPARE(int(state(ends)), int(State::Stopped));
        QCOMPARE(m_driver->describe(ends)->exitCode.value_or(-1), 9);
        // Adopted ones are watched like others.
        QVERIFY(m_driver->kill(runs, SIGKILL));
        waitStopped(runs);
        QCOMPARE(m_driver->describe(runs)->exitCode.value_or(-1), 137);
    }

    void unfinishedCreateIsRolledBack()
    {
        std::string id = made(spec("half", {"/bin/true"}), false);
        std::string file = m_paths.instance(id) + "/instance.json";
        std::string text = *readFile(file);
        size_t at = text.find("\"creating\": false");
        QVERIFY(at != std::string::npos);
        text.replace(at, 17, "\"creating\": true");
        QVERIFY(writeFileAtomic(file, text));
        restartHelper();
        QVERIFY(m_driver->list()->empty());
        QVERIFY(!exists(m_paths.instance(id)));
    }

    void damagedOnesCanBeDeleted()
    {
        std::string id = made(spec("damaged", {"/bin/true"}), false);
        QVERIFY(writeFileAtomic(m_paths.instance(id) + "/instance.json", "{"));
        restartHelper();
        QCOMPARE(int(state(id)), int(State::Broken));
        QVERIFY(!m_driver->describe(id)->problem.empty());
        QVERIFY(!m_driver->start(id, m_progress));
        QCOMPARE(message(m_driver->remove(id, true)), std::string());
    }

    void failsCleanly()
    {
        std::string id = newId();
        QCOMPARE(int(m_driver->create(id, spec("a b", {}), m_progress).error().code), int(Code::InvalidArgument));
        InstanceSpec missing = spec("missing", {});
        missing.image = "nothing:here";
        QCOMPARE(int(m_driver->create(id, missing, m_progress).error().code), int(Code::NotFound));
        QVERIFY(m_driver->list()->empty());
        std::string wrong = made(spec("wrong", {"/bin/no-such-program"}), false);
        Status started = m_driver->start(wrong, m_progress);
        QVERIFY(!started);
        QVERIFY2(started.error().message.find("no-such-program") != std::string::npos, started.error().message.c_str());
        QCOMPARE(int(state(wrong)), int(State::Stopped));
        QVERIFY(!m_driver->describe(wrong)->problem.empty());
        QCOMPARE(int(m_driver->create(newId(), spec("wrong", {}), m_progress).error().code), int(Code::Exists));
    }

    void twoAtOnce()
    {
        std::vector<std::string> ids;
        for (int i = 0; i < 4; ++i)
            ids.push_back(made(spec(fmt::format("many{}", i).c_str(), {"/bin/sleep", "100"}), false));
        std::vector<std::thread> threads;
        std::atomic<int> good{0};
        for (const std::string& id : ids)
            threads.emplace_back([&, id] {
                Silent progress;
                good += m_driver->start(id, progress) ? 1 : 0;
            });
        for (auto& thread : threads)
            thread.join();
        QCOMPARE(good.load(), 4);
        QCOMPARE(m_driver->sample().size(), size_t{4});
        std::set<int> bases;
        for (const std::string& id : ids)
            bases.insert((*m_driver->hostFacts(id))["process"]["uidMap"][0][1].get<int>());
        QCOMPARE(bases.size(), size_t{4});
    }

    void sharesTheHostsNetwork()
    {
        std::string id = made(spec("hostnet", {"/bin/sleep", "100"}, NetworkMode::Host));
        QCOMPARE(m_driver->describe(id)->hostNamespaces, (std::vector<std::string>{"network"}));
        Json facts = *m_driver->hostFacts(id);
        QCOMPARE(facts["process"]["namespaces"]["net"].get<std::string>(),
                 facts["process"]["hostNamespaces"]["net"].get<std::string>());
    }

    void onLibvirtsNetwork()
    {
        if (!m_libvirt)
            QSKIP("needs libvirtd and its network default: run the sandbox with DIPTYCH_SANDBOX_LIBVIRTD=1");
        InstanceSpec s = spec("web", {"/bin/sh", "-c", "echo hello > /tmp/index.html; exec httpd -f -p 80 -h /tmp"},
                              NetworkMode::Nat);
        s.ports = {{"tcp", 18080, 80}};
        std::string id = made(s);
        auto i = m_driver->describe(id);
        QCOMPARE(int(i->state), int(State::Running));
        QVERIFY(!i->address.empty());
        auto get = [](const QString& host, int port) {
            QByteArray answer;
            for (int attempt = 0; attempt < 20 && !answer.contains("hello"); ++attempt) {
                QTcpSocket socket;
                socket.connectToHost(host, static_cast<quint16>(port));
                if (!socket.waitForConnected(1000)) {
                    QTest::qWait(100);
                    continue;
                }
                socket.write("GET /index.html HTTP/1.0\r\n\r\n");
                while (socket.waitForReadyRead(1000))
                    answer += socket.readAll();
            }
            return answer;
        };
        QVERIFY(get(QString::fromStdString(i->address), 80).contains("hello"));
        QVERIFY(get("127.0.0.1", 18080).contains("hello"));
        // From another machine: through prerouting, and past what libvirt turns away.
        QProcess outside;
        outside.setProcessChannelMode(QProcess::MergedChannels);
        outside.start("/bin/sh",
                      {"-ec", "ip netns add outside; ip link add dout type veth peer name eth0 netns outside; "
                              "ip addr add 10.99.0.1/24 dev dout; ip link set dout up; "
                              "ip -n outside addr add 10.99.0.2/24 dev eth0; ip -n outside link set eth0 up; "
                              "exec ip netns exec outside busybox wget -q -O - http://10.99.0.1:18080/index.html"});
        QVERIFY(outside.waitForFinished(15000));
        QByteArray seen = outside.readAll();
        QVERIFY2(seen.contains("hello"), seen.constData());
        Sample sample = m_driver->sample().at(0).second;
        QVERIFY(sample.receivedBytes > 0 && sample.sentBytes > 0);

        // From a second container through the bridge, by address.
        std::string other =
            made(spec("client", {"/bin/sh", "-c", fmt::format("wget -q -O - http://{}/index.html", i->address)},
                      NetworkMode::Nat));
        waitStopped(other);
        std::string page = m_driver->log(other, 4096).value_or("");
        QVERIFY2(page.find("hello") != std::string::npos, page.c_str());

        InstanceSpec second = spec("second", {"/bin/sleep", "100"}, NetworkMode::Nat);
        second.ports = {{"tcp", 18080, 80}};
        std::string clash = made(second, false);
        Status started = m_driver->start(clash, m_progress);
        QVERIFY(!started && started.error().field == "ports[0].hostPort");
        QCOMPARE(message(m_driver->stop(id, std::chrono::milliseconds(500), m_progress)), std::string());
        QVERIFY(!exists("/sys/class/net/" + (*m_driver->hostFacts(id))["network"]["veth"].get<std::string>()));
        QTcpServer listener;
        QVERIFY(listener.listen(QHostAddress::Any, 18080)); // free again
        started = m_driver->start(clash, m_progress);
        QVERIFY(!started && started.error().message.find("in use") != std::string::npos);
        listener.close();
        QCOMPARE(message(m_driver->start(clash, m_progress)), std::string());
    }
};

QTEST_GUILESS_MAIN(TestContainers)
#include "tst_containers.moc"
