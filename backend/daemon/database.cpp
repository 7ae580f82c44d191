#include "daemon/database.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/log.h"

#include <cstdio>
#include <sqlite3.h>

namespace diptych {

int64_t Row::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

std::string Row::text(int column) const
{
    const unsigned char* text = sqlite3_column_text(m_statement, column);
    return text ? std::string(reinterpret_cast<const char*>(text),
                              static_cast<size_t>(sqlite3_column_bytes(m_statement, column)))
                : std::string();
}

static bool meansDamage(int result)
{
    return (result & 0xff) == SQLITE_CORRUPT || (result & 0xff) == SQLITE_NOTADB;
}

std::string Row::blob(int column) const
{
    const void* bytes = sqlite3_column_blob(m_statement, column);
    return bytes ? std::string(static_cast<const char*>(bytes),
                               static_cast<size_t>(sqlite3_column_bytes(m_statement, column)))
                 : std::string();
}

static Code codeOfSqlite(int result)
{
    switch (result & 0xff) {
    case SQLITE_FULL:
        return Code::NoSpace;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return Code::Busy;
    default:
        return Code::Failed;
    }
}

tl::unexpected<Error> Database::failure(int result) const
{
    return fail(codeOfSqlite(result), fmt::format("the database {}: {}", m_name, sqlite3_errmsg(m_handle)));
}

Database::~Database()
{
    sqlite3_close_v2(m_handle);
}
int64_t Database::lastId() const
{
    return sqlite3_last_insert_rowid(m_handle);
}

Status Database::run(const std::string& sql, const std::vector<Value>& values,
                     const std::function<void(const Row&)>& row)
{
    sqlite3_stmt* raw = nullptr;
    int result = sqlite3_prepare_v2(m_handle, sql.c_str(), -1, &raw, nullptr);
    std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement(raw, sqlite3_finalize);
    for (size_t i = 0; result == SQLITE_OK && i < values.size(); ++i) {
        int position = static_cast<int>(i) + 1;
        if (const auto* number = std::get_if<int64_t>(&values[i]))
            result = sqlite3_bind_int64(raw, position, *number);
        else if (const auto* blob = std::get_if<Blob>(&values[i]))
            result = sqlite3_bind_blob64(raw, position, blob->bytes.data(), blob->bytes.size(), SQLITE_TRANSIENT);
        else
            result = sqlite3_bind_text(raw, position, std::get<std::string>(values[i]).c_str(), -1, SQLITE_TRANSIENT);
    }
    if (result != SQLITE_OK)
        return failure(result);
    while ((result = sqlite3_step(raw)) == SQLITE_ROW) {
        if (row)
            row(Row(raw));
    }
    if (result != SQLITE_DONE)
        return failure(result);
    return {};
}

Result<std::unique_ptr<Database>> Database::openOnce(const std::string& path, const std::string& schema, bool& damaged)
{
    bool there = exists(path);
    sqlite3* handle = nullptr;
    int result = sqlite3_open_v2(path.c_str(), &handle,
                                 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    std::unique_ptr<Database> database(new Database(handle, path.substr(path.rfind('/') + 1)));
    auto refuse = [&](const std::string& why) {
        damaged = meansDamage(sqlite3_errcode(handle));
        return fail(codeOfSqlite(sqlite3_errcode(handle)), fmt::format("opening {}: {}", path, why));
    };
    if (result != SQLITE_OK)
        return refuse(sqlite3_errstr(result));
    database->m_fresh = !there;
    sqlite3_busy_timeout(handle, 5000);
    bool good = false;
    // With a WAL, "normal" can lose the last entries in a power cut but never the file.
    for (const char* sql : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", "PRAGMA cache_size=-256"})
        if (auto done = database->run(sql); !done)
            return refuse(done.error().message);
    if (auto done = database->run("PRAGMA quick_check(1)", {}, [&](const Row& row) { good = row.text(0) == "ok"; });
        !done)
        return refuse(done.error().message);
    if (!good) {
        damaged = true;
        return fail(Code::Failed, fmt::format("opening {}: it is damaged", path));
    }
    if (sqlite3_exec(handle, schema.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return refuse(sqlite3_errmsg(handle));
    return database;
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, const std::string& schema)
{
    bool damaged = false;
    auto database = openOnce(path, schema, damaged);
    if (database)
        return database;
    if (!damaged) {
        logf(Level::Error, "{}; it is left alone, and what comes is kept in memory only", database.error().message);
        return openOnce(":memory:", schema, damaged);
    }
    std::string aside = fmt::format("{}.damaged-{}", path, unixMilliseconds());
    logf(Level::Warning, "{}; it is kept as {}", database.error().message, aside);
    if (rename(path.c_str(), aside.c_str()) < 0)
        return failErrno(fmt::format("renaming {}", path));
    // What belongs to the old file must not be replayed into the new one.
    (void)remove((path + "-wal").c_str());
    (void)remove((path + "-shm").c_str());
    return openOnce(path, schema, damaged);
}

} // namespace diptych
