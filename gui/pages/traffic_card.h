// Traffic through the wall of one or two instances: system calls and VM exits by kind, counted while the user wants it
// and looks at it, one after the other.
#pragma once

#include "client/traffic_types.h"
#include "pages/context.h"
#include "widgets/card.h"

class QPushButton;

namespace diptych::widgets {
class EvidenceTable;
class RateBars;
} // namespace diptych::widgets

namespace diptych::pages {

class ToneLabel;

class TrafficCard final : public widgets::Card
{
    Q_OBJECT
public:
    explicit TrafficCard(const Context& context, QWidget* parent);
    void setIds(const QStringList& ids); ///< one or two
    [[nodiscard]] widgets::RateBars& bars() const { return *m_bars; }
    [[nodiscard]] QPushButton* toggle() const { return m_count; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Side
    {
        QString id;
        std::optional<client::Traffic> traffic;
        QString problem;
    };
    void askNext();
    void take(const QString& id, const client::Answer<client::Traffic>& answer);
    void showTraffic();
    void showRows();
    void fit();
    [[nodiscard]] QList<std::pair<QString, widgets::Tone>> columns() const;

    Context m_context;
    QPushButton* m_count;
    ToneLabel* m_note;
    widgets::RateBars* m_bars;
    widgets::EvidenceTable* m_rows;
    QList<Side> m_sides;
    qsizetype m_next = 0;
    bool m_asking = false;
};

} // namespace diptych::pages
