#include "machines/pool_secret.h"

#include "machines/xml.h"

namespace diptych::machines {

namespace {

constexpr std::string_view ours = "diptych:";

struct FreeSecret
{
    void operator()(virSecretPtr p) const { virSecretFree(p); }
};
using SecretRef = std::unique_ptr<virSecret, FreeSecret>;

} // namespace

std::string secretName(const std::string& pool)
{
    return fmt::format("{}{}", ours, pool);
}

Status keepSecret(virConnectPtr connection, const std::string& name, const std::string& password)
{
    dropSecret(connection, name);
    pugi::xml_document document;
    pugi::xml_node root = element(document, "secret", {{"ephemeral", "no"}, {"private", "yes"}});
    textElement(element(root, "usage", {{"type", "iscsi"}}), "target", name);
    SecretRef secret(virSecretDefineXML(connection, writeXml(root).c_str(), 0));
    if (!secret || virSecretSetValue(secret.get(), reinterpret_cast<const unsigned char*>(password.data()),
                                     password.size(), 0) < 0) {
        Error error = libvirtError("keep the password");
        dropSecret(connection, name);
        return tl::unexpected<Error>(std::move(error));
    }
    return {};
}

std::string secretOfPool(virStoragePoolPtr pool)
{
    CString text(virStoragePoolGetXMLDesc(pool, VIR_STORAGE_XML_INACTIVE));
    pugi::xml_document document;
    if (!text || !parseXml(text.get(), document))
        return {};
    std::string name = document.child("pool").child("source").child("auth").child("secret").attribute("usage").value();
    return name.starts_with(ours) ? name : std::string();
}

void dropSecret(virConnectPtr connection, const std::string& name)
{
    if (name.empty())
        return;
    if (SecretRef there{virSecretLookupByUsage(connection, VIR_SECRET_USAGE_TYPE_ISCSI, name.c_str())})
        virSecretUndefine(there.get());
}

} // namespace diptych::machines
