#include "connections/domains.h"

#include "base/clock.h"
#include "base/names.h"
#include "machines/domain_read.h"
#include "machines/domain_state.h"

#include <optional>

namespace diptych::connections {

using machines::DomainRef;

namespace {

/// Asked of the domain itself; nothing when it went meanwhile.
std::optional<Row> rowOf(virDomainPtr domain)
{
    virDomainInfo info{};
    if (virDomainGetInfo(domain, &info) < 0)
        return std::nullopt;
    Row row;
    row.id = machines::idOf(domain);
    row.name = machines::nameOf(domain);
    row.state = machines::stateFrom(info.state);
    row.cpus = info.nrVirtCpu;
    row.memory = uint64_t{info.memory} << 10;
    return row;
}

Row rowOf(const virDomainStatsRecord& record)
{
    const machines::Figures figures(record);
    Row row;
    row.id = machines::idOf(record.dom);
    row.name = machines::nameOf(record.dom);
    row.state = machines::stateFrom(static_cast<int>(figures.one("state.state")));
    row.cpus = static_cast<double>(figures.one("vcpu.current"));
    row.memory = figures.one("balloon.current") << 10;
    if (row.cpus > 0 && row.memory > 0)
        return row;
    // The test driver's statistics leave vCPUs and memory out.
    if (auto asked = rowOf(record.dom)) {
        row.cpus = asked->cpus;
        row.memory = asked->memory;
    }
    return row;
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
    Json json = {{"id", row.id},     {"name", row.name},       {"state", toString(row.state)},
                 {"cpus", row.cpus}, {"memory", row.memory},   {"type", row.type},
                 {"mac", row.mac},   {"network", row.network}, {"address", row.address}};
    // What few have: there may be thousands.
    if (!row.title.empty())
        json["title"] = row.title;
    if (!row.description.empty())
        json["description"] = row.description;
    if (row.installing)
        json["installing"] = true;
    return json;
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
    instance.title = TRY(reader.optionalString("title")).value_or("");
    instance.description = TRY(reader.optionalString("description")).value_or("");
    instance.installing = TRY(reader.optionalBoolean("installing")).value_or(false);
    if (instance.spec.name.empty() || !printable(instance.spec.name, 255))
        return failField("name", "no name of a domain");
    if (instance.description.size() > 4096)
        return failField("description", "a domain's description is too long");
    for (const std::string& text : {instance.mac, instance.spec.network.name, instance.address, instance.title})
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
    row.title = found->second.title;
    row.description = found->second.description;
    row.installing = found->second.installing;
    row.address = row.state == State::Stopped ? "" : found->second.address;
    return row;
}

Status Domains::eachOneByOne(virConnectPtr connection, const std::function<void(Row)>& each)
{
    virDomainPtr* all = nullptr;
    int count = virConnectListAllDomains(connection, &all, 0);
    if (count < 0)
        return machines::failLibvirt("list domains");
    for (int i = 0; i < count; ++i) {
        DomainRef domain(all[i]);
        if (auto row = rowOf(domain.get()))
            each(std::move(*row));
    }
    free(all);
    return {};
}

Status Domains::each(virConnectPtr connection, const std::function<void(Row)>& each)
{
    virDomainStatsRecordPtr* records = nullptr;
    unsigned kinds = VIR_DOMAIN_STATS_STATE | VIR_DOMAIN_STATS_VCPU | VIR_DOMAIN_STATS_BALLOON;
    int count =
        m_oneByOne ? -1
                   : virConnectGetAllDomainStats(connection, kinds, &records, VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT);
    if (count < 0) {
        TRY(eachOneByOne(connection, each));
        m_oneByOne = true;
        return {};
    }
    for (int i = 0; i < count; ++i)
        each(rowOf(*records[i]));
    virDomainStatsRecordListFree(records);
    return {};
}

Status Domains::list(std::chrono::milliseconds patience, const std::function<void(const std::vector<Row>&)>& tell)
{
    constexpr size_t atOnce = 100;
    machines::ConnectRef connection = TRY(m_connection->get());
    std::vector<Row> rows;
    std::set<std::string> ids;
    auto until = std::chrono::steady_clock::now() + patience;
    TRY(each(connection.get(), [&](Row row) {
        ids.insert(row.id);
        row = complete(std::move(row));
        if (row.type.empty() && std::chrono::steady_clock::now() < until)
            row = describe(row.id).value_or(row);
        rows.push_back(std::move(row));
        if (rows.size() == atOnce)
            tell(std::exchange(rows, {}));
    }));
    tell(rows);
    std::lock_guard lock(m_mutex);
    std::erase_if(m_details, [&](const auto& one) { return !ids.contains(one.first); });
    m_ids = std::move(ids);
    return {};
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
    auto row = rowOf(domain.get());
    if (!row)
        return machines::failLibvirt(fmt::format("state of {}", machines::nameOf(domain.get())));
    Details details;
    if (auto text = machines::xmlOf(domain.get(), 0)) {
        if (auto read = machines::readDomain(*text)) {
            details.type = read->type;
            details.title = read->title;
            details.description = read->description;
            details.installing = read->installation.has_value();
            if (read->installation && (read->installation->done || row->state == State::Stopped))
                m_installs.notice(id);
            if (!read->interfaces.empty()) {
                details.mac = read->interfaces.front().mac;
                details.network = read->interfaces.front().network;
            }
        }
    }
    if (details.type.empty())
        details.type = "unknown"; // whoever can't be read is not read again and again
    if (row->state == State::Running && !details.mac.empty())
        details.address = addressOf(domain.get());
    {
        std::lock_guard lock(m_mutex);
        m_details[id] = details;
    }
    return complete(std::move(*row));
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
        const machines::Figures figures(*records[i]);
        uint64_t cpu = figures.one("cpu.time"), resident = figures.one("balloon.rss");
        uint64_t available = figures.one("balloon.available"), usable = figures.one("balloon.usable");
        if (cpu == 0 && available == 0 && resident == 0)
            continue; // the hypervisor tells nothing: no figures, rather than zeros
        rows.push_back({machines::idOf(records[i]->dom), monotonicNanoseconds(), cpu, resident << 10,
                        usable && available > usable ? (available - usable) << 10 : 0,
                        figures.sum("block.", ".rd.bytes"), figures.sum("block.", ".wr.bytes"),
                        figures.sum("net.", ".rx.bytes"), figures.sum("net.", ".tx.bytes")});
    }
    virDomainStatsRecordListFree(records);
    return rows;
}

} // namespace diptych::connections
