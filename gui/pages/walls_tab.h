// Walls of a container, taken down from a throw-away copy: which, what became possible, and putting them back.
#pragma once

#include "client/copy_types.h"
#include "pages/detail_tab.h"

class QCheckBox;
class QLabel;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;
class QGridLayout;

namespace diptych::widgets {
class Banner;
class Card;
} // namespace diptych::widgets

namespace diptych::pages {

class WallsTab final : public DetailTab
{
    Q_OBJECT
public:
    WallsTab(const Context& context, QWidget* parent);
    [[nodiscard]] QTreeWidget* table() const { return m_table; }
    [[nodiscard]] QPushButton* takeDownButton() const { return m_takeDown; }
    [[nodiscard]] QPushButton* putBackButton() const { return m_putBack; }
    [[nodiscard]] QCheckBox* wall(const QString& name) const { return m_boxes.value(name); }

protected:
    void reset() override;
    void activate() override;

private:
    void build();
    void follow();
    void showWalls(const QList<client::WallChoice>& walls);
    void showStanding(const QList<client::WallChoice>& walls, int row);
    void takeDown();
    void putBack();
    void ended(const client::Operation& operation);
    void showCopy(const client::WallCopy& copy);
    void showAttempts(const QList<client::Attempt>& attempts);
    void showState();
    [[nodiscard]] QStringList chosen() const;
    [[nodiscard]] QString blocker() const;

    widgets::Banner* m_banner;
    widgets::Card* m_choice;
    QGridLayout* m_walls;
    QList<client::WallChoice> m_shownWalls;
    QMap<QString, QCheckBox*> m_boxes;
    QPushButton* m_takeDown;
    QPushButton* m_putBack;
    QLabel* m_state;
    QLabel* m_verdict;
    QTreeWidget* m_table;
    QString m_operation;                            ///< of ours, running
    QHash<QString, client::Operation> m_operations; ///< that ended before we knew that they are ours
    std::optional<client::WallCopy> m_copy;         ///< shown
    int m_others = 0;                               ///< further copies of it
    bool m_there = false;                           ///< the shown one, still
    bool m_asking = false, m_sending = false;
};

} // namespace diptych::pages
