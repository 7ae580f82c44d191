// What the runtime remembers of a container: <root>/<id>/state.json and what it says together with the process table.
#pragma once

#include "base/fd.h"
#include "cgroups/cgroup.h"
#include "oci/config.h"
#include "oci/state.h"

#include <optional>
#include <string>
#include <vector>

namespace diptych::runtime {

struct Record
{
    std::string id, bundle, rootfs;
    bool complete = false;  ///< create got to its end; false: it is under way or was cut off
    pid_t pid = 0;          ///< the container's first process, 0 until there is one
    uint64_t startTime = 0; ///< its start time, see process.h
    pid_t creator = 0;      ///< the process that creates
    uint64_t creatorStart = 0;
    std::string cgroup;                                   ///< path below every hierarchy, empty: none
    std::string scope;                                    ///< systemd's unit, empty: we made the group ourselves
    std::map<std::string, std::string> cgroupDirectories; ///< by controller, "" is the unified one
    bool ownPidNamespace = true;
    uint64_t rootMount = 0;     ///< sharedroot.h: statx(2)'s id of the root's mount, 0: in a mount namespace of its own
    std::string mountNamespace; ///< where that is, empty: in the runtime's
    std::string created;        ///< RFC 3339
    std::string descriptors;    ///< what 0, 1 and 2 were at create, a JSON array as text
    std::map<std::string, std::string> annotations;
};

enum class Phase { Creating, Created, Running, Paused, Stopped };
std::string_view toString(Phase status);

/// One directory per container below root, 0700. Anything that reads or writes there goes through this.
class Store final
{
public:
    explicit Store(std::string root) : m_root(std::move(root)) {}

    [[nodiscard]] const std::string& root() const { return m_root; }
    [[nodiscard]] std::string directory(const std::string& id) const { return m_root + "/" + id; }
    /// [A-Za-z0-9_+-][A-Za-z0-9_+.-]{0,127}.
    static Status checkId(const std::string& id);

    /// Makes the directory. Exists when there is one, except that what a killed create left is cleared away first.
    Status claim(const std::string& id) const;
    Status write(const Record& record) const;
    [[nodiscard]] Result<Record> read(const std::string& id) const;
    [[nodiscard]] Result<std::vector<std::string>> ids() const;
    Status remove(const std::string& id) const;
    /// Held while start, update or delete work on the container.
    [[nodiscard]] Result<UniqueFd> lock(const std::string& id) const;
    /// The configuration as it was when the container was created.
    [[nodiscard]] Result<oci::Config> config(const std::string& id) const;

private:
    std::string m_root;
};

/// The text of state.json.
Result<Record> parseRecord(std::string_view text);
/// config.json as this runtime reads it: linux.seccomp as text.
Result<oci::Config> parseConfig(std::string_view text);
/// From the process table, the start socket and the freezer.
Phase statusOf(const Store& store, const Record& record);
oci::State stateOf(const Store& store, const Record& record);
/// nullopt when the container has none or it is gone.
std::optional<cgroups::Cgroup> cgroupOf(const Record& record);
/// Kills what is left, removes cgroup and directory. For delete and for what a failed create leaves.
Status destroy(const Store& store, const Record& record);
/// SIGKILL to everything inside, thawing what is frozen, and waits until the first process is gone.
Status killEverything(const Record& record);

} // namespace diptych::runtime
