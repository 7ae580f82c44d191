#include "pages/instances_page.h"

#include "dialogs/connections_dialog.h"
#include "models/formatting.h"
#include "pages/connection_picker.h"
#include "pages/instance_actions.h"
#include "pages/instance_delegate.h"
#include "pages/instance_detail.h"
#include "pages/others_panel.h"
#include "pages/parts.h"
#include "widgets/emptystate.h"
#include "widgets/searchfield.h"

#include <QDataStream>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace diptych::pages {

using client::Kind;
using models::Action;
using models::InstanceModel;
using widgets::EmptyState;

InstancesPage::InstancesPage(const Context& context, QWidget* parent)
    : Page(context, parent),
      m_filter(new models::InstanceFilter(*context.instances, this)),
      m_actions(new InstanceActions(context, this)),
      m_header(new Header(tr("Instances"), this)),
      m_search(new widgets::SearchField(tr("Search name, image, address…"), this)),
      m_containers(chip(Kind::Container)),
      m_machines(chip(Kind::Machine)),
      m_found(new QPushButton(tr("found on this machine"), this)),
      m_place(new ConnectionPicker(*context.store, ConnectionPicker::For::Filter, {}, this)),
      m_stack(new QStackedWidget(this)),
      m_table(new QTableView(this)),
      m_empty(new EmptyState(this)),
      m_splitter(new QSplitter(Qt::Vertical, this)),
      m_detail(new InstanceDetail(context, *m_actions, this)),
      m_halves(new QStackedWidget(this))
{
    buildHeader();
    buildTable();
    buildLayout();
    listen();
    showCounts();
    showState();
    pickFirst();
}

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
    m_header->add(
        menuButton(tr("Stop"), stopMenu, m_header, tr("Stop, kill, restart, pause or resume the selected instances")));
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

void InstancesPage::showOthers(bool on)
{
    if (on && !m_others) {
        m_others = new OthersPanel(context(), m_halves);
        m_halves->addWidget(m_others);
        m_others->setFilter(m_search->text());
        connect(m_search, &widgets::SearchField::textSettled, m_others, &OthersPanel::setFilter);
    }
    m_found->setChecked(on);
    m_containers->setEnabled(!on);
    m_machines->setEnabled(!on);
    m_place->setEnabled(!on);
    m_halves->setCurrentIndex(on ? 1 : 0);
    m_actions->setIds(on ? QStringList() : m_filter->idsOf(m_table->selectionModel()->selectedRows()));
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

/// Its column is worth its place only where there is more than one.
void InstancesPage::showConnections()
{
    const bool many = !store().connections().isEmpty();
    if (many == m_many)
        return;
    m_many = many;
    m_table->setColumnHidden(InstanceModel::ConnectionColumn, !many);
    // Beside the state, where it is seen without scrolling, unless somebody has moved it.
    QHeaderView* columns = m_table->horizontalHeader();
    if (many && columns->visualIndex(InstanceModel::ConnectionColumn) == InstanceModel::ConnectionColumn)
        columns->moveSection(InstanceModel::ConnectionColumn, InstanceModel::CpuColumn);
    showCounts();
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
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] { m_dragged = true; });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    m_halves->addWidget(m_splitter);
    layout->addWidget(m_halves, 1);
}

void InstancesPage::listen()
{
    connect(m_search, &widgets::SearchField::textSettled, m_filter, &models::InstanceFilter::setText);
    connect(m_place, &ConnectionPicker::chosen, m_filter, [this] { m_filter->setConnection(m_place->connection()); });
    connect(&store(), &models::InstanceStore::connectionsChanged, this, &InstancesPage::showConnections);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { m_table->setFocus(); });
    connect(m_filter, &models::InstanceFilter::filterChanged, this, &InstancesPage::showState);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &InstancesPage::selectionChanged);
    connect(m_table, &QTableView::customContextMenuRequested, this, &InstancesPage::showMenu);
    connect(m_table, &QTableView::doubleClicked, this, [this] { m_detail->focusTab(); });
    connect(m_empty, &EmptyState::triggered, this, [this] {
        if (store().size() == 0) {
            emit navigator().newInstance();
            return;
        }
        m_search->clear();
        m_filter->setText({});
        m_containers->setChecked(false);
        m_machines->setChecked(false);
        m_place->setCurrentIndex(0);
    });
    const auto counted = [this] {
        showCounts();
        showState();
        share();
    };
    connect(&store(), &models::InstanceStore::added, this, [this, counted] {
        counted();
        if (!m_wanted.isEmpty())
            select(QStringList(m_wanted)); // a copy: it empties the list
        pickFirst();
    });
    connect(&store(), &models::InstanceStore::removed, this, counted);
    connect(&store(), &models::InstanceStore::loadedChanged, this, counted);
    connect(&store(), &models::InstanceStore::liveChanged, this, &InstancesPage::showState);
}

QString InstancesPage::title() const
{
    return tr("Instances");
}

void InstancesPage::refresh()
{
    if (m_found->isChecked()) {
        m_others->refresh();
        return;
    }
    m_detail->refresh();
}

void InstancesPage::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void InstancesPage::shown()
{
    pickFirst();
    m_table->setFocus(Qt::OtherFocusReason);
    m_focusTable = !m_table->isVisible();
}

void InstancesPage::open(const QStringList& ids, const QString& tab)
{
    m_wantedTab = tab;
    select(ids);
}

void InstancesPage::select(const QStringList& ids)
{
    if (ids.isEmpty())
        return;
    if (store().isOther(ids.first())) {
        showOthers(true);
        m_others->choose(ids.first());
        return;
    }
    if (m_found->isChecked() && store().contains(ids.first()))
        showOthers(false);
    // What is asked for must be seen: a filter that hides it goes.
    if (store().contains(ids.first()) && !m_filter->indexOf(ids.first()).isValid()) {
        m_search->clear();
        m_filter->setText({});
        m_containers->setChecked(false);
        m_machines->setChecked(false);
        m_place->setCurrentIndex(0);
    }
    QItemSelection selection;
    for (const QString& id : ids) {
        const QModelIndex index = m_filter->indexOf(id);
        if (index.isValid())
            selection.select(index, index);
    }
    m_wanted = selection.isEmpty() ? ids : QStringList{};
    if (selection.isEmpty())
        return;
    const QModelIndex first = m_filter->indexOf(ids.first());
    m_table->selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
    m_table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_table->scrollTo(first);
    if (!m_wantedTab.isEmpty()) {
        m_detail->openTab(std::exchange(m_wantedTab, {}));
        m_detail->focusTab();
    }
}

void InstancesPage::pickFirst()
{
    if (!m_wanted.isEmpty() || m_filter->rowCount() == 0 || m_table->selectionModel()->hasSelection())
        return;
    m_table->selectRow(0);
}

void InstancesPage::selectionChanged()
{
    const QStringList ids = m_filter->idsOf(m_table->selectionModel()->selectedRows());
    m_actions->setIds(ids);
    const QModelIndex current = m_table->currentIndex();
    const QString shown = ids.contains(m_filter->idAt(current)) ? m_filter->idAt(current) : ids.value(0);
    m_detail->setId(ids.size() > 1 && ids.contains(m_detail->id()) ? m_detail->id() : shown);
    m_detail->setVisible(!ids.isEmpty());
    m_header->setSubtitle(ids.size() > 1 ? tr("%n selected", nullptr, int(ids.size())) : QString());
}

void InstancesPage::showCounts()
{
    m_containers->setText(tr("containers %1").arg(store().count(Kind::Container)));
    const bool narrow = width() < rowHeight(this, m_place->isHidden() ? 58 : 80);
    m_found->setText(narrow ? tr("others found") : tr("found on this machine"));
    m_machines->setText((narrow ? tr("VMs %1") : tr("virtual machines %1")).arg(store().count(Kind::Machine)));
}

void InstancesPage::showState()
{
    const bool empty = m_filter->rowCount() == 0;
    m_stack->setCurrentIndex(empty ? 1 : 0);
    if (empty)
        m_detail->hide();
    else if (m_table->selectionModel()->hasSelection())
        m_detail->show();
    // Nobody has chosen a place for the keyboard while there was nothing to see: the rows that came now are it.
    if (!empty && std::exchange(m_focusTable, false) && isVisible() && !m_search->hasFocus())
        m_table->setFocus(Qt::OtherFocusReason);
    if (!empty)
        return;
    if (store().size() > 0)
        m_empty->setContent(EmptyState::Look::Empty, tr("Nothing matches"),
                            tr("No instance has these words and this kind."), tr("Show all"), QStringLiteral("search"));
    else if (!store().isLive())
        m_empty->setContent(EmptyState::Look::Disconnected, tr("Not connected"), client().problem());
    else if (!store().isLoaded())
        m_empty->setContent(EmptyState::Look::Loading, tr("Looking for instances …"));
    else
        m_empty->setContent(EmptyState::Look::Empty, tr("No instances yet"),
                            tr("Make one image run twice: as a container and as a virtual machine."),
                            tr("New instance"), QStringLiteral("twins"));
}

void InstancesPage::showMenu(const QPoint& position)
{
    if (m_actions->ids().isEmpty())
        return;
    auto* menu = new QMenu(m_table);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_actions->fill(menu);
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void InstancesPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    showCounts();
    share();
}

/// Of all its rows, whatever the search leaves: what is read must not jump while somebody types.
int InstancesPage::listHeight() const
{
    const QHeaderView* rows = m_table->verticalHeader();
    return m_table->horizontalHeader()->sizeHint().height() + int(store().size()) * rows->defaultSectionSize() +
           m_table->horizontalScrollBar()->sizeHint().height() + 2 * m_table->frameWidth();
}

void InstancesPage::share()
{
    const int all = m_splitter->height() - m_splitter->handleWidth();
    if (m_dragged || all <= 0)
        return;
    const int list = std::min(std::max(listHeight(), m_stack->minimumSizeHint().height()), all * 5 / 9);
    m_splitter->setSizes({list, all - list});
}

bool InstancesPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            m_detail->focusTab();
            return true;
        }
        if (key == Qt::Key_Menu) {
            showMenu(m_table->visualRect(m_table->currentIndex()).bottomLeft());
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

QByteArray InstancesPage::saveState() const
{
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << 3 << m_table->horizontalHeader()->saveState() << (m_dragged ? m_splitter->saveState() : QByteArray())
        << m_detail->tab() << m_detail->id();
    return state;
}

void InstancesPage::restoreState(const QByteArray& state)
{
    QDataStream in(state);
    int version = 0;
    QByteArray columns;
    QByteArray splitter;
    QString tab;
    QString id;
    in >> version >> columns >> splitter >> tab >> id;
    if ((version != 2 && version != 3) || in.status() != QDataStream::Ok)
        return;
    m_table->horizontalHeader()->restoreState(columns);
    m_many.reset();
    showConnections();
    m_dragged = version == 3 && m_splitter->restoreState(splitter); // 2 did not know who had moved it
    if (m_wantedTab.isEmpty() && m_wanted.isEmpty()) {
        m_detail->openTab(tab);
        select({id});
        m_wanted.clear();
    }
}

} // namespace diptych::pages
