// Interface descriptions, framing and validation; without a socket.
#include "varlink/frame.h"
#include "varlink/idl.h"
#include "varlink/validate.h"

#include "base/files.h"

#include <QTest>

using namespace diptych;
using namespace diptych::varlink;

namespace {
const char* const sample = R"(# About it
interface org.example.more

# A thing
type Thing (name: string, tags: []string, sizes: [string]int, kind: (big, small), next: ?Thing, raw: object)

method Do(thing: Thing, ratio: float, on: ?bool) -> ()
error Bad (why: string)
)";
}

class TestVarlink : public QObject
{
    Q_OBJECT

private slots:
    void everyInterfaceRoundTrips();
    void parsesAll();
    void refuses_data();
    void refuses();
    void validates_data();
    void validates();
    void frames();
    void framesByteByByte();
    void limitsFrames();
};

void TestVarlink::everyInterfaceRoundTrips()
{
    auto names = listDirectory(DIPTYCH_SOURCE "/backend/api");
    QVERIFY(names);
    int count = 0;
    for (const std::string& name : *names) {
        if (name.size() < 8 || name.substr(name.size() - 8) != ".varlink")
            continue;
        ++count;
        auto text = readFile(DIPTYCH_SOURCE "/backend/api/" + name);
        QVERIFY(text);
        auto first = parseInterface(*text);
        QVERIFY2(first, first ? "" : (name + ": " + first.error().message).c_str());
        QCOMPARE(QString::fromStdString(first->name + ".varlink"), QString::fromStdString(name));
        std::string printed = print(*first);
        auto second = parseInterface(printed);
        QVERIFY2(second, second ? "" : (name + " printed: " + second.error().message).c_str());
        QCOMPARE(QString::fromStdString(print(*second)), QString::fromStdString(printed));
        QCOMPARE(second->methods.size(), first->methods.size());
        for (size_t i = 0; i < first->methods.size(); ++i)
            QCOMPARE(QString::fromStdString(second->methods[i].comment),
                     QString::fromStdString(first->methods[i].comment));
    }
    QVERIFY(count >= 7);
}

void TestVarlink::parsesAll()
{
    auto parsed = parseInterface(sample);
    QVERIFY2(parsed, parsed ? "" : parsed.error().message.c_str());
    QCOMPARE(parsed->comment, std::string("About it"));
    const Type& thing = parsed->type("Thing")->type;
    QCOMPARE(thing.fields.size(), size_t(6));
    QCOMPARE(int(thing.fields[1].type.kind), int(Type::Array));
    QCOMPARE(int(thing.fields[2].type.kind), int(Type::Map));
    QCOMPARE(thing.fields[3].type.values.size(), size_t(2));
    QCOMPARE(int(thing.fields[4].type.kind), int(Type::Maybe));
    QVERIFY(parsed->method("Do"));
    QVERIFY(parsed->error("Bad"));
    QCOMPARE(splitMethod("org.example.more.Do").first, std::string("org.example.more"));
}

void TestVarlink::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("one part") << QByteArray("interface org");
    QTest::newRow("dots") << QByteArray("interface org..x");
    QTest::newRow("dash at end") << QByteArray("interface org.x-");
    QTest::newRow("lower type") << QByteArray("interface org.x\ntype a (b: int)");
    QTest::newRow("unknown type") << QByteArray("interface org.x\ntype A (b: B)");
    QTest::newRow("twice") << QByteArray("interface org.x\ntype A (b: int)\ntype A (b: int)");
    QTest::newRow("field twice") << QByteArray("interface org.x\ntype A (b: int, b: int)");
    QTest::newRow("mixed") << QByteArray("interface org.x\ntype A (b: int, c)");
    QTest::newRow("maybe maybe") << QByteArray("interface org.x\ntype A (b: ??int)");
    QTest::newRow("open") << QByteArray("interface org.x\nmethod A(");
    QTest::newRow("no arrow") << QByteArray("interface org.x\nmethod A() ()");
    QTest::newRow("enum method") << QByteArray("interface org.x\nmethod A(a, b) -> ()");
    QTest::newRow("deep") << QByteArray("interface org.x\ntype A (b: ") + QByteArray("[]").repeated(100) + "int)";
    QTest::newRow("underscore") << QByteArray("interface org.x\ntype A (b__c: int)");
}

void TestVarlink::refuses()
{
    QFETCH(QByteArray, text);
    QVERIFY(!parseInterface(std::string_view(text.constData(), static_cast<size_t>(text.size()))));
}

void TestVarlink::validates_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("field"); // empty: good
    const QByteArray good = R"("name":"a","tags":["x"],"sizes":{"k":1},"kind":"big","raw":{})";
    auto thing = [](const QByteArray& what) { return R"({"ratio":1,"thing":{)" + what + "}}"; };
    QTest::newRow("good") << thing(good) << "";
    QTest::newRow("null is absent") << thing(good + R"(,"next":null)") << "";
    QTest::newRow("nested") << thing(good + R"(,"next":{"name":1})") << "thing.next.name";
    QTest::newRow("missing") << QByteArray(R"({"ratio":1})") << "thing";
    QTest::newRow("unknown") << thing(good + R"(,"more":1)") << "thing.more";
    QTest::newRow("element") << thing(QByteArray(good).replace(R"(["x"])", R"(["x",2])")) << "thing.tags[1]";
    QTest::newRow("map") << thing(QByteArray(good).replace(R"({"k":1})", R"({"k":"1"})")) << "thing.sizes.k";
    QTest::newRow("float for int") << thing(QByteArray(good).replace(R"({"k":1})", R"({"k":1.5})")) << "thing.sizes.k";
    QTest::newRow("too big") << thing(QByteArray(good).replace(R"({"k":1})", R"({"k":18446744073709551615})"))
                             << "thing.sizes.k";
    QTest::newRow("enum") << thing(QByteArray(good).replace("big", "huge")) << "thing.kind";
    QTest::newRow("object") << thing(QByteArray(good).replace(R"("raw":{})", R"("raw":[])")) << "thing.raw";
    QTest::newRow("bool") << R"({"ratio":1,"on":"yes","thing":{)" + good + "}}"
                          << "on";
}

void TestVarlink::validates()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, field);
    auto interface = parseInterface(sample);
    auto value = parseJson(json.toStdString());
    QVERIFY(value);
    auto result = validate(*interface, interface->method("Do")->in, *value);
    QCOMPARE(bool(result), field.isEmpty());
    if (!result)
        QCOMPARE(QString::fromStdString(result.error().field), field);
}

void TestVarlink::frames()
{
    FrameReader reader(100);
    QVERIFY(reader.append(std::string_view("one\0two\0thr", 11)));
    QVERIFY(reader.hasMessage());
    QVERIFY(reader.partial());
    QCOMPARE(*reader.next(), std::string("one"));
    QCOMPARE(*reader.next(), std::string("two"));
    QVERIFY(!reader.next());
    QVERIFY(reader.partial());
    QVERIFY(reader.append(std::string_view("ee\0\0raw", 7)));
    QCOMPARE(*reader.next(), std::string("three"));
    QCOMPARE(*reader.next(), std::string(""));
    QCOMPARE(reader.takeRest(), std::string("raw"));
    QVERIFY(!reader.partial());
    QCOMPARE(reader.size(), size_t(0));
}

void TestVarlink::framesByteByByte()
{
    FrameReader reader(10000);
    std::string all, expected;
    for (int i = 0; i < 300; ++i)
        all += std::string(static_cast<size_t>(i), 'x') + '\0';
    int count = 0;
    for (char c : all) {
        QVERIFY(reader.append({&c, 1}));
        while (auto message = reader.next())
            QCOMPARE(int(message->size()), count++);
    }
    QCOMPARE(count, 300);
}

void TestVarlink::limitsFrames()
{
    FrameReader reader(1000);
    QVERIFY(reader.append(std::string(1000, 'x')));
    QVERIFY(!reader.append("x"));
    FrameReader other(1000);
    QVERIFY(!other.append(std::string(1001, 'x') + '\0'));
    FrameReader many(1000); // the limit is of one message, not of all
    for (int i = 0; i < 100; ++i)
        QVERIFY(many.append(std::string(900, 'x') + '\0'));
}

QTEST_APPLESS_MAIN(TestVarlink)
#include "tst_varlink.moc"
