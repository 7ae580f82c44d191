// SQLite with errors as values. One thread at a time (a strand).
#pragma once

#include "base/result.h"

#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace diptych {

struct Blob
{
    std::string bytes;
};
using Value = std::variant<int64_t, std::string, Blob>;

class Row final
{
public:
    explicit Row(sqlite3_stmt* statement) : m_statement(statement) {}
    [[nodiscard]] int64_t integer(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::string blob(int column) const;

private:
    sqlite3_stmt* m_statement;
};

class Database final
{
public:
    /// Opens or makes it with schema (statements that do nothing when everything is there), in WAL mode. A damaged file
    /// is renamed aside ("<path>.damaged-<time>") and a new one made. One that can't be read or written now (disk full,
    /// I/O error) is left alone, and what comes is kept in memory until the next start: losing the history must not
    /// stop the helper.
    static Result<std::unique_ptr<Database>> open(const std::string& path, const std::string& schema);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    Status run(const std::string& sql, const std::vector<Value>& values = {},
               const std::function<void(const Row&)>& row = {});
    [[nodiscard]] int64_t lastId() const;
    [[nodiscard]] bool fresh() const { return m_fresh; } ///< it was made, not found

private:
    Database(sqlite3* handle, std::string name) : m_handle(handle), m_name(std::move(name)) {}
    [[nodiscard]] tl::unexpected<Error> failure(int result) const;
    static Result<std::unique_ptr<Database>> openOnce(const std::string& path, const std::string& schema,
                                                      bool& damaged);
    sqlite3* m_handle;
    std::string m_name; ///< the file's, for messages
    bool m_fresh = false;
};

} // namespace diptych
