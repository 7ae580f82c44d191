// A tree of paths with a search field and a line that counts: a layer's files, a container's changes. Pages of paths
// are asked for one after the other while it is looked at.
#pragma once

#include "client/client.h"
#include "client/image_types.h"
#include "models/path_tree_model.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QStackedWidget;
class QTreeView;

namespace diptych::widgets {
class EmptyState;
class SearchField;
} // namespace diptych::widgets

namespace diptych::pages {

class PathTree final : public QWidget
{
    Q_OBJECT
public:
    enum class Of { Layer, Changes };
    PathTree(Of of, QWidget* parent);

    void showLoading(const QString& text);
    void showProblem(const QString& title, const QString& text);
    void showNothing(const QString& title, const QString& text);
    /// first: forget what was there.
    void take(const client::PathPage& page, bool first);
    [[nodiscard]] models::PathTreeModel& model() { return m_model; }
    [[nodiscard]] QTreeView* view() const { return m_view; }
    [[nodiscard]] QHBoxLayout* line() const { return m_line; } ///< above the tree, for what belongs beside the search

private:
    void showCounts();
    void filter(const QString& text);

    Of m_of;
    models::PathTreeModel m_model;
    QHBoxLayout* m_line;
    QLabel* m_note;
    widgets::SearchField* m_search;
    QStackedWidget* m_stack;
    QTreeView* m_view;
    widgets::EmptyState* m_empty;
    bool m_more = false;
};

} // namespace diptych::pages
