#include "images/layout.h"

#include "base/names.h"

namespace diptych::images {

namespace {
constexpr size_t kMostLayers = 512;

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> list)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

Result<Config> configFrom(JsonReader top, JsonReader config)
{
    Config c;
    c.architecture = TRY(top.optionalString("architecture")).value_or("");
    c.os = TRY(top.optionalString("os")).value_or("");
    c.created = TRY(top.optionalString("created")).value_or("");
    c.user = TRY(config.optionalString("User")).value_or("");
    c.workingDirectory = TRY(config.optionalString("WorkingDir")).value_or("");
    c.stopSignal = TRY(config.optionalString("StopSignal")).value_or("");
    c.entrypoint = TRY(config.optionalStrings("Entrypoint"));
    c.command = TRY(config.optionalStrings("Cmd"));
    c.environment = TRY(config.optionalStrings("Env"));
    if (auto ports = TRY(config.optionalObject("ExposedPorts")))
        for (const auto& [port, nothing] : ports->value().items())
            c.exposedPorts.push_back(port);
    return c;
}
} // namespace

Result<Manifest> parseManifest(const Json& json)
{
    JsonReader reader(json);
    std::string type = TRY(reader.optionalString("mediaType")).value_or(kManifestType);
    // A document that reads as one thing here and as another there is how checks are got around (CVE-2021-41190).
    if (json.contains("manifests") ||
        !isOneOf(type, {kManifestType, "application/vnd.docker.distribution.manifest.v2+json"}))
        return fail(Code::Failed, "not an image manifest");
    Manifest manifest;
    manifest.config = TRY(descriptorFrom(TRY(reader.object("config")).value(), "config"));
    const Json* layers = TRY(reader.array("layers"));
    if (layers->size() > kMostLayers)
        return fail(Code::Failed, fmt::format("{} layers are more than {}", layers->size(), kMostLayers));
    for (size_t i = 0; i < layers->size(); ++i) {
        auto layer = TRY(descriptorFrom((*layers)[i], fmt::format("layers[{}]", i)));
        if (!isOneOf(layer.mediaType, {kLayerType, "application/vnd.oci.image.layer.v1.tar",
                                       "application/vnd.oci.image.layer.v1.tar+zstd",
                                       "application/vnd.docker.image.rootfs.diff.tar.gzip"}))
            return fail(Code::NotSupported, fmt::format("a layer is of the type \"{}\"", layer.mediaType));
        manifest.layers.push_back(std::move(layer));
    }
    return manifest;
}

Result<ConfigFile> parseConfigFile(const Json& json)
{
    JsonReader reader(json);
    ConfigFile file;
    static const Json none = Json::object();
    auto config = TRY(reader.optionalObject("config"));
    file.config = TRY(configFrom(reader, config ? *config : JsonReader(none)));
    JsonReader rootfs = TRY(reader.object("rootfs"));
    file.diffIds = TRY(rootfs.strings("diff_ids"));
    for (const std::string& id : file.diffIds)
        TRYX(checkDigest(id), "rootfs.diff_ids");
    return file;
}

} // namespace diptych::images
