#include "daemon/metric_bucket.h"

#include <algorithm>
#include <cmath>

namespace diptych {

namespace {

constexpr std::array<double, MetricBucket::ValueCount> unitOf{1e-4, 1e-4, 1e-3, 4096, 4096, 4096, 0.1,
                                                              1,    1,    1,    1,    0.01, 0.01, 0.01};
using Whole = std::array<int64_t, MetricBucket::ValueCount>;

/// In units. A maximum is told as its distance to its mean: mostly nothing.
Whole inUnits(const MetricBucket& bucket)
{
    Whole whole{};
    for (size_t i = 0; i < whole.size(); ++i) {
        double units = bucket.values[i] / unitOf[i];
        whole[i] = std::isfinite(units) ? std::llround(std::clamp(units, 0.0, 1e15)) : 0;
    }
    whole[MetricBucket::CpuMax] -= whole[MetricBucket::Cpu];
    whole[MetricBucket::MemoryMax] -= whole[MetricBucket::Memory];
    return whole;
}

MetricBucket fromUnits(uint32_t seconds, Whole whole)
{
    whole[MetricBucket::CpuMax] += whole[MetricBucket::Cpu];
    whole[MetricBucket::MemoryMax] += whole[MetricBucket::Memory];
    MetricBucket bucket;
    bucket.seconds = seconds;
    for (size_t i = 0; i < whole.size(); ++i)
        bucket.values[i] = static_cast<double>(whole[i]) * unitOf[i];
    return bucket;
}

void putNumber(std::string& bytes, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        bytes.push_back(static_cast<char>(number | 0x80));
    bytes.push_back(static_cast<char>(number));
}

/// Small numbers of either sign become small ones without.
uint64_t folded(int64_t number)
{
    return (static_cast<uint64_t>(number) << 1) ^ (number < 0 ? ~uint64_t{0} : 0);
}

int64_t unfolded(uint64_t number)
{
    return static_cast<int64_t>((number >> 1) ^ (number & 1 ? ~uint64_t{0} : 0));
}

class NumberReader
{
public:
    explicit NumberReader(const std::string& bytes) : m_bytes(bytes) {}
    std::optional<uint64_t> next()
    {
        uint64_t number = 0;
        for (int shift = 0; shift < 64 && m_at < m_bytes.size(); shift += 7) {
            auto byte = static_cast<uint8_t>(m_bytes[m_at++]);
            number |= static_cast<uint64_t>(byte & 0x7f) << shift;
            if (!(byte & 0x80))
                return number;
        }
        return std::nullopt;
    }
    [[nodiscard]] bool atEnd() const { return m_at == m_bytes.size(); }

private:
    const std::string& m_bytes;
    size_t m_at = 0;
};

} // namespace

void MetricBucket::add(const MetricBucket& other)
{
    if (other.empty())
        return;
    double all = static_cast<double>(seconds) + other.seconds;
    for (size_t i = 0; i < values.size(); ++i) {
        if (isMaximum(i))
            values[i] = std::max(values[i], other.values[i]);
        else
            values[i] = (values[i] * seconds + other.values[i] * other.seconds) / all;
    }
    seconds += other.seconds;
}

std::string packBuckets(const std::vector<MetricBucket>& buckets)
{
    std::string bytes;
    Whole before{};
    for (const MetricBucket& bucket : buckets) {
        putNumber(bytes, bucket.seconds);
        if (bucket.empty())
            continue;
        Whole now = inUnits(bucket);
        uint64_t changed = 0;
        for (size_t i = 0; i < now.size(); ++i)
            changed |= static_cast<uint64_t>(now[i] != before[i]) << i;
        putNumber(bytes, changed);
        for (size_t i = 0; i < now.size(); ++i) {
            if (now[i] != before[i])
                putNumber(bytes, folded(now[i] - before[i]));
        }
        before = now;
    }
    return bytes;
}

std::optional<std::vector<MetricBucket>> unpackBuckets(const std::string& bytes, size_t count)
{
    std::vector<MetricBucket> buckets(count);
    NumberReader reader(bytes);
    Whole now{};
    for (MetricBucket& bucket : buckets) {
        auto seconds = reader.next();
        if (!seconds || *seconds > UINT32_MAX)
            return std::nullopt;
        if (*seconds == 0)
            continue;
        auto changed = reader.next();
        if (!changed || *changed >> MetricBucket::ValueCount != 0)
            return std::nullopt;
        for (size_t i = 0; i < now.size(); ++i) {
            if (!(*changed >> i & 1))
                continue;
            auto difference = reader.next();
            if (!difference)
                return std::nullopt;
            // Without sign: what a damaged row adds up to must not be undefined.
            now[i] = static_cast<int64_t>(static_cast<uint64_t>(now[i]) + static_cast<uint64_t>(unfolded(*difference)));
        }
        bucket = fromUnits(static_cast<uint32_t>(*seconds), now);
    }
    return reader.atEnd() ? std::optional(std::move(buckets)) : std::nullopt;
}

} // namespace diptych
