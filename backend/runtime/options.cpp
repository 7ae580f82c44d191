#include "runtime/options.h"

#include <algorithm>
#include <charconv>

namespace diptych::runtime {

std::string Arguments::value(const std::string& name, const std::string& otherwise) const
{
    // The last one given wins.
    auto [begin, end] = options.equal_range(name);
    return begin == end ? otherwise : std::prev(end)->second;
}

std::vector<std::string> Arguments::values(const std::string& name) const
{
    std::vector<std::string> all;
    auto [begin, end] = options.equal_range(name);
    for (auto i = begin; i != end; ++i)
        all.push_back(i->second);
    return all;
}

static const Option* find(const std::vector<Option>& known, const std::string& word)
{
    for (const Option& option : known) {
        if (word.size() > 2 && word.compare(0, 2, "--") == 0 && word.compare(2, std::string::npos, option.name) == 0)
            return &option;
        if (word.size() == 2 && option.letter && word[1] == option.letter)
            return &option;
        // One dash in front of a long name, as Go's flag package takes it.
        if (word.size() > 2 && word[1] != '-' && word.compare(1, std::string::npos, option.name) == 0)
            return &option;
    }
    return nullptr;
}

static Status parseOption(const std::vector<Option>& known, const std::vector<std::string>& words, size_t& i,
                          Arguments& out)
{
    size_t equals = words[i].find('=');
    std::string name = words[i].substr(0, equals);
    const Option* option = find(known, name);
    if (!option)
        return fail(Code::InvalidArgument, fmt::format("unknown option \"{}\"", name));
    if (!option->takesValue) {
        bool off = equals != std::string::npos && words[i].substr(equals + 1) == "false";
        if (!off)
            out.options.emplace(option->name, "true");
    } else if (equals != std::string::npos) {
        out.options.emplace(option->name, words[i].substr(equals + 1));
    } else if (i + 1 < words.size()) {
        out.options.emplace(option->name, words[++i]);
    } else {
        return fail(Code::InvalidArgument, fmt::format("option \"{}\" needs a value", name));
    }
    return {};
}

Result<Arguments> parseArguments(const std::vector<Option>& known, const std::vector<std::string>& words,
                                 size_t stopAfter)
{
    Arguments out;
    bool onlyOperands = false;
    for (size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (!onlyOperands && word == "--") {
            onlyOperands = true;
        } else if (onlyOperands || word.size() < 2 || word[0] != '-') {
            out.operands.push_back(word);
            onlyOperands = onlyOperands || (stopAfter && out.operands.size() >= stopAfter);
        } else {
            TRY(parseOption(known, words, i, out));
        }
    }
    return out;
}

Result<int64_t> integerFrom(const std::string& option, const std::string& text)
{
    int64_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return failField(option, fmt::format("--{}: \"{}\" is not a whole number", option, text));
    return value;
}

} // namespace diptych::runtime
