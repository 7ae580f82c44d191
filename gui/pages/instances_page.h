// Both kinds in one table; the selected instance in tabs below. Selection, scroll, sort, columns survive refreshes and
// restarts.
#pragma once

#include "pages/context.h"
#include "widgets/tone.h"

class QHBoxLayout;
class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace diptych::widgets {
class EmptyState;
class SearchField;
} // namespace diptych::widgets

namespace diptych::pages {

class Header;
class ConnectionPicker;
class InstanceActions;
class InstanceDetail;
class OthersPanel;

class InstancesPage final : public Page
{
    Q_OBJECT
public:
    explicit InstancesPage(const Context& context, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    void refresh() override;
    void focusSearch() override;
    void shown() override;
    void open(const QStringList& ids, const QString& tab = {}) override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;

    [[nodiscard]] QTableView* table() const { return m_table; }
    [[nodiscard]] InstanceActions& actions() const { return *m_actions; }
    [[nodiscard]] InstanceDetail* detail() const { return m_detail; }
    [[nodiscard]] OthersPanel* others() const { return m_others; } ///< null until it was asked for
    void showOthers(bool on);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildHeader();
    void buildTable();
    void buildLayout();
    void listen();
    [[nodiscard]] QPushButton* chip(client::Kind kind);
    void dressChip(QPushButton* made, widgets::Tone tone);
    void dressFound();
    void select(const QStringList& ids);
    void selectionChanged();
    void showDetail(bool on);
    void showCounts();
    void showState();
    void showConnections();
    void showMenu(const QPoint& position);
    void pickFirst();
    void share(); ///< the height between list and details, as long as nobody dragged
    [[nodiscard]] int listHeight() const;

    models::InstanceFilter* m_filter;
    InstanceActions* m_actions;
    Header* m_header;
    widgets::SearchField* m_search;
    QPushButton* m_containers;
    QPushButton* m_machines;
    QPushButton* m_found;
    ConnectionPicker* m_place;
    QStackedWidget* m_stack;
    QTableView* m_table;
    widgets::EmptyState* m_empty;
    QSplitter* m_splitter;
    InstanceDetail* m_detail;
    QStackedWidget* m_halves;        ///< ours, and what was found
    OthersPanel* m_others = nullptr; ///< made when first looked at
    QStringList m_wanted;            ///< to select as soon as it appears
    bool m_focusTable = false;       ///< as soon as it has rows
    QString m_wantedTab;
    bool m_dragged = false;
    std::optional<bool> m_many; ///< connections were there when the column was last shown or hidden
};

} // namespace diptych::pages
