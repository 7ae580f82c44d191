// create --supervise and exec --supervise: terminal, log, attaching, resizing, the exit record, what is left open.
#include "bundle.h"

#include <QDateTime>

#include <sys/socket.h>
#include <sys/un.h>

class TestSupervisor : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void pipes();
    void terminal();
    void resize();
    void exitBySignal();
    void outOfMemory();
    void execSession();
    void rotation();
    void createFailureIsReported();
    void independentAndSmall();
    void deleteWaits();

private:
    /// A client socket at <state>/name; the path may be longer than a socket address.
    static int connectTo(const QString& directory, const char* name);
    static QByteArray readUntil(int fd, const QByteArray& wanted, int milliseconds = 5000);
    static void startSupervised(Bundle& b, const QString& id);
};

int TestSupervisor::connectTo(const QString& directory, const char* name)
{
    int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    QByteArray path = (directory + "/" + name).toLocal8Bit();
    if (path.size() >= static_cast<int>(sizeof address.sun_path))
        return -1;
    memcpy(address.sun_path, path.constData(), static_cast<size_t>(path.size()));
    return ::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 ? fd : -1;
}

// Until wanted has come, or the end of the stream when it is empty.
QByteArray TestSupervisor::readUntil(int fd, const QByteArray& wanted, int milliseconds)
{
    QByteArray data;
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < milliseconds) {
        char buffer[4096];
        ssize_t n = ::read(fd, buffer, sizeof buffer);
        if (n == 0)
            break;
        if (n > 0)
            data.append(buffer, static_cast<int>(n));
        else
            QThread::msleep(10);
        if (!wanted.isEmpty() && data.contains(wanted))
            break;
    }
    return data;
}

void TestSupervisor::startSupervised(Bundle& b, const QString& id)
{
    RunResult r = b.create(id, {"--supervise"});
    QVERIFY2(r.status == 0, r.err);
    r = b.call({"start", id});
    QVERIFY2(r.status == 0, r.err);
}

void TestSupervisor::initTestCase()
{
    if (geteuid() != 0)
        QSKIP("needs root");
    if (!Bundle::isOurs())
        QSKIP("supervisors are an addition of diptych-run");
    if (!QFile::exists("/bin/busybox"))
        QSKIP("needs busybox-static");
}

void TestSupervisor::pipes()
{
    Bundle b;
    b.setScript("echo out; echo err >&2; read x; echo got $x; exit 3");
    startSupervised(b, "p");
    int fd = connectTo(b.stateOf("p"), "attach.sock");
    QVERIFY(fd >= 0);
    QVERIFY(readUntil(fd, "err\n").startsWith("out\nerr\n")); // also what was said before
    QCOMPARE(::write(fd, "word\n", 5), 5);
    QCOMPARE(readUntil(fd, ""), QByteArray("got word\n"));
    ::close(fd);
    QVERIFY(waitUntil([&] { return !b.exitRecord("p").isEmpty(); }));
    QJsonObject record = b.exitRecord("p");
    QCOMPARE(record["exitCode"].toInt(), 3);
    QCOMPARE(record["signal"].toInt(), 0);
    QCOMPARE(record["oomKilled"].toBool(true), false);
    QVERIFY(qAbs(record["finishedAt"].toDouble() - static_cast<double>(QDateTime::currentMSecsSinceEpoch())) < 60000);
    QCOMPARE(readAll(b.stateOf("p") + "/log"), QByteArray("out\nerr\ngot word\n"));
    QVERIFY(!QFile::exists(b.stateOf("p") + "/attach.sock"));
    QVERIFY(!QFile::exists(b.stateOf("p") + "/control.sock"));
}

void TestSupervisor::terminal()
{
    Bundle b;
    b.setMember("process", "terminal", true);
    b.setScript("tty; [ -c /dev/console ] && echo console; read x; echo got $x; sleep 0.2");
    startSupervised(b, "t");
    int one = connectTo(b.stateOf("t"), "attach.sock"), two = connectTo(b.stateOf("t"), "attach.sock");
    QVERIFY(readUntil(one, "console").contains("/dev/pts/0"));
    QCOMPARE(::write(two, "hi\n", 3), 3);
    QVERIFY(readUntil(one, "got hi").contains("got hi"));
    QVERIFY(readUntil(two, "got hi").contains("got hi"));
    int late = connectTo(b.stateOf("t"), "attach.sock");
    QVERIFY(late < 0 || readUntil(late, "got hi").contains("/dev/pts/0"));
    for (int fd : {one, two, late})
        ::close(fd);
    QVERIFY(waitUntil([&] { return !b.exitRecord("t").isEmpty(); }));
}

void TestSupervisor::resize()
{
    Bundle b;
    b.setMember("process", "terminal", true);
    b.setScript("trap 'stty size' WINCH; while true; do sleep 0.05; done");
    startSupervised(b, "r");
    int control = connectTo(b.stateOf("r"), "control.sock"), attach = connectTo(b.stateOf("r"), "attach.sock");
    QThread::msleep(300);
    QVERIFY(::write(control, "resize 132 43\n", 14) == 14);
    QCOMPARE(readUntil(control, "\n"), QByteArray("ok\n"));
    QVERIFY(readUntil(attach, "43 132").contains("43 132"));
    for (const char* bad : {"resize 0 5\n", "resize 1\n", "resize -1 5\n", "resize 99999 1\n", "dance\n"}) {
        QVERIFY(::write(control, bad, strlen(bad)) > 0);
        QVERIFY(readUntil(control, "\n").startsWith("error "));
    }
    ::close(control);
    ::close(attach);
}

void TestSupervisor::exitBySignal()
{
    Bundle b;
    b.setArgs({"sleep", "1000"});
    startSupervised(b, "s");
    QCOMPARE(b.call({"kill", "s", "KILL"}).status, 0);
    QVERIFY(waitUntil([&] { return !b.exitRecord("s").isEmpty(); }));
    QCOMPARE(b.exitRecord("s")["exitCode"].toInt(), 137);
    QCOMPARE(b.exitRecord("s")["signal"].toInt(), 9);
    QCOMPARE(b.status("s"), QString("stopped"));
}

void TestSupervisor::outOfMemory()
{
    Bundle b;
    b.setMember("linux", "resources", QJsonObject{{"memory", QJsonObject{{"limit", 16 << 20}, {"swap", 16 << 20}}}});
    b.setArgs({"dd", "if=/dev/zero", "of=/dev/null", "bs=64M", "count=1"});
    startSupervised(b, "o");
    QVERIFY(waitUntil([&] { return !b.exitRecord("o").isEmpty(); }));
    QCOMPARE(b.exitRecord("o")["exitCode"].toInt(), 137);
    QVERIFY(b.exitRecord("o")["oomKilled"].toBool());
}

void TestSupervisor::execSession()
{
    Bundle b;
    b.setArgs({"sleep", "1000"});
    startSupervised(b, "e");
    RunResult r =
        b.call({"exec", "--tty", "--supervise", "one", "e", "/bin/sh", "-c", "tty; read x; echo got $x; exit 6"});
    QVERIFY2(r.status == 0, r.err);
    QString directory = b.stateOf("e") + "/exec/one";
    int fd = connectTo(directory, "attach.sock");
    QVERIFY(readUntil(fd, "pts").contains("/dev/pts/"));
    QVERIFY(::write(fd, "x\n", 2) == 2);
    QVERIFY(readUntil(fd, "got x").contains("got x"));
    ::close(fd);
    QVERIFY(waitUntil([&] { return QFile::exists(directory + "/exit.json"); }));
    QCOMPARE(QJsonDocument::fromJson(readAll(directory + "/exit.json")).object()["exitCode"].toInt(), 6);
    r = b.call({"exec", "--supervise", "two", "e", "missing"});
    QVERIFY2(r.status == 1 && r.err.contains("not found"), r.err);
    QVERIFY(!QFile::exists(b.stateOf("e") + "/exec/two"));
    QVERIFY(b.call({"exec", "--supervise", "../../x", "e", "true"}).status != 0);
    QVERIFY(b.call({"exec", "--supervise", "one", "e", "true"}).status != 0); // taken
    QCOMPARE(b.status("e"), QString("running"));
}

void TestSupervisor::rotation()
{
    Bundle b;
    b.setScript("dd if=/dev/zero bs=1M count=9; echo; echo last");
    startSupervised(b, "l");
    QVERIFY(waitUntil([&] { return !b.exitRecord("l").isEmpty(); }, 30000));
    QVERIFY(QFile(b.stateOf("l") + "/log.1").size() > 7 << 20);
    QVERIFY(QFile(b.stateOf("l") + "/log.1").size() <= 8 << 20);
    QVERIFY(readAll(b.stateOf("l") + "/log").endsWith("last\n"));
}

void TestSupervisor::createFailureIsReported()
{
    Bundle b;
    b.setArgs({"missing"});
    RunResult r = b.create("f", {"--supervise"});
    QVERIFY2(r.status == 1 && r.err.contains("not found in $PATH"), r.err);
    QVERIFY(!QFile::exists(b.stateOf("f")));
}

void TestSupervisor::independentAndSmall()
{
    Bundle b;
    b.setArgs({"sleep", "1000"});
    startSupervised(b, "i");
    int pid = readAll(b.stateOf("i") + "/supervisor.pid").toInt();
    QVERIFY(pid > 1);
    QList<QByteArray> stat = readAll(QString("/proc/%1/stat").arg(b.pid("i"))).split(' ');
    QCOMPARE(stat.value(3).toInt(), pid); // parent of the container's first process
    QCOMPARE(readAll(QString("/proc/%1/stat").arg(pid)).split(' ').value(5).toInt(), pid); // leads its own session
    for (const QString& fd : QDir(QString("/proc/%1/fd").arg(pid)).entryList(QDir::Files | QDir::System)) {
        QString target = QFile::symLinkTarget(QString("/proc/%1/fd/%2").arg(pid).arg(fd));
        QVERIFY2(!target.contains(b.path() + "/out") && !target.contains(b.path() + "/err"), qPrintable(target));
    }
    QByteArray rollup = readAll(QString("/proc/%1/smaps_rollup").arg(pid));
    int at = rollup.indexOf("Pss:");
    int kiB = rollup.mid(at + 4, 20).trimmed().split(' ')[0].toInt();
    qInfo("supervisor: %d KiB PSS", kiB);
    QVERIFY2(kiB > 0 && kiB < 1024, rollup);
}

void TestSupervisor::deleteWaits()
{
    Bundle b;
    b.setArgs({"sleep", "1000"});
    startSupervised(b, "d");
    int pid = readAll(b.stateOf("d") + "/supervisor.pid").toInt();
    QCOMPARE(b.call({"delete", "--force", "d"}).status, 0);
    QVERIFY(!QFile::exists(b.stateOf("d")));
    QVERIFY(waitUntil(
        [&] { return ::kill(pid, 0) != 0 || readAll(QString("/proc/%1/stat").arg(pid)).contains(") Z "); }, 2000));
}

QTEST_GUILESS_MAIN(TestSupervisor)
#include "tst_supervisor.moc"
