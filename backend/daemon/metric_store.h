// Measurements on disk, in two tiers: a row for each series and minute with six buckets of ten seconds, kept two days;
// and one for each series and hour with sixty buckets of a minute, kept thirty. One thread at a time (a strand). Times
// are Unix milliseconds, and what is now is told: nothing here asks a clock.
#pragma once

#include "daemon/database.h"
#include "daemon/metric_bucket.h"

#include <map>
#include <set>

namespace diptych {

struct MetricRow
{
    std::string series; ///< an instance's id; "" the host
    int64_t minute = 0; ///< since 1970
    std::array<MetricBucket, 6> buckets{};
};

class MetricStore final
{
public:
    static constexpr int64_t fineStep = 10'000, coarseStep = 60'000, hour = 3'600'000;
    static constexpr int64_t fineKept = 48 * hour, coarseKept = 30 * 24 * hour;

    /// Catches up with what an earlier helper left uncondensed.
    static Result<std::unique_ptr<MetricStore>> open(const std::string& path, int64_t now);

    /// All or none. A row that is there is added to, so that a helper started anew goes on in the same minute.
    Status write(const std::vector<MetricRow>& rows, int64_t now);
    /// The series is gone at once, its space within the hour.
    Status forget(const std::string& series);

    struct Stretch
    {
        int64_t time = 0; ///< begin
        MetricBucket bucket;
    };
    /// Oldest first, of fineStep where step is shorter than coarseStep, else of coarseStep where hours were condensed.
    Result<std::vector<Stretch>> read(const std::string& series, int64_t begin, int64_t end, int64_t step);

private:
    explicit MetricStore(std::unique_ptr<Database> database) : m_database(std::move(database)) {}
    Status writeAll(const std::vector<MetricRow>& rows);
    Result<std::vector<MetricBucket>> merged(const MetricRow& row, int64_t number);
    Status maintain(int64_t now);
    Status condense(int64_t hour);
    Status expire(int64_t now);
    Result<int64_t> numberOf(const std::string& series);
    Status readRows(const std::string& table, int64_t number, std::pair<int64_t, int64_t> rows, int64_t step,
                    std::vector<Stretch>& out);

    std::unique_ptr<Database> m_database;
    std::map<std::string, int64_t> m_numbers;
    int64_t m_condensed = 0;  ///< hours before it are; since 1970
    int64_t m_maintained = 0; ///< the hour in which maintain() last ran
    bool m_orphans = true;    ///< there may be rows of series that went
};

} // namespace diptych
