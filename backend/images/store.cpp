#include "images/images.h"

#include "base/files.h"
#include "base/log.h"
#include "base/names.h"
#include "images/layer.h"
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

/// RFC 3339 as Unix ms; 0 when it is none.
int64_t timeFrom(const std::string& text)
{
    tm parts{};
    return ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &parts) ? int64_t{::timegm(&parts)} * 1000 : 0;
}

std::string hostArchitecture()
{
#if defined(__x86_64__)
    return "amd64";
#elif defined(__aarch64__)
    return "arm64";
#else
    return "unknown";
#endif
}

/// The manifest that tag names in a layout, down through an index to the one for this machine.
Result<Descriptor> findManifest(const Layout& layout, const std::string& tag)
{
    std::vector<Descriptor> found = TRY(layout.index());
    std::erase_if(found, [&](const Descriptor& d) { return !tag.empty() && d.reference != tag; });
    for (int depth = 0; depth < 4; ++depth) {
        auto fits = [](const Descriptor& d) {
            return d.architecture.empty() || (d.os == "linux" && d.architecture == hostArchitecture());
        };
        auto it = std::find_if(found.begin(), found.end(), fits);
        if (it == found.end())
            return fail(Code::NotFound, fmt::format("no image for {} named \"{}\"", hostArchitecture(), tag));
        Descriptor d = *it;
        Json json = TRY(layout.document(d));
        if (!json.contains("manifests"))
            return d;
        if (json.contains("layers"))
            return fail(Code::Failed, fmt::format("{} is an index and a manifest at once", d.digest));
        found.clear();
        const Json* list = TRY(JsonReader(json).array("manifests"));
        for (size_t i = 0; i < list->size(); ++i)
            found.push_back(TRY(descriptorFrom((*list)[i], fmt::format("manifests[{}]", i))));
    }
    return fail(Code::Failed, "indexes are nested too deeply");
}

Status emptyDirectory(const std::string& path)
{
    for (const std::string& name : TRY(listDirectory(path)))
        TRY(removeTree(path + "/" + name));
    return {};
}

Status syncDirectory(const std::string& path)
{
    UniqueFd fd = TRY(openFile(path, O_RDONLY | O_DIRECTORY));
    return ::fsync(fd.get()) < 0 ? Status(failErrno(path)) : Status{};
}
} // namespace

Store::Store(Paths paths) : m_paths(std::move(paths)) {}

Result<std::unique_ptr<Store>> Store::open(const Paths& paths)
{
    std::unique_ptr<Store> store(new Store(paths));
    TRY(makeDirectories(paths.images()));
    for (const char* name : {"staging", "layers", "disks"})
        TRY(makeDirectories(paths.images() + "/" + name));
    // What an interrupted helper left half made is only here.
    TRY(emptyDirectory(paths.images() + "/staging"));
    TRY(Layout(paths.images()).initialize());
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
    Manifest manifest = TRY(parseManifest(TRY(layout.document({"", digest, size, "", "", ""}))));
    ConfigFile file = TRY(parseConfigFile(TRY(layout.document(manifest.config))));
    if (file.diffIds.size() != manifest.layers.size())
        return fail(Code::Failed, fmt::format("{}: {} layers, but {} diff ids", reference, manifest.layers.size(),
                                              file.diffIds.size()));
    Image image;
    image.reference = reference;
    image.digest = digest;
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

Result<Image> Store::add(const std::string& reference, const std::string& digest, uint64_t size, Progress& progress)
{
    TRY(checkImageReference(reference));
    Image image = TRY(load(withTag(reference), digest, size));
    if (image.config.os != "linux" || image.config.architecture != hostArchitecture())
        return fail(Code::NotSupported, fmt::format("{} is made for {}/{}, not for this machine", reference,
                                                    image.config.os, image.config.architecture));
    // Unpacked before it is named: only then every diff id has been seen to match.
    TRY(unpack(image, progress));
    Layout layout(m_paths.images());
    std::vector<Descriptor> index = TRY(layout.index());
    std::erase_if(index, [&](const Descriptor& d) { return d.reference == image.reference; });
    index.push_back({kManifestType, digest, size, image.reference, "", ""});
    TRY(layout.writeIndex(index));
    return image;
}

Result<Image> Store::importLayout(const std::string& path, const std::string& tag, const std::string& reference,
                                  Progress& progress)
{
    TRY(checkImageReference(reference));
    std::lock_guard guard(m_mutex);
    Layout from(path), to(m_paths.images());
    auto result = [&]() -> Result<Image> {
        Descriptor top = TRY(findManifest(from, tag));
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
        Manifest manifest =
            TRY(parseManifest(TRY(Layout(m_paths.images()).document({"", d.digest, d.size, "", "", ""}))));
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

Status Store::unpackOne(const Layer& layer, Progress& progress, uint64_t before, uint64_t total)
{
    const std::string target = fmt::format("{}/layers/{}", m_paths.images(), hex(layer.diffId));
    auto lock = lockFor(target);
    std::lock_guard guard(*lock);
    if (exists(target))
        return {};
    const std::string staging = TRY(stage());
    LayerSource source{Layout(m_paths.images()).blobPath(layer.digest), layer.digest, layer.size, layer.diffId};
    auto report = [&](uint64_t read) {
        progress.report("unpackLayer", total ? double(before + read) / double(total) : -1, layer.digest);
        return progress.cancelled();
    };
    (void)::chmod(staging.c_str(), 0755);
    Status unpacked = unpackLayer(source, staging, {}, report);
    if (unpacked && ::rename(staging.c_str(), target.c_str()) < 0)
        unpacked = failErrno(target);
    if (!unpacked) {
        (void)removeTree(staging);
        return unpacked;
    }
    return syncDirectory(m_paths.images() + "/layers");
}

Result<std::vector<std::string>> Store::unpack(const Image& image, Progress& progress)
{
    uint64_t total = 0, before = 0;
    for (const Layer& layer : image.layers)
        total += layer.size;
    std::vector<std::string> directories;
    for (const Layer& layer : image.layers) {
        TRY(checkDigest(layer.diffId));
        TRYX(unpackOne(layer, progress, before, total), image.reference);
        before += layer.size;
        directories.insert(directories.begin(), fmt::format("{}/layers/{}", m_paths.images(), hex(layer.diffId)));
    }
    return directories;
}

} // namespace diptych::images
