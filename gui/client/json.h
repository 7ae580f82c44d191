// nlohmann/json behind a reader that never throws: what is missing or of another type becomes the fallback.
#pragma once

#include "client/types.h"

#include <nlohmann/json.hpp>

#include <concepts>
#include <limits>

namespace diptych::client {

using Json = nlohmann::json;

/// What a method answered: its parameters, or an error.
struct Reply
{
    Json parameters;
    std::optional<Error> error;
};

inline const Json& member(const Json& object, const char* key)
{
    static const Json none;
    if (!object.is_object())
        return none;
    const auto found = object.find(key);
    return found == object.end() ? none : *found;
}
inline QString toText(const Json& value)
{
    if (const auto* text = value.get_ptr<const Json::string_t*>())
        return QString::fromUtf8(text->data(), qsizetype(text->size()));
    return {};
}
inline qint64 toInteger(const Json& value, qint64 fallback = 0)
{
    constexpr auto most = std::numeric_limits<qint64>::max();
    if (value.is_number_unsigned())
        return qint64(std::min<quint64>(value.get<quint64>(), quint64(most)));
    if (value.is_number_integer())
        return value.get<qint64>();
    if (value.is_number_float()) {
        const double number = value.get<double>();
        return number > -9.2e18 && number < 9.2e18 ? qint64(number) : fallback;
    }
    return fallback;
}
inline QString text(const Json& object, const char* key)
{
    return toText(member(object, key));
}
inline qint64 integer(const Json& object, const char* key, qint64 fallback = 0)
{
    return toInteger(member(object, key), fallback);
}
inline int number(const Json& object, const char* key, int fallback = 0)
{
    const qint64 value = integer(object, key, fallback);
    return value >= std::numeric_limits<int>::min() && value <= std::numeric_limits<int>::max() ? int(value) : fallback;
}
inline double real(const Json& object, const char* key, double fallback = 0)
{
    const Json& value = member(object, key);
    return value.is_number() ? value.get<double>() : fallback;
}
inline bool boolean(const Json& object, const char* key, bool fallback = false)
{
    const Json& value = member(object, key);
    return value.is_boolean() ? value.get<bool>() : fallback;
}
/// decode: a function of one element.
template <typename Decode>
auto list(const Json& object, const char* key, Decode decode)
{
    QList<std::decay_t<decltype(decode(object))>> all;
    const Json& values = member(object, key);
    if (!values.is_array())
        return all;
    all.reserve(qsizetype(values.size()));
    for (const Json& value : values)
        all.append(decode(value));
    return all;
}
inline QStringList texts(const Json& object, const char* key)
{
    return list(object, key, toText);
}

} // namespace diptych::client
