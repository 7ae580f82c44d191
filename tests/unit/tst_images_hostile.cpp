// Archives that mean harm, line by line as C1 to C12 of the security bar; and that who reads them can do nothing else.
#include "base/files.h"
#include "base/sanitized.h"
#include "images/archive.h"
#include "images/digest.h"
#include "images/images.h"
#include "images/layer.h"
#include "images/layout.h"
#include "images/unpacker.h"
#include "support/hostile_tars.h"
#include "support/programs.h"
#include "support/quiet.h"

#include <QtTest>

#include <cstdlib>
#include <set>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <thread>
#include <unistd.h>

using namespace diptych;
using namespace diptych::images;
using namespace diptych::test;

namespace {
/// Everything below, sorted, without the directory itself.
std::set<std::string> namesBelow(const std::string& directory)
{
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory))
        names.insert(std::filesystem::relative(entry.path(), directory).string());
    return names;
}
} // namespace

class TestImagesHostile : public QObject
{
    Q_OBJECT

    // In memory: what is synced there does not wait for everybody else's disk.
    QTemporaryDir m_directory{QFile::exists("/dev/shm") ? "/dev/shm/tst_images_hostile-XXXXXX" : QString()};
    Quiet m_progress;

    std::string path(const std::string& name) { return m_directory.filePath(qs(name)).toStdString(); }

    Status unpackBytes(const std::string& blob, const std::string& tar, const std::string& to, LayerLimits limits = {})
    {
        std::string file = path("blob");
        (void)writeFileAtomic(file, blob);
        (void)removeTree(to);
        (void)makeDirectories(to);
        return unpackLayer({file, digestOf(blob), blob.size(), digestOf(tar)}, to, limits, {});
    }
    Status unpackTar(std::string tar, const std::string& to, LayerLimits limits = {})
    {
        tar.append(1024, '\0');
        return unpackBytes(tar, tar, to, limits);
    }
    std::string compressed(const char* program, const std::string& bytes)
    {
        std::string file = path("plain");
        (void)writeFileAtomic(file, bytes);
        QByteArray out;
        return runProgram(QLatin1String(program), {QLatin1String("-c"), qs(file)}, &out) ? out.toStdString() : "";
    }

private slots:
    void init()
    {
        QVERIFY(m_directory.isValid());
        if (::geteuid() != 0)
            QSKIP("layers are unpacked by root only");
    }

    // Nothing of these may be outside of the layer's directory, and the refused ones are errors.
    void layers_data()
    {
        QTest::addColumn<int>("index");
        const auto all = hostileTars();
        for (size_t i = 0; i < all.size(); ++i)
            QTest::newRow(all[i].name) << int(i);
    }
    void layers()
    {
        QFETCH(int, index);
        const HostileTar one = hostileTars().at(static_cast<size_t>(index));
        std::string around = path("around"), to = around + "/layer";
        (void)makeDirectories(around);
        (void)writeFileAtomic(around + "/sentinel", "untouched", 0600);
        Status status = one.end ? unpackTar(one.tar, to) : unpackBytes(one.tar, one.tar, to);
        if (status.has_value() != one.accepted)
            qInfo() << (status ? "accepted" : status.error().message.c_str());
        QCOMPARE(status.has_value(), one.accepted);
        QVERIFY(status || !status.error().message.empty());
        // It was refused by what was read, not because who read it died.
        QVERIFY(status || status.error().message.find("ended by signal") == std::string::npos);
        QCOMPARE(*readFile(around + "/sentinel"), std::string("untouched"));
        QCOMPARE(listDirectory(around)->size(), size_t{2});
        struct stat st
        {
        };
        QVERIFY(::lstat((around + "/sentinel").c_str(), &st) == 0 && st.st_nlink == 1 && (st.st_mode & 07777) == 0600);
        QVERIFY(::getxattr(around.c_str(), "trusted.overlay.opaque", nullptr, 0) < 0);
        QVERIFY(!exists("/sentinel"));
        if (!status)
            return;
        for (const std::string& name : namesBelow(to)) {
            QVERIFY2(name.find(".wh.") == std::string::npos, name.c_str());
            QVERIFY(::lstat((to + "/" + name).c_str(), &st) == 0);
            // Whiteouts, as overlayfs has them, are all the devices that there are.
            QVERIFY2(!S_ISBLK(st.st_mode) && (!S_ISCHR(st.st_mode) || st.st_rdev == 0), name.c_str());
            for (const char* attribute :
                 {"trusted.overlay.metacopy", "trusted.overlay.redirect", "user.overlay.redirect", "security.selinux"})
                QVERIFY2(::lgetxattr((to + "/" + name).c_str(), attribute, nullptr, 0) < 0, attribute);
        }
        if (std::string_view(one.name).find("xattr") != std::string_view::npos)
            QVERIFY(::lgetxattr((to + "/d").c_str(), "trusted.overlay.opaque", nullptr, 0) < 0);
        if (::lstat((to + "/c").c_str(), &st) == 0)
            QFAIL("a device was made");
    }

    // C9
    void bombs()
    {
        std::string zeros(size_t{16} << 20, '\0');
        std::string tar = entry("zeros", '0', zeros) + std::string(1024, '\0');
        std::string to = path("bomb");
        LayerLimits limits;
        limits.bytes = uint64_t{8} << 20;
        for (const char* program : {"gzip", "zstd"}) {
            std::string packed = compressed(program, tar);
            QVERIFY2(!packed.empty(), program);
            Status refused = unpackBytes(packed, tar, to, limits);
            QVERIFY2(!refused && refused.error().message.find("more than is allowed") != std::string::npos, program);
            limits = {};
            limits.ratio = 100;
            QVERIFY2(!unpackBytes(packed, tar, to, limits), program);
            limits = {};
            limits.bytes = uint64_t{8} << 20;
        }
        // A stream that wants more memory than there is for it: 2 GiB of window.
        (void)writeFileAtomic(path("plain"), tar);
        QByteArray wide;
        if (runProgram(QStringLiteral("zstd"),
                       {QStringLiteral("--ultra"), QStringLiteral("-22"), QStringLiteral("--long=31"),
                        QStringLiteral("-c"), qs(path("plain"))},
                       &wide))
            QVERIFY(!unpackBytes(wide.toStdString(), tar, to));
        // xz, bzip2, lz4: not for layers.
        for (const char* program : {"xz", "bzip2"})
            if (std::string packed = compressed(program, tar); !packed.empty())
                QVERIFY2(!unpackBytes(packed, tar, to), program);
        // Compression within compression is no tar.
        QVERIFY(!unpackBytes(compressed("gzip", compressed("gzip", tar)), compressed("gzip", tar), to));
    }

    // Blocks that are not there take no room, but their size counts.
    void sparseFiles()
    {
        std::string header = paxRecord("GNU.sparse.major", "1") + paxRecord("GNU.sparse.minor", "0") +
                             paxRecord("GNU.sparse.name", "sparse") + paxRecord("GNU.sparse.realsize", "1000000000000");
        std::string body = "1\n1000000000000\n0\n";
        body.resize(512, '\0');
        Status status = unpackTar(entry("pax", 'x', header) + entry("x", '0', body), path("sparse"));
        QVERIFY2(!status, "a terabyte in a block was taken");
    }

    void aHundredThousandFiles()
    {
        std::string tar;
        for (int i = 0; i < 100000; ++i)
            tar += entry(fmt::format("d{}/f{}", i % 100, i), '0');
        QElapsedTimer timer;
        timer.start();
        QVERIFY(unpackTar(tar, path("many")));
        qInfo("100,000 files took %lld ms", static_cast<long long>(timer.elapsed()));
        LayerLimits limits;
        limits.entries = 1000;
        QVERIFY(!unpackTar(tar, path("many"), limits));
    }

    // C10: what we make of a tar is what tar, bsdtar, Python and umoci make of it.
    void readersAgree_data()
    {
        QTest::addColumn<QByteArray>("tar");
        auto row = [](const char* name, const std::string& tar) {
            QTest::newRow(name) << QByteArray::fromStdString(tar);
        };
        const std::string inner = entry("smuggled", '0', "x"), x = "12345";
        // The pax size is what counts for skipping: what follows is content, not a header (CVE-2025-62518).
        std::string hidden = inner;
        row("pax size over ustar's",
            pax("size", std::to_string(hidden.size())) + entry("f", '0', hidden, {}, 0644, 0) + entry("after", '0', x));
        row("long name", entry("././@LongLink", 'L', std::string("gnu\0", 4)) + entry("plain", '0', x));
        row("pax, then directory", pax("path", "named") + entry("d", '5') + entry("e", '0', x));
        row("prefix", [] {
            std::string e = entry("name", '0', "x");
            e.replace(345, 6, "prefix");
            unsigned sum = 0;
            for (size_t i = 0; i < 512; ++i)
                sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(e[i]);
            e.replace(148, 6, fmt::format("{:06o}", sum));
            return e;
        }());
        row("old header", entry("old", '\0', x) + entry("dir/", '\0'));
        row("unicode", pax("path", "na\xc3\xafve/\xe5\xad\x97") + entry("x", '0', x));
        row("link", entry("f", '0', x) + entry("l", '2', {}, "f") + entry("h", '1', {}, "f"));
        row("zeros between", entry("a", '0', x) + std::string(1024, '\0') + entry("b", '0', x));
    }
    void readersAgree()
    {
        QFETCH(QByteArray, tar);
        std::string bytes = tar.toStdString() + std::string(10240, '\0'), file = path("agree.tar");
        QVERIFY(writeFileAtomic(file, bytes));
        std::string ours = path("agree-ours");
        Status status = unpackBytes(bytes, bytes, ours);
        QVERIFY2(status.has_value(), status ? "" : status.error().message.c_str());
        const auto mine = namesBelow(ours);
        const std::vector<std::pair<const char*, QStringList>> others{
            {"tar", {QStringLiteral("-xf"), qs(file), QStringLiteral("-C")}},
            {"bsdtar", {QStringLiteral("-xf"), qs(file), QStringLiteral("-C")}},
            {"python3",
             {QStringLiteral("-c"),
              QStringLiteral("import sys,tarfile; tarfile.open(sys.argv[1]).extractall(sys.argv[2])"), qs(file)}}};
        for (const auto& [program, arguments] : others) {
            if (QStandardPaths::findExecutable(QLatin1String(program)).isEmpty())
                continue;
            std::string theirs = path(std::string("agree-") + program);
            (void)removeTree(theirs);
            QVERIFY(makeDirectories(theirs));
            QVERIFY2(runProgram(QLatin1String(program), QStringList(arguments) << qs(theirs)), program);
            const auto names = namesBelow(theirs);
            if (names != mine)
                for (const auto& name : names)
                    qInfo() << program << name.c_str();
            QVERIFY2(names == mine, program);
            for (const std::string& name : names)
                if (std::filesystem::is_regular_file(theirs + "/" + name))
                    QVERIFY2(*readFile(theirs + "/" + name) == *readFile(ours + "/" + name), name.c_str());
        }
    }

    // C8
    void ownersAndBits()
    {
        std::string to = path("bits"), e = entry("su", '0', "x", {}, 04755);
        QVERIFY(unpackTar(pax("uid", "70000") + e + pax("SCHILY.xattr.user.kept", "1") + entry("u", '0', "x"), to));
        struct stat st
        {
        };
        QVERIFY(::lstat((to + "/su").c_str(), &st) == 0);
        QCOMPARE(st.st_uid, 70000U);
        QCOMPARE(st.st_mode & 07777, 04755U);
    }

    // C1, C2, C3
    void documents()
    {
        const std::string digest = "sha256:" + std::string(64, 'a');
        auto manifest = [&](const std::string& layers, const std::string& more = {}) {
            return parseManifest(Json::parse(fmt::format(
                "{{\"config\":{{\"digest\":\"{}\",\"size\":1}},\"layers\":[{}]{}}}", digest, layers, more)));
        };
        auto layer = [&](const std::string& type, const std::string& more = {}) {
            return fmt::format("{{\"mediaType\":\"{}\",\"digest\":\"{}\",\"size\":1{}}}", type, digest, more);
        };
        const std::string good = "application/vnd.oci.image.layer.v1.tar";
        QVERIFY(manifest(layer(good)).has_value());
        // A foreign layer lies at an address of its own choice: never fetched, so never taken.
        const std::string urls = ",\"urls\":[\"http://localhost/x\"]";
        QVERIFY(!manifest(layer("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", urls)));
        QVERIFY(!manifest(layer("application/vnd.oci.image.layer.nondistributable.v1.tar")));
        QVERIFY(!manifest(layer("text/html")));
        QVERIFY(!manifest(layer(good), ",\"manifests\":[]"));
        QVERIFY(!manifest(layer(good), ",\"mediaType\":\"application/vnd.oci.image.index.v1+json\""));
        std::string many = layer(good);
        for (int i = 0; i < 512; ++i)
            many += "," + layer(good);
        QVERIFY(!manifest(many));
        for (const char* size : {"-1", "1.5", "\"1\"", "18446744073709551616"}) {
            const std::string one =
                fmt::format("{{\"mediaType\":\"{}\",\"digest\":\"{}\",\"size\":{}}}", good, digest, size);
            QVERIFY2(!manifest(one), size);
        }
        // No document is larger than 4 MiB, whatever its descriptor says.
        Layout layout(path("large"));
        QVERIFY(layout.initialize());
        std::string large = "{\"x\":\"" + std::string(kLargestDocument, 'a') + "\"}";
        auto blob = layout.writeBlob(large, kManifestType);
        QVERIFY(blob && !layout.document(*blob));
    }

    // C12: the same layer twice at once is made once and whole; who deletes meanwhile breaks nothing.
    void atTheSameTime()
    {
        Paths paths;
        paths.state = path("state");
        (void)removeTree(paths.state);
        auto store = *Store::open(paths);
        auto image = store->buildTemplate("busybox", "a:1", m_progress);
        if (!image)
            QSKIP(image.error().message.c_str());
        for (int round = 0; round < 5; ++round) {
            (void)removeTree(paths.images() + "/layers");
            (void)makeDirectories(paths.images() + "/layers");
            std::atomic<int> good{0};
            std::vector<std::jthread> threads;
            for (int i = 0; i < 4; ++i)
                threads.emplace_back([&] { good += store->unpack(*image, m_progress).has_value(); });
            threads.clear();
            QCOMPARE(good.load(), 4);
            QCOMPARE(listDirectory(paths.images() + "/layers")->size(), size_t{1});
            QVERIFY(listDirectory(paths.images() + "/staging")->empty());
        }
        std::atomic<bool> end{false};
        std::jthread remover([&] {
            while (!end)
                (void)store->remove("b:1");
        });
        int whole = 0;
        for (int round = 0; round < 10; ++round) {
            (void)store->importLayout(paths.images(), "a:1", "b:1", m_progress);
            auto found = store->find("a:1");
            whole += found && store->unpack(*found, m_progress) ? 1 : 0;
        }
        end = true;
        remover.join();
        QCOMPARE(whole, 10);
    }

    // The reader itself: what it may not do ends it, and who started it hears why.
    void theReaderIsConfined()
    {
        std::string root = path("confined");
        QVERIFY(makeDirectories(root));
        QVERIFY(writeFileAtomic(root + "/input", "x"));
        auto nonsense = unpackConfined({"no such mode", root + "/input", root});
        QVERIFY(!nonsense && nonsense.error().code == Code::InvalidArgument);
        auto missing = unpackConfined({"plain", root + "/none", root, {""}});
        QVERIFY(!missing && missing.error().systemError == ENOENT);
        // A name that leads out of its root leads nowhere: it has been changed.
        auto out = unpackConfined({"plain", root + "/input", root, {"/etc/diptych-was-here"}});
        QVERIFY(!out && !exists("/etc/diptych-was-here"));
        // A fifo in the place of the archive does not hold it up.
        QVERIFY(::mkfifo((root + "/fifo").c_str(), 0600) == 0);
        QElapsedTimer timer;
        timer.start();
        (void)unpackConfined({"plain", root + "/fifo", root, {""}});
        QVERIFY(timer.elapsed() < 5000);
    }

    void nothingIsLeftToTheReader_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QByteArray>("capabilities");
        QTest::newRow("plain") << "plain 0 4 ''" << QByteArray("0000000000000000");
        // CHOWN, DAC_OVERRIDE, FOWNER, FSETID, SETFCAP
        QTest::newRow("layer") << "layer 0 4 sha256:x 99 sha256:x 99 99 99 0" << QByteArray("000000008000001b");
    }
    void nothingIsLeftToTheReader()
    {
        QFETCH(QString, arguments);
        QFETCH(QByteArray, capabilities);
        if (sanitized)
            QSKIP("sanitizers make system calls of their own: no filter");
        std::string root = path("left");
        QVERIFY(makeDirectories(root));
        QProcess reader; // waits for more of its input
        reader.start(
            "/bin/bash",
            {"-c", QString("exec %1/diptych-unpack %2 4<%3").arg(QLatin1String(DIPTYCH_BIN), arguments, qs(root))});
        QVERIFY(reader.waitForStarted());
        const auto of = [&](const char* line) {
            QFile status(QString("/proc/%1/status").arg(reader.processId()));
            QByteArray text = status.open(QIODevice::ReadOnly) ? status.readAll() : QByteArray();
            qsizetype at = text.indexOf(line);
            return at < 0 ? QByteArray() : text.mid(at, text.indexOf('\n', at) - at).split('\t').last();
        };
        QTRY_COMPARE(of("Seccomp:"), QByteArray("2"));
        QCOMPARE(of("NoNewPrivs:"), QByteArray("1"));
        for (const char* set : {"CapEff:", "CapPrm:"})
            QCOMPARE(of(set), capabilities);
        for (const char* set : {"CapInh:", "CapAmb:"})
            QCOMPARE(of(set), QByteArray("0000000000000000"));
        QCOMPARE(QFile::symLinkTarget(QString("/proc/%1/root").arg(reader.processId())), qs(root));
        reader.closeWriteChannel();
        QVERIFY(reader.waitForFinished());
    }

    void aWholeArchiveOfHarm()
    {
        std::string around = path("archive");
        (void)removeTree(around);
        Layout layout(around + "/layout");
        QVERIFY(layout.initialize());
        QVERIFY(writeFileAtomic(around + "/sentinel", "untouched"));
        std::string tar = entry("../../sentinel", '0', "harm") + entry("/etc/passwd", '0', "harm") +
                          entry("index.json", '2', {}, "../../sentinel") + entry("blobs", '2', {}, "/") +
                          entry("blobs/sha256/x", '0', "harm") + entry("dev", '3') + std::string(1024, '\0');
        QVERIFY(writeFileAtomic(around + "/a.tar", tar));
        Paths paths;
        paths.state = around + "/state";
        auto store = *Store::open(paths);
        QVERIFY(!store->importArchive(around + "/a.tar", "", m_progress));
        QCOMPARE(*readFile(around + "/sentinel"), std::string("untouched"));
        QVERIFY(listDirectory(paths.images() + "/staging")->empty());
        QVERIFY(listDirectory(paths.images() + "/blobs/sha256")->empty());
        // A bomb in xz: refused by its size, not by a full disk. 64 GiB of zeros is what is allowed.
        m_progress.stop = true;
        auto cancelled = store->importRootfs(around + "/a.tar", "x:1", {}, "test", m_progress);
        m_progress.stop = false;
        QVERIFY(!cancelled && cancelled.error().code == Code::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestImagesHostile)
#include "tst_images_hostile.moc"
