// Why a virtual machine's processors left its code: QEMU's statistics of KVM by libvirt's domain statistics (QMP
// query-stats underneath; virDomainListGetStats leaves the domain untainted, a raw monitor command would not).
#pragma once

#include "base/result.h"

#include <cstdint>
#include <map>
#include <string>

namespace diptych::machines {

/// Counted since the machine started.
struct Exits
{
    std::string type; ///< of the domain: "kvm", "qemu" (TCG: nothing exits)
    std::map<std::string, uint64_t>
        counters;                         ///< over all processors: "exits" (all of them), "io_exits", "halt_exits" ...
    std::map<std::string, uint64_t> time; ///< "0" -> nanoseconds that this virtual processor ran
    std::string name;                     ///< of the domain, for commands
};

/// By a connection of its own. Blocks; any thread.
Result<Exits> readExits(const std::string& uri, const std::string& id);

/// From libvirt's fields: "vcpu.0.exits.sum" -> counters["exits"], "vcpu.0.time" -> time["0"].
void takeField(std::string_view field, uint64_t value, Exits& exits);

} // namespace diptych::machines
