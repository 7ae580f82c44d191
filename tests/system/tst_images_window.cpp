// Images through the real window against the real helper: built, named, moved out to files and back, sent to Debian's
// docker-registry and fetched again, committed from a container, pruned. Others read what we write. Screenshots are
// kept in $DIPTYCH_ARTIFACTS.
#include "dialogs/build_dialog.h"
#include "dialogs/disks_dialog.h"
#include "dialogs/export_dialog.h"
#include "dialogs/export_disk_dialog.h"
#include "dialogs/file_field.h"
#include "dialogs/image_removal_dialog.h"
#include "dialogs/import_dialog.h"
#include "dialogs/login_dialog.h"
#include "dialogs/name_image_dialog.h"
#include "dialogs/pull_dialog.h"
#include "dialogs/push_dialog.h"
#include "pages/changes_tab.h"
#include "pages/image_actions.h"
#include "pages/image_detail.h"
#include "pages/instance_actions.h"
#include "pages/instance_detail.h"
#include "pages/path_tree.h"
#include "runtime/registry.h"
#include "system/real_window.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>
#include <QTreeWidget>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace diptych;
using pages::ImageVerb;
using steps::finish;
using steps::succeeds;

class TestImagesWindow final : public QObject, private RealWindow
{
    Q_OBJECT

private slots:
    void initTestCase();
    void builds();
    void tagsAndInspects();
    void exportsWhatOthersRead_data();
    void exportsWhatOthersRead();
    void importsWhatOthersWrote();
    void importsARootFileSystem();
    void saysWhatIsWrongWithAFile();
    void pushesAndPulls();
    void signsInOverTls();
    void commitsAContainer();
    void importsADisk();
    void exportsInstancesAsDisks();
    void prunes();
    void cleanupTestCase() { closeWindow(); }

private:
    QString file(const QString& name) const { return m_directory.filePath(name); }
    void shot(QWidget& widget, const QString& name) { keepBoth(widget, u"images-"_s + name); }
    pages::ImagesPage* images() { return page<pages::ImagesPage>(u"images"_s); }
    bool has(const QString& reference) { return m_window->session()->images().find(reference); }
    bool waitFor(const QString& reference, int timeout = 60000)
    {
        return QTest::qWaitFor([&] { return has(reference); }, timeout);
    }
    bool remove(const QString& reference);
    template <typename D>
    D* dialogOf(ImageVerb verb, const QString& reference = {});
    static void fill(QWidget* dialog, const QString& field, const QString& text)
    {
        auto* edit = dialog->findChild<QLineEdit*>(field);
        QVERIFY2(edit, qPrintable(field));
        edit->selectAll();
        QTest::keyClicks(edit, text); // typed: what a person wrote is not replaced by a suggestion
    }

    QTemporaryDir m_directory;
};

template <typename D>
D* TestImagesWindow::dialogOf(ImageVerb verb, const QString& reference)
{
    pages::ImagesPage* page = images();
    if (!reference.isEmpty())
        page->open({reference});
    QAction* action = page->actions().action(verb);
    if (!QTest::qWaitFor([&] { return action->isEnabled(); }, 5000)) {
        qWarning() << action->toolTip();
        return nullptr;
    }
    action->trigger();
    return shown<D>();
}

bool TestImagesWindow::remove(const QString& reference)
{
    auto* dialog = dialogOf<dialogs::ImageDeleteDialog>(ImageVerb::Delete, reference);
    return dialog && finish(dialog) && QTest::qWaitFor([&] { return !has(reference); }, 10000);
}

void TestImagesWindow::initTestCase()
{
    if (::geteuid() != 0)
        QSKIP("needs root: layers are unpacked by root only");
    if (QFile::exists(u"/run/diptych/diptych.sock"_s))
        QSKIP("a helper runs here: only in tests/support/sandbox");
    QVERIFY(m_directory.isValid());
    // Another language is for looking at pictures: some steps ask for English words.
    QVERIFY(openWindow(qEnvironmentVariable("DIPTYCH_LANGUAGE", u"en"_s)));
}

void TestImagesWindow::builds()
{
    auto* dialog = dialogOf<dialogs::BuildDialog>(ImageVerb::Build);
    QVERIFY(dialog);
    fill(dialog, u"reference"_s, u"box:1"_s);
    QVERIFY(finish(dialog));
    QVERIFY(waitFor(u"box:1"_s));
}

void TestImagesWindow::tagsAndInspects()
{
    auto* dialog = dialogOf<dialogs::TagDialog>(ImageVerb::Tag, u"box:1"_s);
    QVERIFY(dialog);
    fill(dialog, u"newReference"_s, u"box:2"_s);
    QVERIFY(finish(dialog));
    QVERIFY(waitFor(u"box:2"_s));
    images()->open({u"box:2"_s}, u"files"_s);
    auto* tree = images()->findChild<pages::PathTree*>();
    QVERIFY(tree);
    QTRY_VERIFY_WITH_TIMEOUT(tree->view()->isVisible() && tree->view()->model()->rowCount() > 3, 10000);
    shot(*m_window, u"files"_s);
    images()->open({u"box:2"_s}, u"layers"_s);
    shot(*m_window, u"layers"_s);
}

void TestImagesWindow::exportsWhatOthersRead_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<QString>("transport");
    QTest::newRow("oci") << 0 << u"oci-archive"_s;
    QTest::newRow("docker") << 1 << u"docker-archive"_s;
}

void TestImagesWindow::exportsWhatOthersRead()
{
    QFETCH(int, format);
    QFETCH(QString, transport);
    const QString target = file(transport + u".tar"_s);
    auto* dialog = dialogOf<dialogs::ExportDialog>(ImageVerb::Export, u"box:1"_s);
    QVERIFY(dialog);
    dialog->findChild<QComboBox*>(u"format"_s)->setCurrentIndex(format);
    dialog->findChild<dialogs::FileField*>()->setPath(target);
    shot(*dialog, u"export"_s);
    QVERIFY(finish(dialog));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(target), 30000);
    QVERIFY(succeeds(u"skopeo"_s, {u"--insecure-policy"_s, u"inspect"_s, transport + u':' + target}));
    QTemporaryDir podman;
    QVERIFY(succeeds(u"podman"_s, {u"--root"_s, podman.filePath(u"root"_s), u"--runroot"_s, podman.filePath(u"run"_s),
                                   u"--storage-driver"_s, u"vfs"_s, u"load"_s, u"-q"_s, u"-i"_s, target}));
}

void TestImagesWindow::importsWhatOthersWrote()
{
    QVERIFY(remove(u"box:1"_s));
    images()->actions().importFile(file(u"docker-archive.tar"_s));
    auto* dialog = shown<dialogs::ImportDialog>();
    QVERIFY(dialog);
    shot(*dialog, u"import-archive"_s);
    QVERIFY(finish(dialog));
    QVERIFY(waitFor(u"box:1"_s));
}

void TestImagesWindow::importsARootFileSystem()
{
    QDir().mkpath(file(u"tree/etc"_s));
    QFile motd(file(u"tree/etc/motd"_s));
    QVERIFY(motd.open(QIODevice::WriteOnly) && motd.write("hello\n"));
    motd.close();
    QVERIFY(succeeds(u"tar"_s, {u"-C"_s, file(u"tree"_s), u"-czf"_s, file(u"my tree.tar.gz"_s), u"."_s}));
    images()->actions().importFile(file(u"my tree.tar.gz"_s));
    auto* dialog = shown<dialogs::ImportDialog>();
    QVERIFY(dialog);
    QTRY_COMPARE(dialog->findChild<QLineEdit*>(u"reference"_s)->text(), u"my-tree:latest"_s);
    fill(dialog, u"command"_s, u"/bin/sh"_s);
    shot(*dialog, u"import-tree"_s);
    QVERIFY(finish(dialog));
    QVERIFY(waitFor(u"my-tree:latest"_s));
    QCOMPARE(m_window->session()->images().find(u"my-tree:latest"_s)->command, QStringList{u"/bin/sh"_s});
}

void TestImagesWindow::saysWhatIsWrongWithAFile()
{
    // An archive cut in the middle: the page says so, nothing is left.
    const qsizetype before = m_window->session()->images().images().size();
    QFile whole(file(u"docker-archive.tar"_s));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    QFile cut(file(u"cut.tar"_s));
    QVERIFY(cut.open(QIODevice::WriteOnly) && cut.write(whole.read(whole.size() / 2)) > 0);
    cut.close();
    images()->actions().importFile(cut.fileName());
    auto* dialog = shown<dialogs::ImportDialog>();
    QVERIFY(dialog);
    QVERIFY(finish(dialog));
    const auto said = [&] {
        const auto labels = m_window->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->isVisible() && label->text().contains(u"Truncated tar"_s);
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(said(), 20000);
    shot(*m_window, u"cut"_s);
    QCOMPARE(m_window->session()->images().images().size(), before);
}

void TestImagesWindow::pushesAndPulls()
{
    TestRegistry registry(file(u"registry"_s), 5611);
    QVERIFY(registry.start(false));
    const QString there = QString::fromStdString(registry.host()) + u"/lab/box:7"_s;
    auto* push = dialogOf<dialogs::PushDialog>(ImageVerb::Push, u"box:1"_s);
    QVERIFY(push);
    fill(push, u"destination"_s, there);
    shot(*push, u"push"_s);
    QVERIFY(finish(push));
    QVERIFY(remove(u"box:1"_s) && remove(u"box:2"_s));
    auto* pull = dialogOf<dialogs::PullDialog>(ImageVerb::Pull);
    QVERIFY(pull);
    fill(pull, u"reference"_s, there.chopped(2));
    auto* tags = pull->findChild<QListWidget*>(u"tags"_s);
    QTRY_VERIFY_WITH_TIMEOUT(tags->count() == 1 && tags->item(0)->text() == u"7"_s, 10000);
    shot(*pull, u"pull"_s);
    emit tags->itemActivated(tags->item(0));
    QCOMPARE(pull->findChild<QLineEdit*>(u"reference"_s)->text(), there);
    QVERIFY(finish(pull));
    QVERIFY(waitFor(there));
    // What is not there is said at its field or above, and the dialog stays.
    auto* none = dialogOf<dialogs::PullDialog>(ImageVerb::Pull);
    fill(none, u"reference"_s, there.chopped(1) + u"none"_s);
    QTest::mouseClick(none->mainButton(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(none->mainButton()->isVisible() && none->mainButton()->text() == u"Pull again"_s, 20000);
    shot(*none, u"pull-none"_s);
    none->reject();
}

void TestImagesWindow::signsInOverTls()
{
    TestRegistry registry(file(u"secure"_s), 5612);
    QVERIFY(registry.start(true));
    const QString host = QString::fromStdString(registry.host());
    const QString mine = u"localhost:5611/lab/box:7"_s;
    auto* push = dialogOf<dialogs::PushDialog>(ImageVerb::Push, mine);
    QVERIFY(push);
    fill(push, u"destination"_s, host + u"/box:1"_s);
    QTest::mouseClick(push->mainButton(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(push->mainButton()->isVisible() && push->mainButton()->isEnabled(), 20000);
    shot(*push, u"push-refused"_s);
    QVERIFY(push->isVisible());
    auto* login = dialogs::LoginDialog::ask(m_window->session()->context().forImages(), host, push);
    fill(login, u"username"_s, QLatin1String(TestRegistry::user));
    fill(login, u"password"_s, QLatin1String(TestRegistry::password));
    shot(*login, u"login"_s);
    QVERIFY(finish(login));
    QVERIFY(finish(push));
    QVERIFY(QFile::exists(file(u"secure/data/docker/registry/v2/repositories/box/_manifests/tags/1"_s)));
}

void TestImagesWindow::commitsAContainer()
{
    auto* build = dialogOf<dialogs::BuildDialog>(ImageVerb::Build);
    fill(build, u"reference"_s, u"base:1"_s);
    QVERIFY(finish(build));
    QVERIFY(waitFor(u"base:1"_s));
    client::Context spec;
    spec.name = u"worker"_s;
    spec.image = u"base:1"_s;
    spec.command = {u"/bin/sh"_s, u"-c"_s, u"mkdir /made; echo x >/made/file; rm /etc/hostname /bin/vi; sleep 1000"_s};
    spec.networkMode = client::NetworkMode::None;
    client().createInstance(spec, false, true, this, [](const client::Answer<QString>& answer) {
        QVERIFY2(bool(answer), qPrintable(answer ? QString() : answer.error().message));
    });
    QTRY_VERIFY_WITH_TIMEOUT(!store().idOfName(u"worker"_s).isEmpty(), 20000);
    const QString id = store().idOfName(u"worker"_s);
    QTRY_VERIFY_WITH_TIMEOUT(store().find(id)->runtime.state == client::State::Running, 20000);
    QTest::qWait(500); // until the shell has done it
    auto* changes = tab<pages::ChangesTab>(u"changes"_s, u"worker"_s);
    QVERIFY(changes);
    auto* tree = changes->findChild<pages::PathTree*>();
    QTRY_VERIFY_WITH_TIMEOUT(tree->view()->isVisible() && tree->view()->model()->rowCount() >= 2, 10000);
    shot(*m_window, u"changes"_s);
    auto* commit = changes->findChild<QPushButton*>(u"commit"_s);
    QVERIFY(commit && commit->isEnabled());
    QTest::mouseClick(commit, Qt::LeftButton);
    auto* dialog = shown<dialogs::CommitDialog>();
    QVERIFY(dialog);
    fill(dialog, u"reference"_s, u"worker:1"_s);
    shot(*dialog, u"commit"_s);
    QVERIFY(finish(dialog));
    QVERIFY(waitFor(u"worker:1"_s));
    QCOMPARE(m_window->session()->images().find(u"worker:1"_s)->layers.size(), 2);
    images()->open({u"worker:1"_s}, u"layers"_s);
    QTest::qWait(300);
    shot(*m_window, u"committed"_s);
}

void TestImagesWindow::importsADisk()
{
    const QString raw = file(u"disk.raw"_s), vmdk = file(u"My Disk.vmdk"_s);
    QFile disk(raw);
    QVERIFY(disk.open(QIODevice::WriteOnly) && disk.resize(32 << 20) && disk.seek(510) && disk.write("\x55\xaa"));
    disk.close();
    QVERIFY(succeeds(u"qemu-img"_s, {u"convert"_s, u"-f"_s, u"raw"_s, u"-O"_s, u"vmdk"_s, raw, vmdk}));
    images()->actions().importFile(vmdk);
    auto* dialog = shown<dialogs::ImportDialog>();
    QVERIFY(dialog);
    QTRY_COMPARE(dialog->findChild<QLineEdit*>(u"reference"_s)->text(), u"my-disk"_s);
    shot(*dialog, u"import-disk"_s);
    QVERIFY(finish(dialog));
    const QString there = RealHelper::path(u"lib/libvirt/images/diptych/my-disk.qcow2"_s);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(there), 30000);
    QVERIFY(succeeds(u"qemu-img"_s, {u"compare"_s, u"-f"_s, u"raw"_s, u"-F"_s, u"qcow2"_s, raw, there}));
    // Any machine can be given it: libvirt knows it as a volume.
    const auto volume = [] {
        return succeeds(u"virsh"_s, {u"-q"_s, u"-c"_s, u"qemu:///system"_s, u"vol-info"_s, u"my-disk.qcow2"_s,
                                     u"--pool"_s, u"diptych"_s});
    };
    QTRY_VERIFY_WITH_TIMEOUT(volume(), 10000);
    images()->actions().action(ImageVerb::Disks)->trigger();
    auto* list = shown<dialogs::DisksDialog>();
    QVERIFY(list);
    auto* rows = list->findChild<QTreeWidget*>(u"disks"_s);
    QTRY_COMPARE(rows->topLevelItemCount(), 1);
    shot(*list, u"disks"_s);
    auto* out = dialogs::ExportDiskDialog::ofDisk(m_window->session()->context().forImages(), u"my-disk"_s, list);
    out->ask();
    out->findChild<dialogs::FileField*>()->setPath(file(u"out.qcow2"_s));
    shot(*out, u"export-disk"_s);
    QVERIFY(finish(out));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file(u"out.qcow2"_s)), 30000);
    QVERIFY(succeeds(u"qemu-img"_s, {u"compare"_s, u"-f"_s, u"raw"_s, u"-F"_s, u"qcow2"_s, raw, file(u"out.qcow2"_s)}));
    const auto buttons = list->findChildren<QPushButton*>();
    const auto at = std::find_if(buttons.begin(), buttons.end(),
                                 [](const QPushButton* one) { return one->text().startsWith(u"Delete"_s); });
    QVERIFY(at != buttons.end());
    QPushButton* remove = *at;
    QTest::mouseClick(remove, Qt::LeftButton);
    QVERIFY(QFile::exists(there)); // it asks first
    QTest::mouseClick(remove, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(there), 10000);
    list->reject();
}

void TestImagesWindow::exportsInstancesAsDisks()
{
    auto* page = qobject_cast<pages::InstancesPage*>(m_window->page(u"instances"_s));
    const auto saved = [&](const QString& id, int format, const QString& name) {
        m_window->showPage(u"instances"_s);
        page->open({id});
        QAction* action = page->actions().action(models::Action::Export);
        if (!QTest::qWaitFor([&] { return action->isEnabled(); }, 10000)) {
            qWarning() << action->toolTip();
            return false;
        }
        action->trigger();
        auto* dialog = shown<dialogs::ExportDiskDialog>();
        if (!dialog)
            return false;
        dialog->findChild<QComboBox*>(u"format"_s)->setCurrentIndex(format);
        dialog->findChild<dialogs::FileField*>()->setPath(file(name));
        shot(*dialog, u"export-"_s + name);
        return finish(dialog) && QTest::qWaitFor([&] { return QFile::exists(file(name)); }, 60000);
    };
    QVERIFY(saved(store().idOfName(u"worker"_s), 0, u"worker.qcow2"_s));
    QVERIFY(succeeds(u"qemu-img"_s, {u"convert"_s, u"-f"_s, u"qcow2"_s, u"-O"_s, u"raw"_s, file(u"worker.qcow2"_s),
                                     file(u"worker.raw"_s)}));
    QVERIFY(succeeds(u"/sbin/e2fsck"_s, {u"-fn"_s, file(u"worker.raw"_s)}));
    QVERIFY(succeeds(
        u"/bin/sh"_s,
        {u"-c"_s, u"test x = \"$(/sbin/debugfs -R 'cat /made/file' '%1' 2>/dev/null)\""_s.arg(file(u"worker.raw"_s))}));
    QCOMPARE(m_window->session()->images().images().size(), 4); // nothing more than before
    if (QDir(RealHelper::kernels()).isEmpty())
        QSKIP("no kernel for guests: installer/fetch-kernel .build/kernels");
    client::Context spec;
    spec.name = u"box-vm"_s;
    spec.kind = client::Kind::Machine;
    spec.image = u"base:1"_s;
    client().createInstance(spec, false, false, this, [](const client::Answer<QString>& answer) {
        QVERIFY2(bool(answer), qPrintable(answer ? QString() : answer.error().message));
    });
    QTRY_VERIFY_WITH_TIMEOUT(!store().idOfName(u"box-vm"_s).isEmpty(), 60000);
    const QString id = store().idOfName(u"box-vm"_s);
    QTRY_VERIFY_WITH_TIMEOUT(store().find(id)->runtime.state == client::State::Stopped, 60000);
    // A machine of its own reads the disk.
    page->open({id});
    QAction* commit = page->actions().action(models::Action::Commit);
    QTRY_VERIFY_WITH_TIMEOUT(commit->isEnabled(), 10000);
    commit->trigger();
    auto* dialog = shown<dialogs::CommitDialog>();
    QVERIFY(dialog);
    fill(dialog, u"reference"_s, u"box-vm:1"_s);
    shot(*dialog, u"commit-machine"_s);
    QVERIFY(finish(dialog));
    QVERIFY(waitFor(u"box-vm:1"_s, 180000));
    QCOMPARE(m_window->session()->images().find(u"box-vm:1"_s)->layers.size(), 1);
    QVERIFY(saved(id, 0, u"box.ova"_s));
    QVERIFY(
        succeeds(u"/bin/sh"_s,
                 {u"-c"_s, u"tar -tf '%1' | tr '\\n' ' ' | grep -qx 'box-vm.ovf box-vm-disk1.vmdk box-vm.mf '"_s.arg(
                               file(u"box.ova"_s))}));
    QVERIFY(saved(id, 1, u"box.qcow2.tar"_s));
    QVERIFY(
        succeeds(u"/bin/sh"_s, {u"-c"_s, u"cd '%1' && tar -xf box.qcow2.tar && virt-xml-validate box-vm.xml domain && "
                                         "qemu-img check -q box-vm.qcow2"_s.arg(m_directory.path())}));
    client().remove({id}, true, true, this, [](const client::Answer<QStringList>& answer) { QVERIFY(bool(answer)); });
    QTRY_VERIFY_WITH_TIMEOUT(store().idOfName(u"box-vm"_s).isEmpty(), 30000);
}

void TestImagesWindow::prunes()
{
    auto* dialog = dialogOf<dialogs::PruneDialog>(ImageVerb::Prune);
    QVERIFY(dialog);
    QTRY_VERIFY_WITH_TIMEOUT(dialog->mainButton()->isEnabled(), 10000);
    shot(*dialog, u"prune"_s);
    QVERIFY(finish(dialog));
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session()->images().images().size(), 1, 10000);
    QVERIFY(has(u"base:1"_s)); // worker runs from it
    shot(*m_window, u"pruned"_s);
    auto* removal = dialogOf<dialogs::ImageDeleteDialog>(ImageVerb::Delete, u"base:1"_s);
    QVERIFY(!removal); // and says why
    client().remove({store().idOfName(u"worker"_s)}, true, true, this,
                    [](const client::Answer<QStringList>& answer) { QVERIFY(bool(answer)); });
    QTRY_COMPARE_WITH_TIMEOUT(store().size(), qsizetype(0), 20000);
    QVERIFY(remove(u"base:1"_s));
    QVERIFY(QDir(RealHelper::path(u"lib/diptych/images/blobs/sha256"_s)).isEmpty(QDir::Files));
    QVERIFY(QDir(RealHelper::path(u"lib/diptych/images/layers"_s)).isEmpty(QDir::Dirs | QDir::NoDotAndDotDot));
    shot(*m_window, u"empty"_s);
}

QTEST_MAIN(TestImagesWindow)
#include "tst_images_window.moc"
