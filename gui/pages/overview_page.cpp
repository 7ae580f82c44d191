#include "pages/overview_page.h"

#include "models/formatting.h"
#include "models/statements.h"
#include "pages/instance_actions.h"
#include "pages/parts.h"
#include "widgets/card.h"
#include "widgets/emptystate.h"
#include "widgets/kind.h"
#include "widgets/machinemap.h"

#include <QApplication>
#include <QComboBox>
#include <QDateTime>
#include <QGridLayout>
#include <QMenu>
#include <QStackedWidget>

namespace diptych::pages {

using client::Kind;
using widgets::EmptyState;
using widgets::MachineMap;
using widgets::Tone;

namespace {
constexpr int shownEntries = 8;
constexpr int shownFindings = 8;
constexpr qsizetype lastMinute = 60;
} // namespace

OverviewPage::OverviewPage(const Context& context, QWidget* parent)
    : Page(context, parent),
      m_header(new Header(tr("Overview"), this)),
      m_width(new QComboBox(this)),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(this)),
      m_map(new MachineMap(this)),
      m_actions(new InstanceActions(context, m_map)),
      m_lookCard(new widgets::Card(tr("Needs a look"), this)),
      m_look(new QGridLayout),
      m_activity(new QGridLayout)
{
    buildHeader();
    auto* mapCard = new widgets::Card(tr("This machine, right now"), this);
    mapCard->addHeaderWidget(buildLegend());
    mapCard->body()->addWidget(m_map, 1);
    auto* activityCard = new widgets::Card(tr("Activity"), this);
    QPushButton* all = linkButton(tr("Show all"), activityCard, tr("Everything that was done on this machine"));
    connect(all, &QPushButton::clicked, this, [this] { emit navigator().showPage(QStringLiteral("activity")); });
    activityCard->addHeaderWidget(all);
    m_lookCard->body()->addLayout(m_look);
    m_lookCard->body()->addStretch(1);
    activityCard->body()->addLayout(m_activity);
    activityCard->body()->addStretch(1);
    auto* content = new QWidget(this);
    auto* grid = new QGridLayout(content);
    grid->setContentsMargins(22, 18, 22, 18);
    grid->setSpacing(14);
    grid->addWidget(mapCard, 0, 0, 1, 2);
    grid->addWidget(m_lookCard, 1, 0);
    grid->addWidget(activityCard, 1, 1);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(0, 3);
    grid->setRowStretch(1, 1);
    m_stack->addWidget(scrolling(content, this));
    m_stack->addWidget(m_empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_stack, 1);
    listen();
    showAll();
}

void OverviewPage::buildHeader()
{
    m_width->setAccessibleName(tr("What a tile's width means"));
    m_width->addItem(tr("Width: memory"));
    m_width->addItem(tr("Width: CPU"));
    m_width->setToolTip(tr("What a tile's width means"));
    connect(m_width, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_map->setWidthBy(index == 0 ? MachineMap::WidthBy::Memory : MachineMap::WidthBy::Cpu);
    });
    m_header->addStretch();
    m_header->add(m_width);
    QPushButton* create =
        primaryButton(tr("New instance"), m_header, tr("Make a container, a virtual machine, or both (Ctrl+N)"));
    connect(create, &QPushButton::clicked, this, [this] { emit navigator().newInstance(); });
    m_header->add(create);
}

QWidget* OverviewPage::buildLegend()
{
    auto* legend = new QWidget(this);
    auto* line = new QHBoxLayout(legend);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    const auto add = [&](Kind kind, const QString& text) {
        line->addWidget(new widgets::KindIcon(kind, legend));
        auto* label = new ToneLabel(text, Tone::Muted, legend);
        label->setFont(widgets::Theme::instance().small());
        line->addWidget(label);
    };
    add(Kind::Container, tr("container: a wall of namespaces on the host's kernel"));
    line->addSpacing(10);
    add(Kind::Machine, tr("virtual machine: a kernel of its own"));
    return legend;
}

void OverviewPage::listen()
{
    const auto* s = &store();
    const auto ifVisible = [this](auto method) {
        return [this, method] {
            if (isVisible())
                (this->*method)();
        };
    };
    connect(s, &models::InstanceStore::swept, this, ifVisible(&OverviewPage::showAll));
    connect(s, &models::InstanceStore::added, this, ifVisible(&OverviewPage::showAll));
    connect(s, &models::InstanceStore::removed, this, ifVisible(&OverviewPage::showAll));
    connect(s, &models::InstanceStore::changed, this, ifVisible(&OverviewPage::showAll));
    connect(s, &models::InstanceStore::hostChanged, this, ifVisible(&OverviewPage::showAll));
    connect(s, &models::InstanceStore::loadedChanged, this, &OverviewPage::showAll);
    connect(s, &models::InstanceStore::liveChanged, this, &OverviewPage::showAll);
    connect(context().activity, &QAbstractItemModel::rowsInserted, this, &OverviewPage::showActivity);
    connect(context().activity, &QAbstractItemModel::modelReset, this, &OverviewPage::showActivity);
    connect(context().activity, &models::ActivityModel::loadedChanged, this, &OverviewPage::showActivity);
    connect(m_map, &MachineMap::openInstance, this, [this](const QString& id) { emit navigator().openInstance(id); });
    connect(m_map, &MachineMap::openGroup, this,
            [this](Kind, const QStringList& ids) { emit navigator().openInstance(ids.value(0)); });
    connect(m_map, &MachineMap::contextMenuRequested, this, &OverviewPage::showMenu);
    connect(m_empty, &EmptyState::triggered, this, [this] { emit navigator().newInstance(); });
}

QString OverviewPage::title() const
{
    return tr("Overview");
}

void OverviewPage::shown()
{
    store().fillHostHistory();
    showAll();
}

void OverviewPage::showAll()
{
    showState();
    showTiles();
    showHost();
    showFindings();
    showActivity();
}

void OverviewPage::showState()
{
    const bool empty = store().size() == 0;
    m_stack->setCurrentIndex(empty ? 1 : 0);
    const int containers = store().count(Kind::Container);
    const int machines = store().count(Kind::Machine);
    m_header->setSubtitle(
        empty ? QString()
              : tr("%1 and %2 on one kernel")
                    .arg(tr("%n container(s)", nullptr, containers), tr("%n virtual machine(s)", nullptr, machines)));
    if (!empty)
        return;
    if (!store().isLive())
        m_empty->setContent(EmptyState::Look::Disconnected, tr("Not connected"), client().problem());
    else if (!store().isLoaded())
        m_empty->setContent(EmptyState::Look::Loading, tr("Looking at this machine …"));
    else
        m_empty->setContent(
            EmptyState::Look::Empty, tr("Nothing runs here yet"),
            tr("Make one image run twice, as a container and as a virtual machine, and see what lies between."),
            tr("New instance"), QStringLiteral("twins"));
}

void OverviewPage::showTiles()
{
    QList<widgets::MapTile> tiles;
    for (Kind kind : {Kind::Container, Kind::Machine}) {
        for (const QString& id : store().ids()) {
            const client::Instance* i = store().find(id);
            if (i->context.kind != kind || i->runtime.state == client::State::Stopped)
                continue;
            widgets::MapTile tile{
                id, i->context.name, i->context.image, kind, i->runtime.state, 0, 0, {}, {}, i->runtime.problem, {}};
            if (const client::Point* point = store().point(id)) {
                tile.memory = double(point->memory);
                tile.cpu = point->cpu;
                tile.value = models::percent(point->cpu);
                if (kind == Kind::Container)
                    tile.footer = tr("%n process(es)", nullptr, point->pids);
            }
            if (kind == Kind::Machine)
                tile.footer =
                    i->runtime.acceleration == QLatin1String("tcg") ? tr("own kernel · TCG") : tr("own kernel");
            const double top = i->context.limits.cpus > 0 ? i->context.limits.cpus : 1;
            tile.history = store().history(id).series(&client::Point::cpu, lastMinute);
            for (double& value : tile.history)
                value = qBound(0.0, value / top, 1.0);
            tiles.append(tile);
        }
    }
    m_map->setTiles(tiles);
}

void OverviewPage::showHost()
{
    const client::Host& host = store().host();
    widgets::MapHost shown;
    shown.kernel = host.kernel;
    if (host.bootedAt > 0)
        shown.caption = tr("up %1 · every container's system calls land here")
                            .arg(models::duration(QDateTime::currentMSecsSinceEpoch() - host.bootedAt));
    if (!store().hostHistory().isEmpty()) {
        const client::HostPoint& now = store().hostHistory().last();
        shown.cpuPressure = now.cpuPressure;
        shown.memoryPressure = now.memoryPressure;
        shown.ioPressure = now.ioPressure;
        shown.cpus = now.cpus;
        shown.memoryUsed = double(now.memoryUsed);
        shown.memoryTotal = double(now.memoryTotal);
        shown.memoryText = tr("Memory %1 of %2").arg(models::bytes(now.memoryUsed), models::bytes(now.memoryTotal));
        shown.diskText = tr("Disk %1 read · %2 written").arg(models::rate(now.readRate), models::rate(now.writeRate));
        shown.networkText = tr("Network %1 in · %2 out").arg(models::rate(now.receiveRate), models::rate(now.sendRate));
        const QList<double> in = store().hostHistory().series(&client::HostPoint::receiveRate, lastMinute);
        const QList<double> out = store().hostHistory().series(&client::HostPoint::sendRate, lastMinute);
        for (qsizetype i = 0; i < in.size(); ++i)
            shown.network.append(in.at(i) + out.at(i));
    }
    m_map->setHost(shown);
}

QHash<QString, double> OverviewPage::throttled() const
{
    QHash<QString, double> shares;
    for (const QString& id : store().ids()) {
        const QList<double> values = store().history(id).series(&client::Point::throttled, lastMinute);
        double sum = 0;
        for (double value : values)
            sum += value;
        // A few seconds say nothing about a minute.
        if (values.size() >= 5)
            shares[id] = sum / double(values.size());
    }
    return shares;
}

void OverviewPage::showFindings()
{
    QList<client::Instance> instances;
    QHash<QString, client::Point> latest;
    for (const QString& id : store().ids()) {
        instances.append(*store().find(id));
        if (const client::Point* point = store().point(id))
            latest[id] = *point;
    }
    QList<Finding> found = Attention::find(instances, latest, throttled(), store().host());
    const auto more = int(found.size()) - shownFindings;
    found = found.mid(0, shownFindings);
    m_lookCard->setTitle(tr("Needs a look"), more > 0 ? tr("and %n more", nullptr, more) : QString());
    if (found == m_findings && m_look->count() > 0)
        return;
    // A button under the keyboard must not vanish because a percentage changed.
    if (m_lookCard->isAncestorOf(QApplication::focusWidget()) && found.size() == m_findings.size())
        return;
    m_findings = found;
    clearLayout(m_look);
    for (int row = 0; row < found.size(); ++row)
        addFinding(found.at(row), row);
    if (found.isEmpty())
        m_look->addWidget(new ToneLabel(tr("Nothing. All runs within its limits."), Tone::Muted, m_lookCard), 0, 0);
    m_look->setColumnStretch(1, 1);
    m_look->setHorizontalSpacing(12);
    m_look->setVerticalSpacing(9);
}

void OverviewPage::addFinding(const Finding& finding, int row)
{
    const Tone tone = finding.instance.isEmpty() ? Tone::Host : widgets::toneOf(finding.kind);
    const Qt::Alignment side = finding.mend == Mend::None ? Qt::AlignTop : Qt::AlignVCenter;
    m_look->addWidget(new widgets::Pill(finding.name, tone, m_lookCard), row, 0, Qt::AlignLeft | side);
    auto* text = new QLabel(finding.text, m_lookCard);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setToolTip(finding.detail);
    if (finding.mend == Mend::None) {
        auto* both = new QWidget(m_lookCard);
        auto* lines = new QVBoxLayout(both);
        lines->setContentsMargins(0, 0, 0, 0);
        lines->setSpacing(1);
        lines->addWidget(text);
        if (!finding.mendText.isEmpty()) {
            auto* how = new ToneLabel(finding.mendText, Tone::Muted, both);
            how->setTextFormat(Qt::PlainText);
            how->setWordWrap(true);
            how->setTextInteractionFlags(Qt::TextSelectableByMouse);
            lines->addWidget(how);
        }
        m_look->addWidget(both, row, 1, 1, 2);
        return;
    }
    m_look->addWidget(text, row, 1);
    QPushButton* act = linkButton(finding.mendText, m_lookCard, finding.detail);
    act->setAccessibleName(tr("%1: %2").arg(finding.name, finding.mendText));
    connect(act, &QPushButton::clicked, this, [this, finding] { mend(finding); });
    m_look->addWidget(act, row, 2, Qt::AlignRight | Qt::AlignVCenter);
}

void OverviewPage::mend(const Finding& finding)
{
    const client::Instance* i = store().find(finding.instance);
    if (!i)
        return;
    switch (finding.mend) {
    case Mend::RaiseCpu:
    case Mend::RaiseMemory:
        client().setLimits(finding.instance, Attention::raised(i->context.limits, finding.mend), this,
                           [this, name = finding.name](const client::Answer<client::Nothing>& answer) {
                               if (answer)
                                   emit navigator().notify(Notice::Good, tr("%1 has a higher limit now.").arg(name));
                               else
                                   emit navigator().notify(Notice::Error,
                                                           tr("The limit of %1 did not change").arg(name),
                                                           models::errorText(answer.error()));
                           });
        break;
    case Mend::OpenIsolation:
        emit navigator().openInstanceTab(finding.instance, QStringLiteral("isolation"));
        break;
    default:
        emit navigator().openInstance(finding.instance);
    }
}

void OverviewPage::showActivity()
{
    const QList<client::ActivityEntry> entries = context().activity->entries().mid(0, shownEntries);
    QList<qint64> ids;
    for (const client::ActivityEntry& entry : entries)
        ids.append(entry.id);
    if (ids == m_shownActivity && m_activity->count() > 0)
        return;
    m_shownActivity = ids;
    clearLayout(m_activity);
    for (int row = 0; row < entries.size(); ++row) {
        const client::ActivityEntry& entry = entries.at(row);
        auto* time = new ToneLabel(models::timeOfDay(entry.time), Tone::Muted);
        time->setFont(widgets::Theme::instance().monospace());
        const Tone tone = entry.kind == QLatin1String("machine")     ? Tone::Machine
                          : entry.kind == QLatin1String("container") ? Tone::Container
                                                                     : Tone::Host;
        auto* what = new QLabel(models::ActivityModel::sentence(entry));
        what->setTextFormat(Qt::PlainText);
        what->setWordWrap(true);
        what->setToolTip(entry.message);
        m_activity->addWidget(time, row, 0, Qt::AlignVCenter);
        m_activity->addWidget(new widgets::Pill(entry.subject, tone), row, 1, Qt::AlignLeft | Qt::AlignVCenter);
        m_activity->addWidget(what, row, 2);
    }
    if (entries.isEmpty())
        m_activity->addWidget(new ToneLabel(tr("Nothing was done yet.")), 0, 0);
    m_activity->setColumnStretch(2, 1);
    m_activity->setHorizontalSpacing(12);
    m_activity->setVerticalSpacing(9);
}

void OverviewPage::showMenu(const QString& id, const QPoint& globalPosition)
{
    m_actions->setIds({id});
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_actions->fill(menu);
    menu->popup(globalPosition);
}

QByteArray OverviewPage::saveState() const
{
    return QByteArray::number(m_width->currentIndex());
}

void OverviewPage::restoreState(const QByteArray& state)
{
    m_width->setCurrentIndex(qBound(0, state.toInt(), 1));
}

} // namespace diptych::pages
