// The table of permissions says what the interface descriptions and the polkit policy say.
#include "base/files.h"
#include "daemon/authorization.h"
#include "daemon/daemon.h"
#include "varlink/idl.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace diptych;

class TestAuthorization : public QObject
{
    Q_OBJECT

private slots:
    void tableMatchesComments();
    void policyHasEveryAction();
    void policyNeverAllowsRemotely();
    void everyMethodHasAHandler();
};

void TestAuthorization::tableMatchesComments()
{
    static const QRegularExpression said(QStringLiteral("Permission: ([a-z.]+[a-z])"));
    QSet<QString> methods;
    for (std::string_view text : embeddedInterfaces()) {
        auto interface = varlink::parseInterface(text);
        QVERIFY(interface);
        for (const auto& method : interface->methods) {
            std::string name = interface->name + "." + method.name;
            methods.insert(QString::fromStdString(name));
            const Permission* permission = permissionFor(name);
            QVERIFY2(permission, (name + " is not in the table").c_str());
            auto match = said.match(QString::fromStdString(method.comment));
            QVERIFY2(match.hasMatch(), (name + " does not say its permission").c_str());
            QCOMPARE(match.captured(1), QString::fromUtf8(permission->action.data(), int(permission->action.size())));
        }
    }
    for (const Permission& permission : permissions())
        QVERIFY2(methods.contains(QString::fromUtf8(permission.method.data(), int(permission.method.size()))),
                 std::string(permission.method).c_str());
    QCOMPARE(methods.size(), qsizetype(permissions().size()));
}

void TestAuthorization::policyHasEveryAction()
{
    auto policy = readFile(DIPTYCH_SOURCE "/installer/polkit/org.diptych.policy");
    QVERIFY(policy);
    for (std::string_view action : actions())
        QVERIFY2(policy->find("<action id=\"" + std::string(action) + "\">") != std::string::npos,
                 std::string(action).c_str());
    QCOMPARE(QString::fromStdString(*policy).count("<action id="), qsizetype(actions().size()));
}

void TestAuthorization::policyNeverAllowsRemotely()
{
    auto policy = readFile(DIPTYCH_SOURCE "/installer/polkit/org.diptych.policy");
    QVERIFY(policy);
    QString text = QString::fromStdString(*policy);
    QCOMPARE(text.count("<allow_any>no</allow_any>"), qsizetype(actions().size()));
    QCOMPARE(text.count("<allow_inactive>no</allow_inactive>"), qsizetype(actions().size()));
    QCOMPARE(text.count("<allow_active>yes</allow_active>"), 1); // observe
}

void TestAuthorization::everyMethodHasAHandler()
{
    auto loop = varlink::Loop::make();
    QVERIFY(loop);
    Paths paths;
    char directory[] = "/tmp/tst_authorization-XXXXXX";
    QVERIFY(mkdtemp(directory));
    paths.state = directory;
    {
        Daemon daemon(**loop, paths, Services());
        auto started = daemon.start();
        QVERIFY2(started, started ? "" : started.error().message.c_str());
        for (const Permission& permission : permissions())
            QVERIFY2(daemon.server.handled(std::string(permission.method)), std::string(permission.method).c_str());
    }
    QVERIFY(removeTree(directory));
}

QTEST_APPLESS_MAIN(TestAuthorization)
#include "tst_authorization.moc"
