#include "pages/groups_page.h"

#include "client/group_calls.h"
#include "models/formatting.h"
#include "pages/group_detail.h"
#include "pages/parts.h"
#include "pages/watch.h"
#include "widgets/searchfield.h"

#include <QComboBox>
#include <QDataStream>
#include <QHeaderView>
#include <QPainter>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

namespace diptych::pages {

using models::GroupModel;
using widgets::Tone;

namespace {

constexpr int listInterval = 2000;
constexpr double nearLimit = 0.9;

/// A thin bar below the number: how much of the limit is used.
class GroupDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const double used = index.data(GroupModel::LimitRole).toDouble();
        if (used < 0)
            return;
        const widgets::Colors& c = widgets::colors();
        const QRectF line(option.rect.left() + 8, option.rect.bottom() - 4, option.rect.width() - 16, 3);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(c.line);
        painter->drawRoundedRect(line, 1.5, 1.5);
        painter->setBrush(used > nearLimit ? c.warn : c.host);
        painter->drawRoundedRect(QRectF(line.topLeft(), QSizeF(std::max(3.0, line.width() * used), 3)), 1.5, 1.5);
        painter->restore();
    }

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (index.column() == GroupModel::MakerColumn)
            option->palette.setColor(QPalette::Text, widgets::colors().muted);
        if (index.column() == GroupModel::PressureColumn)
            option->palette.setColor(QPalette::Text, widgets::colors().warn);
    }
};

} // namespace

GroupsPage::GroupsPage(const Context& context, QWidget* parent)
    : WatchedPage(context, tr("Control groups"), tr("Search groups…"),
                  new Watch(context, listInterval, Watch::Pace::Steady,
                            {tr("The groups can't be listed"), tr("Reading the control groups …")}),
                  parent),
      m_model(new GroupModel(this)),
      m_filter(new models::GroupFilter(this)),
      m_measure(new QComboBox(this)),
      m_trouble(button(tr("Needs a look"), this,
                       tr("Only groups that are frozen, held back, near a limit or had a process killed"))),
      m_splitter(new QSplitter(Qt::Vertical, this)),
      m_map(new widgets::TreeMap(this)),
      m_tree(new QTreeView(this)),
      m_detail(new GroupDetail(context, *m_model, this))
{
    m_model->setInstanceNames(
        [this](const QString& id) { return store().contains(id) ? store().nameOf(id) : QString(); });
    m_filter->setSourceModel(m_model);
    buildHeader();
    buildTree();
    buildLayout();
    connect(m_detail, &GroupDetail::changed, this, &GroupsPage::refresh);
    connect(&watch(), &Watch::wanted, this, [this] {
        client().groupCalls().list(this, [this](const client::Answer<client::GroupListing>& answer) { take(answer); });
    });
}

void GroupsPage::buildHeader()
{
    search().setAccessibleName(tr("Search groups"));
    search().setMinimumWidth(220);
    m_measure->setAccessibleName(tr("What the areas show"));
    m_measure->addItem(tr("Areas: memory"));
    m_measure->addItem(tr("Areas: CPU"));
    m_measure->addItem(tr("Areas: tasks"));
    m_trouble->setCheckable(true);
    header().addStretch();
    header().add(&search());
    header().add(m_trouble);
    header().add(m_measure);
    connect(&search(), &widgets::SearchField::textSettled, this, [this](const QString& text) {
        m_filter->setText(text);
        m_tree->expandAll();
    });
    connect(m_trouble, &QPushButton::toggled, this, [this](bool on) {
        m_filter->setOnlyTrouble(on);
        m_tree->expandAll();
    });
    connect(m_measure, &QComboBox::currentIndexChanged, this, &GroupsPage::showMap);
}

void GroupsPage::buildTree()
{
    m_tree->setModel(m_filter);
    m_tree->setAccessibleName(tr("Control groups"));
    m_tree->setItemDelegate(new GroupDelegate(m_tree));
    m_tree->setUniformRowHeights(true);
    m_tree->setSortingEnabled(true);
    m_tree->sortByColumn(GroupModel::NameColumn, Qt::AscendingOrder);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->header()->setStretchLastSection(true);
    m_tree->setStyleSheet(QStringLiteral("QTreeView::item { height: %1px; }").arg(rowHeight(this, 1.9)));
    const std::initializer_list<std::pair<int, int>> widths{{GroupModel::NameColumn, 270},
                                                            {GroupModel::MakerColumn, 130},
                                                            {GroupModel::CpuColumn, 110},
                                                            {GroupModel::MemoryColumn, 170},
                                                            {GroupModel::TasksColumn, 90}};
    for (const auto& [column, width] : widths)
        m_tree->setColumnWidth(column, width);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        m_detail->setPath(current());
        m_map->setCurrent(current());
    });
    connect(m_map, &widgets::TreeMap::chosen, this, &GroupsPage::select);
}

void GroupsPage::buildLayout()
{
    m_map->setAccessibleName(tr("Who uses how much"));
    auto* mapFrame = new QWidget(m_splitter);
    auto* mapLayout = new QVBoxLayout(mapFrame);
    mapLayout->setContentsMargins(22, 12, 22, 10);
    mapLayout->addWidget(m_map);
    m_splitter->addWidget(mapFrame);
    m_splitter->addWidget(m_tree);
    m_detail->setAccessibleName(tr("The chosen group"));
    m_splitter->addWidget(scrolling(m_detail, m_splitter)); // in a low window the tree keeps room
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 4);
    m_splitter->setStretchFactor(2, 4);
    m_splitter->setSizes({150, 220, 270});
    setContent(m_splitter, m_tree, GroupModel::PathRole);
}

void GroupsPage::take(const client::Answer<client::GroupListing>& answer)
{
    watch().answered(answer);
    if (answer) {
        const bool first = m_model->size() == 0;
        m_mode = answer.value().mode;
        m_model->merge(answer.value());
        if (first)
            m_tree->expandToDepth(1);
        if (!selectWanted() && current().isEmpty())
            select(largest());
        header().setSubtitle(answer.value().more
                                 ? tr("the first %n", nullptr, m_model->size())
                                 : tr("%n group(s), %1", nullptr, m_model->size())
                                       .arg(m_mode == QLatin1String("unified")  ? tr("version 2")
                                            : m_mode == QLatin1String("hybrid") ? tr("version 1 and 2 mixed")
                                                                                : tr("version 1")));
        m_detail->follow();
        showMap();
    }
    watch().showState(m_model->size() > 0);
}

GroupsPage::Measure GroupsPage::measure() const
{
    return static_cast<Measure>(m_measure->currentIndex());
}

QString GroupsPage::largest() const
{
    QString path = QStringLiteral("/");
    qint64 most = 0;
    for (const QString& child : m_model->childrenOf(QStringLiteral("/"))) {
        const qint64 memory = m_model->find(child)->group.memory;
        if (memory > most)
            path = child;
        most = std::max(most, memory);
    }
    return path;
}

double GroupsPage::valueOf(const GroupModel::Entry& entry) const
{
    switch (measure()) {
    case Measure::Cpu:
        return entry.cores;
    case Measure::Tasks:
        return double(std::max<qint64>(entry.group.pids, entry.group.processes));
    case Measure::Memory:
        break;
    }
    return double(entry.group.memory);
}

widgets::TreeMap::Item GroupsPage::itemOf(const QString& path) const
{
    const GroupModel::Entry& entry = *m_model->find(path);
    const client::ControlGroup& g = entry.group;
    const QString known = store().contains(g.instance) ? store().nameOf(g.instance) : QString();
    widgets::TreeMap::Item item;
    item.id = path;
    item.title = known.isEmpty() ? g.name : known;
    item.tone = toneOfGroup(g.maker);
    item.value = valueOf(entry);
    item.marked = !GroupModel::trouble(entry).isEmpty();
    double inside = 0;
    for (const QString& child : m_model->childrenOf(path)) {
        item.children.append(itemOf(child));
        inside += item.children.last().value;
    }
    // A v1 group without the controller counts nothing, while the groups inside it do.
    item.value = std::max(item.value, inside);
    const QString amount = measure() == Measure::Cpu     ? models::percent(item.value)
                           : measure() == Measure::Tasks ? models::count(qint64(item.value))
                                                         : models::bytes(qint64(item.value));
    item.text = amount;
    item.toolTip = QStringLiteral("%1\n%2 · %3").arg(path, GroupModel::makerName(g.maker), amount);
    return item;
}

void GroupsPage::showMap()
{
    QList<widgets::TreeMap::Item> items;
    for (const QString& path : m_model->childrenOf(QStringLiteral("/")))
        items.append(itemOf(path));
    m_map->setEmptyText(measure() == Measure::Cpu ? tr("No group uses the processors just now.")
                                                  : tr("No group is charged with anything."));
    m_map->setItems(items);
}

QByteArray GroupsPage::saveState() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << m_splitter->saveState() << m_tree->header()->saveState() << m_measure->currentIndex();
    return state;
}

void GroupsPage::restoreState(const QByteArray& state)
{
    QDataStream stream(state);
    QByteArray splitter, header;
    int measured = 0;
    stream >> splitter >> header >> measured;
    if (stream.status() != QDataStream::Ok)
        return;
    m_splitter->restoreState(splitter);
    m_tree->header()->restoreState(header);
    m_measure->setCurrentIndex(std::clamp(measured, 0, 2));
}

} // namespace diptych::pages
