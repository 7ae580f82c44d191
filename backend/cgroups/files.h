// The open statistics files of one group. Private to this folder.
#pragma once

#include "cgroups/cgroup.h"

#include <array>
#include <mutex>

namespace diptych::cgroups {

class Cgroup::Files
{
public:
    enum File { CpuUsage, CpuStat, Memory, MemoryPeak, MemoryMax, MemoryStat, MemoryEvents, Pids, PidsMax, Io, Count };

    /// The file's content in a buffer of this object, until the next read. Empty when the machine has no such file.
    /// ENODEV (the group is gone) is NotFound.
    Result<std::string_view> read(const Cgroup& group, File file);

    std::mutex mutex; ///< hold it over read() and the use of its answer

private:
    struct Slot
    {
        UniqueFd fd;
        bool tried = false;
    };
    static UniqueFd open(const Cgroup& group, File file);

    std::array<Slot, Count> m_slots;
    std::string m_buffer;
};

} // namespace diptych::cgroups
