// The diptych: any two instances on one kernel, twins by default.
#pragma once

#include "pages/compare_side.h"
#include "pages/stated_page.h"

#include <QTimer>

#include <array>

namespace diptych::widgets {
class Banner;
}

namespace diptych::pages {

class ChartsPanel;
class CostCard;
class EvidenceCard;
class LimitsPanel;
class PairPicker;
class ProcessCard;
class ResourcesPanel;
class TrafficCard;

class ComparePage final : public StatedPage
{
    Q_OBJECT
public:
    explicit ComparePage(const Context& context, QWidget* parent = nullptr);

    void refresh() override;
    void shown() override;
    void open(const QStringList& ids, const QString& tab = {}) override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;
    [[nodiscard]] QString idOf(bool right) const { return m_sides[right ? 1 : 0]->id(); }

private:
    void buildHeader();
    [[nodiscard]] QWidget* buildLeft();
    [[nodiscard]] QWidget* buildRight();
    void listen();
    void choose(const QString& left, const QString& right);
    void chooseDefault();
    void showEverything();
    void showTimelines();
    void showResources();
    void showProcess();
    void showBanner(int side);
    [[nodiscard]] widgets::PictureHost pictureHost() const;
    void start(const QString& id);
    void exportReport();

    std::array<CompareSide*, 2> m_sides{};
    PairPicker* m_pair = nullptr;
    std::array<widgets::Banner*, 2> m_banners{};
    std::array<QString, 2> m_bannerTexts;
    widgets::DiptychPicture* m_picture = nullptr;
    widgets::TimelineChart* m_timelines = nullptr;
    EvidenceCard* m_evidence = nullptr;
    ResourcesPanel* m_resources = nullptr;
    ProcessCard* m_process = nullptr;
    TrafficCard* m_traffic = nullptr;
    ChartsPanel* m_charts = nullptr;
    CostCard* m_costs = nullptr;
    LimitsPanel* m_limits = nullptr;
    QTimer m_timer;
    std::pair<qint64, qint64> m_resourcesMeasured{-1, -1};
    std::pair<qint64, qint64> m_processesListed{-1, -1};
};

} // namespace diptych::pages
