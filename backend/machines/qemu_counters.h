// What the host counts of one QEMU, from files that stay open. Private to machines. One thread at a time.
#pragma once

#include "cgroups/cgroup.h"
#include "instances/driver.h"

#include <optional>

namespace diptych::machines {

class QemuCounters final
{
public:
    explicit QemuCounters(int pid); ///< 0: of nobody

    /// Sets threads, resident memory (libvirt's balloon.rss, which it keeps to itself while another call asks QEMU),
    /// the time it was held back and its OOM kills. False once this process has ended: another may run the same domain.
    /// An open /proc file stays the process's, whoever gets its number.
    bool read(Sample& sample) const;

private:
    UniqueFd m_stat; ///< /proc/PID/stat
    std::optional<cgroups::Cgroup> m_group;
};

} // namespace diptych::machines
