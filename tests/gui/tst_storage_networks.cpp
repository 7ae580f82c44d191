// Pools and networks of libvirt, in the real window on the fake helper.
#include "dialogs/pool_dialog.h"
#include "dialogs/review_xml_dialog.h"
#include "dialogs/source_field.h"
#include "dialogs/task_dialog.h"
#include "gui/support/steps.h"
#include "pages/pages.h"
#include "pages/xml_editor.h"
#include "pages/xml_window.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QTableWidget>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace diptych;
using test::WindowOnHelper;

namespace {

const QString Next = u"<network>\n  <name>lab</name>\n  <mtu>1</mtu>\n</network>\n"_s;
const QString Live = u"<network>\n  <name>lab</name>\n</network>\n"_s;

/// iscsi: why there is none.
void answerPools(WindowOnHelper& f, const QString& iscsi = u"no driver"_s)
{
    const auto type = [](const QString& name, const QString& reason) {
        return QJsonObject{{u"type"_s, name}, {u"reason"_s, reason}};
    };
    f.helper.setAnswer(u"org.diptych.Storage.ListPools"_s, {{u"pools"_s, QJsonArray{}}});
    f.helper.setAnswer(u"org.diptych.Storage.FindPoolSources"_s, {{u"sources"_s, QJsonArray{}}});
    f.helper.setAnswer(u"org.diptych.Storage.ListPoolTypes"_s,
                       {{u"types"_s, QJsonArray{type(u"dir"_s, {}), type(u"fs"_s, {}), type(u"netfs"_s, {}),
                                                type(u"logical"_s, {}), type(u"iscsi"_s, iscsi)}}});
}

QJsonObject foundSource(const QString& source, double size = 0, const QString& holds = {}, const QString& user = {})
{
    return {{u"source"_s, source}, {u"detail"_s, u""_s}, {u"size"_s, size}, {u"holds"_s, holds}, {u"user"_s, user}};
}

} // namespace

class TestStorageNetworks final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { test::prepareApplication(); }
    void cleanupTestCase() { QCOMPARE(test::untranslated(), QStringList()); }
    void init() { QSettings().clear(); }

    void editsTheXmlOfNetworksAndPools_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("get");
        QTest::addColumn<QString>("define");
        QTest::addColumn<QString>("key");
        QTest::newRow("network") << u"networks"_s << u"networkXml"_s << u"org.diptych.Networks.GetXml"_s
                                 << u"org.diptych.Networks.DefineXml"_s << u"name"_s;
        QTest::newRow("pool") << u"storage"_s << u"poolXml"_s << u"org.diptych.Storage.GetPoolXml"_s
                              << u"org.diptych.Storage.DefinePoolXml"_s << u"pool"_s;
    }
    void editsTheXmlOfNetworksAndPools()
    {
        QFETCH(const QString, page);
        QFETCH(const QString, action);
        QFETCH(const QString, get);
        QFETCH(const QString, define);
        QFETCH(const QString, key);
        WindowOnHelper f;
        const QJsonObject one{{u"name"_s, u"lab"_s}, {u"active"_s, true}, {u"mode"_s, u"nat"_s}};
        f.helper.setAnswer(u"org.diptych.Networks.List"_s, {{u"networks"_s, QJsonArray{one}}});
        f.helper.setAnswer(u"org.diptych.Storage.ListPools"_s, {{u"pools"_s, QJsonArray{one}}});
        f.helper.setAnswer(get, {{u"live"_s, Live}, {u"next"_s, Next}});
        f.helper.setAnswer(define, {});
        QVERIFY(f.open(page));
        auto* open = f.window.page(page)->findChild<QAction*>(action);
        QVERIFY(open);
        pages::XmlWindow* window = nullptr;
        QTRY_VERIFY(window || (open->trigger(), window = f.window.findChild<pages::XmlWindow*>()));
        auto* editor = window->findChild<pages::XmlEditor*>();
        QTRY_COMPARE(editor->editor()->toPlainText(), Next);
        editor->editor()->setPlainText(QString(Next).replace(u">1<"_s, u">2<"_s));
        auto* review = editor->findChild<QPushButton*>(u"review"_s);
        QTRY_VERIFY(review->isVisible());
        test::keepScreenshot(*window, u"xml-of-"_s + key);
        window->reject(); // it asks first
        QVERIFY(window->isVisible());
        auto* question = window->findChild<dialogs::TaskDialog*>();
        QVERIFY(question);
        question->reject();
        review->click();
        window->findChild<dialogs::ReviewXmlDialog*>()->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(define).size(), 1);
        QCOMPARE(f.helper.calls(define).first()[key].toString(), u"lab"_s);
        QTRY_VERIFY(!review->isVisible());
        window->reject();
        QTRY_VERIFY(!f.window.findChild<pages::XmlWindow*>());
        // Whatever others do is seen at once.
        const QString asks =
            page == u"networks"_s ? u"org.diptych.Networks.List"_s : u"org.diptych.Storage.ListPools"_s;
        const auto before = f.helper.calls(asks).size();
        f.helper.push(u"org.diptych.Connections.SubscribePlaces"_s, {{u"connections"_s, QJsonArray{u"other"_s}}});
        f.helper.push(u"org.diptych.Connections.SubscribePlaces"_s, {{u"connections"_s, QJsonArray{u""_s}}});
        QTRY_COMPARE(f.helper.calls(asks).size(), before + 1);
    }

    void keepsHostsOfANetwork()
    {
        WindowOnHelper f;
        const QJsonObject kept{{u"kind"_s, u"lease"_s},
                               {u"mac"_s, u"52:54:00:00:00:01"_s},
                               {u"address"_s, u"192.168.122.9"_s},
                               {u"name"_s, u"web"_s}};
        f.helper.setAnswer(u"org.diptych.Networks.List"_s,
                           {{u"networks"_s, QJsonArray{QJsonObject{{u"name"_s, u"default"_s},
                                                                   {u"mode"_s, u"nat"_s},
                                                                   {u"bridge"_s, u"virbr0"_s},
                                                                   {u"active"_s, true},
                                                                   {u"autostart"_s, true},
                                                                   {u"address"_s, u"192.168.122.1/24"_s},
                                                                   {u"dhcpStart"_s, u"192.168.122.2"_s},
                                                                   {u"dhcpEnd"_s, u"192.168.122.254"_s},
                                                                   {u"users"_s, QJsonArray{}},
                                                                   {u"domain"_s, u"lan"_s},
                                                                   {u"hosts"_s, QJsonArray{kept}}}}}});
        f.helper.setAnswer(u"org.diptych.Networks.ListLeases"_s,
                           {{u"leases"_s, QJsonArray{QJsonObject{{u"mac"_s, u"52:54:00:00:00:02"_s},
                                                                 {u"address"_s, u"192.168.122.37"_s},
                                                                 {u"hostname"_s, u"db"_s},
                                                                 {u"expiresAt"_s, 1e12}}}}});
        for (const QString& method : {u"AddHost"_s, u"RemoveHost"_s, u"Create"_s})
            f.helper.setAnswer(u"org.diptych.Networks."_s + method, {});
        QVERIFY(f.open(u"networks"_s));
        QWidget* page = f.window.page(u"networks"_s);
        const auto tables = page->findChildren<QTableWidget*>();
        const auto holds = [&](const QString& text) {
            for (QTableWidget* table : tables)
                if (!table->findItems(text, Qt::MatchExactly).isEmpty())
                    return table;
            return static_cast<QTableWidget*>(nullptr);
        };
        QTRY_VERIFY(holds(u"192.168.122.9"_s) && holds(u"192.168.122.37"_s));
        test::keepScreenshot(f.window, u"network-hosts"_s);
        // Whoever has an address now may keep it: nothing has to be typed.
        holds(u"192.168.122.37"_s)->selectRow(0);
        page->findChild<QPushButton*>(u"keepHost"_s)->click();
        auto* dialog = f.window.findChild<dialogs::TaskDialog*>();
        QVERIFY(dialog->mainButton()->isEnabled());
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Networks.AddHost"_s).size(), 1);
        const QJsonObject host = f.helper.calls(u"org.diptych.Networks.AddHost"_s).first()[u"host"_s].toObject();
        QCOMPARE(host[u"mac"_s].toString(), u"52:54:00:00:00:02"_s);
        QCOMPARE(host[u"name"_s].toString(), u"db"_s);
        QTRY_VERIFY(holds(u"192.168.122.9"_s));
        holds(u"192.168.122.9"_s)->selectRow(0);
        page->findChild<QPushButton*>(u"removeHost"_s)->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Networks.RemoveHost"_s).size(), 1);
        QCOMPARE(f.helper.calls(u"org.diptych.Networks.RemoveHost"_s).first()[u"host"_s].toObject(), kept);
    }

    void asksForANetworkOfOnesOwn()
    {
        WindowOnHelper f;
        f.helper.setAnswer(u"org.diptych.Networks.List"_s, {{u"networks"_s, QJsonArray{}}});
        f.helper.setAnswer(u"org.diptych.Networks.Create"_s, {});
        QVERIFY(f.open(u"networks"_s));
        f.window.page(u"networks"_s)->findChild<QPushButton*>(u"newNetwork"_s)->click();
        auto* dialog = f.window.findChild<dialogs::TaskDialog*>();
        dialog->findChild<QLineEdit*>(u"name"_s)->setText(u"lab"_s);
        QVERIFY(dialog->mainButton()->isEnabled());
        dialog->findChild<QLineEdit*>(u"dhcpStart"_s)->setText(u"192.168.100.50"_s);
        auto* ways6 = dialog->findChild<QComboBox*>(u"dhcp6"_s);
        QVERIFY(!ways6->isVisible());
        dialog->findChild<QLineEdit*>(u"address6"_s)->setText(u"fd00:100::1/64"_s);
        QVERIFY(ways6->isVisible());
        ways6->setCurrentIndex(1);
        QVERIFY(!dialog->mainButton()->isEnabled()); // the last one too, or neither
        dialog->findChild<QLineEdit*>(u"dhcpEnd"_s)->setText(u"192.168.100.60"_s);
        dialog->findChild<QLineEdit*>(u"domain"_s)->setText(u"lab.lan"_s);
        test::keepScreenshot(*dialog, u"new-network"_s);
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Networks.Create"_s).size(), 1);
        const QJsonObject call = f.helper.calls(u"org.diptych.Networks.Create"_s).first();
        QCOMPARE(call[u"dhcpStart"_s].toString(), u"192.168.100.50"_s);
        QCOMPARE(call[u"address6"_s].toString(), u"fd00:100::1/64"_s);
        QVERIFY(call[u"dhcp6"_s].toBool());
        QCOMPARE(call[u"domain"_s].toString(), u"lab.lan"_s);
    }

    void connectsAPool()
    {
        WindowOnHelper f;
        answerPools(f);
        QVERIFY(f.open(u"storage"_s));
        f.window.page(u"storage"_s)->findChild<QPushButton*>(u"newPool"_s)->click();
        auto* dialog = f.window.findChild<dialogs::PoolDialog*>();
        QVERIFY(dialog);
        auto* kind = dialog->findChild<QComboBox*>(u"source.type"_s);
        QTRY_COMPARE(kind->itemData(4, Qt::ToolTipRole).toString(), u"no driver"_s);
        const auto edit = [dialog](const QString& name) { return dialog->findChild<QLineEdit*>(name); };
        auto* source = dialog->findChild<dialogs::SourceField*>(u"source.source"_s);
        QVERIFY(!edit(u"source.host"_s)->isVisible() && edit(u"path"_s)->isVisible());
        kind->setCurrentIndex(3);
        QTRY_VERIFY(!edit(u"path"_s)->isVisible() && source->isVisible());
        QVERIFY(!edit(u"source.user"_s)->isVisible());
        kind->setCurrentIndex(2);
        edit(u"name"_s)->setText(u"nas"_s);
        auto* look = source->findChild<QPushButton*>(u"look"_s);
        QVERIFY(!look->isEnabled() && !look->toolTip().isEmpty());
        edit(u"source.host"_s)->setText(u"nas.example"_s);
        QVERIFY(look->isEnabled() && !dialog->mainButton()->isEnabled());
        // What the other host exports is asked for, and chosen.
        f.helper.setAnswer(u"org.diptych.Storage.FindPoolSources"_s,
                           {{u"sources"_s, QJsonArray{foundSource(u"/export/vm"_s), foundSource(u"/export/iso"_s)}}});
        look->click();
        auto* list = source->findChild<QComboBox*>();
        QTRY_COMPARE(list->count(), 2);
        QCOMPARE(f.helper.calls(u"org.diptych.Storage.FindPoolSources"_s).last()[u"host"_s].toString(),
                 u"nas.example"_s);
        emit list->activated(0);
        QCOMPARE(source->text(), u"/export/vm"_s);
        QVERIFY2(dialog->mainButton()->isEnabled(), qPrintable(dialog->mainButton()->toolTip()));
        test::keepScreenshot(*dialog, u"pool-nfs"_s);
        f.helper.setError(u"org.diptych.Storage.ConnectPool"_s, u"org.diptych.InvalidArgument"_s,
                          {{u"field"_s, u"source.source"_s},
                           {u"message"_s, u"the host does not give this directory: mount.nfs: access denied"_s}});
        dialog->mainButton()->click();
        QTRY_VERIFY2(dialog->problem(u"source.source"_s).contains(u"does not give this directory"_s),
                     qPrintable(test::visibleText(*dialog)));
        f.helper.setAnswer(u"org.diptych.Storage.ConnectPool"_s, {});
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Storage.ConnectPool"_s).size(), 2);
        const QJsonObject sent = f.helper.calls(u"org.diptych.Storage.ConnectPool"_s).last();
        QCOMPARE(sent[u"source"_s].toObject(),
                 (QJsonObject{{u"type"_s, u"netfs"_s}, {u"host"_s, u"nas.example"_s}, {u"source"_s, u"/export/vm"_s}}));
        QCOMPARE(sent[u"path"_s].toString(), u"/var/lib/libvirt/nfs"_s);
        QVERIFY(!sent.contains(u"build"_s));
    }

    /// What most leave as it is: the version of NFS, the port of an iSCSI target.
    void choosesVersionAndPort()
    {
        WindowOnHelper f;
        answerPools(f, {});
        f.helper.setAnswer(u"org.diptych.Storage.ConnectPool"_s, {});
        QVERIFY(f.open(u"storage"_s));
        f.window.page(u"storage"_s)->findChild<QPushButton*>(u"newPool"_s)->click();
        auto* dialog = f.window.findChild<dialogs::PoolDialog*>();
        auto* kind = dialog->findChild<QComboBox*>(u"source.type"_s);
        auto* source = dialog->findChild<dialogs::SourceField*>(u"source.source"_s);
        auto* version = dialog->findChild<QComboBox*>(u"source.version"_s);
        const auto edit = [dialog](const QString& name) { return dialog->findChild<QLineEdit*>(name); };
        kind->setCurrentIndex(4);
        QTRY_VERIFY(edit(u"source.port"_s)->isVisible() && !version->isVisible());
        edit(u"name"_s)->setText(u"san"_s);
        edit(u"source.host"_s)->setText(u"nas.example"_s);
        source->setText(u"iqn.2004-04.example:disks"_s);
        QVERIFY2(dialog->mainButton()->isEnabled(), qPrintable(dialog->mainButton()->toolTip()));
        for (const QString& wrong : {u"0"_s, u"65536"_s, u"-1"_s, u"iscsi"_s}) {
            edit(u"source.port"_s)->setText(wrong);
            QVERIFY(!dialog->mainButton()->isEnabled());
            QVERIFY(dialog->mainButton()->toolTip().contains(u"from 1 to 65535"_s));
        }
        edit(u"source.port"_s)->setText(u"13260"_s);
        test::keepScreenshot(*dialog, u"pool-iscsi-port"_s);
        f.helper.setError(u"org.diptych.Storage.FindPoolSources"_s, u"org.diptych.InvalidArgument"_s,
                          {{u"field"_s, u"host"_s}, {u"message"_s, u"nas.example does not answer at port 13260: x"_s}});
        source->findChild<QPushButton*>(u"look"_s)->click();
        QTRY_VERIFY(dialog->problem(u"source.host"_s).contains(u"at port 13260"_s));
        QCOMPARE(f.helper.calls(u"org.diptych.Storage.FindPoolSources"_s).last()[u"port"_s].toInt(), 13260);
        f.helper.setAnswer(u"org.diptych.Storage.FindPoolSources"_s, {{u"sources"_s, QJsonArray{}}});
        kind->setCurrentIndex(2);
        QTRY_VERIFY(version->isVisible() && !edit(u"source.port"_s)->isVisible());
        QCOMPARE(version->currentData().toString(), QString());
        source->setText(u"/export/vm"_s);
        version->setCurrentIndex(version->findData(u"4.2"_s));
        test::keepScreenshot(*dialog, u"pool-nfs-version"_s);
        f.helper.setError(u"org.diptych.Storage.ConnectPool"_s, u"org.diptych.InvalidArgument"_s,
                          {{u"field"_s, u"source.version"_s}, {u"message"_s, u"only NFS has versions"_s}});
        dialog->mainButton()->click();
        QTRY_VERIFY(!dialog->problem(u"source.version"_s).isEmpty());
        QCOMPARE(f.helper.calls(u"org.diptych.Storage.ConnectPool"_s).last()[u"source"_s].toObject(),
                 (QJsonObject{{u"type"_s, u"netfs"_s},
                              {u"host"_s, u"nas.example"_s},
                              {u"source"_s, u"/export/vm"_s},
                              {u"version"_s, u"4.2"_s}}));
        kind->setCurrentIndex(4);
        source->setText(u"iqn.2004-04.example:disks"_s);
        f.helper.setAnswer(u"org.diptych.Storage.ConnectPool"_s, {});
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Storage.ConnectPool"_s).size(), 2);
        QCOMPARE(f.helper.calls(u"org.diptych.Storage.ConnectPool"_s).last()[u"source"_s].toObject(),
                 (QJsonObject{{u"type"_s, u"iscsi"_s},
                              {u"host"_s, u"nas.example"_s},
                              {u"source"_s, u"iqn.2004-04.example:disks"_s},
                              {u"port"_s, 13260}}));
    }

    /// Nothing that a device holds goes without a tick that names it.
    void asksBeforeItErases()
    {
        WindowOnHelper f;
        answerPools(f);
        f.helper.setAnswer(u"org.diptych.Storage.FindPoolSources"_s,
                           {{u"sources"_s, QJsonArray{foundSource(u"/dev/sda"_s, 512e9, u"gpt"_s, u"mounted at /"_s),
                                                      foundSource(u"/dev/sdb"_s, 64e9, u"ext4"_s),
                                                      foundSource(u"/dev/sdc"_s, 64e9)}}});
        f.helper.setAnswer(u"org.diptych.Storage.ConnectPool"_s, {});
        QVERIFY(f.open(u"storage"_s));
        f.window.page(u"storage"_s)->findChild<QPushButton*>(u"newPool"_s)->click();
        auto* dialog = f.window.findChild<dialogs::PoolDialog*>();
        QVERIFY(dialog);
        dialog->findChild<QComboBox*>(u"source.type"_s)->setCurrentIndex(3);
        dialog->findChild<QLineEdit*>(u"name"_s)->setText(u"disks"_s);
        dialog->findChild<dialogs::SourceField*>(u"source.source"_s)->setText(u"vgnew"_s);
        QTRY_VERIFY(dialog->mainButton()->isEnabled()); // a group that is there needs no device
        auto* device = dialog->findChild<dialogs::SourceField*>(u"source.device"_s);
        auto* make = dialog->findChild<QCheckBox*>(u"build"_s);
        auto* erase = dialog->findChild<QCheckBox*>(u"erase"_s);
        QVERIFY(!device->isVisible() && !erase->isVisible());
        make->setChecked(true);
        QTRY_VERIFY(device->isVisible());
        QTRY_COMPARE(device->findChild<QComboBox*>()->count(), 3);
        device->setText(u"/dev/sda"_s);
        QVERIFY(!dialog->mainButton()->isEnabled());
        QVERIFY2(dialog->mainButton()->toolTip().contains(u"mounted at /"_s),
                 qPrintable(dialog->mainButton()->toolTip()));
        erase->setChecked(true); // what is in use never
        QVERIFY(!dialog->mainButton()->isEnabled());
        device->setText(u"/dev/sdc"_s);
        QVERIFY(!erase->isVisible() && dialog->mainButton()->isEnabled());
        device->setText(u"/dev/sdb"_s);
        QVERIFY(erase->isVisible() && !erase->isChecked() && !dialog->mainButton()->isEnabled());
        QVERIFY2(test::visibleText(*dialog).contains(u"ext4 on /dev/sdb is lost"_s),
                 qPrintable(test::visibleText(*dialog)));
        erase->setChecked(true);
        QVERIFY(dialog->mainButton()->isEnabled());
        QCOMPARE(dialog->mainButton()->text(), u"Erase and make it"_s);
        test::keepScreenshot(*dialog, u"pool-erase"_s);
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Storage.ConnectPool"_s).size(), 1);
        const QJsonObject sent = f.helper.calls(u"org.diptych.Storage.ConnectPool"_s).first();
        QCOMPARE(sent[u"build"_s].toString(), u"erase"_s);
        QCOMPARE(sent[u"source"_s].toObject(),
                 (QJsonObject{{u"type"_s, u"logical"_s}, {u"source"_s, u"vgnew"_s}, {u"device"_s, u"/dev/sdb"_s}}));
    }

    /// What a type of pool lacks is grey and says why; the way to who needs a volume.
    void saysWhatAPoolLacks()
    {
        WindowOnHelper f;
        const QJsonObject lack{
            {u"verb"_s, u"create"_s},
            {u"reason"_s, u"which disks there are, and how large, is decided where they come from"_s}};
        QJsonObject resize = lack;
        resize[u"verb"_s] = u"resize"_s;
        f.helper.setAnswer(u"org.diptych.Storage.ListPools"_s,
                           {{u"pools"_s, QJsonArray{QJsonObject{{u"name"_s, u"san"_s},
                                                                {u"type"_s, u"iscsi"_s},
                                                                {u"path"_s, u"/dev/disk/by-path"_s},
                                                                {u"source"_s, u"iqn.2004-04.example:disks"_s},
                                                                {u"active"_s, true},
                                                                {u"lacks"_s, QJsonArray{lack, resize}}}}}});
        f.helper.setAnswer(u"org.diptych.Storage.ListVolumes"_s,
                           {{u"volumes"_s, QJsonArray{QJsonObject{{u"name"_s, u"unit:0:0:1"_s},
                                                                  {u"users"_s, QJsonArray{u"domain web"_s}}}}}});
        QVERIFY(f.open(u"storage"_s));
        auto* page = qobject_cast<pages::StoragePage*>(f.window.page(u"storage"_s));
        QTRY_COMPARE(page->volumes()->rowCount(), 1);
        page->volumes()->selectRow(0);
        auto* make = page->findChild<QPushButton*>(u"newVolume"_s);
        QVERIFY(!make->isEnabled());
        QVERIFY2(make->toolTip().contains(u"is decided where they come from"_s), qPrintable(make->toolTip()));
        QVERIFY(page->findChild<QPushButton*>(u"upload"_s)->isEnabled());
        const auto action = [page](const QString& name) { return page->findChild<QAction*>(name); };
        QVERIFY(!action(u"resize"_s)->isEnabled() && action(u"copy"_s)->isEnabled());
        QVERIFY(action(u"resize"_s)->toolTip().contains(u"is decided"_s));
        QVERIFY(!action(u"start"_s)->isEnabled() && action(u"stop"_s)->isEnabled());
        QVERIFY(!action(u"destroy"_s)->isEnabled());
        QVERIFY2(test::visibleText(*page).contains(u"iqn.2004-04.example:disks"_s),
                 qPrintable(test::visibleText(*page)));
        test::keepScreenshot(f.window, u"storage-iscsi"_s);
        emit page->volumes()->cellActivated(0, 4);
        QTRY_VERIFY(f.window.page(u"instances"_s)->isVisible());
    }

    void refusesToDeleteWhatIsNeeded()
    {
        WindowOnHelper f;
        f.helper.setAnswer(u"org.diptych.Storage.ListPools"_s,
                           {{u"pools"_s, QJsonArray{QJsonObject{{u"name"_s, u"images"_s}, {u"active"_s, true}}}}});
        f.helper.setAnswer(u"org.diptych.Storage.ListVolumes"_s,
                           {{u"volumes"_s, QJsonArray{QJsonObject{{u"name"_s, u"base.qcow2"_s},
                                                                  {u"users"_s, QJsonArray{u"domain web"_s}}}}}});
        QVERIFY(f.open(u"storage"_s));
        auto* page = qobject_cast<pages::StoragePage*>(f.window.page(u"storage"_s));
        QTRY_COMPARE(page->volumes()->rowCount(), 1);
        page->volumes()->selectRow(0);
        test::keepScreenshot(f.window, u"storage"_s);
        test::trigger(page, u"Delete…"_s);
        auto* dialog = f.window.findChild<dialogs::TaskDialog*>();
        QVERIFY(dialog && !dialog->mainButton()->isEnabled());
        QVERIFY(test::visibleText(*dialog).contains(u"virtual machine web"_s));
    }
};

QTEST_MAIN(TestStorageNetworks)
#include "tst_storage_networks.moc"
