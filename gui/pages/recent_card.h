// Overview's card of what was done last.
#pragma once

#include "pages/context.h"
#include "widgets/card.h"

#include <QTimer>

class QGridLayout;

namespace diptych::pages {

class RecentCard final : public widgets::Card
{
    Q_OBJECT
public:
    explicit RecentCard(const Context& context, QWidget* parent = nullptr);

private:
    void showEntries();
    void showSoon();
    void addEntry(const client::ActivityEntry& entry, int row);

    Context m_context;
    QGridLayout* m_grid;
    QList<qint64> m_shown;
    QTimer m_soon;
};

} // namespace diptych::pages
