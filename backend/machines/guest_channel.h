// Requests to diptych-guest in a machine, over the Unix socket of its virtio-serial port. Wire: guest/README.md.
#pragma once

#include "base/json.h"

#include <chrono>
#include <string>

namespace diptych::machines {

/// One request, one answer (its "result"). Blocks for at most timeout: TimedOut when the guest does not answer, Failed
/// with its text when it refuses. QEMU serves one client of the port at a time: callers of one machine take turns.
Result<Json> askGuest(const std::string& socket, Json request, std::chrono::milliseconds timeout);

} // namespace diptych::machines
