// What the guest sees of its processors, and which of the host's they run on.
#include "machines/domain_processors.h"
#include "machines/manage_target.h"

namespace diptych::machines {

namespace {

unsigned hostCpus(virConnectPtr connection)
{
    int count = virNodeGetCPUMap(connection, nullptr, nullptr, 0);
    virNodeInfo info{};
    if (count <= 0 && virNodeGetInfo(connection, &info) == 0)
        count = static_cast<int>(VIR_NODEINFO_MAXCPUS(info));
    return static_cast<unsigned>(std::max(count, 0));
}

Status pinLive(const Target& target, int64_t vcpu, const std::vector<bool>& set)
{
    std::vector<unsigned char> map(VIR_CPU_MAPLEN(set.size()), 0);
    for (size_t i = 0; i < set.size(); ++i)
        if (set[i])
            VIR_USE_CPU(map.data(), i);
    int length = static_cast<int>(map.size());
    if (vcpu < 0)
        return onLive(target, virDomainPinEmulator(target.domain.get(), map.data(), length, VIR_DOMAIN_AFFECT_LIVE));
    auto number = static_cast<unsigned>(vcpu);
    int pinned = virDomainPinVcpuFlags(target.domain.get(), number, map.data(), length, VIR_DOMAIN_AFFECT_LIVE);
    const virError* error = pinned < 0 ? virGetLastError() : nullptr;
    // Hypervisors that know no flags here pin what runs anyway.
    if (error && error->code == VIR_ERR_INVALID_ARG)
        pinned = virDomainPinVcpu(target.domain.get(), number, map.data(), length);
    return onLive(target, pinned);
}

} // namespace

Result<Json> setTopology(Host& host, const Json& parameters, Progress& /*progress*/)
{
    Target target;
    TRY(open(host, parameters, target));
    if (!target.persistent)
        return fail(Code::WrongState, "it is gone once it is off: there is no next start");
    TRY(setTopology(target.nextRoot(), parameters["sockets"].get<int64_t>(), parameters["cores"].get<int64_t>(),
                    parameters["threads"].get<int64_t>()));
    TRY(defineNext(target));
    return outcome(target, fail(Code::WrongState, "a guest learns of its sockets and cores when it starts"));
}

Result<Json> setPin(Host& host, const Json& parameters, Progress& /*progress*/)
{
    Target target;
    TRY(open(host, parameters, target));
    auto vcpu = parameters["vcpu"].get<int64_t>();
    auto cpus = parameters["cpus"].get<std::string>();
    unsigned all = hostCpus(target.connection.get());
    std::vector<bool> set = cpus.empty() ? std::vector<bool>(all, true) : TRY(cpuSet(cpus, all));
    if (target.persistent)
        TRY(setPin(target.nextRoot(), vcpu, cpus));
    TRY(defineNext(target));
    return outcome(target, target.active ? pinLive(target, vcpu, set) : Status());
}

int hostProcessors(virConnectPtr connection)
{
    return static_cast<int>(hostCpus(connection));
}

} // namespace diptych::machines
