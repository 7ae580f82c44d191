// The namespaces of this machine: namespaces(7), user_namespaces(7), ioctl_ns(2). All that a task is in, that an open
// file or a bind mount keeps, or that is above one of these; who is in which, and which user namespace owns which.
#pragma once

#include "isolation/evidence.h"

#include <optional>

namespace diptych::isolation {

/// What keeps a namespace alive.
struct NamespaceHolder
{
    std::string how;  ///< "task", "thread", "forChildren" (/proc/PID/ns/pid_for_children), "fd", "mount", "child": a
                      ///< namespace below it
    int pid = 0;      ///< of "mount": a process that has this mount
    std::string path; ///< "/proc/812/ns/net", "/proc/812/fd/5"; of a mount where it is; empty for "child"
};

struct IdRange
{
    uint64_t inside = 0, outside = 0, count = 0; ///< outside: as the helper's user namespace counts
};

struct Namespace
{
    std::string id;   ///< as the kernel writes it: "net:[4026531840]"
    std::string kind; ///< "user" "mnt" "pid" "net" "ipc" "uts" "cgroup" "time"
    uint64_t inode = 0;
    bool host = false;                    ///< the first process is in it
    std::string owner;                    ///< user namespace that owns it; empty: not to be learnt
    std::string parent;                   ///< of "user" and "pid"; empty: the root, or not to be learnt
    std::optional<uint32_t> creator;      ///< of "user": uid of who made it
    std::vector<IdRange> uidMap, gidMap;  ///< of "user" with a process in it
    size_t processes = 0;                 ///< in it, whole ones
    std::vector<NamespaceHolder> holders; ///< the first few tasks, then all else, at most 16
};

struct NamespaceMember
{
    int pid = 0;
    uint64_t uid = 0;                    ///< effective, on the host
    std::string command;                 ///< at most 256 bytes
    std::string group;                   ///< the longest of its control groups' paths
    std::vector<std::string> namespaces; ///< ids of those that are not the host's
};

struct NamespaceSurvey
{
    std::vector<Namespace> namespaces; ///< by kind in the order above, then by number
    std::vector<NamespaceMember> members;
    size_t unreadable = 0; ///< processes that could not be looked at
    struct Tap
    {
        int pid = 0;
        std::string interface; ///< as the process's network namespace has it
    };
    std::vector<Tap> taps; ///< who holds which tun or tap interface open: fdinfo of /dev/net/tun

    [[nodiscard]] const Namespace* find(const std::string& id) const;
};

/// One pass over /proc. Blocks; some thirty system calls a process. Other processes' files are looked at without being
/// opened (O_PATH) until they are known to be namespaces; nothing is reached through another process's root.
NamespaceSurvey surveyNamespaces(const HostIdentity& host);

/// How we know: rows with evidence, level 0. Reads once more what it tells.
std::vector<Row> namespaceRows(const Namespace& which);

} // namespace diptych::isolation
