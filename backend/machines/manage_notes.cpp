// What people call a domain and write about it: libvirt's title and description.
#include "machines/manager.h"
#include "machines/xml.h"

namespace diptych::machines {

namespace {

constexpr size_t longestTitle = 255, longestDescription = 65536; // bytes

Status checkNotes(const std::string& title, const std::string& description)
{
    TRY(checkXmlText(title, "title"));
    TRY(checkXmlText(description, "description"));
    if (title.find_first_of("\r\n") != std::string::npos)
        return failField("title", "a title is one line");
    if (title.size() > longestTitle)
        return failField("title", "a title has at most 255 bytes");
    if (description.size() > longestDescription)
        return failField("description", "a description has at most 64 KiB");
    return {};
}

Status setText(virDomainPtr domain, int which, const std::string& text, unsigned flags)
{
    if (virDomainSetMetadata(domain, which, text.empty() ? nullptr : text.c_str(), nullptr, nullptr, flags) < 0)
        return failLibvirt(nameOf(domain));
    return {};
}

} // namespace

Result<Json> setNotes(Host& host, const Json& parameters, Progress& /*progress*/)
{
    DomainRef domain = TRY(host.domain(parameters));
    auto title = parameters["title"].get<std::string>(), description = parameters["description"].get<std::string>();
    TRY(checkNotes(title, description));
    unsigned flags = TRY(affected(domain.get()));
    TRY(setText(domain.get(), VIR_DOMAIN_METADATA_TITLE, title, flags));
    TRY(setText(domain.get(), VIR_DOMAIN_METADATA_DESCRIPTION, description, flags));
    return Json{{"live", (flags & VIR_DOMAIN_AFFECT_LIVE) != 0},
                {"next", (flags & VIR_DOMAIN_AFFECT_CONFIG) != 0},
                {"reason", ""}};
}

} // namespace diptych::machines
