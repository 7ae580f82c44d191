#include "gui/support/fake_client.h"
#include "models/actions.h"
#include "models/activity_model.h"
#include "models/formatting.h"
#include "models/image_model.h"
#include "models/instance_model.h"
#include "models/operation_model.h"
#include "models/reasons.h"
#include "models/statements.h"

#include <QAbstractItemModelTester>
#include <QDirIterator>
#include <QItemSelectionModel>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QTranslator>

#include <cmath>
#include <ctime>

using namespace Qt::StringLiterals;
using namespace diptych;
using namespace diptych::models;
using test::FakeClient;
using test::instance;

namespace {

client::Operation operation(const QString& id, const QString& verb, const QStringList& ids,
                            client::OperationState state = client::OperationState::Running)
{
    client::Operation one;
    one.id = id;
    one.verb = verb;
    one.instances = ids;
    one.subject = u"web"_s;
    one.state = state;
    return one;
}

client::Point point(qint64 time, double cpu = 0, qint64 memory = 0)
{
    client::Point one;
    one.time = time;
    one.cpu = cpu;
    one.memory = memory;
    return one;
}

client::Sweep sweepAt(qint64 time, const QHash<QString, client::Point>& points = {})
{
    client::Sweep sweep;
    sweep.host.time = time;
    sweep.instances = points;
    return sweep;
}

QStringList names(const QAbstractItemModel& model)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row)
        all.append(model.index(row, InstanceModel::NameColumn).data().toString());
    return all;
}

struct Fixture
{
    FakeClient client;
    InstanceStore store{client};
    InstanceModel model{store};
    InstanceFilter filter{model};
    QAbstractItemModelTester modelTester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
    QAbstractItemModelTester filterTester{&filter, QAbstractItemModelTester::FailureReportingMode::QtTest};

    Fixture() { client.setState(client::ConnectionState::Connected); }
    void snapshot(const QList<client::Instance>& all) { emit client.instancesChanged(all, {}, true); }
};

} // namespace

class TestModels final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void storeMergesSnapshots()
    {
        Fixture f;
        QVERIFY(!f.store.isLoaded());
        f.snapshot({instance(u"a"_s, u"alpha"_s), instance(u"b"_s, u"beta"_s, client::Kind::Machine)});
        QVERIFY(f.store.isLoaded());
        QVERIFY(f.store.isLive());
        QCOMPARE(f.store.ids(), (QStringList{u"a"_s, u"b"_s}));
        QCOMPARE(f.store.count(client::Kind::Machine), 1);
        QSignalSpy changed(&f.store, &InstanceStore::changed);
        QSignalSpy removed(&f.store, &InstanceStore::removed);
        QSignalSpy added(&f.store, &InstanceStore::added);
        // The same again changes nothing; what is missing is gone.
        f.snapshot({instance(u"b"_s, u"beta"_s, client::Kind::Machine), instance(u"c"_s, u"gamma"_s)});
        QCOMPARE(changed.size(), 0);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(added.size(), 1);
        QCOMPARE(f.store.ids(), (QStringList{u"b"_s, u"c"_s}));
        QCOMPARE(f.store.indexOf(u"c"_s), 1);
        QCOMPARE(f.store.idOfName(u"gamma"_s), u"c"_s);
    }

    void staleDataStays()
    {
        Fixture f;
        f.snapshot({instance(u"a"_s, u"alpha"_s)});
        f.client.setState(client::ConnectionState::Disconnected);
        QVERIFY(!f.store.isLive());
        QVERIFY(f.store.isLoaded());
        QCOMPARE(f.model.rowCount(), 1);
        QVERIFY(f.model.index(0, 0).data(InstanceModel::StaleRole).toBool());
        QVERIFY(!availability(Action::Stop, f.store, {u"a"_s}).allowed);
        f.client.setState(client::ConnectionState::Connected);
        f.snapshot({instance(u"a"_s, u"alpha"_s)});
        QVERIFY(f.store.isLive());
    }

    void selectionSurvivesChanges()
    {
        Fixture f;
        f.snapshot({instance(u"a"_s, u"alpha"_s), instance(u"b"_s, u"beta"_s), instance(u"c"_s, u"gamma"_s)});
        QItemSelectionModel selection(&f.filter);
        selection.select(f.filter.indexOf(u"c"_s), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        QSignalSpy reset(&f.model, &QAbstractItemModel::modelReset);
        emit f.client.instancesChanged({instance(u"d"_s, u"aardvark"_s)}, {u"a"_s}, false);
        emit f.client.swept(sweepAt(1, {{u"c"_s, point(1, 0.5)}}));
        QCOMPARE(names(f.filter), (QStringList{u"aardvark"_s, u"beta"_s, u"gamma"_s}));
        QCOMPARE(f.filter.idsOf(selection.selectedRows()), QStringList{u"c"_s});
        QCOMPARE(reset.size(), 0);
    }

    void removesScatteredRows()
    {
        Fixture f;
        QList<client::Instance> all;
        for (int i = 0; i < 20; ++i)
            all.append(instance(QString::number(i), u"name-%1"_s.arg(i)));
        f.snapshot(all);
        emit f.client.instancesChanged({}, {u"3"_s, u"4"_s, u"5"_s, u"11"_s, u"19"_s, u"0"_s, u"unknown"_s}, false);
        QCOMPARE(f.model.rowCount(), 14);
        QCOMPARE(f.model.idAt(f.model.index(0, 0)), u"1"_s);
        for (int row = 0; row < f.model.rowCount(); ++row)
            QCOMPARE(f.model.indexOf(f.model.idAt(f.model.index(row, 0))).row(), row);
    }

    void filtersAndSorts()
    {
        Fixture f;
        client::Instance machine = instance(u"m"_s, u"web-vm"_s, client::Kind::Machine);
        machine.runtime.address = u"192.168.122.22"_s;
        client::Instance stopped = instance(u"s"_s, u"web10"_s, client::Kind::Container, client::State::Stopped);
        f.snapshot({stopped, instance(u"w"_s, u"web2"_s), machine});
        f.filter.setKind(client::Kind::Machine);
        QCOMPARE(names(f.filter), QStringList{u"web-vm"_s});
        f.filter.setKind({});
        f.filter.setText(u"122.22 WEB"_s);
        QCOMPARE(names(f.filter), QStringList{u"web-vm"_s});
        f.filter.setText({});
        f.filter.setStates({int(client::State::Stopped)});
        QCOMPARE(names(f.filter), QStringList{u"web10"_s});
        f.filter.setStates({});
        f.filter.setText(u"container-that-is-not"_s);
        QCOMPARE(f.filter.rowCount(), 0);
        f.filter.setText({});
        f.filter.setKind(client::Kind::Container);
        QCOMPARE(names(f.filter), (QStringList{u"web2"_s, u"web10"_s})); // by number, not by letter
        f.filter.sort(InstanceModel::StateColumn, Qt::DescendingOrder);
        QCOMPARE(names(f.filter), (QStringList{u"web2"_s, u"web10"_s}));
    }

    void pointsAndHistories()
    {
        Fixture f;
        client::Instance limited = instance(u"a"_s, u"alpha"_s);
        limited.context.limits = {2, 1 << 20, 0};
        f.snapshot({limited});
        const auto cpu = f.model.index(0, InstanceModel::CpuColumn);
        QCOMPARE(cpu.data(InstanceModel::FractionRole).toDouble(), -1.0);
        for (int second = 1; second <= 700; ++second)
            emit f.client.swept(sweepAt(second * 1000LL, {{u"a"_s, point(second * 1000LL, 1, 1 << 19)}}));
        QCOMPARE(f.store.history(u"a"_s).size(), History::Capacity);
        QCOMPARE(f.store.history(u"a"_s).first().time, 101'000);
        QCOMPARE(cpu.data(InstanceModel::FractionRole).toDouble(), 0.5);
        QCOMPARE(cpu.data().toString(), u"50 %"_s);
        QCOMPARE(cpu.data(InstanceModel::HistoryRole).value<QList<double>>().size(), InstanceModel::SparkPoints);
        QCOMPARE(f.model.index(0, InstanceModel::MemoryColumn).data().toString(), u"512 KiB of 1 MiB"_s);
        emit f.client.swept(sweepAt(701'000));
        QVERIFY(!f.store.point(u"a"_s));
        QCOMPARE(cpu.data().toString(), QString());
    }

    void historyIsFilledBackwards()
    {
        Fixture f;
        f.snapshot({instance(u"a"_s, u"alpha"_s)});
        emit f.client.swept(sweepAt(5000, {{u"a"_s, point(5000)}}));
        f.client.historyAnswer = {point(3000), point(4000), point(5000)};
        QSignalSpy filled(&f.store, &InstanceStore::historyFilled);
        f.store.fillHistory(u"a"_s);
        f.store.fillHistory(u"a"_s);
        QCOMPARE(filled.size(), 1);
        QCOMPARE(f.client.calls.count(u"history"_s), 1);
        QCOMPARE(f.store.history(u"a"_s).size(), 3);
        QCOMPARE(f.store.history(u"a"_s).first().time, 3000);
    }

    void twins()
    {
        Fixture f;
        client::Instance container = instance(u"a"_s, u"shop"_s);
        client::Instance machine = instance(u"b"_s, u"shop-vm"_s, client::Kind::Machine);
        machine.context.twin = u"a"_s;
        f.snapshot({machine, container});
        QCOMPARE(f.store.twinOf(u"a"_s), u"b"_s);
        const auto pair = f.store.firstTwins();
        QVERIFY(pair);
        QCOMPARE(pair->first, u"a"_s);
        QCOMPARE(availability(Action::Compare, f.store, {u"b"_s}).ids, (QStringList{u"a"_s, u"b"_s}));
        emit f.client.instancesChanged({}, {u"a"_s}, false);
        QCOMPARE(f.store.twinOf(u"b"_s), QString());
        QVERIFY(!f.store.firstTwins());
    }

    void actionsSayWhyNot_data()
    {
        QTest::addColumn<Action>("action");
        QTest::addColumn<client::State>("state");
        QTest::addColumn<QString>("reason");
        using S = client::State;
        QTest::newRow("start stopped") << Action::Start << S::Stopped << QString();
        QTest::newRow("start broken") << Action::Start << S::Broken << QString();
        QTest::newRow("start running") << Action::Start << S::Running << u"web is running already"_s;
        QTest::newRow("stop stopped") << Action::Stop << S::Stopped << u"web is stopped already"_s;
        QTest::newRow("stop running") << Action::Stop << S::Running << QString();
        QTest::newRow("stop paused") << Action::Stop << S::Paused << u"web is paused: resume it first, or kill it"_s;
        QTest::newRow("kill paused") << Action::Kill << S::Paused << QString();
        QTest::newRow("kill stopping") << Action::Kill << S::Stopping << QString();
        QTest::newRow("pause stopped") << Action::Pause << S::Stopped << u"web is stopped: start it first"_s;
        QTest::newRow("resume running") << Action::Resume << S::Running << u"web is running, not paused"_s;
        QTest::newRow("terminal stopped") << Action::Terminal << S::Stopped << u"web is stopped: start it first"_s;
        QTest::newRow("restart starting") << Action::Restart << S::Starting << u"web is starting: wait until it runs"_s;
        QTest::newRow("delete running") << Action::Delete << S::Running << QString();
        QTest::newRow("rename creating") << Action::Rename << S::Creating
                                         << u"web is being created: wait until it is there"_s;
    }

    void actionsSayWhyNot()
    {
        QFETCH(Action, action);
        QFETCH(client::State, state);
        QFETCH(QString, reason);
        Fixture f;
        f.snapshot({instance(u"a"_s, u"web"_s, client::Kind::Container, state)});
        const Availability result = availability(action, f.store, {u"a"_s});
        QCOMPARE(result.reason, reason);
        QCOMPARE(result.allowed, reason.isEmpty());
    }

    /// libvirt renames whatever is off, whoever made it; other runtimes' containers are theirs.
    void renamesMachinesOfOthers()
    {
        Fixture f;
        client::Instance off = instance(u"a"_s, u"web"_s, client::Kind::Machine, client::State::Stopped);
        client::Instance on = instance(u"b"_s, u"db"_s, client::Kind::Machine, client::State::Running);
        client::Instance container = instance(u"c"_s, u"box"_s, client::Kind::Container, client::State::Stopped);
        off.runtime.managed = on.runtime.managed = container.runtime.managed = false;
        f.snapshot({off, on, container});
        QVERIFY(availability(Action::Rename, f.store, {u"a"_s}).allowed);
        QCOMPARE(availability(Action::Rename, f.store, {u"b"_s}).reason, u"db is running: stop it first"_s);
        QVERIFY(availability(Action::Rename, f.store, {u"c"_s}).reason.contains(u"was not made by Diptych"_s));
    }

    void actionsOnSeveral()
    {
        Fixture f;
        f.snapshot(
            {instance(u"a"_s, u"web"_s), instance(u"b"_s, u"db"_s, client::Kind::Container, client::State::Stopped)});
        const Availability stop = availability(Action::Stop, f.store, {u"a"_s, u"b"_s});
        QVERIFY(stop.allowed);
        QCOMPARE(stop.ids, QStringList{u"a"_s});
        QCOMPARE(stop.reason, u"db is stopped already"_s);
        QVERIFY(!availability(Action::Rename, f.store, {u"a"_s, u"b"_s}).allowed);
        QVERIFY(!availability(Action::Stop, f.store, {}).allowed);
        emit f.client.operationsChanged({operation(u"1"_s, u"stop"_s, {u"a"_s})}, true);
        QCOMPARE(availability(Action::Stop, f.store, {u"a"_s}).reason, u"web is busy: Stopping web"_s);
        QVERIFY(availability(Action::Kill, f.store, {u"a"_s}).allowed);
        emit f.client.operationsChanged({operation(u"1"_s, u"stop"_s, {u"a"_s}, client::OperationState::Done)}, false);
        QVERIFY(availability(Action::Stop, f.store, {u"a"_s}).allowed);
    }

    void operationsEndOnce()
    {
        FakeClient client;
        OperationModel model(client);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy ended(&model, &OperationModel::ended);
        int told = 0;
        emit client.operationsChanged({operation(u"old"_s, u"start"_s, {}, client::OperationState::Done)}, true);
        QCOMPARE(ended.size(), 0); // had ended before the window came
        model.whenEnded(u"new"_s, &client, [&](const client::Operation&) { ++told; });
        emit client.operationsChanged({operation(u"new"_s, u"start"_s, {})}, false);
        QCOMPARE(model.running().size(), 1);
        emit client.operationsChanged({operation(u"new"_s, u"start"_s, {}, client::OperationState::Done)}, false);
        emit client.operationsChanged({operation(u"new"_s, u"start"_s, {}, client::OperationState::Done)}, false);
        QCOMPARE(ended.size(), 1);
        QCOMPARE(told, 1);
        QVERIFY(model.running().isEmpty());
        model.whenEnded(u"new"_s, &client, [&](const client::Operation&) { ++told; });
        QCOMPARE(told, 2);
    }

    void operationsOfADeadHelperEnd()
    {
        FakeClient client;
        OperationModel model(client);
        QSignalSpy ended(&model, &OperationModel::ended);
        emit client.operationsChanged({operation(u"1"_s, u"create"_s, {})}, true);
        emit client.operationsChanged({}, true);
        QCOMPARE(ended.size(), 1);
        QVERIFY(model.running().isEmpty());
        QCOMPARE(model.index(0).data().toString(), u"web could not be created"_s);
    }

    void activityGrowsAtBothEnds()
    {
        FakeClient client;
        client.setState(client::ConnectionState::Connected);
        ActivityModel model(client);
        const auto entry = [](qint64 id) {
            client::ActivityEntry one;
            one.id = id;
            one.verb = u"start"_s;
            one.outcome = u"ok"_s;
            one.nanoseconds = 6'800'000;
            return one;
        };
        emit client.activityAdded({entry(11), entry(10)}, true);
        emit client.activityAdded({entry(12)}, false);
        emit client.activityAdded({entry(12), entry(11), entry(10)}, true); // a reconnect: nothing twice
        QCOMPARE(model.rowCount(), 3);
        client.activityAnswer = {entry(9), entry(8)};
        QVERIFY(model.canFetchMore({}));
        model.fetchMore({});
        QCOMPARE(model.rowCount(), 5);
        client.activityAnswer = {};
        model.fetchMore({});
        QVERIFY(!model.canFetchMore({}));
        // Only now: the tester fetches too.
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.index(0, ActivityModel::WhatColumn).data().toString(), u"started in 6.8 ms"_s);
    }

    void endsAreToldInWords()
    {
        client::ActivityEntry end;
        end.verb = u"exited"_s;
        end.outcome = u"failed"_s;
        end.message = u"exit code 143"_s;
        QCOMPARE(ActivityModel::sentence(end), u"exited with code 143 (SIGTERM)"_s);
        end.message = u"exit code 2"_s;
        QCOMPARE(ActivityModel::sentence(end), u"exited with code 2"_s);
        end.message = u"how it ended is not known"_s;
        QCOMPARE(ActivityModel::sentence(end), u"ended: how it ended is not known"_s);
        end.message.clear();
        QCOMPARE(ActivityModel::sentence(end), u"ended by itself"_s);
        end.verb = u"oomKilled"_s;
        QVERIFY(ActivityModel::sentence(end).contains(u"memory limit"_s));
        QCOMPARE(exitText(128 + 99), u"exited with code 227"_s); // no signal has this number
    }

    void imagesMerge()
    {
        FakeClient client;
        ImageModel model(client);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        client::Image a, b;
        a.reference = u"a:1"_s;
        b.reference = u"b:1"_s;
        emit client.imagesChanged({a, b});
        b.size = 2048;
        emit client.imagesChanged({b});
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, ImageModel::SizeColumn).data().toString(), u"2 KiB"_s);
        QVERIFY(model.find(u"b:1"_s));
        QVERIFY(!model.find(u"a:1"_s));
    }

    void formatting()
    {
        QCOMPARE(bytes(0), u"0 B"_s);
        QCOMPARE(bytes(512LL << 20), u"512 MiB"_s);
        QCOMPARE(bytes(3LL << 29), u"1.5 GiB"_s);
        QCOMPARE(rate(3.1 * 1024 * 1024), u"3.1 MiB/s"_s);
        QCOMPARE(percent(0.38), u"38 %"_s);
        QCOMPARE(percent(0.021), u"2.1 %"_s);
        QCOMPARE(percent(0), u"0 %"_s);
        QCOMPARE(nanoseconds(6'800'000), u"6.8 ms"_s);
        QCOMPARE(nanoseconds(912'000'000), u"912 ms"_s);
        QCOMPARE(nanoseconds(1'920'000'000), u"1.92 s"_s);
        QCOMPARE(nanoseconds(850'000), u"850 µs"_s);
        QCOMPARE(nanoseconds(0), none());
        QCOMPARE(duration(18 * 60'000), u"18 min"_s);
        QCOMPARE(duration(12LL * 86'400'000), u"12 d"_s);
        QCOMPARE(ago(1000, 2000), u"just now"_s);
        QCOMPARE(ago(1000, 181'000), u"3 min ago"_s);
        QCOMPARE(cores(1), u"1 core"_s);
        QCOMPARE(cores(0.5), u"0.5 cores"_s);
        QCOMPARE(bytesOrNone(0), u"no limit"_s);
        QCOMPARE(portsText({{u"tcp"_s, 8080, 80}}), u":8080 → 80"_s);
        QCOMPARE(portsText({{u"udp"_s, 53, 53}}), u":53 → 53/udp"_s);
    }

    /// Each sentence that the window knows is one that the helper says, with what it puts in at the same places.
    void reasonsAreTheHelpers()
    {
        QString said;
        for (QDirIterator at(QStringLiteral(DIPTYCH_SOURCE "/backend"), {u"*.cpp"_s}, QDir::Files,
                             QDirIterator::Subdirectories);
             at.hasNext();) {
            QFile file(at.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            said += QString::fromUtf8(file.readAll());
        }
        said.remove(QRegularExpression(u"\"\\s*\\n\\s*\""_s)); // a literal goes on in the next line
        said.replace(QRegularExpression(u"\\{:[^{}]*\\}"_s), u"{}"_s).replace(u"\\\""_s, u"\""_s);
        for (const char* text : knownReasons()) {
            const QString reason = QString::fromUtf8(text);
            int place = 0;
            for (const QRegularExpressionMatch& match : QRegularExpression(u"%(\\d)"_s).globalMatch(reason))
                QCOMPARE(match.captured(1).toInt(), ++place);
            const QString pattern = QString(reason).replace(QRegularExpression(u"%\\d"_s), u"{}"_s);
            if (!reason.front().isUpper()) // what the C library says of an errno
                QVERIFY2(said.contains(pattern), text);
            QCOMPARE(reasonText(reason), reason); // without another language it is as it came
        }
    }

    void reasonsAreTranslated()
    {
        struct Translator final : QTranslator
        {
            using QTranslator::QTranslator;
            [[nodiscard]] bool isEmpty() const override { return false; }
            QString translate(const char* context, const char* source, const char*, int) const override
            {
                const QString text = QString::fromUtf8(source);
                return qstrcmp(context, "Reason") == 0 ? u"⟨"_s + text + u"⟩"_s : QString();
            }
        } translator;
        QVERIFY(QCoreApplication::installTranslator(&translator));
        const auto done = qScopeGuard([&] { QCoreApplication::removeTranslator(&translator); });
        QCOMPARE(reasonText(u"web is needed by db 1"_s), u"⟨web is needed by db 1⟩"_s);
        QCOMPARE(reasonText(u"open /x: Permission denied"_s), u"open /x: ⟨Permission denied⟩"_s);
        QCOMPARE(reasonText(u"walls: network: it shares the host's network: there is no such wall"_s),
                 u"walls: network: ⟨it shares the host's network: there is no such wall⟩"_s);
        // What stands inside may be such a sentence too; what looks like a place is none.
        QCOMPARE(reasonText(u"its processor, %1, can't be had there: the host's lacks some of it"_s),
                 u"⟨its processor, %1, can't be had there: ⟨the host's lacks some of it⟩⟩"_s);
        QCOMPARE(reasonText(u"something new"_s), u"something new"_s);
        QCOMPARE(reasonText({}), QString());
        QCOMPARE(errorText({u"org.diptych.Busy"_s, u"another operation holds web"_s, {}}),
                 u"It is in use: ⟨another operation holds web⟩."_s);
        const QString busybox = u"Debian's static busybox: a small userland with a shell"_s;
        QCOMPARE(templateText({u"busybox"_s, busybox, true, {}}), u"⟨"_s + busybox + u"⟩"_s);
        const QString missing = u"busybox is not installed here: apt-get install busybox-static"_s;
        QCOMPARE(templateText({u"busybox"_s, busybox, false, missing}), u"⟨"_s + missing + u"⟩"_s);
        QCOMPARE(reasonField(u"disk:vda"_s), u"Disk vda"_s);
        QCOMPARE(reasonField(u"new"_s), u"new"_s);
    }

    void words()
    {
        client::IsolationRow row;
        row.statement = u"aSentenceNobodyKnows"_s;
        row.text = u"the helper's own sentence"_s;
        QCOMPARE(statement(row), row.text);
        row.statement = u"notMeasured"_s;
        row.values = {{u"reason"_s, u"it is stopped"_s}};
        QCOMPARE(statement(row), u"not measured: it is stopped"_s);
        row.values.clear(); // a hole in ours: theirs
        QCOMPARE(statement(row), row.text);
        QCOMPARE(stepName(u"seccomp"_s), u"filter system calls (seccomp)"_s);
        QCOMPARE(stepName(u"somethingNew"_s), u"somethingNew"_s);
        QCOMPARE(errorText({u"org.diptych.PermissionDenied"_s, {}, u"org.diptych.delete"_s}),
                 u"You may not delete instances and images. Ask an administrator, or join the group diptych."_s);
        QCOMPARE(errorText({u"org.diptych.Failed"_s, u"disk is gone"_s, {}}), u"Disk is gone."_s);
    }

    void thousandRowsStayQuick()
    {
        FakeClient client;
        InstanceStore store(client);
        InstanceModel model(store);
        InstanceFilter filter(model);
        client.setState(client::ConnectionState::Connected);
        QList<client::Instance> all;
        client::Sweep sweep;
        for (int i = 0; i < 1000; ++i) {
            all.append(instance(QString::number(i), u"name-%1"_s.arg(i)));
            sweep.instances.insert(QString::number(i), point(1, i % 7 / 7.0));
        }
        emit client.instancesChanged(all, {}, true);
        filter.sort(InstanceModel::CpuColumn, Qt::DescendingOrder);
        const std::clock_t begin = std::clock(); // CPU time: the machine may be busy with others
        for (int second = 1; second <= 20; ++second) {
            sweep.host.time = second * 1000;
            for (client::Point& one : sweep.instances) {
                one.time = second * 1000;
                one.cpu = std::fmod(one.cpu + 0.13, 1.0);
            }
            emit client.swept(sweep);
        }
        const double each = double(std::clock() - begin) * 1000 / CLOCKS_PER_SEC / 20;
        qInfo("one sweep of 1,000 rows, sorted by CPU: %.1f ms", each);
        QVERIFY(each < 50); // the GUI thread's longest pause
        emit client.instancesChanged({}, store.ids(), false);
        QCOMPARE(filter.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestModels)
#include "tst_models.moc"
