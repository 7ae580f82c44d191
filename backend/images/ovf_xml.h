// Reading a descriptor's elements: everybody chooses prefixes of their own, so the local name counts.
#pragma once

#include "base/result.h"

#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace diptych::images::ovf {

constexpr size_t kLongestName = 255, kLongestText = size_t{64} << 10;

std::string_view local(std::string_view name);
std::string attribute(const pugi::xml_node& node, std::string_view name);
/// The first child of that local name; oVirt's <Section xsi:type="ovf:NAME_Type"> is one too.
pugi::xml_node child(const pugi::xml_node& node, std::string_view name);
bool isNamed(const pugi::xml_node& node, std::string_view name);
/// Without blanks around, cut to what is shown at most.
std::string text(const pugi::xml_node& node, std::string_view name, size_t most = kLongestName);
std::string trimmed(std::string_view text, size_t most);
/// where: the element, for the error.
Result<uint64_t> number(std::string_view text, const std::string& where);
/// The error of a descriptor: "where: message", field "descriptor".
tl::unexpected<Error> wrong(const std::string& where, const std::string& message);
/// a * b, or nothing when that is no number of 64 bits.
std::optional<uint64_t> product(uint64_t a, uint64_t b);

} // namespace diptych::images::ovf
