// instances: the wire form round-trips, and every bad member is named.
#include "instances/json.h"

#include <QTest>

using namespace diptych;

class TestInstances : public QObject
{
    Q_OBJECT

private slots:
    void specRoundTrips();
    void badSpec_data();
    void badSpec();
    void limits_data();
    void limits();
    void timelineRoundTrips();
};

static Json goodSpec()
{
    return Json::parse(R"({"name":"web","kind":"container","image":"busybox:latest","command":["/bin/httpd","-f"],
        "environment":["A=b"],"user":"www-data","workingDirectory":"/srv","terminal":true,
        "limits":{"cpus":0.5,"memory":67108864,"pids":64},"network":{"mode":"nat","name":"default"},
        "ports":[{"protocol":"tcp","hostPort":8080,"port":80}],"twin":""})");
}

static Status readAndCheck(const Json& json)
{
    auto spec = specFrom(JsonReader(json, "spec"));
    if (!spec)
        return tl::unexpected<Error>(spec.error());
    return checkSpec(*spec);
}

void TestInstances::specRoundTrips()
{
    Json json = goodSpec();
    auto spec = specFrom(JsonReader(json, "spec"));
    QVERIFY(spec);
    QVERIFY(checkSpec(*spec));
    QCOMPARE(dumpJson(toJson(*spec)), dumpJson(json));
    Json least = {{"name", "x"}, {"kind", "machine"}};
    QVERIFY(readAndCheck(least));
}

void TestInstances::badSpec_data()
{
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("name type") << QByteArray("/name") << QByteArray("5") << QByteArray("name");
    QTest::newRow("name") << QByteArray("/name") << QByteArray("\"a/b\"") << QByteArray("name");
    QTest::newRow("kind") << QByteArray("/kind") << QByteArray("\"pod\"") << QByteArray("kind");
    QTest::newRow("image") << QByteArray("/image") << QByteArray("\"../x\"") << QByteArray("image");
    QTest::newRow("memory type") << QByteArray("/limits/memory") << QByteArray("\"1G\"") << QByteArray("limits.memory");
    QTest::newRow("memory small") << QByteArray("/limits/memory") << QByteArray("1024") << QByteArray("limits.memory");
    QTest::newRow("cpus") << QByteArray("/limits/cpus") << QByteArray("-1") << QByteArray("limits.cpus");
    QTest::newRow("pids") << QByteArray("/limits/pids") << QByteArray("99999999") << QByteArray("limits.pids");
    QTest::newRow("unknown limit") << QByteArray("/limits/disk") << QByteArray("1") << QByteArray("limits.disk");
    QTest::newRow("unknown") << QByteArray("/privileged") << QByteArray("true") << QByteArray("privileged");
    QTest::newRow("port") << QByteArray("/ports/0/port") << QByteArray("70000") << QByteArray("ports[0].port");
    QTest::newRow("protocol") << QByteArray("/ports/0/protocol") << QByteArray("\"icmp\"")
                              << QByteArray("ports[0].protocol");
    QTest::newRow("port twice") << QByteArray("/ports/1") << QByteArray(R"({"hostPort":8080,"port":81})")
                                << QByteArray("ports[1].hostPort");
    QTest::newRow("environment") << QByteArray("/environment/0") << QByteArray("\"=x\"")
                                 << QByteArray("environment[0]");
    QTest::newRow("command") << QByteArray("/command/0") << QByteArray("\"\"") << QByteArray("command[0]");
    QTest::newRow("directory") << QByteArray("/workingDirectory") << QByteArray("\"srv\"")
                               << QByteArray("workingDirectory");
    QTest::newRow("mode") << QByteArray("/network/mode") << QByteArray("\"bridge\"") << QByteArray("network.mode");
    QTest::newRow("ports without network")
        << QByteArray("/network/mode") << QByteArray("\"none\"") << QByteArray("ports");
    QTest::newRow("twin") << QByteArray("/twin") << QByteArray("\"x\"") << QByteArray("twin");
}

void TestInstances::badSpec()
{
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, field);
    Json json = goodSpec();
    json[Json::json_pointer(pointer.toStdString())] = Json::parse(value.toStdString());
    auto checked = readAndCheck(json);
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, Code::InvalidArgument);
    QVERIFY2(checked.error().field.find(field.toStdString()) != std::string::npos, checked.error().field.c_str());
}

void TestInstances::limits_data()
{
    QTest::addColumn<double>("cpus");
    QTest::addColumn<qulonglong>("memory");
    QTest::addColumn<bool>("machine");
    QTest::addColumn<bool>("good");
    QTest::newRow("none") << 0.0 << 0ULL << false << true;
    QTest::newRow("small container") << 0.01 << 4ULL << false << true;
    QTest::newRow("small machine") << 0.01 << 4ULL << true << false;
    QTest::newRow("machine") << 2.0 << 64ULL << true << true;
    QTest::newRow("NaN") << qQNaN() << 0ULL << false << false;
    QTest::newRow("infinite") << qInf() << 0ULL << false << false;
}

void TestInstances::limits()
{
    QFETCH(double, cpus);
    QFETCH(qulonglong, memory);
    QFETCH(bool, machine);
    QFETCH(bool, good);
    QCOMPARE(bool(checkLimits({cpus, memory << 20, 0}, machine ? Kind::Machine : Kind::Container)), good);
}

void TestInstances::timelineRoundTrips()
{
    Timeline timeline{123, 456, true, {{"clone", 0, 100, "clone3"}, {"exec", 400, 456, ""}}};
    Json json = toJson(timeline);
    auto again = timelineFrom(JsonReader(json));
    QVERIFY(again);
    QCOMPARE(dumpJson(toJson(*again)), dumpJson(json));
}

QTEST_GUILESS_MAIN(TestInstances)
#include "tst_instances.moc"
