// Times as they go over the wire: Unix time in milliseconds for people, CLOCK_MONOTONIC in nanoseconds for measuring.
#pragma once

#include <cstdint>

namespace diptych {

int64_t unixMilliseconds();
/// CLOCK_MONOTONIC; comparable between processes on one kernel, not across boots.
int64_t monotonicNanoseconds();

} // namespace diptych
