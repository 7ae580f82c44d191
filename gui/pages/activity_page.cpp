#include "pages/activity_page.h"

#include "models/formatting.h"
#include "models/statements.h"
#include "pages/parts.h"
#include "widgets/card.h"
#include "widgets/emptystate.h"
#include "widgets/kind.h"
#include "widgets/searchfield.h"

#include <QComboBox>
#include <QHeaderView>
#include <QPainter>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace diptych::pages {

using models::ActivityModel;
using widgets::EmptyState;
using widgets::Tone;

namespace {

Tone toneOfOutcome(const QString& outcome)
{
    if (outcome == QLatin1String("ok"))
        return Tone::Good;
    return outcome == QLatin1String("cancelled") ? Tone::Muted : Tone::Bad;
}

/// The instance as a pill in its kind's colour, the outcome in its own.
class Delegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyleOptionViewItem item(option);
        if (index.column() == ActivityModel::OutcomeColumn)
            item.palette.setColor(QPalette::Text,
                                  widgets::toneColor(toneOfOutcome(index.data(ActivityModel::OutcomeRole).toString())));
        QStyledItemDelegate::paint(painter, item, index);
        const QString name = index.column() == ActivityModel::InstanceColumn ? index.data().toString() : QString();
        if (name.isEmpty())
            return;
        const int kind = index.data(ActivityModel::KindRole).toInt();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        widgets::paintPill(*painter, QRectF(option.rect).adjusted(6, 0, -6, -1), name,
                           kind < 0 ? Tone::Host : widgets::toneOf(static_cast<client::Kind>(kind)));
        painter->restore();
    }
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        const QColor text = option->palette.color(QPalette::Text);
        QStyledItemDelegate::initStyleOption(option, index);
        if (index.column() == ActivityModel::InstanceColumn)
            option->text.clear();
        if (index.column() == ActivityModel::OutcomeColumn)
            option->palette.setColor(QPalette::Text, text);
    }
};

} // namespace

void ActivityFilter::setText(const QString& text)
{
    m_text = text;
    invalidateFilter();
}

void ActivityFilter::setOutcome(const QString& outcome)
{
    m_outcome = outcome;
    invalidateFilter();
}

bool ActivityFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex first = sourceModel()->index(row, 0, parent);
    const QString outcome = first.data(ActivityModel::OutcomeRole).toString();
    if (m_outcome == QLatin1String("trouble") ? outcome == QLatin1String("ok")
                                              : !m_outcome.isEmpty() && outcome != m_outcome)
        return false;
    if (m_text.isEmpty())
        return true;
    for (int column = 0; column < ActivityModel::ColumnCount; ++column)
        if (sourceModel()->index(row, column, parent).data().toString().contains(m_text, Qt::CaseInsensitive))
            return true;
    return first.data(ActivityModel::MessageRole).toString().contains(m_text, Qt::CaseInsensitive);
}

ActivityPage::ActivityPage(const Context& context, QWidget* parent)
    : Page(context, parent),
      m_filter(new ActivityFilter(this)),
      m_search(new widgets::SearchField(tr("Search instance, action, user…"), this)),
      m_outcome(new QComboBox(this)),
      m_stack(new QStackedWidget(this)),
      m_table(new QTableView(this)),
      m_empty(new EmptyState(this)),
      m_details(new widgets::Card({}, this)),
      m_message(new QLabel(this)),
      m_open(linkButton(tr("Open instance"), this, tr("Show it among the instances")))
{
    m_filter->setSourceModel(context.activity);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    buildHeader();
    buildTable();
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    layout->addWidget(m_stack, 1);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_details->addHeaderWidget(m_open);
    m_details->body()->addWidget(m_message);
    m_below = new QWidget(this);
    auto* below = new QVBoxLayout(m_below);
    below->setContentsMargins(22, 12, 22, 16);
    below->addWidget(m_details);
    layout->addWidget(m_below);
    m_clock.setInterval(30'000);
    connect(&m_clock, &QTimer::timeout, m_table->viewport(), qOverload<>(&QWidget::update));
    m_clock.start();
    showState();
    showDetails();
}

void ActivityPage::buildHeader()
{
    auto* header = new Header(tr("Activity"), this);
    header->setSubtitle(tr("what was done on this machine, by whom, and how it ended"));
    layout()->addWidget(header);
    m_search->setAccessibleName(tr("Search the activity"));
    m_search->setMinimumWidth(240);
    m_outcome->setAccessibleName(tr("Which outcomes"));
    m_outcome->setAccessibleDescription(m_outcome->accessibleName()); // the name told is the text shown
    m_outcome->addItem(tr("All outcomes"), QString());
    m_outcome->addItem(tr("Only trouble"), QStringLiteral("trouble"));
    for (const char* outcome : {"ok", "failed", "denied", "cancelled"})
        m_outcome->addItem(models::outcomeName(QLatin1String(outcome)), QLatin1String(outcome));
    header->addStretch();
    header->add(m_search);
    header->add(m_outcome);
    connect(m_search, &widgets::SearchField::textSettled, this, [this](const QString& text) {
        m_filter->setText(text);
        showState();
    });
    connect(m_outcome, &QComboBox::currentIndexChanged, this, [this] {
        m_filter->setOutcome(m_outcome->currentData().toString());
        showState();
    });
}

void ActivityPage::buildTable()
{
    m_table->setModel(m_filter);
    m_table->setAccessibleName(tr("Activity"));
    dressTable(m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setItemDelegate(new Delegate(m_table));
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight(this, 2.0));
    const std::initializer_list<std::pair<int, int>> widths{
        {ActivityModel::TimeColumn, 150},    {ActivityModel::InstanceColumn, 170}, {ActivityModel::WhatColumn, 420},
        {ActivityModel::OutcomeColumn, 110}, {ActivityModel::WhoColumn, 230},      {ActivityModel::DurationColumn, 90}};
    for (const auto& [column, width] : widths)
        m_table->setColumnWidth(column, width);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ActivityPage::showDetails);
    const auto open = [this] {
        const QString id = m_table->currentIndex().data(ActivityModel::InstanceRole).toString();
        if (store().contains(id))
            emit navigator().openInstance(id);
    };
    connect(m_table, &QTableView::activated, this, open);
    connect(m_open, &QPushButton::clicked, this, open);
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_filter, signal, this, &ActivityPage::showState);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &ActivityPage::showState);
    connect(context().activity, &ActivityModel::loadedChanged, this, &ActivityPage::showState);
    connect(m_empty, &EmptyState::triggered, this, [this] {
        m_search->clear();
        m_filter->setText({});
        m_outcome->setCurrentIndex(0);
        showState();
    });
}

QString ActivityPage::title() const
{
    return tr("Activity");
}

void ActivityPage::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
}

void ActivityPage::shown()
{
    if (!m_table->currentIndex().isValid() && m_filter->rowCount() > 0)
        m_table->selectRow(0);
}

void ActivityPage::showDetails()
{
    const QModelIndex index = m_table->currentIndex();
    m_below->setVisible(index.isValid());
    if (!index.isValid())
        return;
    const QModelIndex first = index.siblingAtColumn(0);
    const QString message = first.data(ActivityModel::MessageRole).toString();
    m_details->setTitle(index.siblingAtColumn(ActivityModel::WhatColumn).data().toString(),
                        index.siblingAtColumn(ActivityModel::WhoColumn).data().toString());
    m_message->setText(message.isEmpty() ? tr("No further details.") : message);
    m_open->setVisible(store().contains(first.data(ActivityModel::InstanceRole).toString()));
}

void ActivityPage::showState()
{
    const bool empty = m_filter->rowCount() == 0;
    m_stack->setCurrentIndex(empty ? 1 : 0);
    if (!empty && isVisible())
        shown();
    if (!empty)
        return;
    m_below->hide();
    if (!context().activity->entries().isEmpty())
        m_empty->setContent(EmptyState::Look::Empty, tr("Nothing matches"), {}, tr("Show all"),
                            QStringLiteral("search"));
    else if (!context().activity->isLoaded())
        m_empty->setContent(store().isLive() ? EmptyState::Look::Loading : EmptyState::Look::Disconnected,
                            store().isLive() ? tr("Reading the history …") : tr("Not connected"), client().problem());
    else
        m_empty->setContent(EmptyState::Look::Empty, tr("Nothing was done yet"),
                            tr("What you do with instances is listed here."), {}, QStringLiteral("activity"));
}

QByteArray ActivityPage::saveState() const
{
    return m_table->horizontalHeader()->saveState();
}

void ActivityPage::restoreState(const QByteArray& state)
{
    m_table->horizontalHeader()->restoreState(state);
}

} // namespace diptych::pages
