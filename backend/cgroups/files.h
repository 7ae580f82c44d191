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

    /// The file's content in buffer, which is the caller's: one of each group's own would be 8 MiB of a thousand. Empty
    /// when the machine has no such file. ENODEV (the group is gone) is NotFound.
    using Buffer = std::array<char, 8192>;
    Result<std::string_view> read(const Cgroup& group, File file, Buffer& buffer);

    std::mutex mutex;      ///< hold it over read() and the use of what follows
    Statistics last;       ///< as statistics() last answered
    int repeated = -1;     ///< how often in a row part of last was answered again; -1: there is no last
    bool allInOne = false; ///< v2: cpu.stat has both times

private:
    struct Slot
    {
        UniqueFd fd;
        bool tried = false;
    };
    static UniqueFd open(const Cgroup& group, File file);

    std::array<Slot, Count> m_slots;
};

} // namespace diptych::cgroups
