// The image store against layouts that umoci made, against skopeo as a reader, and against layers that mean harm.
#include "base/files.h"
#include "images/copy.h"
#include "images/digest.h"
#include "images/images.h"
#include "images/layer.h"
#include "images/layout.h"
#include "images/modules.h"
#include "images/vmlinux.h"
#include "support/hostile_tars.h"
#include "support/programs.h"
#include "support/quiet.h"

#include <QtTest>

#include <signal.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

using namespace diptych;
using namespace diptych::images;
using namespace diptych::test;

class TestImages : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    Paths m_paths;
    Quiet m_progress;

    std::string path(const char* name) { return m_directory.filePath(name).toStdString(); }

    Status unpackTar(std::string tar, const std::string& to, LayerLimits limits = {}, bool end = true)
    {
        if (end)
            tar.append(1024, '\0');
        std::string blob = path("blob");
        (void)writeFileAtomic(blob, tar);
        (void)removeTree(to);
        (void)makeDirectories(to);
        return unpackLayer({blob, digestOf(tar), tar.size(), digestOf(tar)}, to, limits, {});
    }

private slots:
    void init()
    {
        QVERIFY(m_directory.isValid());
        if (::geteuid() != 0)
            QSKIP("layers are unpacked by root only");
        m_paths.state = path("state");
        (void)removeTree(m_paths.state);
    }

    void busyboxTemplate()
    {
        auto store = Store::open(m_paths);
        QVERIFY(store.has_value());
        auto image = (*store)->buildTemplate("busybox", "busybox:latest", m_progress);
        if (!image && image.error().code == Code::NotSupported)
            QSKIP(image.error().message.c_str());
        QVERIFY2(image.has_value(), image ? "" : image.error().message.c_str());
        QCOMPARE((*store)->list()->size(), size_t{1});
        QVERIFY((*store)->find("busybox").has_value());
        QVERIFY((*store)->find(image->digest).has_value());
        QCOMPARE((*store)->find("other").error().code, Code::NotFound);
        QCOMPARE(image->config.exposedPorts, std::vector<std::string>{"80/tcp"});
        std::string layer = (*store)->unpack(*image, m_progress)->front();
        QVERIFY(exists(layer + "/bin/sh") && exists(layer + "/www/cgi-bin/index.cgi"));

        // The same host makes the same image.
        Paths other = m_paths;
        other.state = path("state2");
        auto second = (*Store::open(other))->buildTemplate("busybox", "busybox:latest", m_progress);
        QCOMPARE(second->digest, image->digest);

        if (!QStandardPaths::findExecutable("skopeo").isEmpty()) {
            QByteArray out;
            QVERIFY(
                runProgram("skopeo", {"inspect", "--config", "oci:" + qs(m_paths.images()) + ":busybox:latest"}, &out));
            QVERIFY(out.contains("/bin/serve"));
        }
        QVERIFY((*store)->remove("busybox").has_value());
        QVERIFY((*store)->list()->empty());
        for (const char* name : {"/blobs/sha256", "/layers", "/staging", "/disks"})
            QVERIFY2(listDirectory(m_paths.images() + name)->empty(), name);
    }

    void sharedBlobsStay()
    {
        auto store = *Store::open(m_paths);
        auto image = store->buildTemplate("busybox", "a:1", m_progress);
        if (!image)
            QSKIP(image.error().message.c_str());
        QVERIFY(store->importLayout(m_paths.images(), "a:1", "b:2", m_progress).has_value());
        QVERIFY(store->remove("a:1").has_value());
        auto left = store->find("b:2");
        QVERIFY(left.has_value() && store->unpack(*left, m_progress).has_value());
        QVERIFY(exists(store->unpack(*left, m_progress)->front() + "/bin/busybox"));
    }

    void diskOfAnImage()
    {
        auto store = *Store::open(m_paths);
        auto image = store->buildTemplate("busybox", "busybox", m_progress);
        if (!image)
            QSKIP(image.error().message.c_str());
        auto disk = store->disk(*image, 0, m_progress);
        if (!disk && disk.error().message.find("overlay") != std::string::npos)
            QSKIP(disk.error().message.c_str());
        QVERIFY2(disk.has_value(), disk ? "" : disk.error().message.c_str());
        QCOMPARE(store->disk(*image, 0, m_progress).value(), *disk);
        struct stat st
        {
        };
        QCOMPARE(::stat(disk->c_str(), &st), 0);
        QCOMPARE(uint64_t(st.st_size), uint64_t{1} << 30);
        QVERIFY(st.st_blocks * 512 < 64 << 20); // sparse
        QVERIFY(runProgram("/sbin/e2fsck", {"-fn", qs(*disk)}));
        QByteArray out;
        QVERIFY(runProgram("/sbin/debugfs", {"-R", "stat /bin/busybox", qs(*disk)}, &out));
        QVERIFY(out.contains("Mode:  0755"));
        QVERIFY(listDirectory(m_paths.images() + "/staging")->empty());
        QVERIFY(store->disk(*image, (uint64_t{1} << 30) + 1, m_progress).value() != *disk);
    }

    void importOfUmoci()
    {
        if (QStandardPaths::findExecutable("umoci").isEmpty())
            QSKIP("umoci is not installed");
        std::string layout = path("layout"), bundle = path("bundle"), tree = bundle + "/rootfs";
        (void)removeTree(layout);
        QString image = qs(layout) + ":t";
        QVERIFY(runProgram("umoci", {"init", "--layout", qs(layout)}));
        QVERIFY(runProgram("umoci", {"new", "--image", image}));
        // One layer each: files, then the loss of a directory.
        QVERIFY(runProgram("umoci", {"unpack", "--image", image, qs(bundle)}));
        (void)makeDirectories(tree + "/etc", 0755);
        (void)makeDirectories(tree + "/opt/dir", 0755);
        (void)writeFileAtomic(tree + "/etc/passwd", "root:x:0:0::/root:/bin/sh\nweb:x:33:33::/srv:/bin/sh\n", 0644);
        (void)writeFileAtomic(tree + "/etc/group", "web:x:33:\nmail:x:8:web\n", 0644);
        (void)writeFileAtomic(tree + "/opt/dir/na\xc3\xafve", "x", 04755);
        (void)!::symlink("dir/na\xc3\xafve", (tree + "/opt/link").c_str());
        QVERIFY(runProgram("umoci", {"repack", "--refresh-bundle", "--image", image, qs(bundle)}));
        (void)removeTree(tree + "/opt/dir");
        QVERIFY(runProgram("umoci", {"repack", "--image", image, qs(bundle)}));
        QVERIFY(runProgram("umoci", {"config", "--image", image, "--config.user", "web", "--config.cmd", "/bin/x",
                                     "--config.workingdir", "/srv", "--config.stopsignal", "SIGUSR1"}));
        auto store = *Store::open(m_paths);
        auto got = store->importLayout(layout, "t", "example:1", m_progress);
        QVERIFY2(got.has_value(), got ? "" : got.error().message.c_str());
        auto layers = store->unpack(*got, m_progress).value();
        QCOMPARE(layers.size(), size_t{2});
        struct stat st
        {
        };
        QCOMPARE(::lstat((layers[0] + "/opt/dir").c_str(), &st), 0);
        QVERIFY(S_ISCHR(st.st_mode) && st.st_rdev == 0);
        QCOMPARE(::lstat((layers[1] + "/opt/dir/na\xc3\xafve").c_str(), &st), 0);
        QCOMPARE(st.st_mode & 07777, 04755U);
        QVERIFY(QFileInfo(qs(layers[1] + "/opt/link")).isSymLink());
        InstanceSpec spec;
        auto process = store->resolve(*got, spec);
        QVERIFY2(process.has_value(), process ? "" : process.error().message.c_str());
        QCOMPARE(process->uid, 33U);
        QCOMPARE(process->groups, std::vector<uint32_t>{8});
        QCOMPARE(process->stopSignal, SIGUSR1);
        QCOMPARE(process->workingDirectory, std::string("/srv"));
        spec.user = "4294967296";
        QCOMPARE(store->resolve(*got, spec).error().field, std::string("user"));
        QVERIFY(store->importLayout(layout, "no", "example:2", m_progress).error().code == Code::NotFound);
    }

    void damagedImport_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("manifest") << 0;
        QTest::newRow("config") << 1;
        QTest::newRow("layer") << 2;
    }
    void damagedImport()
    {
        QFETCH(int, which);
        Paths source = m_paths;
        source.state = path("source");
        (void)removeTree(source.state);
        auto image = (*Store::open(source))->buildTemplate("busybox", "x", m_progress);
        if (!image)
            QSKIP(image.error().message.c_str());
        Layout layout(source.images());
        Manifest manifest = *parseManifest(*layout.document({"", image->digest, (*layout.index())[0].size, "", {}}));
        std::string digest = which == 0   ? image->digest
                             : which == 1 ? manifest.config.digest
                                          : manifest.layers[0].digest;
        QFile file(qs(layout.blobPath(digest)));
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(file.size() / 2);
        char byte = 0;
        file.peek(&byte, 1);
        byte = static_cast<char>(byte ^ 1);
        file.write(&byte, 1);
        file.close();
        auto store = *Store::open(m_paths);
        QVERIFY(!store->importLayout(source.images(), "x:latest", "x", m_progress));
        QVERIFY(store->list()->empty());
        QVERIFY(listDirectory(m_paths.images() + "/blobs/sha256")->empty());
        QVERIFY(listDirectory(m_paths.images() + "/layers")->empty());
    }

    void cancelledImport()
    {
        Paths source = m_paths;
        source.state = path("source");
        (void)removeTree(source.state);
        auto image = (*Store::open(source))->buildTemplate("busybox", "x", m_progress);
        if (!image)
            QSKIP(image.error().message.c_str());
        auto store = *Store::open(m_paths);
        Quiet stop;
        stop.stop = true;
        QCOMPARE(store->importLayout(source.images(), "x:latest", "x", stop).error().code, Code::Cancelled);
        QVERIFY(listDirectory(m_paths.images() + "/blobs/sha256")->empty());
    }

    void leftoversGo()
    {
        (void)*Store::open(m_paths);
        (void)makeDirectories(m_paths.images() + "/staging/half/deep");
        (void)makeDirectories(m_paths.images() + "/layers/" + std::string(64, 'a'));
        (void)*Store::open(m_paths);
        QVERIFY(listDirectory(m_paths.images() + "/staging")->empty());
        QVERIFY(listDirectory(m_paths.images() + "/layers")->empty());
    }

    void whiteouts()
    {
        std::string to = path("white");
        QVERIFY(unpackTar(entry("a", '5') + entry("a/.wh..wh..opq", '0') + entry("a/kept", '0', "1") +
                              entry(".wh.gone", '0') + entry(".wh.both", '0') + entry("both", '5') +
                              entry("both/x", '0', "1") + entry("file", '0', "1") + entry(".wh.file", '0'),
                          to)
                    .has_value());
        struct stat st
        {
        };
        char y = 0;
        QVERIFY(::lgetxattr((to + "/a").c_str(), "trusted.overlay.opaque", &y, 1) == 1 && y == 'y');
        QVERIFY(exists(to + "/a/kept") && exists(to + "/both/x"));
        QVERIFY(::lgetxattr((to + "/both").c_str(), "trusted.overlay.opaque", &y, 1) == 1);
        QVERIFY(::lstat((to + "/gone").c_str(), &st) == 0 && S_ISCHR(st.st_mode) && st.st_rdev == 0);
        QVERIFY(::lstat((to + "/file").c_str(), &st) == 0 && S_ISREG(st.st_mode));
        const std::vector<std::string> names = *listDirectory(to);
        for (const std::string& name : names)
            QVERIFY(name.find(".wh.") == std::string::npos);
    }

    void copiesLayers()
    {
        if (::geteuid() != 0)
            QSKIP("needs root: files of others");
        // lower: what stays, what is hidden, what is replaced, two names of one file.
        std::string lower = path("copy-lower"), upper = path("copy-upper"), to = path("copy");
        QVERIFY(unpackTar(entry("kept", '0', "k", {}, 04755) + entry("gone", '0', "g") + entry("hidden", '5') +
                              entry("hidden/x", '0', "x") + entry("turned", '5') + entry("turned/x", '0', "x") +
                              entry("one", '0', "same") + entry("two", '1', {}, "one") +
                              entry("link", '2', {}, "kept") + entry("deep", '5', {}, {}, 0700) +
                              entry("deep/a", '0', "a"),
                          lower)
                    .has_value());
        QVERIFY(unpackTar(entry(".wh.gone", '0') + entry("hidden", '5') + entry("hidden/.wh..wh..opq", '0') +
                              entry("hidden/y", '0', "y") + entry(".wh.turned", '0') + entry("turned", '0', "file") +
                              entry("deep", '5', {}, {}, 0750) + entry("deep/b", '0', "b"),
                          upper)
                    .has_value());
        // Version 2 of cap_net_raw=ep, as a layer brings it.
        const unsigned char raw[20] = {1, 0, 0, 2, 0, 0x20};
        QVERIFY(::setxattr((lower + "/kept").c_str(), "security.capability", raw, sizeof raw, 0) == 0);
        QVERIFY(::lchown((lower + "/one").c_str(), 33, 70000) == 0);
        Status copied = copyLayers({upper, lower}, to, {500000, 65536}, m_progress);
        QVERIFY2(copied.has_value(), copied ? "" : copied.error().message.c_str());
        QCOMPARE(*listDirectory(to),
                 (std::vector<std::string>{"deep", "hidden", "kept", "link", "one", "turned", "two"}));
        QCOMPARE(*listDirectory(to + "/hidden"), std::vector<std::string>{"y"});
        QCOMPARE(*listDirectory(to + "/deep"), (std::vector<std::string>{"a", "b"}));
        QCOMPARE(*readFile(to + "/turned"), std::string("file"));
        struct stat st
        {
        };
        QVERIFY(::lstat((to + "/kept").c_str(), &st) == 0);
        QCOMPARE(st.st_uid, 500000U);
        QCOMPARE(st.st_mode & 07777, 04755U);
        unsigned char now[24] = {};
        QCOMPARE(::getxattr((to + "/kept").c_str(), "security.capability", now, sizeof now), ssize_t{24});
        QCOMPARE(int(now[3]), 3);
        QCOMPARE(unsigned(now[20] | now[21] << 8 | now[22] << 16), 500000U);
        QVERIFY(::lstat((to + "/two").c_str(), &st) == 0);
        QCOMPARE(st.st_nlink, nlink_t{2});
        QCOMPARE(st.st_uid, 500033U);
        QCOMPARE(st.st_gid, 565534U); // beyond the range: nobody
        QVERIFY(::lstat((to + "/link").c_str(), &st) == 0);
        QVERIFY(S_ISLNK(st.st_mode) && st.st_uid == 500000);
        QVERIFY(::lstat((to + "/deep").c_str(), &st) == 0);
        QCOMPARE(st.st_mode & 07777, 0750U);
        QVERIFY(::lstat(to.c_str(), &st) == 0);
        QVERIFY(st.st_uid == 500000 && (st.st_mode & 07777) == 0755);
        QVERIFY(removeTree(to));
    }

    void capsHold()
    {
        std::string many;
        for (int i = 0; i < 20; ++i)
            many += entry(fmt::format("f{}", i), '0', std::string(1024, 'x'));
        LayerLimits limits;
        limits.entries = 10;
        QVERIFY(!unpackTar(many, path("caps"), limits));
        limits = {};
        limits.bytes = 10240;
        QVERIFY(!unpackTar(many, path("caps"), limits));
        limits = {};
        limits.reserve = UINT64_MAX;
        QCOMPARE(unpackTar(many, path("caps"), limits).error().code, Code::NoSpace);
        QVERIFY(unpackTar(many, path("caps")).has_value());
    }

    void digestsMustMatch()
    {
        std::string tar = entry("f", '0', "x") + std::string(1024, '\0'), blob = path("blob"), to = path("digests");
        QVERIFY(writeFileAtomic(blob, tar).has_value());
        std::string good = digestOf(tar), bad = digestOf("other");
        auto attempt = [&](const LayerSource& source) {
            (void)removeTree(to);
            (void)makeDirectories(to);
            return unpackLayer(source, to, {}, {}).has_value();
        };
        QVERIFY(attempt({blob, good, tar.size(), good}));
        QVERIFY(!attempt({blob, bad, tar.size(), good}));
        QVERIFY(!attempt({blob, good, tar.size(), bad}));
        QVERIFY(!attempt({blob, good, tar.size() - 1, good}));
        QVERIFY(!attempt({blob, good, tar.size() + 1, good}));
    }

    void documents()
    {
        auto manifest = [](const char* text) { return parseManifest(Json::parse(text)).has_value(); };
        const std::string digest = "sha256:" + std::string(64, 'a');
        std::string config = fmt::format(R"("config":{{"digest":"{}","size":1}})", digest);
        QVERIFY(manifest(fmt::format("{{{},\"layers\":[]}}", config).c_str()));
        QVERIFY(!manifest(fmt::format("{{{},\"layers\":[],\"manifests\":[]}}", config).c_str()));
        QVERIFY(!manifest(fmt::format("{{{},\"layers\":[],\"mediaType\":\"x\"}}", config).c_str()));
        const std::vector<std::string> digests{"sha256:../../x", "sha256:" + std::string(63, 'a'),
                                               "sha256:" + std::string(64, 'A'), "md5:x"};
        for (const std::string& bad : digests)
            QVERIFY(!manifest(fmt::format(R"({{"config":{{"digest":"{}","size":1}},"layers":[]}})", bad).c_str()));
    }

    void kernelAndInitramfs()
    {
        std::string kernels = qEnvironmentVariable("DIPTYCH_KERNELS", "/var/lib/diptych/kernels").toStdString();
        if (!exists(kernels))
            QSKIP("no kernel was fetched: installer/fetch-kernel");
        m_paths.guest = DIPTYCH_BIN "/diptych-guest";
        if (!exists(m_paths.guest))
            QSKIP("bin/diptych-guest is not built");
        (void)makeDirectories(m_paths.state);
        QVERIFY(::symlink(kernels.c_str(), m_paths.kernels().c_str()) == 0);
        auto kernel = findKernel(m_paths);
        QVERIFY2(kernel.has_value(), kernel ? "" : kernel.error().message.c_str());
        if (kernel->image.compare(0, m_paths.kernels().size(), m_paths.kernels()) != 0)
            QSKIP("this host has a kernel in /boot");
        auto files = modulesFor(kernel->modules, {"virtio_pci", "virtio_blk"}).value();
        auto at = [&](const char* name) {
            return std::find_if(files.begin(), files.end(), [&](auto& f) { return moduleFileName(f) == name; }) -
                   files.begin();
        };
        QVERIFY(files.empty() || (at("virtio_ring.ko") < at("virtio.ko") && at("virtio.ko") < at("virtio_blk.ko")));
        // Into a place of its own: the shared one is others'.
        for (std::string* file : {&kernel->image, &kernel->modules})
            file->replace(0, m_paths.kernels().size(), kernels);
        QVERIFY(::unlink(m_paths.kernels().c_str()) == 0);
        // What QEMU loads: unpacked when it can start it so, and the same the second time.
        auto boot = bootImage(m_paths, *kernel);
        QVERIFY2(boot.has_value(), boot ? "" : boot.error().message.c_str());
        QCOMPARE(bootImage(m_paths, *kernel).value(), *boot);
        std::string loaded = *readFile(*boot, size_t{512} << 20);
        if (boot->find("/vmlinux-") != std::string::npos)
            QVERIFY(loaded.starts_with("\x7f"
                                       "ELF") &&
                    loaded.size() > readFile(kernel->image, size_t{512} << 20)->size());
        auto initrd = initramfs(m_paths, *kernel);
        QVERIFY2(initrd.has_value(), initrd ? "" : initrd.error().message.c_str());
        QCOMPARE(initramfs(m_paths, *kernel).value(), *initrd);
        QByteArray out;
        QVERIFY(runProgram("bsdtar", {"-tf", qs(*initrd)}, &out) || runProgram("cpio", {"-itF", qs(*initrd)}, &out));
        QVERIFY(out.contains("init\n") && out.contains("diptych/modules"));
    }

    void refusesWhatIsNoKernel()
    {
        QVERIFY(!unpackKernel(""));
        QVERIFY(!unpackKernel(std::string(4096, '\0')));
        // A header whose payload would end behind the file, and one whose payload is no kernel.
        std::string image(8192, '\0');
        image.replace(0x202, 4, "HdrS");
        image[0x207] = 2, image[0x206] = 15, image[0x1f1] = 1;
        image.replace(0x24c, 4, std::string("\xff\xff\xff\x7f", 4));
        QVERIFY(!unpackKernel(image));
        image.replace(0x24c, 4, std::string("\x00\x10\0\0", 4));
        QVERIFY(!unpackKernel(image));
    }

    void noKernel()
    {
        if (exists("/boot/vmlinuz-" + std::string("")) || !QDir("/boot").entryList({"vmlinuz-*"}).isEmpty())
            QSKIP("this host has a kernel in /boot");
        QCOMPARE(findKernel(m_paths).error().code, Code::NotSupported);
    }

    void configCpio()
    {
        std::string cpio = configArchive("{\"version\":1}");
        QCOMPARE(cpio.substr(0, 6), std::string("070701"));
        QVERIFY(cpio.find("diptych/config.json") != std::string::npos && cpio.find("TRAILER!!!") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestImages)
#include "tst_images.moc"
