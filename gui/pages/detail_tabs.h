// The tabs of an instance's details, except the terminal.
#pragma once

#include "pages/detail_tab.h"

#include <QTimer>

class QFormLayout;
class QGridLayout;
class QLabel;
class QTableWidget;

namespace diptych::widgets {
class Banner;
class EvidenceTable;
class Card;
class TimelineChart;
} // namespace diptych::widgets

namespace diptych::pages {

class ChartsPanel;
class LimitsPanel;
class ProcessCard;
class ResourcesPanel;
class TextView;
class TrafficCard;

class SummaryTab final : public DetailTab
{
    Q_OBJECT
public:
    SummaryTab(const Context& context, QWidget* parent);

protected:
    void reset() override;
    void activate() override;

private:
    void showFacts();
    void askTimeline();
    [[nodiscard]] QList<std::pair<QString, QString>> identity(const client::Instance& instance) const;
    [[nodiscard]] QList<std::pair<QString, QString>> run(const client::Instance& instance) const;
    static void fill(QGridLayout* grid, const QList<std::pair<QString, QString>>& facts);

    widgets::Banner* m_problem;
    QGridLayout* m_identity;
    QGridLayout* m_run;
    widgets::Card* m_start;
    widgets::TimelineChart* m_timeline;
    qint64 m_timelineOf = 0;
    QList<std::pair<QString, QString>> m_shownIdentity, m_shownRun;
};

class PerformanceTab final : public DetailTab
{
    Q_OBJECT
public:
    PerformanceTab(const Context& context, QWidget* parent);

protected:
    void reset() override;
    void activate() override;

private:
    ChartsPanel* m_charts;
    LimitsPanel* m_limits;
};

class LimitsTab final : public DetailTab
{
    Q_OBJECT
public:
    LimitsTab(const Context& context, QWidget* parent);

protected:
    void reset() override;

private:
    LimitsPanel* m_limits;
    QLabel* m_where;
};

class IsolationTab final : public DetailTab
{
    Q_OBJECT
public:
    IsolationTab(const Context& context, QWidget* parent);

protected:
    void reset() override;
    void activate() override;

private:
    widgets::EvidenceTable* m_table;
    widgets::Banner* m_banner;
    QLabel* m_when;
    TrafficCard* m_traffic;
};

/// Where its memory is, and which limit binds.
class ResourcesTab final : public DetailTab
{
    Q_OBJECT
public:
    ResourcesTab(const Context& context, QWidget* parent);

protected:
    void reset() override;
    void activate() override;

private:
    widgets::Banner* m_banner;
    ResourcesPanel* m_panel;
    QTimer m_timer;
    bool m_asking = false;
};

class ProcessesTab final : public DetailTab
{
    Q_OBJECT
public:
    ProcessesTab(const Context& context, QWidget* parent);

protected:
    void reset() override;
    void activate() override;

private:
    void showProcesses(const QList<client::Process>& processes);
    void choose(int row);
    QTableWidget* m_table;
    QLabel* m_note;
    ProcessCard* m_card;
    QList<client::Process> m_processes;
    QTimer m_timer;
    bool m_asking = false;
};

/// The configuration and the log: read-only text that can be searched, copied and asked for again.
class TextTab final : public DetailTab
{
    Q_OBJECT
public:
    enum class What { Configuration, Log };
    TextTab(const Context& context, What what, QWidget* parent);

protected:
    void reset() override;
    void activate() override;

private:
    void showText(const client::Answer<QString>& answer);

    What m_what;
    TextView* m_view;
    QTimer m_timer;
    bool m_asking = false;
};

} // namespace diptych::pages
