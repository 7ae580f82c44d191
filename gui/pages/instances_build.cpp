// InstancesPage: its parts, and where each stands.
#include "dialogs/connections_dialog.h"
#include "pages/connection_picker.h"
#include "pages/instance_actions.h"
#include "pages/instance_delegate.h"
#include "pages/instance_detail.h"
#include "pages/instances_page.h"
#include "pages/parts.h"
#include "widgets/emptystate.h"
#include "widgets/searchfield.h"

#include <QHeaderView>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace diptych::pages {

using client::Kind;
using models::Action;
using models::InstanceModel;

void InstancesPage::buildHeader()
{
    m_search->setAccessibleName(tr("Search instances"));
    m_search->setMinimumWidth(120);
    for (QWidget* part : std::initializer_list<QWidget*>{m_search, m_containers, m_machines, m_found, m_place})
        m_header->add(part);
    dressFound();
    m_header->addStretch();
    m_header->add(actionButton(m_actions->action(Action::Start), m_header));
    auto* stopMenu = new QMenu(m_header);
    stopMenu->setToolTipsVisible(true);
    for (Action which : {Action::Stop, Action::Kill, Action::Restart, Action::Pause, Action::Resume})
        stopMenu->addAction(m_actions->action(which));
    QPushButton* stop =
        menuButton(tr("Stop"), stopMenu, m_header, tr("Stop, kill, restart, pause or resume the selected instances"));
    greyWithItsMenu(stop);
    m_header->add(stop);
    auto* moreMenu = new QMenu(m_header);
    m_actions->fill(moreMenu);
    moreMenu->addSeparator();
    connect(moreMenu->addAction(tr("Libvirt connections…")), &QAction::triggered, this,
            [this] { (new dialogs::ConnectionsDialog(client(), store(), this))->open(); });
    moreMenu->addMenu(columnsMenu(m_table, moreMenu));
    QPushButton* more =
        menuButton(QStringLiteral("⋯"), moreMenu, m_header, tr("All actions for the selected instances"));
    more->setProperty("menu", false);
    more->setAccessibleName(tr("More actions"));
    more->setStyleSheet(QStringLiteral("QPushButton::menu-indicator { image: none; width: 0; }"));
    m_header->add(more);
    QPushButton* create =
        primaryButton(tr("New instance"), m_header, tr("Make a container, a virtual machine, or both (Ctrl+N)"));
    create->setObjectName(QStringLiteral("newInstance"));
    connect(create, &QPushButton::clicked, this, [this] { emit navigator().newInstance(); });
    m_header->add(create);
}

void InstancesPage::dressFound()
{
    m_found->setCheckable(true);
    m_found->setToolTip(tr("Containers of other engines, sandboxes, services with limits and other virtual machines: "
                           "to look at, not to change"));
    dressChip(m_found, widgets::Tone::Host);
    connect(m_found, &QPushButton::toggled, this, &InstancesPage::showOthers);
}

void InstancesPage::dressChip(QPushButton* made, widgets::Tone tone)
{
    const auto paint = [made, tone] {
        made->setStyleSheet(QStringLiteral("QPushButton{background:%1;color:%2;border:1px solid %1;border-radius:10px;"
                                           "padding:2px 10px;min-height:14px;font-weight:570}"
                                           "QPushButton:checked,QPushButton:focus{border:1px solid %2;}"
                                           "QPushButton:checked{background:%2;color:%3}")
                                .arg(widgets::toneTint(tone).name(), widgets::toneColor(tone).name(),
                                     widgets::colors().surface.name()));
    };
    paint();
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, made, paint);
}

QPushButton* InstancesPage::chip(Kind kind)
{
    auto* made = new QPushButton(this);
    made->setCheckable(true);
    made->setProperty("chip", kind == Kind::Container ? QStringLiteral("container") : QStringLiteral("machine"));
    made->setToolTip(kind == Kind::Container ? tr("Show containers only") : tr("Show virtual machines only"));
    dressChip(made, widgets::toneOf(kind));
    connect(made, &QPushButton::toggled, this, [this, kind](bool on) {
        QPushButton* other = kind == Kind::Container ? m_machines : m_containers;
        if (on)
            other->setChecked(false);
        if (on)
            m_filter->setKind(kind);
        else if (!other->isChecked())
            m_filter->setKind(std::nullopt);
    });
    return made;
}

void InstancesPage::buildTable()
{
    m_table->setModel(m_filter);
    m_table->setAccessibleName(tr("Instances"));
    dressTable(m_table);
    m_table->setItemDelegate(new InstanceDelegate(m_table));
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setMouseTracking(true);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(InstanceModel::NameColumn, Qt::AscendingOrder);
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight(this, 2.3));
    QHeaderView* columns = m_table->horizontalHeader();
    columns->setMinimumSectionSize(34);
    const std::initializer_list<std::pair<int, int>> widths{
        {InstanceModel::KindColumn, 40},     {InstanceModel::NameColumn, 170},      {InstanceModel::StateColumn, 130},
        {InstanceModel::CpuColumn, 170},     {InstanceModel::MemoryColumn, 160},    {InstanceModel::ImageColumn, 180},
        {InstanceModel::AddressColumn, 210}, {InstanceModel::ConnectionColumn, 150}};
    for (const auto& [column, width] : widths)
        m_table->setColumnWidth(column, width);
    m_table->installEventFilter(this);
    showConnections();
}

void InstancesPage::buildLayout()
{
    auto* surface = new QWidget(this);
    auto* inner = new QVBoxLayout(surface);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->addWidget(m_table);
    m_stack->addWidget(surface);
    m_stack->addWidget(m_empty);
    m_splitter->addWidget(m_stack);
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(0, 5);
    m_splitter->setStretchFactor(1, 4);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(3);
    m_splitter->installEventFilter(this);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] { m_dragged = true; });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    m_halves->addWidget(m_splitter);
    layout->addWidget(m_halves, 1);
}

} // namespace diptych::pages
