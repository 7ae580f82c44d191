// One half of Compare: an instance and all that is asked about it, again whenever it starts or stops.
#pragma once

#include "client/wall_types.h"
#include "pages/context.h"
#include "pages/report.h"
#include "widgets/diptychpicture.h"
#include "widgets/timelinechart.h"

namespace diptych::pages {

class CompareSide final : public QObject
{
    Q_OBJECT
public:
    CompareSide(const Context& context, QObject* parent);

    void setId(const QString& id);
    [[nodiscard]] const QString& id() const { return m_id; }
    [[nodiscard]] const client::Instance* instance() const { return m_context.store->find(m_id); }
    void ask();          ///< evidence, timeline, costs, processes
    void askProcesses(); ///< those alone, and the costs
    void follow();       ///< asks anew if it was started, or stopped, since the last time

    [[nodiscard]] widgets::PicturePanel panel() const;
    [[nodiscard]] widgets::TimelineRow timelineRow() const;
    [[nodiscard]] const client::IsolationReport& report() const { return m_data.isolation; }
    [[nodiscard]] const QList<client::Process>& processes() const { return m_processes; }
    [[nodiscard]] qint64 processesListed() const { return m_processesListed; } ///< grows with each new list
    [[nodiscard]] const client::ResourceReport& resources() const { return m_resources; }
    [[nodiscard]] const client::Costs& costs() const { return m_data.costs; }
    [[nodiscard]] const QString& problem() const { return m_problem; } ///< why evidence is missing
    [[nodiscard]] QString hostBootId() const;                          ///< as the evidence says, else of the host
    [[nodiscard]] ReportSide data() const;

signals:
    void changed();

private:
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] QString evidenceValue(const QString& resource, const QString& claim) const;
    [[nodiscard]] QString caption(const client::Instance& instance) const;
    void askEvidence();
    void askResources();
    void askTimeline();
    void askCosts();

    Context m_context;
    QString m_id;
    ReportSide m_data;
    QList<client::Process> m_processes;
    client::ResourceReport m_resources;
    qint64 m_processesListed = 0;
    QString m_problem;
    QString m_timelineProblem;
    qint64 m_startedAt = -1;
    qint64 m_startNanoseconds = 0;
    bool m_ran = false;
    bool m_askingProcesses = false;
};

} // namespace diptych::pages
