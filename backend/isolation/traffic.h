// What passes through a wall, counted for a moment: the system calls that its processes make to the host's kernel, by
// kind. bpf(2): a program on the raw tracepoint sys_enter counts for one control group, pid namespace or process.
#pragma once

#include "isolation/resources.h"

#include <chrono>

namespace diptych::isolation {

struct Flow
{
    struct Kind
    {
        std::string name;  ///< "openat"
        std::string group; ///< "files" "network" "memory" "processes" "signals" "time" "other"
        double perSecond = 0;
    };
    double perSecond = 0;    ///< of all kinds
    std::vector<Kind> kinds; ///< the most first
    Row row;                 ///< how they were counted, or why they could not be
    bool counted = false;
};

/// Blocks for that long. Every system call of the machine passes the program while it counts (README: what that
/// costs). Where the kernel does not allow it, reads and writes alone are told from /proc/PID/io, and the row says why.
Flow countCalls(const Instance& instance, const ResourceSources& sources, std::chrono::milliseconds time);

/// {"perSecond", "kinds": [{"name", "group", "perSecond"}], "statement", "values", "text", "evidence", "counted"}
Json toJson(const Flow& flow);

} // namespace diptych::isolation
