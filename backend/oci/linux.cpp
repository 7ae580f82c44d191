#include "oci/config.h"

#include <algorithm>
#include <sys/personality.h>

namespace diptych::oci {

static constexpr std::pair<std::string_view, NamespaceKind> kinds[] = {
    {"pid", NamespaceKind::Pid},       {"network", NamespaceKind::Network}, {"mount", NamespaceKind::Mount},
    {"ipc", NamespaceKind::Ipc},       {"uts", NamespaceKind::Uts},         {"user", NamespaceKind::User},
    {"cgroup", NamespaceKind::Cgroup}, {"time", NamespaceKind::Time}};

std::string_view toString(NamespaceKind kind)
{
    return kinds[static_cast<size_t>(kind)].first;
}

static Result<Namespace> readNamespace(JsonReader reader)
{
    std::string type = TRY(reader.string("type"));
    auto found = std::find_if(std::begin(kinds), std::end(kinds), [&](auto& k) { return k.first == type; });
    if (found == std::end(kinds))
        return wrongField(reader.field("type"), fmt::format("unknown namespace \"{}\"", type));
    Namespace ns;
    ns.kind = found->second;
    ns.path = TRY(reader.optionalString("path")).value_or("");
    if (!ns.path.empty() && ns.path.front() != '/')
        return wrongField(reader.field("path"), "must be an absolute path");
    return ns;
}

Result<IdMapping> mappingFrom(JsonReader reader)
{
    uint64_t container = TRY(reader.unsignedInteger("containerID")), host = TRY(reader.unsignedInteger("hostID"));
    uint64_t size = TRY(reader.unsignedInteger("size"));
    if (size == 0)
        return wrongField(reader.field("size"), "must not be zero");
    if (container > UINT32_MAX || host > UINT32_MAX || container + size > UINT32_MAX || host + size > UINT32_MAX)
        return wrongField(reader.field("size"), "the range ends beyond the last user or group number");
    return IdMapping{static_cast<uint32_t>(container), static_cast<uint32_t>(host), static_cast<uint32_t>(size)};
}

Result<std::vector<IdMapping>> parseMappings(std::string_view text)
{
    Json mappings = TRY(parseJson(text));
    Json json = {{"mappings", std::move(mappings)}};
    JsonReader reader(json);
    std::vector<IdMapping> out;
    TRY(readEach(reader, "mappings", out, mappingFrom));
    return out;
}

static Result<Device> readDevice(JsonReader reader)
{
    Device device;
    std::string type = TRY(reader.string("type"));
    if (type != "c" && type != "u" && type != "b" && type != "p")
        return wrongField(reader.field("type"), fmt::format("unknown device type \"{}\"", type));
    device.type = type == "u" ? 'c' : type[0];
    device.path = TRY(reader.string("path"));
    if (device.path.empty() || device.path.front() != '/')
        return wrongField(reader.field("path"), "must be an absolute path");
    if (device.type != 'p') {
        uint64_t major = TRY(reader.unsignedInteger("major")), minor = TRY(reader.unsignedInteger("minor"));
        if (major > 0xfff || minor > 0xfffff)
            return wrongField(reader.field("major"), "no such device number");
        device.major = static_cast<uint32_t>(major);
        device.minor = static_cast<uint32_t>(minor);
    }
    auto small = [&](const char* key, uint64_t most, std::optional<uint32_t>& out) -> Status {
        if (auto value = TRY(reader.optionalUnsigned(key))) {
            if (*value > most)
                return wrongField(reader.field(key), "is too large");
            out = static_cast<uint32_t>(*value);
        }
        return {};
    };
    TRY(small("fileMode", 0177777, device.fileMode));
    TRY(small("uid", UINT32_MAX - 1, device.uid));
    TRY(small("gid", UINT32_MAX - 1, device.gid));
    return device;
}

static Status readTimeOffsets(JsonReader& reader, Linux& out)
{
    auto offsets = TRY(reader.optionalObject("timeOffsets"));
    if (!offsets)
        return {};
    for (const char* clock : {"monotonic", "boottime"}) {
        auto offset = TRY(offsets->optionalObject(clock));
        if (!offset)
            continue;
        int64_t seconds = TRY(offset->optionalInteger("secs")).value_or(0);
        uint64_t nanoseconds = TRY(offset->optionalUnsigned("nanosecs")).value_or(0);
        if (nanoseconds > 999999999)
            return wrongField(offset->field("nanosecs"), "must be below 1000000000");
        out.timeOffsets[clock] = {seconds, static_cast<uint32_t>(nanoseconds)};
    }
    return {};
}

static Status readLists(JsonReader& reader, Linux& out)
{
    TRY(readEach(reader, "namespaces", out.namespaces, readNamespace));
    for (size_t i = 0; i < out.namespaces.size(); ++i)
        for (size_t j = 0; j < i; ++j)
            if (out.namespaces[i].kind == out.namespaces[j].kind)
                return wrongField(reader.field("namespaces"),
                                  fmt::format("\"{}\" stands there twice", toString(out.namespaces[i].kind)));
    TRY(readEach(reader, "uidMappings", out.uidMappings, mappingFrom));
    TRY(readEach(reader, "gidMappings", out.gidMappings, mappingFrom));
    TRY(readEach(reader, "devices", out.devices, readDevice));
    out.sysctl = TRY(stringMap(reader, "sysctl"));
    out.maskedPaths = TRY(reader.optionalStrings("maskedPaths"));
    out.readonlyPaths = TRY(reader.optionalStrings("readonlyPaths"));
    for (auto* paths : {&out.maskedPaths, &out.readonlyPaths})
        for (const std::string& path : *paths)
            if (path.empty() || path.front() != '/')
                return wrongField(reader.field(paths == &out.maskedPaths ? "maskedPaths" : "readonlyPaths"),
                                  fmt::format("\"{}\" is not an absolute path", path));
    return {};
}

static Status readPersonality(JsonReader& reader, Linux& out)
{
    auto personality = TRY(reader.optionalObject("personality"));
    if (!personality)
        return {};
    std::string domain = TRY(personality->string("domain"));
    if (domain != "LINUX" && domain != "LINUX32")
        return wrongField(personality->field("domain"), fmt::format("unknown word \"{}\"", domain));
    if (!TRY(personality->optionalStrings("flags")).empty())
        return wrongField(personality->field("flags"), "no flags are specified");
    out.personality = domain == "LINUX" ? PER_LINUX : PER_LINUX32;
    return {};
}

Result<Linux> linuxFrom(JsonReader reader)
{
    Linux out;
    TRY(readLists(reader, out));
    TRY(readTimeOffsets(reader, out));
    out.cgroupsPath = TRY(reader.optionalString("cgroupsPath")).value_or("");
    out.mountLabel = TRY(reader.optionalString("mountLabel")).value_or("");
    out.intelRdt = TRY(reader.optionalObject("intelRdt")).has_value();
    TRY(readPersonality(reader, out));
    out.rootfsPropagation = TRY(reader.optionalString("rootfsPropagation")).value_or("");
    static constexpr std::string_view words[] = {"",       "private", "rprivate",   "slave",      "rslave",
                                                 "shared", "rshared", "unbindable", "runbindable"};
    if (std::find(std::begin(words), std::end(words), out.rootfsPropagation) == std::end(words))
        return wrongField(reader.field("rootfsPropagation"), fmt::format("unknown word \"{}\"", out.rootfsPropagation));
    if (auto resources = TRY(reader.optionalObject("resources")))
        out.resources = TRY(resourcesFrom(*resources));
    if (auto seccomp = TRY(reader.optionalObject("seccomp")))
        out.seccomp = TRY(seccompFrom(*seccomp));
    return out;
}

} // namespace diptych::oci
