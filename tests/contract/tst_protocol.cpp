// Bad clients at the real socket: each gets its declared error or is cut off, and the others are served as if nothing
// had been.
#include "base/sanitized.h"
#include "support/helper_process.h"
#include "varlink/idl.h"

#include "base/files.h"

#include <csignal>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>

using namespace diptych;
using varlink::Client;

class TestProtocol : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup();
    void introspection();
    void malformed_data();
    void malformed();
    void envelopeLimits();
    void unknown();
    void wrongTypes_data();
    void wrongTypes();
    void needsMore();
    void hugeMessage();
    void thousandConnections();
    void slowClients();
    void neverReads();
    void pipelined();
    void descriptors();
    void connectionsLeaveNothing();
    void nobodyMayNothing();
    void smallWhenIdle();

private:
    int pingMilliseconds();
    HelperProcess m_helper;
};

void TestProtocol::initTestCase()
{
    signal(SIGPIPE, SIG_IGN);
    rlimit limit{4096, 4096};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 4096);
    setrlimit(RLIMIT_NOFILE, &limit);
    QVERIFY(m_helper.start());
}

void TestProtocol::cleanup()
{
    QVERIFY2(m_helper.running(), "the helper died");
}

int TestProtocol::pingMilliseconds()
{
    QElapsedTimer timer;
    timer.start();
    auto reply = callOn(m_helper.socket(), "org.diptych.Ping");
    return reply.contains("version") ? int(timer.elapsed()) : 1000000;
}

/// True when the helper closes within the time; what it says before is thrown away.
static bool closesWithin(int fd, int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    char bytes[4096];
    while (timer.elapsed() < milliseconds) {
        pollfd waits{fd, POLLIN, 0};
        if (poll(&waits, 1, int(milliseconds - timer.elapsed())) <= 0)
            continue;
        if (read(fd, bytes, sizeof bytes) <= 0)
            return true;
    }
    return false;
}

void TestProtocol::introspection()
{
    Json info = callOn(m_helper.socket(), "org.varlink.service.GetInfo");
    QCOMPARE(info["product"].get<std::string>(), std::string("diptychd"));
    QVERIFY(info["interfaces"].size() >= 8);
    for (const Json& name : info["interfaces"]) {
        Json reply = callOn(m_helper.socket(), "org.varlink.service.GetInterfaceDescription", {{"interface", name}});
        auto parsed = varlink::parseInterface(reply["description"].get<std::string>());
        QVERIFY2(parsed, dumpJson(reply).c_str());
        QCOMPARE(parsed->name, name.get<std::string>());
    }
    QCOMPARE(callOn(m_helper.socket(), "org.varlink.service.GetInterfaceDescription",
                    {{"interface", "org.nothing.here"}})["error"],
             Json("org.varlink.service.InterfaceNotFound"));
}

void TestProtocol::malformed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    auto row = [](const char* name, const QByteArray& text) { QTest::newRow(name) << text + '\0'; };
    row("empty message", "");
    row("no JSON", "hello");
    row("half an object", R"({"method":)");
    row("array", "[]");
    row("number", "1");
    row("no method", "{}");
    row("method is a number", R"({"method":1})");
    row("parameters are an array", R"({"method":"org.diptych.Ping","parameters":[]})");
    row("more is a string", R"({"method":"org.diptych.Ping","more":"yes"})");
    row("key twice", R"({"method":"org.diptych.Ping","method":"org.diptych.Ping"})");
    row("data behind", R"({"method":"org.diptych.Ping"} x)");
    row("NUL in a string", R"({"method":"org.diptych.Ping\u0000"})");
    row("bad UTF-8", "{\"method\":\"\xff\xfe\"}");
    row("deep", R"({"method":"a.b","parameters":{"a":)" + QByteArray("[").repeated(1000));
    row("a million brackets", QByteArray("[").repeated(1000000));
}

void TestProtocol::malformed()
{
    QFETCH(QByteArray, bytes);
    auto client = Client::connect(m_helper.socket());
    QVERIFY(client);
    (void)writeAll(client->fd(), std::string_view(bytes.constData(), size_t(bytes.size())));
    QVERIFY2(closesWithin(client->fd(), 3000), "it was not cut off");
    QVERIFY(pingMilliseconds() < 1000);
}

void TestProtocol::envelopeLimits()
{
    // Just below the limit of size is served, and told what is wrong with it.
    auto client = Client::connect(m_helper.socket());
    auto reply = client->call("org.diptych.Instances.Describe", {{"id", std::string(1000000, 'x')}});
    QVERIFY(reply);
    QCOMPARE(reply->error, std::string("org.diptych.NotFound"));
}

void TestProtocol::unknown()
{
    auto error = [this](const char* method) { return callOn(m_helper.socket(), method); };
    Json reply = error("org.nothing.Do");
    QCOMPARE(reply["error"], Json("org.varlink.service.InterfaceNotFound"));
    QCOMPARE(reply["parameters"]["interface"], Json("org.nothing"));
    reply = error("org.diptych.Instances.Fly");
    QCOMPARE(reply["error"], Json("org.varlink.service.MethodNotFound"));
    QCOMPARE(reply["parameters"]["method"], Json("org.diptych.Instances.Fly"));
    QCOMPARE(error("Ping")["error"], Json("org.varlink.service.InterfaceNotFound"));
    QCOMPARE(error("")["error"], Json("org.varlink.service.InterfaceNotFound"));
}

void TestProtocol::wrongTypes_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("parameters");
    QTest::addColumn<QByteArray>("parameter");
    QTest::newRow("missing") << QByteArray("Describe") << QByteArray("{}") << QByteArray("id");
    QTest::newRow("number") << QByteArray("Describe") << QByteArray(R"({"id":1})") << QByteArray("id");
    QTest::newRow("unknown member") << QByteArray("Describe") << QByteArray(R"({"id":"a","x":1})") << QByteArray("x");
    QTest::newRow("element") << QByteArray("Start") << QByteArray(R"({"ids":["a",null]})") << QByteArray("ids[1]");
    QTest::newRow("nested") << QByteArray("SetLimits")
                            << QByteArray(R"({"id":"a","limits":{"cpus":1,"memory":"many","pids":1}})")
                            << QByteArray("limits.memory");
    QTest::newRow("64 bits") << QByteArray("SetLimits")
                             << QByteArray(R"({"id":"a","limits":{"cpus":1,"memory":1e30,"pids":1}})")
                             << QByteArray("limits.memory");
}

void TestProtocol::wrongTypes()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, parameters);
    QFETCH(QByteArray, parameter);
    Json reply = callOn(m_helper.socket(), "org.diptych.Instances." + method.toStdString(),
                        *parseJson(parameters.toStdString()));
    QCOMPARE(reply["error"], Json("org.varlink.service.InvalidParameter"));
    QCOMPARE(reply["parameters"]["parameter"], Json(parameter.toStdString()));
}

void TestProtocol::needsMore()
{
    QCOMPARE(callOn(m_helper.socket(), "org.diptych.Metrics.Subscribe")["error"],
             Json("org.varlink.service.ExpectedMore"));
    Json reply =
        callOn(m_helper.socket(), "org.diptych.Instances.OpenTerminal", {{"id", "x"}, {"columns", 80}, {"rows", 24}});
    QCOMPARE(reply["parameters"]["parameter"], Json("upgrade"));
}

void TestProtocol::hugeMessage()
{
    int before = m_helper.resident();
    auto client = Client::connect(m_helper.socket());
    QVERIFY(client);
    std::string chunk(size_t{1} << 20, 'x');
    bool cut = false;
    for (int i = 0; i < 100 && !cut; ++i)
        cut = !writeAll(client->fd(), chunk);
    QVERIFY2(cut, "100 MB were taken");
    QVERIFY(pingMilliseconds() < 1000);
    QVERIFY2(m_helper.resident() < before + 16384, "it kept the message");
}

void TestProtocol::thousandConnections()
{
    auto early = Client::connect(m_helper.socket());
    QVERIFY(early->call("org.diptych.Ping"));
    std::vector<Client> crowd;
    for (int i = 0; i < 1000; ++i) {
        if (auto client = Client::connect(m_helper.socket()))
            crowd.push_back(std::move(*client));
    }
    QElapsedTimer timer;
    timer.start();
    QVERIFY(early->call("org.diptych.Ping"));
    QVERIFY(timer.elapsed() < 1000);
    // Another user is not kept out by this one.
    int status = asNobody([this] {
        QElapsedTimer waits;
        waits.start();
        Json reply = callOn(m_helper.socket(), "org.diptych.Ping");
        return reply.contains("version") && waits.elapsed() < 1000 ? 0 : 1;
    });
    QVERIFY2(status == 0 || geteuid() != 0, "nobody could not ping");
    auto last = crowd.back().receive(std::chrono::seconds(2));
    QVERIFY2(last && last->error == "org.diptych.TooMany", "one too many was not told so");
    crowd.clear();
    for (int i = 0; i < 100 && pingMilliseconds() > 1000; ++i)
        QThread::msleep(20);
    QVERIFY(pingMilliseconds() < 1000);
}

void TestProtocol::slowClients()
{
    auto half = Client::connect(m_helper.socket()), trickle = Client::connect(m_helper.socket());
    QVERIFY(half && trickle);
    QVERIFY(writeAll(half->fd(), R"({"method":"org.diptych)"));
    bool cut = false;
    for (int second = 0; second < 14 && !cut; ++second) {
        cut = !writeAll(trickle->fd(), "{");
        QVERIFY(pingMilliseconds() < 1000);
        QThread::sleep(1);
    }
    QVERIFY2(cut, "one byte a second went on for 14 s");
    QVERIFY2(closesWithin(half->fd(), 1000), "half a message is still waited for");
}

void TestProtocol::neverReads()
{
    int before = m_helper.resident();
    std::vector<Client> deaf;
    for (const char* method : {"Metrics", "Instances", "Operations", "Activity", "Images"}) {
        auto client = Client::connect(m_helper.socket());
        QVERIFY(client->send(std::string("org.diptych.") + method + ".Subscribe", Json::object(), {{"more", true}}));
        deaf.push_back(std::move(*client));
    }
    auto busy = Client::connect(m_helper.socket());
    Json start = {{"ids", {"no such instance"}}};
    for (int i = 0; i < 3000; ++i)
        QVERIFY(busy->call("org.diptych.Instances.Start", start));
    QVERIFY(pingMilliseconds() < 1000);
    if (diptych::sanitized)
        QSKIP("sanitizers keep what was freed");
    QVERIFY2(m_helper.resident() < before + 24576,
             qPrintable(QString("%1 KiB more").arg(m_helper.resident() - before)));
}

void TestProtocol::pipelined()
{
    auto client = Client::connect(m_helper.socket());
    std::string both;
    for (int i = 0; i < 50; ++i) {
        both +=
            dumpJson({{"method", i % 2 ? "org.diptych.Ping" : "org.diptych.Instances.List"}, {"oneway", i % 5 == 4}});
        both.push_back('\0');
    }
    QVERIFY(writeAll(client->fd(), both));
    for (int i = 0; i < 50; ++i) {
        if (i % 5 == 4)
            continue;
        auto reply = client->receive(std::chrono::seconds(5));
        QVERIFY(reply);
        QVERIFY2(reply->parameters.contains(i % 2 ? "version" : "instances"), dumpJson(reply->parameters).c_str());
    }
}

void TestProtocol::descriptors()
{
    int before = m_helper.openFiles();
    for (int i = 0; i < 200; ++i) {
        auto client = Client::connect(m_helper.socket());
        char byte = '{';
        iovec data{&byte, 1};
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * 8)] = {};
        msghdr message{};
        message.msg_iov = &data;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        cmsghdr* header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int) * 8);
        int fds[8] = {0, 0, 0, 0, 0, 0, 0, 0};
        memcpy(CMSG_DATA(header), fds, sizeof fds);
        QVERIFY(sendmsg(client->fd(), &message, MSG_NOSIGNAL) == 1);
        QVERIFY(closesWithin(client->fd(), 2000));
    }
    QTRY_VERIFY2_WITH_TIMEOUT(m_helper.openFiles() <= before + 2, "descriptors were kept", 3000);
}

void TestProtocol::connectionsLeaveNothing()
{
    for (int i = 0; i < 200; ++i)
        QVERIFY(pingMilliseconds() < 1000);
    int files = m_helper.openFiles(), size = m_helper.resident();
    for (int i = 0; i < 3000; ++i)
        callOn(m_helper.socket(), "org.diptych.Ping");
    QTRY_VERIFY_WITH_TIMEOUT(m_helper.openFiles() <= files + 2, 3000);
    if (diptych::sanitized)
        QSKIP("sanitizers keep what was freed");
    QVERIFY2(m_helper.resident() < size + 2048, qPrintable(QString("%1 -> %2 KiB").arg(size).arg(m_helper.resident())));
}

/// Every method of every interface: a method that forgets to ask would answer something else.
void TestProtocol::nobodyMayNothing()
{
    if (geteuid() != 0)
        QSKIP("needs root, to become nobody");
    auto names = listDirectory(DIPTYCH_SOURCE "/backend/api");
    int count = 0;
    for (const std::string& name : *names) {
        auto text = readFile(DIPTYCH_SOURCE "/backend/api/" + name);
        auto interface = varlink::parseInterface(*text);
        if (!interface)
            continue;
        for (const auto& method : interface->methods) {
            std::string full = interface->name + "." + method.name;
            int status = asNobody([&] {
                auto client = Client::connect(m_helper.socket());
                Json more =
                    method.comment.find("Needs \"more\"") != std::string::npos ? Json{{"more", true}} : Json::object();
                if (!client || !client->send(full, Json::object(), more))
                    return 2;
                auto reply = client->receive(std::chrono::seconds(20));
                if (!reply)
                    return 3;
                if (full == "org.diptych.Ping")
                    return reply->error.empty() ? 0 : 4;
                return reply->error == "org.diptych.PermissionDenied" && reply->parameters["action"].is_string() ? 0
                                                                                                                 : 1;
            });
            QVERIFY2(status == 0, (full + " gave status " + std::to_string(status)).c_str());
            ++count;
        }
    }
    QVERIFY(count > 30);
}

void TestProtocol::smallWhenIdle()
{
    HelperProcess fresh;
    QVERIFY(fresh.start({"--containers", "20", "--machines", "5"}));
    QThread::sleep(2);
#ifndef __SANITIZE_ADDRESS__
    QVERIFY2(fresh.resident() < 30 * 1024, qPrintable(QString("%1 KiB").arg(fresh.resident())));
#endif
    qInfo("resident when idle: %d KiB", fresh.resident());
}

QTEST_GUILESS_MAIN(TestProtocol)
#include "tst_protocol.moc"
