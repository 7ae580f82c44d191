#include "containers/entry.h"

#include <cmath>

namespace diptych::containers {

Instance instanceOf(Entry& entry, const std::string& cgroupParent)
{
    std::lock_guard lock(entry.mutex);
    const Record& r = entry.record;
    Instance i;
    i.id = entry.id;
    i.spec = r.spec;
    i.state = entry.state;
    i.problem = entry.damage.empty() ? r.problem : entry.damage;
    i.createdAt = r.createdAt;
    i.startedAt = r.startedAt;
    i.finishedAt = isUp(entry.state) ? 0 : r.finishedAt;
    i.exitCode = r.exitCode;
    i.oomKilled = r.oomKilled;
    i.pid = entry.pid;
    i.address = r.link.address;
    i.mac = r.link.mac;
    i.cgroup = cgroupParent + "/" + entry.id;
    if (r.spec.network.mode == NetworkMode::Host)
        i.hostNamespaces = {"network"};
    i.startNanoseconds = r.startNanoseconds;
    return i;
}

cgroups::Resources resourcesOf(const Limits& limits)
{
    cgroups::Resources r;
    r.cpuPeriod = 100000;
    r.cpuQuota = limits.cpus > 0 ? static_cast<int64_t>(std::llround(limits.cpus * 100000)) : -1;
    r.memoryMax = limits.memory > 0 ? static_cast<int64_t>(limits.memory) : -1;
    r.memorySwap = r.memoryMax;
    r.pidsMax = limits.pids > 0 ? static_cast<int64_t>(limits.pids) : -1;
    return r;
}

} // namespace diptych::containers
