// The measurements of every second, gathered to buckets of ten and kept on disk; see metric_store.h. Loop's thread; the
// file lives on a strand. A damaged or missing file and a full disk cost the history, nothing else.
#pragma once

#include "daemon/meter.h"
#include "daemon/metric_store.h"

namespace diptych {

class MetricHistory final
{
public:
    explicit MetricHistory(Workers& workers) : m_workers(workers), m_strand(workers) {}
    /// Opened on the strand: a large file does not hold the start up.
    void open(const std::string& path);

    /// What the meter knows now. A point that came before already is passed over. When a minute is over, it is written.
    void feed(const Meter& meter, int64_t now);
    void feed(const std::string& series, int64_t time, const MetricBucket& second);
    void turn(int64_t now);
    /// Writes what is left, and waits for it a few seconds. Before the workers are drained.
    void close();
    /// Points up to now are passed over from then on: the meter may still have one.
    void forget(const std::string& series, int64_t now);

    struct Range
    {
        int64_t step = 0; ///< ms
        std::vector<MetricStore::Stretch> points;
    };
    using Done = std::function<void(Result<Range>)>;
    /// At most count points of one width from begin to end, what is not written yet with them. Where nothing was
    /// measured there is no point.
    void range(const std::string& series, int64_t begin, int64_t end, int64_t count, int64_t now, Done done);
    /// Points of one width: a multiple of base, not more than count of them. They begin at multiples of their width, so
    /// that a range moved a little has the same ones; a single point begins with its range.
    struct Grid
    {
        int64_t origin = 0, step = 0;
    };
    static Grid gridFor(int64_t begin, int64_t end, int64_t count, int64_t base);
    /// What of the parts lies from the grid's origin to before end; they need not be in order.
    static std::vector<MetricStore::Stretch> merge(const std::vector<MetricStore::Stretch>& parts, const Grid& grid,
                                                   int64_t end);

private:
    struct Open
    {
        int64_t newest = 0; ///< time of the last point
        std::map<int64_t, MetricRow> minutes;
    };
    /// On the strand only.
    struct File
    {
        std::unique_ptr<MetricStore> store;
        int64_t complained = 0;
    };
    void write(std::vector<MetricRow> rows, int64_t now);

    Workers& m_workers;
    Strand m_strand;
    std::shared_ptr<File> m_file = std::make_shared<File>();
    std::map<std::string, Open> m_open;
    std::map<std::string, int64_t> m_gone; ///< when
    int64_t m_minute = 0;
};

MetricBucket secondOf(const metrics::Point& point);
MetricBucket secondOf(const metrics::HostPoint& point);

} // namespace diptych
