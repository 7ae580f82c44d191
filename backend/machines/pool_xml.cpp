#include "machines/pool_xml.h"

#include "machines/xml.h"

#include <algorithm>

namespace diptych::machines {

namespace {

bool only(std::string_view text, std::string_view marks, size_t most = 255)
{
    return !text.empty() && text.size() <= most && text[0] != '-' && std::all_of(text.begin(), text.end(), [&](char c) {
        return isalnum(static_cast<unsigned char>(c)) || marks.find(c) != std::string_view::npos;
    });
}

bool climbs(std::string_view path)
{
    return ("/" + std::string(path) + "/").find("/../") != std::string::npos;
}

Status checkSource(const PoolSource& source)
{
    const std::string& type = source.type;
    if (type == "fs" &&
        (!only(source.device, "/._:-+") || !source.device.starts_with("/dev/") || climbs(source.device)))
        return failField("source.device", "a device below /dev, by its path");
    if ((type == "netfs" || type == "iscsi") && !only(source.host, ".:-"))
        return failField("source.host", "a host's name or address");
    if (type == "netfs" && (!only(source.source, "/._:-+ ") || source.source[0] != '/' || climbs(source.source)))
        return failField("source.source", "the directory that the other host exports, by its whole path");
    if (type == "logical" && (!only(source.source, "._-+", 127) || source.source[0] == '.'))
        return failField("source.source", "the name of a volume group");
    if (type == "iscsi" && !only(source.source, ".:-", 223))
        return failField("source.source", "the target's name: iqn.2004-04.example:disks");
    return {};
}

} // namespace

Result<std::string> poolXml(const std::string& name, const PoolSource& source, const std::string& path)
{
    TRY(checkSource(source));
    pugi::xml_document document;
    pugi::xml_node root = element(document, "pool", {{"type", source.type}});
    textElement(root, "name", name);
    pugi::xml_node from = element(root, "source");
    if (source.type == "fs")
        element(from, "device", {{"path", source.device}});
    if (source.type == "netfs" || source.type == "iscsi")
        element(from, "host", {{"name", source.host}});
    if (source.type == "netfs")
        element(from, "dir", {{"path", source.source}});
    if (source.type == "iscsi")
        element(from, "device", {{"path", source.source}});
    if (source.type == "logical")
        textElement(from, "name", source.source);
    if (source.type == "fs" || source.type == "netfs")
        element(from, "format", {{"type", "auto"}});
    textElement(element(root, "target"), "path", source.type == "logical" ? "/dev/" + source.source : path);
    return writeXml(root);
}

Result<std::vector<PoolTypeOffer>> poolTypes(const std::string& text)
{
    pugi::xml_document document;
    TRY(parseXml(text, document));
    std::vector<PoolTypeOffer> offers;
    for (pugi::xml_node pool : document.child("storagepoolCapabilities").children("pool")) {
        std::string type = pool.attribute("type").value();
        bool supported = std::string_view(pool.attribute("supported").value()) == "yes";
        offers.push_back({type, supported ? ""
                                          : fmt::format("libvirt's part for it, the storage driver {}, is not "
                                                        "installed",
                                                        type)});
    }
    return offers;
}

} // namespace diptych::machines
