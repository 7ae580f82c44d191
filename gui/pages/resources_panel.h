// Where the memory of one or two instances is, drawn and as a table with evidence, and which limits bind.
#pragma once

#include "client/wall_types.h"
#include "widgets/stackedbars.h"

namespace diptych::pages {

class EvidenceCard;

class ResourcesPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit ResourcesPanel(QWidget* parent = nullptr);
    void setColumns(const QList<std::pair<QString, widgets::Tone>>& columns);
    void setReports(const QList<client::ResourceReport>& reports);
    [[nodiscard]] const widgets::StackedBars& bars() const { return *m_bars; }

private:
    void showBars(const QList<client::ResourceReport>& reports);
    [[nodiscard]] widgets::StackedBars::Bar bar(qsizetype column, const client::ResourceReport& report,
                                                const client::Figure& figure) const;

    QList<std::pair<QString, widgets::Tone>> m_columns;
    widgets::StackedBars* m_bars;
    EvidenceCard* m_figures;
    EvidenceCard* m_bounds;
};

} // namespace diptych::pages
