// Disks of strangers: what each format is taken for, what is refused, and that nothing is left of what was; OVA there
// and back. qemu-img writes them, and reads ours.
#include "base/files.h"
#include "images/disks.h"
#include "images/ovf.h"
#include "images/ovf_read.h"
#include "support/programs.h"
#include "support/quiet.h"

#include <QtTest>

#include <filesystem>
#include <unistd.h>

using namespace diptych;
using namespace diptych::images;
using namespace diptych::test;

class TestDisks : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    std::unique_ptr<Disks> m_disks;
    Quiet m_progress;
    std::vector<std::optional<Disk>> m_drives; ///< of takeMachine()

    std::string path(const std::string& name) { return m_directory.filePath(qs(name)).toStdString(); }
    std::string arrived(const std::string& from)
    {
        std::string file = *m_disks->temporaryFile();
        std::filesystem::copy_file(from, file);
        return file;
    }
    Result<std::vector<Disk>> take(const std::string& from, const std::string& name,
                                   std::optional<DiskFormat> format = {})
    {
        return m_disks->import(arrived(from), name, format, m_progress);
    }
    /// 64 MiB with a boot sector and some content.
    std::string rawDisk()
    {
        std::string file = path("disk.raw"), bytes(size_t{1} << 20, '\0');
        bytes.replace(510, 2, "\x55\xaa");
        bytes.replace(4096, 6, "hello!");
        (void)writeFileAtomic(file, bytes);
        std::filesystem::resize_file(file, uintmax_t{64} << 20);
        return file;
    }
    std::string made(const char* format, const QStringList& more = {})
    {
        std::string to = path(std::string("made.") + format);
        (void)removeTree(to);
        return runProgram("qemu-img",
                          QStringList{"convert", "-f", "raw", "-O", format} + more + QStringList{qs(rawDisk()), qs(to)})
                   ? to
                   : std::string();
    }

    /// A machine of three disks (a VMDK, one packed, one that begins empty) and two CD drives, the second with a CD,
    /// its digests, in a tar. broken: done in its directory before it is packed.
    std::string machineArchive(const QString& broken = {})
    {
        static int count = 0;
        const QString at = qs(path("ova-" + std::to_string(++count)));
        QDir().mkpath(at);
        const std::string raw = rawDisk();
        const QString script =
            QString(
                "set -e; cd %1; qemu-img convert -O vmdk -o subformat=streamOptimized -f raw %2 a.vmdk; "
                "qemu-img convert -O vmdk -o subformat=streamOptimized -f raw %2 b.vmdk; gzip b.vmdk; "
                "truncate -s 40960 c.iso; printf '\\1CD001' | dd of=c.iso bs=1 seek=32768 conv=notrunc status=none; "
                "s=$(stat -c %s a.vmdk); sed -i \"s/SIZE/$s/\" m.ovf; "
                "for f in m.ovf a.vmdk b.vmdk.gz c.iso; do echo \"SHA1($f)= $(sha1sum <$f | cut -d' ' -f1)\"; done "
                ">m.mf; "
                "%3; tar --format=ustar -cf m.ova m.ovf m.mf *.vmdk *.gz *.iso")
                .arg(at, qs(raw), broken.isEmpty() ? QString("true") : broken);
        const std::string ovf = R"(<Envelope xmlns:ovf="o" xmlns:rasd="r"><References>
<File ovf:id="f1" ovf:href="a.vmdk" ovf:size="SIZE"/>
<File ovf:id="f2" ovf:href="b.vmdk.gz" ovf:compression="gzip"/>
<File ovf:id="f3" ovf:href="c.iso"/></References>
<DiskSection><Disk ovf:diskId="d1" ovf:fileRef="f1" ovf:capacity="64" ovf:capacityAllocationUnits="byte * 2^20"/>
<Disk ovf:diskId="d2" ovf:fileRef="f2" ovf:capacity="67108864"/>
<Disk ovf:diskId="d3" ovf:capacity="1048576"/></DiskSection>
<VirtualSystem ovf:id="m"><VirtualHardwareSection>
<Item><rasd:InstanceID>5</rasd:InstanceID><rasd:ResourceType>6</rasd:ResourceType></Item>
<Item><rasd:InstanceID>6</rasd:InstanceID><rasd:ResourceType>15</rasd:ResourceType></Item>
<Item><rasd:InstanceID>7</rasd:InstanceID><rasd:ResourceType>15</rasd:ResourceType>
<rasd:HostResource>ovf:/file/f3</rasd:HostResource></Item>)";
        std::string items;
        for (int i = 1; i <= 3; ++i)
            items +=
                fmt::format("<Item><rasd:InstanceID>1{0}</rasd:InstanceID><rasd:ResourceType>17</rasd:ResourceType>"
                            "<rasd:Parent>5</rasd:Parent><rasd:AddressOnParent>{0}</rasd:AddressOnParent>"
                            "<rasd:HostResource>ovf:/disk/d{0}</rasd:HostResource></Item>",
                            i);
        (void)writeFileAtomic((at + "/m.ovf").toStdString(),
                              ovf + items + "</VirtualHardwareSection></VirtualSystem></Envelope>");
        return runProgram("bash", {"-c", script}) ? (at + "/m.ova").toStdString() : std::string();
    }
    Result<Json> takeMachine(const std::string& archive, std::vector<Disk>* got, bool fails = false)
    {
        return m_disks->importMachine(
            arrived(archive), "m",
            [&](const ImportedMachine& machine) -> Result<Json> {
                *got = machine.disks;
                m_drives = machine.drives;
                return fails ? Result<Json>(fail(Code::Failed, "no machine")) : Result<Json>(Json{{"ids", {"x"}}});
            },
            m_progress);
    }

private slots:
    void init()
    {
        if (::geteuid() != 0)
            QSKIP("qemu-img is enclosed by root only");
        if (QStandardPaths::findExecutable("qemu-img").isEmpty())
            QSKIP("qemu-img is not installed");
        (void)removeTree(path("pool"));
        m_disks = std::make_unique<Disks>(path("pool"), path("staging"));
    }
    void cleanup()
    {
        // Whatever happened, nothing is half made.
        QVERIFY(!m_disks || listDirectory(path("staging"))->empty());
    }

    void takesEachFormat_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QStringList>("options");
        QTest::newRow("raw") << "raw" << QStringList();
        QTest::newRow("qcow2") << "qcow2" << QStringList();
        QTest::newRow("qcow2, compressed") << "qcow2" << QStringList{"-c"};
        QTest::newRow("qcow2, old") << "qcow2" << QStringList{"-o", "compat=0.10"};
        QTest::newRow("vmdk") << "vmdk" << QStringList();
        QTest::newRow("vmdk, stream") << "vmdk" << QStringList{"-o", "subformat=streamOptimized"};
        QTest::newRow("vdi") << "vdi" << QStringList();
        QTest::newRow("vdi, fixed") << "vdi" << QStringList{"-o", "static=on"};
        QTest::newRow("vhdx") << "vhdx" << QStringList();
    }
    void takesEachFormat()
    {
        QFETCH(QString, format);
        QFETCH(QStringList, options);
        std::string file = made(format.toLatin1().constData(), options);
        QVERIFY(!file.empty());
        auto disks = take(file, "web");
        QVERIFY2(disks.has_value(), disks ? "" : disks.error().message.c_str());
        QCOMPARE(disks->size(), size_t{1});
        QCOMPARE(disks->front().capacity, uint64_t{64} << 20);
        QVERIFY(
            runProgram("qemu-img", {"compare", "-f", "raw", "-F", "qcow2", qs(rawDisk()), qs(disks->front().path)}));
        QCOMPARE(take(file, "web").error().code, Code::Exists);
        QCOMPARE(take(file, "other", DiskFormat::Ova).error().field, std::string("format"));
        QCOMPARE(m_disks->list()->size(), size_t{1});
        QVERIFY(m_disks->remove("web"));
        QVERIFY(m_disks->list()->empty());
    }

    void takesIso()
    {
        std::string file = path("cd.iso"), bytes(size_t{1} << 20, '\0');
        bytes.replace(0x8000, 6,
                      "\x01"
                      "CD001");
        QVERIFY(writeFileAtomic(file, bytes));
        auto disks = take(file, "cd");
        QVERIFY2(disks.has_value(), disks ? "" : disks.error().message.c_str());
        QVERIFY(disks->front().format == DiskFormat::Iso);
        QCOMPARE(*readFile(disks->front().path), bytes);
    }

    void refusesHarm_data()
    {
        QTest::addColumn<QStringList>("make");
        QTest::addColumn<QString>("says");
        const QString raw = "%raw", out = "%out";
        QTest::newRow("backing file") << QStringList{"create", "-f", "qcow2", "-b", "/etc/passwd", "-F", "raw", out}
                                      << "needs another";
        QTest::newRow("data file")
            << QStringList{"create", "-f", "qcow2", "-o", "data_file=/%out.data,data_file_raw=on", out, "1M"}
            << "another file";
        QTest::newRow("too large") << QStringList{"create", "-f", "qcow2", "-o", "cluster_size=2M", out, "65T"}
                                   << "more than";
        QTest::newRow("vmdk of several files")
            << QStringList{"convert", "-f", "raw", "-O", "vmdk", "-o", "subformat=twoGbMaxExtentSparse", raw, out}
            << "names other files";
        QTest::newRow("vmdk of a flat file")
            << QStringList{"convert", "-f", "raw", "-O", "vmdk", "-o", "subformat=monolithicFlat", raw, out}
            << "names other files";
    }
    void refusesHarm()
    {
        QFETCH(QStringList, make);
        QFETCH(QString, says);
        std::string out = path("harm");
        for (const auto& entry : std::filesystem::directory_iterator(path("")))
            if (entry.path().filename().string().starts_with("harm"))
                std::filesystem::remove(entry.path());
        make.replaceInStrings("/%out", qs(out))
            .replaceInStrings("%out", qs(out))
            .replaceInStrings("%raw", qs(rawDisk()));
        QVERIFY(runProgram("qemu-img", make));
        auto disks = take(out, "harm");
        QVERIFY(!disks);
        QVERIFY2(qs(disks.error().message).contains(says), disks.error().message.c_str());
        QVERIFY(m_disks->list()->empty());
    }

    void refusesByTheHeader()
    {
        auto refused = [](std::string bytes) { return !recognizeDisk(bytes.append(kDiskHead, '\0'), 1 << 20); };
        std::string qcow(112, '\0');
        qcow.replace(0, 8, std::string("QFI\xfb\0\0\0\x03", 8));
        qcow[31] = 1; // one byte large
        QVERIFY(!refused(qcow));
        for (const auto& [at, value] : {std::pair<size_t, char>{15, 1}, {35, 1}, {79, 4}, {79, 2}, {7, 9}, {24, 127}}) {
            std::string bad = qcow;
            bad[at] = value;
            QVERIFY2(refused(bad), std::to_string(at).c_str());
        }
        QVERIFY(refused("# Disk DescriptorFile\nRW 1 FLAT \"/etc/shadow\" 0\n"));
        QVERIFY(refused("some text"));
        QVERIFY(refused(""));
        QVERIFY(recognizeDisk("", 0).error().code == Code::NotSupported);
        // qemu-img's own look agrees with ours, where ours is deceived: a header that says less than there is.
        std::string cut = made("qcow2");
        std::filesystem::resize_file(cut, 70000);
        QVERIFY(!take(cut, "cut"));
    }

    void namesAreChecked()
    {
        std::string file = rawDisk();
        for (const char* name : {"", "../x", "-x", "a/b", ".x"})
            QVERIFY2(!take(file, name), name);
        QVERIFY(!m_disks->remove("../pool"));
        QVERIFY(take(file, "fine.name-1").has_value());
    }

    void appliances()
    {
        std::string file = made("qcow2");
        const Appliance about{"web", 2, uint64_t{512} << 20, "<domain/>"};
        auto ova = m_disks->exportAppliance({file, "qcow2", {}}, about, DiskFormat::Ova, m_progress);
        QVERIFY2(ova.has_value(), ova ? "" : ova.error().message.c_str());
        QByteArray names;
        QVERIFY(runProgram("tar", {"-tf", qs(*ova)}, &names));
        QCOMPARE(names, QByteArray("web.ovf\nweb-disk1.vmdk\nweb.mf\n"));
        QVERIFY(runProgram(
            "bash",
            {"-c", QString("cd $(mktemp -d) && tar -xf %1 && sed 's/SHA256(\\(.*\\))= \\(.*\\)/\\2  \\1/' web.mf | "
                           "sha256sum -c --quiet && rm -r $PWD")
                       .arg(qs(*ova))}));
        auto back = m_disks->import(*ova, "back", {}, m_progress);
        QVERIFY2(back.has_value(), back ? "" : back.error().message.c_str());
        QVERIFY(runProgram("qemu-img", {"compare", "-f", "raw", "-F", "qcow2", qs(rawDisk()), qs(back->front().path)}));

        auto bundle = m_disks->exportAppliance({file, "qcow2", {}}, about, DiskFormat::Qcow2, m_progress);
        QVERIFY2(bundle.has_value(), bundle ? "" : bundle.error().message.c_str());
        QVERIFY(runProgram("tar", {"-tf", qs(*bundle)}, &names));
        QCOMPARE(names, QByteArray("web.xml\nweb.qcow2\n"));
        (void)removeTree(std::filesystem::path(*bundle).parent_path());

        // An overlay is flattened, by the chain that we say: what its header names is not opened.
        std::string overlay = path("overlay.qcow2"), base = rawDisk();
        QVERIFY(runProgram("qemu-img", {"create", "-f", "qcow2", "-b", qs(base), "-F", "raw", qs(overlay)}));
        QVERIFY(runProgram("qemu-img", {"rebase", "-u", "-b", "/etc/passwd", "-F", "raw", qs(overlay)}));
        auto flat = m_disks->exportDisk({overlay, "qcow2", base}, DiskFormat::Vmdk, m_progress);
        QVERIFY2(flat.has_value(), flat ? "" : flat.error().message.c_str());
        QVERIFY(runProgram("qemu-img", {"compare", "-f", "raw", "-F", "vmdk", qs(base), qs(*flat)}));
        (void)removeTree(std::filesystem::path(*flat).parent_path());

        m_progress.stop = true;
        QCOMPARE(m_disks->exportDisk({file, "qcow2", {}}, DiskFormat::Raw, m_progress).error().code, Code::Cancelled);
        m_progress.stop = false;
    }

    void machines()
    {
        const std::string archive = machineArchive();
        QVERIFY(!archive.empty());
        std::vector<Disk> disks;
        auto made = takeMachine(archive, &disks);
        QVERIFY2(made.has_value(), made ? "" : made.error().message.c_str());
        QCOMPARE(disks.size(), size_t{3});
        QCOMPARE(disks[2].name, std::string("m-3"));
        QCOMPARE(disks[2].capacity, uint64_t{1} << 20);
        for (int i : {0, 1})
            QVERIFY(runProgram("qemu-img", {"compare", "-f", "raw", "-F", "qcow2", qs(rawDisk()), qs(disks[i].path)}));
        QVERIFY(listDirectory(path("staging.making"))->empty());
        QVERIFY(m_drives.size() == 2 && !m_drives[0] && m_drives[1]);
        QVERIFY(m_drives[1]->name == "m-cd" && m_drives[1]->format == DiskFormat::Iso);
        QCOMPARE(m_drives[1]->capacity, uint64_t{40960});
        QCOMPARE(takeMachine(archive, &disks).error().code, Code::Exists);
        for (const char* name : {"m", "m-2", "m-3"})
            QVERIFY(m_disks->remove(name));
        QCOMPARE(takeMachine(archive, &disks).error().message, std::string("there is a disk m-cd already"));
        QVERIFY(m_disks->remove("m-cd"));
    }

    void nothingStaysOfAMachine_data()
    {
        QTest::addColumn<QString>("broken");
        QTest::addColumn<QString>("said");
        QTest::newRow("changed") << "printf x | dd of=a.vmdk bs=1 seek=200000 conv=notrunc status=none"
                                 << "a.vmdk is not what its SHA1 says";
        QTest::newRow("its descriptor changed") << "sed -i s/d3/d4/g m.ovf"
                                                << "m.ovf is not what its SHA1 says";
        QTest::newRow("cut off") << "rm m.mf; touch m.mf; truncate -s 4096 a.vmdk"
                                 << "References/File/size";
        QTest::newRow("missing") << "rm b.vmdk.gz; touch x.gz; sed -i /b.vmdk/d m.mf"
                                 << "b.vmdk.gz is not in the archive";
        QTest::newRow("no CD") << "rm m.mf; touch m.mf; echo nothing >c.iso"
                               << "c.iso of the OVA is no image of a CD";
        QTest::newRow("packed no more") << "rm m.mf; touch m.mf; echo nothing >b.vmdk.gz"
                                        << "not in gzip format";
        QTest::newRow("a disk that lies") << "rm m.mf; touch m.mf; sed -i s/67108864/1048576/ m.ovf"
                                          << "DiskSection/Disk/capacity: b.vmdk.gz has 67108864 bytes";
    }
    void nothingStaysOfAMachine()
    {
        QFETCH(QString, broken);
        QFETCH(QString, said);
        const std::string archive = machineArchive(broken);
        QVERIFY(!archive.empty());
        std::vector<Disk> disks;
        auto made = takeMachine(archive, &disks);
        QVERIFY(!made);
        QVERIFY2(qs(made.error().message).contains(said), made.error().message.c_str());
        QVERIFY(m_disks->list()->empty() && disks.empty());
        QVERIFY(listDirectory(path("staging.making"))->empty());
    }

    void aMachineThatIsNotMadeLeavesNoDisk()
    {
        const std::string archive = machineArchive();
        std::vector<Disk> disks;
        QCOMPARE(takeMachine(archive, &disks, true).error().message, std::string("no machine"));
        QVERIFY(disks.size() == 3 && m_drives.size() == 2 && m_disks->list()->empty());
        m_progress.stop = true;
        QCOMPARE(takeMachine(archive, &disks).error().code, Code::Cancelled);
        m_progress.stop = false;
        QVERIFY(m_disks->list()->empty());
        // A helper that is killed while the machine is being made: the next one knows what it named.
        QVERIFY(m_disks->importMachine(
            arrived(archive), "m",
            [&](const ImportedMachine&) -> Result<Json> {
                Disks next(path("pool"), path("staging"));
                if (next.list()->size() != 4)
                    return fail(Code::Failed, "they are not there");
                next.dropUnfinished([](const std::string&) -> Result<bool> { return fail(Code::Failed, "asleep"); });
                if (next.list()->size() != 4)
                    return fail(Code::Failed, "gone, and nobody knew whether they are used");
                next.dropUnfinished([&](const std::string&) -> Result<bool> { return false; });
                if (!next.list()->empty() || !listDirectory(path("staging.making"))->empty())
                    return fail(Code::Failed, "something stayed");
                return Json{};
            },
            m_progress));
        // Its machine was there after all.
        QVERIFY(m_disks->importMachine(
            arrived(archive), "m",
            [&](const ImportedMachine&) -> Result<Json> {
                Disks next(path("pool"), path("staging"));
                next.dropUnfinished(
                    [](const std::string& file) -> Result<bool> { return file.ends_with("m-2.qcow2"); });
                return next.list()->size() == 4 ? Result<Json>(Json{}) : Result<Json>(fail(Code::Failed, "gone"));
            },
            m_progress));
        QCOMPARE(m_disks->list()->size(), size_t{4});
    }

    void descriptors()
    {
        QVERIFY(!ovfDrives(""));
        QVERIFY(!ovfDrives("<Envelope/>"));
        auto disks = ovfDrives(writeOvf("a \"<b>", 1, 1 << 20, {"d.vmdk", 5, 6}));
        QVERIFY(disks && disks->size() == 1 && disks->front().file == "d.vmdk");
        auto machine = readOvf(writeOvf("a \"<b>", 3, 5 << 20, {"d.vmdk", 5, 6}));
        QVERIFY(machine && machine->name == "a \"<b>" && machine->cpus == 3 && machine->memory == 5 << 20);
        QCOMPARE(machine->disks.front().bus, std::string("sata"));
        QCOMPARE(machine->cards.size(), size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestDisks)
#include "tst_disks.moc"
