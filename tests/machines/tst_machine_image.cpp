// A virtual machine's disk as an image: real disks, read by a real machine under TCG, inside tests/support/sandbox.
#include "base/child.h"
#include "base/clock.h"
#include "base/files.h"
#include "images/disk_reader.h"
#include "images/disks.h"
#include "images/images.h"

#include <QtTest>

#include <array>

#include <sys/stat.h>
#include <sys/xattr.h>

using namespace diptych;
using namespace diptych::images;

namespace {
struct Watched : Progress
{
    bool stop = false;
    uint64_t total = 0;
    void report(std::string_view, double, std::string_view) override {}
    void amounts(const std::vector<Part>& parts) override { total = parts.at(0).total; }
    [[nodiscard]] bool cancelled() const override { return stop; }
};

bool shell(const QString& text)
{
    QProcess process;
    process.start("/bin/sh", {"-ec", text});
    const bool good = process.waitForFinished(120000) && process.exitCode() == 0;
    if (!good)
        qInfo() << text << process.readAllStandardError();
    return good;
}
} // namespace

class TestMachineImage : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    Paths m_paths;
    std::unique_ptr<Store> m_store;
    Watched m_progress;

    QString path(const char* name) { return m_directory.filePath(name); }
    /// A tree with what an image must keep.
    bool makeTree(const QString& tree)
    {
        return shell(
            QString(
                "rm -rf %1 && mkdir -p %1/etc %1/usr/bin %1/proc %1/$(printf 'd%.0s' $(seq 120)) && cd %1\n"
                "echo root:x:0:0::/root:/bin/sh >etc/passwd; chmod 0640 etc/passwd; chown 33:70000 etc/passwd\n"
                "head -c 3000001 /dev/urandom >usr/bin/tool; chmod 4755 usr/bin/tool; ln usr/bin/tool usr/bin/same\n"
                "ln -s usr/bin bin; ln -s ../$(printf 'l%.0s' $(seq 150)) etc/long; mkfifo etc/pipe\n"
                "truncate -s 50M etc/sparse; echo middle | dd of=etc/sparse bs=1M seek=20 conv=notrunc status=none\n"
                "echo x >$(printf 'd%.0s' $(seq 120))/$(printf 'n%.0s' $(seq 120)); echo x >etc/ümlaut; "
                "touch -d '2001-02-03 04:05:06' etc/passwd")
                .arg(tree));
    }
    Result<Image> commit(const QString& disk, const std::string& format = "raw", const std::string& base = {})
    {
        Config config;
        config.command = {"/bin/sh"};
        return m_store->commitDisk({disk.toStdString(), format, base}, config, "system:1", "by hand", m_progress);
    }
    void compareWithTree(const Image& image, const QString& tree)
    {
        auto layers = m_store->unpack(image, m_progress);
        QVERIFY(layers && layers->size() == 1);
        const QString there = QString::fromStdString(layers->front());
        QVERIFY(
            shell(QString("for d in %1 %2; do (cd $d; find . -printf '%P %y %m %U:%G %n %l\\n' | grep -v ^lost+found | "
                          "sed 's/^ .*//' | sort) >$d.list; done; cmp %1.list %2.list; rm %2.list\n"
                          "diff -r --no-dereference -x pipe -x lost+found %1 %2")
                      .arg(tree, there)));
        QVERIFY(shell(QString("test $(stat -c %b %1/etc/sparse) -lt 2000 && test $(stat -c %Y %1/etc/passwd) = "
                              "$(stat -c %Y %2/etc/passwd) && test $(stat -c %i %1/usr/bin/tool) = $(stat -c %i "
                              "%1/usr/bin/same)")
                          .arg(there, tree)));
        char value[16];
        QCOMPARE(::getxattr((layers->front() + "/usr/bin/tool").c_str(), "user.note", value, sizeof value), 5);
    }
    bool nothingLeft() { return listDirectory(m_paths.images() + "/staging")->empty(); }

private slots:
    void initTestCase()
    {
        if (!getenv("DIPTYCH_SANDBOX"))
            QSKIP("runs inside tests/support/sandbox only");
        if (!exists("/usr/bin/qemu-system-x86_64") || findProgram("qemu-img").empty())
            QSKIP("QEMU is not installed");
        const char* given = getenv("DIPTYCH_KERNELS");
        const std::string kernels = given ? given : DIPTYCH_SOURCE "/.build/kernels";
        m_paths.guest = DIPTYCH_BIN "/diptych-guest";
        m_paths.state = path("state").toStdString();
        QVERIFY(makeDirectories(m_paths.state));
        if (!findKernel(m_paths)) {
            if (!exists(kernels))
                QSKIP("no kernel for guests: installer/fetch-kernel .build/kernels");
            QVERIFY(shell(QString("cp -a '%1' '%2'").arg(kernels.c_str(), m_paths.kernels().c_str())));
        }
        auto store = Store::open(m_paths);
        QVERIFY(store.has_value());
        m_store = std::move(*store);
        QVERIFY(makeTree(path("tree")));
        QCOMPARE(::setxattr(path("tree/usr/bin/tool").toUtf8(), "user.note", "hello", 5, 0), 0);
    }
    void cleanup()
    {
        m_progress.stop = false;
        QVERIFY(!m_store || nothingLeft());
    }

    void readsAWholeDisk()
    {
        QVERIFY(shell(QString("mke2fs -q -t ext4 -d %1 %2 200M && qemu-img create -q -f qcow2 -b %2 -F raw %3")
                          .arg(path("tree"), path("whole.raw"), path("over.qcow2"))));
        // As a twin has it: an overlay whose base is said by us.
        auto image = commit(path("over.qcow2"), "qcow2", path("whole.raw").toStdString());
        QVERIFY2(image.has_value(), image ? "" : image.error().message.c_str());
        QCOMPARE(image->config.command, std::vector<std::string>{"/bin/sh"});
        QVERIFY(m_progress.total > 3000000);
        compareWithTree(*image, path("tree"));
        auto seen = m_store->inspect("system:1");
        QVERIFY(seen && seen->history.size() == 1);
        QCOMPARE(seen->history[0].comment, std::string("by hand"));
        QVERIFY(m_store->remove("system:1"));
    }

    void readsAPartition()
    {
        // A FAT partition, a file system that is no root, and the root; the table as a PC has it.
        QVERIFY(shell(QString("cd %1; truncate -s 300M parts.raw; truncate -s 32M esp; mke2fs -q -t ext3 data 40M; "
                              "printf FAT32 | dd of=esp bs=1 seek=82 conv=notrunc status=none; "
                              "mke2fs -q -t ext4 -d tree root 200M\n"
                              "put() { dd if=$1 of=parts.raw bs=1M seek=$2 conv=notrunc,sparse status=none; }\n"
                              "put esp 1; put data 33; put root 73")
                          .arg(m_directory.path())));
        QByteArray table(66, '\0');
        const std::array<std::pair<uint32_t, uint32_t>, 3> parts{{{1, 32}, {33, 40}, {73, 200}}}; // from and size, MiB
        for (size_t i = 0; i < parts.size(); ++i) {
            const uint32_t sectors[] = {parts[i].first * 2048, parts[i].second * 2048};
            table[int(i) * 16 + 4] = '\x83';
            memcpy(table.data() + i * 16 + 8, sectors, sizeof sectors);
        }
        table.replace(64, 2, "\x55\xaa");
        QFile disk(path("parts.raw"));
        QVERIFY(disk.open(QIODevice::ReadWrite) && disk.seek(446) && disk.write(table) == table.size());
        disk.close();
        auto image = commit(path("parts.raw"));
        QVERIFY2(image.has_value(), image ? "" : image.error().message.c_str());
        compareWithTree(*image, path("tree"));
        QVERIFY(m_store->remove("system:1"));
    }

    void saysWhatItCannotRead_data()
    {
        QTest::addColumn<QString>("make");
        QTest::addColumn<QString>("says");
        QTest::newRow("nothing") << "truncate -s 20M bad.raw"
                                 << "no file system that is known";
        QTest::newRow("XFS") << "truncate -s 20M bad.raw; printf XFSB | dd of=bad.raw conv=notrunc status=none"
                             << "this disk has vda XFS";
        QTest::newRow("usr elsewhere") << "mkdir -p half/etc half/usr; printf '# x\\nUUID=1-2 / ext4 defaults 0 1\\n"
                                          "/dev/vdb1\\t/usr ext4\\nUUID=3 /boot vfat\\n' >half/etc/fstab; "
                                          "mke2fs -q -t ext4 -d half bad.raw 20M"
                                       << "keeps /usr on another file system";
        QTest::newRow("damaged")
            << "mke2fs -q -t ext4 -d tree bad.raw 100M; "
               "head -c 20000000 /dev/urandom | dd of=bad.raw bs=1k seek=2 conv=notrunc status=none"
            << "";
    }
    void saysWhatItCannotRead()
    {
        QFETCH(QString, make);
        QFETCH(QString, says);
        QVERIFY(shell(QString("cd %1; rm -rf bad.raw; %2").arg(m_directory.path(), make)));
        auto image = commit(path("bad.raw"));
        QVERIFY(!image);
        QVERIFY2(QString::fromStdString(image.error().message).contains(says), image.error().message.c_str());
        QVERIFY(m_store->list()->empty());
    }

    void isCancelled()
    {
        m_progress.stop = true;
        QCOMPARE(commit(path("whole.raw")).error().code, Code::Cancelled);
    }

    void believesNoRecord()
    {
        QVERIFY(!diskReadingFrom("").whole);
        QVERIFY(!diskReadingFrom("{\"event\":\"exit\",\"exitCode\":1}\n").whole);
        QVERIFY(!diskReadingFrom("{\"event\":\"exit\"}\nexit\n[]\n{\"event\":5}").whole);
        auto reading =
            diskReadingFrom("{\"event\":\"found\",\"bytes\":7}\n{\"event\":\"refused\",\"reason\":\"a\\u001b[31mb\"}"
                            "\n{\"event\":\"exit\",\"exitCode\":0}\n");
        QVERIFY(reading.whole);
        QCOMPARE(reading.bytes, uint64_t{7});
        QCOMPARE(reading.refused, std::string("a[31mb"));
    }
};

QTEST_GUILESS_MAIN(TestMachineImage)
#include "tst_machine_image.moc"
