#include "machines/qemu_counters.h"

#include "base/files.h"
#include "base/process.h"
#include "machines/driver.h"

#include <fcntl.h>
#include <unistd.h>

namespace diptych::machines {

QemuCounters::QemuCounters(int pid)
{
    if (pid == 0)
        return;
    if (auto stat = openFile(fmt::format("/proc/{}/stat", pid), O_RDONLY))
        m_stat = std::move(*stat);
    std::string path = cgroupOf(pid);
    auto hierarchies = cgroups::findHierarchies();
    if (!hierarchies || path.empty())
        return;
    if (auto group = cgroups::Cgroup::open(*hierarchies, path))
        m_group = std::move(*group);
}

bool QemuCounters::read(Sample& sample) const
{
    char buffer[1024];
    ssize_t n = m_stat ? ::pread(m_stat.get(), buffer, sizeof buffer, 0) : -1;
    if (n <= 0)
        return false;
    // Fields of proc(5)'s stat after the name in parentheses: 3 state, 20 threads, 24 resident pages.
    std::string_view stat(buffer, static_cast<size_t>(n));
    auto fields = split(stat.substr(std::min(stat.rfind(')'), stat.size() - 1) + 1), ' ');
    if (fields.size() < 23 || fields[1] == "Z")
        return false;
    sample.pids = leadingNumber(fields[18]);
    sample.memory = leadingNumber(fields[22]) * static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
    if (!m_group)
        return true;
    auto statistics = m_group->statistics(cgroups::Cgroup::Detail::Changes);
    if (!statistics)
        return false;
    sample.throttledNanoseconds = statistics->throttledNanoseconds;
    sample.oomKills = statistics->oomKills;
    return true;
}

} // namespace diptych::machines
