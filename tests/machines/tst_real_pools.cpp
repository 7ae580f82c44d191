// Storage pools of a volume group, NFS, an iSCSI target, a file system and a partitioned disk, on loop devices and
// servers of this machine: made, filled, used, refused, gone. Each needs what few machines have; `tests/system/in-vm
// --pools` has all.
#include "base/files.h"
#include "machines/machines.h"
#include "sandboxed.h"

#include <QTemporaryDir>

#include <csignal>
#include <sys/socket.h>
#include <thread>

using namespace diptych;
using namespace diptych::test;

namespace {

constexpr uint64_t mebi = 1 << 20;

/// A file as a block device.
class Loop final
{
public:
    explicit Loop(const std::string& file, int mebibytes = 160)
    {
        shell(fmt::format("truncate -s {}M {}", mebibytes, file));
        m_device = shell("losetup -P -f --show " + file + " | tr -d '\n'");
    }
    ~Loop() { shell("losetup -d " + m_device); }
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;
    [[nodiscard]] bool works() const { return m_device.starts_with("/dev/loop"); }
    [[nodiscard]] const std::string& device() const { return m_device; }

private:
    std::string m_device;
};

} // namespace

#define NEEDS(program, package)                                                                                        \
    do {                                                                                                               \
        if (findProgram(program).empty())                                                                              \
            QSKIP(program " is not installed (" package ")");                                                          \
    } while (0)
#define LOOP(name)                                                                                                     \
    Loop name(m_directory.filePath(#name).toStdString());                                                              \
    if (!name.works())                                                                                                 \
    QSKIP("no loop devices here")
/// Refused, and the parameter named.
#define REFUSED(expression, wantedField, part)                                                                         \
    do {                                                                                                               \
        auto&& refusal = (expression);                                                                                 \
        QVERIFY2(!refusal, "went through");                                                                            \
        QVERIFY2(refusal.error().message.find(part) != std::string::npos, refusal.error().message.c_str());            \
        QCOMPARE(refusal.error().field, std::string(wantedField));                                                     \
        QCOMPARE(pool("p"), Json());                                                                                   \
    } while (0)

class TestRealPools final : public QObject
{
    Q_OBJECT

    std::unique_ptr<Virtualization> m_virtualization;
    QTemporaryDir m_directory;
    Quiet m_quiet;

    Result<Json> call(const std::string& method, const Json& parameters = Json::object())
    {
        return m_virtualization->call("org.diptych." + method, parameters, m_quiet);
    }
    Result<Json> connectPool(const Json& source, const std::string& path = {}, const std::string& build = {})
    {
        Json parameters{{"name", "p"}, {"source", source}, {"path", path}};
        if (!build.empty())
            parameters["build"] = build;
        return call("Storage.ConnectPool", parameters);
    }
    Result<Json> onPool(const std::string& verb) { return call("Storage." + verb + "Pool", {{"pool", "p"}}); }
    Result<Json> change(const char* what) { return call("Storage.ChangePool", {{"pool", "p"}, {"change", what}}); }
    Json pool(const std::string& name)
    {
        auto all = call("Storage.ListPools");
        for (const Json& one : all ? (*all)["pools"] : Json::array())
            if (one["name"] == name)
                return one;
        return {};
    }
    Json volume(const std::string& name)
    {
        auto all = call("Storage.ListVolumes", {{"pool", "p"}});
        for (const Json& one : all ? (*all)["volumes"] : Json::array())
            if (one["name"] == name)
                return one;
        return {};
    }
    Result<Json> create(const std::string& name, const char* format = "raw", uint64_t size = 32 * mebi)
    {
        return call("Storage.CreateVolume", {{"pool", "p"}, {"name", name}, {"capacity", size}, {"format", format}});
    }
    Result<Json> copy(const std::string& name, const std::string& to)
    {
        return call("Storage.CopyVolume", {{"pool", "p"}, {"volume", name}, {"name", to}});
    }
    Result<Json> grow(const std::string& name)
    {
        return call("Storage.ResizeVolume", {{"pool", "p"}, {"volume", name}, {"capacity", 48 * mebi}});
    }
    Result<Json> removeVolume(const std::string& name)
    {
        return call("Storage.DeleteVolume", {{"pool", "p"}, {"volume", name}});
    }
    Result<Json> upload(const std::string& name, const std::string& bytes)
    {
        int pair[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
            return failErrno("socketpair");
        UniqueFd ours(pair[0]), theirs(pair[1]);
        std::thread sender([&] {
            for (size_t sent = 0; sent < bytes.size();) {
                ssize_t n = write(theirs.get(), bytes.data() + sent, bytes.size() - sent);
                if (n <= 0)
                    break;
                sent += size_t(n);
            }
            ::shutdown(theirs.get(), SHUT_WR);
        });
        auto done = m_virtualization->upload("p", name, bytes.size(), ours.get(), m_quiet);
        ours.reset();
        sender.join();
        return done;
    }
    std::string download(const std::string& name)
    {
        auto size = m_virtualization->volumeSize("p", name);
        int pair[2];
        if (!size || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
            return size ? "no sockets" : size.error().message;
        std::string got;
        std::thread reader([&] {
            std::string buffer(65536, '\0');
            for (ssize_t n; (n = read(pair[1], buffer.data(), buffer.size())) > 0;)
                got.append(buffer.data(), size_t(n));
        });
        auto sent = m_virtualization->download("p", name, *size, pair[0], m_quiet);
        ::close(pair[0]);
        reader.join();
        ::close(pair[1]);
        return sent ? got : sent.error().message;
    }
    static std::string pattern(size_t size)
    {
        std::string bytes(size, '\0');
        uint32_t state = 12345;
        for (char& byte : bytes)
            byte = char((state = state * 1664525 + 1013904223) >> 24);
        return bytes;
    }
    /// Off, without a disk.
    Result<std::string> machine()
    {
        if (Status written =
                writeFileAtomic(m_directory.filePath("vm.xml").toStdString(),
                                "<domain type='qemu'><name>vm</name><memory unit='MiB'>64</memory><vcpu>1</vcpu>"
                                "<os><type arch='x86_64' machine='pc'>hvm</type></os></domain>");
            !written)
            return tl::unexpected<Error>(written.error());
        std::string said = shell("virsh -q define " + m_directory.filePath("vm.xml").toStdString());
        std::string id = shell("virsh -q domuuid vm | tr -d '\n'");
        return id.size() == 36 ? Result<std::string>(id) : fail(Code::Failed, said);
    }

    /// A disk of a machine, its users, and that it can't be taken from it.
    void usedByAMachine(const std::string& name)
    {
        auto id = machine();
        OK(id);
        auto added =
            call("Machines.AddDevice",
                 {{"id", *id}, {"type", "disk"}, {"properties", Json::object()}, {"pool", "p"}, {"volume", name}});
        OK(added);
        QCOMPARE(volume(name)["users"], (Json{"domain vm"}));
        QVERIFY(shell("virsh -q domblklist vm").find(volume(name)["path"].get<std::string>()) != std::string::npos);
        // On, it can't be stopped under it either.
        std::string said = shell("virsh -q start --paused vm");
        QVERIFY2(shell("virsh -q domstate vm").find("paused") == 0, said.c_str());
        for (const auto& refused : {change("stop"), onPool("Delete")}) {
            QVERIFY2(!refused, "went through");
            QVERIFY2(refused.error().message.find("domain vm") != std::string::npos, refused.error().message.c_str());
            QCOMPARE(refused.error().code, Code::Busy);
        }
        QCOMPARE(pool("p")["active"], Json(true));
        shell("virsh -q destroy vm");
    }
    void gone()
    {
        shell("virsh -q destroy vm; virsh -q undefine vm");
        OK(onPool("Delete"));
        QCOMPARE(pool("p"), Json());
    }
    /// Stopped and started, by hand and with the host.
    void statesAreRight()
    {
        QCOMPARE(pool("p")["active"], Json(true));
        QCOMPARE(pool("p")["autostart"], Json(true));
        OK(change("noAutostart"));
        OK(change("stop"));
        QCOMPARE(pool("p")["active"], Json(false));
        QCOMPARE(pool("p")["autostart"], Json(false));
        QCOMPARE(pool("p")["volumes"], Json(0));
        OK(change("start"));
        OK(change("autostart"));
        QCOMPARE(pool("p")["active"], Json(true));
        QCOMPARE(pool("p")["autostart"], Json(true));
    }
    Json sources(const std::string& type, const std::string& host = {}, int port = 0)
    {
        Json parameters{{"type", type}};
        if (port != 0)
            parameters["port"] = port;
        if (!host.empty())
            parameters["host"] = host;
        auto found = call("Storage.FindPoolSources", parameters);
        return found ? (*found)["sources"] : Json{{"error", found.error().message}, {"field", found.error().field}};
    }
    static Json named(const Json& list, const std::string& source)
    {
        for (const Json& one : list)
            if (one.is_object() && one["source"] == source)
                return one;
        return {};
    }

private slots:
    void initTestCase()
    {
        if (!getenv("DIPTYCH_SANDBOX"))
            QSKIP("runs inside tests/support/sandbox --libvirtd or a machine made for it only");
        signal(SIGPIPE, SIG_IGN);
        shell("mkdir -p /var/lib/libvirt");
        m_virtualization = machines::makeVirtualization(Paths{});
        OK(call("Storage.ListPools"));
    }
    void cleanup()
    {
        shell("virsh -q destroy vm; virsh -q undefine vm; virsh -q pool-destroy p; virsh -q pool-undefine p");
    }

    void aFileSystem()
    {
        LOOP(disk);
        const Json source{{"type", "fs"}, {"device", disk.device()}};
        const std::string path = "/var/lib/libvirt/disk";
        REFUSED(connectPool({{"type", "fs"}, {"device", "/dev/nosuch"}}, path), "source.device", "/dev/nosuch");
        REFUSED(connectPool(source, path), "source.device", "no file system");
        REFUSED(connectPool(source, "/etc/libvirt"), "path", "/etc");
        REFUSED(connectPool({{"type", "fs"}, {"device", disk.device()}, {"format", "ntfs"}}, path), "source.format",
                "");
        QCOMPARE(named(sources("fs"), disk.device())["holds"], Json(""));
        OK(connectPool(source, path, "make"));
        Json offered = named(sources("fs"), disk.device());
        QCOMPARE(offered["holds"], Json("ext4"));
        QCOMPARE(offered["user"], Json("mounted at " + path));
        QCOMPARE(offered["size"], Json(160 * mebi));
        QCOMPARE(pool("p")["source"], Json(disk.device()));
        OK(create("a.qcow2", "qcow2"));
        OK(grow("a.qcow2"));
        QCOMPARE(volume("a.qcow2")["capacity"], Json(48 * mebi));
        std::string bytes = pattern(3 * mebi + 512);
        OK(upload("b.img", bytes));
        QVERIFY(download("b.img") == bytes);
        OK(copy("b.img", "c.img"));
        QVERIFY(download("c.img") == bytes);
        usedByAMachine("a.qcow2");
        statesAreRight();
        // What is mounted is never formatted, whatever was consented to.
        shell("virsh -q undefine vm");
        auto second =
            call("Storage.ConnectPool", {{"name", "q"}, {"source", source}, {"path", path + "2"}, {"build", "erase"}});
        QVERIFY(!second);
        QCOMPARE(second.error().field, std::string("source.device"));
        gone();
        // Something is on it: only who says so loses it.
        REFUSED(connectPool(source, path, "make"), "source.device", "ext4");
        OK(connectPool(source, path));
        QVERIFY(download("b.img") == bytes);
        gone();
        OK(connectPool(source, path, "erase"));
        QVERIFY(volume("b.img").is_null());
        gone();
    }

    void aPartitionedDisk()
    {
        NEEDS("parted", "parted");
        LOOP(disk);
        const Json source{{"type", "disk"}, {"device", disk.device()}};
        REFUSED(connectPool(source), "source.device", "");
        shell("mkfs.ext4 -q " + disk.device());
        REFUSED(connectPool(source, {}, "make"), "source.device", "ext4");
        QVERIFY(shell("blkid -p -o value -s TYPE " + disk.device()).find("ext4") == 0);
        OK(connectPool(source, {}, "erase"));
        QCOMPARE(named(sources("disk"), disk.device())["holds"], Json("gpt"));
        QCOMPARE(pool("p")["formats"], (Json{"raw"}));
        QCOMPARE(create("a", "qcow2").error().field, std::string("format"));
        auto made = create("whatever");
        OK(made);
        std::string first = (*made)["name"];
        QCOMPARE("/dev/" + first, disk.device() + "p1");
        std::string bytes = pattern(4 * mebi);
        OK(upload("ignored", bytes));
        std::string second = disk.device().substr(5) + "p2";
        QVERIFY(download(second).substr(0, bytes.size()) == bytes);
        QCOMPARE(grow(first).error().code, Code::NotSupported);
        OK(copy(second, "ignored"));
        QVERIFY(download(disk.device().substr(5) + "p3").substr(0, bytes.size()) == bytes);
        usedByAMachine(first);
        QCOMPARE(removeVolume(first).error().code, Code::Busy);
        shell("virsh -q undefine vm");
        OK(removeVolume(first));
        QVERIFY(volume(first).is_null());
        auto again = create("x"); // the place that is free
        OK(again);
        QCOMPARE((*again)["name"], Json(first));
        statesAreRight();
        gone();
        OK(connectPool(source)); // the table is seen by itself
        QVERIFY(!volume(second).is_null());
        gone();
    }

    void aVolumeGroup()
    {
        NEEDS("vgcreate", "lvm2");
        if (!exists("/dev/mapper/control") || shell("dmsetup version").find("Driver version") == std::string::npos)
            QSKIP("this kernel has no device mapper");
        LOOP(disk);
        const Json source{{"type", "logical"}, {"source", "vgtest"}, {"device", disk.device()}};
        REFUSED(connectPool({{"type", "logical"}, {"source", "vgtest"}}), "source.source", "no such volume group");
        shell("mkfs.ext4 -q " + disk.device());
        REFUSED(connectPool(source, {}, "make"), "source.device", "ext4");
        QVERIFY(shell("blkid -p -o value -s TYPE " + disk.device()).find("ext4") == 0);
        QVERIFY(named(sources("logical"), "vgtest").is_null());
        OK(connectPool(source, {}, "erase"));
        QCOMPARE(named(sources("logical"), "vgtest")["detail"], Json(disk.device()));
        QCOMPARE(named(sources("fs"), disk.device())["holds"], Json("LVM2_member"));
        QCOMPARE(create("a", "qcow2").error().field, std::string("format"));
        OK(create("a"));
        // All of it is there: a sparse one would break at its first megabytes.
        QVERIFY2(shell("lvs --noheadings -o lv_attr,lv_size --units m --nosuffix vgtest/a").find("32.00") !=
                     std::string::npos,
                 shell("lvs vgtest").c_str());
        std::string bytes = pattern(12 * mebi);
        OK(upload("b", bytes));
        QVERIFY(download("b") == bytes);
        OK(copy("b", "c"));
        QVERIFY(download("c") == bytes);
        QCOMPARE(grow("a").error().code, Code::NotSupported);
        usedByAMachine("a");
        QCOMPARE(removeVolume("a").error().code, Code::Busy);
        QCOMPARE(onPool("Destroy").error().code, Code::Busy);
        // By whatever name the machine has it.
        shell("virsh -q dumpxml vm | sed s,/dev/vgtest/a,/dev/mapper/vgtest-a, > /run/vm.xml; virsh -q define "
              "/run/vm.xml");
        QVERIFY(shell("virsh -q domblklist vm").find("/dev/mapper/vgtest-a") != std::string::npos);
        QCOMPARE(volume("a")["users"], (Json{"domain vm"}));
        QCOMPARE(removeVolume("a").error().code, Code::Busy);
        // In use by the group: not even for who would erase it.
        auto second = call("Storage.ConnectPool", {{"name", "q"},
                                                   {"source", {{"type", "disk"}, {"device", disk.device()}}},
                                                   {"path", ""},
                                                   {"build", "erase"}});
        QVERIFY(!second);
        QCOMPARE(second.error().field, std::string("source.device"));
        shell("virsh -q undefine vm");
        OK(removeVolume("c"));
        statesAreRight();
        gone();
        QVERIFY(shell("vgs --noheadings").find("vgtest") != std::string::npos); // what is in it stays
        OK(connectPool({{"type", "logical"}, {"source", "vgtest"}}));
        QVERIFY(download("b") == bytes);
        makesAMachineOnBlocks();
        OK(onPool("Destroy"));
        QCOMPARE(pool("p"), Json());
        QVERIFY(shell("vgs --noheadings").find("vgtest") == std::string::npos);
    }

    void anNfsServer()
    {
        NEEDS("exportfs", "nfs-kernel-server");
        NEEDS("mount.nfs", "nfs-common");
        const std::string directory = m_directory.filePath("export").toStdString(), path = "/var/lib/libvirt/nfs";
        shell("mkdir -m 0777 -p " + directory);
        if (shell("exportfs -i -o rw,no_root_squash,insecure,no_subtree_check,fsid=77 '*:" + directory + "'; exportfs")
                    .find(directory) == std::string::npos ||
            shell("systemctl start nfs-server; cat /proc/fs/nfsd/threads").find_first_of("123456789") ==
                std::string::npos)
            QSKIP("no NFS server runs here");
        Json source{{"type", "netfs"}, {"host", "127.0.0.1"}, {"source", directory}};
        auto with = [&source](const char* key, const std::string& value) {
            Json other = source;
            other[key] = value;
            return other;
        };
        REFUSED(connectPool(with("host", "nosuch.invalid"), path), "source.host", "nosuch.invalid");
        shell("ip route add unreachable 192.0.2.0/24");
        REFUSED(connectPool(with("host", "192.0.2.1"), path), "source.host", "192.0.2.1");
        REFUSED(connectPool(with("source", "/srv/nosuch"), path), "source.source", "does not give");
        REFUSED(connectPool(source, "/usr/x"), "path", "/usr");
        REFUSED(connectPool(source, path, "make"), "build", "");
        QCOMPARE(sources("netfs", "nosuch.invalid")["field"], Json("host"));
        Json offered = sources("netfs", "127.0.0.1");
        QVERIFY2(!named(offered, directory).is_null(), dumpJson(offered).c_str());
        REFUSED(connectPool(with("version", "5"), path), "source.version", "4.2");
        // The newest that both speak, or the one that is wanted; after the host was off too.
        const auto mounted = [&path] { return shell("grep ' " + path + " ' /proc/mounts"); };
        for (const char* version : {"3", "4.0", "4.1", "4.2"}) {
            OK(connectPool(with("version", version), path));
            const std::string wanted = fmt::format("vers={},", version);
            QVERIFY2(mounted().find(wanted) != std::string::npos, mounted().c_str());
            OK(change("stop"));
            OK(change("start"));
            QVERIFY2(mounted().find(wanted) != std::string::npos, mounted().c_str());
            gone();
        }
        OK(connectPool(source, path));
        QVERIFY2(mounted().find("vers=4.2,") != std::string::npos, mounted().c_str());
        QCOMPARE(pool("p")["source"], Json("127.0.0.1:" + directory));
        OK(create("a.qcow2", "qcow2"));
        OK(grow("a.qcow2"));
        std::string bytes = pattern(3 * mebi + 512);
        OK(upload("b.img", bytes));
        QVERIFY(readFile(directory + "/b.img", 8 * mebi).value_or("") == bytes);
        QVERIFY(download("b.img") == bytes);
        OK(copy("b.img", "c.img"));
        QVERIFY(download("c.img") == bytes);
        usedByAMachine("a.qcow2");
        QCOMPARE(removeVolume("a.qcow2").error().code, Code::Busy);
        shell("virsh -q undefine vm");
        OK(removeVolume("c.img"));
        statesAreRight();
        gone();
        QVERIFY(exists(directory + "/b.img"));
        shell("exportfs -u '*:" + directory + "'");
    }

    void anIscsiTarget()
    {
        NEEDS("tgtadm", "tgt");
        NEEDS("iscsiadm", "open-iscsi");
        const std::string iqn = "iqn.2026-11.example:disks", path = "/dev/disk/by-path";
        const std::string tgt = "tgtadm --lld iscsi --op ", lun = m_directory.filePath("lun").toStdString();
        shell("systemctl start tgt iscsid");
        std::string bytes = pattern(32 * mebi);
        OK(writeFileAtomic(lun, bytes));
        std::string said = shell(tgt + "new --mode target --tid 7 -T " + iqn + " && " + tgt +
                                 "new --mode logicalunit --tid 7 --lun 1 -b " + lun + " && " + tgt +
                                 "bind --mode target --tid 7 -I ALL && " + tgt +
                                 "new --mode account --user anna --password secretsecret12 && " + tgt +
                                 "bind --mode account --tid 7 --user anna");
        if (!said.empty() || shell(tgt + "show --mode target").find(iqn) == std::string::npos)
            QSKIP(("no iSCSI target runs here: " + said).c_str());
        Json source{{"type", "iscsi"},
                    {"host", "127.0.0.1"},
                    {"source", iqn},
                    {"user", "anna"},
                    {"password", "secretsecret12"}};
        auto with = [&source](const char* key, const std::string& value) {
            Json other = source;
            other[key] = value;
            return other;
        };
        QCOMPARE(named(sources("iscsi", "127.0.0.1"), iqn)["source"], Json(iqn));
        REFUSED(connectPool(with("source", "iqn.2026-11.example:nosuch"), path), "source.source", "nobody is let in");
        REFUSED(connectPool(with("password", "wrongwrong1234"), path), "source.user", "does not take");
        Json nameless = source;
        nameless.erase("user");
        nameless.erase("password");
        REFUSED(connectPool(nameless, path), "source.user", "asks for a name");
        nameless["user"] = "anna";
        REFUSED(connectPool(nameless, path), "source.password", "together");
        REFUSED(connectPool(with("host", "nosuch.invalid"), path), "source.host", "nosuch.invalid");
        REFUSED(connectPool(source, "/srv"), "path", "by-path");
        QVERIFY2(shell("virsh -q secret-list").find("diptych") == std::string::npos,
                 shell("virsh secret-list").c_str());
        REFUSED(connectPool(with("initiator", "iqn.2026-11.example:me"), path), "source.initiator", "own name only");
        OK(connectPool(source, path));
        QVERIFY(shell("virsh -q secret-list").find("diptych:p") != std::string::npos);
        const std::string name = "unit:0:0:1";
        QCOMPARE(volume(name)["capacity"], Json(bytes.size()));
        QVERIFY(download(name) == bytes);
        for (const auto& refused : {create("x"), grow(name), removeVolume(name), copy(name, "y"), upload("z", "zzz")}) {
            QVERIFY2(!refused, "went through");
            QCOMPARE(refused.error().code, Code::NotSupported);
            QVERIFY2(refused.error().message.find("is decided") != std::string::npos, refused.error().message.c_str());
        }
        usedByAMachine(name);
        shell("virsh -q undefine vm");
        statesAreRight();
        gone();
        QVERIFY(shell("virsh -q secret-list").find("diptych") == std::string::npos);
        // Without a password under another name.
        shell(tgt + "unbind --mode account --tid 7 --user anna");
        nameless.erase("user");
        nameless["initiator"] = "iqn.2026-11.example:me";
        OK(connectPool(nameless, path));
        QVERIFY(shell(tgt + "show --mode target").find("iqn.2026-11.example:me") != std::string::npos);
        gone();
        // At another port: nobody answers at the usual one.
        const std::string portal = "tgtadm --lld iscsi --mode portal --op ";
        said = shell(portal + "new --param portal=127.0.0.1:13260 && " + portal +
                     "delete --param portal=0.0.0.0:3260; " + portal + "delete --param portal=[::]:3260");
        nameless.erase("initiator");
        QVERIFY2(sources("iscsi", "127.0.0.1")["field"] == "host", (said + shell("ss -ltn")).c_str());
        REFUSED(connectPool(nameless, path), "source.host", "at port 3260");
        nameless["port"] = 13261;
        REFUSED(connectPool(nameless, path), "source.host", "at port 13261");
        nameless["port"] = 65536;
        REFUSED(connectPool(nameless, path), "source.port", "65535");
        nameless["port"] = 13260;
        Json offered = sources("iscsi", "127.0.0.1", 13260);
        QVERIFY2(!named(offered, iqn).is_null(), dumpJson(offered).c_str());
        OK(connectPool(nameless, path));
        QVERIFY(shell("iscsiadm -m session").find("127.0.0.1:13260") != std::string::npos);
        QVERIFY(download(name) == bytes);
        statesAreRight();
        aPoolOfTheAdapter(iqn, bytes);
        gone();
        shell(portal + "new --param portal=0.0.0.0:3260; " + portal + "delete --param portal=127.0.0.1:13260");
        shell(tgt + "delete --mode target --tid 7 --force; " + tgt + "delete --mode account --user anna");
    }

private:
    /// What others made, of types that are not made here: the disks of a SCSI adapter (the session's), and multipath.
    void aPoolOfTheAdapter(const std::string& iqn, const std::string& bytes)
    {
        std::string host =
            shell("ls -d /sys/class/iscsi_session/session*/device/../../host* /sys/devices/platform/host* "
                  "2>/dev/null | grep -o 'host[0-9]*$' | tail -n 1 | tr -d '\n'");
        QVERIFY2(host.starts_with("host"), (iqn + shell("ls /sys/class/scsi_host")).c_str());
        for (const auto& [type, source] :
             {std::pair<std::string, std::string>{"scsi", "<adapter name='" + host + "'/>"}, {"mpath", ""}}) {
            (void)writeFileAtomic("/run/other.xml",
                                  fmt::format("<pool type='{0}'><name>{0}</name><source>{1}</source><target><path>"
                                              "/dev/{2}</path></target></pool>",
                                              type, source, type == "scsi" ? "disk/by-path" : "mapper"));
            std::string said = shell("virsh -q pool-define /run/other.xml");
            QVERIFY2(pool(type).is_object(), said.c_str());
            QCOMPARE(pool(type)["active"], Json(false));
            QCOMPARE(pool(type)["source"], Json(type == "scsi" ? host : ""));
            for (const char* what : {"start", "refresh"})
                OK(call("Storage.ChangePool", {{"pool", type}, {"change", what}}));
            auto all = call("Storage.ListVolumes", {{"pool", type}});
            OK(all);
            if (type == "scsi") {
                QVERIFY2((*all)["volumes"].size() == 1, dumpJson(*all).c_str());
                QCOMPARE((*all)["volumes"][0]["capacity"], Json(bytes.size()));
            }
            auto refused =
                call("Storage.CreateVolume", {{"pool", type}, {"name", "x"}, {"capacity", mebi}, {"format", "raw"}});
            QVERIFY(!refused && refused.error().code == Code::NotSupported);
            OK(call("Storage.ChangePool", {{"pool", type}, {"change", "stop"}}));
            OK(call("Storage.DeletePool", {{"pool", type}}));
            QCOMPARE(pool(type), Json());
        }
    }
    /// New disks, and copies that are larger than what they are of, in a pool that has no files.
    void makesAMachineOnBlocks()
    {
        Json spec{{"name", "onblocks"},
                  {"vcpus", 1},
                  {"memory", 67108864},
                  {"firmware", "bios"},
                  {"tpm", false},
                  {"virtio", true},
                  {"disk", {{"kind", "copy"}, {"pool", "p"}, {"volume", "b"}, {"capacity", 24 * mebi}}},
                  {"network", ""},
                  {"start", false}};
        OK(call("Machines.Create", {{"spec", spec}}));
        QVERIFY(volume("onblocks")["capacity"] == Json(24 * mebi));
        QVERIFY(download("onblocks").substr(0, 12 * mebi) == pattern(12 * mebi));
        QVERIFY(shell("virsh -q dumpxml onblocks").find("<source dev='/dev/vgtest/onblocks'/>") != std::string::npos);
        QVERIFY(shell("virsh -q dumpxml onblocks").find("type='raw'") != std::string::npos);
        std::string id = shell("virsh -q domuuid onblocks | tr -d '\n'");
        auto linked = call("Machines.Clone", {{"id", id}, {"name", "linked"}, {"linked", true}});
        QVERIFY(!linked);
        QVERIFY2(linked.error().message.find("holds none") != std::string::npos, linked.error().message.c_str());
        OK(call("Machines.Clone", {{"id", id}, {"name", "whole"}, {"linked", false}}));
        QVERIFY(shell("virsh -q dumpxml whole").find("<source dev='/dev/vgtest/whole-vda'/>") != std::string::npos);
        // A snapshot in a file of its own would lie in /dev.
        auto snapshots = call("Machines.ListSnapshots", {{"id", id}});
        OK(snapshots);
        QVERIFY2(dumpJson(*snapshots).find("no file") != std::string::npos, dumpJson(*snapshots).c_str());
        shell("virsh -q undefine onblocks; virsh -q undefine whole");
    }
};

QTEST_GUILESS_MAIN(TestRealPools)
#include "tst_real_pools.moc"
