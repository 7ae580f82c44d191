// Every field of config.json, wrong in every way: one line that names it, status 1, nothing left.
#include "bundle.h"

#include <QRegularExpression>

class TestRuntimeInput : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void wrongType_data();
    void wrongType();
    void wrongValue_data();
    void wrongValue();
    void missing_data();
    void missing();
    void malformed_data();
    void malformed();

private:
    static void refuses(const QByteArray& text, const QString& field);
};

void TestRuntimeInput::initTestCase()
{
    if (geteuid() != 0 || !Bundle::isOurs())
        QSKIP("needs root, and is about the words of diptych-run");
}

// A document in which every member stands once, all of them good.
static QJsonObject complete()
{
    return QJsonDocument::fromJson(R"({
 "ociVersion": "1.2.0", "root": {"path": "rootfs", "readonly": false}, "hostname": "h", "domainname": "d",
 "process": {"terminal": false, "consoleSize": {"height": 10, "width": 20}, "user": {"uid": 0, "gid": 0, "umask": 18,
   "additionalGids": [5]}, "args": ["/bin/true"], "env": ["A=b"], "cwd": "/",
   "capabilities": {"bounding": ["CAP_KILL"], "effective": [], "permitted": [], "inheritable": [], "ambient": []},
   "rlimits": [{"type": "RLIMIT_CORE", "soft": 0, "hard": 0}], "noNewPrivileges": true, "oomScoreAdj": 100,
   "apparmorProfile": "", "selinuxLabel": "", "ioPriority": {"class": "IOPRIO_CLASS_BE", "priority": 4},
   "scheduler": {"policy": "SCHED_OTHER", "nice": 0, "priority": 0, "flags": [], "runtime": 0, "deadline": 0, "period": 0},
   "execCPUAffinity": {"initial": "0", "final": "0"}},
 "mounts": [{"destination": "/proc", "type": "proc", "source": "proc", "options": ["nosuid"], "uidMappings": [],
   "gidMappings": []}],
 "hooks": {"prestart": [{"path": "/bin/true", "args": ["true"], "env": [], "timeout": 5}], "createRuntime": [],
   "createContainer": [], "startContainer": [], "poststart": [], "poststop": []},
 "annotations": {"a": "b"},
 "linux": {"namespaces": [{"type": "mount"}, {"type": "pid"}, {"type": "uts"}, {"type": "user"}, {"type": "time"}],
   "uidMappings": [{"containerID": 0, "hostID": 200000, "size": 1000}],
   "gidMappings": [{"containerID": 0, "hostID": 200000, "size": 1000}],
   "timeOffsets": {"monotonic": {"secs": 1, "nanosecs": 2}, "boottime": {"secs": 1, "nanosecs": 2}},
   "devices": [{"type": "c", "path": "/dev/x", "major": 1, "minor": 3, "fileMode": 438, "uid": 0, "gid": 0}],
   "cgroupsPath": "/diptych/test-input", "rootfsPropagation": "private", "mountLabel": "",
   "personality": {"domain": "LINUX", "flags": []}, "sysctl": {"kernel.domainname": "d"}, "maskedPaths": ["/proc/kcore"],
   "readonlyPaths": ["/proc/sys"],
   "resources": {"devices": [{"allow": false, "type": "c", "major": 1, "minor": 2, "access": "rwm"}],
     "memory": {"limit": 1, "reservation": 1, "swap": 2, "kernel": 1, "kernelTCP": 1, "swappiness": 1,
       "disableOOMKiller": false, "useHierarchy": true, "checkBeforeUpdate": false},
     "cpu": {"shares": 2, "quota": 1000, "period": 1000, "burst": 0, "realtimeRuntime": 0, "realtimePeriod": 0, "cpus": "0",
       "mems": "0", "idle": 0}, "pids": {"limit": 5},
     "blockIO": {"weight": 10, "leafWeight": 10, "weightDevice": [{"major": 8, "minor": 0, "weight": 10, "leafWeight": 1}],
       "throttleReadBpsDevice": [{"major": 8, "minor": 0, "rate": 1}], "throttleWriteBpsDevice": [],
       "throttleReadIOPSDevice": [], "throttleWriteIOPSDevice": []},
     "hugepageLimits": [{"pageSize": "2MB", "limit": 1}], "network": {"classID": 1, "priorities":
       [{"name": "eth0", "priority": 1}]}, "rdma": {"mlx5_1": {"hcaHandles": 1, "hcaObjects": 2}},
     "unified": {"memory.high": "1"}},
   "seccomp": {"defaultAction": "SCMP_ACT_ALLOW", "defaultErrnoRet": 1, "architectures": ["SCMP_ARCH_X86_64"], "flags": [],
     "listenerPath": "", "listenerMetadata": "", "syscalls": [{"names": ["mkdir"], "action": "SCMP_ACT_ERRNO",
       "errnoRet": 1, "args": [{"index": 0, "value": 1, "valueTwo": 0, "op": "SCMP_CMP_EQ"}]}]},
   "intelRdt": null}})")
        .object();
}

// "linux.devices[0].major" in value becomes change(old value).
static QJsonValue changed(const QJsonValue& value, const QString& path, const QJsonValue& wanted)
{
    if (path.isEmpty())
        return wanted;
    int end = path.indexOf(QRegularExpression("[.\\[]"), 1);
    QString step = end < 0 ? path : path.left(end), rest = end < 0 ? QString() : path.mid(end);
    if (step.startsWith('[')) {
        QJsonArray array = value.toArray();
        array[step.mid(1, step.size() - 2).toInt()] =
            changed(array[step.mid(1, step.size() - 2).toInt()], rest, wanted);
        return array;
    }
    QString key = step.startsWith('.') ? step.mid(1) : step;
    QJsonObject object = value.toObject();
    // Keys with a dot in them stand at the end.
    if (!object.contains(key) && path.startsWith('.') && object.contains(path.mid(1)))
        return object[path.mid(1)] = wanted, object;
    QJsonValue inner = changed(object[key], rest, wanted);
    if (inner.isUndefined())
        object.remove(key);
    else
        object[key] = inner;
    return object;
}

static void collect(const QJsonValue& value, const QString& path, QStringList& out)
{
    if (!path.isEmpty() && !value.isNull())
        out.append(path);
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        for (auto i = object.begin(); i != object.end(); ++i)
            collect(i.value(), path.isEmpty() ? i.key() : path + "." + i.key(), out);
    } else if (value.isArray() && !value.toArray().isEmpty()) {
        collect(value.toArray()[0], path + "[0]", out);
    }
}

static QJsonValue valueAt(const QString& path)
{
    QJsonValue value = complete();
    static const QRegularExpression parts("\\.?([^.\\[\\]]+)|\\[(\\d+)\\]");
    for (auto i = parts.globalMatch(path); i.hasNext();) {
        auto match = i.next();
        if (!match.captured(2).isEmpty())
            value = value.toArray()[match.captured(2).toInt()];
        else if (value.toObject().contains(match.captured(1)))
            value = value.toObject()[match.captured(1)];
        else
            return value.toObject().begin().value(); // a key with a dot
    }
    return value;
}

void TestRuntimeInput::refuses(const QByteArray& text, const QString& field)
{
    Bundle b;
    QFile file(b.path() + "/config.json");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    QString log = b.path() + "/log";
    RunResult r = b.call({"--log", log, "--log-format", "json", "run", "--bundle", b.path(), "c"}, {}, 10000);
    QVERIFY2(r.status == 1, r.err + r.out);
    QCOMPARE(r.err.count('\n'), 1);
    QVERIFY2(r.err.contains(field.toUtf8()), r.err);
    QJsonObject line = QJsonDocument::fromJson(readAll(log)).object();
    QVERIFY2(line["msg"].toString().contains(field), readAll(log));
    QCOMPARE(QDir(b.stateRoot()).entryList({"c"}), QStringList());
    for (const char* place : {"", "/unified", "/pids", "/memory"})
        QVERIFY(!QFile::exists(QString("/sys/fs/cgroup%1/diptych/test-input").arg(place)));
}

void TestRuntimeInput::wrongType_data()
{
    QTest::addColumn<QString>("path");
    QStringList all;
    collect(complete(), {}, all);
    for (const QString& path : all)
        QTest::newRow(qPrintable(path)) << path;
}

// Each member as a number, a string, an object, an array, a truth value: those that it is not.
void TestRuntimeInput::wrongType()
{
    QFETCH(QString, path);
    QJsonValue good = valueAt(path);
    QVERIFY2(!good.isUndefined() && !good.isNull(), "the document has it");
    // Where an element is named, so may be its list.
    QString named = QString(path).remove(QRegularExpression("\\[\\d+\\]$"));
    for (const QJsonValue& wrong : {QJsonValue(1.5), QJsonValue("text"), QJsonValue(QJsonObject{{"x", 1}}),
                                    QJsonValue(QJsonArray{true}), QJsonValue(true)}) {
        if (wrong.type() == good.type() && !wrong.isDouble())
            continue;
        QJsonObject config = changed(complete(), path, wrong).toObject();
        refuses(QJsonDocument(config).toJson(), named);
        if (QTest::currentTestFailed())
            return;
    }
}

void TestRuntimeInput::wrongValue_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("field");
    auto row = [](const char* path, const QJsonValue& value, const char* field = nullptr) {
        QTest::addRow("%s %s", path, QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).constData())
            << path << value << (field ? field : path);
    };
    row("ociVersion", "2.0.0");
    row("ociVersion", "0.9");
    row("ociVersion", "one");
    row("root.path", "");
    row("root.path", "nothing");
    row("process.args", QJsonArray());
    row("process.cwd", "relative");
    row("process.cwd", "");
    row("process.env[0]", "no equals sign", "process.env");
    row("process.user.uid", -1);
    row("process.user.uid", 4294967295.0);
    row("process.user.uid", 4294967296.0);
    row("process.user.gid", 4294967295.0);
    row("process.user.umask", 512);
    row("process.user.additionalGids[0]", -5, "process.user.additionalGids");
    row("process.oomScoreAdj", 1001);
    row("process.oomScoreAdj", -1001);
    row("process.rlimits[0].type", "RLIMIT_NOTHING");
    row("process.rlimits[0].soft", 5);
    row("process.rlimits", QJsonArray{QJsonObject{{"type", "RLIMIT_CORE"}, {"soft", 0}, {"hard", 0}},
                                      QJsonObject{{"type", "RLIMIT_CORE"}, {"soft", 0}, {"hard", 0}}});
    row("process.ioPriority.class", "IOPRIO_CLASS_NO");
    row("process.ioPriority.priority", 8);
    row("process.scheduler.policy", "SCHED_SOMETIMES");
    row("process.scheduler.nice", 20);
    row("process.scheduler.priority", 100);
    row("process.scheduler.flags", QJsonArray{"SCHED_FLAG_NEW"});
    row("process.execCPUAffinity.initial", "3-1");
    row("process.execCPUAffinity.final", "0-99999");
    row("hostname", QString(65, 'x'));
    row("mounts[0].destination", "");
    row("mounts[0].type", "");
    row("mounts[0].options", QJsonArray{"bind", "idmap=x"}, "mounts[0]");
    row("hooks.prestart[0].path", "relative");
    row("hooks.prestart[0].timeout", 0);
    row("hooks.prestart[0].timeout", -5);
    row("annotations", QJsonObject{{"", "x"}});
    row("linux.namespaces[0].type", "moon");
    row("linux.namespaces[0].path", "relative");
    row("linux.namespaces[0].path", "/nothing/here", "linux.namespaces");
    row("linux.namespaces",
        QJsonArray{QJsonObject{{"type", "mount"}}, QJsonObject{{"type", "pid"}}, QJsonObject{{"type", "pid"}}});
    row("linux.uidMappings[0].size", 0);
    row("linux.uidMappings[0].size", 4294967295.0);
    row("linux.uidMappings", QJsonArray());
    row("linux.gidMappings", QJsonArray());
    row("linux.uidMappings", QJsonArray{QJsonObject{{"containerID", 0}, {"hostID", 1000}, {"size", 10}},
                                        QJsonObject{{"containerID", 5}, {"hostID", 5000}, {"size", 10}}});
    row("linux.timeOffsets.monotonic.nanosecs", 1000000000);
    row("linux.devices[0].type", "x");
    row("linux.devices[0].path", "relative");
    row("linux.devices[0].major", 100000);
    row("linux.devices[0].fileMode", 65536 * 2);
    row("linux.devices[0].uid", 4294967295.0);
    row("linux.cgroupsPath", "/a/../../b");
    row("linux.cgroupsPath", "/");
    row("linux.cgroupsPath", "a.slice:b:c");
    row("linux.rootfsPropagation", "sometimes");
    row("linux.personality.domain", "BSD");
    row("linux.personality.flags", QJsonArray{"X"});
    row("linux.sysctl", QJsonObject{{"vm.swappiness", "1"}});
    row("linux.sysctl", QJsonObject{{"kernel.shm_rmid_forced", "1\n2"}});
    row("linux.sysctl", QJsonObject{{"kernel/../vm.swappiness", "1"}});
    row("linux.maskedPaths[0]", "relative", "linux.maskedPaths");
    row("linux.readonlyPaths[0]", "relative", "linux.readonlyPaths");
    row("linux.resources.devices[0].type", "x");
    row("linux.resources.devices[0].access", "rwx");
    row("linux.resources.memory.swappiness", 101);
    row("linux.resources.memory.limit", 100, "linux.resources.memory.swap");
    row("linux.resources.cpu.cpus", "a-b");
    row("linux.resources.hugepageLimits[0].pageSize", "../2MB");
    row("linux.resources.network.priorities[0].name", "a b");
    row("linux.resources.unified", QJsonObject{{"../cgroup.procs", "1"}});
    row("linux.resources.unified", QJsonObject{{"a/b.c", "1"}});
    row("linux.seccomp.defaultAction", "SCMP_ACT_DANCE");
    row("linux.seccomp.defaultErrnoRet", 5000);
    row("linux.seccomp.syscalls[0].action", "");
    row("linux.seccomp.syscalls[0].names", QJsonArray());
    row("linux.seccomp.syscalls[0].args[0].index", 6);
    row("linux.seccomp.syscalls[0].args[0].op", "SCMP_CMP_NO");
    row("linux.seccomp.flags", QJsonArray{"NO_FLAG"});
    row("linux.seccomp.architectures", QJsonArray{"SCMP_ARCH_PDP11"});
    row("linux.intelRdt", QJsonObject{{"closID", "x"}});
}

void TestRuntimeInput::wrongValue()
{
    QFETCH(QString, path);
    QFETCH(QJsonValue, value);
    QFETCH(QString, field);
    QJsonObject config = changed(complete(), path, value).toObject();
    refuses(QJsonDocument(config).toJson(), field);
}

void TestRuntimeInput::missing_data()
{
    QTest::addColumn<QString>("path");
    for (const char* path : {"ociVersion",
                             "root",
                             "root.path",
                             "process",
                             "process.cwd",
                             "process.args",
                             "process.rlimits[0].type",
                             "process.rlimits[0].soft",
                             "process.rlimits[0].hard",
                             "process.consoleSize.height",
                             "process.ioPriority.class",
                             "process.scheduler.policy",
                             "mounts[0].destination",
                             "hooks.prestart[0].path",
                             "linux.namespaces[0].type",
                             "linux.uidMappings[0].containerID",
                             "linux.uidMappings[0].hostID",
                             "linux.uidMappings[0].size",
                             "linux.devices[0].type",
                             "linux.devices[0].path",
                             "linux.devices[0].major",
                             "linux.devices[0].minor",
                             "linux.personality.domain",
                             "linux.resources.devices[0].allow",
                             "linux.resources.blockIO.throttleReadBpsDevice[0].rate",
                             "linux.resources.blockIO.weightDevice[0].major",
                             "linux.resources.hugepageLimits[0].pageSize",
                             "linux.resources.hugepageLimits[0].limit",
                             "linux.resources.network.priorities[0].name",
                             "linux.resources.network.priorities[0].priority",
                             "linux.seccomp.defaultAction",
                             "linux.seccomp.syscalls[0].names",
                             "linux.seccomp.syscalls[0].action",
                             "linux.seccomp.syscalls[0].args[0].index",
                             "linux.seccomp.syscalls[0].args[0].value",
                             "linux.seccomp.syscalls[0].args[0].op"})
        QTest::newRow(path) << path;
}

void TestRuntimeInput::missing()
{
    QFETCH(QString, path);
    refuses(QJsonDocument(changed(complete(), path, QJsonValue(QJsonValue::Undefined)).toObject()).toJson(), path);
}

void TestRuntimeInput::malformed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("dance");
    QTest::newRow("cut off") << QJsonDocument(complete()).toJson().chopped(20);
    QTest::newRow("trailing data") << QJsonDocument(complete()).toJson() + "x";
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("a key twice") << QByteArray(R"({"ociVersion": "1.0.0", "ociVersion": "1.0.0"})");
    QTest::newRow("NUL in a string") << QByteArray(R"({"ociVersion": "1.0.0\u0000"})");
    QTest::newRow("too deep") << QByteArray(100000, '[');
    QTest::newRow("too long") << QByteArray(9 << 20, ' ');
    QTest::newRow("no UTF-8") << QByteArray("{\"ociVersion\": \"1.0.0\xff\"}");
}

void TestRuntimeInput::malformed()
{
    QFETCH(QByteArray, text);
    refuses(text, "");
}

QTEST_GUILESS_MAIN(TestRuntimeInput)
#include "tst_runtime_input.moc"
