#include "support/fake_daemon/fake_history.h"

#include "daemon/metric_store.h"

#include <cmath>

namespace diptych::fake {

static constexpr int64_t aMinute = 60'000, anHour = 3'600'000;

/// Of the same moment always the same: no generator with a state.
static double noiseAt(int64_t moment, size_t series)
{
    auto x = static_cast<uint64_t>(moment) * 0x9E3779B97F4A7C15ULL + series * 0xBF58476D1CE4E5B9ULL;
    x ^= x >> 31;
    x *= 0x94D049BB133111EBULL;
    return static_cast<double>(x >> 11) / static_cast<double>(uint64_t{1} << 53);
}

static MetricBucket bucketAt(int64_t time, size_t series)
{
    double hours = static_cast<double>(time) / anHour;
    double day = 0.5 + 0.5 * std::sin(hours / 24 * 2 * M_PI + static_cast<double>(series));
    double burst = noiseAt(time / (7 * aMinute), series) > 0.9 ? 0.4 : 0;
    double cpu = 0.05 + 0.35 * day + burst + 0.15 * noiseAt(time, series);
    double memory = (60.0 + 20 * static_cast<double>(series) + 4 * std::fmod(hours, 24) + 3 * day) * 1048576;
    double traffic = 2e5 * day * noiseAt(time, series + 100);
    MetricBucket b;
    b.seconds = 10;
    b.values = {cpu,
                std::min(1.0, cpu + 0.3 * noiseAt(time, series + 7)),
                cpu > 0.7 ? 0.2 : 0,
                memory,
                memory * (1 + 0.05 * noiseAt(time, series + 9)),
                0,
                6,
                burst * 4e6 * noiseAt(time, series + 3),
                traffic / 3,
                traffic,
                traffic * 4};
    return b;
}

/// Each was off for two hours each third day.
static bool wasOff(int64_t time, size_t series)
{
    int64_t hour = time / anHour + static_cast<int64_t>(series) * 5;
    return series > 0 && hour % 72 >= 70;
}

Status writeMeasurements(const std::string& state, const std::vector<Instance>& instances, int64_t now)
{
    std::vector<std::string> series{""};
    for (const Instance& instance : instances)
        series.push_back(instance.id);
    int64_t begin = (now - MetricStore::coarseKept) / anHour * anHour;
    auto store = TRY(MetricStore::open(state + "/metrics.sqlite", begin));
    for (int64_t hour = begin; hour < now; hour += anHour) {
        // Older than the fine tier keeps: each fifth minute will do.
        int64_t step = hour < now - MetricStore::fineKept - anHour ? 5 * aMinute : aMinute;
        std::vector<MetricRow> rows;
        for (int64_t minute = hour; minute < std::min(now, hour + anHour); minute += step)
            for (size_t i = 0; i < series.size(); ++i) {
                if (wasOff(minute, i))
                    continue;
                MetricRow row{series[i], minute / aMinute, {}};
                for (size_t k = 0; k < row.buckets.size(); ++k)
                    row.buckets[k] = bucketAt(minute + static_cast<int64_t>(k) * MetricStore::fineStep, i);
                rows.push_back(std::move(row));
            }
        TRY(store->write(rows, std::min(now, hour + anHour)));
    }
    return {};
}

Status writeActivity(const std::string& state, const std::vector<Instance>& instances, int64_t now)
{
    struct Done
    {
        int64_t before;
        size_t instance;
        const char *action, *verb, *outcome, *message, *process;
        int64_t user;
    };
    static const std::vector<Done> all{
        {29 * 24 * 60, 0, "org.diptych.create", "create", "ok", "", "diptych[811]", 0},
        {74 * 60, 0, "event", "oomKilled", "failed", "killed because it used more memory than its limit", "diptychd",
         -1},
        {73 * 60, 0, "org.diptych.lifecycle", "start", "ok", "", "diptych[811]", 1000},
        {25 * 60, 0, "org.diptych.limits", "setLimits", "ok", "", "diptych[811]", 1000},
        {19 * 60, 0, "org.diptych.lifecycle", "stop", "ok", "", "diptych[4711]", 1000},
        {18 * 60, 0, "org.diptych.lifecycle", "start", "ok", "", "diptych[4711]", 1000},
        {312, 1, "org.diptych.lifecycle", "pause", "ok", "", "diptych[4711]", 0},
        {300, 1, "org.diptych.lifecycle", "resume", "ok", "", "diptych[4711]", 0},
        {47, 0, "event", "throttled", "ok", "held back 38 % of the time by its CPU limit", "diptychd", -1},
        {31, 0, "org.diptych.limits", "setLimits", "ok", "", "diptych[4711]", 1000},
        {26, 0, "event", "oomKilled", "failed",
         "the kernel killed 1 of its processes, for the memory limit was reached", "diptychd", -1},
        {6, 0, "org.diptych.lifecycle", "restart", "ok", "", "diptych[4711]", 1000}};
    auto database = TRY(Database::open(state + "/activity.sqlite", ""));
    for (const Done& done : all) {
        if (done.instance >= instances.size())
            continue;
        const Instance& instance = instances[done.instance];
        TRY(database->run("INSERT INTO activity (time, user, process, action, verb, instance, subject, kind, outcome, "
                          "message, nanoseconds) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                          {now - done.before * aMinute, done.user, done.process, done.action, done.verb, instance.id,
                           instance.spec.name, std::string(toString(instance.spec.kind)), done.outcome, done.message,
                           int64_t{done.user < 0 ? 0 : 41'000'000}}));
    }
    return {};
}

} // namespace diptych::fake
