// Strict JSON. The parser is nlohmann/json; this adds what a privileged reader must insist on: no duplicate keys, no
// trailing data, no NUL in strings, bounded depth and size; and typed access whose errors name the field.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diptych {

using Json = nlohmann::json;

struct JsonLimits
{
    size_t bytes = size_t{1} << 20;
    int depth = 64;
};

/// Parses text, which must be one JSON value of any kind.
Result<Json> parseJson(std::string_view text, const JsonLimits& limits = {});
/// Compact; invalid UTF-8 is replaced by U+FFFD, never thrown about.
std::string dumpJson(const Json& value, int indent = -1);

/// Reads the members of one object, remembering what was asked for. Errors are InvalidArgument with the field's path.
///
///     JsonReader r(parameters);
///     auto name = TRY(r.string("name"));            // required
///     auto memory = TRY(r.optionalUnsigned("memory"));
///     TRY(r.finish());                              // unknown members are an error
class JsonReader final
{
public:
    /// path: what stands in front of the field in messages, "limits" gives "limits.memory". value must outlive this.
    explicit JsonReader(const Json& value, std::string path = {});

    Result<std::string> string(const char* key);
    Result<int64_t> integer(const char* key);
    Result<uint64_t> unsignedInteger(const char* key);
    Result<double> number(const char* key);
    Result<bool> boolean(const char* key);
    Result<JsonReader> object(const char* key);
    Result<std::vector<std::string>> strings(const char* key);
    Result<const Json*> array(const char* key);

    Result<std::optional<std::string>> optionalString(const char* key);
    Result<std::optional<int64_t>> optionalInteger(const char* key);
    Result<std::optional<uint64_t>> optionalUnsigned(const char* key);
    Result<std::optional<double>> optionalNumber(const char* key);
    Result<std::optional<bool>> optionalBoolean(const char* key);
    Result<std::optional<JsonReader>> optionalObject(const char* key);
    Result<std::vector<std::string>> optionalStrings(const char* key); ///< absent or null: empty
    Result<const Json*> optionalArray(const char* key);                ///< absent or null: nullptr

    /// An error for the first member nobody asked for.
    Status finish() const;
    /// Error for a member of this object: fail(r.field("name"), ...).
    [[nodiscard]] std::string field(const char* key) const;
    [[nodiscard]] const Json& value() const { return *m_value; }

private:
    const Json* find(const char* key);
    tl::unexpected<Error> wrong(const char* key, const char* wanted) const;

    const Json* m_value;
    std::string m_path;
    std::vector<std::string> m_asked;
};

} // namespace diptych
