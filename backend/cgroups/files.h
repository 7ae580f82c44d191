// The open statistics files of one group. Private to this folder.
#pragma once

#include "cgroups/cgroup.h"

#include <array>
#include <mutex>

namespace diptych::cgroups {

/// What the kernel writes in a group's files: a number ("max" is 0), the number behind a key at the start of a line,
/// the sum of the numbers behind a key over the lines of io.stat ("8:0 rbytes=1 wbytes=2 ...") or its like in v1 ("8:0
/// Read 1"), but for devices that pass on what they are asked to another device, which counts it again.
uint64_t number(std::string_view text);
uint64_t keyed(std::string_view text, std::string_view key);
uint64_t summed(std::string_view text, std::string_view key, bool (*passesOn)(std::string_view device));
/// Whether a disk ("253:0") is the device mapper's: LVM's, LUKS's. Its requests keep their group on the way down.
bool isMapped(std::string_view device);

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
    uint64_t round = 0;    ///< of the sweep over many groups that took last; 0: of none
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
