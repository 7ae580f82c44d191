// record.jsonl, what diptych-guest writes about a machine's life, and the start's timeline made of it.
#pragma once

#include "instances/instance.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace diptych::machines {

struct RecordEvent
{
    std::string name;   ///< "init" "modules" "root" "network" "entrypoint" "exit"
    int64_t uptime = 0; ///< ns since the guest kernel's start, by its clock
    std::optional<int> exitCode;
};

/// Lines that are no JSON object with an event are skipped: the guest wrote them. consumed: bytes of whole lines.
std::vector<RecordEvent> parseRecord(std::string_view text, size_t& consumed);

/// An event and when its line was seen on the host, CLOCK_MONOTONIC in ns.
struct Arrival
{
    RecordEvent event;
    int64_t time = 0;
};

/// What was measured of one start.
struct StartTimes
{
    int64_t startedAt = 0;                  ///< Unix ms
    int64_t click = 0;                      ///< CLOCK_MONOTONIC, ns: start() was called
    int64_t createBegin = 0, createEnd = 0; ///< around virDomainCreate
    std::vector<Arrival> arrivals;
};

/// qemu: virDomainCreate. firmware: from its return to the guest kernel's start (first arrival minus its uptime).
/// kernel, init, entrypoint: between the guest's events. Complete with the entry point.
Timeline timelineOf(const StartTimes& times);

} // namespace diptych::machines
