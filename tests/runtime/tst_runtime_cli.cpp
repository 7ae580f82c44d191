// The command line beside crun's and runc's: what they take and print, ours takes and prints.
#include "bundle.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QStandardPaths>

class TestRuntimeCli : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void knowsEveryFlag_data();
    void knowsEveryFlag();
    void exitCodes_data();
    void exitCodes();
    void printsTheSame_data();
    void printsTheSame();
    void spec();
    void features();
    void otherConfig();
    void regex();
    void subgroups();
    void psOptions();
    void logs();
    void events();
    void tellsOutOfMemory();
    void update();
    void damagedState();
    void anothersGroup();
    void checkpointNeedsCriu();

private:
    static QString ours() { return QStringLiteral(DIPTYCH_BIN "/diptych-run"); }
    static QString peer(const QString& name);
    static QString cgroupFile(const QString& id, const QString& controller, const QString& file);
    static void runs(Bundle& b, const QString& id, const QString& script = "exec sleep 1000");
};

#define PEER(name)                                                                                                     \
    QString program = peer(name);                                                                                      \
    if (program.isEmpty())                                                                                             \
    QSKIP("not installed")

// crun does not run where v2 has a controller beside v1's: it gets a name space of its own, in which v2 is hidden.
QString TestRuntimeCli::peer(const QString& name)
{
    QString path = QStandardPaths::findExecutable(name, {"/usr/bin", "/usr/sbin"});
    if (path.isEmpty() || name != "crun" || !QFile::exists("/sys/fs/cgroup/unified"))
        return path;
    static QTemporaryDir directory;
    QFile script(directory.filePath("crun"));
    if (!script.exists() && script.open(QIODevice::WriteOnly)) {
        script.write("#!/bin/sh\nexec unshare -m sh -c 'umount /sys/fs/cgroup/unified; exec " + path.toLocal8Bit() +
                     " \"$@\"' crun \"$@\"\n");
        script.setPermissions(QFile::Permissions(0x7755));
    }
    return script.fileName();
}

QString TestRuntimeCli::cgroupFile(const QString& id, const QString& controller, const QString& file)
{
    QString v1 = "/sys/fs/cgroup/" + controller + Bundle::cgroup(id) + "/" + file;
    return QFile::exists(v1) ? v1 : "/sys/fs/cgroup" + Bundle::cgroup(id) + "/" + file;
}

void TestRuntimeCli::runs(Bundle& b, const QString& id, const QString& script)
{
    b.setScript(script);
    RunResult r = b.create(id);
    QVERIFY2(r.status == 0, r.err);
    QCOMPARE(b.call({"start", id}).status, 0);
}

void TestRuntimeCli::initTestCase()
{
    if (geteuid() != 0 || !Bundle::isOurs())
        QSKIP("needs root, and compares by itself");
}

static QStringList flagsIn(const QByteArray& help)
{
    QStringList flags;
    QRegularExpression pattern("^\\s*(?:-.,\\s*)*--([a-z][a-z0-9-]*)", QRegularExpression::MultilineOption);
    for (auto i = pattern.globalMatch(QString::fromLocal8Bit(help)); i.hasNext();)
        flags.append(i.next().captured(1));
    return flags;
}

void TestRuntimeCli::knowsEveryFlag_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("verb");
    for (const char* verb : {"", "create", "run", "start", "state", "kill", "delete", "exec", "update", "ps", "list",
                             "pause", "resume", "spec"})
        for (const char* name : {"crun", "runc"})
            QTest::addRow("%s %s", name, verb) << name << verb;
    for (const char* verb : {"events", "features", "checkpoint", "restore"})
        QTest::addRow("runc %s", verb) << "runc" << verb;
}

void TestRuntimeCli::knowsEveryFlag()
{
    QFETCH(QString, name);
    QFETCH(QString, verb);
    PEER(name);
    QStringList words = verb.isEmpty() ? QStringList{"--help"} : QStringList{verb, "--help"};
    QProcess process;
    process.start(program, words);
    QVERIFY(process.waitForFinished());
    QByteArray theirs = process.readAllStandardOutput();
    process.start(ours(), words);
    QVERIFY(process.waitForFinished());
    QStringList known = flagsIn(process.readAllStandardOutput());
    for (const QString& flag : flagsIn(theirs))
        if (flag != "help" && flag != "usage")
            QVERIFY2(known.contains(flag), qPrintable(verb + " --" + flag));
}

void TestRuntimeCli::exitCodes_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QStringList>("others"); // who agrees
    QStringList both{"crun", "runc"};
    QTest::newRow("start running") << QStringList{"start", "c"} << both;
    QTest::newRow("delete running") << QStringList{"delete", "c"} << both;
    QTest::newRow("delete missing") << QStringList{"delete", "nothere"} << both;
    QTest::newRow("delete --force missing") << QStringList{"delete", "--force", "nothere"} << both;
    QTest::newRow("kill missing") << QStringList{"kill", "nothere"} << both;
    QTest::newRow("kill with no such signal") << QStringList{"kill", "c", "NOSUCH"} << QStringList{"runc"};
    QTest::newRow("state missing") << QStringList{"state", "nothere"} << both;
    QTest::newRow("state of two") << QStringList{"state", "c", "d"} << both;
    QTest::newRow("create without an id") << QStringList{"create"} << both;
    QTest::newRow("exec of what is not there") << QStringList{"exec", "c", "/bin/nothere"} << both;
    QTest::newRow("exec's own status") << QStringList{"exec", "c", "/bin/sh", "-c", "exit 42"} << both;
    QTest::newRow("exec killed") << QStringList{"exec", "c", "/bin/sh", "-c", "kill -9 $$"} << both;
    QTest::newRow("exec without a command") << QStringList{"exec", "c"} << QStringList{"runc"};
    QTest::newRow("exec in none") << QStringList{"exec", "nothere", "true"} << QStringList{"runc"};
    QTest::newRow("update nonsense") << QStringList{"update", "--memory", "much", "c"} << both;
    QTest::newRow("unknown flag") << QStringList{"create", "--nonsense", "x"} << QStringList{"runc"};
    QTest::newRow("unknown verb") << QStringList{"dance"} << QStringList{"crun"};
    QTest::newRow("resume what runs") << QStringList{"resume", "c"} << QStringList{"runc"};
    QTest::newRow("ps") << QStringList{"ps", "c"} << both;
    QTest::newRow("list") << QStringList{"list"} << both;
    QTest::newRow("kill 0") << QStringList{"kill", "c", "0"} << QStringList{};
}

void TestRuntimeCli::exitCodes()
{
    QFETCH(QStringList, words);
    QFETCH(QStringList, others);
    auto statusOf = [&](const QString& program) {
        Bundle b;
        b.useProgram(program);
        runs(b, "c");
        return b.call(words).status;
    };
    int mine = statusOf(ours());
    for (const QString& name : others)
        if (QString program = peer(name); !program.isEmpty())
            QVERIFY2(statusOf(program) == mine, qPrintable(QString("%1, %2").arg(name).arg(mine)));
}

void TestRuntimeCli::printsTheSame_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("crun") << "crun";
    QTest::newRow("runc") << "runc";
}

static QStringList words(const QByteArray& line)
{
    return QString::fromLocal8Bit(line).split(QRegularExpression("\\s{2,}|\\s(?=[A-Z]+)"), Qt::SkipEmptyParts);
}

// Every member of theirs is in ours, with the same type and, where that does not depend on whom was asked, the same
// value.
static void compareObjects(const QJsonObject& theirs, const QJsonObject& mine, const QString& what)
{
    for (auto i = theirs.begin(); i != theirs.end(); ++i) {
        if (i.key() == "systemd-scope")
            continue; // crun's own
        QVERIFY2(mine.contains(i.key()), qPrintable(what + ": " + i.key()));
        QCOMPARE(mine[i.key()].type(), i.value().type());
        if (QStringList{"id", "status"}.contains(i.key()))
            QCOMPARE(mine[i.key()], i.value());
    }
}

void TestRuntimeCli::printsTheSame()
{
    QFETCH(QString, name);
    PEER(name);
    Bundle mine, theirs;
    theirs.useProgram(program);
    for (Bundle* b : {&mine, &theirs}) {
        QCOMPARE(b->call({"list", "-q"}).out.trimmed(), QByteArray());
        runs(*b, "c");
    }
    for (const char* phase : {"running", "stopped"}) {
        auto state = [&](Bundle& b) { return QJsonDocument::fromJson(b.call({"state", "c"}).out).object(); };
        auto list = [&](Bundle& b) { return QJsonDocument::fromJson(b.call({"list", "-f", "json"}).out).array(); };
        QCOMPARE(mine.status("c"), QString(phase));
        compareObjects(state(theirs), state(mine), "state");
        QCOMPARE(list(mine).size(), 1);
        compareObjects(list(theirs)[0].toObject(), list(mine)[0].toObject(), "list");
        QCOMPARE(mine.call({"list", "--quiet"}).out, theirs.call({"list", "--quiet"}).out);
        for (Bundle* b : {&mine, &theirs}) {
            (void)b->call({"kill", "c", "KILL"});
            QVERIFY(b->waitForStatus("c", "stopped"));
        }
    }
    QStringList columns = words(mine.call({"list"}).out.split('\n').first());
    QStringList others = words(theirs.call({"list"}).out.split('\n').first());
    others.replaceInStrings(QRegularExpression("^NAME$"), "ID");
    others.removeAll("PATH"); // crun: "BUNDLE PATH"
    QCOMPARE(columns, others);
}

void TestRuntimeCli::spec()
{
    PEER("runc");
    QTemporaryDir a, b;
    for (const QStringList& more : {QStringList(), QStringList{"--rootless"}}) {
        QProcess::execute(program, QStringList{"spec", "--bundle", a.path()} + more);
        QCOMPARE(QProcess::execute(ours(), QStringList{"spec", "--file", b.path() + "/other.json"} + more), 0);
        QJsonObject theirs = QJsonDocument::fromJson(readAll(a.path() + "/config.json")).object();
        QJsonObject mine = QJsonDocument::fromJson(readAll(b.path() + "/other.json")).object();
        auto kinds = [](const QJsonObject& config) {
            QStringList all;
            for (const QJsonValue& ns : config["linux"].toObject()["namespaces"].toArray())
                all.append(ns.toObject()["type"].toString());
            all.sort();
            return all;
        };
        QCOMPARE(mine.keys(), theirs.keys());
        QCOMPARE(mine["process"].toObject().keys(), theirs["process"].toObject().keys());
        QCOMPARE(kinds(mine), kinds(theirs));
        QCOMPARE(mine["linux"].toObject()["uidMappings"], theirs["linux"].toObject()["uidMappings"]);
        QFile::remove(a.path() + "/config.json");
        QFile::remove(b.path() + "/other.json");
    }
    // Nothing is written over.
    QCOMPARE(QProcess::execute(ours(), {"spec", "--bundle", b.path()}), 0);
    QCOMPARE(QProcess::execute(ours(), {"spec", "--bundle", b.path()}), 1);
}

void TestRuntimeCli::features()
{
    PEER("runc");
    auto ask = [](const QString& who) {
        QProcess process;
        process.start(who, {"features"});
        process.waitForFinished();
        return QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    };
    QJsonObject theirs = ask(program), mine = ask(ours());
    auto contains = [](const QJsonArray& all, const QJsonArray& some) {
        for (const QJsonValue& one : some)
            if (!all.contains(one) && one.toString() != "remount")
                return false;
        return true;
    };
    QVERIFY(contains(mine["hooks"].toArray(), theirs["hooks"].toArray()));
    QVERIFY(contains(mine["mountOptions"].toArray(), theirs["mountOptions"].toArray()));
    QJsonObject a = theirs["linux"].toObject(), b = mine["linux"].toObject();
    QVERIFY(contains(b["namespaces"].toArray(), a["namespaces"].toArray()));
    QVERIFY(contains(b["capabilities"].toArray(), a["capabilities"].toArray()));
    for (const char* list : {"actions", "operators", "archs"})
        QVERIFY2(contains(b["seccomp"].toObject()[list].toArray(), a["seccomp"].toObject()[list].toArray()), list);
}

void TestRuntimeCli::otherConfig()
{
    Bundle b;
    b.setScript("echo from elsewhere");
    b.write("c");
    QVERIFY(QFile::rename(b.path() + "/config.json", b.path() + "/other"));
    RunResult r = b.call({"run", "--bundle", b.path(), "--config", b.path() + "/other", "c"});
    QVERIFY2(r.out == "from elsewhere\n", r.err);
    r = b.call({"run", "--bundle", b.path(), "--config", b.path() + "/nothing", "c"});
    QVERIFY2(r.status == 1 && r.err.contains("--config"), r.err);
}

void TestRuntimeCli::regex()
{
    Bundle b;
    for (const char* id : {"web-1", "web-2", "db"})
        runs(b, id);
    QCOMPARE(b.call({"kill", "--regex", "^web-", "KILL"}).status, 0);
    QVERIFY(b.waitForStatus("web-1", "stopped") && b.waitForStatus("web-2", "stopped"));
    QCOMPARE(b.status("db"), QString("running"));
    QCOMPARE(b.call({"delete", "--regex", "web-[12]"}).status, 0);
    QCOMPARE(b.call({"list", "-q"}).out, QByteArray("db\n"));
    QVERIFY(b.call({"delete", "--regex", "("}).err.contains("--regex"));
}

void TestRuntimeCli::subgroups()
{
    Bundle b;
    runs(b, "c");
    QString group = QFileInfo(cgroupFile("c", "pids", "cgroup.procs")).path();
    QVERIFY(QDir().mkdir(group + "/below"));
    RunResult r = b.call({"exec", "--cgroup", "below", "c", "cat", "/proc/self/cgroup"});
    QVERIFY2(r.status == 0 && r.out.contains("/below\n"), r.out + r.err);
    r = b.call({"exec", "--cgroup", "pids:below", "c", "cat", "/proc/self/cgroup"});
    if (QFile::exists("/sys/fs/cgroup/pids"))
        QVERIFY2(r.status == 0 && r.out.contains("pids:/below\n") && r.out.count("/below") == 1, r.out + r.err);
    for (const char* path : {"../other", "below/../../other", "missing", "/"}) {
        r = b.call({"exec", "--cgroup", path, "c", "true"});
        QVERIFY2(r.status == 255 && r.err.contains("--cgroup"), r.err);
    }
}

void TestRuntimeCli::psOptions()
{
    Bundle b;
    runs(b, "c");
    RunResult r = b.call({"ps", "c", "-eo", "comm,pid"});
    QVERIFY2(r.out.startsWith("COMMAND") && r.out.contains("sleep") && r.out.count('\n') == 2, r.out + r.err);
    r = b.call({"ps", "c", "-eo", "comm"});
    QVERIFY2(r.status == 1 && r.err.contains("PID"), r.err);
    QVERIFY(b.call({"ps", "--format", "xml", "c"}).err.contains("--format"));
}

void TestRuntimeCli::logs()
{
    Bundle b;
    QString log = b.path() + "/log";
    QVERIFY(b.call({"--log", log, "--log-format", "json", "state", "nothere"}).status == 1);
    QJsonObject line = QJsonDocument::fromJson(readAll(log)).object();
    QCOMPARE(line["level"].toString(), QString("error"));
    QVERIFY(line["msg"].toString().contains("nothere"));
    QVERIFY(QDateTime::fromString(line["time"].toString(), Qt::ISODate).isValid());
    QVERIFY(b.call({"--log", "file:" + log + "2", "state", "nothere"}).status == 1);
    QVERIFY(readAll(log + "2").contains("level=error msg="));
    QVERIFY(b.call({"--log-format", "xml", "list"}).err.contains("--log-format"));
}

void TestRuntimeCli::events()
{
    PEER("runc");
    Bundle mine, theirs;
    theirs.useProgram(program);
    auto figures = [&](Bundle& b) {
        runs(b, "c");
        return QJsonDocument::fromJson(b.call({"events", "--stats", "c"}).out).object();
    };
    QJsonObject a = figures(theirs), b = figures(mine);
    QCOMPARE(b["type"], a["type"]);
    QCOMPARE(b["id"], a["id"]);
    QJsonObject cpu = b["data"].toObject()["cpu"].toObject()["usage"].toObject();
    for (const char* key : {"total", "kernel", "user"})
        QVERIFY2(cpu.contains(key), key);
    QVERIFY(cpu["total"].toDouble() > 0);
    QJsonObject memory = b["data"].toObject()["memory"].toObject();
    QVERIFY(memory["usage"].toObject()["usage"].toDouble() > 0);
    QVERIFY(!memory["raw"].toObject().isEmpty());
    QCOMPARE(b["data"].toObject()["pids"].toObject()["current"].toInt(), 1);
}

// Soon, not with the next figures a minute later.
void TestRuntimeCli::tellsOutOfMemory()
{
    Bundle b;
    b.setMember("linux", "resources", QJsonObject{{"memory", QJsonObject{{"limit", 20 << 20}, {"swap", 20 << 20}}}});
    runs(b, "c", "cat /proc/1/comm; sleep 1; dd if=/dev/zero of=/dev/null bs=64M count=1; exec sleep 1000");
    QProcess process;
    process.start(ours(), {"--root", b.stateRoot(), "events", "--interval", "60s", "c"});
    QVERIFY(waitUntil([&] {
        process.waitForReadyRead(100);
        return process.peek(1 << 16).contains("\"type\":\"oom\"");
    }));
    QCOMPARE(b.call({"kill", "c", "KILL"}).status, 0);
    QVERIFY(process.waitForFinished(5000));
}

void TestRuntimeCli::update()
{
    Bundle b;
    runs(b, "c");
    auto value = [&](const char* controller, const char* v1, const char* v2) {
        QByteArray text = readAll(cgroupFile("c", controller, v1)).trimmed();
        return text.isEmpty() ? readAll(cgroupFile("c", controller, v2)).trimmed() : text;
    };
    RunResult r = b.call({"update", "--memory", "64m", "--pids-limit", "20", "--cpu-quota", "50000", "--cpu-period",
                          "100000", "--cpu-burst", "10000", "--cpu-share", "512", "--cpuset-cpus", "0", "c"});
    QVERIFY2(r.status == 0, r.err);
    QCOMPARE(value("memory", "memory.limit_in_bytes", "memory.max"), QByteArray("67108864"));
    QCOMPARE(value("pids", "pids.max", "pids.max"), QByteArray("20"));
    QVERIFY(value("cpu", "cpu.cfs_quota_us", "cpu.max").startsWith("50000"));
    QCOMPARE(value("cpu", "cpu.cfs_burst_us", "cpu.max.burst"), QByteArray("10000"));
    QCOMPARE(value("cpuset", "cpuset.cpus", "cpuset.cpus"), QByteArray("0"));
    r = b.call({"update", "--cpu-idle", "1", "c"});
    QVERIFY2(r.status == 0 && value("cpu", "cpu.idle", "cpu.idle") == "1", r.err);
    r = b.call({"update", "-r", "-", "c"}, R"({"memory": {"limit": 100000, "checkBeforeUpdate": true}})");
    QVERIFY2(r.status == 1 && r.err.contains("memory.limit"), r.err);
    r = b.call({"update", "-r", "-", "c"}, R"({"pids": {"limit": "many"}})");
    QVERIFY2(r.status == 1 && r.err.contains("resources.pids.limit"), r.err);
    r = b.call({"update", "--l3-cache-schema", "x", "c"});
    QVERIFY2(r.status == 1 && r.err.contains("RDT"), r.err);
    QCOMPARE(value("pids", "pids.max", "pids.max"), QByteArray("20"));
}

// It is listed, and delete --force takes it away with its processes and groups.
void TestRuntimeCli::damagedState()
{
    Bundle b;
    runs(b, "c");
    int pid = b.pid("c");
    QFile file(b.stateOf("c") + "/state.json");
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("{\"id\": 3");
    file.close();
    QVERIFY(b.call({"list"}).out.contains("stopped"));
    QVERIFY(b.call({"state", "c"}).err.contains("state.json"));
    QVERIFY(b.call({"delete", "c"}).status == 1);
    RunResult r = b.call({"delete", "--force", "c"});
    QVERIFY2(r.status == 0, r.err);
    QVERIFY(!QFile::exists(b.stateOf("c")));
    QVERIFY(waitUntil([&] { return ::kill(pid, 0) != 0; }));
}

// A second container on the same group is refused, and clearing up after it leaves the first alone.
void TestRuntimeCli::anothersGroup()
{
    Bundle b;
    runs(b, "c");
    RunResult r = b.call({"run", "--bundle", b.path(), "d"});
    QVERIFY2(r.status == 1 && r.err.contains("linux.cgroupsPath"), r.err);
    QVERIFY(!QFile::exists(b.stateOf("d")));
    QFile config(b.path() + "/broken");
    QVERIFY(config.open(QIODevice::WriteOnly));
    b.setMember("root", "path", "nothing");
    config.write(QJsonDocument(b.config).toJson());
    config.close();
    QCOMPARE(b.call({"run", "--bundle", b.path(), "--config", config.fileName(), "d"}).status, 1);
    QCOMPARE(b.status("c"), QString("running"));
}

void TestRuntimeCli::checkpointNeedsCriu()
{
    Bundle b;
    runs(b, "c", "exec sleep 1000 </dev/null >/dev/null 2>&1"); // files of the container's own
    RunResult r = b.call({"--criu", "no-such-criu", "checkpoint", "--image-path", b.path() + "/images", "c"});
    QVERIFY2(r.status == 1 && r.err.contains("CRIU") && r.err.contains("no-such-criu"), r.err);
    QCOMPARE(b.status("c"), QString("running"));
    r = b.call({"--criu", "no-such-criu", "restore", "--image-path", b.path() + "/images", "--bundle", b.path(), "d"});
    QVERIFY2(r.status == 1 && r.err.contains("CRIU"), r.err);
    QVERIFY(!QFile::exists(b.stateOf("d")));
    // One that fails gives its reason.
    r = b.call({"--criu", "/bin/false", "checkpoint", "--image-path", b.path() + "/images", "c"});
    QVERIFY2(r.status == 1 && r.err.contains("criu dump failed"), r.err);
    // Where CRIU knows this kernel it can be tried for real.
    if (QProcess::execute("criu", {"check"}) != 0)
        QSKIP("CRIU is not installed, or does not know this kernel");
    QVERIFY(QDir(b.path() + "/images").removeRecursively());
    r = b.call({"checkpoint", "--image-path", b.path() + "/images", "c"});
    QVERIFY2(r.status == 0, r.err + readAll(b.path() + "/images/dump.log").right(2000));
    QVERIFY(b.waitForStatus("c", "stopped"));
    QCOMPARE(b.call({"delete", "c"}).status, 0);
    r = b.call({"restore", "--detach", "--image-path", b.path() + "/images", "--bundle", b.path(), "c"});
    QVERIFY2(r.status == 0, r.err + readAll(b.path() + "/images/restore.log").right(2000));
    QCOMPARE(b.status("c"), QString("running"));
    QCOMPARE(b.call({"exec", "c", "true"}).status, 0);
}

QTEST_GUILESS_MAIN(TestRuntimeCli)
#include "tst_runtime_cli.moc"
