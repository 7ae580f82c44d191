// Reading and writing XML with pugixml: no string is ever pasted into a document, no DTD and no entity of a document is
// ever followed (pugixml knows only the five predefined ones).
#pragma once

#include "base/result.h"

#include <pugixml.hpp>
#include <string>

namespace diptych::machines {

/// Refuses documents over 4 MiB, with a DOCTYPE, or nested deeper than 256.
enum class Comments { Drop, Keep };
Status parseXml(const std::string& text, pugi::xml_document& document, Comments comments = Comments::Drop);
/// Indented, with the closing newline.
std::string writeXml(const pugi::xml_node& node);
/// XML 1.0 can't carry most control characters, nor U+FFFE and U+FFFF; they are an error, not left out.
Status checkXmlText(std::string_view text, const char* field);

/// node.append_child(name) with attributes, in their order: element(n, "source", {{"file", path}}).
pugi::xml_node element(pugi::xml_node parent, const char* name,
                       std::initializer_list<std::pair<const char*, std::string>> attributes = {});
/// The same with text in it.
pugi::xml_node textElement(pugi::xml_node parent, const char* name, const std::string& text,
                           std::initializer_list<std::pair<const char*, std::string>> attributes = {});
/// Name and UUID of an edited document are what they were; InvalidArgument, "xml".
Status checkIdentity(pugi::xml_node before, pugi::xml_node after);
/// The child of a domain's metadata in this namespace, whatever its prefix is; libvirt keeps one of each.
pugi::xml_node metadataOf(pugi::xml_node domain, std::string_view uri);
/// The child of that name, made where there is none.
pugi::xml_node childOf(pugi::xml_node parent, const char* name);
/// The attribute, made where there is none.
void setAttribute(pugi::xml_node node, const char* name, const std::string& value);

} // namespace diptych::machines
