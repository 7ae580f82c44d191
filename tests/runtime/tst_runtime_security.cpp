// Attacks on the runtime from inside, and on what it resolves: the classes of security.md that the other tests lack.
#include "bundle.h"

#include <QRegularExpression>
#include <atomic>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <thread>

class TestRuntimeSecurity : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void numbersOfUsers_data();
    void numbersOfUsers();
    void execShowsNoDescriptors();
    void renamedWhileMounting();
    void cgroupIsNoWayOut();
    void deviceIsALink();
    void cyclesLeakNothing();
    void memory();
};

void TestRuntimeSecurity::initTestCase()
{
    if (geteuid() != 0)
        QSKIP("needs root");
}

static void start(Bundle& b, const QString& script)
{
    b.setScript(script);
    RunResult r = b.create("c");
    QVERIFY2(r.status == 0, r.err);
    QCOMPARE(b.call({"start", "c"}).status, 0);
}

// B2: whatever is no number from 0 to 4294967294 must not become one, least of all 0.
void TestRuntimeSecurity::numbersOfUsers_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QByteArray>("wanted"); // empty: refused
    QTest::newRow("0") << "0" << QByteArray("0:0");
    QTest::newRow("1:2") << "1:2" << QByteArray("1:2");
    QTest::newRow("largest") << "4294967294" << QByteArray("4294967294:0");
    for (const char* bad : {"-1", "+1", "0x0", "1 ", " 1", "1x", "4294967295", "4294967296", "18446744073709551616",
                            "root", "1:", ":1", "1:2:3", ""})
        QTest::newRow(bad) << bad << QByteArray();
}

void TestRuntimeSecurity::numbersOfUsers()
{
    QFETCH(QString, user);
    QFETCH(QByteArray, wanted);
    Bundle b;
    start(b, "exec sleep 1000");
    RunResult r = b.call({"exec", "--user", user, "c", "/bin/sh", "-c", "echo $(id -u):$(id -g)"});
    // Others take more forms than ours; as root none of them may end.
    if (wanted.isEmpty() && !Bundle::isOurs()) {
        if (QStringList{"-1", "4294967295", "4294967296", ":1", ""}.contains(user))
            DIFFERS("crun", "reads numbers as strtol does");
        if (QStringList{"4294967296", ""}.contains(user))
            DIFFERS("runc", "reads numbers modulo 2^32");
        QVERIFY2(r.status != 0 || !r.out.startsWith("0:"), r.out);
    } else if (wanted.isEmpty()) {
        QVERIFY2(r.status != 0, r.out);
    } else {
        if (user == "4294967294")
            DIFFERS("runc", "takes 2147483647 at most");
        QCOMPARE(r.out.trimmed(), wanted);
    }
}

// B1, CVE-2016-9962: one with CAP_SYS_PTRACE inside looks at whoever comes in.
void TestRuntimeSecurity::execShowsNoDescriptors()
{
    Bundle b;
    QJsonArray caps{"CAP_SYS_PTRACE", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH"};
    b.setMember("process", "capabilities", QJsonObject{{"bounding", caps}, {"effective", caps}, {"permitted", caps}});
    QFile secret(b.path() + "/host-secret");
    QVERIFY(secret.open(QIODevice::WriteOnly));
    start(b, "while true; do for p in /proc/[0-9]*; do [ $p = /proc/1 ] || for f in $p/fd/*; do "
             "[ -e $f/host-secret ] && echo OUTSIDE; [ -e $f/../host-secret ] && echo OUTSIDE; "
             "[ -e $p/cwd/host-secret ] && echo OUTSIDE; done; done; done 2>/dev/null");
    for (int i = 0; i < 60; ++i)
        QCOMPARE(b.call({"exec", "--cwd", "/tmp", "c", "/bin/true"}).status, 0);
    QVERIFY(!readAll(b.path() + "/out").contains("OUTSIDE"));
}

// B5, CVE-2021-30465: a directory of the image and a link outward change places while it is mounted there.
void TestRuntimeSecurity::renamedWhileMounting()
{
    Bundle b;
    QString outside = b.path() + "/outside", data = b.path() + "/data";
    QDir().mkpath(outside + "/deep");
    QDir().mkpath(data);
    QDir().mkpath(b.rootfs() + "/swap/deep");
    QFile::link(QString("../").repeated(12) + outside, b.rootfs() + "/link");
    QJsonArray mounts = b.config["mounts"].toArray();
    mounts.append(QJsonObject{
        {"destination", "/swap/deep/made"}, {"type", "bind"}, {"source", data}, {"options", QJsonArray{"bind"}}});
    mounts.append(QJsonObject{
        {"destination", "/swap/deep"}, {"type", "tmpfs"}, {"source", "tmpfs"}, {"options", QJsonArray{"size=64k"}}});
    b.config["mounts"] = mounts;
    b.setScript("echo x > /swap/deep/x; exit 0");
    std::atomic<bool> end = false;
    QByteArray one = (b.rootfs() + "/swap").toLocal8Bit(), other = (b.rootfs() + "/link").toLocal8Bit();
    std::thread racer([&] {
        while (!end)
            (void)::syscall(SYS_renameat2, AT_FDCWD, one.constData(), AT_FDCWD, other.constData(), 2u /* EXCHANGE */);
    });
    for (int i = 0; i < 60; ++i)
        (void)b.run("r"); // may fail, may not reach outside
    end = true;
    racer.join();
    QCOMPARE(QDir(outside).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList{"deep"});
    QCOMPARE(QDir(outside + "/deep").entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
}

// B16, CVE-2022-0492: nothing of a hierarchy can be written that decides beyond the container.
void TestRuntimeSecurity::cgroupIsNoWayOut()
{
    Bundle b;
    QJsonArray caps{"CAP_SYS_ADMIN", "CAP_DAC_OVERRIDE"};
    b.setMember("process", "capabilities", QJsonObject{{"bounding", caps}, {"effective", caps}, {"permitted", caps}});
    b.setScript(
        "cd /sys/fs/cgroup; for f in release_agent */release_agent cgroup.procs */cgroup.procs; do [ -e $f ] && "
        "echo 0 > $f && echo WROTE $f; done; exit 0");
    RunResult r = b.run("g");
    QVERIFY2(r.status == 0 && !r.out.contains("WROTE"), r.out + r.err);
}

// B9, B10: /dev a link upward; what is made there is made inside.
void TestRuntimeSecurity::deviceIsALink()
{
    Bundle b;
    QString outside = b.path() + "/outside";
    QDir().mkpath(outside);
    QDir(b.rootfs() + "/dev").removeRecursively();
    QFile::link(QString("../").repeated(12) + outside, b.rootfs() + "/dev");
    QJsonArray mounts = b.config["mounts"].toArray();
    mounts.removeAt(3); // shm
    mounts.removeAt(2); // pts
    mounts.removeAt(1); // the tmpfs on /dev
    b.config["mounts"] = mounts;
    (void)b.run("d");
    DIFFERS("runc", "1.1.5 has CVE-2026-41579");
    QCOMPARE(QDir(outside).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot), QStringList());
}

void TestRuntimeSecurity::cyclesLeakNothing()
{
    Bundle b;
    b.setArgs({"true"});
    auto mounts = [] { return readAll("/proc/self/mountinfo").count('\n'); };
    auto groups = [] {
        QProcess find;
        find.start("find",
                   {"/sys/fs/cgroup", "-maxdepth", "4", "-type", "d", "-name", QString("test-%1-*").arg(getpid())});
        find.waitForFinished();
        return find.readAllStandardOutput();
    };
    auto before = mounts();
    for (int i = 0; i < 200; ++i) {
        RunResult r = b.create("z");
        QVERIFY2(r.status == 0, r.err);
        QCOMPARE(b.call({"delete", "--force", "z"}).status, 0);
    }
    QCOMPARE(mounts(), before);
    QCOMPARE(groups(), QByteArray());
    QCOMPARE(QDir(b.stateRoot()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
}

void TestRuntimeSecurity::memory()
{
    if (!Bundle::isOurs())
        QSKIP("an addition of diptych-run");
    if (QByteArray(DIPTYCH_BIN).contains("san"))
        QSKIP("sanitizers take their own");
    Bundle b;
    b.setArgs({"sleep", "1000"});
    RunResult r = b.create("m", {"--supervise"});
    QVERIFY2(r.status == 0, r.err);
    QCOMPARE(b.call({"start", "m"}).status, 0);
    int pid = readAll(b.stateOf("m") + "/supervisor.pid").toInt();
    auto pss = [&] {
        QByteArray text = readAll(QString("/proc/%1/smaps_rollup").arg(pid));
        return QRegularExpression("\nPss: +(\\d+)").match(QString::fromLatin1(text)).captured(1).toInt();
    };
    QTRY_VERIFY2(pss() > 0 && pss() < 1024, qPrintable(QString::number(pss())));
    b.setArgs({"true"});
    b.write("n");
    QProcess process;
    process.start(DIPTYCH_BIN "/probe",
                  {"peak", Bundle::runtime(), "--root", b.stateRoot(), "run", "--bundle", b.path(), "n"});
    QVERIFY(process.waitForFinished(60000));
    const QByteArray out = process.readAllStandardOutput();
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError());
    QVERIFY2(out.toInt() > 0 && out.toInt() < 2560, out);
    qInfo("supervisor %d kB PSS, run %d kB peak", pss(), out.toInt());
}

QTEST_GUILESS_MAIN(TestRuntimeSecurity)
#include "tst_runtime_security.moc"
