// What nobody registered, found among real processes: podman, bubblewrap, unshare, a bare QEMU, a group with a limit.
// Each statement is made true, and false.
#include "base/process.h"
#include "cgroups/cgroup.h"
#include "isolation/engine_names.h"
#include "isolation/process_view.h"
#include "isolation/workloads.h"

#include <QtTest>
#include <csignal>
#include <sys/wait.h>
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

std::vector<Workload> found(const std::set<std::string>& ours = {}, const std::set<int>& pids = {})
{
    return findWorkloads(identifyHost(), thisMachine(), ours, pids);
}

const Workload* byProcess(const std::vector<Workload>& all, int pid)
{
    for (const Workload& one : all)
        if (std::find(one.processes.begin(), one.processes.end(), pid) != one.processes.end())
            return &one;
    return nullptr;
}

const Workload* byCommand(const std::vector<Workload>& all, const char* part)
{
    for (const Workload& one : all)
        if (one.command.find(part) != std::string::npos)
            return &one;
    return nullptr;
}

QStringList namespacesOf(const Workload& w)
{
    QStringList kinds;
    for (const std::string& kind : w.namespaces)
        kinds.append(QString::fromStdString(kind));
    kinds.sort();
    return kinds;
}

std::vector<Row> rowsOf(const Workload& w)
{
    Instance instance;
    instance.state = State::Running;
    instance.pid = w.pid;
    HostIdentity host = identifyHost();
    Json probe = outsideProbe(w, host, thisMachine());
    return evidence(instance, &probe, outsideFacts(w, thisMachine()), host);
}

QString statementOf(const std::vector<Row>& rows, const char* resource)
{
    for (const Row& row : rows)
        if (row.resource == resource)
            return QString::fromStdString(row.statement);
    return {};
}

/// A program that goes with the test.
class Started
{
public:
    explicit Started(const QString& program, const QStringList& arguments)
    {
        m_process.start(program, arguments);
        m_process.waitForStarted();
    }
    ~Started()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    [[nodiscard]] int pid() const { return int(m_process.processId()); }

private:
    QProcess m_process;
};

} // namespace

class TestWorkloads : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (geteuid() != 0)
            QSKIP("needs root, and tests/support/sandbox");
    }

    void namespaces_alone()
    {
        Started plain("sleep", {"7101"});
        Started walled("unshare", {"--mount", "--net", "--uts", "--pid", "--fork", "sleep", "7102"});
        auto forked = [] {
            auto now = found();
            const Workload* one = byCommand(now, "sleep 7102");
            return one && one->name == "sleep";
        };
        QTRY_VERIFY(forked());
        auto all = found();
        QVERIFY(!byProcess(all, plain.pid())); // no wall, no limit: nobody's workload
        const Workload* w = byCommand(all, "sleep 7102");
        QCOMPARE(namespacesOf(*w), QStringList({"mnt", "net", "pid", "uts"}));
        QCOMPARE(w->maker, std::string("unshare"));
        QCOMPARE(w->name, std::string("sleep"));
        auto rows = rowsOf(*w);
        QCOMPARE(rows.size(), size_t(15));
        QCOMPARE(statementOf(rows, "kernel"), "kernelShared");
        QCOMPARE(statementOf(rows, "network"), "netNone");
        QCOMPARE(statementOf(rows, "users"), "usersHost");
        QCOMPARE(statementOf(rows, "processes"), "processesNamespacePid");
        QCOMPARE(statementOf(rows, "hostname"), "hostnamePartly");
        Started users("unshare", {"--user", "--map-root-user", "sleep", "7103"});
        QTRY_VERIFY(byCommand(found(), "sleep 7103"));
        all = found();
        rows = rowsOf(*byCommand(all, "sleep 7103"));
        QCOMPARE(statementOf(rows, "users"), "usersMapped");
        QCOMPARE(statementOf(rows, "network"), "netHost");
        QCOMPARE(statementOf(rows, "processes"), "processesHost");
        QVERIFY(idOf(*byCommand(all, "sleep 7103")).starts_with("pid:"));
    }

    void bubblewrap()
    {
        if (QStandardPaths::findExecutable("bwrap").isEmpty())
            QSKIP("bwrap is not installed");
        Started box("bwrap",
                    {"--ro-bind", "/", "/", "--unshare-net", "--unshare-pid", "--proc", "/proc", "sleep", "7201"});
        auto inside = [] {
            auto now = found();
            const Workload* one = byCommand(now, "sleep 7201");
            return one && one->name == "sleep"; // bwrap's own words hold the same
        };
        QTRY_VERIFY(inside());
        auto all = found();
        const Workload* w = byCommand(all, "sleep 7201");
        QCOMPARE(w->maker, std::string("bwrap"));
        QCOMPARE(w->form, std::string("sandbox"));
        QVERIFY(namespacesOf(*w).contains("net"));
        QVERIFY(!namespacesOf(*w).contains("uts"));
        // Both sides of one of its processes.
        int pid = 0;
        for (int one : w->processes)
            if (commandLine(fmt::format("/proc/{}", one), "").starts_with("sleep"))
                pid = one;
        Instance instance;
        instance.state = State::Running;
        instance.pid = w->pid;
        HostIdentity host = identifyHost();
        Json probe = outsideProbe(*w, host, thisMachine());
        auto view = processView(instance, &probe, outsideFacts(*w, thisMachine()), host, thisMachine(), pid, 0);
        QVERIFY(view);
        QVERIFY(view->inside.front().values.at("pid") != std::to_string(pid));
        QCOMPARE(view->host.front().values.at("pid"), std::to_string(pid));
        QVERIFY(!processView(instance, &probe, Json::object(), host, thisMachine(), 4194303, 0));
    }

    void a_bare_hypervisor()
    {
        if (QStandardPaths::findExecutable("qemu-system-x86_64").isEmpty())
            QSKIP("qemu-system-x86_64 is not installed");
        Started qemu("qemu-system-x86_64", {"-name", "guest=bare,debug-threads=on", "-accel", "tcg", "-m", "64", "-smp",
                                            "2", "-S", "-nodefaults", "-display", "none"});
        QTRY_VERIFY(byProcess(found(), qemu.pid()));
        auto all = found();
        const Workload* w = byProcess(all, qemu.pid());
        QCOMPARE(w->form, std::string("machine"));
        QCOMPARE(w->maker, std::string("qemu"));
        QCOMPARE(w->name, std::string("bare"));
        Json facts = outsideFacts(*w, thisMachine());
        QCOMPARE(facts["domain"]["memory"].get<uint64_t>(), uint64_t{64} << 20);
        Instance instance;
        instance.state = State::Running;
        instance.pid = w->pid;
        auto rows = evidence(instance, nullptr, facts, identifyHost());
        QCOMPARE(statementOf(rows, "kernel"), "kernelGuest");
        QCOMPARE(statementOf(rows, "cpu"), "cpuEmulated");
        QCOMPARE(statementOf(rows, "users"), "notMeasured"); // nobody inside was asked
        auto mapped = [&] {
            int known = 0;
            for (const Figure& one : resources(instance, nullptr, facts, identifyHost(), thisMachine()).figures)
                known += (one.name == "resident" || one.name == "guestMemory") && one.bytes;
            return known == 2;
        };
        QTRY_VERIFY(mapped()); // its memory comes after its name
        // An instance of ours is no workload of others.
        QVERIFY(!byProcess(found({}, {qemu.pid()}), qemu.pid()));
    }

    void limited_groups()
    {
        auto sources = thisMachine();
        auto group = cgroups::Cgroup::create(sources.hierarchies, fmt::format("/test-{}.service", getpid()));
        if (!group)
            QSKIP(group.error().message.c_str());
        // What it had before it came stays charged where it was: it has to want more.
        Started program("sh", {"-c", "while :; do sleep 0.05; done"});
        QVERIFY(group->attach(program.pid()));
        auto clean = qScopeGuard([&] {
            ::kill(program.pid(), SIGKILL);
            (void)group->killAll();
            (void)group->remove();
        });
        QVERIFY(!byProcess(found(), program.pid())); // neither limit nor wall
        cgroups::Resources limits;
        limits.memoryMax = 96 << 20;
        limits.cpuPeriod = 100000;
        limits.cpuQuota = 50000;
        QVERIFY(group->apply(limits).has_value());
        auto all = found();
        const Workload* w = byProcess(all, program.pid());
        auto charged = [&] {
            all = found();
            w = byProcess(all, program.pid());
            return w && w->memory > 0;
        };
        QTRY_VERIFY(charged());
        QCOMPARE(w->maker, std::string("service"));
        QCOMPARE(w->form, std::string("service"));
        QCOMPARE(w->memoryLimit, uint64_t{96} << 20);
        QCOMPARE(w->cpus, 0.5);
        QVERIFY(w->namespaces.empty());
        QCOMPARE(statementOf(rowsOf(*w), "memory"), "memoryLimited");
        QVERIFY(!byProcess(found({group->path()}), program.pid()));
    }

    void namesOfEngines();
    void nspawn();
    void lxc();
    void podman();
};

namespace {

/// A directory with nothing but a program that sleeps.
bool makeRoot(const QString& root)
{
    for (const char* part : {"bin", "usr/bin", "etc", "proc", "sys", "dev", "tmp", "run"})
        if (!QDir().mkpath(root + '/' + part))
            return false;
    return QFile::copy("/bin/busybox", root + "/usr/bin/sleep");
}

} // namespace

/// As Docker, containerd and CRI-O keep them.
void TestWorkloads::namesOfEngines()
{
    QTemporaryDir dir;
    const std::string root = dir.path().toStdString();
    auto put = [&](const QString& path, const QByteArray& text) {
        QDir().mkpath(dir.path() + path.section('/', 0, -2));
        QFile file(dir.path() + path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    };
    const QString one(64, 'a'), two(64, 'b'), three(64, 'c'), four(64, 'd');
    put("/var/lib/docker/containers/" + one + "/config.v2.json", R"({"State":{},"Name":"/shop"})");
    const std::string a = one.toStdString(), b = two.toStdString(), c = three.toStdString(), d = four.toStdString();
    QCOMPARE(engineName("/docker/" + a, root), std::string("shop"));
    QCOMPARE(engineName("/system.slice/docker-" + a + ".scope", root), std::string("shop"));
    QCOMPARE(engineName("/docker/" + b, root), std::string());
    put("/run/containerd/io.containerd.runtime.v2.task/k8s.io/" + two + "/config.json",
        R"({"annotations":{"io.kubernetes.cri.sandbox-namespace":"web","io.kubernetes.cri.sandbox-name":"shop-0",
            "io.kubernetes.cri.container-name":"php"}})");
    QCOMPARE(engineName("/kubepods/burstable/pod12/" + b, root), std::string("web/shop-0/php"));
    put("/run/containers/storage/overlay-containers/" + three + "/userdata/config.json",
        R"({"annotations":{"io.kubernetes.pod.namespace":"web","io.kubernetes.pod.name":"shop-1"}})");
    QCOMPARE(engineName("/kubepods.slice/kubepods-pod9.slice/crio-" + c + ".scope", root), std::string("web/shop-1"));
    put("/etc/docker/daemon.json", R"({"data-root":"/data"})");
    put("/data/containers/" + four + "/config.v2.json", R"({"Name":"/elsewhere"})");
    QCOMPARE(engineName("/docker/" + d, root), std::string("elsewhere"));
    QCOMPARE(engineName("/docker/" + a, root), std::string("shop")); // of before it moved
    // Nothing that a name should not be, and no id that is none.
    put("/data/containers/" + four + "/config.v2.json", R"({"Name":"/a\u0007b"})");
    QCOMPARE(engineName("/docker/" + d, root), std::string());
    put("/data/containers/" + four + "/config.v2.json", R"({"Name":7})");
    QCOMPARE(engineName("/docker/" + d, root), std::string());
    put("/data/containers/" + four + "/config.v2.json", "[1");
    QCOMPARE(engineName("/docker/" + d, root), std::string());
    for (const char* group : {"", "/", "/docker/short", "/docker/../../etc"})
        QCOMPARE(engineName(group, root), std::string());
}

void TestWorkloads::nspawn()
{
    QTemporaryDir directory;
    QString root = directory.filePath("barn");
    if (QStandardPaths::findExecutable("systemd-nspawn").isEmpty() || !makeRoot(root))
        QSKIP("systemd-nspawn (systemd-container) or busybox-static is not installed");
    // No machined here: its command line alone says the name.
    for (const QStringList& naming : {QStringList{"--machine=shed"}, QStringList{"-M", "shed"}, QStringList{}}) {
        Started engine("systemd-nspawn", QStringList{"--quiet", "--register=no", "--keep-unit", "-D", root} + naming +
                                             QStringList{"/usr/bin/sleep", "7301"});
        auto inside = [] {
            auto now = found();
            const Workload* one = byCommand(now, "/usr/bin/sleep 7301");
            return one && one->command.starts_with("/usr/bin/sleep");
        };
        QTRY_VERIFY(inside());
        auto all = found();
        const Workload* w = byCommand(all, "/usr/bin/sleep 7301");
        QCOMPARE(w->maker, std::string("nspawn"));
        QCOMPARE(w->form, std::string("container")); // with the host's network all the same
        QVERIFY(!namespacesOf(*w).contains("net"));
        QCOMPARE(w->name, std::string(naming.isEmpty() ? "barn" : "shed"));
        QCOMPARE(std::count_if(all.begin(), all.end(), [](const Workload& one) { return one.maker == "nspawn"; }), 1);
        ::kill(w->pid, SIGKILL);
        QTRY_VERIFY(!byCommand(found(), "/usr/bin/sleep 7301"));
    }
}

void TestWorkloads::lxc()
{
    QTemporaryDir directory;
    QString root = directory.filePath("root");
    if (QStandardPaths::findExecutable("lxc-start").isEmpty() || !makeRoot(root))
        QSKIP("lxc-start (lxc) or busybox-static is not installed");
    QDir().mkpath("/var/lib/lxc");
    Started engine("lxc-start",
                   {"-n", "stable", "-F", "-f", "/dev/null", "-s", "lxc.rootfs.path=dir:" + root, "-s",
                    "lxc.init.cmd=/usr/bin/sleep 7302", "-s", "lxc.console.path=none", "-s", "lxc.net.0.type=empty",
                    "-s", "lxc.cgroup.memory.limit_in_bytes=96M", "-s", "lxc.cgroup2.memory.max=96M"});
    auto inside = [] {
        auto now = found();
        const Workload* one = byCommand(now, "/usr/bin/sleep 7302");
        return one && one->command.starts_with("/usr/bin/sleep") && one->memory > 0;
    };
    QTRY_VERIFY(inside());
    auto all = found();
    const Workload* w = byCommand(all, "/usr/bin/sleep 7302");
    QCOMPARE(w->maker, std::string("lxc"));
    QCOMPARE(w->form, std::string("container"));
    QCOMPARE(w->name, std::string("stable"));
    QVERIFY2(w->group.ends_with("/lxc.payload.stable"), w->group.c_str());
    QCOMPARE(w->memoryLimit, uint64_t{96} << 20);
    QVERIFY(namespacesOf(*w).contains("net"));
    // Who watches over it stands outside and is no workload of its own.
    QCOMPARE(std::count_if(all.begin(), all.end(), [](const Workload& one) { return one.maker == "lxc"; }), 1);
    ::kill(w->pid, SIGKILL);
    QTRY_VERIFY(!byCommand(found(), "/usr/bin/sleep 7302"));
}

void TestWorkloads::podman()
{
    QString program = QStandardPaths::findExecutable("podman");
    QTemporaryDir place("/var/lib/diptych/workloads.XXXXXX");
    if (program.isEmpty() || !place.isValid())
        QSKIP("podman is not installed, or this is not the sandbox");
    auto write = [&place](const QString& name, const QByteArray& text) {
        QFile file(place.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    };
    write("storage.conf", QString("[storage]\ndriver = \"vfs\"\nrunroot = \"%1/run\"\ngraphroot = \"%1/store\"\n")
                              .arg(place.path())
                              .toUtf8());
    write("containers.conf", "[engine]\nevents_logger = \"none\"\n[containers]\nlog_driver = \"k8s-file\"\n"
                             "default_ulimits = [\"nofile=1024:1024\", \"nproc=1024:1024\"]\n");
    qputenv("CONTAINERS_CONF", place.filePath("containers.conf").toUtf8());
    qputenv("CONTAINERS_STORAGE_CONF", place.filePath("storage.conf").toUtf8());
    auto call = [&](const QStringList& arguments) {
        QProcess process;
        process.start(program, QStringList{"--runtime", DIPTYCH_BIN "/diptych-run", "--cgroup-manager", "cgroupfs",
                                           "--tmpdir", place.filePath("tmp")} +
                                   arguments);
        process.closeWriteChannel();
        process.waitForFinished(60000);
        return std::pair{process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()).trimmed() +
                                                 QString::fromUtf8(process.readAllStandardError())};
    };
    QDir root(place.filePath("root"));
    for (const char* name : {"bin", "etc", "proc", "sys", "dev", "tmp"})
        root.mkpath(name);
    QVERIFY(QFile::copy("/bin/busybox", root.filePath("bin/busybox")));
    auto started = call({"run", "-d", "--name", "shop", "--network=none", "--memory", "64m", "--rootfs", root.path(),
                         "/bin/busybox", "sleep", "7401"});
    QVERIFY2(started.first == 0, qPrintable(started.second));
    auto clean = qScopeGuard([&] { (void)call({"rm", "--force", "--time", "0", "shop"}); });
    int pid = call({"inspect", "--format", "{{.State.Pid}}", "shop"}).second.toInt();
    QVERIFY(pid > 0);
    auto all = found();
    const Workload* w = byProcess(all, pid);
    QVERIFY(w);
    QCOMPARE(w->maker, std::string("podman"));
    QCOMPARE(w->form, std::string("container"));
    QCOMPARE(w->name, std::string("shop"));
    QCOMPARE(w->pid, pid);
    QVERIFY(w->group.find("libpod-") != std::string::npos);
    QCOMPARE(w->memoryLimit, uint64_t{64} << 20);
    // As Podman counts it: "1.028MB / 67.11MB".
    const QString used =
        call({"stats", "--no-stream", "--format", "{{.MemUsage}}", "shop"}).second.section(" / ", 0, 0);
    const double factor = used.endsWith("MB") ? 1e6 : 1e3;
    const double theirs = QString(used).remove(QRegularExpression("[a-zA-Z]+$")).toDouble() * factor;
    qInfo("memory %llu, Podman %s", static_cast<unsigned long long>(w->memory), qPrintable(used));
    QVERIFY2(std::abs(double(w->memory) - theirs) <= 0.001 * theirs, qPrintable(used));
    auto rows = rowsOf(*w);
    QCOMPARE(statementOf(rows, "memory"), "memoryLimited");
    QCOMPARE(statementOf(rows, "network"), "netNone");
    QCOMPARE(statementOf(rows, "syscalls"), "syscallsFiltered");
    QVERIFY(statementOf(rows, "capabilities") == "capabilitiesSome");
    // conmon, which watches it, is none.
    for (const Workload& one : all)
        QVERIFY2(one.command.find("/conmon") == std::string::npos, one.command.c_str());
}

QTEST_GUILESS_MAIN(TestWorkloads)
#include "tst_workloads.moc"
