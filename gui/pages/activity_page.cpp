#include "pages/activity_page.h"

#include "models/formatting.h"
#include "models/statements.h"
#include "pages/parts.h"
#include "pages/save_file.h"
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

ActivityPage::ActivityPage(const Context& context, QWidget* parent)
    : Page(context, parent),
      m_filter(new ActivityFilter(this)),
      m_search(new widgets::SearchField(tr("Search instance, action, user…"), this)),
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
    header->addStretch();
    header->add(m_search);
    m_area = addChoice(tr("Which actions"), {{tr("All actions"), QString()},
                                             {tr("Life cycle"), QStringLiteral("life")},
                                             {tr("Limits and hardware"), QStringLiteral("limits")},
                                             {tr("Images and disks"), QStringLiteral("images")},
                                             {tr("Control groups"), QStringLiteral("groups")},
                                             {tr("Events"), QStringLiteral("events")}});
    m_kind = addChoice(tr("Which instances"), {{tr("Both kinds"), -1},
                                               {tr("Containers"), int(client::Kind::Container)},
                                               {tr("Virtual machines"), int(client::Kind::Machine)}});
    QList<std::pair<QString, QVariant>> outcomes{{tr("All outcomes"), QString()},
                                                 {tr("Only trouble"), QStringLiteral("trouble")}};
    for (const char* outcome : {"ok", "failed", "denied", "cancelled"})
        outcomes.append({models::outcomeName(QLatin1String(outcome)), QString::fromLatin1(outcome)});
    m_outcome = addChoice(tr("Which outcomes"), outcomes);
    for (QComboBox* choice : {m_area, m_kind, m_outcome})
        header->add(choice);
    QPushButton* save = button(tr("Export…"), header, tr("Save what is listed as CSV, with older entries"));
    header->add(save);
    connect(save, &QPushButton::clicked, this, &ActivityPage::save);
    connect(m_search, &widgets::SearchField::textSettled, this, [this](const QString& text) {
        m_filter->setText(text);
        showState();
    });
}

QComboBox* ActivityPage::addChoice(const QString& name, const QList<std::pair<QString, QVariant>>& choices)
{
    auto* box = new QComboBox(this);
    box->setAccessibleName(name);
    box->setAccessibleDescription(name); // the name told is the text shown
    for (const auto& [text, data] : choices)
        box->addItem(text, data);
    connect(box, &QComboBox::currentIndexChanged, this, [this] {
        m_filter->setArea(m_area->currentData().toString());
        m_filter->setKind(m_kind->currentData().toInt());
        m_filter->setOutcome(m_outcome->currentData().toString());
        showState();
    });
    return box;
}

void ActivityPage::save()
{
    context().activity->fetchAll(this, [this] {
        const SaveOffer offer{tr("Export the activity"),
                              tr("activity"),
                              {tr("Table (*.csv)")},
                              tr("Activity saved in %1"),
                              tr("The activity could not be saved in %1")};
        saveFile(this, navigator(), offer, [this](const QString&) { return activityCsv(*m_filter); });
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
        {ActivityModel::TimeColumn, 150},   {ActivityModel::InstanceColumn, 150}, {ActivityModel::WhatColumn, 280},
        {ActivityModel::OutcomeColumn, 90}, {ActivityModel::WhoColumn, 200},      {ActivityModel::DurationColumn, 90}};
    for (const auto& [column, width] : widths)
        m_table->setColumnWidth(column, width);
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(ActivityModel::WhatColumn, QHeaderView::Stretch);
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
        for (QComboBox* choice : {m_area, m_kind, m_outcome})
            choice->setCurrentIndex(0);
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
