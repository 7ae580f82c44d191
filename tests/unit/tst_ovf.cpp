// OVF descriptors as VirtualBox, ESXi, Workstation, virt-v2v and oVirt write them (tests/fuzz/corpus/fuzz_ovf), and
// those that mean harm: each refusal names the element.
#include "base/files.h"
#include "images/ovf_manifest.h"
#include "images/ovf_read.h"
#include "support/programs.h"

#include <QtTest>

using namespace diptych;
using namespace diptych::images;
using diptych::test::qs;
using Firmware = OvfMachine::Firmware;

namespace {

std::string golden(const char* name)
{
    return readFile(std::string(DIPTYCH_SOURCE "/tests/fuzz/corpus/fuzz_ovf/") + name).value_or("");
}

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    if (size_t at = text.find(from); at != std::string::npos)
        return text.replace(at, from.size(), to);
    return {};
}

QStringList leftOf(const OvfMachine& machine)
{
    QStringList all;
    for (const OvfLeft& one : machine.left)
        all << qs(one.kind + ":" + one.name);
    return all;
}

} // namespace

class TestOvf : public QObject
{
    Q_OBJECT

private slots:
    void virtualBox()
    {
        auto machine = readOvf(golden("virtualbox.ovf"));
        QVERIFY2(machine.has_value(), machine ? "" : machine.error().message.c_str());
        QCOMPARE(qs(machine->name), "shop");
        QCOMPARE(qs(machine->product + "|" + machine->vendor + "|" + machine->version), "Shop & Sons|Example|3.1");
        QCOMPARE(qs(machine->annotation), "Log in as shop.\nSecond line.");
        QCOMPARE(machine->licences, std::vector<std::string>{"Use it, and be kind."});
        QCOMPARE(machine->cpus, 2U);
        QCOMPARE(machine->memory, uint64_t{2} << 30);
        QVERIFY(machine->firmware == Firmware::Uefi && machine->tpm);
        QCOMPARE(qs(machine->system), "http://debian.org/debian/11");
        QCOMPARE(machine->disks.size(), size_t{2});
        // The first of its controller, wherever it stands.
        QCOMPARE(qs(machine->disks[0].file), "shop-disk001.vmdk");
        QCOMPARE(machine->disks[0].capacity.value_or(0), uint64_t{20} << 30);
        QCOMPARE(qs(machine->disks[1].bus + " " + machine->disks[1].controller), "sata AHCI");
        QCOMPARE(machine->cards.size(), size_t{2});
        QCOMPARE(qs(machine->cards[1].network + " " + machine->cards[1].model), "HostOnly E1000");
        QCOMPARE(qs(machine->cards[0].mac), "08:00:27:a1:b2:c3");
        QCOMPARE(qs(machine->cards[1].mac), "08:00:27:a1:b2:c5"); // the second is not plugged in
        QVERIFY(machine->media.size() == 1 && machine->media.front().file.empty());
        QCOMPARE(leftOf(*machine), QStringList{"sound:sound"});
    }

    void esxi()
    {
        auto machine = readOvf(golden("esxi.ovf"));
        QVERIFY2(machine.has_value(), machine ? "" : machine.error().message.c_str());
        QVERIFY(machine->firmware == Firmware::SecureUefi && !machine->tpm);
        QCOMPARE(qs(machine->system), "http://redhat.com/rhel/9-unknown");
        QCOMPARE(machine->memory, uint64_t{8} << 30);
        QCOMPARE(machine->disks.size(), size_t{2});
        QCOMPARE(machine->disks[0].capacity.value_or(0), uint64_t{40} << 30);
        QCOMPARE(qs(machine->disks[0].bus + " " + machine->disks[0].controller), "scsi VirtualSCSI");
        QVERIFY(machine->disks[1].file.empty()); // it begins empty
        QCOMPARE(machine->disks[1].capacity.value_or(0), uint64_t{512} << 20);
        QCOMPARE(leftOf(*machine), (QStringList{"floppy:Floppy drive 1", "file:mail-2.nvram"}));
        QCOMPARE(qs(machine->cards.front().mac), "00:50:56:9a:12:34");
        QVERIFY(machine->media.size() == 1 && machine->media.front().file.empty());
        QVERIFY(checkOvfFiles(*machine, {{"mail-1.vmdk", 734003200}}));
        auto lies = checkOvfFiles(*machine, {{"mail-1.vmdk", 5}});
        QVERIFY(!lies && lies.error().message.find("References/File/size") != std::string::npos);
        auto lacks = checkOvfFiles(*machine, {});
        QVERIFY(!lacks && lacks.error().message.find("mail-1.vmdk is not in the archive") != std::string::npos);
    }

    void workstation()
    {
        auto machine = readOvf(golden("workstation.ovf"));
        QVERIFY2(machine.has_value(), machine ? "" : machine.error().message.c_str());
        QCOMPARE(qs(machine->system), "http://microsoft.com/win/10");
        QVERIFY(machine->firmware == Firmware::Bios);
        QCOMPARE(machine->memory, uint64_t{4} << 30); // of the configuration that is meant, and no end of a range
        QVERIFY(machine->disks.front().gzip);
        QCOMPARE(qs(machine->disks.front().controller), "lsilogicsas");
        QCOMPARE(leftOf(*machine),
                 (QStringList{"properties:", "configurations:small", "sound:sound", "serial:serial0"}));
        QVERIFY(machine->cards.front().mac.empty());
        QCOMPARE(machine->media.size(), size_t{1});
        QCOMPARE(qs(machine->media.front().file), "office-file1.iso");
        std::map<std::string, uint64_t> present{{machine->disks.front().file, 0}};
        for (const OvfFile& file : machine->files)
            present[file.name] = file.size.value_or(0);
        QVERIFY(checkOvfFiles(*machine, present));
        present.erase("office-file1.iso");
        auto lacks = checkOvfFiles(*machine, present);
        QVERIFY(!lacks && lacks.error().message.find("office-file1.iso is not in the archive") != std::string::npos);
    }

    void virtV2v()
    {
        auto machine = readOvf(golden("virt-v2v.ovf"));
        QVERIFY2(machine.has_value(), machine ? "" : machine.error().message.c_str());
        QCOMPARE(qs(machine->name), "ledger");
        QCOMPARE(machine->cpus, 4U);
        QCOMPARE(qs(machine->system), "http://redhat.com/rhel/8-unknown");
        QVERIFY(machine->firmware == Firmware::Uefi);
        QCOMPARE(machine->disks.size(), size_t{2});
        QCOMPARE(qs(machine->disks[0].bus), "sata"); // the one to boot from
        QCOMPARE(machine->disks[0].capacity.value_or(0), uint64_t{1} << 30);
        QCOMPARE(qs(machine->disks[1].bus), "virtio");
        // What it says of a file's size is what the machine sees.
        std::map<std::string, uint64_t> present;
        for (const OvfDrive& disk : machine->disks)
            present[disk.file] = 4711;
        QVERIFY(checkOvfFiles(*machine, present));
        QVERIFY(leftOf(*machine).isEmpty());
    }

    void ovirt()
    {
        auto machine = readOvf(golden("ovirt.ovf"));
        QVERIFY2(machine.has_value(), machine ? "" : machine.error().message.c_str());
        QCOMPARE(qs(machine->name), "wiki");
        QVERIFY(machine->firmware == Firmware::SecureUefi && machine->system.empty());
        QCOMPARE(qs(machine->systemText), "other_linux");
        QCOMPARE(machine->disks.front().capacity.value_or(0), uint64_t{6} << 30);
        QCOMPARE(qs(machine->disks.front().bus), "virtio");
        QCOMPARE(qs(machine->cards.front().mac), "56:6f:aa:bb:cc:dd");
        QVERIFY(machine->media.size() == 1 && leftOf(*machine).isEmpty());
    }

    void mediaAndAddresses()
    {
        const std::string good = golden("virtualbox.ovf");
        // VirtualBox has what lies in a drive among the disks.
        auto machine = readOvf(replaced(
            replaced(good, "<File ovf:id=\"file2\"",
                     "<File ovf:id=\"file3\" ovf:href=\"tools.iso\"/><File ovf:id=\"file2\""),
            "<Disk ovf:capacity=\"1073741824\"",
            "<Disk ovf:capacity=\"4096\" ovf:diskId=\"cd\" ovf:fileRef=\"file3\"/><Disk ovf:capacity=\"1073741824\""));
        QVERIFY(machine.has_value());
        QVERIFY(leftOf(*machine).contains("unattached:cd"));
        std::string with = replaced(good, "<File ovf:id=\"file2\"",
                                    "<File ovf:id=\"file3\" ovf:href=\"tools.iso\"/><File ovf:id=\"file2\"");
        with = replaced(with, "<Disk ovf:capacity=\"1073741824\"",
                        "<Disk ovf:capacity=\"4096\" ovf:diskId=\"cd\" ovf:fileRef=\"file3\"/>"
                        "<Disk ovf:capacity=\"1073741824\"");
        with = replaced(with, "<rasd:Caption>cdrom1</rasd:Caption>",
                        "<rasd:Caption>cdrom1</rasd:Caption><rasd:HostResource>/disk/cd</rasd:HostResource>");
        machine = readOvf(with);
        QVERIFY(machine.has_value());
        QCOMPARE(qs(machine->media.front().file), "tools.iso");
        QCOMPARE(machine->disks.size(), size_t{2});
        QCOMPARE(leftOf(*machine), QStringList{"sound:sound"});
        std::string many;
        for (int i = 0; i < 5; ++i)
            many += "<Item><ElementName>more</ElementName><ResourceType>15</ResourceType></Item>";
        machine = readOvf(replaced(good, "<Item>", many + "<Item>"));
        QVERIFY(machine && machine->media.size() == 4);
        QCOMPARE(leftOf(*machine).count("optical:more"), 1);
        // None of a card, and addresses that could be anybody's.
        for (const char* bad : {"010027A1B2C3", "000000000000", "080027A1B2", "080027A1B2C3C4", "08002G A1B2C3", ""}) {
            machine = readOvf(replaced(good, "080027A1B2C3", bad));
            QVERIFY(machine && machine->cards[0].mac.empty());
            QCOMPARE(qs(machine->cards[1].mac), "08:00:27:a1:b2:c5");
        }
        machine = readOvf(replaced(good, "slot=\"1\" enabled=\"false\"", "slot=\"1\" enabled=\"true\""));
        QVERIFY(machine && machine->cards[0].mac.empty() && machine->cards[1].mac.empty());
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("xml");
        QTest::addColumn<QString>("said");
        const std::string good = golden("virtualbox.ovf"), esxi = golden("esxi.ovf");
        const auto row = [&](const char* name, const std::string& xml, const char* said) {
            QTest::newRow(name) << qs(xml) << QString(said);
        };
        const auto changed = [&](const char* name, const char* from, const char* to, const char* said) {
            row(name, replaced(good, from, to), said);
        };
        row("nothing", "", "Envelope");
        row("another document", "<domain/>", "Envelope: this is no OVF");
        row("entities", "<!DOCTYPE a [<!ENTITY b 'c'>]>" + good, "Envelope: a document type");
        row("cut off", good.substr(0, good.size() / 2), "Envelope: byte");
        row("too large", good + std::string(kLargestDescriptor, ' '), "Envelope: more than");
        changed("out of the archive", "shop-disk001.vmdk", "../../etc/shadow", "References/File 1/href");
        changed("absolute", "shop-disk001.vmdk", "/etc/shadow", "References/File 1/href");
        changed("dots inside", "shop-disk001.vmdk", "a/../../b", "leads out of the archive");
        changed("a newline", "shop-disk001.vmdk", "a&#10;b", "References/File 1/href");
        changed("fetched", "shop-disk001.vmdk", "http://example/d.vmdk", "is on another machine");
        changed("no such file", "fileRef=\"file2\"", "fileRef=\"file9\"", "DiskSection/Disk 2/fileRef");
        changed("in pieces", "href=\"shop-disk002.vmdk\"", "href=\"x\" ovf:chunkSize=\"7\"", "chunkSize");
        changed("packed otherwise", "href=\"shop-disk002.vmdk\"", "href=\"x\" ovf:compression=\"rar\"", "compression");
        changed("no number", "capacity=\"1073741824\"", "capacity=\"${size}\"", "DiskSection/Disk 2/capacity");
        changed("negative", "capacity=\"1073741824\"", "capacity=\"-1\"", "DiskSection/Disk 2/capacity");
        changed("beyond all", "capacity=\"1073741824\"", "capacity=\"18446744073709551615\"", "64 TiB");
        changed("overflow", "capacity=\"1073741824\"",
                "capacity=\"18446744073709551\" ovf:capacityAllocationUnits=\"byte * 2^40\"", "64 TiB");
        changed("a unit of none", "capacity=\"1073741824\"", "capacity=\"1\" ovf:capacityAllocationUnits=\"parsec\"",
                "capacityAllocationUnits");
        changed("built upon another", "fileRef=\"file2\"", "fileRef=\"file2\" ovf:parentRef=\"vmdisk1\"", "parentRef");
        changed("the same disk", "diskId=\"vmdisk2\"", "diskId=\"vmdisk1\"", "two disks are called vmdisk1");
        changed("the same file", "fileRef=\"file2\"", "fileRef=\"file1\"", "two disks are in the file");
        changed("no such disk", "/disk/vmdisk2", "/disk/vmdisk3", "Item 8/HostResource");
        changed("given twice", "/disk/vmdisk2", "/disk/vmdisk1", "is given to it twice");
        changed("no processor", "<rasd:VirtualQuantity>2<", "<rasd:VirtualQuantity>0<", "Item 1/VirtualQuantity");
        changed("all processors", "<rasd:VirtualQuantity>2<", "<rasd:VirtualQuantity>99999<", "1 to 1024");
        changed("no memory", "<rasd:VirtualQuantity>2048<", "<rasd:VirtualQuantity>0<", "Item 2/VirtualQuantity");
        changed("all memory", "MegaBytes", "byte * 2^60", "Item 2/VirtualQuantity");
        changed("odd memory", "MegaBytes", "byte * 2^99", "Item 2/AllocationUnits");
        changed("no type", "<rasd:ResourceType>5<", "<rasd:ResourceType>x<", "Item 3/ResourceType");
        std::string items, disks;
        for (int i = 0; i < 2000; ++i) {
            items += "<Item><ResourceType>99</ResourceType></Item>";
            disks += "<Disk ovf:diskId=\"more" + std::to_string(i) + "\" ovf:capacity=\"1\"/>";
        }
        row("items", replaced(good, "<Item>", items + "<Item>"), "VirtualHardwareSection: more than 1000");
        row("disks", replaced(good, "</DiskSection>", disks + "</DiskSection>"), "DiskSection: more than 16");
        row("no hardware", "<Envelope><VirtualSystem/></Envelope>", "VirtualHardwareSection");
        row("no machine", "<Envelope/>", "there is no VirtualSystem");
        row("two machines", replaced(good, "<VirtualSystem ", "<VirtualSystem/><VirtualSystem "), "several machines");
        std::string deep;
        for (int i = 0; i < 20000; ++i)
            deep += "<VirtualSystemCollection>";
        for (int i = 0; i < 20000; ++i)
            deep += "</VirtualSystemCollection>";
        row("deep", "<Envelope>" + deep + "</Envelope>", "there is no VirtualSystem");
    }
    void refuses()
    {
        QFETCH(QString, xml);
        QFETCH(QString, said);
        auto machine = readOvf(xml.toStdString());
        QVERIFY(!machine);
        QVERIFY2(qs(machine.error().message).contains(said), machine.error().message.c_str());
        QVERIFY(machine.error().message.size() < 600);
    }

    void units()
    {
        QCOMPARE(ovfUnit("byte * 2^20").value_or(0), uint64_t{1} << 20);
        QCOMPARE(ovfUnit("byte*2^30").value_or(0), uint64_t{1} << 30);
        QCOMPARE(ovfUnit("byte * 1024").value_or(0), uint64_t{1024});
        QCOMPARE(ovfUnit("byte * 10^9").value_or(0), uint64_t{1000000000});
        QCOMPARE(ovfUnit("GB").value_or(0), uint64_t{1} << 30);
        for (const char* none : {"", "byte *", "byte * 2^", "byte * 2^64", "byte * 0", "hertz * 10^6", "byte * 99^63"})
            QVERIFY2(!ovfUnit(none), none);
    }

    void systems()
    {
        const std::pair<const char*, const char*> known[] = {
            {"debian12_64Guest", "http://debian.org/debian/12"},
            {"Ubuntu22_LTS_64", "http://ubuntu.com/ubuntu/22.04"},
            {"windows9Server64Guest", "http://microsoft.com/win/2k16"},
            {"windows2019srvNext_64Guest", "http://microsoft.com/win/2k22"},
            {"windows8_64Guest", "http://microsoft.com/win/8"},
            {"Windows81_64", "http://microsoft.com/win/8.1"},
            {"windows_2019x64", "http://microsoft.com/win/2k19"},
            {"RedHat8_64", "http://redhat.com/rhel/8-unknown"},
            {"sles15_64Guest", "http://suse.com/sle/15-unknown"},
            {"ubuntu64Guest", ""},
            {"Debian_64", ""},
            {"other", ""},
            {"rhel_7_ppc64", ""}};
        for (const auto& [word, id] : known)
            QCOMPARE(qs(osinfoOfWord(word)), id);
        QCOMPARE(qs(osinfoOfCim(96, "12")), "http://debian.org/debian/12");
        QCOMPARE(qs(osinfoOfCim(94, "20.04")), "http://ubuntu.com/ubuntu/20.04");
        QCOMPARE(qs(osinfoOfCim(105, "")), "http://microsoft.com/win/7");
        for (unsigned type : {0U, 94U, 96U, 101U, 113U})
            QCOMPARE(qs(osinfoOfCim(type, "")), "");
    }

    void manifests()
    {
        const std::string one =
            "SHA1(a (b).vmdk)= " + std::string(40, 'A') + "\r\n\nSHA256 (c)= " + std::string(64, '0') + "\n";
        auto digests = readManifest(one);
        QVERIFY(digests && digests->size() == 2);
        QCOMPARE(qs(digests->front().file), "a (b).vmdk");
        QCOMPARE(qs(digests->front().hex), QString(40, 'a'));
        for (const char* bad : {"nonsense", "SHA256(x)= 12", "MD5(x)= 00112233445566778899aabbccddeeff"}) {
            auto refused = readManifest(bad);
            QVERIFY2(!refused && refused.error().field == "manifest", bad);
        }
        QTemporaryDir directory;
        const std::string file = directory.filePath("f").toStdString();
        QVERIFY(writeFileAtomic(file, "abc"));
        const auto never = [] { return false; };
        QVERIFY(checkDigestOf(file, {"SHA1", "f", "a9993e364706816aba3e25717850c26c9cd0d89d"}, never));
        QVERIFY(checkDigestOf(file, {"SHA256", "f", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
                              never));
        auto changed = checkDigestOf(file, {"SHA1", "f", std::string(40, '0')}, never);
        QVERIFY(!changed && changed.error().message.find("f is not what its SHA1 says") != std::string::npos);
        QCOMPARE(checkDigestOf(file, {"SHA1", "f", std::string(40, '0')}, [] { return true; }).error().code,
                 Code::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestOvf)
#include "tst_ovf.moc"
