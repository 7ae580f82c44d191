// The domain's XML itself, for people who know it.
#include "machines/domain_edit.h"
#include "machines/manager.h"

namespace diptych::machines {

Result<Json> getXml(Host& host, const Json& parameters, Progress& /*progress*/)
{
    DomainRef domain = TRY(host.domain(parameters));
    unsigned flags = TRY(affected(domain.get()));
    std::string live, next;
    if (flags & VIR_DOMAIN_AFFECT_LIVE)
        live = TRY(xmlOf(domain.get(), 0));
    if (flags & VIR_DOMAIN_AFFECT_CONFIG)
        next = TRY(xmlOf(domain.get(), VIR_DOMAIN_XML_INACTIVE));
    return Json{{"live", live}, {"next", next}};
}

Result<Json> defineXml(Host& host, const Json& parameters, Progress& /*progress*/)
{
    DomainRef domain = TRY(host.domain(parameters));
    std::string now = TRY(xmlOf(domain.get(), VIR_DOMAIN_XML_INACTIVE));
    if (now != parameters["previous"].get<std::string>())
        return fail(Code::WrongState, fmt::format("{} was changed meanwhile: look at it again", nameOf(domain.get())));
    std::string secure = TRY(xmlOf(domain.get(), VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE));
    std::string wanted = TRY(acceptEdited(parameters["xml"].get<std::string>(), secure));
    ConnectRef connection = TRY(host.connection());
    DomainRef defined(virDomainDefineXMLFlags(connection.get(), wanted.c_str(), VIR_DOMAIN_DEFINE_VALIDATE));
    if (!defined) {
        Error error = libvirtError("libvirt refuses it");
        error.code = Code::InvalidArgument;
        error.field = "xml";
        return tl::unexpected<Error>(std::move(error));
    }
    return Json::object();
}

} // namespace diptych::machines
