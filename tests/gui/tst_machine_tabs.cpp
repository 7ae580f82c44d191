// The tabs that only virtual machines have, in the real window on the fake helper.
#include "dialogs/review_xml_dialog.h"
#include "gui/support/window.h"
#include "models/text_diff.h"
#include "pages/pages.h"
#include "pages/xml_tab.h"
#include "widgets/banner.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QTabBar>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace diptych;
using models::DiffLine;
using test::FakeHelper;
using test::WindowOnHelper;

namespace {

const QString Next = u"<domain>\n  <name>vm</name>\n  <memory>1</memory>\n</domain>\n"_s;
const QString Live = u"<domain id='1'>\n  <name>vm</name>\n</domain>\n"_s;

/// A machine "vm" whose tab is shown.
bool openTab(WindowOnHelper& f, const QString& tab, const QString& state = u"running"_s)
{
    f.helper.setInstances(
        {FakeHelper::instance(u"vm"_s, u"vm"_s, u"machine"_s, state), FakeHelper::instance(u"web"_s, u"web"_s)});
    if (!f.open(u"instances"_s))
        return false;
    f.window.page(u"instances"_s)->open({u"vm"_s}, tab);
    return true;
}

template <typename T>
T* in(WindowOnHelper& f)
{
    return f.window.page(u"instances"_s)->findChild<T*>();
}

QStringList visibleTabs(WindowOnHelper& f)
{
    QStringList names;
    for (const QTabBar* bar : f.window.page(u"instances"_s)->findChildren<QTabBar*>())
        for (int i = 0; bar->count() > 5 && i < bar->count(); ++i)
            if (bar->isTabVisible(i))
                names.append(bar->tabText(i));
    return names;
}

} // namespace

class TestMachineTabs final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { test::prepareApplication(); }
    void init() { QSettings().clear(); }

    void diffsByLines()
    {
        QVERIFY(models::diffLines(Next, Next).isEmpty());
        using K = DiffLine::Kind;
        const QList<DiffLine> wanted{{K::Same, u"b"_s}, {K::Removed, u"c"_s}, {K::Added, u"C"_s}, {K::Same, u"d"_s}};
        QCOMPARE(models::diffLines(u"a\nb\nc\nd\ne"_s, u"a\nb\nC\nd\ne"_s, 1), wanted);
        const QList<DiffLine> far = models::diffLines(u"x\n1\n2\n3\n4\ny"_s, u"1\n2\n3\n4"_s, 1);
        QCOMPARE(far.size(), 5);
        QVERIFY(far[2].kind == K::Gap);
    }

    void showsTheTabsOfItsKind()
    {
        WindowOnHelper f;
        QVERIFY(openTab(f, u"configuration"_s));
        QVERIFY(visibleTabs(f).contains(u"XML"_s));
        QVERIFY(!visibleTabs(f).contains(u"Configuration"_s) && !visibleTabs(f).contains(u"Changes"_s));
        QVERIFY(in<pages::XmlTab>(f)->isVisible());
        f.window.page(u"instances"_s)->open({u"web"_s});
        QVERIFY(!visibleTabs(f).contains(u"XML"_s));
        QVERIFY(visibleTabs(f).contains(u"Configuration"_s));
        QVERIFY(!in<pages::XmlTab>(f)->isVisible());
    }

    void editsTheXml()
    {
        WindowOnHelper f;
        f.helper.setAnswer(u"org.diptych.Machines.GetXml"_s, {{u"live"_s, Live}, {u"next"_s, Next}});
        f.helper.setAnswer(u"org.diptych.Machines.DefineXml"_s, {});
        QVERIFY(openTab(f, u"xml"_s));
        auto* tab = in<pages::XmlTab>(f);
        QTRY_COMPARE(tab->editor()->toPlainText(), Next);
        auto* review = tab->findChild<QPushButton*>(u"review"_s);
        QVERIFY(!review->isVisible());
        // Broken: it says where, and nothing can be saved.
        tab->editor()->setPlainText(QString(Next).replace(u"</memory>"_s, u"<memory>"_s));
        QTRY_VERIFY(review->isVisible() && !review->isEnabled());
        QVERIFY2(tab->problem().contains(u"Line"_s), qPrintable(tab->problem()));
        const QString wanted = QString(Next).replace(u">1<"_s, u">2<"_s);
        tab->editor()->setPlainText(wanted);
        QTRY_VERIFY(review->isEnabled());
        // The other view is for reading, and the edit waits meanwhile.
        auto* which = tab->findChild<QComboBox*>();
        which->setCurrentIndex(1);
        emit which->activated(1);
        QCOMPARE(tab->editor()->toPlainText(), Live);
        QVERIFY(tab->editor()->isReadOnly());
        which->setCurrentIndex(0);
        emit which->activated(0);
        QCOMPARE(tab->editor()->toPlainText(), wanted);
        QTest::mouseClick(review, Qt::LeftButton);
        auto* dialog = f.window.findChild<dialogs::ReviewXmlDialog*>();
        QVERIFY(dialog);
        const QString diff = dialog->findChild<QPlainTextEdit*>()->toPlainText();
        QVERIFY2(diff.contains(u"-   <memory>1"_s) && diff.contains(u"+   <memory>2"_s), qPrintable(diff));
        test::keepScreenshot(*dialog, u"xml-review"_s);
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Machines.DefineXml"_s).size(), 1);
        const QJsonObject call = f.helper.calls(u"org.diptych.Machines.DefineXml"_s).first();
        QCOMPARE(call[u"xml"_s].toString(), wanted);
        QCOMPARE(call[u"previous"_s].toString(), Next);
        QTRY_VERIFY(!review->isVisible());
    }

    void keepsTheEditWhenItIsRefused()
    {
        WindowOnHelper f;
        f.helper.setAnswer(u"org.diptych.Machines.GetXml"_s, {{u"live"_s, u""_s}, {u"next"_s, Next}});
        f.helper.setError(u"org.diptych.Machines.DefineXml"_s, u"org.diptych.InvalidArgument"_s,
                          {{u"field"_s, u"xml"_s}, {u"message"_s, u"libvirt refuses it: element nonsense"_s}});
        QVERIFY(openTab(f, u"xml"_s, u"stopped"_s));
        auto* tab = in<pages::XmlTab>(f);
        QTRY_COMPARE(tab->editor()->toPlainText(), Next);
        tab->editor()->setPlainText(QString(Next).replace(u"memory"_s, u"nonsense"_s));
        auto* review = tab->findChild<QPushButton*>(u"review"_s);
        QTRY_VERIFY(review->isEnabled() && review->isVisible());
        review->click();
        auto* dialog = f.window.findChild<dialogs::ReviewXmlDialog*>();
        dialog->mainButton()->click();
        QTRY_VERIFY(test::visibleText(*dialog).contains(u"element nonsense"_s));
        dialog->reject();
        QVERIFY(tab->editor()->toPlainText().contains(u"nonsense"_s));
        QVERIFY(review->isVisible());
    }
};

QTEST_MAIN(TestMachineTabs)
#include "tst_machine_tabs.moc"
