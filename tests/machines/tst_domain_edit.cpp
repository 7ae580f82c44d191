// Changes of domains that others wrote: what is asked for happens, what is not stays.
#include "base/files.h"
#include "machines/domain_devices.h"
#include "machines/domain_edit.h"
#include "machines/domain_processors.h"
#include "machines/host_devices.h"
#include "machines/machine_xml.h"
#include "machines/systems.h"
#include "machines/xml.h"

#include <QTest>

using namespace diptych;
using namespace diptych::machines;

namespace {

std::string example(const std::string& name)
{
    return readFile(DIPTYCH_SOURCE "/tests/machines/domains/" + name).value_or("");
}

std::string replaced(std::string text, const std::string& what, const std::string& by)
{
    size_t at = text.find(what);
    return at == std::string::npos ? "" : text.replace(at, what.size(), by);
}

/// The example, parsed with everything in it.
struct Parsed
{
    pugi::xml_document document;
    explicit Parsed(const std::string& text = example("foreign.xml"))
    {
        (void)parseXml(text, document, Comments::Keep);
    }
    pugi::xml_node root() { return document.child("domain"); }
    std::string text() { return writeXml(root()); }
    pugi::xml_node device(const std::string& key) { return findDevice(root(), key); }
};

/// Lines that only one of them has, sorted by where they stand: "-old" "+new".
QStringList difference(const std::string& before, const std::string& after)
{
    QStringList a = QString::fromStdString(before).split('\n'), b = QString::fromStdString(after).split('\n');
    QStringList out;
    for (const QString& line : a)
        if (!b.contains(line))
            out.append("-" + line.trimmed());
    for (const QString& line : b)
        if (!a.contains(line))
            out.append("+" + line.trimmed());
    return out;
}

} // namespace

class TestDomainEdit : public QObject
{
    Q_OBJECT

private slots:
    void findsTheVncDisplay()
    {
        QCOMPARE(vncIndex(example("foreign.xml")).value(), std::optional<unsigned>(1));
        QCOMPARE(vncIndex("<domain><devices/></domain>").value(), std::optional<unsigned>());
        QVERIFY(!vncIndex("<network/>"));
    }

    void keepsWhatItDoesNotKnow()
    {
        std::string before = example("foreign.xml");
        auto accepted = acceptEdited(before, before);
        QVERIFY(accepted);
        for (const char* part : {"<qemu:commandline>", "xmlns:qemu=", "<!-- by hand -->", "<future knob=\"1\"",
                                 "libosinfo:os id=\"http://debian.org/debian/12\""})
            QVERIFY2(accepted->find(part) != std::string::npos, part);
        // Written once, it is written the same for ever.
        QCOMPARE(QString::fromStdString(*acceptEdited(*accepted, before)), QString::fromStdString(*accepted));
    }

    void keepsPasswords()
    {
        std::string edited = example("foreign.xml");
        std::string secure = replaced(edited, "<graphics type='vnc'", "<graphics type='vnc' passwd='secret'");
        auto accepted = acceptEdited(edited, secure);
        QVERIFY(accepted && accepted->find("passwd=\"secret\"") != std::string::npos);
        std::string other = replaced(edited, "<graphics type='vnc'", "<graphics type='vnc' passwd='new'");
        accepted = acceptEdited(other, secure);
        QVERIFY(accepted && accepted->find("secret") == std::string::npos);
    }

    void readsDevices()
    {
        Parsed domain;
        std::map<std::string, Properties> found;
        for (const Device& device : devicesOf(domain.root()))
            found[device.key] = device.properties;
        QCOMPARE(found.size(), size_t(9));
        QCOMPARE(found["disk:vda"]["source"], std::string("/var/lib/libvirt/images/debian.qcow2"));
        QCOMPARE(found["disk:vda"]["serial"], std::string("ABC123"));
        QCOMPARE(found["disk:sda"]["readonly"], std::string("yes"));
        QCOMPARE(found["interface:52:54:00:11:22:33"]["model"], std::string("e1000e"));
        QCOMPARE(found["graphics:1"]["kind"], std::string("vnc"));
        QCOMPARE(found["watchdog:0"]["action"], std::string("reset"));
        QCOMPARE((bootOf(domain.root())), (std::vector<std::string>{"disk:vda", "disk:sda"}));
    }

    void changesOnlyWhatIsAsked()
    {
        Parsed domain;
        std::string before = domain.text();
        QVERIFY(changeDevice(domain.root(), "disk:vda", {{"cache", "none"}}));
        QCOMPARE(difference(before, domain.text()),
                 (QStringList{"-<driver name=\"qemu\" type=\"qcow2\" discard=\"unmap\" />",
                              "+<driver name=\"qemu\" type=\"qcow2\" discard=\"unmap\" cache=\"none\" />"}));
        QVERIFY(changeDevice(domain.root(), "disk:vda", {{"cache", ""}}));
        QCOMPARE(QString::fromStdString(domain.text()), QString::fromStdString(before));
        QVERIFY(changeDevice(domain.root(), "interface:52:54:00:11:22:33", {{"link", "down"}}));
        QCOMPARE(difference(before, domain.text()), QStringList{"+<link state=\"down\" />"});
    }

    void clonesWriteLogsOfTheirOwn()
    {
        const std::string id = "0a1b2c3d-0000-4000-8000-000000000001", other = "0a1b2c3d-0000-4000-8000-000000000002";
        const auto withLog = [&](const std::string& file) {
            return "<domain><name>a</name><uuid>" + id + "</uuid><devices><serial type='pty'><log file='" + file +
                   "' append='off'/></serial></devices></domain>";
        };
        auto moved = cloneXml(withLog(serialLog(id)), "b", other, {});
        QVERIFY(moved && moved->find(serialLog(other)) != std::string::npos &&
                moved->find(serialLog(id)) == std::string::npos);
        auto without = cloneXml(withLog("/var/log/somewhere"), "b", other, {});
        QVERIFY(without && without->find("<log") == std::string::npos);
    }

    void movesADiskToAnotherBus()
    {
        Parsed domain;
        QVERIFY(changeDevice(domain.root(), "disk:vda", {{"bus", "sata"}}));
        QVERIFY(!domain.device("disk:vda"));
        pugi::xml_node disk = domain.device("disk:sdb"); // sda is the CD
        QVERIFY(disk && !disk.child("address") && disk.child("serial"));
    }

    void changesMedia()
    {
        Parsed domain;
        DiskSource none, other{"/pool/other.iso", "raw", false};
        QVERIFY(changeDevice(domain.root(), "disk:sda", {}, &none));
        QVERIFY(domain.device("disk:sda") && !domain.device("disk:sda").child("source"));
        QVERIFY(changeDevice(domain.root(), "disk:sda", {}, &other));
        QCOMPARE(std::string(domain.device("disk:sda").child("source").attribute("file").value()), other.path);
        auto refused = changeDevice(domain.root(), "disk:vda", {}, &none);
        QVERIFY(!refused);
        QCOMPARE(refused.error().field, std::string("properties.volume"));
    }

    void addsDevices()
    {
        Parsed domain;
        DiskSource source{"/pool/new.qcow2", "qcow2", false};
        auto disk = addDevice(domain.root(), "disk", {{"bus", "virtio"}, {"cache", "none"}}, &source);
        QVERIFY(disk);
        QCOMPARE(keyOf(*disk), std::string("disk:vdb"));
        QCOMPARE(
            QString::fromStdString(writeXml(*disk)).simplified(),
            QStringLiteral(
                "<disk type=\"file\" device=\"disk\"> <target dev=\"vdb\" bus=\"virtio\" /> <driver cache=\"none\" "
                "type=\"qcow2\" /> <source file=\"/pool/new.qcow2\" /> </disk>"));
        for (const char* type : {"graphics", "video", "rng", "tpm", "watchdog", "sound", "input", "channel"})
            QVERIFY2(addDevice(domain.root(), type, {}), type);
        QVERIFY(addDevice(domain.root(), "interface", {{"network", "default"}, {"mac", "52:54:00:00:00:01"}}));
        QVERIFY(domain.device("interface:52:54:00:00:00:01"));
        QVERIFY(removeDevice(domain.root(), "disk:vdb"));
        QVERIFY(!removeDevice(domain.root(), "disk:vdb"));
    }

    void addsAClipboardAndRarerDevices()
    {
        Parsed domain;
        auto textOf = [](pugi::xml_node node) { return QString::fromStdString(writeXml(node)).simplified(); };
        auto clipboard = addDevice(domain.root(), "channel", {{"kind", "qemu-vdagent"}});
        QVERIFY(clipboard);
        QCOMPARE(textOf(*clipboard),
                 QStringLiteral("<channel type=\"qemu-vdagent\"> <target type=\"virtio\" name=\"com.redhat.spice.0\" "
                                "/> <source> <clipboard copypaste=\"yes\" /> </source> </channel>"));
        QCOMPARE(textOf(*addDevice(domain.root(), "vsock", {})),
                 QStringLiteral("<vsock model=\"virtio\"> <cid auto=\"yes\" /> </vsock>"));
        QCOMPARE(textOf(*addDevice(domain.root(), "panic", {})), QStringLiteral("<panic />"));
        QCOMPARE(textOf(*addDevice(domain.root(), "panic", {{"model", "isa"}})),
                 QStringLiteral("<panic model=\"isa\" />"));
        QCOMPARE(textOf(*addDevice(domain.root(), "iommu", {})), QStringLiteral("<iommu model=\"intel\" />"));
        QCOMPARE(addDevice(domain.root(), "iommu", {{"model", "amd"}}).error().field, std::string("properties.model"));
    }

    void addsPortsAndControllers()
    {
        Parsed domain;
        auto textOf = [](pugi::xml_node node) { return QString::fromStdString(writeXml(node)).simplified(); };
        QCOMPARE(textOf(*addDevice(domain.root(), "serial", {})),
                 QStringLiteral("<serial type=\"pty\"> <target type=\"isa-serial\" /> </serial>"));
        auto tcp = addDevice(domain.root(), "serial", {{"kind", "tcp"}, {"port", "4555"}, {"model", "usb-serial"}});
        QVERIFY(tcp);
        QCOMPARE(textOf(*tcp),
                 QStringLiteral("<serial type=\"tcp\"> <target type=\"usb-serial\" /> <source service=\"4555\" "
                                "mode=\"bind\" host=\"127.0.0.1\" /> <protocol type=\"raw\" /> </serial>"));
        DiskSource place{"/var/lib/libvirt/qemu/x.sock", {}, false};
        auto socket = addDevice(domain.root(), "serial", {{"kind", "unix"}}, &place);
        QVERIFY(socket);
        QCOMPARE(std::string(socket->child("source").attribute("path").value()), place.path);
        // The console is the first port once more, and goes with it.
        domain.root()
            .child("devices")
            .append_child("console")
            .append_child("target")
            .append_attribute("type")
            .set_value("serial");
        QVERIFY(removeDevice(domain.root(), "serial:0"));
        QVERIFY(!domain.root().child("devices").child("console"));
        QCOMPARE(freeController({domain.root()}, "scsi"), std::string("0"));
        auto scsi = addDevice(domain.root(), "controller", {{"index", "0"}});
        QVERIFY(scsi);
        QCOMPARE(textOf(*scsi), QStringLiteral("<controller type=\"scsi\" index=\"0\" model=\"virtio-scsi\" />"));
        QCOMPARE(freeController({domain.root()}, "scsi"), std::string("1"));
        auto usb = addDevice(domain.root(), "controller", {{"kind", "usb"}, {"index", "0"}});
        QVERIFY(usb);
        QCOMPARE(std::string(usb->attribute("model").value()), std::string("qemu-xhci"));
        QCOMPARE(removeDevice(domain.root(), "controller:usb:0").error().field, std::string("key"));
        pugi::xml_node disk = domain.device("disk:vda");
        disk.child("target").attribute("bus").set_value("scsi");
        disk.child("address").attribute("type").set_value("drive");
        disk.child("address").append_attribute("controller").set_value("0");
        QCOMPARE(removeDevice(domain.root(), "controller:scsi:0").error().message,
                 std::string("disk:vda is plugged into it"));
        disk.child("address").attribute("controller").set_value("1");
        QVERIFY(removeDevice(domain.root(), "controller:scsi:0"));
        pugi::xml_node card = addHostCard(domain.root(), "direct", "eth0", "vepa", "virtio", "52:54:00:00:00:09");
        QCOMPARE(
            textOf(card),
            QStringLiteral("<interface type=\"direct\"> <mac address=\"52:54:00:00:00:09\" /> <source dev=\"eth0\" "
                           "mode=\"vepa\" /> <model type=\"virtio\" /> </interface>"));
    }

    void refusesWhatIsNotSayable_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("field");
        QTest::newRow("path") << "disk"
                              << "source"
                              << "/etc/shadow"
                              << "properties.source";
        QTest::newRow("word") << "disk"
                              << "cache"
                              << "sometimes"
                              << "properties.cache";
        QTest::newRow("markup") << "disk"
                                << "serial"
                                << "\"><source file='/x'/>"
                                << "properties.serial";
        QTest::newRow("hostdev") << "hostdev"
                                 << "kind"
                                 << "pci"
                                 << "type";
        QTest::newRow("filesystem") << "filesystem"
                                    << "kind"
                                    << "mount"
                                    << "type";
        QTest::newRow("device") << "rng"
                                << "source"
                                << "/dev/sda"
                                << "properties.source";
        QTest::newRow("bridge") << "interface"
                                << "kind"
                                << "bridge"
                                << "properties.kind";
        QTest::newRow("mac") << "interface"
                             << "mac"
                             << "52:54:00"
                             << "properties.mac";
        QTest::newRow("no network") << "interface"
                                    << "model"
                                    << "virtio"
                                    << "properties.network";
        QTest::newRow("path of a port") << "serial"
                                        << "path"
                                        << "/etc/passwd"
                                        << "properties.path";
        QTest::newRow("place of a socket") << "serial"
                                           << "kind"
                                           << "unix"
                                           << "properties.kind";
        QTest::newRow("no port") << "serial"
                                 << "kind"
                                 << "tcp"
                                 << "properties.port";
        QTest::newRow("port for all") << "serial"
                                      << "host"
                                      << "0.0.0.0"
                                      << "properties.host";
        QTest::newRow("controller") << "controller"
                                    << "model"
                                    << "qemu-xhci"
                                    << "properties.model";
        QTest::newRow("no volume") << "disk"
                                   << "bus"
                                   << "virtio"
                                   << "properties.volume";
    }
    void refusesWhatIsNotSayable()
    {
        QFETCH(QString, type);
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(QString, field);
        Parsed domain;
        std::string before = domain.text();
        auto refused = addDevice(domain.root(), type.toStdString(), {{name.toStdString(), value.toStdString()}});
        QVERIFY(!refused);
        QCOMPARE(QString::fromStdString(refused.error().field), field);
        QCOMPARE(domain.text(), before);
    }

    void setsProcessorsAndMemory()
    {
        Parsed domain;
        QVERIFY(setVcpus(domain.root(), 3, 4));
        QCOMPARE(domain.root().child("vcpu").text().as_int(), 4);
        QCOMPARE(domain.root().child("vcpu").attribute("current").as_int(), 3);
        QCOMPARE(domain.root().child("cpu").child("topology").attribute("sockets").as_int(), 2);
        QVERIFY(setVcpus(domain.root(), 3, 3)); // no whole number of sockets
        QVERIFY(!domain.root().child("cpu").child("topology") && !domain.root().child("vcpu").attribute("current"));
        QCOMPARE(setVcpus(domain.root(), 5, 4).error().field, std::string("current"));
        QCOMPARE(setVcpus(domain.root(), 0, 0).error().field, std::string("maximum"));
        QVERIFY(setMemory(domain.root(), uint64_t{256} << 20, uint64_t{1} << 30));
        QCOMPARE(domain.root().child("memory").text().as_int(), 1 << 20);
        QCOMPARE(setMemory(domain.root(), uint64_t{2} << 30, uint64_t{1} << 30).error().field, std::string("current"));
    }

    void limitsDisksAndCards()
    {
        Parsed p;
        std::string before = p.text();
        QVERIFY(changeDevice(p.root(), "disk:vda", {{"readBytes", "1048576"}, {"writeOperations", "50"}}));
        QCOMPARE(std::string(p.device("disk:vda").child("iotune").child_value("read_bytes_sec")),
                 std::string("1048576"));
        for (const Device& device : devicesOf(p.root()))
            if (device.key == "disk:vda")
                QCOMPARE(device.properties.at("writeOperations"), std::string("50"));
        auto both = changeDevice(p.root(), "disk:vda", {{"totalBytes", "5"}});
        QVERIFY(!both);
        QCOMPARE(both.error().field, std::string("properties.totalBytes"));
        QVERIFY(changeDevice(p.root(), "disk:vda", {{"totalBytes", ""}, {"readBytes", "0"}, {"writeOperations", ""}}));
        QCOMPARE(difference(before, p.text()), QStringList()); // nothing of it stays
        std::string card;
        for (const Device& device : devicesOf(p.root()))
            if (device.type == "interface" && card.empty())
                card = device.key;
        p.device(card).remove_child("bandwidth");
        auto burst = changeDevice(p.root(), card, {{"inboundBurst", "100"}});
        QVERIFY(!burst);
        QCOMPARE(burst.error().field, std::string("properties.inboundAverage"));
        QVERIFY(changeDevice(p.root(), card, {{"inboundAverage", "1000"}, {"outboundAverage", "2000"}}));
        QCOMPARE(std::string(p.device(card).child("bandwidth").child("outbound").attribute("average").value()),
                 std::string("2000"));
        for (const char* wrong : {"-1", "1k", "0x10", "1234567890123456", " 5"})
            QVERIFY2(!changeDevice(p.root(), card, {{"inboundAverage", wrong}}), wrong);
        QVERIFY(changeDevice(p.root(), card, {{"inboundAverage", ""}, {"outboundAverage", ""}, {"inboundBurst", ""}}));
        QVERIFY(!p.device(card).child("bandwidth"));
    }

    void sharesDirectories()
    {
        Parsed p;
        auto share = addShare(p.root(), {"/srv/data", "data", true, false});
        QVERIFY(share);
        QCOMPARE(keyOf(*share), std::string("filesystem:data"));
        QCOMPARE(std::string(share->child("source").attribute("dir").value()), std::string("/srv/data"));
        QCOMPARE(addShare(p.root(), {"/srv/other", "data", false, false}).error().field, std::string("tag"));
        QVERIFY(!addShare(p.root(), {"/srv/other", "a b", false, false}));
        shareMemory(p.root());
        pugi::xml_node backing = p.root().child("memoryBacking");
        QCOMPARE(std::string(backing.child("access").attribute("mode").value()), std::string("shared"));
        QCOMPARE(std::string(backing.child("source").attribute("type").value()), std::string("memfd"));
        std::string once = p.text();
        shareMemory(p.root());
        QCOMPARE(p.text(), once);
        // A share is where it was told to be: nobody moves it by a property.
        QCOMPARE(changeDevice(p.root(), "filesystem:data", {{"source", "x"}}).error().field,
                 std::string("properties.source"));
        for (const char* path : {"/etc/libvirt", "relative", "/", "/usr/../etc", "/home", "/root/x", "/srv/../var"})
            QVERIFY2(!checkHostDirectory(path, "path"), path);
        QVERIFY(checkHostDirectory("/home/anna/files", "path"));
    }

    void givesHostDevices()
    {
        auto usb = readHostDevice(R"(<device><name>usb_1_4</name><capability type='usb_device'><bus>1</bus>
            <device>7</device><product id='0x5591'>Ultra</product><vendor id='0x0781'>SanDisk</vendor></capability>
            </device>)");
        QVERIFY(usb && *usb);
        QCOMPARE((*usb)->title, std::string("SanDisk Ultra"));
        QVERIFY((*usb)->obstacle.empty());
        Parsed p;
        QCOMPARE(keyOf(addHostDevice(p.root(), **usb, false)), std::string("hostdev:0x0781:0x5591"));
        QCOMPARE(keyOf(addHostDevice(p.root(), **usb, true)), std::string("hostdev:1.7"));
        auto hub = readHostDevice("<device><name>usb1</name><capability type='usb_device'><vendor id='0x1d6b'/>"
                                  "<product id='0x0002'/></capability></device>");
        QVERIFY(hub && !*hub);
        std::string card = R"(<device><name>pci_0000_02_00_1</name><driver><name>e1000e</name></driver>
            <capability type='pci'><class>0x020000</class><domain>0</domain><bus>2</bus><slot>0</slot>
            <function>1</function><product id='0x10d3'/><vendor id='0x8086'/><iommuGroup number='3'/></capability>
            </device>)";
        auto pci = readHostDevice(card);
        QVERIFY(pci && *pci);
        QCOMPARE((*pci)->title, std::string("network card"));
        QCOMPARE((*pci)->detail, std::string("8086:10d3 at 0000:02:00.1, driver e1000e"));
        QVERIFY((*pci)->obstacle.empty());
        QCOMPARE(keyOf(addHostDevice(p.root(), **pci, false)), std::string("hostdev:0000:02:00.1"));
        auto without = readHostDevice(replaced(card, "<iommuGroup number='3'/>", ""));
        QVERIFY((*without)->obstacle.find("IOMMU") != std::string::npos);
        QVERIFY(!*readHostDevice(replaced(card, "0x020000", "0x060400"))); // a bridge
        QVERIFY(removeDevice(p.root(), "hostdev:1.7"));
        QVERIFY(!addDevice(p.root(), "hostdev", {}));
        QVERIFY(!addDevice(p.root(), "filesystem", {}));
    }

    void readsLabelsOfMedia()
    {
        std::string sector(isoDescriptorSize, ' ');
        sector.replace(0, 7, std::string("\1CD001\1", 7));
        sector.replace(40, 21, "Debian 11.5.0 amd64 n");
        sector.replace(80, 4, std::string("\x10\x27\0\0", 4)); // 10,000 blocks
        sector.replace(128, 2, std::string("\0\x08", 2));      // of 2,048 bytes
        auto label = readIsoLabel(sector);
        QVERIFY(label);
        QCOMPARE(label->volume, std::string("Debian 11.5.0 amd64 n"));
        QCOMPARE(label->bytes, uint64_t{20480000});
        QVERIFY(label->publisher.empty());
        QVERIFY(!readIsoLabel(sector.substr(1)));
        QVERIFY(!readIsoLabel(std::string(isoDescriptorSize, '\0')));
        sector[45] = '\xff';
        QVERIFY(readIsoLabel(sector)->volume.empty());
        auto all = systems();
        if (!all)
            QSKIP(all.error().message.c_str());
        QVERIFY(all->size() > 100);
        auto found = systemOn(*label);
        QVERIFY(found && *found);
        QCOMPARE((*found)->system.id, std::string("http://debian.org/debian/11"));
        QVERIFY((*found)->exact && (*found)->system.virtio && (*found)->system.memory >= (uint64_t{256} << 20));
        // Later than any database: the newest release before it.
        for (const auto& [label, prefix] : {std::pair("Debian 99.1.0 amd64 n", "http://debian.org/debian/1"),
                                            {"Fedora-S-dvd-x86_64-99", "http://fedoraproject.org/fedora/"},
                                            {"Ubuntu-Server 99.04 LTS amd64", "http://ubuntu.com/ubuntu/2"}}) {
            auto near = systemOn(IsoLabel{label, "", "", "", 0});
            QVERIFY2(near && *near && !(*near)->exact && (*near)->system.id.starts_with(prefix), label);
            QVERIFY(!(*near)->system.id.ends_with("unknown"));
        }
        QVERIFY(!*systemOn(IsoLabel{"Nobody's 1.0", "", "", "", 0}));
    }

    /// Without Rock Ridge, by hand: "A" is a directory with KERNEL.;1 in it.
    void findsFilesInIso()
    {
        auto record = [](unsigned char sector, uint32_t size, char flags, const std::string& name) {
            std::string bytes(33 + name.size() + (name.size() % 2 == 0 ? 1 : 0), '\0');
            bytes[0] = static_cast<char>(bytes.size());
            bytes[2] = static_cast<char>(sector);
            for (size_t i = 0; i < 4; ++i)
                bytes[10 + i] = static_cast<char>(size >> (8 * i));
            bytes[25] = flags;
            bytes[32] = static_cast<char>(name.size());
            bytes.replace(33, name.size(), name);
            return bytes;
        };
        std::string image(22 * 2048, '\0');
        image.replace(isoDescriptorAt, 6, "\1CD001");
        image.replace(isoDescriptorAt + 156, 34, record(18, 2048, 2, std::string(1, '\0')));
        image.replace(18 * 2048, 34, record(18, 2048, 2, std::string(1, '\0')));
        std::string a = record(19, 2048, 2, "A");
        image.replace(18 * 2048 + 34, a.size(), a);
        std::string kernel = record(20, 777, 0, "KERNEL.;1");
        image.replace(19 * 2048, kernel.size(), kernel);
        ReadAt read = [&](uint64_t at, size_t length) -> Result<std::string> {
            return at < image.size() ? image.substr(at, length) : std::string();
        };
        auto found = findInIso(read, "a/kernel");
        QVERIFY(found && *found);
        QCOMPARE((*found)->offset, uint64_t{20 * 2048});
        QCOMPARE((*found)->size, uint64_t{777});
        for (const char* none : {"a", "a/b", "b", "a/kernel/x", "kernel", ""})
            QVERIFY2(!*findInIso(read, none), none);
        // A directory that says it is huge is not read, a record that is longer than its directory is no record.
        image[18 * 2048 + 34 + 13] = '\x7f';
        QVERIFY(!*findInIso(read, "a/kernel"));
        image[18 * 2048 + 34 + 13] = '\0';
        image[19 * 2048] = '\xff';
        image.resize(19 * 2048 + 60);
        QVERIFY(!*findInIso(read, "a/kernel"));
        image[isoDescriptorAt + 1] = 'X';
        QVERIFY(!*findInIso(read, "a/kernel"));
    }

    void ordersBoot()
    {
        Parsed domain;
        QVERIFY(setBoot(domain.root(), {"disk:sda", "interface:52:54:00:11:22:33"}));
        QVERIFY(!domain.root().child("os").child("boot"));
        QCOMPARE((bootOf(domain.root())), (std::vector<std::string>{"disk:sda", "interface:52:54:00:11:22:33"}));
        QVERIFY(!hasBootMenu(domain.root()));
        for (bool on : {true, true, false}) {
            setBootMenu(domain.root(), on);
            QCOMPARE(hasBootMenu(domain.root()), on);
        }
        QVERIFY(!domain.root().child("os").child("bootmenu"));
        QVERIFY(!setBoot(domain.root(), {"rng:0"}));
        QVERIFY(!setBoot(domain.root(), {"disk:sda", "disk:sda"}));
    }

    void refusesAnotherDomain_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("by");
        QTest::newRow("name") << "<name>debian</name>"
                              << "<name>other</name>";
        QTest::newRow("uuid") << "<uuid>"
                              << "<uuid>9";
        QTest::newRow("root") << "<domain "
                              << "<network ";
        QTest::newRow("broken") << "</devices>"
                                << "";
        QTest::newRow("doctype") << "<domain "
                                 << "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/shadow'>]><domain ";
    }
    void refusesAnotherDomain()
    {
        QFETCH(QString, what);
        QFETCH(QString, by);
        std::string before = example("foreign.xml");
        auto refused = acceptEdited(replaced(before, what.toStdString(), by.toStdString()), before);
        QVERIFY(!refused);
        QCOMPARE(refused.error().field, std::string("xml"));
    }

    void choosesProcessors()
    {
        auto names = [](const std::string& text) {
            auto set = cpuSet(text, 8);
            std::string all;
            for (size_t i = 0; set && i < set->size(); ++i)
                all += (*set)[i] ? std::to_string(i) : "";
            return set ? all : "!" + set.error().field;
        };
        QCOMPARE(names("0-3,^2,7"), std::string("0137"));
        QCOMPARE(names("5"), std::string("5"));
        for (const char* bad : {"", "a", "8", "3-1", "0-", "-1", "1,,2", "^1", "0-99999999999", "0 1"})
            QCOMPARE(names(bad), std::string("!cpus"));
        QVERIFY(!cpuSet("0", 0));
        pugi::xml_document document;
        QVERIFY(document.load_string("<domain><vcpu>8</vcpu><cputune><shares>7</shares></cputune></domain>"));
        pugi::xml_node domain = document.child("domain");
        QVERIFY(setTopology(domain, 2, 2, 2).has_value());
        QCOMPARE(processorsOf(domain)["sockets"].get<int>(), 2);
        auto wrong = setTopology(domain, 2, 2, 1);
        QVERIFY(!wrong && wrong.error().field == "sockets" && wrong.error().message.find("is 4") != std::string::npos);
        QVERIFY(!setTopology(domain, 0, 2, 4));
        QVERIFY(setTopology(domain, 0, 0, 0).has_value());
        QCOMPARE(processorsOf(domain)["cores"].get<int>(), 0);
        QVERIFY(setPin(domain, 1, "0-1").has_value() && setPin(domain, -1, "2").has_value());
        QVERIFY(setPin(domain, 1, "3").has_value()); // the same one, not a second
        QCOMPARE(processorsOf(domain)["pins"].size(), size_t(1));
        QCOMPARE(processorsOf(domain)["pins"][0]["cpus"].get<std::string>(), std::string("3"));
        QCOMPARE(processorsOf(domain)["emulatorPin"].get<std::string>(), std::string("2"));
        QVERIFY(!setPin(domain, 8, "0") && !setPin(domain, -2, "0"));
        QVERIFY(setPin(domain, 1, "").has_value() && setPin(domain, -1, "").has_value());
        QVERIFY(domain.child("cputune").child("shares")); // what somebody else wrote stays
        QVERIFY(!domain.child("cputune").child("vcpupin") && !domain.child("cputune").child("emulatorpin"));
    }
};

QTEST_APPLESS_MAIN(TestDomainEdit)
#include "tst_domain_edit.moc"
