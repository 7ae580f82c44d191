// An import that is killed at any moment or runs out of space: what the next start of the helper lists is whole,
// nothing half made is left, no process lives on, and the same import then succeeds. This program itself is the one
// killed.
#include "base/clock.h"
#include "base/files.h"
#include "images/images.h"
#include "support/hostile_tars.h"
#include "support/quiet.h"

#include <QCryptographicHash>
#include <QtTest>

#include <csignal>
#include <filesystem>
#include <random>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace diptych;
using namespace diptych::images;
using diptych::test::entry;
using diptych::test::Quiet;

namespace {
constexpr int fileCount = 200;

std::string digestOfFile(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    return file.open(QIODevice::ReadOnly) && hash.addData(&file) ? hash.result().toHex().toStdString() : std::string();
}

/// All that a first use of an image does. 0, or 1 with the reason on stderr.
Status everything(const std::string& state, const std::string& archive)
{
    Paths paths;
    paths.state = state;
    Quiet progress;
    auto store = TRY(Store::open(paths));
    auto images = TRY(store->importArchive(archive, "big:1", progress));
    TRY(store->unpack(images.front(), progress));
    return {};
}
} // namespace

class TestImagesInterrupted : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    std::string m_archive;
    int64_t m_whole = 0; ///< ns that nobody disturbs take

    std::string path(const std::string& name)
    {
        return m_directory.filePath(QString::fromStdString(name)).toStdString();
    }

    /// Two layers: many files, and one over it that replaces some. Random bytes, so that no compression makes them
    /// small.
    std::string rootfs()
    {
        std::mt19937_64 random(1);
        std::string tar, bytes(100000, '\0');
        for (int i = 0; i < fileCount; ++i) {
            for (char& c : bytes)
                c = static_cast<char>(random());
            tar += entry("file" + std::to_string(i), '0', bytes);
        }
        return tar + std::string(1024, '\0');
    }

    pid_t begin(const std::string& state)
    {
        pid_t pid = fork();
        if (pid == 0) {
            std::string self = std::filesystem::read_symlink("/proc/self/exe");
            execl(self.c_str(), self.c_str(), "--import", state.c_str(), m_archive.c_str(), nullptr);
            _exit(127);
        }
        return pid;
    }

    /// Whatever that process had started is ours to wait for, and must end by itself.
    static bool allGone()
    {
        int64_t end = monotonicNanoseconds() + int64_t{20} * 1000000000;
        while (true) {
            pid_t pid = waitpid(-1, nullptr, WNOHANG);
            if (pid < 0)
                return true;
            if (pid == 0 && monotonicNanoseconds() > end)
                return false;
            usleep(pid == 0 ? 2000 : 0);
        }
    }

    /// Of a store that was just opened. True when the image is there.
    bool wholeOrNothing(Store& store, const std::string& images)
    {
        auto list = store.list();
        if (!list || !listDirectory(images + "/staging")->empty())
            return QTest::qFail("staging is not empty", __FILE__, __LINE__), false;
        std::vector<std::string> blobs = *listDirectory(images + "/blobs/sha256");
        for (const std::string& blob : blobs)
            if (digestOfFile(images + "/blobs/sha256/" + blob) != blob)
                QTest::qFail(("a blob is not what it is called: " + blob).c_str(), __FILE__, __LINE__);
        const std::vector<std::string> layers = *listDirectory(images + "/layers");
        for (const std::string& layer : layers)
            if (listDirectory(images + "/layers/" + layer)->size() != size_t{fileCount})
                QTest::qFail("a layer is not whole", __FILE__, __LINE__);
        if (list->empty() && (!blobs.empty() || !layers.empty()))
            QTest::qFail("blobs or layers of no image", __FILE__, __LINE__);
        return !list->empty();
    }

private slots:
    void initTestCase()
    {
        if (::geteuid() != 0)
            QSKIP("layers are unpacked by root only");
        if (QStandardPaths::findExecutable("skopeo").isEmpty())
            QSKIP("skopeo is not installed");
        QVERIFY(prctl(PR_SET_CHILD_SUBREAPER, 1) == 0);
        Paths paths;
        paths.state = path("source");
        Quiet progress;
        auto store = Store::open(paths);
        QVERIFY(store.has_value());
        QVERIFY(writeFileAtomic(path("root.tar"), rootfs()).has_value());
        auto image = (*store)->importRootfs(path("root.tar"), "big:1", {}, "test", progress);
        QVERIFY2(image.has_value(), image ? "" : image.error().message.c_str());
        auto file = (*store)->exportArchive("big:1", "oci-archive", progress);
        QVERIFY2(file.has_value(), file ? "" : file.error().message.c_str());
        m_archive = path("big.tar");
        std::filesystem::copy_file(*file, m_archive);
    }

    void killedAtAnyMoment()
    {
        std::string state = path("state"), images = state + "/images";
        int64_t start = monotonicNanoseconds();
        pid_t undisturbed = begin(state);
        int status = 1;
        QCOMPARE(waitpid(undisturbed, &status, 0), undisturbed);
        QCOMPARE(status, 0);
        m_whole = monotonicNanoseconds() - start;
        std::mt19937 random(static_cast<unsigned>(start));
        int listed = 0, rounds = 25;
        for (int round = 0; round < rounds; ++round) {
            QVERIFY(removeTree(state).has_value());
            pid_t pid = begin(state);
            // Spread over the whole of it and a little beyond, so that each phase is met.
            usleep(static_cast<useconds_t>(m_whole / 1000 * (round + static_cast<int>(random() % 100) / 100.0) /
                                           rounds * 1.05));
            kill(pid, SIGKILL);
            QVERIFY2(allGone(), "a process that it had started lives on");
            Paths paths;
            paths.state = state;
            auto store = Store::open(paths);
            QVERIFY2(store.has_value(), store ? "" : store.error().message.c_str());
            listed += wholeOrNothing(**store, images) ? 1 : 0;
            if (QTest::currentTestFailed())
                return;
        }
        qInfo() << "listed after" << listed << "of" << rounds << "kills; undisturbed" << m_whole / 1000000 << "ms";
        QVERIFY2(listed < rounds, "each was too late: nothing was tested");
        auto again = everything(state, m_archive);
        QVERIFY2(again.has_value(), again ? "" : again.error().message.c_str());
    }

    void outOfSpace()
    {
        if (unshare(CLONE_NEWNS) != 0 || mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
            QSKIP("no mount namespace of its own can be made");
        std::string state = path("small");
        QVERIFY(makeDirectories(state).has_value());
        int refused = 0;
        constexpr int rounds = 16;
        for (int round = 0; round < rounds; ++round) {
            QCOMPARE(mount("small", state.c_str(), "tmpfs", 0, "size=400m"), 0);
            Paths paths;
            paths.state = state;
            Quiet progress;
            {
                auto store = Store::open(paths);
                QVERIFY(store.has_value());
                // The room ends at any moment of it, sooner than the reserve would tell.
                std::thread other([&] {
                    usleep(static_cast<useconds_t>(m_whole / 1000 * round / rounds));
                    struct statvfs vfs
                    {
                    };
                    std::string size;
                    do {
                        (void)statvfs(state.c_str(), &vfs);
                        size = fmt::format("size={}k", (vfs.f_blocks - vfs.f_bfree) * vfs.f_frsize / 1024 + 64);
                    } while (mount("small", state.c_str(), "tmpfs", MS_REMOUNT, size.c_str()) != 0);
                });
                auto done = (*store)->importArchive(m_archive, "big:1", progress);
                auto layers = done ? (*store)->unpack(done->front(), progress)
                                   : Result<std::vector<std::string>>(tl::unexpected<Error>(done.error()));
                other.join();
                if (!layers)
                    QVERIFY2(layers.error().code == Code::NoSpace, layers.error().message.c_str());
                refused += layers ? 0 : 1;
                QCOMPARE(wholeOrNothing(**store, paths.images()), done.has_value());
                // With room, the same store goes on.
                QCOMPARE(mount("small", state.c_str(), "tmpfs", MS_REMOUNT, "size=400m"), 0);
                auto more = done ? (*store)->unpack(done->front(), progress).map([](auto&&) { return 0; })
                                 : (*store)->importArchive(m_archive, "big:1", progress).map([](auto&&) { return 0; });
                QVERIFY2(more.has_value(), more ? "" : more.error().message.c_str());
            }
            QCOMPARE(umount2(state.c_str(), MNT_DETACH), 0);
            if (QTest::currentTestFailed())
                return;
        }
        qInfo() << refused << "of" << rounds << "were refused";
        QVERIFY(refused >= 3);
    }
};

int main(int argc, char** argv)
{
    if (argc == 4 && std::string_view(argv[1]) == "--import") {
        auto done = everything(argv[2], argv[3]);
        if (!done)
            fprintf(stderr, "%s\n", done.error().message.c_str());
        return done ? 0 : 1;
    }
    TestImagesInterrupted test;
    QCoreApplication application(argc, argv);
    return QTest::qExec(&test, argc, argv);
}

#include "tst_images_interrupted.moc"
