// What the API does, over its socket, with drivers that pretend.
#include "base/sanitized.h"
#include "support/helper_process.h"

#include "base/files.h"

#include <csignal>
#include <set>

using namespace diptych;
using varlink::Client;

class TestApi : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void host();
    void createsTwins();
    void rollsBack();
    void refusesNames();
    void refusesSpecs_data();
    void refusesSpecs();
    void cancels();
    void busyAndKill();
    void lifecycle();
    void deletes();
    void limitsAndRename();
    void subscribes();
    void metrics();
    void watches();
    void ranges();
    void refusesRanges_data();
    void refusesRanges();
    void rangeOutlivesTheHelper();
    void terminal();
    void evidenceAndCosts();
    void wallsDown();
    void images();
    void activity();
    void activityIsFiltered();
    void activityIsMended();
    void restartAfterKill9();
    void stuckDriverHoldsNobodyUp();
    void bulk();

private:
    Json call(const std::string& method, const Json& parameters = Json::object())
    {
        return callOn(m_helper->socket(), "org.diptych." + method, parameters);
    }
    Json wait(const Json& begun)
    {
        return begun.contains("operation") ? call("Operations.Wait", {{"id", begun["operation"]}})["operation"] : begun;
    }
    Json waitFirst(const Json& begun) { return wait({{"operation", begun["operations"][0]}}); }
    Json instance(const std::string& name)
    {
        Json all = call("Instances.List");
        for (const Json& one : all["instances"]) {
            if (one["context"]["name"] == name)
                return one;
        }
        return {};
    }
    std::string idOf(const std::string& name)
    {
        Json found = instance(name);
        return found.is_null() ? "" : found["id"].get<std::string>();
    }
    static Json spec(const std::string& name, const std::string& kind = "container")
    {
        return {{"name", name},
                {"kind", kind},
                {"image", "busybox:latest"},
                {"command", Json::array()},
                {"environment", Json::array()},
                {"user", ""},
                {"workingDirectory", ""},
                {"terminal", true},
                {"limits", {{"cpus", 0.5}, {"memory", 134217728}, {"pids", 100}}},
                {"network", {{"mode", "nat"}, {"name", "default"}}},
                {"ports", Json::array()},
                {"twin", ""}};
    }
    std::unique_ptr<HelperProcess> m_helper;
};

void TestApi::init()
{
    signal(SIGPIPE, SIG_IGN);
    m_helper = std::make_unique<HelperProcess>();
    QVERIFY(m_helper->start({"--fail-create", "bad-vm", "--latency", "200", "--stuck", "stuck"}));
}

void TestApi::cleanup()
{
    QVERIFY2(m_helper->running(), "the helper died");
    m_helper.reset();
}

void TestApi::host()
{
    Json host = call("GetHost");
    QVERIFY2(host.contains("kernel"), dumpJson(host).c_str());
    QVERIFY(host["cpus"].get<int>() >= 1);
    QVERIFY(host["memory"].get<int64_t>() > 0);
    QCOMPARE(host["acceleration"], Json("tcg"));
    QVERIFY(host["granted"].size() >= 7);
}

void TestApi::createsTwins()
{
    Json done = wait(call("Instances.Create", {{"spec", spec("fresh")}, {"twins", true}, {"start", true}}));
    QCOMPARE(done["state"], Json("done"));
    QCOMPARE(done["result"]["ids"].size(), size_t(2));
    QCOMPARE(done["instances"], done["result"]["ids"]);
    Json container = instance("fresh"), machine = instance("fresh-vm");
    QCOMPARE(container["id"], done["result"]["ids"][0]);
    QCOMPARE(container["context"]["twin"], machine["id"]);
    QCOMPARE(machine["context"]["twin"], container["id"]);
    QCOMPARE(machine["context"]["kind"], Json("machine"));
    QCOMPARE(container["runtime"]["state"], Json("running"));
    QCOMPARE(machine["runtime"]["state"], Json("running"));
}

void TestApi::rollsBack()
{
    size_t before = call("Instances.List")["instances"].size();
    Json done = wait(call("Instances.Create", {{"spec", spec("bad")}, {"twins", true}, {"start", true}}));
    QCOMPARE(done["state"], Json("failed"));
    QCOMPARE(done["error"], Json("org.diptych.Failed"));
    QTRY_COMPARE(call("Instances.List")["instances"].size(), before);
    // The names are free again.
    QVERIFY(
        call("Instances.Create", {{"spec", spec("bad")}, {"twins", false}, {"start", false}}).contains("operation"));
}

void TestApi::refusesNames()
{
    QCOMPARE(call("Instances.Create", {{"spec", spec("web")}, {"twins", false}, {"start", false}})["error"],
             Json("org.diptych.Exists"));
    // The machine's name is taken by another.
    wait(call("Instances.Create", {{"spec", spec("x-vm")}, {"twins", false}, {"start", false}}));
    QCOMPARE(call("Instances.Create", {{"spec", spec("x")}, {"twins", true}, {"start", false}})["error"],
             Json("org.diptych.Exists"));
    // Two at once: one wins.
    Json first = call("Instances.Create", {{"spec", spec("race")}, {"twins", false}, {"start", false}});
    Json second = call("Instances.Create", {{"spec", spec("race")}, {"twins", false}, {"start", false}});
    QVERIFY(first.contains("operation"));
    QCOMPARE(second["error"], Json("org.diptych.Exists"));
}

void TestApi::refusesSpecs_data()
{
    QTest::addColumn<QByteArray>("patch");
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("name") << QByteArray(R"({"name":"../x"})") << QByteArray("spec.name");
    QTest::newRow("dash") << QByteArray(R"({"name":"-x"})") << QByteArray("spec.name");
    QTest::newRow("image") << QByteArray(R"({"image":"nothing:here"})") << QByteArray("spec.image");
    QTest::newRow("no image") << QByteArray(R"({"image":""})") << QByteArray("spec.image");
    QTest::newRow("memory") << QByteArray(R"({"limits":{"cpus":1,"memory":5,"pids":1}})")
                            << QByteArray("spec.limits.memory");
    QTest::newRow("cpus") << QByteArray(R"({"limits":{"cpus":-1,"memory":0,"pids":1}})")
                          << QByteArray("spec.limits.cpus");
    QTest::newRow("environment") << QByteArray(R"({"environment":["novalue"]})") << QByteArray("spec.environment");
}

void TestApi::refusesSpecs()
{
    QFETCH(QByteArray, patch);
    QFETCH(QByteArray, field);
    Json bad = spec("fine");
    bad.merge_patch(*parseJson(patch.toStdString()));
    Json reply = call("Instances.Create", {{"spec", bad}, {"twins", false}, {"start", false}});
    QCOMPARE(reply["error"], Json("org.diptych.InvalidArgument"));
    QString named = QString::fromStdString(reply["parameters"]["field"].get<std::string>());
    QVERIFY2(named.startsWith(field), qPrintable(named));
}

void TestApi::cancels()
{
    m_helper->stop();
    QVERIFY(m_helper->start({"--latency", "5000"}));
    Json begun = call("Instances.Create", {{"spec", spec("slow")}, {"twins", true}, {"start", false}});
    QThread::msleep(100);
    QVERIFY(call("Operations.Cancel", {{"id", begun["operation"]}}).empty());
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(wait(begun)["state"], Json("cancelled"));
    QVERIFY(timer.elapsed() < 3000);
    QVERIFY(instance("slow").is_null());
    QCOMPARE(call("Operations.Cancel", {{"id", begun["operation"]}})["error"], Json("org.diptych.WrongState"));
    QCOMPARE(call("Operations.Cancel", {{"id", "x"}})["error"], Json("org.diptych.NotFound"));
    QCOMPARE(call("Operations.Wait", {{"id", "x"}})["error"], Json("org.diptych.NotFound"));
}

void TestApi::busyAndKill()
{
    m_helper->stop();
    QVERIFY(m_helper->start({"--latency", "4000"}));
    std::string id = idOf("web");
    Json stopping = call("Instances.Stop", {{"ids", {id}}});
    QThread::msleep(100);
    Json busy = waitFirst(call("Instances.Pause", {{"ids", {id}}}));
    QCOMPARE(busy["error"], Json("org.diptych.Busy"));
    QCOMPARE(call("Instances.Rename", {{"id", id}, {"name", "other"}})["error"], Json("org.diptych.Busy"));
    // Killing pushes the graceful stop aside.
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(waitFirst(call("Instances.Kill", {{"ids", {id}}}))["state"], Json("done"));
    QVERIFY(timer.elapsed() < 3000);
    QCOMPARE(waitFirst(stopping)["state"], Json("cancelled"));
    QTRY_COMPARE(instance("web")["runtime"]["exitCode"], Json(137));
}

void TestApi::lifecycle()
{
    std::string id = idOf("web");
    auto does = [&](const char* verb) {
        return waitFirst(call(std::string("Instances.") + verb, {{"ids", {id}}}))["state"];
    };
    QCOMPARE(does("Pause"), Json("done"));
    QTRY_COMPARE(instance("web")["runtime"]["state"], Json("paused"));
    QCOMPARE(does("Resume"), Json("done"));
    QCOMPARE(does("Stop"), Json("done"));
    QTRY_COMPARE(instance("web")["runtime"]["state"], Json("stopped"));
    QCOMPARE(does("Stop"), Json("failed"));
    QCOMPARE(does("Start"), Json("done"));
    QCOMPARE(does("Restart"), Json("done"));
    QTRY_COMPARE(instance("web")["runtime"]["state"], Json("running"));
    Json timeline = call("Instances.GetTimeline", {{"id", id}})["timeline"];
    QCOMPARE(timeline["complete"], Json(true));
    QVERIFY(timeline["steps"].size() > 3);
    Json unknown = waitFirst(call("Instances.Start", {{"ids", {"nothing"}}}));
    QCOMPARE(unknown["error"], Json("org.diptych.NotFound"));
    QVERIFY(call("Instances.ListProcesses", {{"id", id}})["processes"].size() >= 1);
    QCOMPARE(call("Instances.GetConfiguration", {{"id", id}})["format"], Json("json"));
    QCOMPARE(call("Instances.GetConfiguration", {{"id", idOf("web-vm")}})["format"], Json("xml"));
    QCOMPARE(call("Instances.Preview", {{"spec", spec("p", "machine")}})["format"], Json("xml"));
    QVERIFY(call("Instances.ReadLog", {{"id", id}, {"bytes", 100}})["text"].get<std::string>().size() <= 100);
}

void TestApi::deletes()
{
    std::string id = idOf("web"), twin = idOf("web-vm");
    QCOMPARE(waitFirst(call("Instances.Delete", {{"ids", {id}}, {"force", false}, {"disks", false}}))["error"],
             Json("org.diptych.WrongState"));
    QVERIFY(call("Instances.RemovalPlan", {{"id", id}})["deleted"].size() >= 1);
    QCOMPARE(waitFirst(call("Instances.Delete", {{"ids", {id}}, {"force", true}, {"disks", false}}))["state"],
             Json("done"));
    QTRY_VERIFY(instance("web").is_null());
    QTRY_COMPARE(instance("web-vm")["context"]["twin"], Json(""));
    QCOMPARE(
        waitFirst(call("Instances.Delete", {{"ids", {idOf("broken")}}, {"force", false}, {"disks", false}}))["state"],
        Json("done"));
}

void TestApi::limitsAndRename()
{
    std::string id = idOf("web");
    Json limits = {{"cpus", 0.25}, {"memory", 67108864}, {"pids", 50}};
    QVERIFY(call("Instances.SetLimits", {{"id", id}, {"limits", limits}}).empty());
    QTRY_COMPARE(instance("web")["context"]["limits"], limits);
    limits["memory"] = 1;
    QCOMPARE(call("Instances.SetLimits", {{"id", id}, {"limits", limits}})["parameters"]["field"],
             Json("limits.memory"));
    QCOMPARE(call("Instances.Rename", {{"id", id}, {"name", "db"}})["error"], Json("org.diptych.Exists"));
    QCOMPARE(call("Instances.Rename", {{"id", id}, {"name", "a b"}})["error"], Json("org.diptych.InvalidArgument"));
    QVERIFY(call("Instances.Rename", {{"id", id}, {"name", "renamed"}}).empty());
    QTRY_COMPARE(instance("renamed")["id"], Json(id));
}

void TestApi::subscribes()
{
    auto instances = Client::connect(m_helper->socket()), operations = Client::connect(m_helper->socket());
    QVERIFY(instances->send("org.diptych.Instances.Subscribe", Json::object(), {{"more", true}}));
    QVERIFY(operations->send("org.diptych.Operations.Subscribe", Json::object(), {{"more", true}}));
    auto first = instances->receive(std::chrono::seconds(5));
    QVERIFY(first && first->continues);
    QVERIFY(first->parameters["changed"].size() > 5);
    QVERIFY(operations->receive(std::chrono::seconds(5)));
    std::string id = idOf("web");
    waitFirst(call("Instances.Stop", {{"ids", {id}}}));
    std::set<std::string> states;
    for (int i = 0; i < 10 && !states.count("stopped"); ++i) {
        auto change = instances->receive(std::chrono::seconds(5));
        QVERIFY(change);
        for (const Json& one : change->parameters["changed"]) {
            if (one["id"] == id)
                states.insert(one["runtime"]["state"].get<std::string>());
        }
    }
    QVERIFY(states.count("stopping") && states.count("stopped"));
    bool ended = false, progressed = false;
    for (int i = 0; i < 50 && !ended; ++i) {
        auto change = operations->receive(std::chrono::seconds(5));
        QVERIFY(change);
        for (const Json& one : change->parameters["operations"]) {
            ended = ended || one["state"] == "done";
            progressed = progressed || (one["state"] == "running" && one["progress"] > 0.0);
        }
    }
    QVERIFY(ended && progressed);
    waitFirst(call("Instances.Delete", {{"ids", {id}}, {"force", false}, {"disks", false}}));
    Json removed = Json::array();
    for (int i = 0; i < 10 && removed.empty(); ++i)
        removed = instances->receive(std::chrono::seconds(5))->parameters["removed"];
    QCOMPARE(removed, Json::array({id}));
}

void TestApi::metrics()
{
    auto client = Client::connect(m_helper->socket());
    QVERIFY(client->send("org.diptych.Metrics.Subscribe", Json::object(), {{"more", true}}));
    Json last;
    for (int i = 0; i < 4; ++i) {
        auto reply = client->receive(std::chrono::seconds(5));
        QVERIFY(reply && reply->error.empty());
        last = reply->parameters;
    }
    QVERIFY(last["instances"].size() >= 4);
    QVERIFY(last["host"]["memoryTotal"].get<int64_t>() > 0);
    QVERIFY(last["instances"][0]["point"]["memory"].get<int64_t>() > 0);
    QVERIFY(call("Metrics.GetHistory", {{"id", idOf("web")}})["points"].size() >= 2);
    QVERIFY(call("Metrics.GetHostHistory")["points"].size() >= 2);
    QCOMPARE(call("Metrics.GetHistory", {{"id", "x"}})["error"], Json("org.diptych.NotFound"));
}

/// Ten a second of one instance, only while somebody is there to hear them.
void TestApi::watches()
{
    const std::string id = idOf("web");
    auto watch = [&](const std::string& which) {
        auto client = Client::connect(m_helper->socket());
        (void)client->send("org.diptych.Metrics.Watch", {{"id", which}}, {{"more", true}});
        return client;
    };
    auto client = watch(id);
    auto first = client->receive(std::chrono::seconds(5));
    QVERIFY(first && first->error.empty() && !first->parameters.contains("point"));
    QElapsedTimer timer;
    timer.start();
    int64_t last = 0;
    for (int i = 0; i < 10; ++i) {
        auto reply = client->receive(std::chrono::seconds(5));
        QVERIFY(reply && reply->error.empty());
        const int64_t time = reply->parameters["point"]["time"];
        QVERIFY(time > last);
        last = time;
    }
    QVERIFY2(timer.elapsed() > 800, "not more often than asked");
    // Nothing comes while it does not run, and it goes on when it does.
    wait(waitFirst(call("Instances.Stop", {{"ids", {id}}})));
    while (client->receive(std::chrono::milliseconds(600)))
        continue;
    waitFirst(call("Instances.Start", {{"ids", {id}}}));
    QVERIFY(client->receive(std::chrono::seconds(5)));
    auto unknown = watch("x")->receive(std::chrono::seconds(5));
    QVERIFY(unknown && unknown->error == "org.diptych.NotFound");
    // At most eight; whoever goes makes room.
    std::vector<decltype(watch(id))> many;
    for (int i = 0; i < 7; ++i) {
        const Json made = wait(
            call("Instances.Create", {{"spec", spec("w" + std::to_string(i))}, {"twins", false}, {"start", false}}));
        many.push_back(watch(made["result"]["ids"][0].get<std::string>()));
        auto reply = many.back()->receive(std::chrono::seconds(5));
        QVERIFY(reply && reply->error.empty());
    }
    const std::string ninth = idOf("web-vm");
    auto refused = watch(ninth)->receive(std::chrono::seconds(5));
    QVERIFY(refused && refused->error == "org.diptych.Busy");
    many.pop_back();
    QTRY_VERIFY(watch(ninth)->receive(std::chrono::seconds(5))->error.empty());
}

static int64_t nowMilliseconds()
{
    return QDateTime::currentMSecsSinceEpoch();
}

void TestApi::ranges()
{
    const std::string id = idOf("web");
    QTRY_VERIFY(call("Metrics.GetHistory", {{"id", id}})["points"].size() >= 4);
    const int64_t now = nowMilliseconds();
    Json seconds = call("Metrics.GetRange", {{"id", id}, {"begin", now - 3000}, {"end", now}, {"count", 100}});
    Json range = call("Metrics.GetRange", {{"id", id}, {"begin", now - 3600000}, {"end", now + 1000}, {"count", 600}});
    QCOMPARE(range["step"], Json(10000));
    QVERIFY2(!range["points"].empty() && range["points"].size() <= 2, dumpJson(range).c_str());
    const Json& point = range["points"].back();
    QVERIFY(point["time"].get<int64_t>() <= now && point["time"].get<int64_t>() > now - 20000);
    QCOMPARE(point["time"].get<int64_t>() % 10000, 0);
    QVERIFY(point["seconds"].get<int>() >= 1);
    QVERIFY(point["memoryMax"].get<int64_t>() >= point["memory"].get<int64_t>());
    QVERIFY(point["cpuMax"].get<double>() >= point["cpu"].get<double>());
    QVERIFY(!point.contains("cpuPressure"));
    QVERIFY(seconds["step"] == 1000 || seconds["step"] == 10000); // the helper may be younger than 3 s
    Json host = call("Metrics.GetRange", {{"id", ""}, {"begin", now - 3600000}, {"end", now + 1000}, {"count", 1}});
    QCOMPARE(host["points"].size(), size_t(1));
    QVERIFY(host["points"][0]["memory"].get<int64_t>() > 0);
    Json month = call("Metrics.GetRange", {{"id", id}, {"begin", 0}, {"end", int64_t{1} << 60}, {"count", 2000}});
    QVERIFY2(month["step"].get<int64_t>() % 60000 == 0, dumpJson(month["step"]).c_str());
    QCOMPARE(call("Metrics.GetRange", {{"id", id}, {"begin", 5}, {"end", 10}, {"count", 5}})["points"].size(),
             size_t(0));
}

void TestApi::refusesRanges_data()
{
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<QString>("field");
    const auto row = [](const char* name, const char* change, const char* field) {
        QTest::newRow(name) << QByteArray(change) << QString(field);
    };
    row("negative begin", R"({"begin": -1})", "begin");
    row("ends at its begin", R"({"end": 1000})", "end");
    row("ends before", R"({"end": -5})", "end");
    row("no points", R"({"count": 0})", "count");
    row("too many points", R"({"count": 2001})", "count");
    row("text for a time", R"({"begin": "now"})", "begin");
    row("half a millisecond", R"({"end": 1e99})", "end");
    row("no count", R"({"count": null})", "count");
    row("a number for an id", R"({"id": 7})", "id");
}

void TestApi::refusesRanges()
{
    QFETCH(QByteArray, change);
    QFETCH(QString, field);
    Json parameters{{"id", ""}, {"begin", 1000}, {"end", 2000}, {"count", 10}};
    parameters.merge_patch(Json::parse(change.toStdString()));
    Json answer = call("Metrics.GetRange", parameters);
    QVERIFY2(answer.contains("error"), dumpJson(answer).c_str());
    const Json& told = answer["parameters"];
    const std::string named = told.value("field", told.value("parameter", std::string()));
    QCOMPARE(QString::fromStdString(named), field);
    QCOMPARE(call("Metrics.GetRange", {{"id", "x"}, {"begin", 0}, {"end", 1}, {"count", 1}})["error"],
             Json("org.diptych.NotFound"));
}

void TestApi::rangeOutlivesTheHelper()
{
    QTRY_VERIFY(call("Metrics.GetHostHistory")["points"].size() >= 3);
    m_helper->stop();
    const int64_t ended = nowMilliseconds();
    // What the next helper measures is in another bucket.
    QTest::qWait(static_cast<int>(10000 - ended % 10000) + 50);
    QVERIFY(m_helper->start());
    auto points = [this](int64_t end) {
        return call("Metrics.GetRange", {{"id", ""}, {"begin", end - 60000}, {"end", end}, {"count", 1}})["points"]
            .size();
    };
    QTRY_VERIFY(points(ended) >= 1);
    m_helper->stop();
    QFile file(m_helper->state() + "/metrics.sqlite");
    QVERIFY(file.size() > 0);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(QByteArray(5000, 'x'));
    file.close();
    QVERIFY(m_helper->start());
    QTRY_VERIFY(!QDir(m_helper->state()).entryList({"metrics.sqlite.damaged-*"}).isEmpty());
    QTRY_VERIFY(points(nowMilliseconds()) >= 1); // it goes on
}

static std::string readUntil(int fd, std::string have, const std::string& wanted)
{
    QElapsedTimer timer;
    timer.start();
    char bytes[4096];
    while (have.find(wanted) == std::string::npos && timer.elapsed() < 5000) {
        ssize_t n = read(fd, bytes, sizeof bytes);
        if (n <= 0)
            break;
        have.append(bytes, static_cast<size_t>(n));
    }
    return have;
}

void TestApi::terminal()
{
    std::string id = idOf("web");
    auto client = Client::connect(m_helper->socket());
    // Bytes right behind the call belong to the terminal already.
    std::string both = dumpJson({{"method", "org.diptych.Instances.OpenTerminal"},
                                 {"parameters", {{"id", id}, {"columns", 80}, {"rows", 24}}},
                                 {"upgrade", true}}) +
                       '\0' + "early\r";
    QVERIFY(writeAll(client->fd(), both));
    auto reply = client->receive(std::chrono::seconds(5));
    QVERIFY(reply && reply->error.empty());
    Json session = reply->parameters["session"];
    std::string seen = readUntil(client->fd(), client->takeRest(), "early\r\n");
    QVERIFY2(seen.find("Welcome") != std::string::npos && seen.find("early\r\n") != std::string::npos, seen.c_str());
    QVERIFY(
        call("Instances.ResizeTerminal", {{"id", id}, {"session", session}, {"columns", 132}, {"rows", 50}}).empty());
    QVERIFY(writeAll(client->fd(), "size\r"));
    seen = readUntil(client->fd(), "", "132 50");
    QVERIFY2(seen.find("132 50") != std::string::npos, seen.c_str());
    QCOMPARE(
        call("Instances.ResizeTerminal", {{"id", id}, {"session", session}, {"columns", 0}, {"rows", 50}})["error"],
        Json("org.diptych.InvalidArgument"));
    int files = m_helper->openFiles();
    QVERIFY(writeAll(client->fd(), "\x04"));
    char byte = 0;
    while (read(client->fd(), &byte, 1) > 0) {
    }
    QTRY_COMPARE(
        call("Instances.ResizeTerminal", {{"id", id}, {"session", session}, {"columns", 80}, {"rows", 24}})["error"],
        Json("org.diptych.NotFound"));
    QTRY_VERIFY(m_helper->openFiles() < files);
}

void TestApi::evidenceAndCosts()
{
    std::string id = idOf("web");
    Json evidence = call("Isolation.GetEvidence", {{"id", id}});
    QCOMPARE(evidence["rows"].size(), size_t(15));
    QCOMPARE(evidence["probe"], Json(""));
    waitFirst(call("Instances.Restart", {{"ids", {id}}}));
    QTRY_VERIFY_WITH_TIMEOUT(call("Isolation.GetCosts", {{"id", id}})["memoryBefore"].get<int64_t>() > 0, 5000);
    Json costs = call("Isolation.GetCosts", {{"id", id}});
    QVERIFY(costs["startNanoseconds"].get<int64_t>() > 0);
    QVERIFY(costs["diskBefore"].get<int64_t>() > 0);
    QVERIFY(call("Isolation.Probe", {{"id", id}})["answer"].contains("kernel"));
    Json resources = call("Isolation.GetResources", {{"id", id}});
    QVERIFY(resources["figures"].size() > 5 && resources["bounds"].size() == 3);
    QCOMPARE(call("Isolation.GetResources", {{"id", idOf("broken")}})["error"], Json("org.diptych.WrongState"));
    Json process = call("Instances.ListProcesses", {{"id", id}})["processes"][0];
    Json view = call("Isolation.GetProcess", {{"id", id}, {"pid", process["pid"]}, {"insidePid", 0}});
    QCOMPARE(view["host"][0]["values"]["pid"], Json(std::to_string(process["pid"].get<int>())));
    Json wrong = call("Isolation.GetProcess", {{"id", id}, {"pid", -1}, {"insidePid", 0}});
    QCOMPARE(wrong["parameters"]["field"], Json("pid"));
    // One that it does not have is not looked at.
    QCOMPARE(call("Isolation.GetProcess", {{"id", id}, {"pid", 1}, {"insidePid", 0}})["error"],
             Json("org.diptych.NotFound"));
    QCOMPARE(call("Isolation.ListWorkloads", Json::object())["error"], Json("org.diptych.NotSupported"));
    QCOMPARE(call("Isolation.Probe", {{"id", idOf("broken")}})["error"], Json("org.diptych.WrongState"));
    QVERIFY(call("Isolation.GetEvidence", {{"id", idOf("broken")}})["probe"].get<std::string>().size() > 3);
}

void TestApi::wallsDown()
{
    const std::string web = idOf("web");
    const std::string other = wait(
        call("Instances.Create", {{"spec", spec("other")}, {"twins", false}, {"start", false}}))["result"]["ids"][0];
    Json listed = call("Walls.List", {{"id", web}});
    QCOMPARE(listed["walls"].size(), size_t(11));
    QVERIFY(listed["copies"].empty());
    auto takeDown = [&](Json walls) {
        return wait(call("Walls.TakeDown", {{"id", web}, {"walls", std::move(walls)}}));
    };
    // Bad ones are refused by the operation, and nothing stays of them.
    QCOMPARE(takeDown(Json::array())["errorParameters"]["field"], Json("walls"));
    QCOMPARE(call("Walls.List", {{"id", idOf("web-vm")}})["walls"][0]["name"], Json("networkCard"));
    Json first = takeDown({"processes", "users"});
    QCOMPARE(first["state"], Json("done"));
    const std::string copy = first["result"]["copy"];
    listed = call("Walls.List", {{"id", web}});
    QCOMPARE(listed["copies"].size(), size_t(1));
    const Json one = listed["copies"][0];
    QCOMPARE(one["id"], Json(copy));
    QCOMPARE(one["walls"], Json({"processes", "users"}));
    QCOMPARE(one["endsAt"].get<int64_t>() - one["startedAt"].get<int64_t>(), int64_t(600'000));
    bool signalled = false;
    for (const Json& attempt : one["attempts"])
        if (attempt["name"] == "signalProcess")
            signalled = attempt["without"]["possible"] == true && attempt["with"]["possible"] == false;
    QVERIFY(signalled);
    QVERIFY(call("Walls.List", {{"id", other}})["copies"].empty());
    // At most four; what is put back makes room.
    for (int i = 0; i < 3; ++i)
        QCOMPARE(takeDown({"ipc"})["state"], Json("done"));
    QCOMPARE(call("Walls.TakeDown", {{"id", web}, {"walls", {"ipc"}}})["error"], Json("org.diptych.Busy"));
    QVERIFY(!call("Walls.PutBack", {{"copy", copy}}).contains("error"));
    QCOMPARE(call("Walls.PutBack", {{"copy", copy}})["error"], Json("org.diptych.NotFound"));
    QCOMPARE(call("Walls.List", {{"id", web}})["copies"].size(), size_t(3));
    QTRY_COMPARE(call("Activity.List")["entries"][0]["verb"], Json("putBack"));
    QCOMPARE(takeDown({"ipc"})["state"], Json("done"));
    // They go with their container.
    waitFirst(call("Instances.Delete", {{"ids", {web}}, {"force", true}, {"disks", true}}));
    QTRY_VERIFY(call("Walls.TakeDown", {{"id", other}, {"walls", {"ipc"}}}).contains("operation"));
}

void TestApi::images()
{
    Json images = call("Images.List")["images"];
    QCOMPARE(images.size(), size_t(2));
    QVERIFY(images[0]["usedBy"].size() >= 2);
    QCOMPARE(call("Images.Delete", {{"reference", "busybox:latest"}})["error"], Json("org.diptych.Busy"));
    QCOMPARE(call("Images.Delete", {{"reference", "nothing"}})["error"], Json("org.diptych.NotFound"));
    QCOMPARE(call("Images.ListTemplates")["templates"][0]["name"], Json("busybox"));
    auto client = Client::connect(m_helper->socket());
    QVERIFY(client->send("org.diptych.Images.Subscribe", Json::object(), {{"more", true}}));
    QCOMPARE(client->receive(std::chrono::seconds(5))->parameters["images"].size(), size_t(2));
    Json done = wait(call("Images.BuildTemplate", {{"template", "busybox"}, {"reference", "mine:1"}}));
    QCOMPARE(done["result"]["reference"], Json("mine:1"));
    QCOMPARE(client->receive(std::chrono::seconds(5))->parameters["images"].size(), size_t(3));
    QVERIFY(call("Images.Delete", {{"reference", "mine:1"}}).empty());
    QCOMPARE(client->receive(std::chrono::seconds(5))->parameters["images"].size(), size_t(2));
    QCOMPARE(call("Images.BuildTemplate", {{"template", "busybox"}, {"reference", "a b"}})["parameters"]["field"],
             Json("reference"));
}

void TestApi::activity()
{
    auto client = Client::connect(m_helper->socket());
    QVERIFY(client->send("org.diptych.Activity.Subscribe", Json::object(), {{"more", true}}));
    QVERIFY(client->receive(std::chrono::seconds(5)));
    waitFirst(call("Instances.Pause", {{"ids", {idOf("web")}}}));
    auto told = client->receive(std::chrono::seconds(5));
    QVERIFY(told);
    Json entry = told->parameters["entries"][0];
    QCOMPARE(entry["verb"], Json("pause"));
    QCOMPARE(entry["subject"], Json("web"));
    QCOMPARE(entry["outcome"], Json("ok"));
    QCOMPARE(entry["user"], Json(geteuid()));
    QVERIFY(entry["nanoseconds"].get<int64_t>() > 0);
    QTRY_COMPARE(call("Activity.List")["entries"][0]["verb"], Json("pause"));
    if (geteuid() == 0) {
        asNobody([this] {
            return callOn(m_helper->socket(), "org.diptych.Instances.Start", {{"ids", {"x"}}}).empty() ? 1 : 0;
        });
        QTRY_COMPARE(call("Activity.List")["entries"][0]["outcome"], Json("denied"));
        QCOMPARE(call("Activity.List")["entries"][0]["user"], Json(65534));
    }
}

void TestApi::activityIsFiltered()
{
    const std::string web = idOf("web"), db = idOf("db");
    const int64_t begin = nowMilliseconds();
    waitFirst(call("Instances.Pause", {{"ids", {web}}}));
    QTRY_COMPARE(call("Activity.List", {{"instance", web}})["entries"].size(), size_t(1));
    QTest::qWait(20);
    const int64_t between = nowMilliseconds();
    waitFirst(call("Instances.Pause", {{"ids", {db}}}));
    waitFirst(call("Instances.Resume", {{"ids", {web}}}));
    QTRY_COMPARE(call("Activity.List", {{"instance", web}})["entries"].size(), size_t(2));
    auto verbs = [this](const Json& filter) {
        std::string all;
        const Json listed = call("Activity.List", filter);
        for (const Json& entry : listed["entries"])
            all += entry["verb"].get<std::string>() + " ";
        return all;
    };
    QCOMPARE(verbs({{"instance", web}}), std::string("resume pause "));
    QCOMPARE(verbs({{"instance", web}, {"since", between}}), std::string("resume "));
    QCOMPARE(verbs({{"instance", web}, {"since", begin}, {"until", between}}), std::string("pause "));
    QCOMPARE(verbs({{"since", between}}), std::string("resume pause "));
    QCOMPARE(verbs({{"instance", "gone"}}), std::string());
    QCOMPARE(verbs({{"instance", web}, {"limit", 1}}), std::string("resume "));
    auto refused = [this](const Json& filter) { return call("Activity.List", filter)["parameters"]["field"]; };
    QCOMPARE(refused({{"instance", ""}}), Json("instance"));
    QCOMPARE(refused({{"since", -1}}), Json("since"));
    QCOMPARE(refused({{"since", 5}, {"until", 5}}), Json("until"));
    QCOMPARE(refused({{"until", 0}}), Json("until"));
}

void TestApi::activityIsMended()
{
    waitFirst(call("Instances.Pause", {{"ids", {idOf("web")}}}));
    QTRY_VERIFY(call("Activity.List")["entries"].size() >= 1);
    m_helper->stop();
    QVERIFY(m_helper->start());
    QVERIFY(call("Activity.List")["entries"].size() >= 1); // kept over a restart
    m_helper->stop();
    QFile file(m_helper->state() + "/activity.sqlite");
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(QByteArray(5000, 'x'));
    file.close();
    QVERIFY(m_helper->start());
    QCOMPARE(call("Activity.List")["entries"].size(), size_t(0));
    QVERIFY(!QDir(m_helper->state()).entryList({"activity.sqlite.damaged-*"}).isEmpty());
    waitFirst(call("Instances.Pause", {{"ids", {idOf("web")}}}));
    QTRY_VERIFY(call("Activity.List")["entries"].size() >= 1);
}

void TestApi::restartAfterKill9()
{
    auto client = Client::connect(m_helper->socket());
    QVERIFY(client->send("org.diptych.Instances.Subscribe", Json::object(), {{"more", true}}));
    QVERIFY(client->receive(std::chrono::seconds(5)));
    m_helper->kill9();
    QVERIFY(!client->receive(std::chrono::seconds(5)));
    QVERIFY(m_helper->start()); // over the socket that was left
    QVERIFY(!instance("web").is_null());
}

void TestApi::stuckDriverHoldsNobodyUp()
{
    wait(call("Instances.Create", {{"spec", spec("stuck")}, {"twins", false}, {"start", false}}));
    QTRY_VERIFY(!instance("stuck").is_null());
    std::string id = idOf("stuck");
    std::vector<Client> waiting;
    for (int i = 0; i < 20; ++i) {
        auto client = Client::connect(m_helper->socket());
        QVERIFY(client->send("org.diptych.Instances.ReadLog", {{"id", id}}));
        waiting.push_back(std::move(*client));
    }
    for (int i = 0; i < 5; ++i) {
        QElapsedTimer timer;
        timer.start();
        QVERIFY(call("Ping").contains("version"));
        QVERIFY(timer.elapsed() < 1000);
        QVERIFY(call("Instances.GetTimeline", {{"id", idOf("web")}}).contains("timeline"));
        QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
    }
    m_helper->kill9();
    QVERIFY(m_helper->start());
}

void TestApi::bulk()
{
    m_helper->stop();
    QVERIFY(m_helper->start({"--containers", "1000", "--machines", "0", "--latency", "10"}));
    QElapsedTimer timer;
    timer.start();
    Json all = call("Instances.List")["instances"];
    QVERIFY(all.size() >= 1000);
    QVERIFY(sanitized || timer.elapsed() < 3000);
    Json ids = Json::array();
    for (const Json& one : all) {
        if (one["runtime"]["state"] == "running")
            ids.push_back(one["id"]);
    }
    Json begun = call("Instances.Stop", {{"ids", ids}});
    QCOMPARE(begun["operations"].size(), ids.size());
    for (const Json& operation : begun["operations"])
        QCOMPARE(wait({{"operation", operation}})["state"], Json("done"));
}

QTEST_GUILESS_MAIN(TestApi)
#include "tst_api.moc"
