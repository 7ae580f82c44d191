#include "daemon/activity.h"

#include "base/clock.h"
#include "base/log.h"

namespace diptych {

static const char* const schema = R"(
CREATE TABLE IF NOT EXISTS activity (id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, user INTEGER NOT NULL,
  process TEXT NOT NULL, action TEXT NOT NULL, verb TEXT NOT NULL, instance TEXT NOT NULL, subject TEXT NOT NULL,
  kind TEXT NOT NULL, outcome TEXT NOT NULL, message TEXT NOT NULL, nanoseconds INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS activity_instance ON activity (instance, id);
CREATE TABLE IF NOT EXISTS costs (instance TEXT PRIMARY KEY, started INTEGER NOT NULL, memory INTEGER NOT NULL, disk INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS ended (instance TEXT PRIMARY KEY, finished INTEGER NOT NULL);
PRAGMA user_version=1;
)";
static constexpr int64_t keptEntries = 100000;

Json toJson(const ActivityEntry& e)
{
    return {{"id", e.id},         {"time", e.time},       {"user", e.user},         {"process", e.process},
            {"action", e.action}, {"verb", e.verb},       {"instance", e.instance}, {"subject", e.subject},
            {"kind", e.kind},     {"outcome", e.outcome}, {"message", e.message},   {"nanoseconds", e.nanoseconds}};
}

Status Activity::open(const std::string& path)
{
    m_database = TRY(Database::open(path, schema));
    m_fresh = m_database->fresh();
    TRY(m_database->run("DELETE FROM activity WHERE id <= (SELECT max(id) FROM activity) - ?", {keptEntries}));
    TRY(m_database->run("SELECT instance, started, memory, disk FROM costs", {}, [this](const Row& row) {
        m_costs[row.text(0)] = {row.integer(1), row.integer(2), row.integer(3)};
    }));
    return m_database->run("SELECT instance, finished FROM ended", {},
                           [this](const Row& row) { m_seen[row.text(0)] = row.integer(1); });
}

void Activity::write(std::function<void(Database&)> work)
{
    if (!m_database)
        return;
    m_strand.submit([database = m_database, work = std::move(work)] { work(*database); });
}

static void insert(Database& database, ActivityEntry& e)
{
    auto good =
        database.run("INSERT INTO activity (time, user, process, action, verb, instance, subject, kind, outcome, "
                     "message, nanoseconds) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                     {e.time, e.user, e.process, e.action, e.verb, e.instance, e.subject, e.kind, e.outcome, e.message,
                      e.nanoseconds});
    if (!good)
        logf(Level::Error, "keeping the activity: {}", good.error().message);
    e.id = database.lastId();
}

void Activity::record(ActivityEntry entry)
{
    entry.time = unixMilliseconds();
    logf(entry.outcome == "ok" ? Level::Info : Level::Notice, "{} {} \"{}\" ({}) by uid {} ({}): {} {}", entry.action,
         entry.verb, entry.subject, entry.instance, entry.user, entry.process, entry.outcome, entry.message);
    if (!m_database) {
        for (const Watcher& watcher : m_watchers)
            watcher(entry);
        return;
    }
    // The watchers are called where the id is known: back on the loop.
    auto kept = std::make_shared<ActivityEntry>(std::move(entry));
    m_strand.submit([this, database = m_database, kept] {
        insert(*database, *kept);
        m_workers.run([] { return true; },
                      [this, kept](bool) {
                          for (const Watcher& watcher : m_watchers)
                              watcher(*kept);
                      });
    });
}

void Activity::recordDenied(ActivityEntry entry)
{
    auto now = std::chrono::steady_clock::now();
    auto& last = m_denied[entry.user];
    if (last != std::chrono::steady_clock::time_point{} && now - last < std::chrono::seconds(1))
        return;
    last = now;
    entry.outcome = "denied";
    record(std::move(entry));
}

void Activity::list(Filter filter, std::function<void(Result<std::vector<ActivityEntry>>)> done)
{
    if (!m_database) {
        done(std::vector<ActivityEntry>());
        return;
    }
    auto finished = std::make_shared<decltype(done)>(std::move(done));
    m_strand.submit(
        [this, database = m_database, filter = std::move(filter), finished = std::move(finished)]() mutable {
            std::vector<ActivityEntry> entries;
            auto good = database->run(
                fmt::format("SELECT id, time, user, process, action, verb, instance, subject, kind, outcome, message, "
                            "nanoseconds FROM activity WHERE id < ?1 AND time >= ?3 AND time < ?4 {} "
                            "ORDER BY id DESC LIMIT ?2",
                            filter.instance.empty() ? "AND ?5 = ''" : "AND instance = ?5"),
                {filter.before, filter.limit, filter.since, filter.until, filter.instance}, [&entries](const Row& r) {
                    entries.push_back({r.integer(0), r.integer(1), r.integer(2), r.text(3), r.text(4), r.text(5),
                                       r.text(6), r.text(7), r.text(8), r.text(9), r.text(10), r.integer(11)});
                });
            Result<std::vector<ActivityEntry>> result = std::move(entries);
            if (!good)
                result = tl::unexpected<Error>(good.error());
            m_workers.run(
                [result = std::move(result)]() mutable { return std::move(result); },
                [finished = std::move(finished)](Result<std::vector<ActivityEntry>> r) { (*finished)(std::move(r)); });
        });
}

void Activity::keepCost(const std::string& instance, const CostRecord& cost)
{
    m_costs[instance] = cost;
    write([instance, cost](Database& database) {
        (void)database.run("INSERT OR REPLACE INTO costs VALUES (?,?,?,?)",
                           {instance, cost.startedAt, cost.memory, cost.disk});
    });
}

std::optional<CostRecord> Activity::cost(const std::string& instance) const
{
    auto it = m_costs.find(instance);
    return it == m_costs.end() ? std::nullopt : std::optional(it->second);
}

bool Activity::firstSight(const std::string& instance, int64_t finishedAt)
{
    auto [it, isNew] = m_seen.try_emplace(instance, 0);
    if (it->second == finishedAt)
        return false;
    it->second = finishedAt;
    write([instance, finishedAt](Database& database) {
        (void)database.run("INSERT OR REPLACE INTO ended VALUES (?,?)", {instance, finishedAt});
    });
    return true;
}

void Activity::forget(const std::string& instance)
{
    m_costs.erase(instance);
    m_seen.erase(instance);
    write([instance](Database& database) {
        (void)database.run("DELETE FROM costs WHERE instance = ?", {instance});
        (void)database.run("DELETE FROM ended WHERE instance = ?", {instance});
    });
}

} // namespace diptych
