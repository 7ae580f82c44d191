// The open statistics files of one group. Private to this folder.
#pragma once

#include "cgroups/cgroup.h"

#include <array>
#include <mutex>

namespace diptych::cgroups {

/// What the kernel writes in a group's files: a number ("max" is 0), the number behind a key at the start of a line,
/// the sum of the numbers behind a key anywhere.
uint64_t number(std::string_view text);
uint64_t keyed(std::string_view text, std::string_view key);
uint64_t summed(std::string_view text, std::string_view key);

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
