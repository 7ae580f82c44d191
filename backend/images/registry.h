// Registries, through skopeo: one program that speaks every registry's dialect, with TLS, tokens and mirrors as the
// host's /etc/containers says. Everything here blocks; any thread.
#pragma once

#include "base/child.h"
#include "instances/driver.h"
#include "instances/platform.h"

#include <optional>
#include <string>
#include <vector>

namespace diptych::images {

struct Login
{
    std::string registry, username;
};

/// How to reach a registry. Without a word about TLS it is demanded, but for a registry on this machine.
struct Endpoint
{
    std::string reference; ///< checked by checkImageReference
    std::optional<bool> tlsVerify;
    std::string platform = {}; ///< pull: checked by parsePlatform; empty: this machine's
};

class Registry final
{
public:
    /// directory: 0700, made when needed; auth.json in it (0600) holds what was signed in with, as podman and skopeo
    /// keep it. temporary: where skopeo may put large files.
    Registry(std::string directory, std::string temporary)
        : m_directory(std::move(directory)), m_temporary(std::move(temporary))
    {
    }

    Result<std::vector<std::string>> tags(const Endpoint& repository);
    /// What there is of an image, in the registry's order.
    Result<std::vector<Platform>> platforms(const Endpoint& from);
    /// Into an OCI layout directory under the name "image". Blobs that are there already are not fetched again. wanted
    /// is called with the digests of the layers before the first is fetched: whoever has one can put it there.
    Status pull(const Endpoint& from, const std::string& layout,
                const std::function<Status(const std::vector<std::string>&)>& wanted, Progress& progress);
    /// From the layout's image of that name.
    Status push(const std::string& layout, const std::string& name, const Endpoint& to, Progress& progress);
    /// format: "oci-archive" or "docker-archive".
    Status write(const std::string& layout, const std::string& name, const std::string& format, const std::string& file,
                 Progress& progress);

    Status login(const Endpoint& registry, const std::string& username, const std::string& password);
    Status logout(const std::string& registry);
    Result<std::vector<Login>> logins();

private:
    Result<Command> skopeo(std::vector<std::string> arguments);
    Result<std::string> inspect(const Endpoint& from, const std::string& reference, const char* what,
                                const std::function<bool()>& cancelled);
    [[nodiscard]] std::string authFile() const { return m_directory + "/auth.json"; }

    std::string m_directory, m_temporary;
};

/// host[:port] of a reference; "docker.io" when it names none.
std::string registryOf(const std::string& reference);
/// A host with an optional port.
Status checkRegistry(const std::string& registry, const char* field = "registry");

} // namespace diptych::images
