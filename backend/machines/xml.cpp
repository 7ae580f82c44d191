#include "machines/xml.h"

#include <sstream>

namespace diptych::machines {

namespace {

constexpr size_t maximumSize = size_t{4} << 20;
constexpr int maximumDepth = 256;

struct DepthCheck : pugi::xml_tree_walker
{
    bool fine = true, doctype = false;
    bool for_each(pugi::xml_node& node) override
    {
        fine = fine && depth() < maximumDepth;
        doctype = doctype || node.type() == pugi::node_doctype;
        return fine && !doctype;
    }
};

} // namespace

Status parseXml(const std::string& text, pugi::xml_document& document, Comments comments)
{
    if (text.size() > maximumSize)
        return fail(Code::InvalidArgument, "the XML document is too large");
    unsigned options = pugi::parse_default | pugi::parse_doctype;
    if (comments == Comments::Keep)
        options |= pugi::parse_comments | pugi::parse_pi;
    auto outcome = document.load_buffer(text.data(), text.size(), options);
    if (!outcome)
        return fail(Code::InvalidArgument,
                    fmt::format("malformed XML at byte {}: {}", outcome.offset, outcome.description()));
    DepthCheck check;
    document.traverse(check);
    if (check.doctype)
        return fail(Code::InvalidArgument, "the XML document has a DOCTYPE");
    if (!check.fine)
        return fail(Code::InvalidArgument, "the XML document is nested too deeply");
    return {};
}

std::string writeXml(const pugi::xml_node& node)
{
    std::ostringstream out;
    node.print(out, "  ", pugi::format_indent);
    return out.str();
}

Status checkIdentity(pugi::xml_node before, pugi::xml_node after)
{
    for (const char* fixed : {"name", "uuid"})
        if (strcmp(before.child_value(fixed), after.child_value(fixed)) != 0)
            return failField("xml",
                             fmt::format("<{}> was {} and can't be changed here", fixed, before.child_value(fixed)));
    return {};
}

pugi::xml_node metadataOf(pugi::xml_node domain, std::string_view uri)
{
    for (pugi::xml_node node : domain.child("metadata").children()) {
        std::string_view name = node.name();
        size_t colon = name.find(':');
        std::string declaration =
            colon == std::string_view::npos ? "xmlns" : "xmlns:" + std::string(name.substr(0, colon));
        if (node.attribute(declaration.c_str()).as_string() == uri)
            return node;
    }
    return {};
}

Status checkXmlText(std::string_view text, const char* field)
{
    for (size_t i = 0; i < text.size(); ++i) {
        auto byte = static_cast<unsigned char>(text[i]);
        bool control = byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
        bool noncharacter = text.substr(i, 3) == "\xEF\xBF\xBE" || text.substr(i, 3) == "\xEF\xBF\xBF";
        if (control || noncharacter)
            return failField(field, fmt::format("{} has a character that XML can't carry", field));
    }
    return {};
}

pugi::xml_node element(pugi::xml_node parent, const char* name,
                       std::initializer_list<std::pair<const char*, std::string>> attributes)
{
    pugi::xml_node node = parent.append_child(name);
    for (const auto& [key, value] : attributes)
        node.append_attribute(key).set_value(value.c_str());
    return node;
}

pugi::xml_node textElement(pugi::xml_node parent, const char* name, const std::string& text,
                           std::initializer_list<std::pair<const char*, std::string>> attributes)
{
    pugi::xml_node node = element(parent, name, attributes);
    node.append_child(pugi::node_pcdata).set_value(text.c_str());
    return node;
}

pugi::xml_node childOf(pugi::xml_node parent, const char* name)
{
    pugi::xml_node found = parent.child(name);
    return found ? found : parent.append_child(name);
}

void setAttribute(pugi::xml_node node, const char* name, const std::string& value)
{
    pugi::xml_attribute attribute = node.attribute(name);
    (attribute ? attribute : node.append_attribute(name)).set_value(value.c_str());
}

} // namespace diptych::machines
