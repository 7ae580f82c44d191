// StoragePage: what is asked before something is made, changed or deleted.
#include "client/errors.h"
#include "client/machine_calls.h"
#include "dialogs/pool_dialog.h"
#include "dialogs/task_dialog.h"
#include "models/formatting.h"
#include "models/reasons.h"
#include "models/statements.h"
#include "pages/new_machine.h"
#include "pages/receive_file.h"
#include "pages/storage_page.h"
#include "pages/xml_window.h"
#include "widgets/banner.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QSpinBox>
#include <QTableWidget>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using dialogs::TaskDialog;
using widgets::Banner;

namespace {

constexpr qint64 gibi = 1 << 30;

QSpinBox* sizeBox(int value, QWidget* parent)
{
    auto* box = new QSpinBox(parent);
    box->setRange(1, 1 << 20);
    box->setValue(value);
    box->setSuffix(StoragePage::tr(" GiB"));
    return box;
}

} // namespace

void StoragePage::makePool()
{
    auto* dialog = new dialogs::PoolDialog(calls(), this);
    connect(dialog, &dialogs::PoolDialog::made, this, &StoragePage::askPools);
    dialog->ask();
}

void StoragePage::removePool()
{
    if (!pool())
        return;
    auto* dialog = new TaskDialog(tr("Remove the pool %1").arg(pool()->name), tr("Remove"), this);
    dialog->setDangerous();
    dialog->addNote(tr("libvirt forgets it. What is in it stays: %1")
                        .arg(pool()->source.isEmpty() ? pool()->path : pool()->source));
    dialog->setTask([this, dialog, name = pool()->name] {
        calls().deletePool(name, dialog,
                           dialog->answered<client::Nothing>(tr("Not removed"), [this](const auto&) { askPools(); }));
    });
    dialog->changed();
    dialog->ask();
}

void StoragePage::destroyPool()
{
    if (!pool())
        return;
    const QString group = pool()->source;
    auto* dialog = new TaskDialog(tr("Destroy the volume group %1").arg(group), tr("Destroy"), this);
    dialog->setDangerous();
    dialog->addNote(
        tr("The group and all of its %n volumes are deleted from the disks of the helper's machine, also those that "
           "libvirt did not make. Nobody can bring them back.",
           nullptr, int(m_allVolumes.size())));
    auto* typed = new QLineEdit(dialog);
    dialog->addField(tr("Its name"), typed, u"typed"_s, tr("Type %1 to say that you mean it.").arg(group));
    dialog->setBlocker([typed, group] { return typed->text() == group ? QString() : tr("Type its name first."); });
    connect(typed, &QLineEdit::textChanged, dialog, [dialog] { dialog->changed(); });
    dialog->setTask([this, dialog, name = pool()->name] {
        calls().destroyPool(
            name, dialog, dialog->answered<client::Nothing>(tr("Not destroyed"), [this](const auto&) { askPools(); }));
    });
    dialog->changed();
    dialog->ask();
}

void StoragePage::openXml()
{
    if (!pool())
        return;
    using client::MachineCalls;
    const QString name = pool()->name;
    auto* window = new XmlWindow(
        XmlEditor::Source::of(calls(), name, name, &MachineCalls::poolXml, &MachineCalls::definePoolXml), this);
    connect(window, &XmlWindow::saved, this, &StoragePage::askPools);
    window->show();
}

void StoragePage::makeVolume()
{
    if (!pool())
        return;
    auto* dialog = new TaskDialog(tr("New volume in %1").arg(pool()->name), tr("Make it"), this);
    const QStringList formats = pool()->formats.isEmpty() ? QStringList{u"qcow2"_s, u"raw"_s} : pool()->formats;
    const bool files = formats.contains(u"qcow2"_s);
    const qint64 room = files ? std::numeric_limits<qint64>::max() : pool()->available;
    auto* name = new QLineEdit(files ? u"disk.qcow2"_s : u"disk"_s, dialog);
    auto* size = sizeBox(int(std::clamp<qint64>(room / gibi, 1, 20)), dialog);
    auto* format = new QComboBox(dialog);
    name->setObjectName(u"name"_s);
    format->addItems(formats);
    dialog->addField(tr("Name"), name, u"name"_s);
    dialog->addField(tr("Size"), size, u"capacity"_s,
                     tr("%1 are free in this pool.").arg(models::bytes(pool()->available)));
    dialog->addField(tr("Format"), format, u"format"_s,
                     files ? tr("qcow2 grows as it is written and can hold snapshots.")
                           : tr("A block device: all of its size is taken at once."));
    if (pool()->givesNames) {
        dialog->setFieldVisible(u"name"_s, false);
        dialog->addNote(tr("The partition table gives it its name."));
    }
    dialog->setBlocker([size, room] {
        return size->value() * gibi > room ? tr("Only %1 are free in this pool.").arg(models::bytes(room)) : QString();
    });
    connect(size, &QSpinBox::valueChanged, dialog, [dialog] { dialog->changed(); });
    dialog->setTask([this, dialog, name, size, format, in = pool()->name] {
        calls().createVolume({in, name->text()}, size->value() * gibi, format->currentText(), dialog,
                             dialog->answered<client::Nothing>(tr("Not made"), [this](const auto&) { askPools(); }));
    });
    dialog->changed();
    dialog->ask();
}

void StoragePage::growVolume()
{
    if (!volume() || !pool())
        return;
    auto* dialog = new TaskDialog(tr("Grow %1").arg(volume()->name), tr("Grow"), this);
    auto* size = sizeBox(int(volume()->capacity / gibi) + 1, dialog);
    dialog->addNote(tr("It has %1. A volume grows, it never shrinks.").arg(models::bytes(volume()->capacity)));
    dialog->addField(tr("New size"), size, u"capacity"_s);
    dialog->setTask([this, dialog, size, name = client::VolumeName{pool()->name, volume()->name}] {
        calls().resizeVolume(name, size->value() * gibi, dialog,
                             dialog->answered<client::Nothing>(tr("Not changed"), [this](const auto&) { askPools(); }));
    });
    dialog->changed();
    dialog->ask();
}

void StoragePage::copyVolume()
{
    if (!volume() || !pool())
        return;
    auto* dialog = new TaskDialog(tr("Copy %1").arg(volume()->name), tr("Copy"), this);
    auto* name = new QLineEdit(u"copy-"_s + volume()->name, dialog);
    dialog->addField(tr("Name"), name, u"name"_s);
    dialog->setTask([this, dialog, name, from = client::VolumeName{pool()->name, volume()->name}] {
        calls().copyVolume(
            from, name->text(), dialog, dialog->answered<QString>(tr("Not copied"), [this](const QString& operation) {
                context().operations->whenEnded(operation, this, [this](const client::Operation&) { askPools(); });
            }));
    });
    dialog->changed();
    dialog->ask();
}

void StoragePage::downloadVolume()
{
    if (!volume() || !pool())
        return;
    receiveFile(this, context(),
                {tr("Keep %1").arg(volume()->name), volume()->name, tr("Disks and media (*.iso *.img *.qcow2 *.raw)")},
                [this, from = client::VolumeName{pool()->name, volume()->name}](const QString& file) {
                    return calls().downloadVolume(from, file);
                });
}

void StoragePage::deleteVolume()
{
    if (!volume() || !pool())
        return;
    const client::StorageVolume& one = *volume();
    auto* dialog = new TaskDialog(tr("Delete %1").arg(one.name), tr("Delete"), this);
    dialog->setDangerous();
    dialog->addNote(tr("The file and all that is in it is deleted: %1").arg(one.path));
    const QString needed = one.users.isEmpty()
                               ? QString()
                               : tr("It can't be deleted: it is needed by %1.").arg(models::diskUserTexts(one.users));
    if (!needed.isEmpty())
        dialog->addNote(needed);
    dialog->setBlocker([needed] { return needed; });
    dialog->setTask([this, dialog, name = client::VolumeName{pool()->name, one.name}] {
        calls().deleteVolume(name, dialog,
                             dialog->answered<client::Nothing>(tr("Not deleted"), [this](const auto&) { askPools(); }));
    });
    dialog->changed();
    dialog->ask();
}

void StoragePage::upload()
{
    if (!pool() || m_transfer)
        return;
    auto* chooser = new QFileDialog(this, tr("Upload into %1").arg(pool()->name), {},
                                    tr("Disks and media (*.iso *.img *.qcow2 *.raw *.vmdk *.vdi);;All files (*)"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::ExistingFile);
    connect(chooser, &QFileDialog::fileSelected, this, [this, in = pool()->name](const QString& file) {
        m_transfer = calls().upload(file, {in, QFileInfo(file).fileName()});
        connect(m_transfer.get(), &client::Transfer::accepted, this, [this](const QString& operation) {
            context().operations->whenEnded(operation, this, [this](const client::Operation&) { askPools(); });
        });
        connect(m_transfer.get(), &client::Transfer::finished, this, [this](const std::optional<client::Error>& error) {
            // Why the helper ended it, its operation tells.
            const bool told =
                error && error->name == client::errors::Disconnected && !m_transfer->operation().isEmpty();
            m_transfer.release()->deleteLater();
            if (error && !told)
                m_banner->showMessage(Banner::Level::Error, tr("Not uploaded"), models::errorText(*error));
            follow();
        });
        m_transfer->start();
        follow();
    });
    chooser->open();
}

void StoragePage::newMachine()
{
    if (!volume() || !pool())
        return;
    askNewMachine(context(), this, {pool()->name, volume()->name},
                  volume()->name.endsWith(u".iso"_s, Qt::CaseInsensitive), m_place->place());
}

} // namespace diptych::pages
