// Podman with our runtime below it, natively: what its users do every day. Skipped where there is no Podman.
//
// RUNTIME=/usr/bin/crun runs the same on another runtime (crun 1.8 needs /sys/fs/cgroup/unified unmounted on hybrid
// machines). PODMAN_CGROUP_MANAGER=systemd: scopes, where systemd runs.
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <unistd.h>

namespace {
struct Outcome
{
    int status = -1;
    QString out, err;
};
} // namespace

class TestPodman : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void runs_data();
    void runs();
    void execsLogsAndStats();
    void pausesUpdatesStops();
    void givesTerminals();
    void checksHealth();
    void builds();

private:
    Outcome podman(const QStringList& arguments, const QString& terminal = {}) const;
    Outcome run(const QStringList& options, const QStringList& command) const;
    void write(const QString& name, const QByteArray& text) const;

    QTemporaryDir m_place{"/var/lib/diptych/podman.XXXXXX"}; // a tmpfs in the sandbox
    QString m_program = QStandardPaths::findExecutable("podman");
};

void TestPodman::write(const QString& name, const QByteArray& text) const
{
    QFile file(m_place.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

Outcome TestPodman::podman(const QStringList& arguments, const QString& terminal) const
{
    QString runtime = qEnvironmentVariable("RUNTIME", DIPTYCH_BIN "/diptych-run");
    QString manager = qEnvironmentVariable("PODMAN_CGROUP_MANAGER", "cgroupfs");
    QStringList words{"--runtime", runtime, "--cgroup-manager", manager, "--tmpdir", m_place.filePath("tmp")};
    words += arguments;
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("CONTAINERS_CONF", m_place.filePath("containers.conf"));
    environment.insert("CONTAINERS_STORAGE_CONF", m_place.filePath("storage.conf"));
    process.setProcessEnvironment(environment);
    if (terminal.isNull())
        process.start(m_program, words);
    else
        process.start("script", {"-qec", m_program + " " + words.join(' ') + " " + terminal, "/dev/null"});
    process.closeWriteChannel();
    if (!process.waitForFinished(60000)) {
        process.kill();
        process.waitForFinished();
        return {-1, {}, "timed out"};
    }
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

Outcome TestPodman::run(const QStringList& options, const QStringList& command) const
{
    return podman(QStringList{"run", "--rm", "--network=none"} + options + QStringList{"box"} + command);
}

void TestPodman::initTestCase()
{
    if (m_program.isEmpty())
        QSKIP("podman is not installed");
    if (geteuid() != 0 || !m_place.isValid())
        QSKIP("needs root, and tests/support/sandbox");
    write("storage.conf", QString("[storage]\ndriver = \"vfs\"\nrunroot = \"%1/run\"\ngraphroot = \"%1/store\"\n")
                              .arg(m_place.path())
                              .toUtf8());
    // The usual limits are above what this machine's root may set.
    write("containers.conf", "[engine]\nevents_logger = \"none\"\n[containers]\nlog_driver = \"k8s-file\"\n"
                             "default_ulimits = [\"nofile=1024:1024\", \"nproc=1024:1024\"]\n");
    for (const char* path : {"/etc/subuid", "/etc/subgid"}) {
        QFile file(path);
        if (file.open(QIODevice::ReadWrite) && !file.readAll().contains("containers:"))
            file.write("containers:100000:65536\n"); // the sandbox's /etc
    }
    QDir image(m_place.filePath("image"));
    for (const char* name : {"bin", "etc", "tmp"})
        image.mkpath(name);
    QVERIFY(QFile::copy("/bin/busybox", image.filePath("bin/busybox")));
    for (const char* name : {"sh", "true", "sleep", "id", "cat", "ls", "mount", "stty", "echo", "touch", "tty"})
        QFile::link("busybox", image.filePath(QString("bin/") + name));
    write("image/etc/passwd", "root:x:0:0::/root:/bin/sh\n");
    QProcess tar;
    tar.start("tar", {"-C", image.path(), "-cf", m_place.filePath("image.tar"), "."});
    QVERIFY(tar.waitForFinished() && tar.exitCode() == 0);
    Outcome imported = podman({"import", m_place.filePath("image.tar"), "box"});
    QVERIFY2(imported.status == 0, qPrintable(imported.err));
}

void TestPodman::cleanupTestCase()
{
    if (!m_program.isEmpty())
        (void)podman({"rm", "--all", "--force", "--time", "0"});
}

void TestPodman::runs_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("script");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("text");
    auto row = [](const char* name, const char* options, const char* script, int status, const char* text) {
        QTest::newRow(name) << QString(options).split(' ', Qt::SkipEmptyParts) << QString(script) << status
                            << QString(text);
    };
    row("exit status", "", "exit 7", 7, "");
    row("read-only", "--read-only", "touch /x || touch /tmp/y && echo tmp", 0, "tmp");
    row("memory", "--memory 64m",
        "cat /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null || cat /sys/fs/cgroup/memory.max", 0, "67108864");
    row("pids limit", "--pids-limit 33", "cat /sys/fs/cgroup/pids/pids.max 2>/dev/null || cat /sys/fs/cgroup/pids.max",
        0, "33");
    row("user namespace", "--userns=auto:size=1000", "cat /proc/self/uid_map", 0, "1000");
    row("tmpfs with the image's files", "--mount type=tmpfs,dst=/etc,tmpcopyup", "cat /etc/passwd", 0, "/root");
    row("user", "--user 5:6", "id", 0, "uid=5");
    row("privileged", "--privileged", "id", 0, "uid=0");
    row("systemd", "--systemd=always", "mount", 0, "/run");
    row("sysctl", "--sysctl kernel.msgmax=5000", "cat /proc/sys/kernel/msgmax", 0, "5000");
}

void TestPodman::runs()
{
    QFETCH(QStringList, options);
    QFETCH(QString, script);
    QFETCH(int, status);
    QFETCH(QString, text);
    Outcome outcome = run(options, {"sh", "-c", script});
    QVERIFY2(outcome.status == status, qPrintable(QString("%1: %2").arg(outcome.status).arg(outcome.err)));
    QVERIFY2(outcome.out.contains(text), qPrintable(outcome.out));
}

void TestPodman::execsLogsAndStats()
{
    Outcome made = podman({"run", "-d", "--network=none", "--name", "one", "box", "sh", "-c", "echo said; sleep 100"});
    QVERIFY2(made.status == 0, qPrintable(made.err));
    Outcome exec = podman({"exec", "-e", "A=b", "-w", "/tmp", "--user", "5:6", "one", "sh", "-c", "echo $A $PWD; id"});
    QVERIFY2(exec.status == 0, qPrintable(exec.err));
    QVERIFY2(exec.out.startsWith("b /tmp\nuid=5 gid=6"), qPrintable(exec.out));
    QCOMPARE(podman({"exec", "one", "sh", "-c", "exit 9"}).status, 9);
    QCOMPARE(podman({"exec", "one", "/etc"}).status, 126);
    QCOMPARE(podman({"exec", "one", "/no"}).status, 127);
    QCOMPARE(podman({"logs", "one"}).out, QString("said\n"));
    Outcome stats = podman({"stats", "--no-stream", "one"});
    QVERIFY2(stats.status == 0, qPrintable(stats.err));
    QCOMPARE(podman({"rm", "-f", "-t", "0", "one"}).status, 0);
}

void TestPodman::pausesUpdatesStops()
{
    QCOMPARE(podman({"run", "-d", "--network=none", "--name", "two", "box", "sleep", "100"}).status, 0);
    QCOMPARE(podman({"pause", "two"}).status, 0);
    QCOMPARE(podman({"inspect", "-f", "{{.State.Status}}", "two"}).out, QString("paused\n"));
    QCOMPARE(podman({"unpause", "two"}).status, 0);
    Outcome updated = podman({"update", "--memory", "50m", "two"});
    QVERIFY2(updated.status == 0, qPrintable(updated.err));
    Outcome stopped = podman({"stop", "-t", "0", "two"});
    QVERIFY2(stopped.status == 0, qPrintable(stopped.err));
    QCOMPARE(podman({"start", "two"}).status, 0);
    QCOMPARE(podman({"kill", "two"}).status, 0);
    QCOMPARE(podman({"wait", "two"}).out, QString("137\n"));
    QCOMPARE(podman({"rm", "two"}).status, 0);
}

void TestPodman::givesTerminals()
{
    if (QStandardPaths::findExecutable("script").isEmpty())
        QSKIP("script(1) is not installed");
    Outcome outcome = podman({"run", "--rm", "-it", "--network=none", "box"}, "tty");
    QVERIFY2(outcome.status == 0 && outcome.out.contains("/dev/pts/0"), qPrintable(outcome.out + outcome.err));
}

void TestPodman::checksHealth()
{
    Outcome made = podman({"run", "-d", "--network=none", "--name", "three", "--health-cmd", "true",
                           "--health-interval", "disable", "box", "sleep", "100"});
    QVERIFY2(made.status == 0, qPrintable(made.err));
    QCOMPARE(podman({"healthcheck", "run", "three"}).status, 0);
    QCOMPARE(podman({"rm", "-f", "-t", "0", "three"}).status, 0);
}

void TestPodman::builds()
{
    write("Containerfile", "FROM box\nRUN echo built > /it\n");
    Outcome built = podman({"build", "--network=none", "--isolation=oci", "-t", "made", "-f",
                            m_place.filePath("Containerfile"), m_place.path()});
    QVERIFY2(built.status == 0, qPrintable(built.err));
    QCOMPARE(podman({"run", "--rm", "--network=none", "made", "cat", "/it"}).out, QString("built\n"));
}

QTEST_GUILESS_MAIN(TestPodman)
#include "tst_podman.moc"
