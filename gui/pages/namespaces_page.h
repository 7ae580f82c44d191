// The machine's namespaces: who owns whom as a drawing, the list with filters, and one in detail. Asks the helper every
// five seconds while it is the visible page, and never otherwise.
#pragma once

#include "models/namespace_filter.h"
#include "models/namespace_model.h"
#include "pages/watched_page.h"

class QComboBox;
class QPushButton;
class QSplitter;
class QTableView;

namespace diptych::widgets {
class NestedBoxes;
} // namespace diptych::widgets

namespace diptych::pages {

class NamespaceDetail;

class NamespacesPage final : public WatchedPage
{
    Q_OBJECT
public:
    explicit NamespacesPage(const Context& context, QWidget* parent = nullptr);
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;

private:
    void buildHeader();
    void buildTable();
    void buildLayout();
    void take(const client::Answer<client::NamespaceListing>& answer);
    void showDrawing();
    [[nodiscard]] QModelIndex indexOf(const QString& id) const override { return m_model->indexOf(id); }
    [[nodiscard]] QString firstWorthwhile() const;

    models::NamespaceModel* m_model;
    models::NamespaceFilter* m_filter;
    QComboBox* m_kinds;
    QPushButton* m_withoutHost;
    QSplitter* m_splitter;
    QSplitter* m_lower;
    widgets::NestedBoxes* m_drawing;
    QTableView* m_table;
    NamespaceDetail* m_detail;
};

} // namespace diptych::pages
