// The machine's control groups: who uses what as a map, the tree with limits, and one group in detail. Asks the helper
// every two seconds while it is the visible page, and never otherwise.
#pragma once

#include "models/group_filter.h"
#include "models/group_model.h"
#include "pages/watched_page.h"
#include "widgets/treemap.h"

class QComboBox;
class QPushButton;
class QSplitter;
class QTreeView;

namespace diptych::pages {

class GroupDetail;

class GroupsPage final : public WatchedPage
{
    Q_OBJECT
public:
    explicit GroupsPage(const Context& context, QWidget* parent = nullptr); ///< chosen by their paths
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;

private:
    enum class Measure { Memory, Cpu, Tasks };
    void buildHeader();
    void buildTree();
    void buildLayout();
    void take(const client::Answer<client::GroupListing>& answer);
    void showMap();
    [[nodiscard]] QModelIndex indexOf(const QString& id) const override { return m_model->indexOf(id); }
    [[nodiscard]] QString largest() const; ///< of those below the root, in memory
    [[nodiscard]] Measure measure() const;
    [[nodiscard]] double valueOf(const models::GroupModel::Entry& entry) const;
    [[nodiscard]] widgets::TreeMap::Item itemOf(const QString& path) const;

    models::GroupModel* m_model;
    models::GroupFilter* m_filter;
    QComboBox* m_measure;
    QPushButton* m_trouble;
    QSplitter* m_splitter;
    widgets::TreeMap* m_map;
    QTreeView* m_tree;
    GroupDetail* m_detail;
    QString m_mode;
};

} // namespace diptych::pages
