#include "cgroups/apply.h"
#include "base/files.h"
#include "cgroups/cgroup.h"

#include <algorithm>
#include <charconv>
#include <fcntl.h>
#include <unistd.h>

namespace diptych::cgroups {

namespace {

using Place = Cgroup::Place;

/// The place, or an error that names the controller and the field that needs it.
Result<Place> need(const Cgroup& group, const char* controller, const char* field)
{
    Place place = group.place(controller);
    if (place.fd < 0)
        return fail(Code::NotSupported, fmt::format("{} can not be limited: this machine has no \"{}\" control group "
                                                    "controller (boot with it enabled)",
                                                    field, controller));
    return place;
}

std::string orMax(int64_t value)
{
    return value < 0 ? "max" : std::to_string(value);
}

bool has(int directory, const char* name)
{
    return ::faccessat(directory, name, F_OK, 0) == 0;
}

uint64_t weightOf(uint64_t shares)
{
    shares = std::clamp<uint64_t>(shares, 2, 262144);
    return 1 + (shares - 2) * 9999 / 262142;
}

uint64_t sharesOf(uint64_t weight)
{
    weight = std::clamp<uint64_t>(weight, 1, 10000);
    return 2 + (weight - 1) * 262142 / 9999;
}

Status cpuTimeV2(int fd, const Resources& r)
{
    std::string now = TRY(readFileAt(fd, "cpu.max"));
    auto fields = split(trim(now), ' ');
    std::string quota = r.cpuQuota ? (*r.cpuQuota <= 0 ? "max" : std::to_string(*r.cpuQuota)) : std::string(fields[0]);
    std::string period =
        r.cpuPeriod ? std::to_string(*r.cpuPeriod) : std::string(fields.size() > 1 ? fields[1] : "100000");
    return writeFileAt(fd, "cpu.max", quota + " " + period);
}

Status cpuTimeV1(int fd, const Resources& r)
{
    std::string period = r.cpuPeriod ? std::to_string(*r.cpuPeriod) : "";
    std::string quota = r.cpuQuota ? std::to_string(*r.cpuQuota <= 0 ? -1 : *r.cpuQuota) : "";
    // The kernel checks quota / period against the parent after each write: whichever order passes.
    bool later = !period.empty() && !writeFileAt(fd, "cpu.cfs_period_us", period);
    if (!quota.empty())
        TRY(writeFileAt(fd, "cpu.cfs_quota_us", quota));
    if (later)
        TRY(writeFileAt(fd, "cpu.cfs_period_us", period));
    return {};
}

// v2 has no such controls, and a kernel only with CONFIG_RT_GROUP_SCHED.
Status realtime(const Place& place, const Resources& r)
{
    if (place.v2 || !has(place.fd, "cpu.rt_runtime_us"))
        return fail(Code::NotSupported, "cpu.realtimeRuntime, cpu.realtimePeriod: this kernel does not limit real-time "
                                        "tasks by control group");
    bool later = r.realtimePeriod && !writeFileAt(place.fd, "cpu.rt_period_us", std::to_string(*r.realtimePeriod));
    if (r.realtimeRuntime)
        TRY(writeFileAt(place.fd, "cpu.rt_runtime_us", std::to_string(*r.realtimeRuntime)));
    return later ? writeFileAt(place.fd, "cpu.rt_period_us", std::to_string(*r.realtimePeriod)) : Status();
}

Status applyCpu(const Cgroup& group, const Resources& r)
{
    bool time = r.cpuQuota || r.cpuPeriod;
    bool real = r.realtimeRuntime.value_or(0) != 0 || r.realtimePeriod.value_or(0) != 0; // 0 is "not set"
    if (!time && !real && !r.cpuBurst && !r.cpuShares && !r.cpuWeight && !r.cpuIdle)
        return {};
    Place place = TRY(need(group, "cpu", "cpu"));
    if (real)
        TRY(realtime(place, r));
    const char* burstFile = place.v2 ? "cpu.max.burst" : "cpu.cfs_burst_us";
    // A burst may not exceed the quota: before a smaller quota, after a larger one.
    bool later = r.cpuBurst && !writeFileAt(place.fd, burstFile, std::to_string(*r.cpuBurst));
    if (time)
        TRY(place.v2 ? cpuTimeV2(place.fd, r) : cpuTimeV1(place.fd, r));
    if (later)
        TRY(writeFileAt(place.fd, burstFile, std::to_string(*r.cpuBurst)));
    if (r.cpuWeight || (r.cpuShares && *r.cpuShares != 0)) {
        uint64_t weight = r.cpuWeight ? *r.cpuWeight : weightOf(*r.cpuShares);
        uint64_t shares = r.cpuWeight ? sharesOf(*r.cpuWeight) : *r.cpuShares;
        TRY(place.v2 ? writeFileAt(place.fd, "cpu.weight", std::to_string(weight))
                     : writeFileAt(place.fd, "cpu.shares", std::to_string(shares)));
    }
    if (r.cpuIdle)
        TRY(writeFileAt(place.fd, "cpu.idle", *r.cpuIdle ? "1" : "0"));
    return {};
}

Status applyCpuset(const Cgroup& group, const Resources& r)
{
    if (!r.cpusetCpus && !r.cpusetMems)
        return {};
    Place place = TRY(need(group, "cpuset", "cpuset"));
    if (r.cpusetCpus)
        TRY(writeFileAt(place.fd, "cpuset.cpus", *r.cpusetCpus));
    if (r.cpusetMems)
        TRY(writeFileAt(place.fd, "cpuset.mems", *r.cpusetMems));
    return {};
}

int64_t current(int fd, const char* file)
{
    std::string text = readFileAt(fd, file).value_or("");
    int64_t value = 0;
    auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    return parsed.ec == std::errc() ? value : INT64_MAX;
}

// v2 counts swap alone, OCI memory and swap together.
Status memoryV2(int fd, const Resources& r)
{
    if (r.memorySwap) {
        int64_t memory = r.memoryMax ? *r.memoryMax : current(fd, "memory.max");
        if (*r.memorySwap >= 0 && (memory < 0 || *r.memorySwap < memory))
            return failField("memory.swap", "memory and swap together can not be less than memory");
        if (has(fd, "memory.swap.max"))
            TRY(writeFileAt(fd, "memory.swap.max", *r.memorySwap < 0 ? "max" : std::to_string(*r.memorySwap - memory)));
    }
    if (r.memoryMax)
        TRY(writeFileAt(fd, "memory.max", orMax(*r.memoryMax)));
    for (const auto& [file, value] :
         {std::pair{"memory.min", r.memoryMin}, {"memory.low", r.memoryLow}, {"memory.high", r.memoryHigh}})
        if (value)
            TRY(writeFileAt(fd, file, orMax(*value)));
    return {};
}

// memsw may never be below limit: raise it first, lower it last.
Status memoryV1(int fd, const Resources& r)
{
    constexpr const char* both = "memory.memsw.limit_in_bytes";
    constexpr const char* alone = "memory.limit_in_bytes";
    std::optional<int64_t> swap = r.memorySwap;
    if (r.memoryMax && *r.memoryMax < 0 && !swap)
        swap = -1;
    if (!has(fd, both))
        swap.reset(); // a kernel without swap accounting
    bool raise = swap && (*swap < 0 || *swap > current(fd, both));
    if (raise)
        TRY(writeFileAt(fd, both, std::to_string(*swap)));
    if (r.memoryMax)
        TRY(writeFileAt(fd, alone, std::to_string(*r.memoryMax)));
    if (swap && !raise)
        TRY(writeFileAt(fd, both, std::to_string(*swap)));
    if (r.memoryLow)
        TRY(writeFileAt(fd, "memory.soft_limit_in_bytes", std::to_string(*r.memoryLow)));
    return {};
}

Status legacyMemory(const Place& place, const Resources& r)
{
    if (place.v2)
        return fail(Code::NotSupported,
                    "memory.swappiness, memory.kernelTCP, memory.disableOOMKiller: cgroup v2 has nothing like them");
    if (r.swappiness)
        TRY(writeFileAt(place.fd, "memory.swappiness", std::to_string(*r.swappiness)));
    if (r.kernelTcpMemory)
        TRY(writeFileAt(place.fd, "memory.kmem.tcp.limit_in_bytes", std::to_string(*r.kernelTcpMemory)));
    return r.oomKillOff ? writeFileAt(place.fd, "memory.oom_control", "1") : Status();
}

Status checkUse(const Place& place, int64_t limit)
{
    int64_t used = current(place.fd, place.v2 ? "memory.current" : "memory.usage_in_bytes");
    if (limit < 0 || used <= limit)
        return {};
    return failField("memory.limit", fmt::format("memory.limit: {} bytes are in use, more than {}", used, limit));
}

Status applyMemory(const Cgroup& group, const Resources& r)
{
    bool legacy = r.swappiness || r.kernelTcpMemory || r.oomKillOff;
    if (!r.memoryMax && !r.memorySwap && !r.memoryLow && !r.memoryHigh && !r.memoryMin && !legacy)
        return {};
    Place place = TRY(need(group, "memory", "memory"));
    if (legacy)
        TRY(legacyMemory(place, r));
    if (r.checkMemory && r.memoryMax)
        TRY(checkUse(place, *r.memoryMax));
    return place.v2 ? memoryV2(place.fd, r) : memoryV1(place.fd, r);
}

Status applyPids(const Cgroup& group, const Resources& r)
{
    if (!r.pidsMax)
        return {};
    Place place = TRY(need(group, "pids", "processes"));
    return writeFileAt(place.fd, "pids.max", orMax(*r.pidsMax));
}

Status ioWeight(const Place& place, uint64_t weight)
{
    weight = std::clamp<uint64_t>(weight, 1, 10000);
    if (place.v2 && has(place.fd, "io.weight"))
        return writeFileAt(place.fd, "io.weight", fmt::format("default {}", weight));
    const char* bfq = place.v2                            ? "io.bfq.weight"
                      : has(place.fd, "blkio.bfq.weight") ? "blkio.bfq.weight"
                                                          : "blkio.weight";
    if (!has(place.fd, bfq))
        return fail(Code::NotSupported, "this kernel has no weights for disk access (neither BFQ nor iocost)");
    // From 1..10000 to what these files take, 10..1000.
    return writeFileAt(place.fd, bfq, std::to_string(10 + (weight - 1) * 990 / 9999));
}

Status ioDeviceWeight(const Place& place, const Resources::DeviceWeight& device)
{
    uint64_t weight = std::clamp<uint64_t>(device.weight, 1, 10000);
    if (place.v2 && has(place.fd, "io.weight"))
        return writeFileAt(place.fd, "io.weight", fmt::format("{}:{} {}", device.major, device.minor, weight));
    const char* file = place.v2                                   ? "io.bfq.weight"
                       : has(place.fd, "blkio.bfq.weight_device") ? "blkio.bfq.weight_device"
                                                                  : "blkio.weight_device";
    if (!has(place.fd, file))
        return fail(Code::NotSupported, "this kernel has no weights for disk access (neither BFQ nor iocost)");
    return writeFileAt(place.fd, file,
                       fmt::format("{}:{} {}", device.major, device.minor, 10 + (weight - 1) * 990 / 9999));
}

Status ioThrottle(const Place& place, const Resources::Throttle& t)
{
    std::string line = fmt::format("{}:{}", t.major, t.minor);
    struct Part
    {
        const std::optional<uint64_t>& value;
        const char *v2, *v1;
    };
    for (const Part& part : {Part{t.readBps, "rbps", "blkio.throttle.read_bps_device"},
                             Part{t.writeBps, "wbps", "blkio.throttle.write_bps_device"},
                             Part{t.readIops, "riops", "blkio.throttle.read_iops_device"},
                             Part{t.writeIops, "wiops", "blkio.throttle.write_iops_device"}}) {
        if (!part.value)
            continue;
        if (!place.v2)
            TRY(writeFileAt(place.fd, part.v1, fmt::format("{}:{} {}", t.major, t.minor, *part.value)));
        else
            line += fmt::format(" {}={}", part.v2, *part.value == 0 ? "max" : std::to_string(*part.value));
    }
    return place.v2 ? writeFileAt(place.fd, "io.max", line) : Status{};
}

Status applyIo(const Cgroup& group, const Resources& r)
{
    if (!r.ioWeight && r.ioMax.empty() && r.ioDeviceWeights.empty())
        return {};
    Place place = group.place("blkio");
    if (place.fd < 0)
        place = TRY(need(group, "io", "disk access"));
    if (r.ioWeight)
        TRY(ioWeight(place, *r.ioWeight));
    for (const auto& device : r.ioDeviceWeights)
        TRY(ioDeviceWeight(place, device));
    for (const auto& throttle : r.ioMax)
        TRY(ioThrottle(place, throttle));
    return {};
}

Status applyNetwork(const Cgroup& group, const Resources& r)
{
    if (r.networkClass)
        TRY(writeFileAt(TRY(need(group, "net_cls", "network.classID")).fd, "net_cls.classid",
                        std::to_string(*r.networkClass)));
    for (const auto& [name, priority] : r.networkPriorities)
        TRY(writeFileAt(TRY(need(group, "net_prio", "network.priorities")).fd, "net_prio.ifpriomap",
                        fmt::format("{} {}", name, priority)));
    return {};
}

Status applyRdma(const Cgroup& group, const Resources& r)
{
    for (const auto& [device, limits] : r.rdma)
        TRY(writeFileAt(TRY(need(group, "rdma", "rdma")).fd, "rdma.max", fmt::format("{} {}", device, limits)));
    return {};
}

Status applyHugetlb(const Cgroup& group, const Resources& r)
{
    for (const auto& [size, bytes] : r.hugetlb) {
        Place place = TRY(need(group, "hugetlb", "huge pages"));
        if (size.find('/') != std::string::npos)
            return failField("linux.resources.hugepageLimits", fmt::format("\"{}\" is no page size", size));
        TRY(writeFileAt(place.fd, fmt::format("hugetlb.{}.{}", size, place.v2 ? "max" : "limit_in_bytes"),
                        std::to_string(bytes)));
    }
    return {};
}

Status applyUnified(const Cgroup& group, const Resources& r)
{
    for (const auto& [file, content] : r.unified) {
        // A key names one file of this very group, never a path to somewhere else.
        if (file.find('/') != std::string::npos || file.find('.') == std::string::npos || file.starts_with("."))
            return failField("linux.resources.unified", fmt::format("\"{}\" is no control group file", file));
        int fd = group.place("").fd;
        if (fd < 0)
            return fail(Code::NotSupported, fmt::format("{} needs cgroup v2, which is not mounted here", file));
        auto written = writeFileAt(fd, file, content);
        // On a hybrid machine most controllers are v1's.
        if (!written && written.error().systemError == ENOENT)
            return failField("linux.resources.unified",
                             fmt::format("invalid configuration: the group has no {} of cgroup v2", file));
        TRY(std::move(written));
    }
    return {};
}

Status applyDevices(const Cgroup& group, const Resources& r)
{
    if (r.devices.empty())
        return {};
    Place place = TRY(need(group, "devices", "devices"));
    return place.v2 ? applyDevicesV2(place.fd, r.devices) : applyDevicesV1(place.fd, r.devices);
}

} // namespace

Status Cgroup::apply(const Resources& resources) const
{
    for (auto* part : {applyCpuset, applyCpu, applyMemory, applyPids, applyIo, applyNetwork, applyRdma, applyHugetlb,
                       applyUnified, applyDevices})
        TRYX(part(*this, resources), m_path);
    return {};
}

} // namespace diptych::cgroups
