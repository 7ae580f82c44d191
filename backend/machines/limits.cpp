#include "machines/driver.h"

#include "base/log.h"
#include "machines/network.h"

namespace diptych::machines {

namespace {

Status setQuota(virDomainPtr domain, int64_t quota, unsigned flags)
{
    virTypedParameterPtr parameters = nullptr;
    int count = 0, capacity = 0;
    virTypedParamsAddULLong(&parameters, &count, &capacity, VIR_DOMAIN_SCHEDULER_GLOBAL_PERIOD, cpuPeriod);
    virTypedParamsAddLLong(&parameters, &count, &capacity, VIR_DOMAIN_SCHEDULER_GLOBAL_QUOTA, quota);
    int outcome = virDomainSetSchedulerParametersFlags(domain, parameters, count, flags);
    Status status = outcome < 0 ? Status(failLibvirt("CPU quota")) : Status();
    virTypedParamsFree(parameters, count);
    return status;
}

unsigned configFlag(const virDomainPtr domain)
{
    unsigned flag = VIR_DOMAIN_AFFECT_CONFIG;
    return virDomainIsPersistent(domain) == 1 ? flag : 0;
}

} // namespace

/// The quota is what limits; the number of vCPUs follows it so that the guest sees what it gets.
Status MachineDriver::setCpus(Seen& seen, const Limits& limits, bool& growing)
{
    virDomainPtr domain = seen.domain.get();
    unsigned flags = configFlag(domain);
    if (seen.active)
        flags |= VIR_DOMAIN_AFFECT_LIVE;
    TRYX(setQuota(domain, quotaFor(limits.cpus), flags), seen.info.name);
    unsigned wanted = vcpusFor(limits.cpus, seen.info.maximumCpus);
    if (configFlag(domain) && virDomainSetVcpusFlags(domain, wanted, VIR_DOMAIN_AFFECT_CONFIG) < 0)
        return failLibvirt(fmt::format("vCPUs of {}", seen.info.name));
    if (!seen.active || wanted == seen.info.cpus)
        return {};
    growing = wanted > seen.info.cpus;
    // A guest may refuse to give a processor back; the quota holds all the same.
    if (virDomainSetVcpusFlags(domain, wanted, VIR_DOMAIN_AFFECT_LIVE) < 0)
        logLine(Level::Notice, libvirtError(fmt::format("vCPUs of {} while it runs", seen.info.name)).message);
    return {};
}

Status MachineDriver::setMemory(Seen& seen, const Limits& limits, std::string& later)
{
    virDomainPtr domain = seen.domain.get();
    uint64_t wanted = memoryFor(limits) / 1024; // KiB
    uint64_t largest = seen.info.memory / 1024;
    if (configFlag(domain)) {
        // The new maximum is that of the next start: RAM beyond it can't be had by a balloon.
        unsigned maximum = configFlag(domain) | unsigned{VIR_DOMAIN_MEM_MAXIMUM};
        if (virDomainSetMemoryFlags(domain, wanted, maximum) < 0 ||
            virDomainSetMemoryFlags(domain, wanted, VIR_DOMAIN_AFFECT_CONFIG) < 0)
            return failLibvirt(fmt::format("memory of {}", seen.info.name));
    }
    if (!seen.active)
        return {};
    if (virDomainSetMemoryFlags(domain, std::min(wanted, largest), VIR_DOMAIN_AFFECT_LIVE) < 0)
        return failLibvirt(fmt::format("memory of {} while it runs", seen.info.name));
    if (wanted > largest)
        later = fmt::format("{} was started with {} MiB of RAM and can't grow beyond it while it runs: the rest comes "
                            "with the next start",
                            seen.info.name, largest / 1024);
    return {};
}

Status MachineDriver::setLimits(const std::string& id, const Limits& limits)
{
    TRY(checkLimits(limits, Kind::Machine));
    Seen seen = TRY(look(id));
    std::string later;
    bool growing = false;
    TRY(setCpus(seen, limits, growing));
    TRY(setMemory(seen, limits, later));
    if (seen.kept) {
        InstanceSpec spec = *seen.info.spec;
        bool pids = spec.limits.pids != limits.pids;
        spec.limits = limits;
        TRY(setSpec(seen, spec));
        if (pids) {
            ConnectRef connection = TRY(m_act->get());
            QemuUser user = TRY(qemuUser(connection.get()));
            TRY(rewriteConfig(id, spec));
            TRY(openWay(m_paths, filesOf(id), seen.kept->baseDisk, user));
        }
        if (seen.active && (pids || growing)) {
            auto answer = ask(id, seen, {{"method", "SetLimits"}, {"pids", limits.pids}}, std::chrono::seconds(10));
            if (!answer)
                later = fmt::format("the limit of processes comes with the next start: {}", answer.error().message);
        }
    }
    changed(id);
    // All is kept; what could not be done at once is said.
    if (!later.empty())
        return fail(Code::WrongState, later);
    return {};
}

} // namespace diptych::machines
