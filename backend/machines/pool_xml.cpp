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

bool oneOf(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool isTarget(std::string_view name)
{
    return only(name, ".:-", 223);
}

Status checkDevice(const PoolSource& source)
{
    bool needed = source.type == "fs" || source.type == "disk" || (source.type == "logical" && source.build);
    if (needed && (!only(source.device, "/._:-+") || !source.device.starts_with("/dev/") || climbs(source.device)))
        return failField("source.device", "a device below /dev, by its path");
    if (source.type == "fs" && !oneOf(source.format, {"", "ext4", "xfs"}))
        return failField("source.format", "ext4 or xfs");
    if (source.type == "disk" && !oneOf(source.format, {"", "gpt", "dos"}))
        return failField("source.format", "gpt or dos");
    return {};
}

Status checkSource(const PoolSource& source)
{
    const std::string& type = source.type;
    TRY(checkDevice(source));
    if (type == "netfs" || type == "iscsi")
        TRY(checkServerName(source.host, "source.host"));
    if (type == "netfs" && (!only(source.source, "/._:-+ ") || source.source[0] != '/' || climbs(source.source)))
        return failField("source.source", "the directory that the other host exports, by its whole path");
    if (source.port != 0 && type != "iscsi")
        return failField("source.port",
                         "only an iSCSI target has a port of its own: libvirt mounts NFS by the usual one");
    TRY(checkPort(source.port, "source.port"));
    if (!source.version.empty() && type != "netfs")
        return failField("source.version", "only NFS has versions");
    if (!oneOf(source.version, {"", "3", "4", "4.0", "4.1", "4.2"}))
        return failField("source.version", "a version of NFS: 3, 4, 4.0, 4.1 or 4.2");
    if (type == "logical" && (!only(source.source, "._-+", 127) || source.source[0] == '.'))
        return failField("source.source", "the name of a volume group");
    if (type == "iscsi" && !isTarget(source.source))
        return failField("source.source", "the target's name: iqn.2004-04.example:disks");
    if (type == "iscsi" && !source.initiator.empty() && !isTarget(source.initiator))
        return failField("source.initiator", "an initiator's name: iqn.2004-04.example:me");
    if (source.build && !oneOf(type, {"fs", "disk", "logical"}))
        return failField("build", "nothing can be made there from here");
    return checkXmlText(source.user, "source.user");
}

std::string formatOf(const PoolSource& source)
{
    if (source.type == "netfs")
        return "auto";
    if (source.type == "fs")
        return source.build ? (source.format.empty() ? "ext4" : source.format) : "auto";
    if (source.type == "disk")
        return source.format.empty() ? "gpt" : source.format;
    return {};
}

} // namespace

Status checkServerName(const std::string& host, const char* field)
{
    if (!only(host, ".:-"))
        return failField(field, "a host's name or address");
    return {};
}

Status checkPort(int64_t port, const char* field)
{
    return port < 0 || port > 65535 ? failField(field, "a number from 1 to 65535") : Status();
}

Result<std::string> poolXml(const std::string& name, const PoolSource& source, const std::string& path)
{
    TRY(checkSource(source));
    pugi::xml_document document;
    pugi::xml_node root = element(document, "pool", {{"type", source.type}});
    textElement(root, "name", name);
    pugi::xml_node from = element(root, "source");
    if (source.type == "fs" || source.type == "disk" || (source.type == "logical" && source.build))
        element(from, "device", {{"path", source.device}});
    if (source.type == "netfs" || source.type == "iscsi")
        element(from, "host", {{"name", source.host}});
    if (source.port != 0)
        from.child("host").append_attribute("port").set_value(std::to_string(source.port).c_str());
    if (source.type == "netfs")
        element(from, "dir", {{"path", source.source}});
    if (source.type == "iscsi")
        element(from, "device", {{"path", source.source}});
    if (!source.initiator.empty())
        element(element(from, "initiator"), "iqn", {{"name", source.initiator}});
    if (!source.secret.empty())
        element(element(from, "auth", {{"type", "chap"}, {"username", source.user}}), "secret",
                {{"usage", source.secret}});
    if (source.type == "logical")
        textElement(from, "name", source.source);
    if (std::string format = formatOf(source); !format.empty())
        element(from, "format", {{"type", format}});
    if (!source.version.empty())
        element(from, "protocol", {{"ver", source.version}});
    textElement(element(root, "target"), "path",
                source.type == "logical" ? "/dev/" + source.source
                : source.type == "disk"  ? "/dev"
                                         : path);
    return writeXml(root);
}

std::string sourceText(pugi::xml_node pool)
{
    pugi::xml_node source = pool.child("source");
    std::string_view type = pool.attribute("type").value();
    pugi::xml_node adapter = source.child("adapter");
    if (type == "netfs" || type == "gluster") // of Gluster the volume's name stands between
        return fmt::format("{}:{}{}", source.child("host").attribute("name").value(), source.child_value("name"),
                           source.child("dir").attribute("path").value());
    if (type == "scsi" && std::string_view(adapter.attribute("type").value()) == "fc_host")
        return fmt::format("{}:{}", adapter.attribute("wwnn").value(), adapter.attribute("wwpn").value());
    if (type == "scsi")
        return adapter.attribute("name").value();
    if (type == "fs" || type == "disk" || type.starts_with("iscsi"))
        return source.child("device").attribute("path").value();
    return source.child_value("name");
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
