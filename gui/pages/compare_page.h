// The diptych: any two instances on one kernel, twins by default.
#pragma once

#include "pages/compare_side.h"

#include <array>

#include <QTimer>

class QComboBox;
class QGridLayout;
class QLabel;
class QStackedWidget;
class QVBoxLayout;

namespace diptych::widgets {
class Banner;
class Card;
class EmptyState;
class EvidenceTable;
} // namespace diptych::widgets

namespace diptych::pages {

class ChartsPanel;
class Header;
class LimitsPanel;

class ComparePage final : public Page
{
    Q_OBJECT
public:
    explicit ComparePage(const Context& context, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    void refresh() override;
    void shown() override;
    void open(const QStringList& ids, const QString& tab = {}) override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;
    [[nodiscard]] QString idOf(bool right) const { return m_sides[right ? 1 : 0]->id(); }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildHeader();
    [[nodiscard]] QWidget* buildLeft();
    [[nodiscard]] QWidget* buildRight();
    void listen();
    void choose(const QString& left, const QString& right);
    void chooseDefault();
    void fillPickers();
    void showEverything();
    void fitEvidence();
    void showBanner(int side);
    void showCosts();
    void showState();
    void start(const QString& id);
    void exportReport();

    std::array<CompareSide*, 2> m_sides{};
    std::array<QComboBox*, 2> m_pickers{};
    std::array<widgets::Banner*, 2> m_banners{};
    std::array<QString, 2> m_bannerTexts;
    Header* m_header;
    QStackedWidget* m_stack;
    widgets::EmptyState* m_empty;
    widgets::DiptychPicture* m_picture = nullptr;
    widgets::TimelineChart* m_timelines = nullptr;
    widgets::EvidenceTable* m_evidence = nullptr;
    QLabel* m_measured = nullptr;
    ChartsPanel* m_charts = nullptr;
    QGridLayout* m_costs = nullptr;
    QList<QStringList> m_shownCosts;
    LimitsPanel* m_limits = nullptr;
    QTimer m_timer;
};

} // namespace diptych::pages
