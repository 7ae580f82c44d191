#include "cgroups/sibling_sweep.h"

#include "base/files.h"

#include <fcntl.h>
#include <unistd.h>

namespace diptych::cgroups {

SiblingSweep::SiblingSweep(const Hierarchies& hierarchies, std::string parent)
    : m_hierarchies(hierarchies), m_parent(std::move(parent))
{
}

bool SiblingSweep::Watched::stands()
{
    if (!file)
        return false;
    char buffer[8192];
    ssize_t n = ::pread(file.get(), buffer, sizeof buffer, 0);
    if (n <= 0) // gone, perhaps to come again as another
        file = UniqueFd();
    std::string_view now(buffer, n > 0 ? static_cast<size_t>(n) : 0);
    bool same = n > 0 && now == before;
    before = now;
    return same;
}

void SiblingSweep::open(const Cgroup& parent)
{
    auto openIn = [](const Cgroup::Place& place, const char* name) {
        auto fd = place.fd >= 0 ? openFileAt(place.fd, name, O_RDONLY) : Result<UniqueFd>(UniqueFd());
        return fd ? std::move(*fd) : UniqueFd();
    };
    Cgroup::Place memory = parent.place("memory"), io = parent.place("io");
    if (memory.v2)
        m_memory.file = openIn(memory, "memory.current");
    else if (trim(readFileAt(memory.fd, "memory.use_hierarchy").value_or("")) == "1")
        m_memory.file = openIn(memory, "memory.usage_in_bytes");
    m_io.file =
        io.v2 ? openIn(io, "io.stat") : openIn(parent.place("blkio"), "blkio.throttle.io_service_bytes_recursive");
}

void SiblingSweep::prepare()
{
    auto parent = Cgroup::open(m_hierarchies, m_parent);
    if (!parent)
        return;
    m_disks.begin(*parent);
    if (!m_memory.file && !m_io.file)
        open(*parent);
}

void SiblingSweep::begin()
{
    constexpr uint64_t roundsBetweenDisks = 30;
    if ((!m_memory.file && !m_io.file) || m_still.round % roundsBetweenDisks == 0)
        prepare();
    ++m_still.round;
    m_still.memory = m_memory.stands();
    m_still.io = m_io.stands();
}

Result<Statistics> SiblingSweep::read(const Cgroup& child) const
{
    std::string_view path = child.path();
    bool below = path.size() > m_parent.size() && path.starts_with(m_parent) && path[m_parent.size()] == '/';
    return child.statistics(Cgroup::Detail::Changes, below ? m_still : Cgroup::Still{});
}

} // namespace diptych::cgroups
