#include "daemon/metric_store.h"

#include "base/log.h"

#include <algorithm>

namespace diptych {

// Rows of one minute lie beside each other: a write touches the end of the table and nothing else.
static const char* const metricSchema = R"(
CREATE TABLE IF NOT EXISTS series (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, last INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS fine (time INTEGER NOT NULL, series INTEGER NOT NULL, data BLOB NOT NULL,
  PRIMARY KEY (time, series)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS coarse (time INTEGER NOT NULL, series INTEGER NOT NULL, data BLOB NOT NULL,
  PRIMARY KEY (time, series)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS done (one INTEGER PRIMARY KEY CHECK (one = 1), hour INTEGER NOT NULL);
PRAGMA user_version=1;
)";
static constexpr size_t fineCount = 6, coarseCount = 60;

Result<std::unique_ptr<MetricStore>> MetricStore::open(const std::string& path, int64_t now)
{
    auto database = TRY(Database::open(path, metricSchema));
    std::unique_ptr<MetricStore> store(new MetricStore(std::move(database)));
    TRY(store->m_database->run("SELECT id, number FROM series", {},
                               [&store](const Row& row) { store->m_numbers[row.text(0)] = row.integer(1); }));
    TRY(store->m_database->run("SELECT hour FROM done", {},
                               [&store](const Row& row) { store->m_condensed = row.integer(0); }));
    if (auto caughtUp = store->write({}, now); !caughtUp)
        logf(Level::Warning, "condensing the measurements: {}", caughtUp.error().message);
    return store;
}

Result<int64_t> MetricStore::numberOf(const std::string& series)
{
    if (auto known = m_numbers.find(series); known != m_numbers.end())
        return known->second;
    TRY(m_database->run("INSERT INTO series (id, last) VALUES (?, 0)", {series}));
    return m_numbers[series] = m_database->lastId();
}

Status MetricStore::write(const std::vector<MetricRow>& rows, int64_t now)
{
    TRY(m_database->run("BEGIN IMMEDIATE"));
    auto written = writeAll(rows);
    if (written && now / hour != m_maintained)
        written = maintain(now);
    if (written)
        written = m_database->run("COMMIT");
    if (written)
        return {};
    (void)m_database->run("ROLLBACK");
    // Numbers given and hours condensed in it went with it.
    m_numbers.clear();
    m_maintained = 0;
    (void)m_database->run("SELECT id, number FROM series", {},
                          [this](const Row& row) { m_numbers[row.text(0)] = row.integer(1); });
    m_condensed = 0;
    (void)m_database->run("SELECT hour FROM done", {}, [this](const Row& row) { m_condensed = row.integer(0); });
    return written;
}

Status MetricStore::writeAll(const std::vector<MetricRow>& rows)
{
    for (const MetricRow& row : rows) {
        int64_t number = TRY(numberOf(row.series));
        auto buckets = TRY(merged(row, number));
        TRY(m_database->run("INSERT OR REPLACE INTO fine VALUES (?,?,?)",
                            {row.minute, number, Blob{packBuckets(buckets)}}));
    }
    return {};
}

Result<std::vector<MetricBucket>> MetricStore::merged(const MetricRow& row, int64_t number)
{
    std::vector<MetricBucket> buckets(row.buckets.begin(), row.buckets.end());
    TRY(m_database->run("SELECT data FROM fine WHERE time = ? AND series = ?", {row.minute, number},
                        [&buckets](const Row& found) {
                            auto there = unpackBuckets(found.blob(0), fineCount);
                            for (size_t i = 0; there && i < fineCount; ++i)
                                buckets[i].add((*there)[i]);
                        }));
    return buckets;
}

Status MetricStore::maintain(int64_t now)
{
    // Where the clock was put back, what was condensed meanwhile counts no more.
    int64_t present = now / hour, first = std::max(m_condensed, (now - coarseKept) / hour);
    TRY(m_database->run("SELECT min(time) / 60 FROM fine", {},
                        [&first](const Row& row) { first = std::max(first, row.integer(0)); }));
    for (int64_t at = first; at < present; ++at)
        TRY(condense(at));
    TRY(m_database->run("INSERT OR REPLACE INTO done VALUES (1, ?)", {present}));
    TRY(expire(now));
    m_condensed = present;
    m_maintained = present;
    return {};
}

Status MetricStore::condense(int64_t at)
{
    std::map<int64_t, std::vector<MetricBucket>> all;
    TRY(m_database->run("SELECT time, series, data FROM fine WHERE time >= ? AND time < ?", {at * 60, at * 60 + 60},
                        [&all, at](const Row& row) {
                            auto buckets = unpackBuckets(row.blob(2), fineCount);
                            auto& minutes = all.try_emplace(row.integer(1), coarseCount).first->second;
                            for (size_t i = 0; buckets && i < fineCount; ++i)
                                minutes[static_cast<size_t>(row.integer(0) - at * 60)].add((*buckets)[i]);
                        }));
    for (const auto& [number, minutes] : all) {
        TRY(m_database->run("INSERT OR REPLACE INTO coarse VALUES (?,?,?)", {at, number, Blob{packBuckets(minutes)}}));
        TRY(m_database->run("UPDATE series SET last = max(last, ?) WHERE number = ?", {at, number}));
    }
    return {};
}

Status MetricStore::expire(int64_t now)
{
    TRY(m_database->run("DELETE FROM fine WHERE time < ?", {(now - fineKept) / coarseStep}));
    int64_t oldest = (now - coarseKept) / hour;
    TRY(m_database->run("DELETE FROM coarse WHERE time < ?", {oldest}));
    // Those deleted while no helper ran: nothing of them is left but the name. last 0: new, nothing condensed yet.
    TRY(m_database->run("DELETE FROM series WHERE last < ? AND last > 0", {oldest}));
    m_numbers.clear();
    TRY(m_database->run("SELECT id, number FROM series", {},
                        [this](const Row& row) { m_numbers[row.text(0)] = row.integer(1); }));
    if (!m_orphans)
        return {};
    for (const char* table : {"fine", "coarse"})
        TRY(m_database->run(fmt::format("DELETE FROM {} WHERE series NOT IN (SELECT number FROM series)", table)));
    m_orphans = false;
    return {};
}

Status MetricStore::forget(const std::string& series)
{
    m_numbers.erase(series);
    m_orphans = true;
    return m_database->run("DELETE FROM series WHERE id = ?", {series});
}

/// Rows are looked up one by one: those of other series between them are not read.
Status MetricStore::readRows(const std::string& table, int64_t number, std::pair<int64_t, int64_t> rows, int64_t step,
                             std::vector<Stretch>& out)
{
    bool fine = table == "fine";
    int64_t length = fine ? coarseStep : hour;
    auto take = [&](const Row& row) {
        auto buckets = unpackBuckets(row.blob(1), fine ? fineCount : coarseCount);
        for (size_t i = 0; buckets && i < buckets->size(); ++i) {
            if (!(*buckets)[i].empty())
                out.push_back({row.integer(0) * length + static_cast<int64_t>(i) * step, (*buckets)[i]});
        }
    };
    return m_database->run(fmt::format("WITH RECURSIVE wanted(at) AS (SELECT ?1 WHERE ?1 <= ?2 UNION ALL "
                                       "SELECT at + 1 FROM wanted WHERE at < ?2) SELECT wanted.at, data FROM wanted "
                                       "CROSS JOIN {0} ON {0}.time = wanted.at AND {0}.series = ?3",
                                       table),
                           {rows.first, rows.second, number}, take);
}

Result<std::vector<MetricStore::Stretch>> MetricStore::read(const std::string& series, int64_t begin, int64_t end,
                                                            int64_t step)
{
    std::vector<Stretch> all;
    auto known = m_numbers.find(series);
    if (known == m_numbers.end() || begin >= end)
        return all;
    if (step >= coarseStep) {
        int64_t last = std::min(m_condensed - 1, (end - 1) / hour);
        TRY(readRows("coarse", known->second, {begin / hour, last}, coarseStep, all));
        begin = std::max(begin, m_condensed * hour);
    }
    TRY(readRows("fine", known->second, {begin / coarseStep, (end - 1) / coarseStep}, fineStep, all));
    return all;
}

} // namespace diptych
