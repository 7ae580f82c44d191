// base: strict JSON, names, files by descriptor, child processes.
#include "base/child.h"
#include "base/files.h"
#include "base/json.h"
#include "base/log.h"
#include "base/names.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

using namespace diptych;

class TestBase : public QObject
{
    Q_OBJECT

private slots:
    void jsonRefuses_data();
    void jsonRefuses();
    void jsonAccepts();
    void jsonBounds();
    void readerNamesTheField();
    void readerChecksTypes();
    void instanceNames_data();
    void instanceNames();
    void imageReferences_data();
    void imageReferences();
    void idsAreUuids();
    void filesStayBeneath();
    void atomicWriteKeepsOldOnFailure();
    void removeTreeKeepsWhatLinksPointAt();
    void trashLeavesNothing();
    void childRuns();
    void childFails();
    void childTimesOut();
    void childLeavesOthers();
    void childClosesDescriptors();
    void childFeedsInput();
    void directoriesHaveTheModeThatWasAsked();
    void escapes();

private:
    QTemporaryDir m_directory;
    std::string path(const char* name) const { return m_directory.filePath(QString::fromUtf8(name)).toStdString(); }
};

void TestBase::jsonRefuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("half") << QByteArray("{\"a\":");
    QTest::newRow("trailing") << QByteArray("{} {}");
    QTest::newRow("duplicate key") << QByteArray("{\"a\":1,\"a\":2}");
    QTest::newRow("duplicate behind an object") << QByteArray("{\"a\":1,\"b\":{\"a\":2},\"a\":3}");
    QByteArray many("{");
    for (int i = 0; i < 200; ++i)
        many += "\"k" + QByteArray::number(i) + "\":1,";
    QTest::newRow("duplicate among many, early") << many + "\"k3\":1}";
    QTest::newRow("duplicate among many, late") << many + "\"k199\":1}";
    QTest::newRow("nested duplicate") << QByteArray("[{\"b\":{\"a\":1,\"a\":2}}]");
    QTest::newRow("NUL in string") << QByteArray("{\"a\":\"x\\u0000y\"}");
    QTest::newRow("NUL in key") << QByteArray("{\"a\\u0000\":1}");
    QTest::newRow("bad UTF-8") << QByteArray("{\"a\":\"\xff\xfe\"}");
    QTest::newRow("too deep") << QByteArray(65, '[') + QByteArray(65, ']');
    QTest::newRow("very deep") << QByteArray(1000000, '[');
    QTest::newRow("comment") << QByteArray("{/* */}");
    QTest::newRow("NaN") << QByteArray("NaN");
}

void TestBase::jsonRefuses()
{
    QFETCH(QByteArray, text);
    auto value = parseJson(std::string_view(text.constData(), static_cast<size_t>(text.size())));
    QVERIFY(!value);
    QCOMPARE(value.error().code, Code::InvalidArgument);
}

void TestBase::jsonAccepts()
{
    auto value = parseJson(R"({"a":[1,-2,3.5,true,null,"é"],"b":{"a":1},"c":{"a":1}})");
    QVERIFY(value);
    QCOMPARE((*value)["a"].size(), size_t{6});
    QVERIFY(parseJson(std::string(64, '[') + std::string(64, ']')));
}

void TestBase::jsonBounds()
{
    std::string large = "\"" + std::string(2 << 20, 'x') + "\"";
    QVERIFY(!parseJson(large));
    QVERIFY(parseJson(large, {4 << 20, 64}));
}

void TestBase::readerNamesTheField()
{
    Json value = {{"spec", {{"limits", {{"memory", -5}}}}}};
    JsonReader reader(value);
    auto limits = reader.object("spec")->object("limits");
    QVERIFY(limits);
    auto memory = limits->unsignedInteger("memory");
    QVERIFY(!memory);
    QCOMPARE(memory.error().field, std::string("spec.limits.memory"));
    auto missing = limits->string("cpus");
    QCOMPARE(missing.error().field, std::string("spec.limits.cpus"));
    QVERIFY(missing.error().message.find("missing") != std::string::npos);
}

void TestBase::readerChecksTypes()
{
    Json value = {{"text", 5}, {"big", UINT64_MAX}, {"float", 1.5}, {"list", {"a", 1}}, {"null", nullptr}};
    JsonReader reader(value);
    QVERIFY(!reader.string("text"));
    QVERIFY(!reader.integer("big"));
    QVERIFY(reader.unsignedInteger("big"));
    QVERIFY(!reader.integer("float"));
    QVERIFY(!reader.strings("list"));
    QVERIFY(!reader.optionalString("null")->has_value());
    QVERIFY(reader.finish());
    Json more = value;
    more["other"] = 1;
    JsonReader again(more);
    (void)again.string("text");
    QVERIFY(!again.finish());
    Json notObject = 5;
    QVERIFY(!JsonReader(notObject).finish());
}

void TestBase::instanceNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("good");
    for (const char* good : {"web", "web-1", "_x", "a.b", "A+b", "0"})
        QTest::newRow(good) << QString::fromUtf8(good) << true;
    for (const char* bad : {"", "-x", "--help", ".x", "..", "a/b", "a b", "$(id)", "a'b", "a\nb", "é", "a%b"})
        QTest::newRow(qPrintable(QStringLiteral("bad <%1>").arg(QString::fromUtf8(bad))))
            << QString::fromUtf8(bad) << false;
    QTest::newRow("63") << QString(63, QLatin1Char('x')) << true;
    QTest::newRow("64") << QString(64, QLatin1Char('x')) << false;
}

void TestBase::instanceNames()
{
    QFETCH(QString, name);
    QFETCH(bool, good);
    auto checked = checkInstanceName(name.toStdString());
    QCOMPARE(bool(checked), good);
    if (!good)
        QCOMPARE(checked.error().field, std::string("name"));
}

void TestBase::imageReferences_data()
{
    QTest::addColumn<QString>("reference");
    QTest::addColumn<bool>("good");
    const QString digest = QStringLiteral("sha256:") + QString(64, QLatin1Char('a'));
    const QStringList good{QStringLiteral("busybox"),
                           QStringLiteral("nginx:1.27"),
                           QStringLiteral("a/b/c"),
                           QStringLiteral("quay.io/x/y@") + digest,
                           QStringLiteral("localhost:5000/a:b"),
                           QStringLiteral("a__b/c--d.e_f:T-1.x_y"),
                           QStringLiteral("[::1]:5000/x")};
    for (const QString& r : good)
        QTest::newRow(qPrintable(r)) << r << true;
    const QStringList bad{QString(),
                          QStringLiteral("A"),
                          QStringLiteral("a:"),
                          QStringLiteral("a/"),
                          QStringLiteral("/a"),
                          QStringLiteral("a//b"),
                          QStringLiteral("../a"),
                          QStringLiteral("a@sha256:12"),
                          QStringLiteral("a___b"),
                          QStringLiteral("a b"),
                          QStringLiteral("-x"),
                          QStringLiteral("a..b"),
                          QStringLiteral("x.y:80 /a"),
                          QStringLiteral("a:-t"),
                          QString(256, QLatin1Char('a'))};
    for (const QString& r : bad)
        QTest::newRow(qPrintable(QStringLiteral("bad <%1>").arg(r.left(20)))) << r << false;
}

void TestBase::imageReferences()
{
    QFETCH(QString, reference);
    QFETCH(bool, good);
    QCOMPARE(bool(checkImageReference(reference.toStdString())), good);
}

void TestBase::idsAreUuids()
{
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        std::string id = newId();
        QVERIFY(checkId(id));
        QVERIFY(seen.insert(id).second);
    }
    QVERIFY(!checkId("../../../../../../../../../../etc/pass"));
    QVERIFY(!checkId("0B8388C2-610F-4465-9267-000000000000"));
}

void TestBase::directoriesHaveTheModeThatWasAsked()
{
    mode_t before = umask(0077);
    QVERIFY(makeDirectories(path("open/deep"), 0711));
    umask(before);
    struct stat st
    {
    };
    for (const char* name : {"open", "open/deep"}) {
        QCOMPARE(::stat(path(name).c_str(), &st), 0);
        QCOMPARE(st.st_mode & 07777, mode_t{0711});
    }
}

void TestBase::filesStayBeneath()
{
    std::string root = path("beneath");
    QVERIFY(makeDirectories(root + "/in"));
    QVERIFY(writeFileAtomic(root + "/in/file", "x"));
    QCOMPARE(::symlink("/etc/passwd", (root + "/absolute").c_str()), 0);
    QCOMPARE(::symlink("../../..", (root + "/up").c_str()), 0);
    auto directory = openFile(root, O_PATH | O_DIRECTORY);
    QVERIFY(directory);
    QVERIFY(openBeneath(directory->get(), "in/file", O_RDONLY));
    QVERIFY(openBeneath(directory->get(), "in", O_RDONLY | O_DIRECTORY));
    QVERIFY(openBeneath(directory->get(), "in/made", O_WRONLY | O_CREAT | O_EXCL));
    QVERIFY(!openBeneath(directory->get(), "absolute", O_RDONLY));
    QVERIFY(!openBeneath(directory->get(), "up/etc/passwd", O_RDONLY));
    QVERIFY(!openBeneath(directory->get(), "../beneath/in/file", O_RDONLY));
    QVERIFY(!openBeneath(directory->get(), "/etc/passwd", O_RDONLY));
    // In a root the same links lead to what is inside, where nothing of that name is.
    QVERIFY(!openInRoot(directory->get(), "absolute", O_RDONLY));
    QVERIFY(openInRoot(directory->get(), "/up/in/file", O_RDONLY));
}

void TestBase::atomicWriteKeepsOldOnFailure()
{
    std::string file = path("kept");
    QVERIFY(writeFileAtomic(file, "old"));
    QVERIFY(writeFileAtomic(file, "new"));
    QCOMPARE(*readFile(file), std::string("new"));
    QVERIFY(!writeFileAtomic(path("missing/file"), "x"));
    auto names = listDirectory(m_directory.path().toStdString());
    for (const std::string& name : *names)
        QVERIFY2(name.find("kept.") == std::string::npos, name.c_str());
}

void TestBase::removeTreeKeepsWhatLinksPointAt()
{
    QVERIFY(makeDirectories(path("outside")));
    QVERIFY(writeFileAtomic(path("outside/precious"), "x"));
    QVERIFY(makeDirectories(path("tree/a/b")));
    QCOMPARE(::symlink(path("outside").c_str(), path("tree/a/link").c_str()), 0);
    QVERIFY(removeTree(path("tree")));
    QVERIFY(!exists(path("tree")));
    QVERIFY(exists(path("outside/precious")));
    QVERIFY(removeTree(path("never was")));
}

void TestBase::trashLeavesNothing()
{
    QVERIFY(makeDirectories(path("victim/a")));
    QVERIFY(writeFileAtomic(path("victim/a/f"), "x"));
    QVERIFY(removeTreeByTrash(path("victim"), path("trash")));
    QVERIFY(!exists(path("victim")));
    QVERIFY(listDirectory(path("trash"))->empty());
}

void TestBase::childRuns()
{
    Command command;
    command.arguments = {"sh", "-c", "echo out; echo err >&2; exit 3"};
    auto outcome = run(command);
    QVERIFY(outcome);
    QCOMPARE(outcome->status, 3);
    QCOMPARE(outcome->output, std::string("out\n"));
    QCOMPARE(outcome->errors, std::string("err\n"));
}

void TestBase::childFails()
{
    Command command;
    command.arguments = {"no-such-program"};
    auto outcome = run(command);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, Code::NotSupported);
    command.arguments = {"sh", "-c", "echo first >&2; echo reason >&2; exit 1"};
    auto checked = runChecked(command);
    QVERIFY(!checked);
    QVERIFY(checked.error().message.find("reason") != std::string::npos);
    QVERIFY(checked.error().message.find("first") == std::string::npos);
}

void TestBase::childTimesOut()
{
    Command command;
    command.arguments = {"sh", "-c", "sleep 100 & sleep 100"};
    command.timeout = std::chrono::milliseconds(200);
    auto outcome = run(command);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, Code::TimedOut);
    command.timeout = std::chrono::seconds(100);
    int asked = 0;
    command.cancelled = [&] { return ++asked > 2; };
    QCOMPARE(run(command).error().code, Code::Cancelled);
}

void TestBase::childLeavesOthers()
{
    Command command;
    command.leavesOthers = true;
    command.arguments = {"sh", "-c", "sleep 20 & echo out; echo err >&2; exit 3"};
    QElapsedTimer timer;
    timer.start();
    auto outcome = run(command);
    QVERIFY(outcome);
    QVERIFY(timer.elapsed() < 10000);
    QCOMPARE(outcome->status, 3);
    QCOMPARE(outcome->output, std::string("out\n"));
    QCOMPARE(outcome->errors, std::string("err\n"));
    command.arguments = {"sleep", "100"};
    command.timeout = std::chrono::milliseconds(200);
    QCOMPARE(run(command).error().code, Code::TimedOut);
}

void TestBase::childClosesDescriptors()
{
    int leak = ::open("/etc/passwd", O_RDONLY); // without O_CLOEXEC, as a library might
    QVERIFY(leak > 2);
    Command command;
    command.arguments = {"sh", "-c", "ls /proc/self/fd | wc -l"};
    // stdin, stdout, stderr and the directory that ls itself reads
    QCOMPARE(run(command)->output, std::string("4\n"));
    command.keepFds = {leak};
    QCOMPARE(run(command)->output, std::string("5\n"));
    ::close(leak);
}

void TestBase::childFeedsInput()
{
    Command command;
    command.arguments = {"cat"};
    command.input = std::string(1 << 20, 'x');
    QCOMPARE(run(command)->output.size(), size_t{1} << 20);
    command.arguments = {"true"}; // never reads: no SIGPIPE may reach us
    QVERIFY(run(command));
}

void TestBase::escapes()
{
    QCOMPARE(escapeForDisplay("a\nb\x1b[31m\x7f"), std::string("a\\x0ab\\x1b[31m\\x7f"));
    QCOMPARE(escapeForDisplay("x\u202ey"), std::string("x\\u{202e}y"));
    QCOMPARE(escapeForDisplay("né 容器"), std::string("né 容器"));
}

QTEST_GUILESS_MAIN(TestBase)
#include "tst_base.moc"
