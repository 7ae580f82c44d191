// The runtime-spec documents: what is read, what is refused, and that the error names the member.
#include "oci/config.h"

#include <QTest>

using namespace diptych;

static std::string configWith(const std::string& members)
{
    return R"({"ociVersion": "1.2.0", "root": {"path": "rootfs"}, )" + members + "}";
}

static QString fieldOf(const std::string& text)
{
    auto config = oci::parseConfig(text);
    return config ? QStringLiteral("accepted") : QString::fromStdString(config.error().field);
}

class TestOci : public QObject
{
    Q_OBJECT

private slots:
    void readsEverything();
    void namesTheField_data();
    void namesTheField();
    void ignoresUnknownMembers();
    void warnsAboutUnknownCapabilities();
    void users_data();
    void users();
    void seccompComments();
    void seccompAsText();
    void membersByText_data();
    void membersByText();
    void resources();
    void processDocument();
};

void TestOci::readsEverything()
{
    auto config = oci::parseConfig(configWith(R"(
        "hostname": "web", "annotations": {"org.diptych.overlay.lower": "/a:/b"},
        "process": {"terminal": true, "consoleSize": {"height": 24, "width": 80},
            "user": {"uid": 7, "gid": 8, "umask": 18, "additionalGids": [9, 10]},
            "args": ["sh", "-c", "true"], "env": ["A=b"], "cwd": "/tmp",
            "capabilities": {"bounding": ["CAP_CHOWN", "CAP_KILL"], "effective": ["CAP_KILL"]},
            "rlimits": [{"type": "RLIMIT_NOFILE", "soft": 16, "hard": 32}], "noNewPrivileges": true, "oomScoreAdj": 100},
        "mounts": [{"destination": "/proc", "type": "proc", "source": "proc", "options": ["nosuid"]}],
        "linux": {"namespaces": [{"type": "pid"}, {"type": "uts"}, {"type": "network", "path": "/proc/1/ns/net"}],
            "uidMappings": [{"containerID": 0, "hostID": 100000, "size": 65536}],
            "devices": [{"type": "c", "path": "/dev/x", "major": 1, "minor": 3, "fileMode": 438}],
            "sysctl": {"net.ipv4.ip_forward": "1"}, "timeOffsets": {"monotonic": {"secs": -5, "nanosecs": 1}},
            "maskedPaths": ["/proc/kcore"], "readonlyPaths": ["/proc/sys"], "rootfsPropagation": "rslave"})"));
    QVERIFY2(config, config ? "" : config.error().message.c_str());
    QCOMPARE(config->process->user.additionalGids, (std::vector<uint32_t>{9, 10}));
    QCOMPARE(config->process->capabilities->bounding, uint64_t{0x21});
    QCOMPARE(config->process->capabilities->effective, uint64_t{0x20});
    QCOMPARE(config->process->rlimits.front().hard, uint64_t{32});
    QVERIFY(config->creates(oci::NamespaceKind::Pid));
    QVERIFY(!config->creates(oci::NamespaceKind::Network));
    QCOMPARE(config->find(oci::NamespaceKind::Network)->path, std::string("/proc/1/ns/net"));
    QVERIFY(!config->find(oci::NamespaceKind::User));
    QCOMPARE(config->linux_.uidMappings.front().host, 100000u);
    QCOMPARE(config->linux_.timeOffsets.at("monotonic").first, int64_t{-5});
    QCOMPARE(config->annotation("org.diptych.overlay.lower"), std::string("/a:/b"));
}

void TestOci::namesTheField_data()
{
    QTest::addColumn<std::string>("members");
    QTest::addColumn<QString>("field");
    auto row = [](const char* name, const char* members, const char* field) {
        QTest::newRow(name) << configWith(members) << QString::fromLatin1(field);
    };
    QTest::newRow("version") << std::string(R"({"ociVersion": "2.0", "root": {"path": "r"}})")
                             << QStringLiteral("ociVersion");
    QTest::newRow("no root") << std::string(R"({"ociVersion": "1.0.0"})") << QStringLiteral("root");
    row("args empty", R"("process": {"args": [], "cwd": "/"})", "process.args");
    row("cwd relative", R"("process": {"args": ["a"], "cwd": "tmp"})", "process.cwd");
    row("cwd missing", R"("process": {"args": ["a"]})", "process.cwd");
    row("env", R"("process": {"args": ["a"], "cwd": "/", "env": ["NOVALUE"]})", "process.env");
    row("uid", R"("process": {"args": ["a"], "cwd": "/", "user": {"uid": 4294967295, "gid": 0}})", "process.user.uid");
    row("uid negative", R"("process": {"args": ["a"], "cwd": "/", "user": {"uid": -1, "gid": 0}})", "process.user.uid");
    row("rlimit name",
        R"("process": {"args": ["a"], "cwd": "/", "rlimits": [{"type": "RLIMIT_X", "soft": 1, "hard": 1}]})",
        "process.rlimits[0].type");
    row("rlimit twice", R"("process": {"args": ["a"], "cwd": "/", "rlimits": [
        {"type": "RLIMIT_CPU", "soft": 1, "hard": 1}, {"type": "RLIMIT_CPU", "soft": 1, "hard": 1}]})",
        "process.rlimits");
    row("namespace", R"("linux": {"namespaces": [{"type": "pid"}, {"type": "disk"}]})", "linux.namespaces[1].type");
    row("namespace twice", R"("linux": {"namespaces": [{"type": "pid"}, {"type": "pid"}]})", "linux.namespaces");
    row("mapping", R"("linux": {"uidMappings": [{"containerID": 0, "hostID": 4294967000, "size": 65536}]})",
        "linux.uidMappings[0].size");
    row("device", R"("linux": {"devices": [{"type": "z", "path": "/dev/x"}]})", "linux.devices[0].type");
    row("mask", R"("linux": {"maskedPaths": ["proc"]})", "linux.maskedPaths");
    row("propagation", R"("linux": {"rootfsPropagation": "loud"})", "linux.rootfsPropagation");
    row("hostname", R"("hostname": "x")", "hostname");
    row("hook", R"("hooks": {"prestart": [{"path": "relative"}]})", "hooks.prestart[0].path");
    row("seccomp action", R"("linux": {"seccomp": {"defaultAction": "SCMP_ACT_MAYBE"}})",
        "linux.seccomp.defaultAction");
    row("unified", R"("linux": {"resources": {"unified": {"../memory.max": "1"}}})",
        "linux.resources.unified.../memory.max");
    row("mount", R"("mounts": [{"destination": "/a"}, {"type": "proc"}])", "mounts[1].destination");
    row("mount type", R"("mounts": [{"destination": "/a", "options": "ro"}])", "mounts[0].options");
}

void TestOci::namesTheField()
{
    QFETCH(std::string, members);
    QFETCH(QString, field);
    QCOMPARE(fieldOf(members), field);
}

void TestOci::ignoresUnknownMembers()
{
    auto config = oci::parseConfig(
        configWith(R"("future": {"a": 1}, "linux": {"future": [], "namespaces": [{"type": "pid", "x": 1}]})"));
    QVERIFY2(config, config ? "" : config.error().message.c_str());
    // Duplicate members are no unknown members: which of the two was meant can't be known.
    QVERIFY(!oci::parseConfig(R"({"ociVersion": "1.0.0", "ociVersion": "1.0.0", "root": {"path": "r"}})"));
}

void TestOci::warnsAboutUnknownCapabilities()
{
    auto config = oci::parseConfig(configWith(
        R"("process": {"args": ["a"], "cwd": "/", "capabilities": {"bounding": ["CAP_FLY", "CAP_CHOWN"]}})"));
    QVERIFY(config);
    QCOMPARE(config->process->capabilities->unknown, std::vector<std::string>{"CAP_FLY"});
    QCOMPARE(config->process->capabilities->bounding, uint64_t{1});
}

void TestOci::users_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<bool>("good");
    for (const char* text : {"0", "1", "1:2", "2147483648", "4294967294"})
        QTest::newRow(text) << std::string(text) << true;
    for (const char* text : {"", "-1", "+1", "0x0", "4294967295", "4294967296", "1 ", " 1", "root", "1:", ":1", "1:2:3",
                             "99999999999999999999"})
        QTest::newRow(text) << std::string(text) << false;
}

void TestOci::users()
{
    QFETCH(std::string, text);
    QFETCH(bool, good);
    QCOMPARE(oci::userFrom(text).has_value(), good);
}

void TestOci::seccompComments()
{
    auto config = oci::parseConfig(
        configWith(R"("linux": {"seccomp": {"comment": "x", "defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 1,
        "syscalls": [{"comment": "why", "names": ["read"], "action": "SCMP_ACT_ALLOW",
                      "args": [{"index": 0, "value": 18446744073709551615, "op": "SCMP_CMP_EQ"}]}]}})"));
    QVERIFY2(config, config ? "" : config.error().message.c_str());
    QCOMPARE(config->linux_.seccomp->rules.front().args.front().value, UINT64_MAX);
}

// Cut out or not, the same documents are taken and the same refused.
void TestOci::seccompAsText()
{
    auto both = [](const std::string& text) {
        auto value = oci::parseConfig(text);
        auto cut = oci::parseConfig(text, oci::SeccompAs::Text);
        bool good = cut && (cut->linux_.seccompText.empty() || oci::parseSeccomp(cut->linux_.seccompText));
        return value.has_value() == good ? QString(good ? "taken" : "refused") : QString("differently");
    };
    std::string seccomp =
        R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["a\"}"], "action": "SCMP_ACT_LOG"}]})";
    auto with = [](const std::string& value) {
        return configWith(R"("linux": {"seccomp": )" + value + R"(, "sysctl": {}})");
    };
    QCOMPARE(both(with(seccomp)), QString("taken"));
    QCOMPARE(oci::parseConfig(with(seccomp), oci::SeccompAs::Text)->linux_.seccompText, seccomp);
    QCOMPARE(oci::parseConfig(with(seccomp), oci::SeccompAs::Text)->linux_.seccomp.has_value(), false);
    QCOMPARE(both(with("null")), QString("taken"));
    for (const char* bad :
         {"[]", "3", "{", "{}", R"({"defaultAction": "SCMP_ACT_ALLOW",})", R"({"defaultAction": "SCMP_ACT_ALLOW"}})",
          R"({"defaultAction": "SCMP_ACT_ALLOW"], [})", R"({"defaultAction": "SCMP_ACT_ALLOW", "x": "\u0000"})",
          R"({"defaultAction": "SCMP_ACT_ALLOW"}, "seccomp": {"defaultAction": "SCMP_ACT_ALLOW"})"})
        QVERIFY2(both(with(bad)) == "refused", bad);
}

void TestOci::membersByText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("found");
    QTest::newRow("first") << QByteArray(R"({"a":{"b":1}})") << QByteArray("1");
    QTest::newRow("spaces") << QByteArray("{ \"x\" : [ \"a\" , {\"a\":2} ] ,\n\"a\" : { \"b\" : \"q\\\"}\" } }")
                            << QByteArray("\"q\\\"}\"");
    QTest::newRow("other depth") << QByteArray(R"({"c":{"a":{"b":1}},"b":2})") << QByteArray();
    QTest::newRow("cut off") << QByteArray(R"({"a":{"b":{"c":)") << QByteArray(R"({"c":)");
    QTest::newRow("escape at the end") << QByteArray("{\"a\":{\"b\":\"\\") << QByteArray("\"\\");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
}

void TestOci::membersByText()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, found);
    auto result = oci::memberText({text.constData(), static_cast<size_t>(text.size())}, {"a", "b"});
    QCOMPARE(QByteArray(result.data(), static_cast<qsizetype>(result.size())), found);
}

void TestOci::resources()
{
    auto r = oci::parseResources(
        R"({"memory": {"limit": 1048576, "swap": -1}, "cpu": {"quota": 50000, "period": 100000, "cpus": "0-1"},
        "pids": {"limit": 10}, "blockIO": {"throttleReadBpsDevice": [{"major": 8, "minor": 0, "rate": 5}]},
        "devices": [{"allow": true, "type": "c", "major": 1, "minor": -1}]})");
    QVERIFY2(r, r ? "" : r.error().message.c_str());
    QCOMPARE(*r->memoryLimit, int64_t{1048576});
    QCOMPARE(*r->throttles.front().readBps, uint64_t{5});
    QVERIFY(!r->devices.front().minor);
    QVERIFY(!oci::parseResources(R"({"memory": {"limit": 100, "swap": 50}})"));
    QVERIFY(!oci::parseResources(R"({"cpu": {"cpus": "0;1"}})"));
    QVERIFY(!oci::parseResources("[]"));
}

void TestOci::processDocument()
{
    QVERIFY(oci::parseProcess(R"({"args": ["a"], "cwd": "/"})"));
    QVERIFY(!oci::parseProcess(R"({"cwd": "/"})"));
    QVERIFY(!oci::parseProcess("{"));
}

QTEST_APPLESS_MAIN(TestOci)
#include "tst_oci.moc"
