#include "oci/config.h"

namespace diptych::oci {

Result<std::map<std::string, std::string>> stringMap(JsonReader& reader, const char* key)
{
    std::map<std::string, std::string> map;
    auto object = TRY(reader.optionalObject(key));
    if (!object)
        return map;
    for (auto& [name, value] : object->value().items()) {
        if (!value.is_string())
            return wrongField(reader.field(key) + "." + name, "must be a string");
        map.emplace(name, value.get<std::string>());
    }
    return map;
}

Result<IdMapping> mappingFrom(JsonReader reader); // linux.cpp

static Result<Mount> readMount(JsonReader reader)
{
    Mount mount;
    mount.destination = TRY(reader.string("destination"));
    // Older versions of the specification let it be relative to "/"; 1.2 forbids that, its users still do it.
    if (mount.destination.empty())
        return wrongField(reader.field("destination"), "must not be empty");
    if (mount.destination.front() != '/')
        mount.destination.insert(0, "/");
    mount.type = TRY(reader.optionalString("type")).value_or("");
    mount.source = TRY(reader.optionalString("source")).value_or("");
    mount.options = TRY(reader.optionalStrings("options"));
    TRY(readEach(reader, "uidMappings", mount.uidMappings, mappingFrom));
    TRY(readEach(reader, "gidMappings", mount.gidMappings, mappingFrom));
    return mount;
}

static Status checkVersion(const std::string& version)
{
    if (version.rfind("1.", 0) != 0)
        return wrongField("ociVersion", fmt::format("\"{}\" is not supported: this runtime knows 1.x", version));
    for (char c : version)
        if (!(isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-' || c == '+'))
            return wrongField("ociVersion", "is not a version");
    return {};
}

static Status readRoot(JsonReader& reader, Config& config)
{
    JsonReader root = TRY(reader.object("root"));
    config.rootPath = TRY(root.string("path"));
    if (config.rootPath.empty())
        return wrongField("root.path", "must not be empty");
    config.rootReadonly = TRY(root.optionalBoolean("readonly")).value_or(false);
    return {};
}

static Status readRest(JsonReader& reader, Config& config)
{
    if (auto process = TRY(reader.optionalObject("process"))) {
        config.process = TRY(processFrom(*process));
        if (config.process->args.empty())
            return wrongField("process.args", "must not be empty");
    }
    config.hostname = TRY(reader.optionalString("hostname")).value_or("");
    config.domainname = TRY(reader.optionalString("domainname")).value_or("");
    TRY(readEach(reader, "mounts", config.mounts, readMount));
    if (auto hooks = TRY(reader.optionalObject("hooks")))
        config.hooks = TRY(hooksFrom(*hooks));
    config.annotations = TRY(stringMap(reader, "annotations"));
    if (config.annotations.count(""))
        return wrongField("annotations", "a key must not be empty");
    if (auto linuxPart = TRY(reader.optionalObject("linux")))
        config.linux_ = TRY(linuxFrom(*linuxPart));
    constexpr size_t longest = 64; // uts(7): __NEW_UTS_LEN
    if (config.hostname.size() > longest)
        return wrongField("hostname", "is longer than 64 bytes");
    if (config.domainname.size() > longest)
        return wrongField("domainname", "is longer than 64 bytes");
    if (!config.hostname.empty() && !config.find(NamespaceKind::Uts))
        return wrongField("hostname", "needs a uts namespace of the container's own");
    if (!config.domainname.empty() && !config.find(NamespaceKind::Uts))
        return wrongField("domainname", "needs a uts namespace of the container's own");
    return {};
}

static constexpr JsonLimits limits = {size_t{8} << 20, 64};

// The document with null in the place of linux.seccomp, which is valid exactly when the whole is, given that what was
// cut out is valid by itself: parseSeccomp() sees to that, once for each text.
static Result<Json> parseWithout(std::string_view text, std::string_view seccomp)
{
    if (text.size() > limits.bytes)
        return fail(Code::InvalidArgument, fmt::format("longer than {} bytes", limits.bytes));
    auto begin = static_cast<size_t>(seccomp.data() - text.data());
    std::string rest;
    rest.reserve(text.size() - seccomp.size() + 4);
    rest.append(text.substr(0, begin)).append("null").append(text.substr(begin + seccomp.size()));
    return parseJson(rest, limits);
}

Result<Config> parseConfig(std::string_view text, SeccompAs seccomp)
{
    std::string_view cut = seccomp == SeccompAs::Text ? memberText(text, {"linux", "seccomp"}) : std::string_view();
    if (cut.empty() || cut.front() != '{')
        cut = {};
    Json json = TRYX(cut.empty() ? parseJson(text, limits) : parseWithout(text, cut), "config.json");
    if (!json.is_object())
        return wrongField("config.json", "must be an object");
    JsonReader reader(json);
    Config config;
    config.ociVersion = TRY(reader.string("ociVersion"));
    TRY(checkVersion(config.ociVersion));
    TRY(readRoot(reader, config));
    TRY(readRest(reader, config));
    config.linux_.seccompText = cut;
    return config;
}

const Namespace* Config::find(NamespaceKind kind) const
{
    for (const Namespace& ns : linux_.namespaces)
        if (ns.kind == kind)
            return &ns;
    return nullptr;
}

bool Config::creates(NamespaceKind kind) const
{
    const Namespace* ns = find(kind);
    return ns && ns->path.empty();
}

std::string Config::annotation(const std::string& key) const
{
    auto found = annotations.find(key);
    return found == annotations.end() ? std::string() : found->second;
}

} // namespace diptych::oci
