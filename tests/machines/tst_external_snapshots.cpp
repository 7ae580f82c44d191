// Snapshots in files of their own, on a real libvirtd inside the sandbox: what was written before each comes back, and
// no file goes that somebody still needs.
#include "base/files.h"
#include "machines/machines.h"
#include "sandboxed.h"

#include <csignal>
#include <thread>

using namespace diptych;
using namespace diptych::test;

namespace {

const std::string id = "0a1b2c3d-0000-4000-8000-00000000d12c";
const std::string place = "/var/lib/libvirt/images/";
const std::string guestPlace = "/var/lib/libvirt/guest/";
const std::string guestLog = "/var/log/libvirt/guest.log";

/// Counts each half second in its memory, writes that to its disk, and tells both: the disk's as it is read from there.
const char* const guestInit = R"(#!/bin/sh
mount -t proc proc /proc; mount -t sysfs sysfs /sys; mount -t devtmpfs dev /dev
exec >/dev/ttyS0 2>&1
while read -r module; do insmod "$module"; done </etc/modules
/bin/busybox mke2fs -F /dev/vda >/dev/null
mount -t ext4 /dev/vda /mnt || mount -t ext2 /dev/vda /mnt
echo 0 >/mnt/count; count=0; echo "booted"
while :; do
    /bin/busybox sync; echo 3 >/proc/sys/vm/drop_caches
    echo "tick $count disk $(cat /mnt/count)."
    count=$((count + 1)); echo $count >/mnt/count; /bin/busybox sync; sleep 0.5
done
)";

std::string vm(const std::string& disk, const std::string& format, const std::string& os = {})
{
    return fmt::format(
        R"(<domain type='qemu'><name>vm</name><uuid>{}</uuid><memory unit='MiB'>128</memory><vcpu>1</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type>{}</os><features><acpi/></features><devices>
    <disk type='file' device='disk'><driver name='qemu' type='{}'/><source file='{}{}'/><target dev='vda' bus='virtio'/></disk>
  </devices></domain>)",
        id, os, format, place, disk);
}

/// What the guest tells: its counter and that on its disk, of the first or the last line.
std::pair<int, int> ticks(bool first)
{
    std::pair<int, int> found{-1, -1};
    std::string all = readFile(guestLog).value_or("");
    for (size_t at = all.find("tick "); at != std::string::npos; at = all.find("tick ", at + 1)) {
        size_t end = all.find('.', at);
        int count = -1, disk = -1;
        if (end == std::string::npos || sscanf(all.c_str() + at, "tick %d disk %d", &count, &disk) != 2)
            break;
        found = {count, disk};
        if (first)
            break;
    }
    return found;
}

/// Stops what is made once it is begun.
struct Hasty final : Progress
{
    void report(std::string_view, double fraction, std::string_view) override { begun = begun || fraction > 0; }
    [[nodiscard]] bool cancelled() const override { return begun; }
    bool begun = false;
};

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
    Result<Json> makeWithMemory(const std::string& name, Progress* progress = nullptr)
    {
        return m_virtualization->call(
            "org.diptych.Machines.CreateSnapshot",
            {{"id", id}, {"name", name}, {"description", ""}, {"external", true}, {"memory", true}},
            progress ? *progress : m_quiet);
    }
    /// A Linux that ticks, in a pool of its own; why not, where it can't be.
    std::string startGuest()
    {
        const char* given = getenv("DIPTYCH_KERNELS");
        std::string kernels = given ? given : DIPTYCH_SOURCE "/.build/kernels";
        if (!exists("/var/lib/libvirt/boot/initrd")) {
            std::string made = shell(fmt::format("'{}/tests/machines/agent-guest' '{}' /var/lib/libvirt/boot; echo $?",
                                                 DIPTYCH_SOURCE, kernels));
            if (made.find("77\n") != std::string::npos)
                return made;
            shell("mkdir -p /run/init");
            (void)writeFileAtomic("/run/init/init", guestInit, 0755);
            shell("cd /run/init && echo init | cpio -o -H newc --quiet | gzip -1 >> /var/lib/libvirt/boot/initrd");
        }
        shell("mkdir -p " + guestPlace + "; mount -t tmpfs -o size=400m guest " + guestPlace +
              "; qemu-img create -q -f qcow2 " + guestPlace +
              "vm.qcow2 64M; virsh -q pool-define-as guest dir --target " + guestPlace + "; virsh -q pool-start guest");
        std::string xml =
            vm("../guest/vm.qcow2", "qcow2",
               "<kernel>/var/lib/libvirt/boot/kernel</kernel><initrd>/var/lib/libvirt/boot/initrd</initrd>"
               "<cmdline>console=ttyS0 quiet panic=-1</cmdline>");
        xml.replace(xml.find(place + "../guest/"), (place + "../guest/").size(), guestPlace);
        xml.replace(xml.find("</devices>"), 0, "<serial type='file'><source path='" + guestLog + "'/></serial>");
        xml.replace(xml.find("<devices>"), 0, "<cpu mode='maximum'/>");
        xml.replace(xml.find(">128<"), 5, ">192<");
        define(xml);
        return shell("virsh -q start vm");
    }
    static std::string guestFiles() { return shell("ls " + guestPlace + " | tr '\n' ' '"); }
    static bool is(const char* state) { return shell("virsh -q domstate vm").find(state) == 0; }
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
              place +
              "*; virsh -q pool-refresh images; virsh -q pool-destroy guest; virsh -q pool-undefine guest; umount " +
              guestPlace + " 2>/dev/null");
    }

    /// Also while it runs: nobody writes what it kept. A linked clone keeps the snapshot from going.
    void clonesWhatItKept()
    {
        write("0x11");
        OK(make("one"));
        write("0x22");
        shell("virsh -q start vm");
        OK(call("Clone", {{"name", "full"}, {"linked", false}, {"snapshot", "one"}}));
        OK(call("Clone", {{"name", "clone"}, {"linked", true}, {"snapshot", "one"}}));
        QVERIFY(is("running"));
        QVERIFY(holds("0x11", place + "full-vda.qcow2"));
        QVERIFY(holds("0x11", place + "clone-vda.qcow2"));
        QCOMPARE(disk(), place + "vm-vda-one.qcow2"); // the original writes where it did
        QCOMPARE(call("Clone", {{"name", "clone"}, {"linked", false}, {"snapshot", "one"}}).error().code, Code::Exists);
        shell("virsh -q destroy vm");
        QVERIFY(holds("0x22"));
        auto refused = drop("one");
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Code::Busy);
        QVERIFY2(refused.error().message.find("clone") != std::string::npos, refused.error().message.c_str());
        QVERIFY(holds("0x11", place + "clone-vda.qcow2"));
        shell("virsh -q undefine full");
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
        // What runs is given up; a snapshot without memory leaves it off.
        QVERIFY(shell("virsh -q start vm").empty());
        OK(call("RevertSnapshot", {{"name", "one"}}));
        QVERIFY(is("shut off") && holds("0x11"));
    }

    /// The guest counts on from where it was, on the disk of that moment, and was not booted again.
    void keepsTheMemory()
    {
        std::string started = startGuest();
        if (started.find("77\n") != std::string::npos)
            QSKIP(started.c_str());
        QVERIFY2(eventually(180, [] { return ticks(false).first >= 4; }),
                 (started + readFile(guestLog).value_or("")).c_str());
        OK(makeWithMemory("one"));
        int then = ticks(false).first;
        QCOMPARE(guestFiles(), std::string("vm-memory-one.save vm-vda-one.qcow2 vm.qcow2 "));
        QVERIFY(named("one")["memory"] == true && named("one")["external"] == true && named("one")["current"] == true);
        QCOMPARE(named("one")["state"], Json("running"));
        QVERIFY(eventually(60, [&] { return ticks(false).first > then + 6; })); // it went on
        int later = ticks(false).first;
        OK(call("RevertSnapshot", {{"name", "one"}})); // while it runs
        QVERIFY(is("running"));
        QVERIFY(eventually(60, [] { return ticks(true).first >= 0; }));
        auto [memory, disk] = ticks(true);
        QVERIFY2(memory >= then && memory <= then + 3 && memory < later, fmt::format("{} {}", memory, then).c_str());
        QCOMPARE(disk, memory);
        QVERIFY(readFile(guestLog).value_or("").find("booted") == std::string::npos);
        QCOMPARE(named("one")["current"], Json(true));
        QCOMPARE(guestFiles(), std::string("vm-memory-one.save vm-vda-after-one.qcow2 vm.qcow2 "));
        // Paused, and from off.
        shell("virsh -q suspend vm");
        OK(makeWithMemory("two"));
        QVERIFY(is("paused") && named("two")["parent"] == "one");
        shell("virsh -q destroy vm");
        OK(call("RevertSnapshot", {{"name", "two"}}));
        QVERIFY(is("paused"));
        shell("virsh -q resume vm");
        QVERIFY(eventually(60, [] { return ticks(false).first >= 0 && ticks(false).first == ticks(false).second; }));
        // A volume that it needs is not deleted; deleting it while it runs takes its own along.
        auto volume = m_virtualization->call("org.diptych.Storage.DeleteVolume",
                                             {{"pool", "guest"}, {"volume", "vm-memory-one.save"}}, m_quiet);
        QVERIFY(!volume && volume.error().code == Code::Busy);
        QVERIFY(volume.error().message.find("snapshot one of vm") != std::string::npos);
        auto below = drop("one"); // what takes over is below what it writes to
        QVERIFY(!below && below.error().code == Code::WrongState);
        OK(drop("two"));
        QVERIFY(is("running"));
        QVERIFY2(guestFiles() == "vm-memory-one.save vm-vda-after-two.qcow2 vm.qcow2 ", guestFiles().c_str());
        OK(drop("one"));
        QCOMPARE(guestFiles(), std::string("vm-vda-after-two.qcow2 "));
        int now = ticks(false).first;
        QVERIFY(eventually(60, [&] { return ticks(false).first > now && ticks(false).first == ticks(false).second; }));
        QVERIFY(shell("qemu-img info -U " + guestPlace + "vm-vda-after-two.qcow2").find("backing") ==
                std::string::npos);
    }

    /// Cancelled, without room, and with libvirt's end in between: it runs on, and no file of it stays.
    void leavesNothingHalfMade()
    {
        std::string started = startGuest();
        if (started.find("77\n") != std::string::npos)
            QSKIP(started.c_str());
        QVERIFY(eventually(180, [] { return ticks(false).first >= 2; }));
        std::string before = guestFiles();
        auto asBefore = [&] {
            int now = ticks(false).first;
            return guestFiles() == before && (*call("ListSnapshots"))["snapshots"].empty() &&
                   eventually(20, [&] { return ticks(false).first > now; });
        };
        Hasty hasty;
        auto cancelled = makeWithMemory("quick0", &hasty);
        for (int i = 1; cancelled && i < 5; ++i) { // it was made before it could be stopped
            OK(drop(fmt::format("quick{}", i - 1)));
            before = guestFiles();
            cancelled = makeWithMemory(fmt::format("quick{}", i), &hasty);
        }
        QVERIFY2(!cancelled, "it was never stopped");
        QCOMPARE(cancelled.error().code, Code::Cancelled);
        QVERIFY2(asBefore(), guestFiles().c_str());
        shell("mount -o remount,size=20m " + guestPlace);
        auto full = makeWithMemory("one");
        QVERIFY(!full && full.error().code != Code::Cancelled);
        QVERIFY2(asBefore(), (guestFiles() + full.error().message).c_str());
        shell("mount -o remount,size=400m " + guestPlace);
        std::thread killer([] {
            for (int i = 0; i < 60000 && !exists(guestPlace + "vm-memory-one.save"); ++i)
                ::usleep(1000);
            shell("kill -9 $(cat /run/libvirtd.pid); sleep 0.2; libvirtd -d");
        });
        auto killed = makeWithMemory("one");
        killer.join();
        QVERIFY(!killed);
        QVERIFY2(eventually(30, asBefore), guestFiles().c_str());
        OK(makeWithMemory("one"));
    }

    void refusesWhatDoesNotFit()
    {
        auto off = makeWithMemory("one");
        QVERIFY2(!off && off.error().field == "memory", off ? "made" : off.error().message.c_str());
        QVERIFY(shell("virsh -q start vm; virsh -q suspend vm").empty());
        OK(makeWithMemory("one"));
        // Without its memory file nothing is given up.
        shell("mv " + place + "vm-memory-one.save /run/; virsh -q pool-refresh images");
        std::string before = files();
        auto gone = call("RevertSnapshot", {{"name", "one"}});
        QVERIFY(!gone && gone.error().code == Code::NotFound && is("paused"));
        QCOMPARE(files(), before);
        shell("echo garbage > " + place + "vm-memory-one.save; virsh -q pool-refresh images");
        QVERIFY(!call("RevertSnapshot", {{"name", "one"}}) && is("paused"));
        // One that can't be gone on from leaves the disks that there were.
        shell("head -c 200000 /run/vm-memory-one.save > " + place + "vm-memory-one.save");
        auto cut = call("RevertSnapshot", {{"name", "one"}});
        QVERIFY(!cut && is("shut off"));
        QCOMPARE(disk(), place + "vm-vda-one.qcow2");
        shell("rm -f " + place + "vm-vda-after*; mv /run/vm-memory-one.save " + place +
              "; virsh -q pool-refresh images");
        OK(call("RevertSnapshot", {{"name", "one"}}));
        QVERIFY(is("paused"));
        OK(drop("one"));
        QVERIFY2(files() == "vm-vda-after-one.qcow2 ", files().c_str());
        // A disk that its memory knows and nobody kept.
        shell("virsh -q snapshot-create-as vm partial --memspec file=" + place +
              "p.save,snapshot=external --diskspec vda,snapshot=no; virsh -q pool-refresh images");
        auto partial = call("RevertSnapshot", {{"name", "partial"}});
        QVERIFY(!partial && partial.error().message.find("not the disk vda") != std::string::npos);
        OK(drop("partial"));
        QVERIFY(!exists(place + "p.save"));
    }

    /// Its firmware's variables are in the memory: they come back with it.
    void keepsTheVariablesOfUefi()
    {
        const std::string variables = "/var/lib/libvirt/qemu/nvram/vm.fd";
        define(vm("vm.qcow2", "qcow2",
                  "<loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE_4M.fd</loader><nvram>" + variables +
                      "</nvram>"));
        QVERIFY2(shell("virsh -q start vm").empty(), "no UEFI here");
        auto there = [&] { return shell("grep -c _FVH " + variables) != "0\n"; };
        QVERIFY(there());
        OK(makeWithMemory("one"));
        shell("virsh -q destroy vm; truncate -s 0 " + variables + "; truncate -s 540672 " + variables);
        QVERIFY(!there());
        OK(call("RevertSnapshot", {{"name", "one"}}));
        QVERIFY(is("running") && eventually(10, there));
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
