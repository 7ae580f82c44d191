// The systemd cgroup driver: on a private bus with a pretended systemd, or on the machine's own where it runs.
#include "bundle.h"

class TestRuntimeSystemd : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void scope();
    void limitsReachSystemd();
    void failures_data();
    void failures();
    void refusesBadPaths_data();
    void refusesBadPaths();
    void withoutBus();
    void realSystemd();

private:
    bool startSystemd(const QString& result = "done");
    QJsonArray calls(const QString& method) const;
    static QJsonObject properties(const QJsonArray& pairs);
    QString cgroup() const { return QString("/sys/fs/cgroup%1/diptych/systemd-%2").arg(m_unified).arg(getpid()); }
    static bool hasSystemd() { return QFile::exists("/run/systemd/system"); }

    std::unique_ptr<QTemporaryDir> m_directory;
    QProcess m_bus, m_systemd;
    QString m_unified = QFile::exists("/sys/fs/cgroup/unified") ? "/unified" : "";
};

void TestRuntimeSystemd::initTestCase()
{
    if (geteuid() != 0 || !Bundle::isOurs())
        QSKIP("needs root, and is about diptych-run");
    if (!QFile::exists("/sys/fs/cgroup" + m_unified + "/cgroup.controllers"))
        QSKIP("no cgroup v2 is mounted");
}

void TestRuntimeSystemd::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir().mkpath(cgroup()));
    QString address = "unix:path=" + m_directory->path() + "/bus";
    QFile config(m_directory->path() + "/bus.conf");
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("<busconfig><listen>" + address.toLatin1() +
                 "</listen><auth>EXTERNAL</auth><policy context=\"default\"><allow send_destination=\"*\"/><allow "
                 "eavesdrop=\"false\"/><allow own=\"*\"/></policy></busconfig>");
    config.close();
    m_bus.start("dbus-daemon", {"--nofork", "--config-file", config.fileName()});
    if (!m_bus.waitForStarted())
        QSKIP("needs dbus-daemon");
    QVERIFY(waitUntil([&] { return QFile::exists(m_directory->path() + "/bus"); }));
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", address.toLatin1());
}

void TestRuntimeSystemd::cleanup()
{
    for (QProcess* process : {&m_systemd, &m_bus}) {
        process->kill();
        process->waitForFinished();
    }
    qunsetenv("DBUS_SYSTEM_BUS_ADDRESS");
    // In every hierarchy of a hybrid machine, not only where systemd put it.
    const QString own = QString("*/diptych/systemd-%1").arg(getpid());
    QProcess::execute("find", {"/sys/fs/cgroup", "-depth", "-type", "d", "(", "-path", own, "-o", "-path", own + "/*",
                               ")", "-exec", "rmdir", "{}", "+"});
    QVERIFY(!QFile::exists(cgroup()));
}

bool TestRuntimeSystemd::startSystemd(const QString& result)
{
    m_systemd.start(DIPTYCH_SOURCE "/tests/runtime/fake-systemd", {qEnvironmentVariable("DBUS_SYSTEM_BUS_ADDRESS"),
                                                                   m_directory->path() + "/calls", cgroup(), result});
    return waitUntil([&] { return m_systemd.waitForReadyRead(100) || m_systemd.state() == QProcess::NotRunning; }) &&
           m_systemd.state() != QProcess::NotRunning;
}

QJsonArray TestRuntimeSystemd::calls(const QString& method) const
{
    QJsonArray all;
    for (const QByteArray& line : readAll(m_directory->path() + "/calls").split('\n'))
        if (QJsonObject call = QJsonDocument::fromJson(line).object(); call["method"] == method)
            all.append(call["arguments"]);
    return all;
}

QJsonObject TestRuntimeSystemd::properties(const QJsonArray& pairs)
{
    QJsonObject all;
    for (const QJsonValue& pair : pairs)
        all[pair.toArray()[0].toString()] = pair.toArray()[1];
    return all;
}

void TestRuntimeSystemd::scope()
{
    if (!startSystemd())
        QSKIP("needs python3-gi");
    Bundle b;
    b.setScript("sleep 1000");
    b.setCgroupsPath("machine.slice:podman:web+1");
    b.setMember(
        "linux", "resources",
        QJsonObject{
            {"devices",
             QJsonArray{
                 QJsonObject{{"allow", false}, {"access", "rwm"}},
                 QJsonObject{{"allow", true}, {"type", "c"}, {"major", 10}, {"minor", 200}, {"access", "rw"}}}}});
    RunResult r = b.create("c", {"--systemd-cgroup"});
    QVERIFY2(r.status == 0, r.err);
    QCOMPARE(calls("Subscribe").size(), 1);
    QCOMPARE(calls("StartTransientUnit").size(), 1);
    QJsonArray arguments = calls("StartTransientUnit")[0].toArray();
    QString unit = "podman-web\\x2b1.scope";
    QCOMPARE(arguments[0].toString(), unit);
    QCOMPARE(arguments[1].toString(), QString("fail"));
    QCOMPARE(arguments[3].toArray(), QJsonArray());
    QJsonObject p = properties(arguments[2].toArray());
    QCOMPARE(p["Slice"].toString(), QString("machine.slice"));
    QCOMPARE(p["Delegate"].toBool(), true);
    QCOMPARE(p["PIDs"].toArray(), QJsonArray{b.pid("c")});
    QCOMPARE(p["DevicePolicy"].toString(), QString("strict"));
    QVERIFY(p["DeviceAllow"].toArray().contains(QJsonArray{"/dev/char/10:200", "rw"}));
    // Where systemd put it, in all hierarchies.
    QByteArray groups = readAll(QString("/proc/%1/cgroup").arg(b.pid("c")));
    QVERIFY2(groups.contains("0::/diptych/systemd-" + QByteArray::number(getpid()) + "/" + unit.toLatin1()), groups);
    if (QFile::exists("/sys/fs/cgroup/pids"))
        QVERIFY2(groups.contains("pids:/diptych/systemd-" + QByteArray::number(getpid()) + "/" + unit.toLatin1()),
                 groups);
    QCOMPARE(b.state("c")["systemd-scope"].toString(), unit);
    QCOMPARE(b.call({"start", "c"}).status, 0);
    QCOMPARE(b.call({"exec", "c", "true"}).status, 0);
    QCOMPARE(b.call({"pause", "c"}).status, 0);
    QCOMPARE(b.call({"resume", "c"}).status, 0);
    QCOMPARE(b.call({"kill", "c", "KILL"}).status, 0);
    QVERIFY(b.waitForStatus("c", "stopped"));
    QCOMPARE(b.call({"delete", "c"}).status, 0);
    QCOMPARE(calls("StopUnit").size(), 1);
    QVERIFY(!QFile::exists(cgroup() + "/" + unit));
}

void TestRuntimeSystemd::limitsReachSystemd()
{
    if (!startSystemd())
        QSKIP("needs python3-gi");
    Bundle b;
    b.setScript("sleep 1000");
    b.setCgroupsPath("");
    QJsonObject limits{{"memory", QJsonObject{{"limit", 64 << 20}}},
                       {"pids", QJsonObject{{"limit", 30}}},
                       {"cpu", QJsonObject{{"quota", 25000}, {"period", 100000}, {"shares", 1024}}}};
    b.setMember("linux", "resources", limits);
    RunResult r = b.create("c", {"--systemd-cgroup"});
    QVERIFY2(r.status == 0, r.err);
    QJsonArray arguments = calls("StartTransientUnit")[0].toArray();
    QCOMPARE(arguments[0].toString(), QString("diptych-run-c.scope"));
    QJsonObject p = properties(arguments[2].toArray());
    QCOMPARE(p["Slice"].toString(), QString("system.slice"));
    QCOMPARE((p.contains("MemoryMax") ? p["MemoryMax"] : p["MemoryLimit"]).toDouble(), double(64 << 20));
    QCOMPARE(p["TasksMax"].toInt(), 30);
    QCOMPARE(p["CPUQuotaPerSecUSec"].toInt(), 250000);
    QVERIFY(p.contains("CPUWeight") || p["CPUShares"].toInt() == 1024);
    QCOMPARE(b.call({"start", "c"}).status, 0);
    r = b.call({"update", "--pids-limit", "40", "c"});
    QVERIFY2(r.status == 0, r.err);
    QCOMPARE(calls("SetUnitProperties")[0].toArray()[0].toString(), QString("diptych-run-c.scope"));
    QCOMPARE(properties(calls("SetUnitProperties")[0].toArray()[2].toArray())["TasksMax"].toInt(), 40);
}

void TestRuntimeSystemd::failures_data()
{
    QTest::addColumn<QString>("result");
    QTest::addColumn<QString>("text");
    QTest::newRow("job fails") << "failed"
                               << "ended with \"failed\"";
    QTest::newRow("unit exists") << "exists"
                                 << "already exists";
}

void TestRuntimeSystemd::failures()
{
    QFETCH(QString, result);
    QFETCH(QString, text);
    if (!startSystemd(result))
        QSKIP("needs python3-gi");
    Bundle b;
    b.setCgroupsPath("system.slice:x:y");
    RunResult r = b.run("c", {"--systemd-cgroup"});
    QVERIFY2(r.status == 1 && r.err.contains("linux.cgroupsPath") && r.err.contains(text.toUtf8()), r.err);
    QVERIFY(!QFile::exists(b.stateOf("c")));
    QCOMPARE(calls("StopUnit").size(), 0); // it is another's
}

void TestRuntimeSystemd::refusesBadPaths_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("plain") << "/diptych/x";
    QTest::newRow("two parts") << "a.slice:b";
    QTest::newRow("no slice") << "machine:podman:x";
    QTest::newRow("a path as slice") << "../a.slice:b:c";
    QTest::newRow("no name") << "a.slice:b:";
}

void TestRuntimeSystemd::refusesBadPaths()
{
    QFETCH(QString, path);
    Bundle b;
    b.setCgroupsPath(path);
    RunResult r = b.run("c", {"--systemd-cgroup"});
    QVERIFY2(r.status == 1 && r.err.contains("linux.cgroupsPath"), r.err);
    QVERIFY(!QFile::exists(b.stateOf("c")));
}

void TestRuntimeSystemd::withoutBus()
{
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    Bundle b;
    b.setCgroupsPath("");
    RunResult r = b.run("c", {"--systemd-cgroup"});
    QVERIFY2(r.status == 1 && r.err.contains("/nonexistent/bus"), r.err);
    QVERIFY(!QFile::exists(b.stateOf("c")));
}

void TestRuntimeSystemd::realSystemd()
{
    if (!hasSystemd())
        QSKIP("systemd does not run here");
    qunsetenv("DBUS_SYSTEM_BUS_ADDRESS");
    Bundle b;
    b.setScript("sleep 1000");
    b.setCgroupsPath(QString("machine.slice:diptych:%1").arg(getpid()));
    b.setMember("linux", "resources",
                QJsonObject{{"pids", QJsonObject{{"limit", 30}}}, {"memory", QJsonObject{{"limit", 64 << 20}}}});
    RunResult r = b.create("c", {"--systemd-cgroup"});
    QVERIFY2(r.status == 0, r.err);
    QCOMPARE(b.call({"start", "c"}).status, 0);
    QString unit = b.state("c")["systemd-scope"].toString();
    auto show = [&](const char* property) {
        QProcess process;
        process.start("systemctl", {"show", "-P", property, unit});
        process.waitForFinished();
        return process.readAllStandardOutput().trimmed();
    };
    QCOMPARE(show("ActiveState"), QByteArray("active"));
    QCOMPARE(show("TasksMax"), QByteArray("30"));
    QCOMPARE(show("Delegate"), QByteArray("yes"));
    QCOMPARE(b.call({"update", "--pids-limit", "40", "c"}).status, 0);
    QProcess::execute("systemctl", {"daemon-reload"});
    QByteArray group = show("ControlGroup");
    QCOMPARE(readAll("/sys/fs/cgroup" + QString::fromLatin1(group) + "/pids.max").trimmed(), QByteArray("40"));
    QCOMPARE(b.call({"exec", "c", "true"}).status, 0);
    QCOMPARE(b.call({"delete", "--force", "c"}).status, 0);
    QVERIFY(waitUntil([&] { return show("LoadState") == "not-found"; }));
    QVERIFY(!QFile::exists("/sys/fs/cgroup" + QString::fromLatin1(group)));
}

QTEST_GUILESS_MAIN(TestRuntimeSystemd)
#include "tst_runtime_systemd.moc"
