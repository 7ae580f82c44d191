#include "machines/driver.h"

#include "base/clock.h"
#include "machines/domain_state.h"

namespace diptych::machines {

namespace {

Sample sampleFrom(const Figures& figures)
{
    Sample sample;
    sample.time = monotonicNanoseconds();
    sample.cpuNanoseconds = figures.one("cpu.time");
    sample.memory = figures.one("balloon.rss") * 1024;
    // What its kernel could give at once is not in use; old guests tell only what lies idle.
    uint64_t available = figures.one("balloon.available"), usable = figures.one("balloon.usable");
    uint64_t rest = usable ? usable : figures.one("balloon.unused");
    sample.memoryGuest = rest && available > rest ? (available - rest) * 1024 : 0;
    sample.readBytes = figures.sum("block.", ".rd.bytes");
    sample.writtenBytes = figures.sum("block.", ".wr.bytes");
    // libvirt counts at the tap, the instance sees it the other way round: but it turns them for us.
    sample.receivedBytes = figures.sum("net.", ".rx.bytes");
    sample.sentBytes = figures.sum("net.", ".tx.bytes");
    return sample;
}

/// With NOWAIT libvirt tells of a QEMU that another call is busy with only what it needs not ask it: its disks are
/// listed without figures, and of the memory inside there is nothing. That is no zero.
void fillIn(Sample& sample, const Figures& figures, const Sample& last)
{
    if (!figures.any("block.", ".rd.bytes")) {
        sample.readBytes = last.readBytes;
        sample.writtenBytes = last.writtenBytes;
    }
    if (sample.memoryGuest == 0)
        sample.memoryGuest = last.memoryGuest;
}

constexpr unsigned statKinds = VIR_DOMAIN_STATS_STATE | VIR_DOMAIN_STATS_CPU_TOTAL | VIR_DOMAIN_STATS_BALLOON |
                               VIR_DOMAIN_STATS_BLOCK | VIR_DOMAIN_STATS_INTERFACE;

} // namespace

Sample MachineDriver::complete(Measured& machine, const virDomainStatsRecord& record)
{
    const Figures figures(record);
    Sample sample = sampleFrom(figures);
    if (!machine.counters || !machine.counters->read(sample)) {
        machine = Measured{QemuCounters(pidOf(idOf(record.dom), nameOf(record.dom))), {}};
        machine.counters->read(sample);
    }
    fillIn(sample, figures, machine.last);
    machine.last = sample;
    return sample;
}

std::vector<std::pair<std::string, Sample>> MachineDriver::sample()
{
    std::vector<std::pair<std::string, Sample>> samples;
    auto connection = m_watch->get();
    if (!connection)
        return samples;
    unsigned flags = VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE | VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT;
    virDomainStatsRecordPtr* records = nullptr;
    int count = virConnectGetAllDomainStats(connection->get(), statKinds, &records, flags);
    if (count < 0)
        return samples;
    std::lock_guard lock(m_measuredMutex);
    std::map<std::string, Measured> kept;
    for (int i = 0; i < count; ++i) {
        std::string id = idOf(records[i]->dom);
        if (isCopy(id))
            continue;
        auto known = m_measured.extract(id);
        Measured& machine = kept[id];
        if (!known.empty())
            machine = std::move(known.mapped());
        samples.emplace_back(std::move(id), complete(machine, *records[i]));
    }
    m_measured = std::move(kept);
    virDomainStatsRecordListFree(records);
    return samples;
}

Result<Sample> MachineDriver::sampleOne(const std::string& id)
{
    DomainRef domain = TRY(m_watch->domain(id));
    if (virDomainIsActive(domain.get()) != 1)
        return fail(Code::WrongState, "it does not run");
    virDomainPtr wanted[] = {domain.get(), nullptr};
    virDomainStatsRecordPtr* records = nullptr;
    int count = virDomainListGetStats(wanted, statKinds, &records, VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT);
    if (count < 0)
        return failLibvirt("statistics");
    Result<Sample> sample = fail(Code::NotFound, "libvirt tells nothing of it");
    if (count > 0) {
        std::lock_guard lock(m_measuredMutex);
        sample = complete(m_measured[id], *records[0]);
    }
    virDomainStatsRecordListFree(records);
    return sample;
}

} // namespace diptych::machines
