#include "daemon/history.h"

#include "base/clock.h"
#include "base/log.h"

#include <algorithm>
#include <future>

namespace diptych {

static constexpr int64_t lateness = 10'000; ///< ms: so old can a point be that the meter shows as new

MetricBucket secondOf(const metrics::Point& p)
{
    auto memory = static_cast<double>(p.memory);
    MetricBucket second{1,
                        {p.cpu, p.cpu, p.throttled, memory, memory, static_cast<double>(p.memoryGuest),
                         static_cast<double>(p.pids), p.readRate, p.writeRate, p.receiveRate, p.sendRate, 0, 0, 0}};
    return second;
}

MetricBucket secondOf(const metrics::HostPoint& p)
{
    auto memory = static_cast<double>(p.memory);
    MetricBucket second{1,
                        {p.cpu, p.cpu, 0, memory, memory, 0, 0, p.readRate, p.writeRate, p.receiveRate, p.sendRate,
                         p.pressure.cpuSome, p.pressure.memorySome, p.pressure.ioSome}};
    return second;
}

void MetricHistory::open(const std::string& path)
{
    m_strand.submit([file = m_file, path] {
        auto store = MetricStore::open(path, unixMilliseconds());
        if (store)
            file->store = std::move(*store);
        else
            logf(Level::Error, "no history of measurements is kept: {}", store.error().message);
    });
}

void MetricHistory::feed(const Meter& meter, int64_t now)
{
    if (meter.host().time > 0)
        feed("", meter.host().time, secondOf(meter.host()));
    for (const auto* one : meter.instances())
        feed(one->first, one->second.time, secondOf(one->second));
    turn(now);
}

void MetricHistory::feed(const std::string& series, int64_t time, const MetricBucket& second)
{
    if (auto gone = m_gone.find(series); gone != m_gone.end() && time <= gone->second + lateness)
        return;
    Open& open = m_open[series];
    if (time == open.newest)
        return;
    open.newest = time;
    int64_t minute = time / MetricStore::coarseStep;
    MetricRow& row = open.minutes[minute];
    row.series = series;
    row.minute = minute;
    row.buckets[static_cast<size_t>(time % MetricStore::coarseStep / MetricStore::fineStep)].add(second);
}

void MetricHistory::turn(int64_t now)
{
    int64_t minute = now / MetricStore::coarseStep;
    if (minute == m_minute)
        return;
    bool first = std::exchange(m_minute, minute) == 0;
    if (first)
        return;
    std::erase_if(m_gone, [now](const auto& gone) { return now - gone.second > 2 * lateness; });
    std::vector<MetricRow> rows;
    for (auto it = m_open.begin(); it != m_open.end();) {
        auto& minutes = it->second.minutes;
        for (auto row = minutes.begin(); row != minutes.end();)
            if (row->first != minute) {
                rows.push_back(std::move(row->second));
                row = minutes.erase(row);
            } else {
                ++row;
            }
        it = minutes.empty() && now - it->second.newest > MetricStore::coarseStep ? m_open.erase(it) : std::next(it);
    }
    write(std::move(rows), now);
}

void MetricHistory::write(std::vector<MetricRow> rows, int64_t now)
{
    m_strand.submit([file = m_file, rows = std::move(rows), now] {
        if (!file->store)
            return;
        auto written = file->store->write(rows, now);
        // Once an hour: a full disk stays full for longer than a minute.
        if (written || now - file->complained < MetricStore::hour)
            return;
        file->complained = now;
        logf(Level::Error, "keeping the measurements: {}", written.error().message);
    });
}

void MetricHistory::close()
{
    std::vector<MetricRow> rows;
    for (auto& [series, open] : m_open) {
        for (auto& [minute, row] : open.minutes)
            rows.push_back(std::move(row));
    }
    m_open.clear();
    write(std::move(rows), unixMilliseconds());
    auto written = std::make_shared<std::promise<void>>();
    auto wait = written->get_future();
    m_strand.submit([written] { written->set_value(); });
    (void)wait.wait_for(std::chrono::seconds(3));
}

void MetricHistory::forget(const std::string& series, int64_t now)
{
    m_open.erase(series);
    m_gone[series] = now;
    m_strand.submit([file = m_file, series] {
        if (!file->store)
            return;
        if (auto gone = file->store->forget(series); !gone)
            logf(Level::Warning, "forgetting the measurements of {}: {}", series, gone.error().message);
    });
}

MetricHistory::Grid MetricHistory::gridFor(int64_t begin, int64_t end, int64_t count, int64_t base)
{
    int64_t aligned = begin / base * base;
    auto inParts = [base](int64_t length, int64_t parts) {
        return (length + parts * base - 1) / (parts * base) * base;
    };
    if (count == 1)
        return {aligned, inParts(end - aligned, 1)};
    int64_t step = inParts(end - begin, count);
    // The range may touch one more than it has room for.
    if ((end - 1) / step - begin / step + 1 > count)
        step = inParts(end - begin, count - 1);
    return {begin / step * step, step};
}

std::vector<MetricStore::Stretch> MetricHistory::merge(const std::vector<MetricStore::Stretch>& parts, const Grid& grid,
                                                       int64_t end)
{
    std::map<int64_t, MetricBucket> all;
    for (const auto& part : parts) {
        if (part.time >= grid.origin && part.time < end)
            all[grid.origin + (part.time - grid.origin) / grid.step * grid.step].add(part.bucket);
    }
    std::vector<MetricStore::Stretch> points;
    for (const auto& [time, bucket] : all)
        points.push_back({time, bucket});
    return points;
}

void MetricHistory::range(const std::string& series, int64_t begin, int64_t end, int64_t count, int64_t now, Done done)
{
    // Further than that there is nothing; and the number of rows to look up stays bounded.
    begin = std::max(begin, now - MetricStore::coarseKept - MetricStore::hour);
    end = std::max(begin + 1, std::min(end, now + MetricStore::hour));
    bool recent = begin >= now - MetricStore::fineKept;
    Grid grid = gridFor(begin, end, count, recent ? MetricStore::fineStep : MetricStore::coarseStep);
    if (grid.step > MetricStore::coarseStep)
        grid = gridFor(begin, end, count, MetricStore::coarseStep);
    std::vector<MetricStore::Stretch> unwritten;
    if (auto open = m_open.find(series); open != m_open.end()) {
        for (const auto& [minute, row] : open->second.minutes) {
            for (size_t i = 0; i < row.buckets.size(); ++i)
                if (!row.buckets[i].empty())
                    unwritten.push_back(
                        {minute * MetricStore::coarseStep + static_cast<int64_t>(i) * MetricStore::fineStep,
                         row.buckets[i]});
        }
    }
    auto finished = std::make_shared<Done>(std::move(done));
    m_strand.submit([this, file = m_file, series, end, grid, unwritten = std::move(unwritten),
                     finished = std::move(finished)]() mutable {
        Result<Range> result = Range{grid.step, {}};
        std::vector<MetricStore::Stretch> parts;
        if (file->store) {
            if (auto read = file->store->read(series, grid.origin, end, grid.step))
                parts = std::move(*read);
            else
                result = tl::unexpected<Error>(read.error());
        }
        parts.insert(parts.end(), unwritten.begin(), unwritten.end());
        if (result)
            result->points = merge(parts, grid, end);
        m_workers.run([result = std::move(result)]() mutable { return std::move(result); },
                      [finished = std::move(finished)](Result<Range> r) { (*finished)(std::move(r)); });
    });
}

} // namespace diptych
