#include "images/ovf_xml.h"

#include <charconv>

namespace diptych::images::ovf {

std::string_view local(std::string_view name)
{
    const size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string attribute(const pugi::xml_node& node, std::string_view name)
{
    for (const pugi::xml_attribute& one : node.attributes())
        if (local(one.name()) == name)
            return one.value();
    return {};
}

bool isNamed(const pugi::xml_node& node, std::string_view name)
{
    const std::string_view own = local(node.name());
    if (own == name)
        return true;
    if (own != "Section" && own != "Content")
        return false;
    const std::string type = attribute(node, "type");
    return local(type) == std::string(name) + "_Type";
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name)
{
    for (const pugi::xml_node& one : node.children())
        if (isNamed(one, name))
            return one;
    return {};
}

std::string trimmed(std::string_view text, size_t most)
{
    constexpr std::string_view blanks = " \t\r\n";
    const size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    text = text.substr(first, text.find_last_not_of(blanks) - first + 1);
    if (text.size() > most) {
        // Not in the middle of a character.
        while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0) == 0x80)
            --most;
        text = text.substr(0, most);
    }
    return std::string(text);
}

std::string text(const pugi::xml_node& node, std::string_view name, size_t most)
{
    return trimmed(child(node, name).text().get(), most);
}

tl::unexpected<Error> wrong(const std::string& where, const std::string& message)
{
    return failField("descriptor", where + ": " + message);
}

Result<uint64_t> number(std::string_view text, const std::string& where)
{
    const std::string digits = trimmed(text, kLongestName);
    uint64_t value = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size())
        return wrong(where, fmt::format("\"{}\" is no number that can be meant", digits));
    return value;
}

std::optional<uint64_t> product(uint64_t a, uint64_t b)
{
    uint64_t result = 0;
    return __builtin_mul_overflow(a, b, &result) ? std::nullopt : std::optional(result);
}

} // namespace diptych::images::ovf
