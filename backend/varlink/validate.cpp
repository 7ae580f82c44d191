#include "varlink/validate.h"

namespace diptych::varlink {

namespace {

/// Where we are, written out only for an error: almost nothing that is checked is wrong.
struct Path
{
    const Path* above = nullptr;
    std::string_view member;
    size_t index = 0;
    bool element = false;

    [[nodiscard]] std::string text() const
    {
        std::string before = above ? above->text() : std::string();
        if (element)
            return fmt::format("{}[{}]", before, index);
        return before.empty() ? std::string(member) : fmt::format("{}.{}", before, member);
    }
};

class Validator final
{
public:
    explicit Validator(const Interface& interface) : m_interface(interface) {}

    Status check(const Type& type, const Json& value, const Path& path);

private:
    Status structure(const Type& type, const Json& value, const Path& path);
    Status elements(const Type& type, const Json& value, const Path& path);

    const Interface& m_interface;
};

tl::unexpected<Error> wrong(const Path& path, const char* wanted)
{
    std::string name = path.text();
    return failField(name, fmt::format("{} must be {}", name.empty() ? "it" : name, wanted));
}

tl::unexpected<Error> wrongMember(const Path& path, const std::string& member, const char* what)
{
    std::string name = Path{&path, member}.text();
    return failField(name, fmt::format("{} is {}", name, what));
}

bool fitsInteger(const Json& value)
{
    if (value.is_number_unsigned())
        return value.get<uint64_t>() <= static_cast<uint64_t>(INT64_MAX);
    return value.is_number_integer();
}

Status Validator::structure(const Type& type, const Json& value, const Path& path)
{
    if (!value.is_object())
        return wrong(path, "an object");
    size_t known = 0;
    for (const Field& field : type.fields) {
        auto it = value.find(field.name);
        if (it == value.end()) {
            if (field.type.kind != Type::Maybe)
                return wrongMember(path, field.name, "missing");
            continue;
        }
        ++known;
        TRY(check(field.type, *it, Path{&path, field.name}));
    }
    if (known == value.size())
        return {};
    for (const auto& [key, member] : value.items()) {
        auto same = [&key = key](const Field& field) { return field.name == key; };
        if (std::none_of(type.fields.begin(), type.fields.end(), same))
            return wrongMember(path, key, "not known");
    }
    return {};
}

Status Validator::elements(const Type& type, const Json& value, const Path& path)
{
    bool array = type.kind == Type::Array;
    if (array ? !value.is_array() : !value.is_object())
        return wrong(path, array ? "an array" : "an object");
    size_t index = 0;
    for (auto it = value.begin(); it != value.end(); ++it, ++index) {
        Path below{&path, {}, index, array};
        if (!array)
            below.member = it.key();
        TRY(check(type.element[0], *it, below));
    }
    return {};
}

Status Validator::check(const Type& type, const Json& value, const Path& path)
{
    switch (type.kind) {
    case Type::Boolean:
        return value.is_boolean() ? Status() : wrong(path, "true or false");
    case Type::Integer:
        return fitsInteger(value) ? Status() : wrong(path, "an integer of 64 bits");
    case Type::Float:
        return value.is_number() ? Status() : wrong(path, "a number");
    case Type::String:
        return value.is_string() ? Status() : wrong(path, "a string");
    case Type::Object:
        return value.is_object() ? Status() : wrong(path, "an object");
    case Type::Maybe:
        return value.is_null() ? Status() : check(type.element[0], value, path);
    case Type::Enum:
        if (!value.is_string() ||
            std::find(type.values.begin(), type.values.end(), value.get_ref<const std::string&>()) == type.values.end())
            return wrong(path, fmt::format("one of {}", fmt::join(type.values, ", ")).c_str());
        return {};
    case Type::Struct:
        return structure(type, value, path);
    case Type::Array:
    case Type::Map:
        return elements(type, value, path);
    case Type::Named:
        return check(m_interface.type(type.name)->type, value, path);
    }
    return {};
}

} // namespace

Status validate(const Interface& interface, const Type& type, const Json& value, const std::string& path)
{
    return Validator(interface).check(type, value, Path{nullptr, path});
}

} // namespace diptych::varlink
