// The page Images in the real window, on the fake helper: what each flow asks the helper for, what a refusal looks
// like, what an older helper lets it say.
#include "client/errors.h"
#include "dialogs/build_dialog.h"
#include "dialogs/export_dialog.h"
#include "dialogs/image_removal_dialog.h"
#include "dialogs/import_dialog.h"
#include "dialogs/login_dialog.h"
#include "dialogs/name_image_dialog.h"
#include "dialogs/pull_dialog.h"
#include "dialogs/push_dialog.h"
#include "dialogs/registries_dialog.h"
#include "dialogs/work_view.h"
#include "gui/support/image_samples.h"
#include "gui/support/window.h"
#include "models/archive_sniff.h"
#include "models/image_reference.h"
#include "models/json_text.h"
#include "models/layer_sharing.h"
#include "models/path_tree_model.h"
#include "models/rate_meter.h"
#include "pages/changes_tab.h"
#include "pages/image_actions.h"
#include "pages/image_detail.h"
#include "pages/instance_actions.h"
#include "pages/instance_detail.h"
#include "pages/pages.h"
#include "pages/path_tree.h"
#include "shell/sidebar.h"
#include "widgets/layermap.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>
#include <QTreeWidget>
#include <QtEndian>

using namespace Qt::StringLiterals;
using namespace diptych;
using pages::ImageVerb;
using test::FakeHelper;
using test::WindowOnHelper;

namespace {

const QString Operations = u"org.diptych.Operations.Subscribe"_s;
const QString Nginx = u"docker.io/library/nginx:1.27"_s;

QString images(const char* method)
{
    return u"org.diptych.Images."_s + QLatin1String(method);
}

struct OnImages : WindowOnHelper
{
    pages::ImagesPage* page = nullptr;

    bool show()
    {
        test::serveImages(helper);
        if (!open(u"images"_s))
            return false;
        page = qobject_cast<pages::ImagesPage*>(window.page(u"images"_s));
        return page && QTest::qWaitFor([&] { return page->table()->model()->rowCount() == 8; });
    }
    template <typename D>
    D* dialogOf(ImageVerb verb)
    {
        page->actions().action(verb)->trigger();
        return window.findChild<D*>();
    }
    void push(const QJsonObject& operation) { helper.push(Operations, {{u"operations"_s, QJsonArray{operation}}}); }
};

void writeText(QWidget* dialog, const QString& field, const QString& text)
{
    auto* edit = dialog->findChild<QLineEdit*>(field);
    QVERIFY2(edit, qPrintable(field));
    edit->setText(text);
}

QString planOf(QWidget* dialog)
{
    QStringList lines;
    for (QTreeWidgetItemIterator at(dialog->findChild<QTreeWidget*>()); *at; ++at)
        lines.append((*at)->text(0));
    return lines.join(u'\n');
}

client::PathEntry entry(const QString& path, qint64 size = 0,
                        client::PathEntry::Kind kind = client::PathEntry::Kind::File)
{
    client::PathEntry one;
    one.path = path;
    one.size = size;
    one.kind = kind;
    return one;
}

QByteArray tarEntry(const QByteArray& name, const QByteArray& content)
{
    QByteArray header(512, '\0');
    header.replace(0, name.size(), name);
    header.replace(124, 11, QByteArray::number(content.size(), 8).rightJustified(11, '0'));
    header.replace(257, 5, "ustar");
    return header + content + QByteArray((512 - content.size() % 512) % 512, '\0');
}

/// Qt's compressor makes a zlib stream: its deflate data between gzip's header and trailer.
QByteArray gzip(const QByteArray& bytes)
{
    const QByteArray packed = qCompress(bytes).mid(4);
    quint32 sum = ~0U;
    for (const char byte : bytes) {
        sum ^= quint8(byte);
        for (int bit = 0; bit < 8; ++bit)
            sum = (sum >> 1) ^ (sum & 1 ? 0xedb88320U : 0U);
    }
    QByteArray end(8, '\0');
    qToLittleEndian(~sum, end.data());
    qToLittleEndian(quint32(bytes.size()), end.data() + 4);
    return QByteArray("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10) + packed.mid(2, packed.size() - 6) + end;
}

QString written(const QTemporaryDir& directory, const QString& name, const QByteArray& bytes)
{
    QFile file(directory.filePath(name));
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
}

} // namespace

class TestImagesPage final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { test::prepareApplication(); }
    void cleanupTestCase() { QCOMPARE(test::untranslated(), QStringList()); }
    void init() { QSettings().clear(); }

    void listsSearchesAndSelects()
    {
        OnImages f;
        QVERIFY(f.show());
        QVERIFY(f.window.sidebar().findChild<QAbstractButton*>(u"nav-images"_s));
        QTRY_VERIFY(!f.helper.calls(images("Inspect")).isEmpty());
        f.page->focusSearch();
        auto* search = f.page->findChild<QLineEdit*>();
        search->setText(u"postgres"_s);
        QTRY_COMPARE(f.page->table()->model()->rowCount(), 1);
        search->setText(u"nothing has this"_s);
        QTRY_COMPARE(f.page->table()->model()->rowCount(), 0);
        QVERIFY(test::visibleText(*f.page).contains(u"Nothing matches"_s));
        QVERIFY(!f.page->detail()->isVisible());
        search->clear();
        QTRY_COMPARE(f.page->table()->model()->rowCount(), 8);
        f.page->open({Nginx});
        QCOMPARE(f.page->detail()->reference(), Nginx);
        QVERIFY(f.page->detail()->isVisible());
        QTest::qWait(100);
        test::keepScreenshot(f.window, u"images-layers"_s);
        f.page->table()->selectAll();
        QVERIFY(!f.page->actions().action(ImageVerb::Push)->isEnabled());
        QVERIFY(f.page->actions().action(ImageVerb::Push)->toolTip().contains(u"single"_s));
        QVERIFY(f.page->actions().action(ImageVerb::Delete)->isEnabled());
    }

    void selectionSurvivesAChange()
    {
        OnImages f;
        QVERIFY(f.show());
        f.page->open({Nginx});
        QJsonArray all = test::sampleImages();
        all.removeAt(4);
        all.append(test::image(u"aaa:1"_s, {test::imageLayer(u"x"_s, 5)}));
        f.helper.push(images("Subscribe"), {{u"images"_s, all}});
        QTRY_VERIFY(f.page->table()->model()->index(0, 0).data().toString() == u"aaa:1"_s);
        QCOMPARE(f.page->actions().references(), QStringList{Nginx});
        QCOMPARE(f.page->detail()->reference(), Nginx);
    }

    void remembersWhatWasSelected()
    {
        QByteArray state;
        {
            OnImages f;
            QVERIFY(f.show());
            f.page->open({Nginx}, u"manifest"_s);
            state = f.page->saveState();
        }
        OnImages f;
        f.helper.setSilent(images("Subscribe"));
        test::serveImages(f.helper);
        QVERIFY(f.open(u"images"_s));
        f.page = qobject_cast<pages::ImagesPage*>(f.window.page(u"images"_s));
        f.page->restoreState(state); // before the images are there
        f.helper.setSilent(images("Subscribe"), false);
        f.helper.release(images("Subscribe"));
        QTRY_COMPARE(f.page->actions().references(), QStringList{Nginx});
        QCOMPARE(f.page->detail()->tab(), u"manifest"_s);
        f.window.showPage(u"instances"_s);
        auto* instances = qobject_cast<pages::InstancesPage*>(f.window.page(u"instances"_s));
        instances->open({u"late"_s}); // it is not there yet
        f.helper.push(
            u"org.diptych.Instances.Subscribe"_s,
            {{u"changed"_s, QJsonArray{FakeHelper::instance(u"late"_s, u"late"_s)}}, {u"removed"_s, QJsonArray()}});
        QTRY_COMPARE(instances->detail()->id(), u"late"_s);
    }

    void anEmptyStoreOffersThreeWays()
    {
        WindowOnHelper f;
        f.helper.setAnswer(images("Subscribe"), {{u"images"_s, QJsonArray()}});
        QVERIFY(f.open(u"images"_s));
        QTRY_VERIFY(test::visibleText(*f.window.page(u"images"_s)).contains(u"No images yet"_s));
        for (const char* way : {"Pull…", "Import…", "Build…"})
            QVERIFY2(test::childNamed(*f.window.page(u"images"_s), QString::fromUtf8(way)), way);
        test::keepScreenshot(f.window, u"images-empty"_s);
    }

    void tabsShowWhatIsInside()
    {
        OnImages f;
        QVERIFY(f.show());
        f.page->open({Nginx});
        auto* steps = f.page->detail()->findChild<QTableWidget*>(u"steps"_s);
        QTRY_COMPARE(steps->rowCount(), 7);
        QVERIFY(steps->item(0, 0)->text().startsWith(u"ADD file:"_s)); // without the shell before it
        QVERIFY(steps->item(0, 3)->text().contains(u"postgres:17"_s));
        QCOMPARE(steps->item(1, 1)->text(), u"–"_s);
        auto* map = f.page->findChild<widgets::LayerMap*>();
        QVERIFY2(map->accessibleDescription().contains(u"saved"_s), qPrintable(map->accessibleDescription()));
        map->setFocus();
        QTest::keyClick(map, Qt::Key_Right);
        QTest::keyClick(map, Qt::Key_Right);
        QCOMPARE(steps->currentRow(), 3); // steps without a layer are passed over
        emit steps->cellActivated(3, 0);
        QCOMPARE(f.page->detail()->tab(), u"files"_s);
        QTRY_COMPARE(f.helper.calls(images("ListFiles")).size(), 1);
        QCOMPARE(f.helper.calls(images("ListFiles")).first()[u"digest"_s].toString(),
                 steps->item(3, 0)->data(Qt::UserRole).toString());
        auto* tree = f.page->findChild<pages::PathTree*>();
        QTRY_VERIFY(tree->model().counts().paths == 16);
        QCOMPARE(tree->model().counts().deleted, 2);
        QTRY_VERIFY(tree->view()->isVisible());
        test::keepScreenshot(f.window, u"images-files"_s);
        f.page->detail()->openTab(u"configuration"_s);
        const auto texts = f.page->detail()->findChildren<QPlainTextEdit*>();
        const auto config = std::find_if(texts.begin(), texts.end(), [](const QPlainTextEdit* one) {
            return one->accessibleName() == u"Configuration"_s;
        });
        QVERIFY(config != texts.end());
        QTRY_VERIFY((*config)->toPlainText().contains(u"\n  \"os\": \"linux\""_s));
        test::keepScreenshot(f.window, u"images-configuration"_s);
        f.page->detail()->openTab(u"usedBy"_s);
        auto* used = f.page->detail()->findChild<QTableWidget*>(u"usedBy"_s);
        QCOMPARE(used->rowCount(), 2);
        QVERIFY(used->isVisible());
        test::keepScreenshot(f.window, u"images-used"_s);
        emit used->cellActivated(1, 0);
        QCOMPARE(f.window.currentPage(), u"instances"_s);
    }

    void pullsWithTagsAndProgress()
    {
        OnImages f;
        QVERIFY(f.show());
        auto* dialog = f.dialogOf<dialogs::PullDialog>(ImageVerb::Pull);
        QVERIFY(dialog);
        QVERIFY(!dialog->mainButton()->isEnabled());
        QVERIFY(!dialog->mainButton()->toolTip().isEmpty());
        writeText(dialog, u"reference"_s, u"Nginx"_s);
        QVERIFY(dialog->problem(u"reference"_s).contains(u"small letters"_s));
        writeText(dialog, u"reference"_s, u"quay.io/library/nginx"_s);
        QVERIFY(dialog->problem(u"reference"_s).isEmpty());
        auto* tags = dialog->findChild<QListWidget*>(u"tags"_s);
        QTRY_VERIFY(tags->isVisible());
        QCOMPARE(f.helper.calls(images("ListTags")).size(), 1); // not one a key
        QCOMPARE(f.helper.calls(images("ListTags")).first()[u"repository"_s].toString(), u"quay.io/library/nginx"_s);
        QCOMPARE(tags->item(0)->text(), u"latest"_s);
        QVERIFY(tags->findItems(u"1.27"_s, Qt::MatchExactly).size() == 1);
        test::keepScreenshot(*dialog, u"images-pull-tags"_s);
        emit tags->itemActivated(tags->findItems(u"1.27"_s, Qt::MatchExactly).first());
        QCOMPARE(dialog->findChild<QLineEdit*>(u"reference"_s)->text(), u"quay.io/library/nginx:1.27"_s);
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(images("Pull")).size(), 1);
        QVERIFY(!f.helper.calls(images("Pull")).first().contains(u"tlsVerify"_s)); // the helper's own rule
        QVERIFY(!f.helper.calls(images("Pull")).first().contains(u"platform"_s));
        f.push(test::imageOperation(u"op-pull"_s, u"pull"_s, u"nginx:1.27"_s, u"running"_s, test::pullParts(0)));
        QTRY_VERIFY(dialog->findChild<dialogs::WorkView*>());
        QTest::qWait(900);
        f.push(
            test::imageOperation(u"op-pull"_s, u"pull"_s, u"nginx:1.27"_s, u"running"_s, test::pullParts(31LL << 20)));
        QTRY_VERIFY2(test::visibleText(*dialog).contains(u"31 MiB of 70 MiB"_s),
                     qPrintable(test::visibleText(*dialog)));
        QTRY_VERIFY(test::visibleText(*dialog).contains(u" left"_s));
        QVERIFY(test::visibleText(*dialog).contains(u"28 MiB, done"_s));
        test::keepScreenshot(*dialog, u"images-pull-progress"_s);
        dialog->reject(); // left: it goes on
        QTRY_VERIFY(!f.window.findChild<dialogs::PullDialog*>());
        QVERIFY(f.helper.calls(u"org.diptych.Operations.Cancel"_s).isEmpty());
        auto* view = f.page->findChild<dialogs::WorkView*>();
        QVERIFY(view && view->isVisible());
        test::keepScreenshot(f.window, u"images-pulling"_s);
        test::childNamed(*view, u"Cancel: Pulling"_s)->setFocus();
        f.helper.setAnswer(u"org.diptych.Operations.Cancel"_s, {});
        qobject_cast<QPushButton*>(test::childNamed(*view, u"Cancel: Pulling"_s))->click();
        QTRY_COMPARE(f.helper.calls(u"org.diptych.Operations.Cancel"_s).size(), 1);
        f.push(test::imageOperation(u"op-pull"_s, u"pull"_s, u"nginx:1.27"_s, u"cancelled"_s));
        QTRY_VERIFY(!f.page->findChild<dialogs::WorkView*>());
    }

    void pullsForAnotherProcessor()
    {
        OnImages f;
        QVERIFY(f.show());
        auto* dialog = f.dialogOf<dialogs::PullDialog>(ImageVerb::Pull);
        auto* platforms = dialog->findChild<QComboBox*>(u"platforms"_s);
        QVERIFY(!platforms->isVisible());
        writeText(dialog, u"reference"_s, u"nginx:1.27"_s);
        QTRY_VERIFY(platforms->isVisible());
        QCOMPARE(f.helper.calls(images("ListPlatforms")).first()[u"reference"_s].toString(), u"nginx:1.27"_s);
        QCOMPARE(platforms->currentText(), u"linux/amd64 (this machine)"_s);
        QVERIFY(!test::visibleText(*dialog).contains(u"can't run here"_s));
        platforms->setCurrentText(u"linux/386"_s);
        QVERIFY(test::visibleText(*dialog).contains(u"can run here"_s));
        platforms->setCurrentText(u"linux/arm64/v8"_s);
        QVERIFY(test::visibleText(*dialog).contains(u"can't run here"_s));
        test::keepScreenshot(*dialog, u"images-pull-platform"_s);
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(images("Pull")).size(), 1);
        QCOMPARE(f.helper.calls(images("Pull")).first()[u"platform"_s].toString(), u"linux/arm64/v8"_s);
    }

    void aPullThatFailsSaysWhyAndCanBeDoneAgain()
    {
        OnImages f;
        QVERIFY(f.show());
        f.helper.setError(images("ListTags"), u"org.diptych.PermissionDenied"_s,
                          {{u"action"_s, u"org.diptych.image"_s}, {u"message"_s, u"no"_s}});
        auto* dialog = f.dialogOf<dialogs::PullDialog>(ImageVerb::Pull);
        writeText(dialog, u"reference"_s, u"localhost:5000/a"_s);
        auto* tls = dialog->findChild<QCheckBox*>(u"tls"_s);
        QVERIFY(!tls->isChecked()); // on this machine http is enough
        QTRY_VERIFY(dialog->problem(u"repository"_s).contains(u"You may not"_s));
        tls->click();
        tls->click();
        QVERIFY(test::visibleText(*dialog).contains(u"can read the password"_s));
        test::keepScreenshot(*dialog, u"images-pull-refused"_s);
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(images("Pull")).size(), 1);
        QCOMPARE(f.helper.calls(images("Pull")).first()[u"tlsVerify"_s].toBool(true), false);
        QTRY_VERIFY(dialog->findChild<dialogs::WorkView*>());
        QJsonObject failed = test::imageOperation(u"op-pull"_s, u"pull"_s, u"a"_s, u"failed"_s);
        failed[u"error"_s] = u"org.diptych.InvalidArgument"_s;
        failed[u"errorParameters"_s] =
            QJsonObject{{u"field"_s, u"reference"_s}, {u"message"_s, u"the registry has no such tag"_s}};
        f.push(failed);
        QTRY_VERIFY(dialog->problem(u"reference"_s).contains(u"no such tag"_s));
        QVERIFY(dialog->mainButton()->isVisible() && dialog->mainButton()->isEnabled());
    }

    void anOlderHelperIsExplained()
    {
        WindowOnHelper f; // knows List, Subscribe, templates; nothing newer
        QVERIFY(f.open(u"images"_s));
        auto* page = qobject_cast<pages::ImagesPage*>(f.window.page(u"images"_s));
        QTRY_COMPARE(page->table()->model()->rowCount(), 1);
        page->detail()->openTab(u"configuration"_s);
        QTRY_VERIFY(test::visibleText(*page).contains(u"older than this window"_s));
        page->actions().pull(u"nginx"_s);
        auto* dialog = f.window.findChild<dialogs::PullDialog*>();
        QTRY_VERIFY(dialog->problem(u"repository"_s).contains(u"older than this window"_s));
        dialog->mainButton()->click();
        QTRY_VERIFY(test::visibleText(*dialog).contains(u"older than this window"_s));
        test::keepScreenshot(*dialog, u"images-older-helper"_s);
        page->detail()->openTab(u"files"_s);
        QTRY_VERIFY(test::visibleText(*page).contains(u"The files are not known"_s) ||
                    test::visibleText(*page).contains(u"No layers"_s));
    }

    void pastesAndDrops()
    {
        OnImages f;
        QVERIFY(f.show());
        QGuiApplication::clipboard()->setText(u"  quay.io/x/y:2 \n"_s);
        f.page->table()->setFocus();
        QTest::keyClick(f.page->table(), Qt::Key_V, Qt::ControlModifier);
        auto* dialog = f.window.findChild<dialogs::PullDialog*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->findChild<QLineEdit*>(u"reference"_s)->text(), u"quay.io/x/y:2"_s);
        dialog->reject();
        QTRY_VERIFY(!f.window.findChild<dialogs::PullDialog*>());
        QGuiApplication::clipboard()->setText(u"some words that are no image"_s);
        f.page->paste();
        QVERIFY(!f.window.findChild<dialogs::PullDialog*>());
        QVERIFY(test::visibleText(*f.page).contains(u"no image's name"_s));
        QTemporaryDir directory;
        const QString file = written(directory, u"image.tar"_s, tarEntry("manifest.json", "[]"));
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file)});
        QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(f.page, &enter);
        QVERIFY(enter.isAccepted());
        QVERIFY(test::visibleText(*f.page).contains(u"Drop to import image.tar"_s));
        QDropEvent drop({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(f.page, &drop);
        QTRY_VERIFY(f.window.findChild<dialogs::ImportDialog*>());
    }

    void importsARootFileSystem()
    {
        OnImages f;
        QVERIFY(f.show());
        QTemporaryDir directory;
        QByteArray bytes = tarEntry("./etc/passwd", "root") + QByteArray(5'000'000, 'x');
        const QString file = written(directory, u"My Tree.tar"_s, bytes);
        f.page->actions().importFile(file);
        auto* dialog = f.window.findChild<dialogs::ImportDialog*>();
        QVERIFY(dialog);
        auto* reference = dialog->findChild<QLineEdit*>(u"reference"_s);
        QTRY_COMPARE(reference->text(), u"my-tree:latest"_s);
        writeText(dialog, u"command"_s, u"/bin/sh -c \"sleep 9\""_s);
        dialog->findChild<QPlainTextEdit*>(u"environment"_s)->setPlainText(u"A=1\nB=2"_s);
        writeText(dialog, u"exposedPorts"_s, u"80, 53/udp"_s);
        test::keepScreenshot(*dialog, u"images-import-rootfs"_s);
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(images("Import")).size(), 1);
        const QJsonObject call = f.helper.calls(images("Import")).first();
        QCOMPARE(call[u"size"_s].toInteger(), bytes.size());
        QCOMPARE(call[u"format"_s].toString(), u"auto"_s);
        QCOMPARE(call[u"command"_s].toArray(), (QJsonArray{u"/bin/sh"_s, u"-c"_s, u"sleep 9"_s}));
        QCOMPARE(call[u"environment"_s].toArray(), (QJsonArray{u"A=1"_s, u"B=2"_s}));
        QCOMPARE(call[u"exposedPorts"_s].toArray(), (QJsonArray{u"80/tcp"_s, u"53/udp"_s}));
        QTRY_VERIFY(!f.window.findChild<dialogs::ImportDialog*>()); // accepted: the page goes on
        QTRY_VERIFY(f.helper.isWhole(images("Import")));            // our half was closed
        QCOMPARE(f.helper.taken(images("Import")).size(), bytes.size());
        QVERIFY(f.helper.taken(images("Import")) == bytes);
    }

    void anImportCanBeCancelledAndRefused()
    {
        OnImages f;
        QVERIFY(f.show());
        QTemporaryDir directory;
        f.page->actions().importFile(directory.filePath(u"none.tar"_s));
        auto* dialog = f.window.findChild<dialogs::ImportDialog*>();
        QTRY_VERIFY(dialog->problem(u"file"_s).contains(u"no such file"_s));
        QVERIFY(!dialog->mainButton()->isEnabled());
        f.helper.setError(images("Import"), u"org.diptych.InvalidArgument"_s,
                          {{u"field"_s, u"reference"_s}, {u"message"_s, u"this name is too good"_s}});
        const QString file = written(directory, u"image.tar"_s, tarEntry("oci-layout", "{}"));
        writeText(dialog, u"reference"_s, u"good:1"_s);
        dialog->findChildren<QLineEdit*>().first()->setText(file);
        QTRY_VERIFY(dialog->mainButton()->isEnabled());
        QTRY_VERIFY(!dialog->findChild<QLineEdit*>(u"command"_s)->isVisible()); // an archive has its own
        test::keepScreenshot(*dialog, u"images-import-archive"_s);
        dialog->mainButton()->click();
        QTRY_VERIFY(dialog->problem(u"reference"_s).contains(u"too good"_s));
        QVERIFY(f.window.session()->imageWork().items().isEmpty());
        // A helper that does not take it yet: cancelled from the page.
        client::ImportRequest request;
        request.file = file;
        f.helper.setSilent(images("Import"));
        QString said;
        f.window.session()->imageWork().import(request, f.page, [&](const client::Answer<QString>& answer) {
            said = answer ? u"taken"_s : answer.error().name;
        });
        QCOMPARE(f.window.session()->imageWork().items().size(), 1);
        f.window.session()->imageWork().cancel(f.window.session()->imageWork().items().first().id);
        QCOMPARE(said, client::errors::Cancelled);
        QVERIFY(f.window.session()->imageWork().items().isEmpty());
    }

    void exportsToAFile()
    {
        OnImages f;
        QVERIFY(f.show());
        f.page->open({Nginx});
        auto* dialog = f.dialogOf<dialogs::ExportDialog>(ImageVerb::Export);
        QVERIFY(dialog);
        QTemporaryDir directory;
        auto* file = dialog->findChildren<QLineEdit*>().first();
        QVERIFY(file->text().endsWith(u"/nginx-1.27.oci.tar"_s));
        dialog->findChild<QComboBox*>(u"format"_s)->setCurrentIndex(1);
        QVERIFY(file->text().endsWith(u"/nginx-1.27.docker.tar"_s));
        file->setText(u"/no/such/directory/x.tar"_s);
        QVERIFY(!dialog->mainButton()->isEnabled());
        const QString target = written(directory, u"out.tar"_s, "old");
        file->setText(target);
        QVERIFY(test::visibleText(*dialog).contains(u"will be replaced"_s));
        test::keepScreenshot(*dialog, u"images-export"_s);
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(images("Export")).size(), 1);
        QCOMPARE(f.helper.calls(images("Export")).first()[u"format"_s].toString(), u"dockerArchive"_s);
        const QByteArray bytes(3'000'000, 'q');
        f.helper.setAnswer(images("Download"), {{u"size"_s, bytes.size()}});
        f.helper.setSource(images("Download"), bytes);
        QTest::qWait(50);
        f.push(test::imageOperation(u"op-export"_s, u"export"_s, Nginx, u"done"_s, {},
                                    {{u"download"_s, u"d1"_s}, {u"size"_s, bytes.size()}, {u"name"_s, u"x"_s}}));
        QTRY_COMPARE(f.helper.calls(images("Download")).size(), 1);
        QTRY_VERIFY(test::visibleText(f.window).contains(target + u" is saved"_s));
        QFile out(target);
        QVERIFY(out.open(QIODevice::ReadOnly));
        QVERIFY(out.readAll() == bytes);
        QCOMPARE(QDir(directory.path()).entryList(QDir::Files).size(), 1); // nothing is left beside it
    }

    void aTornDownloadLeavesWhatWasThere()
    {
        OnImages f;
        QVERIFY(f.show());
        QTemporaryDir directory;
        const QString target = written(directory, u"out.tar"_s, "old");
        f.helper.setAnswer(images("Download"), {{u"size"_s, 5'000'000}});
        f.helper.setSource(images("Download"), QByteArray(1'000'000, 'q'));
        f.window.session()->imageWork().fetch(u"op-export"_s, target);
        f.push(test::imageOperation(u"op-export"_s, u"export"_s, Nginx, u"done"_s, {}, {{u"download"_s, u"d1"_s}}));
        QTRY_VERIFY(test::visibleText(f.window).contains(u"could not be saved"_s));
        QFile out(target);
        QVERIFY(out.open(QIODevice::ReadOnly));
        QCOMPARE(out.readAll(), QByteArray("old"));
        QCOMPARE(QDir(directory.path()).entryList(QDir::Files).size(), 1);
    }

    void pushesTagsBuildsAndCommits()
    {
        OnImages f;
        QVERIFY(f.show());
        f.page->open({Nginx});
        auto* push = f.dialogOf<dialogs::PushDialog>(ImageVerb::Push);
        writeText(push, u"destination"_s, u"registry.example.org/team/web:2"_s);
        test::keepScreenshot(*push, u"images-push"_s);
        push->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(images("Push")).size(), 1);
        QCOMPARE(f.helper.calls(images("Push")).first()[u"destination"_s].toString(),
                 u"registry.example.org/team/web:2"_s);
        push->reject();
        auto* tag = f.dialogOf<dialogs::TagDialog>(ImageVerb::Tag);
        QVERIFY(!tag->mainButton()->isEnabled());
        writeText(tag, u"newReference"_s, u"web:live"_s);
        test::keepScreenshot(*tag, u"images-tag"_s);
        tag->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(images("Tag")).size(), 1);
        QCOMPARE(f.helper.calls(images("Tag")).first()[u"newReference"_s].toString(), u"web:live"_s);
        auto* build = f.dialogOf<dialogs::BuildDialog>(ImageVerb::Build);
        QTRY_VERIFY(build->findChild<QRadioButton*>(u"template.debian"_s));
        QVERIFY(!build->findChild<QRadioButton*>(u"template.alpine"_s)->isEnabled());
        QVERIFY(!build->findChild<QLineEdit*>(u"packages"_s)->isVisible());
        build->findChild<QRadioButton*>(u"template.debian"_s)->click();
        QCOMPARE(build->findChild<QLineEdit*>(u"reference"_s)->text(), u"debian:bookworm"_s);
        writeText(build, u"packages"_s, u"nginx, NO!"_s);
        QVERIFY(!build->mainButton()->isEnabled());
        writeText(build, u"packages"_s, u"nginx, curl"_s);
        test::keepScreenshot(*build, u"images-build"_s);
        build->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(images("BuildTemplate")).size(), 1);
        const QJsonObject call = f.helper.calls(images("BuildTemplate")).first();
        QCOMPARE(call[u"suite"_s].toString(), u"bookworm"_s);
        QCOMPARE(call[u"packages"_s].toArray(), (QJsonArray{u"nginx"_s, u"curl"_s}));
    }

    void signsInAndOutWithoutShowingThePassword()
    {
        OnImages f;
        QVERIFY(f.show());
        auto* dialog = f.dialogOf<dialogs::RegistriesDialog>(ImageVerb::Registries);
        auto* list = dialog->findChild<QListWidget*>();
        QTRY_COMPARE(list->count(), 2);
        test::keepScreenshot(*dialog, u"images-registries"_s);
        dialog->findChild<QPushButton*>(u"signOut"_s)->click();
        QTRY_COMPARE(f.helper.calls(images("Logout")).size(), 1);
        QCOMPARE(f.helper.calls(images("Logout")).first()[u"registry"_s].toString(), u"docker.io"_s);
        qobject_cast<QPushButton*>(test::childNamed(*dialog, u"Sign in…"_s))->click();
        auto* login = dialog->findChild<dialogs::LoginDialog*>();
        QVERIFY(login);
        writeText(login, u"registry"_s, u"https://x"_s);
        QVERIFY(!login->mainButton()->isEnabled());
        writeText(login, u"registry"_s, u"registry.example.org:5000"_s);
        writeText(login, u"username"_s, u"bob"_s);
        writeText(login, u"password"_s, u"secret-word"_s);
        auto* password = login->findChild<QLineEdit*>(u"password"_s);
        QCOMPARE(password->echoMode(), QLineEdit::Password);
        QAccessibleInterface* seen = QAccessible::queryAccessibleInterface(password);
        QVERIFY(!seen->text(QAccessible::Value).contains(u"secret"_s));
        test::keepScreenshot(*login, u"images-login"_s);
        f.helper.setError(images("Login"), u"org.diptych.PermissionDenied"_s,
                          {{u"message"_s, u"the registry refuses"_s}});
        login->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(images("Login")).size(), 1);
        QTRY_VERIFY(login->mainButton()->isEnabled());
        QVERIFY(test::visibleText(*login).contains(u"The registry refuses."_s)); // not: join a group
        QVERIFY(!test::visibleText(f.window).contains(u"secret-word"_s));
    }

    void deletingListsFirst()
    {
        OnImages f;
        QVERIFY(f.show());
        f.page->open({Nginx}); // used
        QVERIFY(!f.page->actions().action(ImageVerb::Delete)->isEnabled());
        QVERIFY(f.page->actions().action(ImageVerb::Delete)->toolTip().contains(u"web"_s));
        f.page->open({u"docker.io/library/postgres:17"_s, Nginx});
        auto* dialog = f.dialogOf<dialogs::ImageDeleteDialog>(ImageVerb::Delete);
        QVERIFY(dialog);
        const QString plan = planOf(dialog);
        QVERIFY2(plan.contains(u"the name docker.io/library/postgres:17"_s), qPrintable(plan));
        QVERIFY2(plan.contains(u"layers that no other image has: 104 MiB"_s), qPrintable(plan));
        QVERIFY2(plan.contains(u"layers that other images have too: 37 MiB"_s), qPrintable(plan));
        QVERIFY2(plan.contains(u"nginx:1.27: used by web, web-vm"_s), qPrintable(plan));
        test::keepScreenshot(*dialog, u"images-delete"_s);
        QVERIFY(f.helper.calls(images("Delete")).isEmpty());
        dialog->mainButton()->click();
        QTRY_VERIFY(!f.window.findChild<dialogs::ImageDeleteDialog*>());
        QCOMPARE(f.helper.calls(images("Delete")).size(), 1);
    }

    void pruningIsTriedFirst()
    {
        OnImages f;
        QVERIFY(f.show());
        auto* dialog = f.dialogOf<dialogs::PruneDialog>(ImageVerb::Prune);
        QVERIFY(!dialog->mainButton()->isEnabled());
        QTRY_VERIFY(planOf(dialog).contains(u"docker.io/library/postgres:17: 104 MiB"_s));
        QVERIFY(planOf(dialog).contains(u"used by web"_s));
        QCOMPARE(f.helper.calls(images("Prune")).first()[u"dryRun"_s].toBool(), true);
        test::keepScreenshot(*dialog, u"images-prune"_s);
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(images("Prune")).size(), 2);
        QCOMPARE(f.helper.calls(images("Prune")).last()[u"dryRun"_s].toBool(true), false);
    }

    void aContainersChangesBecomeAnImage()
    {
        OnImages f;
        QVERIFY(f.show());
        auto* page = qobject_cast<pages::InstancesPage*>(f.window.page(u"instances"_s));
        f.window.showPage(u"instances"_s);
        page->open({u"web"_s}, u"changes"_s);
        auto* tab = page->findChild<pages::ChangesTab*>();
        QVERIFY(tab);
        auto* tree = tab->findChild<pages::PathTree*>();
        QTRY_COMPARE(tree->model().counts().added, 3);
        QCOMPARE(tree->model().counts().deleted, 1);
        QTRY_VERIFY(test::visibleText(*tab).contains(u"3 added · 1 changed · 1 deleted"_s));
        test::keepScreenshot(f.window, u"images-changes"_s);
        auto* commit = tab->findChild<QPushButton*>(u"commit"_s);
        QVERIFY(commit->isEnabled());
        commit->click();
        auto* dialog = f.window.findChild<dialogs::CommitDialog*>();
        QVERIFY(dialog);
        test::keepScreenshot(*dialog, u"images-commit"_s);
        writeText(dialog, u"reference"_s, u"web:fixed"_s);
        dialog->mainButton()->click();
        QTRY_COMPARE(f.helper.calls(images("Commit")).size(), 1);
        QCOMPARE(f.helper.calls(images("Commit")).first()[u"instance"_s].toString(), u"web"_s);
        page->open({u"web-vm"_s}, u"changes"_s);
        QVERIFY(!tab->isVisible()); // what a machine writes is inside its disk: it has no such tab
        QVERIFY(!commit->isEnabled());
        QVERIFY(commit->toolTip().contains(u"virtual machine"_s));
        // Its disk becomes one when it is off.
        page->open({u"web-vm"_s});
        QAction* action = page->actions().action(models::Action::Commit);
        QVERIFY(!action->isEnabled());
        QVERIFY2(action->toolTip().contains(u"stop it first"_s), qPrintable(action->toolTip()));
    }

    void newInstancePullsItsImage()
    {
        OnImages f;
        QVERIFY(f.show());
        f.window.showPage(u"new"_s);
        auto* page = f.window.page(u"new"_s);
        page->findChild<QPushButton*>(u"pull"_s)->click();
        auto* dialog = f.window.findChild<dialogs::PullDialog*>();
        QVERIFY(dialog);
        writeText(dialog, u"reference"_s, u"docker.io/library/redis:7"_s);
        dialog->mainButton()->click();
        QTRY_VERIFY(dialog->findChild<dialogs::WorkView*>());
        f.push(test::imageOperation(u"op-pull"_s, u"pull"_s, u"redis:7"_s, u"done"_s, {},
                                    {{u"reference"_s, u"docker.io/library/redis:7"_s}}));
        QTRY_COMPARE(page->findChild<QComboBox*>(u"image"_s)->currentData().toString(), u"docker.io/library/redis:7"_s);
    }

    void everyControlHasAName()
    {
        OnImages f;
        QVERIFY(f.show());
        f.page->open({Nginx});
        QList<QWidget*> roots{f.page};
        for (ImageVerb verb : {ImageVerb::Pull, ImageVerb::Import, ImageVerb::Build, ImageVerb::Export, ImageVerb::Push,
                               ImageVerb::Tag, ImageVerb::Registries, ImageVerb::Prune}) {
            f.page->actions().action(verb)->trigger();
            for (QDialog* dialog : f.window.findChildren<QDialog*>())
                roots.append(dialog);
        }
        QTest::qWait(50);
        for (QWidget* root : std::as_const(roots)) {
            for (QWidget* child : root->findChildren<QWidget*>()) {
                const bool control = child->isVisible() && (child->focusPolicy() & Qt::TabFocus) &&
                                     (qobject_cast<QAbstractButton*>(child) || qobject_cast<QLineEdit*>(child) ||
                                      qobject_cast<QComboBox*>(child) || qobject_cast<QAbstractItemView*>(child) ||
                                      qobject_cast<QPlainTextEdit*>(child) || qobject_cast<widgets::LayerMap*>(child));
                if (!control || child->objectName().startsWith(u"qt_"_s) || qobject_cast<QComboBox*>(child->parent()))
                    continue;
                QAccessibleInterface* seen = QAccessible::queryAccessibleInterface(child);
                QVERIFY2(seen && !seen->text(QAccessible::Name).isEmpty(),
                         qPrintable(u"%1 in %2"_s.arg(QLatin1String(child->metaObject()->className()),
                                                      QLatin1String(root->metaObject()->className()))));
            }
        }
    }

    void isReadableInEveryTheme_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("dark") << true;
    }
    void isReadableInEveryTheme()
    {
        widgets::Theme::instance().setScheme(widgets::Scheme::Dark);
        OnImages f;
        const bool shown = f.show();
        if (shown) {
            f.page->open({Nginx});
            QTest::qWait(150);
            test::keepScreenshot(f.window, u"images-layers-dark"_s);
            f.page->open({Nginx}, u"files"_s);
            QTest::qWait(150);
            test::keepScreenshot(f.window, u"images-files-dark"_s);
            auto* dialog = f.dialogOf<dialogs::PullDialog>(ImageVerb::Pull);
            writeText(dialog, u"reference"_s, u"nginx"_s);
            QTest::qWait(900);
            test::keepScreenshot(*dialog, u"images-pull-dark"_s);
        }
        widgets::Theme::instance().setScheme(widgets::Scheme::Light);
        QVERIFY(shown);
    }

    void fiveHundredImagesOpenAtOnce()
    {
        QJsonArray all;
        for (int i = 0; i < 500; ++i)
            all.append(test::image(u"registry.example.org/team/app-%1:1"_s.arg(i),
                                   {test::imageLayer(u"base"_s, 1000), test::imageLayer(u"l%1"_s.arg(i), i)}));
        WindowOnHelper f;
        f.helper.setAnswer(images("Subscribe"), {{u"images"_s, all}});
        QVERIFY(f.open(u"overview"_s));
        QTRY_COMPARE(f.window.session()->images().images().size(), 500);
        QElapsedTimer clock;
        clock.start();
        f.window.showPage(u"images"_s);
        QCoreApplication::processEvents();
        const qint64 opening = clock.restart();
        all.removeFirst();
        f.helper.push(images("Subscribe"), {{u"images"_s, all}});
        QTRY_COMPARE(f.window.session()->images().images().size(), 499);
        qInfo("opens in %lld ms, a change takes %lld ms", opening, clock.elapsed());
        QVERIFY2(opening < 1000, qPrintable(QString::number(opening)));
    }

    void namesAreChecked_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        QTest::addColumn<QString>("registry");
        const QString digest = u"sha256:"_s + QString(64, u'a');
        QTest::newRow("plain") << u"nginx"_s << true << u"docker.io"_s;
        QTest::newRow("tag") << u"nginx:1.27"_s << true << u"docker.io"_s;
        QTest::newRow("path") << u"library/nginx"_s << true << u"docker.io"_s;
        QTest::newRow("registry") << u"quay.io/x/y:Z"_s << true << u"quay.io"_s;
        QTest::newRow("port") << u"localhost:5000/a"_s << true << u"localhost:5000"_s;
        QTest::newRow("digest") << u"quay.io/x/y@"_s + digest << true << u"quay.io"_s;
        QTest::newRow("empty") << QString() << false << QString();
        QTest::newRow("capitals") << u"Nginx"_s << false << QString();
        QTest::newRow("scheme") << u"https://quay.io/x"_s << false << QString();
        QTest::newRow("blank") << u"a b"_s << false << QString();
        QTest::newRow("short digest") << u"a@sha256:12"_s << false << QString();
        QTest::newRow("empty tag") << u"a:"_s << false << QString();
        QTest::newRow("two slashes") << u"a//b"_s << false << QString();
        QTest::newRow("option") << u"--all"_s << false << QString();
    }
    void namesAreChecked()
    {
        QFETCH(QString, text);
        QFETCH(bool, good);
        QFETCH(QString, registry);
        const auto parsed = models::ImageReference::parse(text);
        QCOMPARE(parsed.has_value(), good);
        QCOMPARE(models::ImageReference::problem(text).isEmpty(), good);
        if (parsed)
            QCOMPARE(parsed->registryName(), registry);
    }

    void sharingIsCounted()
    {
        const auto layer = [](const char* digest, qint64 size) {
            return client::ImageLayer{QLatin1String(digest), {}, size};
        };
        const auto made = [](const char* name, QList<client::ImageLayer> layers) {
            client::Image image;
            image.reference = QLatin1String(name);
            image.digest = u"d:"_s + image.reference;
            image.layers = std::move(layers);
            return image;
        };
        QList<client::Image> all{made("c", {layer("base", 10), layer("x", 3)}), made("a", {layer("base", 10)}),
                                 made("b", {layer("base", 10), layer("x", 3), layer("y", 4)}),
                                 made("other", {layer("z", 9)})};
        const models::SharingPicture picture = models::sharingOf(all, u"b"_s);
        QCOMPARE(picture.rows.size(), 3);
        QCOMPARE(picture.rows.first(), QStringList{u"b"_s});
        QCOMPARE(picture.separately, 10 * 3 + 3 * 2 + 4);
        QCOMPARE(picture.stored, 17);
        QCOMPARE(picture.blocks.size(), 3);
        QCOMPARE(picture.blocks.first().rows, 3);
        QCOMPARE(picture.blocks.at(1).digest, u"x"_s);
        QCOMPARE(picture.blocks.at(1).rows, 2);
        QCOMPARE(picture.blocks.at(1).begin, 10);
        QCOMPARE(models::freedBy(all, {u"b"_s}), 4);
        QCOMPARE(models::freedBy(all, {u"b"_s, u"c"_s}), 7);
        all.append(all.at(2));
        all.last().reference = u"b-again"_s; // a further name of the same image
        QCOMPARE(models::freedBy(all, {u"b"_s}), 0);
        QCOMPARE(models::sharingOf(all, u"b"_s).rows.first().size(), 2);
    }

    void pathsBecomeATree()
    {
        {
            models::PathTreeModel checked;
            QAbstractItemModelTester tester(&checked);
            tester.setUseFetchMore(false); // it would do so in the middle of a change
            checked.append({entry(u"a/b/c"_s, 1), entry(u"a/d"_s, 1)});
            checked.fetchMore(checked.index(0, 0));
            checked.append({entry(u"a/e"_s, 1), entry(u"f"_s, 1)});
            QCOMPARE(checked.rowCount(checked.index(0, 0)), 3);
            checked.setFilter(u"d"_s);
            checked.clear();
        }
        models::PathTreeModel model;
        QTreeView view;
        view.setModel(&model);
        using Kind = client::PathEntry::Kind;
        model.append({entry(u"etc"_s, 0, Kind::Directory), entry(u"etc/a"_s, 3), entry(u"etc/b/c"_s, 4)});
        QCOMPARE(model.rowCount(), 1);
        const QModelIndex etc = model.index(0, 0);
        QCOMPARE(model.index(0, models::PathTreeModel::SizeColumn).data().toString(), u"7 B"_s);
        QVERIFY(model.canFetchMore(etc));
        view.expandAll();
        QCOMPARE(model.rowCount(etc), 2);
        model.append({entry(u"etc/z"_s, 1), entry(u"usr/bin/x"_s, 1)}); // into an open directory, and a new one
        QCOMPARE(model.rowCount(etc), 3);
        QCOMPARE(model.rowCount(), 2);
        model.setFilter(u"x"_s);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.matching(), 1);
        view.expandAll();
        const QModelIndex bin = model.index(0, 0, model.index(0, 0));
        QCOMPARE(model.index(0, 0, bin).data(models::PathTreeModel::PathRole).toString(), u"/usr/bin/x"_s);
        model.append({entry(u"var/x"_s)});
        QCOMPARE(model.rowCount(), 2);
        model.setFilter({});
        QCOMPARE(model.rowCount(), 3);
        QList<client::PathEntry> many;
        for (int i = 0; i < 100'000; ++i)
            many.append(entry(u"zz/%1/%2"_s.arg(i / 100, 4, 10, QChar(u'0')).arg(i % 100, 2, 10, QChar(u'0')), 1));
        QElapsedTimer clock;
        clock.start();
        model.append(many);
        const qint64 building = clock.restart();
        model.setFilter(u"99"_s);
        qInfo("100,000 paths: %lld ms, a filter: %lld ms", building, clock.elapsed());
        QCOMPARE(model.counts().paths, 100'006);
        QVERIFY(building < 3000);
    }

    void ratesFollowTheLastSeconds()
    {
        models::RateMeter meter;
        meter.add(0, 0);
        QVERIFY(meter.rate() < 0);
        QVERIFY(meter.left(0, 100) < 0);
        meter.add(1000, 1000);
        QCOMPARE(meter.rate(), 1000.0);
        QCOMPARE(meter.left(1000, 3000), 2000);
        for (int second = 2; second < 20; ++second)
            meter.add(second * 1000, 1000 + (second - 1) * 100);
        QCOMPARE(meter.rate(), 100.0); // the fast beginning is forgotten
        meter.add(21'000, 5);          // another step
        QVERIFY(meter.rate() < 0);
    }

    void archivesAreRecognized()
    {
        QTemporaryDir directory;
        const auto kind = [&](const QByteArray& bytes) {
            return models::sniffArchive(written(directory, u"x.tar"_s, bytes));
        };
        QCOMPARE(kind(tarEntry("a.json", "{}") + tarEntry("manifest.json", "[]")), models::ArchiveKind::Image);
        QCOMPARE(kind(tarEntry("blobs/sha256/ab", QByteArray(700, 'x'))), models::ArchiveKind::Image);
        QCOMPARE(kind(tarEntry("./usr/bin/x", "")), models::ArchiveKind::RootFs);
        QCOMPARE(kind("\x1f\x8b" + QByteArray(600, 'z')), models::ArchiveKind::Unknown);
        QCOMPARE(kind(gzip(tarEntry("./etc/motd", "x"))), models::ArchiveKind::RootFs);
        QCOMPARE(kind(gzip(tarEntry("a.json", "{}") + tarEntry("manifest.json", "[]"))), models::ArchiveKind::Image);
        QCOMPARE(kind(QByteArray(600, 'z')), models::ArchiveKind::NoTar);
        QCOMPARE(kind({}), models::ArchiveKind::Unknown);
    }

    void jsonIsIndentedAsItStands()
    {
        QCOMPARE(models::indentedJson(u"{\"b\":[1,{}],\"a\":\"x{\\\"]\"}"_s),
                 u"{\n  \"b\": [\n    1,\n    {}\n  ],\n  \"a\": \"x{\\\"]\"\n}"_s);
        QCOMPARE(models::indentedJson(u"{\n}"_s), u"{\n}"_s);
    }
};

QTEST_MAIN(TestImagesPage)
#include "tst_images_page.moc"
