#include "base/json.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace diptych {

namespace {
// nlohmann's own parser keeps the last of two equal keys; which one a checker and an executor see must not depend on
// the reader, so we refuse them (docker's CVE-2024-41110 is of this family).
class StrictSax final : public nlohmann::json_sax<Json>
{
public:
    explicit StrictSax(Json& result, int depth) : m_dom(result, false), m_depth(depth) {}

    bool null() override { return m_dom.null(); }
    bool boolean(bool v) override { return m_dom.boolean(v); }
    bool number_integer(number_integer_t v) override { return m_dom.number_integer(v); }
    bool number_unsigned(number_unsigned_t v) override { return m_dom.number_unsigned(v); }
    bool number_float(number_float_t v, const string_t& s) override { return m_dom.number_float(v, s); }
    bool string(string_t& v) override { return clean(v) && m_dom.string(v); }
    bool binary(binary_t& v) override { return m_dom.binary(v); }
    bool start_object(size_t n) override
    {
        m_objects.push_back({m_keys.size(), {}});
        return deeper() && m_dom.start_object(n);
    }
    bool key(string_t& v) override
    {
        if (!isNew(v)) {
            error = fmt::format("the key \"{}\" stands twice", v);
            return false;
        }
        return clean(v) && m_dom.key(v);
    }
    bool end_object() override
    {
        m_keys.resize(m_objects.back().first);
        m_objects.pop_back();
        --m_level;
        return m_dom.end_object();
    }
    bool start_array(size_t n) override { return deeper() && m_dom.start_array(n); }
    bool end_array() override
    {
        --m_level;
        return m_dom.end_array();
    }
    bool parse_error(size_t position, const std::string& /*token*/, const nlohmann::detail::exception& /*e*/) override
    {
        error = fmt::format("not valid JSON at byte {}", position);
        return false;
    }

    std::string error;

private:
    /// The keys of an object that is being read. Most have few, which are compared one by one; a set of thousands would
    /// otherwise be a way to keep us busy.
    struct Object
    {
        size_t first; ///< of its keys, in m_keys
        std::set<std::string> many;
    };
    bool isNew(const string_t& key)
    {
        constexpr std::ptrdiff_t few = 48;
        Object& object = m_objects.back();
        if (!object.many.empty())
            return object.many.insert(key).second;
        auto first = m_keys.begin() + static_cast<std::ptrdiff_t>(object.first);
        if (std::find(first, m_keys.end(), key) != m_keys.end())
            return false;
        m_keys.push_back(key);
        first = m_keys.begin() + static_cast<std::ptrdiff_t>(object.first);
        if (m_keys.end() - first > few)
            object.many.insert(first, m_keys.end());
        return true;
    }
    bool deeper()
    {
        if (++m_level <= m_depth)
            return true;
        error = fmt::format("nested deeper than {}", m_depth);
        return false;
    }
    bool clean(const string_t& v)
    {
        if (v.find('\0') == string_t::npos)
            return true;
        error = "a string contains NUL";
        return false;
    }

    nlohmann::detail::json_sax_dom_parser<Json> m_dom;
    std::vector<std::string> m_keys; ///< of all objects that are being read, outermost first
    std::vector<Object> m_objects;
    int m_depth;
    int m_level = 0;
};
} // namespace

Result<Json> parseJson(std::string_view text, const JsonLimits& limits)
{
    if (text.size() > limits.bytes)
        return fail(Code::InvalidArgument, fmt::format("longer than {} bytes", limits.bytes));
    Json value;
    StrictSax sax(value, limits.depth);
    if (!Json::sax_parse(text.begin(), text.end(), &sax))
        return fail(Code::InvalidArgument, sax.error.empty() ? "not valid JSON" : sax.error);
    return value;
}

std::string dumpJson(const Json& value, int indent)
{
    return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

JsonReader::JsonReader(const Json& value, std::string path) : m_value(&value), m_path(std::move(path)) {}

std::string JsonReader::field(const char* key) const
{
    return m_path.empty() ? key : fmt::format("{}.{}", m_path, key);
}

const Json* JsonReader::find(const char* key)
{
    m_asked.emplace_back(key);
    if (!m_value->is_object())
        return nullptr;
    auto it = m_value->find(key);
    return it == m_value->end() || it->is_null() ? nullptr : &*it;
}

tl::unexpected<Error> JsonReader::wrong(const char* key, const char* wanted) const
{
    bool there = m_value->is_object() && m_value->contains(key);
    std::string name = field(key);
    return failField(name, there ? fmt::format("{} must be {}", name, wanted) : fmt::format("{} is missing", name));
}

namespace {
std::optional<std::string> asString(const Json& v)
{
    return v.is_string() ? std::optional(v.get<std::string>()) : std::nullopt;
}
std::optional<int64_t> asInteger(const Json& v)
{
    if (v.is_number_unsigned() && v.get<uint64_t>() > static_cast<uint64_t>(INT64_MAX))
        return std::nullopt;
    return v.is_number_integer() ? std::optional(v.get<int64_t>()) : std::nullopt;
}
std::optional<uint64_t> asUnsigned(const Json& v)
{
    return v.is_number_unsigned() ? std::optional(v.get<uint64_t>()) : std::nullopt;
}
std::optional<double> asNumber(const Json& v)
{
    return v.is_number() ? std::optional(v.get<double>()) : std::nullopt;
}
std::optional<bool> asBoolean(const Json& v)
{
    return v.is_boolean() ? std::optional(v.get<bool>()) : std::nullopt;
}
std::optional<std::vector<std::string>> asStrings(const Json& v)
{
    if (!v.is_array())
        return std::nullopt;
    std::vector<std::string> all;
    for (const Json& item : v) {
        if (!item.is_string())
            return std::nullopt;
        all.push_back(item.get<std::string>());
    }
    return all;
}
} // namespace

// One required and one optional reader for each kind of value.
#define DIPTYCH_READER(Type, required, whenThere, convert, wanted)                                                     \
    Result<Type> JsonReader::required(const char* key)                                                                 \
    {                                                                                                                  \
        const Json* v = find(key);                                                                                     \
        auto converted = v ? convert(*v) : std::nullopt;                                                               \
        if (!converted)                                                                                                \
            return wrong(key, wanted);                                                                                 \
        return std::move(*converted);                                                                                  \
    }                                                                                                                  \
    Result<std::optional<Type>> JsonReader::whenThere(const char* key)                                                 \
    {                                                                                                                  \
        const Json* v = find(key);                                                                                     \
        if (!v)                                                                                                        \
            return std::optional<Type>();                                                                              \
        auto converted = convert(*v);                                                                                  \
        if (!converted)                                                                                                \
            return wrong(key, wanted);                                                                                 \
        return converted;                                                                                              \
    }

DIPTYCH_READER(std::string, string, optionalString, asString, "a string")
DIPTYCH_READER(int64_t, integer, optionalInteger, asInteger, "an integer")
DIPTYCH_READER(uint64_t, unsignedInteger, optionalUnsigned, asUnsigned, "an integer that is not negative")
DIPTYCH_READER(double, number, optionalNumber, asNumber, "a number")
DIPTYCH_READER(bool, boolean, optionalBoolean, asBoolean, "true or false")
#undef DIPTYCH_READER

Result<std::vector<std::string>> JsonReader::strings(const char* key)
{
    const Json* v = find(key);
    auto all = v ? asStrings(*v) : std::nullopt;
    if (!all)
        return wrong(key, "an array of strings");
    return std::move(*all);
}

Result<std::vector<std::string>> JsonReader::optionalStrings(const char* key)
{
    const Json* v = find(key);
    if (!v)
        return std::vector<std::string>();
    auto all = asStrings(*v);
    if (!all)
        return wrong(key, "an array of strings");
    return std::move(*all);
}

Result<JsonReader> JsonReader::object(const char* key)
{
    const Json* v = find(key);
    if (!v || !v->is_object())
        return wrong(key, "an object");
    return JsonReader(*v, field(key));
}

Result<std::optional<JsonReader>> JsonReader::optionalObject(const char* key)
{
    const Json* v = find(key);
    if (!v)
        return std::optional<JsonReader>();
    if (!v->is_object())
        return wrong(key, "an object");
    return std::optional(JsonReader(*v, field(key)));
}

Result<const Json*> JsonReader::array(const char* key)
{
    const Json* v = find(key);
    if (!v || !v->is_array())
        return wrong(key, "an array");
    return v;
}

Result<const Json*> JsonReader::optionalArray(const char* key)
{
    const Json* v = find(key);
    if (v && !v->is_array())
        return wrong(key, "an array");
    return v;
}

Status JsonReader::finish() const
{
    if (!m_value->is_object())
        return failField(m_path, m_path.empty() ? "must be an object" : fmt::format("{} must be an object", m_path));
    for (const auto& [key, value] : m_value->items()) {
        if (std::find(m_asked.begin(), m_asked.end(), key) == m_asked.end())
            return failField(field(key.c_str()), fmt::format("{} is not known", field(key.c_str())));
    }
    return {};
}

} // namespace diptych
