// clone3(2), setns(2) and what goes with them.
#pragma once

#include "runtime/plan.h"

#include <functional>
#include <optional>
#include <sys/types.h>

namespace diptych::runtime {

struct Spawned
{
    pid_t pid = 0;
    UniqueFd process; ///< pidfd
};
/// fork with flags (CLONE_NEW*, CLONE_PARENT), a pidfd and, when cgroup >= 0, straight into that v2 group.
/// child runs in the new process and must not return.
Result<Spawned> spawn(uint64_t flags, int cgroup, const std::function<void()>& child);

/// Puts the calling process's *children* into a pid namespace for as long as it lives (setns(2): the caller stays).
class ChildrenIn final
{
public:
    static Result<ChildrenIn> pidNamespace(int fd);
    /// A new time namespace with offsets, for the children.
    static Result<ChildrenIn> newTime(const oci::TimeOffsets& offsets);
    ChildrenIn(ChildrenIn&&) noexcept = default;
    ChildrenIn& operator=(ChildrenIn&&) noexcept = default;
    ~ChildrenIn();

private:
    ChildrenIn() = default;
    UniqueFd m_home;
    int m_flag = 0;
};

/// A new time namespace with offsets, for this process's children, and for its own program when it executes one.
Status newClocks(const oci::TimeOffsets& offsets);
/// /proc/PID/uid_map and gid_map of a process in a new user namespace.
Status writeMaps(pid_t pid, const std::vector<oci::IdMapping>& uids, const std::vector<oci::IdMapping>& gids);
/// What an id of the container is outside; nothing when it is mapped to none.
std::optional<uint32_t> hostId(const std::vector<oci::IdMapping>& maps, uint32_t id);
/// A user namespace with these maps and no process in it: for mapped mounts.
Result<UniqueFd> userNamespaceOf(const std::vector<oci::IdMapping>& uids, const std::vector<oci::IdMapping>& gids);
/// Opens the paths of namespaces to join and checks that they are of the kind they are given as.
Result<std::vector<JoinedNamespace>> openJoined(const oci::Config& config);
/// CLONE_NEW* of the namespaces in which process pid differs from us.
Result<unsigned> differingNamespaces(pid_t pid);
/// lo of the current network namespace.
Status raiseLoopback();

} // namespace diptych::runtime
