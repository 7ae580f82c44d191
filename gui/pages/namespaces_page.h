// The machine's namespaces: who owns whom as a drawing, the list with filters, and one in detail. Asks the helper every
// five seconds while it is the visible page, and never otherwise.
#pragma once

#include "models/namespace_filter.h"
#include "models/namespace_model.h"
#include "pages/context.h"

#include <QElapsedTimer>
#include <QTimer>

class QComboBox;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace diptych::widgets {
class EmptyState;
class NestedBoxes;
class SearchField;
} // namespace diptych::widgets

namespace diptych::pages {

class Header;
class NamespaceDetail;

class NamespacesPage final : public Page
{
    Q_OBJECT
public:
    explicit NamespacesPage(const Context& context, QWidget* parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Namespaces"); }
    void refresh() override;
    void focusSearch() override;
    void shown() override;
    void open(const QStringList& ids, const QString& tab = {}) override; ///< ids[0]: a namespace's
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;

private:
    void buildHeader();
    void buildTable();
    void buildLayout();
    void take(const client::Answer<client::NamespaceListing>& answer);
    void showState();
    void showDrawing();
    void select(const QString& id);
    [[nodiscard]] QString current() const;
    [[nodiscard]] QString firstWorthwhile() const;

    models::NamespaceModel* m_model;
    models::NamespaceFilter* m_filter;
    Header* m_header;
    widgets::SearchField* m_search;
    QComboBox* m_kinds;
    QPushButton* m_withoutHost;
    QStackedWidget* m_stack;
    widgets::EmptyState* m_empty;
    QSplitter* m_splitter;
    QSplitter* m_lower;
    widgets::NestedBoxes* m_drawing;
    QTableView* m_table;
    NamespaceDetail* m_detail;
    QTimer m_timer;
    QElapsedTimer m_asked;
    QString m_problem, m_wanted;
    bool m_asking = false;
};

} // namespace diptych::pages
