// The tree of control groups and whose they are: names from a table, and real groups below /diptych where they can be
// made.
#include "base/files.h"
#include "cgroups/tree.h"

#include <QtTest>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace diptych;
using namespace diptych::cgroups;

class TestCgroupTree : public QObject
{
    Q_OBJECT

private slots:
    void tells_the_owner_data();
    void tells_the_owner();
    void reads_real_groups();
    void says_when_there_are_none();
};

void TestCgroupTree::tells_the_owner_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("maker");
    QTest::addColumn<QByteArray>("name");
    const QByteArray id(64, 'a');
    QTest::newRow("root") << QByteArray("/") << QByteArray("root") << QByteArray("/");
    auto row = [](const char* title, const QByteArray& path, const char* maker, const char* name) {
        QTest::newRow(title) << path << QByteArray(maker) << QByteArray(name);
    };
    row("slice", "/system.slice", "slice", "system");
    row("service", "/system.slice/ssh.service", "service", "ssh");
    row("escaped", "/system.slice/dev-disk\\x2dby.service", "service", "dev-disk-by");
    row("half an escape", "/system.slice/a\\x2.service", "service", "a\\x2");
    row("session", "/user.slice/user-1000.slice/session-2.scope", "session", "2");
    row("ours", "/diptych/6c3a6e6b-9d44-4fb0-9c74-78ca5536ebb6", "diptych", "6c3a6e6b-9d44-4fb0-9c74-78ca5536ebb6");
    row("the parent of ours", "/diptych", "other", "diptych");
    row("libvirt, systemd", "/machine.slice/machine-qemu\\x2d3\\x2dmy\\x2dvm.scope", "libvirt", "my-vm");
    row("libvirt, cgroupfs", "/machine/qemu-3-my-vm.libvirt-qemu", "libvirt", "my-vm");
    row("podman", "/machine.slice/libpod-" + id + ".scope", "podman", "aaaaaaaaaaaa");
    row("podman's monitor", "/machine.slice/libpod-conmon-" + id + ".scope", "podman", "aaaaaaaaaaaa");
    row("podman, cgroupfs", "/libpod_parent/libpod-" + id, "podman", "aaaaaaaaaaaa");
    row("docker", "/system.slice/docker-" + id + ".scope", "docker", "aaaaaaaaaaaa");
    row("docker, cgroupfs", "/docker/" + id, "docker", "aaaaaaaaaaaa");
    row("a word that is no id", "/docker/buildkit", "other", "buildkit");
    row("containerd", "/kubepods.slice/cri-containerd-" + id + ".scope", "containerd", "aaaaaaaaaaaa");
    row("kubernetes", "/kubepods/burstable/pod1234/" + id, "kubernetes", "aaaaaaaaaaaa");
    row("kubernetes, systemd",
        "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod12_34.slice/crio-" + id + ".scope", "crio",
        "aaaaaaaaaaaa");
    row("podman, rootless", "/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-" + id + ".scope",
        "podman", "aaaaaaaaaaaa");
    row("nerdctl", "/system.slice/nerdctl-" + id + ".scope", "containerd", "aaaaaaaaaaaa");
    row("lxc", "/lxc.payload.web", "lxc", "web");
    row("lxc, v2 on a hybrid", "/init/lxc.payload.web", "lxc", "web");
    row("lxc, old", "/lxc/web", "lxc", "web");
    row("nspawn", "/machine.slice/systemd-nspawn@web.service", "nspawn", "web");
    row("nspawn, by hand", "/machine.slice/machine-web.scope", "nspawn", "web");
    row("nspawn, a name with a dash", "/machine.slice/machine-my\\x2dweb.scope", "nspawn", "my-web");
    row("flatpak", "/user.slice/app.slice/app-flatpak-org.gnome.Maps-4711.scope", "flatpak", "org.gnome.Maps");
    row("anything", "/whatever", "other", "whatever");
    row("only a suffix", "/.slice", "other", ".slice");
}

void TestCgroupTree::tells_the_owner()
{
    QFETCH(QByteArray, path);
    Owner owner = ownerOf(path.toStdString());
    QTEST(QByteArray::fromStdString(owner.maker), "maker");
    QTEST(QByteArray::fromStdString(owner.name), "name");
}

static const Node* find(const Tree& tree, const std::string& path)
{
    for (const Node& node : tree.nodes)
        if (node.path == path)
            return &node;
    return nullptr;
}

void TestCgroupTree::reads_real_groups()
{
    auto hierarchies = findHierarchies();
    QVERIFY(hierarchies);
    std::string base = fmt::format("/diptych/test-tree-{}", ::getpid());
    auto outer = Cgroup::create(*hierarchies, base);
    if (!outer)
        QSKIP(outer.error().message.c_str());
    auto inner = Cgroup::create(*hierarchies, base + "/inner");
    QVERIFY2(inner, inner ? "" : inner.error().message.c_str());
    Resources limits;
    limits.memoryMax = 64 << 20;
    limits.pidsMax = 33;
    limits.cpuPeriod = 100000;
    limits.cpuQuota = 150000;
    bool limited = outer->apply(limits).has_value();
    pid_t child = ::fork();
    if (child == 0) {
        ::pause();
        ::_exit(0);
    }
    bool attached = inner->attach(child).has_value();
    bool frozen = inner->freeze().has_value();
    auto tree = readTree(*hierarchies);
    (void)inner->thaw();
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    auto first = readTree(*hierarchies, 1);
    auto gone = outer->remove();
    QVERIFY(limited && attached && frozen && gone);
    QVERIFY(tree);
    QVERIFY(!tree->more);
    QCOMPARE(tree->nodes.front().path, std::string("/"));
    const Node* at = find(*tree, base);
    const Node* below = find(*tree, base + "/inner");
    QVERIFY(at && below && at < below);
    QCOMPARE(at->statistics.memoryMax, uint64_t{64} << 20);
    QCOMPARE(at->statistics.pidsMax, uint64_t{33});
    QCOMPARE(at->cpus, 1.5);
    QCOMPARE(at->processes, 0U);
    QVERIFY(!at->frozen);
    QCOMPARE(below->processes, 1U);
    QVERIFY(below->frozen);
    QCOMPARE(below->cpus, 0.0);
    QVERIFY(below->cpuWeight >= 1 && below->cpuWeight <= 10000);
    QVERIFY(std::find(at->controllers.begin(), at->controllers.end(), "memory") != at->controllers.end());
    QVERIFY(first && first->more);
}

void TestCgroupTree::says_when_there_are_none()
{
    auto tree = readTree(Hierarchies{});
    QVERIFY(!tree);
    QCOMPARE(int(tree.error().code), int(Code::NotSupported));
}

QTEST_GUILESS_MAIN(TestCgroupTree)
#include "tst_cgroup_tree.moc"
