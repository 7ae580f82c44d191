// The isolation table of Compare in its card: as high as its rows, for the page scrolls and not the table.
#pragma once

#include "widgets/card.h"

namespace diptych::widgets {
class EvidenceTable;
}

namespace diptych::pages {

class ToneLabel;

class EvidenceCard final : public widgets::Card
{
    Q_OBJECT
public:
    explicit EvidenceCard(QWidget* parent = nullptr);
    EvidenceCard(const QString& title, const QString& head, QWidget* parent); ///< of anything else that has evidence
    void setResourceText(std::function<QString(const QString& resource)> text);
    [[nodiscard]] const widgets::EvidenceTable& table() const { return *m_table; }
    void setColumns(const QList<std::pair<QString, widgets::Tone>>& columns);
    void setReports(const QList<client::IsolationReport>& reports);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit();

    widgets::EvidenceTable* m_table;
    ToneLabel* m_measured;
};

} // namespace diptych::pages
