// The machine as one picture, what needs a look, and what happened last.
#pragma once

#include "pages/attention.h"
#include "pages/context.h"

#include <QHash>

class QComboBox;
class QGridLayout;
class QStackedWidget;
class QVBoxLayout;

namespace diptych::widgets {
class Card;
class EmptyState;
class MachineMap;
} // namespace diptych::widgets

namespace diptych::pages {

class Header;
class InstanceActions;

class OverviewPage final : public Page
{
    Q_OBJECT
public:
    explicit OverviewPage(const Context& context, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    void shown() override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;

private:
    void buildHeader();
    [[nodiscard]] QWidget* buildLegend();
    void listen();
    void showAll();
    void showTiles();
    void showHost();
    void showFindings();
    void showActivity();
    void showState();
    void addFinding(const Finding& finding, int row);
    void mend(const Finding& finding);
    void showMenu(const QString& id, const QPoint& globalPosition);
    [[nodiscard]] QHash<QString, double> throttled() const;

    Header* m_header;
    QComboBox* m_width;
    QStackedWidget* m_stack;
    widgets::EmptyState* m_empty;
    widgets::MachineMap* m_map;
    InstanceActions* m_actions;
    widgets::Card* m_lookCard;
    QGridLayout* m_look;
    QGridLayout* m_activity;
    QList<Finding> m_findings;
    QList<qint64> m_shownActivity;
};

} // namespace diptych::pages
