// The command line: global options, then a verb with its own. One table in verbs.cpp says what each verb takes.
#pragma once

#include "base/result.h"

#include <map>
#include <string>
#include <vector>

namespace diptych::runtime {

struct Option
{
    const char* name; ///< "bundle", given as --bundle X, --bundle=X
    char letter;      ///< 'b', 0 when there is none
    bool takesValue;
    const char* help;
};

struct Arguments
{
    std::multimap<std::string, std::string> options;
    std::vector<std::string> operands;

    [[nodiscard]] bool has(const std::string& name) const { return options.count(name) > 0; }
    [[nodiscard]] std::string value(const std::string& name, const std::string& otherwise = {}) const;
    [[nodiscard]] std::vector<std::string> values(const std::string& name) const;
};

/// Parses words. stopAtOperand: everything from operand number `stopAfter` on is an operand, even "-x" (0: never stop).
Result<Arguments> parseArguments(const std::vector<Option>& known, const std::vector<std::string>& words,
                                 size_t stopAfter);
/// Global options end at the verb.
inline constexpr size_t stopAtFirst = 1;

/// Whole decimal number, optional leading "-"; nothing around it.
Result<int64_t> integerFrom(const std::string& option, const std::string& text);

} // namespace diptych::runtime
