// HardwareTab: title and description, processors, memory, boot order.
#include "client/machine_calls.h"
#include "models/formatting.h"
#include "pages/hardware_fields.h"
#include "pages/hardware_tab.h"
#include "pages/parts.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPointer>
#include <QVBoxLayout>

#include <algorithm>

namespace diptych::pages {

using namespace Qt::StringLiterals;

void HardwareTab::showProcessors()
{
    const client::HardwareConfig* shown = config();
    auto* current = spinBox(1, 1024, shown->vcpus, tr("vCPUs now"), m_panel);
    auto* most = spinBox(1, 1024, shown->maximumVcpus, tr("vCPUs at most"), m_panel);
    current->setObjectName(u"vcpus"_s);
    auto* fields = new QWidget(m_panel);
    auto* form = new QFormLayout(fields);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("vCPUs"), current);
    form->addRow(tr("At most"), most);
    showModel(form);
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
    showTopology(layout);
    showPins(layout);
}

void HardwareTab::showNotes()
{
    const client::HardwareConfig* shown = config();
    auto* title = new QLineEdit(shown->title, m_panel);
    auto* description = new QPlainTextEdit(shown->description, m_panel);
    title->setObjectName(u"title"_s);
    title->setAccessibleName(tr("Title"));
    title->setPlaceholderText(tr("What people call it"));
    title->setMaxLength(255);
    description->setObjectName(u"description"_s);
    description->setAccessibleName(tr("Description"));
    description->setPlaceholderText(tr("What it is for, who looks after it …"));
    description->setTabChangesFocus(true);
    description->setMinimumHeight(rowHeight(this, 8));
    auto* fields = new QWidget(m_panel);
    auto* form = new QFormLayout(fields);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Title"), title);
    form->addRow(tr("Description"), description);
    QPushButton* apply = primaryButton(tr("Apply"), m_panel, tr("At once; its name stays"));
    apply->setObjectName(u"apply"_s);
    connect(apply, &QPushButton::clicked, this, [this, title, description] {
        const auto kept = [title = QPointer(title), description = QPointer(description),
                           done = teller()](const auto& a) {
            if (a && title && description) {
                title->setModified(false);
                description->document()->setModified(false);
            }
            done(a);
        };
        client().machineCalls().setNotes(id(), title->text().trimmed(), description->toPlainText().trimmed(), this,
                                         kept);
    });
    auto* layout = static_cast<QVBoxLayout*>(m_panel->layout());
    layout->addWidget(heading(tr("Title and description"), m_panel));
    layout->addWidget(fields);
    layout->addLayout(buttonLine({apply}));
}

bool HardwareTab::isBeingWritten() const
{
    const auto* title = m_panel->findChild<QLineEdit*>(u"title"_s);
    const auto* description = m_panel->findChild<QPlainTextEdit*>(u"description"_s);
    return title && description && current() == u"notes"_s &&
           (title->isModified() || description->document()->isModified());
}

void HardwareTab::showMemory()
{
    const client::HardwareConfig* shown = config();
    constexpr int largest = 64 << 20;
    auto* current = spinBox(1, largest, int(shown->memory / mebibyte), tr("Memory now, MiB"), m_panel);
    auto* most = spinBox(1, largest, int(shown->maximumMemory / mebibyte), tr("Memory at most, MiB"), m_panel);
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
    list->setObjectName(u"bootOrder"_s);
    list->setAccessibleName(tr("Boot order"));
    list->setDragDropMode(QAbstractItemView::InternalMove);
    QStringList keys = shown->boot;
    for (const client::Device& device : shown->devices)
        if ((device.type == u"disk"_s || device.type == u"interface"_s) && !keys.contains(device.key))
            keys.append(device.key);
    for (const QString& key : keys) {
        const auto device = std::find_if(shown->devices.cbegin(), shown->devices.cend(),
                                         [&](const client::Device& one) { return one.key == key; });
        const QString text = device == shown->devices.cend()
                                 ? key
                                 : u"%1  ·  %2"_s.arg(models::deviceName(*device), models::deviceDetail(*device));
        auto* item = new QListWidgetItem(text, list);
        item->setData(Qt::UserRole, key);
        item->setToolTip(text);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(shown->boot.contains(key) ? Qt::Checked : Qt::Unchecked);
    }
    list->setCurrentRow(0);
    QPushButton* up = button(tr("Up"), m_panel, tr("Try it earlier"));
    QPushButton* down = button(tr("Down"), m_panel, tr("Try it later"));
    QPushButton* apply = primaryButton(tr("Apply"), m_panel);
    apply->setObjectName(u"apply"_s);
    auto* menu = new QCheckBox(tr("Firmware's boot menu"), m_panel);
    menu->setObjectName(u"bootMenu"_s);
    menu->setToolTip(tr("For three seconds a key chooses what is booted from, whatever the order"));
    menu->setChecked(shown->bootMenu);
    const auto move = [list](int by) {
        const int row = list->currentRow();
        if (row < 0 || row + by < 0 || row + by >= list->count())
            return;
        list->insertItem(row + by, list->takeItem(row));
        list->setCurrentRow(row + by);
    };
    connect(up, &QPushButton::clicked, list, [move] { move(-1); });
    connect(down, &QPushButton::clicked, list, [move] { move(1); });
    connect(apply, &QPushButton::clicked, this, [this, list, menu] {
        QStringList order;
        for (int i = 0; i < list->count(); ++i)
            if (list->item(i)->checkState() == Qt::Checked)
                order.append(list->item(i)->data(Qt::UserRole).toString());
        client().machineCalls().setBoot(id(), order, menu->isChecked(), this, teller());
    });
    auto* layout = static_cast<QVBoxLayout*>(m_panel->layout());
    layout->addWidget(heading(tr("Boot order"), m_panel));
    auto* note =
        new ToneLabel(tr("Tried from above. Drag a line, or move it with the buttons."), widgets::Tone::Muted, m_panel);
    note->setWordWrap(true);
    layout->addWidget(note);
    layout->addWidget(list);
    layout->addWidget(menu);
    layout->addLayout(buttonLine({up, down, apply}));
}

} // namespace diptych::pages
