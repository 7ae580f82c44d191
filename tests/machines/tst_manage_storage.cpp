// Snapshots, clones, new machines, storage and networks on a real libvirtd under TCG, inside the sandbox. What must
// never happen: a file goes that somebody else still needs.
#include "base/files.h"
#include "machines/cloud_init.h"
#include "machines/disk_users.h"
#include "machines/machine_xml.h"
#include "machines/machines.h"
#include "sandboxed.h"

#include <csignal>
#include <sys/socket.h>
#include <thread>

using namespace diptych;
using namespace diptych::test;

class TestManageStorage : public QObject
{
    Q_OBJECT

    std::unique_ptr<Virtualization> m_virtualization;
    Quiet m_quiet;

    Result<Json> call(const std::string& method, const Json& parameters = Json::object())
    {
        return m_virtualization->call("org.diptych." + method, parameters, m_quiet);
    }
    std::string idOf(const std::string& name) { return shell("virsh -q domuuid " + name + " | tr -d '\\n'"); }
    static Json named(const Json& list, const std::string& name)
    {
        for (const Json& one : list)
            if (one["name"] == name)
                return one;
        return {};
    }
    Json volume(const std::string& name)
    {
        auto all = call("Storage.ListVolumes", {{"pool", "images"}});
        return all ? named((*all)["volumes"], name) : Json();
    }
    /// Names and addresses that the network "lab" keeps.
    void knowsHosts()
    {
        const Json kept{{"kind", "lease"}, {"mac", "52:54:00:00:77:01"}, {"address", "192.168.77.9"}, {"name", "web"}};
        const Json named_{{"kind", "dns"}, {"mac", ""}, {"address", "192.168.77.9"}, {"name", "www.lab"}};
        OK(call("Networks.AddHost", {{"name", "lab"}, {"host", kept}}));
        OK(call("Networks.AddHost", {{"name", "lab"}, {"host", named_}}));
        QCOMPARE(named((*call("Networks.List"))["networks"], "lab")["hosts"], Json::array({kept, named_}));
        QVERIFY(shell("virsh net-dumpxml lab --inactive").find("www.lab") != std::string::npos);
        QVERIFY(!call("Networks.AddHost", {{"name", "lab"}, {"host", kept}})); // once is enough
        for (const auto& [field, bad] :
             std::map<std::string, std::string>{{"mac", "52:54"}, {"address", "nowhere"}, {"name", "a b"}}) {
            Json wrong = kept;
            wrong[field] = bad;
            QCOMPARE(call("Networks.AddHost", {{"name", "lab"}, {"host", wrong}}).error().field, "host." + field);
        }
        OK(call("Networks.RemoveHost", {{"name", "lab"}, {"host", kept}}));
        OK(call("Networks.RemoveHost", {{"name", "lab"}, {"host", named_}}));
        QVERIFY(named((*call("Networks.List"))["networks"], "lab")["hosts"].empty());
        // A range and a domain of one's own.
        Json own{{"name", "own"},
                 {"mode", "isolated"},
                 {"address", "192.168.79.1/24"},
                 {"dhcp", true},
                 {"bridge", ""},
                 {"dhcpStart", "192.168.79.100"},
                 {"dhcpEnd", "192.168.79.120"},
                 {"domain", "own.lan"}};
        OK(call("Networks.Create", own));
        Json made = named((*call("Networks.List"))["networks"], "own");
        QCOMPARE(made["dhcpStart"], own["dhcpStart"]);
        QCOMPARE(made["dhcpEnd"], own["dhcpEnd"]);
        QCOMPARE(made["domain"], own["domain"]);
        OK(call("Networks.Delete", {{"name", "own"}}));
        for (const auto& [field, bad] : std::map<std::string, std::string>{
                 {"dhcpStart", "192.168.78.5"}, {"dhcpEnd", "192.168.79.50"}, {"domain", "a/b"}}) {
            Json wrong = own;
            wrong[field] = bad;
            QCOMPARE(call("Networks.Create", wrong).error().field, field);
        }
    }
    /// dnsmasq itself says what it advertises and gives.
    void speaksIpv6()
    {
        Json six = {{"name", "six"}, {"mode", "nat"}, {"address", "192.168.76.1/24"},
                    {"dhcp", true},  {"bridge", ""},  {"address6", "fd00:76::1/64"},
                    {"dhcp6", false}};
        OK(call("Networks.Create", six));
        Json made = named((*call("Networks.List"))["networks"], "six");
        QCOMPARE(made["address"], Json("192.168.76.1/24"));
        QCOMPARE(made["address6"], Json("fd00:76::1/64"));
        QCOMPARE(made["dhcp6Start"], Json(""));
        std::string bridge = made["bridge"];
        QVERIFY2(shell("ip -6 address show " + bridge).find("fd00:76::1/64") != std::string::npos, bridge.c_str());
        std::string served = shell("cat /var/lib/libvirt/dnsmasq/six.conf");
        QVERIFY2(served.find("fd00:76::1,ra-only") != std::string::npos, served.c_str());
        OK(call("Networks.Delete", {{"name", "six"}}));
        six["dhcp6"] = true;
        OK(call("Networks.Create", six));
        made = named((*call("Networks.List"))["networks"], "six");
        QCOMPARE(made["dhcp6Start"], Json("fd00:76::1:0"));
        QCOMPARE(made["dhcp6End"], Json("fd00:76::1:ffff"));
        served = shell("cat /var/lib/libvirt/dnsmasq/six.conf");
        QVERIFY2(served.find("dhcp-range=fd00:76::1:0,fd00:76::1:ffff,64") != std::string::npos, served.c_str());
        OK(call("Networks.Delete", {{"name", "six"}}));
        for (const char* bad :
             {"fd00:76::1", "fd00:76::1/48", "fd00:76::/64", "fe80::1/64", "ff02::1/64", "192.168.1.1/64"}) {
            six["address6"] = bad;
            QCOMPARE(call("Networks.Create", six).error().field, std::string("address6"));
        }
    }
    static Json spec(const std::string& name)
    {
        return {{"name", name},
                {"vcpus", 1},
                {"memory", 134217728},
                {"firmware", "bios"},
                {"tpm", false},
                {"virtio", true},
                {"disk", {{"kind", "new"}, {"pool", "images"}, {"capacity", 67108864}}},
                {"network", "default"},
                {"start", false}};
    }
    /// Of a snapshot inside the disk: what it kept, while the original goes on.
    void clonesFromInside(const std::string& id, const std::string& disk)
    {
        shell("qemu-io -f qcow2 -c 'write -P 0x77 0 4096' " + disk);
        OK(call("Machines.Clone", {{"id", id}, {"name", "then"}, {"linked", false}, {"snapshot", "before"}}));
        const std::string its = "/var/lib/libvirt/images/then-vda.qcow2";
        QVERIFY(written(its).find("verification failed") == std::string::npos);
        QVERIFY(written(disk).find("verification failed") != std::string::npos);
        QVERIFY(shell("qemu-img snapshot -l " + its).empty());
        shell("qemu-io -f qcow2 -c 'write -P 0x5a 0 4096' " + disk); // as it was
        QVERIFY(shell("virsh start then").find("started") != std::string::npos);
        shell("virsh destroy then; virsh undefine then");
        OK(call("Storage.DeleteVolume", {{"pool", "images"}, {"volume", "then-vda.qcow2"}}));
        auto linked = call("Machines.Clone", {{"id", id}, {"name", "no"}, {"linked", true}, {"snapshot", "before"}});
        QVERIFY(!linked);
        QCOMPARE(linked.error().field, std::string("linked"));
        QCOMPARE(
            call("Machines.Clone", {{"id", id}, {"name", "no"}, {"linked", false}, {"snapshot", "gone"}}).error().code,
            Code::NotFound);
    }
    static std::string written(const std::string& path)
    {
        return shell("qemu-io -f qcow2 -c 'read -P 0x5a 0 4096' " + path);
    }

    /// Of the network "lab", which runs, and of the pool: the text is kept whole, or nothing of it.
    void editsXml()
    {
        const Json lab{{"name", "lab"}}, pool{{"pool", "images"}};
        struct Object
        {
            Json key;
            std::string get, define, good, wrong;
        };
        for (const Object& one : {Object{lab, "Networks.GetXml", "Networks.DefineXml", "<domain name='edited.lab'/>",
                                         "<bandwidth><inbound/>"},
                                  Object{pool, "Storage.GetPoolXml", "Storage.DefinePoolXml", "", "<nonsense/>"}}) {
            const auto before = call(one.get, one.key);
            OK(before);
            const std::string next = (*before)["next"];
            QVERIFY(next.find("<uuid>") != std::string::npos && !(*before)["live"].get<std::string>().empty());
            const std::string closing = next.substr(next.rfind("</"));
            const auto with = [&](const std::string& element) {
                return next.substr(0, next.rfind("</")) + element + closing;
            };
            const auto define = [&](const std::string& text, const std::string& previous) {
                Json parameters = one.key;
                parameters["xml"] = text;
                parameters["previous"] = previous;
                return call(one.define, parameters);
            };
            for (const std::string& refused :
                 {with(one.wrong), std::string("<other/>"), std::string("<"), std::string(),
                  std::string(next).replace(next.find("<uuid>") + 6, 4, "0000"),
                  std::string(next).replace(next.find("<name>") + 6, 1, "x")}) {
                const auto answer = define(refused, next);
                QVERIFY2(!answer && answer.error().field == "xml", refused.c_str());
            }
            QCOMPARE((*call(one.get, one.key))["next"].get<std::string>(), next);
            OK(define(with(one.good), next));
            const std::string after = (*call(one.get, one.key))["next"];
            QVERIFY(one.good.empty() || after.find("edited.lab") != std::string::npos);
            QVERIFY(one.good.empty() || define(next, next).error().code == Code::WrongState); // it is not that now
            OK(define(next, after));
        }
    }

private slots:
    void initTestCase()
    {
        if (!getenv("DIPTYCH_SANDBOX"))
            QSKIP("runs inside tests/support/sandbox --libvirtd only");
        signal(SIGPIPE, SIG_IGN);
        m_virtualization = machines::makeVirtualization(Paths{});
    }

    void makesPoolsAndVolumes()
    {
        for (const char* path : {"/etc/libvirt", "relative", "/", "/usr/../etc"}) {
            auto refused = call("Storage.CreatePool", {{"name", "images"}, {"path", path}});
            QVERIFY2(!refused, path);
            QCOMPARE(refused.error().field, std::string("path"));
        }
        OK(call("Storage.CreatePool", {{"name", "images"}, {"path", "/var/lib/libvirt/images"}}));
        auto pools = call("Storage.ListPools");
        OK(pools);
        Json pool = named((*pools)["pools"], "images");
        QCOMPARE(pool["active"], Json(true));
        QCOMPARE(pool["autostart"], Json(true));
        QVERIFY(pool["available"].get<uint64_t>() > 0);
        OK(call("Storage.CreateVolume",
                {{"pool", "images"}, {"name", "a.qcow2"}, {"capacity", 33554432}, {"format", "qcow2"}}));
        QCOMPARE(volume("a.qcow2")["capacity"], Json(33554432));
        QCOMPARE(volume("a.qcow2")["format"], Json("qcow2"));
        auto again = call("Storage.CreateVolume",
                          {{"pool", "images"}, {"name", "a.qcow2"}, {"capacity", 33554432}, {"format", "qcow2"}});
        QCOMPARE(again.error().code, Code::Exists);
        for (const char* name : {"../x", "a/b", "-x", ".x", ""})
            QVERIFY2(!call("Storage.CreateVolume",
                           {{"pool", "images"}, {"name", name}, {"capacity", 33554432}, {"format", "raw"}}),
                     name);
        OK(call("Storage.ResizeVolume", {{"pool", "images"}, {"volume", "a.qcow2"}, {"capacity", 67108864}}));
        QVERIFY(!call("Storage.ResizeVolume", {{"pool", "images"}, {"volume", "a.qcow2"}, {"capacity", 1048576}}));
        OK(call("Storage.CopyVolume", {{"pool", "images"}, {"volume", "a.qcow2"}, {"name", "b.qcow2"}}));
        OK(call("Storage.DeleteVolume", {{"pool", "images"}, {"volume", "b.qcow2"}}));
        QVERIFY(volume("b.qcow2").is_null());
        OK(call("Storage.ChangePool", {{"pool", "images"}, {"change", "refresh"}}));
    }

    void uploads()
    {
        int pair[2];
        QVERIFY(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0);
        std::string bytes(300000, 'x');
        QVERIFY(write(pair[1], bytes.data(), 100000) == 100000);
        shutdown(pair[1], SHUT_WR); // too few: nothing stays
        auto broken = m_virtualization->upload("images", "up.iso", bytes.size(), pair[0], m_quiet);
        QVERIFY(!broken);
        QVERIFY(volume("up.iso").is_null());
        ::close(pair[0]);
        ::close(pair[1]);
        QVERIFY(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0);
        std::thread sender([&] { (void)!write(pair[1], bytes.data(), bytes.size()); });
        auto whole = m_virtualization->upload("images", "up.iso", bytes.size(), pair[0], m_quiet);
        sender.join();
        OK(whole);
        QCOMPARE(readFile("/var/lib/libvirt/images/up.iso").value_or("").size(), bytes.size());
        QCOMPARE(readFile("/var/lib/libvirt/images/up.iso").value_or(""), bytes);
    }

    void downloads()
    {
        auto size = m_virtualization->volumeSize("images", "up.iso");
        OK(size);
        QCOMPARE(*size, uint64_t{300000});
        int pair[2];
        QVERIFY(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0);
        std::string got;
        std::thread reader([&] {
            char buffer[65536];
            for (ssize_t n; (n = read(pair[1], buffer, sizeof buffer)) > 0;)
                got.append(buffer, static_cast<size_t>(n));
        });
        auto sent = m_virtualization->download("images", "up.iso", *size, pair[0], m_quiet);
        ::close(pair[0]);
        reader.join();
        OK(sent);
        QCOMPARE(got, std::string(300000, 'x'));
        ::close(pair[1]);
        QVERIFY(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0);
        ::close(pair[1]);
        QCOMPARE(m_virtualization->download("images", "up.iso", *size, pair[0], m_quiet).error().code, Code::Cancelled);
        ::close(pair[0]);
        QCOMPARE(m_virtualization->volumeSize("images", "nosuch").error().code, Code::NotFound);
    }

    void recognisesMedia()
    {
        auto systems = call("Machines.ListSystems");
        if (!systems)
            QSKIP(systems.error().message.c_str());
        shell("mkdir -p /tmp/iso && echo x > /tmp/iso/x && xorriso -as mkisofs -quiet -V 'Debian 11.5.0 amd64 n' -o "
              "/var/lib/libvirt/images/known.iso /tmp/iso; virsh -q pool-refresh images");
        auto found = call("Machines.Recognise", {{"pool", "images"}, {"volume", "known.iso"}});
        OK(found);
        QCOMPARE((*found)["label"], Json("Debian 11.5.0 amd64 n"));
        QCOMPARE((*found)["system"]["id"], Json("http://debian.org/debian/11"));
        auto none = call("Machines.Recognise", {{"pool", "images"}, {"volume", "up.iso"}});
        OK(none);
        QCOMPARE(*none, (Json{{"label", ""}, {"system", nullptr}, {"exact", true}}));
        Json wanted = spec("known");
        wanted["system"] = (*found)["system"]["id"];
        OK(call("Machines.Create", {{"spec", wanted}}));
        QVERIFY(shell("virsh dumpxml known").find("libosinfo:os id=\"http://debian.org/debian/11\"") !=
                std::string::npos);
        shell("virsh -q undefine known; rm -f /var/lib/libvirt/images/known*; virsh -q pool-refresh images");
    }

    /// Its firmware asks on the network, and gets an address there.
    void bootsFromTheNetwork()
    {
        Json wanted = spec("pxe");
        wanted["networkBoot"] = true;
        wanted["network"] = "";
        QCOMPARE(call("Machines.Create", {{"spec", wanted}}).error().field, std::string("spec.network"));
        wanted["network"] = "default";
        wanted["start"] = true;
        OK(call("Machines.Create", {{"spec", wanted}}));
        QVERIFY(shell("virsh dumpxml pxe | grep -A9 '<interface'").find("<boot order='2'/>") != std::string::npos);
        if (!exists("/usr/lib/ipxe/qemu/efi-virtio.rom") && !exists("/usr/share/qemu/efi-virtio.rom"))
            QSKIP("no boot firmware for network cards (ipxe-qemu)");
        QVERIFY(
            eventually(90, [] { return shell("virsh -q net-dhcp-leases default").find("ipv4") != std::string::npos; }));
        shell("virsh -q destroy pxe; virsh -q undefine pxe");
        OK(call("Storage.DeleteVolume", {{"pool", "images"}, {"volume", "pxe.qcow2"}}));
    }

    void createsMachines()
    {
        Json wanted = spec("first");
        wanted["medium"] = {{"pool", "images"}, {"volume", "up.iso"}};
        OK(call("Machines.Create", {{"spec", wanted}}));
        std::string xml = shell("virsh dumpxml first");
        QVERIFY(xml.find("up.iso") != std::string::npos && xml.find("first.qcow2") != std::string::npos);
        QVERIFY(xml.find("<input type='tablet'") != std::string::npos);
        QVERIFY(shell("virsh start first").find("started") != std::string::npos);
        shell("virsh destroy first");
        QCOMPARE(call("Machines.Create", {{"spec", wanted}}).error().code, Code::Exists);
        // What can't be started leaves no disk behind.
        Json broken = spec("broken");
        broken["network"] = "nosuch";
        QCOMPARE(call("Machines.Create", {{"spec", broken}}).error().field, std::string("spec.network"));
        broken["network"] = "stopped";
        broken["start"] = true;
        shell("printf '<network><name>stopped</name></network>' > /tmp/n.xml; virsh net-define /tmp/n.xml");
        auto refused = call("Machines.Create", {{"spec", broken}});
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.find("not active") != std::string::npos, refused.error().message.c_str());
        shell("virsh net-undefine stopped");
        QVERIFY(volume("broken.qcow2").is_null());
        QVERIFY(shell("virsh -q list --all").find("broken") == std::string::npos);
    }

    /// As a machine of another hypervisor had them.
    void keepsAddressesAndDrives()
    {
        auto field = [this](const std::string& name, const Json& change) {
            Json wanted = spec(name);
            wanted["network"] = "default";
            wanted["moreNetworks"] = {"default"};
            wanted.update(change);
            auto made = call("Machines.Create", {{"spec", wanted}});
            return made ? std::string() : made.error().field + " " + made.error().message;
        };
        const std::string mine = "52:54:00:0a:0b:01", kept = "52:54:00:0a:0b:07";
        const Json drives{{{"medium", {{"pool", "images"}, {"volume", "up.iso"}}}}, Json::object()};
        QCOMPARE(field("had", {{"macs", {mine, ""}}, {"drives", drives}}), std::string());
        std::string xml = shell("virsh dumpxml had");
        QVERIFY2(xml.find("address='" + mine + "'") != std::string::npos, xml.c_str());
        QCOMPARE(shell("virsh dumpxml had | grep -c \"device='cdrom'\""), std::string("2\n"));
        QCOMPARE(shell("virsh dumpxml had | grep -c up.iso"), std::string("1\n"));
        QVERIFY(shell("virsh start had").find("started") != std::string::npos);
        shell("virsh destroy had; virsh net-update default add ip-dhcp-host \"<host mac='" + kept +
              "' ip='192.168.122.7'/>\" --live --config");
        auto users = m_virtualization->usersOfAddresses({mine, kept, "52:54:00:0a:0b:09"});
        OK(users);
        QCOMPARE(*users, (std::map<std::string, std::string>{{mine, "had"}, {kept, "the network default"}}));
        QCOMPARE(field("no", {{"macs", {"", mine}}}), "spec.macs had has the address " + mine + " already");
        QCOMPARE(field("no", {{"macs", {kept}}}), "spec.macs the network default has the address " + kept + " already");
        for (const Json& bad : {Json{"52:54:00:0A:0B:03"}, Json{"01:54:00:0a:0b:03"}, Json{"52:54:00:0a:0b"},
                                Json{"52:54:00:0a:0b:03", "52:54:00:0a:0b:03"}, Json{"", "", ""}})
            QVERIFY2(field("no", {{"macs", bad}}).starts_with("spec.macs "), bad.dump().c_str());
        Json many = Json::array();
        for (int i = 0; i < 5; ++i)
            many.push_back(Json::object());
        QVERIFY(field("no", {{"drives", many}}).starts_with("spec.drives "));
        QVERIFY(volume("no.qcow2").is_null());
        shell("virsh net-update default delete ip-dhcp-host \"<host mac='" + kept +
              "' ip='192.168.122.7'/>\" --live --config; virsh undefine had");
        OK(call("Storage.DeleteVolume", {{"pool", "images"}, {"volume", "had.qcow2"}}));
    }

    void createsByUefi()
    {
        if (!exists("/usr/share/OVMF/OVMF_CODE_4M.fd"))
            QSKIP("ovmf is not installed");
        Json wanted = spec("uefi");
        wanted["firmware"] = "uefi";
        wanted["start"] = true;
        auto made = call("Machines.Create", {{"spec", wanted}});
        OK(made);
        QVERIFY(shell("virsh dumpxml uefi").find("type='pflash'") != std::string::npos);
        QVERIFY(shell("virsh domstate uefi").find("running") == 0);
        auto snapshots = call("Machines.ListSnapshots", {{"id", (*made)["ids"][0]}});
        OK(snapshots);
        QVERIFY2(!(*snapshots)["obstacle"].get<std::string>().empty(),
                 "libvirt 9 refuses it: the reason is said before");
        shell("virsh destroy uefi; virsh undefine uefi --nvram");
    }

    void writesCloudInit()
    {
        if (shell("command -v xorriso").empty())
            QSKIP("xorriso is not installed");
        Json wanted = spec("cloud");
        wanted["disk"] = {{"kind", "copy"}, {"pool", "images"}, {"volume", "a.qcow2"}, {"capacity", 134217728}};
        wanted["cloudInit"] = {
            {"user", "anna"}, {"password", "secret"}, {"keys", {"ssh-ed25519 AAAA anna@home"}}, {"packages", {"htop"}}};
        OK(call("Machines.Create", {{"spec", wanted}}));
        QCOMPARE(volume("cloud.qcow2")["capacity"], Json(134217728));
        std::string seed = "/var/lib/libvirt/images/cloud-seed.iso";
        QVERIFY(shell("blkid -o value -s LABEL " + seed).find("CIDATA") == 0);
        std::string data = shell("xorriso -osirrox on -indev " + seed +
                                 " -extract /user-data /tmp/user-data "
                                 "2>/dev/null; cat /tmp/user-data; rm -f /tmp/user-data");
        QVERIFY2(data.find("#cloud-config\n{") == 0, data.c_str());
        QVERIFY(data.find("\"$6$") != std::string::npos && data.find("secret") == std::string::npos);
        QVERIFY(shell("virsh domblklist cloud").find("cloud-seed.iso") != std::string::npos);
        // Where the kernels that cloud images have can see it.
        QVERIFY(shell("virsh dumpxml cloud").find("<controller type='scsi' index='0' model='virtio-scsi'>") !=
                std::string::npos);
        machines::CloudInit bad{"h", "root; rm", "x", {}, {}};
        QCOMPARE(machines::userData(bad).error().field, std::string("cloudInit.user"));
        bad = {"h", "anna", "", {}, {}};
        QCOMPARE(machines::userData(bad).error().field, std::string("cloudInit.password"));
        bad = {"h", "anna", "x", {"ssh-rsa A\nroot: x"}, {}};
        QCOMPARE(machines::userData(bad).error().field, std::string("cloudInit.keys"));
    }

    void goesBackToSnapshots()
    {
        std::string id = idOf("first"), disk = "/var/lib/libvirt/images/first.qcow2";
        auto none = call("Machines.ListSnapshots", {{"id", id}});
        OK(none);
        QCOMPARE((*none)["obstacle"], Json(""));
        shell("qemu-io -f qcow2 -c 'write -P 0x5a 0 4096' " + disk);
        OK(call("Machines.CreateSnapshot", {{"id", id}, {"name", "before"}, {"description", "a < b"}}));
        shell("qemu-io -f qcow2 -c 'write -P 0x11 0 4096' " + disk);
        QVERIFY(written(disk).find("verification failed") != std::string::npos);
        OK(call("Machines.CreateSnapshot", {{"id", id}, {"name", "after"}, {"description", ""}}));
        QCOMPARE(call("Machines.CreateSnapshot", {{"id", id}, {"name", "after"}, {"description", ""}}).error().code,
                 Code::Exists);
        auto two = call("Machines.ListSnapshots", {{"id", id}});
        OK(two);
        QCOMPARE((*two)["snapshots"].size(), size_t(2));
        QCOMPARE(named((*two)["snapshots"], "after")["parent"], Json("before"));
        QCOMPARE(named((*two)["snapshots"], "after")["current"], Json(true));
        QCOMPARE(named((*two)["snapshots"], "before")["description"], Json("a < b"));
        QCOMPARE(named((*two)["snapshots"], "before")["memory"], Json(false));
        OK(call("Machines.RevertSnapshot", {{"id", id}, {"name", "before"}}));
        QVERIFY(written(disk).find("verification failed") == std::string::npos);
        QCOMPARE(named((*call("Machines.ListSnapshots", {{"id", id}}))["snapshots"], "before")["current"], Json(true));
        // With the memory: it runs on from there.
        shell("virsh start first");
        OK(call("Machines.CreateSnapshot", {{"id", id}, {"name", "running"}, {"description", ""}}));
        shell("virsh destroy first");
        OK(call("Machines.RevertSnapshot", {{"id", id}, {"name", "running"}}));
        QVERIFY(shell("virsh domstate first").find("running") == 0);
        Json running = named((*call("Machines.ListSnapshots", {{"id", id}}))["snapshots"], "running");
        QCOMPARE(running["memory"], Json(true));
        // Its screen was kept; one that was off had none.
        QCOMPARE(running["picture"], Json(true));
        auto picture = call("Machines.GetSnapshotPicture", {{"id", id}, {"name", "running"}});
        OK(picture);
        QVERIFY((*picture)["picture"].get<std::string>().find("iVBORw0KGgo") == 0); // PNG
        QCOMPARE((*call("Machines.GetSnapshotPicture", {{"id", id}, {"name", "before"}}))["picture"], Json(""));
        // What runs writes to the disk that they are in.
        QCOMPARE(call("Machines.Clone", {{"id", id}, {"name", "then"}, {"linked", false}, {"snapshot", "before"}})
                     .error()
                     .code,
                 Code::WrongState);
        shell("virsh destroy first");
        clonesFromInside(id, disk);
        OK(call("Machines.DeleteSnapshot", {{"id", id}, {"name", "before"}, {"children", true}}));
        QVERIFY(shell("ls /var/lib/diptych/snapshots/" + id).empty()); // the pictures went too
        QCOMPARE((*call("Machines.ListSnapshots", {{"id", id}}))["snapshots"].size(), size_t(0));
        QCOMPARE(call("Machines.RevertSnapshot", {{"id", id}, {"name", "gone"}}).error().code, Code::NotFound);
    }

    void clones()
    {
        std::string id = idOf("first");
        auto full = call("Machines.Clone", {{"id", id}, {"name", "copy"}, {"linked", false}});
        OK(full);
        QVERIFY(shell("virsh domblklist copy").find("copy-vda.qcow2") != std::string::npos);
        QVERIFY(shell("virsh dumpxml copy | grep 'mac address'") != shell("virsh dumpxml first | grep 'mac address'"));
        QVERIFY(written("/var/lib/libvirt/images/copy-vda.qcow2").find("verification failed") == std::string::npos);
        for (const char* name : {"first", "copy"}) // what each prints is kept in a file of its own
            QVERIFY(shell(std::string("virsh dumpxml ") + name).find("/" + idOf(name) + "-console.log") !=
                    std::string::npos);
        // Linked: the old file is a base now, both write elsewhere.
        OK(call("Machines.Clone", {{"id", id}, {"name", "linked"}, {"linked", true}}));
        std::string mine = shell("virsh domblklist first"), its = shell("virsh domblklist linked");
        QVERIFY2(mine.find("first-vda.qcow2") != std::string::npos, mine.c_str());
        QVERIFY2(its.find("linked-vda.qcow2") != std::string::npos, its.c_str());
        shell("qemu-io -f qcow2 -c 'write -P 0x11 0 4096' /var/lib/libvirt/images/first-vda.qcow2");
        QVERIFY(written("/var/lib/libvirt/images/linked-vda.qcow2").find("verification failed") == std::string::npos);
        for (const char* name : {"first", "linked"}) { // both start
            QVERIFY(shell(std::string("virsh start ") + name).find("started") != std::string::npos);
            shell(std::string("virsh destroy ") + name);
        }
        QCOMPARE(call("Machines.Clone", {{"id", id}, {"name", "copy"}, {"linked", true}}).error().code, Code::Exists);
        OK(call("Machines.CreateSnapshot", {{"id", id}, {"name", "held"}, {"description", ""}}));
        QCOMPARE(call("Machines.Clone", {{"id", id}, {"name", "other"}, {"linked", true}}).error().code,
                 Code::WrongState);
        OK(call("Machines.DeleteSnapshot", {{"id", id}, {"name", "held"}, {"children", false}}));
    }

    /// A base image went with one machine, and with it all others built upon it.
    void keepsWhatOthersNeed()
    {
        machines::ConnectRef connection(virConnectOpen("qemu:///system"));
        std::string base = "/var/lib/libvirt/images/first.qcow2";
        // libvirt's own words on a domain that is off say nothing of what its disk is built upon: the file does.
        QVERIFY(shell("virsh dumpxml --inactive linked").find(base) == std::string::npos);
        auto users = machines::usersOfFiles(connection.get(), idOf("first"));
        OK(users);
        QVERIFY((*users)[base].contains("domain linked"));
        auto refused = call("Storage.DeleteVolume", {{"pool", "images"}, {"volume", "first.qcow2"}});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Code::Busy);
        QVERIFY2(refused.error().message.find("domain linked") != std::string::npos, refused.error().message.c_str());
        QVERIFY(exists(base));
        refused = call("Storage.DeleteVolume", {{"pool", "images"}, {"volume", "linked-vda.qcow2"}});
        QCOMPARE(refused.error().code, Code::Busy);
        // An overlay that no domain has counts too, and one that is in no pool is a domain's.
        shell("virsh undefine linked");
        shell("virsh pool-refresh images");
        refused = call("Storage.DeleteVolume", {{"pool", "images"}, {"volume", "first.qcow2"}});
        QCOMPARE(refused.error().code, Code::Busy);
        QVERIFY(refused.error().message.find("volume images/linked-vda.qcow2") != std::string::npos);
        QVERIFY((*call("Storage.ListVolumes", {{"pool", "images"}}))["volumes"].size() > 3);
        QCOMPARE(volume("linked-vda.qcow2")["backing"], Json(base));
        QVERIFY(volume("linked-vda.qcow2")["users"].empty());
        OK(call("Storage.DeleteVolume", {{"pool", "images"}, {"volume", "linked-vda.qcow2"}}));
        QVERIFY(exists(base));
    }

    /// A disk that was taken out is needed for going back to what was before.
    void keepsWhatSnapshotsNeed()
    {
        const std::string disk = "/var/lib/libvirt/images/spare.qcow2";
        shell("qemu-img create -q -f qcow2 " + disk + " 8M");
        QVERIFY(m_virtualization->usersOfFile(disk)->empty());
        const std::string said = shell("virsh attach-disk copy " + disk +
                                       " vdx --subdriver qcow2 --config; virsh snapshot-create-as copy before; "
                                       "virsh detach-disk copy vdx --config");
        auto users = m_virtualization->usersOfFile(disk);
        OK(users);
        QVERIFY2(users->size() == 1 && users->front() == "snapshot before of copy", said.c_str());
        shell("virsh snapshot-delete copy before --metadata");
        QVERIFY(m_virtualization->usersOfFile(disk)->empty());
        shell("rm " + disk);
    }

    /// An overlay may name any file of the host as its base: a pool's word on it is not enough.
    void refusesOverlaysOfHostFiles()
    {
        shell("qemu-img create -f qcow2 -b /etc/shadow -F raw /var/lib/libvirt/images/evil.qcow2; "
              "virsh pool-refresh images");
        auto refused = call("Machines.AddDevice", {{"id", idOf("copy")},
                                                   {"type", "disk"},
                                                   {"properties", Json::object()},
                                                   {"pool", "images"},
                                                   {"volume", "evil.qcow2"}});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Code::PermissionDenied);
        Json wanted = spec("thief");
        wanted["disk"] = {{"kind", "copy"}, {"pool", "images"}, {"volume", "evil.qcow2"}};
        QVERIFY(!call("Machines.Create", {{"spec", wanted}}));
        OK(call("Storage.DeleteVolume", {{"pool", "images"}, {"volume", "evil.qcow2"}}));
    }

    void makesNetworks()
    {
        Json lab = {{"name", "lab"}, {"mode", "nat"}, {"address", "192.168.77.1/24"}, {"dhcp", true}, {"bridge", ""}};
        OK(call("Networks.Create", lab));
        Json made = named((*call("Networks.List"))["networks"], "lab");
        QCOMPARE(made["active"], Json(true));
        QCOMPARE(made["address"], Json("192.168.77.1/24"));
        QCOMPARE(made["dhcpStart"], Json("192.168.77.2"));
        QCOMPARE(made["dhcpEnd"], Json("192.168.77.254"));
        QCOMPARE(call("Networks.Create", lab).error().code, Code::Exists);
        for (const char* address : {"192.168.78.1", "300.1.1.1/24", "192.168.78.0/24", "192.168.78.1/33", ""}) {
            lab["name"] = "wrong";
            lab["address"] = address;
            QVERIFY2(!call("Networks.Create", lab), address);
        }
        knowsHosts();
        editsXml();
        speaksIpv6();
        OK(call("Networks.ListLeases", {{"name", "lab"}}));
        std::atomic<int> told = 0;
        m_virtualization->setListener([&] { ++told; });
        shell("virsh net-destroy lab"); // by somebody else
        QVERIFY(eventually(5, [&] { return told > 0; }));
        told = 0;
        shell("virsh pool-refresh images");
        QVERIFY(eventually(5, [&] { return told > 0; }));
        m_virtualization->setListener({});
        OK(call("Networks.Change", {{"name", "lab"}, {"change", "start"}}));
        OK(call("Networks.Change", {{"name", "lab"}, {"change", "stop"}}));
        QCOMPARE(named((*call("Networks.List"))["networks"], "lab")["active"], Json(false));
        QCOMPARE(call("Networks.Delete", {{"name", "default"}}).error().code, Code::Busy);
        OK(call("Networks.Delete", {{"name", "lab"}}));
        QVERIFY(named((*call("Networks.List"))["networks"], "lab").is_null());
    }
};

QTEST_APPLESS_MAIN(TestManageStorage)
#include "tst_manage_storage.moc"
