// Varlink interface descriptions as values (varlink.org/Interface-Definition). Pure; any thread.
#pragma once

#include "base/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace diptych::varlink {

struct Field;

struct Type
{
    enum Kind { Boolean, Integer, Float, String, Object, Array, Map, Maybe, Struct, Enum, Named };
    Kind kind = Object;
    std::string name;                ///< Named: which type of the same interface
    std::vector<Type> element;       ///< Array, Map, Maybe: exactly one
    std::vector<Field> fields;       ///< Struct
    std::vector<std::string> values; ///< Enum
};

struct Field
{
    std::string name;
    Type type;
    std::string comment; ///< lines in front of it, without "# "
};

struct Definition
{
    std::string name;
    Type type; ///< Struct or Enum; of an error always Struct
    std::string comment;
};

struct Method
{
    std::string name;
    Type in, out; ///< Struct
    std::string comment;
};

struct Interface
{
    std::string name, comment;
    std::vector<Definition> types, errors;
    std::vector<Method> methods;

    [[nodiscard]] const Definition* type(std::string_view name) const;
    [[nodiscard]] const Definition* error(std::string_view name) const;
    [[nodiscard]] const Method* method(std::string_view name) const;
};

/// Checks names, duplicates, and that every named type exists. Errors name the line.
Result<Interface> parseInterface(std::string_view text);
/// The canonical text: parseInterface() of it gives an equal interface.
std::string print(const Interface& interface);
/// "org.diptych.Instances.List": what stands before and after the last dot; empty interface when there is none.
std::pair<std::string, std::string> splitMethod(std::string_view method);

} // namespace diptych::varlink
