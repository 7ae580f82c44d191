// The machine's control groups: who uses what as a map, the tree with limits, and one group in detail. Asks the helper
// every two seconds while it is the visible page, and never otherwise.
#pragma once

#include "models/group_filter.h"
#include "models/group_model.h"
#include "pages/context.h"
#include "widgets/treemap.h"

#include <QTimer>

class QComboBox;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTreeView;

namespace diptych::widgets {
class EmptyState;
class SearchField;
} // namespace diptych::widgets

namespace diptych::pages {

class GroupDetail;
class Header;

class GroupsPage final : public Page
{
    Q_OBJECT
public:
    explicit GroupsPage(const Context& context, QWidget* parent = nullptr);
    [[nodiscard]] QString title() const override;
    void refresh() override;
    void focusSearch() override;
    void shown() override;
    /// ids[0]: a group's path.
    void open(const QStringList& ids, const QString& tab = {}) override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;

private:
    enum class Measure { Memory, Cpu, Tasks };
    void buildHeader();
    void buildTree();
    void buildLayout();
    void take(const client::Answer<client::GroupListing>& answer);
    void showState();
    void showMap();
    void select(const QString& path);
    [[nodiscard]] QString current() const;
    [[nodiscard]] QString largest() const; ///< of those below the root, in memory
    [[nodiscard]] Measure measure() const;
    [[nodiscard]] double valueOf(const models::GroupModel::Entry& entry) const;
    [[nodiscard]] widgets::TreeMap::Item itemOf(const QString& path) const;

    models::GroupModel* m_model;
    models::GroupFilter* m_filter;
    Header* m_header;
    widgets::SearchField* m_search;
    QComboBox* m_measure;
    QPushButton* m_trouble;
    QStackedWidget* m_stack;
    widgets::EmptyState* m_empty;
    QSplitter* m_splitter;
    widgets::TreeMap* m_map;
    QTreeView* m_tree;
    GroupDetail* m_detail;
    QTimer m_timer;
    QString m_problem;
    QString m_wanted; ///< to be selected when it is there
    QString m_mode;
    bool m_asking = false;
};

} // namespace diptych::pages
