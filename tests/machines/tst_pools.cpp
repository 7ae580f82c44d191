// Storage pools other than directories: their XML, what is offered, and a file system on a loop device for real.
#include "base/files.h"
#include "machines/host_disks.h"
#include "machines/machines.h"
#include "machines/pool_kinds.h"
#include "machines/pool_xml.h"
#include "sandboxed.h"

#include <QTemporaryDir>

using namespace diptych;
using namespace diptych::machines;
using namespace diptych::test;

class TestPools final : public QObject
{
    Q_OBJECT

    Quiet m_quiet;

    static Json parameters(const std::string& name, const Json& source, const std::string& path = {})
    {
        return {{"name", name}, {"source", source}, {"path", path}};
    }

private slots:
    void writesEachType()
    {
        auto xml = poolXml("a", {"fs", "/dev/disk/by-uuid/1-2", {}, {}}, "/srv/a");
        OK(xml);
        QCOMPARE(*xml, std::string("<pool type=\"fs\">\n  <name>a</name>\n  <source>\n"
                                   "    <device path=\"/dev/disk/by-uuid/1-2\" />\n    <format type=\"auto\" />\n"
                                   "  </source>\n  <target>\n    <path>/srv/a</path>\n  </target>\n</pool>\n"));
        xml = poolXml("a", {"netfs", {}, "nas.example", "/export/vm"}, "/srv/a");
        OK(xml);
        QCOMPARE(*xml, std::string("<pool type=\"netfs\">\n  <name>a</name>\n  <source>\n"
                                   "    <host name=\"nas.example\" />\n    <dir path=\"/export/vm\" />\n"
                                   "    <format type=\"auto\" />\n  </source>\n  <target>\n    <path>/srv/a</path>\n"
                                   "  </target>\n</pool>\n"));
        xml = poolXml("a", {"logical", {}, {}, "vg0"}, {});
        OK(xml);
        QCOMPARE(*xml, std::string("<pool type=\"logical\">\n  <name>a</name>\n  <source>\n    <name>vg0</name>\n"
                                   "  </source>\n  <target>\n    <path>/dev/vg0</path>\n  </target>\n</pool>\n"));
        xml = poolXml("a", {"iscsi", {}, "10.0.0.2", "iqn.2004-04.example:disks"}, "/dev/disk/by-path");
        OK(xml);
        PoolSource chap{"iscsi", {}, "10.0.0.2", "iqn.2004-04.example:disks"};
        chap.user = "anna";
        chap.secret = "diptych:a";
        auto withPassword = poolXml("a", chap, "/dev/disk/by-path");
        OK(withPassword);
        QVERIFY(withPassword->find("<auth type=\"chap\" username=\"anna\">\n      <secret usage=\"diptych:a\" />") !=
                std::string::npos);
        auto disk = poolXml("a", {"disk", "/dev/sdb", {}, {}, "dos"}, {});
        OK(disk);
        QCOMPARE(*disk, std::string("<pool type=\"disk\">\n  <name>a</name>\n  <source>\n"
                                    "    <device path=\"/dev/sdb\" />\n    <format type=\"dos\" />\n  </source>\n"
                                    "  <target>\n    <path>/dev</path>\n  </target>\n</pool>\n"));
        QCOMPARE(*xml, std::string("<pool type=\"iscsi\">\n  <name>a</name>\n  <source>\n"
                                   "    <host name=\"10.0.0.2\" />\n"
                                   "    <device path=\"iqn.2004-04.example:disks\" />\n  </source>\n  <target>\n"
                                   "    <path>/dev/disk/by-path</path>\n  </target>\n</pool>\n"));
    }

    void writesPortAndVersion()
    {
        PoolSource nfs{"netfs", {}, "nas.example", "/export/vm"};
        nfs.version = "4.2";
        auto xml = poolXml("a", nfs, "/srv/a");
        OK(xml);
        QVERIFY2(xml->find("<protocol ver=\"4.2\" />") != std::string::npos, xml->c_str());
        PoolSource target{"iscsi", {}, "fe80::1", "iqn.2004-04.example:disks"};
        target.port = 13260;
        xml = poolXml("a", target, "/dev/disk/by-path");
        OK(xml);
        QVERIFY2(xml->find("<host name=\"fe80::1\" port=\"13260\" />") != std::string::npos, xml->c_str());
        const auto field = [](PoolSource source, int64_t port, const char* version) {
            source.port = port;
            source.version = version;
            auto made = poolXml("a", source, "/srv/a");
            return made ? "accepted: " + *made : made.error().field;
        };
        for (int64_t port : {int64_t{-1}, int64_t{65536}, int64_t{1} << 40})
            QCOMPARE(field(target, port, ""), std::string("source.port"));
        QCOMPARE(field(nfs, 2049, ""), std::string("source.port")); // libvirt would mount without it
        for (const char* version : {"2", "4.3", "4,ro", "v4", "4.2 "})
            QCOMPARE(field(nfs, 0, version), std::string("source.version"));
        QCOMPARE(field(target, 0, "4.2"), std::string("source.version"));
    }

    void namesTheFieldThatIsWrong()
    {
        // An error is read only where there is one.
        const auto wrong = [](const PoolSource& source, const std::string& path) {
            auto made = poolXml("a", source, path);
            return made ? "accepted: " + *made : made.error().field;
        };
        for (const char* device : {"", "sda", "/etc/passwd", "/dev/../etc/passwd", "/dev/a b", "-o"})
            QCOMPARE(wrong({"fs", device, {}, {}}, "/srv/a"), std::string("source.device"));
        for (const char* host : {"", "-oProxyCommand", "a b", "a/b"})
            for (const char* type : {"netfs", "iscsi"})
                QCOMPARE(wrong({type, {}, host, "/x"}, "/srv/a"), std::string("source.host"));
        for (const char* directory : {"", "x", "/a/../b", "-x", "/a\n"})
            QCOMPARE(wrong({"netfs", {}, "nas", directory}, "/srv/a"), std::string("source.source"));
        for (const char* group : {"", "..", "a/b", "-f", "a b"})
            QCOMPARE(wrong({"logical", {}, {}, group}, {}), std::string("source.source"));
        for (const char* target : {"", "/dev/sda", "a b"})
            QCOMPARE(wrong({"iscsi", {}, "nas", target}, {}), std::string("source.source"));
    }

    void readsTheHostsDisks()
    {
        auto disks = readHostDisks(R"({"blockdevices": [
            {"path":"/dev/sda","size":1000,"type":"disk","mountpoints":[null],"model":"ACME","ro":false,"children":[
                {"path":"/dev/sda1","size":400,"type":"part","mountpoints":["/boot"],"model":null,"ro":false},
                {"path":"/dev/sda2","size":500,"type":"part","mountpoints":[null],"model":null,"ro":false}]},
            {"path":"/dev/sdb","size":1000,"type":"disk","mountpoints":[null],"model":null,"ro":true,"children":[
                {"path":"/dev/mapper/vg-a","size":400,"type":"lvm","mountpoints":[null],"model":null,"ro":false}]},
            {"path":"/dev/loop0","size":0,"type":"loop","mountpoints":[],"model":null,"ro":false},
            {"path":"/dev/sr0","size":1000,"type":"rom","mountpoints":[null],"model":"DVD","ro":false},
            {"path":"/dev/zram0","size":1000,"type":"disk","mountpoints":["[SWAP]"],"model":null,"ro":false}]})");
        OK(disks);
        QCOMPARE(disks->size(), size_t(5));
        QCOMPARE((*disks)[0].user, std::string("mounted at /boot")); // by a part of it
        QCOMPARE((*disks)[0].model, std::string("ACME"));
        QVERIFY((*disks)[2].user.empty());
        QCOMPARE((*disks)[3].user, std::string("LVM"));
        QVERIFY((*disks)[3].readOnly);
        for (const char* wrong : {"", "[]", "{}", R"({"blockdevices": 1})"})
            QVERIFY2(!readHostDisks(wrong), wrong);
        HostDisk disk;
        OK(readSignatures(R"({"signatures":[{"type":"gpt"},{"type":"PMBR"}]})", disk));
        QCOMPARE(disk.holds + disk.table, std::string("gptgpt"));
        OK(readSignatures(R"({"signatures":[{"type":"ext4"},{"type":"dos"}]})", disk = {}));
        QCOMPARE(disk.holds + disk.table, std::string("ext4dos"));
        OK(readSignatures(R"({"signatures":[]})", disk = {}));
        QVERIFY(disk.holds.empty());
    }

    void namesPartitions()
    {
        QCOMPARE(nextPartition("/dev/sdb", {"sdb1", "sdb3"}), std::string("sdb2"));
        QCOMPARE(nextPartition("/dev/nvme0n1", {"nvme0n1p1"}), std::string("nvme0n1p2"));
        QCOMPARE(oddPartition("/dev/nvme0n1", "nvme0n1p12"), 12U);
        for (const char* other : {"nvme0n1", "nvme0n1p", "nvme0n1px", "nvme0n2p1", "sdb1"})
            QCOMPARE(oddPartition("/dev/nvme0n1", other), 0U);
        QCOMPARE(oddPartition("/dev/sdb", "sdb1"), 0U);
    }

    void tellsWhoseFaultItIs()
    {
        const auto fault = [](const char* type, bool building, const char* words) {
            const Error error = poolFault({type}, building, words);
            return error.field + "|" + error.message;
        };
        QCOMPARE(
            fault("netfs", false,
                  "internal error: Child process (/bin/mount a:/b /c) unexpected exit status 32: mount.nfs: access "
                  "denied by server\n\n"),
            std::string("source.source|the host does not give this directory: mount.nfs: access denied by server"));
        QCOMPARE(fault("netfs", false, "mount.nfs: Connection refused").substr(0, 12), std::string("source.host|"));
        QCOMPARE(fault("iscsi", false, "login failed due to authorization failure").substr(0, 12),
                 std::string("source.user|"));
        QCOMPARE(fault("logical", true, "A volume group called a already exists.").substr(0, 14),
                 std::string("source.source|"));
        QCOMPARE(fault("logical", true, "already formatted").substr(0, 14), std::string("source.device|"));
        QCOMPARE(fault("fs", false, "mount: /x: mount point does not exist.").substr(0, 5), std::string("path|"));
        QCOMPARE(fault("disk", false, "is unrecognized, requires build").substr(0, 14), std::string("source.device|"));
    }

    void offersWhatLibvirtHas()
    {
        auto offers = poolTypes("<storagepoolCapabilities><pool type='dir' supported='yes'/>"
                                "<pool type='rbd' supported='no'/></storagepoolCapabilities>");
        OK(offers);
        QCOMPARE(offers->size(), size_t(2));
        QVERIFY((*offers)[0].reason.empty());
        QVERIFY((*offers)[1].reason.find("driver rbd") != std::string::npos);
    }

    /// libvirt's test driver takes all of them, and mounts nothing.
    void onTheTestDriver()
    {
        Paths paths;
        paths.libvirtUri = "test:///default";
        auto pretended = makeVirtualization(paths);
        auto connect = [&](const Json& given) {
            return pretended->call("org.diptych.Storage.ConnectPool", given, m_quiet);
        };
        OK(connect(parameters("group", {{"type", "logical"}, {"source", "vg0"}})));
        OK(connect(parameters("nas", {{"type", "netfs"}, {"host", "nas"}, {"source", "/export"}}, "/srv/nas")));
        OK(connect(parameters("disks", {{"type", "iscsi"}, {"host", "nas"}, {"source", "iqn.2004-04.example:d"}},
                              "/dev/disk/by-path")));
        QCOMPARE(connect(parameters("nas", {{"type", "logical"}, {"source", "vg0"}})).error().code, Code::Exists);
        Json odd{{"type", "iscsi"}, {"host", "nas"}, {"source", "iqn.a:b"}, {"port", 0}};
        QCOMPARE(connect(parameters("x", odd, "/dev/disk/by-path")).error().field, std::string("source.port"));
        Json search{{"type", "netfs"}, {"host", "nas"}, {"port", 70000}};
        QCOMPARE(pretended->call("org.diptych.Storage.FindPoolSources", search, m_quiet).error().field,
                 std::string("port"));
        QCOMPARE(connect(parameters("x", {{"type", "netfs"}, {"host", "nas"}, {"source", "/e"}}, "/etc")).error().field,
                 std::string("path"));
        QCOMPARE(
            connect(parameters("x", {{"type", "iscsi"}, {"host", "nas"}, {"source", "iqn.a:b"}}, "/etc")).error().field,
            std::string("path"));
        auto pools = pretended->call("org.diptych.Storage.ListPools", Json::object(), m_quiet);
        OK(pools);
        std::map<std::string, Json> found;
        for (const Json& pool : (*pools)["pools"])
            found[pool["name"]] = pool;
        QCOMPARE(found["group"]["type"], Json("logical"));
        QCOMPARE(found["group"]["path"], Json("/dev/vg0"));
        QCOMPARE(found["nas"]["active"], Json(true));
        QCOMPARE(found["nas"]["autostart"], Json(true));
        for (const char* change : {"noAutostart", "stop", "start", "stop"})
            OK(pretended->call("org.diptych.Storage.ChangePool", {{"pool", "nas"}, {"change", change}}, m_quiet));
        OK(pretended->call("org.diptych.Storage.DeletePool", {{"pool", "nas"}}, m_quiet));
    }

    /// Made by others, of types that are not made here: told as libvirt tells them, started, looked at again, stopped.
    void showsPoolsOfAllTypes()
    {
        const std::vector<std::array<std::string, 3>> kinds{
            {"rbd", "<host name='ceph' port='6789'/><name>rbdpool</name>", "rbdpool"},
            {"gluster", "<host name='nas'/><dir path='/vm'/><name>volume</name>", "nas:volume/vm"},
            {"iscsi-direct",
             "<host name='nas' port='3260'/><device path='iqn.2004-04.example:d'/><initiator><iqn "
             "name='iqn.2004-04.example:me'/></initiator>",
             "iqn.2004-04.example:d"},
            {"vstorage", "<name>cluster</name>", "cluster"},
            {"zfs", "<name>tank</name>", "tank"},
            {"scsi", "<adapter type='scsi_host' name='host4'/>", "host4"},
            {"mpath", "", ""}};
        std::string node = "<node>";
        for (const auto& [type, source, shown] : kinds)
            node += fmt::format("<pool type='{0}'><name>{0}</name><source>{1}</source><target><path>/srv/{0}</path>"
                                "</target></pool>",
                                type, source);
        QTemporaryDir directory;
        Paths paths;
        const std::string file = directory.filePath("node.xml").toStdString();
        OK(writeFileAtomic(file, node + "</node>"));
        paths.libvirtUri = "test://" + file;
        auto pretended = makeVirtualization(paths);
        const auto told = [&](const std::string& name) {
            auto all = pretended->call("org.diptych.Storage.ListPools", Json::object(), m_quiet);
            for (const Json& one : all ? (*all)["pools"] : Json::array())
                if (one["name"] == name)
                    return one;
            return Json(all ? "not listed" : all.error().message);
        };
        for (const auto& [type, source, shown] : kinds) {
            QVERIFY2(told(type).is_object(), (type + ": " + dumpJson(told(type))).c_str());
            QCOMPARE(told(type)["type"], Json(type));
            QCOMPARE(told(type)["source"], Json(shown));
            for (const char* change : {"stop", "start", "refresh", "autostart", "noAutostart", "stop"})
                OK(pretended->call("org.diptych.Storage.ChangePool", {{"pool", type}, {"change", change}}, m_quiet));
            QCOMPARE(told(type)["active"], Json(false));
            OK(pretended->call("org.diptych.Storage.DeletePool", {{"pool", type}}, m_quiet));
        }
    }

    void aFileSystemForReal()
    {
        if (!getenv("DIPTYCH_SANDBOX"))
            QSKIP("runs inside tests/support/sandbox --libvirtd only");
        auto real = makeVirtualization(Paths{});
        auto types = real->call("org.diptych.Storage.ListPoolTypes", Json::object(), m_quiet);
        OK(types);
        std::map<std::string, std::string> reasons;
        for (const Json& one : (*types)["types"])
            reasons[one["type"]] = one["reason"];
        QVERIFY(reasons.contains("netfs") && reasons["fs"].empty());
        // A group that is not there is refused by LVM, and not kept.
        auto none = real->call("org.diptych.Storage.ConnectPool",
                               parameters("group", {{"type", "logical"}, {"source", "nosuchgroup"}}), m_quiet);
        QVERIFY(!none);
        QVERIFY(shell("virsh -q pool-list --all").find("group") == std::string::npos);
        shell("truncate -s 32M /run/fs.img; mkfs.ext4 -q -F /run/fs.img; mkdir -p /var/lib/libvirt");
        std::string loop = shell("losetup -f --show /run/fs.img | tr -d '\\n'");
        if (!loop.starts_with("/dev/loop"))
            QSKIP(("no loop devices here: " + loop).c_str());
        auto made =
            real->call("org.diptych.Storage.ConnectPool",
                       parameters("disk", {{"type", "fs"}, {"device", loop}}, "/var/lib/libvirt/disk"), m_quiet);
        std::string mounts = shell("grep /var/lib/libvirt/disk /proc/mounts");
        auto volume =
            real->call("org.diptych.Storage.CreateVolume",
                       {{"pool", "disk"}, {"name", "a.qcow2"}, {"capacity", 4 << 20}, {"format", "qcow2"}}, m_quiet);
        bool there = exists("/var/lib/libvirt/disk/a.qcow2");
        auto stopped = real->call("org.diptych.Storage.ChangePool", {{"pool", "disk"}, {"change", "stop"}}, m_quiet);
        auto removed = real->call("org.diptych.Storage.DeletePool", {{"pool", "disk"}}, m_quiet);
        shell("losetup -d " + loop); // before anything can fail
        OK(made);
        QVERIFY2(mounts.find(loop) == 0 && mounts.find("nosuid") != std::string::npos, mounts.c_str());
        OK(volume);
        QVERIFY(there);
        OK(stopped);
        OK(removed);
        QVERIFY(!exists("/var/lib/libvirt/disk/a.qcow2")); // not mounted any more
        QVERIFY(shell("virsh -q pool-list --all").find("disk") == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestPools)
#include "tst_pools.moc"
