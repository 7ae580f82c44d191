#include "pages/wiring_panel.h"

#include "client/wall_calls.h"
#include "models/formatting.h"
#include "pages/parts.h"
#include "pages/watch.h"
#include "pages/wiring_rows.h"
#include "pages/wiring_scene.h"
#include "pages/workloads.h"
#include "widgets/cabling.h"
#include "widgets/evidencetable.h"

#include <QDataStream>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace diptych::pages {

using models::WiringModel;

namespace {

constexpr int wiringInterval = 2000;

class WiringFilter final : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setText(const QString& text)
    {
        m_words = text.split(u' ', Qt::SkipEmptyParts);
        invalidateFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override
    {
        if (m_words.isEmpty())
            return true;
        const QString all = sourceModel()->index(row, 0, parent).data(WiringModel::SearchRole).toString();
        return std::all_of(m_words.cbegin(), m_words.cend(),
                           [&all](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
    }

private:
    QStringList m_words;
};

} // namespace

WiringPanel::WiringPanel(const Context& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_model(new WiringModel(this)),
      m_filter(new WiringFilter(this)),
      m_watch(new Watch(context, wiringInterval, Watch::Pace::Stretching,
                        {tr("The wiring is not known"), tr("Looking into every network namespace …")}, this)),
      m_split(new QSplitter(Qt::Vertical, this)),
      m_lower(new QSplitter(Qt::Horizontal, this)),
      m_drawing(new widgets::Cabling(this)),
      m_table(new QTableView(this)),
      m_name(monospaceLabel({}, this)),
      m_open(button(tr("Open"), this)),
      m_rows(new widgets::EvidenceTable(this))
{
    buildTable();
    m_drawing->setAccessibleName(tr("Network wiring"));
    m_drawing->setAccessibleDescription(tr("Boxes, bridges and cables; the list below says the same in words."));
    auto* frame = new QWidget(this);
    auto* inner = new QVBoxLayout(frame);
    inner->setContentsMargins(22, 14, 22, 12);
    inner->addWidget(m_drawing);
    inner->addStretch(1);
    m_lower->addWidget(m_table);
    m_lower->addWidget(buildDetail());
    m_lower->setChildrenCollapsible(false);
    m_lower->setSizes({760, 440});
    m_split->addWidget(scrolling(frame, m_split));
    m_split->addWidget(m_lower);
    m_split->setChildrenCollapsible(false);
    m_split->setSizes({460, 340});
    m_watch->setContent(m_split);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_watch);
    connect(m_drawing, &widgets::Cabling::chosen, this, &WiringPanel::select);
    connect(m_watch, &Watch::wanted, this, [this] {
        m_context.client->wallCalls().wiring(this,
                                             [this](const client::Answer<client::Wiring>& answer) { take(answer); });
    });
}

void WiringPanel::buildTable()
{
    m_filter->setSourceModel(m_model);
    m_filter->setSortRole(WiringModel::SortRole);
    m_filter->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_table->setModel(m_filter);
    dressTable(m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAccessibleName(tr("Network interfaces"));
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(WiringModel::WhoColumn, Qt::AscendingOrder);
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight(this, 1.9));
    const std::initializer_list<std::pair<int, int>> widths{{WiringModel::NameColumn, 92},
                                                            {WiringModel::WhoColumn, 108},
                                                            {WiringModel::WhatColumn, 144},
                                                            {WiringModel::AddressColumn, 132},
                                                            {WiringModel::OtherEndColumn, 160}};
    for (const auto& [column, width] : widths)
        m_table->setColumnWidth(column, width);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &WiringPanel::showDetail);
}

QWidget* WiringPanel::buildDetail()
{
    auto* detail = new QWidget(this);
    m_rows->setAccessibleName(tr("How this interface is known"));
    m_rows->setHead(tr("Of it"));
    m_rows->setColumns({{tr("on the host"), widgets::Tone::Host}});
    m_rows->setResourceText(&wiringRowName);
    auto* head = new QHBoxLayout;
    head->setSpacing(10);
    head->addWidget(m_name, 1);
    head->addWidget(m_open);
    auto* layout = new QVBoxLayout(detail);
    layout->setContentsMargins(14, 12, 22, 12);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(m_rows, 1);
    connect(m_open, &QPushButton::clicked, this, &WiringPanel::jump);
    return detail;
}

void WiringPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void WiringPanel::refresh()
{
    m_watch->ask();
}

void WiringPanel::take(const client::Answer<client::Wiring>& answer)
{
    m_watch->answered(answer);
    if (answer) {
        m_model->merge(answer.value());
        showDrawing();
        if (current().isEmpty())
            m_table->selectRow(0);
        else
            showDetail();
    }
    m_watch->showState(m_model->rowCount() > 0);
}

void WiringPanel::setFilter(const QString& text)
{
    static_cast<WiringFilter*>(m_filter)->setText(text);
    showDrawing();
}

void WiringPanel::showDrawing()
{
    QSet<QString> shown;
    for (int row = 0; row < m_filter->rowCount(); ++row)
        shown.insert(m_filter->index(row, 0).data(WiringModel::KeyRole).toString());
    m_drawing->setScene(wiringScene(*m_model, shown));
}

QString WiringPanel::current() const
{
    return m_table->currentIndex().siblingAtColumn(0).data(WiringModel::KeyRole).toString();
}

void WiringPanel::showDetail()
{
    const client::NetworkInterface* one = m_model->find(current());
    if (!one)
        return;
    // What was chosen in the drawing may stand for it: the card inside a machine for its tap.
    if (!m_drawing->current().endsWith(one->key()))
        m_drawing->setCurrent(one->key());
    m_name->setText(QStringLiteral("%1 · %2").arg(one->name, m_model->whoOf(*one)));
    m_rows->setReports({wiringRows(*m_model, *one)});
    const int owner = m_model->ownerOf(*one);
    m_open->setEnabled(owner > 0);
    m_open->setText(owner > 0 ? tr("Open %1").arg(m_model->wiring().owners.at(owner).name) : tr("Open"));
    m_open->setToolTip(owner > 0 ? tr("Show it among the instances") : tr("This interface is the machine's own."));
}

void WiringPanel::select(const QString& key)
{
    // "inside …" and "stands …" are ends of the interface named after them.
    const QModelIndex index = m_filter->mapFromSource(m_model->indexOf(key.section(u' ', -1)));
    if (!index.isValid())
        return;
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
}

void WiringPanel::jump()
{
    const client::NetworkInterface* one = m_model->find(current());
    const int owner = one ? m_model->ownerOf(*one) : 0;
    if (owner > 0)
        openOwner(m_context, this, m_model->wiring().owners.at(owner).id);
}

QByteArray WiringPanel::saveState() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << m_split->saveState() << m_lower->saveState() << m_table->horizontalHeader()->saveState();
    return state;
}

void WiringPanel::restoreState(const QByteArray& state)
{
    QDataStream stream(state);
    QByteArray split, lower, header;
    stream >> split >> lower >> header;
    if (stream.status() != QDataStream::Ok)
        return;
    m_split->restoreState(split);
    m_lower->restoreState(lower);
    m_table->horizontalHeader()->restoreState(header);
}

} // namespace diptych::pages
