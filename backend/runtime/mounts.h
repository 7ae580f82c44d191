// config.mounts: sources opened by the parent with the host's rights, targets by the child inside the root.
#pragma once

#include "runtime/plan.h"
#include "runtime/trace.h"

#include <functional>

namespace diptych::runtime {

/// The directories of the container's own cgroup as detached mounts, by the name they get below /sys/fs/cgroup.
struct GroupTrees
{
    bool unified = false; ///< one tree, mounted on the target itself
    std::vector<std::pair<std::string, UniqueFd>> trees;
};

/// In the parent. Sources are resolved here once and never again. grouped: there will be a control group of its own.
Result<std::vector<PreparedMount>> prepareMounts(const oci::Config& config, bool grouped);
/// The root (not the overlay) as a detached private tree.
Result<UniqueFd> prepareRoot(const std::string& path);

/// In the child, root attached. group() waits for the cgroup and gives its trees.
Status attachMounts(const Plan& plan, int root, const Trace& trace, const std::function<Result<GroupTrees>()>& group);
/// What had to stay writable until devices were made.
Status finishMounts(const Plan& plan, int root);
/// masked and read-only paths.
Status hidePaths(const Plan& plan, int root, int nullDevice);

} // namespace diptych::runtime
