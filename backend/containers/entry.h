// One container as the driver holds it.
#pragma once

#include "cgroups/cgroup.h"
#include "containers/record.h"
#include "instances/instance.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

namespace diptych::containers {

struct Entry
{
    explicit Entry(std::string name) : id(std::move(name)) {}

    const std::string id;
    std::mutex mutex; ///< over all below; never held over a call to the runtime or to libvirt
    std::condition_variable changed;
    Record record;
    State state = State::Stopped;
    std::string damage;                      ///< why Broken
    bool ending = false;                     ///< finish() is at it
    int pid = 0;                             ///< the container's init on the host; 0: not running
    std::shared_ptr<cgroups::Cgroup> cgroup; ///< while it runs; keeps its statistics files open
};
using EntryRef = std::shared_ptr<Entry>;

/// Takes the lock.
Instance instanceOf(Entry& entry, const std::string& cgroupParent);
[[nodiscard]] inline bool isUp(State state)
{
    return state == State::Running || state == State::Paused || state == State::Stopping;
}
/// Words of a limit change for Cgroup::apply: 0 is no limit.
cgroups::Resources resourcesOf(const Limits& limits);

} // namespace diptych::containers
