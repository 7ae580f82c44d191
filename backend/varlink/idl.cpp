#include "varlink/idl.h"

#include "base/files.h"

namespace diptych::varlink {

template <typename T>
static const T* byName(const std::vector<T>& all, std::string_view name)
{
    for (const T& one : all) {
        if (one.name == name)
            return &one;
    }
    return nullptr;
}

const Definition* Interface::type(std::string_view wanted) const
{
    return byName(types, wanted);
}
const Definition* Interface::error(std::string_view wanted) const
{
    return byName(errors, wanted);
}
const Method* Interface::method(std::string_view wanted) const
{
    return byName(methods, wanted);
}

std::pair<std::string, std::string> splitMethod(std::string_view method)
{
    size_t dot = method.rfind('.');
    if (dot == std::string_view::npos)
        return {"", std::string(method)};
    return {std::string(method.substr(0, dot)), std::string(method.substr(dot + 1))};
}

static std::string comment(const std::string& text, const char* indent)
{
    std::string lines;
    if (text.empty())
        return lines;
    for (std::string_view line : split(text, '\n'))
        lines += line.empty() ? fmt::format("{}#\n", indent) : fmt::format("{}# {}\n", indent, line);
    return lines;
}

static std::string text(const Type& type);

static std::string structText(const std::vector<Field>& fields)
{
    bool commented = false;
    for (const Field& field : fields)
        commented = commented || !field.comment.empty();
    std::string all = "(";
    for (size_t i = 0; i < fields.size(); ++i) {
        std::string_view comma = i + 1 < fields.size() ? "," : "";
        if (commented)
            all += fmt::format("\n{}  {}: {}{}", comment(fields[i].comment, "  "), fields[i].name, text(fields[i].type),
                               comma);
        else
            all += fmt::format("{}{}: {}{}", i ? " " : "", fields[i].name, text(fields[i].type), comma);
    }
    return all + (commented ? "\n)" : ")");
}

static std::string text(const Type& type)
{
    switch (type.kind) {
    case Type::Boolean:
        return "bool";
    case Type::Integer:
        return "int";
    case Type::Float:
        return "float";
    case Type::String:
        return "string";
    case Type::Object:
        return "object";
    case Type::Array:
        return "[]" + text(type.element[0]);
    case Type::Map:
        return "[string]" + text(type.element[0]);
    case Type::Maybe:
        return "?" + text(type.element[0]);
    case Type::Struct:
        return structText(type.fields);
    case Type::Enum:
        return fmt::format("({})", fmt::join(type.values, ", "));
    case Type::Named:
        return type.name;
    }
    return {};
}

std::string print(const Interface& interface)
{
    std::string all = comment(interface.comment, "") + "interface " + interface.name + "\n";
    for (const Definition& type : interface.types)
        all += fmt::format("\n{}type {} {}\n", comment(type.comment, ""), type.name, text(type.type));
    for (const Method& method : interface.methods)
        all += fmt::format("\n{}method {}{} -> {}\n", comment(method.comment, ""), method.name, text(method.in),
                           text(method.out));
    for (const Definition& error : interface.errors)
        all += fmt::format("\n{}error {} {}\n", comment(error.comment, ""), error.name, text(error.type));
    return all;
}

} // namespace diptych::varlink
