// What callers that know crun and runc rely on beyond the specification: each case here was once a difference that a
// suite of theirs found.
#include "bundle.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

class TestRuntimeCallers : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void execEnvironment();
    void execPrivileges();
    void hooksInherit();
    void hooksSeeMounts();
    void names_data();
    void names();
    void deletesCreated();
    void preservedDescriptors();
    void listenFds();
    void documentByDescriptor();
    void noMaps();
    void labelWithoutSelinux();
    void noCgroup();
    void keepGroups();
    void ownerOfOutput();
    void ownerOfDevice_data();
    void ownerOfDevice();
    void readiness_data();
    void readiness();
    void mappedByOption();
    void refuses_data();
    void refuses();
    void numbersAsArguments();
    void stateFiles();
    void emptyCpusetAbove();
    void frozenGroup();
    void createSaysWhatCantRun_data();
    void createSaysWhatCantRun();
    void startsWhatIsBeingCreated();
    void eventLines();
    void version();

private:
    static RunResult shell(Bundle& b, const QString& script);
    static void runs(Bundle& b, const QString& id);
};

#define OURS_ONLY()                                                                                                    \
    if (!Bundle::isOurs())                                                                                             \
    QSKIP("newer than the other runtime")

// RT is the runtime with its state's directory, B the bundle.
RunResult TestRuntimeCallers::shell(Bundle& b, const QString& script)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("RT", Bundle::runtime() + " --root " + b.stateRoot());
    environment.insert("B", b.path());
    process.setProcessEnvironment(environment);
    process.setStandardInputFile("/dev/null");
    process.start("bash", {"-c", script});
    process.waitForFinished(60000);
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

void TestRuntimeCallers::runs(Bundle& b, const QString& id)
{
    b.setArgs({"sleep", "1000"});
    QCOMPARE(b.create(id).status, 0);
    QCOMPARE(b.call({"start", id}).status, 0);
}

void TestRuntimeCallers::initTestCase()
{
    if (::geteuid() != 0)
        QSKIP("needs root");
}

void TestRuntimeCallers::execEnvironment()
{
    Bundle b;
    runs(b, "x");
    // busybox's env looks with getenv(3), which finds the first of two.
    RunResult r = b.call({"exec", "--env", "TERM=other", "-e", "A=1", "-e", "A=2", "x", "env"});
    QVERIFY2(r.out.contains("TERM=other\n") && !r.out.contains("TERM=xterm") && r.out.contains("A=2\n"), r.out + r.err);
    QVERIFY2(!r.out.contains("A=1"), r.out);
}

void TestRuntimeCallers::execPrivileges()
{
    Bundle b;
    runs(b, "x");
    QStringList status = {"x", "grep", "-E", "NoNewPrivs|CapEff", "/proc/self/status"};
    RunResult r = b.call(QStringList{"exec"} + status);
    QVERIFY2(r.out.contains("NoNewPrivs:\t0"), r.out + r.err);
    QVERIFY(b.call(QStringList{"exec", "--no-new-privs"} + status).out.contains("NoNewPrivs:\t1"));
    RunResult more = b.call(QStringList{"exec", "--cap", "CAP_NEVER_HEARD_OF"} + status);
    QVERIFY2(more.status == 0 && more.out == r.out, more.out + more.err);
    if (Bundle::isOurs())
        QVERIFY2(more.err.contains("CAP_NEVER_HEARD_OF"), more.err);
}

void TestRuntimeCallers::hooksInherit()
{
    Bundle b;
    b.setArgs({"true"});
    b.config["mounts"] = QJsonArray{b.config["mounts"].toArray().first()}; // none of them waits for the group
    QString out = b.path() + "/hook.out", err = b.path() + "/hook.err";
    QJsonObject hook{{"path", "/bin/sh"}, {"args", QJsonArray{"sh", "-c", "echo got=$DIPTYCH_TEST_WORD; echo e >&2"}}};
    b.config["hooks"] = QJsonObject{{"prestart", QJsonArray{hook}}};
    b.config["annotations"] = QJsonObject{{"run.oci.hooks.stdout", out}, {"run.oci.hooks.stderr", err}};
    qputenv("DIPTYCH_TEST_WORD", "inherited");
    RunResult r = b.run("h");
    QVERIFY2(r.status == 0, r.err);
    QCOMPARE(readAll(out), QByteArray("got=inherited\n"));
    QCOMPARE(readAll(err), QByteArray("e\n"));
    hook["env"] = QJsonArray{"OTHER=1"};
    b.config["hooks"] = QJsonObject{{"prestart", QJsonArray{hook}}};
    QCOMPARE(b.run("h").status, 0);
    qunsetenv("DIPTYCH_TEST_WORD");
    QCOMPARE(readAll(out), QByteArray("got=inherited\ngot=\n"));
}

void TestRuntimeCallers::hooksSeeMounts()
{
    Bundle b;
    b.setScript("cat /dev/shm/by-hook");
    QString shm = b.rootfs() + "/dev/shm";
    b.config["hooks"] = QJsonObject{
        {"createContainer",
         QJsonArray{QJsonObject{
             {"path", "/bin/sh"},
             {"args", QJsonArray{"sh", "-c",
                                 QString("test -e %1/proc/self && echo hello > %2/by-hook").arg(b.rootfs(), shm)}}}}}};
    RunResult r = b.run("h");
    QVERIFY2(r.status == 0 && r.out == "hello\n", r.out + r.err);
    QVERIFY(!QFile::exists(shm + "/by-hook")); // the mount was the container's
    b.useUserNamespace();
    QProcess::execute("chown", {"-R", "200000:200000", b.rootfs()});
    r = b.run("h");
    QVERIFY2(r.status == 0 && r.out == "hello\n", r.out + r.err);
}

void TestRuntimeCallers::names_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("taken");
    QTest::newRow("host name") << "kernel.hostname"
                               << "inside" << false;
    QTest::newRow("domain name, the same") << "kernel.domainname"
                                           << "example" << true;
    QTest::newRow("domain name, another") << "kernel.domainname"
                                          << "other" << false;
}

void TestRuntimeCallers::names()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(bool, taken);
    Bundle b;
    b.config["domainname"] = "example";
    b.setMember("linux", "sysctl", QJsonObject{{key, value}});
    b.setArgs({"cat", "/proc/sys/kernel/domainname"});
    RunResult r = b.run("n");
    QCOMPARE(r.status == 0, taken);
    if (taken)
        QCOMPARE(r.out, QByteArray("example\n"));
    else if (Bundle::isOurs())
        QVERIFY2(r.err.contains("linux.sysctl." + key.toLatin1()), r.err);
}

void TestRuntimeCallers::deletesCreated()
{
    Bundle b;
    b.setArgs({"sleep", "1000"});
    QCOMPARE(b.create("d").status, 0);
    int pid = b.pid("d");
    RunResult r = b.call({"delete", "d"});
    QVERIFY2(r.status == 0, r.err);
    QVERIFY(waitUntil([&] { return ::kill(pid, 0) != 0; }));
    QVERIFY(!QFile::exists(b.stateOf("d")));
    runs(b, "d");
    QVERIFY(b.call({"delete", "d"}).status != 0); // one that runs is not deleted by accident
}

void TestRuntimeCallers::preservedDescriptors()
{
    Bundle b;
    b.setScript("for n in 3 4 5 6 7 8 9 10 11 12; do [ -e /proc/1/fd/$n ] && echo $n; done; true");
    b.write("p");
    RunResult r = shell(b, "$RT run --bundle $B --preserve-fds 6 p 4</dev/null 8</dev/null 3<&-");
    // Between the two and behind them nothing, of the runtime's own least of all.
    QVERIFY2(r.status == 0 && r.out == "4\n8\n", r.out + r.err);
    r = shell(b, "$RT run --bundle $B --preserve-fds 2 p 4</dev/null 8</dev/null 3<&-");
    QVERIFY2(r.status == 0 && r.out == "4\n", r.out + r.err);
}

void TestRuntimeCallers::listenFds()
{
    Bundle b;
    b.setScript("echo $LISTEN_FDS $LISTEN_PID; for n in 3 4 5; do [ -e /proc/1/fd/$n ] && echo $n; done; true");
    b.write("l");
    RunResult r = shell(b, "LISTEN_FDS=1 $RT run --bundle $B l 3</dev/null 4</dev/null");
    QVERIFY2(r.out == "1 1\n3\n", r.out + r.err);
    r = shell(b, "LISTEN_FDS=1 $RT run --bundle $B l 3<&-");
    QVERIFY2(r.out == "1 1\n", r.out + r.err);
}

void TestRuntimeCallers::documentByDescriptor()
{
    Bundle b;
    runs(b, "x");
    RunResult r = shell(
        b, R"($RT exec --process <(echo '{"args": ["echo", "by descriptor"], "cwd": "/", "env": ["PATH=/bin"]}') x)");
    QVERIFY2(r.status == 0 && r.out == "by descriptor\n", r.out + r.err);
}

void TestRuntimeCallers::noMaps()
{
    Bundle b;
    b.setNamespaces({"pid", "network", "ipc", "uts", "mount", "user"});
    b.setArgs({"cat", "/proc/self/uid_map", "/proc/self/gid_map"});
    RunResult r = b.run("m");
    QVERIFY2(r.status == 0, r.err);
    QCOMPARE(r.out.simplified(), QByteArray("0 0 1 0 0 1"));
}

void TestRuntimeCallers::labelWithoutSelinux()
{
    if (QFile::exists("/sys/fs/selinux/enforce"))
        QSKIP("this machine has SELinux");
    Bundle b;
    b.setArgs({"true"});
    b.setMember("linux", "mountLabel", "system_u:object_r:container_file_t:s0");
    RunResult r = b.run("s");
    QVERIFY2(r.status == 0, r.err);
    if (Bundle::isOurs())
        QVERIFY2(r.err.contains("linux.mountLabel"), r.err);
}

void TestRuntimeCallers::noCgroup()
{
    Bundle b;
    b.setNamespaces({"pid", "network", "ipc", "uts", "mount"});
    b.setArgs({"cat", "/proc/self/cgroup"});
    b.write("c");
    RunResult r = b.call({"--cgroup-manager", "disabled", "run", "--bundle", b.path(), "c"});
    QVERIFY2(r.status == 0, r.err);
    QCOMPARE(r.out, readAll("/proc/self/cgroup"));
    b.setArgs({"sleep", "1000"});
    b.write("c");
    QCOMPARE(shell(b, "$RT --cgroup-manager disabled run --detach --bundle $B c >/dev/null 2>&1").status, 0);
    QVERIFY(b.call({"exec", "c", "id", "-u"}).out == "0\n");
    QCOMPARE(b.call({"delete", "--force", "c"}).status, 0);
}

void TestRuntimeCallers::keepGroups()
{
    Bundle b;
    b.setArgs({"grep", "Groups", "/proc/self/status"});
    b.write("g");
    const QString script = "exec setpriv --groups 5,6 $RT run --bundle $B g";
    QCOMPARE(shell(b, script).out.simplified(), QByteArray("Groups:"));
    b.config["annotations"] = QJsonObject{{"run.oci.keep_original_groups", "1"}};
    b.write("g");
    QCOMPARE(shell(b, script).out.simplified(), QByteArray("Groups: 5 6"));
}

void TestRuntimeCallers::ownerOfOutput()
{
    Bundle b;
    QFile::link("busybox", b.rootfs() + "/bin/stat");
    b.setMember("process", "user", QJsonObject{{"uid", 1234}, {"gid", 1235}});
    b.setScript("stat -L -c '%u %g' /proc/self/fd/1; echo again > /dev/stdout; stat -L -c %u /dev/null");
    RunResult r = b.run("o");
    QVERIFY2(r.status == 0, r.err);
    QCOMPARE(r.out, QByteArray("1234 1235\nagain\n0\n"));
}

void TestRuntimeCallers::ownerOfDevice_data()
{
    QTest::addColumn<bool>("mapped");
    QTest::newRow("host's users") << false;
    QTest::newRow("user namespace") << true;
}

void TestRuntimeCallers::ownerOfDevice()
{
    QFETCH(bool, mapped);
    Bundle b;
    QFile::link("busybox", b.rootfs() + "/bin/stat");
    if (mapped) {
        b.useUserNamespace();
        QProcess::execute("chown", {"-R", "200000:200000", b.rootfs()});
    }
    // Nothing of that name is on the host, so it can't be shared either.
    QJsonObject device{{"path", "/dev/diptych-none"},
                       {"type", "c"},
                       {"major", 1},
                       {"minor", 3},
                       {"uid", 10},
                       {"gid", 11},
                       {"fileMode", 0646}};
    b.setMember("linux", "devices", QJsonArray{device});
    b.setScript("stat -c '%u %g %a %t %T' /dev/diptych-none; echo x > /dev/diptych-none && echo written; pwd; "
                "grep -c ' /dev/diptych-none ' /proc/self/mountinfo; ls /bin/busybox");
    RunResult r = b.run("d");
    QVERIFY2(r.status == 0, r.out + r.err);
    // What they are bound from is gone: what remains is the one node itself.
    QCOMPARE(r.out, QByteArray("10 11 646 1 3\nwritten\n/\n") + (mapped ? "1" : "0") + "\n/bin/busybox\n");
}

namespace {
struct NotifySocket
{
    explicit NotifySocket(const QString& path) : fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0))
    {
        address.sun_family = AF_UNIX;
        QByteArray name = path.toLocal8Bit();
        std::copy(name.begin(), name.end(), address.sun_path);
    }
    ~NotifySocket() { ::close(fd); }
    const sockaddr* name() const { return reinterpret_cast<const sockaddr*>(&address); }
    int fd;
    sockaddr_un address = {};
};
} // namespace

void TestRuntimeCallers::readiness_data()
{
    QTest::addColumn<bool>("detached");
    QTest::newRow("run --detach") << true;
    QTest::newRow("create, start") << false;
}

void TestRuntimeCallers::readiness()
{
    QFETCH(bool, detached);
    if (!Bundle::isOurs())
        QSKIP("where the socket is on the host is the runtime's own business");
    Bundle b;
    QString path = b.path() + "/manager.sock";
    NotifySocket manager(path);
    QCOMPARE(::bind(manager.fd, manager.name(), sizeof manager.address), 0);
    b.setScript("echo $NOTIFY_SOCKET > /tmp/env; ls $NOTIFY_SOCKET > /tmp/ls; exec sleep 1000");
    b.write("r");
    qputenv("NOTIFY_SOCKET", path.toLocal8Bit());
    if (!detached)
        QCOMPARE(b.create("r").status, 0);
    QProcess process;
    process.setStandardOutputFile("/dev/null");
    process.setStandardErrorFile("/dev/null");
    process.start(Bundle::runtime(), QStringList{"--root", b.stateRoot()} +
                                         (detached ? QStringList{"run", "--detach", "--bundle", b.path(), "r"}
                                                   : QStringList{"start", "r"}));
    qunsetenv("NOTIFY_SOCKET");
    QVERIFY(waitUntil([&] { return readAll(b.rootfs() + "/tmp/ls").endsWith("\n"); }));
    QCOMPARE(readAll(b.rootfs() + "/tmp/env"), path.toLocal8Bit() + "/notify\n");
    QVERIFY(!process.waitForFinished(300)); // it is not ready yet
    NotifySocket inside(b.stateOf("r") + "/notify/notify");
    auto say = [&](const QByteArray& text) {
        return ::sendto(inside.fd, text.constData(), static_cast<size_t>(text.size()), 0, inside.name(),
                        sizeof inside.address) == text.size();
    };
    QVERIFY(say("STATUS=busy") && say("MAINPID=1\nREADY=1\n"));
    QVERIFY(process.waitForFinished(10000));
    QCOMPARE(process.exitCode(), 0);
    char text[64] = {};
    // Nothing but that: the container is not to tell the manager which process to watch.
    QCOMPARE(::recv(manager.fd, text, sizeof text, MSG_DONTWAIT), 7);
    QCOMPARE(QByteArray(text), QByteArray("READY=1"));
    QCOMPARE(::recv(manager.fd, text, sizeof text, MSG_DONTWAIT), -1);
}

void TestRuntimeCallers::mappedByOption()
{
    OURS_ONLY();
    Bundle b;
    b.useUserNamespace();
    QProcess::execute("chown", {"-R", "200000:200000", b.rootfs()});
    QDir(b.path()).mkpath("data");
    QFile file(b.path() + "/data/file");
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(::chown(file.fileName().toLocal8Bit(), 3, 4), 0);
    QFile::link("busybox", b.rootfs() + "/bin/stat");
    b.setArgs({"stat", "-c", "%u %g", "/mnt/file"});
    QJsonArray mounts = b.config["mounts"].toArray();
    auto owner = [&](const QString& option) {
        QJsonArray all = mounts;
        all.append(QJsonObject{{"destination", "/mnt"},
                               {"type", "bind"},
                               {"source", b.path() + "/data"},
                               {"options", QJsonArray{"bind", option}}});
        b.config["mounts"] = all;
        RunResult r = b.run("i");
        return r.status == 0 ? r.out.trimmed() : r.err;
    };
    QCOMPARE(owner("idmap"), QByteArray("3 4"));
    QCOMPARE(owner("idmap=uids=0-200000-10;gids=0-200100-10"), QByteArray("3 104"));
    QCOMPARE(owner("idmap=uids=@0-7-10;gids=0-200000-2#4-200050-1"), QByteArray("10 50"));
    QVERIFY(owner("idmap=uids=0-1;gids=0-1-1").contains("mounts[7]"));
    QVERIFY(owner("idmap=uids=@0-4000000000-1;gids=0-1-1").contains("no id of the container"));
}

void TestRuntimeCallers::refuses_data()
{
    QTest::addColumn<QJsonObject>("change");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("a terminal that nobody takes")
        << QJsonObject{{"terminal", true}} << QByteArray("use --console-socket");
    QTest::newRow("tmpcopyup of everything")
        << QJsonObject{{"mounts", QJsonArray{QJsonObject{{"destination", "/"},
                                                         {"type", "tmpfs"},
                                                         {"source", "tmpfs"},
                                                         {"options", QJsonArray{"tmpcopyup"}}}}}}
        << QByteArray("mounts[0]");
    QTest::newRow("unknown system calls, strictly")
        << QJsonObject{{"annotations", QJsonObject{{"run.oci.seccomp_fail_unknown_syscall", "1"}}}}
        << QByteArray("no_such_call");
    QTest::newRow("unknown system calls") << QJsonObject() << QByteArray();
}

void TestRuntimeCallers::refuses()
{
    QFETCH(QJsonObject, change);
    QFETCH(QByteArray, word);
    OURS_ONLY();
    Bundle b;
    b.setArgs({"true"});
    QJsonObject rule{{"names", QJsonArray{"no_such_call"}}, {"action", "SCMP_ACT_ERRNO"}};
    b.setMember("linux", "seccomp", QJsonObject{{"defaultAction", "SCMP_ACT_ALLOW"}, {"syscalls", QJsonArray{rule}}});
    for (auto it = change.begin(); it != change.end(); ++it) {
        if (it.key() == "terminal")
            b.setMember("process", "terminal", it.value());
        else
            b.config[it.key()] = it.value();
    }
    RunResult r = b.run("f", {"--detach"});
    QCOMPARE(r.status == 0, word.isEmpty());
    QVERIFY2(r.err.contains(word), r.err);
}

void TestRuntimeCallers::numbersAsArguments()
{
    Bundle b;
    b.setMember("process", "args", QJsonArray{"echo", 7, -1});
    QCOMPARE(b.run("a").out, QByteArray("7 -1\n"));
}

void TestRuntimeCallers::stateFiles()
{
    Bundle b;
    runs(b, "s");
    QJsonObject status = QJsonDocument::fromJson(readAll(b.stateOf("s") + "/status")).object();
    QCOMPARE(status["pid"].toInt(), b.pid("s"));
    QString descriptors = status["external_descriptors"].toString();
    QCOMPARE(QJsonDocument::fromJson(descriptors.toUtf8()).array(),
             (QJsonArray{"/dev/null", b.path() + "/out", b.path() + "/err"}));
    QCOMPARE(b.call({"delete", "--force", "s"}).status, 0);
    QVERIFY(!QFile::exists(b.stateOf("s")));
    if (Bundle::isOurs())
        QVERIFY(b.call({"--log", b.path() + "/no/such/directory", "list"}).err.contains("--log"));
}

void TestRuntimeCallers::emptyCpusetAbove()
{
    OURS_ONLY();
    if (!QFile::exists("/sys/fs/cgroup/cpuset/cpuset.cpus"))
        QSKIP("needs cgroup v1's cpuset");
    Bundle b;
    QString parent = QString("/diptych/test-%1-above").arg(getpid());
    QVERIFY(QDir().mkpath("/sys/fs/cgroup/cpuset" + parent));
    b.setCgroupsPath(parent + "/own");
    b.setArgs({"true"});
    RunResult r = b.run("e");
    QProcess::execute("find", {"/sys/fs/cgroup", "-depth", "-type", "d", "-name", parent.section('/', -1), "-exec",
                               "rmdir", "{}", "+"});
    QVERIFY2(r.status == 0, r.err);
}

void TestRuntimeCallers::frozenGroup()
{
    OURS_ONLY();
    QString place = "/sys/fs/cgroup/freezer" + Bundle::cgroup("z");
    if (!QFile::exists("/sys/fs/cgroup/freezer"))
        QSKIP("needs cgroup v1's freezer");
    QVERIFY(QDir().mkpath(place));
    auto write = [&](const char* word) {
        QFile state(place + "/freezer.state");
        return state.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && state.write(word) > 0;
    };
    QVERIFY(write("FROZEN"));
    Bundle b;
    b.setArgs({"true"});
    RunResult r = b.run("z");
    bool alone = readAll(place + "/cgroup.procs").isEmpty(); // nobody is stuck in it
    QStringList elsewhere;
    for (const QFileInfo& hierarchy : QDir("/sys/fs/cgroup").entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot))
        if (hierarchy.fileName() != "freezer" && QFile::exists(hierarchy.filePath() + Bundle::cgroup("z")))
            elsewhere.append(hierarchy.fileName());
    QVERIFY(write("THAWED"));
    QProcess::execute("find", {"/sys/fs/cgroup", "-depth", "-type", "d", "-name", place.section('/', -1), "-exec",
                               "rmdir", "{}", "+"});
    QVERIFY2(r.status != 0 && r.err.contains("frozen") && alone, r.err);
    QVERIFY2(elsewhere.isEmpty(), qPrintable(elsewhere.join(' ')));
}

void TestRuntimeCallers::createSaysWhatCantRun_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("no x in its mode") << "/tmp/plain" << QByteArray("Permission denied");
    QTest::newRow("on a noexec mount") << "/noexec/program" << QByteArray("Permission denied");
    QTest::newRow("a directory") << "/tmp" << QByteArray("is a directory");
    QTest::newRow("not there") << "/tmp/none" << QByteArray("No such file");
}

// Podman looks for the reason of 126 or 127 in what create says.
void TestRuntimeCallers::createSaysWhatCantRun()
{
    QFETCH(QString, program);
    Bundle b;
    QDir().mkpath(b.path() + "/data");
    QFile::copy("/bin/busybox", b.path() + "/data/program");
    QFile::copy("/bin/busybox", b.rootfs() + "/tmp/plain");
    QFile::setPermissions(b.rootfs() + "/tmp/plain", QFile::ReadOwner);
    QJsonArray mounts = b.config["mounts"].toArray();
    mounts.append(QJsonObject{{"destination", "/noexec"},
                              {"type", "bind"},
                              {"source", b.path() + "/data"},
                              {"options", QJsonArray{"bind", "noexec"}}});
    b.config["mounts"] = mounts;
    b.setArgs({program});
    RunResult r = b.create("x");
    DIFFERS("runc", "finds out at start");
    QVERIFY2(r.status != 0, r.err);
    if (!Bundle::isOurs())
        return;
    QFETCH(QByteArray, reason);
    QVERIFY2(r.err.contains("exec: \"" + program.toUtf8() + "\"") && r.err.contains(reason), r.err);
}

void TestRuntimeCallers::startsWhatIsBeingCreated()
{
    Bundle b;
    b.setArgs({"sleep", "1000"});
    b.config["hooks"] = QJsonObject{
        {"prestart",
         QJsonArray{QJsonObject{{"path", "/bin/sh"},
                                {"args", QJsonArray{"sh", "-c", QString("touch %1/begun; sleep 1").arg(b.path())}}}}}};
    b.write("w");
    QProcess create;
    create.setStandardOutputFile("/dev/null");
    create.setStandardErrorFile("/dev/null");
    create.start(Bundle::runtime(), {"--root", b.stateRoot(), "create", "--bundle", b.path(), "w"});
    QVERIFY(waitUntil([&] { return QFile::exists(b.path() + "/begun"); }));
    OURS_ONLY(); // others do not know of it yet
    RunResult r = b.call({"start", "w"});
    QVERIFY2(r.status == 0, r.err);
    QCOMPARE(b.status("w"), QString("running"));
    create.waitForFinished();
}

void TestRuntimeCallers::eventLines()
{
    OURS_ONLY();
    Bundle b;
    runs(b, "v");
    QProcess events;
    events.start(Bundle::runtime(), {"--root", b.stateRoot(), "events", "--interval", "100ms", "v"});
    QByteArray text;
    QVERIFY(waitUntil(
        [&] {
            events.waitForReadyRead(50);
            text += events.readAllStandardOutput();
            return text.count('\n') >= 3;
        },
        4000));
    events.kill();
    events.waitForFinished();
    QVERIFY2(text.startsWith(R"({"type":"stats","id":"v","data":{)"), text);
    QVERIFY(QJsonDocument::fromJson(text.left(text.indexOf('\n'))).isObject());
    for (const char* wrong : {"0s", "5h", "ms", "-1s", "1000000s"})
        QVERIFY2(b.call({"events", "--stats", "--interval", wrong, "v"}).status != 0, wrong);
}

void TestRuntimeCallers::version()
{
    OURS_ONLY();
    QByteArray text = Bundle().call({"--version"}).out;
    QVERIFY2(text.startsWith("diptych-run version "), text);
    for (const char* word : {"\nspec: ", "\n+SYSTEMD ", "+SELINUX", "+SECCOMP", "+CRIU"})
        QVERIFY2(text.contains(word), text);
}

QTEST_GUILESS_MAIN(TestRuntimeCallers)
#include "tst_runtime_callers.moc"
