#include "connections/domains.h"

#include "base/clock.h"
#include "base/names.h"
#include "machines/domain_read.h"

namespace diptych::connections {

using machines::DomainRef;

namespace {

State stateOf(int state)
{
    switch (state) {
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

uint64_t figure(const virDomainStatsRecord& record, const char* name)
{
    for (int i = 0; i < record.nparams; ++i) {
        const virTypedParameter& one = record.params[i];
        if (std::string_view(one.field) != name)
            continue;
        switch (one.type) {
        case VIR_TYPED_PARAM_INT:
            return static_cast<uint64_t>(std::max(one.value.i, 0));
        case VIR_TYPED_PARAM_UINT:
            return one.value.ui;
        case VIR_TYPED_PARAM_ULLONG:
            return one.value.ul;
        default:
            return 0;
        }
    }
    return 0;
}

/// What the statistics leave out, which the test driver does: vCPUs and memory.
void addInfo(virDomainPtr domain, Row& row)
{
    virDomainInfo info{};
    if ((row.cpus > 0 && row.memory > 0) || virDomainGetInfo(domain, &info) < 0)
        return;
    row.cpus = info.nrVirtCpu;
    row.memory = uint64_t{info.memory} << 10;
}

Row rowOf(const virDomainStatsRecord& record)
{
    Row row;
    row.id = machines::idOf(record.dom);
    row.name = machines::nameOf(record.dom);
    row.state = stateOf(static_cast<int>(figure(record, "state.state")));
    row.cpus = static_cast<double>(figure(record, "vcpu.current"));
    row.memory = figure(record, "balloon.current") << 10;
    addInfo(record.dom, row);
    return row;
}

uint64_t sum(const virDomainStatsRecord& record, std::string_view prefix, std::string_view suffix)
{
    uint64_t total = 0;
    for (int i = 0; i < record.nparams; ++i) {
        std::string_view name = record.params[i].field;
        if (record.params[i].type == VIR_TYPED_PARAM_ULLONG && name.starts_with(prefix) && name.ends_with(suffix))
            total += record.params[i].value.ul;
    }
    return total;
}

std::string addressOf(virDomainPtr domain)
{
    virDomainInterfacePtr* all = nullptr;
    int count = virDomainInterfaceAddresses(domain, &all, VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE, 0);
    std::string found;
    for (int i = 0; i < count; ++i) {
        for (unsigned a = 0; a < all[i]->naddrs && found.empty(); ++a)
            if (all[i]->addrs[a].type == VIR_IP_ADDR_TYPE_IPV4)
                found = all[i]->addrs[a].addr;
        virDomainInterfaceFree(all[i]);
    }
    free(all);
    return found;
}

bool printable(const std::string& text, size_t longest)
{
    return text.size() <= longest &&
           std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= ' '; });
}

Result<State> stateFrom(const std::string& word)
{
    for (State state : {State::Stopped, State::Running, State::Paused, State::Stopping})
        if (toString(state) == word)
            return state;
    return failField("state", "no state of a domain");
}

} // namespace

Json toJson(const Row& row)
{
    return {{"id", row.id},     {"name", row.name},       {"state", toString(row.state)},
            {"cpus", row.cpus}, {"memory", row.memory},   {"type", row.type},
            {"mac", row.mac},   {"network", row.network}, {"address", row.address}};
}

Result<Instance> instanceFrom(const Json& json)
{
    JsonReader reader(json);
    Instance instance;
    instance.id = TRY(reader.string("id"));
    TRY(checkId(instance.id));
    instance.spec.kind = Kind::Machine;
    instance.spec.name = TRY(reader.string("name"));
    instance.state = TRY(stateFrom(TRY(reader.string("state"))));
    instance.managed = false;
    instance.spec.limits.cpus = std::max(TRY(reader.number("cpus")), 0.0);
    instance.spec.limits.memory = TRY(reader.unsignedInteger("memory"));
    std::string type = TRY(reader.string("type"));
    instance.acceleration = type == "kvm" ? "kvm" : type == "qemu" ? "tcg" : "";
    instance.mac = TRY(reader.string("mac"));
    instance.spec.network.name = TRY(reader.string("network"));
    instance.spec.network.mode = instance.mac.empty() ? NetworkMode::None : NetworkMode::Nat;
    instance.address = TRY(reader.string("address"));
    if (instance.spec.name.empty() || !printable(instance.spec.name, 255))
        return failField("name", "no name of a domain");
    for (const std::string& text : {instance.mac, instance.spec.network.name, instance.address})
        if (!printable(text, 255))
            return failField("text", "a domain's text is no text");
    return instance;
}

Row Domains::complete(Row row)
{
    std::lock_guard lock(m_mutex);
    auto found = m_details.find(row.id);
    if (found == m_details.end())
        return row;
    row.type = found->second.type;
    row.mac = found->second.mac;
    row.network = found->second.network;
    row.address = row.state == State::Stopped ? "" : found->second.address;
    return row;
}

Result<std::vector<Row>> Domains::listOneByOne(virConnectPtr connection)
{
    virDomainPtr* all = nullptr;
    int count = virConnectListAllDomains(connection, &all, 0);
    if (count < 0)
        return machines::failLibvirt("list domains");
    std::vector<Row> rows;
    for (int i = 0; i < count; ++i) {
        DomainRef domain(all[i]);
        virDomainInfo info{};
        if (virDomainGetInfo(domain.get(), &info) < 0)
            continue; // it went meanwhile
        Row row;
        row.id = machines::idOf(domain.get());
        row.name = machines::nameOf(domain.get());
        row.state = stateOf(info.state);
        row.cpus = info.nrVirtCpu;
        row.memory = uint64_t{info.memory} << 10;
        rows.push_back(std::move(row));
    }
    free(all);
    return rows;
}

Result<std::vector<Row>> Domains::list(std::chrono::milliseconds patience)
{
    machines::ConnectRef connection = TRY(m_connection->get());
    std::vector<Row> rows;
    virDomainStatsRecordPtr* records = nullptr;
    unsigned kinds = VIR_DOMAIN_STATS_STATE | VIR_DOMAIN_STATS_VCPU | VIR_DOMAIN_STATS_BALLOON;
    int count = m_oneByOne ? -1
                           : virConnectGetAllDomainStats(connection.get(), kinds, &records,
                                                         VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT);
    if (count < 0) {
        rows = TRY(listOneByOne(connection.get()));
        m_oneByOne = true;
    }
    for (int i = 0; i < count; ++i)
        rows.push_back(rowOf(*records[i]));
    if (count >= 0)
        virDomainStatsRecordListFree(records);
    std::vector<std::string> ids;
    auto until = std::chrono::steady_clock::now() + patience;
    for (Row& row : rows) {
        row = complete(std::move(row));
        ids.push_back(row.id);
        if (row.type.empty() && std::chrono::steady_clock::now() < until)
            row = describe(row.id).value_or(row);
    }
    std::lock_guard lock(m_mutex);
    std::erase_if(m_details,
                  [&](const auto& one) { return std::find(ids.begin(), ids.end(), one.first) == ids.end(); });
    m_ids = std::move(ids);
    return rows;
}

std::vector<std::string> Domains::unread()
{
    std::lock_guard lock(m_mutex);
    std::vector<std::string> ids;
    for (const std::string& id : m_ids)
        if (!m_details.contains(id))
            ids.push_back(id);
    return ids;
}

void Domains::forget()
{
    std::lock_guard lock(m_mutex);
    m_details.clear();
    m_ids.clear();
    m_oneByOne = false;
}

Result<DomainRef> Domains::find(const std::string& id)
{
    TRY(checkId(id));
    return m_connection->domain(id);
}

Result<Row> Domains::describe(const std::string& id)
{
    DomainRef domain = TRY(find(id));
    virDomainInfo info{};
    if (virDomainGetInfo(domain.get(), &info) < 0)
        return machines::failLibvirt(fmt::format("state of {}", machines::nameOf(domain.get())));
    Row row;
    row.id = id;
    row.name = machines::nameOf(domain.get());
    row.state = stateOf(info.state);
    row.cpus = info.nrVirtCpu;
    row.memory = uint64_t{info.memory} << 10;
    Details details;
    if (auto text = machines::xmlOf(domain.get(), 0)) {
        if (auto read = machines::readDomain(*text)) {
            details.type = read->type;
            if (!read->interfaces.empty()) {
                details.mac = read->interfaces.front().mac;
                details.network = read->interfaces.front().network;
            }
        }
    }
    if (details.type.empty())
        details.type = "unknown"; // whoever can't be read is not read again and again
    if (row.state == State::Running && !details.mac.empty())
        details.address = addressOf(domain.get());
    {
        std::lock_guard lock(m_mutex);
        m_details[id] = details;
    }
    return complete(std::move(row));
}

Result<Json> Domains::sample()
{
    machines::ConnectRef connection = TRY(m_connection->get());
    unsigned kinds = VIR_DOMAIN_STATS_STATE | VIR_DOMAIN_STATS_CPU_TOTAL | VIR_DOMAIN_STATS_BALLOON |
                     VIR_DOMAIN_STATS_BLOCK | VIR_DOMAIN_STATS_INTERFACE;
    virDomainStatsRecordPtr* records = nullptr;
    int count = virConnectGetAllDomainStats(connection.get(), kinds, &records,
                                            unsigned{VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE} |
                                                unsigned{VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT});
    if (count < 0)
        return machines::failLibvirt("statistics");
    Json rows = Json::array();
    for (int i = 0; i < count; ++i) {
        const virDomainStatsRecord& record = *records[i];
        uint64_t cpu = figure(record, "cpu.time");
        uint64_t available = figure(record, "balloon.available"), usable = figure(record, "balloon.usable");
        if (cpu == 0 && available == 0 && figure(record, "balloon.rss") == 0)
            continue; // the hypervisor tells nothing: no figures, rather than zeros
        rows.push_back({machines::idOf(record.dom), monotonicNanoseconds(), cpu, figure(record, "balloon.rss") << 10,
                        usable && available > usable ? (available - usable) << 10 : 0,
                        sum(record, "block.", ".rd.bytes"), sum(record, "block.", ".wr.bytes"),
                        sum(record, "net.", ".rx.bytes"), sum(record, "net.", ".tx.bytes")});
    }
    virDomainStatsRecordListFree(records);
    return rows;
}

} // namespace diptych::connections
