// Domains that others made, managed on a real libvirtd under TCG, inside tests/support/sandbox --libvirtd. Their disks
// are empty: the firmware is all that runs, which is enough for whatever libvirt does.
#include "base/files.h"
#include "machines/machines.h"
#include "sandboxed.h"

#include <csignal>
#include <poll.h>

using namespace diptych;
using namespace diptych::test;

namespace {

const char* const id = "0a1b2c3d-0000-4000-8000-00000000d12a";

/// "vm": off, one qcow2 disk, VNC.
std::string vm()
{
    return fmt::format(R"(<domain type='qemu'>
  <name>vm</name>
  <uuid>{}</uuid>
  <memory unit='MiB'>128</memory>
  <vcpu current='1'>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <features><acpi/></features>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='/var/lib/libvirt/images/vm.qcow2'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <graphics type='vnc'><listen type='none'/></graphics>
    <video><model type='vga'/></video>
  </devices>
</domain>)",
                       id);
}

} // namespace

class TestManage : public QObject
{
    Q_OBJECT

    std::unique_ptr<Virtualization> m_virtualization;
    Quiet m_quiet;

    Result<Json> call(const std::string& method, Json parameters = Json::object())
    {
        return m_virtualization->call("org.diptych." + method, parameters, m_quiet);
    }
    Result<Json> onVm(const std::string& method, Json parameters = Json::object())
    {
        parameters["id"] = id;
        return call(method, std::move(parameters));
    }
    static Json deviceOf(const Json& config, const std::string& key)
    {
        for (const Json& device : config["devices"])
            if (device["key"] == key)
                return device;
        return {};
    }
    std::string define(const std::string& xml)
    {
        (void)writeFileAtomic("/tmp/domain.xml", xml);
        return shell("virsh -q define /tmp/domain.xml");
    }

private slots:
    void initTestCase()
    {
        if (!getenv("DIPTYCH_SANDBOX"))
            QSKIP("runs inside tests/support/sandbox --libvirtd only");
        signal(SIGPIPE, SIG_IGN);
        m_virtualization = machines::makeVirtualization(Paths{});
        shell("qemu-img create -f qcow2 /var/lib/libvirt/images/vm.qcow2 64M");
        std::string said = define(vm());
        QVERIFY2(shell("virsh -q list --all").find("vm") != std::string::npos, said.c_str());
    }

    void editsXml()
    {
        auto xml = onVm("Machines.GetXml");
        OK(xml);
        QCOMPARE((*xml)["live"], Json(""));
        auto next = (*xml)["next"].get<std::string>();
        std::string wanted = next;
        wanted.replace(wanted.find("<memory unit='KiB'>131072"), 25, "<memory unit='KiB'>147456");
        OK(onVm("Machines.DefineXml", {{"xml", wanted}, {"previous", next}}));
        QVERIFY(shell("virsh dominfo vm").find("147456") != std::string::npos);
        // From what it is no longer, nothing is changed.
        auto late = onVm("Machines.DefineXml", {{"xml", next}, {"previous", next}});
        QVERIFY(!late);
        QCOMPARE(late.error().code, Code::WrongState);
        next = (*onVm("Machines.GetXml"))["next"].get<std::string>();
        // The schema is libvirt's own word; without it libvirt would drop the element in silence.
        wanted = next;
        wanted.insert(wanted.find("<os>"), "<nonsense/>");
        auto refused = onVm("Machines.DefineXml", {{"xml", wanted}, {"previous", next}});
        QVERIFY(!refused);
        QCOMPARE(refused.error().field, std::string("xml"));
        QCOMPARE((*onVm("Machines.GetXml"))["next"], Json(next));
    }

    void opensADisplay()
    {
        auto off = m_virtualization->openDisplay(id);
        QVERIFY(!off);
        QCOMPARE(off.error().code, Code::WrongState);
        shell("virsh -q start vm");
        auto display = m_virtualization->openDisplay(id);
        OK(display);
        // The server speaks first, and no port is open for it.
        char greeting[13] = {};
        pollfd waits{display->get(), POLLIN, 0};
        QCOMPARE(poll(&waits, 1, 5000), 1);
        QCOMPARE(read(display->get(), greeting, 12), ssize_t{12});
        QCOMPARE(std::string(greeting), std::string("RFB 003.008\n"));
        QVERIFY(shell("ss -tln").find(":59") == std::string::npos);
        auto xml = onVm("Machines.GetXml");
        OK(xml);
        QVERIFY((*xml)["live"].get<std::string>().find("<domain type='qemu' id=") == 0);
        shell("virsh -q destroy vm");
    }

    void showsHardware()
    {
        auto hardware = onVm("Machines.GetHardware");
        OK(hardware);
        QVERIFY((*hardware)["live"].is_null());
        QCOMPARE((*hardware)["next"]["maximumVcpus"], Json(2));
        QCOMPARE(deviceOf((*hardware)["next"], "disk:vda")["properties"]["capacity"], Json("67108864"));
        bool buses = false;
        for (const Json& offer : (*hardware)["offers"])
            buses = buses || (offer["type"] == "disk" && offer["property"] == "bus" && offer["values"].size() > 2);
        QVERIFY(buses);
        QCOMPARE((*hardware)["networks"][0], Json("default"));
        QCOMPARE((*hardware)["autostart"], Json(false));
        OK(onVm("Machines.SetAutostart", {{"autostart", true}}));
        QCOMPARE((*onVm("Machines.GetHardware"))["autostart"], Json(true));
        OK(onVm("Machines.SetAutostart", {{"autostart", false}}));
    }

    /// Into what runs, and into what starts next; what it keeps from happening is known before it is tried.
    void addsAClipboardChannel()
    {
        const Json properties{{"kind", "qemu-vdagent"}};
        auto offered = onVm("Machines.GetHardware");
        OK(offered);
        bool kinds = false;
        for (const Json& offer : (*offered)["offers"])
            kinds = kinds || (offer["type"] == "channel" && offer["property"] == "kind" &&
                              offer["values"] == Json{"unix", "qemu-vdagent"});
        QVERIFY(kinds);
        for (bool runs : {false, true}) { // the first brings the controller, which no running machine gets
            if (runs)
                QVERIFY(shell("virsh -q start vm").empty());
            auto added = onVm("Machines.AddDevice", {{"type", "channel"}, {"properties", properties}});
            OK(added);
            QVERIFY2((*added)["live"] == runs, dumpJson(*added).c_str());
            if (!runs)
                QVERIFY(shell("virsh -q start vm").empty());
            QVERIFY(shell("virsh dumpxml vm").find("<clipboard copypaste='yes'/>") != std::string::npos);
            QVERIFY(shell("virsh qemu-monitor-command vm --hmp info chardev").find("charchannel") != std::string::npos);
            // Told before it is tried, and true.
            std::string said = shell("virsh managedsave vm 2>&1");
            QCOMPARE(said.find("vdagent") != std::string::npos, (*offered)["clipboardPins"].get<bool>());
            shell("virsh -q destroy vm");
            OK(onVm("Machines.RemoveDevice", {{"key", (*added)["key"]}}));
            QVERIFY(shell("virsh dumpxml --inactive vm").find("vdagent") == std::string::npos);
        }
    }

    void addsRarerDevices()
    {
        for (const char* type : {"panic", "iommu"}) {
            auto added = onVm("Machines.AddDevice", {{"type", type}, {"properties", Json::object()}});
            OK(added);
            QVERIFY(shell("virsh -q start vm").empty());
            shell("virsh -q destroy vm");
            OK(onVm("Machines.RemoveDevice", {{"key", (*added)["key"]}}));
        }
        // A kernel without it says so instead of a machine that does not start.
        std::string reason;
        auto hardware = onVm("Machines.GetHardware");
        OK(hardware);
        for (const Json& one : (*hardware)["unavailable"])
            if (one["type"] == "vsock")
                reason = one["reason"];
        QCOMPARE(reason.find("/dev/vhost-vsock") != std::string::npos, !exists("/dev/vhost-vsock"));
    }

    void keepsNotes()
    {
        auto config = [&](const char* which) { return (*onVm("Machines.GetHardware"))[which]; };
        for (bool runs : {false, true}) {
            if (runs)
                shell("virsh -q start vm");
            auto set = onVm("Machines.SetNotes", {{"title", "Post für <alle> & mehr"}, {"description", "a\n\tb"}});
            OK(set);
            QCOMPARE((*set)["live"], Json(runs));
            QCOMPARE((*set)["next"], Json(true));
            for (const char* which : {"next", runs ? "live" : "next"}) {
                QCOMPARE(config(which)["title"], Json("Post für <alle> & mehr"));
                QCOMPARE(config(which)["description"], Json("a\n\tb"));
            }
            OK(onVm("Machines.SetNotes", {{"title", ""}, {"description", ""}}));
            QCOMPARE(config(runs ? "live" : "next")["title"], Json(""));
            QVERIFY(shell("virsh dumpxml vm --inactive").find("<description>") == std::string::npos);
        }
        shell("virsh -q destroy vm");
        QCOMPARE(onVm("Machines.SetNotes", {{"title", "a\nb"}, {"description", ""}}).error().field,
                 std::string("title"));
        QCOMPARE(onVm("Machines.SetNotes", {{"title", std::string(256, 'a')}, {"description", ""}}).error().field,
                 std::string("title"));
        QCOMPARE(onVm("Machines.SetNotes", {{"title", ""}, {"description", "a\x1b"}}).error().field,
                 std::string("description"));
    }

    void choosesAProcessorModel()
    {
        auto before = onVm("Machines.GetHardware");
        OK(before);
        std::vector<std::string> models;
        for (const Json& offer : (*before)["offers"])
            if (offer["type"] == "cpu")
                models = offer["values"].get<std::vector<std::string>>();
        // TCG has no "host-passthrough"; whatever is offered can be had.
        QVERIFY(models.size() > 3 && std::count(models.begin(), models.end(), "maximum") == 1);
        QVERIFY(std::count(models.begin(), models.end(), "qemu64") == 1);
        OK(onVm("Machines.SetTopology", {{"sockets", 1}, {"cores", 2}, {"threads", 1}}));
        for (const char* model : {"maximum", "qemu64"}) {
            auto changed = onVm("Machines.SetCpuModel", {{"model", model}});
            OK(changed);
            QCOMPARE((*changed)["next"], Json(true));
            Json next = (*onVm("Machines.GetHardware"))["next"];
            QCOMPARE(next["cpuModel"], Json(model));
            QCOMPARE(next["cores"], Json(2)); // what else is said of the processor stays
            QVERIFY(shell("virsh start vm").find("started") != std::string::npos);
            auto live = onVm("Machines.SetCpuModel", {{"model", model}});
            OK(live);
            QCOMPARE((*live)["live"], Json(false));
            QVERIFY(!(*live)["reason"].get<std::string>().empty());
            shell("virsh -q destroy vm");
        }
        QCOMPARE(onVm("Machines.SetCpuModel", {{"model", "abacus"}}).error().field, std::string("model"));
        OK(onVm("Machines.SetTopology", {{"sockets", 0}, {"cores", 0}, {"threads", 0}}));
        OK(onVm("Machines.SetCpuModel", {{"model", ""}}));
        QVERIFY(shell("virsh dumpxml vm --inactive").find("qemu64") == std::string::npos ||
                (*onVm("Machines.GetHardware"))["next"]["cpuModel"] == "qemu64"); // libvirt writes its own choice down
    }

    void changesHardware()
    {
        shell("mkdir -p /var/lib/libvirt/images; virsh -q pool-define-as images dir --target /var/lib/libvirt/images; "
              "virsh -q pool-start images; virsh -q vol-create-as images data.qcow2 32M --format qcow2; "
              "virsh -q vol-create-as images cd.iso 1M --format raw");
        // Off: for the next start.
        auto added = onVm("Machines.AddDevice", {{"type", "disk"},
                                                 {"properties", {{"device", "cdrom"}, {"bus", "sata"}}},
                                                 {"pool", "images"},
                                                 {"volume", "cd.iso"}});
        OK(added);
        QCOMPARE(*added, (Json{{"key", "disk:sda"}, {"live", false}, {"next", true}, {"reason", ""}}));
        for (int i = 0; i < 3; ++i) // places to plug into while it runs
            shell("virsh -q dumpxml --inactive vm | sed 's|</devices>|<controller type=\"pci\" "
                  "model=\"pcie-root-port\"/></devices>|' > /tmp/ports.xml; virsh -q define /tmp/ports.xml");
        std::string said = shell("virsh -q start vm");
        QVERIFY2(shell("virsh -q domstate vm").find("running") == 0, said.c_str());
        // On: at once, and for the next start.
        added =
            onVm("Machines.AddDevice",
                 {{"type", "disk"}, {"properties", {{"cache", "none"}}}, {"pool", "images"}, {"volume", "data.qcow2"}});
        OK(added);
        QVERIFY2((*added)["live"] == true, dumpJson(*added).c_str());
        QCOMPARE((*added)["key"], Json("disk:vdb"));
        QVERIFY(shell("virsh domblklist vm").find("data.qcow2") != std::string::npos);
        QVERIFY(shell("virsh domblklist --inactive vm").find("data.qcow2") != std::string::npos);
        auto nic = onVm("Machines.AddDevice",
                        {{"type", "interface"}, {"properties", {{"network", "default"}, {"model", "virtio"}}}});
        OK(nic);
        QVERIFY2((*nic)["live"] == true, dumpJson(*nic).c_str());
        std::string key = (*nic)["key"];
        auto down = onVm("Machines.ChangeDevice", {{"key", key}, {"properties", {{"link", "down"}}}});
        OK(down);
        QVERIFY2((*down)["live"] == true, dumpJson(*down).c_str());
        QVERIFY(shell("virsh domif-getlink vm " + key.substr(10)).find("down") != std::string::npos);
        auto ejected = onVm("Machines.ChangeDevice",
                            {{"key", "disk:sda"}, {"properties", Json::object()}, {"pool", ""}, {"volume", ""}});
        OK(ejected);
        QVERIFY2((*ejected)["live"] == true, dumpJson(*ejected).c_str());
        QVERIFY(shell("virsh domblklist vm").find("cd.iso") == std::string::npos);
        // What can't be done while it runs is kept for the next start, and says why.
        auto cache = onVm("Machines.ChangeDevice", {{"key", "disk:vda"}, {"properties", {{"cache", "writeback"}}}});
        OK(cache);
        QCOMPARE((*cache)["live"], Json(false));
        QCOMPARE((*cache)["next"], Json(true));
        QVERIFY(!(*cache)["reason"].get<std::string>().empty());
        auto hardware = onVm("Machines.GetHardware");
        OK(hardware);
        QVERIFY(!deviceOf((*hardware)["live"], "disk:vda")["properties"].contains("cache"));
        QCOMPARE(deviceOf((*hardware)["next"], "disk:vda")["properties"]["cache"], Json("writeback"));
        OK(onVm("Machines.ResizeDisk", {{"key", "disk:vdb"}, {"capacity", 67108864}}));
        QVERIFY(shell("virsh domblkinfo vm vdb").find("67108864") != std::string::npos);
        QVERIFY(!onVm("Machines.ResizeDisk", {{"key", "disk:vdb"}, {"capacity", 1048576}}));
        auto more = onVm("Machines.SetVcpus", {{"current", 2}, {"maximum", 2}});
        OK(more);
        QVERIFY2((*more)["live"] == true, dumpJson(*more).c_str());
        auto memory = onVm("Machines.SetMemory", {{"current", 100663296}, {"maximum", 268435456}});
        OK(memory);
        QCOMPARE((*memory)["live"], Json(false)); // its maximum is for the next start
        QVERIFY(shell("virsh dumpxml --inactive vm").find(">98304</currentMemory>") != std::string::npos);
        OK(onVm("Machines.SetBoot", {{"order", {"disk:sda", "disk:vda"}}, {"menu", true}}));
        QCOMPARE((*onVm("Machines.GetHardware"))["next"]["boot"], (Json{"disk:sda", "disk:vda"}));
        QCOMPARE((*onVm("Machines.GetHardware"))["next"]["bootMenu"], Json(true));
        OK(onVm("Machines.SetBoot", {{"order", {"disk:sda", "disk:vda"}}})); // said by nobody: it stays
        QVERIFY(shell("virsh dumpxml --inactive vm").find("<bootmenu enable='yes' timeout='3000'/>") !=
                std::string::npos);
        OK(onVm("Machines.Reset"));
        shell("virsh -q destroy vm");
        auto removed = onVm("Machines.RemoveDevice", {{"key", "disk:vdb"}});
        OK(removed);
        QVERIFY(exists("/var/lib/libvirt/images/data.qcow2"));
        QCOMPARE(onVm("Machines.RemoveDevice", {{"key", "disk:vdb"}}).error().code, Code::NotFound);
        QCOMPARE(onVm("Machines.AddDevice",
                      {{"type", "disk"}, {"properties", Json::object()}, {"pool", "nosuch"}, {"volume", "x"}})
                     .error()
                     .code,
                 Code::NotFound);
    }

    /// Ports of every kind that libvirt and QEMU really open, and only where this host alone reaches them.
    void addsSerialPorts()
    {
        auto port = [&](Json properties) {
            return onVm("Machines.AddDevice", {{"type", "serial"}, {"properties", std::move(properties)}});
        };
        shell("mkdir -p /var/log/libvirt/qemu"); // libvirt's package brings it
        for (const Json& one : {Json{{"kind", "pty"}}, Json{{"kind", "unix"}}, Json{{"kind", "file"}},
                                Json{{"kind", "tcp"}, {"port", "4777"}}})
            OK(port(one));
        std::string started = shell("virsh -q start vm");
        QVERIFY2(started.find("error") == std::string::npos, started.c_str());
        Json live = (*onVm("Machines.GetHardware"))["live"];
        std::string tty = deviceOf(live, "serial:0")["properties"]["path"];
        QVERIFY2(tty.starts_with("/dev/pts/"), tty.c_str());
        std::string socket = deviceOf(live, "serial:1")["properties"]["path"];
        QVERIFY2(shell("ss -xln").find(socket) != std::string::npos, socket.c_str());
        QVERIFY(exists(deviceOf(live, "serial:2")["properties"]["path"].get<std::string>()));
        std::string listens = shell("ss -tln");
        QVERIFY2(listens.find("127.0.0.1:4777") != std::string::npos, listens.c_str());
        OK(onVm("Machines.RemoveDevice", {{"key", "serial:3"}})); // four is all that ISA has
        auto late = port({{"kind", "pty"}});
        OK(late); // an ISA port is there when the machine starts
        QVERIFY((*late)["live"] == false && !(*late)["reason"].get<std::string>().empty());
        shell("virsh -q destroy vm");
        for (int i = 0; i < 4; ++i)
            OK(onVm("Machines.RemoveDevice", {{"key", "serial:0"}}));
        std::string left = shell("virsh dumpxml --inactive vm");
        QVERIFY2(left.find("<serial") == std::string::npos && left.find("<console") == std::string::npos, left.c_str());
    }

    void addsControllers()
    {
        shell("virsh -q start vm");
        auto scsi = onVm("Machines.AddDevice",
                         {{"type", "controller"}, {"properties", {{"kind", "scsi"}, {"model", "virtio-scsi"}}}});
        OK(scsi);
        QCOMPARE((*scsi)["key"], Json("controller:scsi:0"));
        QVERIFY2((*scsi)["live"] == true, dumpJson(*scsi).c_str());
        auto usb = onVm("Machines.AddDevice", {{"type", "controller"}, {"properties", {{"kind", "usb"}}}});
        OK(usb);
        QCOMPARE((*usb)["next"], Json(true));
        Json hardware = *onVm("Machines.GetHardware");
        for (const char* which : {"live", "next"})
            QCOMPARE(deviceOf(hardware[which], "controller:scsi:0")["properties"]["model"], Json("virtio-scsi"));
        QCOMPARE(deviceOf(hardware["next"], (*usb)["key"])["properties"]["model"], Json("qemu-xhci"));
        shell("virsh -q destroy vm");
        OK(onVm("Machines.RemoveDevice", {{"key", (*usb)["key"]}}));
        OK(onVm("Machines.RemoveDevice", {{"key", "controller:scsi:0"}}));
        QVERIFY(deviceOf((*onVm("Machines.GetHardware"))["next"], "controller:scsi:0").is_null());
    }

    void standsOnTheHostsNetwork()
    {
        shell("ip link add lab0 type veth peer name lab1 && ip link set lab0 up; ip link add br-lab type bridge && ip "
              "link set "
              "br-lab up");
        auto card = [&](const char* kind, const char* device, const char* mode) {
            return onVm("Machines.AddHostCard",
                        {{"kind", kind}, {"device", device}, {"mode", mode}, {"model", "virtio"}});
        };
        Json offered = *onVm("Machines.GetHardware");
        if (offered["bridges"].dump().find("br-lab") == std::string::npos)
            QSKIP("no bridge can be made here");
        QVERIFY2(offered["interfaces"].dump().find("lab0") != std::string::npos, offered["interfaces"].dump().c_str());
        QCOMPARE(card("bridge", "lab0", "none").error().field, std::string("device"));
        QCOMPARE(card("direct", "nosuch0", "vepa").error().field, std::string("device"));
        auto bridged = card("bridge", "br-lab", "none");
        OK(bridged);
        auto direct = card("direct", "lab0", "private");
        OK(direct);
        Json next = (*onVm("Machines.GetHardware"))["next"];
        QCOMPARE(deviceOf(next, (*bridged)["key"])["properties"]["bridge"], Json("br-lab"));
        QCOMPARE(deviceOf(next, (*direct)["key"])["properties"]["dev"], Json("lab0"));
        QCOMPARE(deviceOf(next, (*direct)["key"])["properties"]["mode"], Json("private"));
        std::string started = shell("virsh -q start vm");
        bool macvtap = started.find("error") == std::string::npos;
        if (!macvtap) { // a kernel without it
            OK(onVm("Machines.RemoveDevice", {{"key", (*direct)["key"]}}));
            std::string again = shell("virsh -q start vm");
            QVERIFY2(again.find("error") == std::string::npos, again.c_str());
        } else {
            QVERIFY(shell("ip -d link").find("macvtap mode private") != std::string::npos);
        }
        QVERIFY(shell("bridge link").find("br-lab") != std::string::npos);
        shell("virsh -q destroy vm");
        if (macvtap)
            OK(onVm("Machines.RemoveDevice", {{"key", (*direct)["key"]}}));
        OK(onVm("Machines.RemoveDevice", {{"key", (*bridged)["key"]}}));
        if (!macvtap)
            QWARN(("no macvtap in this kernel: " + started).c_str());
    }

    void limitsWhileItRuns()
    {
        shell("virsh -q start vm");
        auto slow = onVm("Machines.ChangeDevice",
                         {{"key", "disk:vda"}, {"properties", {{"readBytes", "1048576"}, {"writeOperations", "20"}}}});
        OK(slow);
        QVERIFY2((*slow)["live"] == true && (*slow)["next"] == true, dumpJson(*slow).c_str());
        std::string tune = shell("virsh blkdeviotune vm vda; virsh blkdeviotune vm vda --config");
        QVERIFY2(tune.find("read_bytes_sec : 1048576") != std::string::npos, tune.c_str());
        QVERIFY(tune.find("read_bytes_sec : 1048576") != tune.rfind("read_bytes_sec : 1048576"));
        QVERIFY(tune.find("write_iops_sec : 20") != std::string::npos);
        OK(onVm("Machines.ChangeDevice",
                {{"key", "disk:vda"}, {"properties", {{"readBytes", "0"}, {"writeOperations", ""}}}}));
        QVERIFY(shell("virsh blkdeviotune vm vda").find("read_bytes_sec : 0") != std::string::npos);
        std::string card;
        auto hardware = onVm("Machines.GetHardware");
        OK(hardware);
        for (const Json& device : (*hardware)["live"]["devices"])
            if (device["type"] == "interface")
                card = device["key"];
        QVERIFY(!card.empty());
        auto narrow = onVm("Machines.ChangeDevice",
                           {{"key", card}, {"properties", {{"inboundAverage", "500"}, {"outboundAverage", "250"}}}});
        std::string said = shell("virsh domiftune vm " + card.substr(10));
        if (!narrow && narrow.error().message.find("qdisc") != std::string::npos) {
            // It broke, so it is not kept for the next start either, which it would break as well.
            QVERIFY(shell("virsh dumpxml --inactive vm").find("<bandwidth>") == std::string::npos);
            shell("virsh -q destroy vm");
            QSKIP(("this kernel lacks a part of traffic control: " + narrow.error().message).c_str());
        }
        OK(narrow);
        QVERIFY2((*narrow)["live"] == true, dumpJson(*narrow).c_str());
        QVERIFY2(said.find("inbound.average: 500") != std::string::npos, said.c_str());
        QVERIFY(shell("tc class show dev vnet0; tc class show dev vnet1; tc class show dev vnet2").find("4Mbit") !=
                std::string::npos); // 500 kB/s, as the kernel has it
        shell("virsh -q destroy vm");
    }

    void sharesADirectory()
    {
        shell("mkdir -p -m 0755 /var/lib/share-data /var/lib/vm-escape && ln -sfn /etc /var/lib/vm-escape/link");
        Json share{{"path", "/var/lib/share-data"}, {"tag", "data"}, {"driver", "virtiofs"}, {"readOnly", false}};
        bool offered = false;
        auto hardware = onVm("Machines.GetHardware");
        OK(hardware);
        for (const Json& offer : (*hardware)["offers"])
            offered = offered ||
                      (offer["type"] == "filesystem" && offer["values"].dump().find("virtiofs") != std::string::npos);
        if (!offered)
            QSKIP("no virtiofsd on this host");
        auto added = onVm("Machines.AddShare", share);
        OK(added);
        QCOMPARE(*added, (Json{{"key", "filesystem:data"}, {"live", false}, {"next", true}, {"reason", ""}}));
        QCOMPARE(onVm("Machines.AddShare", share).error().field, std::string("tag"));
        share["tag"] = "other";
        for (const char* path : {"/var/lib/vm-escape/link", "/var/lib/vm-escape/nothing", "/etc", "/"}) {
            share["path"] = path;
            QCOMPARE(onVm("Machines.AddShare", share).error().field, std::string("path"));
        }
        std::string said = shell("virsh -q start vm");
        QVERIFY2(shell("virsh -q domstate vm").find("running") == 0, said.c_str());
        QVERIFY(shell("ps ax").find("virtiofsd") != std::string::npos);
        // Its memory can be shared now: another one is plugged in, or libvirt's reason is told.
        share["path"] = "/var/lib/share-data";
        added = onVm("Machines.AddShare", share);
        OK(added);
        QVERIFY2((*added)["live"] == true || !(*added)["reason"].get<std::string>().empty(), dumpJson(*added).c_str());
        share = {{"path", "/var/lib/share-data"}, {"tag", "plan9"}, {"driver", "path"}, {"readOnly", true}};
        added = onVm("Machines.AddShare", share);
        OK(added);
        QCOMPARE((*added)["live"], Json(false)); // QEMU can't plug 9p in
        QVERIFY(!(*added)["reason"].get<std::string>().empty());
        shell("virsh -q destroy vm");
        said = shell("virsh start vm"); // with all three
        QVERIFY2(said.find("started") != std::string::npos, said.c_str());
        shell("virsh -q destroy vm");
        for (const char* tag : {"data", "other", "plan9"})
            OK(onVm("Machines.RemoveDevice", {{"key", std::string("filesystem:") + tag}}));
    }

    void namesTheHostsDevices()
    {
        auto all = call("Machines.ListHostDevices");
        OK(all);
        for (const Json& device : (*all)["devices"]) {
            if (device["kind"] != "pci")
                continue;
            QVERIFY(!device["title"].get<std::string>().empty());
            if (device["obstacle"] == "")
                continue;
            auto refused = onVm("Machines.AddHostDevice", {{"device", device["name"]}});
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, Code::NotSupported);
            QCOMPARE(refused.error().message, device["obstacle"].get<std::string>());
        }
        QCOMPARE(onVm("Machines.AddHostDevice", {{"device", "usb_9_9"}}).error().field, std::string("device"));
        QVERIFY(shell("virsh dumpxml --inactive vm").find("hostdev") == std::string::npos);
    }

    /// As on a computer with USB devices, which libvirt's test driver pretends.
    void givesAUsbDevice()
    {
        (void)writeFileAtomic("/tmp/usb-node.xml", R"(<node>
          <domain type='test'><name>one</name><uuid>0a1b2c3d-0000-4000-8000-00000000d12b</uuid><memory>8192</memory>
            <vcpu>1</vcpu><os><type>hvm</type></os><devices/></domain>
          <device><name>usb_1_4</name><parent>computer</parent><capability type='usb_device'><bus>1</bus>
            <device>7</device><product id='0x5591'>Ultra</product><vendor id='0x0781'>SanDisk</vendor></capability></device>
        </node>)");
        Paths paths;
        paths.libvirtUri = "test:///tmp/usb-node.xml";
        auto pretended = machines::makeVirtualization(paths);
        auto all = pretended->call("org.diptych.Machines.ListHostDevices", Json::object(), m_quiet);
        OK(all);
        if ((*all)["devices"].empty())
            QSKIP("this libvirt's test driver has no devices of one's own");
        QCOMPARE((*all)["devices"][0]["title"], Json("SanDisk Ultra"));
        Json which{{"id", "0a1b2c3d-0000-4000-8000-00000000d12b"}, {"device", "usb_1_4"}};
        auto given = pretended->call("org.diptych.Machines.AddHostDevice", which, m_quiet);
        OK(given);
        QCOMPARE((*given)["key"], Json("hostdev:0x0781:0x5591"));
        QCOMPARE((*given)["next"], Json(true));
        QCOMPARE(pretended->call("org.diptych.Machines.AddHostDevice", which, m_quiet).error().code, Code::Exists);
    }

    void savesItsState()
    {
        shell("virsh -q start vm");
        OK(onVm("Machines.Save"));
        QVERIFY(shell("virsh -q domstate vm").find("shut off") == 0);
        QCOMPARE((*onVm("Machines.GetHardware"))["saved"], Json(true));
        OK(onVm("Machines.DropSaved"));
        QCOMPARE((*onVm("Machines.GetHardware"))["saved"], Json(false));
    }
};

QTEST_GUILESS_MAIN(TestManage)
#include "tst_manage.moc"
