// Reading all groups below one parent over and over, for a sampler. One thread at a time.
#pragma once

#include "cgroups/disk_counting.h"

namespace diptych::cgroups {

/// What a group holds and what was read and written in it count in its parent too: where the parent's figures stand as
/// they stood at the round before, those of its children do, and need not be read. On v1 that is so where the memory
/// controller is hierarchical and the block layer counts recursively; else everything is read.
class SiblingSweep final
{
public:
    SiblingSweep(const Hierarchies& hierarchies, std::string parent);

    /// Sees to it that the kernel counts what is read and written below the parent; begin() calls it now and then, for
    /// disks that came. Call it before a child's first program runs.
    void prepare();
    /// Before each round: reads the parent. Without it, and for groups of other parents, everything is read.
    void begin();
    /// Of a child, as Cgroup::Detail::Changes. Memory of a group at rest can lag by up to ten rounds when a sibling
    /// took, to the byte, what it gave.
    [[nodiscard]] Result<Statistics> read(const Cgroup& child) const;

private:
    struct Watched
    {
        UniqueFd file;
        std::string before;
        [[nodiscard]] bool stands(); ///< reads; whether it reads as before
    };
    void open(const Cgroup& parent);

    Hierarchies m_hierarchies;
    std::string m_parent;
    Watched m_memory, m_io;
    DiskCounting m_disks;
    Cgroup::Still m_still;
};

} // namespace diptych::cgroups
