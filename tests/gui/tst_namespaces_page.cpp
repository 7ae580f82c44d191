// The page Namespaces and the wiring on the page Networks, in the real window on the fake helper; their models and
// drawings.
#include "gui/support/window.h"
#include "models/namespace_filter.h"
#include "models/namespace_model.h"
#include "models/wiring_model.h"
#include "pages/namespace_boxes.h"
#include "pages/namespace_detail.h"
#include "pages/namespaces_page.h"
#include "pages/networks_page.h"
#include "pages/traffic_card.h"
#include "pages/wiring_panel.h"
#include "pages/wiring_rows.h"
#include "pages/wiring_scene.h"
#include "widgets/cabling.h"
#include "widgets/evidencetable.h"
#include "widgets/nestedboxes.h"
#include "widgets/ratebars.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace diptych;
using models::NamespaceModel;
using models::WiringModel;
using test::WindowOnHelper;
using widgets::Cabling;
using widgets::NestedBoxes;

namespace {

QString namespacesMethod(const char* method)
{
    return u"org.diptych.Namespaces."_s + QLatin1String(method);
}

const QString hostUser = u"user:[1]"_s, hostNet = u"net:[2]"_s, webUser = u"user:[11]"_s, webNet = u"net:[12]"_s,
              podNet = u"net:[20]"_s, labNet = u"net:[30]"_s;

QJsonObject spaceJson(const QString& id, const QString& owner, int processes, const QString& how = u"task"_s)
{
    const bool host = id == hostUser || id == hostNet;
    const bool user = id.startsWith(u"user"_s);
    const QJsonObject holder{
        {u"how"_s, how}, {u"pid"_s, 9}, {u"path"_s, how == u"mount"_s ? u"/run/netns/lab"_s : u"/proc/9/ns/x"_s}};
    const QJsonObject range{
        {u"inside"_s, 0}, {u"outside"_s, host ? 0 : 165536}, {u"count"_s, host ? qint64(4294967295) : qint64(65536)}};
    return {{u"id"_s, id},
            {u"kind"_s, id.section(u':', 0, 0)},
            {u"host"_s, host},
            {u"owner"_s, owner},
            {u"parent"_s, user ? owner : QString()},
            {u"uidMap"_s, user ? QJsonArray{range} : QJsonArray()},
            {u"gidMap"_s, user ? QJsonArray{range} : QJsonArray()},
            {u"processes"_s, processes},
            {u"holders"_s, QJsonArray{holder}}};
}

QJsonObject memberJson(int pid, const QString& command, int owner, const QStringList& in)
{
    return {{u"pid"_s, pid},
            {u"user"_s, u"0"_s},
            {u"command"_s, command},
            {u"owner"_s, owner},
            {u"namespaces"_s, QJsonArray::fromStringList(in)}};
}

QJsonArray ownersJson()
{
    const auto one = [](const QString& id, const QString& name, const QString& form, const QString& maker) {
        return QJsonObject{{u"id"_s, id}, {u"name"_s, name}, {u"form"_s, form}, {u"maker"_s, maker}};
    };
    return {
        one(u"host"_s, u"workstation"_s, u"host"_s, u"host"_s), one(u"id-1"_s, u"web"_s, u"container"_s, u"diptych"_s),
        one(u"pid:7:7"_s, u"pod"_s, u"container"_s, u"podman"_s), one(u"id-3"_s, u"box"_s, u"machine"_s, u"diptych"_s)};
}

QJsonObject listing(bool withWeb = true)
{
    QJsonArray spaces{spaceJson(hostUser, {}, 3), spaceJson(hostNet, hostUser, 3), spaceJson(podNet, hostUser, 2),
                      spaceJson(labNet, hostUser, 0, u"mount"_s)};
    QJsonArray members{memberJson(1, u"/sbin/init"_s, 0, {}), memberJson(7, u"/pause"_s, 2, {podNet}),
                       memberJson(8, u"redis-server"_s, 2, {podNet}), memberJson(50, u"qemu-system"_s, 3, {})};
    if (withWeb) {
        spaces.append(spaceJson(webUser, hostUser, 1));
        spaces.append(spaceJson(webNet, webUser, 1));
        members.append(memberJson(9, u"nginx: master"_s, 1, {webUser, webNet}));
    }
    return {{u"namespaces"_s, spaces}, {u"members"_s, members}, {u"owners"_s, ownersJson()}, {u"unreadable"_s, 0}};
}

QJsonObject linkJson(const QString& net, int index, const QString& name, const QString& kind, int master = 0,
                     int link = 0, const QString& peer = {}, const QString& address = {}, qint64 bytes = 0)
{
    return {{u"netns"_s, net},
            {u"index"_s, index},
            {u"name"_s, name},
            {u"kind"_s, kind},
            {u"mac"_s, u"52:54:00:1"_s},
            {u"mtu"_s, 1500},
            {u"up"_s, true},
            {u"carrier"_s, true},
            {u"master"_s, master},
            {u"link"_s, link},
            {u"peerNamespace"_s, peer},
            {u"addresses"_s, address.isEmpty() ? QJsonArray() : QJsonArray{address}},
            {u"receivedBytes"_s, bytes},
            {u"sentBytes"_s, 0},
            {u"openers"_s, QJsonArray()}};
}

QJsonObject routeJson(const QString& net, const QString& destination, const QString& gateway, int index,
                      const QString& kind = u"unicast"_s)
{
    return {{u"netns"_s, net},   {u"destination"_s, destination}, {u"kind"_s, kind}, {u"gateway"_s, gateway},
            {u"index"_s, index}, {u"source"_s, QString()},        {u"metric"_s, 100}};
}

QJsonObject wiringJson(qint64 time = 1'000'000'000, qint64 bytes = 0)
{
    QJsonObject tap = linkJson(hostNet, 6, u"vnet0"_s, u"tun"_s, 3);
    tap[u"openers"_s] = QJsonArray{QJsonObject{{u"pid"_s, 50}, {u"owner"_s, 3}}};
    const QJsonArray links{linkJson(hostNet, 1, u"lo"_s, u"loopback"_s),
                           linkJson(hostNet, 2, u"enp3s0"_s, u"device"_s, 0, 0, {}, u"192.168.1.20/24"_s),
                           linkJson(hostNet, 3, u"virbr0"_s, u"bridge"_s, 0, 0, {}, u"192.168.122.1/24"_s),
                           linkJson(hostNet, 5, u"veth77"_s, u"veth"_s, 3, 2, webNet),
                           tap,
                           linkJson(webNet, 1, u"lo"_s, u"loopback"_s),
                           linkJson(webNet, 2, u"eth0"_s, u"veth"_s, 0, 5, hostNet, u"192.168.122.9/24"_s, bytes),
                           linkJson(podNet, 1, u"lo"_s, u"loopback"_s)};
    const auto network = [](const QString& id, const QJsonArray& owners, int processes) {
        return QJsonObject{{u"id"_s, id},
                           {u"host"_s, id == hostNet},
                           {u"path"_s, u"/proc/9/ns/net"_s},
                           {u"problem"_s, QString()},
                           {u"owners"_s, owners},
                           {u"processes"_s, processes},
                           {u"kept"_s, processes ? QString() : u"/run/netns/lab"_s},
                           {u"moreRoutes"_s, false}};
    };
    return {
        {u"namespaces"_s, QJsonArray{network(hostNet, {3, 0}, 3), network(webNet, {1}, 1), network(podNet, {2}, 2)}},
        {u"interfaces"_s, links},
        {u"routes"_s, QJsonArray{routeJson(webNet, u"default"_s, u"192.168.122.1"_s, 2),
                                 routeJson(webNet, u"192.168.122.0/24"_s, {}, 2),
                                 routeJson(webNet, u"10.9.0.0/16"_s, {}, 0, u"blackhole"_s)}},
        {u"owners"_s, ownersJson()},
        {u"time"_s, time}};
}

/// All cells, those of evidence too.
QString everything(const QTreeWidget& tree)
{
    QStringList all;
    for (QTreeWidgetItemIterator at(const_cast<QTreeWidget*>(&tree)); *at; ++at)
        for (int column = 0; column < tree.columnCount(); ++column)
            all.append((*at)->text(column) + u' ' + (*at)->toolTip(column) + u' ' +
                       (*at)->data(column, Qt::UserRole).toString() + u' ' +
                       (*at)->data(column, Qt::UserRole + 1).toString());
    return all.join(u'\n');
}

/// Through the window's own decoding.
struct OnNamespaces : WindowOnHelper
{
    pages::NamespacesPage* page = nullptr;
    QTableView* table = nullptr;

    bool show(const QJsonObject& answer = listing())
    {
        helper.setAnswer(namespacesMethod("List"), answer);
        const QJsonObject proof{{u"claim"_s, u"process in it"_s},
                                {u"value"_s, webNet},
                                {u"source"_s, u"/proc/9/ns/net"_s},
                                {u"command"_s, u"readlink /proc/9/ns/net"_s}};
        const QJsonObject row{{u"resource"_s, u"nsHeld"_s},
                              {u"level"_s, 0},
                              {u"statement"_s, u"nsInUse"_s},
                              {u"values"_s, QJsonObject{{u"count"_s, u"1"_s}}},
                              {u"text"_s, u"x"_s},
                              {u"evidence"_s, QJsonArray{proof}}};
        helper.setAnswer(namespacesMethod("Describe"), {{u"rows"_s, QJsonArray{row}}, {u"measuredAt"_s, 5}});
        if (!open(u"namespaces"_s))
            return false;
        page = qobject_cast<pages::NamespacesPage*>(window.page(u"namespaces"_s));
        table = page ? page->findChild<QTableView*>() : nullptr;
        return table && QTest::qWaitFor([&] { return table->model()->rowCount() > 0; });
    }
    [[nodiscard]] QString current() const
    {
        return table->currentIndex().siblingAtColumn(0).data(NamespaceModel::IdRole).toString();
    }
    [[nodiscard]] NestedBoxes* drawing() const { return page->findChild<NestedBoxes*>(); }
};

struct OnWiring : WindowOnHelper
{
    pages::NetworksPage* page = nullptr;
    pages::WiringPanel* panel = nullptr;

    bool show()
    {
        helper.setAnswer(namespacesMethod("ListInterfaces"), wiringJson());
        helper.setAnswer(u"org.diptych.Networks.List"_s, {{u"networks"_s, QJsonArray()}});
        if (!open(u"networks"_s))
            return false;
        page = qobject_cast<pages::NetworksPage*>(window.page(u"networks"_s));
        page->open({}, u"wiring"_s);
        panel = page->findChild<pages::WiringPanel*>();
        return panel && QTest::qWaitFor([&] { return panel->table()->model()->rowCount() > 0; });
    }
};

} // namespace

class TestNamespacesPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { test::prepareApplication(); }
    void cleanupTestCase() { QCOMPARE(test::untranslated(), QStringList()); }
    void lists_draws_and_tells();
    void selection_survives_and_goes();
    void filters_narrow_both();
    void a_jump_to_the_instance();
    void what_went_wrong_is_said();
    void boxes_gather_past_what_fits();
    void an_older_helper_is_told();
    void wiring_is_drawn();
    void wiring_rates_and_rows();
    void wiring_inside_of_a_box();
    void traffic_is_counted_while_wanted();
};

void TestNamespacesPage::lists_draws_and_tells()
{
    OnNamespaces on;
    QVERIFY(on.show());
    QAbstractItemModelTester tester(on.table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QVERIFY(test::visibleText(*on.page).contains(u"6 namespaces"_s));
    on.page->open({webNet});
    QCOMPARE(on.current(), webNet);
    const QModelIndex row = on.table->currentIndex();
    QCOMPARE(row.siblingAtColumn(NamespaceModel::WhoColumn).data().toString(), u"web"_s);
    QCOMPARE(row.siblingAtColumn(NamespaceModel::OwnerColumn).data().toString(), u"11 (web)"_s);
    // In the drawing: web's user namespace within the machine's, and its network in that.
    NestedBoxes* boxes = on.drawing();
    QCOMPARE(boxes->current(), webNet);
    QVERIFY(boxes->rectOf(hostUser).contains(boxes->rectOf(webUser)));
    QVERIFY(boxes->rectOf(webUser).contains(boxes->rectOf(webNet)));
    QVERIFY(boxes->rectOf(hostUser).contains(boxes->rectOf(podNet)));
    QVERIFY(!boxes->rectOf(webUser).contains(boxes->rectOf(podNet)));
    auto* rows = on.page->findChild<widgets::EvidenceTable*>();
    QTRY_VERIFY2(rows->tableText().contains(u"processes in it: 1"_s), qPrintable(rows->tableText()));
    QVERIFY2(everything(*rows).contains(u"/proc/9/ns/net"_s), qPrintable(everything(*rows)));
    QVERIFY(test::visibleText(*on.page).contains(u"1 process in it"_s));
    // From the drawing to the list.
    QTest::mouseClick(boxes, Qt::LeftButton, {}, boxes->rectOf(labNet).center().toPoint());
    QCOMPARE(on.current(), labNet);
    QVERIFY(test::visibleText(*on.page).contains(u"bind mount /run/netns/lab"_s));
    QTest::keyClick(boxes, Qt::Key_Left);
    QVERIFY(on.current() != labNet);
    test::keepScreenshot(on.window, u"namespaces"_s);
}

void TestNamespacesPage::selection_survives_and_goes()
{
    OnNamespaces on;
    QVERIFY(on.show());
    on.page->open({podNet});
    on.page->refresh();
    QTRY_COMPARE(on.helper.calls(namespacesMethod("List")).size(), 2);
    QTest::qWait(50);
    QCOMPARE(on.current(), podNet);
    on.page->open({webNet});
    on.helper.setAnswer(namespacesMethod("List"), listing(false));
    on.page->refresh();
    QTRY_COMPARE(on.table->model()->rowCount(), 4);
    QVERIFY(on.current() != webNet);
    QVERIFY(on.drawing()->rectOf(webNet).isEmpty());
}

void TestNamespacesPage::filters_narrow_both()
{
    OnNamespaces on;
    QVERIFY(on.show());
    auto* without = qobject_cast<QPushButton*>(test::childNamed(*on.page, u"Without the host's own"_s));
    QVERIFY(without);
    without->click();
    QCOMPARE(on.table->model()->rowCount(), 4);
    QVERIFY(on.drawing()->rectOf(hostNet).isEmpty());
    QVERIFY(!on.drawing()->rectOf(webNet).isEmpty());
    on.page->findChild<QLineEdit*>()->setText(u"nginx"_s);
    QTRY_COMPARE(on.table->model()->rowCount(), 2);
    QVERIFY(on.drawing()->rectOf(podNet).isEmpty());
}

void TestNamespacesPage::a_jump_to_the_instance()
{
    OnNamespaces on;
    on.helper.setInstances(QJsonArray{test::FakeHelper::instance(u"id-1"_s, u"web"_s)});
    QVERIFY(on.show());
    on.page->open({hostNet});
    auto* open = on.page->findChild<pages::NamespaceDetail*>()->findChild<QPushButton*>();
    QVERIFY(open->isEnabled()); // the machine's QEMU is in it
    on.page->open({webNet});
    QTRY_COMPARE(open->text(), u"Open web"_s);
    open->click();
    QTRY_COMPARE(on.window.currentPage(), u"instances"_s);
    on.window.showPage(u"namespaces"_s);
    on.page->open({labNet});
    QVERIFY(!open->isEnabled());
    QVERIFY(open->toolTip().contains(u"no instance"_s));
}

void TestNamespacesPage::what_went_wrong_is_said()
{
    OnNamespaces on;
    QVERIFY(on.show());
    on.helper.setError(namespacesMethod("Describe"), u"org.diptych.NotFound"_s,
                       {{u"message"_s, u"the namespace is gone"_s}});
    on.page->open({webNet});
    on.page->open({podNet});
    QTRY_VERIFY(test::visibleText(*on.page).contains(u"is gone"_s));
}

void TestNamespacesPage::boxes_gather_past_what_fits()
{
    NamespaceModel model;
    client::NamespaceListing all;
    all.owners.append({u"host"_s, u"workstation"_s, u"host"_s, u"host"_s});
    client::Namespace root{hostUser, u"user"_s, true, {}, {}, {}, {}, {}, 1, {}};
    all.namespaces.append(root);
    QSet<QString> shown{hostUser};
    for (int i = 0; i < 1000; ++i) {
        all.owners.append({u"id-%1"_s.arg(i), u"c%1"_s.arg(i), u"container"_s, u"diptych"_s});
        client::Namespace user{u"user:[%1]"_s.arg(1000 + i), u"user"_s, false, hostUser, hostUser, 0, {}, {}, 1, {}};
        all.namespaces.append(user);
        all.members.append({5000 + i, u"0"_s, u"sleep"_s, i + 1, {user.id}});
        shown.insert(user.id);
    }
    QElapsedTimer timer;
    timer.start();
    model.merge(all);
    const QList<NestedBoxes::Box> boxes = pages::namespaceBoxes(model, shown);
    const qint64 took = timer.elapsed();
    QCOMPARE(boxes.size(), 1);
    QVERIFY(boxes.first().boxes.size() < 40);
    QCOMPARE(boxes.first().boxes.last().title, u"and 964 more"_s);
    QVERIFY2(took < 400, qPrintable(QString::number(took)));
    NestedBoxes drawing;
    drawing.resize(900, drawing.heightForWidth(900));
    drawing.setBoxes(boxes);
    QVERIFY(drawing.heightForWidth(900) < drawing.heightForWidth(300));
    QVERIFY(!drawing.rectOf(u"user:[1000]"_s).intersects(drawing.rectOf(u"user:[1001]"_s)));
}

void TestNamespacesPage::an_older_helper_is_told()
{
    WindowOnHelper on;
    on.helper.setError(namespacesMethod("List"), u"org.varlink.service.InterfaceNotFound"_s,
                       {{u"interface"_s, u"org.diptych.Namespaces"_s}});
    QVERIFY(on.open(u"namespaces"_s));
    QTRY_VERIFY(test::visibleText(*on.window.page(u"namespaces"_s)).contains(u"can't be listed"_s));
}

void TestNamespacesPage::wiring_is_drawn()
{
    OnWiring on;
    QVERIFY(on.show());
    QAbstractItemModelTester tester(on.panel->table()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    Cabling* drawing = on.panel->drawing();
    const QString eth = webNet + u"/2"_s, veth = hostNet + u"/5"_s, bridge = hostNet + u"/3"_s, tap = hostNet + u"/6"_s;
    QTRY_COMPARE(drawing->count(eth), 1);
    QCOMPARE(drawing->count(u"inside "_s + tap), 1);
    // Left, bridge, right; the veth of the host is the cable's label between.
    QVERIFY(drawing->rectOf(eth).right() < drawing->rectOf(bridge).left());
    QVERIFY(drawing->rectOf(veth).left() > drawing->rectOf(eth).right());
    QVERIFY(drawing->rectOf(veth).right() < drawing->rectOf(bridge).left());
    QVERIFY(drawing->rectOf(hostNet + u"/2"_s).left() > drawing->rectOf(bridge).right());
    // Bridges are as tall as what is plugged in.
    QVERIFY(drawing->rectOf(bridge).top() <= drawing->rectOf(eth).center().y());
    QTest::mouseClick(drawing, Qt::LeftButton, {}, drawing->rectOf(veth).center().toPoint());
    QCOMPARE(on.panel->table()->currentIndex().siblingAtColumn(0).data().toString(), u"veth77"_s);
    auto* rows = on.panel->findChild<widgets::EvidenceTable*>();
    QVERIFY2(rows->tableText().contains(u"eth0 of web"_s), qPrintable(rows->tableText()));
    QTest::mouseClick(drawing, Qt::LeftButton, {}, drawing->rectOf(u"inside "_s + tap).center().toPoint());
    QCOMPARE(on.panel->table()->currentIndex().siblingAtColumn(0).data().toString(), u"vnet0"_s);
    QVERIFY2(everything(*rows).contains(u"/proc/50/fdinfo"_s), qPrintable(everything(*rows)));
    QVERIFY(test::childNamed(*on.panel, u"Open box"_s));
    test::keepScreenshot(on.window, u"wiring"_s);
}

void TestNamespacesPage::wiring_rates_and_rows()
{
    OnWiring on;
    QVERIFY(on.show());
    const QString eth = webNet + u"/2"_s;
    QCOMPARE(on.panel->model().rateOf(eth).in, 0.0);
    on.helper.setAnswer(namespacesMethod("ListInterfaces"), wiringJson(3'000'000'000, 4096));
    on.panel->refresh();
    QTRY_COMPARE(on.panel->model().rateOf(eth).in, 2048.0);
    const client::NetworkInterface* one = on.panel->model().find(eth);
    const client::IsolationReport report = pages::wiringRows(on.panel->model(), *one);
    QStringList commands;
    for (const client::IsolationRow& row : report.rows)
        for (const client::Evidence& evidence : row.evidence)
            commands.append(evidence.command);
    QVERIFY(commands.contains(u"nsenter --net=/proc/9/ns/net ip addr show dev eth0"_s));
    // Where its packets go, and on loopback those that go nowhere.
    QVERIFY(commands.contains(u"nsenter --net=/proc/9/ns/net ip route show table main"_s));
    const auto routes = [&on](const QString& key) {
        for (const client::IsolationRow& row : pages::wiringRows(on.panel->model(), *on.panel->model().find(key)).rows)
            if (row.resource == u"routes"_s)
                return row;
        return client::IsolationRow();
    };
    QCOMPARE(routes(eth).text, u"all else (default) through 192.168.122.1; 192.168.122.0/24 directly"_s);
    QCOMPARE(routes(eth).evidence.value(0).value, u"via 192.168.122.1 dev eth0 metric 100"_s);
    QCOMPARE(routes(webNet + u"/1"_s).text, u"10.9.0.0/16 goes nowhere (blackhole)"_s);
    QCOMPARE(routes(hostNet + u"/6"_s).text, u"none leads out by it"_s);
    // Searching narrows list and drawing.
    for (auto* field : on.page->findChildren<QLineEdit*>())
        if (field->isVisible())
            field->setText(u"pod"_s);
    QTRY_COMPARE(on.panel->table()->model()->rowCount(), 1);
    QCOMPARE(on.panel->drawing()->count(eth), 0);
}

/// In the box of a namespace stand its own way out and its own bridges.
void TestNamespacesPage::wiring_inside_of_a_box()
{
    OnWiring on;
    QVERIFY(on.show());
    const auto textOf = [&on](const QString& key) {
        QSet<QString> all;
        for (const client::NetworkInterface& one : on.panel->model().wiring().interfaces)
            all.insert(one.key());
        for (const Cabling::Box& box : pages::wiringScene(on.panel->model(), all).left)
            for (const Cabling::Port& port : box.ports)
                if (port.id == key)
                    return port.text;
        return QString();
    };
    QCOMPARE(textOf(webNet + u"/2"_s), u"192.168.122.9/24  → out through 192.168.122.1"_s);
    QJsonObject wiring = wiringJson();
    QJsonArray links = wiring[u"interfaces"_s].toArray();
    links.append(linkJson(webNet, 7, u"br0"_s, u"bridge"_s));
    links.append(linkJson(webNet, 8, u"inner0"_s, u"veth"_s, 7));
    wiring[u"interfaces"_s] = links;
    wiring[u"routes"_s] = QJsonArray();
    on.helper.setAnswer(namespacesMethod("ListInterfaces"), wiring);
    on.panel->refresh();
    QTRY_COMPARE(textOf(webNet + u"/8"_s), u"on br0"_s);
    QCOMPARE(textOf(webNet + u"/2"_s), u"192.168.122.9/24"_s);
}

void TestNamespacesPage::traffic_is_counted_while_wanted()
{
    const QString method = u"org.diptych.Isolation.MeasureTraffic"_s;
    const auto kind = [](const QString& name, double rate) {
        return QJsonObject{{u"name"_s, name}, {u"group"_s, u"files"_s}, {u"perSecond"_s, rate}};
    };
    const QJsonObject row{{u"resource"_s, u"calls"_s},
                          {u"statement"_s, u"callsByProcess"_s},
                          {u"values"_s, QJsonObject{{u"pid"_s, u"77"_s}}},
                          {u"text"_s, u"x"_s},
                          {u"evidence"_s, QJsonArray()}};
    QJsonArray kinds{kind(u"openat"_s, 1200), kind(u"read"_s, 34)};
    for (int i = 0; i < 14; ++i)
        kinds.append(kind(u"call%1"_s.arg(i), 2));
    const QJsonObject calls{{u"perSecond"_s, 1262}, {u"kinds"_s, kinds}, {u"counted"_s, true}, {u"row"_s, row}};
    WindowOnHelper on;
    on.helper.setAnswer(method, {{u"calls"_s, calls}, {u"milliseconds"_s, 700}});
    on.helper.setInstances({test::FakeHelper::instance(u"id-1"_s, u"web"_s),
                            test::FakeHelper::instance(u"id-3"_s, u"box"_s, u"machine"_s)});
    QVERIFY(on.open(u"compare"_s));
    auto* card = on.window.page(u"compare"_s)->findChild<pages::TrafficCard*>();
    QVERIFY(card);
    QTest::qWait(300);
    QCOMPARE(on.helper.calls(method).size(), 0); // nobody asked for it
    card->toggle()->click();
    QTRY_VERIFY(on.helper.calls(method).size() >= 4);
    QSet<QString> ids;
    for (const QJsonObject& call : on.helper.calls(method))
        ids.insert(call.value(u"id"_s).toString());
    QCOMPARE(ids, (QSet<QString>{u"id-1"_s, u"id-3"_s}));
    const QString told = card->bars().tableText();
    QVERIFY2(told.contains(u"all\t1,262\t1,262"_s), qPrintable(told));
    QVERIFY(told.contains(u"openat\t1,200\t1,200"_s));
    QVERIFY(told.contains(u"4 other kinds\t8.0\t8.0"_s));
    on.window.page(u"compare"_s)->findChild<QScrollArea*>()->ensureWidgetVisible(card, 0, 300);
    test::keepScreenshot(on.window, u"traffic"_s);
    card->toggle()->click();
    QTest::qWait(300);
    const qsizetype asked = on.helper.calls(method).size();
    QTest::qWait(400);
    QCOMPARE(on.helper.calls(method).size(), asked);
    // What the kernel forbids is said.
    on.helper.setError(method, u"org.diptych.WrongState"_s, {{u"message"_s, u"it does not run: nothing passes"_s}});
    card->toggle()->click();
    QTRY_VERIFY(test::visibleText(*card).contains(u"nothing passes"_s));
}

QTEST_MAIN(TestNamespacesPage)
#include "tst_namespaces_page.moc"
