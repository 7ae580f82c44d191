#include "pages/overview_page.h"

#include "models/formatting.h"
#include "pages/findings_card.h"
#include "pages/instance_actions.h"
#include "pages/parts.h"
#include "pages/recent_card.h"
#include "pages/workloads.h"
#include "widgets/kind.h"
#include "widgets/machinemap.h"

#include <QComboBox>
#include <QDateTime>
#include <QGridLayout>
#include <QMenu>

namespace diptych::pages {

using client::Kind;
using widgets::MachineMap;
using widgets::Tone;

namespace {
constexpr qsizetype lastMinute = 60;
constexpr int patience = 40; ///< ms
} // namespace

OverviewPage::OverviewPage(const Context& context, QWidget* parent)
    : StatedPage(context, tr("Overview"),
                 {tr("Looking at this machine …"), tr("Nothing runs here yet"),
                  tr("Make one image run twice, as a container and as a virtual machine, and see what lies between.")},
                 parent),
      m_width(new QComboBox(this)),
      m_others(linkButton({}, this, tr("What runs isolated or limited here and is no instance of yours"))),
      m_map(new MachineMap(this)),
      m_actions(new InstanceActions(context, m_map)),
      m_findings(new FindingsCard(context, this))
{
    buildHeader();
    auto* mapCard = new widgets::Card(tr("This machine, right now"), this);
    m_others->hide();
    mapCard->addHeaderWidget(m_others);
    mapCard->addHeaderWidget(buildLegend());
    mapCard->body()->addWidget(m_map, 1);
    auto* content = new QWidget(this);
    auto* grid = new QGridLayout(content);
    grid->setContentsMargins(22, 18, 22, 18);
    grid->setSpacing(14);
    grid->addWidget(mapCard, 0, 0, 1, 2);
    grid->addWidget(m_findings, 1, 0);
    grid->addWidget(new RecentCard(context, this), 1, 1);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(0, 3);
    grid->setRowStretch(1, 1);
    setContent(content);
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
    header().addStretch();
    header().add(m_width);
    QPushButton* create =
        primaryButton(tr("New instance"), &header(), tr("Make a container, a virtual machine, or both (Ctrl+N)"));
    connect(create, &QPushButton::clicked, this, [this] { emit navigator().newInstance(); });
    header().add(create);
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
    connect(s, &models::InstanceStore::othersChanged, this, &OverviewPage::countOthers);
    connect(m_others, &QPushButton::clicked, this, [this] { emit navigator().openInstance(QStringLiteral("host")); });
    const auto ifVisible = [this](auto method) {
        return [this, method] {
            if (isVisible())
                (this->*method)();
        };
    };
    connect(s, &models::InstanceStore::swept, this, ifVisible(&OverviewPage::showAll));
    m_soon.setSingleShot(true);
    m_soon.setInterval(patience);
    connect(&m_soon, &QTimer::timeout, this, ifVisible(&OverviewPage::showAll));
    connect(s, &models::InstanceStore::added, this, &OverviewPage::showSoon);
    connect(s, &models::InstanceStore::removed, this, &OverviewPage::showSoon);
    connect(s, &models::InstanceStore::changed, this, &OverviewPage::showSoon);
    connect(s, &models::InstanceStore::hostChanged, this, ifVisible(&OverviewPage::showAll));
    connect(s, &models::InstanceStore::loadedChanged, this, &OverviewPage::showAll);
    connect(s, &models::InstanceStore::liveChanged, this, &OverviewPage::showAll);
    connect(m_map, &MachineMap::openInstance, this, [this](const QString& id) { emit navigator().openInstance(id); });
    connect(m_map, &MachineMap::openGroup, this,
            [this](Kind, const QStringList& ids) { emit navigator().openInstance(ids.value(0)); });
    connect(&store(), &models::InstanceStore::liveChanged, this, [this](bool live) {
        if (live && isVisible())
            store().fillHostHistory(); // the window may begin here, before there is a connection
    });
    connect(m_map, &MachineMap::openHardware, this, [this] { emit navigator().showPage(QStringLiteral("host")); });
    connect(m_map, &MachineMap::contextMenuRequested, this, &OverviewPage::showMenu);
}

void OverviewPage::countOthers()
{
    const qsizetype others = store().others().size() - 1; // the machine itself is no workload
    m_others->setVisible(others > 0);
    m_others->setText(tr("%n more that nobody registered", nullptr, int(others)));
}

void OverviewPage::shown()
{
    askWorkloads(context(), this); // once: it looks at every process
    store().fillHostHistory();
    showAll();
}

void OverviewPage::showSoon()
{
    if (isVisible() && !m_soon.isActive())
        m_soon.start();
}

void OverviewPage::showAll()
{
    m_soon.stop();
    const int containers = store().count(Kind::Container);
    const int machines = store().count(Kind::Machine);
    header().setSubtitle(store().size() == 0 ? QString()
                                             : tr("%1 and %2 on one kernel")
                                                   .arg(tr("%n container(s)", nullptr, containers),
                                                        tr("%n virtual machine(s)", nullptr, machines)));
    if (!showState())
        return;
    showTiles();
    showHost();
    m_findings->look();
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
