#include "machines/domain_state.h"

#include "machines/domain_xml.h"

#include <algorithm>

namespace diptych::machines {

State stateFrom(int libvirtState)
{
    switch (libvirtState) {
    case VIR_DOMAIN_PAUSED:
    case VIR_DOMAIN_PMSUSPENDED:
        return State::Paused;
    case VIR_DOMAIN_SHUTDOWN:
        return State::Stopping;
    case VIR_DOMAIN_SHUTOFF:
    case VIR_DOMAIN_CRASHED:
        return State::Stopped;
    default:
        return State::Running;
    }
}

static uint64_t valueOf(const virTypedParameter& parameter)
{
    switch (parameter.type) {
    case VIR_TYPED_PARAM_INT:
        return static_cast<uint64_t>(std::max(parameter.value.i, 0));
    case VIR_TYPED_PARAM_UINT:
        return parameter.value.ui;
    case VIR_TYPED_PARAM_ULLONG:
        return parameter.value.ul;
    default:
        return 0;
    }
}

uint64_t Figures::one(std::string_view name) const
{
    for (int i = 0; i < m_record.nparams; ++i)
        if (name == m_record.params[i].field)
            return valueOf(m_record.params[i]);
    return 0;
}

bool Figures::any(std::string_view prefix, std::string_view suffix) const
{
    return std::any_of(m_record.params, m_record.params + m_record.nparams, [&](const virTypedParameter& p) {
        std::string_view name = p.field;
        return name.starts_with(prefix) && name.ends_with(suffix);
    });
}

uint64_t Figures::sum(std::string_view prefix, std::string_view suffix) const
{
    uint64_t total = 0;
    for (int i = 0; i < m_record.nparams; ++i) {
        const virTypedParameter& p = m_record.params[i];
        std::string_view name = p.field;
        if (p.type == VIR_TYPED_PARAM_ULLONG && name.starts_with(prefix) && name.ends_with(suffix))
            total += p.value.ul;
    }
    return total;
}

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

} // namespace diptych::machines
