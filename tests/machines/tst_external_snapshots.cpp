// Snapshots in files of their own, on a real libvirtd inside the sandbox: what was written before each comes back, and
// no file goes that somebody still needs.
#include "base/files.h"
#include "machines/machines.h"
#include "sandboxed.h"

#include <csignal>

using namespace diptych;
using namespace diptych::test;

namespace {

const std::string id = "0a1b2c3d-0000-4000-8000-00000000d12c";
const std::string place = "/var/lib/libvirt/images/";

std::string vm(const std::string& disk, const std::string& format, const std::string& os = {})
{
    return fmt::format(
        R"(<domain type='qemu'><name>vm</name><uuid>{}</uuid><memory unit='MiB'>128</memory><vcpu>1</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type>{}</os><features><acpi/></features><devices>
    <disk type='file' device='disk'><driver name='qemu' type='{}'/><source file='{}{}'/><target dev='vda' bus='virtio'/></disk>
  </devices></domain>)",
        id, os, format, place, disk);
}

} // namespace

class TestExternalSnapshots final : public QObject
{
    Q_OBJECT

    std::unique_ptr<Virtualization> m_virtualization;
    Quiet m_quiet;

    Result<Json> call(const std::string& method, Json parameters = Json::object())
    {
        parameters["id"] = id;
        return m_virtualization->call("org.diptych.Machines." + method, parameters, m_quiet);
    }
    Result<Json> make(const std::string& name, bool external = true)
    {
        return call("CreateSnapshot", {{"name", name}, {"description", ""}, {"external", external}});
    }
    Result<Json> drop(const std::string& name, bool children = false)
    {
        return call("DeleteSnapshot", {{"name", name}, {"children", children}});
    }
    static std::string disk() { return shell("virsh -q domblklist --inactive vm | awk '/vda/ {printf \"%s\", $2}'"); }
    static void write(const std::string& pattern)
    {
        shell("qemu-io -f qcow2 -c 'write -P " + pattern + " 0 64k' " + disk());
    }
    static bool holds(const std::string& pattern, const std::string& file = disk())
    {
        return shell("qemu-io -f qcow2 -c 'read -P " + pattern + " 0 64k' " + file).find("read 65536/65536") == 0;
    }
    Json named(const std::string& name)
    {
        auto all = call("ListSnapshots");
        for (const Json& one : all ? (*all)["snapshots"] : Json::array())
            if (one["name"] == name)
                return one;
        return {};
    }
    static std::string files() { return shell("ls " + place + " | tr '\\n' ' '"); }
    void define(const std::string& xml)
    {
        (void)writeFileAtomic("/run/domain.xml", xml);
        shell("virsh -q define /run/domain.xml");
    }

private slots:
    void initTestCase()
    {
        if (!getenv("DIPTYCH_SANDBOX"))
            QSKIP("runs inside tests/support/sandbox --libvirtd only");
        signal(SIGPIPE, SIG_IGN);
        m_virtualization = machines::makeVirtualization(Paths{});
        shell("virsh -q pool-define-as images dir --target " + place + "; virsh -q pool-start images");
    }
    void init()
    {
        shell("qemu-img create -q -f qcow2 " + place + "vm.qcow2 64M; virsh -q pool-refresh images");
        define(vm("vm.qcow2", "qcow2"));
    }
    void cleanup()
    {
        shell("virsh -q destroy vm; virsh -q undefine vm --nvram --snapshots-metadata --managed-save; virsh -q "
              "undefine clone; "
              "rm -f " +
              place + "*; virsh -q pool-refresh images");
    }

    void goesBackAndForth()
    {
        write("0x11");
        OK(make("one"));
        QCOMPARE(disk(), place + "vm-vda-one.qcow2");
        QVERIFY(named("one")["external"] == true && named("one")["memory"] == false && named("one")["current"] == true);
        QVERIFY(holds("0x11"));
        write("0x22");
        OK(make("two"));
        QCOMPARE(named("two")["parent"], Json("one"));
        write("0x33");
        OK(call("RevertSnapshot", {{"name", "one"}}));
        QVERIFY(holds("0x11"));
        QCOMPARE(named("one")["current"], Json(true));
        // What was given up is gone; what the other snapshot kept is not.
        QCOMPARE(files(), std::string("vm-vda-after-one.qcow2 vm-vda-one.qcow2 vm.qcow2 "));
        write("0x44");
        OK(make("three"));
        QCOMPARE(named("three")["parent"], Json("one"));
        OK(call("RevertSnapshot", {{"name", "two"}}));
        QVERIFY(holds("0x22"));
        OK(call("RevertSnapshot", {{"name", "three"}}));
        QVERIFY(holds("0x44"));
        QVERIFY(shell("virsh -q start vm").empty());
        auto refused = call("RevertSnapshot", {{"name", "one"}});
        QVERIFY(!refused && refused.error().code == Code::WrongState);
        QVERIFY(drop("one").error().code == Code::WrongState);
    }

    void deletesAndKeepsWhatIsNeeded()
    {
        write("0x11");
        OK(make("one"));
        write("0x22");
        OK(make("two"));
        shell("qemu-io -f qcow2 -c 'write -P 0x33 1M 64k' " + disk());
        // In the middle: what lies above takes over what it needs.
        OK(drop("two"));
        QVERIFY(holds("0x22"));
        QCOMPARE(files(), std::string("vm-vda-two.qcow2 vm.qcow2 "));
        OK(call("RevertSnapshot", {{"name", "one"}}));
        QVERIFY(holds("0x11"));
        write("0x55");
        OK(drop("one"));
        QVERIFY(holds("0x55"));
        QCOMPARE(files(), std::string("vm-vda-after-one.qcow2 "));
        QVERIFY(shell("qemu-img info " + disk()).find("backing") == std::string::npos);
        QVERIFY(shell("virsh -q start vm").empty());
    }

    /// A branch that was left, and those above one, go with it and take nothing along.
    void deletesBranches()
    {
        write("0x11");
        OK(make("one"));
        write("0x22");
        OK(make("two"));
        OK(call("RevertSnapshot", {{"name", "one"}}));
        write("0x33");
        OK(drop("two"));
        QVERIFY(holds("0x33"));
        QVERIFY(!exists(place + "vm-vda-one.qcow2"));
        OK(make("three"));
        OK(drop("one", true));
        QVERIFY(holds("0x33"));
        QCOMPARE((*call("ListSnapshots"))["snapshots"].size(), size_t(0));
        QCOMPARE(shell("ls " + place + " | wc -l"), std::string("1\n"));
    }

    void neverTakesWhatOthersNeed()
    {
        write("0x11");
        OK(make("one"));
        shell("qemu-img create -q -f qcow2 -b vm.qcow2 -F qcow2 " + place +
              "clone.qcow2; virsh -q pool-refresh images");
        auto refused = drop("one");
        QVERIFY(!refused && refused.error().code == Code::Busy);
        QVERIFY2(refused.error().message.find("volume images/clone.qcow2") != std::string::npos,
                 refused.error().message.c_str());
        std::string xml = vm("clone.qcow2", "qcow2");
        xml.replace(xml.find("<name>vm"), 8, "<name>clone").replace(xml.find("d12c<"), 5, "d12d<");
        define(xml);
        refused = drop("one");
        QVERIFY(!refused && refused.error().message.find("domain clone") != std::string::npos);
        QVERIFY(holds("0x11", place + "clone.qcow2") && named("one")["external"] == true);
        auto volume = m_virtualization->call("org.diptych.Storage.DeleteVolume",
                                             {{"pool", "images"}, {"volume", "vm.qcow2"}}, m_quiet);
        QVERIFY(!volume && volume.error().code == Code::Busy);
        // Going back leaves alone what is no overlay of a snapshot.
        shell("qemu-img create -q -f qcow2 " + place +
              "mine.qcow2 64M; virsh -q pool-refresh images; virsh -q dumpxml "
              "--inactive vm | sed 's|vm-vda-one.qcow2|mine.qcow2|' > /run/mine.xml; virsh -q define /run/mine.xml");
        OK(call("RevertSnapshot", {{"name", "one"}}));
        QVERIFY(holds("0x11") && exists(place + "mine.qcow2"));
        // A base in no pool could be any file of the host.
        shell("mkdir -p /var/lib/libvirt/away; qemu-img create -q -f qcow2 /var/lib/libvirt/away/a.qcow2 64M; qemu-img "
              "rebase "
              "-u -f qcow2 -F qcow2 -b /var/lib/libvirt/away/a.qcow2 " +
              place + "vm.qcow2; virsh -q undefine clone; rm " + place + "clone.qcow2 " + place +
              "vm-vda-one.qcow2; virsh -q pool-refresh images");
        refused = drop("one");
        QVERIFY2(!refused && refused.error().code == Code::PermissionDenied,
                 refused ? "deleted" : refused.error().message.c_str());
    }

    void mixesWithThoseInside()
    {
        OK(make("inside", false));
        write("0x11");
        OK(make("outside"));
        write("0x22");
        // libvirt would change the file that the external one is built upon.
        auto refused = call("RevertSnapshot", {{"name", "inside"}});
        QVERIFY(!refused && refused.error().code == Code::Busy);
        QVERIFY(refused.error().message.find("external snapshot outside") != std::string::npos);
        OK(call("RevertSnapshot", {{"name", "outside"}}));
        QVERIFY(holds("0x11"));
    }

    /// UEFI, and a raw disk: inside there is no room for one.
    void whereThereIsNoRoomInside()
    {
        shell("qemu-img create -q -f raw " + place + "raw.img 64M; virsh -q pool-refresh images");
        define(vm("raw.img", "raw",
                  "<loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE_4M.fd</loader>"
                  "<nvram>/var/lib/libvirt/qemu/nvram/vm.fd</nvram>"));
        auto list = call("ListSnapshots");
        OK(list);
        QVERIFY((*list)["obstacle"] != "");
        QCOMPARE((*list)["externalObstacle"], Json(""));
        QCOMPARE(make("inside", false).error().code, Code::NotSupported);
        shell("qemu-io -f raw -c 'write -P 0x11 0 64k' " + place + "raw.img");
        OK(make("one"));
        QVERIFY(holds("0x11"));
        write("0x22");
        OK(call("RevertSnapshot", {{"name", "one"}}));
        QVERIFY(holds("0x11"));
        OK(drop("one"));
        QVERIFY(holds("0x11"));
        QCOMPARE(files(), std::string("vm-vda-after-one.qcow2 vm.qcow2 "));
    }

    void whileItRuns()
    {
        write("0x11");
        QVERIFY(shell("virsh -q start vm").empty());
        OK(make("live"));
        QVERIFY(shell("virsh -q domblklist vm").find("vm-vda-live.qcow2") != std::string::npos);
        QVERIFY(shell("virsh -q domstate vm").find("running") == 0);
        shell("virsh -q destroy vm");
        write("0x22");
        OK(call("RevertSnapshot", {{"name", "live"}}));
        QVERIFY(holds("0x11"));
        QCOMPARE(make("live").error().code, Code::Exists);
        define(vm("vm.qcow2", "qcow2")); // as it was; and out of a pool none can be made
        shell("virsh -q pool-destroy images; virsh -q pool-undefine images");
        QVERIFY(make("none").error().message.find("no storage pool") != std::string::npos);
        shell("virsh -q pool-define-as images dir --target " + place + "; virsh -q pool-start images");
    }
};

QTEST_GUILESS_MAIN(TestExternalSnapshots)
#include "tst_external_snapshots.moc"
