// HardwareTab: the panel of a device.
#include "client/machine_calls.h"
#include "dialogs/task_dialog.h"
#include "dialogs/volume_picker.h"
#include "models/formatting.h"
#include "pages/hardware_fields.h"
#include "pages/hardware_tab.h"
#include "pages/parts.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <utility>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using dialogs::TaskDialog;
using dialogs::VolumePicker;
using models::HardwareRow;

void HardwareTab::showDevice(const HardwareRow& row)
{
    const client::Device& device = row.device;
    auto* layout = static_cast<QVBoxLayout*>(m_panel->layout());
    layout->addWidget(heading(models::deviceName(device), m_panel));
    if (!models::whenText(row.when).isEmpty())
        layout->addWidget(new ToneLabel(models::whenText(row.when), widgets::Tone::Warn, m_panel));
    auto* fields = new QWidget(m_panel);
    auto* form = new QFormLayout(fields);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const char* name : {"source", "format", "mac", "kind", "name", "dev", "mode", "path", "host", "port", "index"})
        if (const QString value = device.properties.value(QLatin1String(name)); !value.isEmpty())
            form->addRow(models::propertyName(QLatin1String(name)), monospaceLabel(value, m_panel));
    QList<PropertyField> all;
    bool limits = false;
    for (const client::DeviceOffer& offer : models::changeable(m_hardware, device.type, false)) {
        if (offer.property == u"network"_s && device.properties.value(u"kind"_s, u"network"_s) != u"network"_s)
            continue;
        if (!offer.unit.isEmpty() && !std::exchange(limits, true))
            form->addRow(heading(tr("Limits"), m_panel));
        all.append(
            propertyField(offer, device.properties.value(offer.property), offer.property != u"network"_s, m_panel));
        form->addRow(models::propertyName(offer.property), all.last().widget);
    }
    layout->addWidget(fields);
    if (device.type == u"disk"_s)
        addDiskTools(device, layout);
    if (const QString command = models::mountCommand(device); !command.isEmpty()) {
        layout->addWidget(new ToneLabel(tr("Inside, mount it with"), widgets::Tone::Muted, m_panel));
        layout->addWidget(monospaceLabel(command, m_panel));
    }
    QPushButton* apply = primaryButton(tr("Apply"), m_panel);
    apply->setObjectName(u"apply"_s);
    apply->setVisible(!all.isEmpty());
    connect(apply, &QPushButton::clicked, this, [this, device, all] {
        client::MachineCalls::Properties changed;
        for (const PropertyField& one : all)
            if (const QString value = one.value(); !models::sameValue(value, device.properties.value(one.property)))
                changed[one.property] = value;
        if (!changed.isEmpty())
            client().machineCalls().changeDevice(id(), device.key, changed, {}, this, teller());
    });
    addRemove(device, apply, layout);
}

void HardwareTab::addRemove(const client::Device& device, QPushButton* apply, QVBoxLayout* layout)
{
    QPushButton* remove = button(tr("Remove"), m_panel,
                                 device.type == u"disk"_s      ? tr("Its content stays in the storage pool")
                                 : device.type == u"hostdev"_s ? tr("The host gets it back")
                                                               : QString());
    remove->setObjectName(u"remove"_s);
    if (device.type == u"controller"_s)
        remove->setToolTip(tr("Where nothing is plugged into it"));
    connect(remove, &QPushButton::clicked, this,
            [this, key = device.key] { client().machineCalls().removeDevice(id(), key, this, teller()); });
    layout->addLayout(buttonLine({apply, remove}));
}

void HardwareTab::addDiskTools(const client::Device& device, QVBoxLayout* layout)
{
    const bool removable = device.properties.value(u"device"_s) != u"disk"_s;
    if (removable) {
        QPushButton* put = button(tr("Insert…"), m_panel);
        QPushButton* eject = button(tr("Eject"), m_panel);
        eject->setObjectName(u"eject"_s);
        eject->setEnabled(!device.properties.value(u"source"_s).isEmpty());
        connect(put, &QPushButton::clicked, this, [this, device] { insert(device); });
        connect(eject, &QPushButton::clicked, this, [this, key = device.key] {
            client().machineCalls().changeDevice(id(), key, {}, client::VolumeName{}, this, teller());
        });
        layout->addLayout(buttonLine({put, eject}));
        return;
    }
    QPushButton* larger = button(tr("Grow…"), m_panel, tr("A disk grows, it never shrinks"));
    connect(larger, &QPushButton::clicked, this, [this, device] { grow(device); });
    layout->addLayout(buttonLine({larger}));
}

void HardwareTab::grow(const client::Device& device)
{
    const qint64 now = device.properties.value(u"capacity"_s).toLongLong();
    auto* dialog = new TaskDialog(tr("Grow %1").arg(models::deviceName(device)), tr("Grow"), this);
    auto* size = spinBox(1, 1 << 20, int(now / gibibyte) + 1, tr("New size"), dialog);
    size->setSuffix(tr(" GiB"));
    dialog->addNote(tr("It has %1. The guest has to grow its file system itself afterwards.").arg(models::bytes(now)));
    dialog->addField(tr("New size"), size, u"capacity"_s);
    dialog->setTask([this, dialog, size, key = device.key] {
        client().machineCalls().resizeDisk(
            id(), key, size->value() * gibibyte, dialog,
            dialog->answered<client::Nothing>(tr("Not changed"), [this](const auto&) { activate(); }));
    });
    dialog->changed();
    dialog->ask();
}

void HardwareTab::insert(const client::Device& device)
{
    auto* dialog = new TaskDialog(tr("Insert into %1").arg(models::deviceName(device)), tr("Insert"), this);
    auto* picker = new VolumePicker(placeCalls(), VolumePicker::What::Volume, dialog);
    dialog->addField(tr("Medium"), picker, u"volume"_s, tr("Upload ISO files on the page Storage."));
    dialog->setBlocker([picker] { return picker->problem(); });
    connect(picker, &VolumePicker::changed, dialog, &TaskDialog::changed);
    dialog->setTask([this, dialog, picker, key = device.key] {
        client().machineCalls().changeDevice(
            id(), key, {}, picker->chosen(), dialog,
            dialog->answered<client::Applied>(tr("Not changed"),
                                              [this](const auto& a) { tell(client::Answer<client::Applied>(a)); }));
    });
    dialog->changed();
    dialog->ask();
}

} // namespace diptych::pages
