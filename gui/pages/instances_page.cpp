#include "pages/instances_page.h"

#include "models/formatting.h"
#include "pages/connection_picker.h"
#include "pages/instance_actions.h"
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

#include <algorithm>

namespace diptych::pages {

using client::Kind;
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
    showDetail(!ids.isEmpty());
    m_header->setSubtitle(ids.size() > 1 ? tr("%n selected", nullptr, int(ids.size())) : QString());
}

void InstancesPage::showDetail(bool on)
{
    const bool comes = on && m_detail->isHidden();
    m_detail->setVisible(on);
    if (comes)
        share();
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
        showDetail(false);
    else if (m_table->selectionModel()->hasSelection())
        showDetail(true);
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
    // Its own size comes after the page's, the first one when it is shown.
    if (watched == m_splitter && event->type() == QEvent::Resize)
        QMetaObject::invokeMethod(this, &InstancesPage::share, Qt::QueuedConnection);
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
