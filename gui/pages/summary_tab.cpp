#include "models/formatting.h"
#include "models/statements.h"
#include "pages/detail_tabs.h"
#include "pages/parts.h"
#include "widgets/banner.h"
#include "widgets/card.h"
#include "widgets/timelinechart.h"

#include <QGridLayout>
#include <QLabel>

namespace diptych::pages {

using client::Kind;
using client::State;
using Facts = QList<std::pair<QString, QString>>;

SummaryTab::SummaryTab(const Context& context, QWidget* parent)
    : DetailTab(context, parent),
      m_problem(new widgets::Banner(this)),
      m_identity(new QGridLayout),
      m_run(new QGridLayout),
      m_start(new widgets::Card(tr("Last start"), this)),
      m_timeline(new widgets::TimelineChart(this))
{
    m_problem->setClosable(false);
    auto* what = new widgets::Card(tr("What it is"), this);
    what->body()->addLayout(m_identity);
    what->body()->addStretch(1);
    auto* how = new widgets::Card(tr("How it runs"), this);
    how->body()->addLayout(m_run);
    how->body()->addStretch(1);
    m_start->setTitle(tr("Last start"), tr("measured step by step"));
    m_timeline->setStepText(&models::stepName);
    m_timeline->setFormatter(&models::nanoseconds);
    m_timeline->setAccessibleName(tr("Timeline of the last start"));
    m_start->body()->addWidget(m_timeline);
    auto* content = new QWidget(this);
    auto* grid = new QGridLayout(content);
    grid->setContentsMargins(0, 12, 0, 12);
    grid->setSpacing(14);
    grid->addWidget(m_problem, 0, 0, 1, 2);
    grid->addWidget(what, 1, 0);
    grid->addWidget(how, 1, 1);
    grid->addWidget(m_start, 2, 0, 1, 2);
    grid->setRowStretch(3, 1);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    content->setAccessibleName(tr("Summary"));
    layout->addWidget(scrolling(content, this));
    connect(&store(), &models::InstanceStore::changed, this, [this](const QStringList& ids) {
        if (ids.contains(id()) && isVisible())
            activate();
    });
}

void SummaryTab::reset()
{
    m_timelineOf = 0;
    m_timeline->setRows({});
    showFacts();
}

void SummaryTab::activate()
{
    showFacts();
    askTimeline();
}

void SummaryTab::showFacts()
{
    const client::Instance* i = instance();
    if (!i)
        return;
    fill(m_identity, m_shownIdentity == identity(*i) ? Facts{} : m_shownIdentity = identity(*i));
    fill(m_run, m_shownRun == run(*i) ? Facts{} : m_shownRun = run(*i));
    if (i->runtime.problem.isEmpty())
        m_problem->dismiss();
    else
        m_problem->showMessage(
            i->runtime.state == State::Broken ? widgets::Banner::Level::Error : widgets::Banner::Level::Warning,
            i->runtime.state == State::Broken ? tr("It is broken") : tr("The last start failed"), i->runtime.problem);
}

void SummaryTab::askTimeline()
{
    const client::Instance* i = instance();
    m_start->setVisible(i && i->runtime.startedAt > 0); // others' machines: nobody measured
    if (!i || i->runtime.startedAt == m_timelineOf || i->runtime.state == State::Starting)
        return;
    m_timelineOf = i->runtime.startedAt;
    const QString asked = id();
    client().timeline(asked, this, [this, asked](const client::Answer<client::Timeline>& answer) {
        const client::Instance* now = instance();
        if (asked != id() || !now)
            return;
        const QString name = now->context.name;
        const widgets::Tone tone = widgets::toneOf(now->context.kind);
        if (!answer)
            m_timeline->setRows({{name, tone, {}, models::errorText(answer.error())}});
        else
            m_timeline->setRows({{name, tone, answer.value(),
                                  answer.value().steps.isEmpty() ? tr("no start was measured") : QString()}});
    });
}

Facts SummaryTab::identity(const client::Instance& i) const
{
    Facts facts;
    if (!i.runtime.title.isEmpty())
        facts.append({tr("Title"), i.runtime.title});
    if (!i.runtime.description.isEmpty())
        facts.append({tr("Description"), i.runtime.description});
    facts += Facts{{tr("Kind"), models::kindName(i.context.kind)},
                   {tr("Image"), i.context.image.isEmpty() ? tr("none: it has disks of its own") : i.context.image}};
    if (const QString twin = store().twinOf(i.id); !twin.isEmpty())
        facts.append({tr("Twin"), store().nameOf(twin)});
    if (!i.context.image.isEmpty() || !i.context.command.isEmpty())
        facts.append({tr("Command"),
                      i.context.command.isEmpty() ? tr("the image's") : i.context.command.join(QLatin1Char(' '))});
    if (!i.context.user.isEmpty())
        facts.append({tr("User"), i.context.user});
    facts.append({tr("Network"), models::networkName(i.context.networkMode)});
    if (!i.context.ports.isEmpty())
        facts.append({tr("Ports"), models::portsText(i.context.ports)});
    facts.append({tr("Limits"),
                  tr("%1 · %2 memory · %3 processes")
                      .arg(models::coresOrNone(i.context.limits.cpus), models::bytesOrNone(i.context.limits.memory),
                           i.context.limits.pids > 0 ? models::count(i.context.limits.pids) : tr("any number of"))});
    if (i.runtime.createdAt > 0)
        facts.append({tr("Created"), models::dateTime(i.runtime.createdAt)});
    facts.append({tr("Id"), i.id});
    return facts;
}

Facts SummaryTab::run(const client::Instance& i) const
{
    const client::Runtime& r = i.runtime;
    Facts facts{{tr("State"), models::stateName(r.state)}};
    if (r.installing)
        facts.append({tr("Installation"), r.state == State::Stopped
                                              ? tr("has not ended: it begins anew with the next start")
                                              : tr("runs; when it ends the machine starts from its disk")});
    if (r.startedAt > 0)
        facts.append({tr("Started"),
                      tr("%1, in %2").arg(models::dateTime(r.startedAt), models::nanoseconds(r.startNanoseconds))});
    if (r.state == State::Stopped && r.finishedAt > 0)
        facts.append({tr("Ended"), r.exitCode
                                       ? tr("%1, %2").arg(models::dateTime(r.finishedAt), models::exitText(*r.exitCode))
                                       : models::dateTime(r.finishedAt)});
    if (r.oomKilled)
        facts.append({tr("Memory"), tr("ran out; the kernel killed a process")});
    if (!r.address.isEmpty())
        facts.append({tr("Address"), r.address});
    if (!r.mac.isEmpty())
        facts.append({tr("MAC address"), r.mac});
    if (r.pid > 0)
        facts.append({i.context.kind == Kind::Machine ? tr("QEMU's PID on the host") : tr("PID 1 of it, on the host"),
                      QString::number(r.pid)});
    if (i.context.kind == Kind::Machine && !r.acceleration.isEmpty())
        facts.append({tr("Processor"), models::accelerationName(r.acceleration)});
    if (!r.hostNamespaces.isEmpty())
        facts.append({tr("Shared with the host"), r.hostNamespaces.join(QStringLiteral(", "))});
    if (!r.cgroup.isEmpty())
        facts.append({tr("Control group"), r.cgroup});
    return facts;
}

void SummaryTab::fill(QGridLayout* grid, const Facts& facts)
{
    if (facts.isEmpty())
        return; // as it was
    clearLayout(grid);
    for (int row = 0; row < facts.size(); ++row) {
        auto* name = new ToneLabel(facts.at(row).first);
        auto* value = new QLabel(facts.at(row).second);
        value->setTextFormat(Qt::PlainText);
        value->setWordWrap(true);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        value->setAccessibleName(facts.at(row).first + QStringLiteral(": ") + facts.at(row).second);
        grid->addWidget(name, row, 0, Qt::AlignTop);
        grid->addWidget(value, row, 1);
    }
    grid->setColumnStretch(1, 1);
    grid->setHorizontalSpacing(18);
    grid->setVerticalSpacing(5);
}

} // namespace diptych::pages
