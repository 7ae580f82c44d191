#include "machines/domain_edit.h"

#include "machines/machine_xml.h"
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
    TRY(checkIdentity(old, wanted));
    keepPasswords(wanted.child("devices"), old.child("devices"));
    return writeXml(wanted);
}

namespace {

void replaceSources(pugi::xml_node domain, const std::map<std::string, DiskSource>& sources)
{
    for (pugi::xml_node disk : domain.child("devices").children("disk")) {
        pugi::xml_node source = disk.child("source");
        const char* path =
            source.attribute("file") ? source.attribute("file").value() : source.attribute("dev").value();
        auto found = sources.find(path);
        if (found == sources.end())
            continue;
        std::string target = disk.child("target").attribute("dev").value();
        (void)changeDevice(domain, "disk:" + target, {}, &found->second);
    }
}

/// Two that run at once would write into one file.
void moveLog(pugi::xml_node device, const std::string& before, const std::string& after)
{
    pugi::xml_attribute file = device.child("log").attribute("file");
    if (before.size() == 36 && file.value() == serialLog(before))
        file.set_value(serialLog(after).c_str());
    else
        device.remove_child("log");
}

void forgetIdentity(pugi::xml_node domain, const std::string& before, const std::string& after)
{
    domain.remove_child("genid");
    domain.child("os").remove_child("nvram"); // libvirt makes one from the firmware's template
    for (pugi::xml_node data : domain.child("metadata").children())
        if (std::string_view(data.name()).starts_with("diptych:")) {
            domain.child("metadata").remove_child(data);
            break;
        }
    for (pugi::xml_node device : domain.child("devices").children()) {
        std::string_view type = device.name();
        if (type == "interface")
            device.remove_child("mac");
        if (type == "channel" || type == "serial" || type == "console")
            device.child("source").remove_attribute("path");
        if (device.child("log"))
            moveLog(device, before, after);
        if (type == "graphics" && device.attribute("port")) {
            device.remove_attribute("port");
            pugi::xml_attribute automatic = device.attribute("autoport");
            (automatic ? automatic : device.append_attribute("autoport")).set_value("yes");
        }
    }
}

} // namespace

Result<std::string> withSources(const std::string& xml, const std::map<std::string, DiskSource>& sources)
{
    pugi::xml_document document;
    TRY(parseXml(xml, document, Comments::Keep));
    replaceSources(TRY(domainOf(document)), sources);
    return writeXml(document.child("domain"));
}

Result<std::string> cloneXml(const std::string& xml, const std::string& name, const std::string& id,
                             const std::map<std::string, DiskSource>& sources)
{
    pugi::xml_document document;
    TRY(parseXml(xml, document, Comments::Keep));
    pugi::xml_node domain = TRY(domainOf(document));
    const std::string before = domain.child_value("uuid");
    domain.child("name").text().set(name.c_str());
    domain.child("uuid").text().set(id.c_str());
    replaceSources(domain, sources);
    forgetIdentity(domain, before, id);
    return writeXml(domain);
}

} // namespace diptych::machines
