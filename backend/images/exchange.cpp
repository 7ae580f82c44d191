// Images from and to the outside: registries and archives.
#include "images/images.h"

#include "base/files.h"
#include "base/names.h"
#include "images/digest.h"
#include "images/layout.h"

#include <filesystem>
#include <unistd.h>

namespace diptych::images {

namespace {
/// Blobs of an earlier attempt are kept, what names them is not: it would name two images in the end.
Status renewLayout(const Layout& layout)
{
    (void)::unlink((layout.path() + "/index.json").c_str());
    for (const std::string& name : listDirectory(layout.path()).value_or(std::vector<std::string>()))
        if (name.starts_with("oci-put-blob"))
            (void)::unlink((layout.path() + "/" + name).c_str());
    return makeDirectories(layout.path() + "/blobs/sha256");
}
} // namespace

Result<Image> Store::pull(const Endpoint& from, Progress& progress)
{
    TRY(checkImageReference(from.reference, "reference"));
    Layout store(m_paths.images());
    Layout fetched(fmt::format("{}/pulls/{}", m_paths.images(), hexOf(digestOf(from.reference))));
    auto lock = lockFor(fetched.path());
    std::lock_guard guard(*lock);
    TRY(renewLayout(fetched));
    auto bringKnown = [&](const std::vector<std::string>& digests) -> Status {
        for (const std::string& digest : digests)
            if (exists(store.blobPath(digest)))
                TRY(fetched.takeBlob(store, {"", digest, 0, "", {}}));
        return {};
    };
    TRY(m_registry.pull(from, fetched.path(), bringKnown, progress));
    Descriptor top = TRY(manifestFor(fetched, TRY(fetched.index())));
    auto image =
        take(fetched, top, from.reference, progress, from.platform.empty() ? Foreign::Refused : Foreign::Taken);
    // Fetched whole: kept it would only be kept wrong.
    (void)removeTree(fetched.path());
    return image;
}

Status Store::push(const std::string& reference, const Endpoint& to, Progress& progress)
{
    TRY(checkImageReference(to.reference, "destination"));
    if (to.reference.find('@') != std::string::npos)
        return failField("destination", "an image is pushed under a tag, not under a digest");
    Image image = TRY(find(reference));
    return m_registry.push(m_paths.images(), image.reference, to, progress);
}

Result<std::string> Store::temporaryFile() const
{
    return TRY(stage()) + "/file";
}

Result<std::string> Store::exportArchive(const std::string& reference, const std::string& format, Progress& progress)
{
    Image image = TRY(find(reference));
    std::string file = TRY(temporaryFile());
    Status written = m_registry.write(m_paths.images(), image.reference, format, file, progress);
    if (written)
        return file;
    (void)removeTree(std::filesystem::path(file).parent_path());
    return tl::unexpected<Error>(std::move(written).error());
}

Result<uint64_t> Store::freedBy(const std::vector<std::string>& references)
{
    std::map<std::string, uint64_t> going, staying;
    for (const Image& image : TRY(list())) {
        bool goes = std::find(references.begin(), references.end(), image.reference) != references.end();
        for (const Layer& layer : image.layers)
            (goes ? going : staying)[layer.diffId] = layer.size;
    }
    uint64_t bytes = 0;
    for (const auto& [diffId, size] : going)
        if (!staying.count(diffId))
            bytes += size + unpackedSize(diffId);
    return bytes;
}

} // namespace diptych::images
