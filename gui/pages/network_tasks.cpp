// NetworksPage: what is asked before a network is made, changed or removed.
#include "client/machine_calls.h"
#include "dialogs/task_dialog.h"
#include "models/statements.h"
#include "pages/networks_page.h"
#include "pages/xml_window.h"
#include "widgets/banner.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QTableWidget>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using dialogs::TaskDialog;
using widgets::Banner;

QString NetworksPage::modeText(const QString& mode)
{
    if (mode == u"nat"_s)
        return tr("NAT: out through the host's address");
    if (mode == u"route"_s)
        return tr("routed: out with its own addresses");
    if (mode == u"isolated"_s)
        return tr("isolated: among itself and the host");
    if (mode == u"bridge"_s)
        return tr("bridge of the host");
    return mode;
}

QString NetworksPage::dhcpText(const client::VirtualNetwork& network)
{
    QStringList lines;
    if (!network.dhcpStart.isEmpty())
        lines.append(tr("%1 to %2").arg(network.dhcpStart, network.dhcpEnd));
    if (!network.dhcp6Start.isEmpty())
        lines.append(tr("%1 to %2").arg(network.dhcp6Start, network.dhcp6End));
    else if (!network.address6.isEmpty())
        lines.append(tr("IPv6: guests choose"));
    return lines.join(u", "_s);
}

void NetworksPage::change(const QString& what)
{
    if (!network())
        return;
    calls().changeNetwork(network()->name, what, this, [this](const client::Answer<client::Nothing>& answer) {
        if (answer)
            m_banner->dismiss();
        else
            m_banner->showMessage(Banner::Level::Error, tr("Not changed"), models::errorText(answer.error()));
        ask();
    });
}

void NetworksPage::openXml()
{
    if (!network())
        return;
    using client::MachineCalls;
    const QString name = network()->name;
    const auto source =
        XmlEditor::Source::of(calls(), name, name, &MachineCalls::networkXml, &MachineCalls::defineNetworkXml);
    auto* window = new XmlWindow(source, this);
    connect(window, &XmlWindow::saved, this, &NetworksPage::ask);
    window->show();
}

void NetworksPage::remove()
{
    if (!network())
        return;
    const client::VirtualNetwork& one = *network();
    auto* dialog = new TaskDialog(tr("Remove the network %1").arg(one.name), tr("Remove"), this);
    dialog->setDangerous();
    dialog->addNote(tr("Its bridge and its addresses go. Containers that are on it lose their network."));
    const QString needed =
        one.users.isEmpty() ? QString() : tr("It can't be removed: %1 have it.").arg(one.users.join(u", "_s));
    if (!needed.isEmpty())
        dialog->addNote(needed);
    dialog->setBlocker([needed] { return needed; });
    dialog->setTask([this, dialog, name = one.name] {
        calls().deleteNetwork(name, dialog,
                              dialog->answered<client::Nothing>(tr("Not removed"), [this](const auto&) { ask(); }));
    });
    dialog->changed();
    dialog->ask();
}

namespace {

/// The fields of a new network.
struct NetworkForm
{
    explicit NetworkForm(TaskDialog* parent)
        : dialog(parent),
          name(new QLineEdit(parent)),
          mode(new QComboBox(parent)),
          address(new QLineEdit(u"192.168.100.1/24"_s, parent)),
          dhcp(new QCheckBox(NetworksPage::tr("Give addresses to machines (DHCP)"), parent)),
          first(new QLineEdit(parent)),
          last(new QLineEdit(parent)),
          domain(new QLineEdit(parent)),
          address6(new QLineEdit(parent)),
          ways6(new QComboBox(parent)),
          bridge(new QLineEdit(parent))
    {
        dhcp->setChecked(true);
        for (const QString& one : {u"nat"_s, u"route"_s, u"isolated"_s, u"bridge"_s})
            mode->addItem(NetworksPage::modeText(one), one);
        for (QLineEdit* end : {first, last})
            end->setPlaceholderText(NetworksPage::tr("all that the host's own address leaves"));
        domain->setPlaceholderText(NetworksPage::tr("none"));
        address6->setPlaceholderText(NetworksPage::tr("none; for one: fd00:100::1/64"));
        ways6->addItem(NetworksPage::tr("by themselves (router advertisements)"), false);
        ways6->addItem(NetworksPage::tr("by DHCPv6"), true);
        dialog->addField(NetworksPage::tr("Name"), name, u"name"_s);
        dialog->addField(NetworksPage::tr("Kind"), mode, u"mode"_s);
        dialog->addField(NetworksPage::tr("Host's address"), address, u"address"_s,
                         NetworksPage::tr("With the length of the network's prefix"));
        dialog->addField(NetworksPage::tr("Bridge"), bridge, u"bridge"_s,
                         NetworksPage::tr("One that the host has already"));
        dialog->addField(NetworksPage::tr("Domain"), domain, u"domain"_s,
                         NetworksPage::tr("Of the names that its name server gives, as lab.lan"));
        dialog->addWide(dhcp);
        dialog->addField(NetworksPage::tr("First address"), first, u"dhcpStart"_s);
        dialog->addField(NetworksPage::tr("Last address"), last, u"dhcpEnd"_s);
        dialog->addField(NetworksPage::tr("Host's IPv6 address"), address6, u"address6"_s,
                         NetworksPage::tr("With the prefix's length, which is 64"));
        dialog->addField(NetworksPage::tr("Machines get theirs"), ways6, u"dhcp6"_s);
    }
    void follow() const
    {
        const bool bridged = mode->currentData().toString() == u"bridge"_s;
        dialog->setFieldVisible(u"address"_s, !bridged);
        dialog->setFieldVisible(u"bridge"_s, bridged);
        dialog->setFieldVisible(u"domain"_s, !bridged);
        dialog->setFieldVisible(u"address6"_s, !bridged);
        dialog->setFieldVisible(u"dhcp6"_s, !bridged && !address6->text().trimmed().isEmpty());
        dhcp->setVisible(!bridged);
        dialog->setFieldVisible(u"dhcpStart"_s, !bridged && dhcp->isChecked());
        dialog->setFieldVisible(u"dhcpEnd"_s, !bridged && dhcp->isChecked());
        dialog->changed();
    }
    [[nodiscard]] client::NewNetwork wanted() const
    {
        return {name->text(),
                mode->currentData().toString(),
                address->text(),
                dhcp->isChecked(),
                bridge->text(),
                first->text().trimmed(),
                last->text().trimmed(),
                domain->text().trimmed(),
                address6->text().trimmed(),
                ways6->currentData().toBool()};
    }
    [[nodiscard]] QString blocker() const
    {
        if (name->text().isEmpty())
            return NetworksPage::tr("A network needs a name.");
        return first->text().trimmed().isEmpty() != last->text().trimmed().isEmpty()
                   ? NetworksPage::tr("Name the first and the last address, or neither.")
                   : QString();
    }

    TaskDialog* dialog;
    QLineEdit* name;
    QComboBox* mode;
    QLineEdit* address;
    QCheckBox* dhcp;
    QLineEdit* first;
    QLineEdit* last;
    QLineEdit* domain;
    QLineEdit* address6;
    QComboBox* ways6;
    QLineEdit* bridge;
};

} // namespace

void NetworksPage::make()
{
    auto* dialog = new TaskDialog(tr("New network"), tr("Make it"), this);
    const NetworkForm form(dialog);
    const auto follow = [form] { form.follow(); };
    connect(form.mode, &QComboBox::currentIndexChanged, dialog, follow);
    connect(form.dhcp, &QCheckBox::toggled, dialog, follow);
    connect(form.address6, &QLineEdit::textChanged, dialog, follow);
    for (QLineEdit* line : {form.name, form.first, form.last})
        connect(line, &QLineEdit::textChanged, dialog, &TaskDialog::changed);
    dialog->setBlocker([form] { return form.blocker(); });
    dialog->setTask([this, dialog, form] {
        calls().createNetwork(form.wanted(), dialog,
                              dialog->answered<client::Nothing>(tr("Not made"), [this](const auto&) { ask(); }));
    });
    follow();
    dialog->ask();
}

void NetworksPage::addHost()
{
    if (!network())
        return;
    auto* dialog = new TaskDialog(tr("What %1 keeps").arg(network()->name), tr("Keep it"), this);
    auto* kind = new QComboBox(dialog);
    kind->addItem(tr("An address for a machine's card (DHCP)"), u"lease"_s);
    kind->addItem(tr("A name for an address (name server)"), u"dns"_s);
    // Whoever has an address now may keep it.
    const int row = m_leases->selectedItems().isEmpty() ? -1 : m_leases->currentRow();
    const auto given = [this, row](int column) { return row < 0 ? QString() : m_leases->item(row, column)->text(); };
    auto* mac = new QLineEdit(given(1), dialog);
    auto* address = new QLineEdit(given(0), dialog);
    auto* name = new QLineEdit(given(2), dialog);
    mac->setPlaceholderText(u"52:54:00:12:34:56"_s);
    dialog->addField(tr("What"), kind, u"host.kind"_s);
    dialog->addField(tr("MAC"), mac, u"host.mac"_s);
    dialog->addField(tr("Address"), address, u"host.address"_s);
    dialog->addField(tr("Name"), name, u"host.name"_s);
    const auto follow = [dialog, kind] {
        const bool lease = kind->currentData().toString() == u"lease"_s;
        dialog->setFieldVisible(u"host.mac"_s, lease);
        dialog->setHint(u"host.name"_s, lease ? tr("May be empty") : QString());
        dialog->changed();
    };
    connect(kind, &QComboBox::currentIndexChanged, dialog, follow);
    for (QLineEdit* line : {mac, address, name})
        connect(line, &QLineEdit::textChanged, dialog, &TaskDialog::changed);
    const auto wanted = [kind, mac, address, name] {
        const bool lease = kind->currentData().toString() == u"lease"_s;
        return client::NetworkHost{kind->currentData().toString(), lease ? mac->text().trimmed() : QString(),
                                   address->text().trimmed(), name->text().trimmed()};
    };
    dialog->setBlocker([wanted] {
        const client::NetworkHost host = wanted();
        if (host.kind == u"lease"_s && host.mac.isEmpty())
            return tr("The card's MAC address is needed.");
        if (host.address.isEmpty())
            return tr("An address is needed.");
        return host.kind == u"dns"_s && host.name.isEmpty() ? tr("A name is needed.") : QString();
    });
    dialog->setTask([this, dialog, wanted, network = network()->name] {
        calls().changeNetworkHost(network, wanted(), true, dialog,
                                  dialog->answered<client::Nothing>(tr("Not kept"), [this](const auto&) { ask(); }));
    });
    follow();
    dialog->ask();
}

void NetworksPage::removeHost()
{
    const int row = m_hosts->selectedItems().isEmpty() ? -1 : m_hosts->currentRow();
    if (!network() || row < 0 || row >= network()->hosts.size())
        return;
    calls().changeNetworkHost(
        network()->name, network()->hosts[row], false, this, [this](const client::Answer<client::Nothing>& answer) {
            if (answer)
                m_banner->dismiss();
            else
                m_banner->showMessage(Banner::Level::Error, tr("Not removed"), models::errorText(answer.error()));
            ask();
        });
}

} // namespace diptych::pages
