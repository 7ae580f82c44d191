// Images from and to the outside: a real registry, archives that others write and read, commits, root file systems.
#include "runtime/registry.h"

#include "base/files.h"
#include "images/images.h"
#include "images/layout.h"
#include "support/programs.h"

#include <QtTest>

#include <set>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

using namespace diptych;
using namespace diptych::images;
using diptych::test::qs;
using diptych::test::runProgram;

namespace {
struct Watched : Progress
{
    std::function<bool()> stop;
    std::vector<Part> last;
    std::set<std::string> steps;
    std::mutex mutex;
    void report(std::string_view step, double, std::string_view) override
    {
        std::lock_guard guard(mutex);
        steps.insert(std::string(step));
    }
    void amounts(const std::vector<Part>& parts) override
    {
        std::lock_guard guard(mutex);
        last = parts;
    }
    [[nodiscard]] bool cancelled() const override { return stop && stop(); }
};

#define VERIFY_RESULT(result) QVERIFY2(result, (result) ? "" : (result).error().message.c_str())
} // namespace

class TestExchange : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;
    Paths m_paths;
    std::unique_ptr<Store> m_store;
    Watched m_progress;

    std::string path(const std::string& name) { return m_directory.filePath(qs(name)).toStdString(); }
    size_t inStaging()
    {
        return listDirectory(m_paths.images() + "/staging").value_or(std::vector<std::string>()).size();
    }

    /// An image of several layers by umoci: base, a second file, a deletion.
    std::string makeLayered(const std::string& name)
    {
        QString layout = m_directory.filePath(qs(name));
        if (!runProgram("umoci", {"init", "--layout", layout}) ||
            !runProgram("umoci", {"new", "--image", layout + ":web"}))
            return {};
        for (const char* layer : {"one", "two"}) {
            QString tree = m_directory.filePath(qs(name + "-" + layer));
            QDir().mkpath(tree + "/srv");
            QFile file(tree + "/srv/" + layer);
            if (!file.open(QIODevice::WriteOnly))
                return {};
            file.write(QByteArray(100000, *layer));
            file.close();
            if (!runProgram("umoci", {"insert", "--image", layout + ":web", tree + "/srv", "/srv"}))
                return {};
        }
        return layout.toStdString();
    }

private slots:
    void init()
    {
        if (::geteuid() != 0)
            QSKIP("layers are unpacked by root only");
        QVERIFY(m_directory.isValid());
        m_paths.state = path("state");
        (void)removeTree(m_paths.state);
        auto store = Store::open(m_paths);
        VERIFY_RESULT(store);
        m_store = std::move(*store);
        m_progress.stop = {};
        auto built = m_store->buildTemplate("busybox", "busybox", m_progress);
        VERIFY_RESULT(built);
    }

    void pushesAndPulls()
    {
        TestRegistry registry(m_directory.filePath("registry"), 5601);
        QVERIFY(registry.start(false));
        Endpoint there{registry.host() + "/lab/busybox:1", {}};
        VERIFY_RESULT(m_store->push("busybox", there, m_progress));
        auto tags = m_store->registry().tags({registry.host() + "/lab/busybox", {}});
        VERIFY_RESULT(tags);
        QCOMPARE(*tags, std::vector<std::string>{"1"});
        auto pulled = m_store->pull(there, m_progress);
        VERIFY_RESULT(pulled);
        QCOMPARE(pulled->digest, m_store->find("busybox")->digest);
        VERIFY_RESULT(m_store->remove("busybox"));
        VERIFY_RESULT(m_store->remove(there.reference));
        QCOMPARE(listDirectory(m_paths.images() + "/blobs/sha256")->size(), size_t{0});
        auto again = m_store->pull(there, m_progress);
        VERIFY_RESULT(again);
        QVERIFY(m_progress.steps.count("fetchLayers"));
        QVERIFY(!m_progress.last.empty());
        QCOMPARE(m_progress.last[0].done, m_progress.last[0].total);
        QVERIFY(listDirectory(m_paths.images() + "/pulls")->empty());
        // By digest: the name is kept as it was asked for.
        std::string pinned = registry.host() + "/lab/busybox@" + again->digest;
        auto byDigest = m_store->pull({pinned, {}}, m_progress);
        VERIFY_RESULT(byDigest);
        QCOMPARE(byDigest->reference, pinned);
    }

    /// One name for two processors: this machine's image, and the same said to be for another.
    QString makeIndex()
    {
        QString layout = m_directory.filePath("many");
        if (makeLayered("many").empty() ||
            !runProgram("umoci", {"config", "--image", layout + ":web", "--tag", "other", "--architecture", "s390x"}))
            return {};
        Layout store(layout.toStdString());
        Json entries = Json::array();
        std::vector<Descriptor> index = *store.index();
        for (const Descriptor& d : index) {
            Json entry = toJson(d);
            entry.erase("annotations");
            entry["platform"] = {{"os", "linux"},
                                 {"architecture", d.reference == "web" ? hostArchitecture() : "s390x"}};
            entries.push_back(entry);
        }
        // A bill of materials, as buildx adds it.
        Json notes = entries[0];
        notes["platform"] = {{"os", "unknown"}, {"architecture", "unknown"}};
        entries.push_back(notes);
        Json document = {{"schemaVersion", 2}, {"mediaType", kIndexType}, {"manifests", entries}};
        auto top = store.writeBlob(dumpJson(document), kIndexType);
        if (!top)
            return {};
        top->reference = "all";
        index.push_back(*top);
        return store.writeIndex(index) ? layout + ":all" : QString();
    }

    void pullsForAPlatform()
    {
        TestRegistry registry(m_directory.filePath("registry"), 5608);
        QVERIFY(registry.start(false));
        QString many = makeIndex();
        QVERIFY(!many.isEmpty());
        Endpoint there{registry.host() + "/lab/many:1", {}};
        QVERIFY(runProgram("skopeo", {"--insecure-policy", "copy", "-q", "--all", "--dest-tls-verify=false",
                                      "oci:" + many, "docker://" + qs(there.reference)}));
        auto platforms = m_store->registry().platforms(there);
        VERIFY_RESULT(platforms);
        QCOMPARE(platforms->size(), size_t{2});
        auto own = m_store->pull(there, m_progress);
        VERIFY_RESULT(own);
        QCOMPARE(own->config.architecture, hostArchitecture());
        there.platform = "linux/s390x";
        auto other = m_store->pull(there, m_progress);
        VERIFY_RESULT(other);
        QCOMPARE(other->config.architecture, std::string("s390x"));
        auto runs = checkRuns(other->config.architecture, Kind::Container);
        QVERIFY(!runs && runs.error().message.find("linux/s390x") != std::string::npos);
        QVERIFY(checkRuns(own->config.architecture, Kind::Machine));
        // It can go on to where it runs, and is whole there.
        Endpoint copy{registry.host() + "/lab/other:1", {}};
        VERIFY_RESULT(m_store->push(there.reference, copy, m_progress));
        auto alone = m_store->registry().platforms(copy);
        VERIFY_RESULT(alone);
        QCOMPARE(toString(alone->at(0)), std::string("linux/s390x"));
        // Without a word about it what is not this machine's is no use.
        QCOMPARE(m_store->pull(copy, m_progress).error().code, Code::NotSupported);
        there.platform = "linux/arm/v7";
        QCOMPARE(m_store->pull(there, m_progress).error().code, Code::NotSupported);
        QVERIFY(!parsePlatform("arm64"));
        QVERIFY(!parsePlatform("windows/amd64"));
        QVERIFY(!parsePlatform("linux/../x"));
    }

    void saysWhatIsWrongWithARegistry()
    {
        TestRegistry registry(m_directory.filePath("registry"), 5602);
        QVERIFY(registry.start(false));
        auto missing = m_store->pull({registry.host() + "/lab/nothing:1", {}}, m_progress);
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, Code::NotFound);
        auto tls = m_store->pull({registry.host() + "/lab/nothing:1", true}, m_progress);
        QVERIFY(!tls);
        QVERIFY2(tls.error().message.find("does not speak TLS") != std::string::npos, tls.error().message.c_str());
        auto nobody = m_store->pull({"localhost:9/lab/nothing:1", {}}, m_progress);
        QVERIFY(!nobody);
        QVERIFY2(nobody.error().message.find("no registry answers") != std::string::npos,
                 nobody.error().message.c_str());
        QVERIFY(!m_store->pull({"localhost:5602/UPPER", {}}, m_progress));
        QCOMPARE(m_store->list()->size(), size_t{1});
    }

    void signsInOverTls()
    {
        TestRegistry registry(m_directory.filePath("secure"), 5603);
        QVERIFY(registry.start(true));
        Endpoint there{registry.host() + "/lab/busybox:1", false};
        auto unasked = m_store->push("busybox", there, m_progress);
        QVERIFY(!unasked);
        QCOMPARE(unasked.error().code, Code::PermissionDenied);
        auto untrusted = m_store->push("busybox", {there.reference, true}, m_progress);
        QVERIFY(!untrusted);
        QVERIFY2(untrusted.error().message.find("certificate") != std::string::npos, untrusted.error().message.c_str());
        Registry& registries = m_store->registry();
        auto wrong = registries.login({registry.host(), false}, TestRegistry::user, "wrong");
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().code, Code::PermissionDenied);
        QVERIFY(registries.logins()->empty());
        VERIFY_RESULT(registries.login({registry.host(), false}, TestRegistry::user, TestRegistry::password));
        QCOMPARE(registries.logins()->size(), size_t{1});
        QCOMPARE(registries.logins()->at(0).username, std::string(TestRegistry::user));
        struct stat st
        {
        };
        QCOMPARE(::stat((m_paths.state + "/registries/auth.json").c_str(), &st), 0);
        QCOMPARE(st.st_mode & 0777, 0600U);
        VERIFY_RESULT(m_store->push("busybox", there, m_progress));
        VERIFY_RESULT(m_store->pull(there, m_progress));
        VERIFY_RESULT(registries.logout(registry.host()));
        QVERIFY(registries.logins()->empty());
        QVERIFY(!m_store->pull({registry.host() + "/lab/busybox:1", false}, m_progress));
    }

    void aCancelledPullGoesOn()
    {
        std::string layout = makeLayered("resume");
        QVERIFY(!layout.empty());
        TestRegistry registry(m_directory.filePath("registry"), 5604);
        QVERIFY(registry.start(false));
        VERIFY_RESULT(m_store->importLayout(layout, "web", "web", m_progress));
        Endpoint there{registry.host() + "/web:1", {}};
        VERIFY_RESULT(m_store->push("web", there, m_progress));
        VERIFY_RESULT(m_store->remove("web"));
        Watched stopped;
        stopped.stop = [&] {
            std::lock_guard guard(stopped.mutex);
            return stopped.steps.count("unpackLayers") > 0;
        };
        auto cancelled = m_store->pull(there, stopped);
        QVERIFY(!cancelled);
        QCOMPARE(cancelled.error().code, Code::Cancelled);
        QVERIFY(!m_store->find(there.reference));
        QCOMPARE(inStaging(), size_t{0});
        VERIFY_RESULT(m_store->pull(there, m_progress));
        QVERIFY(m_store->find(there.reference));
    }

    void othersReadWhatIsExported()
    {
        std::string layout = makeLayered("export");
        QVERIFY(!layout.empty());
        auto web = m_store->importLayout(layout, "web", "web:1", m_progress);
        VERIFY_RESULT(web);
        for (const char* format : {"oci-archive", "docker-archive"}) {
            auto file = m_store->exportArchive("web:1", format, m_progress);
            VERIFY_RESULT(file);
            QVERIFY(runProgram("skopeo", {"--insecure-policy", "inspect", qs(std::string(format) + ":" + *file)}));
            VERIFY_RESULT(m_store->remove("web:1"));
            auto back = m_store->importArchive(*file, "", m_progress);
            VERIFY_RESULT(back);
            QCOMPARE(back->size(), size_t{1});
            QCOMPARE((*back)[0].reference, std::string("web:1"));
            QCOMPARE((*back)[0].layers.size(), web->layers.size());
            for (size_t i = 0; i < web->layers.size(); ++i)
                QCOMPARE((*back)[0].layers[i].diffId, web->layers[i].diffId);
            (void)removeTree(file->substr(0, file->find_last_of('/')));
        }
        QCOMPARE(inStaging(), size_t{0});
        // The store itself is a layout that others read in place.
        QVERIFY(runProgram("umoci",
                           {"unpack", "--image", qs(m_paths.images()) + ":web:1", m_directory.filePath("bundle")}) ||
                runProgram("skopeo", {"--insecure-policy", "inspect", "oci:" + qs(m_paths.images()) + ":web:1"}));
    }

    void importsRootFileSystems_data()
    {
        QTest::addColumn<QString>("option");
        QTest::newRow("plain") << "--format=ustar";
        QTest::newRow("gzip") << "-z";
        QTest::newRow("zstd") << "--zstd";
        QTest::newRow("xz") << "-J";
    }
    void importsRootFileSystems()
    {
        QFETCH(QString, option);
        QString tree = m_directory.filePath("tree-" + QString(QTest::currentDataTag()));
        QDir().mkpath(tree + "/etc");
        QFile file(tree + "/etc/motd");
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("hello\n");
        file.close();
        QVERIFY(runProgram("tar", {option, "-cf", tree + ".tar", "-C", tree, "."}));
        QVERIFY(!*Store::holdsImages((tree + ".tar").toStdString()));
        Config config;
        config.command = {"/bin/sh", "-c", "cat /etc/motd"};
        config.environment = {"A=b"};
        config.exposedPorts = {"8080/tcp"};
        auto image = m_store->importRootfs((tree + ".tar").toStdString(), "tree", config, "test", m_progress);
        VERIFY_RESULT(image);
        QCOMPARE(image->config.command, config.command);
        QCOMPARE(image->config.exposedPorts, config.exposedPorts);
        QVERIFY(image->createdAt > 0);
        auto lower = m_store->unpack(*image, m_progress);
        VERIFY_RESULT(lower);
        QCOMPARE(*readFile((*lower)[0] + "/etc/motd"), std::string("hello\n"));
        QCOMPARE(inStaging(), size_t{0});
    }

    void refusesHarmfulArchives_data()
    {
        QTest::addColumn<QByteArray>("manifest");
        QTest::newRow("no json") << QByteArray("{{{");
        QTest::newRow("no list") << QByteArray("{}");
        QTest::newRow("empty") << QByteArray("[]");
        QTest::newRow("lacks the config") << QByteArray(R"([{"Config":"none.json","RepoTags":["a:1"],"Layers":[]}])");
        QTest::newRow("climbs") << QByteArray(R"([{"Config":"../../etc/passwd","RepoTags":["a:1"],"Layers":[]}])");
        QTest::newRow("wrong type") << QByteArray(R"([{"Config":"config.json","RepoTags":"a:1","Layers":3}])");
        QTest::newRow("config lies") << QByteArray(
            R"([{"Config":"config.json","RepoTags":["a:1"],"Layers":["layer.tar"]}])");
        QTest::newRow("no name") << QByteArray(R"([{"Config":"config.json","RepoTags":["UP PER"],"Layers":[]}])");
    }
    void refusesHarmfulArchives()
    {
        QFETCH(QByteArray, manifest);
        QString tree = m_directory.filePath("harm");
        QDir().mkpath(tree);
        auto write = [&](const char* name, const QByteArray& content) {
            QFile file(tree + "/" + name);
            return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
        };
        QVERIFY(write("manifest.json", manifest) && write("layer.tar", QByteArray(10240, '\0')) &&
                write("config.json",
                      R"({"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["sha256:)" +
                          QByteArray(64, '0') + R"("]}})"));
        QVERIFY(runProgram("tar", {"-cf", tree + ".tar", "-C", tree, "manifest.json", "layer.tar", "config.json"}));
        QVERIFY(*Store::holdsImages((tree + ".tar").toStdString()));
        auto image = m_store->importArchive((tree + ".tar").toStdString(), "", m_progress);
        QVERIFY(!image);
        QVERIFY(!image.error().message.empty());
        QCOMPARE(m_store->list()->size(), size_t{1});
        QCOMPARE(inStaging(), size_t{0});
        // Cut in the middle of a file.
        QVERIFY(::truncate((tree + ".tar").toStdString().c_str(), 700) == 0);
        QVERIFY(!m_store->importArchive((tree + ".tar").toStdString(), "", m_progress));
        QCOMPARE(inStaging(), size_t{0});
    }

    void commitsChanges()
    {
        auto base = m_store->find("busybox");
        VERIFY_RESULT(base);
        auto lower = m_store->unpack(*base, m_progress);
        VERIFY_RESULT(lower);
        WritableLayer layer{path("upper"), *lower, 100000, 65536, {"etc/hosts"}};
        QVERIFY(makeDirectories(layer.upper + "/etc"));
        QVERIFY(makeDirectories(layer.upper + "/www"));
        QVERIFY(writeFileAtomic(layer.upper + "/etc/new", "new", 0640));
        QVERIFY(writeFileAtomic(layer.upper + "/etc/passwd", "changed", 0644));
        QVERIFY(::chown((layer.upper + "/etc/new").c_str(), 100033, 100005) == 0);
        QVERIFY(::mknod((layer.upper + "/etc/group").c_str(), S_IFCHR, 0) == 0);
        QVERIFY(::mknod((layer.upper + "/etc/never").c_str(), S_IFCHR, 0) == 0);
        QVERIFY(::setxattr((layer.upper + "/www").c_str(), "trusted.overlay.opaque", "y", 1, 0) == 0);
        QVERIFY(::link((layer.upper + "/etc/new").c_str(), (layer.upper + "/etc/same").c_str()) == 0);

        QVERIFY(writeFileAtomic(layer.upper + "/etc/hosts", ""));

        auto changes = listChanges(layer);
        VERIFY_RESULT(changes);
        std::map<std::string, Change::Kind> seen;
        for (const Change& change : changes->changes)
            seen[change.path] = change.kind;
        QCOMPARE(seen["etc"], Change::Kind::Changed);
        QCOMPARE(seen["etc/new"], Change::Kind::Added);
        QCOMPARE(seen["etc/passwd"], Change::Kind::Changed);
        QCOMPARE(seen["etc/group"], Change::Kind::Deleted);
        QVERIFY(!seen.count("etc/never"));
        QVERIFY(!seen.count("etc/hosts"));

        auto image = m_store->commit(*base, layer, "mine:1", "why not", m_progress);
        VERIFY_RESULT(image);
        QCOMPARE(image->layers.size(), base->layers.size() + 1);
        QCOMPARE(image->config.entrypoint, base->config.entrypoint);
        auto all = m_store->unpack(*image, m_progress);
        VERIFY_RESULT(all);
        struct stat st
        {
        };
        QCOMPARE(::lstat(((*all)[0] + "/etc/new").c_str(), &st), 0);
        QCOMPARE(st.st_uid, 33U);
        QCOMPARE(st.st_gid, 5U);
        QCOMPARE(st.st_nlink, nlink_t{2});
        QCOMPARE(::lstat(((*all)[0] + "/etc/group").c_str(), &st), 0);
        QVERIFY(S_ISCHR(st.st_mode));
        char opaque = 0;
        QCOMPARE(::getxattr(((*all)[0] + "/www").c_str(), "trusted.overlay.opaque", &opaque, 1), ssize_t{1});
        auto seenInside = m_store->inspect("mine:1");
        VERIFY_RESULT(seenInside);
        QCOMPARE(seenInside->history.size(), size_t{2});
        QCOMPARE(seenInside->history[1].comment, std::string("why not"));
        QCOMPARE(seenInside->history[0].sharedWith, std::vector<std::string>{"busybox:latest"});
        auto files = m_store->files("mine:1", image->layers[1].digest, "");
        VERIFY_RESULT(files);
        QVERIFY(std::any_of(files->files.begin(), files->files.end(), [](const FileEntry& f) {
            return f.path == "etc/group" && f.kind == FileEntry::Kind::Deleted;
        }));
        auto rest = m_store->files("mine:1", image->layers[1].digest, "etc/group");
        VERIFY_RESULT(rest);
        QVERIFY(rest->files.size() < files->files.size());
        // What the base holds too is not freed; the base goes only as a whole.
        QVERIFY(*m_store->freedBy({"mine:1"}) < *m_store->freedBy({"mine:1", "busybox:latest"}));
        (void)removeTree(layer.upper);
    }

    void namesTwiceRemovesOnce()
    {
        VERIFY_RESULT(m_store->tag("busybox", "other:2"));
        VERIFY_RESULT(m_store->remove("busybox"));
        auto image = m_store->find("other:2");
        VERIFY_RESULT(image);
        VERIFY_RESULT(m_store->unpack(*image, m_progress));
        QVERIFY(!m_store->tag("nothing", "x"));
        auto bad = m_store->tag("other:2", "UPPER");
        QVERIFY(!bad);
        QCOMPARE(bad.error().field, std::string("newReference"));
    }
};

QTEST_GUILESS_MAIN(TestExchange)
#include "tst_exchange.moc"
