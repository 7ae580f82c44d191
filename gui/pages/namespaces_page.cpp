#include "pages/namespaces_page.h"

#include "client/wall_calls.h"
#include "models/formatting.h"
#include "pages/namespace_boxes.h"
#include "pages/namespace_detail.h"
#include "pages/parts.h"
#include "pages/watch.h"
#include "widgets/searchfield.h"

#include <QComboBox>
#include <QDataStream>
#include <QHeaderView>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace diptych::pages {

using models::NamespaceModel;

namespace {
constexpr int namespacesInterval = 5000;
}

NamespacesPage::NamespacesPage(const Context& context, QWidget* parent)
    : WatchedPage(context, tr("Namespaces"), tr("Search names, commands, numbers…"),
                  new Watch(context, namespacesInterval, Watch::Pace::Stretching,
                            {tr("The namespaces can't be listed"), tr("Looking at every process …")}),
                  parent),
      m_model(new NamespaceModel(this)),
      m_filter(new models::NamespaceFilter(this)),
      m_kinds(new QComboBox(this)),
      m_withoutHost(button(tr("Without the host's own"), this, tr("Only namespaces that the first process is not in"))),
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
    connect(&watch(), &Watch::wanted, this, [this] {
        client().wallCalls().namespaces(
            this, [this](const client::Answer<client::NamespaceListing>& answer) { take(answer); });
    });
}

void NamespacesPage::buildHeader()
{
    search().setAccessibleName(tr("Search namespaces"));
    search().setMinimumWidth(240);
    m_kinds->setAccessibleName(tr("Kind of namespace"));
    m_kinds->addItem(tr("All kinds"));
    for (const QString& kind : NamespaceModel::kinds())
        m_kinds->addItem(QStringLiteral("%1 · %2").arg(kind, NamespaceModel::kindName(kind)), kind);
    m_withoutHost->setCheckable(true);
    header().addStretch();
    header().add(&search());
    header().add(m_kinds);
    header().add(m_withoutHost);
    connect(&search(), &widgets::SearchField::textSettled, this, [this](const QString& text) {
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
    setContent(m_splitter, m_table, NamespaceModel::IdRole);
}

void NamespacesPage::take(const client::Answer<client::NamespaceListing>& answer)
{
    watch().answered(answer);
    if (answer) {
        m_model->merge(answer.value());
        QString words = tr("%n namespace(s)", nullptr, m_model->size());
        if (answer.value().unreadable > 0)
            words += tr(", %n process(es) could not be looked at", nullptr, answer.value().unreadable);
        header().setSubtitle(words);
        showDrawing();
        if (!selectWanted() && current().isEmpty())
            select(firstWorthwhile());
        m_detail->follow();
    }
    watch().showState(m_model->size() > 0);
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
