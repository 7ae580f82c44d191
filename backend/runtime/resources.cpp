#include "runtime/resources.h"

#include "base/files.h"

namespace diptych::runtime {

static std::string orMax(const std::optional<uint32_t>& value)
{
    return value ? std::to_string(*value) : "max";
}

cgroups::Resources resourcesFrom(const oci::Resources& r)
{
    cgroups::Resources out;
    out.cpuQuota = r.cpuQuota && *r.cpuQuota == 0 ? std::optional<int64_t>(-1) : r.cpuQuota;
    out.cpuPeriod = r.cpuPeriod && *r.cpuPeriod == 0 ? std::nullopt : r.cpuPeriod;
    out.cpuBurst = r.cpuBurst;
    out.cpuShares = r.cpuShares && *r.cpuShares == 0 ? std::nullopt : r.cpuShares;
    out.cpuIdle = r.cpuIdle;
    out.realtimeRuntime = r.realtimeRuntime;
    out.realtimePeriod = r.realtimePeriod;
    if (r.cpus && !r.cpus->empty())
        out.cpusetCpus = r.cpus;
    if (r.mems && !r.mems->empty())
        out.cpusetMems = r.mems;
    // 0 is "not set" in documents made by tools that write every member.
    if (r.memoryLimit.value_or(0) != 0)
        out.memoryMax = r.memoryLimit;
    if (r.memorySwap.value_or(0) != 0)
        out.memorySwap = r.memorySwap;
    if (r.memoryReservation.value_or(0) != 0)
        out.memoryLow = r.memoryReservation;
    out.swappiness = r.swappiness;
    if (r.kernelTcpMemory.value_or(0) != 0)
        out.kernelTcpMemory = r.kernelTcpMemory;
    out.oomKillOff = r.oomKillOff;
    out.checkMemory = r.checkMemory;
    if (r.pidsLimit)
        out.pidsMax = *r.pidsLimit <= 0 ? -1 : *r.pidsLimit;
    if (r.blockWeight.value_or(0) != 0)
        out.ioWeight = r.blockWeight;
    for (auto& t : r.throttles)
        out.ioMax.push_back({t.major, t.minor, t.readBps, t.writeBps, t.readIops, t.writeIops});
    for (auto& w : r.deviceWeights)
        out.ioDeviceWeights.push_back({w.major, w.minor, w.weight});
    out.networkClass = r.networkClass;
    out.networkPriorities = r.networkPriorities;
    for (auto& [device, limits] : r.rdma)
        out.rdma[device] = fmt::format("hca_handle={} hca_object={}", orMax(limits.handles), orMax(limits.objects));
    out.hugetlb = r.hugepages;
    out.unified = r.unified;
    return out;
}

std::vector<cgroups::Resources::DeviceRule> deviceRules(const std::vector<oci::DeviceRule>& rules)
{
    std::vector<cgroups::Resources::DeviceRule> out;
    out.push_back({false, 'a', {}, {}, "rwm"});
    for (const oci::DeviceRule& rule : rules)
        out.push_back({rule.allow, rule.type, rule.major, rule.minor, rule.access});
    // Making a node is harmless: opening it is what these rules decide.
    out.push_back({true, 'c', {}, {}, "m"});
    out.push_back({true, 'b', {}, {}, "m"});
    static constexpr std::pair<int64_t, int64_t> standard[] = {{1, 3}, {1, 5}, {1, 7}, {1, 8}, {1, 9}, {5, 0}, {5, 2}};
    for (auto& [major, minor] : standard)
        out.push_back({true, 'c', major, minor, "rwm"});
    out.push_back({true, 'c', 136, {}, "rwm"}); // the slaves of devpts
    return out;
}

bool asksForLimits(const oci::Resources& r)
{
    return r.cpuQuota.value_or(0) > 0 || r.cpuShares.value_or(0) > 0 || r.cpuBurst || r.cpuIdle || r.cpus || r.mems ||
           r.memoryLimit.value_or(0) > 0 || r.memoryReservation.value_or(0) > 0 || r.memorySwap.value_or(0) > 0 ||
           r.pidsLimit.value_or(0) > 0 || r.blockWeight.value_or(0) > 0 || !r.throttles.empty() ||
           !r.deviceWeights.empty() || !r.hugepages.empty() || !r.unified.empty() || !r.rdma.empty() ||
           r.networkClass || !r.networkPriorities.empty() || r.realtimeRuntime.value_or(0) != 0;
}

Result<std::string> cgroupPath(const std::string& wanted, const std::string& id)
{
    if (wanted.find(':') != std::string::npos)
        return tl::unexpected<Error>(
            Error{Code::NotSupported,
                  fmt::format("linux.cgroupsPath: \"{}\" is for systemd: use a path, or --systemd-cgroup", wanted),
                  "linux.cgroupsPath", 0});
    std::string path = wanted.empty() ? "/diptych/" + id : wanted.front() == '/' ? wanted : "/diptych/" + wanted;
    for (std::string_view part : split(path, '/'))
        if (part == ".." || part == ".")
            return oci::wrongField("linux.cgroupsPath", fmt::format("\"{}\" must not contain \".\" or \"..\"", wanted));
    if (path.find_first_not_of('/') == std::string::npos)
        return oci::wrongField("linux.cgroupsPath", "must not be the root");
    return path;
}

} // namespace diptych::runtime
