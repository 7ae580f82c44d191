// The fifteen rows, from fixtures of both sides: each level must follow from the facts, not from the kind.
#include "isolation/evidence.h"
#include "isolation/namespaces.h"

#include <QtTest>
#include <set>

using namespace diptych;
using namespace diptych::isolation;

namespace {
HostIdentity host()
{
    HostIdentity h;
    h.bootId = "11111111-aaaa";
    h.release = "6.12.48";
    h.hostname = "workstation";
    for (auto [kind, id] :
         {std::pair{"pid", 1}, {"mnt", 2}, {"net", 3}, {"uts", 4}, {"ipc", 5}, {"user", 6}, {"cgroup", 7}, {"time", 8}})
        h.namespaces[kind] = fmt::format("{}:[{}]", kind, id);
    h.cpus = 8;
    h.memory = uint64_t{32} << 30;
    h.capabilities = 41;
    h.securityModules = "capability,apparmor";
    return h;
}

Instance running(int pid = 4711)
{
    Instance i;
    i.state = State::Running;
    i.pid = pid;
    return i;
}

Json containerProbe()
{
    return Json::parse(R"({"version": 1,
        "kernel": {"release": "6.12.48", "bootId": "11111111-aaaa", "uptimeNanoseconds": 5000000000},
        "ids": {"uid": 0, "gid": 0, "uidMap": [[0, 165536, 65536]]},
        "namespaces": {"pid": "pid:[91]", "mnt": "mnt:[92]", "net": "net:[93]", "uts": "uts:[94]", "ipc": "ipc:[95]",
                       "user": "user:[96]", "cgroup": "cgroup:[97]", "time": "time:[8]"},
        "hostname": "shop", "root": {"type": "overlay", "source": "overlay"},
        "devices": [{"path": "/dev/null", "kind": "char", "major": 1, "minor": 3}], "pci": [],
        "interfaces": [{"name": "lo", "driver": ""}, {"name": "eth0", "driver": "veth"}],
        "processes": [{"pid": 1, "command": "/bin/serve"}], "init": {"pid": 1, "command": "/bin/serve"},
        "capabilities": {"effective": ["CAP_CHOWN"]}, "seccomp": {"mode": 2, "filters": 1}, "noNewPrivileges": true,
        "limits": {"cpuMax": "50000 100000", "memoryMax": "536870912", "cpus": 8, "memoryTotal": 34359738368},
        "clock": {"monotonicOffset": 0, "bootOffset": 0}})");
}

Json containerFacts()
{
    return Json::parse(R"({
        "process": {"pid": 4711, "namespaces": {"pid": "pid:[91]"}, "label": "", "status": {"CapBnd": "00000000a80425fb"}},
        "network": {"mode": "nat", "veth": "dp1234", "bridge": "virbr0"},
        "disk": {"lower": ["/a", "/b", "/c"], "upper": "/u", "bytes": 4096},
        "cgroup": {"files": [{"path": "/sys/fs/cgroup/diptych/x/memory.max", "name": "memory.max", "value": "536870912"}]}})");
}

Json machineProbe()
{
    return Json::parse(R"({"version": 1,
        "kernel": {"release": "6.1.0", "bootId": "22222222-bbbb", "uptimeNanoseconds": 9000000000},
        "ids": {"uid": 0, "uidMap": [[0, 0, 4294967295]]},
        "namespaces": {"pid": "pid:[1]", "mnt": "mnt:[2]", "net": "net:[3]", "uts": "uts:[4]", "ipc": "ipc:[5]",
                       "user": "user:[6]", "time": "time:[8]"},
        "hostname": "shop-vm", "root": {"type": "ext4", "source": "/dev/vda"},
        "devices": [{"path": "/dev/vda", "kind": "block", "major": 254, "minor": 0}],
        "pci": [{"slot": "0"}, {"slot": "1"}],
        "interfaces": [{"name": "eth0", "driver": "virtio_net"}, {"name": "lo", "driver": ""}],
        "processes": [{"pid": 1}], "init": {"pid": 1, "command": "/init"}, "seccomp": {"mode": 0, "filters": 0},
        "limits": {"cpus": 1, "memoryTotal": 500000000}, "clock": {"monotonicOffset": 0}})");
}

Json machineFacts(const char* type)
{
    Json facts = Json::parse(R"({
        "process": {"pid": 900, "uid": 64055, "threads": 7, "seccomp": 2, "namespaces": {"pid": "pid:[1]"}},
        "network": {"tap": "vnet3", "bridge": "virbr0"},
        "disk": {"path": "/d.qcow2", "format": "qcow2", "allocatedBytes": 42991616},
        "domain": {"vcpus": 1, "memory": 536870912, "devices": ["disk vda", "interface"]},
        "cgroup": {"files": {"/sys/fs/cgroup/cpu/machine/q/cpu.cfs_quota_us": "-1"}}})");
    facts["domain"]["type"] = type;
    return facts;
}

using Levels = std::vector<int>;
Levels levelsOf(const std::vector<Row>& rows)
{
    Levels levels;
    for (const Row& row : rows)
        levels.push_back(static_cast<int>(row.level));
    return levels;
}

const Row& rowOf(const std::vector<Row>& rows, const char* resource)
{
    for (const Row& row : rows)
        if (row.resource == resource)
            return row;
    qFatal("no row");
}

QString statementOf(const std::vector<Row>& rows, const char* resource)
{
    return QString::fromStdString(rowOf(rows, resource).statement);
}

QString textOf(const std::vector<Row>& rows, const char* resource)
{
    return QString::fromStdString(rowOf(rows, resource).text);
}
} // namespace

class TestIsolation : public QObject
{
    Q_OBJECT

private slots:
    /// What libvirt says of a machine on another host is told as that; nothing of this host gets in.
    void elsewhere()
    {
        Json facts =
            Json::parse(R"({"elsewhere": true, "domain": {"type": "kvm", "emulator": "/usr/bin/qemu-system-x86_64",
            "vcpus": 2, "memory": 536870912, "quota": 50000, "period": 100000, "devices": ["disk virtio vda"], "pci": 7,
            "securityModel": "selinux", "securityLabel": "system_u:system_r:svirt_t:s0"},
            "network": {"network": "default", "bridge": "virbr0", "model": "virtio"},
            "disk": {"path": "/images/a.qcow2", "format": "qcow2", "target": "vda"}})");
        std::map<std::string, Row> rows;
        for (Row& row : evidence(running(0), nullptr, facts, host()))
            rows[row.resource] = row;
        QCOMPARE(rows.size(), size_t(15));
        QCOMPARE(rows["kernel"].text, std::string("its own, run by qemu-system-x86_64; nobody inside was asked which"));
        QCOMPARE(rows["memory"].text, std::string("512 MiB of guest RAM"));
        QCOMPARE(rows["cpu"].statement, std::string("cpuKvm"));
        QCOMPARE(rows["disk"].text, std::string("vda, a virtual disk kept in a qcow2 file"));
        QCOMPARE(rows["devices"].text, std::string("7 virtual PCI devices"));
        QCOMPARE(rows["label"].statement, std::string("labelOwnConfined"));
        for (const char* unseen : {"processes", "files", "users", "hostname", "capabilities", "keys", "clock"})
            QCOMPARE(rows[unseen].values["reason"], std::string("on another machine: not seen from here"));
        for (const auto& [resource, row] : rows)
            for (const Evidence& one : row.evidence)
                QVERIFY2(one.command.empty() && one.value.find("workstation") == std::string::npos, resource.c_str());
        facts["domain"]["type"] = "lxc"; // no kernel of its own: nothing follows
        for (const Row& row : evidence(running(0), nullptr, facts, host()))
            QCOMPARE(row.statement, std::string("notMeasured"));
    }

    void orderOfRows()
    {
        Json probe = containerProbe();
        std::vector<std::string> names;
        for (const Row& row : evidence(running(), &probe, containerFacts(), host()))
            names.push_back(row.resource);
        std::vector<std::string> wanted{"kernel",       "processes", "files", "network", "users",
                                        "hostname",     "memory",    "cpu",   "disk",    "syscalls",
                                        "capabilities", "keys",      "label", "devices", "clock"};
        QCOMPARE(names, wanted);
    }

    void defaultContainer()
    {
        Json probe = containerProbe();
        auto rows = evidence(running(), &probe, containerFacts(), host());
        QCOMPARE(levelsOf(rows), (Levels{1, 2, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 1, 2, 1}));
        QCOMPARE(textOf(rows, "kernel"), "6.12.48, the host's");
        QCOMPARE(textOf(rows, "processes"), "PID 1 here = 4711 on the host");
        QCOMPARE(textOf(rows, "files"), "overlay, image layers: 3");
        QCOMPARE(textOf(rows, "network"), "veth → virbr0");
        QCOMPARE(textOf(rows, "users"), "uid 0 = uid 165536 on the host");
        QCOMPARE(textOf(rows, "memory"), "at most 512 MiB, page cache shared with the host");
        QCOMPARE(textOf(rows, "cpu"), "at most 0.5 × one core, the host's scheduler");
        QCOMPARE(statementOf(rows, "clock"), "clockHost");
    }

    void everyRowHasEvidence()
    {
        Json probe = containerProbe();
        for (const Row& row : evidence(running(), &probe, containerFacts(), host())) {
            QVERIFY2(!row.evidence.empty(), row.resource.c_str());
            QVERIFY2(row.text.find('?') == std::string::npos, row.text.c_str());
            for (const Evidence& e : row.evidence)
                QVERIFY(!e.claim.empty() && !e.value.empty() && !e.source.empty());
        }
    }

    void sharedNetworkSaysSo()
    {
        Json probe = containerProbe(), facts = containerFacts();
        probe["namespaces"]["net"] = "net:[3]";
        facts["network"] = {{"mode", "host"}};
        auto rows = evidence(running(), &probe, facts, host());
        QCOMPARE(statementOf(rows, "network"), "netHost");
        QCOMPARE(static_cast<int>(rowOf(rows, "network").level), 1);
        QCOMPARE(static_cast<int>(rowOf(rows, "processes").level), 2);
    }

    void noUserNamespaceSaysSo()
    {
        Json probe = containerProbe();
        probe["namespaces"]["user"] = "user:[6]";
        probe["ids"]["uidMap"] = {{0, 0, 4294967295}};
        auto rows = evidence(running(), &probe, containerFacts(), host());
        QCOMPARE(textOf(rows, "users"), "uid 0 is uid 0 on the host");
        QCOMPARE(static_cast<int>(rowOf(rows, "users").level), 1);
    }

    void nothingWalledOff()
    {
        Json probe = containerProbe();
        for (auto& [kind, link] : host().namespaces)
            probe["namespaces"][kind] = link;
        probe["seccomp"]["mode"] = 0;
        probe["limits"] = {{"cpus", 8}, {"cpuMax", "max 100000"}, {"memoryMax", "max"}};
        probe["capabilities"]["effective"] = Json(std::vector<std::string>(41, "CAP"));
        auto rows = evidence(running(), &probe, Json::object(), host());
        QCOMPARE(levelsOf(rows), Levels(15, 1));
    }

    void partlySharedNames()
    {
        Json probe = containerProbe();
        probe["namespaces"]["ipc"] = "ipc:[5]";
        auto rows = evidence(running(), &probe, containerFacts(), host());
        QCOMPARE(textOf(rows, "hostname"), "shares ipc with the host");
        QCOMPARE(static_cast<int>(rowOf(rows, "hostname").level), 1);
    }

    void everyStatementTrueAndFalse_data();
    void everyStatementTrueAndFalse();
    void everyStatementIsTried();
    void namespacesThatFewHold();

    void disksInDev()
    {
        Json probe = containerProbe();
        probe["devices"].push_back({{"path", "/dev/sda"}, {"kind", "block"}, {"major", 8}, {"minor", 0}});
        auto rows = evidence(running(), &probe, containerFacts(), host());
        QCOMPARE(textOf(rows, "devices"), "2 nodes in /dev, 1 of them disks of the host");
        QCOMPARE(static_cast<int>(rowOf(rows, "devices").level), 1);
    }

    void version1Limits()
    {
        Json probe = containerProbe(), facts = containerFacts();
        facts["cgroup"]["files"] = {
            {"memory.limit_in_bytes", {{"path", "/m/memory.limit_in_bytes"}, {"value", "9223372036854771712"}}},
            {"cpu.cfs_quota_us", {{"path", "/c/cpu.cfs_quota_us"}, {"value", "150000"}}},
            {"cpu.cfs_period_us", {{"path", "/c/cpu.cfs_period_us"}, {"value", "100000"}}}};
        auto rows = evidence(running(), &probe, facts, host());
        QCOMPARE(statementOf(rows, "memory"), "memoryUnlimited");
        QCOMPARE(textOf(rows, "cpu"), "at most 1.5 × one core, the host's scheduler");
    }

    void limitedDisk()
    {
        Json probe = containerProbe(), facts = containerFacts();
        QCOMPARE(statementOf(evidence(running(), &probe, facts, host()), "disk"), "diskShared");
        facts["cgroup"]["files"].push_back(
            {{"path", "/sys/fs/cgroup/diptych/x/io.max"}, {"name", "io.max"}, {"value", "8:0 rbps=1048576"}});
        auto rows = evidence(running(), &probe, facts, host());
        QCOMPARE(statementOf(rows, "disk"), "diskLimited");
        QCOMPARE(static_cast<int>(rowOf(rows, "disk").level), 2);
    }

    void capabilitiesAndKeysFollowTheUserNamespace()
    {
        Json probe = containerProbe(), facts = containerFacts();
        auto rows = evidence(running(), &probe, facts, host());
        QCOMPARE(textOf(rows, "capabilities"), "14 of 41, over its own namespaces only");
        QCOMPARE(statementOf(rows, "keys"), "keysNamespace");
        probe["namespaces"]["user"] = "user:[6]";
        rows = evidence(running(), &probe, facts, host());
        QCOMPARE(textOf(rows, "capabilities"), "14 of 41, and those over the host");
        QCOMPARE(static_cast<int>(rowOf(rows, "keys").level), 1);
        facts["process"]["status"]["CapBnd"] = "000001ffffffffff";
        rows = evidence(running(), &probe, facts, host());
        QCOMPARE(textOf(rows, "capabilities"), "all 41 over the host");
        QCOMPARE(static_cast<int>(rowOf(rows, "capabilities").level), 1);
        facts["process"]["status"]["CapBnd"] = "0000000000000000";
        QCOMPARE(textOf(evidence(running(), &probe, facts, host()), "capabilities"), "none");
    }

    void labels()
    {
        Json probe = containerProbe(), facts = containerFacts();
        QCOMPARE(statementOf(evidence(running(), &probe, facts, host()), "label"), "labelNone");
        facts["process"]["label"] = "unconfined";
        auto rows = evidence(running(), &probe, facts, host());
        QCOMPARE(textOf(rows, "label"), "unconfined: not confined");
        QCOMPARE(static_cast<int>(rowOf(rows, "label").level), 1);
        facts["process"]["label"] = "containers-default (enforce)";
        rows = evidence(running(), &probe, facts, host());
        QCOMPARE(textOf(rows, "label"), "confined as containers-default (enforce)");
        QCOMPARE(static_cast<int>(rowOf(rows, "label").level), 2);
    }

    void timeNamespace()
    {
        Json probe = containerProbe();
        probe["namespaces"]["time"] = "time:[99]";
        probe["clock"]["monotonicOffset"] = 3600000000000;
        auto rows = evidence(running(), &probe, containerFacts(), host());
        QCOMPARE(textOf(rows, "clock"), "monotonic clock shifted by 3600 s, time of day the host's");
    }

    void machineWithKvm()
    {
        Json probe = machineProbe();
        auto rows = evidence(running(900), &probe, machineFacts("kvm"), host());
        // Its namespaces are numbered as the host's are: that must not read as shared.
        QCOMPARE(levelsOf(rows), (Levels{4, 4, 4, 4, 4, 4, 4, 4, 3, 4, 4, 4, 4, 4, 4}));
        QCOMPARE(textOf(rows, "disk"), "/dev/vda, a virtual disk kept in a qcow2 file");
        QCOMPARE(textOf(rows, "kernel"), "6.1.0, its own");
        QCOMPARE(textOf(rows, "processes"), "invisible to the host: one process, 7 threads");
        QCOMPARE(textOf(rows, "files"), "ext4 on /dev/vda, a qcow2 file of the host");
        QCOMPARE(textOf(rows, "network"), "virtio-net → vnet3 → virbr0");
        QCOMPARE(textOf(rows, "users"), "uid 0 of its own kernel; its process runs as uid 64055");
        QCOMPARE(textOf(rows, "memory"), "512 MiB of guest RAM");
        QCOMPARE(statementOf(rows, "syscalls"), "syscallsOwnFiltered");
    }

    void machineWithTcg()
    {
        Json probe = machineProbe();
        auto rows = evidence(running(900), &probe, machineFacts("qemu"), host());
        QCOMPARE(levelsOf(rows), (Levels{4, 4, 4, 4, 4, 4, 4, 3, 3, 4, 4, 4, 4, 4, 4}));
        QCOMPARE(textOf(rows, "cpu"), "vCPUs emulated in software (TCG): 1");
    }

    void passedThroughDevice()
    {
        Json probe = machineProbe(), facts = machineFacts("kvm");
        facts["domain"]["devices"].push_back({{"type", "hostdev"}});
        auto rows = evidence(running(900), &probe, facts, host());
        QCOMPARE(static_cast<int>(rowOf(rows, "devices").level), 1);
    }

    void foreignKernelWithoutDomain()
    {
        Json probe = machineProbe();
        auto rows = evidence(running(0), &probe, Json::object(), host());
        QCOMPARE(static_cast<int>(rowOf(rows, "kernel").level), 3);
        QCOMPARE(static_cast<int>(rowOf(rows, "cpu").level), 3);
    }

    void withoutProbe()
    {
        for (State state : {State::Stopped, State::Running}) {
            Instance instance = running();
            instance.state = state;
            auto rows = evidence(instance, nullptr, containerFacts(), host());
            QCOMPARE(levelsOf(rows), Levels(15, 0));
            for (const Row& row : rows)
                QVERIFY(row.statement == "notMeasured" && !row.values.at("reason").empty());
        }
    }

    // What an inside may answer to mislead or to crash us.
    void damagedAnswers_data()
    {
        QTest::addColumn<QByteArray>("probe");
        QTest::newRow("empty") << QByteArray("{}");
        QTest::newRow("not an object") << QByteArray("[1]");
        QTest::newRow("wrong types") << QByteArray(
            R"({"kernel": {"bootId": "11111111-aaaa", "release": 5}, "ids": {"uid": -1, "uidMap": [[0], 3]},
               "namespaces": [], "root": 7, "devices": {"a": 1}, "pci": 3, "interfaces": [1, {"name": 4}], "processes": "x",
               "limits": {"cpus": "many", "cpuMax": 3}, "clock": [], "seccomp": {"mode": "x"}})");
        QTest::newRow("other kernel, wrong types")
            << QByteArray(R"({"kernel": {"bootId": 3}, "devices": [1, null], "interfaces": {"a": null}})");
    }
    void damagedAnswers()
    {
        QFETCH(QByteArray, probe);
        Json json = Json::parse(probe.toStdString());
        for (const Json& facts : {containerFacts(), machineFacts("kvm"), Json(), Json::array({1}),
                                  Json{{"cgroup", {{"files", 3}}}, {"process", "x"}, {"domain", Json::array()}}}) {
            auto rows = evidence(running(), &json, facts, host());
            QCOMPARE(rows.size(), size_t{15});
            for (const Row& row : rows)
                QVERIFY(!row.text.empty());
        }
    }

    void thisHost()
    {
        HostIdentity h = identifyHost();
        QCOMPARE(h.bootId.size(), size_t{36});
        QVERIFY(h.cpus > 0 && h.memory > 0 && h.namespaces.size() >= 7);
    }
};

namespace {
/// What makes a statement true where it was false: changes (RFC 7396) of what is said inside and known outside.
struct Case
{
    const char *kind, *resource, *statement, *probe, *facts;
};

constexpr Case cases[] = {
    {"container", "kernel", "kernelForeign", R"({"kernel": {"bootId": "22222222-bbbb"}})", "{}"},
    {"container", "processes", "processesHost", R"({"namespaces": {"pid": "pid:[1]"}})", "{}"},
    {"stranger", "processes", "processesNamespace", "{}", R"({"process": {"pid": null}})"},
    {"container", "files", "filesHost", R"({"namespaces": {"mnt": "mnt:[2]"}})", "{}"},
    {"container", "files", "filesMounts", R"({"root": {"type": "ext4"}})", "{}"},
    {"container", "network", "netHost", R"({"namespaces": {"net": "net:[3]"}})", "{}"},
    {"container", "network", "netNone", R"({"interfaces": [{"name": "lo"}]})", "{}"},
    {"container", "network", "netNamespace", "{}", R"({"network": {"bridge": null}})"},
    {"container", "users", "usersHost", R"({"namespaces": {"user": "user:[6]"}})", "{}"},
    {"container", "users", "usersNamespace", R"({"ids": {"uidMap": []}})", "{}"},
    {"container", "hostname", "hostnameHost", R"({"namespaces": {"uts": "uts:[4]", "ipc": "ipc:[5]"}})", "{}"},
    {"container", "hostname", "hostnamePartly", R"({"namespaces": {"uts": "uts:[4]"}})", "{}"},
    {"container", "memory", "memoryUnlimited", R"({"limits": {"memoryMax": "max"}})", R"({"cgroup": {"files": []}})"},
    {"container", "cpu", "cpuSet", R"({"limits": {"cpuMax": "max 100000", "cpus": 4}})", "{}"},
    {"container", "cpu", "cpuUnlimited", R"({"limits": {"cpuMax": "max 100000"}})", "{}"},
    {"container", "disk", "diskLimited", "{}",
     R"({"cgroup": {"files": [{"path": "/io.max", "name": "io.max", "value": "8:0 rbps=1"}]}})"},
    {"container", "syscalls", "syscallsAll", R"({"seccomp": {"mode": 0}})", "{}"},
    {"container", "syscalls", "syscallsStrict", R"({"seccomp": {"mode": 1}})", "{}"},
    {"container", "capabilities", "capabilitiesNone", "{}", R"({"process": {"status": {"CapBnd": "0"}}})"},
    {"container", "capabilities", "capabilitiesSome", R"({"namespaces": {"user": "user:[6]"}})", "{}"},
    {"container", "capabilities", "capabilitiesAll", R"({"namespaces": {"user": "user:[6]"}})",
     R"({"process": {"status": {"CapBnd": "000001ffffffffff"}}})"},
    {"container", "keys", "keysHost", R"({"namespaces": {"user": "user:[6]"}})", "{}"},
    {"container", "label", "labelUnconfined", "{}", R"({"process": {"label": "unconfined"}})"},
    {"container", "label", "labelConfined", "{}", R"({"process": {"label": "containers-default"}})"},
    {"container", "devices", "devicesHost", R"({"namespaces": {"mnt": "mnt:[2]"}})", "{}"},
    {"container", "devices", "devicesDisks", R"({"devices": [{"path": "/dev/sda", "kind": "block"}]})", "{}"},
    {"container", "clock", "clockNamespace", R"({"namespaces": {"time": "time:[99]"}})", "{}"},
    {"machine", "processes", "processesOwn", "{}", R"({"process": {"threads": null}})"},
    {"machine", "files", "filesOwn", "{}", R"({"disk": {"format": null}})"},
    {"machine", "network", "netOwnNone", R"({"interfaces": [{"name": "lo"}]})", "{}"},
    {"machine", "network", "netVirtual", R"({"interfaces": [{"name": "eth0", "driver": "e1000"}]})", "{}"},
    {"machine", "users", "usersOwn", "{}", R"({"process": {"uid": null}})"},
    {"machine", "cpu", "cpuEmulated", "{}", R"({"domain": {"type": "qemu"}})"},
    {"machine", "cpu", "cpuVirtual", "{}", R"({"domain": {"type": "xen"}})"},
    {"machine", "disk", "diskVirtual", "{}", R"({"disk": {"path": null}})"},
    {"machine", "syscalls", "syscallsOwn", "{}", R"({"process": {"seccomp": 0}})"},
    {"machine", "capabilities", "capabilitiesOwnRoot", "{}", R"({"process": {"uid": 0}})"},
    {"machine", "label", "labelOwnConfined", "{}", R"({"process": {"label": "svirt"}})"},
    {"machine", "devices", "devicesPassed", "{}", R"({"domain": {"devices": ["hostdev pci"]}})"},
};

std::vector<Row> rowsOf(const Case& one, bool changed)
{
    bool machine = std::string_view(one.kind) == "machine";
    Json probe = machine ? machineProbe() : containerProbe();
    Json facts = machine ? machineFacts("kvm") : containerFacts();
    if (changed) {
        probe.merge_patch(Json::parse(one.probe));
        facts.merge_patch(Json::parse(one.facts));
    }
    bool stranger = changed && std::string_view(one.kind) == "stranger"; // its PID on the host is not known
    return evidence(running(stranger ? 0 : machine ? 900 : 4711), &probe, facts, host());
}
} // namespace

void TestIsolation::everyStatementTrueAndFalse_data()
{
    QTest::addColumn<int>("number");
    for (size_t i = 0; i < std::size(cases); ++i)
        QTest::newRow(cases[i].statement) << int(i);
}

void TestIsolation::everyStatementTrueAndFalse()
{
    QFETCH(int, number);
    const Case& one = cases[number];
    auto before = rowsOf(one, false), after = rowsOf(one, true);
    QVERIFY(statementOf(before, one.resource) != one.statement);
    QCOMPARE(statementOf(after, one.resource), one.statement);
    QVERIFY(textOf(before, one.resource) != textOf(after, one.resource));
    QVERIFY2(!textOf(after, one.resource).contains('%'), qPrintable(textOf(after, one.resource)));
    // A wall that is down is never told as one that stands: where nothing is said but "shared", it says so.
    bool down = QByteArray(one.statement).endsWith("Host") || QByteArray(one.statement).endsWith("All");
    if (down && one.kind == std::string_view("container"))
        QCOMPARE(int(rowOf(after, one.resource).level), int(Wall::Shared));
}

/// What no process of this machine can be counted upon to show.
void TestIsolation::namespacesThatFewHold()
{
    auto said = [](const Namespace& which, const char* resource) {
        const auto rows = namespaceRows(which);
        return statementOf(rows, resource);
    };
    Namespace one;
    one.id = "net:[99]";
    one.kind = "net";
    one.inode = 99;
    QCOMPARE(said(one, "nsOwner"), "nsOwnerUnknown");
    QCOMPARE(said(one, "nsHeld"), "nsByTask");
    one.holders = {{"mount", 1, "/run/netns/a"}};
    QCOMPARE(said(one, "nsHeld"), "nsByMount");
    one.owner = "user:[6]";
    QCOMPARE(said(one, "nsOwner"), "nsOwned");
    one.kind = "pid";
    QCOMPARE(said(one, "nsParent"), "nsPidRoot");
    one.parent = "pid:[1]";
    QCOMPARE(said(one, "nsParent"), "nsPidChild");
    one.kind = "user";
    one.holders = {{"task", 1, "/proc/1/ns/user"}};
    one.uidMap = {{0, 0, UINT32_MAX}};
    QCOMPARE(said(one, "nsMap"), "nsMapAll");
    one.uidMap = {{0, 165536, 65536}};
    QCOMPARE(said(one, "nsMap"), "nsMapped");
}

/// Those that the rows can say, by their sources, are those of the cases, or what the cases start from.
void TestIsolation::everyStatementIsTried()
{
    auto read = [](const char* name) {
        QFile file(QString(DIPTYCH_SOURCE "/backend/isolation/") + name);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    };
    const QString sentences = read("sentences.cpp");
    QVERIFY(sentences.contains("\"kernelShared\""));
    std::set<QString> tried{"kernelGuest"}; // of what is a machine by its program alone: tst_workloads
    for (const Case& one : cases)
        for (bool changed : {false, true})
            for (const Row& row : rowsOf(one, changed))
                tried.insert(QString::fromStdString(row.statement));
    int count = 0;
    for (const char* name : {"rows_kernel.cpp", "rows_resources.cpp", "rows_privilege.cpp"})
        for (const auto& match : QRegularExpression("\"([a-z]+[A-Z][A-Za-z]*)\"").globalMatch(read(name)))
            if (const QString statement = match.captured(1); sentences.contains('"' + statement + '"')) {
                QVERIFY2(tried.contains(statement), qPrintable(statement));
                ++count;
            }
    QVERIFY(count > 60);
}

QTEST_APPLESS_MAIN(TestIsolation)
#include "tst_isolation.moc"
