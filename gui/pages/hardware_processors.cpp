// HardwareTab: what the guest sees of its processors, and which of the host's they run on.
#include "client/machine_calls.h"
#include "pages/hardware_fields.h"
#include "pages/hardware_tab.h"
#include "pages/parts.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace diptych::pages {

using namespace Qt::StringLiterals;

namespace {

constexpr int emulator = -1; ///< in place of a vCPU's number: QEMU's own threads

QString pinOf(const client::HardwareConfig& config, int vcpu)
{
    if (vcpu == emulator)
        return config.emulatorPin;
    for (const client::Pin& pin : config.pins)
        if (pin.vcpu == vcpu)
            return pin.cpus;
    return {};
}

} // namespace

void HardwareTab::showTopology(QVBoxLayout* layout)
{
    const client::HardwareConfig* shown = config();
    auto* sockets = spinBox(0, 1024, shown->sockets, tr("Sockets"), m_panel);
    auto* cores = spinBox(0, 1024, shown->cores, tr("Cores of each socket"), m_panel);
    auto* threads = spinBox(0, 1024, shown->threads, tr("Threads of each core"), m_panel);
    sockets->setObjectName(u"sockets"_s);
    cores->setObjectName(u"cores"_s);
    threads->setObjectName(u"threads"_s);
    auto* fields = new QWidget(m_panel);
    auto* form = new QFormLayout(fields);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("Sockets"), sockets);
    form->addRow(tr("Cores"), cores);
    form->addRow(tr("Threads"), threads);
    for (QSpinBox* box : {sockets, cores, threads})
        box->setSpecialValueText(tr("libvirt's choice"));
    QPushButton* apply = button(tr("Apply at next start"), m_panel);
    apply->setObjectName(u"applyTopology"_s);
    const auto follow = [apply, sockets, cores, threads, most = shown->maximumVcpus] {
        const int product = sockets->value() * cores->value() * threads->value();
        const bool none = sockets->value() + cores->value() + threads->value() == 0;
        apply->setEnabled(none || product == most);
        apply->setToolTip(apply->isEnabled() ? QString()
                                             : tr("%1 × %2 × %3 has to be the most vCPUs, %4")
                                                   .arg(sockets->value())
                                                   .arg(cores->value())
                                                   .arg(threads->value())
                                                   .arg(most));
    };
    for (QSpinBox* box : {sockets, cores, threads})
        connect(box, &QSpinBox::valueChanged, apply, follow);
    follow();
    connect(apply, &QPushButton::clicked, this, [this, sockets, cores, threads] {
        client().machineCalls().setTopology(id(), sockets->value(), cores->value(), threads->value(), this, teller());
    });
    layout->addWidget(heading(tr("What the guest sees"), m_panel));
    layout->addWidget(fields);
    layout->addLayout(buttonLine({apply}));
}

void HardwareTab::showModel(QFormLayout* form)
{
    const auto offer =
        std::find_if(m_hardware.offers.cbegin(), m_hardware.offers.cend(),
                     [](const client::DeviceOffer& one) { return one.type == u"cpu"_s && one.property == u"model"_s; });
    if (offer == m_hardware.offers.cend() || offer->values.isEmpty() || !m_hardware.next)
        return; // an older helper, or a driver that does not say
    auto* model = new QComboBox(m_panel);
    model->setObjectName(u"cpuModel"_s);
    model->setAccessibleName(tr("Model"));
    model->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    model->setMinimumContentsLength(16);
    const QMap<QString, QString> modes{{u"host-passthrough"_s, tr("the host's, as it is")},
                                       {u"host-model"_s, tr("like the host's, movable")},
                                       {u"maximum"_s, tr("all that the hypervisor has")}};
    model->addItem(tr("the hypervisor's choice"), QString());
    for (const QString& one : offer->values)
        model->addItem(modes.value(one, one), one);
    const QString now = m_hardware.next->cpuModel;
    if (model->findData(now) < 0) // nobody would choose it here, but it is what there is
        model->addItem(modes.value(now, now), now);
    model->setCurrentIndex(model->findData(now));
    model->setToolTip(tr("The guest learns of it when it starts"));
    connect(model, &QComboBox::activated, this, [this, model] {
        client().machineCalls().setCpuModel(id(), model->currentData().toString(), this, teller());
    });
    form->addRow(tr("Model"), model);
}

void HardwareTab::showPins(QVBoxLayout* layout)
{
    const client::HardwareConfig* shown = config();
    constexpr int mostRows = 64; // who has more writes them in the XML
    const int rows = std::min(shown->maximumVcpus, mostRows) + 1;
    auto* table = new QTableWidget(rows, 2, m_panel);
    table->setObjectName(u"pins"_s);
    table->setAccessibleName(tr("Processors of the host for each vCPU"));
    table->setHorizontalHeaderLabels({tr("Thread"), tr("Runs on the host's")});
    table->verticalHeader()->hide();
    table->horizontalHeader()->setStretchLastSection(true);
    const client::HardwareConfig& now = m_hardware.live ? *m_hardware.live : *shown;
    for (int row = 0; row < rows; ++row) {
        const int vcpu = row == rows - 1 ? emulator : row;
        auto* name = new QTableWidgetItem(vcpu == emulator ? tr("QEMU itself") : tr("vCPU %1").arg(vcpu));
        name->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        name->setData(Qt::UserRole, vcpu);
        auto* cpus = new QTableWidgetItem(pinOf(now, vcpu));
        const QString next = pinOf(*shown, vcpu);
        cpus->setToolTip(next == pinOf(now, vcpu) ? tr("0-3,^2,7; empty: any")
                                                  : tr("At the next start: %1").arg(next.isEmpty() ? tr("any") : next));
        table->setItem(row, 0, name);
        table->setItem(row, 1, cpus);
    }
    table->setMinimumHeight(std::min(rows + 1, 7) * rowHeight(this, 2.0));
    connect(table, &QTableWidget::itemChanged, this, [this, table](QTableWidgetItem* item) {
        if (item->column() == 1)
            client().machineCalls().setPin(id(), table->item(item->row(), 0)->data(Qt::UserRole).toInt(),
                                           item->text().simplified().remove(u' '), this, teller());
    });
    layout->addWidget(heading(tr("Where they run"), m_panel));
    auto* note =
        new ToneLabel(m_hardware.hostCpus > 0
                          ? tr("The host has processors 0 to %1. At once where it runs.").arg(m_hardware.hostCpus - 1)
                          : tr("At once where it runs."),
                      widgets::Tone::Muted, m_panel);
    note->setWordWrap(true);
    layout->addWidget(note);
    layout->addWidget(table);
}

} // namespace diptych::pages
