// One control group: what it uses and where it is limited, what runs in it, and what may be done about it.
#pragma once

#include "models/group_model.h"
#include "pages/context.h"
#include "widgets/tone.h"

class QLabel;
class QPushButton;
class QTableWidget;

namespace diptych::widgets {
class Banner;
class Card;
class Pill;
} // namespace diptych::widgets

namespace diptych::pages {

class LimitsPanel;

/// A container's, a machine's, or the host's own: by GroupModel's maker.
[[nodiscard]] widgets::Tone toneOfGroup(const QString& maker);

class GroupDetail final : public QWidget
{
    Q_OBJECT
public:
    GroupDetail(const Context& context, const models::GroupModel& model, QWidget* parent);

    void setPath(const QString& path);
    void follow(); ///< a listing was merged: show the group as it is now
    [[nodiscard]] const QString& path() const { return m_path; }

signals:
    void changed(); ///< something was done: list again

private:
    QWidget* buildHead();
    void buildLimits();
    void buildProcesses();
    void showHead(const models::GroupModel::Entry& entry);
    void showFacts(const models::GroupModel::Entry& entry);
    void showLimits(const models::GroupModel::Entry& entry);
    void askProcesses();
    void showProcesses(const QList<client::GroupTask>& tasks);
    void freeze();
    void kill();
    void moveProcess();
    void answered(const client::Answer<client::Nothing>& answer, const QString& failed);
    [[nodiscard]] QString reason() const; ///< why nothing may be changed; empty: it may

    Context m_context;
    const models::GroupModel& m_model;
    QString m_path;
    QLabel* m_name;
    widgets::Pill* m_maker;
    widgets::Pill* m_frozen;
    QLabel* m_pathLabel;
    QPushButton* m_open;
    QPushButton* m_freeze;
    QPushButton* m_kill;
    widgets::Banner* m_banner;
    widgets::Card* m_facts;
    QLabel* m_factText;
    widgets::Card* m_limitsCard;
    LimitsPanel* m_limits;
    QLabel* m_limitsNote;
    widgets::Card* m_processCard;
    QTableWidget* m_processes;
    QPushButton* m_move;
    QList<client::GroupTask> m_tasks;
    bool m_asking = false;
};

} // namespace diptych::pages
