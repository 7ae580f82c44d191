// Changes of domains that others wrote: what is asked for happens, what is not stays.
#include "base/files.h"
#include "machines/domain_devices.h"
#include "machines/domain_edit.h"
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

    void ordersBoot()
    {
        Parsed domain;
        QVERIFY(setBoot(domain.root(), {"disk:sda", "interface:52:54:00:11:22:33"}));
        QVERIFY(!domain.root().child("os").child("boot"));
        QCOMPARE((bootOf(domain.root())), (std::vector<std::string>{"disk:sda", "interface:52:54:00:11:22:33"}));
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
};

QTEST_APPLESS_MAIN(TestDomainEdit)
#include "tst_domain_edit.moc"
