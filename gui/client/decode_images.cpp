#include "client/decode_images.h"

#include "client/decode.h"

namespace diptych::client {

namespace {

ImageStep decodeStep(const Json& json)
{
    return {.createdBy = text(json, "createdBy"),
            .comment = text(json, "comment"),
            .createdAt = integer(json, "createdAt"),
            .digest = text(json, "digest"),
            .size = integer(json, "size"),
            .unpacked = integer(json, "unpacked"),
            .sharedWith = texts(json, "sharedWith")};
}

PathEntry decodeFile(const Json& json)
{
    PathEntry entry{.path = text(json, "path"),
                    .kind = PathEntry::Kind::Other,
                    .mark = PathEntry::Mark::None,
                    .size = integer(json, "size"),
                    .mode = number(json, "mode", -1),
                    .target = text(json, "target")};
    const QString kind = text(json, "kind");
    if (kind == QLatin1String("file"))
        entry.kind = PathEntry::Kind::File;
    else if (kind == QLatin1String("directory"))
        entry.kind = PathEntry::Kind::Directory;
    else if (kind == QLatin1String("link"))
        entry.kind = PathEntry::Kind::Link;
    else if (kind == QLatin1String("deleted"))
        entry.mark = PathEntry::Mark::Deleted;
    return entry;
}

PathEntry decodeChange(const Json& json)
{
    PathEntry entry;
    entry.path = text(json, "path");
    entry.kind = boolean(json, "directory") ? PathEntry::Kind::Directory : PathEntry::Kind::File;
    const QString change = text(json, "change");
    entry.mark = change == QLatin1String("added")     ? PathEntry::Mark::Added
                 : change == QLatin1String("deleted") ? PathEntry::Mark::Deleted
                                                      : PathEntry::Mark::Changed;
    entry.size = integer(json, "size");
    return entry;
}

} // namespace

ImageDetails decodeDetails(const Json& json)
{
    return {.image = decodeImage(member(json, "image")),
            .history = list(json, "history", decodeStep),
            .config = text(json, "config"),
            .manifest = text(json, "manifest")};
}

PathPage decodeFiles(const Json& json)
{
    return {.entries = list(json, "files", decodeFile), .more = boolean(json, "more")};
}

PathPage decodeChanges(const Json& json)
{
    return {.entries = list(json, "changes", decodeChange), .more = boolean(json, "more")};
}

Disk decodeDisk(const Json& json)
{
    return {.name = text(json, "name"),
            .format = text(json, "format"),
            .path = text(json, "path"),
            .capacity = integer(json, "capacity"),
            .allocation = integer(json, "allocation")};
}

Registry decodeRegistry(const Json& json)
{
    return {.name = text(json, "name"), .username = text(json, "username")};
}

ImagePlatform decodePlatform(const Json& json)
{
    return {.name = text(json, "name"), .host = boolean(json, "host"), .runs = boolean(json, "runs")};
}

PrunePlan decodePrune(const Json& json)
{
    const auto garbage = [](const Json& one) {
        return PrunePlan::Garbage{text(one, "reference"), text(one, "digest"), integer(one, "bytes")};
    };
    return {.images = list(json, "images", garbage), .kept = texts(json, "kept"), .bytes = integer(json, "bytes")};
}

} // namespace diptych::client
