// An OCI image layout directory (image-spec, image-layout.md): blobs by digest, and the index that names images. What
// is read is checked against its digest and size before anybody looks at it.
#pragma once

#include "base/json.h"
#include "images/images.h"
#include "instances/platform.h"

#include <functional>
#include <string>
#include <vector>

namespace diptych::images {

struct Descriptor
{
    std::string mediaType, digest;
    uint64_t size = 0;
    std::string reference; ///< annotation org.opencontainers.image.ref.name
    Platform platform;     ///< of an entry of an index
};
Result<Descriptor> descriptorFrom(const Json& json, const std::string& path);
Json toJson(const Descriptor& descriptor);

struct Manifest
{
    Descriptor config;
    std::vector<Descriptor> layers;
};
/// Refuses what is manifest and index at once, foreign media types, and more than 512 layers.
Result<Manifest> parseManifest(const Json& json);
struct ConfigFile
{
    Config config;
    std::vector<std::string> diffIds;
};
Result<ConfigFile> parseConfigFile(const Json& json);

constexpr const char* kIndexType = "application/vnd.oci.image.index.v1+json";
constexpr const char* kManifestType = "application/vnd.oci.image.manifest.v1+json";
constexpr const char* kConfigType = "application/vnd.oci.image.config.v1+json";
constexpr const char* kLayerType = "application/vnd.oci.image.layer.v1.tar+gzip";
constexpr const char* kPlainLayerType = "application/vnd.oci.image.layer.v1.tar";
constexpr const char* kZstdLayerType = "application/vnd.oci.image.layer.v1.tar+zstd";
constexpr size_t kLargestDocument = size_t{4} << 20;

class Layout final
{
public:
    explicit Layout(std::string path) : m_path(std::move(path)) {}

    /// Makes an empty one; what is there stays.
    Status initialize() const;
    [[nodiscard]] Result<std::vector<Descriptor>> index() const;
    Status writeIndex(const std::vector<Descriptor>& manifests) const;

    [[nodiscard]] const std::string& path() const { return m_path; }
    [[nodiscard]] std::string blobPath(const std::string& digest) const;
    /// A manifest, index or config.
    [[nodiscard]] Result<Json> document(const Descriptor& descriptor) const;
    /// Copies a blob of another layout here, hashing as it goes.
    Status copyBlob(const Layout& from, const Descriptor& descriptor, const std::function<bool()>& cancelled) const;
    /// The blob of another layout on the same file system, without a copy. Only for blobs whose digest was seen to
    /// match: by us or by skopeo, which hashes what it fetches.
    [[nodiscard]] Status takeBlob(const Layout& from, const Descriptor& descriptor) const;
    /// Makes a blob of a file on the same file system by giving it a second name.
    [[nodiscard]] Result<Descriptor> adopt(const std::string& file, const char* mediaType,
                                           const std::function<bool()>& cancelled) const;
    /// A new blob of these bytes.
    [[nodiscard]] Result<Descriptor> writeBlob(std::string_view data, const char* mediaType) const;

private:
    std::string m_path;
};

/// The manifest for this machine among entries of an index, down through indexes.
Result<Descriptor> manifestFor(const Layout& layout, std::vector<Descriptor> found);

} // namespace diptych::images
