#include "daemon/traffic_source.h"

#include "base/clock.h"
#include "isolation/facts.h"
#include "isolation/traffic.h"
#include "machines/exits.h"

#include <algorithm>
#include <mutex>

namespace diptych {

namespace {

using isolation::Flow;
using isolation::Wall;
using machines::Exits;

double secondsSince(int64_t begin)
{
    return std::max(0.001, static_cast<double>(monotonicNanoseconds() - begin) / 1e9);
}

isolation::Row exitsRow(const char* statement, std::map<std::string, std::string> values,
                        std::vector<isolation::Evidence> evidence)
{
    return isolation::makeRow("exits", Wall::NotMeasured, statement, std::move(values), std::move(evidence));
}

/// Of each processor, and what to ask QEMU itself.
std::vector<isolation::Evidence> processorEvidence(const Exits& exits)
{
    std::vector<isolation::Evidence> evidence;
    for (const auto& [number, time] : exits.time)
        evidence.push_back({"time of processor", fmt::format("{}: {} ns", number, time), "virDomainListGetStats(VCPU)",
                            fmt::format("virsh domstats --vcpu '{}'", exits.name)});
    // libvirt asks QMP query-stats, and gives what QEMU tells of KVM.
    evidence.push_back({"exits", "no field of exits", "virDomainListGetStats(VCPU)",
                        fmt::format("virsh domstats --vcpu '{}' | grep exits", exits.name)});
    return evidence;
}

Flow exitsBetween(const Exits& before, const Exits& after, double seconds)
{
    Flow flow;
    if (after.type == "qemu") {
        uint64_t ran = 0;
        for (const auto& [number, time] : after.time)
            if (auto earlier = before.time.find(number); earlier != before.time.end() && time > earlier->second)
                ran += time - earlier->second;
        double share =
            static_cast<double>(ran) / 1e9 / seconds / std::max<double>(1, static_cast<double>(after.time.size()));
        flow.row = exitsRow("exitsNone", {{"share", fmt::format("{:.0f} %", share * 100)}}, processorEvidence(after));
        return flow;
    }
    if (after.counters.empty()) {
        flow.row = exitsRow("exitsUntold", {}, processorEvidence(after));
        return flow;
    }
    flow.counted = true;
    for (const auto& [name, count] : after.counters) {
        auto earlier = before.counters.find(name);
        double rate = earlier != before.counters.end() && count > earlier->second
                          ? static_cast<double>(count - earlier->second) / seconds
                          : 0;
        if (name == "exits")
            flow.perSecond = rate;
        else if (name.ends_with("_exits") || name == "hypercalls" || name == "pf_taken" || name == "insn_emulation")
            flow.kinds.push_back({name, "exits", rate});
    }
    std::sort(flow.kinds.begin(), flow.kinds.end(),
              [](const Flow::Kind& a, const Flow::Kind& b) { return a.perSecond > b.perSecond; });
    flow.row = exitsRow(
        "exitsCounted", {},
        {{"exits", std::to_string(after.counters.contains("exits") ? after.counters.at("exits") : 0),
          "QMP query-stats, by virDomainListGetStats(VCPU)", fmt::format("virsh domstats --vcpu '{}'", after.name)}});
    return flow;
}

Flow exitsUnknown(const std::string& reason)
{
    Flow flow;
    flow.row = exitsRow("exitsUnknown", {{"reason", reason}}, {});
    return flow;
}

} // namespace

std::function<Result<Json>(const Instance&, std::chrono::milliseconds)> trafficOf(const std::string& libvirtUri)
{
    // One at a time: each that counts makes every system call of the machine a little longer.
    auto counting = std::make_shared<std::timed_mutex>();
    return [libvirtUri, counting](const Instance& instance, std::chrono::milliseconds time) -> Result<Json> {
        constexpr std::chrono::seconds patience(6);
        std::unique_lock alone(*counting, patience);
        if (!alone)
            return fail(Code::Busy, "others count just now: ask again in a moment");
        isolation::ResourceSources sources;
        if (auto hierarchies = cgroups::findHierarchies())
            sources.hierarchies = std::move(*hierarchies);
        const bool machine = instance.spec.kind == Kind::Machine;
        const bool listed = machine && !instance.id.starts_with("pid:");
        auto before =
            listed ? machines::readExits(libvirtUri, instance.id) : fail(Code::NotFound, "libvirt does not list it");
        int64_t begin = monotonicNanoseconds();
        Json answer{{"calls", isolation::toJson(isolation::countCalls(instance, sources, time))},
                    {"milliseconds", time.count()}};
        if (!machine)
            return answer;
        auto after = before ? machines::readExits(libvirtUri, instance.id)
                            : Result<Exits>(tl::unexpected<Error>(before.error()));
        answer["exits"] = isolation::toJson(after ? exitsBetween(*before, *after, secondsSince(begin))
                                                  : exitsUnknown(after.error().message));
        return answer;
    };
}

} // namespace diptych
