// "Which wall do I need?": tick what applies, the choice follows.
#pragma once

#include "pages/advice.h"
#include "widgets/card.h"

#include <QCheckBox>

namespace diptych::pages {

class AdviserCard final : public widgets::Card
{
    Q_OBJECT
public:
    explicit AdviserCard(QWidget* parent = nullptr);

signals:
    void advised(diptych::pages::Wall wall);

private:
    void advise();
    QList<std::pair<QCheckBox*, bool Needs::*>> m_boxes;
    QLabel* m_text;
};

} // namespace diptych::pages
