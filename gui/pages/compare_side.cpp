#include "pages/compare_side.h"

#include "client/wall_calls.h"
#include "models/formatting.h"
#include "models/statements.h"

namespace diptych::pages {

using client::Kind;
using client::State;

CompareSide::CompareSide(const Context& context, QObject* parent) : QObject(parent), m_context(context) {}

void CompareSide::setId(const QString& id)
{
    if (id == m_id)
        return;
    m_id = id;
    m_data = {};
    m_processes.clear();
    ++m_processesListed;
    m_resources = {};
    m_problem.clear();
    m_timelineProblem.clear();
    m_startedAt = -1;
    m_startNanoseconds = 0;
    m_askingProcesses = false;
}

bool CompareSide::isRunning() const
{
    const client::Instance* i = instance();
    return i && (i->runtime.state == State::Running || i->runtime.state == State::Paused);
}

void CompareSide::follow()
{
    const client::Instance* i = instance();
    // A machine runs long before its entry point does: then the steps of its start are told anew.
    if (!i || (i->runtime.startedAt == m_startedAt && i->runtime.startNanoseconds == m_startNanoseconds &&
               isRunning() == m_ran))
        return;
    ask();
}

void CompareSide::ask()
{
    const client::Instance* i = instance();
    if (!i)
        return;
    m_startedAt = i->runtime.startedAt;
    m_startNanoseconds = i->runtime.startNanoseconds;
    m_ran = isRunning();
    if (m_ran) {
        askEvidence();
        askResources();
        askProcesses();
    } else {
        m_processes.clear();
        ++m_processesListed;
        m_resources = {};
        m_problem.clear();
        askCosts();
    }
    askTimeline();
    emit changed();
}

void CompareSide::askEvidence()
{
    m_context.client->evidence(m_id, this, [this, asked = m_id](const client::Answer<client::IsolationReport>& answer) {
        if (asked != m_id)
            return;
        if (answer)
            m_data.isolation = answer.value();
        m_problem = answer ? answer.value().probeProblem : models::errorText(answer.error());
        emit changed();
    });
}

void CompareSide::askResources()
{
    m_context.client->wallCalls().resources(m_id, this,
                                            [this, asked = m_id](const client::Answer<client::ResourceReport>& answer) {
                                                if (asked != m_id)
                                                    return;
                                                m_resources = answer ? answer.value() : client::ResourceReport{};
                                                emit changed();
                                            });
}

void CompareSide::askTimeline()
{
    if (m_context.store->isOther(m_id)) {
        m_timelineProblem = tr("not started by Diptych");
        return;
    }
    m_context.client->timeline(m_id, this, [this, asked = m_id](const client::Answer<client::Timeline>& answer) {
        if (asked != m_id)
            return;
        m_timelineProblem = answer ? QString() : models::errorText(answer.error());
        m_data.timeline = answer ? answer.value() : client::Timeline{};
        emit changed();
    });
}

void CompareSide::askCosts()
{
    if (m_context.store->isOther(m_id))
        return;
    m_context.client->costs(m_id, this, [this, asked = m_id](const client::Answer<client::Costs>& answer) {
        if (asked != m_id || !answer)
            return;
        m_data.costs = answer.value();
        emit changed();
    });
}

void CompareSide::askProcesses()
{
    if (!isRunning() || m_askingProcesses)
        return;
    m_askingProcesses = true;
    askCosts();
    m_context.client->processes(m_id, this, [this, asked = m_id](const client::Answer<QList<client::Process>>& answer) {
        if (asked != m_id)
            return;
        m_askingProcesses = false;
        if (answer)
            m_processes = answer.value();
        ++m_processesListed;
        emit changed();
    });
}

QString CompareSide::evidenceValue(const QString& resource, const QString& claim) const
{
    for (const client::IsolationRow& row : m_data.isolation.rows)
        if (row.resource == resource)
            for (const client::Evidence& e : row.evidence)
                if (e.claim == claim)
                    return e.value;
    return {};
}

QString CompareSide::hostBootId() const
{
    const QString seen = evidenceValue(QStringLiteral("kernel"), QStringLiteral("boot id of the host"));
    return seen.isEmpty() ? m_context.store->host().bootId : seen;
}

QString CompareSide::caption(const client::Instance& i) const
{
    if (i.runtime.pid <= 0)
        return {};
    return i.context.kind == Kind::Machine ? tr("QEMU, PID %1 on the host").arg(i.runtime.pid)
                                           : tr("PID 1 is %1 on the host").arg(i.runtime.pid);
}

widgets::PicturePanel CompareSide::panel() const
{
    widgets::PicturePanel panel;
    const client::Instance* i = instance();
    if (!i) {
        panel.note = tr("choose an instance above");
        return panel;
    }
    panel.name = i->context.name;
    panel.kind = i->context.kind;
    panel.state = i->runtime.state;
    panel.caption = caption(*i);
    panel.bootId = evidenceValue(QStringLiteral("kernel"), QStringLiteral("boot id inside"));
    for (const client::IsolationRow& row : m_data.isolation.rows)
        if (row.resource == QLatin1String("kernel"))
            panel.kernel = row.values.value(QStringLiteral("release"));
    if (i->context.kind == Kind::Machine)
        panel.kernelNote =
            QStringList{models::accelerationName(i->runtime.acceleration), models::coresOrNone(i->context.limits.cpus),
                        models::bytesOrNone(i->context.limits.memory)}
                .join(QStringLiteral(" · "));
    if (m_id == QLatin1String("host")) {
        panel.note = tr("no wall: the host's own processes");
        return panel;
    }
    if (!isRunning())
        panel.note = models::stateName(i->runtime.state);
    // A guest's kernel threads, "[kthreadd]", belong to its kernel's bar: the boxes are for programs.
    for (const client::Process& p : m_processes) {
        if (!p.command.startsWith(QLatin1Char('[')))
            panel.processes.append({p.command, p.insidePid, p.pid, p.memory > 0 ? models::bytes(p.memory) : QString()});
    }
    panel.processCount = int(panel.processes.size());
    return panel;
}

widgets::TimelineRow CompareSide::timelineRow() const
{
    const client::Instance* i = instance();
    if (!i)
        return {};
    QString note;
    if (m_data.timeline.steps.isEmpty())
        note = m_timelineProblem.isEmpty() ? tr("no start was measured yet") : m_timelineProblem;
    return {i->context.name, widgets::toneOf(i->context.kind), m_data.timeline, note};
}

ReportSide CompareSide::data() const
{
    ReportSide side = m_data;
    if (const client::Instance* i = instance())
        side.instance = *i;
    return side;
}

} // namespace diptych::pages
