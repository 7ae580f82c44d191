// Twin machines on a real libvirtd, under TCG, inside tests/support/sandbox --libvirtd. The slots run in order and tell
// one story: made, booted, looked into, limited, its helper and its libvirtd restarted, ended, removed.
#include "base/clock.h"
#include "base/files.h"
#include "base/names.h"
#include "images/disks.h"
#include "images/images.h"
#include "isolation/process_view.h"
#include "machines/driver.h"
#include "machines/guest_channel.h"
#include "machines/machines.h"
#include "machines/network.h"
#include "machines/twin_store.h"

#include <QTest>

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace diptych;
using namespace diptych::test;

namespace {

std::string readUntil(int fd, const std::string& wanted, int seconds)
{
    std::string text;
    eventually(seconds, [&] {
        char chunk[4096];
        ssize_t size = recv(fd, chunk, sizeof chunk, MSG_DONTWAIT);
        text.append(chunk, size > 0 ? static_cast<size_t>(size) : 0);
        return text.find(wanted) != std::string::npos;
    });
    return text;
}

} // namespace

class TestMachines : public QObject
{
    Q_OBJECT

    Paths m_paths;
    std::unique_ptr<images::Store> m_store;
    std::unique_ptr<Driver> m_driver;
    Quiet m_quiet;
    std::string m_id = newId();

    InstanceSpec spec() const
    {
        InstanceSpec spec;
        spec.name = "twin-vm";
        spec.kind = Kind::Machine;
        spec.image = "busybox:latest";
        spec.command = {"/bin/sh", "-c", "echo hello from $GREETING; trap 'exit 3' TERM; while :; do sleep 1; done"};
        spec.environment = {"GREETING=inside"};
        spec.limits = {0.9, uint64_t{256} << 20, 100};
        return spec;
    }
    Instance now(const std::string& id)
    {
        auto instance = m_driver->describe(id);
        return instance ? *instance : Instance{};
    }
    void newDriver()
    {
        m_driver.reset();
        m_driver = std::move(*machines::makeMachineDriver(m_paths, *m_store));
    }
    std::string machineGuestSocket() const
    {
        auto info = machines::readDomain(shell("virsh -q dumpxml " + m_id));
        return info ? info->guestSocket : "";
    }

private slots:
    void initTestCase()
    {
        auto lacking = openTwinStore(m_paths, m_store, m_quiet);
        OK(lacking);
        if (!lacking->empty())
            QSKIP(lacking->c_str());
        newDriver();
    }

    void reservesBesideTheSameName()
    {
        shell("virsh -q net-update default add ip-dhcp-host \"<host mac='52:54:00:aa:bb:01' name='taken' "
              "ip='192.168.122.77'/>\" --live --config");
        machines::ConnectRef connection(virConnectOpen("qemu:///system"));
        QVERIFY(connection);
        auto address = machines::reserveAddress(connection.get(), "default", "52:54:00:aa:bb:02", "taken");
        OK(address);
        QVERIFY(address->name.empty() && !address->address.empty() && address->address != "192.168.122.77");
        OK(machines::releaseAddress(connection.get(), "default", "52:54:00:aa:bb:02"));
        QVERIFY(shell("virsh -q net-dumpxml default").find("52:54:00:aa:bb:02") == std::string::npos);
        OK(machines::releaseAddress(connection.get(), "default", "52:54:00:aa:bb:01"));
    }

    void createsADomain()
    {
        auto created = m_driver->create(m_id, spec(), m_quiet);
        OK(created);
        QVERIFY(created->state == State::Stopped);
        QVERIFY(created->managed);
        QVERIFY(created->address.starts_with("192.168.122."));
        QVERIFY(shell("virsh list --all").find("twin-vm") != std::string::npos);
        QVERIFY(shell("virsh net-dumpxml default").find(created->mac) != std::string::npos);
        QCOMPARE(created->spec.environment.size(), size_t{1});
        // The name is taken now, and the failure leaves nothing.
        std::string other = newId();
        auto again = m_driver->create(other, spec(), m_quiet);
        QVERIFY(!again);
        QCOMPARE(again.error().code, Code::Exists);
        QVERIFY(!exists(m_paths.instance(other)));
    }

    void leavesNothingOfAFailedCreate()
    {
        std::string id = newId();
        InstanceSpec broken = spec();
        broken.name = "broken";
        broken.network.name = "nosuch";
        QVERIFY(!m_driver->create(id, broken, m_quiet));
        QVERIFY(!exists(m_paths.instance(id)));
        Quiet cancelled;
        cancelled.stop = true;
        broken.network.name = "default";
        QVERIFY(!m_driver->create(id, broken, cancelled));
        QVERIFY(!exists(m_paths.instance(id)));
        QVERIFY(shell("virsh list --all").find("broken") == std::string::npos);
        // What a helper that died left behind goes with the next one's first look.
        OK(makeDirectories(m_paths.instance(id)));
        OK(writeFileAtomic(m_paths.instance(id) + "/machine.making", "default"));
        shell("virsh net-update default add ip-dhcp-host \"<host mac='" + machines::macFor(id) +
              "' ip='192.168.122.77'/>\" --live --config");
        QVERIFY(shell("virsh net-dumpxml default").find("192.168.122.77") != std::string::npos);
        newDriver();
        OK(m_driver->list());
        QVERIFY(!exists(m_paths.instance(id)));
        QVERIFY(shell("virsh net-dumpxml default").find("192.168.122.77") == std::string::npos);
    }

    void keepsOthersOut()
    {
        // Neither the state nor a machine's files can be reached by a user who is not QEMU's.
        std::string out =
            shell("setpriv --reuid 12345 --regid 12345 --clear-groups ls " + m_paths.instance(m_id) + " 2>&1");
        QVERIFY2(out.find("denied") != std::string::npos, out.c_str());
        struct stat status
        {
        };
        std::string base = shell("virsh -q domblklist " + m_id);
        QVERIFY(stat((m_paths.instance(m_id) + "/disk.qcow2").c_str(), &status) == 0);
        QCOMPARE(status.st_mode & 0777, mode_t{0600});
        // What machines share stays root's: QEMU may read it.
        QVERIFY(stat((m_paths.instance(m_id) + "/vmlinuz").c_str(), &status) == 0);
        QCOMPARE(status.st_uid, uid_t{0});
    }

    void boots()
    {
        OK(m_driver->start(m_id, m_quiet));
        QVERIFY(now(m_id).state == State::Running);
        bool reached = eventually(240, [&] {
            auto timeline = m_driver->timeline(m_id);
            return timeline && timeline->complete;
        });
        QVERIFY2(reached, m_driver->log(m_id, 4000).value_or("").c_str());
        Timeline timeline = *m_driver->timeline(m_id);
        std::vector<std::string> names;
        for (const TimelineStep& step : timeline.steps) {
            names.push_back(step.name);
            qInfo("%-10s %8.1f ms", step.name.c_str(), static_cast<double>(step.end - step.begin) / 1e6);
        }
        QVERIFY((names == std::vector<std::string>{"qemu", "firmware", "kernel", "init", "entrypoint"}));
        Instance instance = now(m_id);
        QCOMPARE(instance.startNanoseconds, timeline.total);
        QVERIFY(instance.pid > 0);
        QCOMPARE(instance.acceleration, machines::acceleration());
        QVERIFY(instance.cgroup.starts_with("/machine"));
        QVERIFY(eventually(10, [&] {
            return m_driver->log(m_id, 65536).value_or("").find("hello from inside") != std::string::npos;
        }));
        auto again = m_driver->start(m_id, m_quiet);
        QCOMPARE(again.error().code, Code::WrongState);
        QCOMPARE(m_driver->remove(m_id, true).error().code, Code::WrongState);
    }

    void answersFromInside()
    {
        auto probe = m_driver->probe(m_id);
        OK(probe);
        auto host = readFile("/proc/sys/kernel/random/boot_id");
        QVERIFY((*probe)["kernel"]["bootId"].get<std::string>() != std::string(trim(*host)));
        QCOMPARE((*probe)["hostname"].get<std::string>(), std::string("twin-vm"));
        auto processes = m_driver->processes(m_id);
        OK(processes);
        QVERIFY(!processes->empty());
        QCOMPARE(processes->front().pid, 0);
        auto facts = m_driver->hostFacts(m_id);
        OK(facts);
        QVERIFY((*facts)["process"]["threads"].get<int>() > 1);
        QVERIFY((*facts)["process"]["uid"].get<int>() != 0);
        QVERIFY((*facts)["network"]["tap"].get<std::string>().starts_with("vnet"));
        QVERIFY((*facts)["disk"]["allocatedBytes"].get<uint64_t>() > 0);
        QVERIFY(m_driver->diskBytes(m_id).value_or(0) > 0);
        qInfo("%s", dumpJson((*facts)["cgroup"]).c_str());
    }

    /// Against virsh and the kernel's own files, in the same moment.
    void tellsWhereItsMemoryIs()
    {
        auto balloon = [this] { return m_driver->hostFacts(m_id).value_or(Json::object()).value("balloon", Json()); };
        QVERIFY(eventually(20, [&] { return balloon().contains("available"); }));
        auto facts = m_driver->hostFacts(m_id);
        auto probe = m_driver->probe(m_id);
        OK(facts);
        OK(probe);
        isolation::ResourceSources sources;
        sources.hierarchies = cgroups::findHierarchies().value_or(cgroups::Hierarchies{});
        isolation::HostIdentity host = isolation::identifyHost();
        auto told = isolation::resources(now(m_id), &*probe, *facts, host, sources);
        std::map<std::string, int64_t> bytes, sums;
        for (const auto& figure : told.figures) {
            bytes[figure.name] = figure.bytes.value_or(-1);
            sums[figure.part] += figure.bytes.value_or(0);
        }
        for (const char* bar : {"charged", "resident", "guest"})
            QCOMPARE(sums[bar], bytes[bar]);
        std::map<std::string, int64_t> virsh; // KiB
        std::string printed = shell("virsh dommemstat twin-vm");
        for (std::string_view line : split(printed, '\n'))
            if (auto words = split(line, ' '); words.size() == 2)
                virsh[std::string(words[0])] = std::atoll(std::string(words[1]).c_str()) * 1024;
        constexpr int64_t moved = 3 << 20; // it runs on between two readings
        QVERIFY2(virsh["actual"] > 0, printed.c_str());
        QCOMPARE(bytes["balloon"] + virsh["actual"], bytes["guest"]);
        QCOMPARE(bytes["guestKernel"], virsh["actual"] - virsh["available"]);
        QVERIFY(std::abs(bytes["guestFree"] - virsh["unused"]) < moved);
        QVERIFY(std::abs(bytes["guestCache"] - virsh["disk_caches"]) < moved);
        QVERIFY(std::abs(bytes["rss"] - virsh["rss"]) < moved);
        QCOMPARE(bytes["believed"], virsh["available"]);
        QVERIFY(bytes["hypervisor"] > 5 << 20);
        QVERIFY(bytes["guestMemory"] > 20 << 20 && bytes["guestMemory"] <= bytes["guest"]);
        for (const auto& row : told.bounds)
            qInfo("%s: %s", row.resource.c_str(), row.text.c_str());
        QCOMPARE(told.bounds[0].statement, std::string("memoryByGuest"));
        // One process inside is none of the host's.
        int inside = m_driver->processes(m_id)->front().insidePid;
        auto view = isolation::processView(now(m_id), &*probe, *facts, host, sources, 0, inside);
        OK(view);
        QCOMPARE(view->host.front().statement, std::string("viewNowhere"));
        QCOMPARE(view->host[1].values.at("count"), std::to_string((*facts)["domain"]["vcpus"].get<int>()));
    }

    void isReachedByNetwork()
    {
        std::string address = now(m_id).address;
        std::string command = (findProgram("ping").empty() ? "busybox ping" : "ping") + (" -c 1 -W 1 " + address);
        QVERIFY2(eventually(15, [&] { return shell(command).find(" 0% packet loss") != std::string::npos; }),
                 shell(command).c_str());
    }

    void hasAConsole()
    {
        auto terminal = m_driver->openTerminal(m_id, {});
        OK(terminal);
        std::string shown = readUntil(terminal->fd.get(), "hello from inside", 10);
        QVERIFY2(shown.find("hello from inside") != std::string::npos, shown.c_str());
        // Enter gives a shell beside the entry point.
        OK(writeAll(terminal->fd.get(), "\n"));
        usleep(1500000);
        OK(writeAll(terminal->fd.get(), "echo 4$((1+1)) $(cat /proc/1/comm)\n"));
        shown = readUntil(terminal->fd.get(), "42 ", 20);
        QVERIFY2(shown.find("42 ") != std::string::npos, shown.c_str());
        // The window's size reaches who sits at the console.
        OK(terminal->resize(120, 40));
        usleep(500000);
        OK(writeAll(terminal->fd.get(), "echo size $(stty size)\n"));
        shown = readUntil(terminal->fd.get(), "size 40 120", 20);
        QVERIFY2(shown.find("size 40 120") != std::string::npos, shown.c_str());
        // A second one takes the console over, the first ends.
        auto second = m_driver->openTerminal(m_id, {});
        OK(second);
        char byte;
        QVERIFY(eventually(10, [&] {
            while (recv(terminal->fd.get(), &byte, 1, MSG_DONTWAIT) > 0) {
            }
            return recv(terminal->fd.get(), &byte, 1, MSG_DONTWAIT) == 0;
        }));
    }

    void pausesAndResumes()
    {
        OK(m_driver->pause(m_id));
        QVERIFY(now(m_id).state == State::Paused);
        OK(m_driver->resume(m_id));
        QVERIFY(now(m_id).state == State::Running);
        QCOMPARE(m_driver->rename(m_id, "other").error().code, Code::WrongState);
    }

    void changesLimitsWhileItRuns()
    {
        OK(m_driver->setLimits(m_id, {0.5, uint64_t{192} << 20, 50}));
        QVERIFY(shell("virsh schedinfo " + m_id).find("global_quota   : 50000") != std::string::npos);
        auto facts = m_driver->hostFacts(m_id);
        OK(facts);
        QVERIFY(dumpJson((*facts)["cgroup"]["files"]).find("50000") != std::string::npos);
        auto probe = m_driver->probe(m_id);
        OK(probe);
        QVERIFY2((*probe)["limits"].dump().find("50") != std::string::npos, (*probe)["limits"].dump().c_str());
        QVERIFY(eventually(
            20, [&] { return shell("virsh -q dommemstat " + m_id).find("actual 196608") != std::string::npos; }));
        Instance instance = now(m_id);
        QVERIFY((instance.spec.limits == Limits{0.5, uint64_t{192} << 20, 50}));
        // More RAM than it was started with comes with the next start, and that is said.
        auto beyond = m_driver->setLimits(m_id, {0.9, uint64_t{512} << 20, 50});
        QVERIFY(!beyond);
        QCOMPARE(beyond.error().code, Code::WrongState);
        QCOMPARE(now(m_id).spec.limits.memory, uint64_t{512} << 20);
    }

    void growsWhileItRuns()
    {
        if (machines::hostCpus() < 2)
            QSKIP("one processor: a machine can't have two");
        auto cpus = [&] {
            auto probe = m_driver->probe(m_id);
            return probe ? (*probe)["limits"].value("cpus", 0) : -1;
        };
        QCOMPARE(cpus(), 1);
        Limits limits = now(m_id).spec.limits;
        limits.cpus = 1.9;
        (void)m_driver->setLimits(m_id, limits); // memory still waits for the next start, and says so
        QVERIFY(shell("virsh vcpucount --live --current " + m_id).starts_with("2"));
        QVERIFY2(eventually(20, [&] { return cpus() == 2; }), std::to_string(cpus()).c_str());
        // Fewer at once, and more again.
        limits.cpus = 0.9;
        (void)m_driver->setLimits(m_id, limits);
        QVERIFY2(eventually(20, [&] { return cpus() == 1; }), std::to_string(cpus()).c_str());
        limits.cpus = 1.5;
        (void)m_driver->setLimits(m_id, limits);
        QVERIFY2(eventually(20, [&] { return cpus() == 2; }), std::to_string(cpus()).c_str());
    }

    void losesNoAnswer()
    {
        // An answer that the guest gives before its driver has heard of the connection: each lost one would cost the
        // second after which it is asked again.
        std::string socket = machineGuestSocket();
        int64_t began = monotonicNanoseconds();
        for (int i = 0; i < 40; ++i)
            OK(machines::askGuest(socket, {{"method", "Ping"}}, std::chrono::milliseconds(10000)));
        auto spent = (monotonicNanoseconds() - began) / 1000000;
        qInfo("40 requests, each on a connection of its own: %lld ms", static_cast<long long>(spent));
        QVERIFY2(spent < 10000, std::to_string(spent).c_str());
    }

    void countsInOneSweep()
    {
        auto samples = m_driver->sample();
        QCOMPARE(samples.size(), size_t{1});
        const Sample& sample = samples.front().second;
        QCOMPARE(samples.front().first, m_id);
        QVERIFY(sample.cpuNanoseconds > 0);
        QVERIFY(sample.memory > (uint64_t{32} << 20));
        QVERIFY(sample.pids > 1);
        QVERIFY(sample.readBytes > 0);
        qInfo("throttled %.1f ms, guest memory %.1f MiB, %.1f kB received",
              static_cast<double>(sample.throttledNanoseconds) / 1e6, static_cast<double>(sample.memoryGuest) / 1048576,
              static_cast<double>(sample.receivedBytes) / 1e3);
    }

    void survivesLibvirtd()
    {
        int pid = atoi(readFile("/run/libvirtd.pid").value_or("0").c_str());
        QVERIFY(pid > 1);
        QVERIFY(::kill(pid, SIGKILL) == 0);
        QVERIFY(eventually(15, [&] { return !m_driver->list().has_value(); }));
        int64_t before = monotonicNanoseconds();
        auto gone = m_driver->list();
        QVERIFY(!gone);
        QCOMPARE(gone.error().code, Code::NotSupported);
        QVERIFY(monotonicNanoseconds() - before < 1000000000);
        QVERIFY(gone.error().message.find("systemctl") != std::string::npos);
        std::string said = shell("libvirtd -d");
        bool back = eventually(90, [&] { return now(m_id).state == State::Running; });
        auto after = m_driver->describe(m_id);
        QVERIFY2(back, (said + (after ? "" : after.error().message)).c_str());
        OK(m_driver->probe(m_id));
    }

    void endsWhileNobodyWatches()
    {
        std::string socket = machineGuestSocket();
        m_driver.reset();
        auto stopped = machines::askGuest(socket, {{"method", "Stop"}}, std::chrono::seconds(10));
        OK(stopped);
        QVERIFY(eventually(30, [&] { return shell("virsh domstate " + m_id).find("shut off") != std::string::npos; }));
        newDriver();
        OK(m_driver->list());
        Instance instance = now(m_id);
        QVERIFY(instance.state == State::Stopped);
        QCOMPARE(instance.exitCode.value_or(-1), 3);
        QVERIFY(instance.finishedAt >= instance.startedAt);
        QVERIFY(instance.startNanoseconds > 0);
    }

    void renamesAndStops()
    {
        OK(m_driver->rename(m_id, "renamed-vm"));
        OK(m_driver->start(m_id, m_quiet));
        newDriver(); // during the boot: the next one takes the start over
        OK(m_driver->list());
        QVERIFY(eventually(240, [&] { return m_driver->timeline(m_id).value_or(Timeline{}).complete; }));
        auto probe = m_driver->probe(m_id);
        OK(probe);
        QCOMPARE((*probe)["hostname"].get<std::string>(), std::string("renamed-vm"));
        OK(m_driver->stop(m_id, std::chrono::seconds(20), m_quiet));
        QVERIFY(now(m_id).state == State::Stopped);
        QCOMPARE(now(m_id).exitCode.value_or(-1), 3);
    }

    void becomesAnImage()
    {
        auto facts = m_driver->hostFacts(m_id);
        OK(facts);
        const Json& disk = (*facts)["disk"];
        auto image = m_store->commitDisk({disk["path"], disk["format"], disk["backing"]}, {}, "machine:1", "", m_quiet);
        OK(image);
        auto layers = m_store->unpack(*image, m_quiet);
        OK(layers);
        QVERIFY(exists(layers->front() + "/bin/busybox"));
        // Written by the machine when it ran, over the image's.
        QCOMPARE(readFile(layers->front() + "/etc/hostname").value_or(""), std::string("renamed-vm\n"));
        OK(m_store->remove("machine:1"));
    }

    void killsAtOnce()
    {
        OK(m_driver->start(m_id, m_quiet));
        OK(m_driver->kill(m_id, 9));
        Instance instance = now(m_id);
        QVERIFY(instance.state == State::Stopped);
        QCOMPARE(instance.exitCode.value_or(-1), 137);
    }

    void showsDomainsOfOthers()
    {
        std::string disk = "/var/lib/libvirt/images/foreign.qcow2";
        shell("qemu-img create -q -f qcow2 " + disk + " 16M");
        OK(writeFileAtomic(
            "/run/foreign.xml",
            "<domain type='qemu'><name>foreign</name><memory unit='MiB'>64</memory><vcpu>2</vcpu>"
            "<os><type>hvm</type></os><devices><disk type='file' device='disk'><driver name='qemu' type='qcow2'/>"
            "<source file='" +
                disk + "'/><target dev='vda' bus='virtio'/></disk></devices></domain>"));
        shell("virsh define /run/foreign.xml");
        auto list = m_driver->list();
        OK(list);
        QCOMPARE(list->size(), size_t{2});
        auto found =
            std::find_if(list->begin(), list->end(), [](const Instance& i) { return i.spec.name == "foreign"; });
        QVERIFY(found != list->end());
        QVERIFY(!found->managed);
        QCOMPARE(found->spec.limits.memory, uint64_t{64} << 20);
        QCOMPARE(found->spec.limits.cpus, 2.0);
        OK(m_driver->start(found->id, m_quiet));
        QVERIFY(now(found->id).state == State::Running);
        QCOMPARE(m_driver->probe(found->id).error().code, Code::NotSupported);
        OK(m_driver->stop(found->id, std::chrono::milliseconds(500), m_quiet)); // no system to hear it: by force
        auto plan = m_driver->removalPlan(found->id);
        OK(plan);
        QVERIFY(plan->first.empty());
        QCOMPARE(plan->second.size(), size_t{1});
        OK(m_driver->remove(found->id, false));
        QVERIFY(exists(disk));
        shell("virsh define /run/foreign.xml");
        list = m_driver->list();
        for (const Instance& instance : *list)
            if (!instance.managed)
                OK(m_driver->remove(instance.id, true));
        QVERIFY(!exists(disk));
    }

    void removes()
    {
        std::string mac = now(m_id).mac;
        auto plan = m_driver->removalPlan(m_id);
        OK(plan);
        QCOMPARE(plan->first.size(), size_t{1});
        OK(m_driver->remove(m_id, true));
        QVERIFY(!exists(m_paths.instance(m_id)));
        QVERIFY(exists(plan->second.at(0)));
        QVERIFY(shell("virsh net-dumpxml default").find(mac) == std::string::npos);
        auto list = m_driver->list();
        OK(list);
        QVERIFY(list->empty());
        QCOMPARE(m_driver->describe(m_id).error().code, Code::NotFound);
    }
};

// No QCoreApplication: libvirt's event loop runs on GLib's default context, which Qt's would take for itself.
QTEST_APPLESS_MAIN(TestMachines)
#include "tst_machines.moc"
