#include "dialogs/export_disk_dialog.h"

#include "dialogs/file_field.h"

#include <QComboBox>
#include <QDir>
#include <QFileInfo>

namespace diptych::dialogs {

using client::DiskFormat;

ExportDiskDialog* ExportDiskDialog::ofInstance(const ImageContext& context, const QString& id, QWidget* parent)
{
    const client::Instance* instance = context.store.find(id);
    const bool machine = instance && instance->context.kind == client::Kind::Machine;
    return new ExportDiskDialog(context, machine ? Of::Machine : Of::Container, id, context.store.nameOf(id), parent);
}

ExportDiskDialog* ExportDiskDialog::ofDisk(const ImageContext& context, const QString& name, QWidget* parent)
{
    return new ExportDiskDialog(context, Of::Disk, name, name, parent);
}

ExportDiskDialog::ExportDiskDialog(const ImageContext& context, Of what, const QString& id, const QString& name,
                                   QWidget* parent)
    : FormDialog(tr("Export %1").arg(name), tr("Export"), parent),
      m_context(context),
      m_what(what),
      m_id(id),
      m_name(name),
      m_format(new QComboBox(this)),
      m_file(new FileField(FileField::For::Writing, tr("All files (*)"), this))
{
    const auto offer = [this](const QString& text, DiskFormat format) { m_format->addItem(text, int(format)); };
    if (what == Of::Machine)
        offer(tr("OVA: VMware, VirtualBox and others"), DiskFormat::Ova);
    offer(what == Of::Machine ? tr("qcow2 and domain XML in a tar: libvirt elsewhere") : tr("qcow2: QEMU and libvirt"),
          DiskFormat::Qcow2);
    offer(tr("VMDK: the disk for VMware"), DiskFormat::Vmdk);
    offer(tr("VDI: the disk for VirtualBox"), DiskFormat::Vdi);
    offer(tr("Raw: every byte of the disk"), DiskFormat::Raw);
    addField(tr("F&ormat"), m_format, QStringLiteral("format"));
    addField(tr("&File"), m_file, QStringLiteral("file"));
    // A twin's disk too: its kernel is the host's.
    const client::Instance* instance = what == Of::Disk ? nullptr : context.store.find(id);
    if (instance && !instance->context.image.isEmpty())
        addNote(tr("One ext4 file system with the image and all changes. It has no kernel and no boot loader: start it "
                   "with a kernel of your own."));
    addNote(tr("The file is written on this machine, beside its name, and gets the name when it is whole."));
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDiskDialog::suggest);
    connect(m_file, &FileField::changed, this, [this] {
        setHint(QStringLiteral("file"),
                QFileInfo::exists(m_file->path()) ? tr("It is there already and will be replaced.") : QString());
        follow();
    });
    suggest();
}

DiskFormat ExportDiskDialog::format() const
{
    return static_cast<DiskFormat>(m_format->currentData().toInt());
}

void ExportDiskDialog::suggest()
{
    if (!m_suggested.isEmpty() && m_file->path() != m_suggested)
        return; // somebody chose another one
    const auto ending = [this]() -> QString {
        switch (format()) {
        case DiskFormat::Ova:
            return QStringLiteral(".ova");
        case DiskFormat::Vmdk:
            return QStringLiteral(".vmdk");
        case DiskFormat::Vdi:
            return QStringLiteral(".vdi");
        case DiskFormat::Raw:
            return QStringLiteral(".raw");
        case DiskFormat::Qcow2:
            break;
        }
        return m_what == Of::Machine ? QStringLiteral(".qcow2.tar") : QStringLiteral(".qcow2");
    };
    m_suggested = QDir::home().filePath(m_name + ending());
    m_file->setPath(m_suggested);
}

QString ExportDiskDialog::blocker() const
{
    const QFileInfo file(m_file->path());
    if (m_file->path().isEmpty())
        return tr("Choose a file first.");
    return file.absoluteDir().exists() ? QString() : tr("There is no such directory.");
}

void ExportDiskDialog::send()
{
    clearProblems();
    setBusy(true);
    const QString file = m_file->path();
    const auto done = [this, file](const client::Answer<QString>& answer) {
        if (!answer) {
            refuse(tr("Not exported"), answer.error());
            return;
        }
        m_context.work.fetch(answer.value(), file);
        accept();
    };
    if (m_what == Of::Disk)
        m_context.calls().exportDisk(m_id, format(), this, done);
    else
        m_context.calls().exportInstance(m_id, format(), this, done);
}

} // namespace diptych::dialogs
