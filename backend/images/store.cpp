#include "images/images.h"

#include "base/files.h"
#include "base/log.h"
#include "base/names.h"
#include "images/documents.h"
#include "images/layout.h"

#include <algorithm>
#include <fcntl.h>
#include <set>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

namespace diptych::images {

namespace {
std::string hex(const std::string& digest)
{
    return digest.substr(digest.find(':') + 1);
}

/// "busybox" is "busybox:latest"; a colon before the last slash is a port.
std::string withTag(const std::string& reference)
{
    size_t slash = reference.find_last_of('/');
    std::string_view name = std::string_view(reference).substr(slash == std::string::npos ? 0 : slash + 1);
    return name.find_first_of(":@") == std::string_view::npos ? reference + ":latest" : reference;
}

/// What a cancelled pull fetched is kept for the next one, but not for ever.
void forgetOldPulls(const std::string& directory)
{
    for (const std::string& name : listDirectory(directory).value_or(std::vector<std::string>())) {
        std::string path = directory + "/" + name;
        struct stat st
        {
        };
        if (::lstat(path.c_str(), &st) == 0 && ::time(nullptr) - st.st_mtime > 7 * 24 * 3600)
            (void)removeTree(path);
    }
}

Status emptyDirectory(const std::string& path)
{
    for (const std::string& name : TRY(listDirectory(path)))
        TRY(removeTree(path + "/" + name));
    return {};
}
} // namespace

Store::Store(Paths paths)
    : m_paths(std::move(paths)), m_registry(m_paths.state + "/registries", m_paths.images() + "/staging")
{
}

Result<std::unique_ptr<Store>> Store::open(const Paths& paths)
{
    std::unique_ptr<Store> store(new Store(paths));
    TRY(makeDirectories(paths.images()));
    for (const char* name : {"staging", "layers", "disks"})
        TRY(makeDirectories(paths.images() + "/" + name));
    // What an interrupted helper left half made is only here.
    TRY(emptyDirectory(paths.images() + "/staging"));
    TRY(Layout(paths.images()).initialize());
    forgetOldPulls(paths.images() + "/pulls");
    // A removal or an import that was interrupted left blobs that nothing names. Not a reason to refuse to start.
    if (auto collected = store->collect(); !collected)
        logLine(Level::Warning, collected.error().message);
    return store;
}

std::shared_ptr<std::mutex> Store::lockFor(const std::string& what)
{
    std::lock_guard guard(m_locksMutex);
    std::erase_if(m_locks, [](const auto& entry) { return entry.second.expired(); });
    auto lock = m_locks[what].lock();
    if (!lock)
        m_locks[what] = lock = std::make_shared<std::mutex>();
    return lock;
}

Result<std::string> Store::stage() const
{
    std::string path = m_paths.images() + "/staging/XXXXXX";
    if (!::mkdtemp(path.data()))
        return failErrno(path);
    return path;
}

Result<Image> Store::load(const std::string& reference, const std::string& digest, uint64_t size)
{
    Layout layout(m_paths.images());
    Manifest manifest = TRY(parseManifest(TRY(layout.document({"", digest, size, "", {}}))));
    ConfigFile file = TRY(parseConfigFile(TRY(layout.document(manifest.config))));
    if (file.diffIds.size() != manifest.layers.size())
        return fail(Code::Failed, fmt::format("{}: {} layers, but {} diff ids", reference, manifest.layers.size(),
                                              file.diffIds.size()));
    Image image;
    image.reference = reference;
    image.digest = digest;
    image.manifestSize = size;
    image.size = size + manifest.config.size;
    image.createdAt = timeFrom(file.config.created);
    image.config = std::move(file.config);
    for (size_t i = 0; i < manifest.layers.size(); ++i) {
        image.size += manifest.layers[i].size;
        image.layers.push_back({manifest.layers[i].digest, file.diffIds[i], manifest.layers[i].size});
    }
    return image;
}

// Reading needs no lock: index.json is replaced whole, blobs never change.
Result<std::vector<Image>> Store::list()
{
    std::vector<Image> images;
    for (const Descriptor& d : TRY(Layout(m_paths.images()).index())) {
        // One damaged image must not hide the others.
        if (auto image = load(d.reference, d.digest, d.size))
            images.push_back(std::move(*image));
        else
            logf(Level::Warning, "image {}: {}", d.reference, image.error().message);
    }
    return images;
}

Result<Image> Store::find(const std::string& reference)
{
    const std::string wanted = withTag(reference);
    for (const Descriptor& d : TRY(Layout(m_paths.images()).index()))
        if (d.reference == wanted || d.digest == reference)
            return load(d.reference, d.digest, d.size);
    return fail(Code::NotFound, fmt::format("there is no image {}", reference));
}

Result<Image> Store::add(const std::string& reference, const std::string& digest, uint64_t size, Progress& progress,
                         Foreign foreign)
{
    TRY(checkImageReference(reference));
    Image image = TRY(load(withTag(reference), digest, size));
    if (image.config.os != "linux" || (foreign == Foreign::Refused && image.config.architecture != hostArchitecture()))
        return fail(Code::NotSupported, fmt::format("{} is made for {}/{}, not for this machine", reference,
                                                    image.config.os, image.config.architecture));
    // Unpacked before it is named: only then every diff id has been seen to match.
    TRY(unpack(image, progress));
    TRY(name(image));
    return image;
}

Result<Image> Store::importLayout(const std::string& path, const std::string& tag, const std::string& reference,
                                  Progress& progress)
{
    TRY(checkImageReference(reference));
    std::lock_guard guard(m_mutex);
    Layout from(path), to(m_paths.images());
    auto result = [&]() -> Result<Image> {
        std::vector<Descriptor> index = TRY(from.index());
        std::erase_if(index, [&](const Descriptor& d) { return !tag.empty() && d.reference != tag; });
        if (index.empty())
            return fail(Code::NotFound, fmt::format("no image is named \"{}\"", tag));
        Descriptor top = TRY(manifestFor(from, std::move(index)));
        Manifest manifest = TRYX(parseManifest(TRY(from.document(top))), top.digest);
        TRYX(parseConfigFile(TRY(from.document(manifest.config))), manifest.config.digest);
        std::vector<Descriptor> blobs = manifest.layers;
        blobs.push_back(manifest.config);
        blobs.push_back(top);
        for (size_t i = 0; i < blobs.size(); ++i) {
            progress.report("importBlob", double(i) / double(blobs.size()), blobs[i].digest);
            TRY(to.copyBlob(from, blobs[i], [&] { return progress.cancelled(); }));
        }
        return add(reference, top.digest, top.size, progress);
    }();
    if (!result)
        (void)collect();
    return result;
}

Result<Image> Store::take(const Layout& from, const Descriptor& top, const std::string& reference, Progress& progress,
                          Foreign foreign)
{
    std::lock_guard guard(m_mutex);
    Layout to(m_paths.images());
    auto result = [&]() -> Result<Image> {
        Manifest manifest = TRYX(parseManifest(TRY(from.document(top))), reference);
        TRYX(parseConfigFile(TRY(from.document(manifest.config))), reference);
        for (const Descriptor& layer : manifest.layers)
            TRY(to.takeBlob(from, layer));
        TRY(to.takeBlob(from, manifest.config));
        TRY(to.takeBlob(from, top));
        return add(reference, top.digest, top.size, progress, foreign);
    }();
    if (!result)
        (void)collect();
    return result;
}

Result<Image> Store::tag(const std::string& reference, const std::string& newReference)
{
    TRY(checkImageReference(newReference, "newReference"));
    std::lock_guard guard(m_mutex);
    Image image = TRY(find(reference));
    image.reference = withTag(newReference);
    TRY(name(image));
    return image;
}

Status Store::name(const Image& image)
{
    Layout layout(m_paths.images());
    std::vector<Descriptor> index = TRY(layout.index());
    std::erase_if(index, [&](const Descriptor& d) { return d.reference == image.reference; });
    index.push_back({kManifestType, image.digest, image.manifestSize, image.reference, {}});
    return layout.writeIndex(index);
}

Status Store::remove(const std::string& reference)
{
    std::lock_guard guard(m_mutex);
    Layout layout(m_paths.images());
    const std::string wanted = withTag(reference);
    std::vector<Descriptor> index = TRY(layout.index());
    if (std::erase_if(index, [&](const Descriptor& d) { return d.reference == wanted || d.digest == reference; }) == 0)
        return fail(Code::NotFound, fmt::format("there is no image {}", reference));
    // The name goes first: from then on what is left is garbage that open() would collect.
    TRY(layout.writeIndex(index));
    return collect();
}

std::string Store::layerPath(const std::string& diffId) const
{
    return fmt::format("{}/layers/{}", m_paths.images(), hex(diffId));
}

Status Store::collect()
{
    std::set<std::string> blobs, layers, disks;
    for (const Descriptor& d : TRY(Layout(m_paths.images()).index())) {
        blobs.insert(hex(d.digest));
        disks.insert(hex(d.digest));
        // An image that can't be read now may be repaired: nothing is thrown away on its account.
        Image image = TRYX(load(d.reference, d.digest, d.size), d.reference);
        for (const Layer& layer : image.layers) {
            blobs.insert(hex(layer.digest));
            layers.insert(hex(layer.diffId));
        }
        Manifest manifest = TRY(parseManifest(TRY(Layout(m_paths.images()).document({"", d.digest, d.size, "", {}}))));
        blobs.insert(hex(manifest.config.digest));
    }
    auto sweep = [&](const std::string& directory, const std::set<std::string>& used) -> Status {
        for (const std::string& name : TRY(listDirectory(directory)))
            if (!used.count(name.substr(0, name.find_first_of("-."))))
                TRY(removeTreeByTrash(directory + "/" + name, m_paths.images() + "/staging"));
        return {};
    };
    TRY(sweep(m_paths.images() + "/blobs/sha256", blobs));
    TRY(sweep(m_paths.images() + "/layers", layers));
    return sweep(m_paths.images() + "/disks", disks);
}

} // namespace diptych::images
