#include "varlink/peer.h"

#include "base/files.h"
#include "base/process.h"

#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SO_PEERPIDFD
#define SO_PEERPIDFD 77
#endif

namespace diptych::varlink {

static std::vector<gid_t> peerGroups(int socket)
{
    std::vector<gid_t> groups(64);
    for (int attempt = 0; attempt < 2; ++attempt) {
        socklen_t size = static_cast<socklen_t>(groups.size() * sizeof(gid_t));
        int result = getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &size);
        if (result < 0 && errno != ERANGE)
            break;
        groups.resize(size / sizeof(gid_t)); // what is needed, when there was too little room
        if (result == 0)
            return groups;
    }
    return {};
}

static UniqueFd peerPidfd(int socket, pid_t pid)
{
    int fd = -1;
    socklen_t size = sizeof fd;
    if (getsockopt(socket, SOL_SOCKET, SO_PEERPIDFD, &fd, &size) == 0)
        return UniqueFd(fd);
    return UniqueFd(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
}

Result<Peer> identifyPeer(int socket)
{
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) < 0)
        return failErrno("asking for the peer's credentials");
    Peer peer;
    peer.pid = credentials.pid;
    peer.uid = credentials.uid;
    peer.gid = credentials.gid;
    peer.groups = peerGroups(socket);
    if (peer.pid > 0) { // 0: of another PID namespace
        peer.pidfd = peerPidfd(socket, peer.pid);
        peer.startTime = processStartTime(peer.pid).value_or(0);
        if (auto comm = readFile(fmt::format("/proc/{}/comm", peer.pid), 64))
            peer.command = trim(*comm);
    }
    return peer;
}

} // namespace diptych::varlink
