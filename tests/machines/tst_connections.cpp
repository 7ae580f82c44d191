// Added connections with the real processes of the helper, on libvirt's test driver: nothing here needs a libvirtd.
#include "base/files.h"
#include "connections/make.h"
#include "machines/sandboxed.h"

#include <QTemporaryDir>

#include <csignal>
#include <pwd.h>
#include <sys/stat.h>

using namespace diptych;
using namespace diptych::connections;
using namespace std::chrono_literals;

namespace {

std::string program()
{
    return QCoreApplication::applicationDirPath().toStdString() + "/diptychd";
}

struct All
{
    explicit All(Patience patience = {}) : connections(makeConnections(state(), program(), "qemu:///system", patience))
    {
    }
    std::string state() const { return directory.path().toStdString(); }
    std::string add(const std::string& name, const std::string& uri, uid_t owner = geteuid())
    {
        auto id = connections->add(name, uri, owner);
        return id ? *id : "!" + id.error().message;
    }
    ConnectionInfo info(const std::string& id) { return connections->find(id).value_or(ConnectionInfo{}); }
    bool reaches(const std::string& id, const std::string& wanted, int seconds = 20)
    {
        return test::eventually(seconds, [&] { return info(id).state == wanted; });
    }
    std::vector<Instance> machines(const std::string& id)
    {
        std::vector<Instance> found;
        auto all = connections->driver().list();
        for (const Instance& one : all ? *all : std::vector<Instance>{})
            if (one.connection == id)
                found.push_back(one);
        return found;
    }
    QTemporaryDir directory;
    std::unique_ptr<Connections> connections;
};

/// Of this test's processes the one that opened this connection last.
int lastWorker()
{
    int found = 0;
    for (const std::string& name : listDirectory("/proc").value_or(std::vector<std::string>{})) {
        int pid = atoi(name.c_str());
        std::string status = pid ? readFile(fmt::format("/proc/{}/status", pid)).value_or("") : "";
        std::string command = pid ? readFile(fmt::format("/proc/{}/cmdline", pid)).value_or("") : "";
        if (command.starts_with(std::string("diptychd\0connection", 19)) &&
            status.find(fmt::format("PPid:\t{}\n", getpid())) != std::string::npos)
            found = std::max(found, pid);
    }
    return found;
}

/// What an earlier helper may have written, when more was allowed.
std::string forbiddenList()
{
    Json one{{"id", "cf8021a7-2c15-41ce-a767-64f7ec139b9d"}, {"name", "a"}, {"owner", 0}, {"active", true}};
    one["uri"] = "qemu+ext:///system?command=/bin/true";
    return dumpJson(Json::array({one}));
}

std::string manyDomains(int count)
{
    std::string xml = "<node>";
    for (int i = 0; i < count; ++i)
        xml += fmt::format("<domain type='test'><name>vm{0:04}</name><uuid>{1:08x}-0000-4000-8000-000000000000</uuid>"
                           "<memory>524288</memory><vcpu>2</vcpu><os><type>hvm</type></os></domain>",
                           i, i + 1);
    return xml + "</node>";
}

} // namespace

class TestConnections final : public QObject
{
    Q_OBJECT

private slots:
    void tellsOfPoolsAndNetworks()
    {
        All all;
        std::mutex mutex;
        std::vector<std::string> told;
        all.connections->setPlaceListener([&](const std::string& id) {
            std::lock_guard lock(mutex);
            told.push_back(id);
        });
        const auto heard = [&](size_t atLeast) {
            return test::eventually(5, [&] {
                std::lock_guard lock(mutex);
                return told.size() >= atLeast;
            });
        };
        std::string id = all.add("lab", "test:///default");
        QVERIFY(all.reaches(id, "connected") && heard(1));
        test::Quiet quiet;
        for (const auto& [method, parameters] :
             {std::pair{"Networks.Change", Json{{"name", "default"}, {"change", "stop"}}},
              std::pair{"Storage.ChangePool", Json{{"pool", "default-pool"}, {"change", "refresh"}}}}) {
            std::this_thread::sleep_for(100ms);
            size_t before = 0;
            {
                std::lock_guard lock(mutex);
                before = told.size();
            }
            const auto changed = all.connections->of(id).call(std::string("org.diptych.") + method, parameters, quiet);
            OK(changed);
            QVERIFY2(heard(before + 1), method);
        }
        all.connections->setPlaceListener({});
        for (const std::string& one : told)
            QCOMPARE(one, id);
    }

    void listsAndActs()
    {
        All all;
        std::string id = all.add("lab", "test:///default");
        QVERIFY2(all.reaches(id, "connected"), all.info(id).problem.c_str());
        QCOMPARE(all.info(id).driver, std::string("TEST"));
        QVERIFY(test::eventually(5, [&] { return all.machines(id).size() == 1 && !all.machines(id)[0].mac.empty(); }));
        const Instance machine = all.machines(id)[0];
        QCOMPARE(machine.spec.name, std::string("test"));
        QVERIFY(machine.id != "6695eb01-f6a4-8304-79aa-97f2502e193f");
        Driver& driver = all.connections->driver();
        auto is = [&](State state) {
            return test::eventually(5, [&] { return driver.describe(machine.id)->state == state; });
        };
        test::Quiet quiet;
        OK(driver.pause(machine.id));
        QVERIFY(is(State::Paused));
        OK(driver.resume(machine.id));
        QVERIFY(is(State::Running));
        OK(driver.stop(machine.id, 5s, quiet));
        QVERIFY(is(State::Stopped));
        OK(driver.rename(machine.id, "renamed"));
        QVERIFY(test::eventually(5, [&] { return driver.describe(machine.id)->spec.name == "renamed"; }));
        OK(driver.start(machine.id, quiet));
        QVERIFY(is(State::Running));
        auto xml = driver.configuration(machine.id);
        QVERIFY(xml && xml->find("<name>renamed</name>") != std::string::npos);
        Virtualization& calls = all.connections->of(id);
        auto hardware = calls.call("org.diptych.Machines.GetHardware", {{"id", machine.id}}, quiet);
        QVERIFY2(hardware.has_value(), hardware ? "" : hardware.error().message.c_str());
        QVERIFY((*hardware)["hostCpus"].get<int>() > 0);
        // Pinned at once and for the next start; sockets and cores for the next start only.
        auto pinned =
            calls.call("org.diptych.Machines.SetPin", {{"id", machine.id}, {"vcpu", 0}, {"cpus", "0"}}, quiet);
        QVERIFY2(pinned.has_value(), pinned ? "" : pinned.error().message.c_str());
        QVERIFY2((*pinned)["live"].get<bool>() && (*pinned)["next"].get<bool>(), dumpJson(*pinned).c_str());
        auto shape = calls.call("org.diptych.Machines.SetTopology",
                                {{"id", machine.id}, {"sockets", 1}, {"cores", 2}, {"threads", 1}}, quiet);
        QVERIFY2(shape.has_value(), shape ? "" : shape.error().message.c_str());
        QVERIFY(!(*shape)["live"].get<bool>() && !(*shape)["reason"].get<std::string>().empty());
        hardware = calls.call("org.diptych.Machines.GetHardware", {{"id", machine.id}}, quiet);
        QVERIFY(hardware.has_value());
        QCOMPARE((*hardware)["next"]["pins"][0]["cpus"].get<std::string>(), std::string("0"));
        QCOMPARE((*hardware)["next"]["cores"].get<int>(), 2);
        auto pools = calls.call("org.diptych.Storage.ListPools", Json::object(), quiet);
        QVERIFY(pools && (*pools)["pools"][0]["name"] == "default-pool");
        auto made = calls.call("org.diptych.Machines.CreateSnapshot",
                               {{"id", machine.id}, {"name", "one"}, {"description", ""}}, quiet);
        QVERIFY2(made.has_value(), made ? "" : made.error().message.c_str());
        // Only the definition goes; what was asked besides is refused, not forgotten.
        OK(driver.kill(machine.id, 9));
        QVERIFY(!driver.remove(machine.id, true));
        OK(driver.remove(machine.id, false));
        QVERIFY(test::eventually(5, [&] { return all.machines(id).empty(); }));
    }

    void saysWhatIsLacking()
    {
        All all;
        std::string id = all.add("lab", "test:///default");
        QVERIFY(test::eventually(20, [&] { return !all.info(id).lacks.empty() && !all.machines(id).empty(); }));
        auto reason = [&](const std::string& feature) {
            for (const Lack& lack : all.info(id).lacks)
                if (lack.feature == feature)
                    return lack.reason;
            return std::string();
        };
        QCOMPARE(reason("console"),
                 std::string("this function is not supported by the connection driver: virDomainOpenConsole"));
        QVERIFY(!reason("display").empty());
        QVERIFY(reason("pause").empty() && reason("snapshots").empty() && reason("save").empty());
        const Instance machine = all.machines(id)[0];
        QCOMPARE(int(machine.state), int(State::Running)); // asking changed nothing
        // What was not found out before is learnt when it is refused.
        test::Quiet quiet;
        QVERIFY(!all.connections->of(id).call("org.diptych.GuestAgent.Get", {{"id", machine.id}}, quiet) ||
                reason("guest").empty());
        auto probe = all.connections->driver().probe(machine.id);
        QVERIFY(!probe && probe.error().code == Code::NotSupported);
        // What is known is libvirt's word for it, and says that it is no more than that.
        auto facts = all.connections->driver().hostFacts(machine.id);
        OK(facts);
        QVERIFY((*facts)["elsewhere"] == true && (*facts)["domain"]["type"] == "test");
        QCOMPARE((*facts)["domain"]["memory"], Json(int64_t{2} << 30));
        auto walls = all.connections->driver().walls(machine.id);
        QVERIFY(!walls && walls.error().message.find("kernel of its host") != std::string::npos);
        auto dump = all.connections->of(id).dump(machine.id, -1, quiet);
        QVERIFY(!dump && dump.error().message.find("disk of its host") != std::string::npos);
        OK(all.connections->of(id).call("org.diptych.Machines.ListHostDevices", Json::object(), quiet));
    }

    /// Clones, and volumes that go only when libvirt knows nobody who needs them.
    void storesAndClonesThere()
    {
        All all;
        std::string id = all.add("lab", "test:///default");
        QVERIFY(test::eventually(20, [&] { return !all.machines(id).empty(); }));
        test::Quiet quiet;
        Virtualization& there = all.connections->of(id);
        auto call = [&](const std::string& method, Json parameters) {
            return there.call("org.diptych." + method, parameters, quiet);
        };
        for (const char* name : {"base.qcow2", "other.qcow2"})
            OK(call("Storage.CreateVolume",
                    {{"pool", "default-pool"}, {"name", name}, {"capacity", 8 << 20}, {"format", "qcow2"}}));
        const std::string machine = all.machines(id)[0].id;
        auto xml = call("Machines.GetXml", {{"id", machine}});
        OK(xml);
        std::string next = (*xml)["next"];
        const std::string disk = "/guest/diskimage1";
        next.replace(next.find(disk), disk.size(), "/default-pool/base.qcow2");
        OK(call("Machines.DefineXml", {{"id", machine}, {"xml", next}, {"previous", (*xml)["next"]}}));
        auto needed = call("Storage.DeleteVolume", {{"pool", "default-pool"}, {"volume", "base.qcow2"}});
        QVERIFY(!needed && needed.error().code == Code::Busy);
        QVERIFY2(needed.error().message.find("domain test") != std::string::npos, needed.error().message.c_str());
        OK(call("Storage.DeleteVolume", {{"pool", "default-pool"}, {"volume", "other.qcow2"}}));
        OK(all.connections->driver().kill(machine, 9));
        auto cloned = call("Machines.Clone", {{"id", machine}, {"name", "twice"}, {"linked", false}});
        OK(cloned);
        QVERIFY(test::eventually(10, [&] { return all.machines(id).size() == 2; }));
        OK(call("Machines.Clone", {{"id", machine}, {"name", "beside"}, {"linked", true}}));
        auto volumes = call("Storage.ListVolumes", {{"pool", "default-pool"}});
        OK(volumes);
        QCOMPARE((*volumes)["volumes"].size(), size_t(4)); // base, a copy, two overlays
        for (const Json& one : (*volumes)["volumes"]) {
            auto gone = call("Storage.DeleteVolume", {{"pool", "default-pool"}, {"volume", one["name"]}});
            QVERIFY(!gone && gone.error().code == Code::Busy && !one["users"].empty());
        }
    }

    void refusesAndKeepsTheList()
    {
        All all;
        QVERIFY(all.add("x", "qemu+ext:///system?command=/bin/true").starts_with("!"));
        QVERIFY(all.add("x", "qemu:///system").find("by itself") != std::string::npos);
        QVERIFY(all.add("x", "qemu:///session", 0).find("by itself") != std::string::npos);
        QVERIFY(all.add("", "test:///default").starts_with("!"));
        std::string id = all.add("lab", "test:///default");
        QVERIFY(all.add("lab", "qemu:///session", 65534).find("\"lab\" already") != std::string::npos);
        QVERIFY(all.add("other", "test:///default").find("already") != std::string::npos);
        struct stat status
        {
        };
        QVERIFY(stat((all.state() + "/connections.json").c_str(), &status) == 0 && (status.st_mode & 0777) == 0600);
        OK(all.connections->setActive(id, false));
        QVERIFY(all.reaches(id, "closed") && all.machines(id).empty());
        // The next helper finds them as they were.
        all.connections = makeConnections(all.state(), program(), "qemu:///system");
        QCOMPARE(all.connections->list().size(), size_t(1));
        QCOMPARE(all.info(id).state, std::string("closed"));
        OK(all.connections->setActive(id, true));
        QVERIFY(all.reaches(id, "connected"));
        OK(all.connections->remove(id));
        QVERIFY(all.connections->list().empty() && all.connections->driver().list()->empty());
        QVERIFY(!all.connections->remove(id));
        // Rules hold for what an earlier helper wrote too; what is no list at all is put aside.
        all.connections.reset();
        OK(writeFileAtomic(all.state() + "/connections.json", forbiddenList()));
        all.connections = makeConnections(all.state(), program(), "qemu:///system");
        QVERIFY(all.connections->list().empty());
        all.connections.reset();
        OK(writeFileAtomic(all.state() + "/connections.json", "[{"));
        all.connections = makeConnections(all.state(), program(), "qemu:///system");
        QVERIFY(all.connections->list().empty());
        QVERIFY(exists(all.state() + "/connections.json.damaged"));
    }

    /// What hangs is shown so, its calls end, it is started again; nobody else notices.
    void oneThatHangsDelaysNobody()
    {
        All all({1500ms, 4000ms, 1000ms});
        std::string good = all.add("good", "test:///default");
        QVERIFY(all.reaches(good, "connected"));
        QTemporaryDir place;
        std::string file = place.path().toStdString() + "/one.xml";
        OK(writeFileAtomic(file, manyDomains(1)));
        std::string bad = all.add("bad", "test://" + file);
        QVERIFY(test::eventually(20, [&] { return all.machines(bad).size() == 1 && all.info(good).domains == 1; }));
        const Instance hanging = all.machines(bad)[0], fine = all.machines(good)[0];
        int process = lastWorker();
        QVERIFY(process > 0 && kill(process, SIGSTOP) == 0);
        Driver& driver = all.connections->driver();
        std::thread caller([&] { QVERIFY(!driver.pause(hanging.id)); });
        int64_t begin = monotonicNanoseconds();
        OK(driver.pause(fine.id));
        OK(driver.resume(fine.id));
        QCOMPARE(driver.list()->size(), size_t(2));
        (void)driver.sample();
        QVERIFY2(monotonicNanoseconds() - begin < 1'000'000'000, "somebody waited");
        QVERIFY(all.reaches(bad, "silent", 5));
        QVERIFY(all.info(bad).problem.find("no answer for") != std::string::npos);
        QCOMPARE(all.machines(bad).size(), size_t(1)); // as it was last seen
        QVERIFY(!driver.resume(hanging.id));           // at once, with the reason
        caller.join();                                 // ended with the process
        QVERIFY2(all.reaches(bad, "connected", 20), all.info(bad).state.c_str());
        QVERIFY(kill(process, 0) < 0);
        QVERIFY(all.reaches(good, "connected")); // with a patience shorter than its beat it is silent at times
    }

    /// The process is its owner's: it reads what the owner may read, and nothing as root.
    void runsAsItsOwner()
    {
        if (geteuid() != 0)
            QSKIP("needs root: only root can become somebody else");
        const passwd* nobody = getpwnam("nobody");
        QVERIFY(nobody);
        uid_t uid = nobody->pw_uid;
        QTemporaryDir place;
        std::string file = place.path().toStdString() + "/lab.xml";
        OK(writeFileAtomic(file, manyDomains(1), 0600));
        All all;
        std::string secret = all.add("secret", "test://" + file, uid);
        QVERIFY(all.reaches(secret, "failed"));
        QVERIFY2(all.info(secret).problem.find("failed to parse") != std::string::npos,
                 all.info(secret).problem.c_str());
        std::string roots = all.add("roots", "test://" + file); // whoever may read it has its domain
        QVERIFY(all.reaches(roots, "connected"));
        OK(all.connections->remove(roots));
        OK(all.connections->remove(secret));
        std::string id = all.add("lab", "test:///default", uid);
        QVERIFY2(all.reaches(id, "connected"), all.info(id).problem.c_str());
        std::string status = readFile(fmt::format("/proc/{}/status", lastWorker())).value_or("");
        QVERIFY2(status.find(fmt::format("Uid:\t{0}\t{0}\t{0}\t{0}\n", uid)) != std::string::npos, status.c_str());
        QVERIFY(status.find(fmt::format("Gid:\t{0}\t{0}\t{0}\t{0}\n", nobody->pw_gid)) != std::string::npos);
        QVERIFY(status.find("CapEff:\t0000000000000000") != std::string::npos);
        QVERIFY(status.find("CapPrm:\t0000000000000000") != std::string::npos);
        std::string none = all.add("none", "qemu:///session", 4242424);
        QVERIFY(all.reaches(none, "failed"));
        QVERIFY(all.info(none).problem.find("no user 4242424") != std::string::npos);
    }

    void listsThousands()
    {
        QTemporaryDir place;
        std::string file = place.path().toStdString() + "/many.xml";
        OK(writeFileAtomic(file, manyDomains(3000)));
        All all;
        int64_t begin = monotonicNanoseconds();
        std::string id = all.add("many", "test://" + file);
        QVERIFY(test::eventually(20, [&] { return all.info(id).domains == 3000; }));
        double whole = double(monotonicNanoseconds() - begin) / 1e9;
        begin = monotonicNanoseconds();
        QCOMPARE(all.connections->driver().list()->size(), size_t(3000));
        double list = double(monotonicNanoseconds() - begin) / 1e9;
        qInfo("3000 domains: there after %.2f s, listed in %.3f s", whole, list);
        QVERIFY(list < 0.5);
        OK(all.connections->driver().pause(all.machines(id)[2999].id));
    }
};

QTEST_GUILESS_MAIN(TestConnections)
#include "tst_connections.moc"
