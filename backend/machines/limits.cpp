#include "machines/driver.h"

#include "base/log.h"
#include "machines/domain_state.h"
#include "machines/network.h"

namespace diptych::machines {

namespace {

unsigned configFlag(const virDomainPtr domain)
{
    unsigned flag = VIR_DOMAIN_AFFECT_CONFIG;
    return virDomainIsPersistent(domain) == 1 ? flag : 0;
}

} // namespace

/// The quota is what limits; the number of vCPUs follows it so that the guest sees what it gets. In a machine of ours
/// they are only ever plugged in, and its guest switches off those beyond: unplugging takes as long as the guest does,
/// and libvirt, which waits 5 s for it, goes on counting one that went later.
Status MachineDriver::setCpus(Seen& seen, const Limits& limits)
{
    virDomainPtr domain = seen.domain.get();
    unsigned flags = configFlag(domain);
    if (seen.active)
        flags |= VIR_DOMAIN_AFFECT_LIVE;
    TRYX(setQuota(domain, quotaFor(limits.cpus), flags), seen.info.name);
    unsigned wanted = vcpusFor(limits.cpus, seen.info.maximumCpus);
    if (configFlag(domain) && virDomainSetVcpusFlags(domain, wanted, VIR_DOMAIN_AFFECT_CONFIG) < 0)
        return failLibvirt(fmt::format("vCPUs of {}", seen.info.name));
    if (!seen.active || (seen.kept && wanted <= seen.info.cpus))
        return {}; // ours switches off by itself what it shall not use
    if (wanted != seen.info.cpus && virDomainSetVcpusFlags(domain, wanted, VIR_DOMAIN_AFFECT_LIVE) < 0)
        // Whoever can't plug, or gives no processor back: the quota holds all the same.
        logLine(Level::Notice, libvirtError(fmt::format("vCPUs of {} while it runs", seen.info.name)).message);
    return {};
}

/// What the guest itself does for its limits. Text: why it did not.
std::string MachineDriver::tellLimits(const std::string& id, const Seen& seen, const Limits& limits)
{
    Json request = {
        {"method", "SetLimits"}, {"pids", limits.pids}, {"cpus", vcpusFor(limits.cpus, seen.info.maximumCpus)}};
    auto answer = ask(id, seen, std::move(request), std::chrono::seconds(10));
    return answer ? std::string() : answer.error().message;
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
    TRY(setCpus(seen, limits));
    TRY(setMemory(seen, limits, later));
    if (seen.kept) {
        InstanceSpec spec = *seen.info.spec;
        bool pids = spec.limits.pids != limits.pids;
        unsigned most = seen.info.maximumCpus;
        bool inside = pids || vcpusFor(spec.limits.cpus, most) != vcpusFor(limits.cpus, most);
        spec.limits = limits;
        TRY(setSpec(seen, spec));
        if (pids) {
            ConnectRef connection = TRY(m_act->get());
            QemuUser user = TRY(qemuUser(connection.get()));
            TRY(rewriteConfig(id, spec));
            TRY(openWay(m_paths, filesOf(id), seen.kept->baseDisk, user));
        }
        if (seen.active && inside)
            if (std::string why = tellLimits(id, seen, limits); !why.empty())
                later = fmt::format("the number of processes and of processors comes with the next start: {}", why);
    }
    changed(id);
    // All is kept; what could not be done at once is said.
    if (!later.empty())
        return fail(Code::WrongState, later);
    return {};
}

} // namespace diptych::machines
