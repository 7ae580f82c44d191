#include "machines/domain_edit.h"

#include "machines/xml.h"

#include <cstring>

namespace diptych::machines {

namespace {

Result<pugi::xml_node> domainOf(const pugi::xml_document& document)
{
    pugi::xml_node domain = document.child("domain");
    if (!domain)
        return failField("xml", "the document's root is not <domain>");
    return domain;
}

pugi::xml_node nth(pugi::xml_node devices, const char* name, int wanted)
{
    for (pugi::xml_node node : devices.children(name))
        if (wanted-- == 0)
            return node;
    return {};
}

void keepPasswords(pugi::xml_node edited, pugi::xml_node secure)
{
    int index = 0;
    for (pugi::xml_node graphics : edited.children("graphics")) {
        pugi::xml_node before = nth(secure, "graphics", index++);
        bool same = strcmp(before.attribute("type").value(), graphics.attribute("type").value()) == 0;
        if (same && before.attribute("passwd") && !graphics.attribute("passwd"))
            graphics.append_attribute("passwd").set_value(before.attribute("passwd").value());
    }
}

} // namespace

Result<std::optional<unsigned>> vncIndex(const std::string& xml)
{
    pugi::xml_document document;
    TRY(parseXml(xml, document));
    unsigned index = 0;
    for (pugi::xml_node graphics : TRY(domainOf(document)).child("devices").children("graphics")) {
        if (strcmp(graphics.attribute("type").value(), "vnc") == 0)
            return std::optional<unsigned>(index);
        ++index;
    }
    return std::optional<unsigned>();
}

Result<std::string> acceptEdited(const std::string& edited, const std::string& secure)
{
    pugi::xml_document before, after;
    TRY(parseXml(secure, before));
    if (auto parsed = parseXml(edited, after, Comments::Keep); !parsed)
        return failField("xml", parsed.error().message);
    pugi::xml_node old = TRY(domainOf(before)), wanted = TRY(domainOf(after));
    for (const char* fixed : {"name", "uuid"})
        if (strcmp(old.child_value(fixed), wanted.child_value(fixed)) != 0)
            return failField("xml",
                             fmt::format("<{}> was {} and can't be changed here", fixed, old.child_value(fixed)));
    keepPasswords(wanted.child("devices"), old.child("devices"));
    return writeXml(wanted);
}

} // namespace diptych::machines
