// A machine whose disk lies where two libvirtds see it (NFS, a logical volume) goes from one to the other and back
// while it runs: nothing is copied, nothing is lost, and never with another file of the same name. Needs an NFS server
// and a kernel that has it: `tests/system/in-vm --pools`.
#include "machines/moving.h"

using namespace diptych;
using namespace diptych::connections;
using namespace diptych::test;

namespace {

const std::string served = "/srv/moves", other = "/srv/others", mounted = "/var/lib/libvirt/moves";

/// Its mounts are its own.
std::string inSecond(const std::string& command)
{
    return shell("nsenter -m -t $(cat /run/second/pid) sh -c '" + command + "'");
}

/// Another version is another client of the server, as another host would be: nothing that one has in its memory is the
/// other's.
std::string poolXml(const std::string& directory, const char* version)
{
    return fmt::format("<pool type='netfs'><name>moves</name><source><host name='127.0.0.1'/><dir path='{}'/><format "
                       "type='auto'/><protocol ver='{}'/></source><target><path>{}</path></target></pool>",
                       directory, version, mounted);
}

/// What it wrote last.
uint32_t count(const std::string& disk)
{
    return uint32_t(std::strtoul(shell("od -An -tu4 -j512 -N4 " + disk).c_str(), nullptr, 10));
}

} // namespace

class TestSharedMoves final : public QObject, private Moving
{
    Q_OBJECT

public:
    TestSharedMoves() : Moving(false) {}

private:
    std::string m_bin;

    Result<Json> go(const Json& parameters = Json::object()) { return move("Migrate", parameters, m_quiet); }
    Result<Json> back(Json parameters = Json::object())
    {
        parameters.update(Json{{"id", combinedId(id, m_to)}, {"to", ""}});
        return go(parameters);
    }
    std::string problem(const Json& parameters = Json::object()) { return Moving::problem("disk:vda", parameters); }
    static std::string startPool(const std::string& connection, const std::string& directory, const char* version)
    {
        (void)writeFileAtomic("/run/pool.xml", poolXml(directory, version));
        std::string virsh = "virsh -q -c '" + connection + "' ";
        return shell(virsh + "pool-destroy moves 2>/dev/null; " + virsh + "pool-undefine moves 2>/dev/null; " + virsh +
                     "pool-define /run/pool.xml && " + virsh + "pool-build moves && " + virsh + "pool-start moves");
    }
    /// Runs, and has begun to write; ticks: between two writes; more: XML behind its devices.
    void startMachine(const std::string& disk, const std::string& cache, int ticks, const char* type = "file",
                      const std::string& more = {})
    {
        shell(fmt::format(
            "cp {0}/ticking /run/ticking; printf '\\{1:03o}' | dd of=/run/ticking bs=1 seek=509 conv=notrunc "
            "2>/dev/null; dd if=/run/ticking of={2} conv=notrunc,fsync 2>/dev/null; dd if=/dev/zero of={2} "
            "bs=512 seek=1 count=1 conv=notrunc,fsync 2>/dev/null; for one in /var/lib/libvirt "
            "/run/second/lib; do : >$one/serial.log; chmod 666 $one/serial.log; done",
            m_bin, ticks, disk));
        (void)writeFileAtomic(
            "/run/domain.xml",
            fmt::format("<domain type='qemu' "
                        "xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'><name>vm</name><uuid>{}</uuid><memory "
                        "unit='MiB'>64</memory><vcpu>1</vcpu>"
                        "<os><type arch='x86_64' machine='q35'>hvm</type></os><devices><disk type='{}' device='disk'>"
                        "<driver name='qemu' type='raw'{}/><source {}='{}'/><target dev='vda' bus='virtio'/></disk>"
                        "<serial type='file'><source path='/var/lib/libvirt/serial.log' append='on'/></serial>"
                        "</devices>{}</domain>",
                        id, type, cache.empty() ? "" : " cache='" + cache + "'",
                        std::string_view(type) == "file" ? "file" : "dev", disk, more));
        std::string said = shell("virsh -q pool-refresh moves; virsh -q define /run/domain.xml; virsh -q start vm");
        QVERIFY2(eventually(60, [&] { return count(disk) > 2; }), (said + shell("virsh domstate vm --reason")).c_str());
    }
    static std::string serial(bool onSecond)
    {
        return readFile(onSecond ? "/run/second/lib/serial.log" : "/var/lib/libvirt/serial.log", 1 << 20).value_or("");
    }
    /// It counts on from where it was, and was not started anew.
    static void goesOn(const std::string& disk, uint32_t before, bool onSecond)
    {
        QVERIFY(eventually(30, [&] { return count(disk) > before + 2; }));
        QVERIFY(eventually(30, [&] { return serial(onSecond).size() > 8; }));
        std::string said = serial(onSecond);
        QVERIFY2(said.find("no disk") == std::string::npos, said.c_str());
        if (onSecond)
            QVERIFY2(said.find("boot") == std::string::npos, said.c_str());
        else
            QVERIFY2(said.rfind("boot") == said.find("boot"), said.c_str());
    }
    static std::string files() { return shell("ls -i " + served); }

private slots:
    void initTestCase()
    {
        if (!getenv("DIPTYCH_SANDBOX"))
            QSKIP("runs inside tests/support/sandbox --libvirtd or a machine made for it only");
        m_bin = QCoreApplication::applicationDirPath().toStdString();
        if (!exists(m_bin + "/ticking"))
            QSKIP("the machine that counts is made by tests/system/in-vm");
        if (findProgram("exportfs").empty() || findProgram("mount.nfs").empty())
            QSKIP("exportfs and mount.nfs are not installed (nfs-kernel-server, nfs-common)");
        shell(
            fmt::format("mkdir -p -m 0777 {0} {1}; exportfs -i -o rw,no_root_squash,insecure,no_subtree_check,fsid=78 "
                        "'*:{0}'; exportfs -i -o rw,no_root_squash,insecure,no_subtree_check,fsid=79 '*:{1}'",
                        served, other));
        if (shell("systemctl start nfs-server; cat /proc/fs/nfsd/threads").find_first_of("123456789") ==
            std::string::npos)
            QSKIP("no NFS server runs here");
        connectBoth(m_bin + "/second-libvirtd", m_bin);
    }
    void init()
    {
        shell("truncate -s 16M " + served + "/vm.img");
        std::string said = startPool("qemu:///system", served, "4.2") + startPool(second, served, "4.1");
        QVERIFY2(said.empty(), said.c_str());
        QVERIFY(shell("grep moves /proc/mounts").find("vers=4.2") != std::string::npos);
        QVERIFY(inSecond("grep moves /proc/mounts").find("vers=4.1") != std::string::npos);
    }
    void cleanup()
    {
        shell("virsh -q destroy vm; virsh -q undefine vm");
        there("destroy vm");
        there("undefine vm");
        for (const char* verb : {"pool-destroy", "pool-undefine"}) {
            shell(std::string("virsh -q ") + verb + " moves");
            there(std::string(verb) + " moves");
        }
        shell("rm -f " + served + "/* " + other + "/*");
    }
    void cleanupTestCase()
    {
        m_connections.reset();
        shell("kill $(cat /run/second/pid); exportfs -u '*:" + served + "'; exportfs -u '*:" + other + "'");
    }

    void goesThereAndBack_data()
    {
        QTest::addColumn<QString>("cache");
        QTest::addColumn<int>("ticks");
        QTest::newRow("kept by the host") << "" << 9;
        QTest::newRow("kept by nobody") << "none" << 9;
        QTest::newRow("written all the time") << "none" << 0;
        QTest::newRow("kept and written all the time") << "" << 0;
    }
    void goesThereAndBack()
    {
        QFETCH(QString, cache);
        QFETCH(int, ticks);
        const std::string disk = served + "/vm.img", all = files();
        startMachine(mounted + "/vm.img", cache.toStdString(), ticks);
        if (QTest::currentTestFailed())
            return;
        auto checked = move("CheckMigration", Json::object(), m_quiet);
        OK(checked);
        QVERIFY2((*checked)["problems"].empty(), dumpJson(*checked).c_str());
        QCOMPARE((*checked)["disks"][0]["how"], Json("shared"));
        uint32_t before = count(disk);
        int64_t begin = monotonicNanoseconds();
        OK(go());
        qInfo("there in %.1f s", double(monotonicNanoseconds() - begin) / 1e9);
        QVERIFY(there("domstate vm").find("running") == 0);
        QVERIFY(there("dominfo vm").find("Persistent:     yes") != std::string::npos);
        QVERIFY(shell("virsh -q list --all").find("vm") == std::string::npos);
        goesOn(disk, before, true);
        QCOMPARE(files(), all); // the same file, and nothing beside it
        QVERIFY(hasArrived());
        before = count(disk);
        // Asked to copy, it leaves what both see where it is.
        OK(back({{"copyStorage", true}}));
        QVERIFY(shell("virsh -q domstate vm").find("running") == 0);
        QVERIFY(there("list --all").find("vm") == std::string::npos);
        goesOn(disk, before, false);
        QCOMPARE(files(), all);
    }

    void staysWhenItIsCancelled()
    {
        const std::string disk = served + "/vm.img", all = files();
        // Its memory is nearly empty, and would be there before anybody can cancel.
        shell("head -c 32M /dev/urandom >/run/noise; chmod 644 /run/noise");
        startMachine(mounted + "/vm.img", "none", 9, "file",
                     "<qemu:commandline><qemu:arg value='-device'/><qemu:arg value='loader,file=/run/noise,"
                     "addr=0x1000000,force-raw=on'/></qemu:commandline>");
        if (QTest::currentTestFailed())
            return;
        shell("virsh -q migrate-setspeed vm 1");
        Watching watching;
        watching.stopAfter = 1;
        uint32_t before = count(disk);
        auto moved = move("Migrate", Json::object(), watching);
        QVERIFY(!moved);
        QCOMPARE(moved.error().code, Code::Cancelled);
        QVERIFY(watching.most > 0); // it had begun
        QVERIFY(shell("virsh -q domstate vm").find("running") == 0);
        QVERIFY(there("list --all").find("vm") == std::string::npos);
        goesOn(disk, before, false);
        QCOMPARE(files(), all);
        shell("virsh -q migrate-setspeed vm 10000");
        OK(go()); // nothing is in the way of another try
        goesOn(disk, before, true);
    }

    /// Both are NFS, which is all that libvirt asks: without our own look it would go on with the other's file.
    void neverGoesOnWithAnothersFile()
    {
        for (int ticks : {9, 0}) {
            startMachine(mounted + "/vm.img", "none", ticks);
            if (QTest::currentTestFailed())
                return;
            shell("cp -a " + served + "/vm.img " + other + "/vm.img");
            std::string said = startPool(second, other, "4.1");
            QVERIFY2(said.empty(), said.c_str());
            std::string found = problem();
            QVERIFY2(found.find("is another file there: one that is made beside it") != std::string::npos,
                     found.c_str());
            auto moved = go();
            QVERIFY(!moved);
            QCOMPARE(moved.error().field, std::string("disk:vda"));
            QVERIFY(problem({{"copyStorage", true}}).find("is there already") != std::string::npos);
            QVERIFY(shell("virsh -q domstate vm").find("running") == 0);
            QCOMPARE(shell("ls " + served + " " + other + " | grep -c vm.img"), std::string("2\n"));
            QCOMPARE(shell("ls " + served + " " + other + " | grep -c diptych"), std::string("0\n"));
            shell("virsh -q destroy vm");
            found = problem();
            QVERIFY2(found.find("is another file there: it was not changed") != std::string::npos, found.c_str());
            said = startPool(second, served, "4.1");
            found = problem();
            QVERIFY2(found.find("none of") == 0, (said + found).c_str());
        }
    }

    /// Named by its pool, as many tools do.
    void aVolumeOfAPool()
    {
        const std::string disk = served + "/vm.img", all = files();
        startMachine(mounted + "/vm.img", "none", 9);
        if (QTest::currentTestFailed())
            return;
        shell("virsh -q destroy vm; sed -i \"s,type='file' device,type='volume' device,; s,<source "
              "file='[^']*',<source pool='moves' volume='vm.img',\" /run/domain.xml; virsh -q define /run/domain.xml; "
              "virsh -q start vm");
        QVERIFY(shell("virsh -q dumpxml vm").find("volume='vm.img'") != std::string::npos);
        QVERIFY(eventually(60, [&] { return count(disk) > 0; }));
        OK(go());
        goesOn(disk, count(disk), true);
        OK(back());
        QCOMPARE(files(), all);
        shell("cp -a " + served + "/vm.img " + other + "/vm.img");
        startPool(second, other, "4.1");
        QVERIFY2(problem().find("is another file there") != std::string::npos, problem().c_str());
        shell("virsh -q destroy vm");
        QVERIFY2(problem().find("is another file there") != std::string::npos, problem().c_str());
    }

    /// libvirt knows logical volumes by their own UUID: of one group, seen by both.
    void aLogicalVolume()
    {
        if (findProgram("vgcreate").empty() || !exists("/dev/mapper/control"))
            QSKIP("no LVM here");
        std::string said =
            shell("truncate -s 64M /srv/lvm; loop=$(losetup -f --show /srv/lvm) && vgcreate -q vgmoves $loop "
                  ">/dev/null && lvcreate -q -L 16M -n disk vgmoves >/dev/null");
        for (const std::string& connection : {std::string("qemu:///system"), second})
            said +=
                shell("virsh -q -c '" + connection +
                      "' pool-define-as vgmoves logical --source-name vgmoves --target /dev/vgmoves && virsh -q -c '" +
                      connection + "' pool-start vgmoves");
        const std::string disk = "/dev/vgmoves/disk";
        startMachine(disk, "none", 9, "block");
        if (QTest::currentTestFailed())
            return;
        QVERIFY2(problem().find("none of") == 0, (said + problem()).c_str());
        OK(go());
        goesOn(disk, 0, true);
        there("destroy vm");
        OK(back()); // off
        QVERIFY(shell("virsh -q start vm").empty());
        shell("virsh -q destroy vm"); // it holds the volume, which both see
        said = there("pool-destroy vgmoves");
        QVERIFY2(problem().find("is in no storage pool there") != std::string::npos, (said + problem()).c_str());
        shell("virsh -q pool-destroy vgmoves; virsh -q pool-undefine vgmoves; vgremove -q -f "
              "vgmoves; "
              "losetup -D");
        there("pool-undefine vgmoves");
    }
};

QTEST_GUILESS_MAIN(TestSharedMoves)
#include "tst_shared_moves.moc"
