#include "runtime/mountoptions.h"

#include <algorithm>
#include <sys/mount.h>

namespace diptych::runtime {

namespace {
struct AttributeWord
{
    std::string_view word;
    uint64_t set, clear;
};
} // namespace

static constexpr AttributeWord attributeWords[] = {
    {"ro", MOUNT_ATTR_RDONLY, 0},
    {"rw", 0, MOUNT_ATTR_RDONLY},
    {"nosuid", MOUNT_ATTR_NOSUID, 0},
    {"suid", 0, MOUNT_ATTR_NOSUID},
    {"nodev", MOUNT_ATTR_NODEV, 0},
    {"dev", 0, MOUNT_ATTR_NODEV},
    {"noexec", MOUNT_ATTR_NOEXEC, 0},
    {"exec", 0, MOUNT_ATTR_NOEXEC},
    {"noatime", MOUNT_ATTR_NOATIME, 0},
    {"atime", MOUNT_ATTR_RELATIME, MOUNT_ATTR__ATIME},
    {"relatime", MOUNT_ATTR_RELATIME, MOUNT_ATTR__ATIME},
    {"norelatime", 0, 0},
    {"strictatime", MOUNT_ATTR_STRICTATIME, 0},
    {"nostrictatime", MOUNT_ATTR_RELATIME, MOUNT_ATTR__ATIME},
    {"nodiratime", MOUNT_ATTR_NODIRATIME, 0},
    {"diratime", 0, MOUNT_ATTR_NODIRATIME},
    {"nosymfollow", MOUNT_ATTR_NOSYMFOLLOW, 0},
    {"symfollow", 0, MOUNT_ATTR_NOSYMFOLLOW},
};

static constexpr std::pair<std::string_view, uint64_t> propagationWords[] = {
    {"private", MS_PRIVATE}, {"slave", MS_SLAVE}, {"shared", MS_SHARED}, {"unbindable", MS_UNBINDABLE}};

// Flags of the whole file system; the mount API takes them as parameters without a value.
static constexpr std::string_view superWords[] = {"sync",       "async", "dirsync", "lazytime",
                                                  "nolazytime", "mand",  "nomand"};
static constexpr std::string_view ignoredWords[] = {"defaults",   "silent", "loud", "iversion",
                                                    "noiversion", "acl",    "noacl"};

template <typename T>
static bool contains(const T& list, std::string_view word)
{
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// True when it was an attribute: "nosuid", or with an r in front for the whole tree: "rnosuid".
static bool takeAttribute(std::string_view word, MountOptions& out)
{
    for (const AttributeWord& known : attributeWords) {
        if (known.word == word) {
            out.attributes.set = (out.attributes.set & ~known.clear) | known.set;
            out.attributes.clear = (out.attributes.clear & ~known.set) | known.clear;
            if (word == "ro" || word == "rw")
                out.readonly = word == "ro";
            return true;
        }
        if (word.size() > 1 && word[0] == 'r' && known.word == word.substr(1)) {
            out.attributes.setRecursive |= known.set;
            out.attributes.clearRecursive |= known.clear & ~known.set;
            out.readonly = out.readonly || known.word == "ro";
            return true;
        }
    }
    return false;
}

static bool takePropagation(std::string_view word, MountOptions& out)
{
    for (auto& [known, flag] : propagationWords) {
        bool recursive = word.size() > 1 && word[0] == 'r' && word.substr(1) == known;
        if (word != known && !recursive)
            continue;
        out.attributes.propagation = flag;
        out.attributes.propagationRecursive = recursive;
        return true;
    }
    return false;
}

// crun's form: "uids=FILES-CONTAINER-COUNT#...;gids=...", a range with @ in front counts in the container's ids.
static Status takeMaps(std::string_view text, MountOptions& out, const std::string& field)
{
    auto wrong = [&] {
        return oci::wrongField(field,
                               fmt::format("idmap={}: must be like uids=0-1000-10#10-2000-5;gids=0-1000-10", text));
    };
    for (std::string_view part : split(text, ';')) {
        bool users = part.rfind("uids=", 0) == 0;
        if (!users && part.rfind("gids=", 0) != 0)
            return wrong();
        for (std::string_view range : split(part.substr(5), '#')) {
            MountOptions::Range read;
            read.relative = !range.empty() && range.front() == '@';
            bool marked = read.relative || (!range.empty() && range.front() == '+');
            auto numbers = split(range.substr(marked ? 1 : 0), '-');
            if (numbers.size() != 3)
                return wrong();
            uint32_t* const fields[] = {&read.ids.container, &read.ids.host, &read.ids.size};
            for (size_t i = 0; i < 3; ++i) {
                auto number = oci::idFrom(numbers[i]);
                if (!number)
                    return wrong();
                *fields[i] = *number;
            }
            (users ? out.uidMap : out.gidMap).push_back(read);
        }
    }
    return out.uidMap.empty() || out.gidMap.empty() ? Status(wrong()) : Status();
}

static Status takeWord(const std::string& word, MountOptions& out, const std::string& field)
{
    if (word == "bind") {
        out.bind = true;
    } else if (word == "rbind") {
        out.bind = out.recursiveBind = true;
    } else if (word == "idmap" || word == "ridmap") {
        out.mapped = true;
        out.mapTree = word == "ridmap";
    } else if (word == "tmpcopyup") {
        out.copyUp = true;
    } else if (word.rfind("idmap=", 0) == 0 || word.rfind("ridmap=", 0) == 0) {
        out.mapped = true;
        out.mapTree = word[0] == 'r';
        return takeMaps(std::string_view(word).substr(word.find('=') + 1), out, field);
    } else if (word == "remount" || word == "copy-symlink") {
        return tl::unexpected<Error>(
            Error{Code::NotSupported, fmt::format("{}: option \"{}\" is not supported", field, word), field, 0});
    } else if (word.empty() || contains(ignoredWords, word) || takeAttribute(word, out) || takePropagation(word, out)) {
        return {};
    } else if (contains(superWords, word)) {
        out.data.push_back({word, {}, true});
    } else {
        size_t equals = word.find('=');
        if (equals == std::string::npos)
            out.data.push_back({word, {}, true});
        else
            out.data.push_back({word.substr(0, equals), word.substr(equals + 1), false});
    }
    return {};
}

std::vector<std::string> mountOptionWords()
{
    std::vector<std::string> all = {"bind", "rbind", "idmap", "ridmap", "tmpcopyup"};
    auto add = [&](std::string_view word, bool recursive) {
        all.emplace_back(word);
        if (recursive)
            all.push_back(fmt::format("r{}", word));
    };
    for (const AttributeWord& known : attributeWords)
        add(known.word, true);
    for (auto& [word, flag] : propagationWords)
        add(word, true);
    for (std::string_view word : superWords)
        add(word, false);
    for (std::string_view word : ignoredWords)
        add(word, false);
    std::sort(all.begin(), all.end());
    return all;
}

Result<MountOptions> readMountOptions(const oci::Mount& mount, const std::string& field)
{
    MountOptions out;
    for (const std::string& word : mount.options)
        TRY(takeWord(word, out, field));
    if (mount.type == "bind" && !out.bind)
        out.bind = true;
    if (mount.uidMappings.empty() != mount.gidMappings.empty())
        return oci::wrongField(field + ".uidMappings", "uidMappings and gidMappings go together");
    out.mapped = out.mapped || !mount.uidMappings.empty();
    if (out.mapped && !out.bind)
        return oci::wrongField(field, "only bind mounts can be mapped (idmap)");
    if (out.copyUp && mount.type != "tmpfs")
        return oci::wrongField(field, "tmpcopyup is for a tmpfs");
    if (out.copyUp && mount.destination.find_first_not_of('/') == std::string::npos)
        return oci::wrongField(field, "tmpcopyup is not for the whole root");
    // A bind has no file system options of its own: what remains is for others (the "mode=" of older tools).
    if (out.bind)
        out.data.clear();
    return out;
}

} // namespace diptych::runtime
