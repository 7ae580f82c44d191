// What another kernel does with the memory it was given, as it tells by the balloon or the probe.
#include "isolation/resource_facts.h"

#include <algorithm>

namespace diptych::isolation {

namespace {

struct GuestMemory
{
    int64_t maximum = 0, actual = 0, total = 0, unused = 0, caches = 0;
    std::string source, command;
};

std::optional<int64_t> bytesAt(const Json* value)
{
    auto number = Facts::numberOf(value);
    return number ? std::optional(static_cast<int64_t>(std::min<uint64_t>(*number, INT64_MAX))) : std::nullopt;
}

/// By the balloon driver inside; nothing where the guest has none, or was not asked to count.
std::optional<GuestMemory> byBalloon(const Facts& facts)
{
    auto of = [&facts](const char* key) { return bytesAt(facts.outside({"balloon", key})); };
    auto actual = of("actual"), total = of("available"), unused = of("unused");
    if (!actual || !total || !unused)
        return std::nullopt;
    GuestMemory memory;
    memory.actual = *actual;
    memory.total = *total;
    memory.unused = *unused;
    memory.caches = of("caches").value_or(0);
    memory.source = "virDomainMemoryStats()";
    memory.command = "virsh dommemstat " + facts.outsideText({"domain", "name"});
    return memory;
}

/// By diptych-guest inside.
std::optional<GuestMemory> byProbe(const Facts& facts)
{
    auto of = [&facts](const char* key) { return bytesAt(facts.inside({"memory", key})); };
    auto total = of("total"), unused = of("free");
    if (facts.kernel() != Facts::Kernel::Other || !total || !unused)
        return std::nullopt;
    GuestMemory memory;
    memory.actual = bytesAt(facts.outside({"domain", "memory"})).value_or(*total);
    memory.total = *total;
    memory.unused = *unused;
    memory.caches = of("buffers").value_or(0) + of("cached").value_or(0);
    memory.source = "/proc/meminfo";
    return memory;
}

} // namespace

void addGuestMemory(const ResourceFacts& facts, std::vector<Figure>& figures)
{
    if (!facts.guest)
        return;
    auto found = byBalloon(facts.facts);
    if (!found)
        found = byProbe(facts.facts);
    auto maximum = bytesAt(facts.facts.outside({"domain", "maximumMemory"}));
    if (!found || !maximum) {
        figures.push_back(figure("guest", "", maximum, "guestNothing", {}, {}));
        return;
    }
    GuestMemory& m = *found;
    // All of it is what a guest says: what does not fit together is cut, not believed.
    m.actual = std::min(m.actual, *maximum);
    m.total = std::min(m.total, m.actual);
    m.unused = std::min(m.unused, m.total);
    m.caches = std::min(m.caches, m.total - m.unused);
    auto add = [&](const char* name, int64_t bytes, const char* claim, int64_t value) {
        figures.push_back(
            figure(name, "guest", bytes, name, {}, {{claim, std::to_string(value), m.source, m.command}}));
    };
    figures.push_back(figure("guest", "", *maximum, "guest", {},
                             {{"memory of the domain", std::to_string(*maximum), "libvirt domain XML",
                               "virsh dominfo " + facts.facts.outsideText({"domain", "name"})}}));
    add("guestUsed", m.total - m.unused - m.caches, "available inside", m.total);
    add("guestCache", m.caches, "disk caches inside", m.caches);
    add("guestFree", m.unused, "unused inside", m.unused);
    add("guestKernel", m.actual - m.total, "given and not taken back", m.actual);
    add("balloon", *maximum - m.actual, "given and not taken back", m.actual);
}

} // namespace diptych::isolation
