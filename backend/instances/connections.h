// Further libvirt connections, which users added: each in a process of its own that runs as its owner. connections/
// implements it; the daemon knows who may add and use one (api_connections.cpp).
//
// Threads: any, several at once. Nothing here waits for a hypervisor, but the calls of of() and driver().
#pragma once

#include "instances/virtualization.h"

#include <sys/types.h>

namespace diptych {

/// What the hypervisor of a connection can't do, in libvirt's words.
struct Lack
{
    std::string feature; ///< stable word: "pause" "save" "snapshots" "autostart" "limits" "storage" "networks" ...
    std::string reason;
    bool operator==(const Lack&) const = default;
};

struct ConnectionInfo
{
    std::string id, name, uri;
    uid_t owner = 0;
    bool active = true;  ///< false: its owner closed it, nothing is tried
    std::string state;   ///< "closed" "connecting" "connected" "failed" "silent"
    std::string problem; ///< why failed or silent
    std::string driver;  ///< libvirt's name of the hypervisor, "QEMU" "TEST"; empty until connected
    std::string host;    ///< its host's name
    std::string version; ///< of the hypervisor
    size_t domains = 0;
    int64_t answeredAt = 0; ///< Unix ms of the last answer, 0 never
    std::vector<Lack> lacks;
    bool operator==(const ConnectionInfo&) const = default;
};

class Connections
{
public:
    virtual ~Connections() = default;
    [[nodiscard]] virtual std::vector<ConnectionInfo> list() const = 0;
    [[nodiscard]] virtual std::optional<ConnectionInfo> find(const std::string& id) const = 0;
    /// The new one's id, once it is on disk. InvalidArgument names "name" or "uri"; Exists.
    virtual Result<std::string> add(const std::string& name, const std::string& uri, uid_t owner) = 0;
    /// Forgets it; its domains go from the list and stay where they are.
    virtual Status remove(const std::string& id) = 0;
    virtual Status setActive(const std::string& id, bool active) = 0;
    /// Called after every change of list(), from any thread, without locks held.
    virtual void setListener(std::function<void()> listener) = 0;
    /// The same, with its id when pools or networks of one changed.
    virtual void setPlaceListener(std::function<void(const std::string& id)> listener) = 0;

    /// All their domains as instances; never waits for a connection to list, describe or sample.
    virtual Driver& driver() = 0;
    /// What only machines do, on that connection. Lives as long as this.
    virtual Virtualization& of(const std::string& id) = 0;
    /// Machines.CheckMigration and .Migrate: between two of them, or one and the helper's own. As Virtualization::call.
    virtual Result<Json> move(const std::string& method, const Json& parameters, Progress& progress) = 0;
};

} // namespace diptych
