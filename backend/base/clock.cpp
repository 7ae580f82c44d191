#include "base/clock.h"

#include <ctime>

namespace diptych {

int64_t unixMilliseconds()
{
    timespec t{};
    ::clock_gettime(CLOCK_REALTIME, &t);
    return int64_t{t.tv_sec} * 1000 + t.tv_nsec / 1000000;
}

int64_t monotonicNanoseconds()
{
    timespec t{};
    ::clock_gettime(CLOCK_MONOTONIC, &t);
    return int64_t{t.tv_sec} * 1000000000 + t.tv_nsec;
}

} // namespace diptych
