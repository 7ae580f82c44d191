#include "metrics/sampler.h"

#include "base/clock.h"
#include "metrics/host.h"
#include "metrics/recent.h"
#include "metrics/ring.h"

#include <algorithm>
#include <mutex>
#include <unordered_map>

namespace diptych::metrics {

namespace {

constexpr int64_t keepStopped = 600'000; // ms that the history of a stopped instance is kept

struct Series
{
    Sample last;
    int64_t seen = 0;   ///< Unix ms of the last sample
    uint32_t round = 0; ///< the sweep that took last
    Point newest;       ///< time 0: none
    Recent points;
};

} // namespace

bool ranBackwards(const Sample& before, const Sample& now)
{
    return now.cpuNanoseconds < before.cpuNanoseconds || now.readBytes < before.readBytes ||
           now.writtenBytes < before.writtenBytes || now.receivedBytes < before.receivedBytes ||
           now.sentBytes < before.sentBytes || now.throttledNanoseconds < before.throttledNanoseconds ||
           now.time <= before.time;
}

Point pointBetween(const Sample& before, const Sample& now, int64_t time)
{
    double seconds = static_cast<double>(now.time - before.time) / 1e9;
    Point p;
    p.time = time;
    p.cpu = rate(before.cpuNanoseconds, now.cpuNanoseconds, seconds) / 1e9;
    p.memory = now.memory;
    p.memoryGuest = now.memoryGuest;
    p.pids = now.pids;
    p.readRate = rate(before.readBytes, now.readBytes, seconds);
    p.writeRate = rate(before.writtenBytes, now.writtenBytes, seconds);
    p.receiveRate = rate(before.receivedBytes, now.receivedBytes, seconds);
    p.sendRate = rate(before.sentBytes, now.sentBytes, seconds);
    // Threads are held back one by one, so their sum can be more than the time that went by.
    p.throttled = std::clamp(rate(before.throttledNanoseconds, now.throttledNanoseconds, seconds) / 1e9, 0.0, 1.0);
    p.oomKills = now.oomKills;
    return p;
}

struct Sampler::State
{
    std::string proc, sys;
    std::vector<Driver*> drivers;
    HostCounters host; ///< of the sweep before; the sweeping thread's alone
    int64_t hostTime = 0;
    uint32_t round = 1; ///< of the last sweep; a new series, at 0, was not in it. Two may fall into one millisecond
    mutable std::mutex mutex; ///< over the histories
    std::unordered_map<std::string, Series> series;
    SweepTimes times{historyLength};
    Ring<HostPoint> hostPoints{historyLength};
};

Sampler::Sampler(std::string proc, std::string sys) : m_state(std::make_unique<State>())
{
    m_state->proc = std::move(proc);
    m_state->sys = std::move(sys);
}

Sampler::~Sampler() = default;

void Sampler::addDriver(Driver& driver)
{
    m_state->drivers.push_back(&driver);
}

Sweep Sampler::sweep()
{
    State& s = *m_state;
    Sweep sweep;
    HostCounters host = readHost(s.proc, s.sys);
    int64_t hostTime = monotonicNanoseconds();
    std::vector<std::vector<std::pair<std::string, Sample>>> all;
    for (Driver* driver : s.drivers)
        all.push_back(driver->sample());
    sweep.time = unixMilliseconds();
    if (s.hostTime == 0)
        s.host = host; // the first sweep has no time before it: rates are 0
    sweep.host = hostPoint(s.host, host, static_cast<double>(hostTime - s.hostTime) / 1e9);
    sweep.host.time = sweep.time;
    s.host = std::move(host);
    s.hostTime = hostTime;

    std::lock_guard lock(s.mutex);
    ++s.round;
    s.hostPoints.push(sweep.host);
    s.times.set(s.round, sweep.time);
    for (const auto& samples : all) {
        for (const auto& [id, sample] : samples) {
            Series& series = s.series[id];
            // Away for a sweep, it stopped in between: its next run counts from 0.
            bool goesOn = series.round + 1 == s.round;
            if (goesOn && !ranBackwards(series.last, sample)) {
                Point point = pointBetween(series.last, sample, sweep.time);
                series.points.push(s.round, point, s.times);
                series.newest = point;
                sweep.instances.emplace_back(id, point);
            }
            series.last = sample;
            series.seen = sweep.time;
            series.round = s.round;
        }
    }
    for (auto entry = s.series.begin(); entry != s.series.end();) {
        bool forgotten = sweep.time - entry->second.seen > keepStopped;
        entry = forgotten ? s.series.erase(entry) : std::next(entry);
    }
    return sweep;
}

std::vector<Point> Sampler::history(const std::string& id) const
{
    std::lock_guard lock(m_state->mutex);
    auto found = m_state->series.find(id);
    return found == m_state->series.end() ? std::vector<Point>{}
                                          : found->second.points.values(m_state->round, m_state->times);
}

std::vector<HostPoint> Sampler::hostHistory() const
{
    std::lock_guard lock(m_state->mutex);
    return m_state->hostPoints.values();
}

Point Sampler::latest(const std::string& id) const
{
    std::lock_guard lock(m_state->mutex);
    auto found = m_state->series.find(id);
    return found == m_state->series.end() ? Point{} : found->second.newest;
}

void Sampler::forget(const std::string& id)
{
    std::lock_guard lock(m_state->mutex);
    m_state->series.erase(id);
}

} // namespace diptych::metrics
