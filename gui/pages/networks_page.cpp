#include "pages/networks_page.h"

#include "client/machine_calls.h"
#include "models/formatting.h"
#include "models/statements.h"
#include "pages/parts.h"
#include "pages/wiring_panel.h"
#include "widgets/banner.h"
#include "widgets/emptystate.h"
#include "widgets/searchfield.h"

#include <QDataStream>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableWidget>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using widgets::Banner;
using widgets::EmptyState;

namespace {

void fillRow(QTableWidget* table, int row, const QStringList& cells)
{
    for (int column = 0; column < cells.size(); ++column) {
        auto* item = new QTableWidgetItem(cells[column]);
        item->setToolTip(cells[column]);
        table->setItem(row, column, item);
    }
}

QTableWidget* makeTable(const QStringList& titles, const QString& name, QWidget* parent)
{
    auto* table = new QTableWidget(0, int(titles.size()), parent);
    dressTable(table);
    table->setHorizontalHeaderLabels(titles);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setAccessibleName(name);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setMinimumSectionSize(88);
    table->horizontalHeader()->setStretchLastSection(true);
    return table;
}

} // namespace

NetworksPage::NetworksPage(const Context& context, QWidget* parent)
    : Page(context, parent),
      m_header(new Header(tr("Networks"), this)),
      m_place(new ConnectionPicker(*context.store, ConnectionPicker::For::Place, u"networks"_s, this)),
      m_tabs(new QTabBar(this)),
      m_search(new widgets::SearchField(tr("Search interfaces, names, addresses…"), this)),
      m_views(new QStackedWidget(this)),
      m_banner(new Banner(this)),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(m_stack))
{
    build();
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &NetworksPage::askLeases);
    connect(m_empty, &EmptyState::triggered, this, &NetworksPage::make);
    connect(&store(), &models::InstanceStore::liveChanged, this, [this] {
        if (isVisible())
            ask();
    });
    connect(&client(), &client::Client::placesChanged, this, [this](const QStringList& connections) {
        if (isVisible() && connections.contains(m_place->place()))
            ask();
    });
    connect(m_place, &ConnectionPicker::chosen, this, [this] {
        m_banner->dismiss();
        ask();
    });
    follow();
    showTab(0);
}

void NetworksPage::build()
{
    auto* menu = new QMenu(this);
    const auto add = [menu](const QString& text, auto slot) {
        QAction* action = menu->addAction(text);
        QObject::connect(action, &QAction::triggered, menu, slot);
        return action;
    };
    QAction* start = add(tr("Start"), [this] { change(u"start"_s); });
    QAction* stop = add(tr("Stop"), [this] { change(u"stop"_s); });
    QAction* autostart = add(tr("Start with the host"),
                             [this] { change(network() && network()->autostart ? u"noAutostart"_s : u"autostart"_s); });
    autostart->setCheckable(true);
    add(tr("XML…"), [this] { openXml(); })->setObjectName(u"networkXml"_s);
    menu->addSeparator();
    add(tr("Remove…"), [this] { remove(); });
    connect(menu, &QMenu::aboutToShow, this, [this, start, stop, autostart] {
        const client::VirtualNetwork* one = network();
        start->setEnabled(one && !one->active);
        stop->setEnabled(one && one->active);
        autostart->setChecked(one && one->autostart);
    });
    m_menu = menuButton(tr("Network"), menu, this, tr("What can be done with the chosen network"));
    m_create = primaryButton(tr("New network…"), m_header);
    m_create->setObjectName(u"newNetwork"_s);
    connect(m_create, &QPushButton::clicked, this, &NetworksPage::make);
    m_header->setSubtitle(tr("Where containers and virtual machines meet"));
    m_header->add(m_place);
    m_header->addStretch();
    m_header->add(m_search);
    m_header->add(m_menu);
    m_header->add(m_create);
    buildTabs();
    auto* content = new QWidget(m_stack);
    m_table = makeTable({tr("Network"), tr("State"), tr("Kind"), tr("Host's address"), tr("Addresses given"),
                         tr("Bridge"), tr("Machines on it")},
                        tr("Networks"), content);
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(22, 12, 22, 14);
    inner->addWidget(m_table, 2);
    inner->addLayout(buildHosts(content), 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(content);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* tabLine = new QHBoxLayout;
    tabLine->setContentsMargins(22, 6, 22, 0);
    tabLine->addWidget(m_tabs, 1);
    m_views->addWidget(m_stack);
    layout->addWidget(m_header);
    layout->addLayout(tabLine);
    layout->addWidget(m_banner);
    layout->addWidget(m_views, 1);
    m_empty->setContent(EmptyState::Look::Loading, tr("Asking libvirt …"));
}

/// Who has an address now, and beside it what is kept for whom.
QLayout* NetworksPage::buildHosts(QWidget* content)
{
    m_leasesNote = heading(tr("Addresses given"), content);
    m_leases = makeTable({tr("Address"), tr("MAC"), tr("Name"), tr("Until")}, tr("Addresses given"), content);
    m_hosts = makeTable({tr("Kept"), tr("Name"), tr("For")}, tr("Addresses and names kept"), content);
    m_keep = button(tr("Keep…"), content);
    m_keep->setObjectName(u"keepHost"_s);
    m_let = button(tr("Remove"), content);
    m_let->setObjectName(u"removeHost"_s);
    connect(m_keep, &QPushButton::clicked, this, &NetworksPage::addHost);
    connect(m_let, &QPushButton::clicked, this, &NetworksPage::removeHost);
    connect(m_hosts, &QTableWidget::itemSelectionChanged, this, &NetworksPage::follow);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(14);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(heading(tr("Addresses and names kept"), content), 1);
    line->addWidget(m_let);
    line->addWidget(m_keep);
    grid->addWidget(m_leasesNote, 0, 0);
    grid->addLayout(line, 0, 1);
    grid->addWidget(m_leases, 1, 0);
    grid->addWidget(m_hosts, 1, 1);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(1, 1);
    return grid;
}

void NetworksPage::fillHosts()
{
    m_hosts->clearSelection();
    const QList<client::NetworkHost> hosts = network() ? network()->hosts : QList<client::NetworkHost>();
    m_hosts->setRowCount(int(hosts.size()));
    for (int row = 0; row < hosts.size(); ++row)
        fillRow(m_hosts, row,
                {hosts[row].address, hosts[row].name,
                 hosts[row].kind == u"dns"_s ? tr("whoever asks for the name") : hosts[row].mac});
}

void NetworksPage::buildTabs()
{
    m_tabs->addTab(tr("Networks of libvirt"));
    m_tabs->addTab(tr("Wiring of this machine"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("What of the networks"));
    m_search->setAccessibleName(tr("Search the wiring"));
    m_search->setMinimumWidth(260);
    connect(m_tabs, &QTabBar::currentChanged, this, &NetworksPage::showTab);
}

void NetworksPage::addWiring()
{
    m_wiring = new WiringPanel(context(), m_views);
    m_views->addWidget(m_wiring);
    m_wiring->setFilter(m_search->text());
    m_wiring->restoreState(m_wiringState);
    connect(m_search, &widgets::SearchField::textSettled, m_wiring, &WiringPanel::setFilter);
}

void NetworksPage::showTab(int index)
{
    const bool wiring = index == 1;
    if (wiring && !m_wiring)
        addWiring();
    m_views->setCurrentIndex(wiring ? 1 : 0);
    m_search->setVisible(wiring);
    m_menu->setVisible(!wiring);
    m_create->setVisible(!wiring);
    m_place->setEnabled(!wiring); // the wiring is this machine's
}

void NetworksPage::refresh()
{
    ask();
    if (m_wiring && m_wiring->isVisible())
        m_wiring->refresh();
}

void NetworksPage::focusSearch()
{
    m_tabs->setCurrentIndex(1);
    m_search->setFocus(Qt::ShortcutFocusReason);
}

void NetworksPage::shown()
{
    ask();
}

void NetworksPage::open(const QStringList&, const QString& tab)
{
    m_tabs->setCurrentIndex(tab == u"wiring"_s ? 1 : 0);
}

QByteArray NetworksPage::saveState() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << m_tabs->currentIndex() << (m_wiring ? m_wiring->saveState() : m_wiringState);
    return state;
}

void NetworksPage::restoreState(const QByteArray& state)
{
    QDataStream stream(state);
    int tab = 0;
    stream >> tab >> m_wiringState;
    if (stream.status() != QDataStream::Ok)
        return;
    m_tabs->setCurrentIndex(std::clamp(tab, 0, 1));
    if (m_wiring)
        m_wiring->restoreState(m_wiringState);
}

void NetworksPage::ask()
{
    if (!store().isLive() && !m_known) {
        m_empty->setContent(EmptyState::Look::Disconnected, tr("Not connected"), client().problem());
        return;
    }
    calls().networks(this, [this, of = m_place->place()](const client::Answer<QList<client::VirtualNetwork>>& answer) {
        if (of != m_place->place())
            return;
        if (!answer) {
            m_empty->setContent(EmptyState::Look::Error, tr("The networks are not known"),
                                models::errorText(answer.error()));
            m_stack->setCurrentWidget(m_empty);
            return;
        }
        m_known = true;
        m_networks = answer.value();
        fill();
    });
}

void NetworksPage::fill()
{
    if (m_networks.isEmpty()) {
        m_empty->setContent(EmptyState::Look::Empty, tr("No networks"), tr("libvirt has none yet."), tr("New network…"),
                            u"networks"_s);
        m_stack->setCurrentWidget(m_empty);
        return;
    }
    const QString before = network() ? network()->name : QString();
    m_table->clearSelection();
    m_table->setRowCount(int(m_networks.size()));
    for (int row = 0; row < m_networks.size(); ++row) {
        const client::VirtualNetwork& one = m_networks[row];
        fillRow(
            m_table, row,
            {one.name,
             (one.active ? tr("active") : tr("stopped")) + (one.autostart ? tr(", starts with the host") : QString()),
             modeText(one.mode),
             one.address6.isEmpty() ? one.address : QStringList{one.address, one.address6}.join(u", "_s), dhcpText(one),
             one.bridge, one.users.join(u", "_s)});
        if (one.name == before)
            m_table->selectRow(row);
    }
    if (!network())
        m_table->selectRow(0);
    m_stack->setCurrentIndex(1);
    follow();
}

const client::VirtualNetwork* NetworksPage::network() const
{
    const int row = m_table->selectedItems().isEmpty() ? -1 : m_table->currentRow();
    return row >= 0 && row < m_networks.size() ? &m_networks[row] : nullptr;
}

void NetworksPage::askLeases()
{
    fillHosts();
    follow();
    m_leases->setRowCount(0);
    if (!network())
        return;
    calls().leases(
        network()->name, this, [this, asked = network()->name](const client::Answer<QList<client::Lease>>& answer) {
            if (!answer || !network() || network()->name != asked)
                return;
            m_leases->setRowCount(int(answer.value().size()));
            for (int row = 0; row < answer.value().size(); ++row) {
                const client::Lease& one = answer.value()[row];
                fillRow(m_leases, row, {one.address, one.mac, one.hostname, models::dateTime(one.expiresAt)});
            }
            m_leasesNote->setText(answer.value().isEmpty() ? tr("No addresses given") : tr("Addresses given"));
        });
}

void NetworksPage::follow()
{
    m_menu->setEnabled(network());
    const bool serves = network() && network()->mode != u"bridge"_s && !network()->address.isEmpty();
    m_keep->setEnabled(serves);
    m_keep->setToolTip(serves      ? tr("An address for a machine's card, or a name for an address")
                       : network() ? tr("libvirt gives no addresses and no names in this network")
                                   : tr("Choose a network first"));
    m_let->setEnabled(!m_hosts->selectedItems().isEmpty());
    m_let->setToolTip(m_let->isEnabled() ? QString() : tr("Choose what is kept first"));
    m_menu->setToolTip(network() ? tr("What can be done with the chosen network") : tr("Choose a network first"));
}

} // namespace diptych::pages
