// The client against a helper on a real socket: what it decodes, and what it does when things go wrong.
#include "client/address.h"
#include "client/client.h"
#include "gui/support/fake_helper.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace diptych;
using client::Client;
using client::ConnectionState;
using test::FakeHelper;

namespace {

struct Fixture
{
    FakeHelper helper;
    std::unique_ptr<Client> client = Client::create(helper.address());

    bool connected()
    {
        if (!helper.start())
            return false;
        client->open();
        return QTest::qWaitFor([&] { return client->state() == ConnectionState::Connected; });
    }
};

} // namespace

class TestClient final : public QObject
{
    Q_OBJECT

private slots:
    void addresses()
    {
        QCOMPARE(client::parseAddress(u"unix:/run/x"_s)->path, u"/run/x"_s);
        QCOMPARE(client::parseAddress(u"/run/x"_s)->text(), u"unix:/run/x"_s);
        QCOMPARE(client::parseAddress(u"ssh:root@host"_s)->host, u"root@host"_s);
        for (const QString& bad :
             {u""_s, u"ssh:"_s, u"ssh:-oProxyCommand=evil"_s, u"ssh:a b"_s, u"relative"_s, u"tcp:1"_s})
            QVERIFY2(!client::parseAddress(bad), qPrintable(bad));
        const QStringList ssh = client::sshArguments(u"h"_s);
        QCOMPARE(ssh.value(ssh.indexOf(u"--"_s) + 1), u"h"_s); // no option, whatever its name
        QCOMPARE(ssh.mid(ssh.size() - 2), (QStringList{u"diptychd"_s, u"bridge"_s}));
    }

    void connectsAndSnapshots()
    {
        Fixture f;
        QList<client::Instance> seen;
        bool snapshot = false;
        connect(f.client.get(), &Client::instancesChanged, this,
                [&](const auto& changed, const QStringList&, bool whole) {
                    seen = changed;
                    snapshot = whole;
                });
        QSignalSpy swept(f.client.get(), &Client::swept);
        QVERIFY(f.connected());
        QTRY_COMPARE(seen.size(), 3);
        QVERIFY(snapshot);
        QCOMPARE(seen.at(1).context.kind, client::Kind::Machine);
        QCOMPARE(seen.at(1).runtime.acceleration, u"tcg"_s);
        QCOMPARE(seen.at(0).context.limits.memory, 536870912);
        QTRY_VERIFY(!swept.isEmpty());
        f.helper.push(
            u"org.diptych.Instances.Subscribe"_s,
            {{u"changed"_s, QJsonArray{FakeHelper::instance(u"x"_s, u"x"_s)}}, {u"removed"_s, QJsonArray{u"web"_s}}});
        QTRY_COMPARE(seen.size(), 1);
        QVERIFY(!snapshot);
    }

    // A large message is read on another thread: what comes behind it must neither overtake it nor get lost.
    void largeMessagesKeepTheirOrder()
    {
        Fixture f;
        f.helper.fill(1000);
        QList<qsizetype> sizes;
        QStringList lastIds;
        connect(f.client.get(), &Client::instancesChanged, this, [&](const auto& changed, const QStringList&, bool) {
            QCOMPARE(QThread::currentThread(), qApp->thread());
            sizes.append(changed.size());
            if (changed.size() == 1)
                lastIds.append(changed.first().id);
        });
        QVERIFY(f.connected());
        const QString method = u"org.diptych.Instances.Subscribe"_s;
        QTRY_COMPARE(f.helper.subscribers(method), 1);
        QJsonArray many;
        for (int i = 0; i < 800; ++i)
            many.append(FakeHelper::instance(QString::number(i), u"n%1"_s.arg(i)));
        f.helper.push(method, {{u"changed"_s, many}, {u"removed"_s, QJsonArray{}}});
        for (const QString& id : {u"a"_s, u"b"_s, u"c"_s})
            f.helper.push(method,
                          {{u"changed"_s, QJsonArray{FakeHelper::instance(id, id)}}, {u"removed"_s, QJsonArray{}}});
        QTRY_COMPARE(sizes.size(), 5);
        QCOMPARE(sizes, (QList<qsizetype>{1000, 800, 1, 1, 1}));
        QCOMPARE(lastIds, (QStringList{u"a"_s, u"b"_s, u"c"_s}));
        // A connection that goes while a message is being read takes it along; the next snapshot has everything.
        f.helper.push(method, {{u"changed"_s, many}, {u"removed"_s, QJsonArray{}}});
        f.helper.dropConnections();
        QTRY_COMPARE_WITH_TIMEOUT(f.client->state(), ConnectionState::Connected, 10000);
        QTRY_COMPARE_WITH_TIMEOUT(sizes.last(), qsizetype(1000), 10000);
    }

    void toleratesWhatItDoesNotKnow()
    {
        Fixture f;
        QJsonObject odd = FakeHelper::instance(u"odd"_s, u"odd"_s, u"unikernel"_s, u"levitating"_s);
        odd[u"future"_s] = QJsonArray{1, 2};
        QJsonObject runtime = odd[u"runtime"_s].toObject();
        runtime[u"exitCode"_s] = QJsonValue::Null;
        runtime[u"pid"_s] = u"not a number"_s;
        runtime[u"createdAt"_s] = 1e300;
        odd[u"runtime"_s] = runtime;
        f.helper.setInstances({odd, QJsonObject{{u"context"_s, 7}}, 12, QJsonValue::Null});
        QList<client::Instance> seen;
        connect(f.client.get(), &Client::instancesChanged, this, [&](const auto& changed) { seen = changed; });
        QVERIFY(f.connected());
        QTRY_COMPARE(seen.size(), 1); // those without an id are left out
        QCOMPARE(seen.first().runtime.state, client::State::Broken);
        QVERIFY(!seen.first().runtime.exitCode);
        QCOMPARE(seen.first().runtime.pid, 0);
    }

    void callsAnswerInTheirLanes()
    {
        Fixture f;
        QVERIFY(f.connected());
        f.helper.setSilent(u"org.diptych.Isolation.GetEvidence"_s);
        QStringList order;
        f.client->evidence(u"web"_s, this,
                           [&](const auto& answer) { order.append(answer ? u"evidence"_s : u"error"_s); });
        f.client->act(
            client::Verb::Stop, {u"web"_s}, this, [&](const auto& answer) { order.append(answer.value()); }, 5000);
        f.client->host(this, [&](const auto& answer) { order.append(answer.value().hostname); });
        QTRY_COMPARE(order.size(), 2); // what the helper has to gather holds nobody up
        QVERIFY(order.contains(u"op-1"_s));
        QVERIFY(order.contains(u"workstation"_s));
        f.helper.release(u"org.diptych.Isolation.GetEvidence"_s);
        QTRY_COMPARE(order.size(), 3);
        const QJsonObject stop = f.helper.calls(u"org.diptych.Instances.Stop"_s).first();
        QCOMPARE(stop[u"timeout"_s].toInt(), 5000);
        QCOMPARE(stop[u"ids"_s].toArray().size(), 1);
    }

    void errorsKeepNameAndField()
    {
        Fixture f;
        QVERIFY(f.connected());
        f.helper.setError(u"org.diptych.Instances.SetLimits"_s, u"org.diptych.InvalidArgument"_s,
                          {{u"field"_s, u"limits.memory"_s}, {u"message"_s, u"below what it uses"_s}});
        std::optional<client::Error> error;
        f.client->setLimits(u"web"_s, {0, 1, 0}, this, [&](const auto& answer) { error = answer.error(); });
        QTRY_VERIFY(error);
        QCOMPARE(error->name, u"org.diptych.InvalidArgument"_s);
        QCOMPARE(error->field, u"limits.memory"_s);
        QCOMPARE(error->message, u"below what it uses"_s);
        f.helper.setRaw(u"org.diptych.GetHost"_s, QByteArray("this is no JSON\0", 16));
        error.reset();
        f.client->host(this, [&](const auto& answer) { error = answer.error(); });
        QTRY_VERIFY(error);
        QCOMPARE(error->name, u"org.diptych.client.Malformed"_s);
        QCOMPARE(f.client->state(), ConnectionState::Connected);
    }

    void aDeadGuardHearsNothing()
    {
        Fixture f;
        QVERIFY(f.connected());
        bool heard = false;
        auto guard = std::make_unique<QObject>();
        f.client->host(guard.get(), [&](const auto&) { heard = true; });
        guard.reset();
        bool second = false;
        f.client->host(this, [&](const auto&) { second = true; });
        QTRY_VERIFY(second);
        QVERIFY(!heard);
    }

    void openCallsEndWithTheConnection()
    {
        Fixture f;
        QVERIFY(f.connected());
        f.helper.setSilent(u"org.diptych.GetHost"_s);
        std::optional<client::Error> error;
        f.client->host(this, [&](const auto& answer) { error = answer.error(); });
        QTRY_COMPARE(f.helper.calls(u"org.diptych.GetHost"_s).size(), 1);
        f.helper.stop();
        QTRY_VERIFY(error);
        QCOMPARE(error->name, u"org.diptych.client.Disconnected"_s);
        QCOMPARE(f.client->state(), ConnectionState::Disconnected);
        QVERIFY(!f.client->problem().isEmpty());
        error.reset();
        f.client->host(this, [&](const auto& answer) { error = answer.error(); });
        QVERIFY(!error); // never from within the call
        QTRY_VERIFY(error);
    }

    void comesBackByItself()
    {
        Fixture f;
        QVERIFY(f.connected());
        int snapshots = 0;
        connect(f.client.get(), &Client::instancesChanged, this,
                [&](const auto&, const QStringList&, bool snapshot) { snapshots += snapshot; });
        QTRY_COMPARE(snapshots, 1);
        f.helper.stop();
        QTRY_COMPARE(f.client->state(), ConnectionState::Disconnected);
        QTRY_VERIFY(f.client->problem().contains(u"systemctl start diptychd"_s));
        QVERIFY(f.helper.start());
        QTRY_COMPARE(f.client->state(), ConnectionState::Connected);
        QTRY_COMPARE(snapshots, 2);
        QTRY_COMPARE(f.helper.subscribers(u"org.diptych.Metrics.Subscribe"_s), 1);
    }

    void aStreamAloneComesBack()
    {
        Fixture f;
        f.helper.setError(u"org.diptych.Metrics.Subscribe"_s, u"org.diptych.TooMany"_s, {{u"message"_s, u"later"_s}});
        QVERIFY(f.connected());
        QTRY_VERIFY(f.helper.calls(u"org.diptych.Metrics.Subscribe"_s).size() >= 2);
        QCOMPARE(f.client->state(), ConnectionState::Connected);
    }

    void isCutOffByHugeAnswers()
    {
        Fixture f;
        QVERIFY(f.connected());
        f.helper.setRaw(u"org.diptych.GetHost"_s, QByteArray(17 * 1024 * 1024, ' '));
        std::optional<client::Error> error;
        f.client->host(this, [&](const auto& answer) { error = answer.error(); });
        QTRY_VERIFY_WITH_TIMEOUT(error, 20'000);
        QCOMPARE(error->name, u"org.diptych.client.Disconnected"_s);
        QVERIFY(error->message.contains(u"16 MiB"_s));
    }

    void saysWhyNot()
    {
        FakeHelper helper;
        const auto nobody = Client::create(helper.address());
        QSignalSpy changed(nobody.get(), &Client::stateChanged);
        nobody->open();
        QTRY_COMPARE(nobody->state(), ConnectionState::Disconnected);
        QTRY_VERIFY(nobody->problem().contains(u"not running"_s));
        const auto odd = Client::create(u"gopher:somewhere"_s);
        odd->open();
        QVERIFY(odd->problem().contains(u"gopher:somewhere"_s));
    }

    void saysWhoMayNot()
    {
        Fixture f;
        QVERIFY(f.helper.start());
        f.helper.setError(u"org.diptych.Instances.Subscribe"_s, u"org.diptych.PermissionDenied"_s,
                          {{u"action"_s, u"org.diptych.observe"_s}, {u"message"_s, u"not allowed"_s}});
        f.client->open();
        QTRY_VERIFY(f.client->problem().contains(u"group diptych"_s));
        QCOMPARE(f.client->state(), ConnectionState::Disconnected);
        if (::geteuid() == 0)
            QSKIP("the file's permissions refuse root nothing");
        ::chmod(QFile::encodeName(f.helper.path()).constData(), 0);
        const auto refused = Client::create(f.helper.address());
        refused->open();
        QTRY_VERIFY(refused->problem().contains(u"usermod -aG diptych"_s));
    }

    void terminalsPassBytes()
    {
        Fixture f;
        QVERIFY(f.connected());
        const auto terminal = f.client->terminal(u"web"_s, {}, 80, 24);
        QSignalSpy opened(terminal.get(), &client::TerminalStream::opened);
        QSignalSpy closed(terminal.get(), &client::TerminalStream::closed);
        QByteArray seen;
        connect(terminal.get(), &client::TerminalStream::received, this,
                [&](const QByteArray& bytes) { seen += bytes; });
        terminal->resize(100, 30);
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(terminal->session(), u"s1"_s);
        const QByteArray raw("caf\xc3\xa9\0\x1b[31m", 11); // NUL is a byte like others now
        terminal->write(raw);
        QTRY_COMPARE(seen, raw);
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Instances.ResizeTerminal"_s).size(), 1);
        QCOMPARE(f.helper.calls(u"org.diptych.Instances.ResizeTerminal"_s).first()[u"columns"_s].toInt(), 100);
        f.helper.stop();
        QTRY_COMPARE(closed.size(), 1);
    }

    void aRefusedTerminalSaysWhy()
    {
        Fixture f;
        QVERIFY(f.connected());
        f.helper.setError(u"org.diptych.Instances.OpenTerminal"_s, u"org.diptych.WrongState"_s,
                          {{u"message"_s, u"web is stopped"_s}});
        const auto terminal = f.client->terminal(u"web"_s, {}, 80, 24);
        QSignalSpy closed(terminal.get(), &client::TerminalStream::closed);
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(closed.first().first().toString(), u"web is stopped"_s);
    }

    void goesOverSsh()
    {
        if (::access("/usr/bin/python3", X_OK) != 0)
            QSKIP("no python3 to stand in for ssh");
        Fixture f;
        QVERIFY(f.helper.start());
        QTemporaryDir bin;
        QFile ssh(bin.filePath(u"ssh"_s));
        QVERIFY(ssh.open(QIODevice::WriteOnly));
        ssh.write("#!/usr/bin/python3\n"
                  "import os, select, socket, sys\n"
                  "if 'missing' in sys.argv: sys.exit('ssh: Could not resolve hostname missing')\n"
                  "s = socket.socket(socket.AF_UNIX); s.connect(os.environ['FAKE_SOCKET'])\n"
                  "while True:\n"
                  "    for r in select.select([s, 0], [], [])[0]:\n"
                  "        data = s.recv(65536) if r is s else os.read(0, 65536)\n"
                  "        if not data: sys.exit(0)\n"
                  "        os.write(1, data) if r is s else s.sendall(data)\n");
        ssh.close();
        QVERIFY(ssh.setPermissions(QFile::ReadOwner | QFile::ExeOwner | QFile::WriteOwner));
        const QByteArray oldPath = qgetenv("PATH");
        qputenv("PATH", QFile::encodeName(bin.path()) + ':' + oldPath);
        qputenv("FAKE_SOCKET", QFile::encodeName(f.helper.path()));
        QList<client::Instance> seen;
        const auto remote = Client::create(u"ssh:root@somewhere"_s);
        connect(remote.get(), &Client::instancesChanged, this, [&](const auto& changed) { seen = changed; });
        remote->open();
        QTRY_COMPARE_WITH_TIMEOUT(seen.size(), 3, 20'000);
        const auto missing = Client::create(u"ssh:missing"_s);
        missing->open();
        QTRY_VERIFY_WITH_TIMEOUT(missing->problem().contains(u"Could not resolve"_s), 20'000);
        qputenv("PATH", oldPath);
    }
};

QTEST_GUILESS_MAIN(TestClient)
#include "tst_client.moc"
