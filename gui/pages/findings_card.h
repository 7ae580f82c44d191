// Overview's card of what needs a look, each with its mend beside it.
#pragma once

#include "pages/attention.h"
#include "pages/context.h"
#include "widgets/card.h"

class QGridLayout;

namespace diptych::pages {

class FindingsCard final : public widgets::Card
{
    Q_OBJECT
public:
    explicit FindingsCard(const Context& context, QWidget* parent = nullptr);
    void look(); ///< anew, at what the store knows

private:
    void add(const Finding& finding, int row);
    void addAdvice(const Finding& finding, QLabel* text, int row);
    void mend(const Finding& finding);
    [[nodiscard]] QHash<QString, double> throttled() const;

    Context m_context;
    QGridLayout* m_grid;
    QList<Finding> m_findings;
};

} // namespace diptych::pages
