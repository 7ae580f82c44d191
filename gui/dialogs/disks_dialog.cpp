#include "dialogs/disks_dialog.h"

#include "dialogs/export_disk_dialog.h"
#include "dialogs/import_dialog.h"
#include "models/formatting.h"
#include "widgets/banner.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>

namespace diptych::dialogs {

DisksDialog::DisksDialog(const ImageContext& context, QWidget* parent)
    : ListDialog(tr("Disks"), {640, 400}, parent), m_context(context), m_list(new QTreeWidget(this))
{
    m_list->setObjectName(QStringLiteral("disks"));
    m_list->setAccessibleName(tr("Imported disks"));
    m_list->setHeaderLabels({tr("Name"), tr("Format"), tr("Size"), tr("On this host")});
    m_list->setRootIsDecorated(false);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    layOut(tr("Disks of virtual machines"), m_list);
    QPushButton* import = addButton(tr("Import…"));
    m_export = addButton(tr("Export…"));
    m_delete = addButton(tr("Delete"));
    connect(m_list, &QTreeWidget::currentItemChanged, this, &DisksDialog::follow);
    connect(import, &QPushButton::clicked, this, [this] { (new ImportDialog(m_context, {}, this))->ask(); });
    connect(m_export, &QPushButton::clicked, this,
            [this] { ExportDiskDialog::ofDisk(m_context, chosen(), this)->ask(); });
    connect(m_delete, &QPushButton::clicked, this, &DisksDialog::removeChosen);
    connect(&m_context.work, &models::ImageWork::changed, this, &DisksDialog::askList);
    note()->setText(tr("Asking the helper …"));
    follow();
    askList();
}

void DisksDialog::askList()
{
    m_context.calls().disks(this, [this](const auto& answer) { showList(answer); });
}

void DisksDialog::showList(const client::Answer<QList<client::Disk>>& answer)
{
    if (!answer) {
        note()->clear();
        showError(tr("The disks are not known"), answer.error());
        return;
    }
    const QString before = chosen();
    m_list->clear();
    for (const client::Disk& disk : answer.value()) {
        auto* item = new QTreeWidgetItem(
            m_list, {disk.name, disk.format, models::bytes(disk.capacity), models::bytes(disk.allocation)});
        item->setToolTip(0, disk.path);
        if (disk.name == before)
            m_list->setCurrentItem(item);
    }
    if (!m_list->currentItem() && m_list->topLevelItemCount() > 0)
        m_list->setCurrentItem(m_list->topLevelItem(0));
    note()->setText(answer.value().isEmpty()
                        ? tr("None yet. Import a qcow2, raw, VMDK or VDI disk, an ISO or an OVA.")
                        : tr("They are in libvirt's storage pool “diptych”, for any virtual machine of this host."));
    follow();
}

QString DisksDialog::chosen() const
{
    return m_list->currentItem() ? m_list->currentItem()->text(0) : QString();
}

void DisksDialog::follow()
{
    const QString name = chosen();
    for (QPushButton* button : {m_export, m_delete}) {
        button->setEnabled(!name.isEmpty());
        button->setToolTip(name.isEmpty() ? tr("Choose a disk first") : QString());
    }
    if (name != m_asked)
        m_asked.clear();
    m_delete->setText(m_asked.isEmpty() ? tr("Delete") : tr("Delete for good"));
}

void DisksDialog::removeChosen()
{
    const QString name = chosen();
    banner()->dismiss();
    if (m_asked != name) {
        m_asked = name;
        banner()->showMessage(
            widgets::Banner::Level::Warning, tr("Delete %1?").arg(name),
            tr("It is deleted only if no virtual machine needs it, now or for going back to a snapshot. Press the "
               "button again."));
        follow();
        return;
    }
    m_asked.clear();
    m_context.calls().removeDisk(name, this, [this, name](const client::Answer<client::Nothing>& answer) {
        if (!answer)
            showError(tr("%1 is not deleted").arg(name), answer.error());
        askList();
    });
}

} // namespace diptych::dialogs
