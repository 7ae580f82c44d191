// A guest with an agent, under TCG, inside tests/support/sandbox --libvirtd: a kernel, busybox and Debian's own
// qemu-ga. What the agent is asked for happens inside; what is shared is seen there; its memory and its disks come out
// whole.
#include "base/files.h"
#include "machines/machines.h"
#include "sandboxed.h"

#include <csignal>
#include <sys/socket.h>
#include <thread>

using namespace diptych;
using namespace diptych::test;

namespace {
const char* const id = "0a1b2c3d-0000-4000-8000-00000000a9e7";
const char* const pool = "/var/lib/libvirt/images";
} // namespace

class TestGuest : public QObject
{
    Q_OBJECT

    std::unique_ptr<Virtualization> m_virtualization;
    Quiet m_quiet;
    std::string m_log = "/var/log/libvirt/agent-console.log";

    Result<Json> call(const std::string& method, Json parameters = Json::object())
    {
        return m_virtualization->call("org.diptych." + method, parameters, m_quiet);
    }
    Result<Json> onGuest(const std::string& method, Json parameters = Json::object())
    {
        parameters["id"] = id;
        return call(method, std::move(parameters));
    }
    std::string console() { return readFile(m_log).value_or(""); }
    bool said(const std::string& text, int seconds = 60)
    {
        return eventually(seconds, [&] { return console().find(text) != std::string::npos; });
    }
    std::string domainXml()
    {
        return fmt::format(R"(<domain type='qemu'>
  <name>agent</name><uuid>{}</uuid><memory unit='MiB'>256</memory><vcpu>1</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type><kernel>{}/kernel</kernel><initrd>{}/initrd</initrd>
    <cmdline>console=ttyS0 quiet panic=-1</cmdline></os>
  <features><acpi/></features><cpu mode='maximum'/>
  <devices>
    <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='{}/agent.qcow2'/>
      <target dev='vda' bus='virtio'/></disk>
    <interface type='network'><source network='default'/><model type='virtio'/></interface>
    <serial type='file'><source path='{}'/></serial>
  </devices>
</domain>)",
                           id, pool, pool, pool, m_log);
    }

private slots:
    void initTestCase()
    {
        if (!getenv("DIPTYCH_SANDBOX"))
            QSKIP("runs inside tests/support/sandbox --libvirtd only");
        signal(SIGPIPE, SIG_IGN);
        const char* given = getenv("DIPTYCH_KERNELS");
        std::string kernels = given ? given : DIPTYCH_SOURCE "/.build/kernels";
        std::string made =
            shell(fmt::format("'{}/tests/machines/agent-guest' '{}' {}; echo $?", DIPTYCH_SOURCE, kernels, pool));
        if (made.find("77\n") != std::string::npos)
            QSKIP(made.c_str());
        QVERIFY2(exists(std::string(pool) + "/initrd"), made.c_str());
        shell(fmt::format("qemu-img create -f qcow2 {0}/agent.qcow2 64M; mkdir -p /var/lib/share-data; echo "
                          "hello-virtiofs > /var/lib/share-data/hello; "
                          "mkdir -p /var/lib/share-plan9; echo hello-plan9 > /var/lib/share-plan9/hello; chmod -R "
                          "a+rwX /var/lib/share-data /var/lib/share-plan9; "
                          "virsh -q pool-define-as images dir --target {0}; virsh -q pool-start images",
                          pool));
        (void)writeFileAtomic("/tmp/agent.xml", domainXml());
        std::string defined = shell("virsh define /tmp/agent.xml");
        QVERIFY2(defined.find("defined") != std::string::npos, defined.c_str());
        m_virtualization = machines::makeVirtualization(Paths{});
    }

    void saysWhatIsMissing()
    {
        QCOMPARE((*onGuest("GuestAgent.Get"))["obstacle"], Json("off"));
        QCOMPARE(onGuest("GuestAgent.SetClock").error().code, Code::WrongState);
        OK(onGuest("Machines.AddShare",
                   {{"path", "/var/lib/share-data"}, {"tag", "data"}, {"driver", "virtiofs"}, {"readOnly", false}}));
        OK(onGuest("Machines.AddShare",
                   {{"path", "/var/lib/share-plan9"}, {"tag", "plan9"}, {"driver", "path"}, {"readOnly", false}}));
        std::string started = shell("virsh start agent");
        QVERIFY2(started.find("started") != std::string::npos, started.c_str());
        QCOMPARE((*onGuest("GuestAgent.Get"))["obstacle"], Json("channel"));
        // While it runs: the way appears at once, and who waits for it inside answers.
        auto added = onGuest("Machines.AddDevice", {{"type", "channel"}, {"properties", Json::object()}});
        OK(added);
        if ((*added)["live"] == false) { // what it hangs from can't be plugged in
            QVERIFY((*added)["reason"].get<std::string>().find("virtio-serial") != std::string::npos);
            QCOMPARE(onGuest("GuestAgent.SetClock").error().code, Code::NotSupported);
            shell("virsh -q destroy agent; virsh -q start agent");
        }
        QVERIFY2(said("agent on /dev/vport", 180), console().c_str());
        QVERIFY2(eventually(60, [&] { return (*onGuest("GuestAgent.Get"))["obstacle"] == ""; }), console().c_str());
    }

    void tellsOfTheInside()
    {
        auto guest = onGuest("GuestAgent.Get");
        OK(guest);
        QCOMPARE((*guest)["problem"], Json(""));
        QCOMPARE((*guest)["hostname"], Json("agent-test"));
        QCOMPARE((*guest)["system"], Json("Agent test 1"));
        QVERIFY(!(*guest)["kernel"].get<std::string>().empty());
        std::string text = dumpJson(*guest);
        QVERIFY2(text.find("10.9.8.7") != std::string::npos, text.c_str());
        bool mounted = false;
        for (const Json& one : (*guest)["fileSystems"])
            mounted = mounted || (one["mountPoint"] == "/mnt" && one["total"].get<int64_t>() > 1000000);
        QVERIFY2(mounted, text.c_str());
        QCOMPARE((*guest)["clockKnown"], Json(true));
    }

    void seesShares()
    {
        if (console().find("virtiofs:") == std::string::npos && console().find("9p:") == std::string::npos)
            QSKIP(("this kernel mounts neither: " + console()).c_str());
        if (console().find("virtiofs:") != std::string::npos) {
            QVERIFY(said("virtiofs: hello-virtiofs", 1));
            QCOMPARE(readFile("/var/lib/share-data/from-guest").value_or(""), std::string("inside\n"));
        }
        if (console().find("9p:") != std::string::npos)
            QVERIFY(said("9p: hello-plan9", 1));
    }

    void setsClockAndPassword()
    {
        OK(onGuest("GuestAgent.SetClock"));
        auto guest = onGuest("GuestAgent.Get");
        OK(guest);
        QVERIFY2(std::abs((*guest)["clockAhead"].get<int64_t>()) < 5000, dumpJson(*guest).c_str());
        OK(onGuest("GuestAgent.SetPassword", {{"user", "root"}, {"password", "correct horse"}}));
        QVERIFY(said("password of root: 18 letters", 10)); // "root:correct horse"
        QCOMPARE(onGuest("GuestAgent.SetPassword", {{"user", "a:b"}, {"password", "x"}}).error().field,
                 std::string("user"));
        QCOMPARE(onGuest("GuestAgent.SetPassword", {{"user", "root"}, {"password", "x\ny"}}).error().field,
                 std::string("password"));
        auto nobody = onGuest("GuestAgent.SetPassword", {{"user", "nosuchuser"}, {"password", "x"}});
        QVERIFY(!nobody);
    }

    void freezesAndThaws()
    {
        QCOMPARE(onGuest("GuestAgent.Freeze", {{"seconds", 0}}).error().field, std::string("seconds"));
        Quiet held;
        Result<Json> outcome = Json();
        std::thread freezer([&] {
            outcome = m_virtualization->call("org.diptych.GuestAgent.Freeze", {{"id", id}, {"seconds", 60}}, held);
        });
        // Frozen: the agent itself refuses what would write.
        bool frozen = eventually(20, [&] {
            return !onGuest("GuestAgent.SetPassword", {{"user", "root"}, {"password", "y"}});
        });
        held.stop = true;
        freezer.join();
        QVERIFY(frozen);
        OK(outcome);
        QVERIFY((*outcome)["fileSystems"].get<int>() >= 1);
        OK(onGuest("GuestAgent.SetPassword", {{"user", "root"}, {"password", "z"}}));
    }

    void copiesDisksOfOneMoment()
    {
        auto copied = onGuest("Machines.BackUp", {{"pool", "images"}, {"freeze", true}});
        OK(copied);
        QCOMPARE((*copied)["frozen"], Json(true));
        QCOMPARE((*copied)["volumes"].size(), size_t{1});
        std::string file = fmt::format("{}/{}", pool, (*copied)["volumes"][0].get<std::string>());
        QVERIFY(shell("qemu-img check -q " + file + " && echo whole").find("whole") != std::string::npos);
        // Frozen for the moment: nothing has to be recovered in the copy.
        std::string checked =
            shell(fmt::format("qemu-img convert -O raw {} /tmp/copy.raw && e2fsck -fn /tmp/copy.raw; echo =$?", file));
        QVERIFY2(checked.find("=0") != std::string::npos, checked.c_str());
        // Who runs writes on: its volume itself is no copy of any moment.
        QCOMPARE(m_virtualization->volumeSize("images", "agent.qcow2").error().code, Code::Busy);
        Quiet stopped;
        stopped.stop = true;
        auto cancelled = m_virtualization->call("org.diptych.Machines.BackUp",
                                                {{"id", id}, {"pool", "images"}, {"freeze", false}}, stopped);
        QVERIFY(!cancelled);
        QCOMPARE(cancelled.error().code, Code::Cancelled);
        QCOMPARE(shell(fmt::format("ls {} | grep -c agent-vda", pool)), std::string("1\n"));
    }

    void dumpsMemory()
    {
        int pair[2];
        QVERIFY(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0);
        std::string start;
        uint64_t bytes = 0;
        std::thread reader([&] {
            std::string buffer(1 << 20, '\0');
            for (ssize_t n; (n = read(pair[1], buffer.data(), buffer.size())) > 0; bytes += static_cast<uint64_t>(n))
                if (start.size() < 20)
                    start.append(buffer, 0, std::min<size_t>(20, static_cast<size_t>(n)));
        });
        auto dumped = m_virtualization->dump(id, pair[0], m_quiet);
        ::close(pair[0]);
        reader.join();
        OK(dumped);
        QCOMPARE(start.substr(0, 4), std::string("\x7f"
                                                 "ELF"));
        QVERIFY2(bytes >= (uint64_t{256} << 20), std::to_string(bytes).c_str());
        QVERIFY(shell("virsh -q domstate agent").find("running") == 0);
        QVERIFY(shell("ls /run/diptych").find("dump-") == std::string::npos);
        ::close(pair[1]);
        // Nobody takes it any more, or it is cancelled: it ends, and the machine runs on.
        for (bool gone : {true, false}) {
            QVERIFY(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0);
            Quiet progress;
            if (gone)
                ::close(pair[1]);
            std::thread stop([&] {
                usleep(700000);
                progress.stop = true;
            });
            auto ended = m_virtualization->dump(id, pair[0], progress);
            stop.join();
            QVERIFY(!ended);
            QCOMPARE(ended.error().code, Code::Cancelled);
            ::close(pair[0]);
            if (!gone)
                ::close(pair[1]);
            QVERIFY(eventually(20, [&] { return shell("virsh -q domstate agent").find("running") == 0; }));
        }
        QVERIFY(onGuest("GuestAgent.Get"));
    }

    void shutsDownThroughTheAgent()
    {
        OK(onGuest("GuestAgent.ShutDown", {{"restart", false}}));
        QVERIFY2(said("shutdown", 30), console().c_str());
        QVERIFY(eventually(60, [&] { return shell("virsh -q domstate agent").find("shut off") == 0; }));
        QCOMPARE((*onGuest("GuestAgent.Get"))["obstacle"], Json("off"));
    }
};

QTEST_GUILESS_MAIN(TestGuest)
#include "tst_guest_agent.moc"
