// The machine as one picture, what needs a look, and what happened last.
#pragma once

#include "pages/stated_page.h"

#include <QTimer>

class QComboBox;
class QPushButton;

namespace diptych::widgets {
class MachineMap;
}

namespace diptych::pages {

class FindingsCard;
class InstanceActions;

class OverviewPage final : public StatedPage
{
    Q_OBJECT
public:
    explicit OverviewPage(const Context& context, QWidget* parent = nullptr);

    void shown() override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;

private:
    void buildHeader();
    void countOthers();
    [[nodiscard]] QWidget* buildLegend();
    void listen();
    void showAll();
    void showSoon(); ///< what comes in bursts is shown once
    void showTiles();
    void showHost();
    void showMenu(const QString& id, const QPoint& globalPosition);

    QComboBox* m_width;
    QPushButton* m_others; ///< how many nobody registered, and the way there
    widgets::MachineMap* m_map;
    InstanceActions* m_actions;
    FindingsCard* m_findings;
    QTimer m_soon;
};

} // namespace diptych::pages
