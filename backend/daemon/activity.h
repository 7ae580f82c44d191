// What was done, by whom, how it ended; kept in SQLite. Beside it what each instance's last start cost and which ends
// were told already. Loop's thread; the database lives on a strand.
#pragma once

#include "base/json.h"
#include "daemon/database.h"
#include "daemon/workers.h"

#include <map>
#include <optional>
#include <set>

namespace diptych {

struct ActivityEntry
{
    int64_t id = 0, time = 0;
    int64_t user = -1;
    std::string process, action, verb, instance, subject, kind, outcome, message;
    int64_t nanoseconds = 0;
};
Json toJson(const ActivityEntry& entry);

struct CostRecord
{
    int64_t startedAt = 0; ///< of the start it belongs to
    int64_t memory = 0, disk = 0;
};

class Activity final
{
public:
    using Watcher = std::function<void(const ActivityEntry&)>;

    explicit Activity(Workers& workers) : m_workers(workers), m_strand(workers) {}
    /// Without a database nothing is kept; the error says why, everything else works.
    Status open(const std::string& path);

    /// Kept, logged as one line, and told to the watchers once it has its id.
    void record(ActivityEntry entry);
    /// The same for what was refused: at most one a second for each user, so that the file can't be filled.
    void recordDenied(ActivityEntry entry);
    struct Filter
    {
        int64_t before = INT64_MAX, limit = 100; ///< entries of lower ids, the newest of them
        std::string instance;                    ///< "" all
        int64_t since = 0, until = INT64_MAX;    ///< Unix ms
    };
    void list(Filter filter, std::function<void(Result<std::vector<ActivityEntry>>)> done);
    void watch(Watcher watcher) { m_watchers.push_back(std::move(watcher)); }

    void keepCost(const std::string& instance, const CostRecord& cost);
    [[nodiscard]] std::optional<CostRecord> cost(const std::string& instance) const;

    /// True the first time that an instance's end is told, also over restarts of the helper.
    bool firstSight(const std::string& instance, int64_t finishedAt);
    void forget(const std::string& instance);
    /// Nothing was kept before this helper started.
    [[nodiscard]] bool fresh() const { return m_fresh; }

private:
    void write(std::function<void(Database&)> work);

    Workers& m_workers;
    Strand m_strand;
    std::shared_ptr<Database> m_database;
    std::vector<Watcher> m_watchers;
    std::map<std::string, CostRecord> m_costs;
    std::map<std::string, int64_t> m_seen;
    std::map<int64_t, std::chrono::steady_clock::time_point> m_denied;
    bool m_fresh = true;
};

} // namespace diptych
