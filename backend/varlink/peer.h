// Who is at the other end, as the kernel says (unix(7)): never taken from a message.
#pragma once

#include "base/fd.h"
#include "base/result.h"

#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

namespace diptych::varlink {

struct Peer
{
    pid_t pid = 0;
    uid_t uid = static_cast<uid_t>(-1);
    gid_t gid = static_cast<gid_t>(-1);
    std::vector<gid_t> groups; ///< SO_PEERGROUPS: supplementary groups at the time of connect()
    uint64_t startTime = 0;    ///< field 22 of /proc/PID/stat, clock ticks since boot; 0 when it has gone
    std::string command;       ///< comm, for the log only: the process chooses it
    UniqueFd pidfd;            ///< SO_PEERPIDFD where the kernel has it, else pidfd_open() right away; may be empty
};

Result<Peer> identifyPeer(int socket);

} // namespace diptych::varlink
