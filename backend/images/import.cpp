// Images from archives: docker-archive, oci-archive, or a root file system as tar.
#include "images/images.h"

#include "base/child.h"
#include "base/clock.h"
#include "base/files.h"
#include "base/names.h"
#include "images/archive.h"
#include "images/archive_files.h"
#include "images/digest.h"
#include "images/documents.h"
#include "images/layout.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych::images {

namespace {
/// A manifest that is in the layout, and the names that its archive gives it.
struct Found
{
    Descriptor manifest;
    std::vector<std::string> names;
};

Result<std::string> head(const std::string& path, size_t size)
{
    UniqueFd fd = TRY(openFile(path, O_RDONLY));
    std::string bytes(size, '\0');
    ssize_t n = ::pread(fd.get(), bytes.data(), size, 0);
    if (n < 0)
        return failErrno(path);
    bytes.resize(static_cast<size_t>(n));
    return bytes;
}

/// By what it begins with: nothing in a docker-archive says how its layers are compressed.
Result<const char*> layerType(const std::string& path)
{
    std::string magic = TRY(head(path, 4));
    if (magic.starts_with("\x1f\x8b"))
        return kLayerType;
    return magic == "\x28\xb5\x2f\xfd" ? kZstdLayerType : kPlainLayerType;
}

Result<Found> dockerImage(const Json& entry, const std::string& field, const ArchiveFiles& files, const Layout& layout)
{
    JsonReader reader(entry, field);
    Found found;
    ArchiveFile config = TRY(files.find(TRY(reader.string("Config"))));
    std::vector<Descriptor> layers;
    for (const std::string& name : TRY(reader.strings("Layers"))) {
        ArchiveFile file = TRY(files.find(name));
        layers.push_back({TRY(layerType(layout.blobPath(file.digest))), file.digest, file.size, "", {}});
    }
    found.names = TRY(reader.optionalStrings("RepoTags"));
    found.manifest =
        TRY(layout.writeBlob(manifestOf({kConfigType, config.digest, config.size, "", {}}, layers), kManifestType));
    return found;
}

Result<Json> documentOf(const ArchiveFiles& files, const Layout& layout, const std::string& name)
{
    ArchiveFile file = TRY(files.find(name));
    return layout.document({"", file.digest, file.size, "", {}});
}

Result<std::vector<Found>> dockerImages(const ArchiveFiles& files, const Layout& layout)
{
    Json list = TRY(documentOf(files, layout, "manifest.json"));
    if (!list.is_array())
        return fail(Code::Failed, "manifest.json is not a list");
    std::vector<Found> found;
    for (size_t i = 0; i < list.size(); ++i) {
        std::string field = fmt::format("manifest.json[{}]", i);
        if (!list[i].is_object())
            return fail(Code::Failed, field + " is not an object");
        found.push_back(TRY(dockerImage(list[i], field, files, layout)));
    }
    return found;
}

Result<std::vector<Found>> ociImages(const ArchiveFiles& files, const Layout& layout)
{
    Json index = TRY(documentOf(files, layout, "index.json"));
    const Json* list = TRYX(JsonReader(index).array("manifests"), "index.json");
    std::vector<Found> found;
    for (size_t i = 0; i < list->size(); ++i) {
        Descriptor entry = TRY(descriptorFrom((*list)[i], fmt::format("manifests[{}]", i)));
        Descriptor manifest = TRY(manifestFor(layout, {entry}));
        found.push_back({manifest, entry.reference.empty() ? std::vector<std::string>()
                                                           : std::vector<std::string>{entry.reference}});
    }
    return found;
}

/// docker.io/library/nginx:1 is what people call nginx:1.
std::string familiar(std::string name)
{
    for (std::string_view prefix : {"docker.io/library/", "docker.io/"})
        if (name.starts_with(prefix))
            return name.substr(prefix.size());
    return name;
}

Result<std::vector<std::string>> namesOf(const Found& found, const std::string& reference, bool only)
{
    if (!reference.empty()) {
        if (!only)
            return failField("reference", "the archive has several images: they keep their own names");
        return std::vector<std::string>{reference};
    }
    std::vector<std::string> names;
    for (const std::string& name : found.names)
        if (checkImageReference(familiar(name)))
            names.push_back(familiar(name));
    if (names.empty())
        return failField("reference", "the archive does not name its image: a name is needed");
    return names;
}

/// The tar inside a compressed file, or the file itself: a blob of a kind that layers have, and its diff id.
Result<std::pair<Descriptor, std::string>> layerFrom(const std::string& file, const Layout& layout,
                                                     const std::function<bool()>& cancelled)
{
    std::string magic = TRY(head(file, 6));
    bool xz = magic == std::string_view("\xfd"
                                        "7zXZ\0",
                                        6);
    std::string diffId = TRY(decompress(file, layout.path(), xz ? "plain" : "", cancelled));
    if (!xz) {
        Descriptor blob = TRY(layout.adopt(file, TRY(layerType(file)), cancelled));
        return std::make_pair(blob, diffId);
    }
    return std::make_pair(TRY(layout.adopt(layout.path() + "/plain", kPlainLayerType, cancelled)), diffId);
}
} // namespace

Result<Image> Store::importRootfs(const std::string& file, const std::string& reference, const Config& config,
                                  const std::string& createdBy, Progress& progress, const std::string& comment)
{
    TRY(checkImageReference(reference, "reference"));
    Layout staged(TRY(stage()));
    auto cancelled = [&] { return progress.cancelled(); };
    progress.report("readArchive", -1, reference);
    auto result = [&]() -> Result<Image> {
        TRY(staged.initialize());
        auto [layer, diffId] = TRY(layerFrom(file, staged, cancelled));
        Descriptor configBlob = TRY(staged.writeBlob(
            configDocument(config, {diffId}, {{createdBy, comment, unixMilliseconds()}}), kConfigType));
        Descriptor top = TRY(staged.writeBlob(manifestOf(configBlob, {layer}), kManifestType));
        return take(staged, top, reference, progress);
    }();
    (void)removeTree(staged.path());
    return result;
}

Result<std::vector<Image>> Store::importArchive(const std::string& file, const std::string& reference,
                                                Progress& progress)
{
    if (!reference.empty())
        TRY(checkImageReference(reference, "reference"));
    struct stat st
    {
    };
    if (::stat(file.c_str(), &st) < 0)
        return failErrno(file);
    auto total = static_cast<uint64_t>(st.st_size);
    Layout staged(TRY(stage()));
    auto result = [&]() -> Result<std::vector<Image>> {
        TRY(staged.initialize());
        ArchiveFiles files = TRY(ArchiveFiles::extract(file, staged, [&](uint64_t read) {
            progress.amounts({{"archive", read, total}});
            progress.report("readArchive", total ? double(read) / double(total) : -1, "");
            return progress.cancelled();
        }));
        // docker save writes both; its manifest.json has the names that people know.
        auto found = TRY(files.has("manifest.json") ? dockerImages(files, staged) : ociImages(files, staged));
        if (found.empty())
            return fail(Code::Failed, "the archive has no image");
        std::vector<Image> images;
        for (const Found& one : found)
            for (const std::string& name : TRY(namesOf(one, reference, found.size() == 1)))
                images.push_back(TRY(take(staged, one.manifest, name, progress)));
        return images;
    }();
    (void)removeTree(staged.path());
    return result;
}

Result<bool> Store::holdsImages(const std::string& file)
{
    return ArchiveFiles::recognize(file);
}

} // namespace diptych::images
