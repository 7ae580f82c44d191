// A machine's snapshots as a tree, with "you are here"; and clones of it.
#pragma once

#include "client/machine_types.h"
#include "pages/detail_tab.h"

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTreeWidget;
class QTreeWidgetItem;

namespace diptych::widgets {
class EmptyState;
} // namespace diptych::widgets

namespace diptych::pages {

class SnapshotCard;

class SnapshotsTab final : public DetailTab
{
    Q_OBJECT
public:
    SnapshotsTab(const Context& context, QWidget* parent);
    [[nodiscard]] QTreeWidget* tree() const { return m_tree; }

protected:
    void reset() override;
    void activate() override;

private:
    void take(const client::Answer<client::Snapshots>& answer);
    void fill();
    void place(QTreeWidgetItem* item, const client::Snapshot& snapshot);
    void follow();
    void waitForOthers();
    void showMoment();
    void make();
    void revert();
    void remove();
    void clone();
    [[nodiscard]] QComboBox* momentsOf(QWidget* parent) const;
    void backUp();
    void await(const QString& operation);
    [[nodiscard]] bool makeable() const; ///< of one kind or the other
    [[nodiscard]] const client::Snapshot* chosen() const;

    QLabel* m_note;
    QPushButton* m_new;
    QPushButton* m_revert;
    QPushButton* m_delete;
    QPushButton* m_clone;
    QPushButton* m_backUp;
    QStackedWidget* m_stack;
    widgets::EmptyState* m_empty;
    QWidget* m_content;
    QTreeWidget* m_tree;
    SnapshotCard* m_card;
    client::Snapshots m_snapshots;
    QString m_made; ///< chosen once it is there
    bool m_asking = false;
    bool m_again = false;
    bool m_known = false;
};

} // namespace diptych::pages
