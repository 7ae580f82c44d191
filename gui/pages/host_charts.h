// The host's CPU, memory, disks, links and pressure on one time axis, and what was done to the instances meanwhile.
#pragma once

#include "pages/time_charts.h"

#include <array>

namespace diptych::pages {

class HostCharts final : public TimeCharts
{
    Q_OBJECT
public:
    enum Chart { Cpu, Memory, Disk, Network, Pressure, ChartCount };

    explicit HostCharts(const Context& context, QWidget* parent = nullptr);
    void start(); ///< once the context is there

protected:
    void build() override;
    void fill(int subject) override;
    void fillRange(int subject, const client::Range& range) override;
    void appendNewest(qint64 now) override;
    void followLive() override;
    [[nodiscard]] QString nameOf(const QString& id) const override;
    [[nodiscard]] QStringList valuesAt(int subject, qint64 time) const override;

private:
    /// Lines of all charts: which chart each is in.
    enum Line {
        CpuLine,
        MemoryLine,
        ReadLine,
        WriteLine,
        ReceiveLine,
        SendLine,
        CpuWait,
        MemoryWait,
        IoWait,
        LineCount
    };
    using Values = std::array<double, LineCount>; ///< NaN: not known
    template <typename Point>
    static Values values(double cpu, double memory, const Point& point); ///< what both kinds of points have alike
    static Values values(const client::HostPoint& point);
    static Values values(const client::RangePoint& point);
    void setLine(int line, const QList<QPointF>& points, const QList<QPointF>& peaks = {});
    void setLimits();
    void tellPressure();
};

} // namespace diptych::pages
