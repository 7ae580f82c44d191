// Connections to real daemons, as a user who is nobody special: the user's own session, and this machine's system
// daemon over ssh. A machine is listed, started and stopped. Inside the sandbox, whose users and keys go with it.
#include "base/files.h"
#include "connections/make.h"
#include "machines/sandboxed.h"

#include <QTemporaryDir>

#include <poll.h>
#include <pwd.h>
#include <sys/socket.h>

using namespace diptych;
using namespace diptych::connections;
using namespace diptych::test;
using namespace std::chrono_literals;

namespace {

const char* const user = "diptych-tester";
const std::string home = "/var/lib/diptych-tester";

std::string vm(const std::string& name)
{
    return fmt::format(R"(<domain type='qemu'><name>{}</name><memory unit='MiB'>64</memory><vcpu>1</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os><features><acpi/></features><devices/></domain>)",
                       name);
}

/// here: with the directory that a desktop's session has. A login by ssh has none, and thus another session daemon.
std::string as(const std::string& command, bool here = true)
{
    return shell(fmt::format("setpriv --reuid {0} --regid {0} --init-groups env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin "
                             "HOME={1} USER={0} {2} {3}",
                             user, home, here ? "XDG_RUNTIME_DIR=/run/user/$(id -u " + std::string(user) + ")" : "",
                             command));
}

} // namespace

class TestRealConnections final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_state;
    std::unique_ptr<Connections> m_connections;
    uid_t m_uid = 0;
    Quiet m_quiet;

    std::string add(const std::string& name, const std::string& uri)
    {
        auto id = m_connections->add(name, uri, m_uid);
        return id ? *id : "!" + id.error().message;
    }
    ConnectionInfo info(const std::string& id) { return m_connections->find(id).value_or(ConnectionInfo{}); }
    std::optional<Instance> machine(const std::string& connection, const std::string& name)
    {
        auto all = m_connections->driver().list();
        for (const Instance& one : all ? *all : std::vector<Instance>{})
            if (one.connection == connection && one.spec.name == name)
                return one;
        return {};
    }
    /// Its display and its console, on the other side of ssh.
    void showsItsScreen(const std::string& id)
    {
        Driver& driver = m_connections->driver();
        OK(driver.start(id, m_quiet));
        auto display = m_connections->of(driver.describe(id)->connection).openDisplay(id);
        OK(display);
        char version[12];
        QCOMPARE(recv(display->get(), version, sizeof version, MSG_WAITALL), ssize_t{12});
        QCOMPARE(std::string(version, 4), std::string("RFB "));
        OK(writeAll(display->get(), "RFB 003.008\n"));
        char types[2];
        QCOMPARE(recv(display->get(), types, sizeof types, MSG_WAITALL), ssize_t{2}); // both ways
        display->reset();
        QVERIFY(eventually(10, [] { return shell("ps ax -o args").find(" -W [127.0.0.1]:") == std::string::npos; }));
        // SeaBIOS says on the serial line what it does, when it is told to; here it is enough that the line is there.
        auto terminal = driver.openTerminal(id, {});
        OK(terminal);
        pollfd waiting{terminal->fd.get(), POLLIN, 0};
        QVERIFY(poll(&waiting, 1, 300) == 0 || !(waiting.revents & POLLHUP));
        OK(driver.kill(id, 9));
    }
    /// Listed, started, stopped, by the connection's process; what virsh says in between.
    void startsAndStops(const std::string& connection, const std::string& name,
                        const std::function<std::string()>& state)
    {
        QVERIFY2(eventually(30, [&] { return info(connection).state == "connected"; }),
                 info(connection).problem.c_str());
        QCOMPARE(info(connection).driver, std::string("QEMU"));
        QVERIFY(eventually(10, [&] { return machine(connection, name).has_value(); }));
        std::string id = machine(connection, name)->id;
        Driver& driver = m_connections->driver();
        auto is = [&](State wanted) { return eventually(10, [&] { return driver.describe(id)->state == wanted; }); };
        QVERIFY(is(State::Stopped));
        OK(driver.start(id, m_quiet));
        QVERIFY(is(State::Running));
        QVERIFY2(state().find("running") == 0, state().c_str());
        OK(driver.kill(id, 9));
        QVERIFY(is(State::Stopped));
        QVERIFY(state().find("shut off") == 0);
    }

private slots:
    void initTestCase()
    {
        if (!getenv("DIPTYCH_SANDBOX"))
            QSKIP("runs inside tests/support/sandbox --libvirtd only");
        std::string said =
            shell(fmt::format("useradd -m -p '*' -d {1} -s /bin/sh -G libvirt {0} && mkdir -p -m 0755 /run/user && "
                              "install -d -m 0700 -o {0} -g {0} /run/user/$(id -u {0})",
                              user, home));
        const passwd* found = getpwnam(user);
        QVERIFY2(found, said.c_str());
        m_uid = found->pw_uid;
        m_connections =
            makeConnections(m_state.path().toStdString(),
                            QCoreApplication::applicationDirPath().toStdString() + "/diptychd", "qemu:///system");
    }
    void cleanupTestCase() { m_connections.reset(); }

    /// libvirt starts the user's daemon by itself.
    void theOwnSession()
    {
        std::string id = add("session", "qemu:///session");
        QVERIFY2(eventually(30, [&] { return info(id).state == "connected"; }), info(id).problem.c_str());
        (void)writeFileAtomic("/run/session.xml", vm("mine"), 0644);
        std::string said = as("virsh -q -c qemu:///session define /run/session.xml");
        QVERIFY2(said.find("rror") == std::string::npos, said.c_str());
        startsAndStops(id, "mine", [] { return as("virsh -q -c qemu:///session domstate mine"); });
        // It is that user's alone.
        QVERIFY(shell("virsh -q -c qemu:///system list --all").find("mine") == std::string::npos);
        QVERIFY(shell(fmt::format("ps -o user:32= -C libvirtd | sort | uniq -c")).find(user) != std::string::npos);
        OK(m_connections->remove(id));
    }

    /// What libvirt can do there is done there: clones, volumes that nobody needs, the machine's walls as libvirt knows
    /// them.
    void storesAndClones()
    {
        std::string id = add("stores", "qemu:///session"), pool = home + "/pool";
        QVERIFY2(eventually(30, [&] { return info(id).state == "connected"; }), info(id).problem.c_str());
        as("mkdir -p " + pool + "/away");
        as("virsh -q -c qemu:///session pool-define-as own dir --target " + pool);
        as("virsh -q -c qemu:///session pool-start own");
        auto call = [&](const std::string& method, Json parameters) {
            return m_connections->of(id).call("org.diptych." + method, parameters, m_quiet);
        };
        auto drop = [&](const std::string& name) {
            return call("Storage.DeleteVolume", {{"pool", "own"}, {"volume", name}});
        };
        OK(call("Storage.CreateVolume",
                {{"pool", "own"}, {"name", "a.qcow2"}, {"capacity", 8 << 20}, {"format", "qcow2"}}));
        std::string xml = vm("stored");
        xml.replace(xml.find("<devices/>"), 10,
                    "<devices><disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='" + pool +
                        "/a.qcow2'/><target dev='vda' bus='virtio'/></disk></devices>");
        (void)writeFileAtomic("/run/stored.xml", xml, 0644);
        as("virsh -q -c qemu:///session define /run/stored.xml");
        QVERIFY(eventually(10, [&] { return machine(id, "stored").has_value(); }));
        const std::string stored = machine(id, "stored")->id;
        OK(call("Machines.Clone", {{"id", stored}, {"name", "whole"}, {"linked", false}}));
        OK(call("Machines.Clone", {{"id", stored}, {"name", "linked"}, {"linked", true}}));
        QVERIFY(eventually(10, [&] { return machine(id, "linked").has_value(); }));
        // The base is named by nobody any more, but both are built upon it: libvirt reads that in their headers.
        auto base = drop("a.qcow2");
        QVERIFY(!base && base.error().code == Code::Busy);
        QVERIFY2(base.error().message.find("domain linked") != std::string::npos, base.error().message.c_str());
        as("qemu-img create -q -f qcow2 " + pool + "/free.qcow2 1M");
        OK(call("Storage.ChangePool", {{"pool", "own"}, {"change", "refresh"}}));
        as("qemu-img create -q -f qcow2 -b free.qcow2 -F qcow2 " + pool + "/over.qcow2");
        auto needed = drop("free.qcow2"); // by what came beside libvirt, which is told to look again
        QVERIFY(!needed && needed.error().message.find("volume own/over.qcow2") != std::string::npos);
        OK(drop("over.qcow2"));
        OK(drop("free.qcow2"));
        // Whose header nobody can read may need anything.
        as("qemu-img create -q -f qcow2 " + pool + "/away/x.qcow2 1M");
        as("sh -c 'virsh -c qemu:///session dumpxml --inactive whole | sed s,pool/whole-vda.qcow2,pool/away/x.qcow2, "
           "> " +
           home + "/moved.xml; virsh -q -c qemu:///session define " + home + "/moved.xml'");
        auto unknown = drop("whole-vda.qcow2");
        QVERIFY(!unknown && unknown.error().code == Code::Busy);
        QVERIFY2(unknown.error().message.find("can't be seen from here") != std::string::npos,
                 unknown.error().message.c_str());
        OK(m_connections->driver().start(stored, m_quiet));
        auto facts = m_connections->driver().hostFacts(stored);
        OK(facts);
        QVERIFY((*facts)["elsewhere"] == true && (*facts)["domain"]["type"] == "qemu");
        QCOMPARE((*facts)["disk"]["format"], Json("qcow2"));
        OK(m_connections->driver().kill(stored, 9));
        OK(m_connections->remove(id));
    }

    void overSsh()
    {
        if (!exists("/usr/sbin/sshd"))
            QSKIP("no sshd on this host (openssh-server)");
        std::string said = shell(fmt::format(R"sh(umask 077; mkdir -p /run/sshd {0}/.ssh && cd {0}/.ssh &&
            ssh-keygen -q -t ed25519 -N '' -f /run/sshd/host && ssh-keygen -q -t ed25519 -N '' -f id_ed25519 &&
            cp id_ed25519.pub authorized_keys && echo "[127.0.0.1]:2222 $(cut -d' ' -f1,2 /run/sshd/host.pub)" > known_hosts &&
            chown -R {1}: . && chmod 0755 /run/sshd &&
            /usr/sbin/sshd -f /dev/null -h /run/sshd/host -p 2222 -o ListenAddress=127.0.0.1 -o UsePAM=no \
              -o PidFile=/run/sshd.pid -o PasswordAuthentication=no -E /run/sshd.log)sh",
                                             home, user));
        QVERIFY2(exists("/run/sshd.pid") || eventually(5, [] { return exists("/run/sshd.pid"); }), said.c_str());
        std::string xml = vm("far");
        xml.replace(
            xml.find("<devices/>"), 10,
            "<devices><graphics type='vnc' autoport='yes' listen='127.0.0.1'/><video><model type='vga'/></video>"
            "<serial type='pty'/></devices>");
        (void)writeFileAtomic("/run/far.xml", xml, 0644);
        as("virsh -q -c qemu:///session define /run/far.xml", false);
        std::string id = add("far", fmt::format("qemu+ssh://{}@127.0.0.1:2222/session", user));
        QVERIFY2(eventually(30, [&] { return info(id).state == "connected"; }),
                 (info(id).problem + readFile("/run/sshd.log").value_or("")).c_str());
        startsAndStops(id, "far", [] { return as("virsh -q -c qemu:///session domstate far", false); });
        showsItsScreen(machine(id, "far")->id);
        // Its ssh ends with it, and an end of the far side is seen.
        QVERIFY(shell("ps ax -o user:32,args").find("ssh ") != std::string::npos);
        shell("kill $(ps -o pid= --ppid $(cat /run/sshd.pid)) $(cat /run/sshd.pid)");
        QVERIFY(eventually(30, [&] { return info(id).state != "connected"; }));
        QVERIFY(!info(id).problem.empty());
        // Whoever is not known is not asked about: no terminal is there.
        shell("rm " + home +
              "/.ssh/known_hosts; /usr/sbin/sshd -f /dev/null -h /run/sshd/host -p 2222 -o "
              "ListenAddress=127.0.0.1 -o UsePAM=no -o PidFile=/run/sshd.pid");
        OK(m_connections->remove(id));
        std::string unknown = add("unknown", fmt::format("qemu+ssh://{}@127.0.0.1:2222/session", user));
        QVERIFY(eventually(30, [&] { return info(unknown).state == "failed"; }));
        QVERIFY2(info(unknown).problem.find("Host key verification failed") != std::string::npos,
                 info(unknown).problem.c_str());
    }
};

QTEST_GUILESS_MAIN(TestRealConnections)
#include "tst_real_connections.moc"
