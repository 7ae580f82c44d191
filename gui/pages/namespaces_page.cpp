#include "pages/namespaces_page.h"

#include "client/wall_calls.h"
#include "models/formatting.h"
#include "models/statements.h"
#include "pages/namespace_boxes.h"
#include "pages/namespace_detail.h"
#include "pages/parts.h"
#include "widgets/emptystate.h"
#include "widgets/searchfield.h"

#include <QComboBox>
#include <QDataStream>
#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace diptych::pages {

using models::NamespaceModel;
using widgets::EmptyState;

namespace {
constexpr int namespacesInterval = 5000;
}

NamespacesPage::NamespacesPage(const Context& context, QWidget* parent)
    : Page(context, parent),
      m_model(new NamespaceModel(this)),
      m_filter(new models::NamespaceFilter(this)),
      m_header(new Header(tr("Namespaces"), this)),
      m_search(new widgets::SearchField(tr("Search names, commands, numbers…"), this)),
      m_kinds(new QComboBox(this)),
      m_withoutHost(button(tr("Without the host's own"), this, tr("Only namespaces that the first process is not in"))),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(this)),
      m_splitter(new QSplitter(Qt::Vertical, this)),
      m_lower(new QSplitter(Qt::Horizontal, this)),
      m_drawing(new widgets::NestedBoxes(this)),
      m_table(new QTableView(this)),
      m_detail(new NamespaceDetail(context, *m_model, this))
{
    m_filter->setSourceModel(m_model);
    buildHeader();
    buildTable();
    buildLayout();
    m_timer.setInterval(namespacesInterval);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (isVisible() && store().isLive())
            refresh();
    });
    m_timer.start();
    connect(context.store, &models::InstanceStore::liveChanged, this, [this](bool live) {
        m_asking = false;
        if (live && isVisible())
            refresh();
        showState();
    });
    showState();
}

void NamespacesPage::buildHeader()
{
    m_search->setAccessibleName(tr("Search namespaces"));
    m_search->setMinimumWidth(240);
    m_kinds->setAccessibleName(tr("Kind of namespace"));
    m_kinds->addItem(tr("All kinds"));
    for (const QString& kind : NamespaceModel::kinds())
        m_kinds->addItem(QStringLiteral("%1 · %2").arg(kind, NamespaceModel::kindName(kind)), kind);
    m_withoutHost->setCheckable(true);
    m_header->addStretch();
    m_header->add(m_search);
    m_header->add(m_kinds);
    m_header->add(m_withoutHost);
    connect(m_search, &widgets::SearchField::textSettled, this, [this](const QString& text) {
        m_filter->setText(text);
        showDrawing();
    });
    connect(m_kinds, &QComboBox::currentIndexChanged, this, [this] {
        m_filter->setKind(m_kinds->currentData().toString());
        showDrawing();
    });
    connect(m_withoutHost, &QPushButton::toggled, this, [this](bool on) {
        m_filter->setWithoutHost(on);
        showDrawing();
    });
}

void NamespacesPage::buildTable()
{
    m_table->setModel(m_filter);
    dressTable(m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAccessibleName(tr("Namespaces"));
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(NamespaceModel::KindColumn, Qt::AscendingOrder);
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight(this, 1.9));
    const std::initializer_list<std::pair<int, int>> widths{
        {NamespaceModel::KindColumn, 130}, {NamespaceModel::NumberColumn, 100},
        {NamespaceModel::WhoColumn, 170},  {NamespaceModel::ProcessesColumn, 116},
        {NamespaceModel::HeldColumn, 150}, {NamespaceModel::OwnerColumn, 150}};
    for (const auto& [column, width] : widths)
        m_table->setColumnWidth(column, width);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        m_detail->setNamespace(current());
        m_drawing->setCurrent(current());
    });
    connect(m_drawing, &widgets::NestedBoxes::chosen, this, &NamespacesPage::select);
}

void NamespacesPage::buildLayout()
{
    m_drawing->setAccessibleName(tr("Who owns which namespaces"));
    m_drawing->setAccessibleDescription(tr("Boxes in boxes; the list below says the same in words."));
    auto* frame = new QWidget(this);
    auto* inner = new QVBoxLayout(frame);
    inner->setContentsMargins(22, 14, 22, 12);
    inner->addWidget(m_drawing);
    inner->addStretch(1);
    m_lower->addWidget(m_table);
    m_lower->addWidget(m_detail);
    m_lower->setStretchFactor(0, 5);
    m_lower->setStretchFactor(1, 3);
    m_lower->setSizes({780, 430});
    m_lower->setChildrenCollapsible(false);
    m_splitter->addWidget(scrolling(frame, m_splitter));
    m_splitter->addWidget(m_lower);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 5);
    m_splitter->setStretchFactor(1, 5);
    m_splitter->setSizes({420, 420});
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_stack, 1);
    connect(m_empty, &EmptyState::triggered, this, &NamespacesPage::refresh);
}

void NamespacesPage::refresh()
{
    if (m_asking || !store().isLive())
        return;
    m_asking = true;
    m_asked.start();
    client().wallCalls().namespaces(this,
                                    [this](const client::Answer<client::NamespaceListing>& answer) { take(answer); });
}

void NamespacesPage::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
}

void NamespacesPage::shown()
{
    refresh();
}

void NamespacesPage::open(const QStringList& ids, const QString&)
{
    m_wanted = ids.value(0);
    select(m_wanted);
}

void NamespacesPage::take(const client::Answer<client::NamespaceListing>& answer)
{
    m_asking = false;
    m_timer.setInterval(nextLook(m_asked, namespacesInterval));
    m_problem = answer ? QString() : models::errorText(answer.error());
    if (answer) {
        m_model->merge(answer.value());
        QString words = tr("%n namespace(s)", nullptr, m_model->size());
        if (answer.value().unreadable > 0)
            words += tr(", %n process(es) could not be looked at", nullptr, answer.value().unreadable);
        m_header->setSubtitle(words);
        showDrawing();
        if (!m_wanted.isEmpty())
            select(m_wanted);
        else if (current().isEmpty())
            select(firstWorthwhile());
        m_detail->follow();
    }
    showState();
}

void NamespacesPage::showState()
{
    const bool there = m_model->size() > 0;
    m_stack->setCurrentIndex(there ? 0 : 1);
    if (there)
        return;
    if (!store().isLive())
        m_empty->setContent(EmptyState::Look::Disconnected, tr("Not connected"), client().problem());
    else if (!m_problem.isEmpty())
        m_empty->setContent(EmptyState::Look::Error, tr("The namespaces can't be listed"), m_problem, tr("Try again"));
    else
        m_empty->setContent(EmptyState::Look::Loading, tr("Looking at every process …"));
}

void NamespacesPage::showDrawing()
{
    QSet<QString> shown;
    for (int row = 0; row < m_filter->rowCount(); ++row)
        shown.insert(m_filter->index(row, 0).data(NamespaceModel::IdRole).toString());
    m_drawing->setBoxes(namespaceBoxes(*m_model, shown));
    m_drawing->setCurrent(current());
}

QString NamespacesPage::firstWorthwhile() const
{
    for (const client::Namespace& one : m_model->listing().namespaces)
        if (!one.host && one.processes > 0)
            return one.id;
    return m_model->listing().namespaces.isEmpty() ? QString() : m_model->listing().namespaces.first().id;
}

QString NamespacesPage::current() const
{
    return m_table->currentIndex().siblingAtColumn(0).data(NamespaceModel::IdRole).toString();
}

void NamespacesPage::select(const QString& id)
{
    const QModelIndex index = m_filter->mapFromSource(m_model->indexOf(id));
    if (!index.isValid())
        return;
    m_wanted.clear();
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
}

QByteArray NamespacesPage::saveState() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << m_splitter->saveState() << m_lower->saveState() << m_table->horizontalHeader()->saveState()
           << m_withoutHost->isChecked();
    return state;
}

void NamespacesPage::restoreState(const QByteArray& state)
{
    QDataStream stream(state);
    QByteArray splitter, lower, header;
    bool without = false;
    stream >> splitter >> lower >> header >> without;
    if (stream.status() != QDataStream::Ok)
        return;
    m_splitter->restoreState(splitter);
    m_lower->restoreState(lower);
    m_table->horizontalHeader()->restoreState(header);
    m_withoutHost->setChecked(without);
}

} // namespace diptych::pages
