// CPU, memory, disk and network of one or two instances, each on one axis, limits as dashed lines. Fed by the store.
#pragma once

#include "pages/context.h"
#include "widgets/linechart.h"

#include <array>

class QGridLayout;

namespace diptych::pages {

class ChartsPanel final : public QWidget
{
    Q_OBJECT
public:
    ChartsPanel(const Context& context, int columns, QWidget* parent = nullptr);
    void setIds(const QStringList& ids); ///< keeps what is drawn when they are the same
    void setColumns(int columns);
    void setSpan(int seconds);
    [[nodiscard]] widgets::LineChart* chart(int index) const { return m_charts.at(size_t(index)); }

protected:
    void showEvent(QShowEvent* event) override;

private:
    enum Chart { Cpu, Memory, Disk, Network, ChartCount };
    void build();
    void fill(int series);
    void append();
    void setLimits();
    void save(widgets::LineChart& chart);
    static std::array<double, ChartCount> values(const client::Point& point);

    models::InstanceStore& m_store;
    Navigator& m_navigator;
    QStringList m_ids;
    std::array<widgets::LineChart*, ChartCount> m_charts;
    bool m_stale = false; ///< points came while hidden: filled anew when shown
};

} // namespace diptych::pages
