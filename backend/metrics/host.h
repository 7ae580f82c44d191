// The host's own counters. Sources: proc(5) /proc/stat, /proc/meminfo, /proc/diskstats, /proc/net/dev, /proc/pressure.
#pragma once

#include "metrics/sampler.h"

#include <string>
#include <vector>

namespace diptych::metrics {

struct CoreTime
{
    uint64_t busy = 0, total = 0; ///< clock ticks
};

struct HostCounters
{
    std::vector<CoreTime> cores;
    uint64_t memoryTotal = 0, memoryAvailable = 0, swapTotal = 0, swapFree = 0;
    uint64_t readBytes = 0, writtenBytes = 0;
    uint64_t receivedBytes = 0, sentBytes = 0;
    Pressure pressure;
};

/// What can't be read is 0.
HostCounters readHost(const std::string& proc, const std::string& sys);
/// Per second; 0 when the counter ran backwards or no time passed.
double rate(uint64_t before, uint64_t now, double seconds);
/// Rates between two readings, seconds apart.
HostPoint hostPoint(const HostCounters& before, const HostCounters& now, double seconds);

} // namespace diptych::metrics
