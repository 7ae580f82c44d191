#include "pages/others_panel.h"

#include "models/formatting.h"
#include "models/wall_words.h"
#include "pages/detail_tabs.h"
#include "pages/parts.h"
#include "pages/workloads.h"
#include "widgets/banner.h"
#include "widgets/icons.h"
#include "widgets/kind.h"

#include <QDateTime>
#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace diptych::pages {

using client::Workload;
using widgets::Tone;

namespace {

constexpr int othersInterval = 5000;
constexpr int otherIdRole = Qt::UserRole;
constexpr int makerRole = Qt::UserRole + 1;
enum OtherColumn {
    OtherName,
    OtherForm,
    OtherWalls,
    OtherMemory,
    OtherLimits,
    OtherProcesses,
    OtherUp,
    OtherCommand,
    OtherColumns
};

bool matches(const Workload& workload, const QStringList& words)
{
    const QString all = QStringList{workload.name, workload.maker, models::workloadMaker(workload.maker),
                                    workload.command, workload.cgroup}
                            .join(u' ');
    return std::all_of(words.cbegin(), words.cend(),
                       [&all](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
}

QString limitsOf(const client::Limits& limits)
{
    QStringList parts;
    if (limits.cpus > 0)
        parts.append(models::cores(limits.cpus));
    if (limits.memory > 0)
        parts.append(models::bytes(limits.memory));
    if (limits.pids > 0)
        parts.append(OthersPanel::tr("%n task(s)", nullptr, int(limits.pids)));
    return parts.isEmpty() ? models::none() : parts.join(QStringLiteral(" · "));
}

Tone toneOfWorkload(const Workload& workload)
{
    if (workload.form == QLatin1String("machine"))
        return Tone::Machine;
    return workload.form == QLatin1String("container") || workload.form == QLatin1String("sandbox") ? Tone::Container
                                                                                                    : Tone::Host;
}

} // namespace

OthersPanel::OthersPanel(const Context& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_tree(new QTreeWidget(this)),
      m_banner(new widgets::Banner(this)),
      m_split(new QSplitter(Qt::Vertical, this)),
      m_name(new QLabel(this)),
      m_maker(new widgets::Pill({}, Tone::Host, this)),
      m_text(monospaceLabel({}, this)),
      m_compare(button(tr("Compare with the host"), this, tr("Both side by side; choose others there"))),
      m_tabs(new QTabBar(this)),
      m_stack(new QStackedWidget(this))
{
    m_tree->setAccessibleName(tr("Found on this machine"));
    m_tree->setColumnCount(OtherColumns);
    m_tree->setHeaderLabels({tr("Name"), tr("Form"), tr("Namespaces of its own"), tr("Memory"), tr("Own limits"),
                             tr("Processes"), tr("Up"), tr("Command")});
    m_tree->setSelectionMode(QAbstractItemView::SingleSelection);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setAlternatingRowColors(false);
    m_tree->setUniformRowHeights(true);
    const std::initializer_list<std::pair<int, int>> widths{{OtherName, 230},  {OtherForm, 130},   {OtherWalls, 190},
                                                            {OtherMemory, 90}, {OtherLimits, 170}, {OtherProcesses, 96},
                                                            {OtherUp, 70}};
    for (const auto& [column, width] : widths)
        m_tree->setColumnWidth(column, width);
    auto* upper = new QWidget(this);
    auto* column = new QVBoxLayout(upper);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addWidget(m_tree, 1);
    m_split->addWidget(upper);
    m_split->addWidget(buildDetail());
    m_split->setStretchFactor(0, 4);
    m_split->setStretchFactor(1, 5);
    m_split->setSizes({380, 440});
    m_split->setChildrenCollapsible(false);
    m_split->setHandleWidth(3);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_split);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &OthersPanel::select);
    connect(context.store, &models::InstanceStore::othersChanged, this, &OthersPanel::fill);
    m_timer.setInterval(othersInterval);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (isVisible() && m_context.store->isLive())
            refresh();
    });
    m_timer.start();
    setFocusProxy(m_tree);
}

QWidget* OthersPanel::buildDetail()
{
    m_name->setFont(widgets::scaledFont(15.0 / 13, QFont::DemiBold));
    m_name->setTextFormat(Qt::PlainText);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* detail = new QWidget(this);
    auto* head = new QHBoxLayout;
    head->setSpacing(10);
    head->addWidget(m_maker);
    head->addWidget(m_name);
    head->addWidget(m_text, 1);
    head->addWidget(m_compare);
    for (const QString& text : {tr("Isolation"), tr("Resources"), tr("Processes")})
        m_tabs->addTab(text);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("About what was found"));
    m_pages = {new IsolationTab(m_context, m_stack), new ResourcesTab(m_context, m_stack),
               new ProcessesTab(m_context, m_stack)};
    for (DetailTab* page : m_pages)
        m_stack->addWidget(page);
    auto* layout = new QVBoxLayout(detail);
    layout->setContentsMargins(22, 10, 22, 0);
    layout->setSpacing(6);
    layout->addLayout(head);
    layout->addWidget(m_tabs);
    layout->addWidget(m_stack, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &OthersPanel::showTab);
    connect(m_compare, &QPushButton::clicked, this,
            [this] { emit m_context.navigator->openCompare(m_id, QStringLiteral("host")); });
    return detail;
}

void OthersPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    fill(); // others may have asked before
    refresh();
}

void OthersPanel::refresh()
{
    if (m_asking)
        return;
    m_asking = true;
    askWorkloads(m_context, this, [this](const QString& problem) {
        m_asking = false;
        if (problem.isEmpty())
            m_banner->dismiss();
        else
            m_banner->showMessage(widgets::Banner::Level::Error, tr("The machine could not be searched"), problem);
    });
}

void OthersPanel::setFilter(const QString& text)
{
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    fill();
}

void OthersPanel::choose(const QString& id)
{
    for (QTreeWidgetItemIterator at(m_tree); *at && !id.isEmpty(); ++at)
        if ((*at)->data(0, otherIdRole).toString() == id)
            m_tree->setCurrentItem(*at);
}

QTreeWidgetItem* OthersPanel::groupOf(const QString& maker, int count)
{
    auto* group = new QTreeWidgetItem(m_tree);
    group->setText(0, QStringLiteral("%1  (%2)").arg(models::workloadMaker(maker)).arg(count));
    group->setFont(0, widgets::scaledFont(1, QFont::DemiBold));
    group->setData(0, makerRole, maker);
    group->setFirstColumnSpanned(true);
    group->setFlags(Qt::ItemIsEnabled);
    return group;
}

void OthersPanel::fill()
{
    const QSignalBlocker quiet(m_tree);
    const QString before = m_id;
    QVariantList folded;
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i)
        if (const QTreeWidgetItem* group = m_tree->topLevelItem(i); group->childCount() > 0 && !group->isExpanded())
            folded.append(group->data(0, makerRole));
    m_tree->clear();
    QMap<QString, QList<const Workload*>> makers;
    for (const Workload& one : m_context.store->others())
        if (one.form == QLatin1String("host"))
            fillRow(new QTreeWidgetItem(m_tree), one);
        else if (matches(one, m_words))
            makers[one.maker].append(&one);
    for (auto maker = makers.cbegin(); maker != makers.cend(); ++maker) {
        QTreeWidgetItem* group = groupOf(maker.key(), int(maker.value().size()));
        for (const Workload* one : maker.value())
            fillRow(new QTreeWidgetItem(group), *one);
    }
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i)
        m_tree->topLevelItem(i)->setExpanded(!folded.contains(m_tree->topLevelItem(i)->data(0, makerRole)));
    choose(before);
    if (!m_tree->currentItem() && m_tree->topLevelItemCount() > 0) {
        QTreeWidgetItem* first = m_tree->topLevelItem(m_tree->topLevelItemCount() > 1 ? 1 : 0);
        m_tree->setCurrentItem(first->childCount() > 0 ? first->child(0) : first);
    }
    select(m_tree->currentItem());
}

void OthersPanel::fillRow(QTreeWidgetItem* item, const Workload& one) const
{
    const bool host = one.form == QLatin1String("host");
    item->setData(0, otherIdRole, one.id);
    item->setIcon(
        0, widgets::icon(one.form == QLatin1String("machine") ? QStringLiteral("machine") : QStringLiteral("container"),
                         toneOfWorkload(one)));
    item->setText(OtherName, one.name);
    item->setText(OtherForm, models::workloadForm(one.form));
    const QString walls = one.namespaces.join(QStringLiteral(" "));
    item->setText(OtherWalls, walls.isEmpty() ? models::none() : walls);
    item->setText(OtherMemory, one.memory > 0 ? models::bytes(one.memory) : models::none());
    item->setToolTip(OtherMemory, one.memory > 0 ? tr("charged to its control group")
                                                 : tr("it has no control group alone; see Resources"));
    item->setText(OtherLimits, limitsOf(one.limits));
    item->setText(OtherProcesses, host ? models::none() : models::count(one.processes));
    item->setText(OtherUp, one.startedAt > 0 ? models::duration(QDateTime::currentMSecsSinceEpoch() - one.startedAt)
                                             : models::none());
    item->setText(OtherCommand, one.command);
    item->setToolTip(OtherCommand, one.command);
    item->setToolTip(OtherName, one.cgroup);
}

void OthersPanel::select(QTreeWidgetItem* item)
{
    const QString id = item ? item->data(0, otherIdRole).toString() : QString();
    if (id.isEmpty())
        return;
    m_id = id;
    for (const Workload& one : m_context.store->others()) {
        if (one.id != id)
            continue;
        m_name->setText(one.name);
        m_maker->setText(models::workloadMaker(one.maker));
        m_maker->setTone(toneOfWorkload(one));
        m_text->setText(one.cgroup.isEmpty() ? tr("PID %1, no control group alone").arg(one.pid)
                                             : tr("PID %1 in %2").arg(one.pid).arg(one.cgroup));
        m_compare->setVisible(one.id != QLatin1String("host"));
    }
    showTab(m_tabs->currentIndex());
}

void OthersPanel::showTab(int index)
{
    if (index < 0 || m_id.isEmpty())
        return;
    m_pages.at(size_t(index))->setId(m_id);
    m_stack->setCurrentIndex(index);
}

} // namespace diptych::pages
