// CPU, memory, disk and network of one or two instances, each on one axis, limits as dashed lines, what was done to
// them as upright ones.
#pragma once

#include "client/wall_calls.h"
#include "pages/time_charts.h"

#include <array>

namespace diptych::pages {

class LivePoints;

class ChartsPanel final : public TimeCharts
{
    Q_OBJECT
public:
    ChartsPanel(const Context& context, int columns, QWidget* parent = nullptr);
    void setIds(const QStringList& ids); ///< keeps what is drawn when they are the same

protected:
    void build() override;
    void fill(int series) override;
    void fillRange(int series, const client::Range& range) override;
    void appendNewest(qint64 now) override;
    [[nodiscard]] bool movesItself(qint64 now) const override;
    void followLive() override; ///< ten points a second, while somebody looks at so short a stretch of the present
    [[nodiscard]] QString nameOf(const QString& id) const override;
    [[nodiscard]] QStringList valuesAt(int series, qint64 time) const override;

private:
    enum Chart { Cpu, Memory, Disk, Network, ChartCount };
    void buildCharts();
    void appendLive(int series, const client::Point& point);
    void setLimits();
    static std::array<double, ChartCount> values(const client::Point& point);
    void askTotals(); ///< of one instance alone: beside the titles there is no room for two
    void showTotals(const client::Counters* counters);

    client::Client* m_client;
    LivePoints* m_live;
    QTimer m_totals;
};

} // namespace diptych::pages
