#include "images/registry.h"

#include "base/child.h"
#include "base/files.h"
#include "base/log.h"
#include "base/names.h"
#include "images/digest.h"
#include "images/fetch_progress.h"
#include "images/layout.h"

#include <openssl/evp.h>
#include <unistd.h>

namespace diptych::images {

namespace {
constexpr const char* kName = "image"; ///< in the layout of a pull, which holds nothing else

bool isLoopback(const std::string& registry)
{
    std::string host =
        registry.substr(0, registry.rfind(':') == std::string::npos ? registry.size() : registry.rfind(':'));
    return host == "localhost" || host.starts_with("127.") || registry.starts_with("[::1]");
}

bool verifies(const Endpoint& endpoint)
{
    return endpoint.tlsVerify.value_or(!isLoopback(registryOf(endpoint.reference)));
}

std::string tlsOption(const char* side, const Endpoint& endpoint)
{
    return fmt::format("--{}tls-verify={}", side, verifies(endpoint));
}

std::string repositoryOf(const std::string& reference)
{
    std::string name = reference.substr(0, reference.find('@'));
    size_t slash = name.find_last_of('/');
    size_t colon = name.find(':', slash == std::string::npos ? 0 : slash);
    return name.substr(0, colon);
}

/// The sentence in a line of skopeo's log: time="..." level=fatal msg="...".
std::string sentenceOf(std::string_view errors)
{
    std::string_view text = trim(errors);
    if (size_t line = text.find_last_of('\n'); line != std::string_view::npos)
        text = text.substr(line + 1);
    size_t start = text.find("msg=\"");
    if (start == std::string_view::npos)
        return std::string(text);
    std::string sentence;
    for (size_t i = start + 5; i < text.size() && text[i] != '"'; ++i) {
        if (text[i] == '\\' && i + 1 < text.size())
            ++i;
        sentence += text[i];
    }
    return sentence;
}

struct Meaning
{
    std::string_view sign; ///< part of what skopeo says
    Code code;
    const char* words;
};
constexpr Meaning kMeanings[] = {
    {"manifest unknown", Code::NotFound, "the registry has no such image or tag"},
    {"name unknown", Code::NotFound, "the registry has no such image"},
    {"404 (Not Found)", Code::NotFound, "the registry has no such image"},
    {"invalid username/password", Code::PermissionDenied, "the registry does not accept this user and password"},
    {"unauthorized", Code::PermissionDenied, "the registry wants a sign-in, or has no such image for you"},
    {"authentication required", Code::PermissionDenied, "the registry wants a sign-in"},
    {"denied", Code::PermissionDenied, "the registry refuses this to you, or has no such image"},
    {"HTTP response to HTTPS client", Code::Failed, "the registry does not speak TLS"},
    {"unknown authority", Code::Failed, "nobody whom this host trusts vouches for the registry's certificate"},
    {"x509:", Code::Failed, "the registry's certificate is not valid for it"},
    {"connection refused", Code::Failed, "no registry answers there"},
    {"dial tcp: lookup", Code::Failed, "the registry's name can't be found"},
    {"no space left", Code::NoSpace, "the disk is full"},
    {"timeout", Code::TimedOut, "the registry does not answer in time"},
};

tl::unexpected<Error> explain(const Outcome& outcome, const std::string& what)
{
    std::string text = sentenceOf(outcome.errors);
    for (const Meaning& meaning : kMeanings)
        if (text.find(meaning.sign) != std::string::npos) {
            logf(Level::Info, "skopeo: {}", text); // a paragraph of its insides; our words are what a person needs
            return fail(meaning.code, fmt::format("{}: {}", what, meaning.words));
        }
    return fail(Code::Failed, fmt::format("{}: {}", what, text.empty() ? "skopeo failed without a reason" : text));
}

Result<std::string> runSkopeo(const Command& command, const std::string& what)
{
    Outcome outcome = TRY(run(command));
    if (outcome.status != 0)
        return explain(outcome, what);
    return std::move(outcome.output);
}

Result<std::vector<Descriptor>> entriesOf(const Json& index)
{
    std::vector<Descriptor> entries;
    const Json* list = TRY(JsonReader(index).array("manifests"));
    for (size_t i = 0; i < list->size(); ++i)
        entries.push_back(TRY(descriptorFrom((*list)[i], fmt::format("manifests[{}]", i))));
    return entries;
}

/// The entry of an index for the platform; empty when the document is no index.
Result<std::string> chooseManifest(const Json& json, const Endpoint& from)
{
    if (!json.contains("manifests"))
        return std::string();
    const Platform wanted = TRY(parsePlatform(from.platform));
    for (const Descriptor& d : TRY(entriesOf(json)))
        if (fits(d.platform, wanted))
            return d.digest;
    return fail(Code::NotSupported, fmt::format("{} exists, but not for {}", from.reference, toString(wanted)));
}

std::string decoded(std::string_view base64)
{
    std::string bytes(base64.size() / 4 * 3 + 3, '\0');
    int n = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                            reinterpret_cast<const unsigned char*>(base64.data()), static_cast<int>(base64.size()));
    bytes.resize(n > 0 ? static_cast<size_t>(n) : 0);
    return bytes;
}
} // namespace

std::string registryOf(const std::string& reference)
{
    size_t slash = reference.find('/');
    std::string host = slash == std::string::npos ? "" : reference.substr(0, slash);
    bool isHost = host.find_first_of(".:") != std::string::npos || host == "localhost";
    return isHost ? host : "docker.io";
}

Status checkRegistry(const std::string& registry, const char* field)
{
    // The grammar of a reference knows what a host is; any path makes it one.
    if (registry.find_first_of("/@ ") != std::string::npos || registryOf(registry + "/a") != registry ||
        !checkImageReference(registry + "/a"))
        return failField(field, "a registry is a host name, with :port where it has one");
    return {};
}

Result<Command> Registry::skopeo(std::vector<std::string> arguments)
{
    TRY(makeDirectories(m_directory));
    // Without a file of its own skopeo would look for those of the user root.
    if (!exists(authFile()))
        TRY(writeFileAtomic(authFile(), "{}"));
    Command command;
    command.arguments = {"skopeo", "--tmpdir",        m_temporary,       "--override-os",
                         "linux",  "--override-arch", hostArchitecture()};
    if (!exists("/etc/containers/policy.json"))
        command.arguments.push_back("--insecure-policy");
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    command.environment = {"HOME=" + m_directory};
    for (const char* name : {"http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"})
        if (const char* value = ::getenv(name))
            command.environment.push_back(fmt::format("{}={}", name, value));
    return command;
}

Result<std::vector<std::string>> Registry::tags(const Endpoint& repository)
{
    std::string name = repositoryOf(repository.reference);
    Command command =
        TRY(skopeo({"list-tags", "--authfile", authFile(), tlsOption("", repository), "docker://" + name}));
    command.timeout = std::chrono::seconds(45);
    std::string text = TRY(runSkopeo(command, name));
    Json json = TRYX(parseJson(text, {size_t{16} << 20, 64}), name);
    return JsonReader(json).optionalStrings("Tags");
}

// what: "--raw", the manifest as it is; "--config", what it configures.
Result<std::string> Registry::inspect(const Endpoint& from, const std::string& reference, const char* what,
                                      const std::function<bool()>& cancelled)
{
    Command command =
        TRY(skopeo({"inspect", what, "--authfile", authFile(), tlsOption("", from), "docker://" + reference}));
    command.outputLimit = kLargestDocument;
    command.timeout = std::chrono::minutes(2);
    command.cancelled = cancelled;
    return runSkopeo(command, from.reference);
}

Result<std::vector<Platform>> Registry::platforms(const Endpoint& from)
{
    const auto never = [] { return false; };
    const JsonLimits limits{kLargestDocument, 64};
    Json json = TRYX(parseJson(TRY(inspect(from, from.reference, "--raw", never)), limits), from.reference);
    std::vector<Platform> all;
    if (!json.contains("manifests")) {
        json = TRYX(parseJson(TRY(inspect(from, from.reference, "--config", never)), limits), from.reference);
        JsonReader config(json);
        Platform only;
        only.os = TRY(config.optionalString("os")).value_or("linux");
        only.architecture = TRY(config.optionalString("architecture")).value_or("");
        only.variant = TRY(config.optionalString("variant")).value_or("");
        return std::vector<Platform>{only};
    }
    // Signatures and bills of materials hang in an index as entries for "unknown".
    for (const Descriptor& d : TRY(entriesOf(json)))
        if (!d.platform.architecture.empty() && d.platform.architecture != "unknown")
            all.push_back(d.platform);
    return all;
}

Status Registry::pull(const Endpoint& from, const std::string& layout,
                      const std::function<Status(const std::vector<std::string>&)>& wanted, Progress& progress)
{
    progress.report("askRegistry", -1, registryOf(from.reference));
    const auto cancelled = [&] { return progress.cancelled(); };
    std::string text = TRY(inspect(from, from.reference, "--raw", cancelled));
    std::string digest = digestOf(text);
    const std::string repository = repositoryOf(from.reference);
    const JsonLimits limits{kLargestDocument, 64};
    if (auto chosen = TRY(chooseManifest(TRYX(parseJson(text, limits), from.reference), from)); !chosen.empty()) {
        digest = chosen;
        text = TRY(inspect(from, repository + "@" + digest, "--raw", cancelled));
    }
    Manifest manifest = TRYX(parseManifest(TRYX(parseJson(text, limits), from.reference)), from.reference);
    std::vector<std::string> digests;
    for (const Descriptor& layer : manifest.layers)
        digests.push_back(layer.digest);
    TRY(wanted(digests));

    // By digest: a tag may have moved on since it was looked at.
    Command command =
        TRY(skopeo({"copy", "--authfile", authFile(), tlsOption("src-", from),
                    fmt::format("docker://{}@{}", repository, digest), fmt::format("oci:{}:{}", layout, kName)}));
    FetchProgress fetch(layout, manifest.layers, progress);
    command.timeout = std::chrono::hours(24);
    command.onOutput = [&](std::string_view output) { fetch.heard(output); };
    command.cancelled = [&] { return fetch.stop(); };
    auto done = runSkopeo(command, from.reference);
    if (!done && fetch.stalled())
        return fail(Code::TimedOut, fmt::format("{}: nothing came for five minutes", from.reference));
    TRY(std::move(done));
    return {};
}

Status Registry::push(const std::string& layout, const std::string& name, const Endpoint& to, Progress& progress)
{
    progress.report("push", -1, registryOf(to.reference));
    Command command = TRY(skopeo({"copy", "--authfile", authFile(), tlsOption("dest-", to),
                                  fmt::format("oci:{}:{}", layout, name), "docker://" + to.reference}));
    command.timeout = std::chrono::hours(24);
    command.cancelled = [&] { return progress.cancelled(); };
    TRY(runSkopeo(command, to.reference));
    return {};
}

Status Registry::write(const std::string& layout, const std::string& name, const std::string& format,
                       const std::string& file, Progress& progress)
{
    progress.report("writeArchive", -1, name);
    // An archive with an image named by digest only has no tag to give it.
    std::string tag = name.find('@') == std::string::npos ? ":" + name : "";
    Command command =
        TRY(skopeo({"copy", fmt::format("oci:{}:{}", layout, name), fmt::format("{}:{}{}", format, file, tag)}));
    command.timeout = std::chrono::hours(24);
    command.cancelled = [&] { return progress.cancelled(); };
    TRY(runSkopeo(command, name));
    return {};
}

Status Registry::login(const Endpoint& registry, const std::string& username, const std::string& password)
{
    Command command =
        TRY(skopeo({"login", "--authfile", authFile(), "--username", username, "--password-stdin",
                    fmt::format("--tls-verify={}", verifies({registry.reference + "/a", registry.tlsVerify})),
                    registry.reference}));
    // Never as an argument: those are for everybody to read.
    command.input = password;
    command.timeout = std::chrono::seconds(45);
    TRY(runSkopeo(command, registry.reference));
    return {};
}

Status Registry::logout(const std::string& registry)
{
    Command command = TRY(skopeo({"logout", "--authfile", authFile(), registry}));
    TRY(runSkopeo(command, registry));
    return {};
}

Result<std::vector<Login>> Registry::logins()
{
    std::vector<Login> logins;
    if (!exists(authFile()))
        return logins;
    Json json = TRYX(parseJson(TRY(readFile(authFile()))), "auth.json");
    JsonReader reader(json);
    auto auths = TRY(reader.optionalObject("auths"));
    if (!auths)
        return logins;
    for (const auto& [registry, entry] : auths->value().items()) {
        std::string pair = entry.is_object() && entry.contains("auth") && entry["auth"].is_string()
                               ? decoded(entry["auth"].get<std::string>())
                               : std::string();
        logins.push_back({registry, pair.substr(0, pair.find(':'))});
    }
    return logins;
}

} // namespace diptych::images
