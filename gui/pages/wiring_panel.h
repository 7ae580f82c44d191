// The machine's network wiring, drawn and listed, live while it is looked at; one interface with how we know of it.
#pragma once

#include "models/wiring_model.h"
#include "pages/context.h"

class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QSplitter;
class QTableView;

namespace diptych::widgets {
class Cabling;
class EvidenceTable;
} // namespace diptych::widgets

namespace diptych::pages {

class Watch;

class WiringPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit WiringPanel(const Context& context, QWidget* parent);

    void refresh();
    void setFilter(const QString& text); ///< words, all of which must be found
    [[nodiscard]] QTableView* table() const { return m_table; }
    [[nodiscard]] widgets::Cabling* drawing() const { return m_drawing; }
    [[nodiscard]] const models::WiringModel& model() const { return *m_model; }
    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray& state);

protected:
    void showEvent(QShowEvent* event) override;

private:
    [[nodiscard]] QWidget* buildDetail();
    void buildTable();
    void take(const client::Answer<client::Wiring>& answer);
    void showDrawing();
    void showDetail();
    void select(const QString& key);
    void jump();
    [[nodiscard]] QString current() const;

    Context m_context;
    models::WiringModel* m_model;
    QSortFilterProxyModel* m_filter;
    Watch* m_watch;
    QSplitter* m_split;
    QSplitter* m_lower;
    widgets::Cabling* m_drawing;
    QTableView* m_table;
    QLabel* m_name;
    QPushButton* m_open;
    widgets::EvidenceTable* m_rows;
};

} // namespace diptych::pages
