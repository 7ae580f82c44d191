// What libvirt tells of a domain, as figures and as a state of ours. Any thread.
#pragma once

#include "instances/instance.h"
#include "machines/handles.h"

#include <string_view>

namespace diptych::machines {

/// VIR_DOMAIN_* (virDomainState).
State stateFrom(int libvirtState);

/// Of one domain's statistics by name (virConnectGetAllDomainStats(3)); what is not told is 0.
class Figures final
{
public:
    explicit Figures(const virDomainStatsRecord& record) : m_record(record) {}
    [[nodiscard]] uint64_t one(std::string_view name) const;
    [[nodiscard]] bool any(std::string_view prefix, std::string_view suffix) const;
    /// Of all blocks or interfaces: "block.", ".rd.bytes".
    [[nodiscard]] uint64_t sum(std::string_view prefix, std::string_view suffix) const;

private:
    const virDomainStatsRecord& m_record;
};

/// Of all of the machine's threads together, µs per cpuPeriod (domain_xml.h); -1: none. flags: VIR_DOMAIN_AFFECT_*.
Status setQuota(virDomainPtr domain, int64_t quota, unsigned flags);

} // namespace diptych::machines
