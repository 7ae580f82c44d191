// A stretch of one series' measurements, and many of them packed into a row: what is the same as in the bucket before
// costs one bit, a small change one or two bytes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace diptych {

struct MetricBucket
{
    enum Value {
        Cpu,         ///< cores
        CpuMax,      ///< highest second (fine) or minute's maximum (coarse)
        Throttled,   ///< 0..1
        Memory,      ///< bytes
        MemoryMax,   ///< bytes
        GuestMemory, ///< bytes, 0 unknown
        Pids,
        ReadRate,
        WriteRate,
        ReceiveRate,
        SendRate, ///< bytes per second
        CpuPressure,
        MemoryPressure,
        IoPressure, ///< percent; of the host only
        ValueCount
    };
    uint32_t seconds = 0; ///< how many were measured; 0: nothing is known and all else is 0
    std::array<double, ValueCount> values{};

    [[nodiscard]] bool empty() const { return seconds == 0; }
    [[nodiscard]] double operator[](Value value) const { return values[value]; }
    /// Means are weighted by seconds, maxima are the higher of both.
    void add(const MetricBucket& other);
    static bool isMaximum(size_t value) { return value == CpuMax || value == MemoryMax; }
};

/// Values are rounded: cores to 1/10000, shares to 1/1000, pressure to 1/100, memory to whole pages of 4 KiB, rates and
/// pids to whole ones (means of pids to 1/10).
std::string packBuckets(const std::vector<MetricBucket>& buckets);
/// Nothing when the bytes are not what packBuckets() made of count buckets.
std::optional<std::vector<MetricBucket>> unpackBuckets(const std::string& bytes, size_t count);

} // namespace diptych
