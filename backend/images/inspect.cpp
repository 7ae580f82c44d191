// Looking into images: the history, the files of a layer, and what a container changed on top of them.
#include "images/images.h"

#include "base/files.h"
#include "images/documents.h"
#include "images/layout.h"
#include "images/overlay.h"

#include <algorithm>
#include <fcntl.h>

namespace diptych::images {

namespace {
constexpr size_t kMostFiles = 20000;

std::string textOf(const Json& json, const char* key)
{
    auto it = json.find(key);
    return it != json.end() && it->is_string() ? it->get<std::string>() : std::string();
}

FileEntry fileEntry(const WalkEntry& entry)
{
    FileEntry file;
    file.path = entry.path;
    file.mode = entry.status.st_mode & 07777;
    if (isWhiteout(entry)) {
        file.kind = FileEntry::Kind::Deleted;
    } else if (S_ISREG(entry.status.st_mode)) {
        file.kind = FileEntry::Kind::File;
        file.size = static_cast<uint64_t>(entry.status.st_size);
    } else if (S_ISDIR(entry.status.st_mode)) {
        file.kind = FileEntry::Kind::Directory;
    } else if (S_ISLNK(entry.status.st_mode)) {
        file.kind = FileEntry::Kind::Link;
        file.target = entry.linkTarget();
    }
    return file;
}

/// Whether the layers below (top first) show something at this path.
bool existsBelow(const std::vector<UniqueFd>& lower, const std::string& path)
{
    for (const UniqueFd& layer : lower) {
        // From the top down: a whiteout or an opaque directory on the way ends the search.
        for (size_t slash = path.find('/');; slash = path.find('/', slash + 1)) {
            std::string part = path.substr(0, slash);
            auto found = openInRoot(layer.get(), part, O_PATH | O_NOFOLLOW);
            struct stat st
            {
            };
            if (!found || ::fstat(found->get(), &st) < 0)
                break;
            if (S_ISCHR(st.st_mode) && st.st_rdev == 0)
                return false;
            if (slash == std::string::npos)
                return true;
            if (!S_ISDIR(st.st_mode))
                return false;
        }
    }
    return false;
}
} // namespace

uint64_t Store::unpackedSize(const std::string& diffId)
{
    {
        std::lock_guard guard(m_sizesMutex);
        if (auto known = m_sizes.find(diffId); known != m_sizes.end())
            return known->second;
    }
    auto bytes = diskUsage(layerPath(diffId));
    if (!bytes)
        return 0;
    std::lock_guard guard(m_sizesMutex);
    return m_sizes[diffId] = *bytes;
}

Result<Inspection> Store::inspect(const std::string& reference)
{
    Inspection result;
    result.image = TRY(find(reference));
    Layout layout(m_paths.images());
    Json manifest = TRY(layout.document({"", result.image.digest, result.image.manifestSize, "", {}}));
    Manifest parsed = TRY(parseManifest(manifest));
    Json config = TRY(layout.document(parsed.config));
    result.manifest = dumpJson(manifest, 2);
    result.config = dumpJson(config, 2);
    const Json none = Json::array();
    const Json& history = config.contains("history") && config["history"].is_array() ? config["history"] : none;
    std::vector<Image> all = TRY(list());
    size_t layer = 0;
    auto addLayer = [&](Step& step) {
        const Layer& l = result.image.layers[layer++];
        step.digest = l.digest;
        step.size = l.size;
        step.unpacked = unpackedSize(l.diffId);
        for (const Image& other : all)
            if (other.digest != result.image.digest &&
                std::any_of(other.layers.begin(), other.layers.end(),
                            [&](const Layer& o) { return o.diffId == l.diffId; }))
                step.sharedWith.push_back(other.reference);
    };
    for (const Json& line : history) {
        if (!line.is_object())
            continue;
        Step step{textOf(line, "created_by"), textOf(line, "comment"), timeFrom(textOf(line, "created")), {}, 0, 0, {}};
        bool empty = line.contains("empty_layer") && line["empty_layer"] == true;
        if (!empty && layer < result.image.layers.size())
            addLayer(step);
        result.history.push_back(std::move(step));
    }
    // Layers that the history does not tell of exist nonetheless.
    while (layer < result.image.layers.size())
        addLayer(result.history.emplace_back());
    return result;
}

Result<FilePage> Store::files(const std::string& reference, const std::string& digest, const std::string& after)
{
    Image image = TRY(find(reference));
    auto layer = std::find_if(image.layers.begin(), image.layers.end(),
                              [&](const Layer& l) { return l.digest == digest || l.diffId == digest; });
    if (layer == image.layers.end())
        return failField("digest", fmt::format("{} has no layer {}", image.reference, digest));
    UniqueFd root = TRY(openFile(layerPath(layer->diffId), O_RDONLY | O_DIRECTORY));
    FilePage page;
    bool begun = after.empty();
    Status walked = walk(root.get(), [&](const WalkEntry& entry) -> Status {
        if (!begun) {
            begun = entry.path == after;
            return {};
        }
        if (page.files.size() == kMostFiles) {
            page.more = true;
            return fail(Code::Cancelled, "enough");
        }
        page.files.push_back(fileEntry(entry));
        return {};
    });
    if (!walked && !page.more)
        return tl::unexpected<Error>(std::move(walked).error());
    return page;
}

Result<ChangePage> listChanges(const WritableLayer& layer)
{
    UniqueFd root = TRY(openFile(layer.upper, O_RDONLY | O_DIRECTORY));
    std::vector<UniqueFd> lower;
    for (const std::string& path : layer.lower)
        lower.push_back(TRY(openFile(path, O_PATH | O_DIRECTORY)));
    ChangePage page;
    Status walked = walk(root.get(), [&](const WalkEntry& entry) -> Status {
        if (page.changes.size() == kMostFiles) {
            page.more = true;
            return fail(Code::Cancelled, "enough");
        }
        Change change;
        change.path = entry.path;
        change.directory = S_ISDIR(entry.status.st_mode);
        if (S_ISREG(entry.status.st_mode))
            change.size = static_cast<uint64_t>(entry.status.st_size);
        bool below = existsBelow(lower, entry.path);
        // A whiteout over nothing is what is left of a file that the container both made and deleted.
        if ((isWhiteout(entry) && !below) || isMountPoint(entry, layer.mountPoints))
            return {};
        change.kind = isWhiteout(entry) ? Change::Kind::Deleted : below ? Change::Kind::Changed : Change::Kind::Added;
        page.changes.push_back(std::move(change));
        return {};
    });
    if (!walked && !page.more)
        return tl::unexpected<Error>(std::move(walked).error());
    return page;
}

} // namespace diptych::images
