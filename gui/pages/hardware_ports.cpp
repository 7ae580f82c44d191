// HardwareTab: network cards, serial ports and controllers, where what can be said depends on the kind.
#include "client/machine_calls.h"
#include "dialogs/task_dialog.h"
#include "pages/hardware_fields.h"
#include "pages/hardware_tab.h"

#include <QComboBox>

#include <algorithm>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using dialogs::TaskDialog;

namespace {

client::DeviceOffer offered(const client::Hardware& hardware, const QString& type, const QString& property)
{
    const auto found =
        std::find_if(hardware.offers.cbegin(), hardware.offers.cend(),
                     [&](const client::DeviceOffer& one) { return one.type == type && one.property == property; });
    return found == hardware.offers.cend() ? client::DeviceOffer{type, property, {}, true, {}} : *found;
}

QString chosen(const QComboBox* box)
{
    return box->isEditable() ? box->currentText() : box->currentData().toString();
}

/// Names that this host has; another one's may not be known.
QComboBox* nameBox(const QString& property, const QStringList& names, QWidget* parent)
{
    QComboBox* box = choiceBox({u"interface"_s, property, names, true, {}}, {}, false, parent);
    box->setEditable(names.isEmpty());
    return box;
}

} // namespace

void HardwareTab::addCard()
{
    auto* dialog = new TaskDialog(tr("Add: %1").arg(models::deviceTypeName(u"interface"_s)), tr("Add"), this);
    client::DeviceOffer kinds = offered(m_hardware, u"interface"_s, u"kind"_s);
    kinds.values += {u"bridge"_s, u"direct"_s};
    auto* kind = choiceBox(kinds, {}, false, dialog);
    auto* network = choiceBox({u"interface"_s, u"network"_s, m_hardware.networks, true, {}}, {}, false, dialog);
    auto* bridge = nameBox(u"bridge"_s, m_hardware.bridges, dialog);
    auto* device = nameBox(u"dev"_s, m_hardware.interfaces, dialog);
    auto* mode =
        choiceBox({u"interface"_s, u"mode"_s, {u"bridge"_s, u"vepa"_s, u"private"_s, u"passthrough"_s}, true, {}}, {},
                  false, dialog);
    auto* model = choiceBox(offered(m_hardware, u"interface"_s, u"model"_s), u"virtio"_s, false, dialog);
    dialog->addField(models::propertyName(u"kind"_s), kind, u"properties.kind"_s);
    dialog->addField(models::propertyName(u"network"_s), network, u"properties.network"_s);
    dialog->addField(models::propertyName(u"bridge"_s), bridge, u"bridge"_s);
    dialog->addField(models::propertyName(u"dev"_s), device, u"device"_s,
                     tr("Others in the host's network reach it; the host itself does not."));
    dialog->addField(models::propertyName(u"mode"_s), mode, u"mode"_s);
    dialog->addField(models::propertyName(u"model"_s), model, u"properties.model"_s);
    const auto follow = [=] {
        const QString now = chosen(kind);
        dialog->setFieldVisible(u"properties.network"_s, now == u"network"_s);
        dialog->setFieldVisible(u"bridge"_s, now == u"bridge"_s);
        for (const QString& field : {u"device"_s, u"mode"_s})
            dialog->setFieldVisible(field, now == u"direct"_s);
        dialog->changed();
    };
    connect(kind, &QComboBox::currentIndexChanged, dialog, follow);
    for (QComboBox* box : {bridge, device})
        connect(box, &QComboBox::currentTextChanged, dialog, &TaskDialog::changed);
    dialog->setBlocker([=] {
        const QString now = chosen(kind);
        if (now == u"network"_s && network->count() == 0)
            return tr("There is no virtual network: make one on the page Networks.");
        if (now == u"bridge"_s && chosen(bridge).isEmpty())
            return tr("Which bridge of the host?");
        return now == u"direct"_s && chosen(device).isEmpty() ? tr("Which interface of the host?") : QString();
    });
    dialog->setTask([=, this] {
        const QString now = chosen(kind);
        if (now == u"bridge"_s || now == u"direct"_s) {
            client().machineCalls().addHostCard(
                id(), {now, chosen(now == u"bridge"_s ? bridge : device), chosen(mode), chosen(model)}, dialog,
                added(dialog));
            return;
        }
        client::MachineCalls::Properties properties{{u"kind"_s, now}, {u"model"_s, chosen(model)}};
        if (now == u"network"_s)
            properties[u"network"_s] = chosen(network);
        client().machineCalls().addDevice(id(), u"interface"_s, properties, {}, dialog, added(dialog));
    });
    follow();
    dialog->ask();
}

void HardwareTab::addPort(const QString& type)
{
    auto* dialog = new TaskDialog(tr("Add: %1").arg(models::deviceTypeName(type)), tr("Add"), this);
    const bool serial = type == u"serial"_s;
    auto* kind = choiceBox(offered(m_hardware, type, u"kind"_s), {}, false, dialog);
    auto* model = choiceBox(offered(m_hardware, type, u"model"_s), {}, false, dialog);
    auto* port = spinBox(1024, 65535, 4555, models::propertyName(u"port"_s), dialog);
    port->setObjectName(u"port"_s);
    dialog->addField(models::propertyName(u"kind"_s), kind, u"properties.kind"_s);
    dialog->addField(models::propertyName(u"port"_s), port, u"properties.port"_s);
    dialog->addField(models::propertyName(u"model"_s), model, u"properties.model"_s);
    const client::DeviceOffer words = offered(m_hardware, type, u"model"_s);
    const auto follow = [=] {
        const QString now = chosen(kind);
        dialog->setFieldVisible(u"properties.port"_s, now == u"tcp"_s);
        if (serial) {
            dialog->setHint(u"properties.kind"_s,
                            now == u"unix"_s
                                ? tr("libvirt's directory on the host gets the socket; Hardware says where.")
                            : now == u"file"_s ? tr("What it writes is kept in libvirt's log directory on the host.")
                            : now == u"tcp"_s  ? tr("Everybody on the host can connect, without a password.")
                                               : tr("The first port is also what the tab Terminal shows."));
        } else {
            model->clear();
            for (const QString& one : words.values)
                if ((one == u"virtio-scsi"_s || one == u"lsilogic"_s) == (now == u"scsi"_s))
                    model->addItem(one, one);
        }
        dialog->changed();
    };
    connect(kind, &QComboBox::currentIndexChanged, dialog, follow);
    dialog->setBlocker([kind] { return kind->count() == 0 ? tr("An older helper can't add this.") : QString(); });
    dialog->setTask([=, this] {
        client::MachineCalls::Properties properties{{u"kind"_s, chosen(kind)}, {u"model"_s, chosen(model)}};
        if (chosen(kind) == u"tcp"_s)
            properties[u"port"_s] = QString::number(port->value());
        client().machineCalls().addDevice(id(), type, properties, {}, dialog, added(dialog));
    });
    follow();
    dialog->ask();
}

} // namespace diptych::pages
