// What mounts can be asked for beyond the plain ones: mapped ids, attributes of whole trees, a tmpfs with the image's
// files.
#include "bundle.h"

#include <sys/mount.h>
#include <sys/stat.h>

class TestRuntimeMounts : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void copiesUp();
    void copiesNoLinkOut();
    void mapsByOwnMaps();
    void mapsByTheContainers();
    void refusesImpossibleMaps_data();
    void refusesImpossibleMaps();
    void recursiveAttributes();
    void sharedNamespace_data();
    void sharedNamespace();
    void killedInASharedNamespace();
    void newUserInASharedNamespace();

private:
    static void addMount(Bundle& b, const QJsonObject& mount)
    {
        QJsonArray mounts = b.config["mounts"].toArray();
        mounts.append(mount);
        b.config["mounts"] = mounts;
    }
    static void write(const QString& path, const QByteArray& text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
};

void TestRuntimeMounts::initTestCase()
{
    if (geteuid() != 0)
        QSKIP("needs root");
    if (!QFile::exists("/bin/busybox"))
        QSKIP("needs busybox-static");
}

void TestRuntimeMounts::copiesUp()
{
    Bundle b;
    QString etc = b.rootfs() + "/etc";
    QDir(etc).mkpath("deep/er");
    write(etc + "/deep/er/file", "content\n");
    QVERIFY(::chown(qPrintable(etc + "/deep/er/file"), 7, 8) == 0);
    QVERIFY(::chmod(qPrintable(etc + "/deep/er/file"), 04755) == 0);
    QVERIFY(::chmod(qPrintable(etc), 0711) == 0);
    QFile::link("deep/er/file", etc + "/link");
    addMount(b, {{"destination", "/etc"},
                 {"type", "tmpfs"},
                 {"source", "tmpfs"},
                 {"options", QJsonArray{"tmpcopyup", "size=1m"}}});
    b.setScript("cat /etc/link; ls -ln /etc/deep/er/file; ls -ld /etc; echo more >/etc/new");
    RunResult r = b.run("c");
    QVERIFY2(r.status == 0, r.err);
    QVERIFY2(r.out.startsWith("content\n-rwsr-xr-x    1 7        8"), r.out);
    DIFFERS("crun", "does not take over the directory's own mode");
    QVERIFY2(r.out.contains("drwx--x--x"), r.out);
    QVERIFY(!QFile::exists(etc + "/new"));
}

// The image decides what lies there: neither a link nor a pipe makes the copy read something else, or wait.
void TestRuntimeMounts::copiesNoLinkOut()
{
    Bundle b;
    QString etc = b.rootfs() + "/etc";
    QFile::link("/etc/hostname", etc + "/out");
    QVERIFY(::mkfifo(qPrintable(etc + "/pipe"), 0600) == 0);
    addMount(b,
             {{"destination", "/etc"}, {"type", "tmpfs"}, {"source", "tmpfs"}, {"options", QJsonArray{"tmpcopyup"}}});
    b.setScript("readlink /etc/out; cat /etc/out; ls -l /etc/pipe");
    RunResult r = b.run("c");
    DIFFERS("runc", "refuses an image with a pipe");
    QVERIFY2(r.out.startsWith("/etc/hostname\nprw"), r.out + r.err);
}

// A file of root looks like one of 1000 through the mount, and what 1000 makes there is root's.
void TestRuntimeMounts::mapsByOwnMaps()
{
    Bundle b;
    QDir().mkpath(b.path() + "/data");
    write(b.path() + "/data/f", "x");
    QVERIFY(::chmod(qPrintable(b.path() + "/data"), 0777) == 0);
    QJsonArray map{QJsonObject{{"containerID", 0}, {"hostID", 1000}, {"size", 10}}};
    addMount(b, {{"destination", "/data"},
                 {"type", "bind"},
                 {"source", b.path() + "/data"},
                 {"options", QJsonArray{"rbind"}},
                 {"uidMappings", map},
                 {"gidMappings", map}});
    b.edit("process", [](QJsonObject& p) { p["user"] = QJsonObject{{"uid", 1003}, {"gid", 1004}}; });
    b.setScript("ls -n /data/f; touch /data/made");
    RunResult r = b.run("c");
    if (r.err.contains("map the ids") || r.err.contains("Invalid argument"))
        QSKIP("the temporary directory's file system can't be mapped");
    QVERIFY2(r.status == 0, r.err);
    DIFFERS("runc", "1.1 has no mapped mounts");
    QVERIFY2(r.out.contains("1 1000     1000"), r.out);
    struct stat info = {};
    QVERIFY(::stat(qPrintable(b.path() + "/data/made"), &info) == 0);
    QCOMPARE(info.st_uid, 3u);
    QCOMPARE(info.st_gid, 4u);
}

void TestRuntimeMounts::mapsByTheContainers()
{
    Bundle b;
    b.useUserNamespace();
    QDir().mkpath(b.path() + "/data");
    QDir().mkpath(b.rootfs() + "/data"); // the mapped root may not make it
    write(b.path() + "/data/f", "x");
    addMount(b, {{"destination", "/data"},
                 {"type", "bind"},
                 {"source", b.path() + "/data"},
                 {"options", QJsonArray{"bind", "idmap"}}});
    b.setScript("ls -n /data/f");
    RunResult r = b.run("c");
    if (r.err.contains("map the ids"))
        QSKIP("the temporary directory's file system can't be mapped");
    QVERIFY2(r.status == 0, r.err);
    DIFFERS("runc", "1.1 has no mapped mounts");
    QVERIFY2(r.out.contains("1 0        0"), r.out); // without the map it would be 65534
}

void TestRuntimeMounts::refusesImpossibleMaps_data()
{
    QTest::addColumn<QJsonObject>("mount");
    QTest::addColumn<QString>("text");
    QJsonArray map{QJsonObject{{"containerID", 0}, {"hostID", 1000}, {"size", 10}}};
    QTest::newRow("no map") << QJsonObject{{"type", "bind"},
                                           {"source", "/tmp"},
                                           {"options", QJsonArray{"bind", "idmap"}}}
                            << "needs uidMappings";
    QTest::newRow("half") << QJsonObject{{"type", "bind"}, {"source", "/tmp"}, {"uidMappings", map}} << "uidMappings";
    QTest::newRow("tmpfs") << QJsonObject{{"type", "tmpfs"}, {"source", "tmpfs"}, {"options", QJsonArray{"idmap"}}}
                           << "only bind mounts";
    QTest::newRow("copy") << QJsonObject{{"type", "bind"}, {"source", "/tmp"}, {"options", QJsonArray{"tmpcopyup"}}}
                          << "for a tmpfs";
}

void TestRuntimeMounts::refusesImpossibleMaps()
{
    if (!Bundle::isOurs())
        QSKIP("the words of diptych-run");
    QFETCH(QJsonObject, mount);
    QFETCH(QString, text);
    Bundle b;
    mount["destination"] = "/data";
    addMount(b, mount);
    RunResult r = b.run("c");
    QCOMPARE(r.status, 1);
    QVERIFY2(r.err.contains("mounts[7]") && r.err.contains(text.toUtf8()), r.err);
    QVERIFY(!QFile::exists(b.stateOf("c")));
}

// "rro": read-only down to what is mounted below; "ro" alone leaves that writable.
void TestRuntimeMounts::recursiveAttributes()
{
    Bundle b;
    QString data = b.path() + "/data";
    QDir().mkpath(data + "/below");
    QVERIFY(::mount("below", qPrintable(data + "/below"), "tmpfs", 0, "size=64k") == 0);
    auto result = [&](const char* word) {
        addMount(
            b, {{"destination", "/data"}, {"type", "bind"}, {"source", data}, {"options", QJsonArray{"rbind", word}}});
        b.setScript("touch /data/below/x && echo written; exit 0");
        return b.run("c");
    };
    RunResult plain = result("ro"), recursive = result("rro");
    (void)::umount2(qPrintable(data + "/below"), MNT_DETACH);
    QVERIFY2(plain.out.contains("written"), plain.err);
    QVERIFY2(recursive.status == 0 && !recursive.out.contains("written"), recursive.out + recursive.err);
}

// How many mounts at or below the bundle a process sees.
static int mountsIn(const Bundle& b, qint64 pid)
{
    return static_cast<int>(readAll(QString("/proc/%1/mountinfo").arg(pid)).count(" " + b.rootfs().toUtf8()));
}

static void shareMounts(Bundle& b, qint64 joined)
{
    b.setNamespaces({"pid", "network", "ipc", "uts"});
    if (joined > 0)
        b.edit("linux", [&](QJsonObject& l) {
            QJsonArray all = l["namespaces"].toArray();
            all.append(QJsonObject{{"type", "mount"}, {"path", QString("/proc/%1/ns/mnt").arg(joined)}});
            l["namespaces"] = all;
        });
}

void TestRuntimeMounts::sharedNamespace_data()
{
    QTest::addColumn<bool>("joined");
    QTest::newRow("the runtime's") << false;
    QTest::newRow("one joined by path") << true;
}

// The mounts are there for all who live in it, exec is in the container all the same, and delete leaves nothing.
void TestRuntimeMounts::sharedNamespace()
{
    QFETCH(bool, joined);
    if (!Bundle::isOurs())
        QSKIP("crun leaves its mounts and moves the root of a joined namespace, runc refuses");
    Bundle b;
    QProcess other;
    other.start("unshare", {"--mount", "--propagation", "private", "sleep", "1000"});
    QVERIFY(other.waitForStarted() &&
            waitUntil([&] { return readAll(QString("/proc/%1/comm").arg(other.processId())) == "sleep\n"; }));
    qint64 inside = joined ? other.processId() : getpid(), outside = joined ? getpid() : other.processId();
    shareMounts(b, joined ? other.processId() : 0);
    QByteArray before = readAll(QString("/proc/%1/mountinfo").arg(inside));
    QFile rooted(QString("/proc/%1/root/bin").arg(inside));
    b.setArgs({"sleep", "1000"});
    RunResult made = b.create("s");
    QVERIFY2(made.status == 0, made.err);
    QCOMPARE(b.call({"start", "s"}).status, 0);
    QVERIFY(mountsIn(b, inside) > 5);
    QCOMPARE(mountsIn(b, outside), 0);
    QCOMPARE(b.call({"exec", "s", "/bin/sh", "-c", "ls -d /bin/busybox /bin/../usr/lib 2>&1; ls /proc/self/root"}).out,
             b.call({"exec", "s", "/bin/sh", "-c", "ls -d /bin/busybox /bin/../usr/lib 2>&1; ls /"}).out);
    QVERIFY(b.call({"exec", "s", "/bin/ls", "/usr/lib/os-release"}).status != 0); // the host's root would have it
    QCOMPARE(b.call({"delete", "--force", "s"}).status, 0);
    QCOMPARE(readAll(QString("/proc/%1/mountinfo").arg(inside)), before);
    QVERIFY(rooted.exists()); // its own root has not moved
    other.kill();
    other.waitForFinished();
    if (joined)
        QVERIFY2(b.run("s").err.contains("linux.namespaces mount"), "a namespace that has gone");
}

void TestRuntimeMounts::killedInASharedNamespace()
{
    if (!Bundle::isOurs())
        QSKIP("what this runtime promises beyond the specification");
    Bundle b;
    shareMounts(b, 0);
    QByteArray before = readAll("/proc/self/mountinfo");
    for (int i = 0; i < 20; ++i) {
        b.write("k");
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(Bundle::runtime(), {"--root", b.stateRoot(), "run", "--bundle", b.path(), "k"});
        process.waitForStarted();
        QThread::usleep(static_cast<unsigned long>(i) * 700);
        process.kill();
        process.waitForFinished();
        (void)b.call({"delete", "--force", "k"});
        QCOMPARE(readAll("/proc/self/mountinfo"), before);
        QVERIFY(!QFile::exists(b.stateOf("k")));
    }
}

void TestRuntimeMounts::newUserInASharedNamespace()
{
    if (!Bundle::isOurs())
        QSKIP("what this runtime promises beyond the specification");
    Bundle b;
    b.useUserNamespace();
    b.edit("linux", [](QJsonObject& l) {
        QJsonArray some;
        for (const QJsonValue& one : l["namespaces"].toArray())
            if (one["type"] != QJsonValue("mount"))
                some.append(one);
        l["namespaces"] = some;
    });
    RunResult r = b.run("u");
    QVERIFY2(r.status == 1 && r.err.contains("linux.namespaces: a new user namespace"), r.err);
}

QTEST_GUILESS_MAIN(TestRuntimeMounts)
#include "tst_runtime_mounts.moc"
