#include "pages/compare_page.h"

#include "models/actions.h"
#include "models/formatting.h"
#include "models/statements.h"
#include "pages/charts_panel.h"
#include "pages/cost_card.h"
#include "pages/evidence_card.h"
#include "pages/folding_columns.h"
#include "pages/limits_panel.h"
#include "pages/pair_picker.h"
#include "pages/parts.h"
#include "pages/process_card.h"
#include "pages/resources_panel.h"
#include "pages/save_file.h"
#include "pages/traffic_card.h"
#include "pages/workloads.h"
#include "widgets/banner.h"
#include "widgets/card.h"

#include <QVBoxLayout>

namespace diptych::pages {

using client::Kind;
using client::State;
using widgets::Banner;
using widgets::Card;
using widgets::Tone;

namespace {
constexpr int processInterval = 3000;
constexpr int rightWidth = 392;
} // namespace

ComparePage::ComparePage(const Context& context, QWidget* parent)
    : StatedPage(context, tr("Compare"),
                 {tr("Looking for instances …"), tr("Nothing to compare yet"),
                  tr("Twins are one image as a container and as a virtual machine, with the same limits.")},
                 parent),
      m_sides{new CompareSide(context, this), new CompareSide(context, this)}
{
    buildHeader();
    QWidget* left = buildLeft();
    auto* columns = new FoldingColumns(left, buildRight(), rightWidth, this);
    columns->layout()->setContentsMargins(22, 18, 22, 18);
    connect(columns, &FoldingColumns::folded, this, [this](bool narrow) { m_charts->setColumns(narrow ? 2 : 1); });
    setContent(columns);
    listen();
    m_pair->fill();
    chooseDefault();
    showEverything();
}

void ComparePage::buildHeader()
{
    header().setSubtitle(tr("one kernel, two walls"));
    header().addStretch();
    m_pair = new PairPicker(store(), &header());
    connect(m_pair, &PairPicker::picked, this, &ComparePage::choose);
    header().add(m_pair);
    QPushButton* again = button(tr("Refresh evidence"), &header(), tr("Ask inside and outside of both again (F5)"));
    connect(again, &QPushButton::clicked, this, &ComparePage::refresh);
    header().add(again);
    QPushButton* save =
        button(tr("Export report…"), &header(), tr("Save this comparison with all evidence as HTML or Markdown"));
    connect(save, &QPushButton::clicked, this, &ComparePage::exportReport);
    header().add(save);
}

QWidget* ComparePage::buildLeft()
{
    auto* column = new QWidget(this);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(14);
    for (size_t side = 0; side < 2; ++side) {
        m_banners[side] = new Banner(column);
        m_banners[side]->setClosable(false);
        layout->addWidget(m_banners[side]);
    }
    auto* pictureCard = new Card({}, column);
    m_picture = new widgets::DiptychPicture(pictureCard);
    pictureCard->body()->addWidget(m_picture);
    auto* timelineCard = new Card({}, column);
    timelineCard->setTitle(tr("From click to entry point"), tr("last start, measured"));
    m_timelines = new widgets::TimelineChart(timelineCard);
    m_timelines->setStepText(&models::stepName);
    m_timelines->setFormatter(&models::nanoseconds);
    m_timelines->setAccessibleName(tr("From click to entry point"));
    timelineCard->body()->addWidget(m_timelines);
    m_evidence = new EvidenceCard(column);
    m_resources = new ResourcesPanel(column);
    m_process = new ProcessCard(context(), column);
    m_traffic = new TrafficCard(context(), column);
    for (QWidget* card :
         std::initializer_list<QWidget*>{pictureCard, timelineCard, m_evidence, m_traffic, m_process, m_resources})
        layout->addWidget(card);
    layout->addStretch(1);
    return column;
}

QWidget* ComparePage::buildRight()
{
    auto* column = new QWidget(this);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(14);
    m_charts = new ChartsPanel(context(), 1, column);
    layout->addWidget(m_charts);
    m_costs = new CostCard(column);
    layout->addWidget(m_costs);
    auto* limitCard = new Card({}, column);
    limitCard->setTitle(tr("Limits"), tr("the same on both sides, at once"));
    m_limits = new LimitsPanel(client(), store(), limitCard);
    limitCard->body()->addWidget(m_limits);
    layout->addWidget(limitCard);
    layout->addStretch(1);
    return column;
}

void ComparePage::listen()
{
    for (CompareSide* side : m_sides)
        connect(side, &CompareSide::changed, this, &ComparePage::showEverything);
    connect(m_picture, &widgets::DiptychPicture::openInstance, this,
            [this](bool right) { emit navigator().openInstance(idOf(right)); });
    const auto members = [this] {
        m_pair->fill();
        chooseDefault();
        showEverything();
    };
    const auto* s = &store();
    connect(s, &models::InstanceStore::added, this, members);
    connect(s, &models::InstanceStore::removed, this, members);
    connect(s, &models::InstanceStore::loadedChanged, this, members);
    connect(s, &models::InstanceStore::liveChanged, this, [this](bool live) {
        if (live && isVisible())
            refresh();
        showState();
    });
    connect(s, &models::InstanceStore::hostChanged, this, &ComparePage::showEverything);
    connect(s, &models::InstanceStore::othersChanged, this, members);
    connect(s, &models::InstanceStore::changed, this, [this](const QStringList& ids) {
        m_pair->fill();
        for (CompareSide* side : m_sides)
            if (ids.contains(side->id()) && isVisible())
                side->follow();
        showEverything();
    });
    m_timer.setInterval(processInterval);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (isVisible() && store().isLive())
            for (CompareSide* side : m_sides)
                side->askProcesses();
    });
    m_timer.start();
}

void ComparePage::refresh()
{
    for (CompareSide* side : m_sides)
        side->ask();
}

void ComparePage::shown()
{
    askWorkloads(context(), this);
    for (CompareSide* side : m_sides)
        side->follow();
    showEverything();
}

void ComparePage::open(const QStringList& ids, const QString&)
{
    const QString first = ids.value(0);
    if (first.isEmpty())
        chooseDefault();
    else
        choose(first, ids.value(1).isEmpty() ? store().twinOf(first) : ids.value(1));
}

void ComparePage::choose(const QString& left, const QString& right)
{
    m_sides[0]->setId(left);
    m_sides[1]->setId(right);
    QStringList ids;
    QList<std::pair<QString, Tone>> columns;
    for (size_t side = 0; side < 2; ++side) {
        if (const client::Instance* i = m_sides[side]->instance()) {
            if (!store().isOther(i->id))
                ids.append(i->id);
            columns.append({i->context.name, toneOfInstance(*i)});
        } else {
            columns.append({models::none(), Tone::Muted});
        }
    }
    m_pair->setPair(idOf(false), idOf(true));
    m_evidence->setColumns(columns);
    m_resources->setColumns(columns);
    m_traffic->setIds({left, right});
    m_charts->setIds(ids);
    m_limits->setIds(ids);
    if (isVisible())
        for (CompareSide* side : m_sides)
            side->follow();
    showEverything();
}

void ComparePage::chooseDefault()
{
    const bool leftGone = !store().contains(idOf(false));
    const bool rightGone = !store().contains(idOf(true));
    if (!leftGone && !rightGone)
        return;
    if (!leftGone || !rightGone) {
        const QString twin = store().twinOf(leftGone ? idOf(true) : idOf(false));
        choose(leftGone ? twin : idOf(false), leftGone ? idOf(true) : twin);
        if (!twin.isEmpty())
            return;
    }
    for (const QString& id : store().ids()) {
        const QString twin = store().twinOf(id);
        if (store().find(id)->context.kind == Kind::Container && !twin.isEmpty()) {
            choose(id, twin);
            return;
        }
    }
    const auto firstOf = [this](Kind kind) {
        for (const QString& id : store().ids())
            if (store().find(id)->context.kind == kind)
                return id;
        return QString();
    };
    choose(leftGone ? firstOf(Kind::Container) : idOf(false), rightGone ? firstOf(Kind::Machine) : idOf(true));
}

void ComparePage::showEverything()
{
    if (!showState())
        return;
    m_picture->setHost(pictureHost());
    m_picture->setPanels(m_sides[0]->panel(), m_sides[1]->panel());
    showTimelines();
    m_evidence->setReports({m_sides[0]->report(), m_sides[1]->report()});
    showResources();
    showProcess();
    showBanner(0);
    showBanner(1);
    std::array<CostCard::Column, 2> costs;
    for (size_t side = 0; side < 2; ++side) {
        const client::Instance* i = m_sides[side]->instance();
        costs[side] = {store().nameOf(m_sides[side]->id()), i ? toneOfInstance(*i) : Tone::Muted,
                       m_sides[side]->costs()};
    }
    m_costs->setColumns(costs[0], costs[1]);
}

void ComparePage::showResources()
{
    const client::ResourceReport& left = m_sides[0]->resources();
    const client::ResourceReport& right = m_sides[1]->resources();
    // Every second something changes; these figures only when they were asked for.
    const std::pair measured{left.measuredAt, right.measuredAt};
    if (measured == m_resourcesMeasured)
        return;
    m_resourcesMeasured = measured;
    m_resources->setReports({left, right});
}

void ComparePage::showProcess()
{
    const std::pair listed{m_sides[0]->processesListed(), m_sides[1]->processesListed()};
    if (listed == m_processesListed)
        return;
    m_processesListed = listed;
    std::array<ProcessCard::Side, 2> sides;
    for (size_t side = 0; side < 2; ++side)
        if (const client::Instance* i = m_sides[side]->instance())
            sides[side] = {i->id, i->context.name, i->context.kind, m_sides[side]->processes()};
    m_process->setSides(sides);
}

widgets::PictureHost ComparePage::pictureHost() const
{
    const client::Host& known = store().host();
    widgets::PictureHost host;
    host.bootId = m_sides[0]->hostBootId();
    host.kernel = known.kernel;
    host.kernelNote = tr("namespaces · cgroups (%1)").arg(known.cgroupMode);
    host.hardwareNote = QStringList{tr("%n core(s)", nullptr, known.cpus), models::bytes(known.memory),
                                    tr("virtual machines on %1").arg(models::accelerationName(known.acceleration))}
                            .join(QStringLiteral(" · "));
    return host;
}

void ComparePage::showTimelines()
{
    QList<widgets::TimelineRow> rows;
    for (const CompareSide* side : m_sides)
        if (side->instance())
            rows.append(side->timelineRow());
    m_timelines->setRows(rows);
}

void ComparePage::showBanner(int at)
{
    const CompareSide* side = m_sides[size_t(at)];
    const client::Instance* i = side->instance();
    QString title;
    QString text;
    bool startable = false;
    if (i && (i->runtime.state == State::Stopped || i->runtime.state == State::Broken)) {
        title = tr("%1 is %2").arg(i->context.name, models::stateName(i->runtime.state));
        text = i->runtime.problem.isEmpty() ? tr("Nothing inside can be asked until it runs.") : i->runtime.problem;
        startable = i->runtime.state == State::Stopped && store().isLive();
    } else if (i && !side->problem().isEmpty()) {
        title = tr("%1: the inside could not be asked").arg(i->context.name);
        text = side->problem();
    }
    const QString all = title + QLatin1Char('\n') + text + (startable ? QStringLiteral("+") : QString());
    if (all == m_bannerTexts[size_t(at)])
        return;
    m_bannerTexts[size_t(at)] = all;
    Banner* banner = m_banners[size_t(at)];
    if (title.isEmpty()) {
        banner->dismiss();
        return;
    }
    banner->showMessage(startable ? Banner::Level::Info : Banner::Level::Warning, title, text);
    if (startable)
        banner->addAction(tr("Start"), [this, id = i->id] { start(id); });
}

void ComparePage::start(const QString& id)
{
    client().act(client::Verb::Start, {id}, this, [this](const client::Answer<QStringList>& answer) {
        if (!answer)
            emit navigator().notify(Notice::Error, models::errorText(answer.error()), answer.error().name);
    });
}

void ComparePage::exportReport()
{
    const SaveOffer offer{tr("Export report"),
                          tr("%1 and %2").arg(store().nameOf(idOf(false)), store().nameOf(idOf(true))),
                          {tr("Web page (*.html)"), tr("Markdown (*.md)")},
                          tr("Report saved in %1"),
                          tr("The report could not be saved in %1")};
    saveFile(this, navigator(), offer, [this](const QString& path) {
        const Report report(m_sides[0]->data(), m_sides[1]->data(), store().host());
        return (path.endsWith(QLatin1String(".md")) ? report.markdown() : report.html()).toUtf8();
    });
}

QByteArray ComparePage::saveState() const
{
    return (idOf(false) + QLatin1Char('\n') + idOf(true)).toUtf8();
}

void ComparePage::restoreState(const QByteArray& state)
{
    const QStringList ids = QString::fromUtf8(state).split(QLatin1Char('\n'));
    if (ids.size() == 2 && store().contains(ids.first()) && store().contains(ids.last()))
        choose(ids.first(), ids.last());
}

} // namespace diptych::pages
