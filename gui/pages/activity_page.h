// Everything that was done, with filters; the whole message of the current entry below.
#pragma once

#include "pages/activity_filter.h"
#include "pages/context.h"

#include <QTimer>

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace diptych::widgets {
class Card;
class EmptyState;
class SearchField;
} // namespace diptych::widgets

namespace diptych::pages {

class ActivityPage final : public Page
{
    Q_OBJECT
public:
    explicit ActivityPage(const Context& context, QWidget* parent = nullptr);
    [[nodiscard]] QString title() const override;
    void focusSearch() override;
    void shown() override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;

private:
    void buildHeader();
    void buildTable();
    void showDetails();
    void showState();
    void save();
    QComboBox* addChoice(const QString& name, const QList<std::pair<QString, QVariant>>& choices);

    ActivityFilter* m_filter;
    widgets::SearchField* m_search;
    QComboBox* m_outcome = nullptr;
    QComboBox* m_area = nullptr;
    QComboBox* m_kind = nullptr;
    QStackedWidget* m_stack;
    QTableView* m_table;
    widgets::EmptyState* m_empty;
    QWidget* m_below = nullptr;
    widgets::Card* m_details;
    QLabel* m_message;
    QPushButton* m_open;
    QTimer m_clock; ///< relative times grow old
};

} // namespace diptych::pages
