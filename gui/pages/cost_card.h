// What each of two instances costs, and how many times more the dearer one.
#pragma once

#include "client/types.h"
#include "widgets/card.h"

class QGridLayout;

namespace diptych::pages {

class CostCard final : public widgets::Card
{
    Q_OBJECT
public:
    struct Column
    {
        QString name;
        widgets::Tone tone = widgets::Tone::Muted;
        client::Costs costs;
    };
    explicit CostCard(QWidget* parent = nullptr);
    void setColumns(const Column& left, const Column& right);

private:
    void addLabel(int row, int column, const QString& text, widgets::Tone tone);

    QGridLayout* m_grid;
    QList<QStringList> m_shown;
};

} // namespace diptych::pages
