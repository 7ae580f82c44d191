#include "pages/instance_detail.h"

#include "models/connection_words.h"
#include "models/formatting.h"
#include "pages/changes_tab.h"
#include "pages/detail_tabs.h"
#include "pages/display_tab.h"
#include "pages/guest_tab.h"
#include "pages/hardware_tab.h"
#include "pages/instance_actions.h"
#include "pages/parts.h"
#include "pages/snapshots_tab.h"
#include "pages/terminal_tab.h"
#include "pages/walls_tab.h"
#include "pages/xml_tab.h"
#include "widgets/kind.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTabBar>

namespace diptych::pages {

using models::Action;
using widgets::Tone;

namespace {
enum Tab {
    Summary,
    Performance,
    Isolation,
    Walls,
    Resources,
    Processes,
    Terminal,
    Display,
    Hardware,
    Guest,
    Snapshots,
    Limits,
    Changes,
    Configuration,
    Xml,
    Log,
    TabCount
};
const std::array<const char*, TabCount> tabNames{
    "summary",  "performance", "isolation", "walls",  "resources", "processes",     "terminal", "display",
    "hardware", "guest",       "snapshots", "limits", "changes",   "configuration", "xml",      "log"};

/// Whether instances of this kind have it.
bool has(client::Kind kind, int tab)
{
    if (kind == client::Kind::Container)
        return tab != Xml && tab != Display && tab != Hardware && tab != Guest && tab != Snapshots;
    return tab != Changes && tab != Configuration;
}

/// Why there is nothing to see in it; empty for this machine's own.
QString tabForbidden(const models::InstanceStore& store, const QString& id, int tab)
{
    switch (tab) {
    case Walls:
    case Resources:
    case Processes:
    case Log:
        return models::seenElsewhere(store, id);
    case Terminal:
        return models::connectionForbids(store, id, QStringLiteral("console"));
    case Display:
        return models::connectionForbids(store, id, QStringLiteral("display"));
    case Snapshots:
        return models::connectionForbids(store, id, QStringLiteral("snapshots"));
    case Guest:
        return models::connectionForbids(store, id, QStringLiteral("guest"));
    case Limits:
        return models::connectionForbids(store, id, QStringLiteral("limits"));
    case Hardware:
    case Xml:
        return models::connectionForbids(store, id, QString());
    default:
        return {};
    }
}

/// The tab, or what comes nearest among those of this kind.
int fitting(client::Kind kind, int tab)
{
    if (has(kind, tab))
        return tab;
    switch (tab) {
    case Configuration:
        return Xml;
    case Xml:
        return Configuration;
    case Display:
        return Terminal;
    default:
        return Summary;
    }
}
} // namespace

InstanceDetail::InstanceDetail(const Context& context, InstanceActions& actions, QWidget* parent)
    : DetailPane(context, tr("About the selected instance"),
                 {tr("Summary"), tr("Performance"), tr("Isolation"), tr("Walls"), tr("Resources"), tr("Processes"),
                  tr("Terminal"), tr("Display"), tr("Hardware"), tr("Guest"), tr("Snapshots"), tr("Limits"),
                  tr("Changes"), tr("Configuration"), tr("XML"), tr("Log")},
                 parent),
      m_kind(new widgets::Pill({}, Tone::Container, this)),
      m_state(new widgets::Pill({}, Tone::Good, this))
{
    m_state->setOutlined(true);
    m_state->setDot(true);
    m_head->insertWidget(0, m_kind);
    m_head->insertWidget(2, m_state);
    for (Action which : {Action::Start, Action::Pause, Action::Resume, Action::Restart, Action::Compare, Action::Stop})
        m_verbs[which] = addVerb(actions.action(which));
    m_made.resize(TabCount);
    m_tabs->setUsesScrollButtons(true);
    for (int i = 0; i < TabCount; ++i)
        m_stack->addWidget(new QWidget(m_stack)); // until it is shown
    connect(m_tabs, &QTabBar::currentChanged, this, &InstanceDetail::showTab);
    connect(context.store, &models::InstanceStore::changed, this, [this](const QStringList& ids) {
        if (ids.contains(m_id))
            showHead();
    });
    followConnections();
}

void InstanceDetail::followConnections()
{
    connect(m_context.store, &models::InstanceStore::connectionsChanged, this, [this] {
        showHead();
        if (!m_id.isEmpty())
            showReasons();
    });
}

void InstanceDetail::setId(const QString& id)
{
    if (id == m_id)
        return;
    m_id = id;
    showHead();
    showTabs();
    if (!id.isEmpty())
        showTab(m_tabs->currentIndex());
    for (DetailTab* tab : std::as_const(m_made))
        if (tab && tab != m_made[qsizetype(m_tabs->currentIndex())])
            tab->setId(id);
}

void InstanceDetail::openTab(const QString& name)
{
    const client::Instance* shown = m_context.store->find(m_id);
    for (int i = 0; i < TabCount; ++i)
        if (name == QLatin1String(tabNames[size_t(i)]))
            m_tabs->setCurrentIndex(shown ? fitting(shown->context.kind, i) : i);
}

void InstanceDetail::showTabs()
{
    const client::Instance* shown = m_context.store->find(m_id);
    if (!shown)
        return;
    const client::Kind kind = shown->context.kind;
    int wanted = fitting(kind, m_tabs->currentIndex());
    if (!tabForbidden(*m_context.store, m_id, wanted).isEmpty())
        wanted = Summary;
    m_tabs->setCurrentIndex(wanted); // before its place goes
    for (int i = 0; i < TabCount; ++i)
        m_tabs->setTabVisible(i, has(kind, i));
    // Lays them out: Qt 6.4 forgets that some came or went when the last one stays.
    m_tabs->setTabText(Summary, m_tabs->tabText(Summary));
    showReasons();
}

void InstanceDetail::showReasons()
{
    for (int i = 0; i < TabCount; ++i) {
        const QString reason = tabForbidden(*m_context.store, m_id, i);
        m_tabs->setTabEnabled(i, reason.isEmpty());
        m_tabs->setTabToolTip(i, reason);
    }
}

QString InstanceDetail::tab() const
{
    return QLatin1String(tabNames[size_t(m_tabs->currentIndex())]);
}

void InstanceDetail::refresh()
{
    if (DetailTab* tab = m_made[qsizetype(m_tabs->currentIndex())])
        tab->refresh();
}

void InstanceDetail::focusTab()
{
    if (DetailTab* tab = m_made[qsizetype(m_tabs->currentIndex())])
        tab->setFocus(Qt::OtherFocusReason);
}

void InstanceDetail::showHead()
{
    const client::Instance* i = m_context.store->find(m_id);
    if (!i)
        return;
    m_kind->setText(widgets::kindShortText(i->context.kind));
    m_kind->setTone(widgets::toneOf(i->context.kind));
    m_name->setText(i->context.name);
    m_state->setText(models::stateText(i->runtime));
    m_state->setTone(widgets::toneOf(i->runtime.state));
    m_text->setText(summary(*i));
    m_text->setToolTip(models::plainToolTip(m_text->text()));
    // One of each pair: the other one would only ever be grey.
    const client::State state = i->runtime.state;
    const bool off =
        state == client::State::Stopped || state == client::State::Broken || state == client::State::Creating;
    m_verbs[Action::Start]->setVisible(off);
    m_verbs[Action::Stop]->setVisible(!off);
    m_verbs[Action::Restart]->setVisible(!off);
    m_verbs[Action::Resume]->setVisible(state == client::State::Paused);
    m_verbs[Action::Pause]->setVisible(!off && state != client::State::Paused);
}

QString InstanceDetail::summary(const client::Instance& i) const
{
    QStringList parts;
    if (!i.runtime.title.isEmpty())
        parts.append(i.runtime.title);
    if (!i.context.image.isEmpty())
        parts.append(i.context.image);
    if (i.runtime.startNanoseconds > 0)
        parts.append(tr("started in %1").arg(models::nanoseconds(i.runtime.startNanoseconds)));
    if (const client::LibvirtConnection* on = m_context.store->connectionOf(i.id))
        parts.append(on->state == QLatin1String("connected")
                         ? tr("on %1").arg(on->name)
                         : tr("on %1: %2").arg(on->name, models::connectionState(*on)));
    else if (!i.runtime.managed)
        parts.append(tr("disks of its own"));
    for (const client::Operation& operation : m_context.store->operations(i.id))
        parts.append(models::OperationModel::title(operation));
    return parts.join(QStringLiteral("  ·  "));
}

void InstanceDetail::showTab(int index)
{
    if (index < 0 || m_id.isEmpty())
        return;
    DetailTab*& tab = m_made[qsizetype(index)];
    if (!tab) {
        tab = make(index);
        QWidget* placeholder = m_stack->widget(index);
        m_stack->removeWidget(placeholder);
        delete placeholder;
        m_stack->insertWidget(index, tab);
    }
    tab->setId(m_id);
    m_stack->setCurrentIndex(index);
}

DetailTab* InstanceDetail::make(int index)
{
    switch (index) {
    case Summary:
        return new SummaryTab(m_context, m_stack);
    case Performance:
        return new PerformanceTab(m_context, m_stack);
    case Isolation:
        return new IsolationTab(m_context, m_stack);
    case Walls:
        return new WallsTab(m_context, m_stack);
    case Resources:
        return new ResourcesTab(m_context, m_stack);
    case Processes:
        return new ProcessesTab(m_context, m_stack);
    case Terminal:
        return new TerminalTab(m_context, m_stack);
    case Display:
        return new DisplayTab(m_context, m_stack);
    case Hardware:
        return new HardwareTab(m_context, m_stack);
    case Guest:
        return new GuestTab(m_context, m_stack);
    case Snapshots:
        return new SnapshotsTab(m_context, m_stack);
    case Limits:
        return new LimitsTab(m_context, m_stack);
    case Changes:
        return new ChangesTab(m_context, m_stack);
    case Configuration:
        return new TextTab(m_context, TextTab::What::Configuration, m_stack);
    case Xml:
        return new XmlTab(m_context, m_stack);
    default:
        return new TextTab(m_context, TextTab::What::Log, m_stack);
    }
}

} // namespace diptych::pages
