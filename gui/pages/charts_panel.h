// CPU, memory, disk and network of one or two instances, each on one axis, limits as dashed lines, what was done to
// them as upright ones. The last minutes come from the store, second by second; other times from the helper's history.
#pragma once

#include "pages/context.h"
#include "pages/time_strip.h"
#include "widgets/linechart.h"

#include <array>

class QGridLayout;
class QLabel;

namespace diptych::pages {

class ChartHistory;
class LivePoints;

class ChartsPanel final : public QWidget
{
    Q_OBJECT
public:
    ChartsPanel(const Context& context, int columns, QWidget* parent = nullptr);
    void setIds(const QStringList& ids); ///< keeps what is drawn when they are the same
    void setColumns(int columns);
    void setSpan(qint64 span); ///< ms; where it stands still, it goes on to
    void showTimes(qint64 left, qint64 right);
    void showMoment(qint64 time); ///< as it was then
    void setPaused(bool paused);
    void backToNow();
    [[nodiscard]] const TimeView& view() const { return m_view; }
    [[nodiscard]] widgets::LineChart* chart(int index) const { return m_charts.at(size_t(index)); }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    enum Chart { Cpu, Memory, Disk, Network, ChartCount };
    void buildCharts(int columns);
    void listen();
    void build();
    void showView();
    void ask();
    void fill(int series);
    void fillRange(int series, const client::Range& range);
    void readMoment();
    [[nodiscard]] bool fromStore() const { return m_view.follows() && m_view.span <= 600'000; }
    [[nodiscard]] int wantedPoints() const;
    [[nodiscard]] qint64 present() const; ///< by the helper's clock, as far as it was heard
    void append();
    void appendLive(int series, const client::Point& point);
    void followLive(); ///< ten points a second, while somebody looks at so short a stretch of the present
    void setLimits();
    void save(widgets::LineChart& chart);
    static std::array<double, ChartCount> values(const client::Point& point);

    models::InstanceStore& m_store;
    Navigator& m_navigator;
    QStringList m_ids;
    std::array<widgets::LineChart*, ChartCount> m_charts;
    QGridLayout* m_grid;
    TimeStrip* m_strip;
    QLabel* m_reading; ///< the values of the moment
    ChartHistory* m_history;
    LivePoints* m_live;
    QTimer m_refresh; ///< of a long stretch that follows the present
    TimeView m_view;
    bool m_stale = false; ///< points came while hidden: filled anew when shown
};

} // namespace diptych::pages
