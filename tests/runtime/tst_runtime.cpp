// diptych-run on real containers: verbs, namespaces, limits, hardening. RUNTIME=crun or runc runs what those can do as
// well.
#include "bundle.h"

#include <QRegularExpression>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

class TestRuntime : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void lifecycle();
    void exitStatus();
    void startReportsExecFailure();
    void errorsNameTheField();
    void namespaces();
    void joinedNamespace();
    void userNamespace();
    void timeNamespace_data();
    void timeNamespace();
    void hostsRightsForMapped();
    void overlay_data();
    void overlay();
    void bindMounts();
    void devices();
    void hiddenPaths();
    void readonlyRoot();
    void identity();
    void capabilities();
    void rlimits();
    void seccomp();
    void seccompCache();
    void sysctl();
    void exec();
    void execExecutable();
    void execPtyAndCwd();
    void signalsAndPause();
    void pidsLimit();
    void memoryLimit();
    void update();
    void psAndList();
    void hooks();
    void hostile_data();
    void hostile();
    void cwdOutside();
    void ownProgramIsSafe();
    void ownProgramIsSafeFromMapped_data();
    void ownProgramIsSafeFromMapped();
    void noDescriptorsLeak();
    void killedInTheMiddle();
    void hundredCycles();
    void trace();

private:
    static QStringList cgroupDirectories();
    static int mountCount() { return static_cast<int>(readAll("/proc/self/mountinfo").count('\n')); }
};

#define OURS_ONLY()                                                                                                    \
    if (!Bundle::isOurs())                                                                                             \
    QSKIP("an addition of diptych-run")

QStringList TestRuntime::cgroupDirectories()
{
    QProcess find;
    find.start("find", {"/sys/fs/cgroup", "-maxdepth", "4", "-type", "d", "-name", QString("test-%1-*").arg(getpid())});
    find.waitForFinished();
    return QString::fromLocal8Bit(find.readAllStandardOutput()).split('\n', Qt::SkipEmptyParts);
}

void TestRuntime::initTestCase()
{
    if (geteuid() != 0)
        QSKIP("needs root");
    if (!QFile::exists("/bin/busybox"))
        QSKIP("needs busybox-static");
}

void TestRuntime::cleanupTestCase()
{
    QCOMPARE(cgroupDirectories(), QStringList());
}

void TestRuntime::lifecycle()
{
    Bundle b;
    b.setScript("echo started; exec sleep 1000");
    RunResult r = b.create("c", {"--pid-file", b.path() + "/pid"});
    QVERIFY2(r.status == 0, r.err);
    QCOMPARE(b.status("c"), QString("created"));
    QVERIFY(b.pid("c") > 0);
    QCOMPARE(readAll(b.path() + "/pid").toInt(), b.pid("c"));
    QVERIFY(b.create("c").status != 0); // the id is taken
    QVERIFY(b.call({"exec", "nope", "true"}).status != 0);
    r = b.call({"start", "c"});
    QVERIFY2(r.status == 0, r.err);
    QVERIFY(b.waitForStatus("c", "running"));
    QVERIFY(waitUntil([&] { return readAll(b.path() + "/out") == "started\n"; }));
    QVERIFY(b.call({"start", "c"}).status != 0);
    QVERIFY(b.call({"delete", "c"}).status != 0); // running
    QCOMPARE(b.call({"kill", "c", "KILL"}).status, 0);
    QVERIFY(b.waitForStatus("c", "stopped"));
    QVERIFY(b.call({"kill", "c", "KILL"}).status != 0);
    QCOMPARE(b.call({"delete", "c"}).status, 0);
    QVERIFY(b.call({"state", "c"}).status != 0);
    QVERIFY(!QFile::exists(b.stateOf("c")));
}

void TestRuntime::exitStatus()
{
    Bundle b;
    b.setScript("exit 7");
    QCOMPARE(b.run("a").status, 7);
    b.setScript("kill -9 $$");
    b.setNamespaces({"mount", "uts", "ipc", "network", "cgroup"}); // without pid: a signal to itself counts
    QCOMPARE(b.run("a").status, 137);
    b.setScript("echo out; echo err >&2");
    RunResult r = b.run("a");
    QCOMPARE(r.out, QByteArray("out\n"));
    QVERIFY(r.err.contains("err\n"));
    b.setArgs({"cat"});
    b.write("a");
    QCOMPARE(b.call({"run", "--bundle", b.path(), "a"}, "typed").out, QByteArray("typed"));
}

void TestRuntime::startReportsExecFailure()
{
    Bundle b;
    // A program that has ended before anybody looks was started all the same.
    b.setArgs({"true"});
    for (int i = 0; i < 20; ++i) {
        QCOMPARE(b.create("c").status, 0);
        RunResult started = b.call({"start", "c"});
        QVERIFY2(started.status == 0, started.err);
        QVERIFY(b.waitForStatus("c", "stopped"));
        QCOMPARE(b.call({"delete", "c"}).status, 0);
    }
    b.setArgs({"/bin/missing"});
    RunResult r = b.create("c");
    QVERIFY(r.status != 0);
    QVERIFY2(r.err.toLower().contains("no such file or directory"), r.err);
    b.setArgs({"missing"});
    r = b.create("c");
    QVERIFY(r.status != 0);
    QVERIFY2(r.err.contains("not found in $PATH"), r.err);
    QFile bad(b.rootfs() + "/bin/bad");
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write("\x7f"
              "ELFgarbage");
    bad.close();
    bad.setPermissions(QFile::Permissions(0x7755));
    b.setArgs({"/bin/bad"});
    QCOMPARE(b.create("c").status, 0);
    if (Bundle::isOurs()) {
        r = b.call({"start", "c"});
        QVERIFY(r.status != 0);
        QVERIFY2(r.err.contains("Exec format error"), r.err);
    }
    QCOMPARE(b.call({"delete", "--force", "c"}).status, 0);
}

void TestRuntime::errorsNameTheField()
{
    OURS_ONLY();
    Bundle b;
    auto refuses = [&](const char* text) {
        RunResult r = b.run("e");
        QVERIFY2(r.status == 1 && r.err.contains(text), r.err);
        QVERIFY(!QFile::exists(b.stateOf("e")));
    };
    b.setMember("process", "cwd", "relative");
    refuses("process.cwd");
    b.setMember("process", "cwd", "/");
    b.useUserNamespace();
    b.setMember("linux", "uidMappings", QJsonArray());
    refuses("linux.uidMappings");
    QVERIFY(b.call({"run", "--bundle", b.path(), "../x"}).err.contains("not a container id"));
    QVERIFY(b.call({"--cgroup-manager", "other", "list"}).err.contains("--cgroup-manager"));
    QVERIFY(b.call({"dance"}).err.contains("unknown verb"));
}

void TestRuntime::namespaces()
{
    Bundle b;
    b.setScript("for n in pid net ipc uts mnt cgroup user; do readlink /proc/self/ns/$n; done; hostname; echo $$; "
                "ls /sys/class/net; ip addr show lo");
    RunResult r = b.run("n");
    QVERIFY2(r.status == 0, r.err);
    QList<QByteArray> lines = r.out.split('\n');
    const char* names[] = {"pid", "net", "ipc", "uts", "mnt", "cgroup", "user"};
    for (int i = 0; i < 7; ++i) {
        QByteArray host =
            QFile::symLinkTarget(QString("/proc/self/ns/%1").arg(names[i])).section('/', -1).toLocal8Bit();
        QCOMPARE(lines[i] == host, i == 6); // only the user namespace is shared
    }
    QCOMPARE(lines[7], QByteArray("inside"));
    QCOMPARE(lines[8], QByteArray("1"));
    QCOMPARE(lines[9], QByteArray("lo"));
    QVERIFY2(r.out.contains("LOOPBACK,UP"), r.out);
    // Nothing on the host's own mounts.
    int before = mountCount();
    b.setScript("true");
    QCOMPARE(b.run("n").status, 0);
    QCOMPARE(mountCount(), before);
}

void TestRuntime::joinedNamespace()
{
    Bundle b, other;
    b.setArgs({"sleep", "1000"});
    QCOMPARE(b.create("a").status, 0);
    QCOMPARE(b.call({"start", "a"}).status, 0);
    int pid = b.pid("a");
    QJsonArray array;
    for (auto& [type, file] : {std::pair{"pid", "pid"}, {"network", "net"}, {"ipc", "ipc"}, {"uts", "uts"}})
        array.append(QJsonObject{{"type", type}, {"path", QString("/proc/%1/ns/%2").arg(pid).arg(file)}});
    array.append(QJsonObject{{"type", "mount"}});
    other.setMember("linux", "namespaces", array);
    other.setMember("linux", "resources", QJsonObject());
    other.config.remove("hostname");
    other.setScript("readlink /proc/self/ns/net; ps | grep -c 'sleep 1000'");
    RunResult r = other.run("o");
    QVERIFY2(r.status == 0, r.err);
    QCOMPARE(r.out.split('\n')[0],
             QFile::symLinkTarget(QString("/proc/%1/ns/net").arg(pid)).section('/', -1).toLocal8Bit());
    QVERIFY(r.out.split('\n')[1].toInt() >= 1);
    if (!Bundle::isOurs())
        return;
    array[0] = QJsonObject{{"type", "pid"}, {"path", QString("/proc/%1/ns/net").arg(pid)}};
    other.setMember("linux", "namespaces", array);
    QVERIFY(other.run("o").err.contains("is not such a namespace"));
}

void TestRuntime::userNamespace()
{
    Bundle b;
    b.useUserNamespace();
    QProcess::execute("chown", {"-R", "200000:200000", b.rootfs()});
    b.setScript("id -u; cat /proc/self/uid_map; touch /tmp/x && ls -ln /tmp/x; echo data > /dev/null && echo null; "
                "head -c 4 /dev/zero | wc -c; mknod /tmp/n c 1 3 || echo refused");
    RunResult r = b.run("u");
    QVERIFY2(r.status == 0, r.err);
    QVERIFY2(r.out.startsWith("0\n"), r.out);
    QVERIFY(r.out.simplified().contains("0 200000 65536"));
    QVERIFY(r.out.contains("null\n"));
    QVERIFY(r.out.contains("refused\n"));
    struct stat info = {};
    QCOMPARE(::stat((b.rootfs() + "/tmp/x").toLocal8Bit().constData(), &info), 0);
    QCOMPARE(info.st_uid, 200000u);
}

void TestRuntime::timeNamespace_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::newRow("root") << QStringList{};
    QTest::newRow("mapped") << QStringList{"user", "network", "ipc"};
}

// run's process shares the runtime's memory and changes its clocks as it executes; create's has them at once.
void TestRuntime::timeNamespace()
{
    OURS_ONLY();
    QFETCH(QStringList, more);
    Bundle b;
    if (!more.isEmpty())
        b.useUserNamespace();
    b.setNamespaces(QStringList{"pid", "mount", "uts", "time"} + more);
    b.setMember("linux", "timeOffsets", QJsonObject{{"boottime", QJsonObject{{"secs", 5000000}, {"nanosecs", 0}}}});
    b.setScript("cat /proc/uptime; readlink /proc/self/ns/time");
    RunResult r = b.run("t");
    QVERIFY2(r.status == 0, r.err);
    QVERIFY2(r.out.split(' ')[0].toDouble() > 5000000, r.out);
    QVERIFY(!r.out.contains(QFile::symLinkTarget("/proc/self/ns/time").section('/', -1).toLatin1()));

    b.setArgs({"sleep", "1000"});
    QVERIFY2(b.create("c").status == 0, readAll(b.path() + "/err"));
    RunResult early = b.call({"exec", "c", "/bin/readlink", "/proc/self/ns/time"});
    QVERIFY2(early.status == 0, early.err);
    QCOMPARE(b.call({"start", "c"}).status, 0);
    QCOMPARE(b.call({"exec", "c", "/bin/readlink", "/proc/1/ns/time"}).out, early.out);
    RunResult uptime = b.call({"exec", "c", "/bin/cat", "/proc/uptime"});
    QVERIFY2(uptime.out.split(' ')[0].toDouble() > 5000000, uptime.out);
}

// What a user namespace may not do for itself is done for it: a hard limit raised, an OOM score lowered.
void TestRuntime::hostsRightsForMapped()
{
    Bundle b;
    b.useUserNamespace();
    b.setScript("cat /proc/self/oom_score_adj; grep pending /proc/self/limits");
    auto set = [&](int score, int soft, int hard) {
        b.setMember("process", "oomScoreAdj", score);
        b.setMember("process", "rlimits",
                    QJsonArray{QJsonObject{{"type", "RLIMIT_SIGPENDING"}, {"soft", soft}, {"hard", hard}}});
    };
    set(300, 500, 1000);
    RunResult r = b.run("m");
    QVERIFY2(r.status == 0 && r.out.startsWith("300\n"), r.err + r.out);
    QVERIFY2(r.out.simplified().contains("signals 500 1000"), r.out);

    if (::prctl(PR_CAPBSET_READ, 24 /* CAP_SYS_RESOURCE */) != 1)
        QSKIP("root has no CAP_SYS_RESOURCE here: nobody can raise a hard limit");
    rlimit held = {}, low = {1000, 1000};
    ::getrlimit(RLIMIT_SIGPENDING, &held);
    QCOMPARE(::setrlimit(RLIMIT_SIGPENDING, &low), 0);
    set(-300, 1500, 2000);
    r = b.run("r");
    ::setrlimit(RLIMIT_SIGPENDING, &held);
    QVERIFY2(r.status == 0 && r.out.startsWith("-300\n"), r.err + r.out);
    QVERIFY2(r.out.simplified().contains("signals 1500 2000"), r.out);
}

void TestRuntime::overlay_data()
{
    QTest::addColumn<bool>("user");
    QTest::newRow("host ids") << false;
    QTest::newRow("mapped ids") << true;
}

void TestRuntime::overlay()
{
    OURS_ONLY();
    QFETCH(bool, user);
    Bundle b;
    // Overlay can't use some file systems as an upper layer: a tmpfs can be one.
    QString base = b.path() + "/layers";
    QDir().mkpath(base);
    for (const char* name : {"/top/etc", "/upper", "/work"})
        QDir().mkpath(base + name);
    QFile file(base + "/top/etc/which");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("top\n");
    file.close();
    if (user) {
        b.useUserNamespace();
        QProcess::execute("chown", {"200000:200000", base + "/upper", base + "/work"});
        QProcess::execute("chmod", {"700", b.path()}); // the mapped root need not reach the layers by path
    }
    b.setMember("root", "path", "rootfs-absent");
    b.config["annotations"] = QJsonObject{{"org.diptych.overlay.lower", base + "/top:" + b.rootfs()},
                                          {"org.diptych.overlay.upper", base + "/upper"},
                                          {"org.diptych.overlay.work", base + "/work"}};
    b.setScript("cat /etc/which; ls -ln /bin/busybox | head -1; echo new > /etc/made && mount | head -1; rm /bin/true; "
                "ls -ld / ");
    int before = mountCount();
    RunResult r = b.run("o");
    if (r.err.contains("overlay: create: Invalid argument"))
        QSKIP("the temporary directory's file system can't carry an overlay");
    QVERIFY2(r.status == 0, r.err);
    QVERIFY2(r.out.startsWith("top\n"), r.out);
    QVERIFY2(QRegularExpression("\\b0\\s+0\\b").match(QString::fromLocal8Bit(r.out)).hasMatch(), r.out);
    QVERIFY(r.out.contains("overlay on / type overlay"));
    QCOMPARE(readAll(base + "/upper/etc/made"), QByteArray("new\n"));
    QVERIFY(QFile::exists(b.rootfs() + "/bin/true"));
    struct stat info = {};
    QCOMPARE(::stat((base + "/upper/etc/made").toLocal8Bit().constData(), &info), 0);
    QCOMPARE(info.st_uid, user ? 200000u : 0u);
    QCOMPARE(mountCount(), before);
}

void TestRuntime::bindMounts()
{
    Bundle b;
    QDir().mkpath(b.path() + "/data");
    QFile file(b.path() + "/data/f");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("content\n");
    file.close();
    QJsonArray mounts = b.config["mounts"].toArray();
    mounts.append(QJsonObject{{"destination", "/new/place"},
                              {"type", "bind"},
                              {"source", b.path() + "/data"},
                              {"options", QJsonArray{"rbind", "ro"}}});
    mounts.append(QJsonObject{{"destination", "/etc/file"},
                              {"type", "bind"},
                              {"source", b.path() + "/data/f"},
                              {"options", QJsonArray{"bind"}}});
    b.config["mounts"] = mounts;
    // A link of the image leads inside the image: "/var/run -> /run" with no /run yet is made there.
    QFile::link("/run", b.rootfs() + "/link");
    mounts.append(QJsonObject{
        {"destination", "/link/sub"}, {"type", "tmpfs"}, {"source", "tmpfs"}, {"options", QJsonArray{"size=64k"}}});
    b.config["mounts"] = mounts;
    b.setScript("cat /new/place/f /etc/file; touch /new/place/x || echo readonly; mount | grep -c ' /run/sub '");
    RunResult r = b.run("b");
    DIFFERS("crun", "does not follow a link whose target is yet to be made");
    QVERIFY2(r.status == 0, r.err);
    QCOMPARE(r.out, QByteArray("content\ncontent\nreadonly\n1\n"));
    QVERIFY(!QFile::exists("/run/sub"));
}

void TestRuntime::devices()
{
    Bundle b;
    b.setScript(
        "for d in null zero full tty random urandom; do [ -c /dev/$d ] && echo -n y; done; readlink /dev/ptmx; "
        "readlink /dev/fd; readlink /dev/stdin; mknod -m 600 /tmp/sda b 8 0; head -c 1 /tmp/sda || echo denied");
    b.setMember("linux", "resources",
                QJsonObject{{"devices", QJsonArray{QJsonObject{{"allow", false}, {"access", "rwm"}}}}});
    RunResult r = b.run("d");
    QVERIFY2(r.out.startsWith("yyyyyypts/ptmx\n/proc/self/fd\n/proc/self/fd/0\n"), r.out + r.err);
    QVERIFY2(r.out.contains("denied"), r.out);
    QVERIFY2(r.err.contains("not permitted"), r.err);
    QFile::remove(b.rootfs() + "/tmp/sda");
    // No rules at all are no way out.
    b.setMember("linux", "resources", QJsonObject());
    r = b.run("d");
    DIFFERS("crun", "without rules it allows every device");
    QVERIFY2(r.err.contains("not permitted"), r.err);
}

void TestRuntime::hiddenPaths()
{
    Bundle b;
    b.setScript("head -c 5 /proc/kcore | wc -c; ls /sys/firmware | wc -l; echo 1 > /proc/sys/kernel/core_pattern; "
                "echo 1 > /proc/irq/default_smp_affinity");
    QByteArray before = readAll("/proc/sys/kernel/core_pattern");
    RunResult r = b.run("h");
    QVERIFY2(r.out.startsWith("0\n0\n"), r.out);
    QVERIFY2(r.err.count("Read-only file system") == 2, r.err);
    QCOMPARE(readAll("/proc/sys/kernel/core_pattern"), before);
}

void TestRuntime::readonlyRoot()
{
    Bundle b;
    b.setMember("root", "readonly", true);
    b.setScript("touch /x; echo $?; touch /dev/shm/x; echo $?");
    RunResult r = b.run("r");
    QCOMPARE(r.out, QByteArray("1\n0\n"));
    QVERIFY2(r.err.contains("Read-only"), r.err);
}

void TestRuntime::identity()
{
    Bundle b;
    b.setMember("process", "user",
                QJsonObject{{"uid", 1000}, {"gid", 1001}, {"umask", 63}, {"additionalGids", QJsonArray{5, 6}}});
    b.setScript("id; umask; cat /proc/self/oom_score_adj; echo $HOME; grep NoNewPrivs /proc/self/status");
    b.setMember("process", "oomScoreAdj", 123);
    QFile passwd(b.rootfs() + "/etc/passwd");
    QVERIFY(passwd.open(QIODevice::WriteOnly));
    passwd.write("root:x:0:0::/root:/bin/sh\nme:x:1000:1001::/home/me:/bin/sh\n");
    passwd.close();
    RunResult r = b.run("i");
    QVERIFY2(r.out.contains("uid=1000(me) gid=1001 groups=1001,5,6") || r.out.contains("groups=5,6"), r.out);
    QVERIFY2(r.out.contains("0077"), r.out);
    QVERIFY2(r.out.contains("\n123\n/home/me\nNoNewPrivs:\t1\n"), r.out);
    b.setMember("process", "user", QJsonObject{{"uid", 0}, {"gid", 0}});
    b.setScript("id -G");
    QCOMPARE(b.run("i").out, QByteArray("0\n")); // none of the caller's
}

void TestRuntime::capabilities()
{
    Bundle b;
    b.setMember("process", "capabilities",
                QJsonObject{{"bounding", QJsonArray{"CAP_CHOWN", "CAP_KILL"}},
                            {"permitted", QJsonArray{"CAP_CHOWN", "CAP_KILL"}},
                            {"effective", QJsonArray{"CAP_CHOWN"}},
                            {"inheritable", QJsonArray{"CAP_KILL"}},
                            {"ambient", QJsonArray{"CAP_KILL"}}});
    b.setMember("process", "user", QJsonObject{{"uid", 1000}, {"gid", 1000}});
    b.setScript("grep ^Cap /proc/self/status");
    RunResult r = b.run("c");
    QVERIFY2(r.out.contains("CapBnd:\t0000000000000021"), r.out);
    QVERIFY(r.out.contains("CapAmb:\t0000000000000020"));
    QVERIFY(r.out.contains("CapEff:\t0000000000000020"));
    QVERIFY(r.out.contains("CapInh:\t0000000000000020"));
    b.edit("process", [](QJsonObject& p) { p.remove("capabilities"); });
    r = b.run("c");
    QVERIFY2(r.out.contains("CapBnd:\t0000000000000000"), r.out);
    QVERIFY(r.out.contains("CapEff:\t0000000000000000"));
}

void TestRuntime::rlimits()
{
    Bundle b;
    b.setMember("process", "rlimits", QJsonArray{QJsonObject{{"type", "RLIMIT_NOFILE"}, {"soft", 20}, {"hard", 30}}});
    b.setScript("ulimit -n; ulimit -Hn");
    RunResult r = b.run("l");
    DIFFERS("crun", "sets the limit before it is done with its own files");
    QVERIFY2(r.out == "20\n30\n", r.out + r.err);
    if (!Bundle::isOurs())
        return;
    b.setMember("process", "rlimits",
                QJsonArray{QJsonObject{{"type", "RLIMIT_NOFILE"}, {"soft", 20}, {"hard", 4000000000.0}}});
    r = b.run("l");
    QVERIFY2(r.status == 1 && r.err.contains("process.rlimits RLIMIT_NOFILE"), r.err);
    QVERIFY(cgroupDirectories().isEmpty());
}

static QJsonObject defaultProfile()
{
    return QJsonDocument::fromJson(readAll(DIPTYCH_SOURCE "/resources/seccomp/default.json")).object();
}

void TestRuntime::seccomp()
{
    Bundle b;
    QVERIFY(!defaultProfile().isEmpty());
    b.setMember("linux", "seccomp", defaultProfile());
    b.setScript(
        "grep Seccomp: /proc/self/status; mount -t tmpfs x /tmp; unshare -r true; ls / > /dev/null && echo works");
    QFile::link("busybox", b.rootfs() + "/bin/unshare");
    RunResult r = b.run("s");
    QVERIFY2(r.out == "Seccomp:\t2\nworks\n", r.out + r.err);
    QVERIFY2(r.err.contains("mount: permission denied") && r.err.contains("unshare("), r.err);
    QJsonObject kill{{"defaultAction", "SCMP_ACT_ALLOW"},
                     {"syscalls", QJsonArray{QJsonObject{{"names", QJsonArray{"mkdir", "mkdirat"}},
                                                         {"action", "SCMP_ACT_KILL_PROCESS"}}}}};
    b.setMember("linux", "seccomp", kill);
    b.setScript("mkdir /tmp/q; echo $?");
    r = b.run("s");
    QCOMPARE(r.out, QByteArray("159\n")); // SIGSYS
    // Without no_new_privs the filter is loaded earlier; both ways must hold.
    b.setMember("process", "noNewPrivileges", false);
    b.setMember("linux", "seccomp", defaultProfile());
    b.setScript("grep Seccomp: /proc/self/status; grep CapEff /proc/self/status");
    r = b.run("s");
    QVERIFY2(r.out.startsWith("Seccomp:\t2\nCapEff:\t00000000080"), r.out + r.err);
}

void TestRuntime::seccompCache()
{
    OURS_ONLY();
    Bundle b;
    b.setMember("linux", "seccomp", defaultProfile());
    b.setScript("mount -t tmpfs x /tmp || echo denied");
    QCOMPARE(b.run("k").out, QByteArray("denied\n"));
    QDir cache(b.stateRoot() + "/seccomp");
    QStringList kept = cache.entryList(QDir::Files);
    QCOMPARE(kept.size(), 1);
    QCOMPARE(b.run("k").out, QByteArray("denied\n"));
    // Damaged, or for another text: made anew, never believed.
    QFile file(cache.filePath(kept.front()));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("nonsense");
    file.close();
    QCOMPARE(b.run("k").out, QByteArray("denied\n"));
    QVERIFY(readAll(file.fileName()).startsWith("diptych-seccomp"));
}

void TestRuntime::sysctl()
{
    Bundle b;
    b.setMember("linux", "sysctl", QJsonObject{{"net.ipv4.ip_forward", "1"}});
    b.setArgs({"cat", "/proc/sys/net/ipv4/ip_forward"});
    RunResult r = b.run("y");
    QVERIFY2(r.out == "1\n", r.err);
    for (const char* key : {"kernel.core_pattern", "vm.swappiness", "kernel.shm_rmid_forced/../core_pattern",
                            "net.ipv4/../../kernel/core_pattern"}) {
        b.setMember("linux", "sysctl", QJsonObject{{key, "1"}});
        QVERIFY2(b.run("y").status != 0, key);
    }
    b.setNamespaces({"pid", "mount", "uts"});
    b.setMember("linux", "sysctl", QJsonObject{{"net.ipv4.ip_forward", "1"}});
    QVERIFY(b.run("y").status != 0); // the host's network
}

void TestRuntime::exec()
{
    Bundle b;
    b.setArgs({"sleep", "1000"});
    b.useUserNamespace();
    QProcess::execute("chown", {"-R", "200000:200000", b.rootfs()});
    QCOMPARE(b.create("x").status, 0);
    QCOMPARE(b.call({"start", "x"}).status, 0);
    RunResult r = b.call({"exec", "--env", "A=b", "--cwd", "/tmp", "--user", "7:8", "x", "/bin/sh", "-c",
                          "id -u; id -g; pwd; echo $A; hostname; grep CapInh /proc/self/status; cat /proc/1/cmdline | "
                          "tr '\\0' ' '; exit 9"});
    QFile::link("busybox", b.rootfs() + "/bin/tr");
    QCOMPARE(r.status, 9);
    QVERIFY2(r.out.startsWith("7\n8\n/tmp\nb\ninside\nCapInh:\t0000000000000000\n"), r.out + r.err);
    QVERIFY(b.call({"exec", "x", "missing"}).err.contains("not found"));
    // In the container's cgroup and namespaces.
    QCOMPARE(b.call({"exec", "--detach", "--pid-file", b.path() + "/xpid", "x", "sleep", "1000"}).status, 0);
    int pid = readAll(b.path() + "/xpid").toInt();
    QVERIFY(readAll(QString("/proc/%1/cgroup").arg(pid)).contains(Bundle::cgroup("x").toLocal8Bit()));
    auto namespaceOf = [](int process, const char* ns) {
        return QFile::symLinkTarget(QString("/proc/%1/ns/%2").arg(process).arg(ns)).section('/', -1);
    };
    for (const char* ns : {"pid", "net", "mnt", "user", "cgroup", "uts", "ipc"})
        QCOMPARE(namespaceOf(pid, ns), namespaceOf(b.pid("x"), ns));
    QFile process(b.path() + "/process.json");
    QVERIFY(process.open(QIODevice::WriteOnly));
    process.write(
        R"({"args": ["/bin/sh", "-c", "id -u; id -G; exit 4"], "cwd": "/", "user": {"uid": 3, "gid": 4, "additionalGids": [5]}, "env": ["PATH=/bin"]})");
    process.close();
    r = b.call({"exec", "--process", process.fileName(), "x"});
    QVERIFY2(r.status == 4 && r.out == "3\n4 5\n", r.out + r.err);
}

void TestRuntime::execExecutable()
{
    OURS_ONLY();
    Bundle b;
    b.setArgs({"sleep", "1000"});
    QCOMPARE(b.create("x").status, 0);
    QCOMPARE(b.call({"start", "x"}).status, 0);
    RunResult r = b.call({"exec", "--executable", "/bin/busybox", "x", "--", "cat", "/proc/1/cmdline"});
    QVERIFY2(r.status == 0 && r.out.startsWith("sleep"), r.out + r.err);
    r = b.call({"exec", "--executable", "/bin/busybox", "x", "--", "sh", "-c", "echo x >> /proc/self/exe"});
    QVERIFY(r.status != 0); // sealed
}

void TestRuntime::execPtyAndCwd()
{
    Bundle b;
    b.setArgs({"sleep", "1000"});
    QCOMPARE(b.create("x").status, 0);
    QCOMPARE(b.call({"start", "x"}).status, 0);
    RunResult r = b.callOnTerminal({"exec", "--tty", "x", "/bin/sh", "-c", "tty; [ -t 0 ] && echo terminal"});
    QVERIFY2(r.out.contains("/dev/pts/0") && r.out.contains("terminal"), r.out + r.err);
    for (int fd = 3; fd < 12; ++fd) {
        r = b.call({"exec", "--cwd", QString("/proc/self/fd/%1").arg(fd), "x", "/bin/ls", "../../../.."});
        QVERIFY2(r.status != 0, r.out);
    }
}

void TestRuntime::signalsAndPause()
{
    Bundle b;
    b.setScript("trap 'echo got; exit 5' USR1; while true; do sleep 0.05; done");
    QCOMPARE(b.create("s").status, 0);
    QCOMPARE(b.call({"start", "s"}).status, 0);
    QCOMPARE(b.call({"pause", "s"}).status, 0);
    QCOMPARE(b.status("s"), QString("paused"));
    QVERIFY(b.call({"exec", "s", "true"}).status != 0);
    QCOMPARE(b.call({"resume", "s"}).status, 0);
    QCOMPARE(b.status("s"), QString("running"));
    QThread::msleep(200);
    QCOMPARE(b.call({"kill", "s", "USR1"}).status, 0);
    QVERIFY(b.waitForStatus("s", "stopped"));
    QVERIFY(readAll(b.path() + "/out").contains("got"));
    QVERIFY(b.call({"kill", "s", "NOSUCH"}).status != 0);
    QCOMPARE(b.call({"delete", "s"}).status, 0);
    // Killed while it is frozen: a frozen process of v1 ignores SIGKILL until it is thawed.
    b.setArgs({"sleep", "1000"});
    QCOMPARE(b.create("s").status, 0);
    QCOMPARE(b.call({"start", "s"}).status, 0);
    QCOMPARE(b.call({"pause", "s"}).status, 0);
    QCOMPARE(b.call({"delete", "--force", "s"}).status, 0);
    DIFFERS("crun", "leaves the cgroups of what it killed while it was frozen");
    QVERIFY(cgroupDirectories().isEmpty());
}

void TestRuntime::pidsLimit()
{
    Bundle b;
    b.setMember("linux", "resources", QJsonObject{{"pids", QJsonObject{{"limit", 8}}}});
    b.setScript("for i in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 2 & done; echo end");
    RunResult r = b.run("p");
    QVERIFY2(r.err.contains("fork"), r.err);
}

void TestRuntime::memoryLimit()
{
    Bundle b;
    b.setMember("linux", "resources", QJsonObject{{"memory", QJsonObject{{"limit", 20 << 20}, {"swap", 20 << 20}}}});
    b.setScript("dd if=/dev/zero of=/dev/null bs=64M count=1; echo $?");
    RunResult r = b.run("m");
    QVERIFY2(r.out == "137\n", r.out + r.err);
}

void TestRuntime::update()
{
    Bundle b;
    b.setScript("exec sleep 1000"); // a shell that can't fork any more would end
    QCOMPARE(b.create("u").status, 0);
    QCOMPARE(b.call({"start", "u"}).status, 0);
    QCOMPARE(b.call({"update", "--pids-limit", "3", "--memory", "33554432", "u"}).status, 0);
    RunResult r = b.call({"exec", "u", "/bin/sh", "-c", "sleep 1 & sleep 1 & sleep 1 & sleep 1 & wait"});
    // runc's own threads count: it fails itself.
    QVERIFY2(r.err.contains("fork") || (Bundle::name() == "runc" && r.status != 0), r.err);
    r = b.call({"update", "--resources", "-", "u"}, R"({"pids": {"limit": 100}})");
    QVERIFY2(r.status == 0, r.err);
    r = b.call({"exec", "u", "/bin/sh", "-c", "sleep 0.1 & sleep 0.1 & sleep 0.1 & wait; echo fine"});
    QVERIFY2(r.out == "fine\n", r.err);
    if (Bundle::isOurs())
        QVERIFY(b.call({"update", "--memory", "much", "u"}).err.contains("--memory"));
}

void TestRuntime::psAndList()
{
    Bundle b;
    b.setScript("sleep 1000 & exec sleep 2000");
    QCOMPARE(b.create("l").status, 0);
    QCOMPARE(b.call({"start", "l"}).status, 0);
    // crun's table has the numbers alone.
    QVERIFY(waitUntil([&] {
        QByteArray table = b.call({"ps", "l"}).out;
        return table.contains("sleep 1000") || (!Bundle::isOurs() && table.count('\n') == 3);
    }));
    QByteArray json = b.call({"ps", "--format", "json", "l"}).out;
    QVERIFY2(QJsonDocument::fromJson(json).array().contains(b.pid("l")), json);
    QJsonArray all = QJsonDocument::fromJson(b.call({"list", "--format", "json"}).out).array();
    QCOMPARE(all.size(), 1);
    QCOMPARE(all[0].toObject()["id"].toString(), QString("l"));
    QCOMPARE(all[0].toObject()["status"].toString(), QString("running"));
    QCOMPARE(b.call({"list", "-q"}).out, QByteArray("l\n"));
    if (Bundle::isOurs())
        QVERIFY(QJsonDocument::fromJson(b.call({"features"}).out)
                    .object()["linux"]
                    .toObject()["cgroup"]
                    .toObject()["v1"]
                    .toBool());
}

void TestRuntime::hooks()
{
    Bundle b;
    QString log = b.path() + "/hooks";
    QJsonObject hooks;
    for (const char* kind : {"prestart", "createRuntime", "poststart", "poststop"})
        hooks[kind] = QJsonArray{
            QJsonObject{{"path", "/bin/sh"},
                        {"args", QJsonArray{"sh", "-c", QString("echo %1 >> %2; cat > %2.%1").arg(kind, log)}}}};
    b.config["hooks"] = hooks;
    b.setArgs({"true"});
    QCOMPARE(b.run("h").status, 0);
    QCOMPARE(readAll(log), QByteArray("prestart\ncreateRuntime\npoststart\npoststop\n"));
    QCOMPARE(QJsonDocument::fromJson(readAll(log + ".prestart")).object()["id"].toString(), QString("h"));
    if (Bundle::isOurs())
        QCOMPARE(QJsonDocument::fromJson(readAll(log + ".prestart")).object()["status"].toString(), QString("created"));
    hooks["createRuntime"] = QJsonArray{QJsonObject{{"path", "/bin/false"}}};
    b.config["hooks"] = hooks;
    RunResult r = b.run("h");
    QVERIFY2(r.status != 0, r.err);
    QVERIFY(!QFile::exists(b.stateOf("h")));
}

void TestRuntime::hostile_data()
{
    QTest::addColumn<QString>("prepare");
    QTest::addColumn<bool>("mayRun");
    QTest::newRow("/proc is a link") << "rmdir proc; ln -s /tmp proc" << false;
    QTest::newRow("/sys is a link") << "rmdir sys; ln -s /tmp sys" << false;
    QTest::newRow("/dev is a link outward") << "rmdir dev; ln -s /../../../tmp/diptych-outside dev" << true;
    QTest::newRow("/dev/null is a link") << "rm -rf dev; mkdir dev; ln -s /proc/sys/kernel/core_pattern dev/null"
                                         << true;
    QTest::newRow("/etc is a link upward") << "rm -rf etc; ln -s ../../../../../../etc etc" << true;
}

void TestRuntime::hostile()
{
    QFETCH(QString, prepare);
    QFETCH(bool, mayRun);
    Bundle b;
    QProcess shell;
    shell.setWorkingDirectory(b.rootfs());
    shell.start("sh", {"-c", prepare});
    shell.waitForFinished();
    QFile source(b.path() + "/file");
    QVERIFY(source.open(QIODevice::WriteOnly));
    source.close();
    QJsonArray mounts = b.config["mounts"].toArray();
    if (QByteArray(QTest::currentDataTag()).contains("/dev/null"))
        mounts.removeAt(1); // the image's own /dev, as no tmpfs covers it
    mounts.append(QJsonObject{{"destination", "/etc/diptych-test-file"},
                              {"type", "bind"},
                              {"source", source.fileName()},
                              {"options", QJsonArray{"bind"}}});
    b.config["mounts"] = mounts;
    QByteArray before = readAll("/proc/sys/kernel/core_pattern");
    b.setScript("echo x > /dev/null; echo ran");
    RunResult r = b.run("h");
    if (!mayRun)
        QVERIFY2(r.status != 0, r.out);
    QVERIFY2(r.status == 0 || !r.err.isEmpty(), "silent failure");
    QVERIFY(!QFile::exists("/etc/diptych-test-file"));
    QVERIFY(!QFile::exists("/tmp/diptych-outside"));
    QVERIFY(!QFile::exists("/tmp/null"));
    QByteArray after = readAll("/proc/sys/kernel/core_pattern");
    if (after != before) {
        QFile pattern("/proc/sys/kernel/core_pattern");
        QVERIFY(pattern.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && pattern.write(before) > 0);
    }
    if (QByteArray(QTest::currentDataTag()).contains("/dev/null"))
        DIFFERS("runc", "Debian's 1.1.5 has CVE-2025-31133");
    QCOMPARE(after, before);
}

void TestRuntime::cwdOutside()
{
    Bundle b;
    b.setScript("cat /etc/hostname; ls");
    for (int fd = 3; fd < 20; ++fd) {
        b.setMember("process", "cwd", QString("/proc/self/fd/%1").arg(fd));
        RunResult r = b.run("w");
        QVERIFY2(r.status != 0, r.out);
    }
}

void TestRuntime::ownProgramIsSafe()
{
    Bundle b;
    // A copy: what is tried here would ruin the machine's own, if it worked.
    QString program = b.path() + "/" + Bundle::name();
    QVERIFY(QFile::copy(Bundle::runtime(), program));
    b.useProgram(program);
    QByteArray before = readAll(program);
    // The runtime's own program as entry point, and one that catches an exec on its way and writes to its
    // /proc/PID/exe.
    b.setScript("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); for p in /proc/[0-9]*; do case $(readlink $p/exe) in "
                "*diptych-run*|*crun*|*runc*) "
                "echo seen; : >> $p/exe && echo WROTE;; esac; done; done 2>/tmp/errors");
    QCOMPARE(b.create("p").status, 0);
    QCOMPARE(b.call({"start", "p"}).status, 0);
    for (int i = 0; i < 50; ++i) {
        RunResult r = b.call({"exec", "p", "/bin/true"});
        QVERIFY2(r.status == 0, r.err);
    }
    QVERIFY(!readAll(b.path() + "/out").contains("WROTE"));
    QCOMPARE(b.call({"delete", "--force", "p"}).status, 0);
    QFile script(b.rootfs() + "/bin/self");
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/proc/self/exe\n");
    script.close();
    script.setPermissions(QFile::Permissions(0x7755));
    b.setArgs({"/bin/self"});
    (void)b.run("p");
    QCOMPARE(readAll(program), before);
}

void TestRuntime::ownProgramIsSafeFromMapped_data()
{
    QTest::addColumn<QString>("owner");
    QTest::addColumn<int>("mode");
    QTest::addColumn<bool>("reachable");
    QTest::newRow("nobody inside") << "0:0" << 0755 << false;
    QTest::newRow("root inside") << "200000:0" << 0755 << true;
    QTest::newRow("a group inside") << "0:200000" << 0755 << true;
    QTest::newRow("everybody") << "0:0" << 0757 << true;
}

// With a user namespace the program is executed again, from where nobody can write to it, only if somebody inside had
// rights over its file.
void TestRuntime::ownProgramIsSafeFromMapped()
{
    OURS_ONLY();
    QFETCH(QString, owner);
    QFETCH(int, mode);
    QFETCH(bool, reachable);
    Bundle b;
    QString program = b.path() + "/" + Bundle::name();
    QVERIFY(QFile::copy(Bundle::runtime(), program));
    QProcess::execute("chown", {owner, program});
    QCOMPARE(::chmod(program.toLocal8Bit().constData(), static_cast<mode_t>(mode)), 0);
    b.useProgram(program);
    b.useUserNamespace();
    b.setArgs({"sleep", "1000"});
    QVERIFY2(b.create("c").status == 0, readAll(b.path() + "/err"));
    QString pid = QString::number(b.pid("c"));
    // The file of a mount that is attached nowhere has no better name.
    QCOMPARE(QFile::symLinkTarget("/proc/" + pid + "/exe"), reachable ? QString("/") : program);
    QProcess inside;
    inside.start("nsenter", {"--user", "--target", pid, "sh", "-c", ": >> " + program});
    QVERIFY(inside.waitForFinished());
    if (!reachable)
        QVERIFY(inside.exitCode() != 0);
}

void TestRuntime::noDescriptorsLeak()
{
    Bundle b;
    b.setArgs({"ls", "/proc/self/fd"});
    b.write("f");
    QProcess process; // with a descriptor of the caller's, not close-on-exec
    process.start(
        "sh",
        {"-c",
         QString("exec 7</; exec %1 --root %2 run --bundle %3 f").arg(Bundle::runtime(), b.stateRoot(), b.path())});
    process.waitForFinished();
    QCOMPARE(process.readAllStandardOutput(), QByteArray("0\n1\n2\n3\n")); // 3 is ls' own
    process.start("sh", {"-c", QString("exec 3</; exec %1 --root %2 run --preserve-fds 1 --bundle %3 f")
                                   .arg(Bundle::runtime(), b.stateRoot(), b.path())});
    process.waitForFinished();
    QCOMPARE(process.readAllStandardOutput(), QByteArray("0\n1\n2\n3\n4\n"));
}

void TestRuntime::killedInTheMiddle()
{
    OURS_ONLY();
    Bundle b;
    b.setArgs({"sleep", "1000"});
    b.write("k");
    int mounts = mountCount();
    for (int i = 0; i < 40; ++i) {
        QProcess process;
        process.setStandardOutputFile("/dev/null");
        process.setStandardErrorFile("/dev/null");
        process.start(Bundle::runtime(), {"--root", b.stateRoot(), "create", "--bundle", b.path(), "k"});
        process.waitForStarted();
        QThread::usleep(static_cast<unsigned long>(i * 400));
        process.kill();
        process.waitForFinished();
        // Nothing, or one entry that delete clears away.
        RunResult r = b.call({"delete", "--force", "k"});
        QVERIFY2(r.status == 0, r.err);
        QVERIFY(!QFile::exists(b.stateOf("k")));
        QCOMPARE(cgroupDirectories(), QStringList());
    }
    QCOMPARE(mountCount(), mounts);
    QCOMPARE(b.create("k").status, 0); // and the id is free
}

void TestRuntime::hundredCycles()
{
    Bundle b;
    b.setArgs({"true"});
    QCOMPARE(b.run("z").status, 0);
    int mounts = mountCount();
    auto files = [&] { return QDir(b.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot); };
    QStringList before = files();
    for (int i = 0; i < 100; ++i) {
        RunResult r = b.run("z");
        QVERIFY2(r.status == 0, r.err);
    }
    QCOMPARE(mountCount(), mounts);
    QCOMPARE(files(), before);
    QCOMPARE(cgroupDirectories(), QStringList());
    QVERIFY(!QFile::exists(b.stateOf("z")));
}

void TestRuntime::trace()
{
    OURS_ONLY();
    Bundle b;
    b.useUserNamespace();
    QProcess::execute("chown", {"-R", "200000:200000", b.rootfs()});
    b.setMember("linux", "seccomp", defaultProfile());
    b.setArgs({"sleep", "1000"});
    b.write("t");
    QProcess process;
    process.setStandardOutputFile("/dev/null");
    process.start(Bundle::runtime(),
                  {"--root", b.stateRoot(), "--trace", b.path() + "/trace", "create", "--bundle", b.path(), "t"});
    process.waitForFinished();
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(b.call({"--trace", b.path() + "/trace", "start", "t"}).status, 0);
    QStringList steps;
    for (const QByteArray& line : readAll(b.path() + "/trace").split('\n')) {
        if (line.isEmpty())
            continue;
        QJsonObject step = QJsonDocument::fromJson(line).object();
        QVERIFY2(step["time"].toDouble() >= step["begin"].toDouble() && step["begin"].toDouble() > 0, line);
        QVERIFY2(step.contains("spec") && step.contains("call") && step["result"].toInt() == 0, line);
        if (!steps.contains(step["step"].toString()))
            steps.append(step["step"].toString());
    }
    for (const char* step : {"clone", "userns map", "cgroup", "mounts", "pivot_root", "caps", "seccomp", "exec"})
        QVERIFY2(steps.contains(step), qPrintable(steps.join(' ')));
    QCOMPARE(steps.last(), QString("exec"));
}

QTEST_GUILESS_MAIN(TestRuntime)
#include "tst_runtime.moc"
