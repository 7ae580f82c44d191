// HardwareTab: what is asked before something is added.
#include "client/machine_calls.h"
#include "dialogs/task_dialog.h"
#include "dialogs/volume_picker.h"
#include "models/statements.h"
#include "pages/hardware_fields.h"
#include "pages/hardware_tab.h"
#include "pages/parts.h"
#include "widgets/banner.h"
#include "widgets/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using dialogs::TaskDialog;
using dialogs::VolumePicker;

void HardwareTab::add(const QString& type)
{
    auto* dialog = new TaskDialog(tr("Add: %1").arg(models::deviceTypeName(type)), tr("Add"), this);
    QList<std::pair<QString, QComboBox*>> boxes;
    for (const client::DeviceOffer& offer : models::changeable(m_hardware, type, true)) {
        const bool optional = offer.property != u"network"_s && offer.property != u"device"_s;
        QComboBox* box = choiceBox(offer, {}, optional, dialog);
        dialog->addField(models::propertyName(offer.property), box, u"properties."_s + offer.property);
        boxes.append({offer.property, box});
    }
    VolumePicker* picker = nullptr;
    if (type == u"disk"_s) {
        picker = new VolumePicker(placeCalls(), VolumePicker::What::Volume, dialog);
        dialog->addField(tr("Volume"), picker, u"properties.volume"_s,
                         tr("Make an empty one, or upload an image, on the page Storage."));
        dialog->setBlocker([picker] { return picker->problem(); });
        connect(picker, &VolumePicker::changed, dialog, &TaskDialog::changed);
    }
    dialog->setTask([this, dialog, boxes, picker, type] {
        client::MachineCalls::Properties properties;
        for (const auto& [property, box] : boxes)
            if (const QString value = box->currentData().toString(); !value.isEmpty())
                properties[property] = value;
        const auto volume = picker ? std::optional(picker->chosen()) : std::nullopt;
        client().machineCalls().addDevice(id(), type, properties, volume, dialog,
                                          dialog->answered<client::Applied>(tr("Not added"), [this](const auto& a) {
                                              tell(client::Answer<client::Applied>(a));
                                          }));
    });
    dialog->changed();
    dialog->ask();
}

void HardwareTab::addClipboard()
{
    auto* dialog = new TaskDialog(tr("Add: %1").arg(models::deviceTypeName(u"clipboard"_s)), tr("Add"), this);
    dialog->addNote(tr("What is copied inside can be pasted here, and the other way round, where spice-vdagent runs "
                       "inside: on Linux the package of that name, on Windows the SPICE guest tools."));
    if (m_hardware.clipboardPins)
        dialog->addNote(
            tr("Before version 10.1, QEMU can't move a running machine that has it, nor keep its memory: no "
               "saved state, and snapshots of the disks alone."));
    dialog->setTask([this, dialog] {
        client().machineCalls().addDevice(id(), u"channel"_s, {{u"kind"_s, u"qemu-vdagent"_s}}, {}, dialog,
                                          added(dialog));
    });
    dialog->changed();
    dialog->ask();
}

void HardwareTab::addShare()
{
    auto* dialog = new TaskDialog(tr("Share a directory of the host"), tr("Share"), this);
    auto* path = new QLineEdit(dialog);
    auto* tag = new QLineEdit(u"share"_s, dialog);
    auto* driver = new QComboBox(dialog);
    auto* readOnly = new QCheckBox(tr("Read only"), dialog);
    path->setObjectName(u"path"_s);
    tag->setObjectName(u"tag"_s);
    driver->setObjectName(u"driver"_s);
    QStringList drivers;
    for (const client::DeviceOffer& offer : std::as_const(m_hardware.offers))
        if (offer.type == u"filesystem"_s && offer.property == u"driver"_s)
            drivers = offer.values;
    for (const QString& one : std::as_const(drivers))
        driver->addItem(one == u"virtiofs"_s ? tr("virtiofs: fast, for Linux 5.4 and later")
                                             : tr("9p: slower, by QEMU's own user"),
                        one);
    dialog->addField(tr("Directory"), path, u"path"_s, tr("On the helper's machine, and not one of the system itself"));
    dialog->addField(tr("Name inside"), tag, u"tag"_s, tr("The tag by which it is mounted there"));
    dialog->addField(tr("By"), driver, u"driver"_s);
    dialog->addWide(readOnly);
    QLabel* note = dialog->addNote({});
    const auto follow = [dialog, driver, readOnly, note] {
        const bool virtiofs = driver->currentData() == u"virtiofs"_s;
        note->setText(virtiofs ? tr("Root inside writes there as root of the host. The machine's memory becomes "
                                    "shareable, which takes effect at its next start.")
                               : tr("QEMU's user needs rights in that directory. Owners are kept beside the files."));
        note->setVisible(true); // it was made without a text
        readOnly->setEnabled(!virtiofs);
        readOnly->setToolTip(virtiofs ? tr("libvirt can't share read only by virtiofs") : QString());
        if (virtiofs)
            readOnly->setChecked(false);
        dialog->changed();
        dialog->fit();
    };
    dialog->setBlocker([this, path, drivers] {
        if (drivers.isEmpty())
            return m_hardware.unavailable.value(u"filesystem"_s, tr("This libvirt offers no way to share."));
        return path->text().isEmpty() ? tr("Which directory?") : QString();
    });
    connect(path, &QLineEdit::textChanged, dialog, &TaskDialog::changed);
    connect(driver, &QComboBox::currentIndexChanged, dialog, follow);
    dialog->setTask([this, dialog, path, tag, driver, readOnly] {
        const client::Share share{path->text(), tag->text(), driver->currentData().toString(), readOnly->isChecked()};
        client().machineCalls().addShare(id(), share, dialog, added(dialog));
    });
    follow();
    dialog->ask();
}

void HardwareTab::addHostDevice(const QString& kind)
{
    placeCalls().hostDevices(this, [this, kind, asked = id()](const client::Answer<QList<client::HostDevice>>& answer) {
        if (asked != id())
            return;
        if (answer)
            chooseHostDevice(kind, answer.value());
        else
            m_banner->showMessage(widgets::Banner::Level::Error, tr("The host's devices are not known"),
                                  models::errorText(answer.error()));
    });
}

void HardwareTab::chooseHostDevice(const QString& kind, const QList<client::HostDevice>& devices)
{
    auto* dialog = new TaskDialog(kind == u"usb"_s ? tr("Give it a USB device of the host")
                                                   : tr("Give it a PCI device of the host"),
                                  tr("Give"), this);
    auto* list = new QListWidget(dialog);
    list->setObjectName(u"hostDevices"_s);
    list->setAccessibleName(tr("Devices of the host"));
    list->setMinimumWidth(440);
    list->setWordWrap(true);
    QStringList obstacles;
    for (const client::HostDevice& one : devices) {
        if (one.kind != kind)
            continue;
        auto* item = new QListWidgetItem(list);
        item->setData(Qt::UserRole, one.name);
        const QString why = !one.obstacle.isEmpty() ? one.obstacle
                            : !one.user.isEmpty()   ? tr("%1 has it").arg(one.user)
                                                    : QString();
        item->setText(QStringList{one.title, one.detail, why}.join(u'\n').trimmed());
        item->setToolTip(why);
        if (!why.isEmpty()) {
            item->setForeground(widgets::colors().faint);
            item->setFlags(item->flags() & ~(Qt::ItemIsEnabled | Qt::ItemIsSelectable));
            obstacles.append(why);
        }
    }
    obstacles.removeDuplicates();
    dialog->addWide(list);
    dialog->addNote(tr("The host loses it as long as the machine has it."));
    dialog->setBlocker([list, kind, obstacles] {
        if (list->count() == 0)
            return kind == u"usb"_s ? tr("No USB device is plugged into the host.")
                                    : tr("The host has no PCI device to give away.");
        if (!list->selectedItems().isEmpty())
            return QString();
        return obstacles.size() == 1 ? tr("Not available: %1").arg(obstacles.first()) : tr("Which device?");
    });
    connect(list, &QListWidget::itemSelectionChanged, dialog, &TaskDialog::changed);
    dialog->setTask([this, dialog, list] {
        client().machineCalls().addHostDevice(id(), list->selectedItems().first()->data(Qt::UserRole).toString(),
                                              dialog, added(dialog));
    });
    dialog->changed();
    dialog->ask();
}

client::Callback<client::Applied> HardwareTab::added(TaskDialog* dialog)
{
    return dialog->answered<client::Applied>(
        tr("Not added"), [this](const auto& applied) { tell(client::Answer<client::Applied>(applied)); });
}

} // namespace diptych::pages
