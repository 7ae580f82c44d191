// The XML of networks and pools themselves, for people who know it.
#include "machines/manager.h"
#include "machines/network_hosts.h"
#include "machines/volumes.h"
#include "machines/xml.h"

namespace diptych::machines {

namespace {

/// What libvirt says of a network or a pool: text of what there is now, or of what it starts with.
Result<std::string> textOf(virNetworkPtr network, bool next)
{
    CString text(virNetworkGetXMLDesc(network, next ? VIR_NETWORK_XML_INACTIVE : 0));
    if (!text)
        return failLibvirt(fmt::format("network {}", virNetworkGetName(network)));
    return std::string(text.get());
}

Result<std::string> textOf(virStoragePoolPtr pool, bool next)
{
    CString text(virStoragePoolGetXMLDesc(pool, next ? VIR_STORAGE_XML_INACTIVE : 0));
    if (!text)
        return failLibvirt(fmt::format("pool {}", virStoragePoolGetName(pool)));
    return std::string(text.get());
}

/// Active and persistent are libvirt's 1 for yes.
template <typename Object>
Result<Json> bothTexts(Object* object, int active, int persistent)
{
    std::string live, next;
    if (active == 1)
        live = TRY(textOf(object, false));
    if (persistent == 1)
        next = TRY(textOf(object, true));
    return Json{{"live", live}, {"next", next}};
}

/// The text to define, once it is known that it was made from what there still is and stays the same object.
template <typename Object>
Result<std::string> acceptText(Object* object, const char* root, const Json& parameters)
{
    const std::string now = TRY(textOf(object, true));
    if (now != parameters["previous"].get<std::string>())
        return fail(Code::WrongState, "it was changed meanwhile: look at it again");
    pugi::xml_document before, after;
    TRY(parseXml(now, before));
    if (auto parsed = parseXml(parameters["xml"].get<std::string>(), after, Comments::Keep); !parsed)
        return failField("xml", parsed.error().message);
    if (!after.child(root))
        return failField("xml", fmt::format("the document's root is not <{}>", root));
    TRY(checkIdentity(before.child(root), after.child(root)));
    return writeXml(after.child(root));
}

Result<Json> refusedXml()
{
    Error error = libvirtError("libvirt refuses it");
    error.code = Code::InvalidArgument;
    error.field = "xml";
    return tl::unexpected<Error>(std::move(error));
}

} // namespace

Result<Json> getNetworkXml(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    NetworkRef network = TRY(findNetwork(connection.get(), parameters["name"].get<std::string>()));
    return bothTexts(network.get(), virNetworkIsActive(network.get()), virNetworkIsPersistent(network.get()));
}

Result<Json> defineNetworkXml(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    NetworkRef network = TRY(findNetwork(connection.get(), parameters["name"].get<std::string>()));
    const std::string wanted = TRY(acceptText(network.get(), "network", parameters));
    NetworkRef defined(virNetworkDefineXMLFlags(connection.get(), wanted.c_str(), VIR_NETWORK_DEFINE_VALIDATE));
    return defined ? Result<Json>(Json::object()) : refusedXml();
}

Result<Json> getPoolXml(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    PoolRef pool = TRY(findPool(connection.get(), parameters["pool"].get<std::string>()));
    return bothTexts(pool.get(), virStoragePoolIsActive(pool.get()), virStoragePoolIsPersistent(pool.get()));
}

Result<Json> definePoolXml(Host& host, const Json& parameters, Progress& /*progress*/)
{
    ConnectRef connection = TRY(host.connection());
    PoolRef pool = TRY(findPool(connection.get(), parameters["pool"].get<std::string>()));
    const std::string wanted = TRY(acceptText(pool.get(), "pool", parameters));
    PoolRef defined(virStoragePoolDefineXML(connection.get(), wanted.c_str(), VIR_STORAGE_POOL_DEFINE_VALIDATE));
    return defined ? Result<Json>(Json::object()) : refusedXml();
}

} // namespace diptych::machines
