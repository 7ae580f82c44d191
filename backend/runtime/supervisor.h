// The small process that stays with a supervised container or exec session: its parent, its terminal, its log, its exit
// record.
#pragma once

#include "runtime/container.h"
#include "runtime/launch.h"

#include <functional>
#include <string>

namespace diptych::runtime {

/// What the supervisor's own process makes: stdio is for its program when there is no terminal. It leaves directory
/// named.
struct Supervised
{
    Launched launched;
    Record record;         ///< whose cgroup tells about out-of-memory kills
    std::string directory; ///< where its files go; must exist
    bool terminal = false;
    const Store* store = nullptr; ///< with startNow
    bool startNow = false;        ///< exec: send Start and wait for execve before reporting success
};
using MakeSupervised = std::function<Result<Supervised>(const std::array<int, 3>& stdio)>;

/// Forks the supervisor, which calls make(); returns when it has reported, with its error if there was one.
Status superviseInBackground(const MakeSupervised& make, const Trace& trace);

} // namespace diptych::runtime
