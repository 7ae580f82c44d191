// HardwareTab: the panel of the chosen part, and what is added.
#include "client/machine_calls.h"
#include "dialogs/task_dialog.h"
#include "dialogs/volume_picker.h"
#include "models/formatting.h"
#include "pages/hardware_tab.h"
#include "pages/parts.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QListWidget>
#include <QSpinBox>
#include <QVBoxLayout>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using dialogs::TaskDialog;
using dialogs::VolumePicker;
using models::HardwareRow;

namespace {

constexpr qint64 mebibyte = 1 << 20;
constexpr qint64 gibibyte = 1 << 30;

QSpinBox* spin(int least, int most, int value, const QString& name, QWidget* parent)
{
    auto* box = new QSpinBox(parent);
    box->setRange(least, most);
    box->setValue(value);
    box->setAccessibleName(name);
    return box;
}

QComboBox* choice(const client::DeviceOffer& offer, const QString& value, bool optional, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setObjectName(offer.property);
    box->setAccessibleName(models::propertyName(offer.property));
    if (optional)
        box->addItem(HardwareTab::tr("default"), QString());
    for (const QString& one : offer.values)
        box->addItem(one, one);
    if (!value.isEmpty() && box->findData(value) < 0)
        box->addItem(value, value); // it has it, whatever is offered
    box->setCurrentIndex(std::max(0, box->findData(value)));
    return box;
}

QHBoxLayout* buttonLine(std::initializer_list<QWidget*> buttons)
{
    auto* line = new QHBoxLayout;
    for (QWidget* one : buttons)
        line->addWidget(one);
    line->addStretch(1);
    return line;
}

} // namespace

void HardwareTab::showProcessors()
{
    const client::HardwareConfig* shown = config();
    auto* current = spin(1, 1024, shown->vcpus, tr("vCPUs now"), m_panel);
    auto* most = spin(1, 1024, shown->maximumVcpus, tr("vCPUs at most"), m_panel);
    current->setObjectName(u"vcpus"_s);
    auto* fields = new QWidget(m_panel);
    auto* form = new QFormLayout(fields);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("vCPUs"), current);
    form->addRow(tr("At most"), most);
    QPushButton* apply =
        primaryButton(tr("Apply"), m_panel, tr("More can be plugged in while it runs, up to the maximum"));
    apply->setObjectName(u"apply"_s);
    connect(apply, &QPushButton::clicked, this, [this, current, most] {
        client().machineCalls().setVcpus(id(), current->value(), std::max(current->value(), most->value()), this,
                                         teller());
    });
    auto* layout = static_cast<QVBoxLayout*>(m_panel->layout());
    layout->addWidget(heading(tr("Processors"), m_panel));
    layout->addWidget(fields);
    layout->addLayout(buttonLine({apply}));
}

void HardwareTab::showMemory()
{
    const client::HardwareConfig* shown = config();
    constexpr int largest = 64 << 20;
    auto* current = spin(1, largest, int(shown->memory / mebibyte), tr("Memory now, MiB"), m_panel);
    auto* most = spin(1, largest, int(shown->maximumMemory / mebibyte), tr("Memory at most, MiB"), m_panel);
    for (QSpinBox* box : {current, most}) {
        box->setSuffix(tr(" MiB"));
        box->setSingleStep(64);
    }
    auto* fields = new QWidget(m_panel);
    auto* form = new QFormLayout(fields);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("Memory"), current);
    form->addRow(tr("At most"), most);
    QPushButton* apply =
        primaryButton(tr("Apply"), m_panel, tr("The balloon gives and takes while it runs, up to the maximum"));
    apply->setObjectName(u"apply"_s);
    connect(apply, &QPushButton::clicked, this, [this, current, most] {
        client().machineCalls().setMemory(id(), current->value() * mebibyte,
                                          std::max(current->value(), most->value()) * mebibyte, this, teller());
    });
    auto* layout = static_cast<QVBoxLayout*>(m_panel->layout());
    layout->addWidget(heading(tr("Memory"), m_panel));
    layout->addWidget(fields);
    if (context().store->hasHost()) {
        auto* has = new ToneLabel(tr("This host has %1.").arg(models::bytes(store().host().memory)),
                                  widgets::Tone::Muted, m_panel);
        layout->addWidget(has);
    }
    layout->addLayout(buttonLine({apply}));
}

void HardwareTab::showBoot()
{
    const client::HardwareConfig* shown = config();
    auto* list = new QListWidget(m_panel);
    list->setAccessibleName(tr("Boot order"));
    QStringList keys = shown->boot;
    for (const client::Device& device : shown->devices)
        if ((device.type == u"disk"_s || device.type == u"interface"_s) && !keys.contains(device.key))
            keys.append(device.key);
    for (const QString& key : keys) {
        auto* item = new QListWidgetItem(key, list);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(shown->boot.contains(key) ? Qt::Checked : Qt::Unchecked);
    }
    list->setCurrentRow(0);
    QPushButton* up = button(tr("Up"), m_panel, tr("Try it earlier"));
    QPushButton* down = button(tr("Down"), m_panel, tr("Try it later"));
    QPushButton* apply = primaryButton(tr("Apply"), m_panel);
    apply->setObjectName(u"apply"_s);
    const auto move = [list](int by) {
        const int row = list->currentRow();
        if (row < 0 || row + by < 0 || row + by >= list->count())
            return;
        list->insertItem(row + by, list->takeItem(row));
        list->setCurrentRow(row + by);
    };
    connect(up, &QPushButton::clicked, list, [move] { move(-1); });
    connect(down, &QPushButton::clicked, list, [move] { move(1); });
    connect(apply, &QPushButton::clicked, this, [this, list] {
        QStringList order;
        for (int i = 0; i < list->count(); ++i)
            if (list->item(i)->checkState() == Qt::Checked)
                order.append(list->item(i)->text());
        client().machineCalls().setBoot(id(), order, this, teller());
    });
    auto* layout = static_cast<QVBoxLayout*>(m_panel->layout());
    layout->addWidget(heading(tr("Boot order"), m_panel));
    layout->addWidget(list);
    layout->addLayout(buttonLine({up, down, apply}));
}

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
    for (const char* name : {"source", "format", "mac", "kind", "name"})
        if (const QString value = device.properties.value(QLatin1String(name)); !value.isEmpty())
            form->addRow(models::propertyName(QLatin1String(name)), monospaceLabel(value, m_panel));
    QList<QComboBox*> boxes;
    for (const client::DeviceOffer& offer : models::changeable(m_hardware, device.type, false)) {
        QComboBox* box =
            choice(offer, device.properties.value(offer.property), offer.property != u"network"_s, m_panel);
        form->addRow(models::propertyName(offer.property), box);
        boxes.append(box);
    }
    layout->addWidget(fields);
    if (device.type == u"disk"_s)
        addDiskTools(device, layout);
    QPushButton* apply = primaryButton(tr("Apply"), m_panel);
    apply->setObjectName(u"apply"_s);
    apply->setVisible(!boxes.isEmpty());
    connect(apply, &QPushButton::clicked, this, [this, device, boxes] {
        client::MachineCalls::Properties changed;
        for (const QComboBox* box : boxes)
            if (box->currentData().toString() != device.properties.value(box->objectName()))
                changed[box->objectName()] = box->currentData().toString();
        if (!changed.isEmpty())
            client().machineCalls().changeDevice(id(), device.key, changed, {}, this, teller());
    });
    QPushButton* remove = button(tr("Remove"), m_panel,
                                 device.type == u"disk"_s ? tr("Its content stays in the storage pool") : QString());
    remove->setObjectName(u"remove"_s);
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
    auto* size = spin(1, 1 << 20, int(now / gibibyte) + 1, tr("New size"), dialog);
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
    auto* picker = new VolumePicker(client(), VolumePicker::What::Volume, dialog);
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

void HardwareTab::add(const QString& type)
{
    auto* dialog = new TaskDialog(tr("Add: %1").arg(models::deviceTypeName(type)), tr("Add"), this);
    QList<std::pair<QString, QComboBox*>> boxes;
    for (const client::DeviceOffer& offer : models::changeable(m_hardware, type, true)) {
        const bool optional = offer.property != u"network"_s && offer.property != u"device"_s;
        QComboBox* box = choice(offer, {}, optional, dialog);
        dialog->addField(models::propertyName(offer.property), box, u"properties."_s + offer.property);
        boxes.append({offer.property, box});
    }
    VolumePicker* picker = nullptr;
    if (type == u"disk"_s) {
        picker = new VolumePicker(client(), VolumePicker::What::Volume, dialog);
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

} // namespace diptych::pages
