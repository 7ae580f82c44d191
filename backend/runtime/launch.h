// The parent's half of making a container's first process, or one more in a running container.
#pragma once

#include "cgroups/cgroup.h"
#include "runtime/container.h"
#include "runtime/plan.h"
#include "runtime/trace.h"

#include <functional>

namespace diptych::runtime {

struct Launched
{
    pid_t pid = 0;
    UniqueFd process; ///< pidfd
    UniqueFd channel;
    UniqueFd console; ///< the pty's master when there is a terminal
};

/// Plan::immediate: what the parent still has to put on disk while the child waits to be grouped.
using WhenKnown = std::function<Status(const Launched&)>;

/// Clones, maps, groups, limits; returns when the child has said Ready: all is done but dropping privileges and execve.
/// On failure the child is dead and reaped. A container's record gets pid and cgroup directories.
/// With Plan::immediate it returns earlier: the child needs nothing more, and awaitExec() tells of it.
Result<Launched> launch(Plan& plan, const Store& store, Record& record, const Trace& trace,
                        const WhenKnown& whenKnown = {});

/// Takes the seccomp listener, by its number in the child.
using ListenerSink = std::function<Status(int)>;
/// After Message::Start was sent, or at once with Plan::immediate: waits until execve is reached, or the process has
/// ended; the error met on the way otherwise.
Status awaitExec(int channel, const Trace& trace, const ListenerSink& onListener);

} // namespace diptych::runtime
