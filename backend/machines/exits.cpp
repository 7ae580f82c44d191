#include "machines/exits.h"

#include "machines/handles.h"
#include "machines/xml.h"

namespace diptych::machines {

void takeField(std::string_view field, uint64_t value, Exits& exits)
{
    if (!field.starts_with("vcpu."))
        return;
    field.remove_prefix(5);
    size_t dot = field.find('.');
    if (dot == std::string_view::npos)
        return;
    std::string number(field.substr(0, dot));
    std::string_view rest = field.substr(dot + 1);
    if (rest == "time")
        exits.time[number] = value;
    else if (rest.ends_with(".sum"))
        exits.counters[std::string(rest.substr(0, rest.size() - 4))] += value;
}

static std::string typeOf(virDomainPtr domain)
{
    std::string xml = xmlOf(domain, 0).value_or("");
    size_t at = xml.find("<domain type='");
    size_t begin = at == std::string::npos ? at : at + 14;
    return begin == std::string::npos ? std::string() : xml.substr(begin, xml.find('\'', begin) - begin);
}

Result<Exits> readExits(const std::string& uri, const std::string& id)
{
    ConnectRef connection(virConnectOpenReadOnly(uri.c_str()));
    if (!connection)
        return fail(Code::NotSupported, fmt::format("libvirt does not answer on {}", uri));
    DomainRef domain(virDomainLookupByUUIDString(connection.get(), id.c_str()));
    if (!domain)
        return fail(Code::NotFound, fmt::format("libvirt has no domain {}", id));
    Exits exits;
    exits.name = nameOf(domain.get());
    exits.type = typeOf(domain.get());
    virDomainPtr wanted[] = {domain.get(), nullptr};
    virDomainStatsRecordPtr* records = nullptr;
    int count = virDomainListGetStats(wanted, VIR_DOMAIN_STATS_VCPU, &records, 0);
    if (count < 0)
        return fail(Code::Failed, fmt::format("statistics of {}: {}", exits.name, virGetLastErrorMessage()));
    for (int i = 0; i < count; ++i)
        for (int p = 0; p < records[i]->nparams; ++p)
            if (const virTypedParameter& one = records[i]->params[p]; one.type == VIR_TYPED_PARAM_ULLONG)
                takeField(one.field, one.value.ul, exits);
    virDomainStatsRecordListFree(records);
    return exits;
}

} // namespace diptych::machines
