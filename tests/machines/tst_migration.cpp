// Machines that move between two real libvirtds, opened by the real processes of connections; inside the sandbox. The
// second has its own files and configuration, and the same network namespace.
#include "machines/moving.h"

#include <set>

using namespace diptych;
using namespace diptych::connections;
using namespace diptych::test;

namespace {

const std::string images = "/var/lib/libvirt/images";

struct Shape
{
    std::string devices = {}, os = {}, cpu = {}, emulator = {};
};

std::string vm(const Shape& shape = {})
{
    return fmt::format(R"(<domain type='qemu'>
  <name>vm</name><uuid>{}</uuid><memory unit='MiB'>128</memory><vcpu>1</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type>{}</os><features><acpi/></features>{}
  <devices>{}
    <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='{}/vm.qcow2'/>
      <target dev='vda' bus='virtio'/></disk>{}
  </devices></domain>)",
                       id, shape.os, shape.cpu, shape.emulator, images, shape.devices);
}

} // namespace

class TestMigration final : public QObject, private Moving
{
    Q_OBJECT

public:
    TestMigration() : Moving(true) {}

private:
    std::string define(const std::string& xml)
    {
        (void)writeFileAtomic("/run/domain.xml", xml);
        return shell("virsh -q define /run/domain.xml");
    }
    /// Defined like this, that field stands against it.
    std::string problemOf(const Shape& shape, const std::string& field)
    {
        std::string said = define(vm(shape));
        std::string found = problem(field);
        return said + found;
    }

    /// The machine's disk is an overlay of vm.qcow2, with something of its own.
    void overlay()
    {
        shell("qemu-img create -q -f qcow2 -b vm.qcow2 -F qcow2 " + images +
              "/over.qcow2; qemu-io -f qcow2 -c 'write -P 0x66 16M 1M' " + images +
              "/over.qcow2; virsh -q pool-refresh images");
        std::string xml = vm();
        xml.replace(xml.find("vm.qcow2"), 8, "over.qcow2");
        define(xml);
    }
    /// What QEMU wants to prove that it is 127.0.0.1, signed by an authority of that name.
    static void certify(const std::string& directory, const std::string& authority)
    {
        std::string said = shell(
            "cd " + directory +
            " && openssl req -x509 -newkey rsa:2048 -nodes -keyout /run/ca-key.pem -out ca-cert.pem "
            "-subj /CN=" +
            authority +
            " -days 2 2>&1 && openssl req -newkey rsa:2048 -nodes -keyout server-key.pem -subj "
            "/CN=127.0.0.1 -out /run/request.pem 2>&1 && echo subjectAltName=IP:127.0.0.1 >/run/extensions && openssl "
            "x509 "
            "-req -in /run/request.pem -CA ca-cert.pem -CAkey /run/ca-key.pem -CAcreateserial -days 2 -extfile "
            "/run/extensions -out server-cert.pem 2>&1 && cp server-cert.pem client-cert.pem && cp server-key.pem "
            "client-key.pem && chmod 0755 . && chmod 0644 *.pem && echo done");
        QVERIFY2(said.find("done") != std::string::npos, said.c_str());
    }
    static bool holdsThere(const std::string& file)
    {
        std::string all =
            shell("qemu-io -f qcow2 -c 'read -P 0x5a 0 16M' -c 'read -P 0x66 16M 1M' /run/second/images/" + file +
                  "; qemu-img info /run/second/images/" + file);
        return all.find("read 16777216") == 0 && all.find("read 1048576") != std::string::npos &&
               all.find("backing file") == std::string::npos && all.find("failed") == std::string::npos;
    }
    /// A second disk, in a directory that both libvirtds have a pool of; the first is called vdb.
    void share()
    {
        shell("mkdir -p -m 0755 /tmp/diptych-shared; qemu-img create -q -f qcow2 /tmp/diptych-shared/data.qcow2 32M; "
              "qemu-io -f qcow2 -c 'write "
              "-P 0x77 0 1M' /tmp/diptych-shared/data.qcow2; virsh -q pool-define-as shared dir --target "
              "/tmp/diptych-shared; virsh -q "
              "pool-start shared");
        there("pool-define-as shared dir --target /tmp/diptych-shared");
        there("pool-start shared");
        std::string xml =
            vm({.devices = "<disk type='file' device='disk'><driver name='qemu' type='qcow2' cache='none'/><source "
                           "file='/tmp/diptych-shared/data.qcow2'/><target dev='vda' bus='virtio'/></disk>"});
        xml.replace(xml.find("dev='vda'"), 9, "dev='vdb'");
        define(xml);
    }
    /// What becomes of each disk.
    std::string fates(const Json& parameters = Json::object())
    {
        auto checked = move("CheckMigration", parameters, m_quiet);
        std::string all = checked ? "" : checked.error().message;
        std::set<std::string> lines;
        for (const Json& one : checked ? (*checked)["disks"] : Json::array())
            lines.insert(one["disk"].get<std::string>() + " " + one["how"].get<std::string>() + " ");
        for (const std::string& line : lines)
            all += line;
        return all;
    }

private slots:
    void initTestCase()
    {
        if (!getenv("DIPTYCH_SANDBOX"))
            QSKIP("runs inside tests/support/sandbox --libvirtd only");
        connectBoth(DIPTYCH_SOURCE "/tests/support/second-libvirtd",
                    QCoreApplication::applicationDirPath().toStdString());
        if (QTest::currentTestFailed())
            return;
        shell("virsh -q pool-define-as images dir --target " + images + "; virsh -q pool-start images");
    }
    void init()
    {
        // 16 MiB that are not zeros, so that there is something to move.
        shell("qemu-img create -q -f qcow2 " + images + "/vm.qcow2 64M; qemu-io -f qcow2 -c 'write -P 0x5a 0 16M' " +
              images + "/vm.qcow2; virsh -q pool-refresh images");
        define(vm());
        there("pool-define-as images dir --target " + images);
        there("pool-start images");
    }
    void cleanup()
    {
        shell("virsh -q destroy vm; virsh -q managedsave-remove vm; virsh -q undefine vm --nvram --snapshots-metadata; "
              "rm -f " +
              images + "/*");
        there("destroy vm");
        there("undefine vm");
        shell("rm -f /run/second/images/*; virsh -q pool-destroy shared; virsh -q pool-undefine shared; rm -rf "
              "/tmp/diptych-shared");
        there("pool-destroy shared");
        there("pool-undefine shared");
        there("pool-refresh images");
    }
    void cleanupTestCase()
    {
        m_connections.reset();
        shell("kill $(cat /run/second/pid)");
    }

    void movesItWhileItIsOff()
    {
        shell("virsh -q autostart vm");
        std::string before = shell("md5sum < " + images + "/vm.qcow2");
        Watching watching;
        auto moved = move("Migrate", Json::object(), watching);
        OK(moved);
        QCOMPARE((*moved)["ids"], (Json{combinedId(id, m_to)}));
        QVERIFY(there("list --all").find("vm") != std::string::npos);
        QVERIFY(there("dominfo vm").find("Autostart:      enable") != std::string::npos);
        QVERIFY(shell("virsh -q list --all").find("vm") == std::string::npos);
        QCOMPARE(shell("md5sum < /run/second/images/vm.qcow2"), before);
        QVERIFY(there("vol-dumpxml vm.qcow2 images").find("<format type='qcow2'/>") != std::string::npos);
        QVERIFY(exists(images + "/vm.qcow2")); // nothing is taken from where it was
        QVERIFY(watching.most >= 16U << 20);
        QVERIFY(there("start vm").empty());
        // It is among the connection's machines, and comes back to this machine's own libvirt.
        there("destroy vm");
        QVERIFY(hasArrived());
        auto clash = move("Migrate", {{"id", combinedId(id, m_to)}, {"to", ""}}, m_quiet);
        QVERIFY(!clash && clash.error().field == "disk:vda"); // the old file is in the way
        // Nor is it the same file: who went back to it would lose what was written there.
        auto other = move("Migrate", {{"id", combinedId(id, m_to)}, {"to", ""}, {"copyStorage", false}}, m_quiet);
        QVERIFY(!other && other.error().field == "disk:vda");
        QVERIFY2(other.error().message.find("another file") != std::string::npos, other.error().message.c_str());
        shell("rm " + images + "/vm.qcow2; virsh -q pool-refresh images");
        auto back = move("Migrate", {{"id", combinedId(id, m_to)}, {"to", ""}}, m_quiet);
        OK(back);
        QCOMPARE((*back)["ids"], (Json{id}));
        QVERIFY(shell("virsh -q list --all").find("vm") != std::string::npos);
        QVERIFY(there("list --all").find("vm") == std::string::npos);
    }

    void movesItWhileItRuns()
    {
        QVERIFY(shell("virsh -q start vm").empty());
        // Of the same name and size there, but not the same file.
        there("vol-create-as images vm.qcow2 64M --format qcow2");
        auto other = move("Migrate", {{"copyStorage", false}}, m_quiet);
        QVERIFY(!other && other.error().field == "disk:vda");
        QVERIFY2(other.error().message.find("one that is made beside it here is not seen") != std::string::npos,
                 other.error().message.c_str());
        QVERIFY(shell("ls " + images + " /run/second/images | grep diptych").empty()); // nor is that one left
        there("vol-delete vm.qcow2 images");
        Watching watching;
        auto moved = move("Migrate", {{"undefineSource", false}}, watching);
        OK(moved);
        QVERIFY(there("domstate vm").find("running") == 0);
        QVERIFY(there("dominfo vm").find("Persistent:     yes") != std::string::npos);
        QVERIFY(shell("virsh -q domstate vm").find("shut off") == 0); // still defined, as was asked
        QVERIFY(watching.most > 0);
        there("destroy vm");
        QVERIFY(shell("qemu-io -f qcow2 -c 'read -P 0x5a 0 16M' /run/second/images/vm.qcow2").find("read 16777216") ==
                0);
        QVERIFY(problem("name").find("already") != std::string::npos);
        QVERIFY(problem("id").find("the same UUID") != std::string::npos);
    }

    /// Without certificates it stays where it is, with libvirt's reason; each side refuses the other's when somebody
    /// else signed them: so they are looked at.
    void movesItEncrypted()
    {
        QVERIFY(shell("virsh -q start vm").empty());
        auto none = move("Migrate", {{"encrypted", true}}, m_quiet);
        QVERIFY(!none);
        QVERIFY2(none.error().message.find("ca-cert.pem") != std::string::npos, none.error().message.c_str());
        certify("/run/libvirt-pki", "first");
        certify("/run/second/pki", "second");
        auto strange = move("Migrate", {{"encrypted", true}}, m_quiet);
        QVERIFY(!strange);
        QVERIFY(shell("virsh -q domstate vm").find("running") == 0);
        QVERIFY(there("list --all").find("vm") == std::string::npos);
        QVERIFY(!exists("/run/second/images/vm.qcow2"));
        shell("cp /run/libvirt-pki/* /run/second/pki/");
        OK(move("Migrate", {{"encrypted", true}}, m_quiet));
        QVERIFY(there("domstate vm").find("running") == 0);
        there("destroy vm");
        QVERIFY(shell("qemu-io -f qcow2 -c 'read -P 0x5a 0 16M' /run/second/images/vm.qcow2").find("read 16777216") ==
                0);
    }

    /// An overlay arrives whole, and its base stays behind.
    void takesOverlaysAlongWhole()
    {
        overlay();
        QCOMPARE(fates(), std::string("vda flattened "));
        Watching watching;
        OK(move("Migrate", {{"undefineSource", false}}, watching));
        QVERIFY(holdsThere("over.qcow2"));
        QCOMPARE(shell("ls " + images + " | tr '\n' ' '"), std::string("over.qcow2 vm.qcow2 "));
        QVERIFY(there("start vm").empty());
        there("destroy vm");
        there("undefine vm");
        shell("rm /run/second/images/over.qcow2");
        there("pool-refresh images");
        // While it runs; libvirt told it here what it is built upon.
        QVERIFY(shell("virsh -q start vm").empty());
        QCOMPARE(fates(), std::string("vda flattened "));
        OK(move("Migrate", Json::object(), watching));
        QVERIFY(there("domstate vm").find("running") == 0);
        QVERIFY(there("dumpxml vm").find("<backingStore/>") != std::string::npos);
        QVERIFY(there("dumpxml vm").find("vm.qcow2'") == std::string::npos);
        there("destroy vm");
        QVERIFY(holdsThere("over.qcow2"));
        QVERIFY(there("start vm").empty()); // what was kept of it starts too
    }

    void leavesNothingOfAnOverlay()
    {
        overlay();
        Watching watching;
        watching.stopAfter = 1;
        auto moved = move("Migrate", Json::object(), watching);
        QVERIFY(!moved && moved.error().code == Code::Cancelled);
        QVERIFY(shell("ls /run/second/images").empty());
        QCOMPARE(shell("ls " + images + " | tr '\n' ' '"), std::string("over.qcow2 vm.qcow2 "));
        QVERIFY(shell("virsh -q start vm; virsh -q migrate-setspeed vm 1").empty());
        watching.most = 0;
        moved = move("Migrate", Json::object(), watching);
        QVERIFY(!moved && moved.error().code == Code::Cancelled);
        QVERIFY(shell("ls /run/second/images").empty());
        QVERIFY(shell("virsh -q domstate vm").find("running") == 0);
        // A base that no pool shows is read by nobody for us.
        shell("virsh -q destroy vm; mkdir -p /var/lib/libvirt/away; mv " + images +
              "/vm.qcow2 /var/lib/libvirt/away/; qemu-img rebase -u -f qcow2 -F qcow2 -b "
              "/var/lib/libvirt/away/vm.qcow2 " +
              images + "/over.qcow2; virsh -q pool-refresh images");
        QVERIFY(problem("disk:vda").find("is built upon /var/lib/libvirt/away/vm.qcow2, which is in no storage pool") !=
                std::string::npos);
    }

    /// Both see the same directory: nothing is copied, and nothing of it is ever taken away.
    void leavesSharedDisksWhereTheyAre()
    {
        share();
        QCOMPARE(fates(), std::string("vda shared vdb copied "));
        QCOMPARE(fates({{"copyStorage", false}}), std::string("vda shared "));
        QVERIFY(problem("disk:vdb", {{"copyStorage", false}}).find("is in no storage pool there") != std::string::npos);
        Watching watching;
        OK(move("Migrate", Json::object(), watching));
        QVERIFY(exists("/run/second/images/vm.qcow2"));
        QVERIFY(hasArrived());
        auto back = move("Migrate", {{"id", combinedId(id, m_to)}, {"to", ""}}, watching);
        QVERIFY2(!back && back.error().field == "disk:vdb", // that one is a copy, and the old one in its way
                 back ? "moved" : back.error().message.c_str());
        shell("rm " + images + "/vm.qcow2; virsh -q pool-refresh images");
        OK(move("Migrate", {{"id", combinedId(id, m_to)}, {"to", ""}}, watching));
        QVERIFY(shell("qemu-io -f qcow2 -c 'read -P 0x77 0 1M' /tmp/diptych-shared/data.qcow2").find("read 1048576") ==
                0);
        // Running, libvirt wants to know that no host keeps what it wrote to itself.
        shell("virsh -q dumpxml vm | sed \"s/ cache='none'//\" > /run/cached.xml; virsh -q define /run/cached.xml; "
              "virsh -q "
              "start vm; rm -f /run/second/images/vm.qcow2");
        there("pool-refresh images");
        auto unsafe = move("Migrate", Json::object(), watching);
        QVERIFY2(!unsafe && unsafe.error().message.find("nsafe") != std::string::npos,
                 unsafe ? "moved" : unsafe.error().message.c_str());
        QVERIFY(exists("/tmp/diptych-shared/data.qcow2"));
        shell("virsh -q destroy vm; sed -i \"s/name='qemu' type='qcow2'/& cache='none'/\" /run/cached.xml; virsh -q "
              "define /run/cached.xml");
        // What is shared stays out of the copy, what fails on the way takes nothing shared along.
        shell("rm /run/second/images/vm.qcow2");
        there("pool-refresh images");
        std::string started = shell("virsh -q start vm; virsh -q migrate-setspeed vm 1");
        QVERIFY2(started.empty(), started.c_str());
        watching.stopAfter = 1;
        watching.most = 0;
        auto moved = move("Migrate", Json::object(), watching);
        QVERIFY2(!moved && moved.error().code == Code::Cancelled, moved ? "moved" : moved.error().message.c_str());
        QVERIFY(exists("/tmp/diptych-shared/data.qcow2"));
        QVERIFY(!exists("/run/second/images/vm.qcow2"));
        shell("virsh -q migrate-setspeed vm 10000");
        watching.stopAfter = 0;
        moved = move("Migrate", Json::object(), watching);
        OK(moved);
        QVERIFY(there("domstate vm").find("running") == 0);
        QVERIFY(there("domblklist vm").find("/tmp/diptych-shared/data.qcow2") != std::string::npos);
    }

    void stopsWhenItIsCancelled()
    {
        QVERIFY(shell("virsh -q start vm; virsh -q migrate-setspeed vm 1").empty());
        Watching watching;
        watching.stopAfter = 1;
        int64_t begin = monotonicNanoseconds();
        auto moved = move("Migrate", Json::object(), watching);
        QVERIFY(!moved);
        QCOMPARE(moved.error().code, Code::Cancelled);
        QVERIFY(monotonicNanoseconds() - begin < 15'000'000'000);
        QVERIFY(shell("virsh -q domstate vm").find("running") == 0);
        QVERIFY(there("list --all").find("vm") == std::string::npos);
        QVERIFY(!exists("/run/second/images/vm.qcow2")); // nothing half made
        // Off, the copy goes again too.
        shell("virsh -q destroy vm");
        watching.most = 0;
        moved = move("Migrate", Json::object(), watching);
        QVERIFY(!moved);
        QCOMPARE(moved.error().code, Code::Cancelled);
        QVERIFY(!exists("/run/second/images/vm.qcow2"));
        QVERIFY(shell("virsh -q list --all").find("vm") != std::string::npos);
    }

    void saysWhyNotOfTheTarget()
    {
        QCOMPARE(problem("x"), std::string("none of []"));
        QVERIFY(move("CheckMigration", {{"to", "nobody"}}, m_quiet).error().field == "to");
        std::string same = add("same", "qemu+unix:///system?socket=/run/libvirt/libvirt-sock");
        QCOMPARE(problem("to", {{"to", same}}), std::string("the target is the same host"));
        std::string other = add("other", "test:///default");
        QVERIFY(problem("to", {{"to", other}}).find("the target is Test") == 0 ||
                problem("to", {{"to", other}}).find("the target is TEST") == 0);
        QVERIFY(move("CheckMigration", {{"to", ""}}, m_quiet).error().field == "to"); // it is there
        QVERIFY(move("Migrate", {{"address", "-x"}}, m_quiet).error().field == "address");
        auto refused = move("Migrate", {{"to", same}}, m_quiet);
        QVERIFY(!refused && refused.error().field == "to" && refused.error().code == Code::NotSupported);
        // Of those that have nothing in common there is a reason too.
        std::string gone = add("gone", "qemu+unix:///system?socket=/run/nothing");
        auto silent = move("CheckMigration", {{"to", gone}}, m_quiet);
        QVERIFY(!silent && silent.error().message.find("gone") != std::string::npos);
    }

    void saysWhyNotOfItsDisks()
    {
        QVERIFY(problem("disk:vda", {{"copyStorage", false}}).find("is in no storage pool there: have it copied") !=
                std::string::npos);
        there("vol-create-as images vm.qcow2 32M --format qcow2");
        QVERIFY(problem("disk:vda").find("is there already") != std::string::npos);
        QVERIFY(problem("disk:vda", {{"copyStorage", false}}).find("is another file there") != std::string::npos);
        there("vol-delete vm.qcow2 images");
        there("pool-destroy images");
        QVERIFY(problem("disk:vda").find("no storage pool there is of the directory") == 0);
        there("pool-start images");
        define(vm({.devices = "<disk type='file' device='cdrom'><source file='" + images +
                              "/cd.iso'/><target dev='sda' bus='sata'/></disk>"}));
        QVERIFY(problem("disk:sda").find("eject it first") != std::string::npos);
        define(vm({.devices = "<disk type='volume' device='disk'><source pool='elsewhere' volume='x'/>"
                              "<target dev='vdb' bus='virtio'/></disk>"}));
        QVERIFY(problem("disk:vdb").find("there is no storage pool \"elsewhere\"") == 0);
    }

    void saysWhyNotOfItsDevices()
    {
        std::string nic = "<interface type='{}'><mac address='52:54:00:11:22:33'/><source {}/></interface>";
        std::string key = "interface:52:54:00:11:22:33";
        std::string found = problemOf({.devices = fmt::format(fmt::runtime(nic), "network", "network='default'")}, key);
        QCOMPARE(found, std::string("there is no network \"default\""));
        (void)writeFileAtomic("/run/net.xml", "<network><name>default</name></network>");
        there("net-define /run/net.xml");
        QCOMPARE(problem(key), std::string("the network \"default\" is not started there"));
        there("net-undefine default");
        found = problemOf({.devices = "<hostdev mode='subsystem' type='usb'><source><vendor id='0x1234'/>"
                                      "<product id='0xbeef'/></source></hostdev>"},
                          "hostdev");
        QVERIFY2(found.find("a usb device of its host") == 0, found.c_str());
        found = problemOf({.devices = "<filesystem type='mount'><source dir='/srv'/><target dir='data'/></filesystem>"},
                          "filesystem:data");
        QVERIFY2(found.find("it shares a directory") == 0, found.c_str());
        found = problemOf({.devices = "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>"}, "tpm");
        if (found.find("swtpm") == std::string::npos) // it can't be had here at all
            QVERIFY2(found.find("would stay behind") != std::string::npos, found.c_str());
    }

    void saysWhyNotOfWhatItIs()
    {
        std::string found = problemOf({.cpu = "<cpu mode='custom' match='exact' check='partial'><model>qemu64</model>"
                                              "<feature policy='require' name='avx512f'/></cpu>"},
                                      "cpu");
        QVERIFY2(found.find("its processor, qemu64, can't be had there") == 0, found.c_str());
        QVERIFY2(found.find("avx512f") != std::string::npos, found.c_str());
        shell("ln -s $(command -v qemu-system-x86_64) /var/lib/libvirt/own-qemu");
        found = problemOf({.emulator = "<emulator>/var/lib/libvirt/own-qemu</emulator>"}, "emulator");
        QVERIFY2(found.find("the emulator /var/lib/libvirt/own-qemu is not there") == 0, found.c_str());
        found = problemOf({.os = "<nvram>/var/lib/libvirt/qemu/nvram/vm.fd</nvram>"
                                 "<loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE_4M.fd</loader>"},
                          "firmware");
        QVERIFY2(found.find("its UEFI variables would stay behind") == 0, found.c_str());
        shell("virsh -q undefine vm --nvram");
        define(vm());
        shell("virsh -q snapshot-create-as vm one");
        QVERIFY(problem("snapshots").find("it has 1 snapshot, which") == 0);
        shell("virsh -q snapshot-delete vm one");
        shell("virsh -q start vm; virsh -q managedsave vm");
        QVERIFY(problem("saved").find("its memory was saved") == 0);
    }
};

QTEST_GUILESS_MAIN(TestMigration)
#include "tst_migration.moc"
