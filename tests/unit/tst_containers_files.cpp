// Containers without a container: the record, the choice of user ids, the bundle, the trace, the interface counters.
#include "base/files.h"
#include "containers/bundle.h"
#include "containers/entry.h"
#include "containers/network.h"
#include "containers/record.h"
#include "containers/trace.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace diptych;
using namespace diptych::containers;

namespace {

Record example()
{
    Record r;
    r.id = "11111111-2222-4333-8444-555555555555";
    r.spec.name = "web";
    r.spec.image = "busybox:latest";
    r.spec.limits = {0.5, 64 << 20, 32};
    r.spec.ports = {{"tcp", 8080, 80}};
    r.createdAt = 42;
    r.idBase = firstIdBase;
    r.process.arguments = {"/bin/sh"};
    r.process.environment = {"PATH=/bin"};
    r.process.groups = {5, 6};
    r.lower = {"/layers/b", "/layers/a"};
    r.link = {"default", "52:54:00:01:02:03", "192.168.122.9", "192.168.122.1", "virbr0", 24};
    r.running = true;
    r.exitCode = 137;
    r.oomKilled = true;
    return r;
}

bool hasNamespace(const Json& config, const char* type)
{
    for (const Json& entry : config["linux"]["namespaces"])
        if (entry["type"] == type)
            return true;
    return false;
}

} // namespace

class TestContainersFiles : public QObject
{
    Q_OBJECT

private slots:
    void recordSurvives()
    {
        QTemporaryDir dir;
        Record before = example();
        QVERIFY(saveRecord(dir.path().toStdString(), before));
        auto after = loadRecord(dir.path().toStdString());
        QVERIFY2(after.has_value(), after ? "" : after.error().message.c_str());
        QCOMPARE(after->spec.name, before.spec.name);
        QVERIFY(after->spec.limits == before.spec.limits);
        QVERIFY(after->spec.ports == before.spec.ports);
        QCOMPARE(after->process.groups, before.process.groups);
        QCOMPARE(after->lower, before.lower);
        QCOMPARE(after->link.address, before.link.address);
        QCOMPARE(after->idBase, before.idBase);
        QCOMPARE(after->exitCode.value_or(0), 137);
        QVERIFY(after->running && after->oomKilled);
    }

    void damagedRecordsAreErrors_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"", "{", "[]", "{}", "{\"version\": 2}", "{\"version\": 1, \"id\": 5}"})
            QTest::newRow(text) << QByteArray(text);
    }
    void damagedRecordsAreErrors()
    {
        QFETCH(QByteArray, text);
        QTemporaryDir dir;
        QVERIFY(writeFileAtomic(dir.path().toStdString() + "/instance.json", text.toStdString()));
        QVERIFY(!loadRecord(dir.path().toStdString()));
    }

    void idRangesDoNotCollide()
    {
        QTemporaryDir dir;
        std::string sub = dir.path().toStdString() + "/subuid";
        QCOMPARE(*freeIdBase({}, sub, sub), firstIdBase);
        QCOMPARE(*freeIdBase({firstIdBase, firstIdBase + 2 * idCount}, sub, sub), firstIdBase + idCount);
        // Somebody was given ids that reach into our second range.
        QVERIFY(
            writeFileAtomic(sub, fmt::format("user:100000:65536\nodd\nother:{}:10\n", firstIdBase + 2 * idCount - 5)));
        QCOMPARE(*freeIdBase({firstIdBase}, sub, sub), firstIdBase + 3 * idCount);
        std::vector<uint32_t> all;
        for (uint64_t base = firstIdBase; base <= lastIdBase; base += idCount)
            all.push_back(static_cast<uint32_t>(base));
        QCOMPARE(int(freeIdBase(all, sub, sub).error().code), int(Code::NoSpace));
    }

    void bundleIsWalledOff()
    {
        Paths paths;
        Json c = bundleConfig(example(), paths, Json::object());
        for (const char* type : {"pid", "mount", "ipc", "uts", "user", "cgroup", "time", "network"})
            QVERIFY2(hasNamespace(c, type), type);
        QCOMPARE(c["process"]["noNewPrivileges"].get<bool>(), true);
        QVERIFY(c["process"]["capabilities"]["inheritable"].empty());
        for (const Json& cap : c["process"]["capabilities"]["bounding"])
            QVERIFY(cap != "CAP_SYS_ADMIN" && cap != "CAP_SYS_PTRACE" && cap != "CAP_NET_ADMIN" && cap != "CAP_MKNOD");
        QVERIFY(c["linux"].contains("seccomp"));
        QCOMPARE(c["linux"]["uidMappings"][0]["hostID"].get<uint32_t>(), firstIdBase);
        QCOMPARE(c["linux"]["cgroupsPath"].get<std::string>(), "/diptych/" + example().id);
        QCOMPARE(c["linux"]["resources"]["cpu"]["quota"].get<int>(), 50000);
        QCOMPARE(c["linux"]["resources"]["memory"]["swap"].get<uint64_t>(), uint64_t{64 << 20});
        QCOMPARE(c["linux"]["resources"]["devices"][0]["allow"].get<bool>(), false);
        QCOMPARE(c["annotations"]["org.diptych.overlay.lower"].get<std::string>(), std::string("/layers/b:/layers/a"));
    }

    void hostNetworkSharesOnlyThat()
    {
        Record r = example();
        r.spec.network.mode = NetworkMode::Host;
        Json c = bundleConfig(r, Paths{}, nullptr);
        QVERIFY(!hasNamespace(c, "network"));
        QVERIFY(hasNamespace(c, "user"));
        QVERIFY(!c["linux"].contains("sysctl")); // would be the host's own
        for (const Json& mount : c["mounts"])
            QVERIFY(mount["type"] != "sysfs");
    }

    void noSeccompNoBundle()
    {
        QTemporaryDir dir;
        Paths paths;
        paths.data = dir.path().toStdString();
        paths.state = paths.data;
        QVERIFY(!loadSeccomp(paths));
        QVERIFY(!writeBundle(example(), paths));
    }

    void limitsInControlGroupWords()
    {
        auto none = resourcesOf({});
        QCOMPARE(*none.cpuQuota, int64_t{-1});
        QCOMPARE(*none.memoryMax, int64_t{-1});
        QCOMPARE(*none.pidsMax, int64_t{-1});
        QCOMPARE(*resourcesOf({1.5, 0, 0}).cpuQuota, int64_t{150000});
    }

    void readsTheTrace()
    {
        QTemporaryDir dir;
        std::string file = dir.path().toStdString() + "/trace";
        QVERIFY(writeFileAtomic(file, "{\"time\": 50, \"begin\": 40, \"step\": \"clone\", \"call\": \"old\"}\n"
                                      "{\"time\": 130, \"begin\": 110, \"step\": \"clone\", \"call\": \"clone3\"}\n"
                                      "{\"time\": 150, \"begin\": 140, \"step\": \"mounts\"}\n"
                                      "{\"time\": 170, \"begin\": 150, \"step\": \"mounts\"}\n"
                                      "{\"time\": 180, \"begin\": 175, \"step\": \"caps\"}\n"
                                      "half a li\n"
                                      "{\"time\": 200, \"begin\": 190, \"step\": \"exec\"}\n"));
        Timeline t;
        t.steps.push_back({"network", 71, 74, ""});
        QVERIFY(readTrace(file, 100, t));
        QStringList names;
        for (const auto& step : t.steps)
            names << QString::fromStdString(step.name);
        QCOMPARE(names, (QStringList{"clone", "mounts", "network", "capabilities", "exec"}));
        QCOMPARE(t.steps[0].begin, int64_t{10});
        QCOMPARE(t.steps[1].end, int64_t{70});
        QCOMPARE(t.total, int64_t{100});
        QVERIFY(t.complete);
    }

    void countsTraffic()
    {
        QTemporaryDir dir;
        std::string file = dir.path().toStdString() + "/dev";
        QVERIFY(writeFileAtomic(file, "Inter-| Receive\n face |bytes\n    lo:  12 1 0 0 0 0 0 0 13 1 0 0 0 0 0 0\n"
                                      "dv1111111122: 1000    2    0 0 0 0 0 0  99 1 0 0 0 0 0 0\n"));
        auto all = interfaceTraffic(file);
        QCOMPARE(all.size(), size_t{2});
        QCOMPARE(all.find("dv1111111122")->second.received, uint64_t{1000});
        QCOMPARE(all.find("dv1111111122")->second.sent, uint64_t{99});
        QCOMPARE(vethName("11111111-2222-4333-8444-555555555555"), std::string("dv1111111122"));
        QVERIFY(interfaceTraffic("/nonexistent").empty());
    }
};

QTEST_GUILESS_MAIN(TestContainersFiles)
#include "tst_containers_files.moc"
