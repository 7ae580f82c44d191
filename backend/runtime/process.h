// Processes without mistaking one for another: a pid is only meant together with its start time.
#pragma once

#include "base/fd.h"

#include <cstdint>
#include <string>
#include <sys/types.h>

namespace diptych::runtime {

struct ProcessIdentity
{
    pid_t pid = 0;
    uint64_t startTime = 0; ///< field 22 of /proc/PID/stat, clock ticks since boot
    char state = 0;         ///< field 3: 'R', 'S', 'Z' ...
};
/// NotFound when there is no such process.
Result<ProcessIdentity> identify(pid_t pid);
/// A process with that number and start time exists and is no zombie.
bool isAlive(pid_t pid, uint64_t startTime);
/// pidfd of the process, verified after it was opened. NotFound when it is gone.
Result<UniqueFd> openProcess(pid_t pid, uint64_t startTime);
Status signalProcess(int pidfd, int signal);
/// Waits for the end of any process, 0 ms: just looks. False: still there.
bool waitForEnd(int pidfd, int milliseconds);
/// "TERM", "SIGTERM", "15", "RTMIN+1".
Result<int> signalFrom(std::string_view text);
/// Default dispositions and an empty mask: what the container's first program must find.
void resetSignals();

} // namespace diptych::runtime
