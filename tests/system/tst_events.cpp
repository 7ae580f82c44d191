// What nobody asked this helper for and Activity tells all the same: what other programs do to machines through
// libvirt, and what the kernel does to real containers. And that our own deeds are told once.
#include "system/helper_calls.h"

using namespace diptych;

class TestEvents final : public QObject, private HelperCalls
{
    Q_OBJECT

private slots:
    void initTestCase() { prepare(); }
    void whatOthersDoToMachines();
    void whatWeDoIsToldOnce();
    void aKilledProcess();
    void connectionsComeQuietly();
    void aHeldBackContainer();
    void cleanupTestCase() { virsh({"destroy", "stranger"}); }

private:
    static bool virsh(const QStringList& words)
    {
        QProcess process;
        process.start("virsh", QStringList{"-c", "qemu:///system"} + words);
        return process.waitForFinished(30000) && process.exitCode() == 0;
    }
    int count(const std::string& subject, const std::string& verb)
    {
        int found = 0;
        const Json listed = call("Activity.List", {{"limit", 100}});
        for (const Json& entry : listed["entries"])
            found += entry["subject"] == subject && entry["verb"] == verb;
        return found;
    }
    std::string idOf(const std::string& name)
    {
        const Json listed = call("Instances.List");
        for (const Json& one : listed["instances"])
            if (one["context"]["name"] == name)
                return one["id"];
        return {};
    }
    std::string container(const std::string& name, const std::string& script, double cpus)
    {
        return make(name, script, {{"cpus", cpus}, {"memory", 16 << 20}, {"pids", 20}});
    }
};

void TestEvents::whatOthersDoToMachines()
{
    if (!virsh({"version"}))
        QSKIP("needs libvirtd");
    QFile file(QStringLiteral("/run/stranger.xml"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("<domain type='qemu'><name>stranger</name><memory unit='MiB'>32</memory><vcpu>1</vcpu>"
               "<os><type arch='x86_64' machine='pc'>hvm</type></os><devices/></domain>");
    file.close();
    QTRY_VERIFY(call("Instances.List").contains("instances"));
    QVERIFY(virsh({"define", file.fileName()}));
    QTRY_COMPARE_WITH_TIMEOUT(count("stranger", "definedElsewhere"), 1, 15000);
    QVERIFY(virsh({"start", "stranger"}));
    QTRY_COMPARE_WITH_TIMEOUT(count("stranger", "startedElsewhere"), 1, 15000);
    QVERIFY(virsh({"suspend", "stranger"}));
    QTRY_COMPARE_WITH_TIMEOUT(count("stranger", "pausedElsewhere"), 1, 15000);
    QVERIFY(virsh({"resume", "stranger"}));
    QTRY_COMPARE_WITH_TIMEOUT(count("stranger", "resumedElsewhere"), 1, 15000);
    QVERIFY(virsh({"destroy", "stranger"}));
    QTRY_COMPARE_WITH_TIMEOUT(count("stranger", "stoppedElsewhere"), 1, 15000);
}

/// Whoever opens a connection with thousands of machines wants no entry for each.
void TestEvents::connectionsComeQuietly()
{
    if (!virsh({"version"}))
        QSKIP("needs libvirtd");
    const Json added = call("Connections.Add", {{"name", "lab"}, {"uri", "test:///default"}});
    QTRY_VERIFY_WITH_TIMEOUT(!idOf("test").empty(), 20000);
    const std::string id = idOf("test");
    waitFirst(call("Instances.Pause", {{"ids", {id}}}));
    QTRY_COMPARE_WITH_TIMEOUT(count("test", "pause"), 1, 15000); // what was told before is there now
    QCOMPARE(count("test", "definedElsewhere"), 0);
    call("Connections.Remove", {{"connection", added["id"]}});
    QTRY_VERIFY_WITH_TIMEOUT(idOf("test").empty(), 20000);
    const int before = count("stranger", "definedElsewhere");
    QVERIFY(virsh({"define", "/run/stranger.xml"}));
    QTRY_COMPARE_WITH_TIMEOUT(count("stranger", "definedElsewhere"), before + 1, 15000);
    QCOMPARE(count("test", "undefinedElsewhere"), 0);
}

void TestEvents::whatWeDoIsToldOnce()
{
    const std::string id = idOf("stranger");
    if (id.empty())
        QSKIP("needs libvirtd");
    const int before = count("stranger", "startedElsewhere");
    waitFirst(call("Instances.Start", {{"ids", {id}}}));
    waitFirst(call("Instances.Pause", {{"ids", {id}}}));
    waitFirst(call("Instances.Resume", {{"ids", {id}}}));
    waitFirst(call("Instances.Kill", {{"ids", {id}}}));
    QTRY_COMPARE(count("stranger", "kill"), 1);
    QTest::qWait(2000); // libvirt's events of all of that
    QCOMPARE(count("stranger", "stoppedElsewhere"), 1);
    QCOMPARE(count("stranger", "start"), 1);
    QCOMPARE(count("stranger", "startedElsewhere"), before);
    QCOMPARE(count("stranger", "pausedElsewhere"), 1);
    QCOMPARE(count("stranger", "resumedElsewhere"), 1);
    QTest::qWait(4000); // longer than our own deed is remembered
    QVERIFY(virsh({"undefine", "stranger"}));
    QTRY_COMPARE_WITH_TIMEOUT(count("stranger", "undefinedElsewhere"), 1, 15000);
}

void TestEvents::aKilledProcess()
{
    // The shell goes on; what grows beyond the limit is killed.
    const std::string id = container("greedy", "sleep 3; tail /dev/zero; sleep 100", 0);
    QVERIFY(!id.empty());
    QTRY_COMPARE_WITH_TIMEOUT(count("greedy", "oomKilled"), 1, 40000);
    QCOMPARE(count("greedy", "throttled"), 0);
    remove(id);
}

void TestEvents::aHeldBackContainer()
{
    const std::string id = container("busy", "while :; do :; done", 0.1), calm = container("calm", "sleep 100", 0.1);
    QVERIFY(!id.empty() && !calm.empty());
    QTRY_COMPARE_WITH_TIMEOUT(count("busy", "throttled"), 1, 40000);
    QCOMPARE(count("calm", "throttled"), 0);
    QCOMPARE(count("busy", "oomKilled"), 0);
    remove(id);
    remove(calm);
}

QTEST_GUILESS_MAIN(TestEvents)
#include "tst_events.moc"
