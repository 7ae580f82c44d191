// Everything that was done, with filters; the whole message of the current entry below.
#pragma once

#include "pages/context.h"

#include <QSortFilterProxyModel>
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

class ActivityFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setText(const QString& text);
    void setOutcome(const QString& outcome); ///< empty: all

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QString m_text;
    QString m_outcome;
};

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

    ActivityFilter* m_filter;
    widgets::SearchField* m_search;
    QComboBox* m_outcome;
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
